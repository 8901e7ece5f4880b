"""A file of awards under SIGKILL of the module and of the database, at every stage of its load
(loads_test.py): once it was sent again each row has one outcome, and nobody an award twice."""

import unittest
import zoneinfo
from datetime import datetime

import loads_test
from loads_test import ROWS, load
from places import sql

SCHOOL = "tecnologico-bajio-muestra"
VERSION = "microcredentials/welding-tig/versions/1"  # which the bundled data has certified
REST = "'faults', 2, NOW(6), NOW(6)"


class AwardLoads(loads_test.Loads):
    server, profile, parent = "education", "puente-awards", f"organizations/{SCHOOL}"
    actor, data = "registrar-1", True
    held = "learner"
    there_become = load.LOAD_OUTCOME_UNCHANGED

    def setUp(self):
        super().setUp()
        self.today = datetime.now(zoneinfo.ZoneInfo("America/Mexico_City")).date()
        self.wait_for(lambda: self.number("SELECT COUNT(*) FROM certification WHERE"
                                          f" microcredential_version = '{VERSION}'") == 1,
                      "the version is not certified")

    def prepare(self):
        """Passed assessments of as many learners."""
        ids, rows = f"CONCAT('l-', seq + {self.first})", f"FROM seq_1_to_{ROWS}"

        def of(collection):
            return f"CONCAT('organizations/{SCHOOL}/{collection}/l-', seq + {self.first})"
        for statement in (
                "INSERT INTO learner (organization, id, version, person, state, duplicate_of,"
                " identifier_scheme, sex, birth_years, state_code, sealed, source, record_kind,"
                f" create_time, update_time) SELECT '{SCHOOL}', {ids}, 1, '', 1, '', 1, 1,"
                f" '2000-2004', '11', '', {REST} {rows}",
                "INSERT INTO enrolment (organization, id, version, learner, microcredential_version,"
                " program, campus, begin_date, state, state_reason, sex, birth_years, state_code,"
                " goes_on, source, record_kind, create_time, update_time) SELECT"
                f" '{SCHOOL}', {ids}, 1, {of('learners')}, '{VERSION}', '', '', '2026-02-02', 1, '',"
                f" 1, '2000-2004', '11', 1, {REST} {rows}",
                "INSERT INTO assessment (organization, id, version, enrolment, learner,"
                " microcredential_version, certifier, centre, evaluator, instrument, supervision,"
                " identity_check, attempt, assess_date, state, grade, state_reason, source,"
                f" record_kind, create_time, update_time) SELECT '{SCHOOL}', {ids}, 1,"
                f" {of('enrolments')}, {of('learners')}, '{VERSION}', '', '', 'e', 'i', 2, 3, 1,"
                f" '2026-05-05', 2, '9', '', {REST} {rows}"):
            sql(self.federation, statement, "puente_education")

    def lock_row(self, row):
        """The learner of the row behind: of an award that is there nobody is guarded."""
        self.lock("learner", f"organization = '{SCHOOL}' AND id = 'l-{self.first + row + 1}'")

    def text_of(self, rows, name=""):
        return "assessment,issue_date,end_date,grade\n" + "".join(
            f"organizations/{SCHOOL}/assessments/l-{self.first + row},{self.today},,9\n"
            for row in rows)

    def of_round(self):
        return ("FROM award WHERE CAST(SUBSTRING_INDEX(assessment, 'l-', -1) AS SIGNED) BETWEEN"
                f" {self.first + 1} AND {self.first + ROWS}")

    def stored(self):
        return self.number(f"SELECT COUNT(*) {self.of_round()}")

    def check_written_once(self):
        self.assertEqual(self.number(f"SELECT COUNT(DISTINCT assessment) {self.of_round()}"), ROWS)
        self.assertEqual(self.number(f"SELECT MAX(version) {self.of_round()}"), 1)


if __name__ == "__main__":
    unittest.main()
