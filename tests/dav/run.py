# SPDX-License-Identifier: Apache-2.0
"""CalDAV and CardDAV with a client that others wrote: vdirsyncer of Debian.

    python3 tests/dav/run.py --program build/dev/fokus [--postgres URL] [--report FILE]

A folder of files and the server are kept the same: what is made, changed and deleted on the one
side arrives at the other, what both changed is a conflict, and a sync after which nothing happened
changes nothing. What vdirsyncer never sends is sent by hand.
"""
import base64
import json
import os
import re
import subprocess
import sys
import urllib.parse
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scenario_server import PASSWORD, Client, Server  # noqa: E402
from suite import main  # noqa: E402

EMAIL = "anna@example.org"
SCOPES = ["activity:write", "person:write", "company:write", "user:read"]
SYNC_S = 120
CONFIG = """[general]
status_path = "{folder}/status/"

[pair diary]
a = "files_diary"
b = "server_diary"
collections = ["from b"]
conflict_resolution = {resolution}

[storage files_diary]
type = "filesystem"
path = "{folder}/calendars/"
fileext = ".ics"

[storage server_diary]
type = "caldav"
url = "http://127.0.0.1:{port}/dav/"
username = "{email}"
password = "{key}"

[pair contacts]
a = "files_contacts"
b = "server_contacts"
collections = ["from b"]
conflict_resolution = {resolution}

[storage files_contacts]
type = "filesystem"
path = "{folder}/books/"
fileext = ".vcf"

[storage server_contacts]
type = "carddav"
url = "http://127.0.0.1:{port}/"
username = "{email}"
password = "{key}"
"""


class Failed(Exception):
    """What was expected did not happen."""


def expect(holds, text):
    if not holds:
        raise Failed(text)


def days_ahead(days, hour=9):
    at = datetime.now(timezone.utc) + timedelta(days=days)
    return at.replace(hour=hour, minute=0, second=0, microsecond=0)


def digits(at):
    return at.strftime("%Y%m%dT%H%M%SZ")


def event(uid, summary, starts, *more):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//Test//EN", "BEGIN:VEVENT",
             f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"DTSTART:{digits(starts)}",
             f"DTEND:{digits(starts + timedelta(hours=1))}", f"SUMMARY:{summary}", *more,
             "END:VEVENT", "END:VCALENDAR"]
    return "\r\n".join(lines) + "\r\n"


def card(uid, first, last, *more):
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{first} {last}",
             f"N:{last};{first};;;", *more, "END:VCARD"]
    return "\r\n".join(lines) + "\r\n"


class Phone:
    """A folder with calendars and address books, kept the same as a server by vdirsyncer."""

    def __init__(self, server):
        self.server, self.anna = server, Client(server, EMAIL)
        body = json.dumps({"name": "Phone", "scopes": SCOPES}).encode()
        made = self.anna.call("POST", "/api/v1/me/keys", body=body)
        expect(made.status == 201, f"no key: {made.status} {made.text}")
        self.key = made.json()["token"]
        self.folder = server.folder.with_suffix(".phone")
        for part in ("calendars", "books", "status"):
            (self.folder / part).mkdir(parents=True)
        self.diary = self.folder / "calendars" / "diary"
        self.persons = self.folder / "books" / "persons"
        self.configure("null")
        self.run("discover")

    def configure(self, resolution):
        (self.folder / "config").write_text(CONFIG.format(
            folder=self.folder, port=self.server.port, email=EMAIL, key=self.key,
            resolution=resolution))

    def run(self, *command, fails=False):
        environment = {**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"):
            environment.pop(name, None)
        done = subprocess.run(
            ["vdirsyncer", "-c", str(self.folder / "config"), *command], input="y\n" * 20,
            capture_output=True, text=True, timeout=SYNC_S, env=environment)
        output = done.stdout + done.stderr
        expect((done.returncode != 0) == fails, f"vdirsyncer {' '.join(command)}: {output[-2000:]}")
        return output

    def sync(self):
        return self.run("sync")

    def settle(self):
        """A sync, and then one that has nothing to do."""
        self.sync()
        before = self.contents()
        output = self.sync()
        expect(not re.search("Copying|Deleting", output), f"not the same after a sync: {output}")
        expect(self.contents() == before, "files changed although nothing had happened")

    def contents(self):
        return {path: path.read_bytes() for part in ("calendars", "books")
                for path in (self.folder / part).rglob("*") if path.is_file()}

    def find(self, folder, text):
        """The file that holds the text, or None."""
        return next((path for path in sorted(folder.iterdir()) if path.is_file()
                     and text in path.read_text().replace("\r\n ", "").replace("\n ", "")), None)

    def api(self, method, path, body=None):
        answer = self.anna.call(method, path, body=json.dumps(body).encode() if body else b"")
        expect(answer.status < 300, f"{method} {path}: {answer.status} {answer.text}")
        return answer.json() if answer.text else None

    def records(self, plural, name):
        wanted = urllib.parse.quote(f"name eq '{name}'")
        return self.api("GET", f"/api/v1/{plural}?limit=100&filter={wanted}")["items"]

    def dav(self, method, path, body="", headers=(), password=None):
        secret = base64.b64encode(f"{EMAIL}:{password or self.key}".encode()).decode()
        return Client(self.server).call(
            method, path, [("Authorization", f"Basic {secret}"), *headers], body.encode())


def on_a_phone(test):
    """The test with a server and a phone of its own; what it expects in vain is its problem."""
    def run(template):
        server = Server(template)
        try:
            test(Phone(server))
            return []
        except Failed as failed:
            return [str(failed), server.log_text()[-500:]]
        finally:
            server.close()
    run.__name__ = test.__name__
    return run


@on_a_phone
def appointments_come_and_go(phone):
    made = phone.api("POST", "/api/v1/activities", {
        "name": "Kundemoede", "kind": "meeting", "starts_at": days_ahead(3).isoformat(),
        "ends_at": days_ahead(3, 10).isoformat(), "location": "Havnegade 1",
        "reminder_minutes": 15})
    phone.settle()
    file = phone.find(phone.diary, "SUMMARY:Kundemoede")
    expect(file, "the appointment did not arrive")
    expect("TRIGGER:-PT15M" in file.read_text(), "its reminder did not arrive")
    file.write_text(file.read_text().replace("Kundemoede", "Flyttet moede"))
    phone.settle()
    expect(phone.api("GET", f"/api/v1/activities/{made['id']}")["name"] == "Flyttet moede",
           "a change on the phone did not arrive")
    phone.api("PATCH", f"/api/v1/activities/{made['id']}", {"location": "Torvet 2"})
    phone.settle()
    expect("LOCATION:Torvet 2" in file.read_text(), "a change on the server did not arrive")
    file.unlink()
    phone.settle()
    expect(not phone.records("activities", "Flyttet moede"), "what was deleted is still there")


@on_a_phone
def what_a_phone_makes_is_kept_as_it_is(phone):
    phone.sync()
    own = event("made-here", "Frokost", days_ahead(5), "X-OWN;A=\"b:c\":d", "CLASS:PRIVATE",
                "CATEGORIES:Mad,Kunde", "ATTENDEE;CN=Eve:mailto:eve@elsewhere.example",
                "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Nu", "TRIGGER:-PT30M", "END:VALARM")
    file = phone.diary / "frokost.ics"
    file.write_bytes(own.encode())
    phone.settle()
    expect(file.read_bytes() == own.encode(), "the file was changed by the server")
    found = phone.records("activities", "Frokost")
    expect(len(found) == 1, f"{len(found)} appointments were made")
    record = phone.api("GET", f"/api/v1/activities/{found[0]['id']}")
    expect(record["reminder_minutes"] == 30, "the reminder did not arrive")
    phone.api("PATCH", f"/api/v1/activities/{record['id']}", {"name": "Middag"})
    phone.settle()
    text = file.read_text()
    for part in ("SUMMARY:Middag", "X-OWN", "CLASS:PRIVATE", "eve@elsewhere.example"):
        expect(part in text.replace("\r\n ", "").replace("\n ", ""), f"{part} was lost:\n{text}")
    phone.api("DELETE", f"/api/v1/activities/{record['id']}")
    phone.settle()
    expect(not file.exists(), "what was deleted on the server is still on the phone")


@on_a_phone
def series_keep_their_exceptions(phone):
    phone.sync()
    first = days_ahead(4)
    day = [first + timedelta(weeks=week) for week in range(6)]
    series = event("series", "Ugemoede", first, "RRULE:FREQ=WEEKLY;COUNT=6",
                   f"EXDATE:{digits(day[2])}")
    moved = event("series", "Ugemoede flyttet", day[1] + timedelta(hours=2),
                  f"RECURRENCE-ID:{digits(day[1])}")
    inside = moved[moved.index("BEGIN:VEVENT"):moved.index("END:VCALENDAR")]
    file = phone.diary / "series.ics"
    file.write_bytes(series.replace("END:VCALENDAR", inside + "END:VCALENDAR").encode())
    phone.settle()
    whole = phone.records("activities", "Ugemoede")
    part = phone.records("activities", "Ugemoede flyttet")
    expect(len(whole) == 1 and len(part) == 1, "the series did not arrive with its exception")
    record = phone.api("GET", f"/api/v1/activities/{part[0]['id']}")
    expect(record["recurrence_of"]["id"] == whole[0]["id"], "the exception is of no series")
    phone.api("PATCH", f"/api/v1/activities/{whole[0]['id']}", {"location": "Lokale 3"})
    phone.settle()
    text = file.read_text()
    expect(text.count("BEGIN:VEVENT") == 2 and text.count("EXDATE") == 1 and
           digits(day[2]) in text, f"the series was torn:\n{text}")
    phone.api("PATCH", f"/api/v1/activities/{part[0]['id']}", {"location": "Lokale 4"})
    phone.settle()
    text = file.read_text()
    expect("LOCATION:Lokale 3" in text and "LOCATION:Lokale 4" in text,
           f"a change of the exception on the server did not arrive:\n{text}")
    file.write_text(text[:text.rindex("BEGIN:VEVENT")] + "END:VCALENDAR\r\n")
    phone.settle()
    expect(not phone.records("activities", "Ugemoede flyttet"), "an exception is left")


@on_a_phone
def whatever_a_phone_makes_comes_to_rest(phone):
    """What no record holds as it was put comes back as the server tells it, once."""
    phone.sync()
    at, day = days_ahead(7), days_ahead(9).strftime("%Y%m%d")
    local = days_ahead(10).strftime("%Y%m%dT100000")
    whole = re.compile(r"DTSTART:.*\r\nDTEND:.*\r\n")

    def odd(uid, times, *more):
        return whole.sub(times + "\r\n", event(uid, f"Saer {uid}", at, *more))
    calendars = [
        event("untitled", "", at), event("tentative", "Maaske", at, "STATUS:TENTATIVE"),
        event("alarms", "To alarmer", at, *(line for minutes in (15, 60) for line in (
            "BEGIN:VALARM", "ACTION:AUDIO", f"TRIGGER:-PT{minutes}M", "END:VALARM"))),
        event("urgent", "Haster", at, "PRIORITY:3", "TRANSP:TRANSPARENT", "SEQUENCE:4"),
        event("stray", "Ude af trit", at, "RRULE:FREQ=WEEKLY;COUNT=3;WKST=SU",
              f"EXDATE:{digits(at + timedelta(days=1))}"),
        odd("length", f"DTSTART:{digits(at)}\r\nDURATION:PT90M"),
        odd("nothing", f"DTSTART:{digits(at)}"), odd("floating", f"DTSTART:{local}"),
        odd("back", f"DTSTART:{digits(at)}\r\nDTEND:{digits(at - timedelta(hours=1))}"),
        odd("day", f"DTSTART;VALUE=DATE:{day}"),
        odd("days", f"DTSTART;VALUE=DATE:{day}", "RRULE:FREQ=DAILY;COUNT=4",
            f"EXDATE;VALUE=DATE:{(at + timedelta(days=3)):%Y%m%d}"),
        odd("zone", f"DTSTART;TZID=Romance Standard Time:{local}", "RRULE:FREQ=WEEKLY;COUNT=4"),
        odd("task", f"DTSTART:{digits(at)}\r\nDUE:{digits(at)}", "STATUS:IN-PROCESS",
            "PERCENT-COMPLETE:40").replace("VEVENT", "VTODO"),
        odd("often", f"DTSTART;VALUE=DATE:{day}", "RRULE:FREQ=DAILY;COUNT=2").replace(
            "VEVENT", "VTODO")]
    cards = [
        card("v4", "Fire", "Nul", "TEL;VALUE=uri;TYPE=\"cell,voice\":tel:+4520112233").replace(
            "VERSION:3.0", "VERSION:4.0"),
        card("many", "Mange", "Numre", *(f"TEL;TYPE=CELL:+45 20 11 22 3{n}" for n in range(4))),
        card("grouped", "Grup", "Peret", "item1.EMAIL:grup@example.org", "item1.X-ABLabel:Sommer"),
        card("born", "Uden", "Aar", "BDAY:--0412", "CATEGORIES:Ven",
             "PHOTO;VALUE=uri:http://a.example/b.jpg"),
        card("firm", "Firma", "Mand", "ORG:Ukendt A/S;Salg", "TITLE:Chef", "URL:https://a.example")]
    made = []
    for folder, ending, texts in ((phone.diary, "ics", calendars), (phone.persons, "vcf", cards)):
        for text in texts:
            uid = re.search("UID:(.*)\r", text).group(1)
            made.append(folder / f"{uid}.{ending}")
            made[-1].write_bytes(text.encode())
    phone.sync()
    phone.settle()
    there = "".join(phone.dav("PROPFIND", f"/dav/{path}/", "", [("Depth", "1")]).text
                    for path in ("calendars/1/diary", "addressbooks/1/persons"))
    for path in made:
        expect(path.exists() and f"/{path.name}<" in there, f"{path.name} is not on both sides")


@on_a_phone
def tasks_are_done(phone):
    made = phone.api("POST", "/api/v1/activities", {
        "name": "Ring tilbage", "kind": "task", "due_on": days_ahead(6).date().isoformat()})
    phone.settle()
    file = phone.find(phone.diary, "SUMMARY:Ring tilbage")
    expect(file and "BEGIN:VTODO" in file.read_text(), "the task did not arrive")
    file.write_text(file.read_text().replace(
        "STATUS:NEEDS-ACTION", f"STATUS:COMPLETED\nCOMPLETED:{digits(days_ahead(0, 0))}"))
    phone.settle()
    record = phone.api("GET", f"/api/v1/activities/{made['id']}")
    expect(record["status"] == "done", "the task is not done")


@on_a_phone
def what_both_changed_is_a_conflict(phone):
    made = phone.api("POST", "/api/v1/activities", {
        "name": "Aftale", "kind": "meeting", "starts_at": days_ahead(8).isoformat()})
    phone.settle()
    file = phone.find(phone.diary, "SUMMARY:Aftale")
    file.write_text(file.read_text().replace("SUMMARY:Aftale", "SUMMARY:Her"))
    phone.api("PATCH", f"/api/v1/activities/{made['id']}", {"name": "Der"})
    output = phone.run("sync", fails=True)
    expect("onflict" in output, f"no conflict: {output}")
    expect(phone.api("GET", f"/api/v1/activities/{made['id']}")["name"] == "Der",
           "a conflict was written over")
    phone.configure('"b wins"')
    phone.settle()
    expect("SUMMARY:Der" in file.read_text(), "the server's word did not win")


@on_a_phone
def contacts_come_and_go(phone):
    made = phone.api("POST", "/api/v1/persons?duplicates=allow", {
        "first_name": "Jens", "last_name": "Holmgaard", "company": 1, "contact_points": [
            {"kind": "phone", "label": "work", "value": "+45 33 12 45 67", "primary": True},
            {"kind": "phone", "label": "Sommerhus", "value": "+45 11 22 33 44"},
            {"kind": "address", "label": "visiting",
             "value": {"street": "Havnegade 1", "postcode": "8000", "city": "Aarhus C",
                       "country": "DK"}}]})
    phone.settle()
    file = phone.find(phone.persons, "FN:Jens Holmgaard")
    expect(file, "the person did not arrive")
    expect("Sommerhus" in file.read_text(), "a label of one's own did not arrive")
    text = file.read_text()
    line = "EMAIL;TYPE=WORK:jens@holmgaard.example\n"
    file.write_text(text.replace("END:VCARD", line + "END:VCARD").replace(
        "N:Holmgaard;Jens", "N:Holm;Jens").replace("FN:Jens Holmgaard", "FN:Jens Holm"))
    phone.settle()
    record = phone.api("GET", f"/api/v1/persons/{made['id']}")
    expect((record["last_name"], record["email"]) == ("Holm", "jens@holmgaard.example"),
           f"a change on the phone did not arrive: {record['last_name']} {record['email']}")
    expect(record["phone"] == "+45 33 12 45 67" and record["company"]["id"] == 1,
           "what the phone did not change was lost")
    phone.api("PATCH", f"/api/v1/persons/{made['id']}", {"job_title": "Chef"})
    phone.settle()
    expect("TITLE:Chef" in file.read_text(), "a change on the server did not arrive")
    own = card("made-here", "Mette", "Dam", "TEL;TYPE=CELL:+45 20 11 22 33", "X-SKYPE:mette",
               "NOTE:Ring\\, gerne")
    (phone.persons / "mette.vcf").write_bytes(own.encode())
    phone.settle()
    expect((phone.persons / "mette.vcf").read_bytes() == own.encode(), "the card was changed")
    found = phone.records("persons", "Mette Dam")
    expect(len(found) == 1, f"{len(found)} persons were made")
    expect(phone.api("GET", f"/api/v1/persons/{found[0]['id']}")["mobile"] == "+45 20 11 22 33",
           "the mobile did not arrive")
    (phone.persons / "mette.vcf").unlink()
    phone.settle()
    expect(not phone.records("persons", "Mette Dam"), "what was deleted is still there")


@on_a_phone
def only_a_key_opens(phone):
    ask = "<propfind xmlns='DAV:'><prop><current-user-principal/></prop></propfind>"
    for password, status in ((PASSWORD, 401), ("fk_nonsense", 401), (None, 207)):
        answer = phone.dav("PROPFIND", "/dav/", ask, password=password)
        expect(answer.status == status, f"{answer.status} where {status} was to come")
    refused = phone.dav("PROPFIND", "/dav/", ask, password=PASSWORD)
    expect((refused.header("WWW-Authenticate") or "").startswith("Basic"), "no word on how")
    for place in ("calendars/2/diary/", "calendars/2/", "addressbooks/2/persons/", "principals/2/"):
        other = phone.dav("PROPFIND", f"/dav/{place}", ask)
        expect(other.status == 404, f"another's {place}: {other.status}")
    way = phone.dav("PROPFIND", "/.well-known/caldav", ask)
    expect((way.status, way.header("Location")) == (301, "/dav/"), f"the way: {way.status}")


@on_a_phone
def harm_is_refused(phone):
    home = "/dav/calendars/1/diary/"
    for body in ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><propfind xmlns='DAV:'>&x;"
                 "</propfind>", "<a>" * 500, "<a>" + "<b/>" * 30_000 + "</a>", "no xml"):
        answer = phone.dav("PROPFIND", home, body)
        expect(answer.status == 400, f"{body[:40]}: {answer.status}")
        expect("root:" not in answer.text, "a file was read")
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    answer = phone.dav("PROPFIND", home, f"<!DOCTYPE a [<!ENTITY l0 'lol'>{laughs}]><propfind "
                       "xmlns='DAV:'><prop><displayname>&l9;</displayname></prop></propfind>")
    expect(answer.status == 400, f"a billion laughs: {answer.status}")
    for method, size, status in (("PUT", 2_000_000, 403), ("PUT", 3_000_000, 413),
                                 ("REPORT", 3_000_000, 413)):
        answer = phone.dav(method, home + "x.ics" * (method == "PUT"), "x" * size)
        expect(answer.status == status, f"{method} of {size} bytes: {answer.status}")
    for body in ("BEGIN:VCALENDAR", "\0", "BEGIN:VEVENT\n" * 10_000, "x" * 300_000):
        answer = phone.dav("PUT", home + "x.ics", body)
        expect(answer.status == 403, f"{body[:20]!r}: {answer.status}")
    deep = phone.dav("PROPFIND", "/dav/", "", [("Depth", "infinity")])
    expect(deep.status == 403, f"endless depth: {deep.status}")


@on_a_phone
def a_sync_tells_what_changed(phone):
    """sync-collection, which vdirsyncer does not use and phones do."""
    book = "/dav/addressbooks/1/persons/"

    def changes(token):
        answer = phone.dav("REPORT", book, f"<sync-collection xmlns='DAV:'><sync-token>{token}"
                           "</sync-token><sync-level>1</sync-level><prop><getetag/></prop>"
                           "</sync-collection>")
        expect(answer.status == 207, f"sync-collection: {answer.status} {answer.text}")
        token = re.search("<D:sync-token>(.*?)</D:sync-token>", answer.text).group(1)
        return token, dict(re.findall(r"<D:href>([^<]*\.vcf)</D:href>(<D:status>.*?404|)",
                                      answer.text))
    token, whole = changes("")
    expect(whole, "the first sync tells nothing")
    again, none = changes(token)
    expect(again == token and not none, f"nothing happened, and yet: {none}")
    made = phone.dav("PUT", book + "new.vcf", card("new", "Ny", "Person"))
    expect(made.status == 201, f"PUT: {made.status} {made.text}")
    token, news = changes(token)
    expect(list(news) == [book + "new.vcf"], f"what is new: {news}")
    phone.dav("DELETE", book + "new.vcf")
    token, news = changes(token)
    expect("404" in news.get(book + "new.vcf", ""), f"what went: {news}")
    old = phone.dav("REPORT", book, "<sync-collection xmlns='DAV:'><sync-token>urn:other"
                    "</sync-token><sync-level>1</sync-level><prop/></sync-collection>")
    expect(old.status == 403 and "valid-sync-token" in old.text, f"an old token: {old.status}")


if __name__ == "__main__":
    main("dav", [appointments_come_and_go, what_a_phone_makes_is_kept_as_it_is,
                 series_keep_their_exceptions, whatever_a_phone_makes_comes_to_rest, tasks_are_done,
                 what_both_changed_is_a_conflict, contacts_come_and_go, only_a_key_opens,
                 harm_is_refused, a_sync_tells_what_changed])
