# SPDX-License-Identifier: Apache-2.0
"""The files that the rules look at, and what a rule answers with."""
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SOURCE_SUFFIXES = {".cpp", ".hpp", ".ts", ".tsx", ".css", ".py", ".sh", ".cmake", ".sql", ".scn",
                   ".js", ".mjs"}
BINARY_SUFFIXES = {".png", ".jpg", ".ico", ".woff2", ".webp", ".xlsx", ".zip", ".gz", ".db"}


@dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    rule: str
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: [{self.rule}] {self.text}"


class Project:
    """A snapshot of the tree: every file that git tracks or would add, read once."""

    def __init__(self, root, files=None):
        self.root = Path(root)
        self._files = files
        self._texts = {}

    @cached_property
    def files(self):
        if self._files is None:
            listing = subprocess.run(
                ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                cwd=self.root, check=True, capture_output=True, text=True).stdout
            self._files = [name for name in listing.split("\0") if name]
        return sorted(name for name in set(self._files) if (self.root / name).is_file())

    def text(self, name):
        if name not in self._texts:
            try:
                self._texts[name] = (self.root / name).read_text(encoding="utf-8")
            except (UnicodeDecodeError, FileNotFoundError):
                self._texts[name] = ""
        return self._texts[name]

    def lines(self, name):
        return self.text(name).splitlines()

    def matching(self, pattern):
        expression = re.compile(pattern)
        return [name for name in self.files if expression.search(name)]

    @cached_property
    def sources(self):
        return [name for name in self.files if is_source(name, self)]

    @cached_property
    def texts(self):
        return [name for name in self.files if Path(name).suffix not in BINARY_SUFFIXES]


def is_source(name, project):
    path = Path(name)
    if "/gen/" in name:
        return False
    if path.suffix in SOURCE_SUFFIXES or path.name == "CMakeLists.txt":
        return True
    return path.suffix == "" and project.text(name).startswith("#!")


def line_of(text, position):
    return text.count("\n", 0, position) + 1
