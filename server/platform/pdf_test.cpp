// SPDX-License-Identifier: Apache-2.0
#include "platform/pdf.hpp"

#include <gtest/gtest.h>

namespace fokus::pdf {
namespace {

Imprint imprint() {
  return {"Salg", "Nordlys A/S", "", "da", *parse_instant("2026-11-27T07:00:00Z")};
}

TEST(Pdf, IsTheSameForTheSameCalls) {
  const auto draw = [] {
    Document document(imprint(), Paper::portrait);
    document.text({40, 40}, 200, "Рødgrød med fløde – 東京 – שלום", Style{});
    document.fill({40, 80, 20, 10}, colour_of(0x1f8a84), 3);
    document.next_page();
    document.slice({100, 100}, 20, 40, 0, 2, Colour{});
    return document.finish();
  };
  const auto once = draw(), again = draw();
  ASSERT_TRUE(once.ok());
  EXPECT_TRUE(once->starts_with("%PDF-"));
  EXPECT_EQ(*once, *again);
  EXPECT_NE(once->find("20261127070000"), std::string::npos);
}

TEST(Pdf, WrapsLongWordsAndCutsLines) {
  Document document(imprint(), Paper::portrait);
  const std::string word = "Bestyrelsesmødeforberedelsesudvalgsmedlemmerne";
  Style style;
  const double one = document.text_height(1'000, word, style);
  EXPECT_GT(document.text_height(60, word, style), 2 * one);
  style.lines_max = 1;
  EXPECT_NEAR(document.text_height(60, word, style), one, one / 2);
  EXPECT_GT(document.text_width(word, style), 60);
}

TEST(Pdf, TakesForeignTextAsItIs) {
  Document document(imprint(), Paper::landscape);
  for (const std::string& text : {std::string("<b>&amp;</b>"), std::string("\x01\x02\n\t"),
                                  std::string("\xff\xfe"), std::string(), std::string(5'000, 'x')})
    EXPECT_GE(document.text({10, 10}, 100, text, Style{}), 0);
  EXPECT_TRUE(document.finish().ok());
}

}  // namespace
}  // namespace fokus::pdf
