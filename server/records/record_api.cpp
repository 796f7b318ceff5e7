// SPDX-License-Identifier: Apache-2.0
// /api/v1/<type>/{id}: one record.
#include <charconv>

#include "records/api.hpp"

namespace fokus::records {
namespace {

using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

std::string etag_of(std::int64_t version) {
  return "\"v" + std::to_string(version) + "\"";
}

// If-Match: "v3"
Result<std::optional<std::int64_t>> expected_version(const net::Call& call) {
  const auto header = call.header("If-Match");
  if (!header || *header == "*") return std::optional<std::int64_t>();
  std::string_view text = *header;
  std::int64_t version = 0;
  const bool shaped = text.starts_with("\"v") && text.ends_with('"') && text.size() > 3;
  if (shaped) text = text.substr(2, text.size() - 3);
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (!shaped || ec != std::errc{} || end != text.data() + text.size())
    return field_error("records/bad_if_match", "If-Match", "not_a_version");
  return std::optional(version);
}

class RecordApi {
 public:
  explicit RecordApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> get(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    return reply(visit, type, TRY(id_of(visit)), 200);
  }

  Result<Reply> create(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const auto values = TRY(body_object(visit.call));
    const Saved saved = TRY(parts_.database.write([&](store::Transaction& tx) {
      return parts_.records.create(tx, visit.scope, type, values, {0, {}, "create"});
    }));
    auto answer = TRY(reply(visit, type, saved.id, 201));
    answer.header("Location", "/api/v1/" + type.plural + "/" + std::to_string(saved.id.value));
    return answer;
  }

  Result<Reply> update(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    const auto version = TRY(expected_version(visit.call));
    const auto changes = TRY(body_object(visit.call));
    const auto saved = parts_.database.write([&](store::Transaction& tx) {
      return parts_.records.update(tx, visit.scope, type, id, changes, version, {0, {}, "update"});
    });
    if (!saved && saved.error().kind == ErrorKind::stale)
      return stale(visit, type, id, saved.error());
    if (!saved) return saved.error();
    return reply(visit, type, id, 200);
  }

  Result<Reply> archive(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    TRY(parts_.database.write([&](store::Transaction& tx) {
      return parts_.records.archive(tx, visit.scope, type, id, {0, {}, "archive"});
    }));
    return Reply::no_content();
  }

  Result<Reply> restore(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    TRY(parts_.database.write([&](store::Transaction& tx) {
      return parts_.records.restore(tx, visit.scope, type, id, {0, {}, "restore"});
    }));
    return reply(visit, type, id, 200);
  }

 private:
  Result<Reply> reply(Visit& visit, const RecordType& type, RecordId id, int status) const {
    std::string body;
    JsonWriter json(body);
    const std::int64_t version = TRY(parts_.database.read([&](store::Session& session) {
      return parts_.records.get(session, visit.scope, type, id, json);
    }));
    trace_read(parts_, visit.scope, "read", type, std::array{id.value}, {});
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

  // 412 with the version that is stored now, so that both can be shown side by side.
  Result<Reply> stale(Visit& visit, const RecordType& type, RecordId id, const Error& error) const {
    const Reply current = TRY(reply(visit, type, id, 412));
    Reply out = Reply::problem(error, visit.call.id);
    out.body.pop_back();
    out.body += ",\"current\":" + current.body + "}";
    return out;
  }

  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> record_routes(const ApiParts& parts) {
  const auto api = std::make_shared<RecordApi>(parts);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  return {
      {Method::post, "/api/v1/{type}", Right::signed_in(), to(&RecordApi::create),
       "Create a record"},
      {Method::get, "/api/v1/{type}/{id}", Right::signed_in(), to(&RecordApi::get),
       "Read a record"},
      {Method::patch, "/api/v1/{type}/{id}", Right::signed_in(), to(&RecordApi::update),
       "Change fields of a record"},
      {Method::remove, "/api/v1/{type}/{id}", Right::signed_in(), to(&RecordApi::archive),
       "Put a record into the bin"},
      {Method::post, "/api/v1/{type}/{id}/restoration", Right::signed_in(), to(&RecordApi::restore),
       "Take a record out of the bin"},
  };
}

}  // namespace fokus::records
