// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <vector>

#include "access/access_log.hpp"
#include "access/authenticator.hpp"
#include "access/roles.hpp"
#include "access/route.hpp"
#include "access/sign_in.hpp"
#include "access/tokens.hpp"

namespace fokus::access {

struct NewUser {
  std::string name, email, language, time_zone;
};
// What the first administrator says about the installation; empty: the default.
struct NewInstallation {
  std::string company_name, currency;
};

// Users are records, and records are made by the save recipe, which lives above this room. The
// composition root hands it in. All run in the caller's transaction.
class UserRecords {
 public:
  virtual ~UserRecords() = default;
  // Also gives the user a primary group, when there is none yet in the program. Errors: the
  // recipe's.
  virtual Result<UserId> create(store::Transaction& tx, const Scope& scope,
                                const NewUser& user) = 0;
  // Once, with the first administrator. Errors: "settings/invalid" with the setting.
  virtual Status set_up(store::Transaction& tx, const Scope& scope, const NewUser& first,
                        const NewInstallation& installation) = 0;
  virtual Status change(store::Transaction& tx, const Scope& scope, UserId user,
                        const boost::json::object& values) = 0;
};

struct ApiParts {
  const Parts& parts;
  SignIn& sign_in;
  Tokens& tokens;
  Roles& roles;
  Authenticator& authenticator;
  AccessLog& log;
  UserRecords& users;
};

// The routes of this room, to be bound with bind_route(). Outlives them.
//   session_api.cpp   sign-in, set-up, redeeming a password link
//   me_api.cpp        what one may see and change of oneself
//   admin_api.cpp     roles, groups and links of others, the access log
class AccessApi {
 public:
  explicit AccessApi(const ApiParts& parts) : p_(parts) {}
  std::vector<Route> routes();

 private:
  void add_session_routes(std::vector<Route>& out);
  void add_me_routes(std::vector<Route>& out);
  void add_own_token_routes(std::vector<Route>& out);
  void add_admin_routes(std::vector<Route>& out);

  Result<net::Reply> sign_in(Visit& visit);
  Result<net::Reply> sign_out(Visit& visit);
  Result<net::Reply> set_up(Visit& visit);
  Result<net::Reply> redeem_link(Visit& visit);
  net::Reply open_reply(const net::Call& call, const SignedIn& in);

  Result<net::Reply> get_me(const Scope& scope);
  Result<net::Reply> change_me(Visit& visit);
  Result<net::Reply> change_password(Visit& visit);
  Result<net::Reply> list_sessions(Visit& visit);
  Result<net::Reply> list_keys(Visit& visit);
  Result<net::Reply> create_key(Visit& visit);

  Result<net::Reply> list_roles(Visit& visit);
  Result<net::Reply> create_role(Visit& visit);
  Result<net::Reply> update_role(Visit& visit);
  Result<net::Reply> get_user_access(Visit& visit);
  Result<net::Reply> put_user_roles(Visit& visit);
  Result<net::Reply> put_user_groups(Visit& visit);
  Result<net::Reply> create_password_link(Visit& visit);
  Result<net::Reply> list_access_log(Visit& visit);

  // Administration and sign-ins stand in the access log like every other access.
  void trace_refusal(const Scope& scope, std::string_view email, const Error& error);
  void trace(const Scope& scope, std::string action, std::string type,
             std::vector<std::int64_t> ids);

  ApiParts p_;
};

}  // namespace fokus::access
