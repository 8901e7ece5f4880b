"""The sample's bookings: within the hours and seats of the workshop, in a week that has not begun."""

import unittest
from collections import Counter
from datetime import date, timedelta

from data import generate, workshops

HOURS = {name: (seats, opens, closes)
         for name, *_, seats, (opens, closes) in generate.FACILITIES}
TODAY = [date(2026, 11, 30) + timedelta(days=days) for days in range(7)]


def booked(today):
    for school in workshops.BOOKED:
        header, *rows = workshops.booking_rows(school, today)
        for row in rows:
            yield dict(zip(header, row))


class WorkshopsTest(unittest.TestCase):
    def test_they_begin_later_and_end_on_a_friday_at_most(self):
        for today in TODAY:
            for row in booked(today):
                self.assertGreater(row["begin_date"], today)
                self.assertLessEqual(row["begin_date"], row["end_date"])
                self.assertLess(row["end_date"].weekday(), 5)

    def test_the_same_week_has_the_same_rows(self):
        rows = [list(booked(today)) for today in TODAY]
        self.assertTrue(all(one == rows[0] for one in rows))

    def test_seats_are_never_taken_twice(self):
        seats, opens, closes = HOURS[workshops.WORKSHOP]
        taken = Counter()
        for row in booked(TODAY[0]):
            self.assertLessEqual(opens, row["start_minute"])
            self.assertLessEqual(row["end_minute"], closes)
            for day in range((row["end_date"] - row["begin_date"]).days + 1):
                for quarter in range(row["start_minute"], row["end_minute"], 15):
                    taken[row["begin_date"] + timedelta(days=day), quarter] += row["seats"]
        self.assertLessEqual(max(taken.values()), seats)

    def test_a_guest_stays_within_its_hours_a_week(self):
        used = sum((row["end_minute"] - row["start_minute"])
                   * ((row["end_date"] - row["begin_date"]).days + 1)
                   for row in booked(TODAY[0]) if row["booker"].endswith(workshops.GUEST))
        self.assertLessEqual(used, int(workshops.WEEKLY_HOURS) * 60)


if __name__ == "__main__":
    unittest.main()
