// SPDX-License-Identifier: Apache-2.0
#include "access/access_testing.hpp"

namespace fokus::access {
namespace {

class TheGate : public testing::AccessTest {
 protected:
  void SetUp() override {
    AccessTest::SetUp();
    if (IsSkipped()) return;
    user = add_user_with_password("ida@nordlys.dk");
    token = sign_in->sign_in(request("ida@nordlys.dk"))->token;
  }
  net::Reply visit(net::Method method, net::Call c, Right right = Right::signed_in()) {
    Route route{method, "/api/v1/things", right,
                [this](Visit& v) -> Result<net::Reply> {
                  ++runs;
                  seen = v.scope;
                  if (v.call.body == "refuse") return make_error(ErrorKind::conflict, "x/no");
                  if (v.call.body == "throw") throw std::runtime_error("no");
                  return net::Reply::json("{\"run\":" + std::to_string(runs) + "}", 201);
                },
                "things"};
    return bind_route(std::move(route), *gate).handler(c);
  }
  net::Call post(std::string body = "{}") {
    auto c = call(net::Method::post, "/api/v1/things");
    c.body = std::move(body);
    return c;
  }
  UserId user;
  std::string token;
  int runs = 0;
  Scope seen;
};
INSTANTIATE_EACH_ENGINE(TheGate);

TEST_P(TheGate, AsksForASignIn) {
  EXPECT_EQ(visit(net::Method::get, call(net::Method::get, "/")).status, 401);
  EXPECT_EQ(visit(net::Method::get, with_cookie(call(net::Method::get, "/"), "nonsense")).status,
            401);
  EXPECT_EQ(visit(net::Method::get, with_key(call(net::Method::get, "/"), "fk_nonsense")).status,
            401);
  EXPECT_EQ(visit(net::Method::get, with_key(call(net::Method::get, "/"), token)).status, 401);
  EXPECT_EQ(runs, 0);
  EXPECT_EQ(visit(net::Method::get, call(net::Method::get, "/"), Right::anyone()).status, 201);
  EXPECT_FALSE(seen.actor.user);
  EXPECT_FALSE(seen.permissions().may("company", Action::read));
}

TEST_P(TheGate, MakesTheScope) {
  auto c = with_cookie(call(net::Method::get, "/api/v1/things"), token);
  c.headers.emplace_back("X-Purpose", "marketing");
  EXPECT_EQ(visit(net::Method::get, c).status, 201);
  EXPECT_EQ(seen.actor.user, user);
  EXPECT_EQ(seen.purpose, "marketing");
  EXPECT_EQ(seen.route, "GET /api/v1/things");
  EXPECT_EQ(seen.call_id, c.id);
  EXPECT_FALSE(seen.see_restricted);
  for (const char* unknown : {"a'b", "anything", ""}) {
    c.headers.back().second = unknown;
    EXPECT_EQ(visit(net::Method::get, c).status, 422) << unknown;
  }
  c.headers.back().second = "customer_care";
  EXPECT_EQ(visit(net::Method::get, c).status, 201);
}

TEST_P(TheGate, ChecksTheFunction) {
  const auto c = with_cookie(call(net::Method::get, "/"), token);
  EXPECT_EQ(visit(net::Method::get, c, Right::function(functions::administer)).status, 403);
  EXPECT_EQ(runs, 0);
}

TEST_P(TheGate, SaysInTheCallWhoCalls) {
  const Route route{net::Method::get, "/api/v1/things", Right::signed_in(),
                    [](Visit&) -> Result<net::Reply> { return net::Reply::json("{}"); }, "things"};
  const Route closed{net::Method::get, "/api/v1/things", Right::function(functions::administer),
                     [](Visit&) -> Result<net::Reply> { return net::Reply::json("{}"); }, "things"};
  auto known = with_cookie(call(net::Method::get, "/"), token);
  EXPECT_EQ(bind_route(route, *gate).handler(known).status, 200);
  EXPECT_EQ(known.user, user.value);
  auto refused = with_cookie(call(net::Method::get, "/"), token);
  EXPECT_EQ(bind_route(closed, *gate).handler(refused).status, 403);
  EXPECT_EQ(refused.user, user.value);
  auto socket = with_cookie(from_same_site(call(net::Method::get, "/")), token);
  EXPECT_TRUE(open_scope_for_socket(socket, "GET /events", *gate).ok());
  EXPECT_EQ(socket.user, user.value);
  auto stranger = call(net::Method::get, "/");
  EXPECT_EQ(bind_route(route, *gate).handler(stranger).status, 401);
  EXPECT_EQ(stranger.user, 0);
}

TEST_P(TheGate, RefusesWhatAnotherSiteSends) {
  EXPECT_EQ(visit(net::Method::post, with_cookie(post(), token)).status, 403);  // no word of it
  const auto with = [&](const char* name, const char* value) {
    auto c = with_cookie(post(), token);
    c.headers.emplace_back(name, value);
    return visit(net::Method::post, c).status;
  };
  EXPECT_EQ(with("Sec-Fetch-Site", "same-origin"), 201);
  EXPECT_EQ(with("Sec-Fetch-Site", "same-site"), 403);
  EXPECT_EQ(with("Sec-Fetch-Site", "cross-site"), 403);
  EXPECT_EQ(with("Sec-Fetch-Site", "none"), 403);
  EXPECT_EQ(with("Origin", "http://crm.firma.dk"), 201);
  EXPECT_EQ(with("Origin", "http://crm.firma.dk:80"), 201);
  EXPECT_EQ(with("Origin", "http://CRM.firma.dk"), 201);
  for (const char* other :
       {"http://crm.firma.dk:8080", "https://crm.firma.dk", "https://crm.firma.dk:80",
        "file://crm.firma.dk", "http:crm.firma.dk", "crm.firma.dk", "http://", ""})
    EXPECT_EQ(with("Origin", other), 403) << other;
  EXPECT_EQ(with("Origin", "http://crm.firma.dk.evil.example"), 403);
  EXPECT_EQ(with("Origin", "https://evil.example"), 403);
  EXPECT_EQ(with("Origin", "null"), 403);
  auto get = with_cookie(call(net::Method::get, "/"), token);
  get.headers.emplace_back("Origin", "https://evil.example");
  EXPECT_TRUE(authenticator->authenticate(get).ok());
  EXPECT_EQ(open_scope_for_socket(get, "GET /events", *gate).error().code, "access/cross_site");
}

TEST_P(TheGate, KnowsItsOwnOriginBySchemeAndPort) {
  const auto is_own = [](const char* origin, const char* host, bool secure) {
    net::Call c;
    c.secure = secure;
    c.headers = {{"Host", host}, {"Origin", origin}};
    return check_same_origin(c).ok();
  };
  EXPECT_TRUE(is_own("https://crm.firma.dk", "crm.firma.dk", true));
  EXPECT_TRUE(is_own("https://crm.firma.dk", "crm.firma.dk:443", true));
  EXPECT_TRUE(is_own("https://crm.firma.dk:8443", "crm.firma.dk:8443", true));
  EXPECT_TRUE(is_own("http://[::1]:8080", "[::1]:8080", false));
  EXPECT_TRUE(is_own("http://[::1]", "[::1]", false));
  EXPECT_FALSE(is_own("https://crm.firma.dk:8443", "crm.firma.dk", true));
  EXPECT_FALSE(is_own("https://crm.firma.dk", "crm.firma.dk:8443", true));
  EXPECT_FALSE(is_own("http://crm.firma.dk", "crm.firma.dk", true));
  EXPECT_FALSE(is_own("http://127.0.0.1", "127.0.0.1:8080", false));
  EXPECT_FALSE(is_own("file://127.0.0.1:8080", "127.0.0.1:8080", false));
}

TEST_P(TheGate, ReadsNoBodyThatDoesNotSayItIsJson) {
  auto c = from_same_site(with_cookie(post(), token));
  std::erase_if(c.headers, [](const auto& header) { return header.first == "Content-Type"; });
  EXPECT_EQ(visit(net::Method::post, c).status, 415);
  c.headers.emplace_back("Content-Type", "text/plain");
  const auto refused = visit(net::Method::post, c);
  EXPECT_EQ(refused.status, 415);
  EXPECT_NE(refused.body.find("access/unsupported_media_type"), std::string::npos);
  EXPECT_EQ(runs, 0);
  EXPECT_EQ(visit(net::Method::post, c, Right::anyone()).status, 415);  // signing in, too
  c.body.clear();
  EXPECT_EQ(visit(net::Method::post, c).status, 201);
  EXPECT_EQ(visit(net::Method::post, post()).status, 401);  // who it is comes first
}

TEST_P(TheGate, RefusesAMemberThatIsSaidTwice) {
  const auto c = from_same_site(with_cookie(post(R"({"name":"a","name":"b"})"), token));
  const auto refused = visit(net::Method::post, c);
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find(R"("access/repeated_member")"), std::string::npos);
  EXPECT_NE(refused.body.find(R"("field":"name","code":"repeated")"), std::string::npos);
  EXPECT_EQ(runs, 0);
}

TEST_P(TheGate, SecureCookieOnlyWithTls) {
  auto c = with_cookie(call(net::Method::get, "/"), token);
  c.secure = true;
  EXPECT_FALSE(authenticator->authenticate(c).ok());
  c.headers.back().second = "__Host-fokus=" + token;
  EXPECT_TRUE(authenticator->authenticate(c).ok());
  EXPECT_EQ(render_cookie("__Host-fokus", "abc", true, 60),
            "__Host-fokus=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
}

TEST_P(TheGate, AKeyThatMayOnlyReadChangesNothing) {
  const auto reader = tokens->create_key(user, "Reader", std::vector<std::string>{"read"}, {});
  const auto reads = [&](net::Method method, const char* path, bool only_asks = false) {
    Route route{method, path, Right::signed_in(),
                [](Visit&) -> Result<net::Reply> { return net::Reply::json("{}"); },
                Contract("things", {.only_asks = only_asks})};
    auto c = with_key(call(method, path), reader->token);
    return bind_route(std::move(route), *gate).handler(c).status;
  };
  EXPECT_EQ(reads(net::Method::get, "/api/v1/views"), 200);
  EXPECT_EQ(reads(net::Method::post, "/api/v1/{type}/query", true), 200);
  EXPECT_EQ(reads(net::Method::post, "/api/v1/views"), 403);
  EXPECT_EQ(reads(net::Method::patch, "/api/v1/me"), 403);
  EXPECT_EQ(reads(net::Method::remove, "/api/v1/views/{id}"), 403);
}

TEST_P(TheGate, KeysHaveScopeExpiryAndEnd) {
  const std::vector<std::string> scopes = {"company:read", "sale:write"};
  const auto key = tokens->create_key(user, "Robot", scopes, clock.now().plus_ms(ms_per_hour));
  ASSERT_TRUE(key.ok());
  EXPECT_TRUE(key->token.starts_with("fk_"));
  EXPECT_EQ(visit(net::Method::post, with_key(post(), key->token)).status, 201);  // no CSRF check
  EXPECT_EQ(seen.actor.kind, ActorKind::api_key);
  EXPECT_EQ(seen.actor.session, key->id);
  EXPECT_TRUE(seen.permissions().may("company", Action::read));
  EXPECT_FALSE(seen.permissions().may("company", Action::update));
  EXPECT_FALSE(seen.permissions().may("person", Action::read));
  EXPECT_EQ(tokens->list_keys(user)->size(), 1u);
  EXPECT_TRUE(tokens->list_keys(user)->at(0).last_used_at.has_value());
  clock.advance_ms(ms_per_hour);
  EXPECT_EQ(visit(net::Method::post, with_key(post(), key->token)).status, 401);
  const auto forever = tokens->create_key(user, "Robot", scopes, std::nullopt);
  EXPECT_EQ(visit(net::Method::post, with_key(post(), forever->token)).status, 201);
  // Jobs that were asked for with it do no more than it may, and nothing after its end.
  const auto job = authenticator->actor_of({user, forever->id});
  EXPECT_EQ(job->kind, ActorKind::api_key);
  EXPECT_FALSE(job->permissions->may("person", Action::read));
  EXPECT_TRUE(authenticator->actor_of(user)->permissions->may("person", Action::read));
  EXPECT_EQ(authenticator->actor_of({user, key->id}).error().code, "access/key_inactive");
  EXPECT_TRUE(tokens->revoke_key(user, forever->id).ok());
  EXPECT_EQ(authenticator->actor_of({user, forever->id}).error().code, "access/key_inactive");
  authenticator->forget();
  EXPECT_EQ(visit(net::Method::post, with_key(post(), forever->token)).status, 401);
  EXPECT_FALSE(tokens->create_key(user, "", scopes, std::nullopt).ok());
  EXPECT_FALSE(tokens->create_key(user, "x", {}, std::nullopt).ok());
  EXPECT_FALSE(tokens->create_key(user, "x", scopes, clock.now()).ok());
}

TEST_P(TheGate, KeysNameWhatThereIs) {
  tokens->set_types([](std::string_view type) { return type == "company" || type == "x_ship"; });
  const auto refused = [&](const std::string& scope) {
    const auto key = tokens->create_key(user, "Robot", std::vector{scope}, std::nullopt);
    return key.ok() ? std::string() : key.error().code + " " + key.error().errors.at(0).code;
  };
  for (const char* scope : {"*", "read", "company:read", "x_ship:write", "function:import"})
    EXPECT_EQ(refused(scope), "") << scope;
  for (const char* scope : {"unicorn:read", "function:fly", "user:write"})
    EXPECT_EQ(refused(scope), "access/scope_invalid unknown") << scope;
}

TEST_P(TheGate, KeysEndUnlessTheySayNever) {
  const Instant now{days_from_epoch(Date{2026, 11, 23}) * ms_per_day + ms_per_hour};
  const auto end = [&](std::string_view text) {
    const auto found = parse_key_end(text, now);
    if (!found.ok()) return found.error().errors.at(0).code;
    return *found ? render_instant(**found) : std::string("never");
  };
  EXPECT_EQ(end(""), "2027-11-23T01:00:00.000Z");
  EXPECT_EQ(end("never"), "never");
  EXPECT_EQ(end("2027-12-31"), "2028-01-01T00:00:00.000Z");  // its last day is whole
  EXPECT_EQ(end("2027-12-31T12:00:00+01:00"), "2027-12-31T11:00:00.000Z");
  for (const char* text : {"soon", "2027-02-30", "Never", "31-12-2027"})
    EXPECT_EQ(end(text), "not_an_instant") << text;
}

TEST_P(TheGate, RevocationReachesTheMemoryByItself) {
  ASSERT_TRUE(authenticator->authenticate(with_cookie(call(net::Method::get, "/"), token)).ok());
  tokens->revoke_other_sessions(user, 0);
  bool open = true;
  for (int i = 0; open && i < 200; ++i) {
    open = authenticator->authenticate(with_cookie(call(net::Method::get, "/"), token)).ok();
    if (open) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_FALSE(open);  // the clock stands still: only the notification can have done it
}

TEST_P(TheGate, ErrorsBecomeProblems) {
  const auto reply = visit(net::Method::post, from_same_site(with_cookie(post("refuse"), token)));
  EXPECT_EQ(reply.status, 409);
  EXPECT_NE(reply.body.find("x/no"), std::string::npos);
}

TEST_P(TheGate, RepeatedPostRunsOnce) {
  const auto send = [&](std::string key, std::string body) {
    auto c = from_same_site(with_cookie(post(std::move(body)), token));
    c.headers.emplace_back("Idempotency-Key", key);
    return visit(net::Method::post, c);
  };
  EXPECT_EQ(send("k1", "{}").body, "{\"run\":1}");
  const auto again = send("k1", "{}");
  EXPECT_EQ(again.body, "{\"run\":1}");
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(send("k1", "{ }").status, 422);
  EXPECT_EQ(send("k2", "{}").body, "{\"run\":2}");
  EXPECT_EQ(send(std::string(300, 'k'), "{}").status, 400);
  EXPECT_THROW(send("k3", "throw"), std::runtime_error);
  EXPECT_EQ(runs, 3);
  EXPECT_THROW(send("k3", "throw"), std::runtime_error);  // it failed, so it may run again
  EXPECT_EQ(runs, 4);
  clock.advance_ms(limits::idempotency_ms + 1);
  idempotency->remove_old();
  const auto fresh = sign_in->sign_in(request("ida@nordlys.dk"));
  token = fresh->token;
  EXPECT_EQ(send("k1", "{ }").body, "{\"run\":5}");
}

TEST_P(TheGate, RolesNameWhatThereIs) {
  const auto form = [](const std::string& type) {
    return boost::json::parse(R"({"types":{"*":{},")" + type + R"(":{"read":["all"]}}})");
  };
  const auto old = roles->create("old", "Old", form("unicorn"));  // while nobody knew the types
  ASSERT_TRUE(old.ok());
  roles->set_types([](std::string_view type) { return type == "company"; });
  EXPECT_TRUE(roles->create("firms", "Firms", form("company")).ok());
  const auto refused = roles->create("odd", "Odd", form("unicorn"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "access/role_invalid");
  EXPECT_EQ(refused.error().errors.at(0).field, "types.unicorn");
  EXPECT_EQ(refused.error().errors.at(0).code, "unknown");
  // What it said already does not stop the rest from being changed; what is new does.
  const auto same = form("unicorn"), other = form("dragon");
  EXPECT_TRUE(roles->update(old->id, nullptr, &same).ok());
  EXPECT_FALSE(roles->update(old->id, nullptr, &other).ok());
}

TEST_P(TheGate, RolesAreAssignedAndGuarded) {
  const UserId chief = add_user("Chief", "chief@nordlys.dk", "administrator");
  const auto none = (*scratch)->write([&](store::Transaction& tx) {
    return roles->assign_roles(tx, chief, std::vector<RoleId>{});
  });
  EXPECT_EQ(none.error().code, "access/last_administrator");
  const auto bad = roles->create("x y", "X", boost::json::object{});
  EXPECT_EQ(bad.error().code, "access/role_invalid");
  auto made = roles->create("trainee", "Elev",
                            boost::json::parse(R"({"types":{"company":{"read":["mine"]}}})"));
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(roles->create("trainee", "Elev", boost::json::object{}).error().code,
            "access/role_exists");
  const auto groups = (*scratch)->write([&](store::Transaction& tx) -> Status {
    TRY(roles->assign_roles(tx, user, std::vector{made->id}));
    return roles->assign_groups(tx, user, std::vector{GroupId{2}, GroupId{1}, GroupId{2}});
  });
  ASSERT_TRUE(groups.ok());
  const auto actor = authenticator->actor_of(user);
  EXPECT_EQ(actor->permissions->circles("company", Action::read), 0b0001);
  EXPECT_EQ(actor->primary_group, GroupId{1});
  EXPECT_EQ(actor->other_groups, std::vector{GroupId{2}});
  EXPECT_EQ(roles->remove(made->id).error().code, "access/role_in_use");
  const std::string name = "Praktikant";
  EXPECT_EQ(roles->update(made->id, &name, nullptr)->name, "Praktikant");
  EXPECT_EQ((*scratch)
                ->write([&](store::Transaction& tx) {
                  return roles->assign_groups(tx, user, std::vector{GroupId{77}});
                })
                .error()
                .code,
            "access/group_not_found");
}

}  // namespace
}  // namespace fokus::access
