// SPDX-License-Identifier: Apache-2.0
// What every call about one record answers with, and the version it expects.
#include <algorithm>
#include <array>

#include "records/api.hpp"
#include "records/if_match.hpp"

namespace fokus::records {
namespace {

using access::Visit;
using net::Method;
using net::Reply;

std::string etag_of(std::int64_t version) {
  return "\"v" + std::to_string(version) + "\"";
}

// 412 with the version that is stored now, so that both can be shown side by side.
Result<Reply> stale_reply(const ApiParts& parts, const Visit& visit, const RecordType& type,
                          RecordId id, const Error& error) {
  const Reply current = TRY(record_reply(parts, visit, type, id, 412));
  Reply out = Reply::problem(error, visit.call.id);
  out.body.pop_back();
  out.body += ",\"current\":" + current.body + "}";
  return out;
}

}  // namespace

Status check_if_match(const net::Call& call, std::int64_t current, std::string_view code) {
  const auto versions = TRY(parse_if_match(call.header("If-Match")));
  if (!versions || std::find(versions->begin(), versions->end(), current) != versions->end())
    return {};
  Error stale = make_error(ErrorKind::stale, std::string(code));
  stale.params["current_version"] = std::to_string(current);
  return stale;
}

Result<Reply> record_reply(const ApiParts& parts, const Visit& visit, const RecordType& type,
                           RecordId id, int status, std::string_view action) {
  std::string body;
  JsonWriter json(body);
  Seen seen;
  const std::int64_t version = TRY(parts.database.read([&](store::Session& session) {
    return parts.records.get(session, visit.scope, type, id, json, &seen);
  }));
  trace_read(parts, visit.scope, action, type, std::array{id.value}, {}, seen);
  const std::string etag = etag_of(version);
  if (status == 200 && visit.call.method == Method::get &&
      visit.call.header("If-None-Match") == etag) {
    Reply unchanged = Reply::no_content();
    unchanged.status = 304;
    unchanged.header("ETag", etag);
    return unchanged;
  }
  Reply out = Reply::json(std::move(body), status);
  out.header("ETag", etag);
  return out;
}

Result<Reply> saved_reply(const ApiParts& parts, const Visit& visit, const RecordType& type,
                          RecordId id, const Result<Saved>& saved, std::string_view action) {
  if (!saved && saved.error().kind == ErrorKind::stale)
    return stale_reply(parts, visit, type, id, saved.error());
  if (!saved) return saved.error();
  return record_reply(parts, visit, type, id, 200, action);
}

}  // namespace fokus::records
