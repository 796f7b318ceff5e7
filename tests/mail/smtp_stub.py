# SPDX-License-Identifier: Apache-2.0
"""A mail server for what a real one does not do on demand: TLS with a certificate of its own,
signing in, refusals that pass, and silence at the worst moment."""
import base64
import socketserver
import ssl
import subprocess
import threading


def make_certificate(folder):
    """(certificate, key) for localhost."""
    certificate, key = folder / "mail.pem", folder / "mail.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(key), "-out",
                    str(certificate), "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True)
    return certificate, key


class Stub:
    """Serves on a free port of the loopback until close().

    `answers`: what RCPT of an address is answered, one after the other, and then 250 for ever.
    `certificate`: offers STARTTLS, or TLS from the first byte with `smtps`. `user`, `password`:
    nobody may send without. `hold`: an Event that the answer to the letter waits for.
    """

    def __init__(self, answers=None, certificate=None, smtps=False, user=None, password=None,
                 hold=None):
        self.answers = {address: list(replies) for address, replies in (answers or {}).items()}
        self.user, self.password, self.hold, self.smtps = user, password, hold, smtps
        self.letters, self.tries, self.lock = [], [], threading.Lock()
        self.arrived = threading.Event()  # a whole letter, answered or not
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*map(str, certificate))
        stub = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                try:
                    Session(stub, self.request).run()
                except (OSError, ssl.SSLError):
                    pass  # the program ended, or did not like the certificate

        class Tcp(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

        self._server = Tcp(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer_to(self, address):
        with self.lock:
            self.tries.append(address)
            left = self.answers.get(address, [])
            return left.pop(0) if left else "250 ok"

    def close(self):
        if self.hold:
            self.hold.set()
        self._server.shutdown()
        self._server.server_close()


class Session:
    def __init__(self, stub, connection):
        self.stub, self.connection = stub, connection
        self.is_secure, self.is_known = False, stub.user is None
        self.receivers = []
        if stub.smtps:
            self._secure()
        self.stream = self.connection.makefile("rb")

    def _secure(self):
        self.connection = self.stub.context.wrap_socket(self.connection, server_side=True)
        self.is_secure = True

    def say(self, text):
        self.connection.sendall(text.encode() + b"\r\n")

    def run(self):
        self.say("220 stub ESMTP")
        while line := self.stream.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if verb.upper() == "QUIT":
                self.say("221 bye")
                return
            getattr(self, f"do_{verb.lower()}", self.do_unknown)(rest)

    def do_unknown(self, _):
        self.say("500 what?")

    def do_ehlo(self, _):
        lines = ["stub", "8BITMIME"]
        if self.stub.context and not self.is_secure:
            lines.append("STARTTLS")
        if self.stub.user and self.is_secure:
            lines.append("AUTH PLAIN")
        for line in lines[:-1]:
            self.say(f"250-{line}")
        self.say(f"250 {lines[-1]}")

    def do_starttls(self, _):
        self.say("220 go on")
        self._secure()
        self.stream = self.connection.makefile("rb")

    def do_auth(self, rest):
        words = rest.split()
        if len(words) == 1:
            self.say("334 ")
            words.append(self.stream.readline().decode().strip())
        given = base64.b64decode(words[1]).split(b"\0")[1:]
        self.is_known = given == [self.stub.user.encode(), self.stub.password.encode()]
        self.say("235 welcome" if self.is_known else "535 no")

    def do_mail(self, _):
        self.receivers = []
        self.say("250 ok" if self.is_known else "530 sign in first")

    def do_rcpt(self, rest):
        address = rest.partition("<")[2].partition(">")[0]
        reply = self.stub.answer_to(address)
        if reply.startswith("250"):
            self.receivers.append(address)
        self.say(reply)

    def do_data(self, _):
        self.say("354 go on")
        lines = []
        while (line := self.stream.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if not line:
            return  # not all of it: nothing that could be delivered
        with self.stub.lock:
            self.stub.letters.append((self.receivers, b"".join(lines)))
        self.stub.arrived.set()
        if self.stub.hold:
            self.stub.hold.wait(120)
        self.say("250 taken")
