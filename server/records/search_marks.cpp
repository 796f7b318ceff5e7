// SPDX-License-Identifier: Apache-2.0
#include "records/search_marks.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "records/rights.hpp"

namespace fokus::records {
namespace {

struct Mark {
  char sign;
  std::string_view data_class;
};
// Of each class that is_masked_class() knows. Signs that LIKE takes as they are.
constexpr std::array<Mark, 4> masked_marks = {
    {{'+', contact_class}, {'!', "special"}, {'#', "national_id"}, {'*', "credential"}}};

}  // namespace

void MarkedWords::add(char mark, std::string_view word) {
  std::string marked{mark, ' '};
  words_.insert(marked.append(word));
}

std::string MarkedWords::render(std::string_view type_word, std::int64_t id) const {
  std::string out(type_word);
  for (const auto& word : words_) out += " " + word;
  return out + " " + open_mark + " " + std::to_string(id);
}

std::set<std::string> MarkedWords::plain() const {
  std::set<std::string> out;
  for (const auto& word : words_) out.insert(word.substr(2));
  return out;
}

char search_mark(std::string_view data_class) {
  const auto found = std::find_if(masked_marks.begin(), masked_marks.end(),
                                  [&](const Mark& mark) { return mark.data_class == data_class; });
  return found == masked_marks.end() ? open_mark : found->sign;
}

std::string visible_marks(const access::Scope& scope) {
  std::string out{open_mark};
  for (const auto& mark : masked_marks)
    if (!is_class_masked(scope, mark.data_class)) out += mark.sign;
  return out;
}

bool is_search_masked(const access::Scope& scope, const RecordType& type) {
  if (type.contact_points && is_class_masked(scope, contact_class)) return true;
  return std::any_of(type.fields.begin(), type.fields.end(), [&](const Field& field) {
    return field.searchable && is_masked(scope, field);
  });
}

bool is_subtitle_masked(const access::Scope& scope, const RecordType& type) {
  if (type.contact_points && is_class_masked(scope, contact_class)) return true;
  return std::any_of(std::begin(subtitle_fields), std::end(subtitle_fields), [&](const char* name) {
    const Field* field = type.find(name);
    return field && is_masked(scope, *field);
  });
}

}  // namespace fokus::records
