"""Which version is packaged: CMake's, and of which commit while that is not released."""

import re
import subprocess
from datetime import datetime, timezone
from pathlib import Path

from deploy.local.problem import Problem

ROOT = Path(__file__).resolve().parents[2]


class Version:
    def __init__(self, root=ROOT):
        cmake = (root / "CMakeLists.txt").read_text("utf-8")
        self.number = re.search(r"^project\(puente VERSION (\S+)", cmake, re.M)[1]
        try:
            shown = _git(root, "show", "-s", "--format=%ct %H", "HEAD")
            self._dirty = bool(_git(root, "status", "--porcelain"))
        except (OSError, subprocess.CalledProcessError):
            raise Problem("This is no checkout of git, whose commit dates the packages.",
                          "make them in a clone") from None
        epoch, commit = shown.split()
        self.epoch = int(epoch)  # the time of all that is in the packages
        self._mark = f"{self.time():%Y%m%d%H%M%S}.g{commit[:8]}"
        log = (root / "CHANGELOG.md").read_text("utf-8")
        newest = re.search(r"^## (.*)$", log, re.M)[1]
        self._released = newest == self.number

    def time(self):
        return datetime.fromtimestamp(self.epoch, timezone.utc)

    # What is not released sorts before what will be, and by time. What no commit holds says so.

    @property
    def debian(self):
        return (self.number + ("" if self._released else f"~{self._mark}") +
                ("+dirty" if self._dirty else ""))

    @property
    def npm(self):
        # Without a "+", behind which npm cuts versions off.
        marks = ([] if self._released else [self._mark]) + (["dirty"] if self._dirty else [])
        return f"{self.number}-{'.'.join(marks)}" if marks else self.number


def _git(root, *arguments):
    return subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True,
                          text=True).stdout
