"""Who uses the workshops of the sample's school, all of which exist nowhere: another school by an agreement,
and both for a week of bookings, as files for the loader. The same week gives the same rows.
"""

import datetime

from data import learners

HOST, GUEST, WORKSHOP = learners.SCHOOL, "cecati-norte-muestra", "taller-soldadura-muestra"
TERM, WEEKLY_HOURS = datetime.timedelta(days=180), "6"
# A company's, which it offers to the school, and which waits for an answer.
OFFERER, OFFERED = "acme", "celda-robotica-muestra"
# Of each school: days from Monday, first and last, minutes of the day, seats, what for.
BOOKED = {HOST: [(0, 4, 480, 600, 12, "COURSE"), (1, 1, 720, 840, 8, "PRACTICE"),
                 (4, 4, 900, 1020, 10, "ASSESSMENT")],
          GUEST: [(2, 2, 900, 1080, 6, "PRACTICE")]}


def next_monday(today):
    return today + datetime.timedelta(days=7 - today.weekday())


def booking_rows(school, today):
    yield ("facility_booking_id", "facility", "booker", "begin_date", "end_date", "start_minute",
           "end_minute", "seats", "purpose", "microcredential_version")
    monday = next_monday(today)
    for first, last, start, end, seats, purpose in BOOKED[school]:
        yield ("", f"facilities/{WORKSHOP}", f"organization/{school}",
               monday + datetime.timedelta(days=first), monday + datetime.timedelta(days=last),
               start, end, seats, purpose, "")
