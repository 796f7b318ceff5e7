# SPDX-License-Identifier: Apache-2.0
"""tools/tidy: the house rules as a test. STYLE.md says why each rule is there.

    python3 tools/tidy [--rule NAME] [--report FILE]   findings, then "N passed, N failed"
    python3 tools/tidy --lower                         lets the ratchet follow what has shrunk
"""
import argparse
import json
import sys
from pathlib import Path

import rooms
import routes
import shape
import stored
import words
from project import Project

RATCHET = "tools/tidy/ratchet.json"


def read_ratchet(project):
    return json.loads(project.text(RATCHET) or "{}")


RULES = {
    "floors": rooms.check_floors,
    "sizes": lambda project: shape.check_sizes(project, read_ratchet(project)),
    "names": shape.check_names,
    "licence": shape.check_licence,
    "leftovers": shape.check_leftovers,
    "forbidden": shape.check_forbidden,
    "dead_headers": rooms.check_dead_headers,
    "dead_web": rooms.check_dead_web,
    "twins": rooms.check_twins,
    "statements": stored.check_statements,
    "columns": stored.check_columns,
    "models": stored.check_models,
    "routes": routes.check_routes,
    "translations": words.check_translations,
    "dependencies": words.check_dependencies,
}


def main():
    parser = argparse.ArgumentParser(prog="tools/tidy")
    parser.add_argument("--root", default=Path(__file__).resolve().parents[2])
    parser.add_argument("--rule", action="append", choices=sorted(RULES))
    parser.add_argument("--report")
    parser.add_argument("--lower", action="store_true")
    options = parser.parse_args()
    project = Project(options.root)
    if options.lower:
        ratchet = shape.lowered(project, read_ratchet(project))
        (project.root / RATCHET).write_text(json.dumps(ratchet, indent=2, sort_keys=True) + "\n")
        return 0
    failed = 0
    chosen = options.rule or sorted(RULES)
    for rule in chosen:
        findings = sorted(RULES[rule](project))
        failed += bool(findings)
        for finding in findings:
            print(finding)
    passed = len(chosen) - failed
    print(f"tidy: {passed} passed, {failed} failed")
    if options.report:
        Path(options.report).write_text(json.dumps({"passed": passed, "failed": failed}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
