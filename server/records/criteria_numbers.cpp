// SPDX-License-Identifier: Apache-2.0
// Telephone and registration numbers are found in whatever form they were written:
// number_forms.hpp.
#include <algorithm>

#include "base/text.hpp"
#include "records/criteria_leaf.hpp"
#include "records/number_forms.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t rest_min = 5;  // of a number that is looked for behind every country
constexpr std::size_t country_max = 3;

// ('1'), ('7'), ('20') …: literals, because they are this program's own and hundreds.
std::string country_values(FieldKind kind) {
  std::vector<std::string> out;
  for (std::size_t length = 1; length <= country_max; ++length)
    for (const auto& country : number_countries(kind, length)) out.push_back("('" + country + "')");
  return "(VALUES " + join(out, ", ") + ")";
}

// The part of a stored number behind its country; NULL when it begins with none.
std::string rest_of(FieldKind kind, const std::string& column) {
  std::string out = "(CASE";
  for (std::size_t length = 1; length <= country_max; ++length) {
    std::vector<std::string> literals;
    for (const auto& country : number_countries(kind, length))
      literals.push_back("'" + country + "'");
    if (literals.empty()) continue;
    out += " WHEN substr(" + column + ", 1, " + std::to_string(length) + ") IN (" +
           join(literals, ", ") + ") THEN substr(" + column + ", " + std::to_string(length + 1) +
           ")";
  }
  return out + " END)";
}

// Registration numbers have a country only before digits.
bool may_have_country(const NumberReading& reading) {
  return reading.country.empty() && !reading.rest.empty() && reading.rest.front() >= '0' &&
         reading.rest.front() <= '9';
}

// As they may be stored, the country aside that is not written.
std::vector<std::string> plain_forms(FieldKind kind, const NumberReading& reading) {
  std::vector<std::string> out{reading.rest};
  const bool zero = kind == FieldKind::phone;
  if (zero) out.push_back("0" + reading.rest);
  if (reading.country.empty()) return out;
  out.push_back(reading.country + reading.rest);
  if (zero) out.push_back(reading.country + "0" + reading.rest);
  return out;
}

}  // namespace

std::string LeafWriter::equals_number(const Leaf& leaf, const std::string& column) {
  std::vector<std::string> forms, rests;
  const auto add = [](std::vector<std::string>& to, std::string one) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(std::move(one));
  };
  const FieldKind kind = leaf.field.kind;
  for (const auto& term : leaf.terms) {
    const std::string text = *term_text(term);
    const auto readings = typed_readings(kind, text);
    if (readings.empty()) add(forms, fold_term(kind, text));
    for (const auto& reading : readings) {
      for (auto& form : plain_forms(kind, reading)) add(forms, std::move(form));
      if (reading.rest.size() >= rest_min && may_have_country(reading)) add(rests, reading.rest);
    }
  }
  if (rests.empty()) return one_of(column, {forms.begin(), forms.end()});
  // One list of all forms, so that an index of the column serves each.
  const auto bind_all = [&](const std::vector<std::string>& texts) {
    std::vector<std::string> out;
    for (const auto& text : texts) out.push_back("(" + sql_.bind(text) + ")");
    return "(VALUES " + join(out, ", ") + ")";
  };
  const std::string form =
      kind == FieldKind::phone ? "c.column1 || z.column1 || r.column1" : "c.column1 || r.column1";
  std::string text = column + " IN (SELECT f.column1 FROM " + bind_all(forms) + " AS f UNION ALL ";
  text +=
      "SELECT " + form + " FROM " + country_values(kind) + " AS c, " + bind_all(rests) + " AS r";
  if (kind == FieldKind::phone) text += ", (VALUES (''), ('0')) AS z";
  return text + " WHERE length(" + form + ") >= " + std::to_string(number_length_min(kind)) + ")";
}

std::string LeafWriter::starts_number(const Leaf& leaf, const std::string& column) {
  const FieldKind kind = leaf.field.kind;
  std::vector<std::string> parts;
  for (const auto& reading : typed_readings(kind, *term_text(leaf.terms.front()))) {
    for (const auto& form : plain_forms(kind, reading))
      parts.push_back("(" + starts_with(column, form, true) + ")");
    if (!may_have_country(reading)) continue;
    const std::string rest = rest_of(kind, column);
    std::vector<std::string> behind;
    // A 0 behind the country leads the number and is none of it.
    if (kind != FieldKind::phone || reading.rest.front() != '0')
      behind.push_back(like(rest, "", reading.rest, "%"));
    if (kind == FieldKind::phone) behind.push_back(like(rest, "0", reading.rest, "%"));
    parts.push_back("(length(" + column + ") >= " + std::to_string(number_length_min(kind)) +
                    " AND " + rest + " IS NOT NULL AND (" + join(behind, " OR ") + "))");
  }
  return "(" + join(parts, " OR ") + ")";
}

std::string LeafWriter::contains_number(const Leaf& leaf, const std::string& column) {
  const FieldKind kind = leaf.field.kind;
  const std::string typed = *term_text(leaf.terms.front());
  std::string text = "(" + like(column, "%", fold_term(kind, typed), "%");
  for (const auto& reading : typed_readings(kind, typed))
    if (reading.country.empty()) text += " OR " + like(column, "%", reading.rest, "%");
  return text + " OR " + starts_number(leaf, column) + ")";
}

}  // namespace fokus::records
