#!/usr/bin/python3
"""Runs commands against a federation:
with_federation.py [--bare] [--embedded] COMMAND... [--then COMMAND...]

All of them run, one after the other. They find addresses and certificates in the file that
PUENTE_FEDERATION names. If that is set already, it is this federation that is used, as it is;
otherwise a private one is started in a folder of its own, with the bundled data unless --bare, in
one process with --embedded, and stopped afterwards. PUENTE_BUILD names the build whose binaries are used,
PUENTE_TEST_MYSQL a database server, where it is not to be a private MariaDB (bazel-free-build.md).

The command `--down NAME` kills a server of a private federation, which stays dead; those that come
after find its name in PUENTE_DOWN.
"""

import itertools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
sys.dont_write_bytecode = True

from clients import packages  # noqa: E402
from deploy.local.federation import Federation  # noqa: E402
from deploy.local.problem import Problem  # noqa: E402


def main(arguments):
    flags = set(itertools.takewhile({"--bare", "--embedded"}.__contains__, arguments))
    commands = split(arguments[len(flags):])
    packages.ensure()
    if os.environ.get("PUENTE_FEDERATION"):
        return run_all(commands, os.environ, lambda name: None)
    with tempfile.TemporaryDirectory(prefix="puente-test-") as var:
        try:
            with Federation(var, restart=False, embedded="--embedded" in flags,
                            database_server=os.environ.get("PUENTE_TEST_MYSQL")) as federation:
                return run(federation, "--bare" in flags, commands)
        except Problem as problem:
            print(problem, file=sys.stderr)
            return 1


def split(arguments):
    commands = [[]]
    for argument in arguments:
        if argument == "--then":
            commands.append([])
        else:
            commands[-1].append(argument)
    return commands


def run_all(commands, env, kill):
    """0 if all of them ended with 0."""
    env, failed = dict(env), False
    for command in commands:
        if command[0] == "--down":
            env["PUENTE_DOWN"] = kill(command[1]) or ""
        else:
            failed |= subprocess.run(command, env=env, check=False).returncode != 0
    return int(failed)


def run(federation, bare, commands):
    if not bare:
        loaded = federation.cli("load-data", ROOT / "data", capture_output=True, text=True)
        if loaded.returncode != 0:
            print(f"load-data failed:\n{loaded.stdout}{loaded.stderr}", file=sys.stderr)
            return 1
    def kill(name):
        federation.kill(name)
        return name

    env = dict(os.environ, PUENTE_FEDERATION=str(federation.place.info))
    status = run_all(commands, env, kill)
    if status != 0 and os.environ.get("PUENTE_SHOW_LOGS"):
        for log in sorted(federation.place.log.glob("*.log")):
            print(f"--- {log.name}\n{log.read_text()[-3000:]}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
