// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/collation.hpp"

#include <unicode/ucol.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "store/sqlite/failure.hpp"

namespace fokus::store::sqlite {
namespace {

struct CloseCollator {
  void operator()(UCollator* collator) const { ucol_close(collator); }
};
using CollatorPtr = std::unique_ptr<UCollator, CloseCollator>;

CollatorPtr open_danish() {
  UErrorCode error = U_ZERO_ERROR;
  CollatorPtr collator(ucol_open("da", &error));
  if (U_FAILURE(error)) {
    throw Failure(FailureKind::unavailable,
                  std::string("ICU has no Danish: ") + u_errorName(error));
  }
  return collator;
}

int compare_by_icu(const UCollator* collator, std::string_view left, std::string_view right) {
  UErrorCode error = U_ZERO_ERROR;
  const UCollationResult order =
      ucol_strcollUTF8(collator, left.data(), static_cast<std::int32_t>(left.size()), right.data(),
                       static_cast<std::int32_t>(right.size()), &error);
  if (U_SUCCESS(error) && order != UCOL_EQUAL) return order == UCOL_LESS ? -1 : 1;
  return left.compare(right);
}

// Most comparisons of names are decided by one ASCII letter that differs, and ICU needs ten times
// as long to say so as a table that ICU has filled. Left to ICU: everything near a byte above
// ASCII (it may combine with its neighbour), "aa" (which Danish sorts as å), characters that do
// not count, and texts that differ in case only.
class Danish {
 public:
  Danish() : collator_(open_danish()) { rank_ascii(); }

  int compare(std::string_view left, std::string_view right) const {
    const std::size_t shared = std::min(left.size(), right.size());
    std::size_t i = 0;
    while (i < shared && left[i] == right[i]) ++i;
    // What differs in case only may differ further on; but "aA" is not "aa".
    while (i < shared && rank(left, i) == rank(right, i) && rank(left, i) != 0) {
      if (left[i] != right[i] && is_a(left, i)) {
        return compare_by_icu(collator_.get(), left, right);
      }
      ++i;
    }
    if (i == left.size() && i == right.size()) {
      return left == right ? 0 : compare_by_icu(collator_.get(), left, right);
    }
    if (!is_plain(left, right, i)) return compare_by_icu(collator_.get(), left, right);
    return rank(left, i) < rank(right, i) ? -1 : 1;
  }

 private:
  // 0: not for the table. Letters, digits and signs that differ at the first level have their own;
  // the end of the text is less than all of them.
  static constexpr std::uint8_t end_rank = 1;

  std::uint8_t rank(std::string_view text, std::size_t i) const {
    return i < text.size() ? ranks_[static_cast<unsigned char>(text[i])] : end_rank;
  }
  static bool is_a(std::string_view text, std::size_t i) {
    return i < text.size() && (text[i] | 0x20) == 'a';
  }

  // The difference at i is one between two ASCII characters that stand for themselves.
  bool is_plain(std::string_view left, std::string_view right, std::size_t i) const {
    if (rank(left, i) == 0 || rank(right, i) == 0) return false;
    if (rank(left, i + 1) == 0 || rank(right, i + 1) == 0) return false;
    if (i > 0 && rank(left, i - 1) == 0) return false;
    if (!is_a(left, i) && !is_a(right, i)) return true;
    const bool after_a = i > 0 && is_a(left, i - 1);
    return !after_a && !(is_a(left, i) && is_a(left, i + 1)) &&
           !(is_a(right, i) && is_a(right, i + 1));
  }

  void rank_ascii() {
    CollatorPtr primary = open_danish();
    ucol_setStrength(primary.get(), UCOL_PRIMARY);
    const auto order = [&](char a, char b) {
      UErrorCode error = U_ZERO_ERROR;
      return ucol_strcollUTF8(primary.get(), &a, 1, &b, 1, &error);
    };
    std::vector<char> characters;
    for (char c = ' '; c < 0x7F; ++c) {
      UErrorCode error = U_ZERO_ERROR;
      const bool counts = ucol_strcollUTF8(primary.get(), &c, 1, "", 0, &error) == UCOL_GREATER;
      if (counts) characters.push_back(c);
    }
    std::sort(characters.begin(), characters.end(),
              [&](char a, char b) { return order(a, b) == UCOL_LESS; });
    std::uint8_t next = end_rank;
    for (std::size_t i = 0; i < characters.size(); ++i) {
      if (i == 0 || order(characters[i - 1], characters[i]) != UCOL_EQUAL) ++next;
      ranks_[static_cast<unsigned char>(characters[i])] = next;
    }
  }

  CollatorPtr collator_;
  std::array<std::uint8_t, 256> ranks_{};
};

int compare(void* danish, int left_size, const void* left, int right_size, const void* right) {
  return static_cast<const Danish*>(danish)->compare(
      {static_cast<const char*>(left), static_cast<std::size_t>(left_size)},
      {static_cast<const char*>(right), static_cast<std::size_t>(right_size)});
}

}  // namespace

void register_danish(sqlite3* db) {
  auto danish = std::make_unique<Danish>();
  const auto close = [](void* opened) { delete static_cast<Danish*>(opened); };
  const int code = sqlite3_create_collation_v2(db, "da", SQLITE_UTF8, danish.get(), compare, close);
  // SQLite does not call the destructor of a collation that it refused, unlike that of a function.
  if (code != SQLITE_OK) throw_failure(db);
  danish.release();
}

}  // namespace fokus::store::sqlite
