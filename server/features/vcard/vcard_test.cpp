// SPDX-License-Identifier: Apache-2.0
#include "features/vcard/vcard.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace fokus::vcard {
namespace {

std::string card_text(const std::string& lines, const std::string& version = "3.0") {
  return "BEGIN:VCARD\r\nVERSION:" + version + "\r\n" + lines + "END:VCARD\r\n";
}

Card parse(const std::string& lines, const std::string& version = "3.0") {
  auto card = parse_card(card_text(lines, version));
  EXPECT_TRUE(card.ok()) << lines;
  return card.ok() ? *card : Card{};
}

std::string refusal(const std::string& text) {
  const auto card = parse_card(text);
  return card.ok()                     ? ""
         : card.error().errors.empty() ? card.error().code
                                       : card.error().errors.at(0).code;
}

TEST(Vcard, ReadsNamesNumbersAndAddresses) {
  const auto card = parse(
      "UID:a-1\r\nFN:Dr. Jens Peter Hansen\r\nN:Hansen;Jens;Peter;Dr.;\r\n"
      "ORG:Nordlys A/S;Salg;Nord\r\nTITLE:Direktør\r\nTEL;TYPE=WORK,VOICE:+45 33 12 45 67\r\n"
      "TEL;TYPE=CELL;TYPE=pref:+45 20 11 22 33\r\nEMAIL;TYPE=INTERNET,HOME:jens@nordlys.example\r\n"
      "ADR;TYPE=WORK:;2. sal;Havnegade 1;Aarhus C;;8000;Danmark\r\nBDAY:1985-04-12\r\n"
      "NOTE:Ring\\, gerne\\nefter kl. 9\r\nCATEGORIES:Kunde,Golf\r\n");
  EXPECT_EQ(card.uid, "a-1");
  EXPECT_EQ(card.full_name, "Dr. Jens Peter Hansen");
  EXPECT_EQ(card.last_name + "/" + card.first_name + "/" + card.middle_name + "/" + card.prefix,
            "Hansen/Jens/Peter/Dr.");
  EXPECT_EQ(card.organisation, "Nordlys A/S");
  EXPECT_EQ(card.department, "Salg, Nord");
  ASSERT_EQ(card.phones.size(), 2u);
  EXPECT_EQ(card.phones[0], (Point{"+45 33 12 45 67", "work", false}));
  EXPECT_EQ(card.phones[1], (Point{"+45 20 11 22 33", "mobile", true}));
  EXPECT_EQ(card.emails.at(0), (Point{"jens@nordlys.example", "home", false}));
  EXPECT_EQ(card.addresses.at(0),
            (Address{"2. sal\nHavnegade 1", "8000", "Aarhus C", "", "Danmark", "visiting", false}));
  EXPECT_EQ(card.birth_date, (Date{1985, 4, 12}));
  EXPECT_EQ(card.note, "Ring, gerne\nefter kl. 9");
  EXPECT_EQ(card.categories, (std::vector<std::string>{"Kunde", "Golf"}));
  EXPECT_TRUE(card.rest.empty());
}

TEST(Vcard, ReadsWhatFourAndTwoWriteOtherwise) {
  const auto four = parse(
      "FN:A\r\nTEL;VALUE=uri;PREF=1;TYPE=\"voice,work\":tel:+45-33124567\r\nBDAY:19850412\r\n"
      "LANG:da\r\nKIND:org\r\n",
      "4.0");
  EXPECT_EQ(four.version, Version::v40);
  EXPECT_EQ(four.phones.at(0), (Point{"+45-33124567", "work", true}));
  EXPECT_EQ(four.birth_date, (Date{1985, 4, 12}));
  EXPECT_EQ(four.kind + four.language, "orgda");
  const auto two = parse(
      "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=B8rensen;=C3=85se;;;\r\n"
      "NOTE;ENCODING=QUOTED-PRINTABLE:en=\r\nto\r\nTEL;WORK;FAX:12 34\r\n",
      "2.1");
  EXPECT_EQ(two.last_name + two.first_name, "SørensenÅse");
  EXPECT_EQ(two.note, "ento");
  EXPECT_EQ(two.phones.at(0).label, "fax");
}

TEST(Vcard, KeepsLabelsOfOnesOwnAndWhatItDoesNotKnow) {
  const auto card = parse(
      "FN:A\r\nitem1.X-ABLabel:Sommerhus\r\nitem1.TEL:11\r\nitem2.EMAIL:a@b.example\r\n"
      "item2.X-ABLabel:_$!<Home>!$_\r\nitem3.X-ABDATE:2010-01-01\r\nitem3.X-ABLabel:Bryllup\r\n"
      "BDAY:--0412\r\nX-SPORT;LEVEL=\"a:b\":Golf\r\n");
  EXPECT_EQ(card.phones.at(0), (Point{"11", "Sommerhus", false}));
  EXPECT_EQ(card.emails.at(0).label, "home");
  EXPECT_EQ(card.rest,
            (std::vector<std::string>{"item3.X-ABDATE:2010-01-01", "BDAY:--0412",
                                      "X-SPORT;LEVEL=\"a:b\":Golf", "item3.X-ABLabel:Bryllup"}));
}

TEST(Vcard, IsTheSameReadAgain) {
  auto card = parse(
      "UID:a;1\r\nFN:Å\\, "
      "B\r\nN:B;Å;;;\r\nitem1.TEL;TYPE=PREF:11\r\nitem1.X-ABLabel:Sommer\\;hus\r\n"
      "ADR;TYPE=HOME:;;Vej 1\\nst.;By;Region;1000;DK\r\nURL:https://a.example/x;y,z\r\n"
      "ORG:Nordlys;Salg\r\nX-FOKUS-COMPANY-UID:company-4@fokus\r\nX-A:1\r\nBDAY:1990-02-28\r\n");
  for (const auto version : {Version::v30, Version::v40}) {
    const auto text = render_card(card, version);
    const auto again = parse_card(text);
    ASSERT_TRUE(again.ok()) << text;
    EXPECT_EQ(again->uid, card.uid);
    EXPECT_EQ(again->full_name, card.full_name);
    EXPECT_EQ(again->phones, card.phones);
    EXPECT_EQ(again->addresses, card.addresses);
    EXPECT_EQ(again->urls, card.urls);
    EXPECT_EQ(again->department, card.department);
    EXPECT_EQ(again->organisation_uid, "company-4@fokus");
    EXPECT_EQ(again->birth_date, card.birth_date);
    EXPECT_EQ(again->rest, card.rest);
    EXPECT_EQ(render_card(*again, version), text);
  }
}

TEST(Vcard, FoldsBetweenLetters) {
  Card card;
  for (int i = 0; i < 100; ++i) card.full_name += "å";
  const auto text = render_card(card, Version::v30);
  for (const auto line : split(text, '\n')) {
    EXPECT_LE(line.size(), 76u);
    EXPECT_TRUE(is_clean_utf8(trim(line)));
  }
  EXPECT_EQ(parse_card(text)->full_name, card.full_name);
}

TEST(Vcard, RefusesWhatIsNoCard) {
  EXPECT_EQ(refusal(""), "not_a_card");
  EXPECT_EQ(refusal("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), "not_a_card");
  EXPECT_EQ(refusal("BEGIN:VCARD\r\nFN:A\r\n"), "unclosed");
  EXPECT_EQ(refusal(card_text("FN:\xff\r\n")), "not_utf8");
  EXPECT_EQ(refusal(card_text("FN:A\r\n", "5.0")), "unknown_version");
  EXPECT_EQ(refusal(card_text("BEGIN:VCARD\r\nEND:VCARD\r\n")), "nested");
  std::string many;
  for (std::size_t i = 0; i <= limits::points_max; ++i) many += "TEL:1\r\n";
  EXPECT_EQ(refusal(card_text(many)), "too_many");
  EXPECT_EQ(refusal(card_text("NOTE:" + std::string(limits::card_bytes_max, 'x') + "\r\n")),
            "vcard/too_large");
}

TEST(Vcard, FindsCardsInAFile) {
  const std::string one = card_text("FN:A\r\n"), two = card_text("NOTE:x\r\n BEGIN:VCARD\r\n");
  const std::string file = "junk\r\n" + one + "\r\n" + two + "BEGIN:VCARD\r\nFN:C\r\n";
  const auto first = find_card(file);
  ASSERT_TRUE(first && first->is_whole);
  EXPECT_EQ(file.substr(first->begin, first->end - first->begin), one);
  const auto second = find_card(file, first->end);
  ASSERT_TRUE(second && second->is_whole);
  EXPECT_EQ(file.substr(second->begin, second->end - second->begin), two);
  const auto third = find_card(file, second->end);
  ASSERT_TRUE(third);
  EXPECT_FALSE(third->is_whole);
  EXPECT_EQ(third->end, file.size());
  EXPECT_FALSE(find_card("nothing").has_value());
}

}  // namespace
}  // namespace fokus::vcard
