// SPDX-License-Identifier: Apache-2.0
#include "records/file_rules.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace fokus::records {
namespace {

using namespace std::string_view_literals;

TEST(FileTypes, AreDecidedByTheFirstBytesAndNotByTheName) {
  EXPECT_EQ(sniff_media_type("%PDF-1.7\n", "offer.html"), "application/pdf");
  EXPECT_EQ(sniff_media_type("\x89PNG\r\n\x1a\n..", "a.txt"), "image/png");
  EXPECT_EQ(sniff_media_type("\xff\xd8\xff\xe0", ""), "image/jpeg");
  EXPECT_EQ(sniff_media_type("RIFF\x10\0\0\0WEBPVP8 "sv, "x"), "image/webp");
  EXPECT_EQ(sniff_media_type("\0\0\0\x20"
                             "ftypisom"sv,
                             "x"),
            "video/mp4");
  EXPECT_EQ(sniff_media_type("\0\0\0\x20"
                             "ftypavif"sv,
                             "x"),
            "image/avif");
  EXPECT_EQ(sniff_media_type("PK\x03\x04zipped", "offer.docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  EXPECT_EQ(sniff_media_type("PK\x03\x04zipped", "offer.png"), "application/zip");
  EXPECT_EQ(sniff_media_type("PK", "offer.docx"), "text/plain");
  EXPECT_EQ(sniff_media_type("\x01\x02\x03", "offer.pdf"), unknown_media_type);
}

TEST(FileTypes, TextIsUtf8WithoutControlCharacters) {
  EXPECT_EQ(sniff_media_type("Kære Åse\r\n\tHilsen", "brev.txt"), "text/plain");
  EXPECT_EQ(sniff_media_type("\xEF\xBB\xBFnavn;by", "liste.csv"), "text/plain");
  EXPECT_EQ(sniff_media_type("K\xE6re", "brev.txt"), unknown_media_type);
  EXPECT_EQ(sniff_media_type("a\0b"sv, "a.txt"), unknown_media_type);
  EXPECT_EQ(sniff_media_type("a\x1b[31m", "a.txt"), unknown_media_type);
  // The head ends within a letter.
  std::string cut(limits::file_head_bytes - 1, 'a');
  EXPECT_EQ(sniff_media_type(cut + "æøå", "a.txt"), "text/plain");
  EXPECT_EQ(sniff_media_type(cut + "\xE6 ", "a.txt"), "text/plain");  // not yet to be seen
}

TEST(FileTypes, NothingThatABrowserRunsIsShown) {
  for (const std::string_view page :
       {"<html>", "  \n<!DOCTYPE html>", "<?xml version='1.0'?>", "<svg onload=alert(1)>",
        "<SCRIPT>", "\xEF\xBB\xBF<a href=javascript:1>", "<!-- x -->", "</p>"}) {
    EXPECT_EQ(sniff_media_type(page, "note.txt"), unknown_media_type) << page;
  }
  for (const std::string_view name : {"a.svg", "a.HTML", "a.js", "a.xml", "a.xhtml", "a.hta"})
    EXPECT_EQ(sniff_media_type("plain words", name), unknown_media_type) << name;
  for (const std::string_view type :
       {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "text/javascript",
        "application/octet-stream", "application/zip", "image/heic", ""})
    EXPECT_FALSE(is_inline_type(type)) << type;
  EXPECT_TRUE(is_inline_type("application/pdf"));
  EXPECT_TRUE(is_inline_type("text/plain"));
}

TEST(FileTypes, EveryTypeButPdfIsSandboxed) {
  EXPECT_TRUE(file_security_policy("image/png").starts_with("sandbox; default-src 'none'"));
  EXPECT_TRUE(file_security_policy("text/html").starts_with("sandbox; default-src 'none'"));
  const auto pdf = file_security_policy("application/pdf");
  EXPECT_TRUE(pdf.starts_with("default-src 'none'"));
  EXPECT_EQ(pdf.find("script-src"), pdf.npos);
}

TEST(FileNames, LoseWhatIsNoName) {
  EXPECT_EQ(clean_file_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(clean_file_name("C:\\Users\\x\\Tilbud å.pdf"), "Tilbud å.pdf");
  EXPECT_EQ(clean_file_name("a\r\nSet-Cookie: x\t.pdf"), "aSet-Cookie: x.pdf");
  EXPECT_EQ(clean_file_name("gpj.\u202Efdp.exe"), "gpj.fdp.exe");
  EXPECT_EQ(clean_file_name("a\u0085b\u200Fc"), "abc");
  EXPECT_EQ(clean_file_name("  name . "), "name");
  for (const char* nothing : {"", ".", "..", "/", "a/", "\x01\x02", " . "})
    EXPECT_EQ(clean_file_name(nothing), "file") << nothing;
  EXPECT_EQ(clean_file_name("日本語.txt"), "日本語.txt");
}

TEST(FileNames, AreCutBeforeTheirEnding) {
  std::string longest;
  for (int i = 0; i < 300; ++i) longest += "å";
  const auto cut = clean_file_name(longest + ".pdf");
  EXPECT_LE(cut.size(), limits::file_name_bytes_max);
  EXPECT_TRUE(cut.ends_with("å.pdf"));
  EXPECT_TRUE(is_clean_utf8(cut));
  EXPECT_LE(clean_file_name("a." + std::string(500, 'x')).size(), limits::file_name_bytes_max);
  EXPECT_EQ(clean_file_name(std::string(300, '.') + std::string(50, 'x')), "file");
}

TEST(FileNames, AreQuotedInTheHeader) {
  EXPECT_EQ(content_disposition(true, "offer.pdf"),
            "inline; filename=\"offer.pdf\"; filename*=UTF-8''offer.pdf");
  EXPECT_EQ(content_disposition(false, "Tilbud å.pdf"),
            "attachment; filename=\"Tilbud _.pdf\"; filename*=UTF-8''Tilbud%20%C3%A5.pdf");
  EXPECT_EQ(content_disposition(false, "a\"b\\c%41;d.pdf"),
            "attachment; filename=\"a_b_c_41;d.pdf\"; filename*=UTF-8''a%22b%5Cc%2541%3Bd.pdf");
}

}  // namespace
}  // namespace fokus::records
