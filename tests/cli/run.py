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
from scenario_server import Client, Server, _environment  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ROOT / "tests/cli/people.csv"
RUN_S, SOON_S = 120, 5
PASSWORD = "seven lamps over Aalborg"
COMMANDS = ["serve", "init", "openapi", "user", "key", "seed", "import", "export", "backup",
            "restore", "doctor"]


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

    def run(self, *words, stdin=None, text=True):
        return subprocess.run([str(self.program), *words, *self.options], input=stdin, text=text,
                              capture_output=True, timeout=RUN_S, env=_environment())

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
    for command in COMMANDS + ["user add", "key create", "import reverse"]:
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


def check_accounts(check):
    user = check.json("user add", "user", "add", "eva@example.org", "--name", "Eva Holm", "--role",
                      "administrator", "--password-stdin", stdin=PASSWORD + "\n")
    check.that("user add says the number", isinstance(user.get("id"), int), user)
    invited = check.json("user add without a password", "user", "add", "ib@example.org", "--name",
                         "Ib Lund", "--role", "sales", "--group", "Salg")
    check.that("it gives a link", bool(invited.get("password_link")), invited)
    check.run("the same user again", "user", "add", "eva@example.org", "--name", "Eva", "--role",
              "sales", status=1)
    check.run("an unknown role", "user", "add", "ole@example.org", "--name", "Ole", "--role",
              "king", status=1)
    check.run("a weak password", "user", "add", "ole@example.org", "--name", "Ole", "--role",
              "sales", "--password-stdin", stdin="kort\n", status=1)
    key = check.json("key create", "key", "create", "--user", "eva@example.org", "--name", "Test",
                     "--scope", "read")
    check.that("key create gives a key", key.get("key", "").startswith("fk_"), key)
    check.run("a key for nobody", "key", "create", "--user", "no@example.org", "--name", "X",
              status=1)
    return key.get("key", "")


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
    check.run("a file that is not there", "import", "company", "no_such_file.csv", status=1)
    check.run("a type that is not there", "import", "unicorn", str(PEOPLE), status=1)
    check.run("a column that is not there", "import", "company", str(PEOPLE), "--map",
              "name=Ingen", status=1)
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
    check.that("nothing is left", exported(check) == [], done)


def check_doctor(check):
    sound = check.json("doctor", "doctor")
    check.that("doctor finds nothing", sound.get("sound") is True, sound)
    check.run("doctor --full", "doctor", "--full")
    document = json.loads(check.run("openapi", "openapi").stdout or "{}")
    check.that("openapi lists the settings", "/api/v1/settings" in document.get("paths", {}),
               list(document)[:5])


def check_backup(check, folder):
    file = str(Path(folder) / f"copy-{check.place.engine}.backup")
    made = check.json("backup", "backup", file)
    check.that("backup says the file", made.get("bytes", 0) > 0, made)
    check.run("backup over a file", "backup", file, status=1)
    if check.place.engine == "postgres":
        return check.run("restore leaves PostgreSQL to its tools", "restore", file, status=1)
    check.run("restore what is not there", "restore", file + ".none", status=1)
    wrong = Path(folder) / "wrong.db"
    wrong.write_bytes(b"no database at all" * 100)
    done = check.place.run("restore", str(wrong))
    check.that("restore refuses what is no backup", done.returncode in (1, 4), done.stderr)
    sound = check.json("restore", "restore", file)
    check.that("what was restored is sound", sound.get("sound") is True, sound)


def check_serve(check, key):
    server = Server(check.place)
    try:
        settings = Client(server, key=key).call("GET", "/api/v1/settings")
        check.that("serve answers the key", settings.status == 200, settings.text)
        check.that("with the settings of init", '"EUR"' in settings.text, settings.text)
        signed_in = Client(server, "eva@example.org", PASSWORD).call("GET", "/api/v1/me")
        check.that("serve knows the user", signed_in.status == 200, signed_in.text)
    finally:
        problem = server.close()
    check.that("serve ends cleanly", problem is None, problem)


def check_first_start(check):
    """Without `init`: the server prints a link, and the first administrator chooses."""
    server = Server(check.place)
    try:
        until = time.monotonic() + SOON_S
        while not (link := re.search(r"/setup#(\S+)", server.log_text())):
            if time.monotonic() > until:
                break
            time.sleep(0.1)
        check.that("the first start prints a link", link is not None, server.log_text())
        form = {"token": link.group(1), "name": "Eva Holm", "email": "eva@example.org",
                "password": PASSWORD, "company_name": "Fjelltopp AS", "currency": "kroner"}

        def send():
            return Client(server).call("POST", "/api/v1/setup", body=json.dumps(form).encode())
        check.that("a wrong currency is refused", send().status == 422, form)
        form["currency"] = "NOK"
        check.that("the first administrator is made", send().status == 201, form)
        settings = Client(server, "eva@example.org", PASSWORD).call("GET", "/api/v1/settings")
        check.that("with the currency of the form", '"NOK"' in settings.text, settings.text)
        check.that("and the company", "Fjelltopp AS" in settings.text, settings.text)
    finally:
        problem = server.close()
    check.that("the first start ends cleanly", problem is None, problem)


def run_engine(options, engine, folder):
    first = Installation(options, engine, folder, "first")
    place = Installation(options, engine, folder, "data")
    check = Checks(first)
    try:
        check_first_start(check)
        check.place = place
        check_help(check)
        check_init(check)
        key = check_accounts(check)
        batch = check_import(check)
        check_export(check)
        check_reverse(check, batch)
        check_doctor(check)
        check_backup(check, folder)
        check_serve(check, key)
    except (OSError, ValueError, KeyError, RuntimeError, subprocess.SubprocessError) as error:
        check.that(f"stopped by {type(error).__name__}", False, error)
    finally:
        first.close()
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
