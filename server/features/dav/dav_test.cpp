// SPDX-License-Identifier: Apache-2.0
// What a program sees and changes through /dav, on both engines.
#include "features/dav/dav_testing.hpp"

#include "base/text.hpp"
#include "features/diary/diary.hpp"

namespace fokus::dav {
namespace {

using net::Method;
using testing::DavPlace;
using testing::object;

class DavTest : public DavPlace {
 protected:
  static std::string ics(const std::string& uid, const std::string& lines) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//T//EN\r\nBEGIN:VEVENT\r\nUID:" + uid +
           "\r\nDTSTAMP:20261101T000000Z\r\n" + lines + "END:VEVENT\r\nEND:VCALENDAR\r\n";
  }
  static std::string meeting(const std::string& uid, const std::string& more = {}) {
    return ics(uid,
               "DTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z\r\nSUMMARY:Status\r\n" + more);
  }
  static std::string vcf(const std::string& uid, const std::string& more = {}) {
    return "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:" + uid +
           "\r\nFN:Jens Hansen\r\nN:Hansen;Jens;;;\r\n" + more + "END:VCARD\r\n";
  }
  net::Reply put(const User& who, const std::string& path, const std::string& body,
                 const char* condition = nullptr, const std::string& tag = "*") {
    Asked asked{body, {}};
    if (condition) asked.headers.emplace_back(condition, tag);
    return call(who, Method::put, path, asked);
  }
  std::int64_t count(const std::string& what) { return number("SELECT count(*) FROM " + what); }
};
INSTANTIATE_EACH_ENGINE(DavTest);

TEST_P(DavTest, OpensForAKeyOnly) {
  EXPECT_EQ(call({}, Method::propfind, "").status, 401);
  const auto refused = call({1, anna_.email, "correct horse battery staple"}, Method::propfind, "");
  EXPECT_EQ(refused.status, 401);
  EXPECT_TRUE(header(refused, "WWW-Authenticate").starts_with("Basic "));
  EXPECT_EQ(call({1, bo_.email, anna_.key}, Method::propfind, "").status, 401)
      << "a key of another user";
  EXPECT_EQ(call(anna_, Method::propfind, "").status, 207);
  EXPECT_EQ(call({}, Method::options, "").status, 204);
  EXPECT_EQ(call(anna_, Method::propfind, calendar_of(bo_)).status, 404);
  int throttled = 0;
  for (int i = 0; i < 12; ++i)
    throttled += call({1, "eve@example.org", "fk_x"}, Method::propfind, "").status == 429;
  EXPECT_GT(throttled, 0);
  EXPECT_EQ(call(anna_, Method::propfind, "").status, 207) << "others are not kept out";
}

TEST_P(DavTest, KeepsFewRowsOfManyNamesThatAreMadeUp) {
  for (int i = 0; i < 60; ++i)
    call({1, "eve" + std::to_string(i) + "@example.org", "fk_x"}, Method::propfind, "");
  EXPECT_LE(count("sign_in_throttle"), 16);
  EXPECT_EQ(call(anna_, Method::propfind, "").status, 207);
}

TEST_P(DavTest, ChangesOneCardOfABookThatIsTooLargeToTell) {
  const auto book = book_of(anna_);
  for (const char* name : {"a", "b", "c"})
    ASSERT_EQ(put(anna_, book + name + ".vcf", vcf(name)).status, 201);
  const auto person = create("person", {{"first_name", "Ny"}, {"owner", anna_.id}});
  const auto others = create("person", {{"first_name", "Bos"}, {"owner", bo_.id}});
  const auto name_of = [](std::int64_t id) { return "person-" + std::to_string(id) + ".vcf"; };
  open_dav(2);
  const auto whole = call(anna_, Method::propfind, book, {"", {{"Depth", "1"}}});
  EXPECT_EQ(whole.status, 507);
  EXPECT_TRUE(contains(whole.body, "max=2")) << whole.body;
  EXPECT_EQ(put(anna_, book + "a.vcf", vcf("a", "ORG:Nordlys\r\n"), "If-Match").status, 204);
  EXPECT_EQ(put(anna_, book + "a.vcf", vcf("b")).status, 403) << "the UID is another one's";
  EXPECT_EQ(put(anna_, book + "d.vcf", vcf("b")).status, 403);
  EXPECT_EQ(put(anna_, book + "d.vcf", vcf("person-" + std::to_string(person) + "@fokus")).status,
            403);
  EXPECT_EQ(put(anna_, book + "d.vcf", vcf("d")).status, 201);
  EXPECT_EQ(call(anna_, Method::get, book + name_of(person)).status, 200);
  EXPECT_EQ(call(anna_, Method::get, book + "person-0" + std::to_string(person) + ".vcf").status,
            404);
  EXPECT_EQ(call(anna_, Method::get, book + name_of(others)).status, 404);
  const auto named = number("SELECT record_id FROM dav_resources WHERE name = 'a.vcf'");
  EXPECT_EQ(call(anna_, Method::get, book + name_of(named)).status, 404) << "it has another name";
  EXPECT_EQ(call(anna_, Method::remove, book + "a.vcf").status, 204);
  EXPECT_EQ(call(anna_, Method::get, book + "a.vcf").status, 404);
  EXPECT_EQ(put(anna_, book + "a.vcf", vcf("a")).status, 201) << "and may be put anew";
}

TEST_P(DavTest, ShowsTheWay) {
  const auto root =
      call(anna_, Method::propfind, "",
           {"<propfind xmlns='DAV:'><prop><current-user-principal/><foo/></prop></propfind>", {}});
  const std::string principal = "principals/" + std::to_string(anna_.id) + "/";
  EXPECT_TRUE(contains(root.body, "<D:href>/dav/" + principal + "</D:href>"));
  EXPECT_TRUE(contains(root.body, "404 Not Found"));
  const auto homes = call(anna_, Method::propfind, principal,
                          {"<propfind xmlns='DAV:' xmlns:c='urn:ietf:params:xml:ns:caldav'><prop>"
                           "<c:calendar-home-set/></prop></propfind>",
                           {}});
  EXPECT_TRUE(contains(homes.body, "/dav/calendars/"));
  const auto books = call(anna_, Method::propfind, "addressbooks/" + std::to_string(anna_.id) + "/",
                          {"", {{"Depth", "1"}}});
  EXPECT_TRUE(contains(books.body, "/persons/") && contains(books.body, "/companies/"));
  EXPECT_TRUE(contains(books.body, "<R:addressbook/>"));
  EXPECT_EQ(call(anna_, Method::propfind, "", {"", {{"Depth", "infinity"}}}).status, 403);
  EXPECT_EQ(call(anna_, Method::propfind, "", {"<!DOCTYPE a><a/>", {}}).status, 400);
}

TEST_P(DavTest, KeepsAnAppointmentAsItWasPut) {
  const auto path = calendar_of(anna_) + "a.ics";
  const auto body = meeting("a", "X-OWN:1\r\nATTENDEE:mailto:eve@elsewhere.example\r\n");
  const auto made = put(anna_, path, body, "If-None-Match");
  EXPECT_EQ(made.status, 201);
  const auto tag = header(made, "ETag");
  ASSERT_FALSE(tag.empty()) << "it is what it was";
  const auto read = call(anna_, Method::get, path);
  EXPECT_EQ(read.body, body);
  EXPECT_EQ(header(read, "ETag"), tag);
  EXPECT_EQ(call(anna_, Method::get, path, {"", {{"If-None-Match", tag}}}).status, 304);
  EXPECT_EQ(put(anna_, path, body, "If-None-Match").status, 412);
  EXPECT_EQ(put(anna_, path, body, "If-Match", "\"other\"").status, 412);
  EXPECT_EQ(put(anna_, calendar_of(anna_) + "b.ics", body).status, 403) << "the UID is there";
  EXPECT_EQ(count("activities WHERE name = 'Status' AND owner = " + std::to_string(anna_.id)), 1);
  EXPECT_EQ(count("sources WHERE name = 'CalDAV'"), 1);
  EXPECT_TRUE(contains(traces_.back(), "PUT /dav/calendars/{user}/{calendar}/{entry}") ||
              contains(traces_.back(), "GET /dav/"));
}

TEST_P(DavTest, TellsWhatTheServerChangedWithWhatTheProgramKnows) {
  const auto path = calendar_of(anna_) + "a.ics";
  ASSERT_EQ(put(anna_, path, meeting("a", "X-OWN:1\r\n")).status, 201);
  const auto token = sync_token(anna_, calendar_of(anna_));
  EXPECT_FALSE(contains(sync(anna_, calendar_of(anna_), token).body, "a.ics"));
  const auto id = number("SELECT id FROM activities WHERE name = 'Status'");
  ASSERT_TRUE(update("activity", id, {{"name", "Flyttet"}, {"reminder_minutes", 30}}).ok());
  const auto news = sync(anna_, calendar_of(anna_), token);
  EXPECT_TRUE(contains(news.body, "a.ics"));
  const auto body = call(anna_, Method::get, path).body;
  EXPECT_TRUE(contains(body, "SUMMARY:Flyttet\r\n")) << body;
  EXPECT_TRUE(contains(body, "TRIGGER:-PT30M\r\n"));
  EXPECT_TRUE(contains(body, "X-OWN:1\r\n"));
  EXPECT_TRUE(contains(body, "UID:a\r\n"));
}

TEST_P(DavTest, DeletesIntoTheBinAndSaysSo) {
  const auto path = calendar_of(anna_) + "a.ics";
  ASSERT_EQ(put(anna_, path, meeting("a")).status, 201);
  const auto token = sync_token(anna_, calendar_of(anna_));
  EXPECT_EQ(call(anna_, Method::remove, path, {"", {{"If-Match", "\"x\""}}}).status, 412);
  EXPECT_EQ(call(anna_, Method::remove, path).status, 204);
  EXPECT_EQ(call(anna_, Method::get, path).status, 404);
  EXPECT_EQ(count("activities WHERE name = 'Status' AND archived_at IS NOT NULL"), 1);
  const auto news = sync(anna_, calendar_of(anna_), token);
  EXPECT_TRUE(contains(news.body, "a.ics</D:href><D:status>HTTP/1.1 404"));
  EXPECT_EQ(sync(anna_, calendar_of(anna_), "urn:fokus:sync:x:1").status, 403);
  EXPECT_TRUE(contains(sync(anna_, calendar_of(anna_), "urn:x").body, "valid-sync-token"));
  EXPECT_EQ(put(anna_, path, meeting("a")).status, 201) << "and may be put anew";
}

TEST_P(DavTest, SavesASeriesWithWhatIsMoved) {
  const auto path = calendar_of(anna_) + "s.ics";
  const auto series = [](const char* moved_to) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:s\r\n"
           "DTSTART;TZID=Europe/Copenhagen:20270322T090000\r\n"
           "DTEND;TZID=Europe/Copenhagen:20270322T100000\r\nSUMMARY:Uge\r\n"
           "RRULE:FREQ=WEEKLY;COUNT=6\r\nEXDATE;TZID=Europe/Copenhagen:20270405T090000\r\n"
           "END:VEVENT\r\n" +
           (*moved_to ? std::string("BEGIN:VEVENT\r\nUID:s\r\n"
                                    "RECURRENCE-ID;TZID=Europe/Copenhagen:20270329T090000\r\n"
                                    "DTSTART:") +
                            moved_to + "\r\nDTEND:20270330T110000Z\r\nSUMMARY:Uge\r\nEND:VEVENT\r\n"
                      : std::string()) +
           "END:VCALENDAR\r\n";
  };
  const auto made = put(anna_, path, series("20270330T100000Z"));
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_FALSE(header(made, "ETag").empty());
  EXPECT_EQ(count("activities WHERE recurrence_of IS NOT NULL AND archived_at IS NULL"), 1);
  ASSERT_EQ(put(anna_, path, series("20270330T093000Z")).status, 204);
  EXPECT_EQ(count("activities WHERE recurrence_of IS NOT NULL AND archived_at IS NULL"), 1);
  EXPECT_EQ(number("SELECT starts_at FROM activities WHERE recurrence_of IS NOT NULL"),
            parse_instant("2027-03-30T09:30:00Z")->ms);
  ASSERT_EQ(put(anna_, path, series("")).status, 204);
  EXPECT_EQ(count("activities WHERE recurrence_of IS NOT NULL AND archived_at IS NULL"), 0);
  const auto id = number("SELECT id FROM activities WHERE recurrence > ''");
  EXPECT_EQ(get("activity", id).at("recurrence_except"), "2027-04-05T07:00:00.000Z");
}

TEST_P(DavTest, TellsWhatIsMovedAndNotThatItIsLeftOut) {
  const auto path = calendar_of(anna_) + "s.ics";
  const auto day = [](int of_march, const char* name = "DTSTART") {
    return name + std::string(":202703") + std::to_string(of_march) + "T090000Z\r\n";
  };
  std::string body = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:s\r\n" +
                     day(10) + "SUMMARY:Daglig\r\nRRULE:FREQ=DAILY;COUNT=9\r\n" +
                     day(17, "EXDATE") + "END:VEVENT\r\n";
  for (int of_march = 11; of_march < 16; ++of_march)
    body += "BEGIN:VEVENT\r\nUID:s\r\n" + day(of_march, "RECURRENCE-ID") + day(of_march + 10) +
            "SUMMARY:Flyttet\r\nEND:VEVENT\r\n";
  const auto made = put(anna_, path, body + "END:VCALENDAR\r\n");
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_FALSE(header(made, "ETag").empty());
  ASSERT_TRUE(update("activity", number("SELECT id FROM activities WHERE recurrence > ''"),
                     {{"location", "Lokale 3"}})
                  .ok());
  const auto told = call(anna_, Method::get, path).body;
  EXPECT_TRUE(contains(told, "LOCATION:Lokale 3\r\n") && contains(told, day(17, "EXDATE"))) << told;
  for (int of_march = 11; of_march < 16; ++of_march) {
    EXPECT_TRUE(contains(told, day(of_march, "RECURRENCE-ID"))) << told;
    EXPECT_FALSE(contains(told, day(of_march, "EXDATE"))) << told;
  }
}

TEST_P(DavTest, SavesATaskAndWhatItBecomes) {
  const auto path = calendar_of(anna_) + "t.ics";
  const auto task = [](const std::string& lines) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\nUID:t\r\nSUMMARY:Ring\r\n"
           "DUE;VALUE=DATE:20261203\r\n" +
           lines + "END:VTODO\r\nEND:VCALENDAR\r\n";
  };
  ASSERT_EQ(put(anna_, path, task("STATUS:NEEDS-ACTION\r\n")).status, 201);
  const auto id = number("SELECT id FROM activities WHERE name = 'Ring'");
  EXPECT_EQ(get("activity", id).at("kind"), "task");
  EXPECT_EQ(get("activity", id).at("due_on"), "2026-12-03");
  ASSERT_EQ(put(anna_, path, task("STATUS:COMPLETED\r\nCOMPLETED:20261126T100000Z\r\n")).status,
            204);
  EXPECT_EQ(get("activity", id).at("status"), "done");
  const auto query = [&](const char* component, const char* range) {
    return call(
               anna_, Method::report, calendar_of(anna_),
               {"<C:calendar-query xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><prop>"
                "<getetag/></prop><C:filter><C:comp-filter name='VCALENDAR'><C:comp-filter name='" +
                    std::string(component) + "'>" + range +
                    "</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>",
                {}})
        .body;
  };
  EXPECT_TRUE(contains(query("VTODO", ""), "t.ics"));
  EXPECT_FALSE(contains(query("VEVENT", ""), "t.ics"));
  EXPECT_TRUE(contains(
      query("VTODO", "<C:time-range start='20261203T000000Z' end='20261204T000000Z'/>"), "t.ics"));
  EXPECT_FALSE(contains(
      query("VTODO", "<C:time-range start='20261210T000000Z' end='20261211T000000Z'/>"), "t.ics"));
  EXPECT_TRUE(contains(query("VEVENT", "<C:prop-filter name='X'/>"), "supported-filter"));
}

TEST_P(DavTest, InvitationsAreAnsweredAndNotChanged) {
  const auto id = create("activity", {{"name", "Kundemøde"},
                                      {"owner", anna_.id},
                                      {"starts_at", "2026-12-02T09:00:00Z"},
                                      {"ends_at", "2026-12-02T10:00:00Z"}});
  write([&](store::Transaction& tx) {
    return diary::invite(*diary_, tx, system_, RecordId{id}, {bo_.id});
  });
  const auto name = calendar_of(bo_) + "activity-" + std::to_string(id) + ".ics";
  const auto read = call(bo_, Method::get, name);
  ASSERT_EQ(read.status, 200);
  const auto with = [&](const std::string& from, const std::string& to) {
    return replace_all(read.body, from, to);
  };
  EXPECT_TRUE(contains(read.body, "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:bo@example.org"))
      << read.body;
  EXPECT_EQ(put(bo_, name, with("Kundemøde", "Mit")).status, 403);
  EXPECT_EQ(put(bo_, name, with("NEEDS-ACTION", "ACCEPTED")).status, 204);
  EXPECT_EQ(count("activity_participants WHERE answer = 'accepted'"), 1);
  EXPECT_EQ(call(bo_, Method::remove, name).status, 204);
  EXPECT_EQ(count("activity_participants WHERE answer = 'declined'"), 1);
  EXPECT_EQ(count("activities WHERE archived_at IS NOT NULL"), 0);
  EXPECT_EQ(put(bo_, calendar_of(bo_) + "new.ics", meeting("n")).status, 403) << "may only read";
}

TEST_P(DavTest, KeepsAPersonAsItWasPut) {
  const auto path = book_of(anna_) + "j.vcf";
  const auto body = vcf("j",
                        "TEL;TYPE=WORK:33 12 45 67\r\nEMAIL:jens@nordlys.example\r\nX-OWN:1\r\n"
                        "ADR;TYPE=WORK:;;Havnegade 1;Aarhus C;;8000;DK\r\nBDAY:1985-04-12\r\n");
  const auto made = put(anna_, path, body);
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_FALSE(header(made, "ETag").empty());
  EXPECT_EQ(call(anna_, Method::get, path).body, body);
  const auto id = number("SELECT id FROM persons WHERE last_name = 'Hansen'");
  EXPECT_EQ(get("person", id).at("phone"), "33 12 45 67");
  EXPECT_EQ(get("person", id).at("birth_date"), "1985-04-12");
  const auto four =
      call(anna_, Method::get, path, {"", {{"Accept", "text/vcard; version=4.0"}}}).body;
  EXPECT_TRUE(contains(four, "VERSION:4.0\r\n") && contains(four, "X-OWN:1\r\n"));
  ASSERT_TRUE(update("person", id, {{"job_title", "Direktør"}}).ok());
  const auto now = call(anna_, Method::get, path).body;
  EXPECT_TRUE(contains(now, "TITLE:Direktør\r\n") && contains(now, "X-OWN:1\r\n")) << now;
  EXPECT_EQ(put(anna_, path, replace_all(now, "TITLE:Direktør\r\n", "")).status, 204);
  EXPECT_TRUE(get("person", id).at("job_title").is_null());
  EXPECT_EQ(get("person", id).at("phone"), "33 12 45 67");
}

TEST_P(DavTest, LinksACompanyByItsUidAlone) {
  const auto company = create("company", {{"name", "Nordlys"}, {"owner", anna_.id}});
  const auto uid = "company-" + std::to_string(company) + "@fokus";
  ASSERT_EQ(put(anna_, book_of(anna_) + "a.vcf", vcf("a", "ORG:Nordlys\r\n")).status, 201);
  EXPECT_EQ(count("persons WHERE company IS NOT NULL"), 0);
  ASSERT_EQ(put(anna_, book_of(anna_) + "a.vcf",
                vcf("a", "ORG:Nordlys\r\nX-FOKUS-COMPANY-UID:" + uid + "\r\n"))
                .status,
            204);
  EXPECT_EQ(number("SELECT company FROM persons"), company);
  ASSERT_EQ(put(anna_, book_of(anna_) + "a.vcf", vcf("a", "ORG:Nordlys\r\n")).status, 204);
  EXPECT_EQ(number("SELECT company FROM persons"), company)
      << "programs drop what they do not know";
  ASSERT_EQ(put(anna_, book_of(anna_) + "a.vcf", vcf("a")).status, 204);
  EXPECT_EQ(count("persons WHERE company IS NOT NULL"), 0);
}

TEST_P(DavTest, OffersOwnPersonsAndChosenSelections) {
  const auto mine = create("person", {{"first_name", "Åse"}, {"owner", anna_.id}});
  const auto other = create("person", {{"first_name", "Bent"}, {"owner", bo_.id}});
  const auto list = [&](const std::string& book) {
    return call(anna_, Method::propfind, book, {"", {{"Depth", "1"}}});
  };
  const auto persons = list(book_of(anna_)).body;
  EXPECT_TRUE(contains(persons, "person-" + std::to_string(mine) + ".vcf"));
  EXPECT_FALSE(contains(persons, "person-" + std::to_string(other) + ".vcf"));
  selections::Selection selection;
  selection.name = "Julekort", selection.record_type = "person", selection.kind = "dynamic";
  selection.filter = "first_name eq 'Bent'", selection.owner = UserId{anna_.id};
  access::Scope scope = system_;
  scope.actor.user = UserId{anna_.id};
  std::int64_t id = 0;
  write([&](store::Transaction& tx) -> Status {
    id = TRY(selections_->create(tx, scope, selection)).value;
    return {};
  });
  const auto book = book_of(anna_, "selection-" + std::to_string(id));
  EXPECT_EQ(list(book).status, 404) << "not chosen";
  run("INSERT INTO dav_books (user_id, selection, chosen_at) VALUES (" + std::to_string(anna_.id) +
      ", " + std::to_string(id) + ", 0)");
  const auto chosen = list(book).body;
  EXPECT_TRUE(contains(chosen, "person-" + std::to_string(other) + ".vcf")) << chosen;
  EXPECT_TRUE(contains(chosen, "Julekort"));
  EXPECT_EQ(put(anna_, book + "n.vcf", vcf("n")).status, 403) << "nothing is made in a selection";
  EXPECT_EQ(call(anna_, Method::remove, book + "person-" + std::to_string(other) + ".vcf").status,
            403);
  const auto found =
      call(anna_, Method::report, book,
           {"<R:addressbook-query xmlns='DAV:' xmlns:R='urn:ietf:params:xml:ns:carddav'><prop>"
            "<R:address-data/></prop><R:filter><R:prop-filter name='FN'><R:text-match>bent"
            "</R:text-match></R:prop-filter></R:filter></R:addressbook-query>",
            {}});
  EXPECT_TRUE(contains(found.body, "FN:Bent")) << found.body;
  EXPECT_EQ(traces_.back(), "REPORT /dav/addressbooks/{user}/{book}/ export person 1");
}

TEST_P(DavTest, ReadsSeveralAtOnceAndSaysWhatIsMissing) {
  ASSERT_EQ(put(anna_, book_of(anna_) + "a b.vcf", vcf("a")).status, 201);
  const auto reply =
      call(anna_, Method::report, book_of(anna_),
           {"<R:addressbook-multiget xmlns='DAV:' xmlns:R='urn:ietf:params:xml:ns:carddav'><prop>"
            "<getetag/><R:address-data version='4.0'/></prop><href>/dav/" +
                book_of(anna_) + "a%20b.vcf</href><href>/dav/" + book_of(bo_) +
                "x.vcf</href></R:addressbook-multiget>",
            {}});
  EXPECT_TRUE(contains(reply.body, "a%20b.vcf") && contains(reply.body, "VERSION:4.0"));
  EXPECT_TRUE(contains(reply.body, "x.vcf</D:href><D:status>HTTP/1.1 404"));
}

TEST_P(DavTest, ForgetsWhatWasPutWithTheRecord) {
  ASSERT_EQ(put(anna_, book_of(anna_) + "a.vcf", vcf("a")).status, 201);
  EXPECT_EQ(count("dav_resources"), 1);
  write([&](store::Transaction& tx) -> Status {
    const RecordId id{tx.query_integer("SELECT id FROM persons")};
    TRY(records_->archive(tx, system_, type("person"), id, {0, {}, "archive"}));
    records_->remove_archived_before(tx, type("person"), clock_.now().plus_ms(1), 10);
    return {};
  });
  EXPECT_EQ(count("dav_resources"), 0);
}

TEST_P(DavTest, RefusesWhatCannotBeRead) {
  const auto bad = put(anna_, calendar_of(anna_) + "x.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
  EXPECT_EQ(bad.status, 403);
  EXPECT_TRUE(contains(bad.body, "valid-calendar-data") && contains(bad.body, "no_component"));
  EXPECT_EQ(put(anna_, calendar_of(anna_) + "x.ics",
                ics("x", "DTSTART:19990101T090000Z\r\nSUMMARY:Old\r\n"))
                .status,
            403)
      << "too long ago to be told again";
  EXPECT_EQ(count("activities"), 0);
  EXPECT_EQ(put(anna_, book_of(anna_) + "x.vcf", "FN:x").status, 403);
  EXPECT_EQ(put(anna_, book_of(anna_) + "person-9.vcf", vcf("z")).status, 403)
      << "a name that the server gives";
  EXPECT_EQ(put(anna_, book_of(anna_), vcf("z")).status, 403);
}

}  // namespace
}  // namespace fokus::dav
