# SPDX-License-Identifier: Apache-2.0
"""A machine that the program calls in a test: canned answers from a file, some of them bad ones."""
import http.server
import json
import threading
import time


class Outside:
    """Serves on a free port of the loopback until close(). See tests/api/README.md for the file."""

    def __init__(self, path):
        self._lock, self._asked, self.requests = threading.Lock(), {}, []
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}"
        text = path.read_text(encoding="utf-8").replace("{origin}", self.url)
        self.answers = json.loads(text)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def count(self, start):
        """How many requests came whose "METHOD /path?query" begins so."""
        with self._lock:
            return sum(one.startswith(start) for one in self.requests)

    def _key(self, method, target):
        path = target.partition("?")[0]
        for key in (f"{method} {target}", f"{method} {path}"):
            if key in self.answers:
                return key
        fits = [key for key in self.answers if key.startswith("* ") and key.endswith("*")
                and path.startswith(key[2:-1])]
        return max(fits, key=len, default=None)

    def _answer(self, method, target):
        with self._lock:
            self.requests.append(f"{method} {target}")
            key = self._key(method, target)
            if key is None:
                return {"status": 404, "body": {"what": "nothing is canned for this"}}
            answer = self.answers[key]
            if isinstance(answer, dict):
                return answer
            turn = self._asked.get(key, 0)
            self._asked[key] = turn + 1
            return answer[min(turn, len(answer) - 1)]

    def _handler(outside):  # the method of a class that is made here has its own self
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = outside._answer(self.command, self.path)
                time.sleep(answer.get("wait_ms", 0) / 1000)
                self.close_connection = True
                try:
                    if "raw" in answer:
                        self.wfile.write(answer["raw"].encode("latin-1"))
                    else:
                        self._reply(answer)
                except OSError:
                    pass  # the program had enough

            def _reply(self, answer):
                body = answer.get("body", "")
                text = body if isinstance(body, str) else json.dumps(body)
                piece, times = text.encode(), answer.get("times", 1)
                headers = {"Content-Type": "application/json", **answer.get("headers", {})}
                self.send_response(answer.get("status", 200))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(piece) * times))
                self.send_header("Connection", "close")
                self.end_headers()
                for _ in range(times if self.command != "HEAD" else 0):
                    self.wfile.write(piece)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _serve

            def log_message(self, *_):
                pass
        return Handler
