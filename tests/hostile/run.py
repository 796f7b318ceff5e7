# SPDX-License-Identifier: Apache-2.0
"""The whole program on loopback against raw sockets that mean harm, and against a crowd.

    python3 tests/hostile/run.py --program build/dev/fokus [--postgres URL] [--filter NAME]
        [--report FILE]

Each attack gets a server of its own. It must answer with the right refusal or end the connection,
answer others in time, stay within its memory, log nothing of what was sent, and live.
"""
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import crowd  # noqa: E402
import sockets  # noqa: E402
from http_cases import FATAL, HOST, SECOND, SECRET, SMUGGLING, TARGETS, filled  # noqa: E402
from raw_client import Raw  # noqa: E402
from scenario_server import Client  # noqa: E402
from suite import eventually, main  # noqa: E402
from watch import watched  # noqa: E402

BODY_END_S = 90      # net: body_timeout_ms and what the first bytes earn
HEAD_END_S = 20      # net: header_timeout_ms, and the tick of the deadlines
SLOW_CLIENTS = 100


def exchange(port, data, finish=False):
    """(the first answer, whether the server closes after it)."""
    raw = Raw(port)
    raw.send(data)
    if finish:
        raw.finish()
    answer = raw.answer()
    return raw, answer


def refuses_malformed_requests(template):
    problems = []
    with watched(template, "malformed requests", 48, problems) as server:
        for what, data, status, code in FATAL:
            raw, answer = exchange(server.port, filled(data))
            if not answer or (answer.status, answer.code) != (status, code):
                problems.append(f"{what}: {answer and (answer.status, answer.code)}")
            elif not raw.is_closed():
                problems.append(f"{what}: the connection stays open")
            raw.close()
    return problems


def answers_odd_targets(template):
    problems = []
    with watched(template, "odd targets", 48, problems) as server:
        for what, line, status, code in TARGETS:
            raw, answer = exchange(server.port, filled(line) + b" HTTP/1.1\r\n" + HOST + b"\r\n")
            if not answer or (answer.status, answer.code) != (status, code):
                problems.append(f"{what}: {answer and (answer.status, answer.code)}")
            raw.close()
    return problems


def lets_no_second_request_through(template):
    problems = []
    with watched(template, "smuggling", 48, problems) as server:
        for what, data in SMUGGLING:
            raw, first = exchange(server.port, filled(data), finish=True)
            second = raw.answer()
            if not first or first.status != 400:
                problems.append(f"{what}: {first and first.status}")
            if second:
                problems.append(f"{what}: a second answer, {second.status}")
            raw.close()
        # A body where none is expected belongs to its request and is not the next one.
        for method in (b"GET", b"HEAD", b"DELETE"):
            raw = Raw(server.port)
            raw.send(method + b" /healthz HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n"
                     % len(SECOND) + SECOND)
            raw.finish()
            raw.answer(head_only=method == b"HEAD")
            if raw.answer():
                problems.append(f"the body of {method.decode()} is answered as a request")
            raw.close()
    return problems


def _json_call(client, body, *more):
    cookies = "; ".join(f"{key}={value}" for key, value in client.cookies.items())
    head = ["POST /api/v1/companies?duplicates=allow HTTP/1.1",
            f"Host: 127.0.0.1:{client.server.port}",
            f"Origin: http://127.0.0.1:{client.server.port}", f"Cookie: {cookies}",
            "Content-Type: application/json", f"Content-Length: {len(body)}", *more, "", ""]
    return "\r\n".join(head).encode(), body


def keeps_to_the_protocol(template):
    """Pipelining, half-closed connections and 100-continue."""
    problems = []
    with watched(template, "protocol", 48, problems) as server:
        client = Client(server, "anna@example.org")
        client.call("GET", "/api/v1/me")
        raw = Raw(server.port)
        raw.send((b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n") * 500)
        raw.finish()
        answered = sum(1 for _ in range(500) if (a := raw.answer()) and a.status == 200)
        if answered != 500 or raw.answer():
            problems.append(f"{answered} of 500 requests in one go are answered")
        head, body = _json_call(client, b'{"name": "Half closed"}')
        _, answer = exchange(server.port, head + body, finish=True)
        if not answer or answer.status != 201:
            problems.append(f"a half-closed call: {answer and answer.status}")
        head, body = _json_call(client, b'{"name": "Waits"}', "Expect: 100-continue")
        raw, answer = exchange(server.port, head)
        if not answer or answer.status != 100:
            problems.append(f"100-continue: {answer and answer.status}")
        raw.send(body)
        if not (answer := raw.answer()) or answer.status != 201:
            problems.append(f"after 100-continue: {answer and answer.status}")
        head, _ = _json_call(client, b"x" * 2_000_000, "Expect: 100-continue")
        _, answer = exchange(server.port, head)
        if not answer or answer.status != 413:
            problems.append(f"too large, asked first: {answer and answer.status}")
        for body in (b"[" * 100_000, b'{"name": ' * 50_000, b'{"name": "\xc0\xaf"}', b"\0" * 1000,
                     b'{"name": "a\\u0000b"}', b'{"name": "' + SECRET + b'"', b"\x1f\x8b\x08\0"):
            head, body = _json_call(client, body)
            _, answer = exchange(server.port, head + body)
            if not answer or not 400 <= answer.status < 500 or not answer.code:
                problems.append(f"the body {body[:12]!r}: {answer and answer.status}")
    return problems


def _drip(raws, seconds, problems, expected):
    """Sends a byte on each connection every half second until all are answered."""
    until, open_ones = time.monotonic() + seconds, list(raws)
    while open_ones and time.monotonic() < until:
        for raw in list(open_ones):
            if crowd.is_readable(raw):
                answer = raw.answer()
                if not answer or answer.status != expected:
                    problems.append(f"a slow client got {answer and answer.status}")
                open_ones.remove(raw)
            elif not raw.send(b"x"):
                open_ones.remove(raw)
        time.sleep(0.5)
    if open_ones:
        problems.append(f"{len(open_ones)} slow clients are still served after {seconds} s")
    for raw in raws:
        raw.close()


def ends_slow_clients(template):
    """Headers and bodies a byte at a time."""
    problems = []
    with watched(template, "slow clients", 48, problems) as server:
        heads = [Raw(server.port) for _ in range(SLOW_CLIENTS)]
        bodies = [Raw(server.port) for _ in range(SLOW_CLIENTS)]
        for raw in heads:
            raw.send(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
        for raw in bodies:
            raw.send(b"POST /api/v1/sign-in HTTP/1.1\r\n" + HOST
                     + b"Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n")
        threads = [threading.Thread(target=_drip, args=arguments) for arguments in (
            (heads, HEAD_END_S, problems, 408), (bodies, BODY_END_S, problems, 408))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return problems


def bounds_large_bodies_together(template):
    """200 strangers hold a body open that is nearly whole: more than may be in memory at once."""
    problems = []
    with watched(template, "held bodies", 200, problems) as server:
        raws = []
        for _ in range(200):
            raw = Raw(server.port)
            raw.send(b"POST /api/v1/sign-in HTTP/1.1\r\n" + HOST
                     + b"Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"
                     + b" " * 999_000)
            raws.append(raw)
        refused = eventually(lambda: [raw for raw in raws if crowd.is_readable(raw)], 20)
        answers = [raw.answer() for raw in refused]
        if any(not a or (a.status, a.code) != (503, "net/busy") for a in answers):
            problems.append(f"refused otherwise: {[a and a.status for a in answers][:5]}")
        if not refused:
            problems.append("none of them was refused")
        for raw in raws:
            raw.close()
    return problems


if __name__ == "__main__":
    main("hostile", [refuses_malformed_requests, answers_odd_targets,
                     lets_no_second_request_through, keeps_to_the_protocol,
                     *sockets.TESTS, *crowd.TESTS, bounds_large_bodies_together,
                     ends_slow_clients])
