# SPDX-License-Identifier: Apache-2.0
"""Every route has a right and a scenario, and a route for anyone is there on purpose."""
import re

from project import Finding, line_of

ROUTE = re.compile(r"\{\s*(?:fokus::)?(?:net::)?Method::(\w+)\s*,\s*\"(/[^\"]*)\"\s*,\s*"
                   r"(?:(?:fokus::)?(?:access::)?(Right::\w+|\w+(?=\s*,)))?")
METHODS = {"remove": "DELETE"}
CALL = re.compile(r"^\s*\w+\s+(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+(/[^\s?]*)", re.MULTILINE)
OPEN_ROUTES = "tools/tidy/open_routes.txt"


def routes_of(project):
    """Yields (file, line, METHOD, path, right or None) of every row of a route table."""
    for name in project.matching(r"^server/(access|records|features|app)/.*\.cpp$"):
        if name.endswith("_test.cpp"):
            continue
        text = project.text(name)
        for match in ROUTE.finditer(text):
            method = METHODS.get(match.group(1), match.group(1).upper())
            yield name, line_of(text, match.start()), method, match.group(2), match.group(3)


def pattern_of(path):
    parts = []
    for segment in path.strip("/").split("/"):
        if segment.endswith("...}"):
            parts.append(r".*")
        else:
            parts.append(re.sub(r"\\\{\w+\\\}", r"[^/]+", re.escape(segment)))
    return re.compile("/" + "/".join(parts) + "$")


def best_route(routes, method, path):
    """The row that the router would take: the one with the fewest parameters."""
    fitting = [route for route in routes if route[0] == method and pattern_of(route[1]).match(path)]
    return min(fitting, key=lambda route: (route[1].count("{"), -len(route[1])), default=None)


def check_routes(project):
    rows = list(routes_of(project))
    known = {(method, path) for _, _, method, path, _ in rows}
    covered = set()
    for name in project.matching(r"^tests/api/.+\.scn$"):
        for method, path in CALL.findall(project.text(name)):
            covered.add(best_route(known, method, path))
    allowed = {tuple(line.split()[:2]) for line in project.lines(OPEN_ROUTES)
               if line.strip() and not line.startswith("#")}
    for name, line, method, path, right in rows:
        # Outside the API there is only what operators ask (/healthz); its table has no rights.
        if right is None and path.startswith("/api/"):
            yield Finding(name, line, "routes", f"{method} {path}: no right in the third place")
        if right == "Right::anyone" and (method, path) not in allowed:
            yield Finding(name, line, "routes", f"{method} {path} is open to anyone and not listed "
                          f"in {OPEN_ROUTES}")
        if (method, path) not in covered:
            yield Finding(name, line, "routes", f"{method} {path}: no scenario calls it")
    open_now = {(method, path) for _, _, method, path, right in rows if right == "Right::anyone"}
    for method, path in sorted(allowed - open_now) if rows else []:
        yield Finding(OPEN_ROUTES, 1, "routes", f"{method} {path} is no open route")
