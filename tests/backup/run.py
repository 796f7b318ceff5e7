# SPDX-License-Identifier: Apache-2.0
"""Backups that are taken while others write, and restored.

    python3 tests/backup/run.py --program build/dev/fokus [--postgres URL] [--report FILE]

What was acknowledged before a backup began is in it, whole and sound. A restore takes only what is
sound and ours, needs the folder for itself, and leaves what was there in place.
"""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scenario_server import Client, Server, _environment  # noqa: E402
from suite import eventually, main  # noqa: E402

WRITERS = 4
WARM_S, BESIDE_S = 1.5, 0.5   # how long is written before a backup that is killed, after one
ENOUGH = 50         # saves before the backup
KILLS = 5


class Writers:
    """Clients that save as fast as they can; `acknowledged` holds (id, name)."""

    def __init__(self, server, name="Backup"):
        self.acknowledged, self._stop = [], threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(server, f"{name} {number}"))
                         for number in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def _write(self, server, name):
        client, number = Client(server, "carl@example.org"), 0
        while not self._stop.is_set():
            number += 1
            answer = client.call("POST", "/api/v1/companies?duplicates=allow",
                                 body=json.dumps({"name": f"{name} {number}"}).encode())
            if answer.status == 201:
                self.acknowledged.append((answer.json()["id"], f"{name} {number}"))

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join()


def run(template, command, *more, folder, options=()):
    return subprocess.run([str(template.program), command, *map(str, more), "--data", str(folder),
                           *options], capture_output=True, text=True, timeout=300,
                          env=_environment())


def serve(template, folder, options=()):
    """`fokus serve` on any folder, not on a copy of the template."""
    server = Server.__new__(Server)
    server.template, server.folder = template, folder
    server._name, server._options = None, list(options)
    server.log = folder.with_suffix(".log")
    server._log, server._process = open(server.log, "ab"), None
    server.start()
    return server


def _restored(template, file, folder):
    """(problem or None, options for the program) of a restore into an empty place."""
    if template.engine == "sqlite":
        done = run(template, "restore", file, folder=folder)
        return (None if done.returncode == 0 else f"restore: {done.stdout} {done.stderr}"), []
    name = f"{template.name}_restored"
    template._sql(f'CREATE DATABASE "{name}"')
    url = urllib.parse.urlparse(template.postgres)._replace(path=f"/{name}").geturl()
    done = subprocess.run(["pg_restore", "--no-owner", "--exit-on-error", "--dbname", url, file],
                          capture_output=True, text=True)
    return (None if done.returncode == 0 else f"pg_restore: {done.stderr}"), ["--database", url]


def _missing(client, acknowledged):
    names = {}
    cursor = ""
    while True:
        page = client.call("GET", "/api/v1/companies?limit=500&sort=id&fields=name" + cursor).json()
        names.update({item["id"]: item["name"] for item in page["items"]})
        if not page.get("next"):
            return [pair for pair in acknowledged if names.get(pair[0]) != pair[1]]
        cursor = "&cursor=" + urllib.parse.quote(page["next"])


def holds_what_was_acknowledged(template):
    problems, server = [], Server(template)
    writers = Writers(server)
    eventually(lambda: len(writers.acknowledged) >= ENOUGH, 60)
    before = list(writers.acknowledged)
    file = server.folder.with_suffix(".backup")
    made = run(template, "backup", file, folder=server.folder, options=server._options)
    time.sleep(BESIDE_S)
    writers.stop()
    if made.returncode != 0:
        problems.append(f"backup: {made.stdout} {made.stderr}")
    if file.stat().st_mode & 0o077:
        problems.append("others can read the backup")
    folder = server.folder.with_name(server.folder.name + "-restored")
    problem, options = _restored(template, file, folder)
    problems += [problem] if problem else []
    doctor = run(template, "doctor", "--full", "--json", folder=folder, options=options)
    if doctor.returncode != 0:
        problems.append(f"doctor: {doctor.stdout} {doctor.stderr}")
    second = serve(template, folder, options)
    missing = _missing(Client(second, "carl@example.org"), before)
    print(f"    {len(before)} saves before the backup, {len(writers.acknowledged) - len(before)} "
          f"during and after it, {len(missing)} of the first missing", flush=True)
    if missing or len(before) < ENOUGH:
        problems.append(f"{len(missing)} of {len(before)} saves are not in the backup")
    problems += [f"the second server {p}" for p in [second.stop()] if p]
    problems += [f"the server {p}" for p in [server.close()] if p]
    if template.engine == "postgres":
        template._sql(f'DROP DATABASE "{template.name}_restored" WITH (FORCE)')
    return problems


def a_killed_backup_has_no_name(template):
    """Half a backup must not look like a whole one."""
    problems, server = [], Server(template)
    writers = Writers(server)
    time.sleep(WARM_S)
    command = [str(template.program), "backup", "--data", str(server.folder), *server._options]
    begun = time.monotonic()
    subprocess.run([*command, str(server.folder.with_suffix(".whole"))], check=True,
                   capture_output=True, env=_environment())
    whole_s = time.monotonic() - begun
    for number in range(KILLS):
        file = server.folder.with_suffix(f".killed{number}")
        process = subprocess.Popen([*command, str(file)], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, env=_environment(),
                                   start_new_session=True)
        time.sleep(whole_s * random.uniform(0.3, 1.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if file.exists() and template.engine == "sqlite":
            taken = run(template, "restore", file, folder=file.with_suffix(f".taken{number}"))
            if taken.returncode != 0:
                problems.append(f"half a backup has the name of a whole one: {taken.stderr}")
        elif file.exists():
            listed = subprocess.run(["pg_restore", "--file", "/dev/null", str(file)],
                                    capture_output=True, text=True)
            if listed.returncode != 0:
                problems.append(f"half a dump has the name of a whole one: {listed.stderr[:200]}")
        file.unlink(missing_ok=True)
        again = subprocess.run([*command, str(file)], capture_output=True, text=True,
                               env=_environment())
        if again.returncode != 0:
            problems.append(f"the next backup is refused: {again.stderr}")
    writers.stop()
    problems += [f"the server {p}" for p in [server.close()] if p]
    return problems


def _bad_files(folder, good, newer):
    """{what it is: (file, code)}: none of them may be restored."""
    whole = good.read_bytes()
    made = {}

    def write(what, content, code="not_sound"):
        file = folder / f"bad{len(made)}"
        file.write_bytes(content)
        made[what] = (file, code)
    write("an empty file", b"")
    write("text", b"this is no database\n" * 1000)
    write("half a backup", whole[:len(whole) // 2])
    write("a backup without its last page", whole[:-4096])
    damaged = bytearray(whole)
    for page in range(4, len(whole) // 4096, 3):
        damaged[page * 4096:page * 4096 + 512] = os.urandom(512)
    write("a damaged backup", bytes(damaged))
    foreign = folder / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.executescript("CREATE TABLE customers (id); CREATE TABLE migrations (number, name,"
                            " checksum); INSERT INTO migrations VALUES (1, 'theirs', 'x')")
    made["somebody else's database"] = (foreign, "not_sound")
    shutil.copy(good, newer)
    with sqlite3.connect(newer) as later:
        later.execute("INSERT INTO migrations (number, name, checksum, applied_at)"
                      " VALUES (9999, '9999_of_the_future', 'x', 0)")
    made["a newer program's backup"] = (newer, "store/newer_schema")
    made["a file that is not there"] = (folder / "nowhere", "not_found")
    made["a folder"] = (folder, "not_found")
    return made


def _readers_of(server, person):
    """Who has read the person, by the access log."""
    page = Client(server, "carl@example.org").call(
        "GET", f"/api/v1/access-log?type=person&id={person}").json()
    return [entry["user"] for entry in page["items"] if entry["action"] == "read"]


def _read_person(server, email, person):
    client = Client(server, email)
    if (answer := client.call("GET", f"/api/v1/persons/{person}")).status != 200:
        raise RuntimeError(f"{email} does not see person {person}: {answer.text}")
    return client.call("GET", "/api/v1/me").json()["id"]


def _unsound(template, folder, options=()):
    doctor = run(template, "doctor", "--full", folder=folder, options=options)
    return [f"doctor: {doctor.stdout}{doctor.stderr}"] if doctor.returncode != 0 else []


def keeps_who_saw_whom(template):
    """The access log is in the backup, with the chain of its hashes."""
    problems, server = [], Server(template)
    anna = _read_person(server, "anna@example.org", 3)
    file = server.folder.with_suffix(".backup")
    made = run(template, "backup", file, folder=server.folder, options=server._options)
    if made.returncode != 0:
        problems.append(f"backup: {made.stdout} {made.stderr}")
    # Byte 18 of SQLite's header: 2 would have whoever opens it begin a write-ahead log.
    if template.engine == "sqlite" and (file.read_bytes()[18] != 1 or
                                        Path(f"{file}-wal").exists()):
        problems.append("the backup is not complete in one file")
    _read_person(server, "anna@example.org", 4)
    folder = server.folder.with_name(server.folder.name + "-log")
    problem, options = _restored(template, file, folder)
    problems += [problem] if problem else []
    problems += _unsound(template, folder, options)
    second = serve(template, folder, options)
    if (found := _readers_of(second, 3)) != [anna]:
        problems.append(f"person 3 was read by {anna}; the restored log says {found}")
    if (found := _readers_of(second, 4)) != []:
        problems.append(f"person 4 was read after the backup; the restored log says {found}")
    problems += [f"the second server {p}" for p in [second.stop()] if p]
    problems += _unsound(template, folder, options)
    problems += [f"the server {p}" for p in [server.close()] if p]
    if template.engine == "postgres":
        template._sql(f'DROP DATABASE "{template.name}_restored" WITH (FORCE)')
    return problems


def forgets_no_reader_by_a_restore(template):
    """Who has seen whom since the backup stays known when the same installation goes back to it."""
    problems, server = [], Server(template)
    anna = _read_person(server, "anna@example.org", 3)
    file = server.folder.with_suffix(".backup")
    run(template, "backup", file, folder=server.folder)
    _read_person(server, "anna@example.org", 4)
    server.stop()
    restored = run(template, "restore", file, folder=server.folder)
    if restored.returncode != 0:
        problems.append(f"restore: {restored.stdout} {restored.stderr}")
    server.start()
    for person in (3, 4):
        if (found := _readers_of(server, person)) != [anna]:
            problems.append(f"person {person} was read by {anna}; the log says {found}")
    problems += _unsound(template, server.folder)
    if kept := list(server.folder.glob("access_log-before-*")):
        problems.append(f"the log was put aside: {kept}")
    problems += [f"the server {p}" for p in [server.close()] if p]
    return problems


def keeps_another_log_beside(template):
    """In the folder of another installation the backup brings its own log; theirs is kept."""
    problems, server, other = [], Server(template), Server(template)
    anna = _read_person(server, "anna@example.org", 3)
    _read_person(other, "anna@example.org", 4)
    _read_person(other, "anna@example.org", 4)
    file = server.folder.with_suffix(".backup")
    run(template, "backup", file, folder=server.folder)
    other.stop()
    restored = run(template, "restore", file, folder=other.folder)
    if restored.returncode != 0:
        problems.append(f"restore: {restored.stdout} {restored.stderr}")
    other.start()
    found = [_readers_of(other, person) for person in (3, 4)]
    if found != [[anna], []]:
        problems.append(f"the restored log says {found}")
    kept = list(other.folder.glob("access_log-before-*.db"))
    if len(kept) != 1:
        problems.append(f"{len(kept)} logs from before are kept")
    else:
        with sqlite3.connect(kept[0]) as old:
            count = old.execute("SELECT count(*) FROM access_log WHERE record_type = 'person'"
                                " AND action = 'read' AND ids = ',4,'").fetchone()[0]
        if count != 2:
            problems.append(f"the log from before has {count} of 2 reads")
    with sqlite3.connect(other.folder / "fokus.db") as main_file:
        if left := main_file.execute("SELECT count(*) FROM access_log").fetchone()[0]:
            problems.append(f"{left} entries are left in the main database")
    problems += _unsound(template, other.folder)
    problems += [f"a server {p}" for p in [server.close(), other.close()] if p]
    return problems


def refuses_what_is_not_sound(template):
    """The old database stays as it was, byte for byte, whatever the file is."""
    problems, server = [], Server(template)
    good = server.folder.with_suffix(".backup")
    run(template, "backup", good, folder=server.folder)
    if problem := server.stop():
        problems.append(f"the server {problem}")
    database = server.folder / "fokus.db"
    before, names = database.read_bytes(), sorted(p.name for p in server.folder.iterdir())
    place = server.folder.with_name("bad-files")
    place.mkdir()
    for what, (file, code) in _bad_files(place, good, place / "newer").items():
        answer = run(template, "restore", file, folder=server.folder)
        if answer.returncode != 1 or code not in answer.stderr:
            problems.append(f"{what}: {answer.returncode} {answer.stdout}{answer.stderr}")
        if database.read_bytes() != before:
            problems.append(f"{what}: the database was changed")
        if (now := sorted(p.name for p in server.folder.iterdir())) != names:
            problems.append(f"{what}: the folder has {set(now) ^ set(names)}")
    server.start()
    problems += [f"the server {p}" for p in [server.close()] if p]
    return problems


def needs_the_folder_for_itself(template):
    problems, server = [], Server(template)
    good = server.folder.with_suffix(".backup")
    run(template, "backup", good, folder=server.folder)
    client = Client(server, "carl@example.org")
    client.call("POST", "/api/v1/companies?duplicates=allow", body=b'{"name": "After the backup"}')
    answer = run(template, "restore", good, folder=server.folder)
    if answer.returncode != 1 or "in_use" not in answer.stderr:
        problems.append(f"beside a server: {answer.returncode} {answer.stdout}{answer.stderr}")
    # Killed: what was acknowledged last is in the write-ahead log only.
    client.call("POST", "/api/v1/companies?duplicates=allow", body=b'{"name": "In the log only"}')
    server._process.kill()
    server._process.wait()
    answer = run(template, "restore", good, folder=server.folder)
    if answer.returncode != 0:
        problems.append(f"after a kill: {answer.returncode} {answer.stdout}{answer.stderr}")
    kept = list(server.folder.glob("before-restore-*.db"))
    if len(kept) != 1:
        problems.append(f"{len(kept)} databases from before the restore are kept")
    else:
        with sqlite3.connect(kept[0]) as old:
            old.create_collation("da", lambda a, b: (a > b) - (a < b))
            found = old.execute("SELECT count(*) FROM companies WHERE name IN"
                                " ('After the backup', 'In the log only')").fetchone()[0]
        if found != 2:
            problems.append(f"the database from before lost {2 - found} of 2 records")
    server.start()
    names = Client(server, "carl@example.org").call("GET", "/api/v1/companies?limit=200").text
    if "After the backup" in names or "Nordhavn" not in names:
        problems.append("what is served is not the backup")
    problems += [f"the server {p}" for p in [server.close()] if p]
    return problems


def survives_kills_during_a_restore(template):
    """A crash leaves the old or the new database, never none."""
    problems, server = [], Server(template)
    client = Client(server, "carl@example.org")
    good = server.folder.with_suffix(".backup")
    run(template, "backup", good, folder=server.folder)
    client.call("POST", "/api/v1/companies?duplicates=allow", body=b'{"name": "After the backup"}')
    server.stop()
    begun = time.monotonic()
    run(template, "restore", good, folder=server.folder.with_name("timed"))
    whole_s = time.monotonic() - begun
    for number in range(KILLS * 3):
        folder = server.folder.with_name(f"killed-restore-{number}")
        shutil.copytree(server.folder, folder)
        process = subprocess.Popen([str(template.program), "restore", str(good), "--data",
                                    str(folder)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env=_environment())
        time.sleep(whole_s * (number + 1) / (KILLS * 3))
        process.kill()
        process.wait()
        second = serve(template, folder)
        names = Client(second, "carl@example.org").call("GET", "/api/v1/companies?limit=200").text
        if "Nordhavn" not in names:
            problems.append(f"kill {number}: the database is gone")
        problems += [f"the server {p}" for p in [second.stop()] if p]
        doctor = run(template, "doctor", folder=folder)
        if doctor.returncode != 0:
            problems.append(f"kill {number}: doctor: {doctor.stdout}{doctor.stderr}")
        shutil.rmtree(folder)
    server.start()
    problems += [f"the server {p}" for p in [server.close()] if p]
    return problems


def restores_where_the_configuration_says(template):
    problems, server = [], Server(template)
    good = server.folder.with_suffix(".backup")
    run(template, "backup", good, folder=server.folder)
    place = server.folder.with_name("configured")
    settings = server.folder.with_suffix(".toml")
    settings.write_text(f'data = "{place}"\n')
    elsewhere = server.folder.with_name("elsewhere")
    elsewhere.mkdir()
    answer = subprocess.run([str(template.program), "restore", str(good), "--config",
                             str(settings)], capture_output=True, text=True, cwd=elsewhere,
                            env=_environment())
    if answer.returncode != 0 or not (place / "fokus.db").exists():
        problems.append(f"{answer.returncode} {answer.stdout}{answer.stderr}")
    if list(elsewhere.iterdir()):
        problems.append("something was restored into the folder it was called in")
    problems += [f"the server {p}" for p in [server.close()] if p]
    return problems


if __name__ == "__main__":
    sqlite = ("sqlite",)
    main("backup", [holds_what_was_acknowledged, a_killed_backup_has_no_name, keeps_who_saw_whom,
                    (forgets_no_reader_by_a_restore, sqlite), (keeps_another_log_beside, sqlite),
                    (refuses_what_is_not_sound, sqlite), (needs_the_folder_for_itself, sqlite),
                    (survives_kills_during_a_restore, sqlite),
                    (restores_where_the_configuration_says, sqlite)])
