// SPDX-License-Identifier: Apache-2.0
#include "features/views/views.hpp"

#include <algorithm>

#include "features/views/view_rules.hpp"

namespace fokus::views {
namespace {

namespace json = boost::json;

json::value read_json(std::string_view text) {
  boost::system::error_code ec;
  auto value = json::parse(json::string_view(text.data(), text.size()), ec);
  return ec ? json::value() : value;
}

View read_row(const store::Rows& rows) {
  View v;
  v.id = ViewId{rows.integer(0)};
  v.version = rows.integer(1);
  v.record_type = rows.text(2);
  v.name = rows.text(3);
  v.owner = UserId{rows.integer(4)};
  v.visible_for = rows.text(5);
  const auto groups = read_json(rows.text(6));
  if (groups.is_array())
    for (const auto& group : groups.get_array())
      if (group.is_int64()) v.groups.push_back(group.get_int64());
  const auto definition = read_json(rows.text(7));
  // What is stored has been checked; what an older version stored may have to be read as empty.
  if (definition.is_object())
    if (auto parsed = parse_definition(definition.get_object())) v.definition = std::move(*parsed);
  v.created_at = {rows.integer(8)};
  v.updated_at = {rows.integer(9)};
  v.owner_name = rows.text(10);
  if (!rows.is_null(11)) v.pin = rows.integer(11);
  v.is_default = !rows.is_null(12);
  v.is_standard = !rows.is_null(13);
  return v;
}

std::string groups_text(const View& v) {
  return json::serialize(json::array(v.groups.begin(), v.groups.end()));
}

}  // namespace

bool Views::is_editable(const access::Scope& scope, const View& v) const {
  if (v.owner == scope.actor.user || scope.actor.kind == access::ActorKind::system) return true;
  return v.visible_for != "me" &&
         scope.permissions().has_function(access::functions::administer);
}

bool Views::is_visible(const access::Scope& scope, const View& v) const {
  if (is_editable(scope, v) || v.visible_for == "everyone") return true;
  if (v.visible_for != "groups") return false;
  const auto& actor = scope.actor;
  return std::any_of(v.groups.begin(), v.groups.end(), [&](std::int64_t group) {
    return actor.primary_group.value == group ||
           std::find(actor.other_groups.begin(), actor.other_groups.end(), GroupId{group}) !=
               actor.other_groups.end();
  });
}

Result<View> Views::get(store::Session& session, const access::Scope& scope, ViewId id) const {
  auto rows = session.query(parts_.statements["views.get"], {id, scope.actor.user});
  if (rows->next()) {
    View found = read_row(*rows);
    if (is_visible(scope, found)) return found;
  }
  return make_error(ErrorKind::not_found, "views/not_found");
}

Result<std::vector<View>> Views::list(store::Session& session, const access::Scope& scope,
                                      std::string_view record_type,
                                      const access::PageAsk& ask) const {
  if (ask.after != 0) {
    const auto last = get(session, scope, ViewId{ask.after});
    if (!last || last->record_type != record_type) return access::bad_cursor();
  }
  const int limit = ask.rows_to_read();
  std::vector<View> out;
  std::int64_t after = ask.after;
  // Which groups a view is shared with is read out of it: a page may take several reads.
  for (int read = limit; read == limit && std::ssize(out) < limit;) {
    auto rows = session.query(parts_.statements["views.list"],
                              {record_type, scope.actor.user, limit, after});
    for (read = 0; rows->next(); ++read) {
      View one = read_row(*rows);
      after = one.id.value;
      if (std::ssize(out) < limit && is_visible(scope, one)) out.push_back(std::move(one));
    }
  }
  return out;
}

Result<ViewId> Views::create(store::Transaction& tx, const View& v) const {
  if (tx.query_integer(parts_.statements["views.count_of_user"], {v.owner}) >= limits::owned_max)
    return field_error("views/too_many", "name", "too_many",
                       {{"max", std::to_string(limits::owned_max)}});
  return ViewId{tx.query_integer(
      parts_.statements["views.create"],
      {v.record_type, v.name, v.owner, v.visible_for, groups_text(v),
       json::serialize(definition_to_json(v.definition)), parts_.clock.now()})};
}

Status Views::update(store::Transaction& tx, const View& v) const {
  const auto changed =
      tx.execute(parts_.statements["views.update"],
                 {v.id, v.version, v.name, v.owner, v.visible_for, groups_text(v),
                  json::serialize(definition_to_json(v.definition)), parts_.clock.now()});
  return changed > 0 ? Status() : Status(make_error(ErrorKind::stale, "views/stale"));
}

void Views::remove(store::Transaction& tx, ViewId id) const {
  tx.execute(parts_.statements["views.remove"], {id});
}

void Views::pin(store::Transaction& tx, UserId user, ViewId id,
                std::optional<std::int64_t> place) const {
  if (place)
    tx.execute(parts_.statements["views.save_pin"], {user, id, *place});
  else
    tx.execute(parts_.statements["views.remove_pin"], {user, id});
}

void Views::make_default(store::Transaction& tx, UserId user, const View& v, bool wanted) const {
  if (wanted)
    tx.execute(parts_.statements["views.save_default"], {user, v.record_type, v.id});
  else
    tx.execute(parts_.statements["views.remove_default"], {user, v.id});
}

}  // namespace fokus::views
