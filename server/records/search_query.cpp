// SPDX-License-Identifier: Apache-2.0
#include "records/search_query.hpp"

#include <algorithm>
#include <iterator>

#include "platform/romanise.hpp"
#include "records/initials.hpp"
#include "records/inner.hpp"
#include "records/number_forms.hpp"
#include "records/phone_words.hpp"
#include "records/search.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t query_words_max = 8;
constexpr std::size_t phone_digits_min = 5;
constexpr std::size_t country_letters = 2;
constexpr std::size_t number_digits_min = 3;    // behind the country of a registration number
constexpr std::size_t national_digits_min = 6;  // as the index keeps them without the country

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
}

QueryWord phone_word(std::string_view q) {
  auto forms = phone_query_words(q);
  QueryWord number{std::move(forms.front()), {}, {}};
  number.also.assign(std::make_move_iterator(forms.begin() + 1),
                     std::make_move_iterator(forms.end()));
  return number;
}

// Names are kept as fold() writes them. A query in other letters may be meant as they are spelled
// in Latin, or letter by letter as initials are.
std::vector<std::string> also_meant(std::string_view written, const std::string& folded) {
  std::vector<std::string> out;
  const auto add = [&](const std::string& spelling) {
    const auto words = search_words(spelling);
    if (words.size() == 1 && words[0] != folded) out.push_back(words[0]);
  };
  for (const auto& other : other_spellings(written)) add(other);
  add(spelled_letters(written));
  return out;
}

std::vector<QueryWord> words_of(std::string_view q) {
  std::vector<QueryWord> out;
  for (const auto written : written_words(q)) {
    auto folded = search_words(written);
    for (auto& word : folded) out.push_back({std::move(word), {}, {}});
    if (folded.size() == 1 && !is_ascii(written))
      out.back().also = also_meant(written, out.back().text);
  }
  if (out.size() > query_words_max) out.resize(query_words_max);
  // One letter would match a large part of everything; beside other words it says little.
  if (out.size() > 1) std::erase_if(out, [](const QueryWord& w) { return w.text.size() < 2; });
  if (out.size() == 1 && out[0].text.size() < 2) out.clear();
  return out;
}

// "dk", "dk29" and "atu": a country, and what of the number stands with it.
bool begins_registration(std::string_view word) {
  const auto known = number_countries(FieldKind::registration_number, country_letters);
  if (std::find(known.begin(), known.end(), word.substr(0, country_letters)) == known.end())
    return false;
  return word.size() <= country_letters + 1 || is_digit(word[country_letters]);
}

bool is_tax_word(std::string_view word) {
  constexpr std::string_view known[] = {"mva", "mwst", "tva", "iva"};  // "NO 923 609 016 MVA"
  return std::find(std::begin(known), std::end(known), word) != std::end(known);
}

// A registration number with its country, which the index has in one piece, and perhaps without.
std::vector<std::string> registration_numbers(std::string_view q) {
  const auto words = search_words(q);
  if (words.empty() || !begins_registration(words[0])) return {};
  std::string whole, digits;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool has_digit = std::any_of(words[i].begin(), words[i].end(), is_digit);
    if (i > 0 && is_tax_word(words[i])) continue;
    if (i > 0 && !has_digit) return {};
    whole += words[i];
    std::copy_if(words[i].begin(), words[i].end(), std::back_inserter(digits), is_digit);
  }
  if (digits.size() < (words.size() > 1 ? number_digits_min : national_digits_min)) return {};
  std::vector<std::string> out{std::move(whole)};
  if (digits.size() >= national_digits_min) out.push_back(std::move(digits));
  return out;
}

}  // namespace

bool is_phone_query(std::string_view q) {
  std::size_t digits = 0;
  for (const char c : q) {
    if (is_digit(c))
      ++digits;
    else if (std::string_view(" +-()./").find(c) == std::string_view::npos)
      return false;
  }
  return digits >= phone_digits_min;
}

SearchQuery parse_search(std::string_view q) {
  if (is_phone_query(q)) return {{phone_word(q)}, {}};
  const auto kept = q.substr(0, limits::search_bytes_max);
  return {words_of(kept), registration_numbers(kept)};
}

}  // namespace fokus::records
