// SPDX-License-Identifier: Apache-2.0
// Postcodes: how each country writes them, and which town each one belongs to.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace fokus::quality {

enum class PostcodeForm { right, other, unknown };  // unknown: nothing is known of that country
PostcodeForm check_postcode(std::string_view country, std::string_view postcode);
// "DK-8000" → "8000", "21120" → "211 20", "1011ab" → "1011 AB". Empty when it cannot be made right.
std::string tidy_postcode(std::string_view country, std::string_view postcode);

// Which towns stand beside each postcode in the addresses that are known: those of the company
// registers that are loaded, and the records' own. What most of them say is taken for right.
class Places {
 public:
  void add(std::string_view country, std::string_view postcode, std::string_view city,
           std::int64_t times = 1);
  // The town that was meant, when the one given hardly ever stands beside this postcode and another
  // one nearly always does; empty otherwise.
  std::string other_city(std::string_view country, std::string_view postcode,
                         std::string_view city) const;
  std::size_t size() const { return towns_.size(); }

 private:
  struct Town {
    std::string shown;
    std::int64_t times = 0, shown_times = 0;
  };
  // "dk 8000" → folded town → how often
  std::unordered_map<std::string, std::map<std::string, Town, std::less<>>> towns_;
};

}  // namespace fokus::quality
