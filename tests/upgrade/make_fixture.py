# SPDX-License-Identifier: Apache-2.0
"""Makes the fixture of a released program: run it once per release, with that release's program.

    python3 tests/upgrade/make_fixture.py --program fokus --postgres URL --name NAME
"""
import argparse
import gzip
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from old_world import FIXTURES, database_url  # noqa: E402
from scenario_server import Client, Server, Template  # noqa: E402

LISTS = ("companies", "persons", "activities", "sales")


def write_something(client):
    """What a user does: a field of one's own, records, changes, a relation's worth of history."""
    post = lambda path, body: client.call("POST", path, body=json.dumps(body).encode())
    answer = post("/api/v1/meta/types/company/fields", {
        "name": "x_shoe_size", "kind": "integer", "label": {"en": "Shoe size"},
        "privacy": {"class": "none", "purpose": "", "erasure": "keep"}})
    assert answer.status < 300, answer.text
    for number in range(40):
        made = post("/api/v1/companies", {"name": f"Gammel {number} ÆØÅ", "x_shoe_size": number})
        assert made.status == 201, made.text
        path = f"/api/v1/companies/{made.json()['id']}"
        changed = client.call("PATCH", path, [("If-Match", made.header("ETag"))],
                              json.dumps({"employees": number}).encode())
        assert changed.status == 200, changed.text
        if number % 10 == 0:
            client.call("DELETE", path, [("If-Match", changed.header("ETag"))])
    rows = "Navn;Ansatte\n" + "".join(f"Importeret {n};{n}\n" for n in range(50))
    made = client.call("POST", "/api/v1/imports?type=company&name=gammel.csv",
                       [("Content-Type", "text/csv")], rows.encode()).json()["id"]
    definition = {"mapping": {"name": "Navn", "employees": "Ansatte"}, "match": [],
                  "source": {"name": "old", "legal_basis": "6.1.f", "obtained_at": "2026-01-01"}}
    client.call("PATCH", f"/api/v1/imports/{made}", body=json.dumps(definition).encode())
    post(f"/api/v1/imports/{made}/run", {})
    while client.call("GET", f"/api/v1/imports/{made}").json()["status"] != "done":
        time.sleep(0.2)


def answers(client):
    """What the program says about the world: {path: answer}."""
    paths = [f"/api/v1/{plural}?limit=200&sort=id" for plural in LISTS]
    paths += ["/api/v1/companies/11/history", "/api/v1/companies?q=gammel&limit=50&sort=id",
              "/api/v1/companies?filter=x_shoe_size%20ge%2020&limit=50&sort=id"]
    return {path: client.call("GET", path).json() for path in paths}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--postgres", required=True)
    parser.add_argument("--name", required=True)
    options = parser.parse_args()
    FIXTURES.mkdir(exist_ok=True)
    for engine in ("sqlite", "postgres"):
        with tempfile.TemporaryDirectory() as folder:
            template = Template(options.program.resolve(), engine, folder, options.postgres)
            server = Server(template)
            client = Client(server, "carl@example.org")
            write_something(client)
            said = answers(client)
            server.stop()
            if engine == "sqlite":
                (FIXTURES / f"{options.name}.json").write_text(
                    json.dumps(said, ensure_ascii=False, indent=0, sort_keys=True) + "\n")
                with tarfile.open(FIXTURES / f"{options.name}-sqlite.tar.gz", "w:gz") as archive:
                    for file in sorted(server.folder.glob("*.db")):
                        archive.add(file, file.name)
            else:
                dump = subprocess.run(["pg_dump", "--no-owner", database_url(
                    template, server._name)], check=True, capture_output=True).stdout
                (FIXTURES / f"{options.name}-postgres.sql.gz").write_bytes(
                    gzip.compress(dump, mtime=0))
            server._log.close()
            template.drop(server.folder, server._name)
            template.close()


if __name__ == "__main__":
    main()
