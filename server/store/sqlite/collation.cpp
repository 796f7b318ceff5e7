// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/collation.hpp"

#include <unicode/ucol.h>

#include <algorithm>
#include <cstring>

#include "store/sqlite/failure.hpp"

namespace fokus::store::sqlite {
namespace {

int compare_bytes(const void* left, int left_size, const void* right, int right_size) {
  const auto shared = static_cast<std::size_t>(std::min(left_size, right_size));
  const int order = shared == 0 ? 0 : std::memcmp(left, right, shared);
  return order != 0 ? order : left_size - right_size;
}

// There is no short cut for ASCII: Danish sorts "aa" after "z".
int compare(void* collator, int left_size, const void* left, int right_size, const void* right) {
  UErrorCode error = U_ZERO_ERROR;
  const UCollationResult order =
      ucol_strcollUTF8(static_cast<const UCollator*>(collator), static_cast<const char*>(left),
                       left_size, static_cast<const char*>(right), right_size, &error);
  if (U_SUCCESS(error) && order != UCOL_EQUAL) return order == UCOL_LESS ? -1 : 1;
  return compare_bytes(left, left_size, right, right_size);
}

}  // namespace

void register_danish(sqlite3* db) {
  UErrorCode error = U_ZERO_ERROR;
  UCollator* collator = ucol_open("da", &error);
  if (U_FAILURE(error)) {
    throw Failure(FailureKind::unavailable,
                  std::string("ICU has no Danish: ") + u_errorName(error));
  }
  const auto close = [](void* opened) { ucol_close(static_cast<UCollator*>(opened)); };
  const int code = sqlite3_create_collation_v2(db, "da", SQLITE_UTF8, collator, compare, close);
  if (code != SQLITE_OK) {
    ucol_close(collator);
    throw_failure(db);
  }
}

}  // namespace fokus::store::sqlite
