// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "platform/locale.hpp"

namespace fokus {

// Numbers, money and time as people who speak a language write them, for text that the program
// itself lays out (documents, letters). The browser does the same for screens. "en" is the European
// one: day before month. Unknown languages are English. Thread-safe: it keeps nothing.
class Figures {
 public:
  Figures(std::string_view language, TimeZone zone);

  std::string number(double value, int decimals_max = 2) const;
  std::string compact(double value) const;  // 1.2 M
  std::string percent(double share) const;  // 0.345 → 34.5 %
  // In major units; `currency` is a code of ISO 4217.
  std::string money(double amount, std::string_view currency) const;
  std::string compact_money(double amount, std::string_view currency) const;

  std::string date(Date date) const;                  // 25 Nov 2026
  std::string day(Date date) const;                   // 25 Nov
  std::string month(Date date) const;                 // Nov 2026
  std::string weekday(int weekday) const;             // Monday; 1 = Monday … 7
  std::string instant(Instant at) const;              // 25 Nov 2026, 08:00 there
  std::string country(std::string_view code) const;   // "DK" → Denmark; the code when unknown
  std::string language(std::string_view code) const;  // "da" → Danish; the code when unknown

 private:
  std::string locale_;
  TimeZone zone_;
};

}  // namespace fokus
