import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from deploy.local.processes import Spawner, identity, stop_leftover

_PARENT = """
import sys, time
from deploy.local.processes import Spawner
spawner = Spawner()
child = spawner.start(["/bin/sleep", "300"], "/dev/null", None)
print(child.pid, flush=True)
time.sleep(60)
"""


def gone(pid, limit=10.0):
    until = time.monotonic() + limit
    while identity(pid) is not None and time.monotonic() < until:
        time.sleep(0.01)
    return identity(pid) is None


class ProcessesTest(unittest.TestCase):
    def sleeper(self):
        process = subprocess.Popen(["/bin/sleep", "300"])
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def test_children_die_with_a_killed_parent(self):
        parent = subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE,
                                  text=True)
        self.addCleanup(parent.stdout.close)
        self.addCleanup(parent.wait)
        self.addCleanup(parent.kill)
        child = int(parent.stdout.readline())
        self.assertIsNotNone(identity(child))
        parent.kill()
        parent.wait()
        self.assertTrue(gone(child))

    def test_children_die_with_their_spawner(self):
        spawner = Spawner()
        with tempfile.TemporaryDirectory() as folder:
            child = spawner.start(["/bin/sleep", "300"], Path(folder, "log"), None)
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        spawner.close()
        self.assertEqual(child.wait(timeout=10), -signal.SIGKILL)

    def test_a_leftover_is_stopped(self):
        process = self.sleeper()
        self.assertTrue(stop_leftover(process.pid, identity(process.pid), patience=5.0))
        self.assertEqual(process.wait(), -signal.SIGTERM)

    def test_a_suspended_leftover_is_stopped(self):
        process = self.sleeper()
        os.kill(process.pid, signal.SIGSTOP)
        self.assertTrue(stop_leftover(process.pid, identity(process.pid), patience=5.0))

    def test_another_process_with_the_same_number_is_left_alone(self):
        process = self.sleeper()
        self.assertFalse(stop_leftover(process.pid, "another-boot/1", patience=0.0))
        self.assertIsNone(process.poll())


if __name__ == "__main__":
    unittest.main()
