// SPDX-License-Identifier: Apache-2.0
#include "features/dav/cards.hpp"

#include <gtest/gtest.h>

#include "features/dav/filters.hpp"
#include "features/dav/xml.hpp"

namespace fokus::dav {
namespace {

namespace json = boost::json;
using vcard::Card;
using vcard::Version;

json::object jens() {
  return json::parse(R"({"id": 7, "version": 3, "name": "Jens Hansen", "first_name": "Jens",
    "last_name": "Hansen", "job_title": "Direktør", "birth_date": "1985-04-12", "note": null,
    "company": {"id": 4, "name": "Nordlys"}, "masked": [], "contact_points": [
      {"kind": "phone", "label": "work", "value": "33 12 45 67", "primary": true},
      {"kind": "phone", "label": "Sommerhus", "value": "11 22 33 44", "primary": false},
      {"kind": "address", "label": "visiting", "primary": true, "value": {"street": "Havnegade 1",
        "postcode": "8000", "city": "Aarhus C", "region": null, "country": "DK"}}]})")
      .as_object();
}

TEST(Cards, TellAPerson) {
  const auto card = card_of(jens(), "person");
  EXPECT_EQ(card.full_name, "Jens Hansen");
  EXPECT_EQ(card.organisation + " " + card.organisation_uid, "Nordlys company-4@fokus");
  ASSERT_EQ(card.phones.size(), 2u);
  EXPECT_EQ(card.phones[1].label, "Sommerhus");
  EXPECT_EQ(card.addresses.at(0).city, "Aarhus C");
  for (const auto version : {Version::v30, Version::v40}) {
    const auto seen = as_seen(card, version);
    EXPECT_TRUE(is_same(seen, seen, "person"));
    EXPECT_TRUE(changes_of(seen, as_seen(seen, version), "person", jens()).empty());
  }
}

TEST(Cards, ChangeWhatDiffersOnly) {
  const auto before = as_seen(card_of(jens(), "person"), Version::v30);
  Card after = before;
  after.title = "";
  after.middle_name = "Peter";
  after.phones.erase(after.phones.begin());
  const auto changes = changes_of(before, after, "person", jens());
  EXPECT_TRUE(changes.at("job_title").is_null());
  EXPECT_EQ(changes.at("first_name"), "Jens Peter");
  EXPECT_EQ(changes.size(), 3u);
  const auto& points = changes.at("contact_points").as_array();
  ASSERT_EQ(points.size(), 2u);
  EXPECT_EQ(points[0].at("label"), "Sommerhus");
  EXPECT_EQ(points[0].at("primary"), true) << "one is always the first";
}

TEST(Cards, LeaveAloneWhatIsMasked) {
  auto record = jens();
  record["contact_points"] = json::array();
  record["masked"] = json::array{"contact_points", "birth_date"};
  record["birth_date"] = nullptr;
  const auto before = as_seen(card_of(record, "person"), Version::v30);
  Card after = before;
  EXPECT_TRUE(changes_of(before, after, "person", record).empty());
  after.phones.push_back({"99", "work", true});
  after.birth_date = Date{1990, 1, 1};
  EXPECT_TRUE(changes_of(before, after, "person", record).empty());
}

TEST(Cards, KeepWhatNoFieldHas) {
  const auto sent = vcard::parse_card(
      "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:x\r\nFN:Dr. Jens Hansen\r\nN:Hansen;Jens;;Dr.;\r\n"
      "ORG:Nordlys;Salg\r\nX-SKYPE:jens\r\nCATEGORIES:Golf\r\nEND:VCARD\r\n");
  ASSERT_TRUE(sent.ok());
  const auto card = with_kept(card_of(jens(), "person"), *sent, "person");
  EXPECT_EQ(card.prefix + card.full_name, "Dr.Dr. Jens Hansen");
  EXPECT_EQ(card.department, "Salg");
  EXPECT_EQ(card.rest, (std::vector<std::string>{"X-SKYPE:jens"}));
  auto renamed = jens();
  renamed["name"] = "Jens Holm", renamed["last_name"] = "Holm";
  EXPECT_EQ(with_kept(card_of(renamed, "person"), *sent, "person").full_name, "Jens Holm");
}

TEST(Cards, TellACompany) {
  const json::object nordlys{{"name", "Nordlys"}, {"description", "Lys"}};
  const auto seen = as_seen(card_of(nordlys, "company"), Version::v30);
  EXPECT_EQ(seen.kind + " " + seen.organisation + " " + seen.note, "org Nordlys Lys");
  Card after = seen;
  after.full_name = "Nordlys ApS";
  const auto changes = changes_of(seen, after, "company", nordlys);
  EXPECT_EQ(changes, (json::object{{"name", "Nordlys ApS"}}));
}

TEST(Cards, AreFoundByTheirProperties) {
  const std::string card =
      "BEGIN:VCARD\r\nFN:Åse Møller\r\nTEL:+45 12\r\nEMAIL:ase@x.example\r\nEND:VCARD\r\n";
  const auto found = [&](const std::string& filter) {
    const auto query = parse_xml("<q xmlns='" + std::string(ns_carddav) + "'>" + filter + "</q>");
    const auto parsed = query.ok() ? parse_book_filter(*query)
                                   : Result<BookFilter>(make_error(ErrorKind::malformed, "xml"));
    EXPECT_TRUE(parsed.ok()) << filter;
    return parsed.ok() && fits(card, *parsed);
  };
  const auto text = [](const char* name, const char* attributes, const char* text) {
    return "<prop-filter name='" + std::string(name) + "'><text-match " + attributes + ">" + text +
           "</text-match></prop-filter>";
  };
  EXPECT_TRUE(found("<filter/>"));
  EXPECT_TRUE(found("<filter>" + text("fn", "", "aase moel") + "</filter>"));
  EXPECT_FALSE(found("<filter>" + text("FN", "match-type='equals'", "åse") + "</filter>"));
  EXPECT_TRUE(found("<filter>" + text("FN", "match-type='starts-with'", "åse") + "</filter>"));
  EXPECT_FALSE(
      found("<filter test='allof'>" + text("FN", "", "åse") + text("TEL", "", "99") + "</filter>"));
  EXPECT_TRUE(found("<filter>" + text("FN", "", "bo") + text("EMAIL", "", "ase@") + "</filter>"));
  EXPECT_TRUE(found("<filter>" + text("TEL", "negate-condition='yes'", "99") + "</filter>"));
  EXPECT_TRUE(
      found("<filter><prop-filter name='NICKNAME'><is-not-defined/></prop-filter></filter>"));
}

TEST(Xml, RefusesWhatMeansHarm) {
  const auto why = [](const std::string& text) {
    const auto read = parse_xml(text);
    return read.ok() ? "" : read.error().params.at("why");
  };
  EXPECT_EQ(why("<a xmlns='DAV:'><b/></a>"), "");
  EXPECT_EQ(why(""), "not_xml");
  EXPECT_EQ(why("<a><b></a>"), "not_xml");
  EXPECT_EQ(why("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), "doctype");
  EXPECT_EQ(why("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), "doctype");
  std::string deep;
  for (int i = 0; i <= limits::xml_depth_max; ++i) deep += "<a>";
  EXPECT_EQ(why(deep), "too_deep");
  std::string many = "<a>";
  for (std::size_t i = 0; i <= limits::xml_elements_max; ++i) many += "<b/>";
  EXPECT_EQ(why(many + "</a>"), "too_many");
}

TEST(Xml, ReadsNamesInTheirNamespaces) {
  const auto read = parse_xml(
      "<x:propfind xmlns:x='DAV:'><x:prop><getetag xmlns='DAV:'/><o:a xmlns:o='urn:o'/></x:prop>"
      "</x:propfind>");
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read->name.is(ns_dav, "propfind"));
  const auto* prop = read->child(ns_dav, "prop");
  ASSERT_TRUE(prop && prop->children.size() == 2);
  EXPECT_TRUE(prop->children[0].name.is(ns_dav, "getetag"));
  EXPECT_EQ(xml_element(prop->children[1].name, "1"), "<a xmlns=\"urn:o\">1</a>");
  EXPECT_EQ(xml_text("a<b>&\"\x01"), "a&lt;b&gt;&amp;&quot;");
}

}  // namespace
}  // namespace fokus::dav
