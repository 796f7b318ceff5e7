// SPDX-License-Identifier: Apache-2.0
#include "access/basic_door.hpp"

#include "access/throttle.hpp"
#include "base/text.hpp"
#include "platform/crypto.hpp"
#include "platform/locale.hpp"

namespace fokus::access {
namespace {

constexpr std::size_t header_bytes_max = 1'000;

// The alphabet of RFC 4648, 4, in that of 5 and without padding.
std::string url_alphabet(std::string_view text) {
  std::string out(text);
  while (out.ends_with('=')) out.pop_back();
  for (char& c : out) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  return out;
}

}  // namespace

std::optional<BasicCredential> parse_basic(const net::Call& call) {
  const auto header = call.header("authorization");
  constexpr std::string_view scheme = "basic ";
  if (!header || header->size() > header_bytes_max ||
      lower_ascii(header->substr(0, scheme.size())) != scheme)
    return std::nullopt;
  const auto text = crypto::from_base64url(url_alphabet(trim(header->substr(scheme.size()))));
  if (!text || !is_clean_utf8(*text)) return std::nullopt;
  const auto colon = text->find(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  return BasicCredential{text->substr(0, colon), text->substr(colon + 1)};
}

Result<Actor> BasicDoor::open(const net::Call& call) const {
  const Error refused = make_error(ErrorKind::unauthenticated, "access/sign_in_required");
  const auto credential = parse_basic(call);
  if (!credential) return refused;
  // A key has 256 bits: it is looked up before anything is counted, since nobody guesses one, and
  // phones ask every few minutes.
  auto actor = authenticator_.authenticate_key(credential->secret);
  if (actor && fold(actor->email) == fold(credential->name)) return actor;
  Throttle throttle(parts_);
  // Of every name that is made up a row would be kept; a few names share one. Nobody who has a key
  // comes this far, so nobody waits for what another one tried.
  const auto names = crypto::hmac_sha256(parts_.secret, fold(credential->name));
  const std::string account =
      "dav|" + crypto::to_hex(names).substr(0, 1) + "|" + address_of(call.remote);
  TRY(throttle.charge(throttle.make_attempt(account, call.remote, true)));
  return refused;
}

}  // namespace fokus::access
