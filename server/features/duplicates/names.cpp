// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/names.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "features/duplicates/word_lists.hpp"

namespace fokus::duplicates {
namespace {

constexpr std::array<std::string_view, 14> titles = {"mr",   "mrs", "ms",   "miss", "dr",
                                                     "hr",   "fru", "froe", "herr", "frau",
                                                     "prof", "ing", "jr",   "dipl"};
// Country codes in front of VAT numbers (EU, GB, NO); other letters belong to the number.
constexpr std::array<std::string_view, 31> vat_prefixes = {
    "at", "be", "bg", "cy", "cz", "de", "dk", "ee", "el", "es", "fi", "fr", "gb", "hr", "hu", "ie",
    "it", "lt", "lu", "lv", "mt", "nl", "no", "pl", "pt", "ro", "se", "si", "sk", "xi", "gr"};
constexpr std::size_t vat_letters = 2;
constexpr std::size_t number_min = 5;  // shorter numbers keep their letters

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Bytes of UTF-8 beyond ASCII are scripts that folding leaves: letters.
bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), is_digit);
}

struct Piece {
  std::string word;
  char before = ' ';  // what separates it from the one before
};

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> out;
  char separator = ' ';
  bool inside = false;
  for (const char c : text) {
    if (c == '\'' || c == '`') continue;
    if (!is_word_byte(c)) {
      // ". " separates more than "." does: "j. p. jensen" keeps its initials apart.
      separator = inside ? c : ' ';
      inside = false;
      continue;
    }
    if (!inside) out.push_back({{}, separator});
    inside = true;
    out.back().word += c;
  }
  return out;
}

bool is_form(const std::string& word) {
  return legal_forms().contains(word);
}

// How many words at an end are legal forms; weak ones count beside a strong one.
template <class Iterator>
std::size_t count_forms(Iterator at, Iterator end) {
  std::size_t all = 0, sure = 0;
  for (; at != end; ++at) {
    if (is_form(*at))
      sure = ++all;
    else if (weak_forms().contains(*at))
      ++all;
    else
      break;
  }
  // "gmbh & co" reads co, gmbh from the end; "brother and co" stays whole.
  return sure;
}

std::string normal_street_word(const std::string& word) {
  const auto& known = street_words();
  if (const auto found = known.words.find(word); found != known.words.end()) return found->second;
  for (const auto& [ending, normal] : known.endings)
    if (word.size() > ending.size() + 2 && word.ends_with(ending))
      return word.substr(0, word.size() - ending.size()) + normal;
  return word;
}

}  // namespace

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> out;
  bool was_letter = false;
  for (auto& piece : pieces_of(folded)) {
    const bool is_letter = piece.word.size() == 1 && !is_digit(piece.word[0]);
    if (is_letter && was_letter && (piece.before == '.' || piece.before == '/')) {
      out.back() += piece.word;
      continue;
    }
    if (out.size() == limits::words_max) break;
    out.push_back(std::move(piece.word));
    was_letter = is_letter;
  }
  return out;
}

PersonName person_name(std::string_view folded) {
  PersonName out{words_of(folded)};
  auto kept = out.words;
  std::erase_if(kept, [](const std::string& word) {
    return std::find(titles.begin(), titles.end(), word) != titles.end();
  });
  if (!kept.empty()) out.words = std::move(kept);
  return out;
}

CompanyName company_name(std::string_view folded) {
  auto all = words_of(folded);
  auto kept = all;
  std::erase_if(kept, [](const std::string& word) { return joiners().contains(word); });
  if (!kept.empty()) all = std::move(kept);
  const std::size_t at_start = count_forms(all.begin(), all.end());
  const std::size_t at_end = count_forms(all.rbegin(), all.rend());
  CompanyName out;
  // A name of nothing but legal forms ("SE A/S") keeps all but the last.
  const bool is_left = at_start + at_end < all.size();
  const std::size_t from = is_left ? at_start : 0;
  const std::size_t to = all.size() - (is_left ? at_end : all.size() > 1 ? 1 : 0);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i >= from && i < to)
      out.words.push_back(all[i]);
    else
      out.form += (out.form.empty() ? "" : " ") + all[i];
  }
  return out;
}

bool are_nicknames(const std::string& a, const std::string& b) {
  const auto& lines = nickname_lines();
  const auto of_a = lines.find(a), of_b = lines.find(b);
  if (of_a == lines.end() || of_b == lines.end()) return false;
  return std::find_first_of(of_a->second.begin(), of_a->second.end(), of_b->second.begin(),
                            of_b->second.end()) != of_a->second.end();
}

Street street_of(std::string_view folded) {
  Street out;
  bool ends_with_number = false;
  for (const auto& word : words_of(folded)) {
    if (!out.number.empty() && !out.name.empty() && ends_with_number) {
      // "12 b" is "12b"; what follows is floor and flat.
      if (word.size() == 1 && !is_digit(word[0])) out.number += word;
      break;
    }
    if (has_digit(word)) {
      if (out.number.empty()) out.number = word, ends_with_number = !out.name.empty();
      continue;
    }
    out.name += (out.name.empty() ? "" : " ") + normal_street_word(word);
  }
  return out;
}

std::string own_domain(std::string_view folded) {
  const auto at = folded.rfind('@');
  std::string_view host = at == folded.npos ? folded : folded.substr(at + 1);
  if (const auto scheme = host.find("://"); scheme != host.npos) host.remove_prefix(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#:"));
  while (host.ends_with('.')) host.remove_suffix(1);
  if (host.starts_with("www.")) host.remove_prefix(4);
  if (host.find('.') == host.npos || free_mail_domains().contains(std::string(host))) return {};
  return std::string(host);
}

std::string local_part(std::string_view folded) {
  const auto at = folded.rfind('@');
  if (at == folded.npos) return {};
  return std::string(folded.substr(0, std::min(at, folded.find('+'))));
}

std::string plain_number(std::string_view folded) {
  std::string out;
  for (const char c : folded)
    if (is_word_byte(c)) out += c;
  const bool is_vat = out.size() >= vat_letters + number_min && has_digit(out) &&
                      std::find(vat_prefixes.begin(), vat_prefixes.end(),
                                std::string_view(out).substr(0, vat_letters)) != vat_prefixes.end();
  if (is_vat) out.erase(0, vat_letters);
  // Norwegian VAT numbers are the registration number with "mva" behind it.
  if (out.ends_with("mva")) out.resize(out.size() - 3);
  return out;
}

}  // namespace fokus::duplicates
