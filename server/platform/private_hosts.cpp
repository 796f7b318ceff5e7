// SPDX-License-Identifier: Apache-2.0
#include "platform/private_hosts.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>

#include "base/text.hpp"

namespace fokus::outgoing {
namespace {

struct Range {
  std::uint32_t first;
  int bits;
};
// What IANA lists as not globally reachable, and multicast.
constexpr Range closed_ranges[] = {
    {0x00000000, 8},   // this network
    {0x0A000000, 8},   // private
    {0x64400000, 10},  // shared with a provider's network (CGNAT)
    {0x7F000000, 8},   // loopback
    {0xA9FE0000, 16},  // link-local; where clouds keep their metadata
    {0xAC100000, 12},  // private
    {0xC0000000, 24},  // protocol assignments
    {0xC0000200, 24},  // documentation
    {0xC0586300, 24},  // relays of 6to4
    {0xC0A80000, 16},  // private
    {0xC6120000, 15},  // benchmarks
    {0xC6336400, 24},  // documentation
    {0xCB007100, 24},  // documentation
    {0xE0000000, 4},   // multicast
    {0xF0000000, 4},   // reserved, broadcast
};

bool is_public(std::uint32_t address) {
  return std::none_of(std::begin(closed_ranges), std::end(closed_ranges), [&](const Range& range) {
    return address >> (32 - range.bits) == range.first >> (32 - range.bits);
  });
}

using Bytes6 = std::array<std::uint8_t, 16>;

std::uint32_t last_four(const Bytes6& bytes) {
  return std::uint32_t{bytes[12]} << 24 | std::uint32_t{bytes[13]} << 16 |
         std::uint32_t{bytes[14]} << 8 | std::uint32_t{bytes[15]};
}

bool begins_with(const Bytes6& bytes, std::initializer_list<std::uint8_t> start) {
  return std::equal(start.begin(), start.end(), bytes.begin());
}

bool is_public(const Bytes6& bytes) {
  const bool is_mapped = begins_with(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF});
  const bool is_nat64 = begins_with(bytes, {0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0});
  if (is_mapped || is_nat64) return is_public(last_four(bytes));
  if (bytes[0] >> 5 != 0b001) return false;  // global unicast is 2000::/3 alone
  const int second = bytes[0] << 8 | bytes[1];
  const int third = bytes[2] << 8 | bytes[3];
  if (second == 0x2001 && (third < 0x200 || third == 0x0DB8)) return false;  // Teredo and the like
  if (second == 0x2002) return false;                                        // 6to4
  return !(second == 0x3FFF && third < 0x1000);                              // documentation
}

// "host:port" with brackets around IPv6. Names are of ASCII: others have their xn-- form here.
struct Place {
  std::string host;
  int port = 0;
};
std::optional<Place> parse_place(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos || colon == 0) return std::nullopt;
  Place out;
  const auto port = text.substr(colon + 1);
  const auto [end, failed] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (failed != std::errc{} || end != port.data() + port.size()) return std::nullopt;
  if (out.port < 1 || out.port > 65535) return std::nullopt;
  auto host = text.substr(0, colon);
  const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  const bool fits = std::all_of(host.begin(), host.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || (c == ':' && is_bracketed);
  });
  if (!fits) return std::nullopt;
  out.host = lower_ascii(host);
  return out;
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four;
    std::memcpy(&four, &address, sizeof four);
    return is_public(ntohl(four.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 six;
  std::memcpy(&six, static_cast<const void*>(&address), sizeof six);
  Bytes6 bytes;
  std::memcpy(bytes.data(), &six.sin6_addr, bytes.size());
  return is_public(bytes);
}

Result<PrivateHosts> PrivateHosts::parse(const std::vector<std::string>& entries) {
  constexpr std::string_view plain = "http://";
  PrivateHosts out;
  for (const auto& text : entries) {
    const bool is_plain = text.starts_with(plain);
    const auto place = parse_place(std::string_view(text).substr(is_plain ? plain.size() : 0));
    if (!place) return field_error("app/bad_config", "private_hosts", "not_a_host");
    out.entries_.push_back({place->host, place->port, is_plain});
  }
  return out;
}

bool PrivateHosts::allows_address(std::string_view host, int port) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return entry.host == host && entry.port == port; });
}

bool PrivateHosts::allows_plain(std::string_view host, int port) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.is_plain && entry.host == host && entry.port == port;
  });
}

}  // namespace fokus::outgoing
