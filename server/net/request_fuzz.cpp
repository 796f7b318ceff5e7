// SPDX-License-Identifier: Apache-2.0
// libFuzzer target: request target, query, router, ranges and the small header parsers.
#include <cstdint>
#include <cstdlib>

#include "base/text.hpp"
#include "net/byte_range.hpp"
#include "net/call.hpp"
#include "net/compression.hpp"
#include "net/headers.hpp"
#include "net/proxies.hpp"
#include "net/router.hpp"
#include "net/target.hpp"

using namespace fokus;
using namespace fokus::net;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

Router make_router() {
  Router router;
  router.add(Method::get, "/", 0);
  router.add(Method::get, "/api/{type}", 1);
  router.add(Method::get, "/api/{type}/{id}", 2);
  router.add(Method::post, "/api/companies/query", 3);
  router.add(Method::get, "/dav/{rest...}", 4);
  router.add(Method::get, "/api/{type}/{id}/{rest...}", 5);
  return router;
}

void check_target(const Router& router, std::string_view input) {
  const auto target = parse_target(input);
  if (!target.ok()) return;
  require(is_clean_utf8(target->path) && target->path.starts_with('/'));
  for (const auto& segment : target->segments) require(segment != ".." && segment != ".");
  for (const auto& [key, value] : target->query)
    require(is_clean_utf8(key) && is_clean_utf8(value));
  for (auto method : {Method::get, Method::head, Method::post}) {
    const auto match = router.find(method, target->segments);
    if (match.route) require(match.has_path());
    for (const auto& [name, value] : match.params) require(name == "rest" || !value.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const Router router = make_router();
  static const ProxyTrust trust({"10.0.0.0/8", "::1"});
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  check_target(router, input);
  const auto range = parse_byte_range(input, 1000);
  require(range.kind != ByteRange::Kind::part ||
          (range.length > 0 && range.first + range.length <= 1000));
  choose_encoding(input);
  matches_etag(input, "\"a\"");
  require(clean_header_value(input).find_first_of("\r\n") == std::string::npos);
  trust.client_address("10.0.0.1", {{"X-Forwarded-For", std::string(input)}});
  Call call;
  call.headers = {{"Cookie", std::string(input)}};
  call.cookie("session");
  return 0;
}
