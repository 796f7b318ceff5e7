// SPDX-License-Identifier: Apache-2.0
#include "platform/languages.hpp"

#include <unicode/uloc.h>

#include <set>
#include <string>

#include "base/text.hpp"

namespace fokus {
namespace {

std::set<std::string, std::less<>> list_languages() {
  std::set<std::string, std::less<>> out;
  for (const char* const* code = uloc_getISOLanguages(); *code; ++code) {
    out.insert(*code);
    out.insert(uloc_getISO3Language(*code));  // "dan" is as good as "da"
  }
  out.erase("");
  return out;
}

}  // namespace

bool is_language(std::string_view code) {
  static const auto languages = list_languages();
  return languages.contains(lower_ascii(code));
}

}  // namespace fokus
