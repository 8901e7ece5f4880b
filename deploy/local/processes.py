"""Child processes that never outlive us, and leftovers of runs that were cut short."""

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.local.problem import Problem


def dying_with_us(command):
    """The command, so wrapped that the kernel kills it when the thread that started it ends.

    The shell looks whether we died before that was arranged. Not a preexec_fn, since a fork that
    runs Python is not safe beside threads.
    """
    return ["setpriv", "--pdeathsig", "KILL", "--", "/bin/sh", "-c",
            '[ "$PPID" = "$0" ] && exec "$@" </dev/null', str(os.getpid()), *map(str, command)]


class Spawner:
    """Starts all children from one thread.

    That thread has to live as long as they do (see dying_with_us); close() ends it.
    """

    def __init__(self):
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spawner")

    def start(self, command, log, stdout):
        """Appends the child's standard error to `log`. No signal of our terminal reaches it."""
        return self._thread.submit(_start, command, log, stdout).result()

    def close(self):
        self._thread.shutdown()


def _start(command, log, stdout):
    if not os.access(command[0], os.X_OK):
        raise Problem(f"{command[0]} is missing.", "build it with `./dev build`")
    with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as errors:
        # The child's standard input is closed by its last exec. Before that this thread must not
        # end, or the kernel would not yet know its wish.
        done, theirs = os.pipe()
        try:
            return subprocess.Popen(dying_with_us(command), stdin=theirs, stdout=stdout or errors,
                                    stderr=errors, start_new_session=True)
        finally:
            os.close(theirs)
            os.read(done, 1)
            os.close(done)


def start_new_log(log):
    """Keeps the log of the run before beside it."""
    if log.exists():
        log.replace(log.with_name(log.name + ".1"))


def tail(log, lines=8):
    try:
        return "\n".join("    " + line for line in log.read_text("utf-8", "replace")
                         .splitlines()[-lines:])
    except FileNotFoundError:
        return ""


def identity(pid):
    """What tells a process from a later one with the same number; None if it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else f"{boot}/{fields[19]}"


def stands_still(pid):
    """Whether all threads of a process are stopped, which a signal does one by one."""
    states = (Path(f"/proc/{pid}/task/{task}/stat").read_text(encoding="utf-8")
              for task in os.listdir(f"/proc/{pid}/task"))
    return all(state.rpartition(")")[2].split()[0] == "T" for state in states)


def stop_leftover(pid, expected, patience):
    """Ends a process of an earlier run, if that number still is that process.

    SIGTERM first, SIGKILL after `patience` seconds. True if there was one.
    """
    if identity(pid) != expected:
        return False
    for sign, limit in ((signal.SIGTERM, patience), (signal.SIGKILL, 10.0)):
        try:
            os.kill(pid, sign)
            os.kill(pid, signal.SIGCONT)
        except ProcessLookupError:
            return True
        until = time.monotonic() + limit
        while identity(pid) == expected and time.monotonic() < until:
            time.sleep(0.02)
        if identity(pid) != expected:
            return True
    raise Problem(f"Process {pid} of an earlier run does not end.", f"stop it with `kill -9 {pid}`")
