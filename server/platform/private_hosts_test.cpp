// SPDX-License-Identifier: Apache-2.0
#include "platform/private_hosts.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "platform/http_url.hpp"

namespace fokus::outgoing {
namespace {

bool is_public(const char* text) {
  sockaddr_in four{};
  if (::inet_pton(AF_INET, text, &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    return is_public_address(reinterpret_cast<const sockaddr&>(four));
  }
  sockaddr_in6 six{};
  EXPECT_EQ(::inet_pton(AF_INET6, text, &six.sin6_addr), 1) << text;
  six.sin6_family = AF_INET6;
  return is_public_address(reinterpret_cast<const sockaddr&>(six));
}

TEST(Addresses, OfTheInternetArePublic) {
  for (const char* text : {"1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.0.1",
                           "100.128.0.1", "192.167.1.1", "198.17.0.1", "223.255.255.255",
                           "2606:4700::1111", "2a01:4f8::1", "::ffff:8.8.8.8", "64:ff9b::808:808"})
    EXPECT_TRUE(is_public(text)) << text;
}

TEST(Addresses, OfThisMachineAndThisHouseAreNot) {
  for (const char* text :
       {"0.0.0.0",    "0.1.2.3",        "10.0.0.1",        "100.64.0.1",  "100.127.255.255",
        "127.0.0.1",  "127.255.0.1",    "169.254.169.254", "172.16.0.1",  "172.31.255.255",
        "192.0.0.8",  "192.0.2.1",      "192.88.99.1",     "192.168.0.1", "198.18.0.1",
        "198.19.0.1", "198.51.100.7",   "203.0.113.9",     "224.0.0.1",   "239.1.1.1",
        "240.0.0.1",  "255.255.255.255"})
    EXPECT_FALSE(is_public(text)) << text;
  for (const char* text :
       {"::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2001::1",
        "2001:db8::1", "2002:7f00:1::", "3fff::1", "4000::1", "100::1"})
    EXPECT_FALSE(is_public(text)) << text;
}

TEST(Addresses, OfAnotherFamilyAreNot) {
  sockaddr other{};
  other.sa_family = AF_UNIX;
  EXPECT_FALSE(is_public_address(other));
}

TEST(PrivateHosts, AreAllowedByNameAndPort) {
  const auto parsed = PrivateHosts::parse(
      {"Registry.Internal:8443", "http://127.0.0.1:9100", "[::1]:443", "http://[fd00::5]:80"});
  ASSERT_TRUE(parsed.ok());
  EXPECT_TRUE(parsed->allows_address("registry.internal", 8443));
  EXPECT_FALSE(parsed->allows_address("registry.internal", 443));
  EXPECT_FALSE(parsed->allows_address("other.internal", 8443));
  EXPECT_FALSE(parsed->allows_plain("registry.internal", 8443));
  EXPECT_TRUE(parsed->allows_plain("127.0.0.1", 9100));
  EXPECT_TRUE(parsed->allows_address("127.0.0.1", 9100));
  EXPECT_TRUE(parsed->allows_address("::1", 443));
  EXPECT_TRUE(parsed->allows_plain("fd00::5", 80));
  EXPECT_FALSE(PrivateHosts().allows_address("127.0.0.1", 80));
}

TEST(PrivateHosts, MustBeWrittenOut) {
  for (const char* text : {"", "host", "host:", ":80", "host:0", "host:65536", "host:8o", "::1:80",
                           "https://host:443", "host/path:80", "user@host:80", "ho st:80", "*:80"})
    EXPECT_FALSE(PrivateHosts::parse({text}).ok()) << text;
}

TEST(Urls, AreReadAsTheyWillBeCalled) {
  const auto url = parse_url("HTTPS://API.Example.ORG/a%20b?q=1#part");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "api.example.org");
  EXPECT_EQ(url->port, 443);
  EXPECT_EQ(url->path, "/a%20b");
  EXPECT_EQ(url->query, "q=1");
  EXPECT_EQ(url->authority(), "api.example.org");
  EXPECT_EQ(url->text.find('#'), std::string::npos);
  EXPECT_EQ(parse_url("https://127.1/")->host, "127.0.0.1");
  EXPECT_EQ(parse_url("https://0x7f000001/")->host, "127.0.0.1");
  EXPECT_EQ(parse_url("https://2130706433/")->host, "127.0.0.1");
  EXPECT_EQ(parse_url("https://[::1]:8443/")->authority(), "[::1]:8443");
  EXPECT_EQ(parse_url("http://a.example:80/")->authority(), "a.example");
  EXPECT_EQ(parse_url("https://a.example:80/")->authority(), "a.example:80");
}

TEST(Urls, AreRefusedWhenTheyMeanSomethingElse) {
  for (const char* text :
       {"", "example.org", "ftp://example.org/", "file:///etc/passwd", "https://",
        "https://user@example.org/", "https://user:secret@example.org/", "https://exa mple.org/",
        "https://example.org/\r\nHost: b", "https://example.org./", "https://[fe80::1%25eth0]/",
        "https://ex%C3%A6mple.org/", "https://evil.example%2Fx.example.org/",
        "https://evil.example%00.example.org/", "gopher://example.org/",
        "https://example.org/\xC3\xA6", "javascript:alert(1)"})
    EXPECT_FALSE(parse_url(text)) << text;
  EXPECT_FALSE(parse_url("https://example.org/" + std::string(9'000, 'a')));
}

TEST(Urls, AreResolvedLikeRedirects) {
  const auto base = *parse_url("https://a.example/x/y?z=1");
  EXPECT_EQ(resolve_url(base, "/b")->text, "https://a.example/b");
  EXPECT_EQ(resolve_url(base, "b")->text, "https://a.example/x/b");
  EXPECT_EQ(resolve_url(base, "//b.example/c")->host, "b.example");
  EXPECT_EQ(resolve_url(base, "http://127.0.0.1/")->host, "127.0.0.1");
  EXPECT_FALSE(resolve_url(base, "file:///etc/passwd"));
  EXPECT_FALSE(resolve_url(base, "https://user@b.example/"));
}

TEST(HostLists, HaveNamesAndWhatIsBelowOne) {
  const std::vector<std::string> hosts = {"a.example", "b.example:8443", "*.c.example"};
  const auto is_in = [&](const char* text) { return is_listed(*parse_url(text), hosts); };
  EXPECT_TRUE(is_in("https://a.example/x"));
  EXPECT_TRUE(is_in("https://A.EXAMPLE/x"));
  EXPECT_FALSE(is_in("https://a.example:8443/"));
  EXPECT_TRUE(is_in("https://b.example:8443/"));
  EXPECT_FALSE(is_in("https://b.example/"));
  EXPECT_TRUE(is_in("https://x.c.example/"));
  EXPECT_TRUE(is_in("https://x.y.c.example/"));
  EXPECT_FALSE(is_in("https://c.example/"));
  EXPECT_FALSE(is_in("https://evil-c.example/"));
  EXPECT_FALSE(is_in("https://a.example.evil.example/"));
  EXPECT_FALSE(is_listed(*parse_url("https://a.example/"), {}));
}

TEST(HostLists, TakeWhatAnAdministratorMayType) {
  for (const char* text :
       {"a.example", "a.example:8443", "*.a.example", "127.0.0.1:9100", "[::1]:80"})
    EXPECT_TRUE(is_host_pattern(text)) << text;
  for (const char* text : {"", "*", "*.example", "*.", "A.example", "a.example/", "a.example/x",
                           "https://a.example", "u@a.example", "a b", "a.example?x", "a.example#x",
                           "*a.example", "a.*.example", "a.example:443", "a.example:99999"})
    EXPECT_FALSE(is_host_pattern(text)) << text;
}

}  // namespace
}  // namespace fokus::outgoing
