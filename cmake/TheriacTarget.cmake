# theriac_library(NAME SOURCES_UNDER dir [HEADERS_UNDER dir]): a static library theriac_NAME, alias theriac::NAME, of every .cpp below SOURCES_UNDER.
# Adding a file is enough: the folder is the list, and a structure test checks what each folder may include.
include_guard(GLOBAL)
include(GNUInstallDirs)

find_program(THERIAC_CCACHE ccache)
if(THERIAC_CCACHE AND PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${THERIAC_CCACHE}")
endif()

function(theriac_options target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion $<$<BOOL:${THERIAC_WERROR}>:-Werror>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE -Wno-restrict)  # g++ 12 sees overlaps in std::string's own code where it optimises
  endif()
endfunction()

function(theriac_library name)
  cmake_parse_arguments(ARG "" "SOURCES_UNDER;INCLUDE" "EXCEPT" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${ARG_SOURCES_UNDER}/*.cpp")
  foreach(except IN LISTS ARG_EXCEPT)
    list(FILTER sources EXCLUDE REGEX "${except}")
  endforeach()
  if(NOT sources)  # a folder that is still empty must not keep the others from building
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}_empty.cpp CONTENT "")
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/${name}_empty.cpp)
  endif()
  add_library(theriac_${name} STATIC ${sources})
  add_library(theriac::${name} ALIAS theriac_${name})
  set_target_properties(theriac_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_include_directories(theriac_${name}
    PUBLIC $<BUILD_INTERFACE:${ARG_INCLUDE}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  theriac_options(theriac_${name})
  set_property(GLOBAL APPEND PROPERTY THERIAC_LIBRARIES theriac_${name})
  set_property(GLOBAL APPEND PROPERTY THERIAC_INCLUDES ${ARG_INCLUDE})
endfunction()
