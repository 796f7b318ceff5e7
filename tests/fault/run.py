# SPDX-License-Identifier: Apache-2.0
"""Kills the server with SIGKILL under write load, again and again, on SQLite and PostgreSQL.

    python3 tests/fault/run.py --program build/dev/fokus [--postgres URL] [--rounds N]
                               [--report FILE]

After each kill the server starts on the same data: every save that was acknowledged must be there
with its history, an import that was running must go on and end with every row once, and
`fokus doctor` must find nothing. Only loopback, only processes it started, bounded in time.
"""
import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scenario_server import Client, Server, Template, _environment  # noqa: E402

WRITERS = 4
LOAD_S = (0.4, 1.2)   # how long a round writes before the kill
IMPORT_ROWS = 20_000
IMPORT_WAIT_S = 240


class Writers:
    """Clients that save as fast as they can and remember what was acknowledged."""

    def __init__(self, server, round_number):
        self.acknowledged, self._lock, self._stop = [], threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(server, f"r{round_number}w{n}"))
                         for n in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def _write(self, server, name):
        client, number = Client(server, "carl@example.org"), 0
        while not self._stop.is_set():
            number += 1
            body = json.dumps({"name": f"Kill {name} {number}"}).encode()
            try:
                answer = client.call("POST", "/api/v1/companies?duplicates=allow", body=body)
            except (OSError, RuntimeError, ValueError):
                return  # the server was killed: what was not answered is not promised
            except Exception:  # http.client's own errors on a cut answer
                return
            if answer.status == 201:
                record = answer.json()
                with self._lock:
                    self.acknowledged.append((record["id"], record["name"]))

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=30)


def kill(server):
    server._process.kill()
    server._process.wait()


def missing_saves(server, acknowledged):
    client, problems = Client(server, "carl@example.org"), []
    for identity, name in acknowledged:
        answer = client.call("GET", f"/api/v1/companies/{identity}")
        if answer.status != 200 or answer.json()["name"] != name:
            problems.append(f"company {identity} '{name}' was acknowledged and is gone")
            continue
        history = client.call("GET", f"/api/v1/companies/{identity}/history").json()["items"]
        if len(history) != 1 or history[0]["action"] != "create":
            problems.append(f"company {identity} has a history of {len(history)} entries")
    return problems


def doctor_problems(template, server):
    found = subprocess.run([str(template.program), "doctor", "--json", "--data", str(server.folder),
                            *server._options], capture_output=True, text=True, timeout=300,
                           env=_environment())
    return [] if found.returncode == 0 else [f"doctor: {found.stdout} {found.stderr}"]


def kill_under_saves(template, rounds):
    server, problems, acknowledged = Server(template), [], []
    for number in range(rounds):
        writers = Writers(server, number)
        time.sleep(random.uniform(*LOAD_S))
        kill(server)
        writers.stop()
        acknowledged += writers.acknowledged
        server.start()
        problems += missing_saves(server, writers.acknowledged)
    print(f"  {template.engine}: {rounds} kills, {len(acknowledged)} acknowledged saves",
          flush=True)
    if len(acknowledged) < rounds:
        problems.append(f"only {len(acknowledged)} saves were acknowledged: the test tests nothing")
    server.stop()
    problems += doctor_problems(template, server)
    server._log.close()
    template.drop(server.folder, server._name)
    return problems


def import_status(client, identity):
    answer = client.call("GET", f"/api/v1/imports/{identity}")
    return answer.json() if answer.status == 200 else {}


def kill_under_import(template):
    """An import is killed twice and must end with each row once."""
    server = Server(template)
    client = Client(server, "carl@example.org")
    rows = "Navn;Ansatte\n" + "".join(f"Importfirma {n};{n}\n" for n in range(IMPORT_ROWS))
    made = client.call("POST", "/api/v1/imports?type=company&name=firmaer.csv",
                       [("Content-Type", "text/csv")], rows.encode()).json()
    definition = {"mapping": {"name": "Navn", "employees": "Ansatte"}, "match": [],
                  "source": {"name": "kill", "legal_basis": "6.1.f", "obtained_at": "2026-01-01"}}
    client.call("PATCH", f"/api/v1/imports/{made['id']}", body=json.dumps(definition).encode())
    started = client.call("POST", f"/api/v1/imports/{made['id']}/run", body=b"{}")
    if started.status != 202:
        return [f"the import did not start: {started.status} {started.text}"]
    for _ in range(2):
        time.sleep(0.7)
        kill(server)
        server.start()
    client, until = Client(server, "carl@example.org"), time.monotonic() + IMPORT_WAIT_S
    while time.monotonic() < until:
        status = import_status(client, made["id"])
        if status.get("status") in ("done", "failed"):
            break
        time.sleep(0.5)
    problems = []
    if status.get("status") != "done":
        problems.append(f"the import ended as {status.get('status')}: {json.dumps(status)[:400]}")
    found = client.call("GET", "/api/v1/companies?filter=name%20startswith%20'Importfirma'"
                               "&limit=1&count=exact").json()
    if found.get("count", {}).get("value") != IMPORT_ROWS:
        problems.append(f"{found.get('count')} rows instead of {IMPORT_ROWS}")
    print(f"  {template.engine}: import of {IMPORT_ROWS} rows killed twice: {status.get('status')}",
          flush=True)
    server.stop()
    problems += doctor_problems(template, server)
    server._log.close()
    template.drop(server.folder, server._name)
    return problems


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", required=True, type=Path)
    options.add_argument("--postgres")
    options.add_argument("--rounds", type=int, default=6)
    options.add_argument("--report", type=Path)
    options = options.parse_args()
    engines = ["sqlite"] + (["postgres"] if options.postgres else [])
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="fokus-fault.") as folder:
        for engine in engines:
            template = Template(options.program.resolve(), engine, folder, options.postgres)
            try:
                for test in (lambda: kill_under_saves(template, options.rounds),
                             lambda: kill_under_import(template)):
                    problems = test()
                    passed, failed = passed + (not problems), failed + bool(problems)
                    for problem in problems[:20]:
                        print(f"  {engine}: {problem}", flush=True)
            finally:
                template.close()
    if options.report:
        options.report.write_text(json.dumps({"passed": passed, "failed": failed}))
    print(f"fault: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
