# What others wrote, each as one target whose headers are system headers. docs/dependencies.md says why each is here.
#
# Sources stand in build/deps, where scripts/setup puts them by scripts/deps.lock. Where a folder is absent, FetchContent
# takes the pinned tag from upstream.
include(FetchContent)

set(SAMPAN_DEPS "${PROJECT_SOURCE_DIR}/build/deps" CACHE PATH "Where scripts/setup put the sources of scripts/deps.lock")

function(sampan_source name repository tag)  # makes ${name}_SOURCE_DIR; nothing of its own build is run
  string(TOUPPER ${name} upper)
  if(EXISTS ${SAMPAN_DEPS}/${name}/.locked)
    set(FETCHCONTENT_SOURCE_DIR_${upper} ${SAMPAN_DEPS}/${name})
  endif()
  FetchContent_Declare(${name} GIT_REPOSITORY ${repository} GIT_TAG ${tag} GIT_SHALLOW ON SOURCE_SUBDIR not-built)
  FetchContent_MakeAvailable(${name})
  set(${name}_SOURCE_DIR ${${name}_SOURCE_DIR} PARENT_SCOPE)
endfunction()

# Header-only, from Debian. Emscripten has its own C library and must not see /usr/include, so it gets two links.
function(sampan_system_headers target folder)
  add_library(${target} INTERFACE)
  if(EMSCRIPTEN)
    file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/system)
    file(CREATE_LINK /usr/include/${folder} ${PROJECT_BINARY_DIR}/system/${folder} SYMBOLIC)
    target_include_directories(${target} SYSTEM INTERFACE ${PROJECT_BINARY_DIR}/system)
  endif()
endfunction()
sampan_system_headers(expected tl)
sampan_system_headers(json nlohmann)

# Not our code: its warnings are not shown. Under a sanitizer it is watched for memory and races, which is what a wrong
# call of ours shows as, but not for undefined arithmetic, and the fuzzers do not steer by its branches.
function(sampan_third_party target)
  target_compile_options(${target} PRIVATE -w)
  if(SAMPAN_SANITIZE)
    target_compile_options(${target} PRIVATE -fno-sanitize=undefined,fuzzer-no-link)
  endif()
endfunction()

sampan_source(sqlite https://github.com/WiseLibs/better-sqlite3.git v13.2.0)
set(sqlite_folder ${sqlite_SOURCE_DIR}/deps/sqlite3)
add_library(sqlite_header INTERFACE)
target_include_directories(sqlite_header SYSTEM INTERFACE ${sqlite_folder})

if(EMSCRIPTEN)
  return()
endif()

# Multi-threaded with one connection a thread; full-text search; no loading of extensions, so no way to run other code.
add_library(sqlite STATIC ${sqlite_folder}/sqlite3.c)
target_compile_definitions(sqlite PRIVATE SQLITE_THREADSAFE=2 SQLITE_ENABLE_FTS5 SQLITE_DQS=0 SQLITE_DEFAULT_MEMSTATUS=0
  SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_TEMP_STORE=3 SQLITE_USE_ALLOCA SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_MAX_EXPR_DEPTH=0
  SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE SQLITE_OMIT_LOAD_EXTENSION SQLITE_OMIT_PROGRESS_CALLBACK
  SQLITE_OMIT_TCL_VARIABLE)
sampan_third_party(sqlite)
target_link_libraries(sqlite PUBLIC sqlite_header)

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(brotli REQUIRED IMPORTED_TARGET libbrotlienc libbrotlidec libbrotlicommon)

# Split by its own script: a file that includes the whole header costs 20 s, the split one 2 s.
sampan_source(httplib https://github.com/yhirose/cpp-httplib.git v0.41.0)
set(httplib_split ${PROJECT_BINARY_DIR}/httplib)
file(MAKE_DIRECTORY ${httplib_split})
execute_process(COMMAND python3 ${httplib_SOURCE_DIR}/split.py -o ${httplib_split} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
add_library(httplib STATIC ${httplib_split}/httplib.cc)
target_include_directories(httplib SYSTEM PUBLIC ${httplib_split})
target_compile_definitions(httplib PUBLIC CPPHTTPLIB_ZLIB_SUPPORT CPPHTTPLIB_BROTLI_SUPPORT)
sampan_third_party(httplib)
target_link_libraries(httplib PUBLIC ZLIB::ZLIB PkgConfig::brotli Threads::Threads)

sampan_source(ada https://github.com/ada-url/ada.git v3.4.4)
add_library(ada STATIC ${ada_SOURCE_DIR}/src/ada.cpp)
target_include_directories(ada SYSTEM PUBLIC ${ada_SOURCE_DIR}/include)
target_include_directories(ada PRIVATE ${ada_SOURCE_DIR}/src)
sampan_third_party(ada)

sampan_source(catch2 https://github.com/catchorg/Catch2.git v3.7.1)
add_subdirectory(${catch2_SOURCE_DIR} ${PROJECT_BINARY_DIR}/catch2 EXCLUDE_FROM_ALL SYSTEM)
# Its hundred small files compile as a few.
set_target_properties(Catch2 PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16)
target_compile_options(Catch2 PRIVATE -O1)
sampan_third_party(Catch2)
sampan_third_party(Catch2WithMain)
