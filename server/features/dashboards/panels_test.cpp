// SPDX-License-Identifier: Apache-2.0
// What the house says of who looks, and to whom; numbers of other systems; on both engines.
#include "features/dashboards/panels.hpp"

#include "features/dashboards/external_tiles.hpp"
#include "platform/crypto.hpp"
#include "platform/http_out_testing.hpp"
#include "platform/random.hpp"
#include "records/place_testing.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using outgoing::Failure;

TEST(PanelHost, IsANameAndMaybeAPort) {
  for (const auto* host :
       {"wiki", "wiki.example", "wiki.example:8443", "*.maps.example", "10.0.0.7"})
    EXPECT_TRUE(is_panel_host(host)) << host;
  for (const auto* host :
       {"", "*", "*.example", "https://wiki.example", "wiki.example/", "wiki..example",
        "Wiki.example", "wiki.example:", "wiki.example:0", "wiki.example:123456", "a.*.example",
        "-a.example", "wiki.example;script-src *", "wi ki"})
    EXPECT_FALSE(is_panel_host(host)) << host;
}

class OtherSystems : public records::testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    panels_ = std::make_unique<Panels>(parts(), secret_);
    connections_ = std::make_unique<connect::Connections>(parts(), random_, secret_);
    declare_external_data(*connections_);
    egress_ = std::make_unique<connect::EgressLog>(parts());
    outbound_ = std::make_unique<connect::Outbound>(*connections_, *egress_, http_, random_);
    tiles_ = std::make_unique<ExternalTiles>(parts(), *outbound_);
    scope_.actor = access::system_actor();
    scope_.actor.user = UserId{7};
    scope_.actor.name = "Åse & Co";
    scope_.actor.email = "aase@example.org";
    scope_.actor.language = "da";
  }

  records::ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [](const access::Scope&, const records::ReadTrace&) {},
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model()};
  }
  void allow(const char* host) {
    (*database_)->write([&](store::Transaction& tx) {
      tx.execute((*statements_)["dashboards.add_panel_host"], {host, clock_.now(), 1});
    });
    panels_->reload();
  }
  std::string url(std::string_view text) { return panels_->address(scope_, text).url; }

  void switch_on() {
    write([&](store::Transaction& tx) -> Status {
      connect::Change change;
      change.is_on = true;
      change.hosts = std::vector<std::string>{"api.example"};
      change.values = {{"headers", "other.example X-Key: no; api.example X-Key: yes"}};
      return connections_->save(tx, scope_, *connections_->find(external_connector), change,
                                std::nullopt);
    });
  }
  Definition tile(const char* path) {
    const json::object form{
        {"title", "x"},
        {"presentation", "number"},
        {"source", {{"url", std::string("https://api.example") + path}, {"value", "/n"}}}};
    auto read = parse_definition(form);
    EXPECT_TRUE(read.ok());
    return read ? *std::move(read) : Definition();
  }
  std::string shown(const Definition& definition) {
    const auto text = tiles_->answer(scope_, definition);
    if (!text.ok()) return text.error().code;
    const auto answer = json::parse(*text).as_object();
    const auto& external = answer.at("external").as_object();
    const auto& cell = answer.at("total").at("cells").at(0).as_object();
    return json::serialize(cell.at("number")) +
           (external.at("is_stale").as_bool()
                ? " old " + std::string(external.at("problem").as_string())
                : "");
  }

  const std::string secret_ = std::string(32, 's');
  SystemRandom random_;
  outgoing::FakeHttp http_;
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<Panels> panels_;
  std::unique_ptr<connect::Connections> connections_;
  std::unique_ptr<connect::EgressLog> egress_;
  std::unique_ptr<connect::Outbound> outbound_;
  std::unique_ptr<ExternalTiles> tiles_;
  access::Scope scope_;
};
INSTANTIATE_EACH_ENGINE(OtherSystems);

TEST_P(OtherSystems, AnAddressSaysWhoLooksPercentEncoded) {
  EXPECT_EQ(url("https://wiki.example/{user.id}?n={user.name}&e={user.email}&l={user.language}"),
            "https://wiki.example/7?n=%C3%85se%20%26%20Co&e=aase%40example.org&l=da");
  EXPECT_EQ(url("https://wiki.example/plain"), "https://wiki.example/plain");
}

TEST_P(OtherSystems, AnAddressSaysOfARecordWhatTheViewerMayRead) {
  allow("wiki.example");
  const auto id = std::to_string(create("company", {{"name", "Nord & Syd"}, {"country", "DK"}}));
  const auto about = [&](const std::string& record) {
    return panels_
        ->address(scope_, "https://wiki.example/{record.type}/{record.id}?n={record.name}", record)
        .url;
  };
  EXPECT_EQ(about("company:" + id), "https://wiki.example/company/" + id + "?n=Nord%20%26%20Syd");
  for (const auto* none : {"", "company:999", "spaceship:1", "company"})
    EXPECT_EQ(about(none), "https://wiki.example//?n=") << none;
  access::Scope stranger = scope_;
  stranger.actor.kind = access::ActorKind::user;
  stranger.actor.permissions = std::make_shared<access::Permissions>();
  EXPECT_EQ(panels_->address(stranger, "https://wiki.example/{record.name}", "company:" + id).url,
            "https://wiki.example/");
  // Nothing is read for a host that nobody allowed.
  EXPECT_EQ(panels_->address(scope_, "https://other.example/{record.name}", "company:" + id).url,
            "https://other.example/");
}

TEST_P(OtherSystems, OnlyHostsOnTheListAreFramedAndGetTokens) {
  EXPECT_EQ(panels_->frame_sources(), "");
  EXPECT_FALSE(panels_->address(scope_, "https://wiki.example/{token}").is_allowed);
  EXPECT_EQ(url("https://wiki.example/{token}"), "https://wiki.example/");
  allow("wiki.example");
  allow("*.maps.example");
  EXPECT_EQ(panels_->frame_sources(), "https://*.maps.example https://wiki.example");
  EXPECT_TRUE(panels_->address(scope_, "https://WIKI.example:443/").is_allowed);
  EXPECT_TRUE(panels_->address(scope_, "https://a.maps.example/").is_allowed);
  for (const auto* other : {"https://maps.example/", "https://wiki.example:8443/",
                            "https://xwiki.example/", "https://wiki.example.evil/"})
    EXPECT_FALSE(panels_->address(scope_, other).is_allowed) << other;
}

TEST_P(OtherSystems, ATokenIsSignedWithTheSecretOfItsHost) {
  allow("wiki.example");
  const auto address = panels_->address(scope_, "https://wiki.example/{token}");
  const auto token = address.url.substr(std::string("https://wiki.example/").size());
  const auto dot = token.find('.');
  ASSERT_NE(dot, std::string::npos);
  const auto content = token.substr(0, dot);
  const auto generation = number("SELECT generation FROM panel_hosts");
  const auto key = panels_->secret_of("wiki.example", generation);
  EXPECT_EQ(token.substr(dot + 1), crypto::to_base64url(crypto::hmac_sha256(key, content)));
  const auto claims = json::parse(crypto::from_base64url(content).value()).as_object();
  EXPECT_EQ(claims.at("user").as_int64(), 7);
  EXPECT_EQ(claims.at("host").as_string(), "wiki.example");
  const auto expires_at = clock_.now().plus_ms(limits::panel_token_ms);
  EXPECT_EQ(claims.at("expires").as_int64(), expires_at.ms / ms_per_second);
  EXPECT_EQ(address.expires_at->ms, expires_at.ms);
  EXPECT_NE(panels_->secret_of("wiki.example", generation + 1), key);
  EXPECT_NE(panels_->secret_of("other.example", generation), key);
}

TEST_P(OtherSystems, AHostThatComesBackHasAnotherSecret) {
  allow("wiki.example");
  const auto before = number("SELECT generation FROM panel_hosts");
  write([&](store::Transaction& tx) -> Status {
    tx.execute("DELETE FROM panel_hosts");
    return {};
  });
  clock_.advance_ms(1);
  allow("wiki.example");
  EXPECT_GT(number("SELECT generation FROM panel_hosts"), before);
}

TEST_P(OtherSystems, NumbersAreFetchedOnceForAsLongAsTheTileSays) {
  http_.answer("https://api.example/n",
               {.status = 200, .headers = {}, .body = R"({"n": 4})", .url = {}});
  http_.answer("https://api.example/n",
               {.status = 200, .headers = {}, .body = R"({"n": 5})", .url = {}});
  const auto definition = tile("/n");
  EXPECT_EQ(shown(definition), "connect/switched_off");
  switch_on();
  EXPECT_FALSE(tiles_->known(scope_, definition));
  EXPECT_EQ(shown(definition), "4");
  clock_.advance_ms(14 * ms_per_minute);
  EXPECT_EQ(shown(definition), "4");
  EXPECT_TRUE(tiles_->known(scope_, definition));
  clock_.advance_ms(2 * ms_per_minute);
  EXPECT_FALSE(tiles_->known(scope_, definition));
  EXPECT_EQ(shown(definition), "5");
  const auto requests = http_.requests();
  ASSERT_EQ(requests.size(), 2u);
  int keys = 0;
  for (const auto& header : requests[0].headers)
    if (header.name == "X-Key") {
      ++keys;
      EXPECT_EQ(header.value, "yes");
      EXPECT_TRUE(header.is_secret);
    }
  EXPECT_EQ(keys, 1);
}

TEST_P(OtherSystems, OldNumbersStayWithTheReason) {
  switch_on();
  http_.answer("https://api.example/n",
               {.status = 200, .headers = {}, .body = R"({"n": 4})", .url = {}});
  http_.fail("https://api.example/n", Failure::timeout);
  http_.answer("https://api.example/n",
               {.status = 200, .headers = {}, .body = R"({"n": 6})", .url = {}});
  const auto definition = tile("/n");
  EXPECT_EQ(shown(definition), "4");
  clock_.advance_ms(16 * ms_per_minute);
  EXPECT_EQ(shown(definition), "4 old connect/timeout");
  EXPECT_EQ(shown(definition), "4 old connect/timeout") << "not asked again at once";
  EXPECT_EQ(http_.requests().size(), 2u);
  clock_.advance_ms(limits::external_retry_ms);
  EXPECT_EQ(shown(definition), "6");
}

TEST_P(OtherSystems, AHostThatDoesNotAnswerIsNotAskedByEverybodyWhoLooks) {
  switch_on();
  http_.fail("https://api.example/n", Failure::timeout);
  http_.answer("https://api.example/n",
               {.status = 200, .headers = {}, .body = R"({"n": 6})", .url = {}});
  const auto definition = tile("/n");
  EXPECT_EQ(shown(definition), "connect/timeout");
  EXPECT_EQ(shown(definition), "connect/timeout");
  EXPECT_FALSE(tiles_->known(scope_, definition));
  EXPECT_EQ(http_.requests().size(), 1u);
  clock_.advance_ms(limits::external_retry_ms);
  EXPECT_EQ(shown(definition), "6");
}

TEST_P(OtherSystems, OnlyAdministratorsMakeTilesOfHostsOnTheList) {
  EXPECT_EQ(tiles_->check(scope_, tile("/n")).error().code, "connect/switched_off");
  switch_on();
  EXPECT_TRUE(tiles_->check(scope_, tile("/n")).ok());
  auto other = tile("/n");
  other.source.url = "https://api.example.evil/n";
  EXPECT_EQ(tiles_->check(scope_, other).error().errors.at(0).code, "host_not_allowed");
  access::Scope anna;
  anna.actor.permissions = std::make_shared<access::Permissions>();
  EXPECT_EQ(tiles_->check(anna, tile("/n")).error().errors.at(0).code, "not_allowed");
}

}  // namespace
}  // namespace fokus::dashboards
