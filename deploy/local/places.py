"""Loads the sample's training places as their companies' ministry would, and has the sample's school place
learners there, of whom the company confirms some."""

from data import learners, places as sample
from deploy.local import commands, rows

_AS_MINISTRY = ("--as", "agency/economy", "--lang", "en", "--record-kind", "generated",
                "--source", "puente-sample")
_AS_SCHOOL = ("--as", f"organization/{learners.SCHOOL}", "--lang", "en")
_AS_COMPANY = ("--as", f"company/{sample.COMPANY}", "--lang", "en")


def load(federation, may_be_placed, today):
    """`may_be_placed`: names of learners."""
    for company in sample.OFFERS:
        rows.load(federation, "economy", "training-places", f"companies/{company}",
                  sample.offer_rows(company, today), *_AS_MINISTRY)
    school = commands.Party(federation, "school", _AS_SCHOOL)
    if school.listed("placeReservations", "reservations"):  # by an earlier run
        return
    for learner, place, first, last in sample.placements(may_be_placed, today):
        school.run("place", place, learner, "--from", first, "--until", last)
    company = commands.Party(federation, "company", _AS_COMPANY)
    for reservation in company.listed("placeReservations", "reservations")[:sample.CONFIRMED]:
        company.run("confirm", reservation["name"])
