# SPDX-License-Identifier: Apache-2.0
"""Floors, and files that nobody needs."""
import posixpath
import re

from project import Finding, line_of

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)
# Written by the build, not in the tree.
GENERATED_HEADERS = {"version.hpp"}


def read_floors(text):
    """{room: (floor, rooms of the same floor it may include)} of server/FLOORS."""
    rooms = {}
    for line in text.splitlines():
        parts = line.split("#")[0].split()
        if parts:
            rooms[parts[1]] = (int(parts[0]), set(parts[2:]))
    return rooms


def room_of(path, rooms):
    """The longest listed room that the path (below server/) lies in."""
    candidates = [room for room in rooms if path.startswith(room + "/")]
    return max(candidates, key=len, default=None)


def check_floors(project):
    if "server/FLOORS" not in project.files:
        return
    rooms = read_floors(project.text("server/FLOORS"))
    for name in project.matching(r"^server/.+\.(cpp|hpp)$"):
        here = name.removeprefix("server/")
        room = room_of(here, rooms)
        if room is None and here != "main.cpp":
            yield Finding(name, 1, "floors", "lies in no room that server/FLOORS lists")
            continue
        for match in INCLUDE.finditer(project.text(name)):
            problem = _include_problem(project, rooms, room, match.group(1))
            if problem:
                yield Finding(name, line_of(project.text(name), match.start(1)), "floors", problem)


def _include_problem(project, rooms, room, header):
    if header in GENERATED_HEADERS:
        return None
    if f"server/{header}" not in project.files:
        return f'"{header}" is not a header below server/ (paths start there)'
    there = room_of(header, rooms)
    if there is None or there == room or room is None:
        return None
    floor, allowed = rooms[room]
    if there in allowed:
        return _door_problem(there, header)
    if rooms[there][0] >= floor:
        return f'{room} (floor {floor}) must not include "{header}" (floor {rooms[there][0]})'
    return None


def _door_problem(there, header):
    # A feature shows its neighbours one header, named after its folder.
    door = f"{there}/{posixpath.basename(there)}.hpp"
    if there.startswith("features/") and header != door:
        return f'"{header}" is private to {there}; include "{door}"'
    return None


def check_dead_headers(project):
    used = {header for name in project.matching(r"\.(cpp|hpp)$")
            for header in INCLUDE.findall(project.text(name))
            if f"server/{header}" != name}
    for name in project.matching(r"^server/.+\.hpp$"):
        if name.removeprefix("server/") not in used:
            yield Finding(name, 1, "dead", "nobody includes this header")


def check_twins(project):
    """A field type has one file in the server and one folder or file in the web UI."""
    # A file with a header of its own (field_type, sanitise) serves the types and is none.
    server = {match.group(1) for name in project.files
              if (match := re.match(r"server/records/fields/(\w+)(?<!_test)\.cpp$", name))
              and name.replace(".cpp", ".hpp") not in project.files}
    web = {match.group(1) for name in project.files
           if (match := re.match(r"web/src/records/fields/(\w+)/", name))}
    if not server or not web:
        return
    for word in sorted(server - web):
        yield Finding(f"server/records/fields/{word}.cpp", 1, "twin",
                      f"web/src/records/fields has no {word}")
    for word in sorted(web - server):
        yield Finding(f"web/src/records/fields/{word}", 1, "twin",
                      f"server/records/fields has no {word}")


IMPORT = re.compile(r"""(?:\bfrom\s*|(?<![/"'])\bimport\s*\(?\s*|\brequire\(\s*)["']([^"']+)["']""")
GLOB = re.compile(r"""import\.meta\.glob\w*\(\s*["']([^"']+)["']""")
# Read by a tool by name, or the first file of a page.
WEB_ENTRY = re.compile(r"(\.test\.tsx?|\.d\.ts|\.config\.ts|/main\.tsx?|/test_setup\.ts)$")
WEB_SUFFIXES = ["", ".ts", ".tsx", ".css", ".js", "/index.ts", "/index.tsx"]


def check_dead_web(project):
    files = [name for name in project.matching(r"^web/(src|widget)/.+\.(ts|tsx|css|js)$")]
    known, used = set(project.files), set()
    for name in project.matching(r"^web/.+\.(ts|tsx|css|js|html|json)$"):
        text = project.text(name)
        for target in IMPORT.findall(text) + re.findall(r'(?:src|href)="(/?[^"]+)"', text):
            used.update(_web_targets(name, target, known))
        for pattern in GLOB.findall(text):
            folder = posixpath.normpath(posixpath.join(posixpath.dirname(name),
                                                       pattern.split("*")[0]))
            used.update(file for file in files if file.startswith(folder))
    for name in files:
        if name not in used and not WEB_ENTRY.search(name):
            yield Finding(name, 1, "dead", "nobody imports this file")


def _web_targets(name, target, known):
    if target.startswith("."):
        base = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
    elif target.startswith(("@/", "~/")):
        base = "web/src/" + target[2:]
    elif target.startswith("/"):
        base = "web" + target
    else:
        base = "web/src/" + target
    stem = re.sub(r"\.jsx?$", "", base)
    return [candidate for suffix in WEB_SUFFIXES for candidate in (base + suffix, stem + suffix)
            if candidate in known]
