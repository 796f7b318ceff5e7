// SPDX-License-Identifier: Apache-2.0
#include "features/layouts/layouts.hpp"

#include <algorithm>

namespace fokus::layouts {
namespace {

namespace json = boost::json;
using records::RecordType;

// What is stored has been checked; what another version of the program stored may have to be read
// as the standard.
std::optional<Layout> read_content(std::string_view text) {
  boost::system::error_code ec;
  const auto value = json::parse(json::string_view(text.data(), text.size()), ec);
  if (ec || !value.is_object()) return std::nullopt;
  auto layout = parse_layout(value.get_object());
  if (!layout) return std::nullopt;
  return std::move(*layout);
}

std::string content_of(const std::optional<Layout>& layout) {
  return layout ? json::serialize(layout_to_json(*layout)) : std::string();
}

Effective standard_of(const RecordType& type) {
  return {type.name, 0, 0, true, fill_layout(standard_layout(type), type, true)};
}

Effective effective_of(const RecordType& type, std::int64_t role, std::int64_t version,
                       Layout layout) {
  return {type.name, role, version, false, fill_layout(std::move(layout), type, false)};
}

}  // namespace

Stored Layouts::find(store::Session& session, const Place& place) const {
  auto rows = session.query(parts_.statements["layouts.find"], {place.type, place.role});
  if (!rows->next()) return {};
  return {rows->integer(1), read_content(rows->text(2))};
}

Effective Layouts::of_role(store::Session& session, const RecordType& type,
                           std::int64_t role) const {
  for (const std::int64_t one : {role, std::int64_t{0}}) {
    auto stored = find(session, {type.name, one});
    if (stored.layout) return effective_of(type, one, stored.version, std::move(*stored.layout));
  }
  return standard_of(type);
}

std::vector<Effective> Layouts::list(store::Session& session, const access::Scope& scope) const {
  const auto dictionary = parts_.dictionary.current();
  std::vector<Effective> out;
  auto rows = session.query(parts_.statements["layouts.list_of_viewer"], {scope.actor.user.value});
  while (rows->next()) {
    const RecordType* type = dictionary->find(rows->text(0));
    if (!type || !scope.permissions().may(type->name, access::Action::read)) continue;
    if (!out.empty() && out.back().type == type->name) continue;  // a nearer one was before it
    if (auto layout = read_content(rows->text(3)))
      out.push_back(effective_of(*type, rows->integer(1), rows->integer(2), std::move(*layout)));
  }
  return out;
}

Effective Layouts::of_viewer(store::Session& session, const RecordType& type,
                             const access::Scope& scope) const {
  auto all = list(session, scope);
  const auto own = std::find_if(all.begin(), all.end(),
                                [&](const Effective& one) { return one.type == type.name; });
  return own == all.end() ? standard_of(type) : std::move(*own);
}

std::vector<std::int64_t> Layouts::list_own(store::Session& session,
                                            const std::string& type) const {
  std::vector<std::int64_t> out;
  for (auto rows = session.query(parts_.statements["layouts.list_own"], {type}); rows->next();)
    out.push_back(rows->integer(0));
  return out;
}

Status Layouts::save(store::Transaction& tx, const access::Scope& scope, const RecordType& type,
                     std::int64_t role, const std::optional<Layout>& layout,
                     std::optional<std::int64_t> expected) const {
  const auto& sql = parts_.statements;
  const Instant now = parts_.clock.now();
  if (role != 0 && tx.query_integer(sql["layouts.has_role"], {role}) == 0)
    return field_error("layouts/invalid", "role", "no_such_record");
  const auto dictionary = parts_.dictionary.current();
  if (layout) TRY(check_layout({*dictionary, scope, now, tx.engine()}, type, *layout));
  tx.execute(sql["layouts.make_place"], {type.name, role, now, scope.actor.user});
  std::int64_t id = 0, version = 0;
  {
    auto rows = tx.query(sql["layouts.lock"], {type.name, role});
    if (!rows->next()) return make_error(ErrorKind::unavailable, "store/busy");
    id = rows->integer(0), version = rows->integer(1);
  }
  if (expected && *expected != version) {
    Error stale = make_error(ErrorKind::stale, "records/stale");
    stale.params["current_version"] = std::to_string(version);
    return stale;
  }
  const std::string content = content_of(layout);
  tx.execute(sql["layouts.save"], {id, version + 1, content, now, scope.actor.user});
  tx.execute(sql["layouts.keep_version"], {id, version + 1, content, now, scope.actor.user});
  tx.execute(sql["layouts.forget_versions"], {id, version + 1 - limits::versions_max});
  // Of no record type, and so for everybody: whose layout it is, each asks for themselves.
  tx.execute(sql["records.add_event"], {now, "dictionary", "layouts", 0, version + 1, nullptr,
                                        nullptr, false, scope.actor.user});
  tx.notify("events", "layouts");
  return {};
}

std::vector<Version> Layouts::list_versions(store::Session& session, const Place& place) const {
  std::vector<Version> out;
  auto rows = session.query(parts_.statements["layouts.list_versions"], {place.type, place.role});
  while (rows->next())
    out.push_back({rows->integer(0), rows->integer(2), Instant{rows->integer(1)},
                   rows->is_null(3) ? std::string() : std::string(rows->text(3)),
                   rows->boolean(4)});
  return out;
}

Result<std::optional<Layout>> Layouts::find_version(store::Session& session, const RecordType& type,
                                                    std::int64_t role, std::int64_t version) const {
  if (version == 0) return std::optional<Layout>();
  auto rows = session.query(parts_.statements["layouts.find_version"], {type.name, role, version});
  if (!rows->next()) return make_error(ErrorKind::not_found, "layouts/no_such_version");
  auto layout = read_content(rows->text(0));
  if (!layout) return std::optional<Layout>();
  return std::optional(fill_layout(std::move(*layout), type, false));
}

}  // namespace fokus::layouts
