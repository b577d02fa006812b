# The binary, and what checks it.

add_library(sampan_proxy STATIC)
sampan_sources(proxy_sources proxy)
list(REMOVE_ITEM proxy_sources ${PROJECT_SOURCE_DIR}/proxy/main.cpp)
target_sources(sampan_proxy PRIVATE ${proxy_sources})
target_link_libraries(sampan_proxy PUBLIC sampan_shared httplib ada sqlite OpenSSL::Crypto)

add_executable(sampan proxy/main.cpp)
target_compile_definitions(sampan PRIVATE SAMPAN_VERSION="${PROJECT_VERSION}")
target_link_libraries(sampan PRIVATE sampan_proxy)

# Optimised where it is measured, not where it is only read once: a test file compiles twice as fast this way.
add_executable(unit_tests EXCLUDE_FROM_ALL)
foreach(folder unit contract simulation)
  sampan_sources(test_sources tests/${folder})
  target_sources(unit_tests PRIVATE ${test_sources})
endforeach()
target_compile_options(unit_tests PRIVATE -O0)
target_link_libraries(unit_tests PRIVATE story_world sampan_proxy Catch2::Catch2WithMain)
target_compile_definitions(unit_tests PRIVATE SAMPAN_SOURCE_ROOT="${PROJECT_SOURCE_DIR}")

# A program of its own: the stories are told thousands of times, and would be four times slower with the templates that
# an unoptimised test brings along.
sampan_sources(story_sources tests/story)
set(story_tellers ${story_sources})
list(FILTER story_tellers EXCLUDE REGEX "_test\\.cpp$")
list(FILTER story_sources INCLUDE REGEX "_test\\.cpp$")
add_library(story_world STATIC EXCLUDE_FROM_ALL ${story_tellers})
target_compile_options(story_world PRIVATE -O1)
target_compile_definitions(story_world PRIVATE SAMPAN_SOURCE_ROOT="${PROJECT_SOURCE_DIR}")
target_link_libraries(story_world PUBLIC sampan_shared sqlite Catch2::Catch2)
add_executable(story_tests EXCLUDE_FROM_ALL ${story_sources})
target_compile_options(story_tests PRIVATE -O1)
target_link_libraries(story_tests PRIVATE story_world Catch2::Catch2WithMain)

# One program a target of libFuzzer, which only clang has.
add_custom_target(fuzz_targets)
if(SAMPAN_SANITIZE MATCHES "fuzzer")
  sampan_sources(fuzz_sources tests/fuzz)
  foreach(source IN LISTS fuzz_sources)
    cmake_path(GET source STEM name)
    add_executable(${name} EXCLUDE_FROM_ALL ${source})
    target_link_libraries(${name} PRIVATE sampan_proxy)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
    add_dependencies(fuzz_targets ${name})
  endforeach()
endif()

# One program a benchmark; scripts/bench runs them.
add_custom_target(benchmarks)
sampan_sources(bench_sources tests/bench)
foreach(source IN LISTS bench_sources)
  cmake_path(GET source STEM name)
  add_executable(${name} EXCLUDE_FROM_ALL ${source})
  target_link_libraries(${name} PRIVATE sampan_proxy)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
  add_dependencies(benchmarks ${name})
endforeach()
