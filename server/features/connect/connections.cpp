// SPDX-License-Identifier: Apache-2.0
#include "features/connect/connections.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/connect/change_rules.hpp"
#include "platform/crypto.hpp"
#include "platform/http_url.hpp"

namespace fokus::connect {
namespace {

namespace json = boost::json;

constexpr const char* key_use = "connectors|secrets";

using Texts = std::map<std::string, std::string>;

Texts read_texts(std::string_view text) {
  boost::system::error_code ec;
  const auto value = json::parse(json::string_view(text.data(), text.size()), ec);
  Texts out;
  if (ec || !value.is_object()) return out;
  for (const auto& [name, one] : value.get_object())
    if (one.is_string()) out.emplace(name, one.get_string().c_str());
  return out;
}

std::vector<std::string> read_list(std::string_view text) {
  boost::system::error_code ec;
  const auto value = json::parse(json::string_view(text.data(), text.size()), ec);
  std::vector<std::string> out;
  if (ec || !value.is_array()) return out;
  for (const auto& one : value.get_array())
    if (one.is_string()) out.emplace_back(one.get_string().c_str());
  return out;
}

std::string render(const Texts& texts) {
  json::object out;
  for (const auto& [name, text] : texts) out[name] = text;
  return json::serialize(out);
}

std::string render(const std::vector<std::string>& list) {
  json::array out;
  for (const auto& one : list) out.emplace_back(one);
  return json::serialize(out);
}

// Whom a connector would talk to; nothing when that is nobody yet.
std::optional<outgoing::Url> url_of(const Connector& connector, const State& state) {
  return outgoing::parse_url(state.base_url.empty() ? connector.base_url : state.base_url);
}

std::string origin_of(const Connector& connector, const State& state) {
  const auto url = url_of(connector, state);
  return url ? url->scheme + "://" + url->authority() : std::string();
}

// Whether a setting that says whom it talks to becomes another one.
bool names_another(const Connector& connector, const Change& change, const State& before) {
  return std::any_of(connector.fields.begin(), connector.fields.end(), [&](const Field& field) {
    const auto named = change.values.find(field.name);
    if (!field.says_where || named == change.values.end()) return false;
    const auto at = before.values.find(field.name);
    return named->second != (at == before.values.end() ? std::string() : at->second);
  });
}

}  // namespace

Connections::Connections(const records::ApiParts& parts, Random& random, const std::string& secret)
    : parts_(parts), random_(random), key_(crypto::hmac_sha256(secret, key_use)) {}

void Connections::add(Connector connector) {
  CHECK(is_identifier(connector.name) && find(connector.name) == nullptr);
  connectors_.push_back(std::move(connector));
}

const Connector* Connections::find(std::string_view name) const {
  const auto at = std::find_if(connectors_.begin(), connectors_.end(),
                               [&](const Connector& one) { return one.name == name; });
  return at == connectors_.end() ? nullptr : &*at;
}

State Connections::state(store::Session& session, const Connector& connector) const {
  return load(session, connector).state;
}

bool Connections::is_on(std::string_view name) const {
  return find(name) != nullptr && parts_.database.read([&](store::Session& session) {
    return session.query_integer(parts_.statements["connect.is_on"], {name});
  }) != 0;
}

Result<Settings> Connections::open(std::string_view name) const {
  const Connector* connector = find(name);
  if (!connector) return make_error(ErrorKind::not_found, "connect/unknown");
  const Stored stored =
      parts_.database.read([&](store::Session& session) { return load(session, *connector); });
  if (!stored.state.is_on) return make_error(ErrorKind::conflict, "connect/switched_off");
  if (stored.secrets_lost) return make_error(ErrorKind::conflict, "connect/secrets_lost");
  Settings out;
  out.base_url = stored.state.base_url.empty() ? connector->base_url : stored.state.base_url;
  if (out.base_url.ends_with('/')) out.base_url.pop_back();
  out.hosts = connector->hosts;
  if (const auto own = url_of(*connector, stored.state)) out.hosts.push_back(own->authority());
  out.hosts.insert(out.hosts.end(), stored.state.hosts.begin(), stored.state.hosts.end());
  out.values = stored.state.values;
  out.values.insert(stored.secrets.begin(), stored.secrets.end());
  return out;
}

Status Connections::save(store::Transaction& tx, const access::Scope& scope,
                         const Connector& connector, const Change& change,
                         std::optional<std::int64_t> expected) const {
  const auto& sql = parts_.statements;
  tx.execute(sql["connect.make"], {connector.name, parts_.clock.now(), scope.actor.user});
  const auto version = tx.query_integer(sql["connect.lock"], {connector.name});
  if (expected && *expected != version) {
    Error stale = make_error(ErrorKind::stale, "records/stale");
    stale.params["current_version"] = std::to_string(version);
    return stale;
  }
  const Stored before = load(tx, connector);
  Stored after = before;
  TRY(apply_places(connector, change, after.state));
  // What was encrypted with a key that is gone cannot be kept, and a secret is for one host alone.
  const bool has_moved = origin_of(connector, before.state) != origin_of(connector, after.state) ||
                         names_another(connector, change, before.state);
  if (has_moved || before.secrets_lost) after.secrets.clear();
  TRY(apply_values(connector, change, after.state.values, after.secrets));
  after.state.is_on = change.is_on.value_or(before.state.is_on);
  if (after.state.is_on) TRY(check_complete(connector, after.state, after.secrets));
  after.state.version = version + 1;
  store_change(tx, scope, connector, before, after);
  return {};
}

void Connections::store_change(store::Transaction& tx, const access::Scope& scope,
                               const Connector& connector, const Stored& before,
                               const Stored& after) const {
  const auto& sql = parts_.statements;
  const Instant now = parts_.clock.now();
  const auto hosts = render(after.state.hosts), fields = render(after.state.values);
  const auto secrets = after.secrets.empty() ? std::string() : seal(after.secrets);
  tx.execute(sql["connect.save"],
             {connector.name, after.state.is_on, after.state.version, after.state.base_url, hosts,
              fields, secrets, now, scope.actor.user});
  if (before.state.is_on != after.state.is_on)
    tx.execute(sql["connect.note_switch"], {connector.name, now, scope.actor.user});
}

Connections::Stored Connections::load(store::Session& session, const Connector& connector) const {
  Stored out;
  auto rows = session.query(parts_.statements["connect.find"], {connector.name});
  if (!rows->next()) return out;
  State& state = out.state;
  state.is_on = rows->boolean(0);
  state.version = rows->integer(1);
  state.base_url = std::string(rows->text(2));
  state.hosts = read_list(rows->text(3));
  state.values = read_texts(rows->text(4));
  if (!rows->text(5).empty()) {
    auto secrets = unseal(rows->text(5));
    out.secrets_lost = !secrets;
    if (secrets) out.secrets = std::move(*secrets);
  }
  for (const auto& [name, value] : out.secrets) state.secrets_set.push_back(name);
  state.switched_at = Instant{rows->integer(6)};
  state.switched_by = rows->integer(7);
  state.changed_at = Instant{rows->integer(8)};
  state.changed_by = rows->integer(9);
  state.switched_by_name = std::string(rows->text(10));
  state.changed_by_name = std::string(rows->text(11));
  return out;
}

std::string Connections::seal(const Values& secrets) const {
  return crypto::to_base64url(crypto::seal(key_, render(secrets), random_));
}

std::optional<Connections::Values> Connections::unseal(std::string_view sealed) const {
  const auto raw = crypto::from_base64url(sealed);
  const auto plain = raw ? crypto::open_sealed(key_, *raw) : std::nullopt;
  if (!plain) return std::nullopt;
  return read_texts(*plain);
}

}  // namespace fokus::connect
