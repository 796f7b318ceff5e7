# SPDX-License-Identifier: Apache-2.0
"""The scenario runner can fail: its language, its comparisons, and a run against a toy program."""
import contextlib
import http.client
import io
import json
import re
import stat
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import run_scenarios
from outside_server import Outside
from scenario_language import Wrong, differences, fill, parse, pick
from scenario_server import Template

# A stand-in for the program: seeds a folder, serves, and knows anna.
TOY = '''#!/usr/bin/env python3
import json, sys, http.server, pathlib, signal
folder = pathlib.Path(sys.argv[sys.argv.index("--data") + 1])
if sys.argv[1] == "seed":
    folder.mkdir(parents=True)
    (folder / "count").write_text("0")
    sys.exit(0)
class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, status, value, *headers):
        body = json.dumps(value).encode()
        self.send_response(status)
        kind = "application/json" if status < 400 else "application/problem+json"
        for name, text in [("Content-Type", kind), ("X-Request-Id", "1"),
                           ("Content-Length", str(len(body))), *headers]:
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)
    def do_POST(self):
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/api/v1/sign-in":
            return self.answer(200, {}, ("Set-Cookie", "s=" + sent["email"] + "; Path=/"))
        count = int((folder / "count").read_text()) + 1
        (folder / "count").write_text(str(count))
        self.answer(201, {"id": count, "by": self.headers["Cookie"], **sent})
    def do_GET(self):
        if "s=" not in (self.headers["Cookie"] or ""):
            return self.answer(401, {"status": 401, "code": "access/sign_in", "call": "1"})
        print("secret words", file=sys.stderr, flush=True)
        self.answer(200, {"count": int((folder / "count").read_text()), "path": self.path})
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
'''


class Language(unittest.TestCase):
    def test_reads_a_whole_call(self):
        step, = parse('anna POST /a/$id?filter=x eq 1 within 5s\n    If-Match: "3"\n'
                      '    {"a": 1,\n     "b": 2}\n-> 201\n    {"id": 7}\nkeep id = items.0.id\n'
                      'not contains "x"\nheader ETag is "4"\n')
        self.assertEqual(("anna", "POST", "/a/$id?filter=x eq 1", 5),
                         (step.actor, step.method, step.path, step.within_s))
        self.assertEqual([("If-Match", '"3"')], step.headers)
        self.assertEqual({"a": 1, "b": 2}, json.loads(step.body))
        self.assertEqual((201, '{"id": 7}'), (step.status, step.expected))
        self.assertEqual([(7, "id", "items.0.id")], step.keeps)
        self.assertEqual(2, len(step.checks))

    def test_text_and_file_bodies(self):
        first, second = parse('a POST /x\n    """\n    name;no\n      b;2\n    """\n-> 200\n'
                              'a POST /y\n    file tests/x.csv\n-> 200\n')
        self.assertEqual("name;no\n  b;2\n", first.body)
        self.assertEqual("tests/x.csv", second.body_file)

    def test_outside(self):
        start, got = parse('outside tests/api/x/y.json\noutside got 2 "GET /a?b"\n')
        self.assertEqual(("outside", "tests/api/x/y.json"), (start.kind, start.rest))
        self.assertEqual(("outside_got", "2 GET /a?b"), (got.kind, got.rest))

    def test_refuses_what_it_cannot_read(self):
        for text in ("anna GET /x\n", "-> 200\n", "  {}\n", "anna FETCH /x\n", "frob\n",
                     "a GET /x\n-> 200\n-> 201\n", "a GET /x\n-> 200\nkeep X = id\n"):
            with self.assertRaises(Wrong, msg=text):
                parse(text)

    def test_variables(self):
        self.assertEqual("/a/7?b=$x", fill("/a/$id?b=$$x", {"id": 7}))
        with self.assertRaises(Wrong):
            fill("$gone", {})

    def test_pick(self):
        self.assertEqual(2, pick({"items": [{"id": 1}, {"id": 2}]}, "items.-1.id"))
        with self.assertRaises(Wrong):
            pick({"items": []}, "items.0.id")

    def test_comparisons(self):
        actual = {"id": 1, "items": [{"a": 1, "b": 2}, {"a": 3}], "ok": True, "name": ""}
        for wanted in ({"id": 1}, {"items": [{"a": 1}, {}]}, {"items": ["...", {"a": 3}]},
                       {"id": "<number>"}, {"gone": "<absent>"}, {"items": "<list>"}):
            self.assertEqual([], differences(wanted, actual), wanted)
        for wanted in ({"id": 2}, {"gone": 1}, {"items": [{}]}, {"items": ["...", {"a": 9}]},
                       {"id": "<absent>"}, {"name": "<text>"}, {"ok": 1}, {"id": True},
                       {"items": {}}, {"id": []}, []):
            self.assertNotEqual([], differences(wanted, actual), wanted)


class OutsideMachine(unittest.TestCase):
    def test_answers_as_its_file_says(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "outside.json"
            path.write_text(json.dumps({
                "GET /a": {"body": {"self": "{origin}/a"}}, "GET /a?b=1": {"status": 503},
                "* /c/*": [{"body": "once"}, {"body": "x", "times": 3}]}))
            outside = Outside(path)
            try:
                def get(target):
                    connection = http.client.HTTPConnection(outside.host)
                    connection.request("GET", target)
                    reply = connection.getresponse()
                    text = reply.read().decode()
                    connection.close()
                    return reply.status, text
                self.assertEqual((200, json.dumps({"self": outside.url + "/a"})), get("/a?z"))
                self.assertEqual(503, get("/a?b=1")[0])
                self.assertEqual([(200, "once"), (200, "xxx"), (200, "xxx")],
                                 [get("/c/d") for _ in range(3)])
                self.assertEqual(404, get("/e")[0])
                self.assertEqual(2, outside.count("GET /a"))
            finally:
                outside.close()


class Written(unittest.TestCase):
    """The scenarios themselves: readable, and their JSON is JSON."""

    def test_every_scenario_reads(self):
        for path in sorted((run_scenarios.ROOT / "tests/api").rglob("*.scn")):
            for step in parse(path.read_text(encoding="utf-8")):
                with self.subTest(file=path.name, line=step.line):
                    if step.expected:
                        json.loads(re.sub(r"\$[a-z]\w*", "0", step.expected))
                    if step.body_file:
                        self.assertTrue((run_scenarios.ROOT / step.body_file).is_file())


class WholeRun(unittest.TestCase):
    def run_text(self, text):
        with tempfile.TemporaryDirectory(dir=run_scenarios.ROOT / "tests") as folder:
            program = Path(folder) / "toy"
            program.write_text(TOY)
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
            scenario = Path(folder) / "x.scn"
            scenario.write_text(text)
            template = Template(program, "sqlite", folder)
            template.document = {"paths": {}}
            return run_scenarios.run_file(template, scenario)

    def test_passes_and_keeps_state_over_a_restart(self):
        passed, failed, text = self.run_text(
            'nobody GET /api/v1/x\n-> 401\n    {"code": "access/sign_in"}\n'
            'anna POST /api/v1/x\n    {"name": "Å"}\n-> 201\n    {"id": 1, "name": "Å"}\n'
            'contains "anna@example.org"\nkeep id = id\nrestart\n'
            'anna GET /api/v1/x?a=b $id\n-> 200\n    {"count": 1, "path": "/api/v1/x?a=b%201"}\n')
        self.assertEqual((4, 0), (passed, failed), text)

    def test_fails_for_each_reason(self):
        passed, failed, text = self.run_text(
            'anna GET /api/v1/x\n-> 404\nanna GET /api/v1/x\n-> 200\nnot contains "count"\n'
            'anna GET /api/v1/$gone\n-> 200\nlog not contains "secret words"\n'
            'anna GET /api/v1/x within 1s\n-> 200\n    {"count": 7}\n')
        self.assertEqual((0, 5), (passed, failed), text)

    def test_an_unreadable_file_fails(self):
        self.assertEqual(1, self.run_text("anna WALKS\n")[1])


def run(arguments):
    report = arguments[arguments.index("--report") + 1] if "--report" in arguments else None
    with contextlib.redirect_stdout(io.StringIO()):
        result = unittest.TextTestRunner().run(
            unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"]))
    failed = len(result.failures) + len(result.errors)
    print(f"the runner's own tests: {result.testsRun - failed} passed, {failed} failed")
    if report:
        Path(report).write_text(json.dumps({"passed": result.testsRun - failed, "failed": failed}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
