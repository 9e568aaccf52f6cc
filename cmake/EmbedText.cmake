# cmake -DOUT=file.cc -DHEADER=path/of/header.h -DFILES=name=path,name=path -P EmbedText.cmake
# Writes each file as a string constant kName in namespace rubricator.
set(text "#include \"${HEADER}\"\n\nnamespace rubricator {\n")
string(REPLACE "," ";" pairs "${FILES}")
foreach(pair IN LISTS pairs)
  string(REGEX MATCH "^([A-Za-z]+)=(.*)$" unused "${pair}")
  set(name ${CMAKE_MATCH_1})
  file(READ "${CMAKE_MATCH_2}" content)
  string(APPEND text "const char k${name}[] = R\"embedded(")
  string(APPEND text "${content}")
  string(APPEND text ")embedded\";\n")
endforeach()
string(APPEND text "}  // namespace rubricator\n")
file(WRITE "${OUT}" "${text}")
