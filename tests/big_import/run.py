# SPDX-License-Identifier: Apache-2.0
"""A file far larger than the memory that may be spent on it.

    python3 tests/big_import/run.py --program build/dev/fokus [--postgres URL] [--report FILE]

FOKUS_BIG_IMPORT_MB (64) is its size. Uploaded, tried, started and cancelled, then run to its end
over a kill -9: the server's memory stays within its bound, and each row is there exactly once.
"""
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scenario_server import Client, Server, _environment  # noqa: E402
from suite import MemoryPeak, eventually, main  # noqa: E402

FILE_MIB = int(os.environ.get("FOKUS_BIG_IMPORT_MB", "64"))
ROW_BYTES = 4096          # a wide export of another system, most of which nobody wants
GROWTH_MIB = 128          # the database's cache (cache_mib, 64) included
WAIT_S = max(300, FILE_MIB * 6)
REMARK = "Æble, pære og blomme; tre slags frugt. " * 120


def write_rows(file):
    """Writes the file and returns how many rows it has."""
    file.write("Navn;Andet navn;Ansatte;Bemærkning\n".encode())
    count, size = 0, 0
    while size < FILE_MIB << 20:
        head = f"Stor {count};Anden {count};{count % 500};"
        row = f'{head}"{REMARK[:ROW_BYTES - len(head) - 60]}"\n'.encode()
        file.write(row)
        size += len(row)
        count += 1
    return count


def upload(client, path):
    connection = http.client.HTTPConnection("127.0.0.1", client.server.port, timeout=600)
    client.call("GET", "/api/v1/me")
    headers = {"Content-Type": "text/csv", "Content-Length": str(path.stat().st_size),
               "Origin": f"http://127.0.0.1:{client.server.port}",
               "Cookie": "; ".join(f"{key}={value}" for key, value in client.cookies.items())}
    with open(path, "rb") as body:
        connection.request("POST", "/api/v1/imports?type=company&name=stor.csv", body, headers)
        answer = connection.getresponse()
        text = answer.read()
    connection.close()
    if answer.status != 201:
        raise RuntimeError(f"the upload: {answer.status} {text[:300]}")
    return json.loads(text)["id"]


def define(client, identity, column):
    definition = {"mapping": {"name": column, "employees": "Ansatte"}, "match": [],
                  "source": {"name": "big", "legal_basis": "6.1.f", "obtained_at": "2026-01-01"}}
    answer = client.call("PATCH", f"/api/v1/imports/{identity}",
                         body=json.dumps(definition).encode())
    if answer.status != 200:
        raise RuntimeError(f"the definition: {answer.status} {answer.text}")


def start(client, identity, what):
    answer = client.call("POST", f"/api/v1/imports/{identity}/{what}", body=b"{}")
    if answer.status != 202:
        raise RuntimeError(f"{what}: {answer.status} {answer.text}")
    return answer.json()["job"]


def state(client, identity):
    answer = client.call("GET", f"/api/v1/imports/{identity}")
    return answer.json() if answer.status == 200 else {}


def ended(client, identity, *statuses):
    return eventually(lambda: (s := state(client, identity)).get("status") in statuses and s,
                      WAIT_S, 0.3)


def stored(client, start_of_name):
    return client.call("GET", "/api/v1/companies?limit=1&count=exact&filter=name%20startswith%20"
                              f"'{quote(start_of_name)}'").json()["count"]["value"]


def settled(client, start_of_name):
    """How many are stored once no more come."""
    return eventually(lambda: (a := stored(client, start_of_name)) == (
        time.sleep(1) or stored(client, start_of_name)) and a, 30)


def _check(client, identity, rows, problems):
    start(client, identity, "dry-run")
    checked = ended(client, identity, "checked", "failed")
    counts = checked.get("counts", {}) if checked else {}
    if not checked or (counts.get("rows"), counts.get("created")) != (rows, rows):
        problems.append(f"the dry run: {checked and checked['status']} {counts}, not {rows} rows")


def _cancel(client, identity, problems):
    job = start(client, identity, "run")
    if not eventually(lambda: stored(client, "Stor ") > 0, 60):
        problems.append("the run stores nothing")
    client.call("POST", f"/api/v1/jobs/{job}/cancellation", body=b"{}")
    if not ended(client, identity, "failed"):
        problems.append("a cancelled import does not end")
        return
    count = settled(client, "Stor ")
    said = state(client, identity).get("counts", {}).get("created")
    if count != said:
        problems.append(f"{count} rows are stored by the cancelled run, which says {said}")
    print(f"    cancelled after {count} rows", flush=True)


def _reverse(client, identity, problems):
    start(client, identity, "reversal")
    if not ended(client, identity, "reversed") or stored(client, "Stor ") != 0:
        problems.append(f"{stored(client, 'Stor ')} rows of the cancelled import stay")


def _pause(client, job, problems):
    answer = client.call("POST", f"/api/v1/jobs/{job}/pause", body=b"{}")
    if answer.status != 200:
        problems.append(f"a pause: {answer.status} {answer.text}")
        return None
    return settled(client, "Anden ")


def _resume(client, job, count, problems):
    """A pause holds over a restart."""
    time.sleep(2)
    if (now := stored(client, "Anden ")) != count:
        problems.append(f"a paused run went on from {count} to {now} rows")
    answer = client.call("POST", f"/api/v1/jobs/{job}/resumption", body=b"{}")
    if answer.status != 200:
        problems.append(f"a resumption: {answer.status} {answer.text}")


def _kill_half_way(server, client, identity, rows, problems):
    job = start(client, identity, "run")
    for part in (5, 2):  # a fifth, then half of the rows
        if not eventually(lambda: stored(client, "Anden ") > rows // part, WAIT_S, 0.3):
            problems.append("the run does not get on")
        paused = _pause(client, job, problems) if part == 5 else None
        server._process.kill()
        server._process.wait()
        server.start()
        client = Client(server, "carl@example.org")
        if paused is not None:
            _resume(client, job, paused, problems)
    peak = MemoryPeak(server, GROWTH_MIB)
    done = ended(client, identity, "done", "failed")
    counts = done.get("counts", {}) if done else {}
    if not done or done["status"] != "done" or counts.get("created") != rows:
        problems.append(f"after two kills: {done and done['status']} {counts}")
    if (count := stored(client, "Anden ")) != rows:
        problems.append(f"{count} rows are stored, not {rows}")
    peak.look("run", problems)
    peak.end()
    return client


def imports_a_big_file(template):
    problems, server = [], Server(template)
    client = Client(server, "carl@example.org")
    with tempfile.NamedTemporaryFile(prefix="fokus-big.", suffix=".csv") as file:
        rows = write_rows(file)
        file.flush()
        peak = MemoryPeak(server, GROWTH_MIB)
        first, second = upload(client, Path(file.name)), upload(client, Path(file.name))
    print(f"    {FILE_MIB} MiB, {rows} rows", flush=True)
    peak.look("two uploads", problems)
    define(client, first, "Navn")
    define(client, second, "Andet navn")
    begun = time.monotonic()
    _check(client, first, rows, problems)
    print(f"    the dry run took {time.monotonic() - begun:.0f} s", flush=True)
    peak.look("dry run", problems)
    _cancel(client, first, problems)
    _reverse(client, first, problems)
    peak.look("cancelled and taken back", problems)
    peak.end()
    client = _kill_half_way(server, client, second, rows, problems)
    if left := list((server.folder / "spool").glob("*")):
        problems.append(f"{len(left)} files are left in the spool")
    if problem := server.stop():
        problems.append(f"the server {problem}")
    found = subprocess.run([str(template.program), "doctor", "--json", "--data",
                            str(server.folder), *server._options], capture_output=True, text=True,
                           timeout=900, env=_environment())
    if found.returncode != 0:
        problems.append(f"doctor: {found.stdout} {found.stderr}")
    server._log.close()
    template.drop(server.folder, server._name)
    return problems


if __name__ == "__main__":
    main("import", [imports_a_big_file])
