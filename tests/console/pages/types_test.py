#!/usr/bin/python3
"""The console's pages are held against the contract, which tsc does, and their words for enums against those
of the command line."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "console/pages"
BUILD = Path(os.environ["PUENTE_BUILD"])


class Types(unittest.TestCase):
    def test_pages_are_as_the_contract_is(self):
        with tempfile.TemporaryDirectory(prefix="puente-types-") as folder:
            subprocess.run([sys.executable, "-P", PAGES / "contract.py", BUILD / "puente.binpb",
                            Path(folder, "contract.d.ts")], check=True)
            Path(folder, "tsconfig.json").write_text(json.dumps({
                "extends": str(PAGES / "tsconfig.json"),
                "compilerOptions": {"rootDirs": [str(PAGES / "src"), folder]},
                "include": [str(PAGES / "src"), folder]}), encoding="utf-8")
            done = subprocess.run(["tsc", "-p", folder], check=False, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_layouts_that_are_given_out_can_be_chosen(self):
        said = dict(re.findall(r'profile: "([a-z0-9-]+)",\n    server: "(\w+)"',
                               (PAGES / "src/pages/files.ts").read_text("utf-8")))
        # Labor's files of vacancies have a loader of their own.
        given = {file.stem: file.parts[-3] for file in ROOT.glob("data/*/profiles/*.json") if "labor" not in file.parts}
        self.assertEqual(said, given)

    def test_words_are_those_of_the_command_line(self):
        pages = dict(re.findall(r"^  (\w+): (\[.*\]),$", (PAGES / "src/enums.ts").read_text("utf-8"), re.M))
        said = {}
        for file in sorted((ROOT / "cli").glob("*.cc")):
            for value, english, spanish in re.findall(
                    r'\b([A-Z][A-Z0-9_]+),\s*\{\s*"([^"]*)",\s*"([^"]*)"\s*\}', file.read_text("utf-8")):
                said[value] = [spanish, english]
        both = pages.keys() & said.keys()
        self.assertGreater(len(both), 100)
        for value in sorted(both):
            self.assertEqual(json.loads(pages[value]), said[value], value)


if __name__ == "__main__":
    unittest.main()
