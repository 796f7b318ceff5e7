// SPDX-License-Identifier: Apache-2.0
#include "features/diary/series_record.hpp"

#include "records/rights.hpp"

namespace fokus::diary {
namespace {

namespace json = boost::json;
using access::Scope;
using records::Field;
using records::FieldKind;

constexpr std::int64_t replacements_max = 1000;

// As an undo has it: what the actor may do at all with a type, with every record of it.
Scope within_reach(const Scope& scope) {
  if (scope.actor.kind == access::ActorKind::system) return scope;
  auto permissions = std::make_shared<access::Permissions>(scope.permissions());
  for (auto& [type, rights] : permissions->types)
    for (auto& circles : rights)
      if (circles != access::Circles{}) circles = access::every_circle;
  Scope out = scope;
  out.actor.permissions = std::move(permissions);
  return out;
}

// Reads give a link as {"id", "name"}; it is saved by its number.
json::value plain(const json::value& value) {
  if (value.is_object() && value.get_object().contains("id")) return value.get_object().at("id");
  if (!value.is_array()) return value;
  json::array out;
  for (const auto& one : value.get_array()) out.push_back(plain(one));
  return out;
}

bool is_copied(const Scope& scope, const Field& field) {
  return !field.read_only && !field.hidden && field.kind != FieldKind::file &&
         field.computed.empty() && field.product.factors.empty() && field.name != "id" &&
         !records::is_masked(scope, field);
}

std::string text_of(const json::object& record, const char* field) {
  const auto* value = record.if_contains(field);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

SeriesRecord::SeriesRecord(const Diary& diary, store::Transaction& tx, const Scope& scope)
    : diary_(diary),
      tx_(tx),
      scope_(scope),
      wide_(within_reach(scope)),
      dictionary_(diary.parts().dictionary.current()),
      type_(*dictionary_->find("activity")) {}

Result<SeriesRecord> SeriesRecord::open(const Diary& diary, store::Transaction& tx,
                                        const Scope& scope, const OccurrenceOrder& order) {
  SeriesRecord out(diary, tx, scope);
  TRY(out.read(order.series));
  if (!out.series_) return make_error(ErrorKind::conflict, "diary/not_a_series");
  const auto found = find_occurrence(*out.series_, order.at);
  if (!found) return make_error(ErrorKind::not_found, "diary/no_such_occurrence");
  out.occurrence_ = *found;
  TRY(records::check_type_right(scope, out.type_, access::Action::update));
  TRY(out.check_version(order.version));
  out.batch_ = diary.parts().records.create_batch(tx, scope, "occurrence", "activity", {});
  return out;
}

Status SeriesRecord::read(RecordId id) {
  std::string text;
  JsonWriter writer(text);
  TRY(diary_.parts().records.get(tx_, scope_, type_, id, writer));
  id_ = id;
  record_ = json::parse(text).as_object();
  if (const auto* archived = record_.if_contains("archived_at"); archived && !archived->is_null())
    return make_error(ErrorKind::not_found, "records/not_found");
  Appointment times;
  times.starts_at = parse_instant(text_of(record_, "starts_at")).value_or(Instant{});
  times.ends_at = parse_instant(text_of(record_, "ends_at"));
  const auto* all_day = record_.if_contains("all_day");
  times.all_day = all_day && all_day->is_bool() && all_day->get_bool();
  series_ = make_series(text_of(record_, "recurrence"), text_of(record_, "recurrence_zone"),
                        text_of(record_, "recurrence_except"), times);
  return {};
}

Status SeriesRecord::check_version(std::optional<std::int64_t> expected) const {
  const auto current = record_.at("version").as_int64();
  if (!expected || *expected == current) return {};
  Error stale = make_error(ErrorKind::stale, "records/stale");
  stale.params = {{"id", std::to_string(id_.value)}, {"current_version", std::to_string(current)}};
  return stale;
}

Status SeriesRecord::save(const json::object& changes, std::optional<std::int64_t> version) {
  TRY(diary_.parts().records.update(tx_, scope_, type_, id_, changes, version,
                                    provenance("update")));
  return {};
}

Result<RecordId> SeriesRecord::copy(const json::object& instead) {
  json::object values;
  for (const auto& field : type_.fields)
    if (const auto* value = record_.if_contains(field.name);
        value && !value->is_null() && is_copied(scope_, field))
      values[field.name] = plain(*value);
  for (const char* field :
       {"recurrence", "recurrence_zone", "recurrence_except", "recurrence_of", "occurrence_at"})
    values.erase(field);
  for (const auto& [name, value] : instead) values[name] = value;
  const auto saved =
      TRY(diary_.parts().records.create(tx_, wide_, type_, values, provenance("create")));
  tx_.execute(diary_.parts().statements["diary.copy_participants"], {id_, saved.id});
  return saved.id;
}

Result<SeriesRecord> SeriesRecord::open_rest(RecordId copy) const {
  SeriesRecord out(diary_, tx_, scope_);
  TRY(out.read(copy));
  if (!out.series_) return make_error(ErrorKind::conflict, "diary/not_a_series");
  out.occurrence_ = {out.series_->starts_at, out.series_->ends_at};
  out.batch_ = batch_;
  return out;
}

Status SeriesRecord::save_copy(RecordId copy, const json::object& changes) {
  if (changes.empty()) return {};
  TRY(diary_.parts().records.update(tx_, scope_, type_, copy, changes, std::nullopt,
                                    provenance("update")));
  return {};
}

std::vector<SeriesRecord::Replacement> SeriesRecord::list_replacements(Instant from) const {
  std::vector<Replacement> out;
  for (auto rows = tx_.query(diary_.parts().statements["diary.list_replacements"],
                             {id_, from, replacements_max});
       rows->next();)
    out.push_back({RecordId{rows->integer(0)}, Instant{rows->integer(1)}});
  return out;
}

Status SeriesRecord::save_replacement(RecordId id, const json::object& changes) {
  TRY(diary_.parts().records.update(tx_, wide_, type_, id, changes, std::nullopt,
                                    provenance("update")));
  return {};
}

Status SeriesRecord::archive_replacements(Instant from) {
  for (const auto& one : list_replacements(from))
    TRY(diary_.parts().records.archive(tx_, wide_, type_, one.id, provenance("archive")));
  return {};
}

Status SeriesRecord::archive(std::optional<std::int64_t> version) {
  TRY(diary_.parts().records.archive(tx_, scope_, type_, id_, provenance("archive"), version));
  return {};
}

}  // namespace fokus::diary
