// SPDX-License-Identifier: Apache-2.0
#include "platform/mail_out.hpp"

#include <gtest/gtest.h>

namespace fokus::mail {
namespace {

Letter letter() {
  Letter out;
  out.from = {"Fokus", "fokus@example.org"};
  out.to = {"Søren Ågård", "soeren@example.org"};
  out.subject = "Salg – uge 48";
  out.text = "Hej\n.\nFra os\n";
  out.html = "<p>Hej</p>";
  out.attachments = {{"Salg æøå.pdf", "application/pdf", std::string("%PDF-1.5\n\0\xff", 11)}};
  out.message_id = "fokus.report.1.2.3@example.org";
  out.unsubscribe = "https://crm.example/reports?report=1";
  out.language = "da";
  out.at = *parse_instant("2026-11-27T07:00:00Z");
  return out;
}

std::string head_of(const std::string& text) {
  return text.substr(0, text.find("\r\n\r\n"));
}

TEST(Letters, HaveWhatALetterNeeds) {
  const auto made = compose(letter());
  ASSERT_TRUE(made.ok());
  const auto head = head_of(*made);
  for (const char* line :
       {"<fokus.report.1.2.3@example.org>", "Auto-Submitted: auto-generated",
        "List-Unsubscribe: <https://crm.example/reports?report=1>", "Content-Language: da",
        "MIME-Version: 1.0", "soeren@example.org", "27 Nov 2026 07:00:00 +0000"})
    EXPECT_NE(head.find(line), std::string::npos) << line << "\n" << head;
  EXPECT_NE(made->find("multipart/alternative"), std::string::npos);
  EXPECT_NE(made->find("application/pdf"), std::string::npos);
  for (std::size_t at = made->find('\n'); at != std::string::npos; at = made->find('\n', at + 1))
    ASSERT_EQ((*made)[at - 1], '\r') << at;
}

TEST(Letters, NoTextBeginsAHeader) {
  auto bad = letter();
  bad.subject = "Salg\r\nBcc: alle@example.org\r\n\r\nEt helt andet brev";
  bad.to.name = "Anna\r\nBcc: alle@example.org";
  bad.from.name = "x\nReply-To: y@example.org";
  const auto made = compose(bad);
  ASSERT_TRUE(made.ok());
  const auto head = head_of(*made);
  EXPECT_EQ(head.find("\r\nBcc:"), std::string::npos) << head;
  EXPECT_EQ(head.find("\r\nReply-To:"), std::string::npos) << head;
}

TEST(Letters, RefuseWhatIsNoAddress) {
  for (const char* address :
       {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nRCPT TO:<x@y>", "<a@b>", "a,b@c", "æ@b"}) {
    EXPECT_FALSE(is_mail_address(address)) << address;
    auto bad = letter();
    bad.to.address = address;
    EXPECT_EQ(compose(bad).error().code, "mail/bad_address") << address;
  }
  EXPECT_TRUE(is_mail_address("anna.lund+crm@mail.example.org"));
  auto bad = letter();
  bad.unsubscribe = "https://crm.example/>\r\nX: y";
  EXPECT_FALSE(compose(bad).ok());
  bad = letter();
  bad.message_id = "no id";
  EXPECT_FALSE(compose(bad).ok());
}

TEST(Letters, HaveALimit) {
  auto large = letter();
  large.attachments = {{"x", "application/pdf", std::string(limits::letter_bytes_max, 'x')}};
  EXPECT_EQ(compose(large).error().code, "mail/too_large");
}

TEST(MailOut, GoesNowhereUnlessItMay) {
  Server server{"127.0.0.1", 25, Security::none, "", ""};
  const auto mail = make_mail_out({});
  const auto made = compose(letter()).value();
  const auto send = [&] {
    return mail->send(server, "fokus@example.org", "anna@example.org", made, {}).failure;
  };
  EXPECT_EQ(send(), Failure::address_refused);
  server.security = Security::starttls;
  EXPECT_EQ(send(), Failure::address_refused);
  server.host = "127.0.0.1/x";
  EXPECT_EQ(send(), Failure::address_refused);
}

}  // namespace
}  // namespace fokus::mail
