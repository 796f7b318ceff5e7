// SPDX-License-Identifier: Apache-2.0
#include "features/reports/tile_view.hpp"

#include <gtest/gtest.h>

#include "features/reports/axis_scale.hpp"
#include "features/reports/sheet.hpp"

namespace fokus::reports {
namespace {

namespace json = boost::json;

class TileViewTest : public ::testing::Test {
 protected:
  TileView view(std::string_view answer, const std::string& language = "da") {
    const Reader reader{dictionary_, language, Figures(language, zone_)};
    const auto parsed = json::parse(std::string(answer));
    return view_of(parsed.as_object(), reader);
  }
  Result<std::string> draw(std::vector<PlacedView> tiles, pdf::Paper paper) {
    const Reader reader{dictionary_, "da", Figures("da", zone_)};
    Sheet sheet;
    sheet.name = "Salg";
    sheet.zone = zone_.name();
    sheet.as_of = *parse_instant("2026-11-27T07:00:00Z");
    sheet.paper = paper;
    sheet.tiles = std::move(tiles);
    return draw_sheet(sheet, reader);
  }

  records::Dictionary dictionary_;
  TimeZone zone_ = TimeZone::find("Europe/Copenhagen").value();
};

constexpr std::string_view by_month = R"({"kind":"chart","presentation":"column","title":"Salg",
  "measures":[{"kind":"sum","field":"amount","field_label":"Beløb","label":null,"unit":"money",
    "currency":"DKK"}],
  "group_by":[{"field":"closed_on","label":"Lukket","kind":"date","by":"month","list":null}],
  "groups":[{"keys":[{"value":"2026-10","label":null}],
    "cells":[{"value":{"amount":"1250.50","currency":"DKK"},"number":1250.5,"count":2}],
    "before":[{"value":{"amount":"1000.00","currency":"DKK"},"number":1000,"count":1}]},
   {"keys":[{"value":null,"label":null}],"cells":[{"value":null,"number":null,"count":0}]}],
  "others":{"cells":[{"value":{"amount":"7.00","currency":"DKK"},"number":7,"count":1}]},
  "total":{"cells":[]},
  "comparison":{"kind":"previous_year","from":"2025-10-01","to":"2025-10-31"}})";

TEST_F(TileViewTest, IsTextInTheReadersLanguage) {
  const auto shown = view(by_month);
  ASSERT_EQ(shown.kind, TileView::Kind::chart);
  ASSERT_EQ(shown.categories.size(), 3u);
  EXPECT_EQ(shown.categories[0], "okt. 2026");
  EXPECT_EQ(shown.categories[1], "(tom)");
  EXPECT_EQ(shown.categories[2], "Andre");
  ASSERT_EQ(shown.series.size(), 2u);
  EXPECT_EQ(shown.series[0].name, "Sum: Beløb");
  EXPECT_EQ(shown.series[1].name, "Før");
  EXPECT_TRUE(shown.series[1].is_before);
  EXPECT_EQ(shown.series[0].cells[0].number, 1250.5);
  EXPECT_NE(shown.series[0].cells[0].text.find("1.250,50"), std::string::npos)
      << shown.series[0].cells[0].text;
  EXPECT_EQ(shown.series[0].cells[1].text, "–");
  EXPECT_EQ(view(by_month, "en").categories[0], "Oct 2026");
}

TEST_F(TileViewTest, OfTwoFieldsTheSecondMakesTheSeries) {
  const auto shown = view(R"({"kind":"chart","presentation":"stacked","title":"T",
    "measures":[{"kind":"count"}],
    "group_by":[{"field":"a","kind":"choice","by":null},{"field":"b","kind":"boolean","by":null}],
    "groups":[
      {"keys":[{"value":"x","label":"Ex"},{"value":true}],"cells":[{"value":3,"number":3}]},
      {"keys":[{"value":"x","label":"Ex"},{"value":false}],"cells":[{"value":1,"number":1}]},
      {"keys":[{"value":"y","label":"Yp"},{"value":true}],"cells":[{"value":2,"number":2}]}]})");
  EXPECT_EQ(shown.categories, (std::vector<std::string>{"Ex", "Yp"}));
  ASSERT_EQ(shown.series.size(), 2u);
  EXPECT_EQ(shown.series[0].name, "Ja");
  EXPECT_EQ(shown.series[1].name, "Nej");
  EXPECT_EQ(shown.series[1].cells[0].number, 1);
  EXPECT_FALSE(shown.series[1].cells[1].number.has_value());
}

TEST_F(TileViewTest, BreaksOnNoAnswerOfAnotherForm) {
  for (const auto* answer :
       {"{}", R"({"kind":"list"})", R"({"kind":"list","items":[1],"record_type":"none"})",
        R"({"kind":"chart","measures":[{}],"groups":[{}],"presentation":"column"})",
        R"({"kind":"chart","measures":[{}],"groups":[{"keys":[7],"cells":[null]}],
            "group_by":[{}],"presentation":"pie"})",
        R"({"kind":"web","title":"W"})", R"({"kind":"number","measures":"x"})",
        R"({"kind":"chart","presentation":"number","measures":[{"kind":"later"}]})"}) {
    auto shown = view(answer);
    EXPECT_TRUE(draw({{shown, 0, 0, 4, 4}}, pdf::Paper::portrait).ok()) << answer;
  }
}

TEST_F(TileViewTest, DrawsEveryPresentation) {
  for (const char* presentation : {"number", "gauge", "column", "bar", "line", "area", "stacked",
                                   "stacked_100", "column_line", "pie", "donut", "funnel"}) {
    auto parsed = json::parse(std::string(by_month)).as_object();
    parsed["presentation"] = presentation;
    parsed["target"] = 2000;
    auto shown = view(json::serialize(parsed));
    shown.title = "Bestyrelsesmødeforberedelsesudvalgsmedlemmernes særlige arrangementer";
    const auto bytes = draw({{shown, 0, 0, 3, 4}, {shown, 3, 0, 9, 4}}, pdf::Paper::landscape);
    ASSERT_TRUE(bytes.ok()) << presentation;
    EXPECT_TRUE(bytes->starts_with("%PDF-")) << presentation;
  }
}

TEST_F(TileViewTest, ALongListGoesOnOverPages) {
  TileView list;
  list.kind = TileView::Kind::list;
  list.title = "Firmaer";
  list.headers = {"Navn", "Beløb"};
  list.is_number = {false, true};
  for (int i = 0; i < 200; ++i)
    list.rows.push_back({"Rødgrødmedflødeproducentsammenslutningen " + std::to_string(i), "1.000"});
  const auto once = draw({{list, 0, 0, 4, 4}}, pdf::Paper::portrait);
  ASSERT_TRUE(once.ok());
  std::size_t pages = 0;
  for (std::size_t at = once->find("/Type /Page\n"); at != std::string::npos;
       at = once->find("/Type /Page\n", at + 1))
    ++pages;
  // Cairo may write its objects otherwise one day; then there is nothing to count.
  EXPECT_TRUE(pages == 0 || pages > 3) << pages;
}

TEST(AxisScale, IsRoundAndHoldsZero) {
  const auto scale = make_scale(0, 97, 4);
  EXPECT_EQ(scale.low, 0);
  EXPECT_EQ(scale.high, 100);
  EXPECT_EQ(scale.ticks.size(), 3u);  // 0, 50, 100
  const auto below = make_scale(-30, 10, 4);
  EXPECT_LE(below.low, -30);
  EXPECT_GE(below.high, 10);
  EXPECT_NEAR(below.share(below.high), 1, 1e-9);
  EXPECT_GE(make_scale(0, 0, 4).ticks.size(), 2u);
  EXPECT_GE(make_scale(1e300, -1e300, 4).ticks.size(), 2u);
}

}  // namespace
}  // namespace fokus::reports
