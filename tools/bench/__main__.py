# SPDX-License-Identifier: Apache-2.0
"""Loads the bench world on both engines, measures it over HTTP and prints the table.

    python3 tools/bench --build build/release [--postgres URL] [--scale 0.1] [--quick]
                        [--seconds 5] [--engine sqlite] [--only record,list] [--json FILE]

Each figure stands beside its floor: the best SQL by hand through the engine's own C API, plus our
own server answering as many bytes from a handler that does nothing, both measured in this run.
"""
import argparse
import json
import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from measure import measure  # noqa: E402
from place import WORK, Place  # noqa: E402
from report import render  # noqa: E402


def say(text):
    print(f"  {text}", file=sys.stderr, flush=True)


def parse():
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("--build", default="build/release", help="folder of fokus and fokus_bench")
    parser.add_argument("--postgres", help="address of a cluster for a throw-away database")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], help="only this one")
    parser.add_argument("--scale", type=float, help="part of the world, 1 unless --quick")
    parser.add_argument("--seconds", type=float, help="per figure, 5 unless --quick")
    parser.add_argument("--quick", action="store_true",
                        help="a first look: --scale 0.05 --seconds 1")
    parser.add_argument("--only", help="names of operations, as in operations.py: record,list")
    parser.add_argument("--json", help="writes all figures to this file too")
    options = parser.parse_args()
    options.scale = options.scale or (0.05 if options.quick else 1.0)
    options.seconds = options.seconds or (1 if options.quick else 5)
    return options


def main():
    options = parse()
    WORK.mkdir(parents=True, exist_ok=True)
    build = Path(os.path.abspath(options.build))
    engines = [options.engine] if options.engine else ["sqlite", "postgres"]
    results = {}
    for engine in engines:
        if engine == "postgres" and not options.postgres:
            say("postgres: not measured, no --postgres")
            continue
        say(f"{engine}: the world at scale {options.scale}")
        place = Place(str(build / "fokus"), engine, options.postgres, options.scale)
        try:
            results[engine] = measure(place, str(build / "fokus_bench"), options.seconds, say,
                                      options.only.split(",") if options.only else ())
            results[engine]["seconds"] = options.seconds
        finally:
            place.stop()
            shutil.rmtree(place.folder, ignore_errors=True)
    print(render(results))
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
