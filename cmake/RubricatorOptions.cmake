# One INTERFACE target carries the language level, the warnings and the sanitizers; presets choose.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

set(RUBRICATOR_SANITIZE "" CACHE STRING "Sanitizers for every target, as -fsanitize= takes them")

add_library(rubricator_options INTERFACE)
add_library(rubricator::options ALIAS rubricator_options)
target_include_directories(rubricator_options INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
# GCC 12 sees overlapping copies in std::string's operator+ (GCC bug 105651) and uninitialised values in
# std::optional (80635) where there are none.
target_compile_options(rubricator_options INTERFACE
  -Wall -Wextra -Werror -Wnon-virtual-dtor -Woverloaded-virtual -Wno-maybe-uninitialized -Wno-restrict)
if(RUBRICATOR_SANITIZE)
  target_compile_options(rubricator_options INTERFACE
    -fsanitize=${RUBRICATOR_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    -fno-sanitize=vptr)  # SOCI hides the types that it asks for
  target_link_options(rubricator_options INTERFACE -fsanitize=${RUBRICATOR_SANITIZE})
  if(RUBRICATOR_SANITIZE MATCHES "thread")
    # Under this macro google/protobuf/map_field.h gives MapField two more members than Debian's libprotobuf,
    # which was built without, knows of.
    target_compile_options(rubricator_options INTERFACE -U__SANITIZE_THREAD__)
  endif()
endif()

# rubricator_test(NAME foo_test SOURCES foo_test.cc LIBRARIES rubricator::classifier)
function(rubricator_test)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  target_link_libraries(${ARG_NAME} PRIVATE ${ARG_LIBRARIES} rubricator::options GTest::gmock rubricator::test_main)
  target_compile_definitions(${ARG_NAME} PRIVATE RUBRICATOR_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  gtest_discover_tests(${ARG_NAME} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
