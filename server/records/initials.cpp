// SPDX-License-Identifier: Apache-2.0
#include "records/initials.hpp"

#include <algorithm>

#include "platform/locale.hpp"
#include "platform/romanise.hpp"
#include "records/inner.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t letters_min = 2, letters_max = 5;

bool is_sign(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return !(static_cast<unsigned char>(c) >= 0x80 || is_letter);
}

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// U+0300 to U+036F: an accent that belongs to the letter before it.
bool is_accent_at(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return false;
  const auto a = static_cast<unsigned char>(text[at]), b = static_cast<unsigned char>(text[at + 1]);
  return a == 0xCC || (a == 0xCD && b <= 0xAF);
}

std::string_view first_letter(std::string_view text) {
  std::size_t end = text.empty() ? 0 : 1;
  while (end < text.size() && (continues(text[end]) || is_accent_at(text, end))) ++end;
  return text.substr(0, end);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += word;
  return out;
}

bool may_be_initials(std::size_t count) {
  return count >= letters_min && count <= letters_max;
}

void add(std::vector<std::string>& out, std::string one) {
  if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
}

void add_first_letters(std::vector<std::string>& out, std::string_view text) {
  const auto words = search_words(text);
  std::string letters;
  for (const auto& word : words) letters += word.front();
  if (may_be_initials(words.size())) add(out, std::move(letters));
}

}  // namespace

std::vector<std::string_view> written_words(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !is_sign(text[i])) continue;
    if (i > start) out.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  return out;
}

std::vector<std::string> initials_of(std::string_view name) {
  std::vector<std::string> out;
  add_first_letters(out, name);
  for (const auto& spelling : other_spellings(name)) add_first_letters(out, spelling);
  std::string letters;
  std::size_t count = 0;
  for (const auto word : written_words(name)) {
    const std::string folded = joined(search_words(first_letter(word)));
    count += !folded.empty();
    letters += folded;
  }
  if (may_be_initials(count)) add(out, std::move(letters));
  return out;
}

std::string spelled_letters(std::string_view word) {
  std::string out;
  std::size_t count = 0;
  while (!word.empty()) {
    const auto letter = first_letter(word);
    const std::string folded = joined(search_words(letter));
    if (folded.empty() || ++count > letters_max) return {};
    out += folded;
    word.remove_prefix(letter.size());
  }
  return may_be_initials(count) ? out : std::string();
}

}  // namespace fokus::records
