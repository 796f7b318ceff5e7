// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.hpp"
#include "base/result.hpp"
#include "records/field_kind.hpp"
#include "records/installation.hpp"

namespace fokus::records {

// One physical column of a field.
struct Column {
  std::string name;
  std::string ddl;  // type, as in store/migrations.hpp
};

using Labels = std::map<std::string, std::string>;  // language → text

// What personal data a field holds (GDPR). Every column has one; the program refuses to start
// otherwise. class: none, identity, contact, content, behaviour, special, national_id, credential.
// purpose: why it is kept. erasure: keep, null, anonymise, remove_row.
struct Privacy {
  std::string data_class, purpose, erasure;
};

// A money field that is computed from others: price × quantity, less a discount in percent.
struct Product {
  std::vector<std::string> factors;  // one money field; whole or decimal numbers
  std::string less_percent;          // a number field; empty counts as 0
};

struct Field {
  std::string name;
  FieldKind kind = FieldKind::text;
  Labels label;
  bool required = false;
  bool unique = false;
  bool indexed = false;     // an index that serves filter and sort
  bool searchable = false;  // part of the search text
  bool read_only = false;   // set by the program only (created_at, …)
  bool custom = false;      // made by an administrator; its name starts with "x_"
  bool hidden = false;      // removed by an administrator: not shown, not filterable, kept
  std::string list;         // choice, choices: key of the list
  std::string target;       // link, links: record type
  std::string computed;     // "{first_name} {last_name}": written by the save recipe
  Product product;          // "computed": {"multiply": […], "less_percent": …}, likewise
  // Choice fields of the type. When one of them changes and the input does not name this field, it
  // takes what the chosen item's `extra` says under this field's name; the first that says so.
  std::vector<std::string> follows;
  std::string sum_of;           // "sale_lines.total": reads tell when the amount is not that sum
  bool hierarchy = false;       // a link upwards within the type: nothing stands above itself
  int scale = 2;                // decimal
  std::int64_t length_max = 0;  // text kinds, code points
  std::string default_value;    // JSON text; "me", "today", "now" for user, date, instant
  Privacy privacy;
  std::vector<Column> columns;  // made of name and kind by finish_field()
};

// Whoever makes a Field ends with this.
Field finish_field(Field field);
inline const std::vector<Column>& columns_of(const Field& field) {
  return field.columns;
}

// Columns that every record table has beside those of its fields.
constexpr const char* history_hash_column = "history_hash";

// The other end of a link: the activities of a company. Usable in any(activities: …).
struct Backlink {
  std::string name;   // "activities": the plural of the type that links here
  std::string type;   // "activity"
  std::string field;  // "company"
};

struct RecordType {
  std::string name, plural, table;  // "company", "companies", "companies"
  Labels label, label_plural;
  std::string icon;
  std::int64_t position = 1000;  // in the navigation and in search: people first, settings last
  bool owned = false;            // has owner and owner_group; circles apply
  bool about_person = false;     // rows are data subjects: reads are logged, restriction applies
  bool contact_points = false;   // has several phones, e-mails, … in `contact_points`
  bool timeline = false;
  // The link to the whole that a record is a part of, as a sale line is of its sale: the rights on
  // the whole count for the part too, and whoever may change the whole may change its parts. Empty
  // for most types.
  std::string part_of;
  bool custom = false;
  bool system = false;        // users, groups, list items: needs `administer` to write
  std::vector<Field> fields;  // system fields first, in the order of the layout after them
  std::vector<Backlink> backlinks;
  boost::json::value layout;  // header, sections and related lists, for the web UI
  boost::json::value list_columns;
  std::vector<std::vector<std::string>> indexes;  // of columns; "-name" = descending
  // The date fields whose first filled one says which day's exchange rate counts; then created_at.
  std::vector<std::string> rate_dates;
  // Links whose far end tells of a sum over these records (sum_of); made by link_types().
  std::vector<std::string> summed_links;

  // What every save asks of the table; made by link_types(), so that no save glues it anew.
  std::string draft_columns;  // "t.id, t.version, …", history_hash last
  std::string insert;         // of all columns but the id, in the same order

  const Field* find(std::string_view field) const;
  const Backlink* find_backlink(std::string_view name) const;
};

struct ListItem {
  std::string key;
  Labels label;
  std::string colour;
  bool retired = false;
  // What fields that follow the list take: {"probability": 40}, {"closed_on": "today"}. Of an item
  // of the model it also holds what the database's own does not name.
  boost::json::object extra;
};

// A snapshot of all record types, lists, settings and exchange rates. Immutable; shared between
// threads.
struct Dictionary {
  std::int64_t revision = 0;
  std::map<std::string, RecordType, std::less<>> types;  // by singular name
  std::map<std::string, std::vector<ListItem>, std::less<>> lists;
  Installation installation;
  ExchangeRates rates;

  const RecordType* find(std::string_view singular) const;
  const RecordType* find_plural(std::string_view plural) const;
  // All types, in the order of their position.
  std::vector<const RecordType*> in_order() const;
  const ListItem* find_item(std::string_view list, std::string_view key) const;
};
using DictionaryPtr = std::shared_ptr<const Dictionary>;

// Reads model/*.json. Errors name file and field: "records/unclassified_field",
// "records/bad_model". Every type gets the system fields: id, version, created_at, created_by,
// updated_at, updated_by, archived_at, name; owned types owner and owner_group; about_person types
// restricted and source.
Result<Dictionary> parse_model(std::span<const EmbeddedFile> files);
// One custom or built-in type or field, from the form the API and the model files share.
Result<Field> parse_field(const boost::json::object& json, bool custom);
Result<RecordType> parse_type(const boost::json::object& json, bool custom);
// After all types are known: backlinks, targets that exist, lists that exist.
Status link_types(Dictionary& dictionary);

// The current dictionary, replaced as a whole when an administrator changes a type. Thread-safe.
class DictionaryHolder {
 public:
  DictionaryPtr current() const {
    std::lock_guard lock(mutex_);
    return current_;
  }
  // One that is older than the current stays out: two nodes may load in either order.
  void replace(DictionaryPtr next) {
    std::lock_guard lock(mutex_);
    if (current_ && next->revision < current_->revision) return;
    current_ = std::move(next);
  }

 private:
  mutable std::mutex mutex_;
  DictionaryPtr current_;
};

}  // namespace fokus::records
