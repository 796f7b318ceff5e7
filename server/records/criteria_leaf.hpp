// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "records/criteria_path.hpp"
#include "records/criteria_terms.hpp"

namespace fokus::records {

// One comparison at the end of a path, after `ne` and comparisons with null have been turned into
// negations of the others. Op::empty negated reads "has a value".
struct Comparison {
  Op op;
  const std::vector<Term>& terms;
  bool negated = false;
};

// Writes comparisons of a field of the row `alias` as SQL that is never NULL where it matters: a
// negated comparison is true for an empty field.
class LeafWriter {
 public:
  LeafWriter(const CriteriaContext& context, SqlText& sql) : context_(context), sql_(sql) {}
  // `path` is named in errors. Link lists (FieldKind::links) are not columns and not for here.
  Result<std::string> write(const FieldPath& field, const std::string& alias, std::string_view path,
                            const Comparison& comparison);

 private:
  // A condition that is true for no row in which `column` is NULL.
  struct Condition {
    std::string text;
    std::string column;
  };
  struct Leaf {
    const FieldPath& field;
    std::string column;  // with the alias
    std::string_view path;
    Op op;
    const std::vector<Term>& terms;
  };

  std::string column_of(const FieldPath& field, const std::string& alias) const;
  std::string empty_condition(const Leaf& leaf) const;
  Result<Condition> condition(const Leaf& leaf);
  Result<Condition> text_condition(const Leaf& leaf);
  Result<Condition> folded_condition(const Leaf& leaf);
  Result<Condition> ordered_text_condition(const Leaf& leaf);
  Result<Condition> choice_condition(const Leaf& leaf);
  Result<Condition> choices_condition(const Leaf& leaf);
  Result<Condition> number_condition(const Leaf& leaf);
  Result<Condition> boolean_condition(const Leaf& leaf);
  Result<Condition> date_condition(const Leaf& leaf);
  Result<Condition> instant_condition(const Leaf& leaf);
  Result<Condition> clock_condition(const Leaf& leaf);
  Result<Condition> id_condition(const Leaf& leaf);
  Result<Condition> address_condition(const Leaf& leaf);

  // Of telephone and registration numbers, in whatever form they were written.
  std::string equals_number(const Leaf& leaf, const std::string& column);
  std::string starts_number(const Leaf& leaf, const std::string& column);
  std::string contains_number(const Leaf& leaf, const std::string& column);

  std::string like(const std::string& column, std::string_view before, std::string_view folded,
                   std::string_view after);
  std::string starts_with(const std::string& column, const std::string& folded, bool as_range);
  std::string one_of(const std::string& column, std::vector<store::Value> values);
  Result<std::string> compare_number(const Leaf& leaf, const std::string& column, Op op,
                                     const Term& term, int scale);
  const Calendar& calendar();

  const CriteriaContext& context_;
  SqlText& sql_;
  std::optional<Calendar> calendar_;
};

}  // namespace fokus::records
