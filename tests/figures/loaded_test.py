"""The system's figures of the real file against those that figures.py computes apart, for the
country and every state. Run by with_federation.py; skipped where the file is absent
(docs/example-files.md)."""

import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/conformance"))

from federation import Service  # noqa: E402

FILE = (Path(os.environ.get("PUENTE_EXAMPLES") or ROOT.parent / "shared/data")
        / "mexico-vacancies-2020.csv")
CLI = Path(os.environ["PUENTE_BUILD"]) / "bin/puente"
ROWS = 10_173
NATIONAL = {"wage": (3279, 6894, 0), "contract": (8730, 1395, 48), "hours": (2699, 7474, 0),
            "rest": (8140, 2033, 0), "verdict": (647, 9522, 4)}
ZONES = {1: "general", 2: "border"}
STATES = [f"{code:02}" for code in range(1, 33)]


def run(*command):
    """What the command-line client answers."""
    done = subprocess.run(
        [CLI, "--federation", os.environ["PUENTE_FEDERATION"], "--format", "json", *command],
        capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def load():
    """The summary of a load by the portal, whose source and kind the registry knows."""
    return run("labor", "load-vacancies", FILE)


def day(date):
    return f"{date.year:04}-{date.month:02}-{date.day:02}"


def pesos(money):
    """With two decimals, as figures.py; a half centavo would be an error here."""
    assert money.currency_code == "MXN" and money.nanos % 10_000_000 == 0, money
    return f"{money.units}.{money.nanos // 10_000_000:02}"


def told(found):
    """What the system says, in the form of figures.py."""
    quality = {name: {outcome: getattr(getattr(found.quality, name), outcome)
                      for outcome in ("passed", "failed", "unknown")} for name in NATIONAL}
    return {"vacancy_count": found.vacancy_count, "first_offer_date": day(found.first_offer_date),
            "last_offer_date": day(found.last_offer_date),
            "median_monthly_wage": pesos(found.median_monthly_wage),
            "asking_english_count": found.asking_english_count,
            "language_count": found.language_count, "hours_count": found.hours_count,
            "offer_months": [day(month)[:7] for month in found.offer_months],
            "wage_zones": sorted(ZONES[zone] for zone in found.wage_zones),
            "hours_suspect_count": found.hours_suspect_count, "quality": quality}


@unittest.skipUnless(FILE.is_file(), f"{FILE} is absent (docs/example-files.md)")
class RealFile(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        computed = subprocess.run(
            [sys.executable, str(ROOT / "tests/figures/figures.py"), str(FILE)],
            capture_output=True, text=True, check=True)
        cls.expected = json.loads(computed.stdout)
        cls.statistics = Service("puente.labor.v1.VacancyStatisticsService", "council/cce")
        run("count", "labor", "vacancies", "--kind", "real")
        cls.first = load()
        cls.token = cls.first["freshnessToken"]

    def figures(self, *states, token=None):
        return self.statistics.GetVacancyStatistics(state_codes=states,
                                                    at_least=token or self.token)

    def test_every_row_loads(self):
        self.assertEqual(int(self.first["readCount"]), ROWS)
        self.assertEqual(int(self.first["loadedCount"]), ROWS)
        self.assertFalse(int(self.first.get("rejectedCount", 0)))
        self.assertFalse(self.first.get("truncated", False))

    def test_every_row_is_exported_once(self):
        """By `call`, which prints each message of a stream as JSON."""
        done = subprocess.run(
            [CLI, "--federation", os.environ["PUENTE_FEDERATION"], "call",
             "VacancyService/ExportVacancies", json.dumps({"atLeast": self.token})],
            capture_output=True, text=True, check=True)
        names, decoder, rest = [], json.JSONDecoder(), done.stdout
        while rest:
            message, end = decoder.raw_decode(rest)
            names += [vacancy["name"] for vacancy in message.get("vacancies", ())]
            rest = rest[end:].lstrip()
        self.assertEqual(int(message["summary"]["vacancyCount"]), len(names))
        self.assertEqual(len(set(names)), len(names))
        self.assertGreaterEqual(len(names), ROWS)

    def test_the_national_figures_are_those_of_the_rules(self):
        found = self.figures()
        self.assertEqual((found.vacancy_count, found.asking_english_count, found.wage_count),
                         (ROWS, 499, ROWS))
        self.assertEqual(pesos(found.median_monthly_wage), "6000.00")
        for name, expected in NATIONAL.items():
            counts = getattr(found.quality, name)
            self.assertEqual((counts.passed, counts.failed, counts.unknown), expected, name)
        self.assertEqual(told(found), self.expected[""])

    def test_every_state_has_the_figures_computed_apart(self):
        total = 0
        for state in STATES:
            with self.subTest(state=state):
                self.assertEqual(told(self.figures(state)), self.expected[state])
                total += self.expected[state]["vacancy_count"]
        self.assertEqual(total, ROWS)

    def test_their_month_and_source_hold_all_of_them_and_none_is_open(self):
        ask = self.statistics.GetVacancyStatistics
        august = {"first_month": "2020-08", "last_month": "2020-08", "at_least": self.token}
        for state in ("", "05", "15", "26"):
            with self.subTest(state=state):
                states = {"state_codes": [state]} if state else {}
                self.assertEqual(told(ask(**august, **states)), self.expected[state])
                self.assertEqual(told(ask(sources=["portal-del-empleo"], **august, **states)),
                                 self.expected[state])
        self.assertEqual(ask(first_month="2020-09", at_least=self.token).vacancy_count, 0)
        self.assertEqual(ask(sources=["another"], at_least=self.token).vacancy_count, 0)
        found = self.figures()
        self.assertTrue(found.HasField("open_vacancy_count"))
        self.assertEqual((found.open_vacancy_count, found.open_post_count), (0, 0))
        self.assertEqual([term.vacancy_source for term in found.offer_terms],
                         ["portal-del-empleo"])

    def test_all_states_together_are_the_country(self):
        self.assertEqual(told(self.figures(*STATES)), self.expected[""])

    def test_real_and_generated_records_never_enter_one_figure(self):
        found = self.figures()
        self.assertEqual((found.record_kind, list(found.sources)), (1, ["portal-del-empleo"]))
        described = Service("puente.api.v1.ServerService", "auditor/asf", "labor").GetServer()
        count, = [c for c in described.record_counts if c.collection == "vacancies"]
        self.assertGreater(count.generated_count, 0, "the sample is loaded too")
        self.assertEqual(count.count - count.generated_count, ROWS)

    def test_loading_the_file_again_changes_nothing(self):
        before = self.figures()
        again = load()
        self.assertEqual(int(again["unchangedCount"]), ROWS)
        self.assertFalse(int(again.get("loadedCount", 0)))
        self.assertFalse(again.get("freshnessToken"))
        after = self.figures()
        self.assertEqual(told(after), told(before))
        self.assertEqual(after.freshness_token, before.freshness_token)

    def test_the_view_shows_them(self):
        council = Service("puente.gateway.v1.CouncilService", "council/cce")
        self.assertEqual(told(council.GetOverview().employment.statistics), self.expected[""])
        state = council.GetOverview(state="19").employment.statistics
        self.assertEqual(told(state), self.expected["19"])
        sector = council.GetOverview(sector="sectorTables/automotive").employment.statistics
        self.assertEqual((sector.unclassified_count, list(sector.could_not_split)),
                         (ROWS, ["sector"]))
        self.assertFalse(sector.HasField("vacancy_count"))


if __name__ == "__main__":
    unittest.main()
