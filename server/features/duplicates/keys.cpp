// SPDX-License-Identifier: Apache-2.0
// The blocking keys of a record: texts that duplicates are expected to have in common.
#include <algorithm>

#include "features/duplicates/matcher.hpp"
#include "features/duplicates/names.hpp"
#include "features/duplicates/similarity.hpp"

namespace fokus::duplicates {
namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t keys_per_part_max = 6;  // of one record
constexpr std::size_t national_digits = 8;
constexpr std::size_t number_min = 4;

void add(Texts& out, std::string text) {
  if (!text.empty()) out.push_back(std::move(text));
}

// First and last word, whichever comes first: middle names and the order do not matter.
std::string person_key(const std::vector<std::string>& words) {
  if (words.size() < 2) return {};
  std::string a = sound_of(words.front()), b = sound_of(words.back());
  if (b < a) std::swap(a, b);
  return a + " " + b;
}

// The longest words say most; both in the order of the alphabet.
std::string company_key(std::vector<std::string> words) {
  std::stable_sort(words.begin(), words.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  if (words.size() > 2) words.resize(2);
  for (auto& word : words) word = sound_of(word);
  std::sort(words.begin(), words.end());
  std::string out;
  for (const auto& word : words) out += word + " ";
  return out;
}

void add_sounds(Texts& out, const std::vector<std::string>& words) {
  for (const auto& word : words)
    if (word.size() > 1) add(out, sound_of(word));
}

std::string street_key(const FoldedValue& value) {
  const Street street = street_of(value.text);
  if (street.name.empty() || street.number.empty()) return {};
  return sound_of(words_of(street.name).front()) + " " + street.number;
}

void add_texts(PartKind kind, const FoldedValue& value, Texts& out) {
  switch (kind) {
    case PartKind::person_name:
      return add(out, person_key(person_name(value.text).words));
    case PartKind::person_word:
      return add_sounds(out, person_name(value.text).words);
    case PartKind::company_name:
      return add(out, company_key(company_name(value.text).words));
    case PartKind::company_word:
      return add_sounds(out, company_name(value.text).words);
    case PartKind::phone:
      if (value.text.size() >= national_digits)
        add(out, value.text.substr(value.text.size() - national_digits));
      return;
    case PartKind::domain:
      return add(out, own_domain(value.text));
    case PartKind::number:
      if (auto number = plain_number(value.text); number.size() >= number_min)
        add(out, std::move(number));
      return;
    case PartKind::postcode:
      return add(out, plain_number(value.postcode));
    case PartKind::city:
      return add(out, value.city);
    case PartKind::street:
      return add(out, street_key(value));
    default:
      return add(out, value.text);
  }
}

void keep_distinct(Texts& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  if (texts.size() > keys_per_part_max) texts.resize(keys_per_part_max);
}

}  // namespace

std::vector<std::vector<std::string>> Matcher::keys_of(const Subject& subject) const {
  std::vector<Texts> out;
  for (const auto& key : rules_.keys) {
    Texts combined{""};
    for (const auto& part : key.parts) {
      Texts texts, next;
      for (const auto& field : part.fields)
        for (const auto& value : subject.values[index_of(field)])
          add_texts(part.kind, value.folded, texts);
      keep_distinct(texts);
      for (const auto& before : combined)
        for (const auto& text : texts) next.push_back(before + '\x1f' + text);
      combined = std::move(next);
    }
    keep_distinct(combined);
    out.push_back(std::move(combined));
  }
  return out;
}

}  // namespace fokus::duplicates
