# SPDX-License-Identifier: Apache-2.0
# libFuzzer programs, one per server/**/*_fuzz.cpp. libFuzzer comes with clang; clang-19 is the one
# in Debian 12 that compiles our coroutines with the standard library of g++ 12.

# fokus_fuzzed(NAME ROOT PART…): the sources below server/ whose paths begin with one of the parts.
function(fokus_fuzzed name root)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${root}/server/*.cpp)
  list(FILTER sources EXCLUDE REGEX "(_fuzz|_test|/testing|/net/server)\\.cpp$")
  set(found "")
  foreach(part ${ARGN})
    set(those ${sources})
    list(FILTER those INCLUDE REGEX "/server/${part}")
    list(APPEND found ${those})
  endforeach()
  add_library(${name} STATIC ${found})
  target_include_directories(${name} PUBLIC ${root}/server)
  target_compile_options(${name} PUBLIC
    -O1 -g1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined
    -fno-sanitize-recover=undefined -ffunction-sections)
endfunction()

function(fokus_fuzz_targets root)
  # The parsers of foreign bytes and what they stand on, not the whole program.
  fokus_fuzzed(fuzzed_ground ${root} base/ platform/ net/)
  target_precompile_headers(fuzzed_ground PRIVATE ${root}/cmake/pch.hpp)
  # What a file also holds that only the whole program can link is lost here.
  target_link_options(fuzzed_ground PUBLIC -fuse-ld=lld -Wl,--gc-sections)
  target_link_libraries(fuzzed_ground PUBLIC
    -fsanitize=address,undefined fmt::fmt spdlog::spdlog Boost::json Threads::Threads
    PkgConfig::SQLITE PkgConfig::PQXX PkgConfig::ICU PkgConfig::SODIUM PkgConfig::GUMBO
    PkgConfig::PQ PkgConfig::ICAL PkgConfig::LIBZIP PkgConfig::XLSXWRITER PkgConfig::BROTLI
    PkgConfig::ZLIB PkgConfig::EXPAT PkgConfig::CURL PkgConfig::GMIME PkgConfig::PANGOCAIRO
    PkgConfig::PROTOBUF ${PHONENUMBER} OpenSSL::SSL OpenSSL::Crypto ${SQLITECPP})
  fokus_fuzzed(fuzzed ${root}
    "access/(json_body|permissions)" records/fields/ records/model records/phone_words
    "records/(aggregate_(api|time)|cursor|custom_rules|dictionary|file_rules|installation)"
    "store/database[.]cpp" records/stored_filter
    "records/criteria_(json|leaf|parse|path|render|terms|time|tree)"
    "features/dashboards/(definition|external_source|period|question)"
    "features/dav/(filters|ical_values|parse_ical|render_ical|xml)[.]cpp"
    "features/diary/(calendar|moved_rule|possible_days|recurrence|series)"
    "features/duplicates/(parse_rules|rules)"
    "features/imports/(card_rows|cell_values|csv_reader|csv_writer|encoding|sheet_(numbers|xml))"
    "features/imports/(workbook|xml_stream)[.]cpp" features/layouts/parse_layout
    "features/merge/(bulk_groups|merge_order)"
    "features/registers/(answer|json_path|mapping|provider|row_reader|unpack)"
    "features/quality/(email_check|name_checks|number_checks|places|vat_numbers)[.]cpp"
    features/registers/check_digits
    features/sales_guide/parse_guide
    "features/selections/(selection_calls|selections)" features/vcard/ features/views/view_rules)
  target_precompile_headers(fuzzed REUSE_FROM fuzzed_ground)
  target_link_libraries(fuzzed PUBLIC fuzzed_ground)
  file(GLOB_RECURSE targets CONFIGURE_DEPENDS ${root}/server/*_fuzz.cpp)
  foreach(target ${targets})
    get_filename_component(name ${target} NAME_WE)
    add_executable(${name} ${target})
    if(target MATCHES "/server/net/")
      target_link_libraries(${name} PRIVATE fuzzed_ground -fsanitize=fuzzer)
    else()
      target_link_libraries(${name} PRIVATE fuzzed -fsanitize=fuzzer)
    endif()
  endforeach()
endfunction()
