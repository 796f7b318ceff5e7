# SPDX-License-Identifier: Apache-2.0
"""Runs every command of the program on a fresh installation, on SQLite and PostgreSQL.

    python3 tests/cli/run.py --program build/dev/fokus [--postgres URL] [--report FILE]

Each step says what to run and what must come back: exit code, output, and JSON with --json.
"""
import argparse
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from accounts import PASSWORD, check_accounts  # noqa: E402
from openapi_document import faults  # noqa: E402
from serving import (check_first_start, check_hangup, check_invited_first,  # noqa: E402
                     check_listen)
from scenario_server import Client, Server, _environment  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ROOT / "tests/cli/people.csv"
RUN_S, SOON_S = 120, 5
COMMANDS = ["serve", "init", "openapi", "user", "key", "seed", "import", "export", "backup",
            "restore", "doctor", "register"]


class Installation:
    """A data folder, and on PostgreSQL a database, that no command has seen yet."""

    def __init__(self, options, engine, folder, name):
        self.program, self.engine, self.postgres = options.program, engine, options.postgres
        self.folder = Path(folder) / f"{name}-{engine}"
        self.name, self.options = f"fokus_cli_{name}", ["--data", str(self.folder)]
        if engine == "postgres":
            self._sql(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            self._sql(f'CREATE DATABASE "{self.name}"')
            address = urllib.parse.urlparse(self.postgres)._replace(path=f"/{self.name}").geturl()
            self.options += ["--database", address]

    def _sql(self, text):
        subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", self.postgres, "-c", text],
                       check=True, capture_output=True, text=True)

    def value(self, database, text):
        address = urllib.parse.urlparse(self.postgres)._replace(path=f"/{database}").geturl()
        return subprocess.run(["psql", "-X", "-q", "-At", address, "-c", text], check=True,
                              capture_output=True, text=True).stdout.strip()

    def databases(self, part):
        return [name for name in self.value("postgres", "SELECT datname FROM pg_database")
                .splitlines() if part in name and (self.name in name or "restoring" in part)]

    def drop_database(self, name):
        self._sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def wait_for_others(self):
        asked = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{self.name}'"
        until = time.monotonic() + SOON_S
        while self.value("postgres", asked) == "0" and time.monotonic() < until:
            time.sleep(0.05)

    def run(self, *words, stdin=None, text=True, env=None, options=None):
        return subprocess.run([str(self.program), *words,
                               *(self.options if options is None else options)], input=stdin,
                              text=text, capture_output=True, timeout=RUN_S,
                              env=env or _environment())

    def copy(self):
        return self.folder, self.name, self.options[2:]

    def drop(self, *_):
        """The server must leave the data to the next step."""

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.engine == "postgres":
            self._sql(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


class Checks:
    def __init__(self, place):
        self.place, self.passed, self.failures = place, 0, []

    def that(self, what, holds, shown=""):
        if holds:
            self.passed += 1
        else:
            self.failures.append(f"{self.place.engine}: {what}\n    {str(shown)[:600]}")

    def run(self, what, *words, status=0, **options):
        done = self.place.run(*words, **options)
        self.that(f"{what}: exit code {status}", done.returncode == status,
                  (done.returncode, done.stdout[-400:], done.stderr[-400:]))
        return done

    def json(self, what, *words, status=0, **options):
        done = self.run(what, *words, "--json", status=status, **options)
        try:
            return json.loads(done.stdout)
        except ValueError:
            self.that(f"{what}: JSON on standard output", False, done.stdout)
            return {}


def check_help(check):
    for command in COMMANDS + ["user add", "key create", "import reverse",
                               "register list", "register load", "register remove"]:
        done = check.run(f"{command} --help", *command.split(), "--help")
        check.that(f"{command} --help explains itself", "Usage" in done.stdout, done.stdout)
    for words in ([], ["no_such_command"], ["export"], ["import"], ["init", "--no-such-option"]):
        check.run(f"wrong usage {words}", *words, status=2)


def check_init(check):
    refused = check.run("init with a wrong currency", "init", "--currency", "kroner", status=1)
    check.that("it says which setting", "base_currency: not_a_currency" in refused.stderr,
               refused.stderr)
    made = check.json("init", "init", "--currency", "EUR", "--company-name", "Terminal A/S")
    check.that("init --currency", made.get("base_currency") == "EUR", made)
    again = check.run("init again", "init")
    check.that("it keeps the currency", "base currency EUR" in again.stdout, again.stdout)


def check_failed_rows(check):
    """What failed, where and why, on stderr and as a file to mend."""
    bad, told = (check.place.folder.parent / name for name in ("bad.csv", "failed.csv"))
    bad.write_text("Name,Telefon,Ansatte\nGod ApS,33 12 45 67,12\nDårlig ApS,33 12 45 68,mange\n")
    done = check.run("rows that fail", "import", "company", str(bad), "--errors", str(told),
                     "--dry-run", status=3)
    check.that("they are told by row, field and reason",
               re.search(r"row 3: employees: \w+", done.stderr) is not None, done.stderr)
    check.that("and stand in the file", "Dårlig ApS" in told.read_text() and
               "God ApS" not in told.read_text(), told.read_text())


def check_header_row(check):
    """Titles above the table, and a file without a header row."""
    titled, headless = (check.place.folder.parent / name for name in ("titled.csv", "bare.csv"))
    titled.write_text("Udtræk\n\nNavn;Land\nTitel ApS;DK\n")
    headless.write_text("Hovedløs ApS,DK\n")
    done = check.json("a header row below titles", "import", "company", str(titled),
                      "--header-row", "3", "--dry-run")
    check.that("its rows are counted", done.get("counts", {}).get("created") == 1, done)
    done = check.json("no header row", "import", "company", str(headless), "--header-row", "none",
                      "--map", "name=Column 1", "--map", "country=Column 2", "--dry-run")
    check.that("the first row counts", done.get("counts", {}).get("created") == 1, done)
    check.run("a header row that is none", "import", "company", str(titled), "--header-row", "x",
              status=1)


def check_file_form(check):
    """A delimiter and an encoding that are said; rows without a value."""
    told = check.place.folder.parent / "told.csv"
    told.write_bytes("Navn,x;Land\nBlåbær, A;DK\n;\nBlåbær, B;DK\n".encode("cp850"))
    words = ["import", "company", str(told), "--map", "country=Land", "--dry-run"]
    done = check.json("a delimiter and an encoding", *words, "--map", "name=Navn,x",
                      "--delimiter", ";", "--encoding", "cp850")
    check.that("blank rows are no records", done.get("counts", {}).get("rows") == 2 and
               done["counts"].get("created") == 2, done)
    check.run("a delimiter that is none", *words, "--delimiter", "and", status=1)
    check.run("an encoding that is none", *words, "--encoding", "klingon", status=1)


def check_import(check):
    maps = ["--map", "name=Navn", "--map", "country=Land", "--map", "phone=Telefon",
            "--map", "address.street=Adresse", "--map", "address.postcode=Postnr",
            "--map", "address.city=By"]
    words = ["import", "company", str(PEOPLE), *maps, "--match", "name", "--policy",
             "phone=if_empty", "--legal-basis", "legitimate_interest"]
    dry = check.json("a dry run", *words, "--dry-run")
    check.that("it counts", dry.get("counts", {}).get("created") == 2, dry)
    check.that("it stores nothing", exported(check) == [], "")
    done = check.json("import", *words)
    check.that("import counts", done.get("counts", {}).get("created") == 2, done)
    check.that("import gives the batch", done.get("batch", 0) > 0, done)
    names = [row["name"] for row in exported(check)]
    check.that("both are there", sorted(names) == ["Kommandolinje ApS", "Terminal A/S"], names)
    again = check.run("the same file again", *words)
    check.that("it says the batch", "batch" in again.stdout and "unchanged: 2" in again.stdout,
               again.stdout)
    check_failed_rows(check)
    check_header_row(check)
    check_file_form(check)
    check.run("a file that is not there", "import", "company", "no_such_file.csv", status=1)
    check.run("a type that is not there", "import", "unicorn", str(PEOPLE), status=1)
    check.run("a column that is not there", "import", "company", str(PEOPLE), "--map",
              "name=Ingen", status=1)
    check.run("a zone that is none", "import", "company", str(PEOPLE), "--zone", "Mars/Olympus",
              status=1)
    check.run("a map that is none", "import", "company", str(PEOPLE), "--map", "Navn", status=1)
    return done.get("batch", 0)


def exported(check, *words):
    done = check.run("export", "export", "company", *words)
    return list(csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff")),
                               delimiter=";" if ";" in done.stdout.splitlines()[0] else ","))


def check_export(check):
    rows = exported(check, "--filter", "any(contact_points: city eq 'Aarhus C') and "
                    "address.street contains 'havnegade'")
    check.that("export --filter", [row["name"] for row in rows] == ["Kommandolinje ApS"], rows)
    done = check.run("export --format json", "export", "company", "--format", "json", "--json")
    check.that("JSON of the records", len(json.loads(done.stdout)) == 2, done.stdout)
    check.that("the count as JSON", json.loads(done.stderr) == {"records": 2}, done.stderr)
    sheet = check.run("export --format xlsx", "export", "company", "--format", "xlsx", text=False)
    check.that("a spreadsheet", sheet.stdout[:2] == b"PK", sheet.stdout[:20])
    check.run("a wrong filter", "export", "company", "--filter", "name eq", status=1)
    check.run("a wrong format", "export", "company", "--format", "pdf", status=1)
    check.run("a wrong type", "export", "companies", status=1)


def check_reverse(check, batch):
    check.run("reverse what is not there", "import", "reverse", "999", status=1)
    done = check.json("import reverse", "import", "reverse", str(batch))
    check.that("it says the batch", done.get("batch") == batch, done)
    check.that("it counts what it took back", done.get("counts") ==
               {"removed": 2, "restored": 0, "left": 0, "conflicts": 0}, done)
    check.that("it lists what was refused", done.get("refused") == [], done)
    check.that("nothing is left", exported(check) == [], done)
    check_reverse_of_updates(check)


def check_reverse_of_updates(check):
    """What an import changed comes back; what was changed since is left."""
    first, second, third = (check.place.folder.parent / f"{n}.csv" for n in ("one", "two", "three"))
    first.write_text("name,employees\nEt ApS,1\nTo ApS,2\n")
    second.write_text("name,employees\nEt ApS,11\nTo ApS,22\nTre ApS,33\n")
    third.write_text("name,employees\nTo ApS,222\n")
    words = ["--match", "name"]
    made = check.json("companies to change", "import", "company", str(first), *words)
    batch = check.json("their changes", "import", "company", str(second), *words).get("batch")
    later = check.json("a later change", "import", "company", str(third), *words)
    done = check.run("import reverse in words", "import", "reverse", str(batch))
    check.that("it counts in words", f"reversed, batch {batch}" in done.stdout and
               all(line in done.stdout for line in ("removed: 1", "restored: 1", "left: 1")),
               done.stdout)
    for one in (later, made):
        check.json("the rest goes too", "import", "reverse", str(one.get("batch")))


def check_register(check):
    file = str(ROOT / "tests/api/registers/brreg.csv")
    check.run("a register that is not there", "register", "load", "unicorn", file, status=1)
    check.run("a file that is not there", "register", "load", "brreg", "none.csv", status=1)
    refused = check.run("a file of something else", "register", "load", "gleif", file, status=1)
    check.that("it names the column", "LEI: missing" in refused.stderr, refused.stderr)
    done = check.json("register load", "register", "load", "brreg", file, "--date", "2026-11-01")
    check.that("it counts", (done.get("rows"), done.get("bad_rows")) == (2, 1), done)
    shown = check.run("register list", "register", "list")
    check.that("it shows what is loaded", "2 entries of 2026-11-01" in shown.stdout, shown.stdout)
    check.run("register remove", "register", "remove", "brreg")
    check.run("register remove again", "register", "remove", "brreg", status=1)


def check_doctor(check):
    sound = check.json("doctor", "doctor")
    check.that("doctor finds nothing", sound.get("sound") is True, sound)
    check.run("doctor --full", "doctor", "--full")
    check.run("doctor --quick", "doctor", "--quick")
    check.run("doctor in two ways", "doctor", "--quick", "--full", status=2)
    document = json.loads(check.run("openapi", "openapi").stdout or "{}")
    check.that("openapi lists the settings", "/api/v1/settings" in document.get("paths", {}),
               list(document)[:5])
    broken = list(faults(document))
    check.that("openapi is a sound document", not broken, broken[:10])


def check_backup(check, folder):
    file = str(Path(folder) / f"copy-{check.place.engine}.backup")
    made = check.json("backup", "backup", file)
    check.that("backup says the file", made.get("bytes", 0) > 0, made)
    check.run("backup over a file", "backup", file, status=1)
    check.run("restore what is not there", "restore", file + ".none", status=1)
    wrong = Path(folder) / "wrong.db"
    wrong.write_bytes(b"no database at all" * 100)
    done = check.place.run("restore", str(wrong))
    check.that("restore refuses what is no backup", done.returncode in (1, 4), done.stderr)
    half = Path(folder) / "half.backup"
    half.write_bytes(Path(file).read_bytes()[:made.get("bytes", 0) // 2])
    done = check.run("restore what is cut short", "restore", str(half), status=1)
    check.that("it says so", "not_sound" in done.stderr, done.stderr)
    check.json("what came after the backup", "key", "create", "--user", "eva@example.org", "--name",
               "after the backup", "--scope", "read")
    sound = check.json("restore", "restore", file)
    check.that("what was restored is sound", sound.get("sound") is True, sound)
    if check.place.engine == "postgres":
        check_restored_dump(check, file)


def check_restored_dump(check, file):
    """The database from before is beside the new one; the client's programs are asked for."""
    place = check.place
    kept = place.databases("_before_restore_")
    check.that("the database from before is kept", len(kept) == 1, kept)
    check.that("nothing half-restored is left", not place.databases("fokus_restoring_"))
    keys = "SELECT count(*) FROM api_keys WHERE name = 'after the backup'"
    check.that("what came after the backup is gone", place.value(place.name, keys) == "0")
    check.that("and in the one from before", place.value(kept[0], keys) == "1" if kept else False)
    bare = {**_environment(), "PATH": "/nonexistent"}
    for words in (["backup", file + ".new"], ["restore", file]):
        done = place.run(*words, env=bare)
        check.that(f"{words[0]} without the client of PostgreSQL says what is missing",
                   done.returncode == 1 and "store/client_missing" in done.stderr and
                   "postgresql-client" in done.stderr, (done.returncode, done.stderr))
    # Somebody else is connected: nothing is touched.
    with subprocess.Popen(["psql", "-X", "-q", place.options[-1], "-c", "SELECT pg_sleep(30)"],
                          stdout=subprocess.DEVNULL) as other:
        place.wait_for_others()
        done = check.run("restore while somebody is connected", "restore", file, status=1)
        check.that("it says that it is in use", "database: in_use" in done.stderr, done.stderr)
        other.kill()
    for name in kept:
        place.drop_database(name)


def check_configuration(check, folder):
    """Option over environment over file; every key by each way; what is misspelt is said."""
    place, home = check.place, Path(folder) / f"configured-{check.place.engine}"
    home.mkdir()
    config = home / "fokus.toml"
    config.write_text('bin_days = 30\nlisten = "127.0.0.1:1"\ntrusted_proxies = ["nonsense"]\n')

    def begin(*options, **variables):
        shutil.rmtree(home / "data", ignore_errors=True)
        return place.run("init", options=["--data", str(home / "data"), *options],
                         env={**_environment(), **variables})

    done = begin("--config", str(config), "--bin-days", "many")
    check.that("an option that is no number", "bin_days: not_a_number" in done.stderr, done.stderr)
    done = begin(FOKUS_BIN_DAYS="0")
    check.that("a variable out of range", "bin_days: out_of_range" in done.stderr, done.stderr)
    done = begin(FOKUS_LISTN="127.0.0.1:1")
    check.that("a misspelt variable is named", "FOKUS_LISTN" in done.stderr and
               done.returncode == 0, done.stderr)
    for url in ("mysql://x", "fokus.db"):
        done = begin("--database", url)
        check.that(f"{url} is refused", done.returncode == 1 and
                   "database: unknown_scheme" in done.stderr, done.stderr)
    check.that("and no file of that name is made", not Path("fokus.db").exists())
    # The default, said as an option, wins over the file; so does a variable over the file.
    for words, variables, what in ((["--listen", "127.0.0.1:0"], {}, "an option"),
                                   ([], {"FOKUS_LISTEN": "127.0.0.1:0"}, "a variable")):
        with subprocess.Popen([str(place.program), "serve", "--config", str(config), "--data",
                               str(home / "data"), "--trusted-proxies", "127.0.0.1", *words],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env={**_environment(), **variables}) as server:
            lines = ""
            while "listening on" not in lines and (line := server.stdout.readline()):
                lines += line
            check.that(f"{what} wins over the file", re.search(r"127\.0\.0\.1:\d{4,}", lines),
                       lines)
            server.terminate()
    # Without a name: here, then in the data folder.
    (home / "data" / "fokus.toml").write_text('bin_dais = 1\n')
    done = place.run("doctor", options=["--data", str(home / "data")])
    check.that("fokus.toml of the data folder is read", "bin_dais: unknown" in done.stderr,
               done.stderr)


def check_secret_key(check):
    """A key that cannot be read stops the start; no new one takes its place."""
    path = check.place.folder / "secret.key"
    whole = path.read_bytes()
    path.write_bytes(whole[:20])
    done = check.run("start with a key that is cut short", "doctor", status=1)
    check.that("it says which file", "secret.key: wrong_size" in done.stderr, done.stderr)
    check.that("it stays as it is", path.read_bytes() == whole[:20])
    path.write_bytes(whole)
    check.run("start with the key put back", "doctor")


def check_serve(check, key):
    server = Server(check.place)
    try:
        settings = Client(server, key=key).call("GET", "/api/v1/settings")
        check.that("serve answers the key", settings.status == 200, settings.text)
        check.that("with the settings of init", '"EUR"' in settings.text, settings.text)
        signed_in = Client(server, "eva@example.org", PASSWORD).call("GET", "/api/v1/me")
        check.that("serve knows the user", signed_in.status == 200, signed_in.text)
        check_calls_are_logged(check, server, signed_in.json()["id"])
        check_hangup(check, server)
    finally:
        problem = server.close()
    check.that("serve ends cleanly", problem is None, problem)


def check_calls_are_logged(check, server, user):
    """Who called which route with what outcome; not what was asked for, nor about whom."""
    eva, stranger = Client(server, "eva@example.org", PASSWORD), Client(server)
    answers = [eva.call("GET", "/api/v1/persons/4711471147/timeline?q=karen-holm"),
               stranger.call("GET", "/api/v1/persons/4711471147/timeline?q=karen-holm"),
               stranger.call("GET", "/api/v0/karen-holm"), stranger.call("GET", "/healthz")]

    def lines():
        found = [json.loads(line) for line in server.log_text().splitlines()
                 if line.startswith("{")]
        return {line["id"]: line for line in found if line["event"] == "call"}
    until = time.monotonic() + SOON_S
    while not all(a.header("X-Request-Id") in lines() for a in answers[:3]):
        if time.monotonic() > until:
            break
        time.sleep(0.1)
    told = [lines().get(answer.header("X-Request-Id"), {}) for answer in answers]
    for line, (who, method, route, status) in zip(told, (
            (user, "GET", "/api/v1/{type}/{id}/timeline", 404),
            (0, "GET", "/api/v1/{type}/{id}/timeline", 401), (0, "", "(none)", 404))):
        fits = [line.get(key) for key in ("user", "method", "route", "status")]
        check.that(f"a call of {route} by {who} is logged",
                   fits == [who, method, route, status] and line.get("us", -1) >= 0
                   and set(line) == {"at", "level", "event", "id", "user", "method", "route",
                                     "status", "us"}, line)
    check.that("what load balancers ask is not", told[3] == {}, told[3])
    text = server.log_text()
    check.that("no log line says about whom", "4711471147" not in text and "karen" not in text
               and "eva@" not in text, text[-400:])


def run_engine(options, engine, folder):
    first = Installation(options, engine, folder, "first")
    invited = Installation(options, engine, folder, "invited")
    place = Installation(options, engine, folder, "data")
    check = Checks(first)
    try:
        check_first_start(check)
        check.place = invited
        check_invited_first(check)
        check.place = place
        check_help(check)
        check_init(check)
        key = check_accounts(check)
        batch = check_import(check)
        check_export(check)
        check_reverse(check, batch)
        check_register(check)
        check_doctor(check)
        check_secret_key(check)
        check_backup(check, folder)
        if engine == "sqlite":
            check_configuration(check, folder)
        check_serve(check, key)
        check_listen(check)
    except (OSError, ValueError, KeyError, RuntimeError, subprocess.SubprocessError) as error:
        check.that(f"stopped by {type(error).__name__}", False, error)
    finally:
        first.close()
        invited.close()
        place.close()
    return check


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--postgres")
    parser.add_argument("--report")
    options = parser.parse_args()
    passed, failures = 0, []
    with tempfile.TemporaryDirectory(prefix="fokus-cli-") as folder:
        for engine in ["sqlite"] + (["postgres"] if options.postgres else []):
            check = run_engine(options, engine, folder)
            passed, failures = passed + check.passed, failures + check.failures
    for failure in failures:
        print(f"FAILED {failure}")
    print(f"commands: {passed} passed, {len(failures)} failed")
    if options.report:
        Path(options.report).write_text(json.dumps({"passed": passed, "failed": len(failures)}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
