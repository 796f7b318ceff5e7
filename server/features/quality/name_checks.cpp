// SPDX-License-Identifier: Apache-2.0
#include "features/quality/name_checks.hpp"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace fokus::quality {
namespace {

constexpr int letters_min = 3;
// A name is clearly used one way when it is so this often, and this many times as often.
constexpr std::int64_t uses_min = 5, uses_factor = 10;

constexpr std::array particles = std::to_array<std::string_view>(
    {"von", "van", "de",  "der", "den", "del", "della", "di",  "da",  "dos",
     "du",  "la",  "le",  "af",  "av",  "zu",  "zur",   "zum", "ten", "ter",
     "og",  "und", "and", "y",   "el",  "bin", "ibn",   "vom"});
constexpr std::array roman = std::to_array<std::string_view>({"ii", "iii", "iv", "vi", "vii"});

constexpr std::array first_names = std::to_array<std::string_view>(
    {"anders",  "anna",    "anne",     "annette", "astrid",    "bente",     "birgit",    "birgitte",
     "bjarne",  "bo",      "camilla",  "carl",    "charlotte", "christian", "christina", "dorthe",
     "emil",    "emma",    "erik",     "eva",     "finn",      "frederik",  "freja",     "gitte",
     "hans",    "hanne",   "helle",    "henrik",  "ida",       "inge",      "ingrid",    "jan",
     "jens",    "jesper",  "johan",    "johanna", "jonas",     "jorgen",    "joergen",   "karen",
     "karin",   "karl",    "kirsten",  "klaus",   "knud",      "kristian",  "kristina",  "lars",
     "laura",   "lene",    "lise",     "lone",    "louise",    "lukas",     "mads",      "magnus",
     "maja",    "maria",   "marianne", "martin",  "mathias",   "mette",     "michael",   "mikkel",
     "morten",  "niels",   "nina",     "ole",     "oliver",    "olav",      "patrick",   "paul",
     "per",     "peter",   "pia",      "poul",    "rasmus",    "rikke",     "sara",      "simon",
     "sofie",   "soren",   "soeren",   "stefan",  "steen",     "susanne",   "svend",     "sven",
     "thomas",  "tina",    "tobias",   "tove",    "trine",     "ulla",      "ulrik",     "vibeke",
     "william", "wolfgang"});
constexpr std::array last_endings = std::to_array<std::string_view>(
    {"sen", "sson", "gaard", "strom", "stroem", "berg", "quist", "kvist", "mann", "ski", "dottir",
     "bjerg", "lund", "holm", "borg", "stad"});

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string lower(std::string_view text) {
  return to_utf8(icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())})
                     .toLower(icu::Locale::getRoot()));
}

template <class List>
bool is_among(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// The first letter, and each behind a hyphen, an apostrophe or a full stop, is a capital.
std::string capitalise(std::string_view word) {
  auto text = icu::UnicodeString::fromUTF8({word.data(), static_cast<int>(word.size())});
  text.toLower(icu::Locale::getRoot());
  icu::UnicodeString out;
  bool is_start = true;
  for (int i = 0; i < text.length();) {
    const UChar32 c = text.char32At(i);
    i += U16_LENGTH(c);
    out.append(is_start && u_isalpha(c) ? u_totitle(c) : c);
    is_start =
        c == '-' || c == '\'' || c == 0x2019 || c == '.' || c == '(' || (is_start && !u_isalpha(c));
  }
  if (out.length() > 4 && out.startsWith("Mc") && u_isalpha(out.char32At(2)))
    out.setCharAt(2, static_cast<char16_t>(u_toupper(out.charAt(2))));
  return to_utf8(out);
}

bool is_first_name(const NameCounts& counts, const std::string& word) {
  if (is_among(first_names, word)) return true;
  const auto found = counts.find(word);
  return found != counts.end() && found->second.as_first >= uses_min &&
         found->second.as_first >= uses_factor * found->second.as_last;
}

bool is_last_name(const NameCounts& counts, const std::string& word) {
  const auto found = counts.find(word);
  if (found != counts.end() && found->second.as_last >= uses_min)
    return found->second.as_last >= uses_factor * found->second.as_first;
  return std::any_of(last_endings.begin(), last_endings.end(), [&](std::string_view ending) {
    return word.size() > ending.size() + 1 && word.ends_with(ending);
  });
}

bool is_space(UChar32 c) {
  return u_isUWhiteSpace(c) || c == 0x200B || c == 0xFEFF;
}

std::string single_spaced(std::string_view text, bool keeps_lines) {
  const auto from = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
  icu::UnicodeString out;
  bool is_gap = false;
  for (int i = 0; i < from.length();) {
    const UChar32 c = from.char32At(i);
    i += U16_LENGTH(c);
    if (keeps_lines && c == '\n') {
      out.append(c);
      is_gap = false;
    } else if (is_space(c)) {
      is_gap = true;
    } else {
      const bool is_inside = !out.isEmpty() && out.charAt(out.length() - 1) != '\n';
      if (is_gap && is_inside) out.append(static_cast<UChar32>(' '));
      is_gap = false;
      out.append(c);
    }
  }
  return std::string(trim(to_utf8(out)));
}

}  // namespace

NameCase case_of_name(std::string_view text) {
  const auto name = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
  int capitals = 0, small = 0;
  for (int i = 0; i < name.length();) {
    const UChar32 c = name.char32At(i);
    i += U16_LENGTH(c);
    capitals += u_isupper(c) ? 1 : 0;
    small += u_islower(c) ? 1 : 0;
  }
  if (capitals + small < letters_min) return NameCase::mixed;
  return small == 0      ? NameCase::capitals
         : capitals == 0 ? NameCase::small_letters
                         : NameCase::mixed;
}

std::string proper_case(std::string_view text) {
  const std::string plain = with_single_spaces(text);
  const auto words = split(plain, ' ');
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = lower(words[i]);
    const bool is_last = i + 1 == words.size();
    if (!is_last && is_among(particles, word))
      out.push_back(word);
    else if (i > 0 && is_among(roman, word))
      out.push_back(std::string(words[i]));
    else
      out.push_back(capitalise(words[i]));
  }
  return join(out, " ");
}

std::string with_single_spaces(std::string_view text) {
  return single_spaced(text, false);
}
std::string with_single_spaces_in_lines(std::string_view text) {
  return single_spaced(text, true);
}

bool are_names_swapped(const NameCounts& counts, std::string_view first, std::string_view last) {
  const std::string given(first.substr(0, first.find(' ')));
  const std::string family(last.substr(last.rfind(' ') == last.npos ? 0 : last.rfind(' ') + 1));
  if (given.empty() || family.empty() || given == family) return false;
  return is_first_name(counts, family) && is_last_name(counts, given) &&
         !is_first_name(counts, given) && !is_last_name(counts, family);
}

}  // namespace fokus::quality
