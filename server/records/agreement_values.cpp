// SPDX-License-Identifier: Apache-2.0
// Whether the values of rows are those that their histories tell.
#include <fmt/format.h>

#include <limits>
#include <set>

#include "records/agreement.hpp"
#include "records/draft.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

struct StoredRow {
  std::int64_t id;
  Draft draft;
};

// Null for what a history need not tell: see HistoryReader.
const Field* compared_field(const RecordType& type, std::string_view name) {
  const Field* field = type.find(name);
  if (!field || field->kind == FieldKind::links) return nullptr;
  const bool is_worked_out = !field->computed.empty() || !field->product.factors.empty();
  return !field->read_only || is_worked_out || name == "archived_at" ? field : nullptr;
}

json::value parse_or_null(std::string_view text) {
  boost::system::error_code failed;
  auto value = json::parse(json::string_view(text.data(), text.size()), failed);
  return failed ? json::value() : value;
}

class ValueComparison {
 public:
  ValueComparison(const RecordType& type, const ValueLook& look, std::vector<std::string>& out)
      : type_(type), look_(look), out_(out) {}

  // The next rows below `below`, which becomes the last of them. False: there are no more.
  bool compare(store::Session& session, std::int64_t& below, std::int64_t step) {
    const auto rows = read_rows(session, below, step);
    if (rows.empty()) return false;
    below = rows.back().id;
    auto entries = session.query(look_.statements["records.list_payloads"],
                                 {type_.name, below, rows.front().id});
    auto row = rows.begin();
    told_.clear();
    for (bool is_closed = false; entries->next();) {
      const std::int64_t id = entries->integer(0);
      if (row->id > id) {
        while (row != rows.end() && row->id > id) ++row;
        told_.clear();
        is_closed = false;
      }
      if (row == rows.end()) break;
      if (row->id != id || is_closed) continue;
      // What was destroyed may have been about any field, and is newer than the entries before.
      is_closed = entries->is_null(1);
      if (!is_closed) compare_entry(session, *row, parse_or_null(entries->text(1)));
    }
    return std::ssize(rows) == step;
  }

 private:
  std::vector<StoredRow> read_rows(store::Session& session, std::int64_t below,
                                   std::int64_t step) const {
    std::vector<StoredRow> out;
    auto rows = session.query("SELECT t.id, " + type_.draft_columns + " FROM " + type_.table +
                                  " t WHERE t.id < $1 ORDER BY t.id DESC LIMIT $2",
                              {below, step});
    while (rows->next()) {
      out.push_back({rows->integer(0), Draft(type_)});
      read_draft(out.back().draft, *rows, 1);
    }
    return out;
  }

  void compare_entry(store::Session& session, const StoredRow& row, const json::value& changes) {
    if (!changes.is_array()) return;
    for (const auto& change : changes.get_array()) {
      const auto* name = change.is_object() ? change.get_object().if_contains("field") : nullptr;
      const auto* kept = name ? change.get_object().if_contains("new") : nullptr;
      if (!kept || !name->is_string()) continue;
      const Field* field = compared_field(type_, name->get_string());
      if (!field || !told_.insert(field->name).second) continue;
      if (agrees(session, row, *field, *kept) || is_full(out_)) continue;
      out_.push_back(
          fmt::format("{} {}: {} is not what its history says", type_.name, row.id, field->name));
    }
  }

  bool agrees(store::Session& session, const StoredRow& row, const Field& field,
              const json::value& kept) const {
    std::string text;
    JsonWriter writer(text);
    write_columns(writer, field, row.draft[field.name]);
    if (parse_or_null(text) == kept) return true;
    // Addresses of one text were taken apart by a migration.
    if (field.kind == FieldKind::address) return kept.is_string();
    return field.kind == FieldKind::link && kept.is_int64() &&
           !is_live(session, field, kept.get_int64());
  }

  bool is_live(store::Session& session, const Field& field, std::int64_t id) const {
    const RecordType* target = look_.dictionary.find(field.target);
    return target && session.query_integer("SELECT 1 FROM " + target->table +
                                               " WHERE id = $1 AND archived_at IS NULL",
                                           {id}) != 0;
  }

  const RecordType& type_;
  const ValueLook& look_;
  std::vector<std::string>& out_;
  std::set<std::string, std::less<>> told_;  // fields of the row that a newer entry told
};

}  // namespace

std::vector<std::string> compare_values(store::Database& database, const RecordType& type,
                                        const ValueLook& look) {
  std::vector<std::string> out;
  ValueComparison comparison(type, look, out);
  std::int64_t below = std::numeric_limits<std::int64_t>::max();
  std::int64_t left = look.reach == Reach::newest ? limits::agreement_newest : below;
  for (bool goes_on = true; goes_on && left > 0 && out.size() <= limits::disagreements_max;) {
    const std::int64_t step = std::min(left, limits::agreement_values_step);
    left -= step;
    goes_on = database.read(
        [&](store::Session& session) { return comparison.compare(session, below, step); });
  }
  return out;
}

}  // namespace fokus::records
