"""Dual education of the sample's school and a company of it, who exist nowhere: their agreement, the plan of
one learner who is placed there, and what was learned on its first day. The same day gives the same rows.
"""

import datetime

from data import places

COMPANY, PLAN = places.COMPANY, "muestra-1"
TERM = datetime.timedelta(days=365)
TERMS = ("--hours", "40", "--insured-by", "imss", "--policy", "MUESTRA-0001", "--support", "2500")
# Of the plan: hours a week, who goes along, and of each outcome its hours and where it is learned.
PLANNED = ("--hours", "30", "--tutor", "officer-1", "--instructor", "instructor-1",
           "--outcome", "1:60:company", "--outcome", "2:4:company")
# What the school claims of the first day: outcome, minutes, and what the company says to it.
CLAIMED = [(1, 120, "confirmed"), (2, 240, "confirmed"), (1, 90, "disputed"), (1, 45, "waits")]
ACHIEVED = 2  # the outcome all of whose hours are confirmed


def entry_id(number):
    return f"{PLAN}-{number}"


def entries(answer):
    """Ids of what the company answers so."""
    return [entry_id(number) for number, (_, _, said) in enumerate(CLAIMED) if said == answer]


def hour_rows(day):
    yield ("dual_plan", "hour_entry_id", "company", "work_date", "outcome", "minutes")
    for number, (outcome, minutes, _) in enumerate(CLAIMED):
        yield (PLAN, entry_id(number), f"companies/{COMPANY}", day, outcome, minutes)
