# SPDX-License-Identifier: Apache-2.0
"""One engine with the bench world in it, and the server that is measured."""
import hashlib
import http.client
import json
import re
import shutil
import subprocess
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".data/bench"
OWNER = "bench01@example.org"  # an administrator of the bench world


def world_mark(scale):
    """Changes whenever a seeded world would be another one."""
    digest = hashlib.sha256(str(scale).encode())
    sources = [*ROOT.glob("model/*.json"), *ROOT.glob("server/**/migrations/*.sql"),
               *ROOT.glob("server/features/worlds/*.cpp"), ROOT / "server/records/schema.cpp",
               *ROOT.glob("server/features/duplicates/rules/*.json"),
               ROOT / "server/records/search_entry.cpp"]
    for file in sorted(sources):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


class Place:
    def __init__(self, program, engine, postgres, scale):
        self.program, self.engine, self.scale = program, engine, scale
        self.folder = WORK / engine
        self.options = ["--data", str(self.folder)]
        self.process, self.seeded = None, {}
        shutil.rmtree(self.folder, ignore_errors=True)
        if engine == "postgres":
            self._make_database(postgres)
        else:
            self.database = str(self.folder / "fokus.db")
            self._restore_world()
        answer = self.run("key", "create", "--user", OWNER, "--name", "bench")
        self.key = re.search(r"fk_[\w-]+", answer).group(0)

    def _make_database(self, postgres):
        for sql in ("DROP DATABASE IF EXISTS fokus_bench", "CREATE DATABASE fokus_bench"):
            subprocess.run(["psql", "-X", "-q", postgres, "-c", sql], check=True)
        self.database = urllib.parse.urlparse(postgres)._replace(path="/fokus_bench").geturl()
        self.options += ["--database", self.database]
        self._seed()

    # The measurements change the world, so they get a copy of it.
    def _restore_world(self):
        kept = WORK / f"world-{self.scale}-{world_mark(self.scale)}"
        if not kept.exists():
            for old in WORK.glob(f"world-{self.scale}-*"):
                shutil.rmtree(old)
            self._seed()
            self.folder.rename(kept)
        subprocess.run(["cp", "-a", "--reflink=auto", kept, self.folder], check=True)
        self.seeded = json.loads((self.folder / "seeded.json").read_text())

    def _seed(self):
        begun = time.monotonic()
        self.run("seed", "bench", "--scale", str(self.scale))
        self.seeded = {"seed_s": time.monotonic() - begun, "keys_s": self._build_keys()}
        if self.engine == "sqlite":
            (self.folder / "seeded.json").write_text(json.dumps(self.seeded))

    def _build_keys(self):
        """The first start gives what was seeded its blocking keys; nothing is measured beside
        that work. Returns its seconds."""
        key = self.run("key", "create", "--user", OWNER, "--name", "seed")
        self.key = re.search(r"fk_[\w-]+", key).group(0)
        begun = time.monotonic()
        self.start()
        for job in self.call("GET", "/api/v1/jobs")["items"]:
            if job["kind"] == "duplicate_keys":
                self.wait_for(job["id"])
        self.stop()
        return time.monotonic() - begun

    def wait_for(self, job):
        """Until it has ended; returns it."""
        while (found := self.call("GET", f"/api/v1/jobs/{job}"))["status"] in ("waiting",
                                                                              "running"):
            time.sleep(0.1)
        if found["status"] != "done":
            raise RuntimeError(f"job {job} ended as {found}")
        return found

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments, *self.options], text=True, check=True,
                              stdout=subprocess.PIPE).stdout

    def start(self):
        """Starts the server; returns the milliseconds until it has answered."""
        begun = time.monotonic()
        log = open(self.folder.with_suffix(".log"), "wb")
        self.process = subprocess.Popen(
            [self.program, "serve", *self.options, "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self.process.stdout:
            if match := re.search(r"listening on http://127\.0\.0\.1:(\d+)", line):
                self.port = int(match.group(1))
                break
        else:
            raise RuntimeError(f"the server did not start, see {log.name}")
        self.call("GET", "/api/v1/persons/1")
        return (time.monotonic() - begun) * 1000

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        headers = {"Authorization": f"Bearer {self.key}"}
        if isinstance(body, (dict, list)):
            body, headers["Content-Type"] = json.dumps(body), "application/json"
        connection.request(method, urllib.parse.quote(path, safe="/?=&'"), body, headers)
        reply = connection.getresponse()
        text = reply.read()
        connection.close()
        if reply.status >= 400:
            raise RuntimeError(f"{method} {path}: {reply.status} {text[:300]}")
        return json.loads(text) if text else None

    def memory_mib(self):
        """`own`: what only the server has; `all`: with the pages of mapped files, which the
        system takes back when it needs them. A page counts once, however many of the server's
        connections have mapped it."""
        status = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        own, both = (int(re.search(rf"^{name}:\s+(\d+)", status, re.M).group(1)) / 1024
                     for name in ("Anonymous", "Pss"))
        return {"own": own, "all": both}

    def highest(self, plural):
        return self.call("GET", f"/api/v1/{plural}?sort=-id&limit=1&fields=name")["items"][0]["id"]
