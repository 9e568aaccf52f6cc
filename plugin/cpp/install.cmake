# What a program outside the tree needs. The C++ client stays inside: Debian's protobuf has no CMake package, so its
# users could not be told what to link; rubricator.hpp is C++ over the C ABI instead.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/rubricator)

install(TARGETS rubricator_shared EXPORT rubricator_targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES rubricator.h rubricator_analysis.h rubricator_base.h rubricator.hpp rubricator_answer.hpp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/rubricator COMPONENT development)
install(EXPORT rubricator_targets FILE rubricator-targets.cmake NAMESPACE rubricator:: DESTINATION ${package_dir}
  COMPONENT development)

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/rubricator-config.cmake.in rubricator-config.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(rubricator-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/rubricator-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/rubricator-config-version.cmake
  DESTINATION ${package_dir} COMPONENT development)

file(RELATIVE_PATH RUBRICATOR_PC_TO_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${PROJECT_SOURCE_DIR}/cmake/rubricator.pc.in rubricator.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/rubricator.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT development)
