// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/external_source.hpp"

#include <gtest/gtest.h>

#include "features/dashboards/definition.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;

Result<Definition> definition_of(std::string_view form) {
  return parse_definition(json::parse(json::string_view(form.data(), form.size())).as_object());
}

std::string refusal(std::string_view form) {
  const auto read = definition_of(form);
  if (read.ok()) return "accepted";
  return read.error().errors.at(0).field + " " + read.error().errors.at(0).code;
}

std::string rows_of(const ExternalSource& source, std::string_view presentation,
                    std::string_view body) {
  const auto found = read_rows(source, presentation, body);
  if (!found.ok()) return found.error().code;
  std::string out;
  for (const auto& row : found->rows) {
    out += row.label + "/" + row.series + "/";
    out += row.value ? std::to_string(*row.value) : "none";
    for (const auto& cell : row.cells) out += " " + cell;
    out += ";";
  }
  return out;
}

TEST(ExternalSource, IsRefusedByMember) {
  const auto of = [](const char* presentation, const std::string& source) {
    return refusal(R"({"title":"x","presentation":")" + std::string(presentation) +
                   R"(","source":)" + source + "}");
  };
  EXPECT_EQ(of("number", R"({"url":"https://a.example/x","value":"/n"})"), "accepted");
  EXPECT_EQ(of("bar", R"({"url":"https://a.example/x","label":"/n","value":""})"), "accepted");
  EXPECT_EQ(of("number", R"({})"), "source.url required");
  EXPECT_EQ(of("number", R"([])"), "source not_an_object");
  EXPECT_EQ(of("number", R"({"url":"https://a.example","colour":"red"})"),
            "source.colour unknown_member");
  for (const char* url : {"ftp://a.example", "https://", "https://user:word@a.example/",
                          "https://a.example/ x", "https://a.example/#x", "a.example"})
    EXPECT_EQ(of("number", R"({"url":")" + std::string(url) + "\"}"), "source.url not_a_url")
        << url;
  for (const char* path : {"name", "/a~", "/a~2"})
    EXPECT_EQ(
        of("bar", R"({"url":"https://a.example","value":"","label":")" + std::string(path) + "\"}"),
        "source.label not_a_pointer")
        << path;
  EXPECT_EQ(of("bar", R"({"url":"https://a.example","label":"/n"})"), "source.value required");
  EXPECT_EQ(of("list", R"({"url":"https://a.example"})"), "source.columns required");
  EXPECT_EQ(of("list", R"({"url":"https://a.example","columns":[{"label":"x"}]})"),
            "source.columns not_an_object");
  EXPECT_EQ(of("bar", R"({"url":"https://a.example","label":"","value":"",)"
                      R"("columns":[{"label":"x","path":""}]})"),
            "source.columns wrong_kind");
  EXPECT_EQ(of("number", R"({"url":"https://a.example","minutes":0})"),
            "source.minutes out_of_range");
  EXPECT_EQ(of("funnel", R"({"url":"https://a.example","label":"","value":""})"),
            "presentation wrong_kind");
  EXPECT_EQ(refusal(R"({"title":"x","presentation":"number","filter":"id gt 0",)"
                    R"("source":{"url":"https://a.example"}})"),
            "filter not_of_external");
}

TEST(ExternalSource, FindsWhatTheMappingSays) {
  ExternalSource source;
  source.rows = "/data/0/rows";
  source.label = "/a~1b";
  source.value = "/n";
  source.series = "/s";
  EXPECT_EQ(rows_of(source, "stacked",
                    R"({"data":[{"rows":[{"a/b":"x","n":1.5,"s":"one"},{"n":"2","a/b":7},{}]}]})"),
            "x/one/1.500000;7//2.000000;//none;");
  EXPECT_EQ(rows_of(source, "bar", R"({"data":[]})"), "dashboards/external_no_rows");
  EXPECT_EQ(rows_of(source, "bar", R"({"data":[{"rows":{}}]})"), "dashboards/external_no_rows");
  EXPECT_EQ(rows_of(source, "bar", "<html>"), "dashboards/external_not_json");
  EXPECT_EQ(rows_of(source, "bar", std::string(100, '[')), "dashboards/external_not_json");
  ExternalSource number;
  number.value = "/total";
  EXPECT_EQ(rows_of(number, "gauge", R"({"total": -3})"), "//-3.000000;");
  for (const char* body : {R"({"total":"x"})", R"({"total":null})", R"({"total":1e999})", "[]"})
    EXPECT_NE(rows_of(number, "number", body), "accepted") << body;
  ExternalSource list;
  list.columns = {{"A", "/a"}, {"B", ""}};
  EXPECT_EQ(rows_of(list, "list", R"([{"a":true},{"a":0.5}])"),
            "//none true {\"a\":true};//none 0.5 {\"a\":5E-1};");
}

TEST(ExternalSource, LeavesOutWhatIsTooMuch) {
  ExternalSource source;
  source.value = "";
  source.label = "";
  std::string body = "[";
  for (std::size_t i = 0; i < limits::external_rows_max + 10; ++i) body += "1,";
  body.back() = ']';
  const auto found = read_rows(source, "bar", body);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->rows.size(), limits::external_rows_max);
  EXPECT_TRUE(found->is_truncated);
  ExternalSource long_text;
  long_text.columns = {{"A", ""}};
  std::string letters;
  for (std::size_t i = 0; i < limits::external_text_max + 5; ++i) letters += "ø";
  const auto short_one = read_rows(long_text, "list", "[\"" + letters + "\"]");
  ASSERT_TRUE(short_one.ok());
  EXPECT_EQ(short_one->rows.at(0).cells.at(0), letters.substr(0, 2 * limits::external_text_max));
}

TEST(PanelAddress, MergeFieldsStandBehindTheHost) {
  const auto code = [](std::string_view url) {
    const auto checked = check_url(url);
    return checked.ok() ? "fine" : checked.error().errors.at(0).code;
  };
  EXPECT_EQ(code("https://a.example/{user.id}?e={user.email}&t={token}"), "fine");
  EXPECT_EQ(code("https://a.example?l={user.language}"), "fine");
  EXPECT_EQ(code("https://{user.id}.example/"), "not_a_url");
  EXPECT_EQ(code("https://a.example{token}"), "not_a_url");
  EXPECT_EQ(code("https://a.example/{user.password}"), "unknown_merge_field");
  EXPECT_EQ(code("https://a.example/{}"), "unknown_merge_field");
  EXPECT_EQ(code("https://a.example/{user.id"), "unknown_merge_field");
  EXPECT_EQ(code("https://a.example/user.id}"), "unknown_merge_field");
}

}  // namespace
}  // namespace fokus::dashboards
