"""A federation on one machine: database, certificates, four modules and the gateway.

For `./dev run` and for tests, which start private ones in folders of their own:

    with Federation(var, restart=False) as federation:
        federation.cli("load-data", "data/")
        federation.kill("labor")
        federation.revive("labor")
"""

import os
import queue
import shutil
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.local import certificates, database, keys, ports, registry, settings
from deploy.local.host import Database, Server
from deploy.local.narrator import Narrator
from deploy.local.place import Place
from deploy.local.problem import Problem
from deploy.local.processes import (Spawner, stands_still, start_new_log, stop_leftover,
                                    tail)

ROOT = Path(__file__).resolve().parents[2]
READY_LIMIT = 60.0  # seconds from the start of a process to its readiness
STOP_LIMIT = 10.0  # seconds for a server to drain
DATABASE_STOP_LIMIT = 30.0
_WRITE_AGAIN = 5.0  # seconds after what others read could not be written
_RENEW_EVERY = 3600.0  # seconds between looks at the certificates of a run that stays up


class Federation:
    """Methods may be called from any thread. Names are those of settings.SERVERS (or "embedded")
    and "mariadb". `info` is what federation.json holds, None while nothing runs. `database_server`
    is for tests: a mysql://… to use instead of a private MariaDB (see database.Named). So are
    `twins`: servers that have a second process each, "economy-2", over the same database."""

    def __init__(self, var=None, build=None, *, port=0, embedded=False, restart=True,
                 narrator=None, database_server=None, twins=()):
        self.place = Place(var or ROOT / "var")
        self.build = Path(build or os.environ.get("PUENTE_BUILD") or ROOT / "build").absolute()
        self.info = None
        self._port = port
        self._embedded = embedded
        self._restart = restart
        self._twins = {f"{name}-2": name for name in twins}
        self._telling_later = False
        self._narrator = narrator or Narrator(quiet=True)
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._hosts = {}
        self._reserved = []
        self._database_server = database_server
        self._named = None
        self._databases = {}
        self._socket_folder = None
        self._folder = None
        self._spawner = None
        self._events = queue.Queue()
        self._watcher = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    # Life.

    def start(self, fresh=False):
        """Returns `info` when everything is ready. Leaves nothing running if it fails."""
        self.place.open()
        try:
            self._stop_leftovers()
            if fresh:
                self.place.clear()
            self._start_all()
        except BaseException:
            self.stop()
            raise
        return self.info

    def stop(self):
        """Ends all processes, gateway first, database last. Harmless when nothing runs."""
        with self._lock:
            for host in self._hosts.values():
                host.wanted = False
        self._end([host for name, host in self._hosts.items() if name != "mariadb"], STOP_LIMIT)
        self._end([host for name, host in self._hosts.items() if name == "mariadb"],
                  DATABASE_STOP_LIMIT)
        self._close()
        if self._named is not None:
            named, self._named = self._named, None
            named.drop()

    def abandon(self):
        """Kills everything at once, for those who can't wait for stop()."""
        for host in list(self._hosts.values()):
            host.signal(signal.SIGKILL)

    def cli(self, *arguments, **options):
        """Runs the command-line client on this federation; options as for subprocess.run."""
        command = [self.build / "bin/puente", "--federation", self.place.info, *arguments]
        return subprocess.run([str(part) for part in command], check=False, **options)

    # Faults, for tests.

    def kill(self, name, sign=signal.SIGKILL):
        """Waits until it is dead."""
        process = self._hosts[name].process
        process.send_signal(sign)
        process.wait()

    def suspend(self, name):
        """SIGSTOP, then waits until every thread stands still."""
        host = self._hosts[name]
        host.signal(signal.SIGSTOP)
        until = time.monotonic() + STOP_LIMIT
        while not stands_still(host.process.pid):
            if time.monotonic() > until:
                raise Problem(f"{name} does not stand still", "see whether its disk hangs")
            time.sleep(0.001)

    def resume(self, name):
        self._hosts[name].signal(signal.SIGCONT)

    def revive(self, name):
        """Starts a dead one again at the same address, and waits until it is ready."""
        host = self._hosts[name]
        with self._lock:
            if not host.alive():
                host.start(self._spawner, self._events)
        self.wait_ready(name)

    def wait_ready(self, name, limit=READY_LIMIT):
        """Waits for the process that now bears the name, or the one that takes its place."""
        host = self._hosts[name]
        until = time.monotonic() + limit
        with self._lock:
            while not (host.ready and host.alive()):
                gave_up = not self._restart and not host.alive()
                if gave_up or not self._changed.wait(until - time.monotonic()):
                    raise Problem(f"{name} does not start:\n{host.last_words()}", f"see {host.log}")

    # Start, step by step.

    def _start_all(self):
        self._spawner = Spawner()
        self._watcher = threading.Thread(target=self._watch, daemon=True, name="watcher")
        self._watcher.start()
        with self.place.writing():
            self._reserve_ports()
            self._make_certificates()
            self._start_database()
        addresses = {name: port.address for name, port in zip(settings.SERVERS, self._reserved)}
        sdmx, *twins = self._reserved[len(addresses):]
        self.sdmx = f"http://{sdmx.address}/sdmx/rest"
        settings.write_all(self.place, ROOT, self._folder, self._databases, addresses, sdmx.address)
        for (twin, name), port in zip(self._twins.items(), twins):
            settings.write_twin(self.place, name, twin, port.address)
        self._make_keys()
        with self._narrator.step("Migrating the schemas"):
            self._migrate()
        self._start_servers()

    def _reserve_ports(self):
        for name in settings.SERVERS:
            fixed = name == "gateway" and self._port
            self._reserved.append(ports.reserve(self._port) if fixed else ports.reserve_free())
        self._reserved += [ports.reserve_free() for _ in ("sdmx", *self._twins)]

    def _make_certificates(self):
        with self._narrator.step("Certificates of a private authority, registry of principals"):
            self._folder, _ = certificates.ensure(self.place)
            registry.make(self.place, self._program_file("registry"))

    def _start_database(self):
        if self._database_server:
            self._named = database.Named(self.place, self._database_server)
            self._databases = self._named.databases
            self._named.create()
            return
        if not database.exists(self.place):
            with self._narrator.step("Creating a private MariaDB"):
                database.create(self.place)
        with self._narrator.step("Starting MariaDB"):
            database.prepare(self.place)
            self._socket_folder = str(database.make_socket_folder())
            socket = self._socket_folder + "/mariadb.sock"
            self._databases = {name: database.on_socket(self.place, socket, name)
                               for name in database.DATABASES}
            command = database.command(self.place, self._socket_folder)
            self._launch([Database(command, self.place.log / "mariadb.log", socket)])

    def _make_keys(self):
        """The keys of persons, as an operator makes them, once: what they seal stays too."""
        for server in certificates.PERSONS:
            if not keys.exist(self.place, server):
                log = self.place.log / f"{server}-keys.log"
                with self.place.writing(), keys.made(self.place, server) as folder:
                    if self._run([self._program_file(server), "--generate-keys", folder], log) != 0:
                        raise Problem(f"The keys of {server} could not be made:\n{tail(log)}",
                                      f"see {log}; often the disk is full")

    def _migrate(self):
        with ThreadPoolExecutor() as pool:
            for _ in pool.map(self._migrate_one, settings.SERVERS):
                pass

    def _migrate_one(self, server):
        log = self.place.log / f"{server}-migrate.log"
        if self._run([*self._program(server), "--migrate"], log) != 0:
            raise Problem(f"The schema of {server} could not be migrated:\n{tail(log)}",
                          "if the data was made by a newer Puente, use that one; "
                          "`./dev run --fresh` starts over without the data")

    def _run(self, command, log):
        """To its end; the exit status."""
        start_new_log(log)
        process = self._spawner.start(command, log, None)
        try:
            return process.wait()
        finally:
            process.kill()

    def _start_servers(self):
        names = ("embedded",) if self._embedded else settings.SERVERS
        agencies = {name: settings.SERVERS if self._embedded else (name,) for name in names}
        with self._narrator.step("Starting four modules and the gateway"):
            self._launch([Server(name, self._program(name), self.place.log / f"{name}.log",
                                 agencies[name]) for name in names])
            self._launch([Server(twin, self._program(name, twin), self.place.log / f"{twin}.log",
                                 (name,)) for twin, name in self._twins.items()])
        self._publish()

    def _program(self, name, config=None):
        return [self._program_file(name), "--config", settings.path(self.place, config or name)]

    def _program_file(self, name):
        return self.build / f"bin/puente-{name}"

    def _launch(self, hosts):
        """Starts them together and waits for all."""
        for host in hosts:
            start_new_log(host.log)
            with self._lock:
                self._hosts[host.name] = host
                host.start(self._spawner, self._events)
                self._record()
        for host in hosts:
            self._wait_first_start(host)

    def _wait_first_start(self, host):
        """One that dies in its first start has a reason that a restart would not cure."""
        until = time.monotonic() + READY_LIMIT
        with self._lock:
            while not host.ready:
                if not host.alive() or not self._changed.wait(until - time.monotonic()):
                    raise Problem(f"{host.name} does not start:\n{host.last_words()}",
                                  f"see {host.log}; `./dev run --fresh` starts over "
                                  "without the data")

    # What others read.

    def _record(self):
        """For the next run, should this one be cut short."""
        running = {name: {"pid": host.process.pid, "identity": host.identity}
                   for name, host in self._hosts.items() if host.alive()}
        self.place.write_json(self.place.record, {"processes": running,
                                                  "socket_folder": self._socket_folder})

    def _publish(self):
        with self._lock:
            servers, twins = {}, {}
            for host in self._hosts.values():
                (twins if host.name in self._twins else servers).update(
                    getattr(host, "addresses", {}))
            self.info = {
                "gateway": servers["gateway"],
                "sdmx": self.sdmx,
                "modules": {agency: servers[agency] for agency in certificates.AGENCIES},
                **({"twins": twins} if twins else {}),
                "database": self._database_info(),
                "pids": {name: host.process.pid for name, host in self._hosts.items()},
                "hosting": "embedded" if self._embedded else "own_process",
                "callers": {path: certificates.files(self._folder, path)
                            for path in certificates.CALLERS},
                "actors": registry.actors(),
            }
            self.place.write_json(self.place.info, self.info)

    def _database_info(self):
        """Where it is ("" for a socket where it has none), and the passwords of its users; the
        administrator's if it is ours."""
        files = {known["user"]: known["password_file"] for known in self._databases.values()}
        if self._named is None:
            files["root"] = database.password_file(self.place, "root")
        return {"socket": self._databases["labor"].get("socket", ""),
                "password_files": {user: str(file) for user, file in files.items()}}

    # Watching.

    def _watch(self):
        # (time, what is to be done then, which returns more of these)
        due = [(time.monotonic() + _RENEW_EVERY, self._renew)]
        while True:
            wait = max(0.0, min(at for at, _ in due) - time.monotonic()) if due else None
            try:
                event = self._events.get(timeout=wait)
            except queue.Empty:
                event = None
            if event is not None and event[0] == "end":
                return
            with self._lock:
                due += self._handle(event) if event else []
                now = time.monotonic()
                ready = [act for at, act in due if at <= now]
                due = [entry for entry in due if entry[0] > now]
                for act in ready:
                    due += act()
                self._changed.notify_all()

    def _handle(self, event):
        kind, host, process = event
        if process is not host.process:
            return []  # of one that has been replaced
        if kind == "ready":
            host.ready = True
            if self.info is None:
                return []
            later = self._tell()
            self._narrator.say(f"{host.name} is back (process {process.pid}).")
            return later
        host.ready = False
        if not host.wanted or self.info is None:
            return []
        wait = host.backoff.after(time.monotonic() - host.started)
        how = _how_it_ended(process.returncode)
        if not self._restart:
            self._narrator.say(f"{host.name} {how}; it stays down.")
            return []
        self._narrator.say(f"{host.name} {how}; starting it again in {wait:g} s (see {host.log}).")
        return [(time.monotonic() + wait, lambda: self._start_again(host))]

    def _renew(self):
        """Certificates before they end: what others read names no generation of them, and servers
        take up files that were replaced."""
        try:
            if certificates.ensure(self.place)[1]:
                self._narrator.say("All certificates were renewed, the authority's too.")
        except (OSError, Problem) as error:
            self._narrator.say(f"The certificates could not be renewed: {error}")
        return [(time.monotonic() + _RENEW_EVERY, self._renew)]

    def _tell(self):
        """Writes what others read, later if the disk is full: supervising goes on."""
        try:
            self._record()
            self._publish()
        except Problem as problem:
            if self._telling_later:
                return []
            self._narrator.say(f"{self.place.info} is out of date; writing it again in "
                               f"{_WRITE_AGAIN:g} s: {problem}")
            self._telling_later = True
            return [(time.monotonic() + _WRITE_AGAIN, self._tell_again)]
        return []

    def _tell_again(self):
        self._telling_later = False
        return self._tell()

    def _start_again(self, host):
        """Its program may be about to be linked anew, or the disk full: tried until it starts."""
        if not host.wanted or host.alive():
            return []
        try:
            host.start(self._spawner, self._events)
        except (OSError, Problem) as error:
            wait = host.backoff.after(0.0)
            self._narrator.say(f"{host.name} cannot be started; trying again in {wait:g} s: {error}")
            return [(time.monotonic() + wait, lambda: self._start_again(host))]
        return []

    # End.

    def _stop_leftovers(self):
        record = self.place.read_record()
        for name, process in record.get("processes", {}).items():
            patience = DATABASE_STOP_LIMIT if name == "mariadb" else 0.0
            if stop_leftover(process["pid"], process["identity"], patience):
                self._narrator.say(f"  Stopped {name}, left over from a run that was cut short.")
        if record.get("socket_folder"):
            shutil.rmtree(record["socket_folder"], ignore_errors=True)
        self._forget()

    def _end(self, hosts, limit):
        for host in hosts:
            host.end()
        until = time.monotonic() + limit
        for host in hosts:
            try:
                if host.process is not None:
                    host.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._narrator.say(f"  {host.name} did not stop in {limit:g} s; killing it.")
                host.signal(signal.SIGKILL)
                host.process.wait()

    def _close(self):
        if self._watcher is not None:
            self._events.put(("end",))
            self._watcher.join()
            self._spawner.close()
            self._watcher = None
        for port in self._reserved:
            port.release()
        if self._socket_folder is not None:
            shutil.rmtree(self._socket_folder, ignore_errors=True)
        self._hosts, self._reserved, self._socket_folder, self.info = {}, [], None, None
        self._forget()
        self.place.close()

    def _forget(self):
        for path in (self.place.info, self.place.record):
            path.unlink(missing_ok=True)


def _how_it_ended(code):
    if code < 0:
        return f"died of {signal.Signals(-code).name}"
    return f"ended with status {code}"
