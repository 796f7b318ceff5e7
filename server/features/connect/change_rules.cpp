// SPDX-License-Identifier: Apache-2.0
#include "features/connect/change_rules.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/http_url.hpp"

namespace fokus::connect {
namespace {

using Values = std::map<std::string, std::string>;

Error invalid(std::string field, std::string why) {
  return field_error("connect/invalid", std::move(field), std::move(why));
}

const Field* find_field(const Connector& connector, std::string_view name) {
  const auto at = std::find_if(connector.fields.begin(), connector.fields.end(),
                               [&](const Field& one) { return one.name == name; });
  return at == connector.fields.end() ? nullptr : &*at;
}

Status apply_base_url(const Connector& connector, const std::string& text, State& state) {
  if (text == connector.base_url) {
    state.base_url.clear();
    return {};
  }
  if (!text.empty() && !connector.url_may_change) return invalid("base_url", "not_changeable");
  if (text.size() > limits::url_max) return invalid("base_url", "too_long");
  const auto url = outgoing::parse_url(text);
  if (!text.empty() && (!url || !url->query.empty())) return invalid("base_url", "not_a_url");
  state.base_url = text;
  return {};
}

Status apply_hosts(const Connector& connector, const std::vector<std::string>& hosts,
                   State& state) {
  if (!hosts.empty() && !connector.takes_hosts) return invalid("hosts", "not_changeable");
  if (hosts.size() > limits::hosts_max) return invalid("hosts", "too_many");
  state.hosts.clear();
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const auto host = lower_ascii(trim(hosts[i]));
    if (!outgoing::is_host_pattern(host))
      return invalid("hosts." + std::to_string(i), "not_a_host");
    if (std::find(state.hosts.begin(), state.hosts.end(), host) == state.hosts.end())
      state.hosts.push_back(host);
  }
  return {};
}

// Line breaks only where a key in PEM form has them.
bool is_clean(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r') || c == '\x7F';
  });
}

}  // namespace

Status apply_places(const Connector& connector, const Change& change, State& state) {
  if (change.base_url) TRY(apply_base_url(connector, *change.base_url, state));
  if (change.hosts) TRY(apply_hosts(connector, *change.hosts, state));
  return {};
}

Status apply_values(const Connector& connector, const Change& change, Values& values,
                    Values& secrets) {
  for (const auto& [name, value] : change.values) {
    const Field* field = find_field(connector, name);
    if (!field) return invalid("fields." + name, "unknown");
    if (value.size() > limits::value_max) return invalid("fields." + name, "too_long");
    if (!is_clean(value)) return invalid("fields." + name, "control_character");
    auto& into = field->is_secret ? secrets : values;
    if (value.empty())
      into.erase(name);
    else
      into[name] = value;
  }
  return {};
}

Status check_complete(const Connector& connector, const State& state, const Values& secrets) {
  for (const auto& field : connector.fields) {
    const auto& from = field.is_secret ? secrets : state.values;
    if (field.is_required && !from.contains(field.name))
      return invalid("fields." + field.name, "required");
  }
  const bool has_host = !connector.base_url.empty() || !state.base_url.empty() ||
                        !connector.hosts.empty() || !state.hosts.empty();
  if (connector.takes_hosts && !has_host) return invalid("hosts", "required");
  return {};
}

}  // namespace fokus::connect
