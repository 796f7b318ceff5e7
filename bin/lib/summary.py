# SPDX-License-Identifier: Apache-2.0
"""Adds up what the steps of bin/test left in build/results and prints "N passed, N failed".

A step that failed without a failed test of its own (it did not build, a program crashed) counts as
one failure, so that the last line never says 0 failed when the exit code is not 0.
"""
import json
import sys
from pathlib import Path


def unit_counts(folder):
    passed, failed, notes = 0, 0, []
    for file in sorted(folder.glob("*.json")):
        for suite in json.loads(file.read_text())["testsuites"]:
            for test in suite["testsuite"]:
                name = f"{file.stem}: {suite['name']}.{test['name']}"
                if test.get("failures"):
                    failed += 1
                    notes.append(f"failed  {name}")
                elif test.get("result") == "SKIPPED":
                    failed += 1
                    notes.append(f"skipped {name}")
                else:
                    passed += 1
    return passed, failed, notes


def report_counts(file):
    if not file.exists():
        return 0, 0, []
    report = json.loads(file.read_text())
    return report["passed"], report["failed"], []


def step_counts(results, step):
    if (results / step).is_dir():  # GoogleTest's reports
        return unit_counts(results / step)
    names = {"tidy": ["tidy_test", "scenario_test", "tidy"],
             "fault": ["fault", "storage"],
             "scenarios": ["scenarios", "commands"]}.get(step, [step])
    files = [results / f"{name}.json" for name in names]
    if step in ("browser", "e2e", "flows"):  # One report for each browser
        files = sorted(results.glob(f"{step}_*.json"))
    total = (0, 0, [])
    for file in files:
        total = tuple(a + b for a, b in zip(total, report_counts(file)))
    return total


def main(results):
    all_passed = all_failed = 0
    for line in (results / "steps").read_text().splitlines():
        step, status, seconds = line.split()
        passed, failed, notes = step_counts(results, step)
        if status != "0" and failed == 0:
            failed = 1
            notes.append(f"failed  {step}: see its output above")
        if status == "0" and passed + failed == 0:
            passed = 1
        print("\n".join(f"  {note}" for note in notes), end="\n" if notes else "")
        print(f"{step:10} {passed:6} passed {failed:4} failed  {seconds:>5} s")
        all_passed += passed
        all_failed += failed
    print(f"{all_passed} passed, {all_failed} failed")
    return 1 if all_failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
