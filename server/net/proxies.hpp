// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/headers.hpp"

namespace fokus::net {

// Which peers may say who the client is. Entries are addresses or networks ("10.0.0.0/8").
class ProxyTrust {
 public:
  explicit ProxyTrust(const std::vector<std::string>& entries);  // throws std::runtime_error

  bool trusts(std::string_view address) const;
  // The client behind `peer`: from the right end of X-Forwarded-For, the first one not trusted.
  std::string client_address(const std::string& peer, const Headers& headers) const;
  bool is_forwarded_secure(std::string_view peer, const Headers& headers) const;

 private:
  using Bytes = std::array<unsigned char, 16>;  // IPv4 as ::ffff:a.b.c.d
  struct Network {
    Bytes address;
    int bits;
  };
  static std::optional<Bytes> parse_address(std::string_view text);

  std::vector<Network> networks_;
};

}  // namespace fokus::net
