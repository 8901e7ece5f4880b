"""A private federation for tests that kill, and clients that come back quickly."""

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/conformance")]
sys.dont_write_bytecode = True

from clients import packages  # noqa: E402

packages.ensure()

import contract  # noqa: E402,F401  generates what stub() imports
import grpc  # noqa: E402
from deploy.local.federation import Federation  # noqa: E402

# They try again soon. The one called "min" is how long an attempt may take, handshake and all, which
# on a busy machine with sanitizers is long.
RECONNECT = (("grpc.initial_reconnect_backoff_ms", 50), ("grpc.min_reconnect_backoff_ms", 10_000),
             ("grpc.max_reconnect_backoff_ms", 200), ("grpc.use_local_subchannel_pool", 1))


@contextmanager
def running(data=True, var=None, embedded=False, twins=()):
    """A federation without restarts, with the bundled data; in `var`, or a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="puente-faults-") as folder:
        with Federation(var or folder, restart=False, embedded=embedded,
                        twins=twins) as federation:
            if data:
                loaded = federation.cli("load-data", ROOT / "data", capture_output=True, text=True)
                assert loaded.returncode == 0, loaded.stdout + loaded.stderr
            yield federation


def open_channel(federation, server, caller):
    """`server`: "gateway", an agency, or the second process of one, "economy-2"."""
    files = federation.info["callers"][caller]
    ca, key, certificate = (Path(files[name]).read_bytes() for name in ("ca", "key", "certificate"))
    places = {"gateway": federation.info["gateway"], **federation.info["modules"],
              **{f"{name}-2": twin for name, twin in federation.info.get("twins", {}).items()}}
    return grpc.secure_channel(places[server]["address"],
                               grpc.ssl_channel_credentials(ca, key, certificate), RECONNECT)


def sql(federation, statement, schema="puente_labor"):
    """What the database itself says, asked as its administrator: the fields of all rows."""
    database = federation.info["database"]
    password = Path(database["password_files"]["root"]).read_text(encoding="utf-8").strip()
    done = subprocess.run(
        ["mariadb", "--no-defaults", "--socket", database["socket"], "-uroot", "-N", "-B", "-e",
         statement, schema],
        env=dict(os.environ, MYSQL_PWD=password), capture_output=True, text=True, check=True)
    return done.stdout.split()


class Held:
    """What a transaction holds that nobody ends, until it is let go."""

    def __init__(self, federation, schema, statements, said):
        database = federation.info["database"]
        password = Path(database["password_files"]["root"]).read_text(encoding="utf-8").strip()
        self.client = subprocess.Popen(
            ["mariadb", "--no-defaults", "--socket", database["socket"], "-uroot", "-N", "-B", "-n",
             schema], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=dict(os.environ, MYSQL_PWD=password))
        self.client.stdin.write(f"{statements} SELECT 'held';\n")
        self.client.stdin.flush()
        answers = [self.client.stdout.readline().strip()]
        while answers[-1] not in ("held", ""):
            answers.append(self.client.stdout.readline().strip())
        assert answers == [*said, "held"], (statements, answers)

    def release(self):
        self.client.kill()
        self.client.communicate()


class Lock(Held):
    """A row that nobody else may write."""

    def __init__(self, federation, schema, table, rows):
        # Read committed locks the row alone, and no gap beside it.
        super().__init__(federation, schema,
                         "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; BEGIN;"
                         f" SELECT 'there' FROM {table} WHERE {rows} FOR UPDATE;", ["there"])


class Closed(Held):
    """A table into which nobody else may write a row."""

    def __init__(self, federation, schema, table):
        super().__init__(federation, schema,
                         "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; BEGIN;"
                         f" SELECT COUNT(*) >= 0 FROM {table} FOR UPDATE;", ["1"])


class Uncommitted(Held):
    """A row, by its columns, in whose place nobody else may write one."""

    def __init__(self, federation, schema, table, row):
        values = ", ".join(f"'{value}'" for value in row.values())
        super().__init__(federation, schema,
                         f"BEGIN; INSERT INTO {table} ({', '.join(row)}) VALUES ({values});", [])


def reason_of(error):
    """The reason of a refused call; "" where the server could not give one."""
    from google.rpc import error_details_pb2, status_pb2
    raw = dict(error.trailing_metadata() or ()).get("grpc-status-details-bin", b"")
    for detail in status_pb2.Status.FromString(raw).details:
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            return info.reason
    return ""


def module_of(name):
    """Generated code: module_of("puente/labor/v1/skill_pb2_grpc")."""
    return import_module(name.replace("/", "."))
