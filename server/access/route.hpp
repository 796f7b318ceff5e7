// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "access/actor.hpp"
#include "access/contract.hpp"
#include "base/result.hpp"
#include "net/call.hpp"

namespace fokus::access {

// Who may use a route. There is no default: a route without a right does not compile.
class Right {
 public:
  static Right anyone() { return Right(Kind::anyone, {}); }  // before sign-in
  static Right signed_in() {
    return Right(Kind::signed_in, {});
  }  // the handler's queries carry the scope
  static Right function(std::string_view name) { return Right(Kind::function, name); }
  enum class Kind { anyone, signed_in, function };
  Kind kind() const { return kind_; }
  std::string_view name() const { return name_; }

 private:
  Right(Kind kind, std::string_view name) : kind_(kind), name_(name) {}
  Kind kind_;
  std::string_view name_;
};

// One call with its actor. For Right::anyone the scope's actor has no user and no permissions.
struct Visit {
  net::Call& call;
  Scope scope;
};

using Handler = std::function<Result<net::Reply>(Visit&)>;
// What a repeated call under one Idempotency-Key is answered when the first answer said what a
// record holds. `first` has its status and headers.
using Repeat = std::function<Result<net::Reply>(Visit&, const net::Reply& first)>;

// A row of a feature's route table.
struct Route {
  net::Method method;
  std::string path;
  Right right;
  Handler handler;
  Contract contract;
  net::Lane lane = net::Lane::fast;
  std::size_t body_max = 1 << 20;
  bool stream_body = false;
  // With stream_body: what else must hold before the body is read, so that nobody fills the disk
  // who may not. The handler checks again.
  std::function<Status(const Scope&, const net::Call&)> admit = {};
  Repeat repeat = {};  // none: the answer says nothing of records, and is kept as it was
};

}  // namespace fokus::access
