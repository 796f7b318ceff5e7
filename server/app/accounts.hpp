// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "access/access_api.hpp"
#include "app/house.hpp"

namespace fokus::app {

// Lets a user sign in: password and roles, in the caller's transaction. The hash comes from
// hash_password(), which takes 50 ms and must not run inside a transaction; empty: no password.
// Errors: "access/role_not_found".
Status give_account(House& house, store::Transaction& tx, UserId user,
                    std::string_view password_hash, std::string_view role,
                    const std::vector<GroupId>& other_groups);
// The rules for people's passwords do not apply to what an operator gives. Errors: "access/busy".
Result<std::string> hash_password(House& house, std::string_view password);

struct NewUser {
  std::string email, name, role = "sales", group = "Fokus", password;
};
// A user of the record engine with its primary group, which is made when there is none of the name.
Result<UserId> create_user(House& house, const NewUser& user);
Result<UserId> find_user(House& house, const std::string& email);

// Users for the access room, which cannot reach the record engine that makes them.
class UserAccounts final : public access::UserRecords {
 public:
  explicit UserAccounts(House& house) : house_(house) {}
  Result<UserId> create(store::Transaction& tx, const access::Scope& scope,
                        const access::NewUser& user) override;
  Status set_up(store::Transaction& tx, const access::Scope& scope, const access::NewUser& first,
                const access::NewInstallation& installation) override;
  Status change(store::Transaction& tx, const access::Scope& scope, UserId user,
                const boost::json::object& values) override;

 private:
  House& house_;
};

// Settings of the installation, changed by the program's operator. Errors: "settings/invalid".
Status change_settings(House& house, store::Transaction& tx, const boost::json::object& values);

// What the program itself runs commands as.
access::Scope command_scope(std::string route);

}  // namespace fokus::app
