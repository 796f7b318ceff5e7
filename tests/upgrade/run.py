# SPDX-License-Identifier: Apache-2.0
"""A database of the first release is opened by today's program.

    python3 tests/upgrade/run.py --program build/dev/fokus [--postgres URL] [--report FILE]

A snapshot comes first, nothing is lost, an upgrade that fails or is killed leaves a database that
the next start brings up to date, and a program that is too old for a database leaves it alone.
"""
import json
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))
from make_fixture import answers  # noqa: E402
from old_world import FIXTURES, OldWorld, Tables, lost_rows  # noqa: E402
from scenario_server import Client, Server, _environment  # noqa: E402
from suite import main  # noqa: E402

KILLS = 8
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
REFUSED = 1


class World:
    """A copy of a template with its tables, and the program on it."""

    def __init__(self, template):
        self.template = template
        self.folder, self.name, self.options = template.copy()
        self.tables = Tables(template, self.folder, self.name)

    def run(self, command, *more):
        return subprocess.run([str(self.template.program), command, *more, "--data",
                               str(self.folder), *self.options], capture_output=True, text=True,
                              timeout=300, env=_environment())

    def snapshots(self):
        return sorted(self.folder.glob("before-upgrade-*.backup"))

    def serve(self):
        server = Server.__new__(Server)
        server.template, server.folder = self.template, self.folder
        server._name, server._options = self.name, self.options
        server.log = self.folder.with_suffix(".log")
        server._log, server._process = open(server.log, "ab"), None
        server.start()
        return server

    def close(self):
        self.template.drop(self.folder, self.name)


def _old(template):
    world = getattr(template, "old_world", None)
    if not world:
        world = template.old_world = OldWorld(template.program, template.engine,
                                              template.folder.parent, template.postgres)
    return World(world)


def _is_whole(engine, snapshot):
    if engine == "postgres":
        listed = subprocess.run(["pg_restore", "--list", str(snapshot)], capture_output=True,
                                text=True)
        return listed.returncode == 0 and "TABLE DATA" in listed.stdout
    connection = sqlite3.connect(f"file:{snapshot}?mode=ro", uri=True)
    connection.create_collation("da", lambda a, b: (a > b) - (a < b))
    try:
        found = connection.execute("SELECT max(number) FROM migrations").fetchone()[0]
        return found < 9000 and connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def _migrations(tables):
    return {row[0].strip("'") for row in tables.query("SELECT name FROM migrations")}


def _all_migrations():
    root = Path(__file__).resolve().parents[2] / "server"
    return {file.stem for file in root.rglob("migrations/*.sql")}


def _unlike(old, new, path=""):
    """Where today's answer does not hold what the older one held; more members may be there."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [problem for key, value in old.items() if key != "next"
                for problem in _unlike(value, new.get(key), f"{path}.{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [problem for number, (a, b) in enumerate(zip(old, new))
                for problem in _unlike(a, b, f"{path}.{number}")]
    if all(isinstance(one, str) and INSTANT.fullmatch(one) for one in (old, new)):
        return []  # each engine's fixture has its own; the tables are compared exactly
    return [] if old == new else [f"{path}: {str(old)[:80]!r} became {str(new)[:80]!r}"]


def _problems_of_upgraded(world, before, schema):
    """What is wrong with a world after today's program has run on it."""
    problems = lost_rows(before, world.tables.rows(schema))
    if missing := _all_migrations() - _migrations(world.tables):
        problems.append(f"not recorded: {sorted(missing)}")
    for snapshot in world.snapshots():
        if not _is_whole(world.template.engine, snapshot):
            problems.append(f"{snapshot.name} is not whole")
    doctor = world.run("doctor", "--full", "--json")
    if doctor.returncode != 0:
        problems.append(f"doctor: {doctor.stdout} {doctor.stderr}")
    return problems


def opens_the_first_release(template):
    world = _old(template)
    schema = world.tables.schema()
    before, applied = world.tables.rows(schema), _migrations(world.tables)
    problems = [] if _all_migrations() - applied else ["there is nothing to upgrade"]
    server = world.serve()
    client = Client(server, "carl@example.org")
    said = json.loads((FIXTURES / "first.json").read_text())
    problems += _unlike(said, answers(client))[:10]
    if problem := server.stop():
        problems.append(f"the server {problem}")
    taken = world.snapshots()
    if len(taken) != 1:
        problems.append(f"{len(taken)} snapshots were taken")
    problems += _problems_of_upgraded(world, before, schema)
    world.serve().stop()
    if world.snapshots() != taken:
        problems.append("a start without an upgrade takes a snapshot")
    count = sum(sum(rows.values()) for rows in before.values())
    print(f"    {count} rows in {len(before)} tables, "
          f"{len(_migrations(world.tables) - applied)} migrations", flush=True)
    world.close()
    return problems


def _refusal(template, sql, code):
    world = World(template)
    world.tables.execute(sql)
    schema = world.tables.schema()
    before, problems = world.tables.rows(schema), []
    for command in ("serve", "init", "doctor"):
        answer = world.run(command)
        if answer.returncode != REFUSED or code not in answer.stderr:
            problems.append(f"{command}: {answer.returncode} {answer.stderr[:200]}")
    if world.tables.schema() != schema or world.tables.rows(schema) != before:
        problems.append("the database was changed")
    if world.snapshots():
        problems.append("a snapshot was taken")
    world.close()
    return problems


def leaves_a_newer_database_alone(template):
    return _refusal(template, "INSERT INTO migrations (number, name, checksum, applied_at)"
                              " VALUES (9999, '9999_of_the_future', 'x', 0)", "store/newer_schema")


def leaves_a_database_of_other_steps_alone(template):
    return _refusal(template, "UPDATE migrations SET checksum = 'x' WHERE number ="
                              " (SELECT max(number) FROM migrations)", "store/changed_migration")


def a_failed_step_leaves_the_old_schema(template):
    world = _old(template)
    # What the step makes last is there already: it fails when most of it is done.
    world.tables.execute("CREATE TABLE file_versions (obstacle BIGINT)")
    schema = world.tables.schema()
    before, applied = world.tables.rows(schema), _migrations(world.tables)
    answer, problems = world.run("serve"), []
    if answer.returncode == 0 or "file_versions" not in answer.stderr:
        problems.append(f"the start: {answer.returncode} {answer.stderr[:300]}")
    if world.tables.schema() != schema:
        problems.append("a part of the failed step is there")
    if _migrations(world.tables) != applied:
        problems.append("the failed step is recorded")
    problems += lost_rows(before, world.tables.rows(schema))
    world.tables.execute("DROP TABLE file_versions")
    schema.pop("file_versions")
    before.pop("file_versions", None)
    started = world.run("init")
    if started.returncode != 0:
        problems.append(f"it does not start when the obstacle is gone: {started.stderr[:300]}")
    problems += _problems_of_upgraded(world, before, schema)
    world.close()
    return problems


def survives_kills_during_the_upgrade(template):
    problems, world = [], _old(template)
    begun = time.monotonic()
    world.run("init")
    whole_s = time.monotonic() - begun
    world.close()
    for number in range(KILLS):
        world = _old(template)
        schema = world.tables.schema()
        before = world.tables.rows(schema)
        process = subprocess.Popen([str(template.program), "serve", "--listen", "127.0.0.1:0",
                                    "--data", str(world.folder), *world.options],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=_environment())
        time.sleep(whole_s * (number + 1) / (KILLS + 1))
        process.kill()
        process.wait()
        started = world.run("init")
        if started.returncode != 0:
            problems.append(f"kill {number}: it does not start: {started.stderr[:300]}")
        problems += [f"kill {number}: {problem}"
                     for problem in _problems_of_upgraded(world, before, schema)]
        world.close()
    return problems


if __name__ == "__main__":
    main("upgrade", [opens_the_first_release, leaves_a_newer_database_alone,
                     leaves_a_database_of_other_steps_alone, a_failed_step_leaves_the_old_schema,
                     survives_kills_during_the_upgrade])
