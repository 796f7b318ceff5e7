# SPDX-License-Identifier: Apache-2.0
"""What the scenarios run against: template worlds on both engines, and a server on a copy."""
import http.client
import json
import os
import queue
import re
import shutil
import subprocess
import threading
import urllib.parse
import weakref
from pathlib import Path

PASSWORD = "correct horse battery staple"
START_S, STOP_S, CALL_S = 60, 20, 60


def _environment():
    return {key: value for key, value in os.environ.items() if not key.startswith("FOKUS_")}


class Template:
    """A seeded data folder, and on PostgreSQL a seeded database, that each scenario copies."""

    def __init__(self, program, engine, folder, postgres=None):
        self.program, self.engine = program, engine
        self.folder, self.postgres = Path(folder) / f"template-{engine}", postgres
        self.name = f"fokus_scenarios_{os.getpid()}"
        self._lock, self._copies = threading.Lock(), 0
        if engine == "postgres":
            self._sql(f'CREATE DATABASE "{self.name}"')
        seed = [str(program), "seed", "test", "--data", str(self.folder)]
        subprocess.run(seed + self._database(self.name), check=True, env=_environment(),
                       capture_output=True, text=True, timeout=120)

    def _sql(self, text):
        subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", self.postgres, "-c", text],
                       check=True, capture_output=True, text=True)

    def _database(self, name):
        if self.engine != "postgres":
            return []
        address = urllib.parse.urlparse(self.postgres)._replace(path=f"/{name}")
        return ["--database", address.geturl()]

    def copy(self):
        """A folder with a copy of the data, and the options that point the server to it."""
        with self._lock:
            self._copies += 1
            name = f"{self.name}_{self._copies}"
            if self.engine == "postgres":
                self._sql(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
        folder = self.folder.parent / f"{self.engine}-{self._copies}"
        shutil.copytree(self.folder, folder)
        return folder, name, self._database(name)

    def drop(self, folder, name):
        shutil.rmtree(folder, ignore_errors=True)
        if self.engine == "postgres":
            self._sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self):
        self.drop(self.folder, self.name)


class Server:
    """`fokus serve` on a copy of the template."""

    started = weakref.WeakSet()  # so that a test that breaks leaves none behind
    environment = {}  # of those that a test puts together itself

    def __init__(self, template):
        self.template = template
        self.folder, self._name, self._options = template.copy()
        self.log = self.folder.with_suffix(".log")
        self._log = open(self.log, "ab")
        self._process = None
        self.environment = {}  # FOKUS_* of the next start
        self.start()

    def start(self, preexec=None):
        """`preexec` runs in the new process before the program: limits, namespaces."""
        command = [str(self.template.program), "serve", "--data", str(self.folder),
                   "--listen", "127.0.0.1:0", *self._options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._log,
                                         env={**_environment(), **self.environment},
                                         preexec_fn=preexec)
        Server.started.add(self)
        self.port = self._wait_for_port()

    def _wait_for_port(self):
        found = queue.Queue()

        def read(stream):
            for line in stream:
                self._log.write(line)
                self._log.flush()
                if match := re.search(rb"listening on http://127\.0\.0\.1:(\d+)", line):
                    found.put(int(match.group(1)))
            found.put(None)
        threading.Thread(target=read, args=(self._process.stdout,), daemon=True).start()
        try:
            port = found.get(timeout=START_S)
        except queue.Empty:
            port = None
        if port is None:
            self._process.kill()
            raise RuntimeError(f"the server did not start:\n{self.log_text()[-2000:]}")
        return port

    @classmethod
    def end_all(cls):
        for server in list(cls.started):
            if server._process.poll() is None:
                server._process.kill()
                server._process.wait()

    def log_text(self):
        return self.log.read_text(errors="replace")

    def signal(self, number):
        self._process.send_signal(number)

    def stop(self):
        """Asks the server to stop; returns what was wrong about how it did."""
        self._process.terminate()
        try:
            status = self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return f"did not stop within {STOP_S} s"
        return None if status == 0 else f"ended with status {status}"

    def close(self):
        problem = self.stop() if self._process.poll() is None else "ended before it was asked to"
        self._log.close()
        self.template.drop(self.folder, self._name)
        return problem


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.text = body.decode("utf-8", errors="replace")

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def json(self):
        return json.loads(self.text)


class Client:
    """One actor: signs in on the first call, keeps cookies, and says its origin like a browser."""

    def __init__(self, server, email=None, password=PASSWORD, key=None):
        self.server, self.email, self.password, self.key = server, email, password, key
        self.cookies = {}

    def call(self, method, path, headers=(), body=b""):
        if self.email and not self.cookies:
            credentials = json.dumps({"email": self.email, "password": self.password})
            answer = self._send("POST", "/api/v1/sign-in", [], credentials.encode())
            if answer.status >= 400:
                raise RuntimeError(f"{self.email} cannot sign in: {answer.status} {answer.text}")
        return self._send(method, path, list(headers), body)

    def _send(self, method, path, headers, body):
        names = {name.lower() for name, _ in headers}
        if self.key and "authorization" not in names:
            headers.append(("Authorization", f"Bearer {self.key}"))
        if self.cookies and "cookie" not in names:
            headers.append(("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items())))
        if method not in ("GET", "HEAD") and not self.key and "origin" not in names:
            headers.append(("Origin", f"http://127.0.0.1:{self.server.port}"))
        if body and "content-type" not in names:
            headers.append(("Content-Type", "application/json"))
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=CALL_S)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value.encode("utf-8"))
            if "content-length" not in names and (body or method not in ("GET", "HEAD")):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body or None)
            reply = connection.getresponse()
            answer = Answer(reply.status, reply.getheaders(), reply.read())
        finally:
            connection.close()
        self._take_cookies(answer)
        return answer

    def _take_cookies(self, answer):
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition(";")
                key, _, text = cookie.strip().partition("=")
                if text == "" or re.search(r"max-age=0\b", rest, re.IGNORECASE):
                    self.cookies.pop(key, None)
                else:
                    self.cookies[key] = text
