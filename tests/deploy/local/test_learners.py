"""The sample's learners: nobody that there is, the same each time, and enough of each stage."""

import re
import unittest
from collections import Counter
from datetime import date

from data import learners

CURP = re.compile(r"XXX[A-Z]\d{6}[HM]NE[B-DF-HJ-NP-TV-Z]{3}[9Z]\d")
COUNT = 2000


class LearnersTest(unittest.TestCase):
    def test_no_two_have_one_curp_and_each_says_that_it_is_made_up(self):
        curps = [learners.curp(number) for number in range(COUNT)]
        self.assertEqual(len(set(curps)), COUNT)
        for text in curps:
            self.assertRegex(text, CURP)

    def test_same_rows_again(self):
        for rows in (learners.learner_rows, lambda count: learners.enrolment_rows(
                [str(number) for number in range(count)], ["m/1", "m/2"])):
            self.assertEqual(list(rows(COUNT)), list(rows(COUNT)))

    def test_ten_of_each_stage_of_a_hundred(self):
        stages = Counter(learners.stage(number) for number in range(100))
        self.assertEqual(set(stages), {"awarded", "passed", "assessed", "enrolled"})
        self.assertGreaterEqual(min(stages.values()), 10)

    def test_days_are_in_order_and_past(self):
        enrolments = list(learners.enrolment_rows([str(number) for number in range(100)], ["m/1"]))
        begun = {row[0]: row[4] for row in enrolments[1:]}
        for row in list(learners.assessment_rows([str(number) for number in range(100)]))[1:]:
            self.assertLess(begun[row[0]], row[2])
            self.assertLess(row[2], date(2026, 9, 1))


if __name__ == "__main__":
    unittest.main()
