# SPDX-License-Identifier: Apache-2.0
"""Sends exactly the bytes it is told, over loopback: HTTP and WebSocket as no client would."""
import base64
import json
import os
import socket
import struct
import time

ANSWER_S = 60  # more than anything takes on a machine that does other things as well


class RawAnswer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def code(self):
        """The stable code of a problem; None when the answer is none."""
        try:
            return json.loads(self.body).get("code")
        except (ValueError, AttributeError):
            return None


class Raw:
    """One connection. Nothing is added, nothing is retried."""

    def __init__(self, port, receive_buffer=None):
        self._socket = socket.socket()
        if receive_buffer:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._socket.settimeout(ANSWER_S)
        self._socket.connect(("127.0.0.1", port))
        self._bytes = b""

    def fileno(self):
        return self._socket.fileno()

    def send(self, data):
        """False when the server has closed."""
        try:
            self._socket.sendall(data)
            return True
        except OSError:
            return False

    def send_until_blocked(self, data, pieces):
        """How many pieces went before the connection took no more."""
        self._socket.setblocking(False)
        for number in range(pieces):
            try:
                if self._socket.send(data) < len(data):
                    return number
            except OSError:
                return number
        return pieces

    def finish(self):
        """Says that nothing more comes, and goes on reading."""
        self._socket.shutdown(socket.SHUT_WR)

    def close(self):
        self._socket.close()

    def _fill(self):
        piece = self._socket.recv(65536)
        self._bytes += piece
        return bool(piece)

    def read_exactly(self, size):
        while len(self._bytes) < size:
            if not self._fill():
                raise ConnectionError("closed")
        data, self._bytes = self._bytes[:size], self._bytes[size:]
        return data

    def answer(self, head_only=False):
        """The next answer; None when the connection ends or stays silent without one."""
        try:
            return self._answer(head_only)
        except OSError:
            return None

    def _answer(self, head_only):
        while b"\r\n\r\n" not in self._bytes:
            if not self._fill():
                return None
        head, self._bytes = self._bytes.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        headers = {name.lower(): value.strip()
                   for name, _, value in (line.partition(":") for line in lines[1:])}
        body = b""
        if not head_only and status >= 200 and "content-length" in headers:
            body = self.read_exactly(int(headers["content-length"]))
        return RawAnswer(status, headers, body)

    def is_closed(self, seconds=ANSWER_S):
        """Whether the server ends the connection in time; what still comes is dropped."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                if not self._socket.recv(65536):
                    return True
            except TimeoutError:
                return False
            except OSError:
                return True
        return False


def upgrade_request(client, *more, path="/api/v1/events", leave_out=()):
    """The bytes with which a browser of this signed-in client opens its WebSocket."""
    host = f"127.0.0.1:{client.server.port}"
    cookies = "; ".join(f"{key}={value}" for key, value in client.cookies.items())
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}",
             f"Cookie: {cookies}", "Connection: Upgrade", "Upgrade: websocket",
             "Sec-WebSocket-Version: 13",
             f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}"]
    lines = [line for line in lines if not line.startswith(tuple(leave_out))] + list(more)
    return "\r\n".join([*lines, "", ""]).encode()


def frame(opcode, payload=b"", final=True, masked=True, reserved=0, length=None):
    """A WebSocket frame; `length` is what it claims when that is not the truth."""
    length = len(payload) if length is None else length
    first = (0x80 if final else 0) | reserved << 4 | opcode
    mark = 0x80 if masked else 0
    if length < 126:
        head = struct.pack(">BB", first, mark | length)
    elif length < 65536:
        head = struct.pack(">BBH", first, mark | 126, length)
    else:
        head = struct.pack(">BBQ", first, mark | 127, length)
    # A mask of zeros leaves the payload as it is.
    return head + (b"\0\0\0\0" if masked else b"") + payload


class RawSocket(Raw):
    """A WebSocket that is open on /api/v1/events of a signed-in client."""

    def __init__(self, client, receive_buffer=None):
        super().__init__(client.server.port, receive_buffer)
        self.send(upgrade_request(client))
        answer = self.answer()
        if not answer or answer.status != 101:
            raise RuntimeError(f"no WebSocket: {answer and answer.status}")

    def read_frame(self):
        """(opcode, payload) of the next frame."""
        first, second = self.read_exactly(2)
        size = second & 0x7F
        if size == 126:
            size = struct.unpack(">H", self.read_exactly(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self.read_exactly(8))[0]
        return first & 0x0F, self.read_exactly(size)

    def close_code(self):
        """The code the server closes with; 0 when it just ends the connection."""
        try:
            while True:
                opcode, payload = self.read_frame()
                if opcode == 8:
                    return struct.unpack(">H", payload[:2])[0]
        except TimeoutError:
            return None
        except OSError:
            return 0
