# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of the test's own that it may stop; the one of all tests is bin/lib/postgres.sh."""
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

BIN = Path("/usr/lib/postgresql/15/bin")


def _account():
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    return ["runuser", "-u", "postgres" if "postgres" in names else "nobody", "--"]


class Cluster:
    def __init__(self):
        self._as = _account()
        place = f"{tempfile.gettempdir()}/fokus-cluster.XXXXXX"
        self.folder = Path(self._run("mktemp", "-d", place))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._run(BIN / "initdb", "-D", self.folder / "cluster", "-U", "fokus", "-A", "trust", "-E",
                  "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.url = f"postgresql://fokus@127.0.0.1:{self.port}/postgres"
        self.start()

    def _run(self, *command):
        # With a file for the output: the server that pg_ctl starts would keep a pipe open.
        with tempfile.TemporaryFile() as output:
            subprocess.run([*self._as, *map(str, command)], check=True, cwd="/", stdout=output,
                           stderr=subprocess.STDOUT, timeout=120)
            output.seek(0)
            return output.read().decode().strip()

    def start(self):
        self._run(BIN / "pg_ctl", "-D", self.folder / "cluster", "-w", "-s", "-l",
                  self.folder / "log", "-o", f"-c listen_addresses=127.0.0.1 -c port={self.port} "
                  "-c unix_socket_directories= -c max_connections=100", "start")

    def stop(self, how):
        """fast: as an administrator does; immediate: as a crash does."""
        self._run(BIN / "pg_ctl", "-D", self.folder / "cluster", "-w", "-s", "-m", how, "stop")

    def close(self):
        try:
            self.stop("immediate")
        except subprocess.CalledProcessError:
            pass  # it was stopped already
        shutil.rmtree(self.folder, ignore_errors=True)
