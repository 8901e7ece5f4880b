"""Loads the sample's learners as their school would: learners from a file first, then what comes of each
by the pseudonyms that the acknowledgement of its row gives, joined by the number of the row."""

import json
import subprocess

from data import learners as sample
from deploy.local import rows
from deploy.local.problem import Problem

_AS_SCHOOL = ("--as", f"organization/{sample.SCHOOL}", "--actor", "registrar-1",
              "--purpose", "administration", "--lang", "en")


def load(federation, count, versions, today):
    """So many learners, who learn the versions by turns. Returns those who learn the first version and have
    earned no award yet."""
    names = _acknowledged(federation, "learners", sample.learner_rows(count))
    enrolments = _acknowledged(federation, "enrolments", sample.enrolment_rows(names, versions))
    assessed = [number for number in range(count) if sample.stage(number) != "enrolled"]
    assessments = _acknowledged(federation, "assessments", sample.assessment_rows(enrolments))
    awarded = _awarded(federation)  # by an earlier run, on an earlier day
    earned = {number: name for number, name in zip(assessed, assessments)
              if sample.stage(number) == "awarded" and name not in awarded}
    # What is certified since today is awarded today.
    if earned:
        _acknowledged(federation, "awards", sample.award_rows(earned, today))
    return [name for number, name in enumerate(names)
            if number % len(versions) == 0 and sample.stage(number) != "awarded"]


def _awarded(federation):
    done = federation.cli("award", "list", *_AS_SCHOOL, "--format", "json", stdout=subprocess.PIPE)
    if done.returncode != 0:
        raise Problem("the sample's awards cannot be listed.", "read what it says above")
    return {award["assessment"] for award in json.loads(done.stdout).get("awards", ())}


def _acknowledged(federation, kind, stated):
    """The records that the rows state, in their order."""
    return rows.load(federation, "education", kind, f"organizations/{sample.SCHOOL}", stated,
                     *_AS_SCHOOL)
