"""A private federation for tests that kill, and clients that come back quickly."""

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

RECONNECT = (("grpc.initial_reconnect_backoff_ms", 50), ("grpc.min_reconnect_backoff_ms", 50),
             ("grpc.max_reconnect_backoff_ms", 200), ("grpc.use_local_subchannel_pool", 1))


@contextmanager
def running(data=True):
    """A federation without restarts, with the bundled data."""
    with tempfile.TemporaryDirectory(prefix="puente-faults-") as var:
        with Federation(var, restart=False) as federation:
            if data:
                loaded = federation.cli("load-data", ROOT / "data", capture_output=True, text=True)
                assert loaded.returncode == 0, loaded.stdout + loaded.stderr
            yield federation


def open_channel(federation, server, caller):
    files = federation.info["callers"][caller]
    ca, key, certificate = (Path(files[name]).read_bytes() for name in ("ca", "key", "certificate"))
    places = {"gateway": federation.info["gateway"], **federation.info["modules"]}
    return grpc.secure_channel(places[server]["address"],
                               grpc.ssl_channel_credentials(ca, key, certificate), RECONNECT)


def module_of(name):
    """Generated code: module_of("puente/labor/v1/skill_pb2_grpc")."""
    return import_module(name.replace("/", "."))
