import os
import stat
import tempfile
import unittest
from pathlib import Path

from deploy.local.place import Place
from deploy.local.problem import Problem


class PlaceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name, "var")

    def open(self):
        place = Place(self.root)
        place.open()
        self.addCleanup(place.close)
        return place

    def test_is_private(self):
        self.open()
        self.assertEqual(stat.S_IMODE(self.root.stat().st_mode), 0o700)

    def test_second_run_is_refused_and_told_which_process_has_it(self):
        self.open()
        with self.assertRaisesRegex(Problem, f"already running .*process {os.getpid()}"):
            Place(self.root).open()

    def test_lock_ends_with_its_holder(self):
        self.open().close()
        self.open()

    def test_a_folder_of_somebody_else_is_left_alone(self):
        self.root.mkdir()
        (self.root / "thesis.txt").write_text("mine")
        with self.assertRaisesRegex(Problem, "holds something else"):
            Place(self.root).open()
        self.assertEqual(os.listdir(self.root), ["thesis.txt"])

    def test_a_folder_that_cannot_be_written_is_a_problem_with_a_remedy(self):
        with self.assertRaisesRegex(Problem, "--var DIR"):
            Place("/proc/nothing-can-be-made-here").open()

    def test_clear_removes_only_what_was_made_here(self):
        place = self.open()
        (place.root / "note").write_text("mine")
        (place.secrets / "puente_labor").write_text("secret")
        place.write_json(place.info, {})
        place.clear()
        self.assertEqual(sorted(os.listdir(place.root)),
                         ["config", "lock", "log", "note", "secrets", "tmp"])
        self.assertEqual(os.listdir(place.secrets), [])

    def test_write_replaces_the_whole_file(self):
        place = self.open()
        place.write(place.info, "a longer text")
        place.write(place.info, "short")
        self.assertEqual(place.info.read_text(), "short")
        self.assertEqual(stat.S_IMODE(place.info.stat().st_mode), 0o600)

    def test_an_illegible_record_counts_as_none(self):
        place = self.open()
        self.assertEqual(place.read_record(), {})
        place.record.write_text('{"processes": {"la')
        self.assertEqual(place.read_record(), {})


if __name__ == "__main__":
    unittest.main()
