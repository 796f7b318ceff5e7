// SPDX-License-Identifier: Apache-2.0
#include "features/imports/encoding.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace fokus::imports {
namespace {

class EncodingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/fokus-encoding-XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Result<Intake> convert(std::string_view bytes, std::optional<Encoding> said = {}) {
    std::ofstream(folder_ + "/in", std::ios::binary) << bytes;
    std::filesystem::remove(folder_ + "/out");
    auto intake = convert_to_utf8(folder_ + "/in", folder_ + "/out", said);
    std::stringstream text;
    text << std::ifstream(folder_ + "/out", std::ios::binary).rdbuf();
    out_ = text.str();
    return intake;
  }

  std::string folder_, out_;
};

std::string utf16(std::string_view ascii, bool little) {
  std::string out;
  for (const char c : ascii) {
    if (!little) out += '\0';
    out += c;
    if (little) out += '\0';
  }
  return out;
}

TEST_F(EncodingTest, Utf8WithAndWithoutMark) {
  EXPECT_EQ(convert("navn\nÅse\n")->encoding, Encoding::utf8);
  EXPECT_EQ(out_, "navn\nÅse\n");
  const auto intake = convert("\xEF\xBB\xBFnavn\nÅse\n");
  EXPECT_EQ(intake->encoding, Encoding::utf8);
  EXPECT_EQ(out_, "navn\nÅse\n");
  EXPECT_EQ(intake->lines, 2);
  EXPECT_EQ(intake->bytes, static_cast<std::int64_t>(out_.size()));
}

TEST_F(EncodingTest, Windows1252) {
  EXPECT_EQ(convert("navn;by\nS\xF8ren \x80;K\xF8"
                    "benhavn\n")
                ->encoding,
            Encoding::windows_1252);
  EXPECT_EQ(out_, "navn;by\nSøren €;København\n");
}

TEST_F(EncodingTest, Windows1252SeenOnlyFarBehindAscii) {
  std::string text(3 << 20, 'a');
  EXPECT_EQ(convert(text + "\xF8")->encoding, Encoding::windows_1252);
  EXPECT_EQ(out_, text + "ø");
}

TEST_F(EncodingTest, Utf16InEveryForm) {
  for (const bool little : {true, false})
    for (const bool mark : {true, false}) {
      std::string bytes = mark ? (little ? "\xFF\xFE" : "\xFE\xFF") : "";
      bytes += utf16("name,city\nOle,Ribe\n", little);
      EXPECT_EQ(convert(bytes)->encoding, little ? Encoding::utf16_le : Encoding::utf16_be);
      EXPECT_EQ(out_, "name,city\nOle,Ribe\n");
    }
}

TEST_F(EncodingTest, Utf16PairsAcrossPieces) {
  std::string bytes = "\xFF\xFE", expected;
  for (int i = 0; i < 200'000; ++i) bytes += std::string("\x3D\xD8\x00\xDE", 4), expected += "😀";
  EXPECT_EQ(convert("\xFF\xFE" + utf16("a", true) + bytes.substr(2))->encoding, Encoding::utf16_le);
  EXPECT_EQ(out_, "a" + expected);
}

TEST_F(EncodingTest, FewBrokenBytesDoNotMakeUtf8AnotherEncoding) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "Søren\n";
  EXPECT_EQ(convert(text + "\xFF\n")->encoding, Encoding::utf8);
  EXPECT_EQ(convert("S\xF8ren, Århus\n")->encoding, Encoding::windows_1252);
}

TEST_F(EncodingTest, WhatIsSaidOverrulesWhatIsSeen) {
  EXPECT_EQ(convert("S\x9Bren\n", Encoding::ibm_850)->encoding, Encoding::ibm_850);
  EXPECT_EQ(out_, "Søren\n");
  ASSERT_TRUE(convert("\xC4\xEE\xEC\n", Encoding::windows_1251).ok());
  EXPECT_EQ(out_, "Дом\n");
  ASSERT_TRUE(convert("Søren\n", Encoding::windows_1252).ok());
  EXPECT_EQ(out_, "SÃ¸ren\n");
  EXPECT_EQ(convert("S\xF8ren\n", Encoding::utf8)->encoding, Encoding::utf8);
  EXPECT_EQ(out_, "S\xF8ren\n");
  // The byte order is the file's own.
  EXPECT_EQ(convert(utf16("name\n", false), Encoding::utf16_le)->encoding, Encoding::utf16_be);
  EXPECT_EQ(out_, "name\n");
}

TEST_F(EncodingTest, EveryEncodingHasANameThatIsUnderstood) {
  for (int i = 0; i <= static_cast<int>(Encoding::macintosh); ++i) {
    const auto encoding = static_cast<Encoding>(i);
    EXPECT_EQ(parse_encoding(encoding_name(encoding)), encoding);
    EXPECT_TRUE(convert("abcd", encoding).ok()) << encoding_name(encoding);
  }
  EXPECT_EQ(parse_encoding("Latin-1"), Encoding::windows_1252);
  EXPECT_EQ(parse_encoding("utf-16"), Encoding::utf16_le);
  EXPECT_EQ(parse_encoding("CP850"), Encoding::ibm_850);
  EXPECT_EQ(parse_encoding(""), std::nullopt);
  EXPECT_EQ(parse_encoding("klingon"), std::nullopt);
}

TEST_F(EncodingTest, NothingToRead) {
  EXPECT_EQ(convert("").error().code, "imports/empty_file");
  EXPECT_EQ(convert("\xEF\xBB\xBF").error().code, "imports/empty_file");
  EXPECT_EQ(convert_to_utf8(folder_ + "/absent", folder_ + "/out2").error().code,
            "imports/unreadable_file");
}

}  // namespace
}  // namespace fokus::imports
