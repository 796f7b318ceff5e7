// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "base/text.hpp"
#include "features/connect/connect.hpp"
#include "platform/crypto.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::string_view channel = "panel_hosts";
constexpr std::string_view any_below = "*.";

std::string host_of(std::string_view url) {
  url.remove_prefix(std::min(url.find("://") + 3, url.size()));
  return lower_ascii(url.substr(0, url.find_first_of("/?#")));
}

bool is_label(std::string_view label) {
  constexpr std::size_t label_max = 63;
  return !label.empty() && label.size() <= label_max && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

bool is_port(std::string_view text) {
  constexpr std::size_t digits_max = 5;
  return !text.empty() && text.size() <= digits_max && text.front() != '0' &&
         text.find_first_not_of("0123456789") == text.npos;
}

bool matches(std::string_view allowed, std::string_view host) {
  if (allowed.starts_with(any_below)) return host.ends_with(allowed.substr(1));
  return allowed == host || allowed == std::string(host) + ":443" ||
         std::string(allowed) + ":443" == host;
}

// Of what a link leads to its name; of an amount the number.
std::string text_of(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_bool()) return value.get_bool() ? "true" : "false";
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_double()) return fmt::format("{}", value.get_double());
  const auto* object = value.if_object();
  if (!object) return {};
  for (const auto* member : {"name", "amount"})
    if (const auto* inner = object->if_contains(member); inner && inner->is_string())
      return std::string(inner->get_string());
  return {};
}

// What a merge field of an address stands for.
std::string value_of(const Scope& scope, const json::object& record, std::string_view name) {
  const auto& actor = scope.actor;
  constexpr std::string_view of_record = "record.";
  if (name.starts_with(of_record)) {
    const auto* value = record.if_contains(name.substr(of_record.size()));
    return value ? text_of(*value) : std::string();
  }
  if (name == "user.id") return std::to_string(actor.user.value);
  if (name == "user.name") return actor.name;
  if (name == "user.email") return actor.email;
  if (name == "user.language") return actor.language;
  if (name == "user.group") return std::to_string(actor.primary_group.value);
  return {};
}

}  // namespace

bool is_panel_host(std::string_view text) {
  if (text.size() > limits::panel_host_max) return false;
  if (const auto colon = text.find(':'); colon != text.npos) {
    if (!is_port(text.substr(colon + 1))) return false;
    text = text.substr(0, colon);
  }
  if (text.starts_with(any_below)) {
    text.remove_prefix(any_below.size());
    if (text.find('.') == text.npos) return false;  // "*.org" would be everybody
  }
  const auto labels = split(text, '.');
  return !text.empty() && std::all_of(labels.begin(), labels.end(), is_label);
}

Panels::Panels(const records::ApiParts& parts, const std::string& secret)
    : parts_(parts), secret_(secret) {
  // SQLite has no other node, and the routes reload what they change.
  if (parts_.database.engine() == store::Engine::postgres)
    subscription_ =
        parts_.database.subscribe(std::string(channel), [this](std::string_view) { reload(); });
  reload();
}

void Panels::reload() {
  std::vector<Host> found;
  parts_.database.read([&](store::Session& session) {
    auto rows = session.query(parts_.statements["dashboards.list_panel_hosts"]);
    while (rows->next()) found.push_back({std::string(rows->text(1)), rows->integer(2)});
  });
  std::lock_guard lock(mutex_);
  hosts_ = std::move(found);
}

std::string Panels::frame_sources() const {
  std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& host : hosts_) out += (out.empty() ? "https://" : " https://") + host.name;
  return out;
}

// The exact name counts before a star.
std::optional<Panels::Host> Panels::find(std::string_view host) const {
  std::lock_guard lock(mutex_);
  std::optional<Host> out;
  for (const auto& one : hosts_)
    if (matches(one.name, host) && (!out || out->name.starts_with(any_below))) out = one;
  return out;
}

std::string Panels::secret_of(std::string_view host, std::int64_t generation) const {
  return crypto::to_hex(crypto::hmac_sha256(
      secret_, "panel\n" + std::string(host) + "\n" + std::to_string(generation)));
}

json::object Panels::claims(const Scope& scope, const Host& host, const Subject& subject,
                            Instant expires_at) const {
  json::object out{{"user", scope.actor.user.value},
                   {"host", host.name},
                   {"expires", expires_at.ms / ms_per_second}};
  if (!subject.name.empty()) out["record"] = subject.name;
  return out;
}

// The read is in the access log, because what it says leaves the house.
Panels::Subject Panels::read_subject(const Scope& scope, const std::string& record) const {
  const auto colon = record.find(':');
  const auto dictionary = parts_.dictionary.current();
  const auto* type = dictionary->find(record.substr(0, colon));
  if (!type || colon == record.npos) return {};
  RecordId id;
  std::from_chars(record.data() + colon + 1, record.data() + record.size(), id.value);
  std::string text;
  JsonWriter writer(text);
  const auto read = parts_.database.read([&](store::Session& session) {
    return parts_.records.get(session, scope, *type, id, writer);
  });
  if (!read) return {};
  records::trace_read(parts_, scope, "read", *type, std::span(&id.value, 1), "web panel");
  Subject out{type->name + ":" + std::to_string(id.value), json::parse(text).as_object()};
  out.values["type"] = type->name;
  return out;
}

Panels::Address Panels::address(const Scope& scope, std::string_view url,
                                const std::string& record) const {
  Address out;
  out.host = host_of(url);
  const auto host = find(out.host);
  out.is_allowed = host.has_value();
  const bool is_about = host && !record.empty() && url.find('{') != url.npos;
  const auto subject = is_about ? read_subject(scope, record) : Subject();
  const Instant expires_at = parts_.clock.now().plus_ms(limits::panel_token_ms);
  while (!url.empty()) {
    const auto open = std::min(url.find('{'), url.size());
    out.url += url.substr(0, open);
    url.remove_prefix(open);
    const auto close = url.find('}');
    if (close == url.npos) break;
    const auto name = url.substr(1, close - 1);
    if (name == "token" && host) {
      const auto content =
          crypto::to_base64url(json::serialize(claims(scope, *host, subject, expires_at)));
      const auto key = secret_of(host->name, host->generation);
      out.url += content + "." + crypto::to_base64url(crypto::hmac_sha256(key, content));
      out.expires_at = expires_at;
    } else {
      out.url += connect::encode_part(value_of(scope, subject.values, name));
    }
    url.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace fokus::dashboards
