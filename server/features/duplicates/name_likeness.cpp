// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/name_likeness.hpp"

#include <algorithm>

#include "features/duplicates/names.hpp"
#include "features/duplicates/similarity.hpp"

namespace fokus::duplicates {
namespace {

using Words = std::vector<std::string>;

constexpr double pair_from = 0.8;       // less alike: two different words
constexpr double one_word_most = 0.75;  // Anna and Anna Lund
constexpr double middle_name = 0.04;    // what a word without partner costs
constexpr std::size_t typed_min = 4;    // shorter words are other words when a letter differs

bool has_digit(const std::string& word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Likeness compare_spelling(const std::string& a, const std::string& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const int distance = edit_distance(a, b, 2);
  if (shorter >= typed_min && distance == 1) return {0.94, How::typo};
  if (shorter >= 6 && distance == 2) return {0.88, How::typo};
  const double similarity = jaro_winkler(a, b);
  return similarity >= 0.9 ? Likeness{similarity * 0.94, How::similar} : Likeness{};
}

Likeness compare_given(const std::string& a, const std::string& b) {
  if (a == b) return {1, How::same};
  if (a.size() == 1 || b.size() == 1)
    return a.front() == b.front() ? Likeness{0.86, How::initial} : Likeness{};
  if (are_nicknames(a, b)) return {0.92, How::nickname};
  const Likeness typed = compare_spelling(a, b);
  if (typed.how != How::differs) return typed;
  const bool one_sound = std::min(a.size(), b.size()) >= typed_min && sound_of(a) == sound_of(b);
  return one_sound && jaro_winkler(a, b) >= 0.82 ? Likeness{0.82, How::similar} : Likeness{};
}

Likeness compare_trade_words(const std::string& a, const std::string& b) {
  if (a == b) return {1, How::same};
  if (has_digit(a) || has_digit(b)) return {};
  return compare_spelling(a, b);
}

struct Pairing {
  std::vector<int> partner;  // of the words of a; -1: none
  std::vector<Likeness> likeness;
};

// The best pairs first; names have few words.
template <class CompareWords>
Pairing pair_words(const Words& a, const Words& b, CompareWords compare_words) {
  struct Candidate {
    double similarity;
    std::size_t i, j;
    Likeness likeness;
  };
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j)
      if (const auto found = compare_words(a[i], b[j]); found.similarity >= pair_from)
        // Equal places are preferred among equals.
        candidates.push_back({found.similarity + (i == j ? 0.001 : 0), i, j, found});
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& x, const auto& y) { return x.similarity > y.similarity; });
  Pairing out{std::vector<int>(a.size(), -1), std::vector<Likeness>(a.size())};
  std::vector<bool> is_taken(b.size());
  for (const auto& one : candidates) {
    if (out.partner[one.i] >= 0 || is_taken[one.j]) continue;
    out.partner[one.i] = static_cast<int>(one.j);
    out.likeness[one.i] = one.likeness;
    is_taken[one.j] = true;
  }
  return out;
}

// What is least like decides what is said.
How weakest(const Pairing& pairing) {
  How out = How::same;
  double least = 1;
  int last = -1;
  for (std::size_t i = 0; i < pairing.partner.size(); ++i) {
    if (pairing.partner[i] < 0) continue;
    if (pairing.partner[i] < last && out == How::same) out = How::order;
    last = pairing.partner[i];
    if (pairing.likeness[i].similarity < least)
      least = pairing.likeness[i].similarity, out = pairing.likeness[i].how;
  }
  return out;
}

std::string joined(const Words& words) {
  std::string out;
  for (const auto& word : words) out += word;
  return out;
}

bool is_acronym(const Words& a, const Words& b) {
  if (a.size() != 1 || b.size() < 3 || a[0].size() != b.size()) return false;
  for (std::size_t i = 0; i < b.size(); ++i)
    if (a[0][i] != b[i].front()) return false;
  return true;
}

Likeness compare_joined(const Words& a, const Words& b) {
  const std::string x = joined(a), y = joined(b);
  if (x == y) return {0.98, How::typo};  // "anne marie" and "annemarie"
  if (std::min(x.size(), y.size()) >= 6 && edit_distance(x, y, 1) == 1) return {0.9, How::typo};
  return {};
}

}  // namespace

Likeness compare_person_names(const Words& a, const Words& b) {
  if (a.size() > b.size()) return compare_person_names(b, a);
  if (a == b && a.size() > 1) return {1, How::same};
  const Pairing pairing = pair_words(a, b, compare_given);
  double sum = 0;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (pairing.partner[i] >= 0) sum += pairing.likeness[i].similarity, ++pairs;
  Likeness out{sum / static_cast<double>(a.size()), weakest(pairing)};
  const auto alone = static_cast<double>(b.size() - a.size());
  out.similarity -= middle_name * alone;
  if (pairs == a.size() && alone > 0 && out.how == How::same) out.how = How::part;
  if (pairs < 2 || a.size() < 2) {
    out.similarity = std::min(out.similarity, one_word_most);
    out.how = pairs == 0 ? How::differs : How::part;
  }
  // One word more may be one space more; as many words are words of their own.
  if (a.size() != b.size())
    if (const auto whole = compare_joined(a, b); whole.similarity > out.similarity) return whole;
  out.similarity = std::clamp(out.similarity, 0.0, 1.0);
  return out;
}

Likeness compare_company_names(const Item& a, const Item& b) {
  if (a.words.size() > b.words.size()) return compare_company_names(b, a);
  if (a.words == b.words) {
    if (a.extra == b.extra) return {1, How::same};
    // Who leaves the form away says less than who writes another one.
    return {a.extra.empty() || b.extra.empty() ? 0.985 : 0.97, How::form};
  }
  if (is_acronym(a.words, b.words)) return {0.8, How::acronym};
  const Pairing pairing = pair_words(a.words, b.words, compare_trade_words);
  double paired = 0, letters = 0;
  bool is_whole = true;
  for (const auto* words : {&a.words, &b.words})
    for (const auto& word : *words) letters += static_cast<double>(word.size());
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    is_whole = is_whole && pairing.partner[i] >= 0;
    if (pairing.partner[i] < 0) continue;
    const auto& partner = b.words[static_cast<std::size_t>(pairing.partner[i])];
    paired +=
        pairing.likeness[i].similarity * static_cast<double>(a.words[i].size() + partner.size());
  }
  Likeness out{letters > 0 ? paired / letters : 0, weakest(pairing)};
  if (is_whole && a.words.size() < b.words.size()) {
    // "Nordlys" and "Nordlys Transport": the start of the other, or words in the middle of it.
    const bool is_start = std::equal(a.words.begin(), a.words.end(), b.words.begin());
    out.similarity = std::max(out.similarity, is_start ? 0.82 : 0.0);
    out.how = How::part;
  }
  if (const auto whole = compare_joined(a.words, b.words); whole.similarity > out.similarity)
    return whole;
  if (paired == 0) out.how = How::differs;
  return out;
}

}  // namespace fokus::duplicates
