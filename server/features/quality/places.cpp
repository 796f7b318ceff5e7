// SPDX-License-Identifier: Apache-2.0
#include "features/quality/places.hpp"

#include <algorithm>
#include <array>

#include "features/quality/number_checks.hpp"
#include "platform/locale.hpp"

namespace fokus::quality {
namespace {

// "9": a digit, "A": a letter; the rest stands as it is.
struct Form {
  std::string_view country, form;
};
constexpr std::array forms = std::to_array<Form>({
    {"AT", "9999"},    {"BE", "9999"},  {"BG", "9999"},   {"CH", "9999"},     {"CZ", "999 99"},
    {"DE", "99999"},   {"DK", "9999"},  {"EE", "99999"},  {"ES", "99999"},    {"FI", "99999"},
    {"FO", "999"},     {"FR", "99999"}, {"GL", "9999"},   {"GR", "999 99"},   {"HR", "99999"},
    {"HU", "9999"},    {"IS", "999"},   {"IT", "99999"},  {"LI", "9999"},     {"LU", "9999"},
    {"NL", "9999 AA"}, {"NO", "9999"},  {"PL", "99-999"}, {"PT", "9999-999"}, {"RO", "999999"},
    {"SE", "999 99"},  {"SI", "9999"},  {"SK", "999 99"},
});

// Below so many addresses nothing is said; the town that is meant has this share, the other one at
// most that, or stands there once.
constexpr std::int64_t addresses_min = 5;
constexpr int right_percent = 80, wrong_percent = 5;
constexpr std::size_t towns_per_postcode_max = 50, postcodes_max = 200'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

const Form* find_form(std::string_view country) {
  const std::string wanted = plain_number(country);
  const auto found = std::find_if(forms.begin(), forms.end(),
                                  [&](const Form& one) { return one.country == wanted; });
  return found == forms.end() ? nullptr : &*found;
}

std::string key_of(std::string_view country, std::string_view postcode) {
  return plain_number(country) + " " + plain_number(postcode);
}

}  // namespace

PostcodeForm check_postcode(std::string_view country, std::string_view postcode) {
  const Form* form = find_form(country);
  if (!form) return PostcodeForm::unknown;
  if (postcode.size() != form->form.size()) return PostcodeForm::other;
  for (std::size_t i = 0; i < postcode.size(); ++i) {
    const char c = postcode[i], wanted = form->form[i];
    const bool fits = wanted == '9'   ? is_digit(c)
                      : wanted == 'A' ? c >= 'A' && c <= 'Z'
                                      : c == wanted;
    if (!fits) return PostcodeForm::other;
  }
  return PostcodeForm::right;
}

std::string tidy_postcode(std::string_view country, std::string_view postcode) {
  const Form* form = find_form(country);
  if (!form) return {};
  std::string plain = plain_number(postcode);
  const auto first = std::find_if(plain.begin(), plain.end(), is_digit);
  plain.erase(plain.begin(), first);  // "DK-8000", "D-24937": every form begins with a digit
  std::string out;
  std::size_t at = 0;
  for (const char wanted : form->form) {
    if (wanted != '9' && wanted != 'A')
      out += wanted;
    else if (at < plain.size())
      out += plain[at++];
  }
  return at == plain.size() && check_postcode(country, out) == PostcodeForm::right ? out
                                                                                   : std::string();
}

void Places::add(std::string_view country, std::string_view postcode, std::string_view city,
                 std::int64_t times) {
  const std::string folded = fold(city);
  if (country.empty() || folded.empty() || plain_number(postcode).empty()) return;
  const std::string key = key_of(country, postcode);
  if (towns_.size() >= postcodes_max && !towns_.contains(key)) return;
  auto& towns = towns_[key];
  if (towns.size() >= towns_per_postcode_max && !towns.contains(folded)) return;
  auto& town = towns[folded];
  town.times += times;
  // Of several spellings the one that came with most addresses at once is shown.
  if (times > town.shown_times) town.shown = std::string(city), town.shown_times = times;
}

std::string Places::other_city(std::string_view country, std::string_view postcode,
                               std::string_view city) const {
  const auto found = towns_.find(key_of(country, postcode));
  if (found == towns_.end()) return {};
  std::int64_t all = 0;
  const Town* best = nullptr;
  for (const auto& [folded, town] : found->second) {
    all += town.times;
    if (!best || town.times > best->times) best = &town;
  }
  const auto mine = found->second.find(fold(city));
  const std::int64_t times = mine == found->second.end() ? 0 : mine->second.times;
  const bool is_sure = all >= addresses_min && best->times * 100 >= all * right_percent &&
                       (times <= 1 || times * 100 <= all * wrong_percent);
  return is_sure ? best->shown : std::string();
}

}  // namespace fokus::quality
