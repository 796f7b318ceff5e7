# SPDX-License-Identifier: Apache-2.0
"""Dashboards by e-mail, through OpenSMTPD and a stub for what that does not do on demand.

    python3 tests/mail/run.py --program build/dev/fokus [--postgres URL] [--report FILE]

What arrives is read with Python's email package and pdftotext. Every receiver gets the own numbers,
once: also when the server asks to come again, is away, when the program is killed, and when two
nodes send.
"""
import email
import email.policy
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scenario_server import Client, Server  # noqa: E402
from suite import eventually, main  # noqa: E402

from real_server import RealServer, free_port  # noqa: E402
from smtp_stub import Stub, make_certificate  # noqa: E402

FROM = "fokus@example.org"
PAGE = "https://crm.example"
KNOWN = ["anna@example.org", "bo@example.org", "carl@example.org"]
SENT_S = 30
RETRY_S = 60       # reports::limits::retry_first_ms, and the letter
TAKEN_OVER_S = 90  # reports::limits::lease_ms, and the letter


class Failed(Exception):
    """What was expected did not happen."""


def expect(holds, text):
    if not holds:
        raise Failed(text)


def folder_of(template, name):
    return Path(tempfile.mkdtemp(prefix=f"{name}.", dir=template.folder.parent))


def sign_in(server, name):
    return Client(server, f"{name}@example.org")


def call(client, method, path, body=None, status=200, headers=()):
    data = b"" if body is None else json.dumps(body).encode()
    answer = client.call(method, path, headers, data)
    expect(answer.status == status, f"{method} {path}: {answer.status} {answer.text[:300]}")
    return answer.json() if answer.text else None


def settings(port, host="127.0.0.1", security="none", **more):
    return {"host": host, "port": str(port), "security": security, "from_address": FROM,
            "from_name": "Fokus på Nordlys", "page_url": PAGE, **more}


@contextmanager
def serving(template, port, private=None, **environment):
    """A server that may talk to a mail server on that port of the loopback."""
    server = Server(template)
    try:
        server.stop()
        server.environment = {"FOKUS_PRIVATE_HOSTS": private or f"http://127.0.0.1:{port}",
                              **environment}
        server.start()
        yield server
        problem = server.close()
        expect(problem is None, problem)
    finally:
        if server._process.poll() is None:
            server._process.kill()
            server._process.wait()


def switch_on(server, fields):
    carl = sign_in(server, "carl")
    call(carl, "PUT", "/api/v1/connectors/smtp", {"is_on": True, "fields": fields})
    return carl


def sales_page(client):
    pages = call(client, "GET", "/api/v1/dashboards")["items"]
    return next(page["id"] for page in pages if page["standard"] == "sales")


def user_id(client, name):
    return call(sign_in(client.server, name), "GET", "/api/v1/me")["id"]


def subscribe(client, names, **more):
    body = {"dashboard": sales_page(client), "frequency": "daily", "time": "08:00",
            "receivers": [user_id(client, name) for name in names], **more}
    return call(client, "POST", "/api/v1/reports", body, status=201)


def send_now(client, report):
    call(client, "POST", f"/api/v1/reports/{report['id']}/send", status=202)


def deliveries(client, report):
    return call(client, "GET", f"/api/v1/reports/{report['id']}/deliveries")["items"]


def state_of(client, report):
    found = deliveries(client, report)
    return (found[0]["state"], found[0]["error"]) if found else None


def wait_for(client, report, state, seconds=SENT_S):
    eventually(lambda: (state_of(client, report) or [""])[0] == state, seconds)
    found = state_of(client, report)
    expect(found and found[0] == state, f"the delivery is {found}, not {state}")
    return found


def read_letter(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def pdf_text(letter, folder):
    parts = [part for part in letter.walk() if part.get_content_type() == "application/pdf"]
    expect(len(parts) == 1, f"{len(parts)} documents in the letter")
    file = folder / "letter.pdf"
    file.write_bytes(parts[0].get_content())
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True,
                          text=True)
    return done.stdout


def arrive(real, user, count=1, seconds=SENT_S):
    eventually(lambda: len(real.letters(user)) >= count, seconds)
    letters = real.letters(user)
    expect(len(letters) == count, f"{user} has {len(letters)} letters, not {count}")
    return [read_letter(raw) for raw in letters]


# --- through OpenSMTPD ---

def a_letter_arrives_whole(template):
    folder = folder_of(template, "mail")
    real = RealServer(folder, KNOWN)
    try:
        with serving(template, real.port) as server:
            switch_on(server, settings(real.port))
            anna = sign_in(server, "anna")
            report = subscribe(anna, ["anna"], subject="Mit salg – æøå, №1",
                               message="Hej <Anna> & alle\nHer er tallene.")
            send_now(anna, report)
            wait_for(anna, report, "sent")
            letter = arrive(real, "anna")[0]
            expect(letter["subject"] == "Mit salg – æøå, №1", letter["subject"])
            expect(letter["to"].addresses[0].addr_spec == "anna@example.org", letter["to"])
            expect(letter["from"].addresses[0].display_name == "Fokus på Nordlys", letter["from"])
            expect(letter["message-id"].startswith("<fokus.report."), letter["message-id"])
            expect(letter["date"] and letter["auto-submitted"] == "auto-generated", "headers")
            expect(letter["list-unsubscribe"] == f"<{PAGE}/reports?report={report['id']}>",
                   letter["list-unsubscribe"])
            text = letter.get_body(("plain",)).get_content()
            html = letter.get_body(("html",)).get_content()
            expect("Hej <Anna> & alle" in text, f"the text is {text!r}")
            expect("Hej &lt;Anna&gt; &amp; alle" in html and "<Anna>" not in html, "the HTML")
            names = [part.get_filename() for part in letter.iter_attachments()]
            expect(len(names) == 1 and re.fullmatch(r"Salg \d{4}-\d\d-\d\d\.pdf", names[0]), names)
            document = pdf_text(letter, folder)
            expect("Min pipeline i tal" in document, f"the document says {document[:400]!r}")
            expect("Side 1 af" in document and "Europe/Copenhagen" in document, "its frame")
            info = subprocess.run(["pdfinfo", str(folder / "letter.pdf")], check=True,
                                  capture_output=True, text=True).stdout
            expect(re.search(r"^Title:\s+Salg$", info, re.MULTILINE), info)
            calls = call(sign_in(server, "carl"), "GET", "/api/v1/egress?connector=smtp")["items"]
            expect(calls and (calls[0]["status"], calls[0]["method"]) == (250, "SEND"), str(calls))
    finally:
        real.close()
    return []


def everyone_gets_the_own_numbers(template):
    folder = folder_of(template, "mail")
    real = RealServer(folder, KNOWN)
    try:
        with serving(template, real.port) as server:
            switch_on(server, settings(real.port))
            anna, bo = sign_in(server, "anna"), sign_in(server, "bo")
            report = subscribe(anna, ["anna", "bo"], tile=1)
            send_now(anna, report)
            send_now(bo, report)
            texts = {name: pdf_text(arrive(real, name)[0], folder) for name in ("anna", "bo")}
            # In the world of the tests two open sales are Anna's.
            expect("209.500,50" in texts["anna"], texts["anna"])
            expect("209.500,50" not in texts["bo"], "Bo was sent Anna's numbers")
            seen = deliveries(bo, report)
            expect(len(seen) == 1 and seen[0]["user"]["id"] == user_id(bo, "bo"), str(seen))
    finally:
        real.close()
    return []


def a_refused_receiver_is_told_of(template):
    folder = folder_of(template, "mail")
    real = RealServer(folder, ["carl@example.org"])
    try:
        with serving(template, real.port) as server:
            switch_on(server, settings(real.port))
            anna = sign_in(server, "anna")
            report = subscribe(anna, ["anna"])
            send_now(anna, report)
            found = wait_for(anna, report, "failed")
            expect(found[1] == "mail/recipient_refused", found)
            expect(deliveries(anna, report)[0]["attempts"] == 1, "it was tried again")
    finally:
        real.close()
    return []


def who_is_asked_to_come_again_does(template):
    folder = folder_of(template, "mail")
    real = RealServer(folder, KNOWN, later=["anna@example.org"])
    try:
        with serving(template, real.port) as server:
            switch_on(server, settings(real.port))
            anna = sign_in(server, "anna")
            report = subscribe(anna, ["anna"])
            send_now(anna, report)
            eventually(lambda: (deliveries(anna, report) or [{}])[0].get("error"), SENT_S)
            found = deliveries(anna, report)[0]
            expect(found["state"] == "waiting" and found["error"] == "mail/recipient_refused",
                   str(found))
            real.close()
            real = RealServer(folder, KNOWN, port=real.port)
            wait_for(anna, report, "sent", RETRY_S)
            arrive(real, "anna")
            expect(deliveries(anna, report)[0]["attempts"] == 2, str(deliveries(anna, report)))
    finally:
        real.close()
    return []


def a_server_that_is_down_is_waited_for(template):
    folder, port = folder_of(template, "mail"), free_port()
    real = None
    try:
        with serving(template, port) as server:
            switch_on(server, settings(port))
            anna = sign_in(server, "anna")
            report = subscribe(anna, ["anna"])
            send_now(anna, report)
            eventually(lambda: (deliveries(anna, report) or [{}])[0].get("error"), SENT_S)
            expect(state_of(anna, report) == ("waiting", "mail/not_connected"),
                   str(state_of(anna, report)))
            real = RealServer(folder, KNOWN, port=port)
            wait_for(anna, report, "sent", RETRY_S)
            arrive(real, "anna")
    finally:
        if real:
            real.close()
    return []


def two_nodes_send_one_letter_each(template):
    folder = folder_of(template, "mail")
    real = RealServer(folder, KNOWN)
    second = None
    try:
        with serving(template, real.port) as server:
            second = Second(server)
            switch_on(server, settings(real.port))
            anna = sign_in(server, "anna")
            reports = [subscribe(anna, KNOWN_NAMES) for _ in range(4)]
            for report in reports:
                for name in KNOWN_NAMES:
                    send_now(sign_in(server if report["id"] % 2 else second, name), report)
            for name in KNOWN_NAMES:
                arrive(real, name, len(reports), 2 * SENT_S)
            time.sleep(3)
            for name in KNOWN_NAMES:
                ids = {letter["message-id"] for letter in arrive(real, name, len(reports))}
                expect(len(ids) == len(reports), f"{name}: {ids}")
            problem = second.close()
            expect(problem is None, problem)
    finally:
        if second and second._process.poll() is None:
            second._process.kill()
            second._process.wait()
        real.close()
    return []


KNOWN_NAMES = ["anna", "bo", "carl"]


class Second(Server):
    """A further `fokus serve` on the folder and database of the first."""

    def __init__(self, first):
        self.template, self.folder = first.template, first.folder
        self._name, self._options = first._name, first._options
        self.environment = first.environment
        self.log = self.folder.with_suffix(".second.log")
        self._log = open(self.log, "ab")
        self._process = None
        self.start()

    def close(self):
        problem = self.stop() if self._process.poll() is None else None
        self._log.close()
        return problem


# --- through the stub ---

def a_letter_goes_by_starttls_and_signs_in(template):
    folder = folder_of(template, "mail")
    certificate = make_certificate(folder)
    stub = Stub(certificate=certificate, user="fokus", password="hemmelig kode")
    try:
        with serving(template, stub.port, private=f"localhost:{stub.port}",
                     FOKUS_OUTGOING_CERTIFICATES=str(certificate[0])) as server:
            fields = settings(stub.port, host="localhost", security="starttls", user="fokus",
                              password="forkert kode")
            carl = switch_on(server, fields)
            tested = call(carl, "POST", "/api/v1/connectors/smtp/test")
            expect(not tested["worked"] and tested["code"] == "mail/sign_in_refused", str(tested))
            call(carl, "PUT", "/api/v1/connectors/smtp", {"fields": {"password": "hemmelig kode"}})
            tested = call(carl, "POST", "/api/v1/connectors/smtp/test")
            expect(tested["worked"], str(tested))
            expect([receivers for receivers, _ in stub.letters] == [["carl@example.org"]],
                   "who tests gets the letter")
            expect("hemmelig kode" not in json.dumps(call(carl, "GET", "/api/v1/connectors/smtp")),
                   "the password is shown")
            expect("hemmelig" not in server.log_text(), "the password is in the log")
    finally:
        stub.close()
    return []


def nothing_is_sent_without_the_encryption_that_is_wanted(template):
    folder = folder_of(template, "mail")
    certificate = make_certificate(folder)
    plain, foreign = Stub(), Stub(certificate=certificate)
    try:
        private = ",".join(f"localhost:{stub.port}" for stub in (plain, foreign))
        with serving(template, plain.port, private=private) as server:
            carl = switch_on(server, settings(plain.port, host="localhost", security="starttls"))
            tested = call(carl, "POST", "/api/v1/connectors/smtp/test")
            expect(tested["code"] == "mail/tls", f"without STARTTLS: {tested}")
            switch_on(server, settings(foreign.port, host="localhost", security="starttls"))
            tested = call(carl, "POST", "/api/v1/connectors/smtp/test")
            expect(tested["code"] == "mail/tls", f"a certificate of nobody: {tested}")
            switch_on(server, settings(plain.port, host="localhost", security="none"))
            tested = call(carl, "POST", "/api/v1/connectors/smtp/test")
            expect(tested["code"] == "mail/address_refused", f"without TLS: {tested}")
            expect(not plain.letters and not foreign.letters, "a letter left")
    finally:
        plain.close()
        foreign.close()
    return []


def smtps_works(template):
    folder = folder_of(template, "mail")
    certificate = make_certificate(folder)
    stub = Stub(certificate=certificate, smtps=True, user="fokus", password="kode")
    try:
        with serving(template, stub.port, private=f"localhost:{stub.port}",
                     FOKUS_OUTGOING_CERTIFICATES=str(certificate[0])) as server:
            carl = switch_on(server, settings(stub.port, host="localhost", security="tls",
                                              user="fokus", password="kode"))
            tested = call(carl, "POST", "/api/v1/connectors/smtp/test")
            expect(tested["worked"] and len(stub.letters) == 1, str(tested))
    finally:
        stub.close()
    return []


def killed(server):
    server._process.kill()
    server._process.wait()


def a_kill_before_the_letter_loses_none(template):
    # The receiver is asked to come again, and the program is killed meanwhile.
    stub = Stub(answers={"anna@example.org": ["451 later"]})
    try:
        with serving(template, stub.port) as server:
            switch_on(server, settings(stub.port))
            anna = sign_in(server, "anna")
            report = subscribe(anna, ["anna"])
            send_now(anna, report)
            eventually(lambda: stub.tries, SENT_S)
            killed(server)
            server.start()
            anna = sign_in(server, "anna")
            wait_for(anna, report, "sent", TAKEN_OVER_S)
            expect(len(stub.letters) == 1, f"{len(stub.letters)} letters")
    finally:
        stub.close()
    return []


def a_kill_after_the_letter_makes_no_second(template):
    # The server has the letter, and the program dies before it hears so.
    hold = threading.Event()
    stub = Stub(hold=hold)
    try:
        with serving(template, stub.port) as server:
            switch_on(server, settings(stub.port))
            anna = sign_in(server, "anna")
            report = subscribe(anna, ["anna"])
            send_now(anna, report)
            expect(stub.arrived.wait(SENT_S), "no letter arrived")
            killed(server)
            hold.set()
            server.start()
            anna = sign_in(server, "anna")
            time.sleep(TAKEN_OVER_S)
            expect(len(stub.letters) == 1, f"{len(stub.letters)} letters")
            expect(state_of(anna, report)[0] == "handing", str(state_of(anna, report)))
    finally:
        stub.close()
    return []


if __name__ == "__main__":
    main("mail", [
        a_letter_arrives_whole, everyone_gets_the_own_numbers, a_refused_receiver_is_told_of,
        who_is_asked_to_come_again_does, a_server_that_is_down_is_waited_for,
        (two_nodes_send_one_letter_each, ("postgres",)), a_letter_goes_by_starttls_and_signs_in,
        nothing_is_sent_without_the_encryption_that_is_wanted, smtps_works,
        (a_kill_before_the_letter_loses_none, ("sqlite", "postgres")),
        (a_kill_after_the_letter_makes_no_second, ("sqlite",))])
