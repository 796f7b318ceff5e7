// SPDX-License-Identifier: Apache-2.0
#include "platform/http_url.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "base/text.hpp"
#include "platform/http_out.hpp"

namespace fokus::outgoing {
namespace {

using UrlHandle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

UrlHandle make_handle() {
  return UrlHandle(curl_url(), &curl_url_cleanup);
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

// libcurl decodes what is percent-encoded in a host. Names of other letters have their xn-- form.
bool is_host(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
           c == ':';
  });
}

std::string part(CURLU* handle, CURLUPart which, unsigned flags = 0) {
  char* found = nullptr;
  if (curl_url_get(handle, which, &found, flags) != CURLUE_OK || !found) return {};
  std::string out(found);
  curl_free(found);
  return out;
}

std::optional<Url> read(CURLU* handle) {
  Url out;
  out.scheme = part(handle, CURLUPART_SCHEME);
  if (out.scheme != "https" && out.scheme != "http") return std::nullopt;
  out.host = lower_ascii(part(handle, CURLUPART_HOST));
  if (out.host.starts_with('[')) out.host = out.host.substr(1, out.host.size() - 2);
  // A name with a dot at its end is the same host, and would be none of the list.
  if (out.host.ends_with('.') || !is_host(out.host)) return std::nullopt;
  if (!part(handle, CURLUPART_ZONEID).empty()) return std::nullopt;
  const auto port = part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), out.port);
  curl_url_set(handle, CURLUPART_FRAGMENT, nullptr, 0);
  out.path = part(handle, CURLUPART_PATH);
  out.query = part(handle, CURLUPART_QUERY);
  out.text = part(handle, CURLUPART_URL);
  return out;
}

bool set(CURLU* handle, std::string_view text) {
  if (text.empty() || text.size() > limits::url_bytes_max || !is_printable(text)) return false;
  return curl_url_set(handle, CURLUPART_URL, std::string(text).c_str(), CURLU_DISALLOW_USER) ==
         CURLUE_OK;
}

}  // namespace

std::string Url::authority() const {
  std::string out = host.find(':') == host.npos ? host : "[" + host + "]";
  if (port != (scheme == "https" ? 443 : 80)) out += ":" + std::to_string(port);
  return out;
}

std::optional<Url> parse_url(std::string_view text) {
  // Said in full: what has no scheme, or another, would be guessed at.
  const auto start = lower_ascii(text.substr(0, 8));
  if (start != "https://" && !start.starts_with("http://")) return std::nullopt;
  const auto handle = make_handle();
  if (!handle || !set(handle.get(), text)) return std::nullopt;
  return read(handle.get());
}

std::optional<Url> resolve_url(const Url& base, std::string_view location) {
  const auto handle = make_handle();
  if (!handle || !set(handle.get(), base.text) || !set(handle.get(), location)) return std::nullopt;
  return read(handle.get());
}

bool is_listed(const Url& url, const std::vector<std::string>& hosts) {
  const auto authority = url.authority();
  return std::any_of(hosts.begin(), hosts.end(), [&](const std::string& host) {
    if (!host.starts_with("*.")) return host == authority;
    const auto tail = std::string_view(host).substr(1);  // ".example.org"
    return authority.size() > tail.size() && authority.ends_with(tail);
  });
}

bool is_host_pattern(std::string_view text) {
  const bool is_below = text.starts_with("*.");
  if (text.size() > 253 || lower_ascii(text) != text) return false;
  const auto name = text.substr(is_below ? 2 : 0);
  const auto url = parse_url("https://" + std::string(name) + "/");
  // "*.org" would be half of the world.
  const bool is_wide = is_below && name.find('.') == name.npos;
  return url && !is_wide && url->path == "/" && url->query.empty() && url->authority() == name;
}

}  // namespace fokus::outgoing
