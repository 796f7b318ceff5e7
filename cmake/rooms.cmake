# SPDX-License-Identifier: Apache-2.0
# A room is a folder under server/ that becomes one static library and one test program.
#   fokus_room(NAME folder [DEPS target...] [OWN target...] [NO_PCH] [PARTS n])
# OWN are libraries whose headers no other room sees.
# PARTS is in how many parts its tests run, side by side.
# Every *.cpp below the folder belongs to it; *_test.cpp to its test program test_<name>;
# *_fuzz.cpp to nothing (cmake/fuzz.cmake). testing.cpp becomes fokus_<name>_testing: what the
# tests of this room and of all rooms above it share. It is linked into them and into no program.
function(fokus_room name folder)
  cmake_parse_arguments(ROOM "NO_PCH" "PARTS" "DEPS;OWN;TEST_DEPS" ${ARGN})
  if(NOT ROOM_PARTS)
    set(ROOM_PARTS 1)
  endif()
  set(root ${PROJECT_SOURCE_DIR}/server/${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${root}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz)\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "/(main|testing)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(NOT sources)
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty_room.cpp)
    file(CONFIGURE OUTPUT ${sources} CONTENT "// A room without sources yet.\n")
  endif()
  add_library(fokus_${name} STATIC ${sources})
  target_include_directories(fokus_${name} PUBLIC ${PROJECT_SOURCE_DIR}/server)
  target_link_libraries(fokus_${name} PUBLIC ${ROOM_DEPS} PRIVATE ${ROOM_OWN})
  if(NOT ROOM_NO_PCH)
    target_precompile_headers(fokus_${name} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch.hpp)
    # Without it ccache cannot use a precompiled header of GCC.
    target_compile_options(fokus_${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  endif()
  set(testing "")
  foreach(dep ${ROOM_DEPS})
    if(TARGET ${dep})
      get_target_property(inherited ${dep} FOKUS_TESTING)
      if(inherited)
        list(APPEND testing ${inherited})
      endif()
    endif()
  endforeach()
  if(FOKUS_TESTS AND EXISTS ${root}/testing.cpp)
    add_library(fokus_${name}_testing STATIC EXCLUDE_FROM_ALL ${root}/testing.cpp)
    target_link_libraries(fokus_${name}_testing PUBLIC fokus_${name} GTest::gtest)
    list(APPEND testing fokus_${name}_testing)
  endif()
  list(REMOVE_DUPLICATES testing)
  set_target_properties(fokus_${name} PROPERTIES FOKUS_TESTING "${testing}")
  if(FOKUS_TESTS AND tests)
    add_executable(test_${name} ${tests})
    target_link_libraries(test_${name} PRIVATE fokus_${name} ${testing} ${ROOM_TEST_DEPS}
      GTest::gtest_main)
    # What they test is optimised in a release build; they themselves only have to be built soon.
    target_compile_options(test_${name} PRIVATE $<$<CONFIG:Release>:-O0>)
    target_compile_definitions(test_${name} PRIVATE
      FOKUS_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    # In parts, so that the tests of the largest room do not run alone at the end.
    foreach(part RANGE 1 ${ROOM_PARTS})
      math(EXPR index "${part} - 1")
      add_test(NAME ${name}_${part} COMMAND test_${name}
        --gtest_output=json:${PROJECT_BINARY_DIR}/unit/${name}_${part}.json)
      set_tests_properties(${name}_${part} PROPERTIES COST ${ROOM_PARTS}
        ENVIRONMENT "GTEST_TOTAL_SHARDS=${ROOM_PARTS};GTEST_SHARD_INDEX=${index}")
    endforeach()
  endif()
endfunction()
