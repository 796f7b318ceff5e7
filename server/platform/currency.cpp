// SPDX-License-Identifier: Apache-2.0
#include "platform/currency.hpp"

#include <unicode/ucurr.h>
#include <unicode/uenum.h>

#include <set>
#include <string>

namespace fokus {
namespace {

std::set<std::string, std::less<>> list_tenders() {
  std::set<std::string, std::less<>> out;
  UErrorCode failed = U_ZERO_ERROR;
  UEnumeration* codes = ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &failed);
  while (const char* code = uenum_next(codes, nullptr, &failed)) out.insert(code);
  uenum_close(codes);
  return out;
}

}  // namespace

bool is_legal_tender(std::string_view code) {
  static const auto tenders = list_tenders();
  return tenders.contains(code);
}

}  // namespace fokus
