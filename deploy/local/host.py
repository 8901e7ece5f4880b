"""One supervised process: a server, or the database."""

import json
import os
import signal
import socket
import subprocess
import threading
import time

from deploy.local.backoff import Backoff
from deploy.local.processes import identity, tail


class Host:
    """Tells `events` (a queue) ("ready", host, process) and ("died", host, process).

    The owner's lock guards the fields. `wanted` is false while somebody stops it on purpose.
    """

    def __init__(self, name, command, log):
        self.name = name
        self.command = command
        self.log = log
        self.process = None
        self.ready = False
        self.wanted = False
        self.started = 0.0
        self.identity = None
        self.backoff = Backoff()

    def start(self, spawner, events):
        self.ready = False
        self.wanted = True
        self.started = time.monotonic()
        process = spawner.start(self.command, self.log, self.output())
        self.process = process
        self.identity = identity(process.pid)
        threading.Thread(target=self._follow, args=(process, events), daemon=True,
                         name=f"follow-{self.name}").start()

    def output(self):
        """Where standard output goes; None sends it to the log."""
        return None

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def signal(self, sign):
        """A dead one is left alone: Popen knows, and never signals a number used again."""
        if self.process is not None:
            self.process.send_signal(sign)

    def end(self):
        """Asks it to stop; a suspended one too."""
        self.signal(signal.SIGTERM)
        self.signal(signal.SIGCONT)

    def last_words(self):
        return tail(self.log)

    def _follow(self, process, events):
        if self.await_ready(process):
            events.put(("ready", self, process))
        process.wait()
        events.put(("died", self, process))

    def await_ready(self, process):
        """Blocks until it serves (true) or has died."""
        raise NotImplementedError


class Server(Host):
    """A program that says on standard output that it is ready, once for each agency it hosts."""

    def __init__(self, name, command, log, agencies):
        super().__init__(name, command, log)
        self._agencies = frozenset(agencies)
        self.addresses = {}

    def output(self):
        return subprocess.PIPE

    def await_ready(self, process):
        found = {}
        for line in process.stdout:
            event = _ready_event(line)
            if event and event.get("agency") in self._agencies:
                found[event["agency"]] = {"address": event["address"], "admin": event["admin"]}
            if found.keys() == self._agencies:
                self.addresses = found
                threading.Thread(target=_drain, args=(process.stdout,), daemon=True).start()
                return True
        process.stdout.close()
        return False


class Database(Host):
    """mariadbd, ready when it greets on its socket."""

    def __init__(self, command, log, path):
        super().__init__("mariadb", command, log)
        self.path = path

    def await_ready(self, process):
        while process.poll() is None:
            if _greets(self.path):
                return True
            time.sleep(0.02)
        return False


def _ready_event(line):
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and event.get("event") == "ready" else None


def _drain(stream):
    with stream:
        for _ in stream:
            pass


def _greets(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(os.fspath(path))
            greeting = probe.recv(5)
        except OSError:
            return False
    return len(greeting) == 5 and greeting[4] == 10  # protocol 10; 255 would be an error
