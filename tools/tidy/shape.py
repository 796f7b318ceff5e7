# SPDX-License-Identifier: Apache-2.0
"""Sizes, names and what every file must or must not say."""
import ast
import re
from pathlib import Path

import cpp
from project import Finding, line_of

FILE_LINES_MAX = 500
HEADER_LINES_MAX = 200
FUNCTION_LINES_MAX = 60
# A component's markup is part of its function; its logic is not longer for that.
COMPONENT_LINES_MAX = 120
COLUMNS_MAX = 100
SQL_COLUMNS_MAX = 200
# A table (routes, fields, codes) may be as long as what it lists; the mark says so.
TABLE_MARK = "tidy: table"

# In file and type names, as one of their words.
BANNED_ANYWHERE = {"manager", "helper", "helpers", "util", "utils", "common", "misc", "info", "tmp",
                   "flag", "flags"}
# Banned as the whole name or its last word: `company_data` says nothing, `data_folder` does.
BANNED_LAST = {"data", "process", "do"}
BANNED_ALONE = {"handle"}
# Words of the law, not of lazy naming.
ALLOWED_NAMES = {"personal_data", "PersonalData", "common_passwords"}

# Written in two halves so that this file does not find itself.
LEFTOVERS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
FORBIDDEN = [
    (re.compile(r"(?<![\w./}$*-])/(?:work|root|home/\w+)/"), "a path of one machine"),
    (re.compile(r"\b(?:registry|deb|security|pypi|crates|files|packages|proxy)\."
                r"(?!example\b)[\w-]+\.(?:org|io|com|dev)\b"), "the host of a package registry"),
    (re.compile(r'"resolved":\s*"https?:'), "a lock file that names a registry"),
]
TYPE_NAME = re.compile(
    r"^[ \t]*(?:export\s+)?(?:class|struct|enum(?:\s+class)?|using|interface|type)\s+(\w+)",
    re.MULTILINE)


def words_of(name):
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)]


def bad_name(name):
    if name in ALLOWED_NAMES:
        return None
    words = words_of(name)
    if len(words) == 1 and words[0] in BANNED_ALONE | BANNED_LAST:
        return words[0]
    if words and words[-1] in BANNED_LAST:
        return words[-1]
    return next((word for word in words if word in BANNED_ANYWHERE), None)


def check_names(project):
    for name in project.sources:
        for part in Path(name).parts[:-1] + (Path(name).name.split(".")[0],):
            if word := bad_name(part):
                yield Finding(name, 1, "name", f"'{word}' in a file name says nothing")
        if Path(name).suffix not in {".cpp", ".hpp", ".ts", ".tsx", ".py"}:
            continue
        for match in TYPE_NAME.finditer(project.text(name)):
            if word := bad_name(match.group(1)):
                yield Finding(name, line_of(project.text(name), match.start(1)), "name",
                              f"'{word}' in the type name {match.group(1)} says nothing")


def check_licence(project):
    for name in project.sources:
        if "SPDX-License-Identifier: Apache-2.0" not in "\n".join(project.lines(name)[:3]):
            yield Finding(name, 1, "licence", "no SPDX line at the top")


def check_leftovers(project):
    for name in project.sources:
        for match in LEFTOVERS.finditer(project.text(name)):
            yield Finding(name, line_of(project.text(name), match.start()), "leftover",
                          f"{match.group(0)}: do it or open an issue")


def check_forbidden(project):
    for name in project.texts:
        text = project.text(name)
        for expression, what in FORBIDDEN:
            if match := expression.search(text):
                yield Finding(name, line_of(text, match.start()), "forbidden", what)


def measures(project):
    """Everything that has a limit and may be in the ratchet: (kind, key, line, size, limit)."""
    for name in project.sources:
        suffix, lines = Path(name).suffix, project.lines(name)
        if suffix in {".scn", ".sql"} or any(TABLE_MARK in line for line in lines[:3]):
            limit = None
        else:
            limit = HEADER_LINES_MAX if suffix == ".hpp" else FILE_LINES_MAX
        if limit:
            yield "file lines", name, 1, len(lines), limit
        # SQL stays as wide as a statement needs: it is read beside the engine's log.
        width = SQL_COLUMNS_MAX if suffix == ".sql" else COLUMNS_MAX
        wide = [number for number, line in enumerate(lines, 1) if len(line) > width]
        yield "wide lines", name, wide[0] if wide else 1, len(wide), 0
        for function, first, last in _functions(name, suffix, project.text(name)):
            if not any(TABLE_MARK in line for line in lines[max(0, first - 2):first + 1]):
                limit = COMPONENT_LINES_MAX if suffix == ".tsx" else FUNCTION_LINES_MAX
                yield "function lines", f"{name}:{function}", first, last - first + 1, limit


def _functions(name, suffix, text):
    if suffix in {".cpp", ".hpp"}:
        yield from cpp.functions(text)
    elif suffix == ".py":
        try:
            tree = ast.parse(text)
        except SyntaxError:
            return
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield node.name, node.lineno, node.end_lineno
    elif suffix in {".ts", ".tsx"}:
        yield from _script_functions(text.splitlines())


_SCRIPT_FUNCTION = re.compile(
    r"^(?:export )?(?:default )?(?:async )?(?:function\*? (\w+)|const (\w+)\b.*(?:=>|\() ?\{?$)")


def _script_functions(lines):
    # The formatter puts the closing brace of a top-level function into the first column.
    open_function = None
    for number, line in enumerate(lines, 1):
        if open_function is None and (match := _SCRIPT_FUNCTION.match(line)):
            open_function = (match.group(1) or match.group(2), number)
        elif open_function and line.startswith(("}", ")")):
            if line.rstrip(" {") != line.rstrip() and line.startswith(")"):
                continue
            if line.rstrip().endswith("{"):
                continue
            yield open_function[0], open_function[1], number
            open_function = None


def check_sizes(project, ratchet):
    """A new offender is a finding; a recorded one may only shrink, as must its record."""
    seen = set()
    for kind, key, line, size, limit in measures(project):
        allowed = ratchet.get(kind, {}).get(key)
        seen.add((kind, key))
        path = key.split(":")[0]
        if size > max(limit, allowed or 0):
            yield Finding(path, line, kind, f"{key}: {size}, allowed {max(limit, allowed or 0)}")
        elif allowed is not None and size < allowed:
            yield Finding(path, line, "ratchet", f"{kind} of {key} fell from {allowed} to {size}: "
                          "run tools/tidy --lower")
    for kind, entries in ratchet.items():
        for key in entries:
            if (kind, key) not in seen:
                yield Finding("tools/tidy/ratchet.json", 1, "ratchet",
                              f"{kind} of {key}: no longer there, run tools/tidy --lower")


def lowered(project, ratchet):
    """The ratchet with every entry at its present size; entries within the limit go.."""
    present = {(kind, key): (size, limit) for kind, key, _, size, limit in measures(project)}
    result = {}
    for kind, entries in ratchet.items():
        for key, allowed in entries.items():
            size, limit = present.get((kind, key), (0, 0))
            if size > limit:
                result.setdefault(kind, {})[key] = min(size, allowed)
    return result
