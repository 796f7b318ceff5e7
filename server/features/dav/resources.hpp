// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "features/dav/dav.hpp"

// What programs put: bodies as they were sent, per user and record.
namespace fokus::dav {

struct Resource {
  std::int64_t record = 0;
  std::string name, uid;    // as the program chose them
  std::string digest;       // of the body
  std::string whole_state;  // the state of the record of which the body says all; or empty
  std::string body = {};    // only when one is asked for
};

class Resources {
 public:
  Resources(const Dav& dav, UserId user, std::string_view type)
      : sql_(dav.parts().statements), clock_(dav.parts().clock), user_(user), type_(type) {}

  std::map<std::int64_t, Resource> list(store::Session& session) const;  // by record
  std::optional<Resource> find(store::Session& session, std::int64_t record) const;
  // Without its body.
  std::optional<Resource> find_named(store::Session& session, std::string_view name) const;
  std::vector<std::int64_t> list_of_uid(store::Session& session, std::string_view uid) const;
  // Name and uid stay what they were when the record has some already. A name that another record
  // had, which is gone, is this one's from now on.
  void save(store::Transaction& tx, const Resource& resource) const;

 private:
  const store::Statements& sql_;
  const Clock& clock_;
  UserId user_;
  std::string type_;
};

std::string digest_of(std::string_view text);  // 32 hex digits
// Of an entry whose record is in that state and of which a program put a body with that digest.
std::string etag_of(const std::string& state, const std::string& body_digest);

}  // namespace fokus::dav
