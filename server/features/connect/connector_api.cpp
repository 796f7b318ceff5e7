// SPDX-License-Identifier: Apache-2.0
// /api/v1/connectors: which machines the program may talk to, and how.
#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "features/connect/connect.hpp"
#include "platform/http_url.hpp"
#include "records/if_match.hpp"

namespace fokus::connect {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

#define CONNECTOR_MEMBERS                                                                  \
  "{name!: text, kind!: text, title!: object, sends!: object, data_class!: text, is_on!: " \
  "boolean, "                                                                              \
  "version!: integer, base_url!: text, standard_url!: text, url_may_change!: boolean, "    \
  "takes_hosts!: boolean, hosts!: [text], called_hosts!: [text], authentication!: text, "  \
  "fields!: [{name!: text, label!: object, is_secret!: boolean, is_required!: boolean, "   \
  "is_set!: boolean, value!: text}], calls_per_second!: number, can_test!: boolean, "      \
  "switched_at!: instant?, switched_by!: {id!: id, name!: text}?, changed_at!: instant?, " \
  "changed_by!: {id!: id, name!: text}?}"
constexpr const char* one_answer = CONNECTOR_MEMBERS;
constexpr const char* list_answer = "{items!: [" CONNECTOR_MEMBERS "]}";
#undef CONNECTOR_MEMBERS
constexpr const char* change_body =
    "{is_on: boolean, base_url: text, hosts: [text], fields: object}";
constexpr const char* test_answer =
    "{worked!: boolean, code!: text, params!: object, duration_ms!: integer}";

json::object render_labels(const records::Labels& labels) {
  json::object out;
  for (const auto& [language, text] : labels) out[language] = text;
  return out;
}

json::array render_texts(const std::vector<std::string>& all) {
  json::array out;
  for (const auto& one : all) out.emplace_back(one);
  return out;
}

json::value render_moment(Instant at) {
  return at.ms == 0 ? json::value() : json::value(render_instant(at));
}

json::value render_user(std::int64_t id, const std::string& name) {
  if (id == 0) return nullptr;
  return json::object{{"id", id}, {"name", name}};
}

std::string_view name_of(Authentication::Kind kind) {
  using Kind = Authentication::Kind;
  switch (kind) {
    case Kind::none:
      return "none";
    case Kind::header:
      return "header";
    case Kind::bearer:
      return "bearer";
    case Kind::basic:
      return "basic";
    case Kind::oauth2:
      return "oauth2";
  }
  return "none";
}

json::array render_fields(const Connector& connector, const State& state) {
  json::array out;
  for (const auto& field : connector.fields) {
    const auto at = state.values.find(field.name);
    const bool is_set = field.is_secret
                            ? std::find(state.secrets_set.begin(), state.secrets_set.end(),
                                        field.name) != state.secrets_set.end()
                            : at != state.values.end();
    out.push_back(json::object{{"name", field.name},
                               {"label", render_labels(field.label)},
                               {"is_secret", field.is_secret},
                               {"is_required", field.is_required},
                               {"is_set", is_set},
                               {"value", is_set && !field.is_secret ? at->second : ""}});
  }
  return out;
}

// All hosts that are called as it is set now.
json::array render_hosts(const Connector& connector, const State& state, const std::string& base) {
  json::array out;
  if (const auto url = outgoing::parse_url(base)) out.emplace_back(url->authority());
  for (const auto* hosts : {&connector.hosts, &state.hosts})
    for (const auto& host : *hosts) out.emplace_back(host);
  return out;
}

bool can_test(const Connector& connector) {
  return connector.test || !connector.base_url.empty();
}

json::object render(const Connector& connector, const State& state) {
  const std::string& base = state.base_url.empty() ? connector.base_url : state.base_url;
  return {{"name", connector.name},
          {"kind", connector.kind},
          {"title", render_labels(connector.title)},
          {"sends", render_labels(connector.sends)},
          {"data_class", connector.data_class},
          {"is_on", state.is_on},
          {"version", state.version},
          {"base_url", base},
          {"standard_url", connector.base_url},
          {"url_may_change", connector.url_may_change},
          {"takes_hosts", connector.takes_hosts},
          {"hosts", render_texts(state.hosts)},
          {"called_hosts", render_hosts(connector, state, base)},
          {"authentication", std::string(name_of(connector.authentication.kind))},
          {"fields", render_fields(connector, state)},
          {"calls_per_second", connector.calls_per_second},
          {"can_test", can_test(connector)},
          {"switched_at", render_moment(state.switched_at)},
          {"switched_by", render_user(state.switched_by, state.switched_by_name)},
          {"changed_at", render_moment(state.changed_at)},
          {"changed_by", render_user(state.changed_by, state.changed_by_name)}};
}

Error invalid(std::string field, std::string why) {
  return field_error("connect/invalid", std::move(field), std::move(why));
}

Result<std::vector<std::string>> read_hosts(const json::value& value) {
  if (!value.is_array()) return invalid("hosts", "not_a_list");
  std::vector<std::string> out;
  for (const auto& one : value.get_array()) {
    if (!one.is_string()) return invalid("hosts." + std::to_string(out.size()), "not_text");
    out.emplace_back(one.get_string());
  }
  return out;
}

Result<std::map<std::string, std::string>> read_fields(const json::value& value) {
  if (!value.is_object()) return invalid("fields", "not_an_object");
  std::map<std::string, std::string> out;
  for (const auto& [name, one] : value.get_object()) {
    if (!one.is_string()) return invalid("fields." + std::string(name), "not_text");
    out.emplace(name, one.get_string());
  }
  return out;
}

Result<Change> read_change(const json::object& body) {
  Change out;
  if (const auto* on = body.if_contains("is_on")) {
    if (!on->is_bool()) return invalid("is_on", "not_yes_or_no");
    out.is_on = on->get_bool();
  }
  if (const auto* url = body.if_contains("base_url")) {
    if (!url->is_string()) return invalid("base_url", "not_text");
    out.base_url = std::string(url->get_string());
  }
  if (const auto* hosts = body.if_contains("hosts")) out.hosts = TRY(read_hosts(*hosts));
  if (const auto* fields = body.if_contains("fields")) out.values = TRY(read_fields(*fields));
  return out;
}

class ConnectorApi {
 public:
  explicit ConnectorApi(Outbound& outbound)
      : outbound_(outbound), connections_(outbound.connections()), parts_(connections_.parts()) {}

  Result<Reply> list(Visit&) const {
    json::array items;
    parts_.database.read([&](store::Session& session) {
      for (const auto& one : connections_.all())
        items.push_back(render(one, connections_.state(session, one)));
    });
    return Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  }

  Result<Reply> get(Visit& visit) const { return reply(*TRY(named(visit))); }

  Result<Reply> save(Visit& visit) const {
    const Connector& connector = *TRY(named(visit));
    const auto change = TRY(read_change(TRY(records::body_object(visit.call))));
    TRY(records::save_if_match(parts_.database, visit.call, [&](auto& tx, auto version) {
      return connections_.save(tx, visit.scope, connector, change, version);
    }));
    const std::string switched = !change.is_on ? "" : *change.is_on ? " on" : " off";
    const std::string shape = connector.name + switched;
    parts_.trace(visit.scope, {"change", "connector", {}, shape});
    return reply(connector);
  }

  // What the counterpart said is an answer too: only a connector that is off is refused.
  Result<Reply> test(Visit& visit) const {
    const Connector& connector = *TRY(named(visit));
    if (!can_test(connector)) return make_error(ErrorKind::not_found, "connect/no_test");
    if (!connections_.is_on(connector.name))
      return make_error(ErrorKind::conflict, "connect/switched_off");
    const auto begun = std::chrono::steady_clock::now();
    const Status worked = outbound_.test(connector, occasion_of(visit.scope));
    const auto took = std::chrono::steady_clock::now() - begun;
    json::object params;
    if (!worked)
      for (const auto& [name, text] : worked.error().params) params[name] = text;
    return Reply::json(json::serialize(json::object{
        {"worked", worked.ok()},
        {"code", worked ? "" : worked.error().code},
        {"params", std::move(params)},
        {"duration_ms", std::chrono::duration_cast<std::chrono::milliseconds>(took).count()}}));
  }

 private:
  Result<const Connector*> named(const Visit& visit) const {
    const Connector* found = connections_.find(visit.call.param("name"));
    if (!found) return make_error(ErrorKind::not_found, "connect/unknown");
    return found;
  }

  Result<Reply> reply(const Connector& connector) const {
    const State state = parts_.database.read(
        [&](store::Session& session) { return connections_.state(session, connector); });
    Reply out = Reply::json(json::serialize(render(connector, state)));
    out.header("ETag", "\"v" + std::to_string(state.version) + "\"");
    return out;
  }

  Outbound& outbound_;
  const Connections& connections_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> connector_routes(Outbound& outbound) {
  const auto api = std::make_shared<ConnectorApi>(outbound);  // shared by the routes
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto admin = Right::function(access::functions::administer);
  const std::string base = "/api/v1/connectors";
  const std::string one = base + "/{name}";
  return {
      {Method::get,
       base,
       admin,
       to(&ConnectorApi::list),
       {"Machines that the program may talk to when an administrator has switched them on",
        {.answer = list_answer}}},
      {Method::get, one, admin, to(&ConnectorApi::get), {"One of them", {.answer = one_answer}}},
      {Method::put,
       one,
       admin,
       to(&ConnectorApi::save),
       {"Switch a connector on or off, and change its settings",
        {.body = change_body, .answer = one_answer, .versioned = true}}},
      {Method::post,
       one + "/test",
       admin,
       to(&ConnectorApi::test),
       {"Make a harmless call, to see whether the settings work", {.answer = test_answer}},
       net::Lane::outside},
  };
}

}  // namespace fokus::connect
