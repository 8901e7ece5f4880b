"""Loopback ports that stay ours, also while the server on them is down."""

import errno
import random
import socket
from pathlib import Path

from deploy.local.problem import Problem

_LOWEST = 15000
_TRIES = 200


class Reservation:
    """A port held by a socket that is bound and does not listen.

    A server that sets SO_REUSEADDR, as gRPC does, binds beside it. Nobody who asks for a free
    port gets it, so a server that was killed comes back on the same one.
    """

    def __init__(self, sock):
        self._socket = sock
        self.port = sock.getsockname()[1]

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def release(self):
        self._socket.close()


def reserve_free():
    """Below the range from which the kernel takes ports for outgoing connections."""
    for _ in range(_TRIES):
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            # Without SO_REUSEADDR here: two reservations must not share a port.
            sock.bind(("127.0.0.1", random.randrange(_LOWEST, _first_ephemeral())))
        except OSError:
            sock.close()
            continue
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return Reservation(sock)
    raise Problem("No free port was found on 127.0.0.1.", "see what holds them with `ss -ltn`")


def reserve(port):
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # A server that stopped a moment ago leaves connections in TIME_WAIT, which are no obstacle.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(("127.0.0.1", port))
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            raise Problem(f"Port {port} on 127.0.0.1 is in use.",
                          f"see by whom with `ss -ltnp 'sport = :{port}'`, take another one, "
                          "or leave --port out and get a free one") from error
        raise Problem(f"Port {port} on 127.0.0.1 cannot be used: {error.strerror}.",
                      "take one from 1024 to 65535, or leave --port out and get a free one"
                      ) from error
    return Reservation(sock)


def _first_ephemeral():
    try:
        first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    except (OSError, ValueError):
        first = 32768
    return first if first > _LOWEST + 1000 else 65536
