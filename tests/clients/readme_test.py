#!/usr/bin/python3
"""The README's first queries, as they stand there, answer; and commands that change something."""

import json
import os
import re
import shlex
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PUENTE = Path(os.environ.get("PUENTE_BUILD", ROOT / "build")) / "bin/puente"


def commands():
    """Of the first block under "First queries", each on one line."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^## First queries$.*?^```\n(.*?)^```$", text, re.M | re.S).group(1)
    return block.replace("\\\n", " ").splitlines()


def run(*arguments):
    return subprocess.run([PUENTE, "--federation", os.environ["PUENTE_FEDERATION"], *arguments],
                          capture_output=True, text=True, check=False)


def answer(*arguments):
    """What a command prints for programs."""
    done = run(*arguments, "--format", "json")
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


class FirstQueries(unittest.TestCase):
    def test_each_answers(self):
        tried = 0
        for command in commands():
            program, *arguments = shlex.split(command)
            self.assertEqual(program, "build/bin/puente")
            with self.subTest(command=command):
                done = run(*arguments)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue(done.stdout.strip())
                tried += 1
        self.assertGreater(tried, 8)


SCHOOL = "organization/tecnologico-bajio-muestra"


class Changes(unittest.TestCase):
    """As the school of the sample. Named so that they come before what suspends it."""

    def test_a_an_answer_to_a_call_rests_on_the_check_of_a_campus(self):
        call = {"schoolCallId": "automation", "schoolCall": {
            "proposal": "proposals/automatizacion-muestra", "textEs": "¿Quién puede enseñarlo?",
            "endDate": {"year": 2039, "month": 12, "day": 31}, "source": "puente-sample",
            "recordKind": "RECORD_KIND_GENERATED"}}
        economy = ("--as", "agency/economy", "--actor", "officer-1", "call")
        answer(*economy, "ProposalService/ReviewProposal",
               json.dumps({"name": "proposals/automatizacion-muestra"}))
        answer(*economy, "SchoolCallService/CreateSchoolCall", json.dumps(call))
        given = answer("--as", SCHOOL, "school", "respond", "automation", "--seats", "20",
                       "--from", "2039-01-10", "--campus", "leon")
        basis = given["feasibility"]
        self.assertEqual(basis["campus"], "organizations/tecnologico-bajio-muestra/campuses/leon")
        self.assertTrue(basis["asOfTime"])
        self.assertTrue(basis["freshnessToken"])
        self.assertEqual(given["seats"], 20)
        again = run("--as", SCHOOL, "school", "respond", "none-such", "--campus", "leon")
        self.assertNotEqual(again.returncode, 0)
        self.assertIn("SCHOOL_CALL_NOT_FOUND", again.stderr)

    def test_b_a_facility_changes_in_what_is_written(self):
        shop = "taller-soldadura-muestra"
        before = answer("call", "FacilityService/GetFacility", f'{{"name": "facilities/{shop}"}}')
        owner = before["owner"]
        party = "company" if owner.startswith("company/") else "school"

        def facility(*arguments):
            return answer("--as", owner, party, "facility", *arguments)

        after = facility("change", shop, "--title-en", "The welding shop", "--closed",
                         "2039-12-20..2040-01-06")
        self.assertEqual(after["titleEn"], "The welding shop")
        self.assertEqual(after["closures"], [{"beginDate": {"year": 2039, "month": 12, "day": 20},
                                              "endDate": {"year": 2040, "month": 1, "day": 6}}])
        changed = {"titleEn", "closures", "updateTime", "etag"}
        self.assertEqual({key: before[key] for key in before if key not in changed},
                         {key: after[key] for key in after if key not in changed})
        self.assertEqual(facility("pause", shop)["state"], "FACILITY_STATE_PAUSED")
        self.assertEqual(facility("open", shop)["state"], "FACILITY_STATE_OPEN")


if __name__ == "__main__":
    unittest.main()
