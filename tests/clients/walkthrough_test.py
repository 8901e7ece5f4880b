#!/usr/bin/python3
"""docs/walkthrough.md as it stands: each command, in a federation without any record, prints what
stands below it. Days, moments and random ids differ from run to run; all else has to be the same.
With --write it puts what was printed into the document."""

import os
import re
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = True

from deploy.local.federation import Federation  # noqa: E402

DOCUMENT = ROOT / "docs/walkthrough.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
# What differs, and what stands for it in a comparison.
VOLATILE = ((re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "UUID"),
            (re.compile(r"\b[0-9a-f]{6,8}[0-9a-f-]*…"), "UUID"),
            (re.compile(r"^(  code +)[A-HJ-NP-Z2-9]{8}$", re.M), r"\1CODE"),
            (re.compile(r"\b\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d UTC)?( +-?\d+\b(?!-))?"), "DAY"),
            (re.compile(r"^(  [a-z ]+ \d+) +-?\d+$", re.M), r"\1 DAYS"),
            (re.compile(r"<?\b\d+(\.\d+)? m?s\b"), "TIME"))
WAIT = 30  # seconds; a limit


def steps(text):
    """(command, output) of each in a block."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        end = part.index("\n") + 1
        while part[:end].endswith("\\\n") or part[:end].count("'") % 2 == 1:
            end = part.index("\n", end) + 1
        yield part[:end], part[end:]


def same(text):
    for pattern, word in VOLATILE:
        text = pattern.sub(word, text)
    # Columns are as wide as what stands in them.
    return [re.sub(r"[ ─-]+", " ", line).rstrip() for line in text.splitlines()]


class Walkthrough:
    """Runs the document's commands as its reader would, one after the other."""

    def __init__(self, federation):
        self.environment = dict(os.environ, PATH=f"{federation.build / 'bin'}:{os.environ['PATH']}",
                                LANG="C.UTF-8")
        self.folder = Path(federation.place.info).parents[1]

    def run(self, command, expected):
        """What it prints; what waits for another agency is asked again until it is as expected."""
        until = time.monotonic() + WAIT
        while True:
            done = subprocess.run(["bash", "-c", command], env=self.environment, cwd=self.folder,
                                  text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            asks = re.search(r"\b(trace|puente .*(agenda|missing|company learner)|Get\w+)\b", command)
            if not asks or same(done.stdout) == same(expected) or time.monotonic() > until:
                return done.stdout
            time.sleep(0.05)


class Document(unittest.TestCase):
    maxDiff = None

    def test_prints_what_stands_there(self):
        with tempfile.TemporaryDirectory(prefix="puente-walkthrough-") as folder:
            with Federation(Path(folder) / "var", restart=False) as federation:
                walkthrough, tried = Walkthrough(federation), 0
                for block in BLOCK.findall(DOCUMENT.read_text(encoding="utf-8")):
                    for command, expected in steps(block):
                        with self.subTest(command=command):
                            self.assertEqual(same(walkthrough.run(command, expected)), same(expected))
                        tried += 1
                self.assertGreater(tried, 10)


def write():
    with tempfile.TemporaryDirectory(prefix="puente-walkthrough-") as folder:
        with Federation(Path(folder) / "var", restart=False) as federation:
            walkthrough = Walkthrough(federation)

            def printed(match):
                parts = []
                for command, _ in steps(match.group(1)):
                    time.sleep(1.5)  # what others record meanwhile is there
                    parts.append(f"$ {command}{walkthrough.run(command, '')}")
                return "```console\n" + "".join(parts) + "```"
            global WAIT
            WAIT = 1
            text = DOCUMENT.read_text(encoding="utf-8")
            DOCUMENT.write_text(BLOCK.sub(printed, text), encoding="utf-8")


if __name__ == "__main__":
    write() if "--write" in sys.argv else unittest.main()
