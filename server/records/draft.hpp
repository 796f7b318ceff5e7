// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "records/fields/field_type.hpp"
#include "records/records.hpp"

namespace fokus::records {

// A record in the making: the columns of every field of the type, in the order of type.fields.
struct Draft {
  explicit Draft(const RecordType& type) : type(type), columns(type.fields.size()) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      columns[i].resize(columns_of(type.fields[i]).size());
  }
  const RecordType& type;
  std::vector<ColumnValues> columns;

  std::size_t index_of(std::string_view field) const;  // CHECKs that the type has it
  ColumnValues& operator[](std::string_view field) { return columns[index_of(field)]; }
  const ColumnValues& operator[](std::string_view field) const { return columns[index_of(field)]; }
  bool has(std::string_view field) const { return type.find(field) != nullptr; }
  // 0 and "" when there is none.
  std::int64_t integer(std::string_view field) const;
  std::string_view text(std::string_view field) const;
};

// Reads values of the input into the draft. Collects every wrong field before it gives up.
Status parse_input(const FieldContext& context, const Scope& scope, Draft& draft,
                   const boost::json::object& input);
// Defaults of the fields that the input does not name.
Status apply_defaults(const FieldContext& context, Draft& draft, const boost::json::object& input);
// Fields made of others: "{first_name} {last_name}".
void compute_fields(Draft& draft);
// Of these fields. A field that became required later does not keep old records from being changed
// elsewhere: only whoever touches it must fill it.
Status check_required(const Draft& draft, const std::vector<std::size_t>& fields);
Status check_required(const Draft& draft);  // of all
// What amounts are worth in the base currency on the record's day (base_amounts.cpp). An amount of
// `stored` that stays, on a day that stays, keeps its worth. Error: "currency_without_rate" with
// the field.
Status fill_base_amounts(const FieldContext& context, Draft& draft, const Draft* stored);

// The fields whose columns differ, by index.
std::vector<std::size_t> changed_fields(const Draft& before, const Draft& after);

// [{"field":…,"old":…,"new":…}] of the changed fields; `before` null for a new record.
std::string render_changes(const Draft* before, const Draft& after,
                           const std::vector<std::size_t>& changed);

// The JSON of columns that are in memory.
void write_columns(JsonWriter& json, const Field& field, const ColumnValues& columns);

// Reads the columns of one row, starting at column `at` of rows, as type.draft_columns has them.
void read_draft(Draft& draft, const store::Rows& rows, int at);

}  // namespace fokus::records
