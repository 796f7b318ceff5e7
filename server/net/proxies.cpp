// SPDX-License-Identifier: Apache-2.0
#include "net/proxies.hpp"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>
#include <stdexcept>

#include "base/text.hpp"

namespace fokus::net {

namespace {

constexpr int address_bits = 128, mapped_prefix_bits = 96;

// All values of a header that may be repeated, in order.
std::vector<std::string_view> list_header(const Headers& headers, std::string_view name) {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : headers)
    if (same_name(key, name))
      for (auto part : split(value, ',')) values.push_back(trim(part));
  return values;
}

}  // namespace

ProxyTrust::ProxyTrust(const std::vector<std::string>& entries) {
  for (const auto& entry : entries) {
    const auto slash = entry.find('/');
    const auto address = parse_address(std::string_view(entry).substr(0, slash));
    int bits = address_bits;
    if (slash != entry.npos) {
      const auto* end = entry.data() + entry.size();
      const auto parsed = std::from_chars(entry.data() + slash + 1, end, bits);
      if (parsed.ec != std::errc{} || parsed.ptr != end || bits < 0) bits = address_bits + 1;
      if (entry.find(':') == entry.npos) bits += mapped_prefix_bits;
    }
    if (!address || bits > address_bits)
      throw std::runtime_error("trusted proxy is not an address: " + entry);
    networks_.push_back({*address, bits});
  }
}

std::optional<ProxyTrust::Bytes> ProxyTrust::parse_address(std::string_view text) {
  const std::string zero_ended(text);
  Bytes bytes{};
  if (inet_pton(AF_INET6, zero_ended.c_str(), bytes.data()) == 1) return bytes;
  bytes = {};
  bytes[10] = bytes[11] = 0xff;
  if (inet_pton(AF_INET, zero_ended.c_str(), bytes.data() + 12) == 1) return bytes;
  return std::nullopt;
}

bool ProxyTrust::trusts(std::string_view address) const {
  const auto bytes = parse_address(address);
  if (!bytes) return false;
  for (const auto& network : networks_) {
    const auto whole = static_cast<std::size_t>(network.bits / 8);
    if (std::memcmp(bytes->data(), network.address.data(), whole) != 0) continue;
    const int rest = network.bits % 8;
    if (rest == 0) return true;
    const int mask = 0xff << (8 - rest);
    if ((((*bytes)[whole] ^ network.address[whole]) & mask) == 0) return true;
  }
  return false;
}

std::string ProxyTrust::client_address(const std::string& peer, const Headers& headers) const {
  if (!trusts(peer)) return peer;
  const auto hops = list_header(headers, "X-Forwarded-For");
  std::string client = peer;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    if (!parse_address(*hop)) break;  // what stands further left came from outside
    client = *hop;
    if (!trusts(client)) break;
  }
  return client;
}

bool ProxyTrust::is_forwarded_secure(std::string_view peer, const Headers& headers) const {
  if (!trusts(peer)) return false;
  const auto values = list_header(headers, "X-Forwarded-Proto");
  return !values.empty() && same_name(values.back(), "https");
}

}  // namespace fokus::net
