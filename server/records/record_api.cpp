// SPDX-License-Identifier: Apache-2.0
// /api/v1/<type>/{id}: one record.
#include "records/api.hpp"
#include "records/if_match.hpp"

namespace fokus::records {
namespace {

using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

// The record has become part of another one, which the caller may see.
Reply moved_reply(const RecordType& type, const Error& merged) {
  const std::string& into = merged.params.at("into");
  std::string body;
  JsonWriter json(body);
  json.begin_object().field("code", "merged").key("into").begin_object();
  json.field("type", type.name).key("id").raw(into).end_object().end_object();
  Reply out = Reply::json(std::move(body), 308);
  out.header("Location", "/api/v1/" + type.plural + "/" + into);
  return out;
}

class RecordApi {
 public:
  explicit RecordApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> get(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    auto found = record_reply(parts_, visit, type, TRY(id_of(visit)), 200);
    if (!found && found.error().code == "records/merged") return moved_reply(type, found.error());
    return found;
  }

  Result<Reply> create(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const auto values = TRY(body_object(visit.call));
    if (auto refused = TRY(ask_about_duplicates(visit, type, values))) return std::move(*refused);
    const Saved saved = TRY(parts_.database.write([&](store::Transaction& tx) {
      return parts_.records.create(tx, visit.scope, type, values, {0, {}, "create"});
    }));
    auto answer = TRY(record_reply(parts_, visit, type, saved.id, 201, "create"));
    answer.header("Location", "/api/v1/" + type.plural + "/" + std::to_string(saved.id.value));
    return answer;
  }

  Result<Reply> update(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    const auto changes = TRY(body_object(visit.call));
    const auto saved =
        save_if_match(parts_.database, visit.call, [&](store::Transaction& tx, auto version) {
          return parts_.records.update(tx, visit.scope, type, id, changes, version,
                                       {0, {}, "update"});
        });
    return saved_reply(parts_, visit, type, id, saved);
  }

  Result<Reply> archive(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    const auto saved =
        save_if_match(parts_.database, visit.call, [&](store::Transaction& tx, auto version) {
          return parts_.records.archive(tx, visit.scope, type, id, {0, {}, "archive"}, version);
        });
    if (!saved) return saved_reply(parts_, visit, type, id, saved);
    trace_read(parts_, visit.scope, "remove", type, std::array{id.value}, {});
    return Reply::no_content();
  }

  // A repeated call that made a record or brought it back: the record as it is by now, to whoever
  // may still read it.
  Result<Reply> repeat(Visit& visit, const Reply& first) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const auto location = std::find_if(first.headers.begin(), first.headers.end(),
                                       [](const auto& one) { return one.first == "Location"; });
    if (location == first.headers.end())
      return record_reply(parts_, visit, type, TRY(id_of(visit)), first.status);
    const auto& path = location->second;
    const RecordId id{std::stoll(path.substr(path.rfind('/') + 1))};
    auto answer = TRY(record_reply(parts_, visit, type, id, first.status));
    answer.header("Location", path);
    return answer;
  }

  Result<Reply> restore(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    const auto saved =
        save_if_match(parts_.database, visit.call, [&](store::Transaction& tx, auto version) {
          return parts_.records.restore(tx, visit.scope, type, id, {0, {}, "restore"}, version);
        });
    return saved_reply(parts_, visit, type, id, saved, "restore");
  }

 private:
  // 409 with the records that this one may be, unless the caller knows: ?duplicates=allow.
  Result<std::optional<Reply>> ask_about_duplicates(const Visit& visit, const RecordType& type,
                                                    const boost::json::object& values) const {
    const auto wish = visit.call.query_value("duplicates").value_or("ask");
    if (wish == "allow") return std::optional<Reply>();
    if (wish != "ask") return field_error("records/invalid", "duplicates", "unknown");
    const Status checked = parts_.database.read([&](store::Session& session) {
      return parts_.records.check_duplicates(session, visit.scope, type, values);
    });
    if (checked.ok()) return std::optional<Reply>();
    Error error = checked.error();
    const auto candidates = error.params.extract("candidates");
    Reply out = Reply::problem(error, visit.call.id);
    if (candidates.empty()) return std::optional(std::move(out));
    out.body.pop_back();
    out.body += ",\"candidates\":" + candidates.mapped() + "}";
    return std::optional(std::move(out));
  }

  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> record_routes(const ApiParts& parts) {
  const auto api = std::make_shared<RecordApi>(parts);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  std::vector<access::Route> out = {
      {Method::post,
       "/api/v1/{type}",
       Right::signed_in(),
       to(&RecordApi::create),
       {"Create a record",
        {.query = "duplicates", .body = "$changes", .answer = "$record", .status = 201}}},
      {Method::get,
       "/api/v1/{type}/{id}",
       Right::signed_in(),
       to(&RecordApi::get),
       {"Read a record", {.answer = "$record", .is_conditional = true}}},
      {Method::patch,
       "/api/v1/{type}/{id}",
       Right::signed_in(),
       to(&RecordApi::update),
       {"Change fields of a record", {.body = "$changes", .answer = "$record", .versioned = true}}},
      {Method::remove,
       "/api/v1/{type}/{id}",
       Right::signed_in(),
       to(&RecordApi::archive),
       {"Put a record into the bin", {.versioned = true}}},
      {Method::post,
       "/api/v1/{type}/{id}/restoration",
       Right::signed_in(),
       to(&RecordApi::restore),
       {"Take a record out of the bin", {.answer = "$record", .versioned = true}}},
  };
  for (auto& route : out)
    if (route.method == Method::post)
      route.repeat = [api](Visit& visit, const Reply& first) { return api->repeat(visit, first); };
  return out;
}

}  // namespace fokus::records
