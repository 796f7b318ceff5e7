// SPDX-License-Identifier: Apache-2.0
#include "net/target.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace fokus::net {

namespace {

constexpr std::size_t query_params_max = 256;
constexpr std::size_t segments_max = 64;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { literal, space };

std::optional<std::string> percent_decode(std::string_view raw, Plus plus) {
  std::string text;
  text.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '%') {
      if (i + 2 >= raw.size()) return std::nullopt;
      const int high = hex_digit(raw[i + 1]), low = hex_digit(raw[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      text += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      text += raw[i] == '+' && plus == Plus::space ? ' ' : raw[i];
    }
  }
  if (!is_clean_utf8(text)) return std::nullopt;
  return text;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

constexpr std::string_view schemes[] = {"http://", "https://"};

// "http://host/path" (absolute form, sent by proxies) is served as "/path".
std::string_view drop_authority(std::string_view raw) {
  for (std::string_view scheme : schemes) {
    if (!raw.starts_with(scheme)) continue;
    const auto path = raw.find_first_of("/?", scheme.size());
    return path == raw.npos ? "/" : raw.substr(path);
  }
  return raw;
}

bool consists_of(std::string_view text, std::string_view marks) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != marks.npos;
  });
}

std::string_view without_port(std::string_view host) {
  for (std::string_view port : {":80", ":443"})
    if (host.ends_with(port)) return host.substr(0, host.size() - port.size());
  return host;
}

Status split_path(std::string_view raw, Target& target) {
  const Error bad = make_error(ErrorKind::malformed, "net/bad_path");
  if (!raw.starts_with('/')) return bad;
  for (auto part : split(raw.substr(1), '/')) {
    auto segment = percent_decode(part, Plus::literal);
    if (!segment || has_control(*segment) || *segment == "." || *segment == "..") return bad;
    target.path += '/';
    target.path += *segment;
    target.segments.push_back(std::move(*segment));
    if (target.segments.size() > segments_max) return bad;
  }
  return {};
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view raw) {
  std::vector<std::pair<std::string, std::string>> query;
  if (raw.empty()) return query;
  for (auto pair : split(raw, '&')) {
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto key = percent_decode(pair.substr(0, equals), Plus::space);
    auto value = percent_decode(equals == pair.npos ? "" : pair.substr(equals + 1), Plus::space);
    if (!key || !value || query.size() == query_params_max)
      return make_error(ErrorKind::malformed, "net/bad_query");
    query.emplace_back(std::move(*key), std::move(*value));
  }
  return query;
}

bool is_host(std::string_view text) {
  constexpr std::size_t port_digits_max = 5;
  const bool is_ipv6 = text.starts_with('[');
  const auto end = is_ipv6 ? text.find(']') : text.find(':');
  if (is_ipv6 && end == text.npos) return false;
  const auto host = is_ipv6 ? text.substr(1, end - 1) : text.substr(0, end);
  auto port = end == text.npos ? std::string_view() : text.substr(is_ipv6 ? end + 1 : end);
  constexpr std::string_view of_ipv6 = "0123456789abcdefABCDEF:.";
  const bool is_right =
      is_ipv6 ? host.find(':') != host.npos && host.find_first_not_of(of_ipv6) == host.npos
              : consists_of(host, "-._~");
  if (host.empty() || !is_right) return false;
  if (port.empty()) return true;
  if (!port.starts_with(':')) return false;
  port.remove_prefix(1);
  return port.size() <= port_digits_max &&
         port.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<std::string_view> authority_of(std::string_view raw) {
  for (std::string_view scheme : schemes) {
    if (!raw.starts_with(scheme)) continue;
    const auto rest = raw.substr(scheme.size());
    const auto authority = rest.substr(0, rest.find_first_of("/?#"));
    return is_host(authority) ? std::optional(authority) : std::nullopt;
  }
  return std::string_view();
}

bool is_same_host(std::string_view one, std::string_view other) {
  return lower_ascii(without_port(one)) == lower_ascii(without_port(other));
}

Result<Target> parse_target(std::string_view raw) {
  raw = drop_authority(raw);
  raw = raw.substr(0, raw.find('#'));
  const auto question = raw.find('?');
  Target target;
  if (auto status = split_path(raw.substr(0, question), target); !status) return status.error();
  if (question != raw.npos) target.query = TRY(parse_query(raw.substr(question + 1)));
  return target;
}

}  // namespace fokus::net
