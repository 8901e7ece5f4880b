"""Who has loaded vacancies with the command-line client finds them in the figures at once."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/conformance"))

from federation import Service, unique  # noqa: E402
from uploads_test import file, row  # noqa: E402

CLI = Path(os.environ["PUENTE_BUILD"]) / "bin/puente"
ROUNDS = 10


class AfterLoad(unittest.TestCase):
    def test_the_figures_contain_it_without_being_told_to_wait(self):
        statistics = Service("puente.labor.v1.VacancyStatisticsService", "council/cce")
        count = statistics.GetVacancyStatistics().vacancy_count
        for number in range(1, ROUNDS + 1):
            loaded = subprocess.run(
                [CLI, "--federation", os.environ["PUENTE_FEDERATION"], "labor", "load-vacancies",
                 "-", "--source", unique("after"), "--record-kind", "generated", "--as",
                 "agency/labor"],
                input=file(*[row(offer=f"prueba {number}")] * 3), capture_output=True, check=False)
            found = statistics.GetVacancyStatistics().vacancy_count
            self.assertEqual(loaded.returncode, 0, loaded.stderr)
            self.assertEqual(found, count + 3 * number)


if __name__ == "__main__":
    unittest.main()
