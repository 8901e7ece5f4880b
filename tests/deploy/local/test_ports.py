import socket
import unittest

from deploy.local import ports
from deploy.local.problem import Problem


class PortsTest(unittest.TestCase):
    def reserve(self, make=ports.reserve_free):
        reserved = make()
        self.addCleanup(reserved.release)
        return reserved

    def listen(self, port):
        """As gRPC does it."""
        server = socket.socket()
        self.addCleanup(server.close)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", port))
        server.listen()
        return server

    def test_a_server_can_take_a_reserved_port_again_and_again(self):
        reserved = self.reserve()
        self.listen(reserved.port).close()
        self.listen(reserved.port)

    def test_nobody_else_gets_a_reserved_port(self):
        reserved = self.reserve()
        with socket.socket() as other, self.assertRaises(OSError):
            other.bind(("127.0.0.1", reserved.port))

    def test_a_port_in_use_is_refused_with_a_remedy(self):
        reserved = self.reserve()
        self.listen(reserved.port)
        with self.assertRaisesRegex(Problem, f"Port {reserved.port} .* in use"):
            ports.reserve(reserved.port)

    def test_a_free_port_can_be_fixed(self):
        free = ports.reserve_free()
        free.release()
        self.assertEqual(self.reserve(lambda: ports.reserve(free.port)).port, free.port)


if __name__ == "__main__":
    unittest.main()
