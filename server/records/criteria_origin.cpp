// SPDX-License-Identifier: Apache-2.0
#include "records/criteria_origin.hpp"

#include "base/text.hpp"

namespace fokus::records {
namespace {

// A row of the table in the making. Asked for each record, SQLite would begin with the source or
// the state, of which each has a hundred thousand records, rather than with the record; it begins
// with the index of a column that an operator stands before as little as with none.
std::string column_of(const OriginWriter& w, const OriginCondition& condition) {
  const bool by_row = condition.negated || w.context.row_by_row;
  return (by_row && w.context.engine == store::Engine::sqlite ? "+" : "") + w.row;
}

// What must hold of the comparison itself; empty when any value will do.
Result<std::string> compared(const OriginWriter& w, const OriginField& origin,
                             const std::string& alias, const OriginCondition& condition) {
  const Op op = condition.comparison.op;
  if (op == Op::empty) return std::string();
  // Days that are not known are no dates, and PostgreSQL might ask them for their weekday first.
  if (op == Op::weekday || op == Op::hour) return criteria_error("wrong_operator", condition.path);
  return " AND " + TRY(w.leaves.write(origin.told, alias, condition.path, condition.comparison));
}

// The sources first: they are few, and an index leads from them to the records.
Result<std::string> source_condition(const OriginWriter& w, const OriginField& origin,
                                     const OriginCondition& condition) {
  const std::string s = w.row + "s";
  const std::string with = TRY(compared(w, origin, s, condition));
  return " AND " + w.row + ".source <> 0 AND " + column_of(w, condition) + ".source IN (SELECT " +
         s + ".id FROM sources " + s + " WHERE " + s + "." + origin.told.column + " <> ''" + with +
         ")";
}

std::string field_condition(const OriginWriter& w, const OriginField& origin,
                            const OriginCondition& condition) {
  const std::string f = w.row + "f";
  const bool sqlite = w.context.engine == store::Engine::sqlite;
  // Not LIKE: "_" stands for any letter there.
  return " AND " + column_of(w, condition) + ".field_set IN (SELECT " + f +
         ".id FROM origin_field_sets " + f + " WHERE " + (sqlite ? "instr(" : "strpos(") + f +
         ".fields, " + w.sql.bind("," + origin.field + ",") + ") > 0)";
}

Result<std::string> row_condition(const OriginWriter& w, const OriginField& origin,
                                  const OriginCondition& condition) {
  const std::string row = column_of(w, condition);
  if (origin.is_notice()) {
    // By when somebody must be told is over once they were.
    const std::string open =
        origin.told.column == "due_on" ? " AND " + row + ".state = 'open'" : "";
    return open + TRY(compared(w, origin, row, condition));
  }
  if (origin.told.column != "batch")
    return TRY(source_condition(w, origin, condition)) + field_condition(w, origin, condition);
  return " AND " + w.row + ".batch <> 0" + TRY(compared(w, origin, row, condition)) +
         field_condition(w, origin, condition);
}

}  // namespace

Status append_origin_rows(const OriginWriter& w, const OriginField& origin,
                          const std::string& alias, const OriginCondition& condition) {
  const std::string with = TRY(row_condition(w, origin, condition));
  const std::string table = origin.is_notice() ? "notice_duties" : "value_origins";
  const bool by_row = condition.negated || w.context.row_by_row;
  const bool postgres = w.context.engine == store::Engine::postgres;
  std::string& text = w.sql.text;
  if (by_row)
    text += std::string(condition.negated ? "NOT EXISTS " : "EXISTS ") + "(SELECT 1";
  else
    text += alias + ".id IN (SELECT " + w.row + ".record_id";
  text += " FROM " + table + " " + w.row + " WHERE " + w.row +
          ".record_type = " + w.sql.bind(origin.owner->name);
  // Few rows have the record, whatever else is asked of them; SQLite has not counted them.
  const std::string own = w.row + ".record_id = " + alias + ".id";
  if (by_row) text += " AND " + (postgres ? own : "likelihood(" + own + ", 0.000001)");
  // PostgreSQL would gather all rows of an EXISTS behind an OR beforehand; not behind an OFFSET.
  text += with + (w.context.row_by_row && postgres ? " OFFSET 0)" : ")");
  return {};
}

}  // namespace fokus::records
