# SPDX-License-Identifier: Apache-2.0
# libFuzzer programs, one per server/**/*_fuzz.cpp. libFuzzer comes with clang; clang-19 is the one
# in Debian 12 that compiles our coroutines with the standard library of g++ 12.
function(fokus_fuzz_targets root)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${root}/server/*.cpp)
  set(targets ${sources})
  list(FILTER targets INCLUDE REGEX "_fuzz\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "(_fuzz|_test|/testing)\\.cpp$")
  # The parsers of foreign bytes and what they stand on, not the whole program.
  list(FILTER sources INCLUDE REGEX "/server/(base/|platform/(fold|time_zone)|net/(byte_range|call|\
compression|headers|proxies|router|target|reply)|records/(criteria_(parse|render|json|tree)|\
file_rules)|features/imports/(csv_reader|encoding))")
  add_library(fuzzed STATIC ${sources})
  target_include_directories(fuzzed PUBLIC ${root}/server)
  target_precompile_headers(fuzzed PRIVATE ${root}/cmake/pch.hpp)
  target_compile_options(fuzzed PUBLIC
    -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined
    -fno-sanitize-recover=undefined)
  target_link_libraries(fuzzed PUBLIC
    -fsanitize=address,undefined fmt::fmt spdlog::spdlog Boost::json Threads::Threads
    PkgConfig::SQLITE PkgConfig::PQXX PkgConfig::ICU PkgConfig::SODIUM PkgConfig::GUMBO
    PkgConfig::PQ PkgConfig::LIBZIP PkgConfig::XLSXWRITER PkgConfig::BROTLI PkgConfig::ZLIB
    OpenSSL::SSL OpenSSL::Crypto ${SQLITECPP})
  foreach(target ${targets})
    get_filename_component(name ${target} NAME_WE)
    add_executable(${name} ${target})
    target_link_libraries(${name} PRIVATE fuzzed -fsanitize=fuzzer)
  endforeach()
endfunction()
