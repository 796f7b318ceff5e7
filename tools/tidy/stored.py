# SPDX-License-Identifier: Apache-2.0
"""Named SQL that nobody uses or nobody wrote, and columns that nobody classified."""
import json
import posixpath
import re

from project import Finding, line_of

STATEMENT = re.compile(r"^--\s*name:\s*(\w+)(?:\s*\[(\w+)\])?", re.MULTILINE)
TABLE = re.compile(r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)\s*\(", re.IGNORECASE)
ADDED = re.compile(r"ALTER\s+TABLE\s+(\w+)\s+ADD\s+(?:COLUMN\s+)?(\w+)", re.IGNORECASE)
DROPPED = re.compile(r"DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?(\w+)", re.IGNORECASE)
CONSTRAINTS = {"primary", "unique", "check", "foreign", "constraint", "exclude"}
PRIVACY_KEYS = ("class", "purpose", "erasure")


def room_of_sql(name):
    return posixpath.basename(posixpath.dirname(posixpath.dirname(name)))


def check_statements(project):
    written, rooms = {}, set()
    for name in project.matching(r"^server/.+/sql/\w+\.sql$"):
        room, text = room_of_sql(name), project.text(name)
        rooms.add(room)
        for match in STATEMENT.finditer(text):
            written.setdefault(f"{room}.{match.group(1)}", (name, line_of(text, match.start())))
    if not rooms:
        return
    # Only in brackets or as an argument: a dotted word in a message is not a statement.
    address = re.compile(r"[\[({,?:]\s*\"((?:" + "|".join(sorted(rooms)) + r")\.[a-z]\w*)\"")
    anywhere = re.compile(r"\"((?:" + "|".join(sorted(rooms)) + r")\.[a-z]\w*)\"")
    used = set()
    for name in project.matching(r"^server/.+\.(cpp|hpp)$"):
        text = re.sub(r"//[^\n]*", "", project.text(name))
        used.update(anywhere.findall(text))
        if name.endswith("_test.cpp"):
            continue
        for match in address.finditer(text):
            if "statements" in text and match.group(1) not in written:
                yield Finding(name, line_of(text, match.start(1)), "sql",
                              f"no statement is named {match.group(1)}")
    for key, (name, line) in written.items():
        if key not in used:
            yield Finding(name, line, "sql", f"nobody uses {key}")


def without_comments(sql):
    return re.sub(r"--[^\n]*", lambda match: " " * len(match.group(0)), sql)


def columns_of(sql):
    """{table: [columns]} of a migration: CREATE TABLE and ADD COLUMN, less what it drops."""
    sql, tables = without_comments(sql), {}
    for match in TABLE.finditer(sql):
        body = _until_closed(sql, match.end())
        columns = [part.split()[0].strip('"') for part in _split(body) if part.split()]
        tables[match.group(1)] = [column for column in columns
                                  if column.lower() not in CONSTRAINTS]
    for match in ADDED.finditer(sql):
        tables.setdefault(match.group(1), []).append(match.group(2))
    for match in DROPPED.finditer(sql):
        tables.pop(match.group(1), None)
    return tables


def _until_closed(sql, start):
    depth = 1
    for at in range(start, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[at], 0)
        if depth == 0:
            return sql[start:at]
    return sql[start:]


def _split(body):
    # {only sqlite} … {end} are words of the migration language, not of a column.
    body = re.sub(r"\{(?:only \w+|end)\}", " ", body)
    depth, part = 0, ""
    for character in body:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            yield part
            part = ""
        else:
            part += character
    yield part


def check_columns(project):
    classified, broken = {}, []
    for name in project.matching(r"^server/.+\.columns\.json$"):
        try:
            for table, columns in json.loads(project.text(name)).items():
                classified.setdefault(table, {}).update(columns)
                yield from _check_classes(name, table, columns)
        except (ValueError, AttributeError):
            broken.append(name)
    for name in broken:
        yield Finding(name, 1, "privacy", "cannot be read as {table: {column: {class, …}}}")
    present = {}
    for name in project.matching(r"^server/.+/migrations/\w+\.sql$"):
        for table, columns in columns_of(project.text(name)).items():
            present.setdefault(table, set()).update(columns)
            for column in columns:
                if column not in classified.get(table, {}):
                    yield Finding(name, 1, "privacy", f"{table}.{column} is not classified in "
                                  "the .columns.json beside its migration")
    for name in project.matching(r"^server/.+\.columns\.json$"):
        if name in broken:
            continue
        for table, columns in json.loads(project.text(name)).items():
            for column in columns:
                if column not in present.get(table, {column} if table not in present else ()):
                    yield Finding(name, 1, "privacy", f"{table}.{column} is in no migration")


def _check_classes(name, table, columns):
    for column, privacy in columns.items():
        missing = [key for key in PRIVACY_KEYS if key not in privacy]
        if missing:
            yield Finding(name, 1, "privacy", f"{table}.{column} lacks {', '.join(missing)}")


def check_models(project):
    for name in project.matching(r"^model/\w+\.json$"):
        try:
            model = json.loads(project.text(name))
        except ValueError as error:
            yield Finding(name, getattr(error, "lineno", 1), "privacy", f"not JSON: {error}")
            continue
        for field in model.get("fields", []) if isinstance(model, dict) else []:
            privacy = field.get("privacy", {})
            missing = [key for key in PRIVACY_KEYS if key not in privacy]
            if missing:
                yield Finding(name, 1, "privacy",
                              f"field {field.get('name')} lacks privacy {', '.join(missing)}")
            labels = field.get("label", {})
            if field.get("label") is not None and not {"en", "da"} <= set(labels):
                yield Finding(name, 1, "words",
                              f"field {field.get('name')} lacks a label in en or da")
