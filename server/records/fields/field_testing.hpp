// SPDX-License-Identifier: Apache-2.0
// For tests and fuzz targets: a field of every kind, and its columns as a row.
#pragma once
#include "records/criteria_testing.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records::testing {

class OneRow final : public store::Rows {
 public:
  explicit OneRow(const ColumnValues& values) : values_(values) {}
  bool next() override { return false; }
  int column_count() const override { return static_cast<int>(values_.size()); }
  bool is_null(int column) const override { return store::is_null(value(column)); }
  std::int64_t integer(int column) const override { return std::get<std::int64_t>(value(column)); }
  double real(int column) const override { return static_cast<double>(integer(column)); }
  std::string_view text(int column) const override {
    return std::get<std::string>(values_.at(static_cast<std::size_t>(column)));
  }
  store::Value value(int column) const override {
    return values_.at(static_cast<std::size_t>(column));
  }

 private:
  const ColumnValues& values_;
};

struct FieldWorld {
  static constexpr std::int64_t length_max = 40;  // so that inputs reach it
  static constexpr int kinds = static_cast<int>(FieldKind::file) + 1;

  Dictionary dictionary = make_dictionary();
  FieldContext context{dictionary, "DKK", UserId{7}, GroupId{3}, world_now, Date{2026, 11, 23}};

  FieldWorld() {
    dictionary.lists["colours"] = {{"red", {}, {}, false, {}}, {"dark_blue", {}, {}, false, {}}};
  }
  Field field(FieldKind kind) const {
    Field field = make_field("f", kind, "company");
    field.list = "colours";
    field.length_max = length_max;
    return field;
  }
  static std::string read_out(const Field& field, const ColumnValues& columns) {
    std::string out;
    JsonWriter json(out);
    write_field(json, field, OneRow(columns), 0);
    return out;
  }
};

}  // namespace fokus::records::testing
