"""Loads the sample's training places as their companies' ministry would, and has the sample's school place
learners there, of whom the company confirms some."""

import csv
import io
import json
import subprocess
import tempfile
import zoneinfo
from datetime import datetime
from pathlib import Path

from data import learners, places as sample
from deploy.local.problem import Problem

_AS_MINISTRY = ("--as", "agency/economy", "--lang", "en")
_AS_SCHOOL = ("--as", f"organization/{learners.SCHOOL}", "--lang", "en")
_AS_COMPANY = ("--as", f"company/{sample.COMPANY}", "--lang", "en")


def load(federation, may_be_placed):
    """`may_be_placed`: names of learners."""
    today = datetime.now(zoneinfo.ZoneInfo("America/Mexico_City")).date()
    for company in sample.OFFERS:
        _offer(federation, company, today)
    if _reservations(federation, _AS_SCHOOL):  # of an earlier run
        return
    for learner, place, first, last in sample.placements(may_be_placed, today):
        _done(federation.cli("school", "place", place, learner, "--from", str(first), "--until",
                             str(last), *_AS_SCHOOL, stdout=subprocess.PIPE, text=True))
    for reservation in _reservations(federation, _AS_COMPANY)[:sample.CONFIRMED]:
        _done(federation.cli("company", "confirm", reservation["name"], *_AS_COMPANY,
                             stdout=subprocess.PIPE, text=True))


def _offer(federation, company, today):
    with tempfile.TemporaryDirectory(dir=federation.place.temporary) as folder:
        path = Path(folder, "places.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(sample.offer_rows(company, today))
        _done(federation.cli("load", "economy", path, "--profile", "puente-training-places",
                             "--parent", f"companies/{company}", "--record-kind", "generated", "--source",
                             "puente-sample", *_AS_MINISTRY, stdout=subprocess.PIPE, text=True))


def _reservations(federation, caller):
    kind = "school" if caller is _AS_SCHOOL else "company"
    done = _done(federation.cli(kind, "reservations", *caller, "--format", "json",
                                stdout=subprocess.PIPE, text=True))
    return json.loads(done.stdout).get("placeReservations", [])


def _done(done):
    if done.returncode != 0:
        raise Problem(f"the sample's training places were not loaded.\n{done.stdout}",
                      "read what it says above")
    return done
