// SPDX-License-Identifier: Apache-2.0
#include "store/single_file.hpp"

#include <sqlite3.h>

#include <memory>
#include <string_view>

namespace fokus::store {
namespace {

struct Close {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};

int note_mode(void* is_single, int columns, char** values, char**) {
  *static_cast<bool*>(is_single) =
      columns == 1 && values[0] != nullptr && std::string_view(values[0]) == "delete";
  return 0;
}

}  // namespace

bool make_single_file(const std::string& path) {
  sqlite3* opened = nullptr;
  const int status = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  const std::unique_ptr<sqlite3, Close> db(opened);
  bool is_single = false;
  return status == SQLITE_OK &&
         sqlite3_exec(opened, "PRAGMA journal_mode=DELETE", note_mode, &is_single, nullptr) ==
             SQLITE_OK &&
         is_single;
}

}  // namespace fokus::store
