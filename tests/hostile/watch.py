# SPDX-License-Identifier: Apache-2.0
"""What must stay true of a server whatever strangers send it: it lives, answers others in time,
keeps its memory bounded and its log free of what was sent."""
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from http_cases import SECRET  # noqa: E402
from scenario_server import Client, Server  # noqa: E402
from suite import MemoryPeak  # noqa: E402

OTHERS_MS = 2000  # an honest call beside the attack, beyond what one takes where nobody attacks
PAUSE_S = 0.05


class Bystander:
    """Somebody who works on while the others attack; keeps the longest wait."""

    def __init__(self, server):
        self._client, self._stop = Client(server, "anna@example.org"), threading.Event()
        self.slowest_ms, self.problems = 0.0, []
        self._client.call("GET", "/api/v1/me")
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def _work(self):
        while not self._stop.is_set():
            begun = time.monotonic()
            try:
                answer = self._client.call("GET", "/api/v1/companies?limit=5")
                if answer.status != 200:
                    self.problems.append(f"a call beside the attack got {answer.status}")
            except OSError as error:
                self.problems.append(f"a call beside the attack failed: {error}")
            self.slowest_ms = max(self.slowest_ms, (time.monotonic() - begun) * 1000)
            time.sleep(PAUSE_S)

    def stop(self):
        self._stop.set()
        self._thread.join()


class Bystanders:
    """One at the server that is attacked, and one at a second server that nobody attacks: a machine
    that is busy with something else makes both of them wait, an attack only the first."""

    def __init__(self, server, template):
        self._calm = Server(template)
        self._first, self._second = Bystander(server), Bystander(self._calm)

    def stop(self):
        self._first.stop()
        self._second.stop()
        problems, waited, calm = (self._first.problems, self._first.slowest_ms,
                                  self._second.slowest_ms)
        if waited > OTHERS_MS + calm:
            problems.append(f"a call beside the attack took {waited:.0f} ms, where nobody attacks "
                            f"{calm:.0f}")
        if problem := self._calm.close():
            problems.append(f"the server that nobody attacks {problem}")
        self.seen = f", others waited {waited:.0f} ms at most ({calm:.0f} elsewhere)"
        return problems


@contextmanager
def watched(template, name, growth_mib, problems, beside=True):
    """A server that is attacked in the body; appends what is wrong afterwards to `problems`."""
    server = Server(template)
    try:
        Client(server, "anna@example.org").call("GET", "/api/v1/me")
        # They sign in first: each password takes 19 MiB for a moment, attack or not.
        bystanders = Bystanders(server, template) if beside else None
        peak = MemoryPeak(server, growth_mib)
        try:
            yield server
        finally:
            if bystanders:
                problems += bystanders.stop()
        peak.look(name + (bystanders.seen if bystanders else ""), problems)
        peak.end()
        if Client(server, "bo@example.org").call("GET", "/api/v1/me").status != 200:
            problems.append("nobody can sign in afterwards")
        if SECRET.decode() in server.log_text():
            problems.append("what a stranger sent is in the log")
    finally:
        if problem := server.close():
            problems.append(f"the server {problem}")
