// SPDX-License-Identifier: Apache-2.0
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "platform/locale.hpp"

namespace fokus {
namespace {

constexpr char32_t table_end = 0x250;  // Latin letters up to Latin Extended-B

// The letters that ICU would strip to one vowel, but that Scandinavians and Germans write with two.
void replace_nordic(icu::UnicodeString& s) {
  static constexpr std::array<std::pair<const char16_t*, const char16_t*>, 10> pairs = {{
      {u"æ", u"ae"},
      {u"Æ", u"ae"},
      {u"ä", u"ae"},
      {u"Ä", u"ae"},
      {u"ø", u"oe"},
      {u"Ø", u"oe"},
      {u"ö", u"oe"},
      {u"Ö", u"oe"},
      {u"å", u"aa"},
      {u"Å", u"aa"},
  }};
  for (const auto& [from, to] : pairs) s.findAndReplace(from, to);
}

std::unique_ptr<icu::Transliterator> make_transliterator() {
  UErrorCode status = U_ZERO_ERROR;
  // The primes are how Latin writes the Cyrillic soft and hard sign; nobody types them.
  std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
      "Any-Latin; NFD; [:Mn:] Remove; [\\u02B9\\u02BA\\u02BC] Remove; Latin-ASCII; Lower",
      UTRANS_FORWARD, status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no transliterator");
  return made;
}

std::string fold_by_icu(std::string_view text) {
  // One per thread: a transliterator is not for two at once, and making one takes 46 ms.
  thread_local const std::unique_ptr<icu::Transliterator> transliterator = make_transliterator();
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  icu::UnicodeString composed =
      nfc->normalize(icu::UnicodeString::fromUTF8({text.data(), int(text.size())}), status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise");
  replace_nordic(composed);
  transliterator->transliterate(composed);
  std::string out;
  composed.toUTF8String(out);
  return out;
}

std::string encode(char32_t c) {
  std::string out;
  icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(out);
  return out;
}

// What each Latin letter folds to, asked of ICU once: these do not depend on their neighbours, and
// a name in Danish or Polish then costs as much as one in English.
const std::array<std::string, table_end>& latin_table() {
  static const auto table = [] {
    std::array<std::string, table_end> made;
    for (char32_t c = 0x80; c < table_end; ++c) made[c] = fold_by_icu(encode(c));
    return made;
  }();
  return table;
}

// False when a character needs the long way. Appends nothing useful then.
bool fold_latin(std::string_view text, std::string& out) {
  const auto& table = latin_table();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto a = static_cast<unsigned char>(text[i]);
    if (a < 0x80) {
      out += a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : static_cast<char>(a);
      continue;
    }
    if (a < 0xC2 || a > 0xC9 || i + 1 == text.size()) return false;
    const char32_t c = (a & 0x1Fu) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3Fu);
    if (c >= table_end) return false;
    out += table[c];
  }
  return true;
}

// One space between words, none around, no control characters.
void tidy_spaces(std::string& text) {
  std::size_t to = 0;
  bool gap = false;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (u == ' ' || (u >= '\t' && u <= '\r')) {
      gap = to > 0;
    } else if (u >= 0x20 && u != 0x7F) {
      if (gap) text[to++] = ' ';
      gap = false;
      text[to++] = c;
    }
  }
  text.resize(to);
}

// True when the text is folded already but for upper case; then `out` is the answer.
bool fold_ascii(std::string_view text, std::string& out) {
  out.resize(text.size());
  char before = ' ';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto u = static_cast<unsigned char>(c);
    if (u < 0x20 || u >= 0x7F || (c == ' ' && before == ' ')) return false;
    out[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    before = c;
  }
  return text.empty() || before != ' ';
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  if (fold_ascii(text, out)) return out;
  out.clear();
  out.reserve(text.size() + 8);
  if (!fold_latin(text, out)) out = fold_by_icu(text);
  tidy_spaces(out);
  return out;
}

std::string fold_phone(std::string_view text) {
  constexpr std::size_t number_digits_min = 4;  // letters after so many start an extension
  const std::size_t trunk = text.find("(0)");
  std::string out;
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(text.size());) {
    if (static_cast<std::size_t>(i) == trunk && !out.empty()) {
      i += 3;
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(text.data(), i, static_cast<std::int32_t>(text.size()), c);
    if (c < 0) continue;
    const std::int32_t digit = u_charDigitValue(c);
    if (digit >= 0) out += static_cast<char>('0' + digit);
    if (digit < 0 && u_isalpha(c) && out.size() >= number_digits_min) break;
  }
  if (out.starts_with("00")) out.erase(0, 2);
  return out;
}

}  // namespace fokus
