// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "access/authenticator.hpp"
#include "access/parts.hpp"

namespace fokus::access {

// "Authorization: Basic …" taken apart. Nothing for another scheme, or what is no clean text.
struct BasicCredential {
  std::string name, secret;
};
std::optional<BasicCredential> parse_basic(const net::Call& call);

// For programs that can only send a name and a password (CalDAV, CardDAV): the e-mail address of
// the user, and an API key of theirs. The password of the account opens nothing here, so that it
// lies on no phone and a second factor cannot be walked around; cookies are not looked at, so that
// no page of another site can make a browser call. Thread-safe.
class BasicDoor {
 public:
  // Both outlive it.
  BasicDoor(const Parts& parts, Authenticator& authenticator)
      : parts_(parts), authenticator_(authenticator) {}

  // Failures count as at the sign-in, for this name and address, on an account of their own: a
  // phone that keeps asking with a key that was revoked keeps nobody else out. Errors:
  // "access/sign_in_required"; "access/throttled" with params retry_after_s.
  Result<Actor> open(const net::Call& call) const;

 private:
  const Parts& parts_;
  Authenticator& authenticator_;
};

}  // namespace fokus::access
