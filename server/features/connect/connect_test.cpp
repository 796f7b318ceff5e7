// SPDX-License-Identifier: Apache-2.0
// What an administrator may set, and what a call then does; on both engines.
#include "features/connect/change_rules.hpp"
#include "features/connect/outbound.hpp"
#include "platform/http_out_testing.hpp"
#include "records/place_testing.hpp"

namespace fokus::connect {
namespace {

using access::Scope;
using Kind = Authentication::Kind;

Connector plain_connector() {
  Connector out;
  out.name = "plain";
  out.kind = "register";
  out.title = {{"en", "Plain"}};
  out.base_url = "https://api.example/v1";
  out.url_may_change = true;
  out.shown_query = {"size"};
  out.calls_per_second = 1'000;
  return out;
}

Connector keyed_connector(Kind kind) {
  Connector out = plain_connector();
  out.name = "keyed";
  out.hosts = {"token.example"};
  out.fields = {{"user", {{"en", "User"}}, false, false}, {"key", {{"en", "Key"}}, true, true}};
  out.authentication = {kind, "X-Api-Key", "key", "user", "key", "https://token.example/token",
                        "a b"};
  return out;
}

Connector listed_connector() {
  Connector out = plain_connector();
  out.name = "listed";
  out.base_url.clear();
  out.url_may_change = false;
  out.takes_hosts = true;
  return out;
}

// Whom it talks to is a setting.
Connector mail_connector() {
  Connector out;
  out.name = "posted";
  out.title = {{"en", "Posted"}};
  out.fields = {{"host", {{"en", "Host"}}, false, true, true},
                {"user", {{"en", "User"}}, false, false},
                {"password", {{"en", "Password"}}, true, false}};
  return out;
}

class ConnectTest : public records::testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    open();
    admin_.actor.user =
        UserId{create("user", {{"name", "Carl"},
                               {"email", "carl@example.org"},
                               {"primary_group", create("group", {{"name", "A"}})}})};
    admin_.actor.permissions = access::system_actor().permissions;
  }
  void TearDown() override {
    if (jobs_) jobs_->stop();
  }
  // As after a start with that secret.key.
  void open(const std::string& secret = std::string(32, 'k'), Kind kind = Kind::header) {
    outbound_.reset();
    connections_ = std::make_unique<Connections>(parts(), random_, secret);
    connections_->add(plain_connector());
    connections_->add(keyed_connector(kind));
    connections_->add(listed_connector());
    connections_->add(mail_connector());
    log_ = std::make_unique<EgressLog>(parts());
    outbound_ = std::make_unique<Outbound>(*connections_, *log_, http_, random_);
  }
  records::ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [](const Scope&, const records::ReadTrace&) {},
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model()};
  }
  // "", the code of a refusal, or "field code".
  std::string save(std::string_view name, const Change& change,
                   std::optional<std::int64_t> expected = {}) {
    const auto done = (*database_)->write([&](store::Transaction& tx) {
      return connections_->save(tx, admin_, *connections_->find(name), change, expected);
    });
    if (done.ok()) return "";
    const auto& error = done.error();
    return error.errors.empty() ? error.code : error.errors[0].field + " " + error.errors[0].code;
  }
  State state(std::string_view name) {
    return (*database_)->read([&](store::Session& session) {
      return connections_->state(session, *connections_->find(name));
    });
  }
  std::string fetched(const Order& order) {
    const auto answer = outbound_->fetch(order);
    return answer ? answer->body : answer.error().code;
  }
  std::string header_of(const outgoing::Request& request, std::string_view name) {
    for (const auto& one : request.headers)
      if (one.name == name) return one.value;
    return "";
  }

  SystemRandom random_;
  outgoing::FakeHttp http_;
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<Connections> connections_;
  std::unique_ptr<EgressLog> log_;
  std::unique_ptr<Outbound> outbound_;
  Scope admin_;
};

TEST_P(ConnectTest, IsOffUntilSomebodySwitchesItOn) {
  http_.answer("https://api.example/v1/a", {.status = 200, .body = "there"});
  const Order order{.connector = "plain", .path = "/a"};
  EXPECT_EQ(fetched(order), "connect/switched_off");
  EXPECT_EQ(fetched({.connector = "unknown", .path = "/a"}), "connect/unknown");
  EXPECT_TRUE(http_.requests().empty());
  EXPECT_TRUE(log_->list({}).empty());

  ASSERT_EQ(save("plain", {.is_on = true}), "");
  EXPECT_TRUE(connections_->is_on("plain"));
  EXPECT_EQ(fetched(order), "there");
  const State on = state("plain");
  EXPECT_EQ(on.version, 1);
  EXPECT_EQ(on.switched_by_name, "Carl");
  EXPECT_EQ(on.switched_at, clock_.now());

  clock_.advance_ms(1'000);
  ASSERT_EQ(save("plain", {.base_url = "https://other.example/"}), "");
  EXPECT_EQ(state("plain").switched_at, on.switched_at);  // another change is no switch
  ASSERT_EQ(save("plain", {.is_on = false}), "");
  EXPECT_EQ(fetched(order), "connect/switched_off");
}

TEST_P(ConnectTest, IsChangedInTheVersionThatWasSeen) {
  EXPECT_EQ(save("plain", {.is_on = true}, 0), "");
  EXPECT_EQ(save("plain", {.is_on = false}, 0), "records/stale");
  EXPECT_EQ(save("plain", {.is_on = false}, 1), "");
}

TEST_P(ConnectTest, RefusesSettingsThatItDoesNotHave) {
  EXPECT_EQ(save("plain", {.base_url = "ftp://a.example"}), "base_url not_a_url");
  EXPECT_EQ(save("plain", {.base_url = "https://a.example/?q=1"}), "base_url not_a_url");
  EXPECT_EQ(save("plain", {.base_url = "https://u:p@a.example/"}), "base_url not_a_url");
  EXPECT_EQ(save("listed", {.base_url = "https://a.example"}), "base_url not_changeable");
  EXPECT_EQ(save("plain", {.hosts = std::vector<std::string>{"a.example"}}),
            "hosts not_changeable");
  EXPECT_EQ(save("listed", {.hosts = std::vector<std::string>{"a.example", "*.org"}}),
            "hosts.1 not_a_host");
  EXPECT_EQ(save("plain", {.values = {{"key", "x"}}}), "fields.key unknown");
  EXPECT_EQ(save("keyed", {.values = {{"key", "x\x01"}}}), "fields.key control_character");
  EXPECT_EQ(save("keyed", {.values = {{"key", std::string(5'000, 'x')}}}), "fields.key too_long");
  EXPECT_EQ(save("keyed", {.is_on = true}), "fields.key required");
  EXPECT_EQ(save("listed", {.is_on = true}), "hosts required");
  EXPECT_EQ(state("keyed").version, 0);
}

TEST_P(ConnectTest, KeepsSecretsToItself) {
  ASSERT_EQ(save("keyed", {.is_on = true, .values = {{"user", "anna"}, {"key", "s3cret-key"}}}),
            "");
  const State kept = state("keyed");
  EXPECT_EQ(kept.secrets_set, std::vector<std::string>{"key"});
  EXPECT_EQ(kept.values.at("user"), "anna");
  EXPECT_FALSE(kept.values.contains("key"));
  EXPECT_EQ(number("SELECT count(*) FROM connectors WHERE secrets LIKE '%s3cret%' OR fields LIKE "
                   "'%s3cret%'"),
            0);
  EXPECT_EQ(connections_->open("keyed")->values.at("key"), "s3cret-key");
  // What is not named stays; what is empty goes.
  ASSERT_EQ(save("keyed", {.values = {{"user", ""}}}), "");
  EXPECT_EQ(connections_->open("keyed")->values.at("key"), "s3cret-key");
  EXPECT_FALSE(connections_->open("keyed")->values.contains("user"));
  EXPECT_EQ(save("keyed", {.values = {{"key", ""}}}), "fields.key required");
}

TEST_P(ConnectTest, SaysSoWhenSecretsCannotBeReadAnyMore) {
  ASSERT_EQ(save("keyed", {.is_on = true, .values = {{"key", "s3cret"}}}), "");
  open(std::string(32, 'z'));
  EXPECT_EQ(connections_->open("keyed").error().code, "connect/secrets_lost");
  EXPECT_TRUE(state("keyed").secrets_set.empty());
  ASSERT_EQ(save("keyed", {.values = {{"key", "new"}}}), "");
  EXPECT_EQ(connections_->open("keyed")->values.at("key"), "new");
}

// Whoever changes the address must know the key: it is not sent to a host it was not given for.
TEST_P(ConnectTest, ForgetsSecretsWhenTheHostChanges) {
  ASSERT_EQ(save("keyed", {.is_on = true, .values = {{"key", "s3cret"}}}), "");
  EXPECT_EQ(save("keyed", {.base_url = "https://api.example/v2"}), "");  // the same host
  EXPECT_EQ(connections_->open("keyed")->values.at("key"), "s3cret");
  EXPECT_EQ(save("keyed", {.base_url = "https://evil.example/v1"}), "fields.key required");
  EXPECT_EQ(save("keyed", {.is_on = false, .base_url = "https://evil.example/v1"}), "");
  EXPECT_TRUE(state("keyed").secrets_set.empty());
  EXPECT_EQ(save("keyed", {.is_on = true, .values = {{"key", "other"}}}), "");
}

TEST_P(ConnectTest, ForgetsSecretsWhenASettingNamesAnotherHost) {
  ASSERT_EQ(
      save("posted", {.is_on = true, .values = {{"host", "mail.example"}, {"password", "s3cret"}}}),
      "");
  EXPECT_EQ(save("posted", {.values = {{"host", "mail.example"}, {"user", "anna"}}}), "");
  EXPECT_EQ(connections_->open("posted")->values.at("password"), "s3cret");
  EXPECT_EQ(save("posted", {.values = {{"host", "evil.example"}}}), "");
  EXPECT_TRUE(state("posted").secrets_set.empty());
  EXPECT_FALSE(connections_->open("posted")->values.contains("password"));
  EXPECT_EQ(save("posted", {.values = {{"host", "mail.example"}, {"password", "new"}}}), "");
  EXPECT_EQ(connections_->open("posted")->values.at("password"), "new");
}

TEST_P(ConnectTest, WritesDownWhatLeavesWithoutWhatItSays) {
  ASSERT_EQ(save("plain", {.is_on = true}), "");
  http_.answer("https://api.example/v1/*", {.status = 404, .body = "no"});
  http_.fail("https://api.example/v1/slow", outgoing::Failure::timeout);
  Order order{.connector = "plain", .path = "/find?name=Anna%20Lund&size=20&plain"};
  order.occasion = {.user = admin_.actor.user,
                    .job = JobId{7},
                    .record_type = "company",
                    .record = 3,
                    .persons = 2};
  EXPECT_EQ(fetched(order), "connect/status");
  EXPECT_EQ(fetched({.connector = "plain", .path = "/slow"}), "connect/timeout");
  EXPECT_EQ(fetched({.connector = "plain", .path = "no slash"}), "connect/bad_request");

  const auto entries = log_->list({.connector = "plain"});
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].error, "timeout");
  EXPECT_EQ(entries[0].status, 0);
  EXPECT_EQ(entries[0].user_name, "");
  const auto& told = entries[1];
  EXPECT_EQ(told.method + " " + told.host + told.path,
            "GET api.example/v1/find?name=&size=20&plain");
  EXPECT_EQ(told.status, 404);
  EXPECT_EQ(told.error, "");
  EXPECT_EQ(told.bytes_out, 100);
  EXPECT_EQ(told.bytes_in, 200);
  EXPECT_EQ(told.at, clock_.now());
  EXPECT_EQ(told.occasion.job.value, 7);
  EXPECT_EQ(told.occasion.record_type, "company");
  EXPECT_EQ(told.occasion.record, 3);
  EXPECT_EQ(told.occasion.persons, 2);
  EXPECT_EQ(told.user_name, "Carl");
  EXPECT_TRUE(log_->list({.connector = "keyed"}).empty());
  EXPECT_TRUE(log_->list({.to = clock_.now()}).empty());
  EXPECT_EQ(log_->list({.before = entries[0].id}).size(), 1u);
}

TEST_P(ConnectTest, ForgetsWhatIsOld) {
  log_->append({.connector = "plain", .method = "SEND", .host = "mail.example:587"});
  clock_.advance_ms(limits::keep_egress_ms - 1'000);
  log_->append({.connector = "plain", .method = "SEND"});
  log_->remove_old();
  EXPECT_EQ(log_->list({}).size(), 2u);
  clock_.advance_ms(2'000);
  log_->remove_old();
  EXPECT_EQ(log_->list({}).size(), 1u);
}

TEST_P(ConnectTest, GoesToListedHostsOnly) {
  ASSERT_EQ(save("listed",
                 {.is_on = true,
                  .hosts = std::vector<std::string>{" A.example ", "a.example", "*.b.example"}}),
            "");
  EXPECT_EQ(state("listed").hosts, (std::vector<std::string>{"a.example", "*.b.example"}));
  http_.answer("https://a.example/*", {.status = 200, .body = "there"});
  EXPECT_EQ(fetched({.connector = "listed", .path = "https://a.example/x"}), "there");
  const auto request = http_.requests().back();
  EXPECT_EQ(request.hosts, (std::vector<std::string>{"a.example", "*.b.example"}));
  EXPECT_EQ(fetched({.connector = "listed", .path = "/x"}), "connect/bad_request");
}

TEST_P(ConnectTest, SignsWithAKey) {
  ASSERT_EQ(save("keyed", {.is_on = true, .values = {{"user", "anna"}, {"key", "s3:cret"}}}), "");
  http_.answer("https://*", {.status = 200});
  EXPECT_EQ(fetched({.connector = "keyed", .path = "/a"}), "");
  EXPECT_EQ(header_of(http_.requests().back(), "X-Api-Key"), "s3:cret");
  EXPECT_TRUE(http_.requests().back().headers.back().is_secret);
  open(std::string(32, 'k'), Kind::bearer);
  EXPECT_EQ(fetched({.connector = "keyed", .path = "/a"}), "");
  EXPECT_EQ(header_of(http_.requests().back(), "Authorization"), "Bearer s3:cret");
  open(std::string(32, 'k'), Kind::basic);
  EXPECT_EQ(fetched({.connector = "keyed", .path = "/a"}), "");
  EXPECT_EQ(header_of(http_.requests().back(), "Authorization"), "Basic YW5uYTpzMzpjcmV0");
  // A whole URL on a host that is not the provider's gets no key.
  EXPECT_EQ(fetched({.connector = "keyed", .path = "https://elsewhere.example/"}), "");
  EXPECT_EQ(header_of(http_.requests().back(), "Authorization"), "");
}

TEST_P(ConnectTest, SignsWithATokenThatItKeeps) {
  open(std::string(32, 'k'), Kind::oauth2);
  ASSERT_EQ(save("keyed", {.is_on = true, .values = {{"user", "id"}, {"key", "secret"}}}), "");
  const std::string token_url = "https://token.example/token";
  http_.answer(token_url, {.status = 200, .body = R"({"access_token": "t1", "expires_in": 600})"});
  http_.answer(token_url, {.status = 200, .body = R"({"access_token": "t2", "expires_in": 600})"});
  http_.answer(token_url, {.status = 400, .body = R"({"error": "invalid_client"})"});
  http_.answer("https://api.example/*", {.status = 200, .body = "there"});
  const Order order{.connector = "keyed", .path = "/a"};
  EXPECT_EQ(fetched(order), "there");
  EXPECT_EQ(fetched(order), "there");
  auto sent = http_.requests();
  ASSERT_EQ(sent.size(), 3u);  // one token for both
  EXPECT_EQ(sent[0].body, "grant_type=client_credentials&scope=a%20b");
  EXPECT_EQ(header_of(sent[0], "Authorization"), "Basic aWQ6c2VjcmV0");
  EXPECT_EQ(header_of(sent[2], "Authorization"), "Bearer t1");
  clock_.advance_ms(600'000);
  EXPECT_EQ(fetched(order), "there");
  EXPECT_EQ(header_of(http_.requests().back(), "Authorization"), "Bearer t2");
  // A token got with another secret is not used.
  ASSERT_EQ(save("keyed", {.values = {{"key", "wrong"}}}), "");
  EXPECT_EQ(fetched(order), "connect/sign_in_refused");
  EXPECT_EQ(log_->list({}).size(), 6u);
}

TEST_P(ConnectTest, TriesAgainWhatMayPass) {
  ASSERT_EQ(save("plain", {.is_on = true}), "");
  http_.answer("https://api.example/v1/a", {.status = 503});
  http_.fail("https://api.example/v1/a", outgoing::Failure::timeout);
  http_.answer("https://api.example/v1/a", {.status = 200, .body = "there"});
  Order order{.connector = "plain", .path = "/a"};
  order.retry = {.attempts_max = 3, .first_ms = 1, .longest_ms = 2};
  EXPECT_EQ(fetched(order), "there");
  EXPECT_EQ(log_->list({}).size(), 3u);

  http_.answer("https://api.example/v1/b", {.status = 429, .headers = {{"retry-after", "60"}}});
  order.path = "/b";
  const auto refused = outbound_->fetch(order);  // longer than it may wait
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(refused.error().params.at("status"), "429");
  EXPECT_EQ(refused.error().params.at("retry_after_ms"), "60000");
  EXPECT_EQ(log_->list({}).size(), 4u);

  http_.answer("https://api.example/v1/c", {.status = 503});
  order.path = "/c";
  order.method = outgoing::Method::post;
  EXPECT_EQ(fetched(order), "connect/status");  // it might have been done
  EXPECT_EQ(log_->list({}).size(), 5u);
}

TEST_P(ConnectTest, TestsWhetherSomebodyIsThere) {
  ASSERT_EQ(save("plain", {.is_on = true}), "");
  const auto& connector = *connections_->find("plain");
  http_.answer("https://api.example/v1", {.status = 404});
  http_.answer("https://api.example/v1", {.status = 401});
  http_.fail("https://api.example/v1", outgoing::Failure::tls);
  EXPECT_TRUE(outbound_->test(connector, {}).ok());
  EXPECT_EQ(outbound_->test(connector, {}).error().code, "connect/status");
  EXPECT_EQ(outbound_->test(connector, {}).error().code, "connect/tls");
}

INSTANTIATE_EACH_ENGINE(ConnectTest);

TEST(LoggedPath, HoldsNamesAndHarmlessValues) {
  EXPECT_EQ(logged_path("https://a.example/x?a=1&b=2&c&d=", {"b"}), "/x?a=&b=2&c&d=");
  EXPECT_EQ(logged_path("https://a.example", {}), "/");
  EXPECT_EQ(logged_path("not a url", {}), "");
  EXPECT_EQ(logged_path("https://a.example/" + std::string(900, 'a'), {}).size(),
            limits::logged_path_max);
}

TEST(EncodedPart, LeavesNothingThatMeansSomething) {
  EXPECT_EQ(encode_part("Æ b/c?d=e&f.g~"), "%C3%86%20b%2Fc%3Fd%3De%26f.g~");
}

TEST(PaceOfCalls, LetsThoseOfOneSecondGoAtOnceAndThenWaits) {
  Pace pace(2);
  EXPECT_EQ(pace.wait_ms(1'000), 0);
  pace.take(1'000);
  EXPECT_EQ(pace.wait_ms(1'000), 0);
  pace.take(1'000);
  EXPECT_EQ(pace.wait_ms(1'000), 500);
  EXPECT_EQ(pace.wait_ms(1'400), 100);
  EXPECT_EQ(pace.wait_ms(1'500), 0);
  pace.take(1'500);
  EXPECT_EQ(pace.wait_ms(1'500), 500);
  EXPECT_EQ(pace.wait_ms(60'000), 0);
}

TEST(PaceOfCalls, MayBeOneInSeveralSeconds) {
  Pace pace(0.2);
  EXPECT_EQ(pace.wait_ms(0), 0);
  pace.take(0);
  EXPECT_EQ(pace.wait_ms(1'000), 4'000);
}

TEST(LaneOfCalls, HoldsSoManyAtOnce) {
  Lane lane(1'000, 1);
  auto first = lane.enter(0, {});
  ASSERT_TRUE(first);
  EXPECT_FALSE(lane.enter(0, {}));
  first.reset();
  EXPECT_TRUE(lane.enter(0, {}));
}

TEST(LaneOfCalls, DoesNotWaitForWhoIsToStop) {
  Lane lane(0.001, 1);
  { const auto first = lane.enter(0, {}); }
  EXPECT_FALSE(lane.enter(3'600'000, [] { return true; }));
}

}  // namespace
}  // namespace fokus::connect
