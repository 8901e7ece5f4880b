"""A federation's supervision, with a stand-in for a server."""

import errno
import json
import os
import tempfile
import time
import unittest
from datetime import timedelta
from pathlib import Path
from unittest import mock

from deploy.local import certificates, federation
from deploy.local.federation import Federation
from deploy.local.host import Server

_READY = ('echo \'{"event":"ready","agency":"gateway","address":"127.0.0.1:1",'
          '"admin":"127.0.0.1:2"}\'; exec /bin/sleep 300')


class OneServer(Federation):
    """Supervises nothing but a stand-in for the gateway."""

    def _start_all(self):
        self._spawner = federation.Spawner()
        self._watcher = federation.threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        self._launch([Server("gateway", ["/bin/sh", "-c", _READY], self.place.log / "gateway.log",
                             ("gateway",))])
        self._publish()

    def _publish(self):
        self.info = {"pids": {name: host.process.pid for name, host in self._hosts.items()}}
        self.place.write_json(self.place.info, self.info)


class SupervisionTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.federation = OneServer(Path(folder.name, "var"))
        self.addCleanup(self.federation.stop)
        self.federation.start()

    def published(self):
        return json.loads(self.federation.place.info.read_text(encoding="utf-8"))["pids"]["gateway"]

    def await_true(self, condition):
        until = time.monotonic() + 20
        while not condition():
            self.assertLess(time.monotonic(), until, "it does not come")
            time.sleep(0.01)

    def test_a_full_disk_ends_it_not(self):
        write, full = os.fsync, [True]

        def fsync(file):
            if full[0]:
                raise OSError(errno.ENOSPC, "No space left on device")
            write(file)

        first = self.federation.info["pids"]["gateway"]
        with mock.patch.object(federation, "_WRITE_AGAIN", 0.05), \
                mock.patch("os.fsync", side_effect=fsync) as tried:
            for _ in range(2):  # the second one shows that the first has harmed nothing
                before = self.federation._hosts["gateway"].process.pid
                self.federation.kill("gateway")
                self.await_true(lambda old=before:
                                self.federation._hosts["gateway"].process.pid != old)
                self.federation.wait_ready("gateway")
            self.await_true(lambda: tried.call_count > 2)
            self.assertEqual(self.published(), first)
            full[0] = False
            self.await_true(lambda: self.published() ==
                            self.federation._hosts["gateway"].process.pid)

    def test_certificates_are_renewed_while_it_runs(self):
        self.federation.stop()
        with mock.patch.object(certificates, "LIFETIME", timedelta(days=1)):
            folder, _ = certificates.ensure(self.federation.place)
        ending = folder.resolve()
        with mock.patch.object(federation, "_RENEW_EVERY", 0.01):
            self.federation.start()
            self.await_true(lambda: folder.resolve() != ending)
            self.federation.stop()


if __name__ == "__main__":
    unittest.main()
