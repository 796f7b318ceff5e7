# SPDX-License-Identifier: Apache-2.0
"""What the tests of the whole program share: engines, counting, memory, and telling what failed.

A test is a function that takes a Template (scenario_server.py) and returns a list of problems; a
problem is a sentence for people. An exception is a problem, too.
"""
import argparse
import json
import re
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

from scenario_server import Server, Template

ROOT = Path(__file__).resolve().parents[1]
PROBLEMS_SHOWN = 20
LOOKS_S = 0.005  # between two looks at the memory


def memory_mib(process, name="VmRSS"):
    """VmRSS: now; VmHWM: the most since the start or since reset_peak; RssAnon: now, without the
    pages of mapped files, which the kernel takes back whenever somebody needs the room."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(rf"^{name}:\s+(\d+)", status, re.MULTILINE).group(1)) / 1024


def reset_peak(process):
    Path(f"/proc/{process.pid}/clear_refs").write_text("5")


class MemoryPeak:
    """The most memory of its own that the server had since the last look; a kill needs a new one.

    SQLite maps the database file, and the program's own code comes in as it is run for the first
    time: those pages are the kernel's cache of files, there as long as nobody needs the room. The
    kernel keeps a peak only of both together; that of the server's own is looked at every few
    milliseconds.
    """

    def __init__(self, server, growth_mib):
        self._growth_mib = growth_mib
        self._process, self._stop = server._process, threading.Event()
        self.before = self._most = memory_mib(self._process, "RssAnon")
        reset_peak(self._process)
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self):
        while not self._stop.wait(LOOKS_S):
            try:
                self._most = max(self._most, memory_mib(self._process, "RssAnon"))
            except (OSError, AttributeError):  # the process has ended
                return

    def look(self, phase, problems):
        most, self._most = self._most, memory_mib(self._process, "RssAnon")
        print(f"    {phase}: {most:.0f} MiB at most, {self.before:.0f} before; with the mapped "
              f"pages of files {memory_mib(self._process, 'VmHWM'):.0f}", flush=True)
        if not self._thread.is_alive():
            problems.append(f"{phase}: nobody looked at the memory")
        if most - self.before > self._growth_mib:
            problems.append(f"{phase}: memory grew by {most - self.before:.0f} MiB, allowed "
                            f"{self._growth_mib}")
        reset_peak(self._process)

    def end(self):
        self._stop.set()
        self._thread.join()


def eventually(question, seconds, pause_s=0.1):
    """What the question answers as soon as it is true, or what it answered last."""
    until = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < until:
        time.sleep(pause_s)
    return answer


def _problems(test, template):
    begun = time.monotonic()
    try:
        problems = test(template)
    except Exception as error:  # whatever it is, the test has not passed
        problems = [f"{type(error).__name__}: {error}", traceback.format_exc(limit=-3)]
    Server.end_all()
    print(f"  {'FAILED' if problems else 'ok    '} {test.__name__} on {template.engine} "
          f"({time.monotonic() - begun:.1f} s)", flush=True)
    for problem in problems[:PROBLEMS_SHOWN]:
        print(f"    {problem}", flush=True)
    return problems


def main(name, tests, engines=("sqlite", "postgres")):
    """Runs the tests on the engines; `tests` is a list of functions, or of (function, engines)."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, type=Path)
    parser.add_argument("--postgres")
    parser.add_argument("--filter", default="", help="part of a test's name")
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix=f"fokus-{name}.") as folder:
        for engine in engines:
            if engine == "postgres" and not options.postgres:
                continue
            wanted = [test for test, on in (t if isinstance(t, tuple) else (t, engines)
                                            for t in tests)
                      if engine in on and options.filter in test.__name__]
            if not wanted:
                continue
            template = Template(options.program.resolve(), engine, folder, options.postgres)
            try:
                for test in wanted:
                    problems = _problems(test, template)
                    passed, failed = passed + (not problems), failed + bool(problems)
            finally:
                template.close()
    if passed + failed == 0:
        print(f"no test matches '{options.filter}'")
        failed = 1
    if options.report:
        options.report.write_text(json.dumps({"passed": passed, "failed": failed}))
    print(f"{name}: {passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
