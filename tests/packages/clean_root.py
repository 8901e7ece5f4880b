"""A Debian 12 that has nothing of ours, and can be booted: systemd-nspawn over a root that
mmdebstrap makes once. What is changed in it stays in memory and goes with it. Needs root."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from deploy.local.processes import dying_with_us

# What a machine has that is to be a server; nothing that our packages name in their Depends.
_HOLDS = ("systemd-sysv", "mariadb-server")
_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "puente"
_KEPT = 30 * 86400  # seconds; then it is made of what Debian has by then
_BOOT_LIMIT = 60.0
_NSPAWN = ("systemd-nspawn", "--quiet", "--register=no", "--keep-unit")


class CleanRoot:
    """`shared` is a folder that is seen in it as /packages."""

    def __init__(self, shared):
        self._shared = Path(shared)
        self._folder = None
        self._host = None
        self._init = None
        self.log = None

    def __enter__(self):
        with _alone():
            base = _base()
        self._folder = Path(tempfile.mkdtemp(prefix="puente-root-"))
        try:
            _run("mount", "-t", "tmpfs", "-o", "mode=0755", "puente-root", self._folder)
            for name in ("upper", "work", "root"):
                (self._folder / name).mkdir()
            _run("mount", "-t", "overlay", "puente-root", "-o",
                 f"lowerdir={base},upperdir={self._folder}/upper,workdir={self._folder}/work",
                 self.path)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self._host is not None:
            if self._init is not None:
                os.kill(self._init, 9)
            else:
                self._host.kill()
            self._host.wait()
        for path in (self.path, self._folder):
            subprocess.run(["umount", "--lazy", path], stderr=subprocess.DEVNULL, check=False)
        self._folder.rmdir()

    @property
    def path(self):
        return self._folder / "root"

    def prepare(self, command):
        """Runs it before boot, where the network is that of this machine."""
        archives = _CACHE / "archives"
        (archives / "partial").mkdir(parents=True, exist_ok=True)
        with _alone():
            return _run(*_NSPAWN, "--pipe", "--setenv=DEBIAN_FRONTEND=noninteractive",
                        f"--directory={self.path}", f"--bind-ro={self._shared}:/packages",
                        f"--bind={archives}:/var/cache/apt/archives", "/bin/bash", "-euc", command)

    def boot(self):
        """Without a network but its own loopback, so that any port is free."""
        self.log = self._folder / "boot.log"
        with open(self.log, "wb") as log:
            self._host = subprocess.Popen(
                dying_with_us([*_NSPAWN, "--private-network", "--console=pipe", "--boot",
                               f"--directory={self.path}", f"--bind-ro={self._shared}:/packages"]),
                stdout=log, stderr=log)
        self.becomes(self._find_init, _BOOT_LIMIT)
        self.becomes(lambda: self.ask("systemctl is-system-running") in ("running", "degraded"),
                     _BOOT_LIMIT)

    def _find_init(self):
        # The first: it has children that bear its name until they are something else.
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # of those that end
            self._init = next((pid for pid in _below(self._host.pid)
                               if Path(f"/proc/{pid}/comm").read_text() == "systemd\n"), None)
        return self._init is not None

    def run(self, command, folder="/root"):
        """Runs lines of shell in it, as root; what they say. A failure is an AssertionError."""
        done = self._enter(command, folder)
        if done.returncode != 0:
            raise AssertionError(f"{command}\n{done.stdout}{done.stderr}")
        return done.stdout

    def ask(self, command):
        """What it says, whether or not it succeeds."""
        return self._enter(command, "/root").stdout.strip()

    @property
    def seen(self):
        """Its folders as it sees them, for programs of this machine."""
        return Path(f"/proc/{self._init}/root")

    def _enter(self, command, folder):
        return subprocess.run(
            ["nsenter", f"--target={self._init}", "--all", f"--wdns={folder}", "/bin/bash", "-euc",
             command],
            env={"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                 "HOME": "/root", "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120)

    def becomes(self, holds, limit=20.0):
        until = time.monotonic() + limit
        while not holds():
            if time.monotonic() > until or self._host.poll() is not None:
                raise AssertionError(f"it did not come about:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)


@contextlib.contextmanager
def _alone():
    """Among those that use the cache."""
    _CACHE.mkdir(parents=True, exist_ok=True)
    with open(_CACHE / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _base():
    """The folder of the root, made anew if it is missing or old."""
    mark = hashlib.sha256(" ".join(_HOLDS).encode()).hexdigest()[:8]
    base = _CACHE / f"bookworm-{mark}"
    if base.is_dir() and time.time() - base.stat().st_mtime < _KEPT:
        return base
    fresh = Path(tempfile.mkdtemp(prefix="making-", dir=_CACHE))
    try:
        # The package lists stay, so that the next update takes what is new alone.
        _run("mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(_HOLDS)}",
             "--aptopt=Acquire::Languages none", "--skip=cleanup/apt/lists", "bookworm", fresh)
        os.utime(fresh)
        shutil.rmtree(base, ignore_errors=True)
        os.rename(fresh, base)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return base


def _below(pid):
    """It and all that it started."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from _below(int(child))


def _run(*command):
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"{command}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout
