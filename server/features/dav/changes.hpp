// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/dav/dav.hpp"

// What became of a collection since a program last asked (RFC 6578): the entries as they are now
// are compared with those of the last call, whatever the reason why they differ: a change of a
// record, of rights, of a selection, or the passing of time.
namespace fokus::dav {

struct Member {
  std::string name, etag;
  std::int64_t id = 0;     // of the record
  std::string state = {};  // of the record, without what a program put
};

struct Changes {
  std::string token;  // of now
  std::vector<std::string> changed, gone;
};

class ChangeLog {
 public:
  ChangeLog(const Dav& dav, UserId user, std::string collection)
      : dav_(dav), user_(user), collection_(std::move(collection)) {}

  // Takes down what is new in `members`, which are all of the collection, and returns the token of
  // that state.
  std::string token(const std::vector<Member>& members) const;
  // What changed after that token; an empty one asks for all. Error: "dav/invalid_sync_token"
  // (forbidden) for one that is not of this collection or too old.
  Result<Changes> since(const std::vector<Member>& members, std::string_view token) const;

 private:
  struct Head {
    std::string epoch;
    std::int64_t seq = 0, floor = 0;
  };
  struct Known {
    std::string etag;
    std::int64_t seq = 0;
    bool is_gone = false;
  };
  using KnownMembers = std::map<std::string, Known, std::less<>>;

  Head refresh(const std::vector<Member>& members) const;
  std::optional<Head> read_head(store::Session& session) const;
  KnownMembers read_known(store::Session& session) const;
  Head write_down(store::Transaction& tx, const std::vector<Member>& members) const;
  std::string token_of(const Head& head) const;

  const Dav& dav_;
  UserId user_;
  std::string collection_;
};

}  // namespace fokus::dav
