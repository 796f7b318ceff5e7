// SPDX-License-Identifier: Apache-2.0
// A SELECT in the making: which columns, joins and order answer a call. Not for other rooms.
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
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

// Collects joins, columns and order keys. The table itself has the alias "t". When it is sealed it
// needs neither the context nor anything else that belongs to one call: only its record type.
class ListPlan {
 public:
  // `context` is used until seal().
  ListPlan(const CriteriaContext& context, const RecordType& type);

  // "name", "company", "company.category": a column of the answer. Unknown paths and masked fields
  // across a link are errors; a masked field of the type itself is put out as null.
  Status add_output(std::string_view path);
  Status add_order(const SortKey& key);
  // Makes the order total.
  void finish_order();
  // Nothing is added any more.
  void seal();

  const std::vector<Output>& outputs() const { return outputs_; }
  const std::vector<OrderKey>& order() const { return order_; }
  // Of an output; -1 when it is not put out or masked.
  int column_of(std::string_view key) const;
  // "SELECT … FROM … JOIN …" without WHERE.
  void append_select(SqlText& sql) const;
  void append_order(SqlText& sql) const;

  // Notes the persons whom the row names through links.
  void collect_seen(const store::Rows& rows, Seen& seen) const;

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
  int look_up_name(const Step& from, const Field& link, std::string_view path);
  void note_persons(std::string_view path);

  const CriteriaContext* context_;
  store::Engine engine_;
  const RecordType& type_;
  std::vector<Output> outputs_;
  std::vector<OrderKey> order_;
  std::vector<std::string> columns_;
  std::vector<std::pair<std::string, Step>> joined_;  // path → alias
  // Where the ids of persons at the far end of links stand, by the path that leads there.
  struct Persons {
    std::string path, type;
    int column;
  };
  std::vector<Persons> persons_;
  SqlText joins_;       // its values come first in the statement
  std::string select_;  // of a sealed one
};

// Plans that calls have made, for the next ones: most of what a read costs beside the engine is
// gluing the text of its statement. A plan holds for one dictionary and the rights of one actor,
// and is found by exactly that. Thread-safe.
class PlanCache {
 public:
  struct Wish {
    DictionaryPtr dictionary;
    const RecordType& type;
    const std::vector<std::string>& fields;
    const std::vector<SortKey>& sort;
    bool whole = false;  // one record with all its fields; `fields` and `sort` are empty
  };
  Result<std::shared_ptr<const ListPlan>> plan(const CriteriaContext& context, const Wish& wish);

 private:
  struct Entry {
    std::shared_ptr<const access::Permissions> permissions;  // its address is part of the key
    std::shared_ptr<const ListPlan> plan;
  };
  void turn_to(const DictionaryPtr& dictionary);

  std::mutex mutex_;
  DictionaryPtr dictionary_;  // of all entries
  std::unordered_map<std::string, Entry> entries_;
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
