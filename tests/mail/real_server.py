# SPDX-License-Identifier: Apache-2.0
"""OpenSMTPD on a free port of the loopback, with folders and a spool of its own.

It insists on being started by root and becomes users of its own by itself; who is not root needs
sudo. A mount namespace keeps its spool and control socket away from those of a mail server that the
machine may have; where none can be made, as in some containers, it takes the machine's own.
"""
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

APART = """mount -t tmpfs none /var/spool
mount -t tmpfs none /run
"""
START = """set -e
{apart}mkdir -p -m 711 /var/spool/smtpd
exec {smtpd} -d -f {config}
"""
CONFIG = """table known {{ {known} }}
table owner {{ "@" = "nobody" }}
{filters}
listen on 127.0.0.1 port {port} {use}
action "keep" maildir "{kept}/%{{rcpt.user}}" virtual <owner>
match from any for rcpt-to <known> action "keep"
"""
LATER = """table later {{ {later} }}
filter "later" phase rcpt-to match rcpt-to <later> reject "451 Try again later"
"""
START_S = 20


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def quoted(addresses):
    return ", ".join(f'"{address}"' for address in addresses)


class RealServer:
    """`known`: whom it takes letters for; `later`: for whom it asks to come again."""

    def __init__(self, folder, known, later=(), port=None):
        self.folder, self.port = folder, port or free_port()
        # Where the user who keeps the letters can reach them, which what belongs to a test is not.
        self._kept = Path(tempfile.mkdtemp(prefix="fokus-letters."))
        os.chmod(self._kept, 0o777)
        config = folder / "smtpd.conf"
        config.write_text(CONFIG.format(
            known=quoted(known), port=self.port, kept=self._kept,
            filters=LATER.format(later=quoted(later)) if later else "",
            use='filter "later"' if later else ""))
        os.chmod(config, 0o600)
        smtpd = shutil.which("smtpd") or "/usr/sbin/smtpd"
        self._root = root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        apart = [*root, "unshare", "--mount"]
        can = subprocess.run([*apart, "true"], stderr=subprocess.DEVNULL).returncode == 0
        script = START.format(smtpd=smtpd, config=config, apart=APART if can else "")
        command = [*(apart if can else root), "sh", "-c", script]
        self._log = open(folder / "smtpd.log", "ab")
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log)
        until = time.monotonic() + START_S
        while not self._answers():
            if time.monotonic() > until or self._process.poll() is not None:
                text = (folder / "smtpd.log").read_text(errors="replace")
                raise RuntimeError(f"OpenSMTPD did not start:\n{text[-2000:]}")
            time.sleep(0.1)

    def _answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as one:
                return one.recv(3) == b"220"
        except OSError:
            return False

    def letters(self, user):
        """What lies in the folder of `user`@…, oldest first."""
        new = self._kept / user / "new"
        if os.geteuid() != 0:  # they belong to the user who keeps them
            subprocess.run(["sudo", "-n", "chmod", "-R", "a+rX", str(self._kept)],
                           check=True)
        files = sorted(new.iterdir(), key=lambda one: one.stat().st_mtime) if new.is_dir() else []
        return [one.read_bytes() for one in files]

    def close(self):
        if self._process.poll() is None:
            self._process.terminate()  # sudo passes it on
            self._process.wait(20)
        self._log.close()
        subprocess.run([*self._root, "rm", "-rf", str(self._kept)], check=False)
