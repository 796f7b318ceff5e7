# SPDX-License-Identifier: Apache-2.0
# The settings let ccache reuse objects with precompiled headers, and between checkouts.
find_program(CCACHE ccache)
if(CCACHE)
  get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/.. ABSOLUTE)
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_BASEDIR=${root} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()
