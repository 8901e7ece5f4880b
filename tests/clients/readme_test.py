#!/usr/bin/python3
"""The README's first queries, as they stand there, answer."""

import os
import re
import shlex
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PUENTE = Path(os.environ.get("PUENTE_BUILD", ROOT / "build")) / "bin/puente"


def commands():
    """Of the first block under "First queries", each on one line."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^## First queries$.*?^```\n(.*?)^```$", text, re.M | re.S).group(1)
    return block.replace("\\\n", " ").splitlines()


class FirstQueries(unittest.TestCase):
    def test_each_answers(self):
        tried = 0
        for command in commands():
            program, *arguments = shlex.split(command)
            self.assertEqual(program, "build/bin/puente")
            with self.subTest(command=command):
                done = subprocess.run([PUENTE, "--federation", os.environ["PUENTE_FEDERATION"],
                                       *arguments], capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue(done.stdout.strip())
                tried += 1
        self.assertGreater(tried, 8)


if __name__ == "__main__":
    unittest.main()
