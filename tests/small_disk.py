"""A small disk of a test's own, which goes with the test however it ends."""

import os
import subprocess
import sys
import tempfile
import unittest
from contextlib import contextmanager

_IN_OWN = "PUENTE_TEST_OWN_MOUNTS"


def may_mount():
    """Root in a container often may not."""
    return subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
                          stderr=subprocess.DEVNULL, check=False).returncode == 0


def with_own_mounts():
    """Begins this program again where nobody else sees what it mounts, which ends with it however it does;
    goes on where it may not mount."""
    if _IN_OWN not in os.environ and may_mount():
        os.environ[_IN_OWN] = "1"
        safe = ["-P"] if sys.flags.safe_path else []
        os.execvp("unshare", ["unshare", "--mount", sys.executable, *safe, *sys.argv])


@contextmanager
def small_disk(megabytes):
    """Its folder, for who has own mounts."""
    if _IN_OWN not in os.environ:
        raise unittest.SkipTest("a small disk is mounted where the program that wants it is run by itself")
    folder = tempfile.mkdtemp(prefix="puente-disk-")
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "puente-test", folder],
                       check=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    finally:
        os.rmdir(folder)


class Filler:
    """A file that takes whatever room a disk has."""

    def __init__(self, folder):
        self._path = os.path.join(folder, "filler")

    def fill(self):
        with open(self._path, "ab") as file:
            while free := (disk := os.statvfs(self._path)).f_bavail * disk.f_frsize:
                try:
                    os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), free)
                except OSError:  # somebody was faster
                    pass

    def make_room(self):
        os.unlink(self._path)
