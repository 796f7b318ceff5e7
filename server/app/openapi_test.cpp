// SPDX-License-Identifier: Apache-2.0
#include "app/openapi.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "access/bind_route.hpp"
#include "app/schema_notation.hpp"
#include "app/serve.hpp"
#include "base/text.hpp"

namespace fokus::app {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using Names = std::set<std::string>;

// Of a whole installation, so that no feature can be forgotten.
class Openapi : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new fs::path(fs::temp_directory_path() / ("fokus-openapi-" + SystemRandom().hex(8)));
    static const FakeClock clock{Instant{1'800'000'000'000}};
    Config config;
    config.data = *folder_;
    config.log_file = *folder_ / "log";
    fs::create_directories(*folder_);
    house_ = House::open(config, clock).value().release();
  }
  static void TearDownTestSuite() {
    delete house_;
    fs::remove_all(*folder_);
    delete folder_;
  }

  // "header If-Match", "query limit", "path id" of an operation, shared ones looked up.
  static Names parameters_of(const json::value& document, const json::value& operation) {
    Names out;
    for (const auto& one : operation.at("parameters").as_array()) {
      const auto* ref = one.as_object().if_contains("$ref");
      const json::value& parameter =
          ref ? document.at("components").at("parameters").at(split(ref->as_string(), '/').back())
              : one;
      out.insert(std::string(parameter.at("in").as_string()) + " " +
                 std::string(parameter.at("name").as_string()));
    }
    return out;
  }

  static Names parameters_of(const access::Route& route, const Operation& operation) {
    Names out;
    for (const auto& name : path_params(operation.path)) out.insert("path " + name);
    for (const auto& one : route.contract.query()) out.insert("query " + one.name);
    if (route.contract.terms().versioned) out.insert("header If-Match");
    if (route.contract.terms().is_conditional) out.insert("header If-None-Match");
    if (route.right.kind() == access::Right::Kind::anyone) return out;
    out.insert("header X-Purpose");
    if (route.method == net::Method::post) out.insert("header Idempotency-Key");
    return out;
  }

  static fs::path* folder_;
  static House* house_;
};
fs::path* Openapi::folder_ = nullptr;
House* Openapi::house_ = nullptr;

TEST_F(Openapi, EveryRouteDeclaresWhatItTakesAndAnswers) {
  for (const auto& route : described_routes(*house_))
    EXPECT_TRUE(route.contract.is_declared())
        << access::method_name(route.method) << " " << route.path << ": its terms are missing";
}

TEST_F(Openapi, RoutesWithABodyOfTheirMethodSaySo) {
  for (const auto& route : described_routes(*house_)) {
    const auto& terms = route.contract.terms();
    const bool is_read = route.method == net::Method::get;
    EXPECT_FALSE(is_read && (!terms.body.empty() || !terms.upload.empty())) << route.path;
    EXPECT_EQ(route.stream_body, !terms.upload.empty()) << route.path;
    EXPECT_FALSE(route.method == net::Method::patch && terms.body.empty()) << route.path;
  }
}

// Both ways: nothing of the router is missing in the document, nothing in it is invented.
TEST_F(Openapi, RouterAndDocumentAgreeOnEveryOperationAndParameter) {
  const auto routes = described_routes(*house_);
  const auto dictionary = house_->dictionary.current();
  const auto document = json::parse(render_openapi(routes, *dictionary));
  std::map<std::string, Names> described, served;
  for (const auto& [path, methods] : document.at("paths").as_object())
    for (const auto& [method, operation] : methods.as_object())
      described[std::string(method) + " " + std::string(path)] = parameters_of(document, operation);
  std::set<const access::Route*> seen;
  for (const auto& operation : list_operations(routes, *dictionary)) {
    const auto& route = *operation.route;
    seen.insert(&route);
    served[lower_ascii(access::method_name(route.method)) + " " + operation.path] =
        parameters_of(route, operation);
  }
  EXPECT_EQ(described, served);
  for (const auto& route : routes)
    EXPECT_TRUE(seen.contains(&route)) << route.path << " is not in the document";
}

TEST_F(Openapi, HasThePathsOfEachRecordTypeByName) {
  const auto operations = list_operations(described_routes(*house_), *house_->dictionary.current());
  Names paths;
  for (const auto& operation : operations) paths.insert(operation.path);
  for (const auto* type : house_->dictionary.current()->in_order())
    EXPECT_TRUE(paths.contains("/api/v1/" + type->plural + "/{id}")) << type->name;
  EXPECT_TRUE(paths.contains("/api/v1/documents/{id}/files/{field}"));
  EXPECT_FALSE(paths.contains("/api/v1/companies/{id}/files/{field}"));
  EXPECT_TRUE(paths.contains("/api/v1/events"));
}

std::string schema_of(std::string_view notation) {
  std::string out;
  JsonWriter json(out);
  write_schema(json, notation, [](std::string_view name) { return std::string(name); });
  return out;
}

TEST(SchemaNotation, IsWrittenAsJsonSchema) {
  EXPECT_EQ(schema_of("text"), R"({"type":"string"})");
  EXPECT_EQ(schema_of("[id]"), R"({"type":"array","items":{"type":"integer","format":"int64"}})");
  EXPECT_EQ(schema_of("{name!: text, at: instant?}"),
            R"({"type":"object","properties":{"name":{"type":"string"},)"
            R"("at":{"anyOf":[{"type":"string","format":"date-time"},{"type":"null"}]}},)"
            R"("required":["name"]})");
  EXPECT_EQ(schema_of("{kind: static|dynamic}"),
            R"({"type":"object","properties":{"kind":)"
            R"({"type":"string","enum":["static","dynamic"]}}})");
  EXPECT_EQ(schema_of("$count"), R"({"$ref":"#/components/schemas/count"})");
}

TEST(SchemaNotation, ThatCannotBeReadIsRefused) {
  for (const char* wrong : {"", "txt", "{name text}", "[text", "{a: text", "text text", "{: text}"})
    EXPECT_THROW(schema_of(wrong), std::runtime_error) << wrong;
}

}  // namespace
}  // namespace fokus::app
