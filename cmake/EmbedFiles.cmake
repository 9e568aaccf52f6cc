# cmake -DOUT=file.cc -DFOLDER=folder "-DFILES=a.html;b/c.txt=../d.txt" -P EmbedFiles.cmake
# Writes the files, whatever is in them, as the table of server/http/embedded_files.h. `name=path`: under another name.
set(contents "")
set(table "")
set(number 0)
foreach(entry IN LISTS FILES)
  string(REGEX REPLACE "=.*" "" name "${entry}")
  string(REGEX REPLACE "^[^=]*=" "" path "${entry}")
  file(READ "${FOLDER}/${path}" hex HEX)
  file(SHA256 "${FOLDER}/${path}" sha256)
  string(LENGTH "${hex}" digits)
  math(EXPR bytes "${digits} / 2")
  string(REGEX REPLACE "(..)" "0x\\1," array "${hex}")
  string(APPEND contents "constexpr unsigned char kFile${number}[] = {${array}0};\n")
  string(APPEND table
    "    {\"${name}\", \"${sha256}\",\n     {reinterpret_cast<const char*>(kFile${number}), ${bytes}}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE "${OUT}" "#include \"server/http/embedded_files.h\"

namespace rubricator {
namespace {

${contents}
const EmbeddedFile kFiles[] = {
${table}};

}  // namespace

std::span<const EmbeddedFile> ConsoleFiles() { return kFiles; }

}  // namespace rubricator
")
