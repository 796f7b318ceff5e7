// SPDX-License-Identifier: Apache-2.0
#include "records/merging.hpp"

#include <set>

#include "records/announce.hpp"
#include "records/merged.hpp"
#include "records/record_image.hpp"
#include "records/rights.hpp"
#include "records/save_steps.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Action;

RecordImage image_of(store::Session& session, const store::Statements& sql, const Draft& draft,
                     RecordId id) {
  return {id, draft.integer("version"), !store::is_null(draft["archived_at"][0]), fields_of(draft),
          points_to_json(read_contact_points(session, sql, draft.type, id))};
}

// Whoever merges takes the merged records out of everybody's sight.
Status check_archive_right(const Scope& scope, const RecordType& type, const Draft& draft) {
  TRY(check_type_right(scope, type, Action::archive));
  const UserId owner{type.owned ? draft.integer("owner") : 0};
  const GroupId group{type.owned ? draft.integer("owner_group") : 0};
  if (!may_touch(scope, type, Action::archive, owner, group))
    return make_error(ErrorKind::forbidden, "records/forbidden");
  return {};
}

// The changes of a save, with what only the merge knows about them.
std::string decorate(const std::string& payload, const ImageSave& how) {
  if (how.origins.empty() && how.told.empty()) return payload;
  auto changes = json::parse(payload).as_array();
  for (auto& change : changes) {
    auto& o = change.as_object();
    const auto& field = o.at("field").as_string();
    if (const auto* from = how.origins.if_contains(field)) o["from"] = *from;
  }
  for (const auto& one : how.told) changes.push_back(one);
  return json::serialize(changes);
}

struct Mirror {
  std::string_view field, kind;
};
// The fields that say which contact point of a kind is the primary one.
constexpr std::array<Mirror, 4> primaries = {
    {{"phone", "phone"}, {"email", "email"}, {"website", "url"}, {"address", "address"}}};

bool says_the_same(const ContactPoint& point, const ColumnValues& columns) {
  if (point.kind == "address") return point.address == columns;
  return columns.size() > 1 && columns[1] == store::Value(point.folded);
}

// The second phone field follows the last point with its label.
void put_last(std::vector<ContactPoint>& points, std::string_view label,
              const ColumnValues& columns) {
  const auto at = std::find_if(points.begin(), points.end(), [&](const ContactPoint& point) {
    return point.kind == "phone" && point.label == label && says_the_same(point, columns);
  });
  if (at != points.end()) std::rotate(at, at + 1, points.end());
}

void choose_primary(std::vector<ContactPoint>& points, const Mirror& mirror,
                    const ColumnValues& columns) {
  const auto at = std::find_if(points.begin(), points.end(), [&](const ContactPoint& point) {
    return point.kind == mirror.kind && says_the_same(point, columns);
  });
  if (at == points.end()) return;
  for (auto& point : points)
    if (point.kind == mirror.kind) point.primary = false;
  at->primary = true;
}

// An amount that came from another record, or whose day did, is worth what it is on the day of this
// one. Without a rate of that day it keeps what it was worth there.
void work_out_worth(const FieldContext& context, const Stored& stored, Draft& draft) {
  Draft priced = draft;
  if (fill_base_amounts(context, priced, &stored.draft).ok())
    std::swap(draft.columns, priced.columns);
}

void keep_first_primary(std::vector<ContactPoint>& points) {
  std::set<std::string> kinds;
  for (auto& point : points)
    if (point.primary) point.primary = kinds.insert(point.kind).second;
  for (auto& point : points)
    if (!point.primary) point.primary = kinds.insert(point.kind).second;
}

}  // namespace

RecordMerging::RecordMerging(const ApiParts& parts, std::function<void()> search_written)
    : inner_(std::make_unique<Records::Inner>(
          Records::Parts{parts.statements, parts.clock, parts.dictionary})),
      records_(parts.records) {
  inner_->search_written = std::move(search_written);
}
RecordMerging::~RecordMerging() = default;

Result<RecordImage> RecordMerging::take(store::Transaction& tx, const Scope& scope,
                                        const RecordType& type, RecordId id,
                                        std::optional<std::int64_t> version) const {
  const auto dictionary = records_.dictionary_ptr();
  const auto context = inner_->criteria_context(tx, scope, *dictionary);
  const Stored stored =
      TRY(read_checked(tx, context, inner_->sql, type, id, Place::live, Action::update));
  TRY(check_archive_right(scope, type, stored.draft));
  TRY(check_version(stored.draft, version));
  return image_of(tx, inner_->sql, stored.draft, id);
}

Result<RecordImage> RecordMerging::look(store::Session& session, const Scope& scope,
                                        const RecordType& type, RecordId id) const {
  const auto dictionary = records_.dictionary_ptr();
  const auto context = inner_->criteria_context(session, scope, *dictionary);
  const Stored stored =
      TRY(read_checked_quietly(session, context, inner_->sql, type, id, Action::update));
  TRY(check_archive_right(scope, type, stored.draft));
  return image_of(session, inner_->sql, stored.draft, id);
}

std::optional<RecordImage> RecordMerging::find(store::Session& session, const RecordType& type,
                                               RecordId id, bool locked) const {
  const auto stored = read_stored(session, type, id, locked);
  if (!stored) return std::nullopt;
  return image_of(session, inner_->sql, stored->draft, id);
}

Status RecordMerging::check_merged(store::Session& session, const Scope& scope,
                                   const RecordType& type, RecordId id) const {
  const auto dictionary = records_.dictionary_ptr();
  const auto context = inner_->criteria_context(session, scope, *dictionary);
  const auto stored = read_stored(session, type, id, false);
  if (!stored) return make_error(ErrorKind::not_found, "records/not_found");
  if (!is_row_readable({session, inner_->sql, context}, type, id))
    return make_error(ErrorKind::forbidden, "records/forbidden");
  TRY(check_archive_right(scope, type, stored->draft));
  return {};
}

Result<Saved> RecordMerging::save(store::Transaction& tx, const Scope& scope,
                                  const RecordType& type, const RecordImage& image,
                                  const ImageSave& how) const {
  const auto dictionary = records_.dictionary_ptr();
  const auto context = inner_->criteria_context(tx, scope, *dictionary);
  const auto stored = read_stored(tx, type, image.id, true);
  if (!stored) return make_error(ErrorKind::not_found, "records/not_found");
  Draft draft = stored->draft;
  apply_fields(image.fields, draft);
  const auto points_before = read_contact_points(tx, inner_->sql, type, image.id);
  auto points = points_from_json(image.points);
  if (type.contact_points && how.mirrors_points) merge_contact_points(draft, {}, points);
  if (how.mirrors_points) work_out_worth(inner_->field_context(scope, *dictionary), *stored, draft);
  compute_fields(draft);
  set_owner_group(tx, inner_->sql, scope, draft);
  const auto changed = changed_fields(stored->draft, draft);
  const std::int64_t version = stored->draft.integer("version");
  if (changed.empty() && points == points_before && how.told.empty())
    return Saved{image.id, version, false};

  std::string payload = render_changes(&stored->draft, draft, changed);
  if (type.contact_points) add_contact_point_change(payload, &points_before, points);
  const HistoryEntry entry{type,        version + 1,    context.now,
                           scope.actor, how.provenance, decorate(payload, how)};
  const HistorySeal seal = seal_history(entry, stored->history_hash);
  touch(draft, context);
  try {
    update_row(tx, draft, image.id, changed_fields(stored->draft, draft), seal.hash);
    if (points != points_before) {
      tx.execute(inner_->sql["records.remove_contact_points"], {type.name, image.id});
      save_contact_points(tx, inner_->sql, type, image.id, points);
    }
    store::is_null(draft["archived_at"][0])
        ? save_search_entry(tx, *inner_, draft, image.id, points)
        : remove_search_entry(tx, *inner_, type, image.id);
    const WatchedRecord before{stored->draft, points_before}, after{draft, points};
    const auto if_live = [](const WatchedRecord& one) {
      return store::is_null(one.draft["archived_at"][0]) ? &one : nullptr;
    };
    tell_watch(tx, *inner_, type, image.id, if_live(before), if_live(after));
    finish_save(tx, *inner_, draft, image.id, entry, seal, how.event);
    announce_gone(tx, inner_->sql, stored->draft, draft, image.id, entry);
    return Saved{image.id, version + 1, true};
  } catch (const store::Failure& failure) {
    if (failure.kind != store::FailureKind::unique) throw;
    return unique_error(failure);
  }
}

json::array RecordMerging::join_points(const RecordType& type,
                                       const std::vector<const RecordImage*>& images,
                                       const json::object& chosen) const {
  std::vector<ContactPoint> points;
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto* image : images)
    for (auto& point : points_from_json(image->points))
      if (seen.insert({point.kind, point.folded}).second) points.push_back(std::move(point));
  const auto columns = [&](std::string_view field) -> std::optional<ColumnValues> {
    const auto* given = chosen.if_contains(field);
    if (!type.find(field) || !given) return std::nullopt;
    return columns_from_json(given->as_array());
  };
  for (const auto& mirror : primaries)
    if (const auto value = columns(mirror.field)) choose_primary(points, mirror, *value);
  if (const auto mobile = columns("mobile")) put_last(points, "mobile", *mobile);
  keep_first_primary(points);
  return points_to_json(points);
}

std::string RecordMerging::render(const Field& field, const RecordImage& image) const {
  std::string out;
  JsonWriter writer(out);
  const auto* columns = image.fields.if_contains(field.name);
  if (columns)
    write_columns(writer, field, columns_from_json(columns->as_array()));
  else
    writer.null();
  return out;
}

std::string RecordMerging::render_points(const RecordImage& image) const {
  std::string out;
  JsonWriter writer(out);
  write_contact_points(writer, points_from_json(image.points));
  return out;
}

}  // namespace fokus::records
