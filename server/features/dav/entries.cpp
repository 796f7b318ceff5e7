// SPDX-License-Identifier: Apache-2.0
// GET, PUT and DELETE of one entry, and telling several.
#include <algorithm>

#include "base/text.hpp"
#include "features/dav/server.hpp"

namespace fokus::dav {
namespace {

using net::Reply;

Error not_found() {
  return make_error(ErrorKind::not_found, "records/not_found");
}

const Member* find_member(const std::vector<Member>& members, std::string_view name) {
  const auto at = std::find_if(members.begin(), members.end(),
                               [&](const Member& one) { return one.name == name; });
  return at == members.end() ? nullptr : &*at;
}

std::string quoted(std::string_view etag) {
  return "\"" + std::string(etag) + "\"";
}

// Whether one of the tags of the header is that of the entry; "*" is any entry.
bool names(std::string_view header, const Member* there) {
  if (trim(header) == "*") return there != nullptr;
  if (!there) return false;
  for (auto tag : split(header, ',')) {
    tag = trim(tag);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == quoted(there->etag)) return true;
  }
  return false;
}

Status check_conditions(const net::Call& call, const Member* there) {
  const Error stale = make_error(ErrorKind::stale, "dav/stale");
  if (const auto wanted = call.header("If-Match"); wanted && !names(*wanted, there)) return stale;
  if (const auto known = call.header("If-None-Match"); known && names(*known, there)) return stale;
  return {};
}

// "text/vcard; version=4.0"
std::string version_in(const net::Call& call) {
  const auto accept = lower_ascii(call.header("Accept").value_or(""));
  return accept.find("version=4.0") != std::string::npos ? "4.0" : "3.0";
}

void trace(Visitor& visitor, const Collection& collection, std::string_view action,
           const std::vector<std::int64_t>& ids, std::string_view shape,
           const records::Seen& seen) {
  const auto& parts = visitor.dav.parts();
  parts.trace(visitor.scope, {action, collection.type(), ids, shape});
  for (const auto& [type, others] : seen.types())
    if (type != collection.type()) parts.trace(visitor.scope, {action, type, others, shape});
}

}  // namespace

Result<std::vector<Member>> members_of(Visitor& visitor, const Collection& collection) {
  return visitor.dav.parts().database.read(
      [&](store::Session& session) { return collection.list(session); });
}

Result<std::vector<Member>> members_for(Visitor& visitor, const Place& place) {
  return visitor.dav.parts().database.read(
      [&](store::Session& session) { return place.collection->list_for(session, place.name); });
}

Result<std::string> tell_entries(Visitor& visitor, const Place& place,
                                 std::span<const Member> members, const Wanted& wanted,
                                 std::string_view shape) {
  const Collection& collection = *place.collection;
  const bool has_bodies = asks_for_body(wanted);
  std::string out;
  std::vector<std::int64_t> ids;
  records::Seen seen;
  TRY(visitor.dav.parts().database.read([&](store::Session& session) -> Status {
    for (const auto& member : members) {
      if (out.size() > limits::answer_bytes_max)
        return make_error(ErrorKind::too_large, "dav/too_many_entries");
      const Place entry{PlaceKind::entry, member.name, place.collection};
      Told told{entry, &member, nullptr, {}};
      Result<std::string> body = std::string();
      if (has_bodies) {
        body = collection.read(session, member, wanted.version, seen);
        // It went meanwhile; the next call says so.
        if (!body) continue;
        told.body = &*body;
        ids.push_back(member.id);
      }
      out += response_of(visitor.scope, told, wanted);
    }
    return {};
  }));
  trace(visitor, collection, has_bodies ? "export" : "list", ids, shape, seen);
  return out;
}

Result<Reply> answer_get(Visitor& visitor, const Place& place) {
  if (place.kind != PlaceKind::entry) {
    Reply out = net::Reply::text("", 405);
    out.header("Allow", "OPTIONS, PROPFIND, PROPPATCH, REPORT");
    return out;
  }
  const Collection& collection = *place.collection;
  const auto members = TRY(members_for(visitor, place));
  const Member* there = find_member(members, place.name);
  if (!there) return not_found();
  Reply out = Reply::no_content();
  out.status = 304;
  if (const auto known = visitor.call.header("If-None-Match"); !known || !names(*known, there)) {
    records::Seen seen;
    const auto body = TRY(visitor.dav.parts().database.read([&](store::Session& session) {
      return collection.read(session, *there, version_in(visitor.call), seen);
    }));
    trace(visitor, collection, "export", {there->id}, "get", seen);
    out = Reply::text(body);
    out.type = std::string(collection.media_type()) + "; charset=utf-8";
  }
  out.header("ETag", quoted(there->etag));
  out.header("Cache-Control", "private, no-cache");
  return out;
}

Result<Reply> answer_put(Visitor& visitor, const Place& place) {
  if (place.kind != PlaceKind::entry) return make_error(ErrorKind::forbidden, "dav/not_here");
  const Collection& collection = *place.collection;
  bool is_new = false;
  const auto saved =
      TRY(visitor.dav.parts().database.write([&](store::Transaction& tx) -> Result<Saved> {
        const auto before = TRY(collection.list_for(tx, place.name));
        const Member* there = find_member(before, place.name);
        TRY(check_conditions(visitor.call, there));
        is_new = there == nullptr;
        return collection.put(tx, {place.name, visitor.call.body, there, before});
      }));
  trace(visitor, collection, is_new ? "create" : "change", {saved.id}, "put", {});
  Reply out = Reply::no_content();
  out.status = is_new ? 201 : 204;
  // Only what lies here byte for byte has the tag already (RFC 9110, 9.3.4): whoever put something
  // that became another thing asks for it.
  if (!saved.etag.empty()) out.header("ETag", quoted(saved.etag));
  return out;
}

Result<Reply> answer_remove(Visitor& visitor, const Place& place) {
  if (place.kind != PlaceKind::entry) return make_error(ErrorKind::forbidden, "dav/not_here");
  const Collection& collection = *place.collection;
  const auto id =
      TRY(visitor.dav.parts().database.write([&](store::Transaction& tx) -> Result<std::int64_t> {
        const auto members = TRY(collection.list_for(tx, place.name));
        const Member* there = find_member(members, place.name);
        if (!there) return not_found();
        TRY(check_conditions(visitor.call, there));
        TRY(collection.remove(tx, *there));
        return there->id;
      }));
  trace(visitor, collection, "remove", {id}, "delete", {});
  return Reply::no_content();
}

}  // namespace fokus::dav
