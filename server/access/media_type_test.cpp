// SPDX-License-Identifier: Apache-2.0
#include "access/media_type.hpp"

#include <gtest/gtest.h>

namespace fokus::access {
namespace {

bool is_taken(std::string type, net::Method method = net::Method::post, std::string body = "{}") {
  net::Call call;
  call.method = method;
  call.body = std::move(body);
  if (!type.empty()) call.headers.emplace_back("Content-Type", std::move(type));
  return sends_json(call);
}

TEST(MediaTypes, TakeJsonInUtf8) {
  for (const char* type :
       {"application/json", "Application/JSON", "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"", " application/json ; x=y ; charset = utf-8"})
    EXPECT_TRUE(is_taken(type)) << type;
}

TEST(MediaTypes, RefuseWhatAFormCanSendAndOtherEncodings) {
  for (const char* type :
       {"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/jsonp", "application/json2", "text/json", "application/json, text/plain",
        "application/json; charset=utf-16", "application/json; charset=latin1; charset=utf-8"})
    EXPECT_FALSE(is_taken(type)) << type;
  EXPECT_FALSE(is_taken("text/plain", net::Method::patch));
  EXPECT_FALSE(is_taken("text/plain", net::Method::remove));
}

TEST(MediaTypes, AskNothingOfWhatHasNoBodyOrIsNotRead) {
  EXPECT_TRUE(is_taken("", net::Method::post, ""));
  EXPECT_TRUE(is_taken("text/plain", net::Method::post, ""));
  EXPECT_TRUE(is_taken("text/plain", net::Method::get));
}

}  // namespace
}  // namespace fokus::access
