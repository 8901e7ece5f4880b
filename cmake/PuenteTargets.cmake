# How Puente's targets are made: one function a kind of target, so that flags are said once.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
option(PUENTE_FUZZ "Build the libFuzzer targets (needs clang)" OFF)
set(PUENTE_SANITIZE "" CACHE STRING "Sanitizers for Puente's own code, as in -fsanitize=")
set(PUENTE_GOOGLEAPIS "${CMAKE_SOURCE_DIR}/proto/deps" CACHE PATH
    "Include root of google/api, google/rpc and google/type; a googleapis checkout works too")

find_program(PUENTE_CCACHE ccache)
if(PUENTE_CCACHE)
  # The precompiled header needs the sloppiness; the base directory lets clones share results.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${PUENTE_CCACHE})
endif()

include(GNUInstallDirs)
# Where what the programs read is installed, and the contract.
set(PUENTE_SHARE ${CMAKE_INSTALL_DATADIR}/puente)
# All that `cmake --install` puts in place, which is what `./dev run` and `./dev package` build.
add_custom_target(installed)

find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED) # module mode, before gRPC
find_package(gRPC CONFIG REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(GTest REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(Boost REQUIRED) # Beast and Asio, which are headers
find_library(PUENTE_MYSQLCPPCONN mysqlcppconn REQUIRED)
find_library(PUENTE_CSV csv REQUIRED)
find_library(PUENTE_UTF8PROC utf8proc REQUIRED)
find_library(PUENTE_RE2 re2 REQUIRED)
find_library(PUENTE_SODIUM sodium REQUIRED)

execute_process(COMMAND git -C ${CMAKE_SOURCE_DIR} rev-parse --short HEAD
                OUTPUT_VARIABLE PUENTE_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)

# What generated code gets: no warnings, no sanitizers.
add_library(puente_generated INTERFACE)
target_compile_options(puente_generated INTERFACE -w)

# What Puente's own code gets.
add_library(puente_own INTERFACE)
target_compile_options(puente_own INTERFACE -Wall -Wextra -Wpedantic -Werror -Wno-unused-parameter)
if(PUENTE_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Release")
  # GCC 12 sees faults in its own headers once it inlines or instruments that far.
  set(false_alarms -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds
                   -Wno-restrict)
  target_compile_options(puente_own INTERFACE "$<$<CXX_COMPILER_ID:GNU>:${false_alarms}>")
endif()
target_include_directories(puente_own INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/gen)
if(PUENTE_SANITIZE)
  target_compile_options(puente_own INTERFACE -fsanitize=${PUENTE_SANITIZE}
                         -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PUENTE_SANITIZE})
endif()

# One precompiled header for everything of Puente's own.
file(WRITE ${CMAKE_BINARY_DIR}/pch/empty.cc "")
add_library(puente_pch STATIC ${CMAKE_BINARY_DIR}/pch/empty.cc)
target_precompile_headers(puente_pch PRIVATE
  <grpcpp/grpcpp.h> <absl/status/statusor.h> <absl/strings/str_cat.h> <absl/synchronization/mutex.h>
  <absl/time/time.h> <absl/types/span.h> <google/protobuf/message.h> <google/protobuf/descriptor.h>
  <map> <memory> <optional> <string> <vector>)
target_link_libraries(puente_pch PRIVATE puente_own gRPC::grpc++ protobuf::libprotobuf)

# puente_library(NAME SOURCES... DEPS ...): one folder of common/, a module or the gateway.
function(puente_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC ${arg_DEPS} PRIVATE puente_own)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_precompile_headers(${name} REUSE_FROM puente_pch)
endfunction()

# puente_binary(NAME SOURCES... DEPS ...)
function(puente_binary name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_DEPS} puente_own)
  target_precompile_headers(${name} REUSE_FROM puente_pch)
endfunction()

# puente_program(NAME COMPONENT SOURCES... DEPS ...): a binary that is installed, with the component
# (a Debian package, deploy/packages) "servers", "http" or "client".
function(puente_program name component)
  puente_binary(${name} ${ARGN})
  install(TARGETS ${name} RUNTIME COMPONENT ${component})
  add_dependencies(installed ${name})
endfunction()

# puente_test(NAME SOURCES... DEPS ...): a few larger binaries; CTest runs each as a whole.
function(puente_test name)
  puente_binary(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE GTest::gmock GTest::gtest GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT 900)
endfunction()

# puente_embedded(NAMESPACE::FUNCTION HEADER FILES...): bytes of files in the program. Makes the
# header, which declares the function that gives them by name, and sets EMBEDDED to the source for a
# puente_library().
function(puente_embedded function header)
  string(REGEX REPLACE "::[^:]+$" "" namespace ${function})
  string(REGEX REPLACE "^.*::" "" name ${function})
  foreach(file ${ARGN})
    get_filename_component(base ${file} NAME)
    string(MAKE_C_IDENTIFIER puente_${name}_${base} symbol)
    string(APPEND symbols "PUENTE_EMBED(${symbol}, \"${file}\")\n")
    string(APPEND rows "      {\"${base}\", Bytes(${symbol}, ${symbol}_end)},\n")
  endforeach()
  configure_file(${CMAKE_SOURCE_DIR}/cmake/embedded.h.in ${CMAKE_BINARY_DIR}/gen/${header} @ONLY)
  string(REGEX REPLACE "h$" "cc" source ${CMAKE_BINARY_DIR}/gen/${header})
  configure_file(${CMAKE_SOURCE_DIR}/cmake/embedded.cc.in ${source} @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${ARGN}")
  set(EMBEDDED ${source} PARENT_SCOPE)
endfunction()

# puente_proto(NAME ROOT DIR PROTOS relative... [IMPORTS dirs...] [GRPC]): generated code, apart from
# our own. (CMake 3.25's protobuf_generate can't take an include root other than the current folder.)
function(puente_proto name)
  cmake_parse_arguments(arg "GRPC" "ROOT" "PROTOS;IMPORTS;DEPS" ${ARGN})
  set(gen ${CMAKE_BINARY_DIR}/gen)
  file(MAKE_DIRECTORY ${gen})
  set(flags -I${arg_ROOT} --cpp_out=${gen})
  foreach(import ${arg_IMPORTS})
    list(APPEND flags -I${import})
  endforeach()
  set(extensions .pb)
  if(arg_GRPC)
    list(APPEND extensions .grpc.pb)
    list(APPEND flags --grpc_out=${gen}
         --plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>)
  endif()
  foreach(proto ${arg_PROTOS})
    string(REGEX REPLACE "\\.proto$" "" stem ${proto})
    set(outputs)
    foreach(extension ${extensions})
      list(APPEND outputs ${gen}/${stem}${extension}.cc ${gen}/${stem}${extension}.h)
    endforeach()
    add_custom_command(OUTPUT ${outputs}
                       COMMAND protobuf::protoc ${flags} ${arg_ROOT}/${proto}
                       DEPENDS ${arg_ROOT}/${proto} VERBATIM)
    list(APPEND sources ${outputs})
  endforeach()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC ${arg_DEPS} protobuf::libprotobuf PRIVATE puente_generated)
  target_include_directories(${name} PUBLIC ${gen})
  if(arg_GRPC)
    target_link_libraries(${name} PUBLIC gRPC::grpc++)
  endif()
endfunction()

# puente_schema(NAME COMPONENT FOLDER): a folder of migrations NNNN_what.sql compiled into a library;
# "schema/COMPONENT.h" declares puente::schema::COMPONENT().
function(puente_schema name component folder)
  set(gen ${CMAKE_BINARY_DIR}/gen/schema)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.sql)
  list(SORT files)
  set(rows "")
  foreach(file ${files})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(stem ${file} NAME_WE)
    string(REGEX MATCH "^([0-9]+)_(.*)$" _ ${stem})
    math(EXPR number "1${CMAKE_MATCH_1} - 10000")
    set(what ${CMAKE_MATCH_2})
    file(READ ${file} text)
    string(APPEND rows "    {\"${component}\", ${number}, \"${what}\", R\"sql(${text})sql\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${gen}/${component}.h @ONLY CONTENT "// Made from ${component}'s migrations.
#pragma once
#include \"common/sql/migrate.h\"
namespace puente::schema {
const std::vector<sql::Migration>& @component@();
}  // namespace puente::schema
")
  file(CONFIGURE OUTPUT ${gen}/${component}.cc @ONLY CONTENT "#include \"schema/@component@.h\"
namespace puente::schema {
const std::vector<sql::Migration>& @component@() {
  static const auto* migrations = new std::vector<sql::Migration>{
@rows@  };
  return *migrations;
}
}  // namespace puente::schema
")
  puente_library(${name} SOURCES ${gen}/${component}.cc DEPS puente_sql)
endfunction()
