// SPDX-License-Identifier: Apache-2.0
// A SELECT in the making: which columns, joins and order answer a call. Not for other rooms.
#pragma once
#include <string>
#include <vector>

#include "records/inner.hpp"

namespace fokus::records {

// One key of the answer and where its columns start in the row.
struct Output {
  std::string key;  // "name", "company.category"
  const Field* field = nullptr;
  int column = 0;
  int name_column = -1;  // links: the name of the record at the other end
  bool masked = false;
};

struct OrderKey {
  std::string expression;  // "t.name"
  bool descending = false;
  bool nullable = true;
  int column = 0;  // where its value stands in the row, for the cursor
  bool textual = false;
};

// Collects joins, columns and order keys. The table itself has the alias "t".
class ListPlan {
 public:
  ListPlan(const CriteriaContext& context, const RecordType& type);

  // "name", "company", "company.category": a column of the answer. Unknown paths and masked fields
  // across a link are errors; a masked field of the type itself is put out as null.
  Status add_output(std::string_view path);
  Status add_order(const SortKey& key);
  // Makes the order total.
  void finish_order();

  const std::vector<Output>& outputs() const { return outputs_; }
  const std::vector<OrderKey>& order() const { return order_; }
  // "SELECT … FROM … JOIN …" without WHERE.
  void append_select(SqlText& sql) const;
  void append_order(SqlText& sql) const;

  // Writes one row as an object, id and version first.
  void write_row(JsonWriter& json, const store::Rows& rows) const;

  SqlText& joins() { return joins_; }

 private:
  struct Step {
    const RecordType* type;
    std::string alias;
  };
  Result<Step> walk(std::string_view path, std::string_view& last);
  Step join(const Step& from, const Field& link, const std::string& path);
  int add_column(std::string expression);

  const CriteriaContext& context_;
  const RecordType& type_;
  std::vector<Output> outputs_;
  std::vector<OrderKey> order_;
  std::vector<std::string> columns_;
  std::vector<std::pair<std::string, Step>> joined_;  // path → alias
  SqlText joins_;                                     // its values come first in the statement
};

// The opaque cursor of a keyset page: the order's values of the last row, as base64url JSON.
std::string render_cursor(const std::vector<store::Value>& values);
// A value of another type than its key comes from another order, and is an error.
Result<std::vector<store::Value>> parse_cursor(std::string_view text,
                                               const std::vector<OrderKey>& order);
// "rows after the cursor" as a condition.
void append_after(const std::vector<OrderKey>& order, const std::vector<store::Value>& values,
                  SqlText& sql);

// WHERE over the rows of "t": the bin, the criteria, the words, and the right to act.
Status append_where(const CriteriaContext& context, const store::Session& session,
                    const RecordType& type, const ListQuery& query, access::Action action,
                    SqlText& sql);

// The columns a list shows when the call names none.
std::vector<std::string> default_columns(const RecordType& type);

}  // namespace fokus::records
