# SPDX-License-Identifier: Apache-2.0
"""Runs tests/api/**/*.scn, each on a fresh copy of the test world, on SQLite and PostgreSQL.

    python3 tests/run_scenarios.py --program build/dev/fokus [--postgres URL] [--filter TEXT]
                                   [--parallel N] [--report FILE]
"""
import argparse
import concurrent.futures
import json
import shlex
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from openapi_document import answer_problems
from outside_server import Outside
from scenario_language import Wrong, differences, fill, parse, pick
from scenario_server import Client, Server, Template

ROOT = Path(__file__).resolve().parents[1]
WAIT_S = 0.1
LOG_LINES_SHOWN = 15


class Run:
    """One scenario file on one server."""

    def __init__(self, server, steps, document):
        self.server, self.steps, self.document = server, steps, document
        self.variables, self.clients = {}, {"nobody": Client(server)}
        self.passed, self.failures, self.outside = 0, [], None

    def run(self):
        for step in self.steps:
            try:
                problems = getattr(self, f"_do_{step.kind}")(step)
            except (Wrong, RuntimeError, OSError, ValueError) as error:
                problems = [f"{type(error).__name__}: {error}"]
            if problems:
                self.failures.append((step.line, problems))
            else:
                self.passed += 1

    def _client(self, name):
        if name not in self.clients:
            self.clients[name] = Client(self.server, f"{name}@example.org")
        return self.clients[name]

    def _do_actor(self, step):
        words = shlex.split(fill(step.rest, self.variables))
        if len(words) != 2:
            return ['reads: actor NAME EMAIL "PASSWORD" or actor NAME key TOKEN']
        is_key = words[0] == "key"
        self.clients[step.actor] = (Client(self.server, key=words[1]) if is_key else
                                    Client(self.server, words[0], words[1]))
        return []

    def _do_restart(self, step):
        problem = self.server.stop()
        self.server.start()
        return [f"the server {problem}"] if problem else []

    def _do_outside(self, step):
        """A machine to call; the program starts again, because it must be allowed the address."""
        self.outside = Outside(ROOT / step.rest)
        self.variables["outside"] = self.outside.url
        self.variables["outside_host"] = self.outside.host
        problem = self.server.stop()
        self.server.environment["FOKUS_PRIVATE_HOSTS"] = self.outside.url
        self.server.start()
        return [f"the server {problem}"] if problem else []

    def _do_outside_got(self, step):
        count, _, start = step.rest.partition(" ")
        got = self.outside.count(fill(start, self.variables)) if self.outside else 0
        return [] if got == int(count) else [f"{got} calls of '{start}' arrived outside"]

    def _do_log(self, step):
        text = fill(step.rest, self.variables)
        return [f"the log holds '{text}'"] if text in self.server.log_text() else []

    def _do_call(self, step):
        until = time.monotonic() + step.within_s
        while True:
            answer = self._call(step)
            problems = self._problems(step, answer)
            if not problems or time.monotonic() >= until:
                break
            time.sleep(WAIT_S)
        if not problems:
            for _, name, source in step.keeps:
                self.variables[name] = self._kept(answer, source)
        return problems

    def _kept(self, answer, source):
        if source.startswith("header "):
            value = answer.header(source.removeprefix("header ").strip())
            if value is None:
                raise Wrong(f"the answer has no {source}")
            return value
        value = pick(answer.json(), source)
        return value if isinstance(value, str) else json.dumps(value)

    def _call(self, step):
        path, mark, query = fill(step.path, self.variables).partition("?")
        address = urllib.parse.quote(path, safe="/%:@") + mark + urllib.parse.quote(
            query, safe="=&%+,():'@!*;/?-._~")
        headers = [(name, fill(value, self.variables)) for name, value in step.headers]
        body = ((ROOT / step.body_file).read_bytes() if step.body_file else
                fill(step.body, self.variables).encode())
        return self._client(step.actor).call(step.method, address, headers, body)

    def _problems(self, step, answer):
        if answer.status != step.status:
            return [f"expected {step.status}, got {answer.status}: {answer.text[:600]}"]
        problems = house_rules(step, answer)
        problems += answer_problems(self.document, step.method, fill(step.path, self.variables),
                                    answer)
        if step.expected:
            wanted = json.loads(fill(step.expected, self.variables))
            try:
                problems += differences(wanted, answer.json())
            except json.JSONDecodeError:
                problems.append(f"expected JSON, got {answer.text[:300]!r}")
        for line, kind, *arguments in step.checks:
            arguments = [fill(argument, self.variables) for argument in arguments]
            problem = check(answer, kind, arguments)
            if problem:
                problems.append(f"line {line}: {problem}")
        return problems


def house_rules(step, answer):
    """What every answer of the API owes, whatever the scenario asks."""
    problems = []
    if not answer.header("X-Request-Id"):
        problems.append("no X-Request-Id")
    if answer.status >= 400 and step.path.startswith("/api/") and step.method != "HEAD":
        if not (answer.header("Content-Type") or "").startswith("application/problem+json"):
            problems.append(f"an error of type {answer.header('Content-Type')}")
        else:
            problems += differences({"status": answer.status, "code": "<text>", "call": "<text>"},
                                    answer.json(), "problem")
    return problems


def check(answer, kind, arguments):
    if kind == "contains":
        return None if arguments[0] in answer.text else f"'{arguments[0]}' is not in the answer"
    if kind == "not contains":
        return f"'{arguments[0]}' is in the answer" if arguments[0] in answer.text else None
    name, how, wanted = arguments
    value = answer.header(name)
    fits = {"absent": value is None, "is": value == wanted,
            "starts": value is not None and value.startswith(wanted)}[how]
    return None if fits else f"header {name} is {value!r}, not: {how} {wanted}"


def run_file(template, path):
    """(passed, failed, what to print) of one file on one engine."""
    name, begun = f"{path.relative_to(ROOT)} on {template.engine}", time.monotonic()
    try:
        steps = parse(path.read_text(encoding="utf-8"))
        server = Server(template)
    except (Wrong, RuntimeError, OSError) as error:
        return 0, 1, f"FAILED {name}\n  {error}"
    run = Run(server, steps, template.document)
    run.run()
    if run.outside:
        run.outside.close()
    log = server.log_text()
    problem = server.close()
    if problem:
        run.failures.append((0, [f"the server {problem}"]))
    lines = [f"{'FAILED' if run.failures else 'ok    '} {name} "
             f"({time.monotonic() - begun:.1f} s)"]
    for line, problems in run.failures:
        lines += [f"  line {line}: {text}" for text in problems]
    if run.failures:
        lines += ["  the server's log ends:"]
        lines += [f"    {text}" for text in log.splitlines()[-LOG_LINES_SHOWN:]]
    return run.passed, len(run.failures), "\n".join(lines)


def route_of(routes, method, path):
    """The route of the server's list that takes the call: the one with the fewest parameters."""
    parts = path.partition("?")[0].split("/")

    def fits(route):
        pattern = route[1].split("/")
        return route[0] == method and len(pattern) == len(parts) and all(
            one == other or one.startswith("{") for one, other in zip(pattern, parts))
    return min(filter(fits, routes), key=lambda route: route[1].count("{"), default=None)


def document_of(template):
    """openapi.json of a running server, for all scenarios."""
    server = Server(template)
    try:
        return Client(server, "carl@example.org").call("GET", "/api/v1/openapi.json").json()
    finally:
        server.close()


def uncalled_routes(template, files):
    """What the document lists and no scenario calls."""
    # One route is one row, however many record types the document names it for.
    routes = {tuple(operation["x-route"].split(" ", 1))
              for methods in template.document["paths"].values() for operation in methods.values()}
    calls = [step for path in files for step in parse(path.read_text(encoding="utf-8"))
             if step.kind == "call"]
    return sorted(routes - {route_of(routes, step.method, step.path) for step in calls})


def run_engine(options, engine, files, folder):
    try:
        template = Template(options.program, engine, folder, options.postgres)
        template.document = document_of(template)
    except Exception as error:  # whatever it is, every scenario of this engine has failed
        print(f"FAILED the template on {engine}: {error}\n{getattr(error, 'stderr', '')}")
        return 0, len(files)
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.parallel) as pool:
        for good, bad, text in pool.map(lambda path: run_file(template, path), files):
            passed, failed = passed + good, failed + bad
            print(text, flush=True)
    if not options.filter:
        try:
            problems = [f"{method} {path}: no scenario calls it"
                        for method, path in uncalled_routes(template, files)]
        except (Wrong, RuntimeError, OSError, KeyError) as error:
            problems = [f"the list of routes: {error}"]
        for problem in problems:
            print(f"FAILED {problem}")
        failed += len(problems)
    template.close()
    return passed, failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--postgres")
    parser.add_argument("--filter", default="")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--report")
    options = parser.parse_args()
    files = [path for path in sorted((ROOT / "tests/api").rglob("*.scn"))
             if options.filter in str(path)]
    engines = ["sqlite"] + (["postgres"] if options.postgres else [])
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="fokus-scenarios-") as folder:
        for engine in engines:
            good, bad = run_engine(options, engine, files, folder)
            passed, failed = passed + good, failed + bad
    if not files:
        print(f"no scenario matches '{options.filter}'")
        failed += 1
    print(f"scenarios: {passed} passed, {failed} failed")
    if options.report:
        Path(options.report).write_text(json.dumps({"passed": passed, "failed": failed}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
