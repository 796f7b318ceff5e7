// SPDX-License-Identifier: Apache-2.0
// /api/v1/<type>/{id}: one record.
#include "records/api.hpp"

namespace fokus::records {
namespace {

using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

class RecordApi {
 public:
  explicit RecordApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> get(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    return record_reply(parts_, visit, type, TRY(id_of(visit)), 200);
  }

  Result<Reply> create(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const auto values = TRY(body_object(visit.call));
    const Saved saved = TRY(parts_.database.write([&](store::Transaction& tx) {
      return parts_.records.create(tx, visit.scope, type, values, {0, {}, "create"});
    }));
    auto answer = TRY(record_reply(parts_, visit, type, saved.id, 201));
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
    return saved_reply(parts_, visit, type, id, saved);
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
    return record_reply(parts_, visit, type, id, 200);
  }

 private:
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
