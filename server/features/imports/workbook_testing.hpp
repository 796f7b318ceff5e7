// SPDX-License-Identifier: Apache-2.0
// For tests: small workbooks, as spreadsheet programs write them.
#pragma once
#include <gtest/gtest.h>
#include <zip.h>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace fokus::imports::testing {

using ZipTexts = std::vector<std::pair<std::string, std::string>>;

// The bytes of an archive that is written to `path` first.
inline std::string make_zip(const std::string& path, const ZipTexts& texts) {
  int code = 0;
  zip_t* archive = ::zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  EXPECT_NE(archive, nullptr) << code;
  for (const auto& [name, text] : texts) {
    auto* source = ::zip_source_buffer(archive, text.data(), text.size(), 0);
    EXPECT_GE(::zip_file_add(archive, name.c_str(), source, ZIP_FL_OVERWRITE), 0);
  }
  EXPECT_EQ(::zip_close(archive), 0);
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct SheetText {
  std::string name, xml;
  bool is_hidden = false;
};
struct BookOptions {
  bool from_1904 = false;
};

inline std::string sheet(const std::string& rows, const std::string& behind = "") {
  return R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">)"
         "<sheetData>" +
         rows + "</sheetData>" + behind + "</worksheet>";
}

// Style 1 is a date, 2 a date with its time, 3 four digits. Shared texts: Navn, Beløb and one that
// needs quotes.
inline std::string make_workbook(const std::string& path, const std::vector<SheetText>& sheets,
                                 const BookOptions& options = {}) {
  const std::string relation =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  std::string list, relations;
  ZipTexts texts;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const auto n = std::to_string(i + 1);
    list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + n + "\" r:id=\"rId" + n + "\"" +
            (sheets[i].is_hidden ? " state=\"hidden\"" : "") + "/>";
    relations += "<Relationship Id=\"rId" + n + "\" Type=\"" + relation +
                 "worksheet\" Target=\"worksheets/sheet" + n + ".xml\"/>";
    texts.emplace_back("xl/worksheets/sheet" + n + ".xml", sheets[i].xml);
  }
  relations += "<Relationship Id=\"rIdS\" Type=\"" + relation +
               "sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rIdT\" Type=\"" +
               relation + "styles\" Target=\"/xl/styles.xml\"/>";
  texts.emplace_back("_rels/.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"" + relation +
                                        "officeDocument\" Target=\"xl/workbook.xml\"/>"
                                        "</Relationships>");
  texts.emplace_back("xl/workbook.xml", std::string("<workbook xmlns:r=\"r\"><workbookPr") +
                                            (options.from_1904 ? " date1904=\"1\"" : "") +
                                            "/><sheets>" + list + "</sheets></workbook>");
  texts.emplace_back("xl/_rels/workbook.xml.rels",
                     "<Relationships>" + relations + "</Relationships>");
  texts.emplace_back("xl/sharedStrings.xml",
                     "<sst><si><t>Navn</t></si><si><r><t>Bel</t></r><r><t>øb</t></r>"
                     "<rPh><t>x</t></rPh></si><si><t>Nord, \"havn\"</t></si></sst>");
  texts.emplace_back("xl/styles.xml",
                     "<styleSheet><numFmts><numFmt numFmtId=\"164\" "
                     "formatCode=\"yyyy\\-mm\\-dd hh:mm\"/><numFmt numFmtId=\"165\" "
                     "formatCode=\"0000\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/>"
                     "</cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
                     "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>");
  return make_zip(path, texts);
}

}  // namespace fokus::imports::testing
