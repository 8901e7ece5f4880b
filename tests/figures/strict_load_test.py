"""The command-line client loads a file strictly: all of what it checked, or nothing."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/conformance"))

from federation import unique  # noqa: E402
from uploads_test import file, row  # noqa: E402

CLI = Path(os.environ["PUENTE_BUILD"]) / "bin/puente"
MANY = 150_000  # rows: some 25 MB, of which the pipes between client and server hold a small part
LIMIT = 60  # seconds for what should come at once


@contextlib.contextmanager
def ended_if_this_fails(process):
    """Otherwise whoever waits for a process that was stopped waits for ever."""
    try:
        yield
    except BaseException:
        process.kill()
        raise


class StrictLoad(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="puente-strict-")
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "file.csv"
        self.source = unique("strict")

    def command(self, *options, path=None):
        return [CLI, "--federation", os.environ["PUENTE_FEDERATION"], "--format", "json", "--lang",
                "en", "labor", "load-vacancies", path or self.path, "--source", self.source,
                "--record-kind", "generated", "--as", "agency/labor", *options]

    def load(self, *options, **more):
        ran = subprocess.run(self.command(*options), capture_output=True, text=True, check=False,
                             **more)
        return ran.returncode, json.loads(ran.stdout) if ran.stdout else {}, ran.stderr

    def stored(self):
        """How many rows of the file are."""
        return int(self.load("--check")[1].get("unchangedCount", 0))

    def test_good_rows_are_all_loaded(self):
        self.path.write_bytes(file(*(row(f"puesto {n}") for n in range(1500))))
        code, answer, said = self.load("--strict")
        self.assertEqual((code, answer.get("loadedCount")), (0, "1500"), said)
        self.assertTrue(answer["freshnessToken"])

    def test_one_bad_row_and_nothing_is_stored(self):
        self.path.write_bytes(file(*(row(f"puesto {n}") for n in range(1500)), row(salary="x")))
        code, answer, said = self.load("--strict")
        self.assertEqual((code, answer["rejectedCount"]), (3, "1"), said)
        self.assertEqual(answer["errors"][0]["line"], "1502")
        self.assertNotIn("freshnessToken", answer)
        self.assertEqual(self.stored(), 0)

    def test_a_pipe_is_refused(self):
        ran = subprocess.run(self.command("--strict", path="-"), input=file(row()),
                             capture_output=True, check=False)
        self.assertEqual(ran.returncode, 2)
        self.assertIn(b"can be read only once", ran.stderr)

    def test_a_file_that_changes_between_the_passes_is_not_loaded(self):
        self.path.write_bytes(file(*(row(f"puesto {n}") for n in range(MANY))))
        with subprocess.Popen(self.command("--strict"), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as client:
            with ended_if_this_fails(client):
                position = self.stop_inside(client)
                self.assertLess(position, self.path.stat().st_size // 2)
                with open(self.path, "r+b") as opened:  # in place, what has been read already
                    opened.seek(self.path.read_bytes().index(b"puesto 0,"))
                    opened.write(b"puesta 0,")
                client.send_signal(signal.SIGCONT)
                _, said = client.communicate(timeout=LIMIT)
        self.assertEqual(client.returncode, 1)
        self.assertIn("changed since the check", said)
        self.assertIn("0 rows were stored", said)
        self.assertEqual(self.stored(), 0)

    def stop_inside(self, client):
        """Stops the client when it has read something of the file; returns how much."""
        end = time.monotonic() + LIMIT
        while not self.position(client):
            self.assertIsNone(client.poll())
            self.assertLess(time.monotonic(), end, "it never read the file")
        client.send_signal(signal.SIGSTOP)
        return self.position(client)

    def position(self, client):
        """How far the client's descriptor of the file is, 0 while it has none."""
        for link in Path(f"/proc/{client.pid}/fd").iterdir():
            try:
                if os.readlink(link) == str(self.path):
                    info = Path(f"/proc/{client.pid}/fdinfo/{link.name}").read_text()
                    return int(info.split()[1])
            except FileNotFoundError:
                pass  # closed meanwhile
        return 0


if __name__ == "__main__":
    unittest.main()
