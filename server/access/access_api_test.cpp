// SPDX-License-Identifier: Apache-2.0
#include "access/access_api.hpp"

#include "access/access_testing.hpp"
#include "base/text.hpp"

namespace fokus::access {
namespace {

namespace json = boost::json;

// The save recipe as far as this room can see it.
class PlainUsers final : public UserRecords {
 public:
  Status set_up(store::Transaction&, const Scope&, const NewUser&,
                const NewInstallation& installation) override {
    currency = installation.currency;
    return {};
  }
  Result<UserId> create(store::Transaction& tx, const Scope&, const NewUser& user) override {
    const std::string folded = fold(user.email);
    return UserId{tx.query_integer(
        "INSERT INTO users (name, email, email_f, primary_group, active, theme, density)"
        " VALUES ($1, $2, $3, 1, 1, 'system', 'comfortable') RETURNING id",
        {user.name, user.email, folded})};
  }
  Status change(store::Transaction& tx, const Scope&, UserId user,
                const json::object& values) override {
    for (const auto& [name, value] : values)
      tx.execute("UPDATE users SET " + std::string(name) + " = $2 WHERE id = $1",
                 {user, std::string_view(value.as_string())});
    return {};
  }
  std::string currency;
};

class TheApi : public testing::AccessTest {
 protected:
  void SetUp() override {
    AccessTest::SetUp();
    if (IsSkipped()) return;
    log.emplace(**scratch, *statements, clock, random);
    api.emplace(ApiParts{*parts, *sign_in, *tokens, *roles, *authenticator, *log, users});
    for (auto& route : api->routes()) routes.push_back(bind_route(std::move(route), *gate));
  }
  // Finds the route by its pattern; "{id}" is given apart.
  net::Reply send(net::Method method, std::string pattern, std::string body = {},
                  std::string token = {}, std::string id = {}) {
    for (auto& route : routes) {
      if (route.method != method || route.path != "/api/v1" + pattern) continue;
      auto c = from_same_site(call(method, route.path));
      if (!token.empty()) c.headers.emplace_back("Cookie", "fokus=" + token);
      if (!id.empty()) c.path_params["id"] = id;
      c.query = query;
      c.body = std::move(body);
      return route.handler(c);
    }
    ADD_FAILURE() << "no route " << pattern;
    return {};
  }
  static std::string code(const net::Reply& reply) {
    return std::string(json::parse(reply.body).at("code").as_string());
  }
  static std::string cookie(const net::Reply& reply) {
    for (const auto& [name, value] : reply.headers)
      if (name == "Set-Cookie" && value.starts_with("fokus="))
        return value.substr(6, value.find(';') - 6);
    return {};
  }
  std::string token_of(std::string_view email) { return sign_in->sign_in(request(email))->token; }
  PlainUsers users;
  std::optional<AccessLog> log;
  std::optional<AccessApi> api;
  std::vector<net::Route> routes;
  std::vector<std::pair<std::string, std::string>> query;
};
INSTANTIATE_EACH_ENGINE(TheApi);
using net::Method;

TEST_P(TheApi, SetUpMakesTheFirstAdministratorOnce) {
  EXPECT_EQ(send(Method::get, "/setup").body, R"({"needed":true})");
  const auto link = tokens->create_link(LinkKind::setup, UserId{});
  const auto body = [&](std::string token, std::string password) {
    return json::serialize(json::object{
        {"token", token}, {"name", "Ida"}, {"email", "ida@nordlys.dk"}, {"password", password}});
  };
  EXPECT_EQ(code(send(Method::post, "/setup", body("no", "grønne elefanter danser"))),
            "access/link_invalid");
  EXPECT_EQ(code(send(Method::post, "/setup", body(link, "kort"))), "access/password_weak");
  const auto reply = send(Method::post, "/setup", body(link, "grønne elefanter danser"));
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(send(Method::get, "/setup").body, R"({"needed":false})");
  EXPECT_EQ(code(send(Method::post, "/setup", body(link, "grønne elefanter danser"))),
            "access/link_invalid");
  const auto me = json::parse(send(Method::get, "/me", "", cookie(reply)).body);
  EXPECT_EQ(me.at("email"), "ida@nordlys.dk");
  EXPECT_EQ(me.at("primary_group").at("name"), "Salg");
  EXPECT_EQ(me.at("roles").at(0).at("key"), "administrator");
  EXPECT_TRUE(me.at("types").at("*").at("read").as_bool());
  EXPECT_FALSE(me.at("totp_enabled").as_bool());
  // A link that was printed before somebody was made another way makes nobody.
  const auto late = tokens->create_link(LinkKind::setup, UserId{});
  EXPECT_EQ(code(send(Method::post, "/setup", body(late, "grønne elefanter danser"))),
            "access/link_invalid");
}

TEST_P(TheApi, SetUpIsOverWithAUserWhoHasNoPasswordYet) {
  const auto setup = tokens->create_link(LinkKind::setup, UserId{});
  const UserId user = add_user("Ida Holm", "ida@nordlys.dk", "administrator");
  EXPECT_EQ(send(Method::get, "/setup").body, R"({"needed":false})");
  EXPECT_EQ(code(send(Method::post, "/setup",
                      json::serialize(json::object{{"token", setup},
                                                   {"name", "Eve"},
                                                   {"email", "eve@nordlys.dk"},
                                                   {"password", "grønne elefanter danser"}}))),
            "access/link_invalid");
  const auto link = tokens->create_link(LinkKind::password, user);
  EXPECT_EQ(
      send(Method::post, "/password-link/redemption",
           json::serialize(json::object{{"token", link}, {"password", "grønne elefanter danser"}}))
          .status,
      204);
  EXPECT_EQ(send(Method::post, "/sign-in",
                 R"({"email":"ida@nordlys.dk","password":"grønne elefanter danser"})")
                .status,
            201);
}

TEST_P(TheApi, SignInSetsCookiesAndIsLogged) {
  const UserId user = add_user_with_password("ida@nordlys.dk");
  const auto reply = send(Method::post, "/sign-in",
                          R"({"email":"ida@nordlys.dk","password":"grønne elefanter danser"})");
  ASSERT_EQ(reply.status, 201) << reply.body;
  const std::string token = cookie(reply);
  EXPECT_EQ(reply.body.find(token), std::string::npos);
  EXPECT_EQ(log->list({}).at(0).action, "sign_in");
  EXPECT_EQ(log->list({}).at(0).user, user);
  EXPECT_EQ(send(Method::get, "/me", "", token).status, 200);
  EXPECT_EQ(send(Method::remove, "/session", "", token).status, 204);
  EXPECT_EQ(send(Method::get, "/me", "", token).status, 401);
  EXPECT_EQ(send(Method::post, "/sign-in", "{").status, 400);
  EXPECT_EQ(send(Method::post, "/sign-in", R"({"email":1,"password":"x"})").status, 422);
  EXPECT_EQ(code(send(Method::post, "/sign-in", R"({"email":"a@b.dk","password":"x"})")),
            "access/sign_in_refused");
}

TEST_P(TheApi, PreferencesAreChecked) {
  add_user_with_password("ida@nordlys.dk");
  const auto token = token_of("ida@nordlys.dk");
  const auto reply = send(Method::patch, "/me", R"({"language":"en","theme":"dark"})", token);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(json::parse(reply.body).at("theme"), "dark");
  EXPECT_EQ(json::parse(reply.body).at("language"), "en");
  for (const char* body : {R"({"language":"xx"})", R"({"theme":"pink"})", R"({"density":3})",
                           R"({"time_zone":"Europe/Atlantis"})", R"({"theme":"a\u0000"})"})
    EXPECT_EQ(send(Method::patch, "/me", body, token).status, 422) << body;
}

TEST_P(TheApi, KeysAndSessionsThroughTheApi) {
  add_user_with_password("ida@nordlys.dk");
  const auto token = token_of("ida@nordlys.dk");
  const auto other = token_of("ida@nordlys.dk");
  const auto made = send(Method::post, "/me/keys", R"({"name":"Robot","scopes":["read"]})", token);
  ASSERT_EQ(made.status, 201) << made.body;
  const auto key = json::parse(made.body);
  const auto listed = send(Method::get, "/me/keys", "", token).body;
  EXPECT_EQ(listed.find(std::string(key.at("token").as_string())), std::string::npos);
  EXPECT_TRUE(json::parse(listed).at("items").at(0).at("expires_at").is_string());  // a year on
  for (const char* body :
       {R"({"name":"x"})", R"({"name":"x","scopes":[1]})", R"({"name":"x","scopes":["fly"]})",
        R"({"name":"x","scopes":["read"],"expires_at":"soon"})"})
    EXPECT_EQ(send(Method::post, "/me/keys", body, token).status, 422) << body;
  auto by_key =
      with_key(call(Method::post, "/api/v1/me/keys"), std::string(key.at("token").as_string()));
  by_key.body = R"({"name":"Child","scopes":["*"]})";
  for (auto& route : routes) {
    if (route.method != Method::post || route.path != "/api/v1/me/keys") continue;
    EXPECT_EQ(code(route.handler(by_key)), "access/forbidden");
  }
  const auto id = std::to_string(key.at("id").as_int64());
  EXPECT_EQ(send(Method::remove, "/me/keys/{id}", "", token, id).status, 204);
  EXPECT_EQ(send(Method::remove, "/me/keys/{id}", "", token, id).status, 404);
  EXPECT_EQ(send(Method::remove, "/me/keys/{id}", "", token, "x'").status, 404);
  EXPECT_EQ(
      json::parse(send(Method::get, "/me/sessions", "", token).body).at("items").as_array().size(),
      2u);
  EXPECT_EQ(send(Method::remove, "/me/sessions", "", token).status, 204);
  EXPECT_EQ(send(Method::get, "/me", "", other).status, 401);
  EXPECT_EQ(send(Method::get, "/me", "", token).status, 200);
}

TEST_P(TheApi, AdministrationNeedsTheRight) {
  add_user_with_password("bo@nordlys.dk", "sales");
  const auto token = token_of("bo@nordlys.dk");
  EXPECT_EQ(send(Method::get, "/roles", "", token).status, 403);
  EXPECT_EQ(send(Method::put, "/users/{id}/roles", R"({"roles":[1]})", token, "1").status, 403);
  EXPECT_EQ(send(Method::post, "/users/{id}/password-link", "", token, "1").status, 403);
  EXPECT_EQ(send(Method::get, "/access-log", "", token).status, 403);
}

TEST_P(TheApi, AdministratorsGiveRolesGroupsAndLinks) {
  add_user_with_password("chief@nordlys.dk", "administrator");
  const UserId user = add_user("Bo", "bo@nordlys.dk", "");
  const auto id = std::to_string(user.value);
  const auto token = token_of("chief@nordlys.dk");
  const auto role = send(
      Method::post, "/roles",
      R"({"key":"trainee","name":"Elev","definition":{"types":{"*":{"read":["mine"]}}}})", token);
  ASSERT_EQ(role.status, 201) << role.body;
  const auto role_id = json::parse(role.body).at("id").as_int64();
  EXPECT_EQ(send(Method::put, "/users/{id}/roles",
                 json::serialize(json::object{{"roles", {role_id}}}), token, id)
                .status,
            200);
  const auto access = send(Method::put, "/users/{id}/groups", R"({"groups":[2,3]})", token, id);
  EXPECT_EQ(json::parse(access.body).at("groups"), json::array({2, 3}));
  EXPECT_EQ(json::parse(access.body).at("roles").at(0).at("key"), "trainee");
  EXPECT_EQ(send(Method::put, "/users/{id}/roles", R"({"roles":["1"]})", token, id).status, 422);
  EXPECT_EQ(send(Method::put, "/users/{id}/roles", R"({"roles":[99]})", token, id).status, 404);
  EXPECT_EQ(send(Method::put, "/users/{id}/roles", R"({"roles":[]})", token, "999").status, 404);
  const auto link = send(Method::post, "/users/{id}/password-link", "", token, id);
  const auto path = std::string(json::parse(link.body).at("path").as_string());
  const auto redeem = json::serialize(
      json::object{{"token", path.substr(path.find('#') + 1)}, {"password", "helt andre ord her"}});
  EXPECT_EQ(send(Method::post, "/password-link/redemption", redeem).status, 204);
  EXPECT_EQ(code(send(Method::post, "/password-link/redemption", redeem)), "access/link_invalid");
  EXPECT_TRUE(sign_in->sign_in(request("bo@nordlys.dk", "helt andre ord her")).ok());
}

TEST_P(TheApi, ReadingTheLogIsLogged) {
  add_user_with_password("chief@nordlys.dk", "administrator");
  const auto token = token_of("chief@nordlys.dk");
  EXPECT_EQ(
      json::parse(send(Method::get, "/access-log", "", token).body).at("items").as_array().size(),
      0u);
  const auto again = json::parse(send(Method::get, "/access-log", "", token).body);
  EXPECT_EQ(again.at("items").at(0).at("action"), "read_access_log");
  query = {{"limit", "1"}};
  EXPECT_EQ(json::parse(send(Method::get, "/access-log", "", token).body).at("next"), "2");
  for (const auto& bad :
       std::vector<std::pair<std::string, std::string>>{{"limit", "0"},
                                                        {"limit", "501"},
                                                        {"id", "5"},
                                                        {"from", "soon"},
                                                        {"type", "a b"},
                                                        {"cursor", "-1"},
                                                        {"user", "9999999999999999999999"}}) {
    query = {bad};
    EXPECT_EQ(send(Method::get, "/access-log", "", token).status, 422) << bad.first;
  }
  EXPECT_EQ(log->verify().broken_at, 0);
}

}  // namespace
}  // namespace fokus::access
