"""The sample's dual education: what is claimed of its first day is what the plan and a day can hold."""

import unittest
from datetime import date

from data import dual

DAY = date(2026, 11, 30)
MINUTES_OF_DAY, MINUTES_OF_HOUR = 24 * 60, 60


class DualTest(unittest.TestCase):
    def setUp(self):
        header, *rows = dual.hour_rows(DAY)
        self.rows = [dict(zip(header, row)) for row in rows]
        stated = [word.split(":") for word in dual.PLANNED if word.count(":") == 2]
        self.planned = {int(outcome): int(hours) * MINUTES_OF_HOUR for outcome, hours, _ in stated}

    def confirmed(self, outcome):
        named = set(dual.entries("confirmed"))
        return sum(row["minutes"] for row in self.rows
                   if row["outcome"] == outcome and row["hour_entry_id"] in named)

    def test_a_day_and_the_plan_hold_them(self):
        self.assertLessEqual(sum(row["minutes"] for row in self.rows), MINUTES_OF_DAY)
        for outcome, minutes in self.planned.items():
            self.assertLessEqual(self.confirmed(outcome), minutes)
        self.assertLessEqual({row["outcome"] for row in self.rows}, set(self.planned))

    def test_what_is_achieved_is_confirmed_as_planned(self):
        self.assertEqual(self.confirmed(dual.ACHIEVED), self.planned[dual.ACHIEVED])

    def test_each_answer_is_given_to_some(self):
        for answer in ("confirmed", "disputed", "waits"):
            self.assertTrue(dual.entries(answer), answer)
        self.assertEqual(len({row["hour_entry_id"] for row in self.rows}), len(self.rows))


if __name__ == "__main__":
    unittest.main()
