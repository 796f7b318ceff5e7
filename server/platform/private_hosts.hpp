// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

struct sockaddr;

namespace fokus::outgoing {

// Whether an address is one of the public Internet. Refused are loopback, private, shared (CGNAT),
// link-local, unique-local, multicast, reserved, documentation and benchmark ranges, IPv6 forms
// that carry such an IPv4 address (mapped, NAT64), 6to4, Teredo, and families other than IPv4 and
// IPv6. `address` has the size of its family.
bool is_public_address(const sockaddr& address);

// What the operator of the machine allows beside the public Internet (`private_hosts` of the
// configuration): "registry.internal:8443" may have an address inside the house, and
// "http://127.0.0.1:9100" may be spoken to without TLS too. A value; compares lower-case names.
class PrivateHosts {
 public:
  PrivateHosts() = default;
  // Errors: "app/bad_config" with the field "private_hosts" and not_a_host.
  static Result<PrivateHosts> parse(const std::vector<std::string>& entries);

  bool allows_address(std::string_view host, int port) const;  // any address
  bool allows_plain(std::string_view host, int port) const;    // without TLS; implies the former

 private:
  struct Entry {
    std::string host;
    int port = 0;
    bool is_plain = false;
  };
  std::vector<Entry> entries_;
};

}  // namespace fokus::outgoing
