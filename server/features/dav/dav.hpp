// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "access/authenticator.hpp"
#include "access/route.hpp"
#include "features/diary/diary.hpp"
#include "features/selections/selections.hpp"
#include "records/api.hpp"

// CalDAV and CardDAV (RFC 4918, 4791, 6352, 6578, 5397, 6764): the diary, and persons and
// companies, for the programs of phones and desks.
namespace fokus::dav {

namespace limits {
constexpr int cards_default = 5'000;    // of one address book, unless set otherwise
constexpr std::int64_t books_max = 20;  // selections of one user
constexpr int diary_days_back = 180;    // what ended earlier leaves the calendar of the phone
constexpr int diary_days_ahead = 730;
constexpr std::size_t body_bytes_max = 2 << 20;
constexpr std::size_t kept_card_bytes_max = 256'000;  // of a card as it was sent
constexpr std::size_t answer_bytes_max = 64 << 20;
constexpr std::size_t gone_max = 2'000;  // entries that a collection remembers after they went
}  // namespace limits

class Dav {
 public:
  struct Neighbours {
    const access::Parts& access;
    access::Authenticator& authenticator;
    const diary::Diary& diary;
    const selections::Selections& selections;
    int cards_max = limits::cards_default;  // of one address book
  };
  // All outlive this.
  Dav(const records::ApiParts& parts, const Neighbours& neighbours)
      : parts_(parts), neighbours_(neighbours) {}

  // For records::Records::set_record_watch: what a program sent of a record goes with it.
  void follow(store::Transaction& tx, const records::RecordType& type, RecordId id,
              const records::WatchedRecord* before, const records::WatchedRecord* after) const;

  const records::ApiParts& parts() const { return parts_; }
  const access::Parts& access() const { return neighbours_.access; }
  access::Authenticator& authenticator() const { return neighbours_.authenticator; }
  const diary::Diary& diary() const { return neighbours_.diary; }
  const selections::Selections& selections() const { return neighbours_.selections; }
  int cards_max() const { return neighbours_.cards_max; }

 private:
  records::ApiParts parts_;
  Neighbours neighbours_;
};

// What a user chooses to carry along: /api/v1/me/dav.
std::vector<access::Route> dav_routes(const Dav& dav);

// /dav and /.well-known. The user signs in with an e-mail address and an API key as the password
// (Basic), never with a cookie or the password of the account. Every call is written down in the
// access log as other reads and changes are.
std::vector<net::Route> dav_net_routes(const Dav& dav);

}  // namespace fokus::dav
