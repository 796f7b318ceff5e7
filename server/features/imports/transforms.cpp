// SPDX-License-Identifier: Apache-2.0
#include "features/imports/transforms.hpp"

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>

#include "base/text.hpp"
#include "features/imports/cell_values.hpp"
#include "platform/locale.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;
using Kind = Step::Kind;

constexpr int part_max = 100;
constexpr std::array<std::string_view, 8> step_names = {"trim",  "upper",   "lower", "title",
                                                        "split", "replace", "date",  "constant"};

class StepParser {
 public:
  StepParser(const std::string& field, const json::object& said) : field_(field), said_(said) {}

  Result<Step> parse() {
    Step step;
    step.kind = TRY(kind());
    if (step.kind == Kind::split) {
      step.text = TRY(text("by"));
      step.part = TRY(part());
    }
    if (step.kind == Kind::date) step.text = TRY(text("format"));
    if (step.kind == Kind::constant) step.text = TRY(text("value"));
    if (step.kind == Kind::replace) step.values = TRY(values());
    return step;
  }

 private:
  Error wrong(const char* code) const { return field_error("imports/invalid", field_, code); }

  Result<Kind> kind() const {
    const auto* op = said_.if_contains("op");
    for (std::size_t i = 0; op && op->is_string() && i < step_names.size(); ++i)
      if (op->get_string() == json::string_view(step_names[i])) return static_cast<Kind>(i);
    return wrong("unknown_step");
  }

  Result<std::string> text(const char* name) const {
    const auto* value = said_.if_contains(name);
    if (!value || !value->is_string() || value->get_string().empty()) return wrong("required");
    return checked(value->get_string());
  }

  Result<std::string> checked(std::string_view text) const {
    if (text.size() > limits::step_text_bytes_max) return wrong("too_long");
    if (!is_clean_utf8(text)) return wrong("not_utf8");
    return std::string(text);
  }

  Result<int> part() const {
    const auto* value = said_.if_contains("part");
    if (!value || !value->is_int64()) return wrong("required");
    const auto part = value->get_int64();
    if (part == 0 || part > part_max || part < -part_max) return wrong("out_of_range");
    return static_cast<int>(part);
  }

  Result<std::map<std::string, std::string, std::less<>>> values() const {
    const auto* value = said_.if_contains("values");
    if (!value || !value->is_object()) return wrong("required");
    if (value->get_object().size() > limits::replaced_values_max) return wrong("too_long");
    std::map<std::string, std::string, std::less<>> out;
    for (const auto& [from, to] : value->get_object()) {
      if (!to.is_string()) return wrong("required");
      out[fold(TRY(checked(from)))] = TRY(checked(to.get_string()));
    }
    return out;
  }

  const std::string& field_;
  const json::object& said_;
};

std::string upper_or_lower(std::string_view text, bool is_upper) {
  auto letters = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  is_upper ? letters.toUpper(icu::Locale::getRoot()) : letters.toLower(icu::Locale::getRoot());
  std::string out;
  letters.toUTF8String(out);
  return out;
}

// A word begins behind what is no letter; behind an apostrophe only after a single one (O'Brien).
std::string title_case(std::string_view text) {
  const auto lower = upper_or_lower(text, false);
  const auto letters =
      icu::UnicodeString::fromUTF8({lower.data(), static_cast<int32_t>(lower.size())});
  icu::UnicodeString out;
  int run = 0;  // letters of the word so far
  for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    const UChar32 c = letters.char32At(i);
    const bool is_letter = ::u_isalnum(c);
    const bool is_mark = ::u_getIntPropertyValue(c, UCHAR_CANONICAL_COMBINING_CLASS) != 0;
    out.append(is_letter && run == 0 ? ::u_totitle(c) : c);
    const bool joins = (c == '\'' || c == 0x2019) && run > 1;
    if (is_letter)
      ++run;
    else if (!joins && !is_mark)
      run = 0;
  }
  std::string bytes;
  out.toUTF8String(bytes);
  return bytes;
}

std::string part_of(std::string_view cell, std::string_view by, int wanted) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0;;) {
    const auto found = cell.find(by, at);
    parts.push_back(trim(cell.substr(at, found == cell.npos ? found : found - at)));
    if (found == cell.npos) break;
    at = found + by.size();
  }
  const auto count = static_cast<int>(parts.size());
  const int index = wanted > 0 ? wanted - 1 : count + wanted;
  return index >= 0 && index < count ? std::string(parts[static_cast<std::size_t>(index)]) : "";
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Up to `most` digits off the front.
std::string_view take_digits(std::string_view& text, std::size_t most) {
  std::size_t n = 0;
  while (n < most && n < text.size() && is_digit(text[n])) ++n;
  const auto digits = text.substr(0, n);
  text.remove_prefix(n);
  return digits;
}

// "2026-03-01" for a cell that is written as the form says; the cell itself for any other.
std::string date_by(std::string_view format, std::string_view cell) {
  struct Part {
    std::string_view word;
    std::size_t least, most;
  };
  constexpr std::array<Part, 6> parts = {
      {{"YYYY", 4, 4}, {"YY", 2, 2}, {"MM", 2, 2}, {"DD", 2, 2}, {"M", 1, 2}, {"D", 1, 2}}};
  std::string_view year, month, day, rest = trim(cell);
  while (!format.empty()) {
    const Part* part = nullptr;
    for (const auto& one : parts)
      if (!part && format.starts_with(one.word)) part = &one;
    if (!part) {
      if (rest.empty() || rest.front() != format.front()) return std::string(cell);
      rest.remove_prefix(1);
      format.remove_prefix(1);
      continue;
    }
    const auto digits = take_digits(rest, part->most);
    if (digits.size() < part->least) return std::string(cell);
    (part->word.front() == 'Y' ? year : part->word.front() == 'M' ? month : day) = digits;
    format.remove_prefix(part->word.size());
  }
  if (!rest.empty() || year.empty() || month.empty() || day.empty()) return std::string(cell);
  const auto text = year.size() == 4 ? fmt::format("{}-{:0>2}-{:0>2}", year, month, day)
                                     : fmt::format("{}-{}-{}", day, month, year);
  return plain_date(text, DateOrder::day_first);
}

std::string apply(const Step& step, std::string cell) {
  switch (step.kind) {
    case Kind::trim:
      return std::string(trim(cell));
    case Kind::upper:
    case Kind::lower:
      return upper_or_lower(cell, step.kind == Kind::upper);
    case Kind::title:
      return title_case(cell);
    case Kind::split:
      return part_of(cell, step.text, step.part);
    case Kind::replace: {
      const auto found = step.values.find(fold(cell));
      return found == step.values.end() ? cell : found->second;
    }
    case Kind::date:
      return date_by(step.text, cell);
    case Kind::constant:
      return step.text;
  }
  return cell;
}

}  // namespace

Result<std::vector<Step>> parse_steps(const std::string& field, const json::value& steps) {
  if (!steps.is_array()) return field_error("imports/invalid", field, "not_a_list");
  if (steps.get_array().size() > limits::steps_max)
    return field_error("imports/invalid", field, "too_many_steps");
  std::vector<Step> out;
  for (const auto& one : steps.get_array()) {
    if (!one.is_object()) return field_error("imports/invalid", field, "unknown_step");
    out.push_back(TRY(StepParser(field, one.get_object()).parse()));
  }
  return out;
}

std::string transformed(const std::vector<Step>& steps, std::string_view cell) {
  std::string text(cell);
  for (const auto& step : steps) text = apply(step, std::move(text));
  return text;
}

void add_derived(const std::vector<DerivedCell>& derived, std::size_t columns,
                 std::vector<std::string>& cells) {
  if (derived.empty()) return;
  cells.resize(columns);
  for (const auto& one : derived) {
    const auto own = one.column ? trim(without_guard(cells[*one.column])) : std::string_view();
    cells.push_back(transformed(one.steps, own));
  }
}

}  // namespace fokus::imports
