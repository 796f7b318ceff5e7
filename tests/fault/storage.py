# SPDX-License-Identifier: Apache-2.0
"""What is below the program fails: the disk is full, PostgreSQL is away, a file is locked or
damaged. Over HTTP, on the whole program.

    python3 tests/fault/storage.py --program build/dev/fokus [--postgres URL] [--report FILE]

Callers get 503 with Retry-After and a code, in time; nothing acknowledged is lost, nothing else is
stored; and when the cause is gone the same server goes on.
"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from cluster import Cluster  # noqa: E402
from raw_client import RawSocket  # noqa: E402
from scenario_server import Client, Server, Template, _environment  # noqa: E402
from suite import eventually, main  # noqa: E402

DISK_MIB = 48
ANSWER_S = 15      # nobody waits longer for a refusal
RECOVER_S = 20
DOWN_S = 4
PAGE = 4096


def save(client, name):
    return client.call("POST", "/api/v1/companies?duplicates=allow",
                       body=json.dumps({"name": name}).encode())


def refusal_problems(answer, code):
    if answer.status != 503 or answer.json().get("code") != code:
        return [f"expected 503 {code}, got {answer.status}: {answer.text[:200]}"]
    return [] if answer.header("Retry-After") else ["503 without Retry-After"]


def names_of(client, start):
    found, cursor = set(), ""
    while True:
        page = client.call("GET", f"/api/v1/companies?limit=500&sort=id&fields=name"
                                  f"&filter=name%20startswith%20'{start}'{cursor}").json()
        found |= {item["name"] for item in page["items"]}
        if not page.get("next"):
            return found
        cursor = f"&cursor={page['next']}"


def doctor_problems(template, folder, options):
    found = subprocess.run([str(template.program), "doctor", "--full", "--json", "--data",
                            str(folder), *options], capture_output=True, text=True, timeout=300,
                           env=_environment())
    return [] if found.returncode == 0 else [f"doctor: {found.stdout} {found.stderr}"]


class SmallDisk(Server):
    """The server on a file system of its own, in a mount namespace that ends with it."""

    def start(self, preexec=None):
        """What the template holds moves onto the small disk, which lies over the data folder."""
        if self._process is None:
            self.kept = self.folder.with_name(self.folder.name + "-kept")
            self.folder.rename(self.kept)
            self.folder.mkdir()
        real = self.template.program
        script = (f'mount -t tmpfs -o size={DISK_MIB}m none "{self.folder}" && '
                  f'cp -a "{self.kept}/." "{self.folder}/" && exec "{real}" "$@"')
        wrapper = self.folder.with_suffix(".sh")
        as_user = [] if os.getuid() == 0 else ["--map-root-user"]
        wrapper.write_text(f"#!/bin/sh\nexec unshare --mount {' '.join(as_user)} "
                           f"sh -c '{script}' sh \"$@\"\n")
        wrapper.chmod(0o755)
        self.template.program = wrapper
        try:
            super().start(preexec)
        finally:
            self.template.program = real

    def inside(self):
        """The folder as the server sees it."""
        return Path(f"/proc/{self._process.pid}/root{self.folder}")


def _fill(folder):
    """A file that takes all that is left."""
    with open(folder / "filler", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"\0" * 65536)
        except OSError:
            pass
        try:
            while True:
                filler.write(b"\0" * 512)
        except OSError:
            pass


def a_full_disk_refuses_and_passes(template):
    problems, server = [], SmallDisk(template)
    client = Client(server, "carl@example.org")
    acknowledged = [name for name in (f"Disk before {n}" for n in range(20))
                    if save(client, name).status == 201]
    _fill(server.inside())
    refused = []
    for number in range(40):  # what is left of pages that are free already may be used up first
        name = f"Disk full {number} " + "x" * 150
        answer = save(client, name)
        if answer.status == 201:
            acknowledged.append(name)
        else:
            refused.append(name)
            problems += refusal_problems(answer, "store/full")
    if len(refused) < 10:
        problems.append(f"only {len(refused)} saves were refused: the disk is not full")
    for path in ("/healthz", "/readyz", "/api/v1/companies?limit=5"):
        if (status := client.call("GET", path).status) != 200:
            problems.append(f"{path} on a full disk: {status}")
    upload = client.call("POST", "/api/v1/imports?type=company&name=a.csv",
                         [("Content-Type", "text/csv")], b"Navn\n" + b"Firma\n" * 200_000)
    if upload.status not in (503, 507) or not upload.json().get("code"):
        problems.append(f"an upload on a full disk: {upload.status} {upload.text[:200]}")
    (server.inside() / "filler").unlink()
    back = eventually(lambda: save(client, "Disk after").status == 201, RECOVER_S)
    if not back:
        problems.append("it does not save when there is room again")
    found = names_of(client, "Disk")
    if lost := set(acknowledged) - found:
        problems.append(f"{len(lost)} acknowledged saves are gone")
    if kept := set(refused) & found:
        problems.append(f"{len(kept)} refused saves are there")
    if left := list((server.inside() / "spool").glob("*")):
        problems.append(f"{len(left)} files are left in the spool")
    print(f"    {len(acknowledged)} saved, {len(refused)} refused", flush=True)
    problems += doctor_problems_inside(server)
    problems += [f"the server {p}" for p in [server.close()] if p]
    return problems


def doctor_problems_inside(server):
    """The disk is seen by the server's processes only, so the doctor joins them."""
    found = subprocess.run(["nsenter", "--target", str(server._process.pid), "--mount",
                            *([] if os.getuid() == 0 else ["--user", "--preserve-credentials"]),
                            str(server.template.program), "doctor", "--full", "--data",
                            str(server.folder)], capture_output=True, text=True, timeout=300,
                           env=_environment())
    return [] if found.returncode == 0 else [f"doctor: {found.stdout} {found.stderr}"]


class Writers:
    """Clients that save until told to stop, whatever the answer."""

    def __init__(self, server, count=4):
        self.acknowledged, self.refused, self.other, self.slowest_s = [], [], [], 0.0
        self._stop = threading.Event()
        clients = [Client(server, "carl@example.org") for _ in range(count)]
        for client in clients:
            client.call("GET", "/api/v1/me")
        self._threads = [threading.Thread(target=self._write, args=(client, number))
                         for number, client in enumerate(clients)]
        for thread in self._threads:
            thread.start()

    def _write(self, client, writer):
        number = 0
        while not self._stop.is_set():
            number += 1
            name, begun = f"Away {writer} {number}", time.monotonic()
            answer = save(client, name)
            self.slowest_s = max(self.slowest_s, time.monotonic() - begun)
            if answer.status == 201:
                self.acknowledged.append(name)
            elif answer.status == 503:
                self.refused += refusal_problems(answer, "store/unavailable") or [name]
                time.sleep(0.05)
            else:
                self.other.append(f"{answer.status} {answer.text[:200]}")

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join()


def _asks_while_away(client):
    problems = []
    for path, wanted in (("/healthz", 200), ("/readyz", 503), ("/api/v1/companies?limit=5", 503)):
        begun = time.monotonic()
        answer = client.call("GET", path)
        if answer.status != wanted:
            problems.append(f"{path} without PostgreSQL: {answer.status} {answer.text[:100]}")
        if time.monotonic() - begun > ANSWER_S:
            problems.append(f"{path} takes {time.monotonic() - begun:.0f} s without PostgreSQL")
    return problems


def _one_absence(cluster, server, how):
    problems, writers = [], Writers(server)
    client = Client(server, "anna@example.org")
    client.call("GET", "/api/v1/me")
    time.sleep(1)
    cluster.stop(how)
    problems += _asks_while_away(client)
    time.sleep(DOWN_S)
    before = len(writers.acknowledged)
    cluster.start()
    begun = time.monotonic()
    if not eventually(lambda: len(writers.acknowledged) > before + 10, RECOVER_S):
        problems.append(f"{how}: nothing is saved {RECOVER_S} s after PostgreSQL is back")
    back_s = time.monotonic() - begun
    writers.stop()
    problems += [f"{how}: {other}" for other in writers.other[:5]]
    if not writers.refused:
        problems.append(f"{how}: nobody was refused")
    if writers.slowest_s > ANSWER_S:
        problems.append(f"{how}: a save waited {writers.slowest_s:.0f} s for its answer")
    found = names_of(client, "Away")
    if lost := set(writers.acknowledged) - found:
        problems.append(f"{how}: {len(lost)} acknowledged saves are gone")
    print(f"    {how}: {len(writers.acknowledged)} saved, {len(writers.refused)} refused, back "
          f"after {back_s:.1f} s, slowest answer {writers.slowest_s:.1f} s", flush=True)
    return problems


def _not_heard(events, record):
    """Events of the saves before may still be on their way when the socket opens."""
    heard, until = [], time.monotonic() + ANSWER_S
    while time.monotonic() < until:
        try:
            heard.append(json.loads(events.read_frame()[1]))
        except (TimeoutError, OSError) as error:
            return f"no event arrives after PostgreSQL has come back, but {heard} and {error!r}"
        if heard[-1].get("record") == record:
            return None
    return f"no event arrives after PostgreSQL has come back, but {heard}"


def postgres_goes_and_comes_back(template):
    cluster, problems = Cluster(), []
    try:
        with tempfile.TemporaryDirectory() as folder:
            own = Template(template.program, "postgres", folder, cluster.url)
            server = Server(own)
            for how in ("fast", "immediate"):
                problems += _one_absence(cluster, server, how)
            client = Client(server, "anna@example.org")
            client.call("GET", "/api/v1/me")
            events = RawSocket(client)
            events.read_frame()
            made = save(client, "Heard of").json()["id"]
            if problem := _not_heard(events, made):
                problems.append(problem)
            events.close()
            if problem := server.stop():
                problems.append(f"the server {problem}")
            problems += doctor_problems(own, server.folder, server._options)
            server._log.close()
    finally:
        cluster.close()
    return problems


def a_locked_file_refuses_and_passes(template):
    problems, server = [], Server(template)
    client = Client(server, "carl@example.org")
    client.call("GET", "/api/v1/me")
    other = sqlite3.connect(server.folder / "fokus.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    problems += refusal_problems(save(client, "Locked out"), "store/busy")
    waited_s = time.monotonic() - begun
    begun = time.monotonic()
    if (status := client.call("GET", "/api/v1/companies?limit=5").status) != 200:
        problems.append(f"a read beside a lock: {status}")
    read_s = time.monotonic() - begun
    if waited_s > ANSWER_S or read_s > 1:
        problems.append(f"a save waited {waited_s:.1f} s, a read {read_s:.1f} s")
    other.execute("ROLLBACK")
    other.close()
    if not eventually(lambda: save(client, "Let in").status == 201, RECOVER_S):
        problems.append("it does not save when the lock is gone")
    names = names_of(client, "L")
    if names != {"Let in"}:
        problems.append(f"stored is {names}")
    print(f"    a save is refused after {waited_s:.1f} s, a read takes {read_s * 1000:.0f} ms",
          flush=True)
    problems += [f"the server {p}" for p in [server.close()] if p]
    return problems


def _damage(database, table):
    """Overwrites the first page of a table and returns what was there."""
    with sqlite3.connect(database) as known:
        page = known.execute("SELECT rootpage FROM sqlite_master WHERE name = ?",
                             (table,)).fetchone()[0]
    with open(database, "r+b") as file:
        file.seek((page - 1) * PAGE)
        before = file.read(PAGE)
        file.seek((page - 1) * PAGE)
        file.write(b"\xab" * PAGE)
    return before


def a_damaged_page_is_told(template):
    """Whoever needs the page gets an error without its cause; the others are served."""
    problems, server = [], Server(template)
    server.stop()
    _damage(server.folder / "fokus.db", "sales")
    server.start()
    client = Client(server, "carl@example.org")
    answer = client.call("GET", "/api/v1/sales?limit=5")
    if (answer.status, answer.json().get("code")) != (503, "store/corrupt"):
        problems.append(f"a list of the damaged table: {answer.status} {answer.text[:200]}")
    if "malformed" in answer.text or not answer.json().get("call"):
        problems.append(f"the error shows its cause, or no call: {answer.text[:200]}")
    if "malformed" not in server.log_text():
        problems.append("the log does not say that the file is damaged")
    for path in ("/api/v1/companies?limit=5", "/healthz", "/readyz"):
        if (status := client.call("GET", path).status) != 200:
            problems.append(f"{path} beside the damage: {status}")
    if save(client, "Beside the damage").status != 201:
        problems.append("nothing can be saved beside the damage")
    if problem := server.stop():
        problems.append(f"the server {problem}")
    found = subprocess.run([str(template.program), "doctor", "--json", "--data",
                            str(server.folder)], capture_output=True, text=True,
                           env=_environment())
    if found.returncode != 3 or '"database"' not in found.stdout:
        problems.append(f"doctor: {found.returncode} {found.stdout[:200]} {found.stderr[:200]}")
    server._log.close()
    template.drop(server.folder, server._name)
    return problems


if __name__ == "__main__":
    sqlite = ("sqlite",)
    main("storage", [(a_full_disk_refuses_and_passes, sqlite),
                     (a_locked_file_refuses_and_passes, sqlite), (a_damaged_page_is_told, sqlite),
                     (postgres_goes_and_comes_back, ("postgres",))])
