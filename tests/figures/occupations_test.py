"""The command-line client loads O*NET's files as a release of the vocabulary."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/conformance"))

from federation import Service, unique  # noqa: E402
from vocabulary_test import CHIEFS, OCCUPATIONS, TOOLS, WELDERS, file, tool  # noqa: E402

CLI = Path(os.environ["PUENTE_BUILD"]) / "bin/puente"
# docs/example-files.md says where the files come from.
REAL = Path(os.environ.get("PUENTE_EXAMPLES") or ROOT.parent / "shared/data") / "onet"


def load(folder, release, *options, form="json"):
    return subprocess.run(
        [CLI, "--federation", os.environ["PUENTE_FEDERATION"], "--format", form, "--lang", "en",
         "labor", "load-occupations", folder, "--release", release, "--version-label", "test",
         *options], capture_output=True, text=True, check=False)


def answers(text):
    """The JSON documents that follow one another."""
    decoder, found = json.JSONDecoder(), []
    while text := text.strip():
        document, end = decoder.raw_decode(text)
        found.append(document)
        text = text[end:]
    return found


class LoadOccupations(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="puente-onet-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.write(OCCUPATIONS, WELDERS, CHIEFS)
        self.write(TOOLS, tool("51-4121.00", "CAD"))

    def write(self, layout, *rows):
        name = "Occupation Data.txt" if layout == OCCUPATIONS else "Technology Skills.txt"
        (self.folder / name).write_bytes(file(layout, *rows))

    def test_both_files_are_loaded_and_published(self):
        ran = load(self.folder, unique("onet"), "--publish")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        occupations, tools, release = answers(ran.stdout)
        self.assertEqual((occupations["loadedCount"], tools["loadedCount"]), ("2", "1"))
        self.assertEqual(release["state"], "VOCABULARY_RELEASE_STATE_PUBLISHED")
        self.assertIn("CC BY 4.0", release["licence"])

    def test_a_bad_row_keeps_it_a_draft_and_a_right_file_cures_it(self):
        self.write(TOOLS, tool("51-4121.00", "CAD"), tool("99-9999.00", "CAD"))
        release = unique("onet")
        ran = load(self.folder, release, "--publish", form="table")
        self.assertEqual(ran.returncode, 3, ran.stderr)
        self.assertIn("UNKNOWN_OCCUPATION", ran.stdout)
        self.assertIn("NOT PUBLISHED", ran.stderr)
        self.write(TOOLS, tool("51-4121.00", "CAD"))
        ran = load(self.folder, release, "--publish")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        occupations, _, _ = answers(ran.stdout)
        self.assertEqual(occupations["unchangedCount"], "2")

    def test_a_draft_that_states_something_else_is_not_loaded_nor_published(self):
        release = unique("onet")
        self.assertEqual(load(self.folder, release).returncode, 0)
        ran = load(self.folder, release, "--licence", "another", "--publish")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("state the same of: licence", ran.stderr)
        self.assertEqual(load(self.folder, release, "--publish").returncode, 0)

    def test_a_published_release_is_not_loaded_again(self):
        release = unique("onet")
        load(self.folder, release, "--publish")
        ran = load(self.folder, release)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("VOCABULARY_RELEASE_NOT_DRAFT", ran.stderr)

    @unittest.skipUnless(REAL.exists(), f"{REAL} is not there (docs/example-files.md)")
    def test_the_real_files(self):
        release = unique("onet")
        ran = load(REAL, release, "--publish")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        _, _, published = answers(ran.stdout)
        self.assertEqual((published["occupationCount"], published["toolCount"]), ("1016", "32435"))
        users = Service("puente.labor.v1.OccupationToolService", "council/cce").ListOccupationTools(
            parent="vocabularyReleases/" + release, filter='tool = "Microsoft Excel"',
            page_size=1000)
        self.assertEqual(len(users.occupation_tools), 856)


if __name__ == "__main__":
    unittest.main()
