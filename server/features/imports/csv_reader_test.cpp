// SPDX-License-Identifier: Apache-2.0
#include "features/imports/csv_reader.hpp"

#include <gtest/gtest.h>

#include <random>

namespace fokus::imports {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows read_all(std::string text, CsvFormat format = {},
              std::vector<std::string>* problems = nullptr) {
  CsvReader reader(make_text_source(std::move(text)), format);
  CsvRow row;
  Rows rows;
  while (reader.next(row)) {
    rows.emplace_back(row.cells.begin(), row.cells.end());
    if (problems) problems->emplace_back(row.problem);
  }
  return rows;
}

TEST(CsvReader, Plain) {
  EXPECT_EQ(read_all("a,b,c\n1,2,3\n"), (Rows{{"a", "b", "c"}, {"1", "2", "3"}}));
  EXPECT_EQ(read_all("a,b\n1,2"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read_all(""), Rows{});
  EXPECT_EQ(read_all("\n"), Rows{});
  EXPECT_EQ(read_all("a"), (Rows{{"a"}}));
}

TEST(CsvReader, LineEnds) {
  const Rows rows = {{"a", "b"}, {"1", "2"}, {"3", "4"}};
  EXPECT_EQ(read_all("a,b\r\n1,2\r\n3,4\r\n"), rows);
  EXPECT_EQ(read_all("a,b\r1,2\r3,4\r"), rows);
  EXPECT_EQ(read_all("a,b\n1,2\r\n3,4"), rows);
}

TEST(CsvReader, Quotes) {
  EXPECT_EQ(read_all("\"a,b\",\"c\"\"d\"\n"), (Rows{{"a,b", "c\"d"}}));
  EXPECT_EQ(read_all("\"line\none\",x\n"), (Rows{{"line\none", "x"}}));
  EXPECT_EQ(read_all("\"line\r\none\",x\r\n"), (Rows{{"line\r\none", "x"}}));
  EXPECT_EQ(read_all("\"\",\"\"\n"), (Rows{{"", ""}}));
  EXPECT_EQ(read_all("\"\"\n"), (Rows{{""}}));
  EXPECT_EQ(read_all("5\" pipe,x\n"), (Rows{{"5\" pipe", "x"}}));
  EXPECT_EQ(read_all("\"a\"b,c\n"), (Rows{{"ab", "c"}}));
  EXPECT_EQ(read_all("{\"\"type\"\": 1},\"{\"\"type\"\": \"\"Point\"\"}\"\n"),
            (Rows{{"{\"\"type\"\": 1}", "{\"type\": \"Point\"}"}}));
}

TEST(CsvReader, BlanksAroundQuotesAreDroppedWhereTheFileHasThem) {
  const CsvFormat padded{',', '"', true};
  EXPECT_EQ(read_all("a, \"b, c\", \"d\"\"e\" ,f\n", padded), (Rows{{"a", "b, c", "d\"e", "f"}}));
  EXPECT_EQ(read_all("  \"a\"  \r\n\"b\" \r\n", padded), (Rows{{"a"}, {"b"}}));
  EXPECT_EQ(read_all("x, \"line\none\" \n", padded), (Rows{{"x", "line\none"}}));
  EXPECT_EQ(read_all(" a , b c ,5\" pipe\n", padded), (Rows{{" a ", " b c ", "5\" pipe"}}));
  EXPECT_EQ(read_all("\" a \", \"b\" c\n", padded), (Rows{{" a ", "b c"}}));
  EXPECT_EQ(read_all(" \"\" , \n", padded), (Rows{{"", " "}}));
  EXPECT_EQ(read_all("a, \"b\" ,c\n"), (Rows{{"a", " \"b\" ", "c"}}));
  std::vector<std::string> problems;
  EXPECT_EQ(read_all("a, \"open\nx, y\n", padded, &problems).size(), 2u);
  EXPECT_EQ(problems, (std::vector<std::string>{"unclosed_quote", ""}));
}

TEST(CsvReader, EmptyCellsAndRaggedRows) {
  EXPECT_EQ(read_all("a,,c\n,,\nx\n1,2,3,4\n"),
            (Rows{{"a", "", "c"}, {"", "", ""}, {"x"}, {"1", "2", "3", "4"}}));
}

TEST(CsvReader, Utf8AndOtherDelimiters) {
  EXPECT_EQ(read_all("ʤ;Ærø\n", {';', '"'}), (Rows{{"ʤ", "Ærø"}}));
  EXPECT_EQ(read_all("a\tb c\n", {'\t', '"'}), (Rows{{"a", "b c"}}));
}

TEST(CsvReader, NumbersRowsAndCountsEmptyLines) {
  CsvReader reader(make_text_source("h\n\n\nx\n"), {});
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.row, 1);
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.row, 4);
  EXPECT_EQ(row.offset, 4);
  EXPECT_FALSE(reader.next(row));
}

TEST(CsvReader, GoesOnAtAnyRow) {
  std::mt19937 random(7);
  std::string text;
  const std::vector<std::string> pieces = {"a", ",", "\"", "\n", "\r\n", "ø", "bc", "\"\""};
  for (int i = 0; i < 20'000; ++i) text += pieces[random() % pieces.size()];
  CsvReader reader(make_text_source(text), {});
  CsvRow row, other;
  for (CsvPosition before = reader.position(); reader.next(row); before = reader.position()) {
    CsvReader again(make_text_source(text), {}, before);
    ASSERT_TRUE(again.next(other));
    ASSERT_EQ(other.cells, row.cells);
    ASSERT_EQ(other.row, row.row);
    ASSERT_EQ(again.position().offset, reader.position().offset);
  }
}

TEST(CsvReader, CellsAcrossBufferEnds) {
  std::string text;
  Rows expected;
  for (int i = 0; i < 40'000; ++i) {
    text += "\"row " + std::to_string(i) + "\nx\"\"y\",b\r\n";
    expected.push_back({"row " + std::to_string(i) + "\nx\"y", "b"});
  }
  EXPECT_EQ(read_all(text), expected);
}

TEST(CsvReader, UnclosedQuoteCostsItsLineOnly) {
  std::vector<std::string> problems;
  const auto rows = read_all("a,b\n\"open,1\nx,2\ny,3\n", {}, &problems);
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(problems[1], "unclosed_quote");
  EXPECT_EQ(rows[2], (std::vector<std::string>{"x", "2"}));
  EXPECT_EQ(rows[3], (std::vector<std::string>{"y", "3"}));
  EXPECT_EQ(problems[2], "");
}

TEST(CsvReader, Limits) {
  std::vector<std::string> problems;
  std::string wide(limits::columns_max, ',');
  read_all(wide + "\nok\n", {}, &problems);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0], "too_many_columns");
  EXPECT_EQ(problems[1], "");
  problems.clear();
  EXPECT_EQ(read_all(wide.substr(1) + "\n", {}, &problems)[0].size(), limits::columns_max);
  EXPECT_EQ(problems[0], "");

  problems.clear();
  const auto rows =
      read_all(std::string(limits::cell_bytes_max + 10, 'x') + ",b\nnext\n", {}, &problems);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(problems[0], "cell_too_long");
  EXPECT_EQ(rows[1][0], "next");

  problems.clear();
  std::string long_row;
  for (int i = 0; i < 20; ++i) long_row += std::string(500'000, 'y') + ",";
  read_all(long_row + "\nnext\n", {}, &problems);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0], "row_too_long");
}

TEST(CsvReader, BrokenTextIsReported) {
  std::vector<std::string> problems;
  read_all(std::string("ok\nbad\xFF\nnul\0x\nok\n", 17), {}, &problems);
  EXPECT_EQ(problems, (std::vector<std::string>{"", "not_utf8", "not_utf8", ""}));
  problems.clear();
  read_all(
      "A\xC2,\xA0"
      "B\nA,\xC2\xA0"
      "B\n",
      {}, &problems);
  EXPECT_EQ(problems, (std::vector<std::string>{"not_utf8", ""})) << "one character in two cells";
}

TEST(CsvReader, FindsTheDelimiter) {
  EXPECT_EQ(sniff_csv("a,b,c\n1,2,3\n").format.delimiter, ',');
  EXPECT_EQ(sniff_csv("navn;beløb\nA;1,50\nB;2,50\n").format.delimiter, ';');
  EXPECT_EQ(sniff_csv("a\tb\n1\t2, 3\n").format.delimiter, '\t');
  EXPECT_EQ(sniff_csv("a|b|c\n1|2|3\n").format.delimiter, '|');
  EXPECT_EQ(sniff_csv("name,address\nx,\"a; b; c\"\ny,\"d; e\"\n").format.delimiter, ',');
  EXPECT_EQ(sniff_csv("navn;noter\nA;\"x, y, z\"\nB;\"x, y, z\"\n").format.delimiter, ';');
  EXPECT_EQ(sniff_csv("name\nx\ny\n").format.delimiter, ',');
  const auto said = sniff_csv("sep=;\r\na;b\r\n");
  EXPECT_EQ(said.format.delimiter, ';');
  EXPECT_EQ(said.header.offset, 7);
  EXPECT_EQ(said.header.row, 2);
}

TEST(CsvReader, TakesTheDelimiterThatIsSaid) {
  EXPECT_EQ(sniff_csv("a,b,c\n1,2,3\n", ';').format.delimiter, ';');
  const auto said = sniff_csv("sep=;\na|b\n", '|');
  EXPECT_EQ(said.format.delimiter, '|');
  EXPECT_EQ(said.header.row, 2);
  EXPECT_TRUE(sniff_csv("a: \"b, c\"\nd: \"e\"\n", ':').format.pads_quotes);
}

TEST(CsvReader, FindsBlanksBeforeQuotes) {
  const auto is_padded = [](const char* text) { return sniff_csv(text).format.pads_quotes; };
  EXPECT_TRUE(is_padded("name,city\n\"art's deli, 2nd\", \"studio city\"\n"));
  EXPECT_TRUE(is_padded("name;city\n\"a\"; \"b; c\"\n"));
  EXPECT_TRUE(is_padded("sep=;\nname;city\na; \"b\"\n"));
  EXPECT_TRUE(is_padded("name,city\n\"a\" ,\"b\" \n"));
  EXPECT_TRUE(is_padded("name,city\r\na, \"line\r\none\"\r\nb, \"cut o"));
  EXPECT_EQ(sniff_csv("name;city\n\"a\"; \"b; c\"\n").format.delimiter, ';');
  // Quoted words in a text, and files that quote as usual.
  EXPECT_FALSE(is_padded("name,note\na, \"Nordlys\" of Oslo\nb, \"Aurora\" of Bergen\n"));
  EXPECT_FALSE(is_padded("name,note\n\"a\",\"b, c\"\nd, e\n"));
  EXPECT_FALSE(is_padded("name,note\na, 5\" pipe\n"));
  EXPECT_FALSE(is_padded("name,note\na, \"never closed\n"));
  EXPECT_FALSE(is_padded(""));
}

}  // namespace
}  // namespace fokus::imports
