# SPDX-License-Identifier: Apache-2.0
"""Two whole nodes on one PostgreSQL database and one data folder, as docs/install.md has it.

    python3 tests/nodes/run.py --program build/dev/fokus --postgres URL [--report FILE]

What one node changes the other must know: records as events, fields, sessions and roles; a POST
with one idempotency key happens once, a reminder and an alert come once, and a job goes on at the
other node when its own is killed.
"""
import argparse
import base64
import json
import os
import socket
import struct
import sys
import tempfile
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scenario_server import Client, Server, Template  # noqa: E402

COMPANIES = "/api/v1/companies?duplicates=allow"  # the same name again and again
SOON_S = 5            # access::limits::actor_cache_ms: how long a lost notification may matter
IMPORT_ROWS = 8_000
REMINDERS = 30
TAKE_OVER_S = 90      # work::limits::lease_ms, and then the rest of the rows


class Node(Server):
    """A further `fokus serve` on the folder and database of the first."""

    def __init__(self, first):
        self.template, self.folder = first.template, first.folder
        self._name, self._options = first._name, first._options
        self.log = self.folder.with_suffix(".second.log")
        self._log = open(self.log, "ab")
        self._process = None
        self.start()

    def close(self):
        problem = self.stop() if self._process.poll() is None else None
        self._log.close()
        return problem


class Events:
    """A WebSocket on /api/v1/events of a node; `wait` returns the first message that fits."""

    def __init__(self, client):
        client.call("GET", "/api/v1/me")
        self._socket = socket.create_connection(("127.0.0.1", client.server.port), timeout=20)
        cookies = "; ".join(f"{key}={value}" for key, value in client.cookies.items())
        host = f"127.0.0.1:{client.server.port}"
        key = base64.b64encode(os.urandom(16)).decode()
        lines = ("GET /api/v1/events HTTP/1.1", f"Host: {host}", f"Origin: http://{host}",
                 f"Cookie: {cookies}", "Connection: Upgrade", "Upgrade: websocket",
                 "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}", "", "")
        self._socket.sendall("\r\n".join(lines).encode())
        self._stream = self._socket.makefile("rb")
        status = self._stream.readline()
        if b" 101 " not in status:
            raise RuntimeError(f"no WebSocket: {status!r}")
        while self._stream.readline() not in (b"\r\n", b""):
            pass

    def _frame(self):
        first, second = self._stream.read(2)
        size = second & 0x7F
        if size == 126:
            size = struct.unpack(">H", self._stream.read(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self._stream.read(8))[0]
        return first & 0x0F, self._stream.read(size)

    def wait(self, fits, seconds):
        """A message, ("closed", code), or None when nothing fitting came in time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                kind, payload = self._frame()
            except (TimeoutError, ValueError, OSError):
                return None
            if kind == 8:
                return ("closed", struct.unpack(">H", payload[:2])[0])
            if kind == 1 and fits(message := json.loads(payload)):
                return message
        return None


def eventually(question, seconds=SOON_S):
    until = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < until:
        time.sleep(0.1)
    return answer


def post(client, path, body, *headers):
    return client.call("POST", path, list(headers), json.dumps(body).encode())


def start_import(client, name):
    rows = "Navn;Ansatte\n" + "".join(f"{name} {n};{n}\n" for n in range(IMPORT_ROWS))
    made = client.call("POST", f"/api/v1/imports?type=company&name={name}.csv",
                       [("Content-Type", "text/csv")], rows.encode()).json()["id"]
    definition = {"mapping": {"name": "Navn", "employees": "Ansatte"}, "match": [],
                  "source": {"name": "nodes", "legal_basis": "6.1.f", "obtained_at": "2026-01-01"}}
    client.call("PATCH", f"/api/v1/imports/{made}", body=json.dumps(definition).encode())
    started = post(client, f"/api/v1/imports/{made}/run", {})
    if started.status != 202:
        raise RuntimeError(f"the import did not start: {started.status} {started.text}")
    return made


def import_problems(client, made, name):
    def ended():
        status = client.call("GET", f"/api/v1/imports/{made}").json().get("status")
        return status if status in ("done", "failed") else None
    status = eventually(ended, TAKE_OVER_S)
    count = client.call("GET", f"/api/v1/companies?filter=name%20startswith%20'{name}'"
                               "&limit=1&count=exact").json().get("count", {}).get("value")
    return [] if (status, count) == ("done", IMPORT_ROWS) else [f"{name}: {status}, {count} rows"]


def events_cross(a, b):
    events = Events(Client(b, "anna@example.org"))
    made = post(Client(a, "anna@example.org"), COMPANIES, {"name": "Over there"}).json()
    found = events.wait(lambda e: e.get("record") == made["id"] and e["type"] == "company", SOON_S)
    return [] if isinstance(found, dict) else [f"no event at the other node: {found}"]


def events_go_on(a, b):
    """Also after thousands of them, at the node that is left."""
    return events_cross(b, b)


def fields_cross(a, b):
    added = post(Client(a, "carl@example.org"), "/api/v1/meta/types/company/fields",
                 {"name": "x_shoe_size", "kind": "integer", "label": {"en": "Shoe size"},
                  "privacy": {"class": "none", "purpose": "", "erasure": "keep"}})
    if added.status >= 300:
        return [f"the field was refused: {added.status} {added.text}"]
    anna = Client(b, "anna@example.org")
    body = {"name": "Big feet", "x_shoe_size": 47}
    made = eventually(lambda: (r := post(anna, COMPANIES, body)).status == 201 and r)
    if not made or made.json().get("x_shoe_size") != 47:
        return ["the other node does not know the new field"]
    found = anna.call("GET", "/api/v1/companies?filter=x_shoe_size%20eq%2047").json()["items"]
    return [] if len(found) == 1 else [f"the other node finds {len(found)} by the new field"]


def settings_cross(a, b):
    """Both nodes change: the later one must win on both, whoever counted less before."""
    for node, other, currency in ((a, b, "EUR"), (b, a, "SEK"), (a, b, "DKK")):
        changed = Client(node, "carl@example.org").call(
            "PATCH", "/api/v1/settings", body=json.dumps({"base_currency": currency}).encode())
        if changed.status != 200:
            return [f"the setting was refused: {changed.status} {changed.text}"]
        anna = Client(other, "anna@example.org")
        if not eventually(lambda: anna.call("GET", "/api/v1/meta").json()["base_currency"]
                          == currency):
            return [f"the other node does not have {currency} as base currency"]
    return []


def sign_out_crosses(a, b):
    at_a, at_b = Client(a, "bo@example.org"), Client(b)
    at_a.call("GET", "/api/v1/me")
    at_b.cookies = dict(at_a.cookies)
    if at_b.call("GET", "/api/v1/me").status != 200:
        return ["a session is not known at the other node"]
    events = Events(at_b)
    at_a.call("DELETE", "/api/v1/session")
    problems = []
    if not eventually(lambda: at_b.call("GET", "/api/v1/me").status == 401):
        problems.append("a session that ended lives on at the other node")
    if (closed := events.wait(lambda e: False, SOON_S)) != ("closed", 1008):
        problems.append(f"its WebSocket stays open at the other node: {closed}")
    return problems


def posts_happen_once(a, b):
    clients = [Client(node, "anna@example.org") for node in (a, b) * 4]
    # One actor is one user: the key counts for all of their sessions.
    clients[0].call("GET", "/api/v1/me")
    for client in clients[1:]:
        client.cookies = dict(clients[0].cookies)
    answers = []

    def send(client):
        answers.append(post(client, COMPANIES, {"name": "Only once"},
                            ("Idempotency-Key", "nodes-once")).status)
    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = clients[0].call("GET", "/api/v1/companies?filter=name%20eq%20'Only%20once'").json()
    bad = [status for status in answers if status not in (201, 409)]
    return [] if len(found["items"]) == 1 and not bad else [f"{len(found['items'])} of {answers}"]


def reminders_come_once(a, b):
    """Both nodes look for what is due at the same moment; the other node's browser hears of it."""
    client = Client(a, "anna@example.org")
    events = Events(Client(b, "anna@example.org"))
    starts = datetime.now(timezone.utc) + timedelta(seconds=REMINDERS / 10 + 2)
    for number in range(REMINDERS):
        post(client, "/api/v1/activities",
             {"name": f"Reminder {number}", "starts_at": starts.isoformat(), "reminder_minutes": 0})
    heard = events.wait(lambda e: e.get("what") == "notifications", SOON_S + REMINDERS)

    def told():
        items = client.call("GET", "/api/v1/me/notifications?limit=200").json()["items"]
        return [item["record"]["id"] for item in items if item["kind"] == "reminder"]
    eventually(lambda: len(told()) >= REMINDERS, SOON_S + REMINDERS)
    time.sleep(2)  # in which the other node could tell them again
    records = told()
    problems = [] if isinstance(heard, dict) else [f"nothing heard at the other node: {heard}"]
    if len(records) != REMINDERS or len(set(records)) != REMINDERS:
        problems.append(f"{len(records)} reminders of {len(set(records))} appointments")
    return problems


def alerts_come_once(a, b):
    """Both nodes hear of the change; one tells of the number that crossed the value."""
    client = Client(a, "anna@example.org")
    page = post(client, "/api/v1/dashboards", {"name": "Nodes", "tiles": [
        {"definition": {"title": "Bells", "record_type": "company", "presentation": "number",
                        "filter": "name contains 'Nodes bell'"}}]}).json()["id"]
    asked = post(client, "/api/v1/me/alerts",
                 {"dashboard": page, "tile": 1, "condition": "above", "value": 0})
    if asked.status != 201:
        return [f"the alert was refused: {asked.status} {asked.text}"]
    post(Client(b, "anna@example.org"), COMPANIES, {"name": "Nodes bell"})

    def told():
        items = client.call("GET", "/api/v1/me/notifications?limit=200").json()["items"]
        return sum(item["kind"] == "alert" for item in items)
    eventually(told, SOON_S)
    time.sleep(3)  # in which the other node could tell it again
    return [] if told() == 1 else [f"told {told()} times"]


def panel_hosts_cross(a, b):
    """A host that is allowed at one node is framed by the pages of the other at once."""
    made = post(Client(a, "carl@example.org"), "/api/v1/panel_hosts", {"host": "nodes.example"})
    if made.status != 201:
        return [f"the host was refused: {made.status} {made.text}"]
    anna = Client(b, "anna@example.org")
    definition = {"title": "x", "presentation": "web", "url": "https://nodes.example/"}

    def is_allowed():
        return post(anna, "/api/v1/tiles/preview", {"definition": definition}).json()["is_allowed"]
    return [] if eventually(is_allowed) else ["the other node does not know the host"]


def jobs_run_once(a, b):
    """An import of a node that is killed in the middle, while another import begins."""
    first = start_import(Client(a, "carl@example.org"), "Killed")
    second = start_import(Client(b, "carl@example.org"), "Beside")
    time.sleep(0.7)
    a._process.kill()
    a._process.wait()
    client = Client(b, "carl@example.org")
    return import_problems(client, first, "Killed") + import_problems(client, second, "Beside")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", required=True, type=Path)
    options.add_argument("--postgres", required=True)
    options.add_argument("--report", type=Path)
    options = options.parse_args()
    failed, tests = 0, (events_cross, fields_cross, settings_cross, sign_out_crosses,
                        posts_happen_once, reminders_come_once, alerts_come_once,
                        panel_hosts_cross, jobs_run_once, events_go_on)
    with tempfile.TemporaryDirectory(prefix="fokus-nodes.") as folder:
        template = Template(options.program.resolve(), "postgres", folder, options.postgres)
        a = Server(template)
        b = Node(a)
        try:
            for test in tests:
                begun = time.monotonic()
                try:
                    problems = test(a, b)
                except Exception as broken:  # the other tests still have something to say
                    problems = [f"{type(broken).__name__}: {broken}"]
                failed += bool(problems)
                print(f"  {test.__name__}: {'; '.join(problems) or 'ok'} "
                      f"({time.monotonic() - begun:.1f} s)", flush=True)
        finally:
            b.close()
            a.close()
            template.close()
    if options.report:
        options.report.write_text(json.dumps({"passed": len(tests) - failed, "failed": failed}))
    print(f"nodes: {len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
