"""The folder that holds all of a local federation: who may use it, and what is in it."""

import contextlib
import errno
import fcntl
import json
import os
import shutil
from pathlib import Path

from deploy.local.problem import Problem

# Everything that `--fresh` removes. Nothing else in the folder is ever deleted.
_MADE_HERE = ("database", "database.new", "certificates", "config", "secrets", "registry",
              "keys", "keys.new", "log", "sandbox", "tmp", "federation.json", "processes.json")


class Place:
    """Layout of the folder. open() takes its lock, which ends with this process."""

    def __init__(self, root):
        self.root = Path(root).absolute()
        self.certificates = self.root / "certificates"
        self.config = self.root / "config"
        self.database = self.root / "database"
        self.keys = self.root / "keys"
        self.log = self.root / "log"
        self.registry = self.root / "registry"
        self.secrets = self.root / "secrets"
        self.temporary = self.root / "tmp"
        self.info = self.root / "federation.json"
        self.record = self.root / "processes.json"
        self._lock = None

    def open(self):
        """Makes the folder and takes its lock. Changes nothing in a folder that isn't ours."""
        with self.writing():
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = self.root / "lock"
            if not lock.exists() and any(self.root.iterdir()):
                raise Problem(f"{self.root} holds something else.",
                              "name an empty or a new folder with --var")
            self._lock = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._take_lock()
            self.root.chmod(0o700)
            self._make_folders()

    def _take_lock(self):
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._lock, 20).decode().strip() or "unknown"
            self.close()
            raise Problem(
                f"Puente is already running on {self.root} (process {holder}).",
                f"use that one, stop it with Ctrl-C or `kill {holder}`, "
                "or run beside it on another folder with --var DIR") from None
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"{os.getpid()}\n".encode(), 0)

    def _make_folders(self):
        for folder in (self.config, self.log, self.secrets, self.temporary):
            folder.mkdir(mode=0o700, exist_ok=True)

    def close(self):
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def clear(self):
        """Starts over. The caller holds the lock and has stopped everything."""
        with self.writing():
            for name in _MADE_HERE:
                path = self.root / name
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
            self._make_folders()

    def write(self, path, text, mode=0o600):
        """Replaces a file as a whole, or leaves it as it was."""
        with self.writing():
            fresh = path.with_name(path.name + ".new")
            fresh.unlink(missing_ok=True)
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(fresh, path)

    def write_json(self, path, value):
        self.write(path, json.dumps(value, indent=2) + "\n")

    def read_record(self):
        """What an earlier run left behind, {} if nothing or nothing legible."""
        try:
            return json.loads(self.record.read_text())
        except (FileNotFoundError, ValueError):
            return {}

    @contextlib.contextmanager
    def writing(self):
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise Problem(f"No space left for {self.root}.",
                              "free some space (about 500 MB), then start again; "
                              "nothing there is damaged") from error
            raise Problem(f"Cannot write in {self.root}: {error.strerror}.",
                          "use a clone that belongs to you, or name a folder that "
                          "you can write in with --var DIR") from error
