# SPDX-License-Identifier: Apache-2.0
"""Runs the calls, the floor and what else the budgets speak of, against one place."""
import json
import subprocess
import time

from operations import OPERATIONS, Calls, prefixes
from place import WORK

REQUESTS = 4000
WARM_UP_S = 1
SOCKETS = 10_000
IMPORT_ROWS = 100_000
IMPORT_FLOOR_S = 5
FILE, PREFIXES = WORK / "requests", WORK / "prefixes"


def run_json(command):
    done = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


class Echo:
    """Our own server with a handler that does nothing."""

    def __init__(self, bench):
        self.bench = bench
        self.process = subprocess.Popen([bench, "echo"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def measure(self, size, method, seconds):
        body = "Content-Length: 2\r\n\r\n{}" if method == "PATCH" else "\r\n"
        FILE.write_text(f"{method} /{max(0, size)} HTTP/1.1\r\nHost: 127.0.0.1\r\n{body}\0")
        return run_json([self.bench, "load", self.port, 1, seconds, FILE])

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)


def measure_floor(place, bench, echo, operation, calls, one, seconds):
    sql = run_json([bench, "floor", place.database, operation.floor, seconds, calls.persons,
                    PREFIXES])
    size = one["bytes"] // max(1, one["calls"])
    method = "PATCH" if operation.floor == "save" else "GET"
    nothing = echo.measure(size, method, min(seconds, 2))
    return {"sql": sql, "echo": nothing, "p50": sql["p50"] + nothing["p50"]}


def measure_operation(place, bench, echo, operation, calls, seconds):
    requests = [request for n in range(REQUESTS) for request in operation.make(calls, n)]

    def load(clients):
        FILE.write_bytes(b"".join(request + b"\0" for request in requests))
        command = [bench, "load", place.port, clients]
        run_json([*command, WARM_UP_S, FILE, operation.group])
        return run_json([*command, seconds, FILE, operation.group])

    figures = {1: load(1)}
    if operation.floor:  # before the 32 clients, whose writes would slow it down
        figures["floor"] = measure_floor(place, bench, echo, operation, calls, figures[1], seconds)
        figures["ratio"] = figures[1]["p50"] / figures["floor"]["p50"]
    figures[32] = load(32)
    return figures


def measure_sockets(place, bench):
    process = subprocess.Popen([bench, "sockets", str(place.port), str(SOCKETS), "/api/v1/events",
                                place.key], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    opened = int(process.stdout.readline())
    time.sleep(1)
    memory = place.memory_mib()
    process.stdin.close()
    process.wait(30)
    return {"open": opened, "memory": memory}


def import_file(rows):
    lines = ["First name,Last name,E-mail,Mobile,Title"]
    for n in range(rows):
        lines.append(f"Import{n % 977},Person{n % 7919},import{n}@import.example,"
                     f"+45 20 00 {n // 100 % 100:02} {n % 100:02},Title {n % 50}")
    return "\n".join(lines).encode()


def measure_import(place, rows):
    """Rows per second of a CSV file of new persons, with all checks."""
    made = place.call("POST", "/api/v1/imports?type=person&name=bench.csv", import_file(rows))
    path = f"/api/v1/imports/{made['id']}"
    place.call("PATCH", path, {
        "mapping": {"first_name": "First name", "last_name": "Last name", "email": "E-mail",
                    "mobile": "Mobile", "job_title": "Title"}, "match": ["email"],
        "source": {"name": "bench", "legal_basis": "legitimate_interest",
                   "obtained_at": "2026-01-01"}})
    begun = time.monotonic()
    job = place.call("POST", f"{path}/run", {})["job"]
    place.wait_for(job)
    took = time.monotonic() - begun
    counts = place.call("GET", path)["counts"]
    if counts["created"] != rows:
        raise RuntimeError(f"import ended with {counts}")
    return rows / took


def measure_scan(place):
    """Seconds of a scan of all persons for duplicates."""
    begun = time.monotonic()
    place.wait_for(place.call("POST", "/api/v1/duplicates/scans", {"type": "person"})["job"])
    return time.monotonic() - begun


def measure_import_floor(place, bench, persons):
    """Rows per second by hand: the same rows into the same tables, nothing else."""
    done = run_json([bench, "floor", place.database, "import", IMPORT_FLOOR_S, persons, PREFIXES])
    return done["calls"] / IMPORT_FLOOR_S


def tried(what, action, *arguments):
    """A figure that cannot be had is part of the result, and does not hide the others."""
    try:
        return action(*arguments)
    except (RuntimeError, KeyError, ValueError, OSError, subprocess.SubprocessError) as error:
        return {"error": f"{what}: {error}"}


def measure(place, bench, seconds, say, only=()):
    PREFIXES.write_text("\n".join(prefixes()))
    figures = {**place.seeded, "start_ms": place.start()}
    place.stop()
    figures["start_ms"] = min(figures["start_ms"], place.start())
    time.sleep(1)
    figures["idle"] = place.memory_mib()
    figures["persons"], figures["companies"] = place.highest("persons"), place.highest("companies")
    echo = Echo(bench)
    try:
        for operation in OPERATIONS:
            if only and operation.name not in only:
                continue
            say(f"{place.engine}: {operation.title}")
            calls = Calls(place, figures["persons"])
            figures[operation.name] = tried(operation.name, measure_operation, place, bench, echo,
                                            operation, calls, seconds)
    finally:
        echo.close()
    figures["loaded"] = place.memory_mib()
    if only:
        return figures
    say(f"{place.engine}: scan for duplicates")
    figures["scan_s"] = tried("scan", measure_scan, place)
    say(f"{place.engine}: import")
    rows = IMPORT_ROWS if place.scale >= 0.5 else IMPORT_ROWS // 5
    figures["import_rows_s"] = tried("import", measure_import, place, rows)
    figures["import_floor_rows_s"] = tried("import by hand", measure_import_floor, place, bench,
                                           figures["persons"])
    say(f"{place.engine}: idle sockets")
    place.stop()
    place.start()
    figures["sockets"] = tried("sockets", measure_sockets, place, bench)
    return figures
