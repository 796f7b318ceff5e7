// SPDX-License-Identifier: Apache-2.0
// Workbooks as files of foreign making: what is read of them, and what is refused.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "features/imports/intake.hpp"
#include "features/imports/sheet_xml.hpp"
#include "features/imports/workbook_testing.hpp"

namespace fokus::imports {
namespace {

using testing::make_workbook;
using testing::sheet;
using testing::SheetText;

class Workbooks : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/fokus-workbook-XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string write(const std::string& bytes) const {
    std::ofstream(path("in"), std::ios::binary) << bytes;
    return path("in");
  }
  // The table, or the code of the refusal.
  std::string table(const std::string& bytes, const FileForm& form = {}) {
    std::filesystem::remove(path("out"));
    const auto taken = take_file(write(bytes), path("out"), form);
    if (!taken.ok()) {
      const auto& error = taken.error();
      return error.errors.empty() ? error.code : error.errors[0].field + " " + error.errors[0].code;
    }
    taken_ = *taken;
    std::ifstream in(path("out"), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string table(const std::vector<SheetText>& sheets, const FileForm& form = {}) {
    return table(make_workbook(path("made.xlsx"), sheets), form);
  }

  std::string folder_;
  TakenFile taken_;
};

TEST_F(Workbooks, TextsNumbersDatesAndTruth) {
  const auto xml = sheet(
      R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Født</t></is></c>)"
      R"(<c r="C1" t="str"><f>"a"</f><v>Aktiv</v></c><c r="D1" t="s"><v>1</v></c></row>)"
      R"(<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>36526</v></c>)"
      R"(<c r="C2" t="b"><v>1</v></c><c r="D2"><v>1250.5</v></c></row>)"
      R"(<row r="3"><c r="B3" s="2"><v>45000.75</v></c><c r="D3" s="3"><v>42</v></c></row>)");
  EXPECT_EQ(table({{"Ark1", xml}}),
            "Navn,Født,Aktiv,Beløb\r\n\"Nord, \"\"havn\"\"\",2000-01-01,true,1250.5\r\n"
            ",2023-03-15 18:00:00,,0042\r\n");
  EXPECT_EQ(taken_.kind, FileKind::xlsx);
  EXPECT_EQ(taken_.sheet, "Ark1");
  EXPECT_EQ(boost::json::serialize(taken_.notes), R"({"formulas":1})");
}

TEST_F(Workbooks, CountFrom1904) {
  testing::BookOptions options;
  options.from_1904 = true;
  const auto xml =
      sheet(R"(<row r="1"><c r="A1" s="1"><v>0</v></c><c s="1"><v>44999</v></c></row>)");
  EXPECT_EQ(table(make_workbook(path("made.xlsx"), {{"A", xml}}, options)),
            "1904-01-01,2027-03-15\r\n");
}

TEST_F(Workbooks, SparseRowsKeepTheirNumbers) {
  const auto xml =
      sheet(R"(<row r="2"><c r="B2"><v>1</v></c></row><row r="5"><c r="D5"><v>2</v></c></row>)"
            R"(<row><c><v>3</v></c><c><v>4</v></c></row>)");
  EXPECT_EQ(table({{"A", xml}}), "\r\n,1\r\n\r\n\r\n,,,2\r\n3,4,,\r\n");
  EXPECT_EQ(taken_.intake.lines, 6);
}

TEST_F(Workbooks, TallCellsStandInEachOfTheirRows) {
  const auto xml = sheet(
      R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>7</v></c></row>)"
      R"(<row r="2"><c r="B2"><v>8</v></c></row><row r="3"><c r="B3"><v>9</v></c></row>)",
      R"(<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B3:D3"/></mergeCells>)");
  EXPECT_EQ(table({{"A", xml}}), "1,7\r\n1,8\r\n,9\r\n");
  EXPECT_EQ(boost::json::serialize(taken_.notes), R"({"merged_cells":1})");
}

TEST_F(Workbooks, TheFirstVisibleSheetWithRowsIsRead) {
  const auto full = sheet(R"(<row r="1"><c r="A1"><v>1</v></c></row>)");
  const auto other = sheet(R"(<row r="1"><c r="A1"><v>2</v></c></row>)");
  const std::vector<SheetText> sheets = {
      {"Tom", sheet("")}, {"Skjult", full, true}, {"Data", other}, {"Mere", full}};
  EXPECT_EQ(table(sheets), "2\r\n");
  EXPECT_EQ(taken_.sheet, "Data");
  EXPECT_EQ(taken_.sheets, (std::vector<std::string>{"Skjult", "Data", "Mere"}));
  FileForm form;
  form.sheet = "Skjult";
  EXPECT_EQ(table(sheets, form), "1\r\n");
  form.sheet = "Nej";
  EXPECT_EQ(table(sheets, form), "sheet unknown");
  form.sheet = "Tom";
  EXPECT_EQ(table(sheets, form), "imports/no_rows");
}

TEST_F(Workbooks, ErrorsInCellsAreEmptyAndCounted) {
  const auto xml = sheet(
      R"(<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><v>1</v></c></row>)");
  EXPECT_EQ(table({{"A", xml}}), ",1\r\n");
  EXPECT_EQ(boost::json::serialize(taken_.notes), R"({"formulas":1,"error_cells":1})");
}

TEST_F(Workbooks, ManyColumnsAreReadAndTooManyAreRefusedRowByRow) {
  std::string cells,
      wide = R"(<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" t="inlineStr"><is><t>a, b
c</t></is></c></row>)";
  for (int i = 0; i < 1000; ++i) cells += fmt::format("<c><v>{}</v></c>", i);
  const auto text = table({{"A", sheet("<row r=\"1\">" + cells + "</row>" + wide +
                                       R"(<row r="3"><c><v>5</v></c></row>)")}});
  CsvReader reader(make_text_source(text), {});
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.cells.size(), 1000u);
  EXPECT_EQ(row.problem, "");
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.problem, "too_many_columns");
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.row, 3);
  EXPECT_EQ(row.cells.size(), 1000u);
  EXPECT_EQ(row.cells[0], "5");
  EXPECT_FALSE(reader.next(row));
}

TEST_F(Workbooks, WhatIsNoneIsRefused) {
  EXPECT_EQ(table(std::string("PK\x03\x04 and nothing more")), "imports/damaged_file");
  EXPECT_EQ(table(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old")), "imports/old_spreadsheet");
  const auto whole = make_workbook(path("made.xlsx"), {{"A", sheet("")}});
  EXPECT_EQ(table(whole), "imports/no_rows");
  EXPECT_EQ(table(whole.substr(0, whole.size() / 2)), "imports/damaged_file");
  EXPECT_EQ(table(testing::make_zip(path("other.zip"), {{"readme.txt", "hello"}})),
            "imports/unknown_archive");
  FileForm form;
  form.delimiter = ';';
  EXPECT_EQ(table(whole, form), "delimiter not_of_this_kind");
  form = {};
  form.sheet = "A";
  EXPECT_EQ(table(std::string("a,b\n1,2\n"), form), "sheet not_of_this_kind");
}

TEST_F(Workbooks, CardsAreFoundAcrossThePiecesOfAFile) {
  std::string cards;
  for (int i = 0; i < 6'000; ++i)
    cards += fmt::format(
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna Lund{0}\r\nNOTE:a fold\r\n ed note\r\n"
        "END:VCARD\r\n",
        i);
  cards += "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Cut";
  const auto text = table(cards);
  EXPECT_TRUE(text.starts_with("First name,Last name,Note\r\nAnna,Lund0,a folded note\r\n"))
      << text.substr(0, 100);
  EXPECT_TRUE(text.ends_with("Anna,Lund5999,a folded note\r\n"));
  EXPECT_EQ(taken_.kind, FileKind::vcard);
  EXPECT_EQ(taken_.intake.lines, 6'001);
  EXPECT_EQ(taken_.notes.at("broken_cards").as_int64(), 1);
}

TEST_F(Workbooks, EntitiesAreRefused) {
  const std::string bomb =
      R"(<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>)" +
      sheet(R"(<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>)");
  EXPECT_EQ(table({{"A", bomb}}), "imports/damaged_file");
  EXPECT_EQ(table({{"A", sheet("<row><c><v>1</c></row>")}}), "imports/damaged_file");
}

TEST_F(Workbooks, WhatUnpacksToFarMoreIsRefused) {
  // 100 MB of blanks in a tenth of a megabyte.
  const std::string blanks(100 << 20, ' ');
  EXPECT_EQ(table({{"A", sheet(blanks + R"(<row r="1"><c><v>1</v></c></row>)")}}),
            "imports/too_large");
}

TEST(NumberFormats, SayWhatANumberIs) {
  using Kind = NumberFormat::Kind;
  const auto kind = [](const char* code) { return parse_number_format(code).kind; };
  for (const char* date : {"dd-mm-yyyy", "[$-406]d. mmmm yyyy;@", "mmm-yy", "yyyy\\-mm\\-dd"})
    EXPECT_EQ(kind(date), Kind::date) << date;
  for (const char* time : {"h:mm", "hh:mm:ss AM/PM", "mm:ss"})
    EXPECT_EQ(kind(time), Kind::time) << time;
  EXPECT_EQ(kind("dd-mm-yyyy hh:mm"), Kind::date_time);
  for (const char* number : {"General", "0.00", "#,##0\" dage\"", "[Red]0", "[h]:mm", "@", "0%",
                             "#,##0 \\d\\a\\g\\e", "0.00E+00"})
    EXPECT_EQ(kind(number), Kind::number) << number;
  EXPECT_EQ(parse_number_format("00000000").zeros, 8);
}

TEST(NumberFormats, TextOfNumbers) {
  const auto text = [](const char* raw, NumberFormat format = {}) {
    return text_of_number(raw, format, DayCount::from_1900);
  };
  EXPECT_EQ(text("0.30000000000000004"), "0.3");
  EXPECT_EQ(text("1.2345678E7"), "12345678");
  EXPECT_EQ(text("1E+20"), "100000000000000000000");
  EXPECT_EQ(text("1.5E-7"), "0.00000015");
  EXPECT_EQ(text("-12.50"), "-12.5");
  EXPECT_EQ(text("no number"), "no number");
  const NumberFormat date{NumberFormat::Kind::date, 0}, time{NumberFormat::Kind::time, 0};
  EXPECT_EQ(text("1", date), "1900-01-01");
  EXPECT_EQ(text("59", date), "1900-02-28");
  EXPECT_EQ(text("60", date), "1900-02-29");
  EXPECT_EQ(text("61", date), "1900-03-01");
  EXPECT_EQ(text("0.5", time), "12:00:00");
  EXPECT_EQ(text("45000.999999999", date), "2023-03-16");
  EXPECT_EQ(text("-1", date), "-1");
  EXPECT_EQ(text("9999999999", date), "9999999999");
}

TEST(SheetXml, Places) {
  EXPECT_EQ(column_of_place("A1"), 0u);
  EXPECT_EQ(column_of_place("AA7"), 26u);
  EXPECT_EQ(column_of_place("xfd1"), 16383u);
  EXPECT_EQ(column_of_place("17"), std::nullopt);
  EXPECT_EQ(column_of_place("AAAA1"), std::nullopt);
}

TEST(SheetXml, EscapedSigns) {
  EXPECT_EQ(without_escapes("a_x000D_\nb"), "a\nb");
  EXPECT_EQ(without_escapes("_x005F_x000A_"), "_x000A_");
  EXPECT_EQ(without_escapes("my_xls_x12"), "my_xls_x12");
}

}  // namespace
}  // namespace fokus::imports
