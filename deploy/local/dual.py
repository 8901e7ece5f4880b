"""Has the sample's school and company agree on dual education and on the plan of a learner who is placed
there, and each say of its first day what it does."""

import datetime
import json
import time

from data import dual as sample, learners
from deploy.local import commands, rows
from deploy.local.problem import Problem

_AS_SCHOOL = ("--as", f"organization/{learners.SCHOOL}", "--actor", "registrar-1",
              "--purpose", "placement", "--lang", "en")
_AS_COMPANY = ("--as", f"company/{sample.COMPANY}", "--lang", "en")
_PLAN_OF_COMPANY = f"{learners.SCHOOL}/{sample.PLAN}"
_WAIT = 30.0  # seconds; a limit, not what it takes
_TAKEN = ("CONFIRMED", "STARTED")  # seats that the company has confirmed


def load(federation, version, today):
    """`version`: what the learner learns. Nothing where an earlier run has done it, or nobody is placed."""
    school, company = (commands.Party(federation, name, options) for name, options in
                       (("school", _AS_SCHOOL), ("company", _AS_COMPANY)))
    if school.listed("dualAgreements", "dual", "agreements"):
        return
    placed = _placed(school, version, today)
    if placed is None:
        return
    reservation, enrolment = placed
    agreement = school.run("dual", "propose", sample.COMPANY, *sample.TERMS, "--from", today,
                           "--until", today + sample.TERM)
    company.run("dual", "answer", agreement, "accept")
    school.run("dual", "draft", sample.PLAN, "--learner", reservation["learner"], "--enrolment",
               enrolment, "--agreement", agreement, "--place", reservation["trainingPlace"],
               "--from", today, "--until", _day(reservation["endDate"]), *sample.PLANNED)
    school.run("dual", "accept", sample.PLAN)
    company.run("dual", "accept", _PLAN_OF_COMPANY)
    code = json.loads(school.run("dual", "code", sample.PLAN, "--format", "json"))["code"]
    school.run("dual", "confirm", sample.PLAN, text=code)
    _await_running(school)
    rows.load(federation, "education", "hours", f"organizations/{learners.SCHOOL}",
              sample.hour_rows(today), *_AS_SCHOOL)
    company.run("dual", "confirm-hours", _PLAN_OF_COMPANY, *sample.entries("confirmed"))
    for entry in sample.entries("disputed"):
        company.run("dual", "dispute-hours", _PLAN_OF_COMPANY, entry, "--because", "minutes")
    company.run("dual", "judge", _PLAN_OF_COMPANY, sample.ACHIEVED, "achieved")


def _await_running(school):
    """Education hears of the seat that the company has confirmed a moment later; then the plan goes on."""
    until = time.monotonic() + _WAIT
    while True:
        plan = json.loads(school.run("dual", "plan", sample.PLAN, "--format", "json"))
        if plan["state"] == "DUAL_PLAN_STATE_RUNNING":
            return
        if time.monotonic() > until:
            raise Problem(f"the sample is not whole: {plan['name']} does not go on after {_WAIT} s",
                          "see whether the gateway reaches Education and Economy: `puente status`")
        time.sleep(0.1)


def _placed(school, version, today):
    """The first stay at the company that it has confirmed and that goes on, of somebody who learns the version, and
    the enrolment in it; None if there is none."""
    for reservation in school.listed("placeReservations", "reservations"):
        state = reservation["state"].removeprefix("PLACE_RESERVATION_STATE_")
        if (state not in _TAKEN or not reservation["trainingPlace"].startswith(f"companies/{sample.COMPANY}/")
                or not _day(reservation["startDate"]) <= today <= _day(reservation["endDate"])):
            continue
        for enrolment in school.enrolments(reservation["learner"]):
            if (enrolment["microcredentialVersion"], enrolment["state"]) == (
                    version, "ENROLMENT_STATE_ENROLLED"):
                return reservation, enrolment["name"]
    return None


def _day(stated):
    return datetime.date(stated["year"], stated["month"], stated["day"])
