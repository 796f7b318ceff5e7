// SPDX-License-Identifier: Apache-2.0
#include "platform/romanise.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

#include "platform/locale.hpp"

namespace fokus {
namespace {

using Pairs = std::vector<std::pair<const char16_t*, const char16_t*>>;

// What the romanisations leave to taste. Longer ones first.
const Pairs danish = {{u"shch", u"sjtj"}, {u"ch", u"tj"},   {u"sh", u"sj"}, {u"zh", u"zj"},
                      {u"yu", u"ju"},     {u"iya", u"ija"}, {u"ya", u"ja"}, {u"ye", u"je"},
                      {u"iy", u"ij"},     {u"ey", u"ej"}};
const Pairs english = {{u"iya", u"ia"}, {u"iy", u"y"}, {u"ye", u"e"}, {u"ks", u"x"}};
const Pairs without_c = {{u"ch", u"h"}};
const Pairs one_letter = {{u"æ", u"ae"}, {u"Æ", u"ae"}, {u"ä", u"a"}, {u"Ä", u"a"}, {u"ø", u"o"},
                          {u"Ø", u"o"},  {u"ö", u"o"},  {u"Ö", u"o"}, {u"å", u"a"}, {u"Å", u"a"}};

// As Germans write it where there is no ü; ä and ö are so folded already.
const Pairs umlaut = {{u"ü", u"ue"}, {u"Ü", u"ue"}};

enum class Script { cyrillic, greek, nordic, umlaut };

bool has_script(const icu::UnicodeString& text, Script script) {
  for (std::int32_t i = 0; i < text.length(); ++i) {
    const char16_t c = text.charAt(i);
    if (script == Script::cyrillic && c >= 0x400 && c < 0x530) return true;
    if (script == Script::greek && c >= 0x370 && c < 0x400) return true;
    if (script == Script::nordic && std::u16string_view(u"æÆäÄøØöÖåÅ").find(c) != std::string::npos)
      return true;
    if (script == Script::umlaut && (c == u'ü' || c == u'Ü')) return true;
  }
  return false;
}

std::unique_ptr<icu::Transliterator> make(const char* id) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> made(
      icu::Transliterator::createInstance(id, UTRANS_FORWARD, status));
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU has no ") + id);
  return made;
}

// One per thread and kind: a transliterator is not for two at once, and making one takes long.
const icu::Transliterator& romanisation(std::size_t number) {
  constexpr const char* ids[] = {
      "Russian-Latin/BGN; Latin-ASCII; Lower", "Ukrainian-Latin/BGN; Latin-ASCII; Lower",
      "Greek-Latin/UNGEGN; Latin-ASCII; Lower", "Greek-Latin/BGN; Latin-ASCII; Lower"};
  thread_local std::unique_ptr<icu::Transliterator> made[std::size(ids)];
  if (!made[number]) made[number] = make(ids[number]);
  return *made[number];
}

class Spellings {
 public:
  explicit Spellings(std::string_view text) : first_(fold(text)) {}

  void add(icu::UnicodeString text, const Pairs& pairs = {}) {
    for (const auto& [from, to] : pairs) text.findAndReplace(from, to);
    std::string utf8;
    text.toUTF8String(utf8);
    std::string folded = fold(utf8);
    if (folded != first_ && std::find(out_.begin(), out_.end(), folded) == out_.end())
      out_.push_back(std::move(folded));
  }
  void add_romanised(const icu::UnicodeString& text, std::size_t number,
                     std::initializer_list<const Pairs*> tastes) {
    icu::UnicodeString latin = text;
    romanisation(number).transliterate(latin);
    add(latin);
    for (const auto* pairs : tastes) add(latin, *pairs);
  }
  std::vector<std::string> take() { return std::move(out_); }

 private:
  std::string first_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> other_spellings(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; })) return {};
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  const auto composed = nfc->normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot normalise");
  Spellings out(text);
  if (has_script(composed, Script::nordic)) out.add(composed, one_letter);
  if (has_script(composed, Script::umlaut)) out.add(composed, umlaut);
  if (has_script(composed, Script::cyrillic)) {
    out.add_romanised(composed, 0, {&danish, &english});
    out.add_romanised(composed, 1, {&danish, &english});
  }
  if (has_script(composed, Script::greek)) {
    out.add_romanised(composed, 2, {&without_c});
    out.add_romanised(composed, 3, {});
  }
  return out.take();
}

}  // namespace fokus
