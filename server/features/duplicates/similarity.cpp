// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/similarity.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace fokus::duplicates {
namespace {

constexpr std::size_t jaro_bytes_max = 64;  // one bit of a mask for each
constexpr std::size_t prefix_max = 4;
constexpr double prefix_scale = 0.1;
constexpr std::size_t sound_length = 4;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Soundex classes of a to z; 0: vowels, j and y, which separate, 7: h, which does not.
char class_of(char c) {
  constexpr std::string_view classes = "01230127002455012623010202";
  if (c == 'h') return '7';
  return c >= 'a' && c <= 'z' ? classes[static_cast<std::size_t>(c - 'a')] : '0';
}

std::string meet_spellings(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const char next = i + 1 < word.size() ? word[i + 1] : '\0';
    const bool pair = (c == 'p' && next == 'h') || (c == 't' && next == 'h') ||
                      (c == 'c' && (next == 'h' || next == 'k')) || (c == 'd' && next == 't');
    if (pair) ++i;
    if (c == 'p' && pair)
      out += 'f';
    else if (c == 't' || (c == 'd' && pair))
      out += 't';
    else if (c == 'c' || c == 'q')
      out += c == 'c' && !pair && (next == 'e' || next == 'i' || next == 'y') ? 's' : 'k';
    else if (c == 'x')
      out += "ks";
    else if (c == 'z')
      out += 's';
    else
      out += c == 'w' ? 'v' : c;
  }
  return out;
}

struct Matching {
  std::size_t count = 0;
  std::uint64_t in_a = 0, in_b = 0;
};

Matching matching_bytes(std::string_view a, std::string_view b) {
  const std::size_t longest = std::max(a.size(), b.size());
  const std::size_t reach = longest / 2 > 0 ? longest / 2 - 1 : 0;
  Matching out;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t from = i > reach ? i - reach : 0;
    const std::size_t to = std::min(b.size(), i + reach + 1);
    for (std::size_t j = from; j < to; ++j) {
      if (a[i] != b[j] || (out.in_b >> j & 1)) continue;
      out.in_a |= std::uint64_t{1} << i;
      out.in_b |= std::uint64_t{1} << j;
      ++out.count;
      break;
    }
  }
  return out;
}

std::size_t count_transposed(std::string_view a, std::string_view b, const Matching& matching) {
  std::size_t out = 0, j = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(matching.in_a >> i & 1)) continue;
    while (!(matching.in_b >> j & 1)) ++j;
    out += a[i] != b[j];
    ++j;
  }
  return out / 2;
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  a = a.substr(0, jaro_bytes_max);
  b = b.substr(0, jaro_bytes_max);
  if (a == b) return a.empty() ? 0 : 1;
  const Matching matching = matching_bytes(a, b);
  if (matching.count == 0) return 0;
  const auto m = static_cast<double>(matching.count);
  const auto t = static_cast<double>(count_transposed(a, b, matching));
  const double jaro =
      (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) + (m - t) / m) / 3;
  std::size_t prefix = 0;
  while (prefix < std::min({prefix_max, a.size(), b.size()}) && a[prefix] == b[prefix]) ++prefix;
  return jaro + static_cast<double>(prefix) * prefix_scale * (1 - jaro);
}

int edit_distance(std::string_view a, std::string_view b, int max) {
  const auto difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > static_cast<std::size_t>(max)) return max + 1;
  std::vector<int> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = static_cast<int>(i);
    int best = now[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = std::min(now[j], before[j - 2] + 1);
      best = std::min(best, now[j]);
    }
    if (best > max) return max + 1;
    std::swap(before, last);
    std::swap(last, now);
  }
  return std::min(last[b.size()], max + 1);
}

std::string sound_of(std::string_view word) {
  if (word.empty()) return {};
  if (std::any_of(word.begin(), word.end(), is_digit)) return std::string(word);
  const std::string met = meet_spellings(word);
  std::string out(1, met.front());
  char last = class_of(met.front());
  for (std::size_t i = 1; i < met.size() && out.size() < sound_length; ++i) {
    const char now = class_of(met[i]);
    if (now == '7') continue;
    if (now != '0' && now != last) out += now;
    last = now;
  }
  return out;
}

}  // namespace fokus::duplicates
