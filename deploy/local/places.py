"""Loads the sample's training places as their companies' ministry would, and has the sample's school place
learners there, of whom the company confirms some."""

import json
import subprocess
import zoneinfo
from datetime import datetime

from data import learners, places as sample
from deploy.local import rows
from deploy.local.problem import Problem

_AS_MINISTRY = ("--as", "agency/economy", "--lang", "en", "--record-kind", "generated",
                "--source", "puente-sample")
_AS_SCHOOL = ("--as", f"organization/{learners.SCHOOL}", "--lang", "en")
_AS_COMPANY = ("--as", f"company/{sample.COMPANY}", "--lang", "en")


def load(federation, may_be_placed):
    """`may_be_placed`: names of learners."""
    today = datetime.now(zoneinfo.ZoneInfo("America/Mexico_City")).date()
    for company in sample.OFFERS:
        rows.load(federation, "economy", "training-places", f"companies/{company}",
                  sample.offer_rows(company, today), *_AS_MINISTRY)
    if _reserved(federation, "school", _AS_SCHOOL):  # by an earlier run
        return
    for learner, place, first, last in sample.placements(may_be_placed, today):
        _cli(federation, "school", "place", place, learner, "--from", str(first), "--until",
             str(last), *_AS_SCHOOL)
    for reservation in _reserved(federation, "company", _AS_COMPANY)[:sample.CONFIRMED]:
        _cli(federation, "company", "confirm", reservation["name"], *_AS_COMPANY)


def _reserved(federation, whose, caller):
    listed = _cli(federation, whose, "reservations", *caller, "--format", "json")
    return json.loads(listed).get("placeReservations", [])


def _cli(federation, *arguments):
    done = federation.cli(*arguments, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Problem(f"nobody of the sample is placed.\n{done.stdout}", "read what it says above")
    return done.stdout
