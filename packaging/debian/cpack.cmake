set(RUBRICATOR_PACKAGE_CONTACT "Rubricator maintainers <maintainers@localhost>" CACHE STRING
    "Who answers for the Debian packages: Name <address>")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME rubricator)
set(CPACK_PACKAGE_CONTACT ${RUBRICATOR_PACKAGE_CONTACT})
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL Unspecified library development)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")

set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_NAME rubricator)
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_SECTION text)
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_DEPENDS "init-system-helpers (>= 1.54)")
set(CPACK_DEBIAN_UNSPECIFIED_DESCRIPTION "The server and the commands.
rubricator-server classifies news articles in Russian and English over gRPC:
topics, countries in focus, and the desks that an article goes to, each with
the words that speak for it. It runs on the newsroom's own machine; no text
leaves it.

With it come the rubricator command, rubricator-train, which makes a model
of the newsroom's own archive, and the model that the server starts with.")
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_CONTROL_EXTRA
  ${CMAKE_CURRENT_LIST_DIR}/conffiles ${CMAKE_CURRENT_LIST_DIR}/postinst
  ${CMAKE_CURRENT_LIST_DIR}/prerm ${CMAKE_CURRENT_LIST_DIR}/postrm)

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME librubricator0)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SUGGESTS rubricator)
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "The C library.
It asks a Rubricator server, or classifies in the process itself with a
model bundle, as the one that the package rubricator brings.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_LIST_DIR}/triggers)

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME librubricator-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "librubricator0 (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "Development files.
Headers of librubricator's C ABI and of the C++ over it, with what pkg-
config and CMake need.")
