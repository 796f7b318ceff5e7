// SPDX-License-Identifier: Apache-2.0
#include "app/accounts.hpp"

#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/schema.hpp"

namespace fokus::app {
namespace {

// What a terminal hands over may hold more than it shows.
Status check_name(std::string_view field, std::string_view name) {
  if (!is_clean_utf8(name)) return field_error("records/invalid", std::string(field), "not_utf8");
  const auto flaw = flaw_of_name(name);
  return flaw.empty()
             ? Status()
             : Status(field_error("records/invalid", std::string(field), std::string(flaw)));
}

}  // namespace

access::Scope command_scope(std::string route) {
  access::Scope scope;
  scope.actor = access::system_actor();
  scope.route = std::move(route);
  return scope;
}

Status give_account(House& house, store::Transaction& tx, UserId user,
                    std::string_view password_hash, std::string_view role,
                    const std::vector<GroupId>& other_groups) {
  if (!password_hash.empty()) house.sign_in->store_password(tx, user, password_hash, 0);
  const auto role_id = house.roles->find_by_key(tx, role);
  if (!role_id) return field_error("access/role_not_found", "role", "not_a_role");
  TRY(house.roles->assign_roles(tx, user, std::array{*role_id}));
  if (!other_groups.empty()) TRY(house.roles->assign_groups(tx, user, other_groups));
  tx.notify(access::access_changed_channel, "account");
  return {};
}

Result<std::string> hash_password(House& house, std::string_view password) {
  if (password.empty()) return std::string();
  return house.sign_in->hash_password(password);
}

Result<UserId> create_user(House& house, const NewUser& user) {
  const auto scope = command_scope("cli:user add");
  TRY(check_name("name", user.name));
  TRY(check_name("group", user.group));
  const std::string hash = TRY(hash_password(house, user.password));
  return house.database->write([&](store::Transaction& tx) -> Result<UserId> {
    const auto dictionary = house.dictionary.current();
    std::int64_t group =
        tx.query_integer("SELECT id FROM groups WHERE name_f = $1", {fold(user.group)});
    if (group == 0)
      group = TRY(house.records->create(tx, scope, *dictionary->find("group"),
                                        {{"name", user.group}}, {0, {}, "create"}))
                  .id.value;
    const auto saved = TRY(house.records->create(
        tx, scope, *dictionary->find("user"),
        {{"name", user.name}, {"email", user.email}, {"primary_group", group}}, {0, {}, "create"}));
    TRY(give_account(house, tx, UserId{saved.id.value}, hash, user.role, {}));
    house.tokens->retire_setup(tx);
    return UserId{saved.id.value};
  });
}

Result<UserId> UserAccounts::create(store::Transaction& tx, const access::Scope& scope,
                                    const access::NewUser& user) {
  const auto dictionary = house_.dictionary.current();
  std::int64_t group = tx.query_integer("SELECT id FROM groups ORDER BY id LIMIT 1");
  if (group == 0)
    group = TRY(house_.records->create(tx, scope, *dictionary->find("group"), {{"name", "Fokus"}},
                                       {0, {}, "create"}))
                .id.value;
  boost::json::object values{{"name", user.name}, {"email", user.email}, {"primary_group", group}};
  if (!user.language.empty()) values["language"] = user.language;
  if (!user.time_zone.empty()) values["time_zone"] = user.time_zone;
  const auto saved =
      TRY(house_.records->create(tx, scope, *dictionary->find("user"), values, {0, {}, "create"}));
  return UserId{saved.id.value};
}

Status UserAccounts::set_up(store::Transaction& tx, const access::Scope&,
                            const access::NewUser& first,
                            const access::NewInstallation& installation) {
  boost::json::object values;
  if (!installation.company_name.empty()) values["company_name"] = installation.company_name;
  if (!installation.currency.empty()) values["base_currency"] = installation.currency;
  if (!first.language.empty()) values["default_language"] = first.language;
  if (!first.time_zone.empty()) values["default_time_zone"] = first.time_zone;
  return change_settings(house_, tx, values);
}

Status change_settings(House& house, store::Transaction& tx, const boost::json::object& values) {
  const records::SettingChange by{house.clock.now().ms, 0, "system"};
  if (!TRY(records::save_settings(tx, *house.statements, values, by))) return {};
  return records::publish_dictionary(tx, *house.statements, embedded_model(), house.dictionary,
                                     house.clock.now());
}

Status UserAccounts::change(store::Transaction& tx, const access::Scope& scope, UserId user,
                            const boost::json::object& values) {
  const auto dictionary = house_.dictionary.current();
  // One's own language and theme are not administration: the routes have checked whose they are.
  access::Scope own = scope;
  own.actor.kind = access::ActorKind::system;
  TRY(house_.records->update(tx, own, *dictionary->find("user"), RecordId{user.value}, values,
                             std::nullopt, {0, {}, "update"}));
  return {};
}

Result<UserId> find_user(House& house, const std::string& email) {
  const std::int64_t id = house.database->read([&](store::Session& session) {
    return session.query_integer("SELECT id FROM users WHERE email_f = $1", {fold(email)});
  });
  if (id == 0) return field_error("access/user_not_found", "user", "not_found");
  return UserId{id};
}

}  // namespace fokus::app
