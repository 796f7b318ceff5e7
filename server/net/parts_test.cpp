// SPDX-License-Identifier: Apache-2.0
// The parts of the server that need no connection.
#include <gtest/gtest.h>

#include <stdexcept>

#include "net/byte_range.hpp"
#include "net/call.hpp"
#include "net/compression.hpp"
#include "net/headers.hpp"
#include "net/proxies.hpp"
#include "net/router.hpp"
#include "net/target.hpp"

namespace fokus::net {
namespace {

Router::Match find(const Router& router, Method method, std::string_view path) {
  const auto target = parse_target(path);
  return router.find(method, target->segments);
}

TEST(Router, PrefersLiteralThenParameterThenRest) {
  Router router;
  router.add(Method::get, "/api/{type}/{id}", 1);
  router.add(Method::get, "/api/companies/top", 2);
  router.add(Method::get, "/api/{rest...}", 3);
  router.add(Method::get, "/api/companies/{id}/history", 4);
  EXPECT_EQ(find(router, Method::get, "/api/companies/top").route, 2u);
  const auto record = find(router, Method::get, "/api/companies/7");
  EXPECT_EQ(record.route, 1u);
  EXPECT_EQ(record.params.at("type"), "companies");
  EXPECT_EQ(record.params.at("id"), "7");
  EXPECT_EQ(find(router, Method::get, "/api/companies/top/history").route, 4u);
  const auto rest = find(router, Method::get, "/api/a/b/c");
  EXPECT_EQ(rest.route, 3u);
  EXPECT_EQ(rest.params.at("rest"), "a/b/c");
  EXPECT_EQ(find(router, Method::get, "/api/a/").params.at("rest"), "a/");  // {id} is not empty
  EXPECT_FALSE(find(router, Method::get, "/other").has_path());
  EXPECT_FALSE(find(router, Method::get, "/api").has_path());
  EXPECT_FALSE(find(router, Method::get, "/api/a/b%2Fc/d").route);  // would be read as four parts
}

TEST(Router, LooksFurtherForTheMethod) {
  Router router;
  router.add(Method::post, "/api/companies/query", 1);
  router.add(Method::get, "/api/{type}/{id}", 2);
  EXPECT_EQ(find(router, Method::get, "/api/companies/query").route, 2u);
  EXPECT_EQ(find(router, Method::head, "/api/companies/query").route, 2u);
  const auto missing = find(router, Method::put, "/api/companies/query");
  EXPECT_FALSE(missing.route);
  EXPECT_EQ(missing.allow(), "GET, HEAD, POST, OPTIONS");
}

TEST(Router, RefusesBadPatterns) {
  Router router;
  router.add(Method::get, "/a/{id}", 1);
  for (const char* bad : {"a", "/a/{id", "/a/{}", "/a/x{id}", "/{rest...}/b", "/{a}/{a}", "/a/{b}"})
    EXPECT_THROW(router.add(Method::get, bad, 2), std::runtime_error) << bad;
}

TEST(Target, DecodesAfterSplitting) {
  const auto target = parse_target("/a%2Fb/%C3%B8?x=1&y=a%26b+c&z&=e#f");
  ASSERT_TRUE(target.ok());
  EXPECT_EQ(target->segments, (std::vector<std::string>{"a/b", "ø"}));
  ASSERT_EQ(target->query.size(), 4u);
  EXPECT_EQ(target->query[1].second, "a&b c");
  EXPECT_EQ(target->query[2].first, "z");
  EXPECT_EQ(parse_target("http://host:1/x?y=1")->path, "/x");
  EXPECT_EQ(parse_target("https://host")->path, "/");
  EXPECT_EQ(parse_target("/a+b")->path, "/a+b");
}

TEST(Target, KnowsWhatAHostIs) {
  for (const char* host : {"t", "crm.example.org", "crm.example.org:8180", "127.0.0.1:80", "[::1]",
                           "[::ffff:127.0.0.1]:8180", "my_host-1", "host:"})
    EXPECT_TRUE(is_host(host)) << host;
  for (const char* text :
       {"", ":80", "x/../@y", "x@y", "a b", "a\"b", "a,b", "[::1", "[]", "[::1]80", "[x]",
        "host:8x", "host:123456", "a:1:2", "h\xc3\xb8st", "<b>"})
    EXPECT_FALSE(is_host(text)) << text;
  EXPECT_EQ(authority_of("/x?y=http://z/"), "");
  EXPECT_EQ(authority_of("http://host:1/x"), "host:1");
  EXPECT_EQ(authority_of("https://host?x"), "host");
  EXPECT_EQ(authority_of("http:///x"), std::nullopt);
  EXPECT_EQ(authority_of("http://a@b/x"), std::nullopt);
  EXPECT_TRUE(is_same_host("Host", "host:80"));
  EXPECT_TRUE(is_same_host("host:8180", "HOST:8180"));
  EXPECT_FALSE(is_same_host("host", "host:8180"));
  EXPECT_FALSE(is_same_host("host", "ghost"));
}

TEST(Target, RefusesWhatIsNotText) {
  for (const char* bad : {"", "x", "/%", "/%1", "/%zz", "/%00", "/%0a", "/%ff", "/%c0%af", "/..",
                          "/a/%2e%2E/b", "/.", "/a\x7f"})
    EXPECT_FALSE(parse_target(bad).ok()) << bad;
  for (const char* bad : {"/?%", "/?a=%f", "/?%ff=1", "/?a=%00"})
    EXPECT_EQ(parse_target(bad).error().code, "net/bad_query") << bad;
  std::string many = "/?a=1";
  for (int i = 0; i < 300; ++i) many += "&a=1";
  EXPECT_FALSE(parse_target(many).ok());
}

TEST(ByteRange, FollowsRfc9110) {
  const auto is_part = [](std::string_view header, std::uint64_t first, std::uint64_t length) {
    const auto range = parse_byte_range(header, 100);
    return range.kind == ByteRange::Kind::part && range.first == first && range.length == length;
  };
  EXPECT_TRUE(is_part("bytes=0-0", 0, 1));
  EXPECT_TRUE(is_part("bytes=10-19", 10, 10));
  EXPECT_TRUE(is_part("bytes=90-", 90, 10));
  EXPECT_TRUE(is_part("bytes=90-1000", 90, 10));
  EXPECT_TRUE(is_part("bytes=-10", 90, 10));
  EXPECT_TRUE(is_part("bytes=-1000", 0, 100));
  for (const char* whole : {"lines=0-1", "bytes=a-b", "bytes=5-1", "bytes=0-1,5-6", "bytes=-", "",
                            "bytes=99999999999999999999-", "bytes=--5"})
    EXPECT_EQ(parse_byte_range(whole, 100).kind, ByteRange::Kind::whole) << whole;
  for (const char* none : {"bytes=100-", "bytes=-0"})
    EXPECT_EQ(parse_byte_range(none, 100).kind, ByteRange::Kind::unsatisfiable) << none;
  EXPECT_EQ(parse_byte_range("bytes=0-", 0).kind, ByteRange::Kind::unsatisfiable);
}

TEST(Compression, ChoosesWhatTheClientAccepts) {
  EXPECT_EQ(choose_encoding("gzip, deflate, br"), Encoding::brotli);
  EXPECT_EQ(choose_encoding("GZIP;q=0.5"), Encoding::gzip);
  EXPECT_EQ(choose_encoding("br;q=0, gzip"), Encoding::gzip);
  EXPECT_EQ(choose_encoding("br; q=0.000"), Encoding::identity);
  EXPECT_EQ(choose_encoding(""), Encoding::identity);
  EXPECT_EQ(choose_encoding("deflate, *"), Encoding::identity);
  EXPECT_TRUE(is_compressible_type("application/problem+json"));
  EXPECT_TRUE(is_compressible_type("image/svg+xml"));
  EXPECT_FALSE(is_compressible_type("image/png"));
  EXPECT_FALSE(is_compressible_type("text/event-stream"));
}

TEST(Headers, FindsAndCleans) {
  EXPECT_EQ(clean_header_value("a\r\nSet-Cookie: x"), "a__Set-Cookie: x");
  EXPECT_TRUE(matches_etag("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(matches_etag("*", "\"b\""));
  EXPECT_FALSE(matches_etag("\"bb\"", "\"b\""));
  Call call;
  call.headers = {{"Cookie", "a=1; b=\"2\""}, {"cookie", "c=3; ab=4"}};
  EXPECT_EQ(call.cookie("a"), "1");
  EXPECT_EQ(call.cookie("b"), "2");
  EXPECT_EQ(call.cookie("c"), "3");
  EXPECT_FALSE(call.cookie("d"));
}

TEST(Proxies, ReadsFromTheRight) {
  const ProxyTrust trust({"10.0.0.0/8", "::1", "192.168.1.7"});
  EXPECT_TRUE(trust.trusts("10.255.0.1"));
  EXPECT_TRUE(trust.trusts("::ffff:10.0.0.1"));
  EXPECT_FALSE(trust.trusts("11.0.0.1"));
  EXPECT_FALSE(trust.trusts("192.168.1.8"));
  const Headers hops = {{"X-Forwarded-For", "1.1.1.1, 2.2.2.2"}, {"x-forwarded-for", "10.0.0.9"}};
  EXPECT_EQ(trust.client_address("10.0.0.1", hops), "2.2.2.2");
  EXPECT_EQ(trust.client_address("3.3.3.3", hops), "3.3.3.3");
  EXPECT_EQ(trust.client_address("10.0.0.1", {{"X-Forwarded-For", "1.1.1.1, evil"}}), "10.0.0.1");
  EXPECT_THROW(ProxyTrust({"nonsense"}), std::runtime_error);
  EXPECT_THROW(ProxyTrust({"10.0.0.0/33"}), std::runtime_error);
}

}  // namespace
}  // namespace fokus::net
