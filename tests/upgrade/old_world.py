# SPDX-License-Identifier: Apache-2.0
"""A world that an older program made, and its tables as they are on the disk.

fixtures/NAME-sqlite.tar.gz holds the databases of the data folder, fixtures/NAME-postgres.sql.gz a
dump, fixtures/NAME.json what the older program answered. make_fixture.py makes all three.
"""
import collections
import gzip
import os
import sqlite3
import subprocess
import sys
import tarfile
import threading
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scenario_server import Template  # noqa: E402

FIXTURES = Path(__file__).resolve().parent / "fixtures"
# Tables whose rows a start may change: what is recorded about the start, and the search index,
# which SQLite keeps in tables of its own.
MOVING = ("migrations", "jobs", "settings", "search_fts", "sqlite_", "access_log_head",
          # What is a day old goes by itself.
          "sign_in_throttle", "access_links", "idempotency_keys", "events")

TABLE_MARK = "--table-- "


class OldWorld(Template):
    """In the place of a freshly seeded template: what the fixture holds."""

    def __init__(self, program, engine, folder, postgres, name="first"):
        self.program, self.engine, self.postgres = program, engine, postgres
        self.folder = Path(folder) / f"old-{name}-{engine}"
        self.name = f"fokus_old_{os.getpid()}_{name}"
        self._lock, self._copies = threading.Lock(), 0
        self.folder.mkdir()
        if engine == "postgres":
            self._sql(f'CREATE DATABASE "{self.name}"')
            text = gzip.decompress((FIXTURES / f"{name}-postgres.sql.gz").read_bytes())
            subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1",
                            database_url(self, self.name)], input=text, check=True,
                           stdout=subprocess.DEVNULL)
        else:
            with tarfile.open(FIXTURES / f"{name}-sqlite.tar.gz") as archive:
                archive.extractall(self.folder, filter="data")


def database_url(template, name):
    return urllib.parse.urlparse(template.postgres)._replace(path=f"/{name}").geturl()


class Tables:
    """The tables of one world, read past the program."""

    def __init__(self, template, folder, name):
        self.engine, self.file = template.engine, Path(folder) / "fokus.db"
        self.url = database_url(template, name) if template.engine == "postgres" else None

    def query(self, sql):
        """Rows as tuples of text."""
        if self.engine == "postgres":
            found = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", self.url, "-c",
                                    f"COPY ({sql}) TO STDOUT"], check=True, capture_output=True,
                                   text=True).stdout
            return [tuple(line.split("\t")) for line in found.splitlines()]
        connection = sqlite3.connect(self.file)
        try:
            connection.create_collation("da", lambda a, b: (a > b) - (a < b))
            return [tuple(map(repr, row)) for row in connection.execute(sql)]
        finally:
            connection.close()

    def execute(self, sql):
        if self.engine == "postgres":
            subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", self.url, "-c", sql],
                           check=True, capture_output=True)
            return
        connection = sqlite3.connect(self.file)
        connection.create_collation("da", lambda a, b: (a > b) - (a < b))
        connection.executescript(sql)
        connection.close()

    def schema(self):
        """{table: its columns}"""
        sql = ("SELECT table_name, column_name FROM information_schema.columns WHERE"
               " table_schema = 'public'" if self.engine == "postgres" else
               "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c"
               " WHERE t.type = 'table'")
        found = collections.defaultdict(list)
        for table, column in self.query(sql):
            found[table.strip("'")].append(column.strip("'"))
        return {table: sorted(columns) for table, columns in found.items()}

    def rows(self, schema):
        """{table: its rows in the columns of that schema}, without those that a start changes."""
        wanted = {table: "SELECT " + ", ".join(f'"{c}"' for c in columns) + f' FROM "{table}"'
                  for table, columns in schema.items() if not table.startswith(MOVING)}
        if self.engine == "sqlite":
            return {table: collections.Counter(self.query(sql)) for table, sql in wanted.items()}
        # One psql for all: starting one for each table takes longer than the test.
        script = "".join(f"\\echo {TABLE_MARK}{table}\nCOPY ({sql}) TO STDOUT;\n"
                         for table, sql in wanted.items())
        text = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", self.url],
                              input=script, check=True, capture_output=True, text=True).stdout
        found = {}
        for part in text.split(TABLE_MARK)[1:]:
            table, _, lines = part.partition("\n")
            found[table] = collections.Counter(lines.splitlines())
        return found


def lost_rows(before, after):
    """Sentences about every row that was there before and is not, or not like that, now. The search
    index is derived, and a step may make it anew; doctor and the search say whether it is whole."""
    return [f"{table}: {sum((rows - after.get(table, collections.Counter())).values())} rows are "
            "not what they were" for table, rows in before.items()
            if not table.startswith("search_") and rows - after.get(table, collections.Counter())]
