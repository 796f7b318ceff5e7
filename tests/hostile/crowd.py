# SPDX-License-Identifier: Apache-2.0
"""Very many connections: left open, silent, or 10,000 WebSockets that wait for events."""
import http.client
import json
import os
import resource
import select
import statistics
import time

from raw_client import Raw, RawSocket
from scenario_server import Client, Server
from suite import eventually, memory_mib
from watch import watched

LEFT_OPEN = 2000
LEFT_END_S = 25          # net: header_timeout_ms
SOCKETS = int(os.environ.get("FOKUS_IDLE_SOCKETS", "10000"))
SOCKETS_MIB = 250        # the product's promise
CALL_MS = 100            # beside them, beyond what a call takes without them
EVENT_S = 5              # without one more that is reached
WAIT_S = 20              # for what must happen soon, on a machine that does other things as well
FILES_SPARE = 1000       # what the test itself needs besides


def is_readable(raw):
    poll = select.poll()  # select() ends at 1,024
    poll.register(raw.fileno(), select.POLLIN | select.POLLHUP)
    return bool(poll.poll(0))


def raise_files():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def survives_connections_left_open(template):
    """2,000 that say nothing, half a request, or one request and no more."""
    problems = []
    raise_files()
    with watched(template, f"{LEFT_OPEN} connections left open", 64, problems) as server:
        raws = []
        for number in range(LEFT_OPEN):
            raws.append(Raw(server.port))
            raws[-1].send([b"", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nHost: "][number % 3])
        until = time.monotonic() + LEFT_END_S
        waiting = list(raws)
        while waiting and time.monotonic() < until:
            time.sleep(1)
            waiting = [raw for raw in waiting if not is_readable(raw)]
        if waiting:
            problems.append(f"{len(waiting)} silent connections are kept after {LEFT_END_S} s")
        for raw in raws:
            raw.close()
    return problems


def _gets_in(client):
    try:
        return client.call("GET", "/api/v1/me").status == 200
    except OSError:  # refused, and the connection ended before the request was sent
        return False


def keeps_files_for_itself(template):
    """Few open files are allowed: strangers get 503, those who are in can still save."""
    problems, server = [], Server(template)
    try:
        server.stop()
        server.start(preexec=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (600, 600)))
        client = Client(server, "anna@example.org")
        client.call("GET", "/api/v1/me")
        kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        kept.request("GET", "/healthz")
        kept.getresponse().read()
        raws = [Raw(server.port) for _ in range(500)]
        refused = eventually(lambda: [raw for raw in raws if is_readable(raw)], WAIT_S)
        answers = [raw.answer() for raw in refused]
        if not any(a and (a.status, a.code) == (503, "net/busy") for a in answers):
            problems.append("of 500 connections none was refused with net/busy")
        cookies = "; ".join(f"{key}={value}" for key, value in client.cookies.items())
        kept.request("POST", "/api/v1/companies?duplicates=allow", b'{"name": "Still saved"}',
                     {"Cookie": cookies, "Content-Type": "application/json",
                      "Origin": f"http://127.0.0.1:{server.port}"})
        if (status := kept.getresponse().status) != 201:
            problems.append(f"one who is in cannot save: {status}")
        for raw in raws:
            raw.close()
        if not eventually(lambda: _gets_in(client), WAIT_S):
            problems.append("nobody gets in when the others have gone")
    finally:
        if problem := server.close():
            problems.append(f"the server {problem}")
    return problems


def _open_sockets(client, count):
    raws = []
    for _ in range(count):
        raws.append(RawSocket(client))
        raws[-1].read_frame()  # hello
    return raws


def _call_ms(client):
    times = []
    for _ in range(50):
        begun = time.monotonic()
        client.call("GET", "/api/v1/companies?limit=5")
        times.append((time.monotonic() - begun) * 1000)
    return statistics.median(times), max(times)


def _reached(raws, record):
    """How many of the sockets are told about the record; ends when none of them is for a while."""
    count, until = 0, time.monotonic() + EVENT_S
    for raw in raws:
        while True:
            raw._socket.settimeout(max(0.01, until - time.monotonic()))
            try:
                opcode, payload = raw.read_frame()
            except OSError:
                break
            if opcode == 1 and json.loads(payload).get("record") == record:
                count, until = count + 1, time.monotonic() + EVENT_S
                break
    return count


def holds_ten_thousand_sockets(template):
    if raise_files() < SOCKETS + FILES_SPARE:
        return [f"the limit of open files must be {SOCKETS + FILES_SPARE} (ulimit -Hn)"]
    problems = []
    with watched(template, f"{SOCKETS} WebSockets", SOCKETS_MIB, problems, beside=False) as server:
        client = Client(server, "anna@example.org")
        client.call("GET", "/api/v1/me")
        alone_ms, _ = _call_ms(client)
        begun = time.monotonic()
        raws = _open_sockets(client, SOCKETS)
        opened_s, idle_mib = time.monotonic() - begun, memory_mib(server._process)
        middle_ms, slowest_ms = _call_ms(client)
        begun = time.monotonic()
        made = client.call("POST", "/api/v1/companies?duplicates=allow",
                           body=b'{"name": "For all"}').json()["id"]
        reached = _reached(raws, made)
        print(f"    {len(raws)} open after {opened_s:.1f} s, {idle_mib:.0f} MiB; a call takes "
              f"{middle_ms:.0f} ms ({alone_ms:.0f} before), at most {slowest_ms:.0f}; an event "
              f"reached {reached} of them after {time.monotonic() - begun:.1f} s", flush=True)
        if idle_mib > SOCKETS_MIB:
            problems.append(f"{idle_mib:.0f} MiB with the sockets open, allowed {SOCKETS_MIB}")
        if middle_ms > CALL_MS + 2 * alone_ms:
            problems.append(f"a call takes {middle_ms:.0f} ms beside them, {alone_ms:.0f} without")
        if reached != len(raws):
            problems.append(f"an event reached {reached} of {len(raws)} sockets")
        for raw in raws:
            raw.close()
    return problems


TESTS = [survives_connections_left_open, keeps_files_for_itself, holds_ten_thousand_sockets]
