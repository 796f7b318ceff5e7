# SPDX-License-Identifier: Apache-2.0
"""A provider on the loopback that answers what a test tells it to, also badly."""
import http.server
import json
import threading
import time


class Reply:
    """`body` is JSON, text or bytes; `pieces` sends it so many times; `cut` promises more."""

    def __init__(self, body=b"", status=200, headers=(), wait_s=0, pieces=1, cut=False):
        if not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        self.body = body.encode() if isinstance(body, str) else body
        self.status, self.headers, self.wait_s = status, dict(headers), wait_s
        self.pieces, self.cut = pieces, cut


class ProviderServer:
    """`answer` takes (method, path with query) and returns a Reply."""

    def __init__(self, answer=None):
        self.answer = answer or (lambda method, path: Reply(status=404))
        self.requests, self._lock = [], threading.Lock()  # (time, "METHOD /path", headers, body)
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def asked(self):
        with self._lock:
            return list(self.requests)

    def _handler(provider):  # its methods have a self of their own
        class Handler(http.server.BaseHTTPRequestHandler):
            def _serve(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with provider._lock:
                    provider.requests.append((time.monotonic(), f"{self.command} {self.path}",
                                              dict(self.headers), body.decode()))
                reply = provider.answer(self.command, self.path)
                time.sleep(reply.wait_s)
                try:
                    self._send(reply)
                except OSError:
                    pass  # the program had enough

            def _send(self, reply):
                size = len(reply.body) * reply.pieces
                headers = {"Content-Type": "application/json", **reply.headers}
                self.send_response(reply.status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(size + (100 if reply.cut else 0)))
                self.end_headers()
                for _ in range(reply.pieces):
                    self.wfile.write(reply.body)

            do_GET = do_HEAD = do_POST = _serve

            def log_message(self, *_):
                pass
        return Handler
