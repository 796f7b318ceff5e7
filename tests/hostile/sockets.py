# SPDX-License-Identifier: Apache-2.0
"""WebSockets that break the protocol, or keep to it and never read."""
import json

from raw_client import Raw, RawSocket, frame, upgrade_request
from scenario_server import Client
from watch import watched

TEXT, BINARY, CLOSE, PING = 1, 2, 8, 9
PROTOCOL, NOT_TEXT, TOO_BIG = 1002, 1007, 1009
FLOODERS, PINGS_EACH = 50, 20_000

# (what it is, bytes after the upgrade, close codes; 0: the connection just ends)
BROKEN = [
    ("an unmasked frame", frame(TEXT, b"hi", masked=False), {PROTOCOL}),
    ("a reserved opcode", frame(3, b"hi"), {PROTOCOL}),
    ("a reserved control opcode", frame(11, b"hi"), {PROTOCOL}),
    ("a reserved bit", frame(TEXT, b"hi", reserved=4), {PROTOCOL}),
    ("a ping in pieces", frame(PING, b"hi", final=False), {PROTOCOL}),
    ("a ping of 126 bytes", frame(PING, b"x" * 126), {PROTOCOL}),
    ("a continuation of nothing", frame(0, b"hi"), {PROTOCOL}),
    ("a message inside another", frame(TEXT, b"a", final=False) + frame(TEXT, b"b"), {PROTOCOL}),
    ("a close of one byte", frame(CLOSE, b"x"), {PROTOCOL}),
    ("a close with a code nobody may send", frame(CLOSE, b"\x03\xed"), {PROTOCOL}),
    ("text that is none", frame(TEXT, b"\xc0\xaf"), {NOT_TEXT}),
    ("a frame that claims 2^63 bytes", frame(TEXT, b"", length=2**63), {PROTOCOL, TOO_BIG}),
    ("a frame that claims 8 EiB less one", frame(TEXT, b"", length=2**63 - 1), {TOO_BIG}),
    ("a message of 1 MB", frame(TEXT, b"x" * 1_000_000), {TOO_BIG, 0}),
    ("1 MB in small pieces", frame(TEXT, b"x" * 100, final=False)
     + frame(0, b"x" * 100, final=False) * 10_000, {TOO_BIG, 0}),
    ("HTTP on a WebSocket", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", {PROTOCOL}),
]


def ends_broken_sockets(template):
    problems = []
    with watched(template, "broken WebSockets", 48, problems) as server:
        client = Client(server, "anna@example.org")
        client.call("GET", "/api/v1/me")
        for what, data, codes in BROKEN:
            raw = RawSocket(client)
            raw.send(data)
            if (code := raw.close_code()) not in codes:
                problems.append(f"{what}: closed with {code}")
            raw.close()
    return problems


def refuses_wrong_handshakes(template):
    problems = []
    with watched(template, "handshakes", 48, problems) as server:
        client, stranger = Client(server, "anna@example.org"), Client(server)
        client.call("GET", "/api/v1/me")
        foreign = upgrade_request(client, "Origin: https://evil.example", leave_out=("Origin",))
        for what, data, statuses in (
                ("without a session", upgrade_request(stranger), {401}),
                ("from another origin", foreign, {403}),
                ("without a key", upgrade_request(client, leave_out=("Sec-WebSocket-Key",)),
                 {400}),
                ("of version 7", upgrade_request(client, "Sec-WebSocket-Version: 7",
                                                 leave_out=("Sec-WebSocket-Version",)),
                 {400, 426}),
                ("without an upgrade", upgrade_request(client, leave_out=("Upgrade",)), {426}),
                ("of a path that is none", upgrade_request(client, path="/api/v1/nothing"), {404}),
                ("with frames before the answer", upgrade_request(client) + frame(TEXT, b"hi"),
                 {400})):
            raw = Raw(server.port)
            raw.send(data)
            answer = raw.answer()
            if not answer or answer.status not in statuses:
                problems.append(f"a handshake {what}: {answer and answer.status}")
            raw.close()
    return problems


def bounds_sockets_that_never_read(template):
    """Pings are answered, and nobody reads the answers."""
    problems = []
    with watched(template, "sockets that never read", 96, problems) as server:
        client = Client(server, "anna@example.org")
        client.call("GET", "/api/v1/me")
        raws = [RawSocket(client, receive_buffer=4096) for _ in range(FLOODERS)]
        sent = [raw.send_until_blocked(frame(PING, b"x" * 125), PINGS_EACH) for raw in raws]
        if min(sent) == 0:
            problems.append("a socket took no ping at all")
        reader = RawSocket(client)
        made = client.call("POST", "/api/v1/companies?duplicates=allow",
                           body=b'{"name": "Seen"}').json()["id"]
        if made not in _records_of(reader):
            problems.append("an event does not reach those who read")
        for raw in raws:
            raw.close()
    return problems


def _records_of(socket, messages=3):
    found = []
    for _ in range(messages):
        opcode, payload = socket.read_frame()
        if opcode == TEXT:
            found.append(json.loads(payload).get("record"))
            if found[-1]:
                break
    return found


TESTS = [ends_broken_sockets, refuses_wrong_handshakes, bounds_sockets_that_never_read]
