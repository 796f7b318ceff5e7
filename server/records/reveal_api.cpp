// SPDX-License-Identifier: Apache-2.0
// /api/v1/<type>/{id}/reveal: masked fields of one record, for those with the functional right; who
// saw which, and why, is in the access log before the answer leaves.
#include "base/text.hpp"
#include "records/api.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::size_t reason_bytes_max = 500;
constexpr std::string_view points = "contact_points";

struct Asked {
  std::vector<std::string> fields;
  std::string reason;
};

Result<Asked> read_question(const net::Call& call, const RecordType& type) {
  const auto input = TRY(body_object(call));
  Asked out;
  const auto* reason = input.if_contains("reason");
  if (reason && reason->is_string()) out.reason = std::string(trim(reason->get_string()));
  if (out.reason.empty()) return field_error("records/invalid", "reason", "required");
  if (!is_clean_utf8(out.reason)) return field_error("records/invalid", "reason", "not_utf8");
  if (out.reason.size() > reason_bytes_max)
    return field_error("records/invalid", "reason", "too_long",
                       {{"max", std::to_string(reason_bytes_max)}});
  const auto* fields = input.if_contains("fields");
  if (!fields || !fields->is_array() || fields->get_array().empty())
    return field_error("records/invalid", "fields", "required");
  for (const auto& one : fields->get_array()) {
    const std::string name = one.is_string() ? std::string(one.get_string()) : std::string();
    const Field* field = type.find(name);
    const bool known = name == points
                           ? type.contact_points
                           : field && !field->hidden && field->privacy.data_class != "credential";
    if (!known) return field_error("records/invalid", "fields", "unknown");
    out.fields.push_back(name);
  }
  return out;
}

// The same scope, but for the classes of the fields that are asked for.
Scope unmasked(const Scope& scope, const RecordType& type, const Asked& asked) {
  auto permissions = std::make_shared<access::Permissions>(scope.permissions());
  for (const auto& name : asked.fields)
    permissions->field_classes.insert(name == points ? std::string(contact_class)
                                                     : type.find(name)->privacy.data_class);
  Scope out = scope;
  out.actor.permissions = std::move(permissions);
  return out;
}

class RevealApi {
 public:
  explicit RevealApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> reveal(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    const Asked asked = TRY(read_question(visit.call, type));
    const Scope scope = unmasked(visit.scope, type, asked);
    std::string body;
    JsonWriter writer(body);
    TRY(parts_.database.read([&](store::Session& session) {
      return parts_.records.get(session, scope, type, id, writer);
    }));
    const std::string shape = join(asked.fields, ", ") + ": " + asked.reason;
    const std::int64_t seen[] = {id.value};
    parts_.trace(visit.scope, {"reveal", type.name, seen, shape});
    const json::value record = json::parse(body);
    json::object shown;
    for (const auto& name : asked.fields) {
      const auto* value = record.as_object().if_contains(name);
      shown[name] = value ? *value : json::value();
    }
    return Reply::json(json::serialize(json::object{{"fields", std::move(shown)}}));
  }

 private:
  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> reveal_routes(const ApiParts& parts) {
  const auto api = std::make_shared<RevealApi>(parts);
  return {{Method::post,
           "/api/v1/{type}/{id}/reveal",
           Right::function(access::functions::reveal_masked),
           [api](Visit& visit) { return api->reveal(visit); },
           {"Show masked fields of a record; who, which and why is logged",
            {.body = "{fields!: [text], reason!: text}",
             .answer = "{fields!: object}",
             .is_secret = true}}}};
}

}  // namespace fokus::records
