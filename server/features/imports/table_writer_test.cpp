// SPDX-License-Identifier: Apache-2.0
#include "features/imports/table_writer.hpp"

#include <gtest/gtest.h>
#include <zip.h>

#include <filesystem>
#include <fstream>

#include "features/imports/csv_reader.hpp"

namespace fokus::imports {
namespace {

using Kind = Cell::Kind;

std::string write_csv(const CsvOptions& options, const std::vector<std::vector<Cell>>& rows) {
  std::string out;
  auto writer =
      make_csv_writer([&](std::string_view piece) { return out += piece, true; }, options);
  EXPECT_TRUE(writer->header({"name", "number"}));
  for (const auto& row : rows) EXPECT_TRUE(writer->row(row));
  EXPECT_TRUE(writer->finish().ok());
  return out;
}

TEST(CsvWriter, QuotesAndGuards) {
  EXPECT_EQ(write_csv({}, {{{Kind::text, "a,\"b\"\nc"}, {Kind::number, "-12.50"}},
                           {{Kind::text, "=cmd|'/c calc'!A1"}, {}}}),
            "name,number\r\n\"a,\"\"b\"\"\nc\",-12.50\r\n'=cmd|'/c calc'!A1,\r\n");
  for (const char* risky : {"=1", "+1", "-1", "@x", "\tx", "\rx"})
    EXPECT_EQ(safe_csv_text(risky), std::string("'") + risky);
  EXPECT_EQ(safe_csv_text("a=1"), "a=1");
  CsvOptions open;
  open.formula_safe = false;
  open.delimiter = ';';
  open.byte_order_mark = true;
  EXPECT_EQ(write_csv(open, {{{Kind::text, "=1;2"}, {Kind::number, "1"}}}),
            "\xEF\xBB\xBFname;number\r\n\"=1;2\";1\r\n");
}

TEST(CsvWriter, ReaderGetsBackWhatWasWritten) {
  const std::vector<std::string> texts = {"plain", " spaces ", "\"",  "a\r\nb",
                                          "",      ",",        "æøå", "'x"};
  std::vector<std::vector<Cell>> rows;
  for (const auto& text : texts) rows.push_back({{Kind::text, text}, {Kind::number, "1"}});
  CsvReader reader(make_text_source(write_csv({}, rows)), {});
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  for (const auto& text : texts) {
    ASSERT_TRUE(reader.next(row));
    EXPECT_EQ(row.cells.at(0), text);
  }
  EXPECT_FALSE(reader.next(row));
}

TEST(CsvWriter, StopsWhenNobodyReads) {
  auto writer = make_csv_writer([](std::string_view) { return false; }, {});
  bool going = true;
  for (int i = 0; i < 10'000 && going; ++i) going = writer->row({{Kind::text, "some text here"}});
  EXPECT_FALSE(going);
}

std::string unzip(const std::string& bytes, const char* entry) {
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (!archive) return {};
  std::string text(1 << 20, '\0');
  zip_file_t* file = zip_fopen(archive, entry, 0);
  text.resize(file ? static_cast<std::size_t>(zip_fread(file, text.data(), text.size())) : 0);
  if (file) zip_fclose(file);
  zip_discard(archive);
  return text;
}

TEST(XlsxWriter, WritesTypedCellsAndNoFormulas) {
  char folder[] = "/tmp/fokus-xlsx-XXXXXX";
  ASSERT_TRUE(::mkdtemp(folder));
  const std::string path = std::string(folder) + "/out.xlsx";
  std::string out;
  {
    auto writer =
        make_xlsx_writer([&](std::string_view piece) { return out += piece, true; }, path);
    EXPECT_TRUE(writer->header({"name", "amount", "on", "active"}));
    EXPECT_TRUE(writer->row({{Kind::text, "=1+1"},
                             {Kind::number, "12.5"},
                             {Kind::date, "2026-11-23"},
                             {Kind::boolean, "true"}}));
    EXPECT_TRUE(writer->row({{Kind::text, "bell\x07 & <tag>"},
                             {Kind::number, "12345678901234567"},
                             {},
                             {Kind::boolean, "false"}}));
    EXPECT_TRUE(writer->finish().ok());
  }
  const auto sheet = unzip(out, "xl/worksheets/sheet1.xml");
  EXPECT_NE(sheet.find("=1+1"), sheet.npos);
  EXPECT_EQ(sheet.find("<f>"), sheet.npos);
  EXPECT_NE(sheet.find("<v>12.5</v>"), sheet.npos);
  EXPECT_NE(sheet.find("<v>46349</v>"), sheet.npos);
  EXPECT_NE(sheet.find("12345678901234567"), sheet.npos);
  EXPECT_NE(sheet.find("bell &amp; &lt;tag&gt;"), sheet.npos);
  EXPECT_FALSE(std::filesystem::exists(path));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace fokus::imports
