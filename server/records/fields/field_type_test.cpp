// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "records/fields/field_testing.hpp"
#include "records/fields/sanitise.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

class FieldTypes : public ::testing::Test {
 protected:
  // The code of the refusal; "" when it is taken, and then what is read out may be saved again.
  std::string save(FieldKind kind, const std::string& text) {
    const Field field = world_.field(kind);
    const auto columns = parse_field_input(world_.context, field, json::value(text));
    if (!columns.ok()) return columns.error().errors.at(0).code;
    shown_ = testing::FieldWorld::read_out(field, *columns);
    const auto again = parse_field_input(world_.context, field, json::parse(shown_));
    if (!again.ok()) return shown_ + " cannot be saved again";
    EXPECT_EQ(*again, *columns) << shown_;
    return "";
  }

  testing::FieldWorld world_;
  std::string shown_;
};

TEST_F(FieldTypes, KeepNothingLongerThanMayBeSavedAgain) {
  const std::string path(testing::FieldWorld::length_max - 10, 'a');
  EXPECT_EQ(save(FieldKind::url, path), "");
  EXPECT_EQ(save(FieldKind::url, path + ".example.org"), "too_long");  // with its https://
  EXPECT_EQ(save(FieldKind::rich_text, "<b>bold</b> &amp; more"), "");
  EXPECT_EQ(save(FieldKind::rich_text, std::string(20, '&')), "too_long");  // written as &amp;
}

TEST_F(FieldTypes, RefuseWhatTurnsTheDirectionOfOneLine) {
  for (const std::string control :
       {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"}) {
    EXPECT_EQ(save(FieldKind::text, "a" + control + "b"), "direction_control");
    EXPECT_EQ(save(FieldKind::url, "a.example/" + control), "direction_control");
    EXPECT_EQ(save(FieldKind::long_text, "a" + control + "b"), "");
    EXPECT_EQ(save(FieldKind::rich_text, "a" + control + "b"), "");
  }
  // Neighbours that are writing: a dash, a quotation mark, a narrow blank, a zero-width joiner.
  EXPECT_EQ(save(FieldKind::text, "a \u2013 \u201Cb\u201D \u202Fc \u200Dd \u2065"), "");
  EXPECT_EQ(save(FieldKind::text, "\u0634\u0631\u0643\u0629 \u05E9\u05DC\u05D5\u05DD"), "");
}

TEST_F(FieldTypes, KnowLanguages) {
  for (const char* tag : {"da", "nb", "no", "DE", "dan", "sma", "pt-BR", "zh-Hant-TW"})
    EXPECT_EQ(save(FieldKind::language, tag), "") << tag;
  for (const char* tag : {"zz", "xx", "qq-DK", "danish", "d", "da-"})
    EXPECT_EQ(save(FieldKind::language, tag), "not_a_language") << tag;
}

TEST_F(FieldTypes, TakeMarkupAroundNothingForNothing) {
  EXPECT_EQ(save(FieldKind::rich_text, "</b><script>x</script>"), "");
  EXPECT_EQ(shown_, "null");
}

TEST_F(FieldTypes, KeepMomentsOfFourDigitYears) {
  EXPECT_EQ(save(FieldKind::instant, "9999-12-31T23:59:59+00:00"), "");
  EXPECT_EQ(save(FieldKind::instant, "9999-12-31T23:59:59-01:00"), "not_an_instant");
  EXPECT_EQ(save(FieldKind::instant, "0001-01-01T00:00:00Z"), "");
  EXPECT_EQ(save(FieldKind::instant, "0001-01-01T00:00:00+01:00"), "not_an_instant");
}

TEST_F(FieldTypes, EndLinesInOneWay) {
  const Field field = world_.field(FieldKind::long_text);
  const auto columns = parse_field_input(world_.context, field, json::value("a\r\r\nb\rc"));
  ASSERT_TRUE(columns.ok());
  EXPECT_EQ(columns->at(0), store::Value(std::string("a\n\nb\nc")));
}

TEST_F(FieldTypes, RefuseNumbersWithoutRoom) {
  const Field field = world_.field(FieldKind::decimal);
  for (const double number : {1e300, -1e300, 1e17})
    EXPECT_FALSE(parse_field_input(world_.context, field, json::value(number)).ok()) << number;
  EXPECT_TRUE(parse_field_input(world_.context, field, json::value(12.5)).ok());
}

TEST(Sanitise, ChangesNothingTheSecondTime) {
  for (const std::string html :
       {"<pre>\n\n  code</pre>", "<pre>\n\n\n</pre>", "<a><table><a>x</a></table></a>",
        "<b><p>one</b>two</p>", "<p><button><p>x</button></p>", "<table><p>a<tr><td>b</table>",
        "<ul><li>a<li>b<ul><li>c</ul></ul>", "<h1><h2>x</h1></h2>", "<i><svg><p></i>x</svg>",
        "  <p> a", "<a href='http://a.example'>x<div><a href='tel:1'>y</div></a>",
        "<code><b><pre>\n\nx</b></pre></code>", "a &lt;b&gt; &amp;amp; \"c\""}) {
    const std::string clean = sanitise_html(html);
    EXPECT_EQ(sanitise_html(clean), clean) << html;
  }
}

TEST(Sanitise, LeavesNoByteThatIsNoText) {
  for (const std::string digits :
       {"x1f6cccccccccccc00", "xffffffff", "4294967296", "99999999999999"})
    for (const std::string& html :
         {"a &#" + digits + "; b", "<a href='http://a.example/&#" + digits + ";'>x</a>"}) {
      const std::string clean = sanitise_html(html);
      EXPECT_TRUE(is_clean_utf8(clean)) << html;
      EXPECT_EQ(sanitise_html(clean), clean) << html;
      EXPECT_TRUE(is_clean_utf8(text_of_html(html))) << html;
    }
}

TEST(Sanitise, KeepsTheEmptyLinesOfCode) {
  EXPECT_EQ(sanitise_html("<pre>\n\na</pre>"), "<pre>\n\na</pre>");
  EXPECT_EQ(sanitise_html("<pre>\na</pre>"), "<pre>a</pre>");
}

}  // namespace
}  // namespace fokus::records
