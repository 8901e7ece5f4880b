"""A disk that is full while a report is made (docs/decisions/0067) and published, and while others write:
who calls is told so in time, no server of ours dies, nothing is half done; and once there is room, all
goes on by itself and comes to what it would have come to.

MariaDB takes back what finds no room, or ends itself where that needs room too, which pieces of files do
(docs/operations.md): then it is started again, as its service would be."""

import time
import unittest
import uuid
from collections import Counter
from pathlib import Path

import grpc
from held_reports import ACTOR, HeldReports, report, report_definition, report_definition_grpc
from places import open_channel, reason_of, sql

from deploy.local.problem import Problem
from small_disk import Filler, may_mount, small_disk, with_own_mounts

MEGABYTES = 800
SKILLS = 4_000  # so that each step of a report needs more room than a table has left over
ANSWERED = 10  # seconds in which every caller is to be answered
OURS = ("economy", "education", "gateway", "labor", "science")
CODES = {"DATABASE_FULL": grpc.StatusCode.RESOURCE_EXHAUSTED,
         "DATABASE_UNAVAILABLE": grpc.StatusCode.UNAVAILABLE}
HEADER = ("isodate,offer,salary,contract_type,start_hour,end_hour,hours_worked,monday,tuesday,"
          "wednesday,thursday,friday,saturday,sunday,days_worked,state,municipality,"
          "education_level,experience,languages\n")
ROW = ("2020-08-01,cajista {},6000,Contrato por tiempo indeterminado,800,1600,8.0,1,1,1,1,1,0,0,5,Jalisco,"
       "Zapopan,Licenciatura,No especificada,No es requisito\n")
VACANCIES = 20_000


@unittest.skipUnless(may_mount(), "a small disk is made by who may mount one")
class FullDisk(HeldReports):
    TABLES = (("labor", "skills", "SKILLS", "SKILL"),)

    @classmethod
    def var(cls):
        folder = cls.enterClassContext(small_disk(MEGABYTES))
        cls.disk = Filler(folder)
        return Path(folder) / "var"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sql(cls.federation,
            "INSERT INTO skill SELECT CONCAT('full-', seq), 1, CONCAT(seq, REPEAT('x', 190)),"
            " CONCAT(seq, REPEAT('y', 190)), 1, '', '', 'faults', 2, NOW(6), NOW(6)"
            f" FROM seq_1_to_{SKILLS}")

    def setUp(self):
        super().setUp()
        self.seen = Counter()  # how the database took it

    def make_room(self):
        """And has the database started again, if it has ended itself."""
        self.disk.make_room()
        self.federation.revive("mariadb")
        for server in OURS:
            self.federation.wait_ready(server, limit=0)

    def database_lives(self):
        try:
            self.federation.wait_ready("mariadb", limit=0)
            return True
        except Problem:
            return False

    def refused(self, call, reasons=("DATABASE_FULL", "DATABASE_UNAVAILABLE")):
        """Whether it was: then in time, and with what is wrong."""
        start = time.monotonic()
        try:
            call()
            return False
        except grpc.RpcError as error:
            reason = reason_of(error)
            self.assertIn(reason, reasons, error)
            self.assertEqual(error.code(), CODES[reason])
            self.assertLess(time.monotonic() - start, ANSWERED)
            self.seen[reason] += 1
            return True

    def told(self):
        """The disk is full, as who looks at due work sees it; or the database has ended itself."""
        if not self.database_lives():
            self.seen["the database ended itself"] += 1
            return True
        errors = [error for schema in ("labor", "gateway")
                  for error in sql(self.federation, "SELECT last_error FROM due WHERE last_error <> ''"
                                   " AND kind IN ('figures.extract', 'reports.run', 'reports.draft')",
                                   f"puente_{schema}")]
        self.seen.update(errors)
        return "DATABASE_FULL" in errors

    def define(self):
        """An ordinary write."""
        made = report_definition.ReportDefinition(title_es="x", title_en="x", summary_es="x" * 900,
                                                  summary_en="x" * 900, source="faults",
                                                  record_kind=2)
        table = made.tables.add(table="t", title_es="x", title_en="x", dimensions=["SKILL"])
        table.sources.add(agency="labor", table="skills", measures=["SKILLS"])
        with open_channel(self.federation, "gateway", "agency/education") as channel:
            return report_definition_grpc.ReportDefinitionServiceStub(channel).CreateReportDefinition(
                report_definition.CreateReportDefinitionRequest(
                    report_definition_id=f"d-{uuid.uuid4()}", report_definition=made,
                    request_id=str(uuid.uuid4())), timeout=ANSWERED, metadata=ACTOR)

    def load(self, file):
        return self.federation.cli("--as", "supplier/portal", "labor", "load-vacancies", file,
                                   capture_output=True, text=True)

    def test_while_a_report_is_made(self):
        expected = self.undisturbed()
        for point in (self.agency_reads, self.fetching, self.drafting):
            key = point.__name__.replace("_", "-")
            with self.subTest(point=point.__name__):
                point(key)
                self.calling.join()
                self.disk.fill()
                try:
                    self.let_go()
                    self.wait_for(self.told, "nobody says so")
                    self.refused(lambda: self.get(key), ["DATABASE_UNAVAILABLE"])  # or read
                finally:
                    self.make_room()
                made = self.finish(key)
                self.check_whole(key, expected, report.REPORT_STATE_DRAFTED)
        print(f"Full while a report was made: {dict(self.seen)}", flush=True)

    def test_while_others_write(self):
        self.drafted("published")
        self.decide("published", "ApproveReport", "agency/labor")
        self.calling.join()
        publish = report.PublishReportRequest(name="reports/published", request_id=str(uuid.uuid4()))
        file = Path(self.federation.place.root).parent / "vacancies.csv"
        file.write_text(HEADER + "".join(ROW.format(row) for row in range(VACANCIES)), encoding="utf-8")
        self.disk.fill()
        try:
            self.wait_for(lambda: self.refused(self.define), "there is always room")
            published = not self.refused(lambda: self.call("PublishReport", publish))
            self.refused(lambda: self.get("published"), ["DATABASE_UNAVAILABLE"])
            loaded = self.load(file)
            self.assertNotEqual(loaded.returncode, 0)
            self.assertRegex(loaded.stderr, "DATABASE_(FULL|UNAVAILABLE)")
        finally:
            self.make_room()
        self.define()
        if not published:
            self.assertEqual(self.get("published").state, report.REPORT_STATE_APPROVED)
        self.call("PublishReport", publish)
        self.assertEqual(self.get("published").state, report.REPORT_STATE_PUBLISHED)
        loaded = self.load(file)
        self.assertEqual(loaded.returncode, 0, loaded.stderr)
        self.assertEqual(self.number("labor", "SELECT COUNT(*) FROM vacancy WHERE offer LIKE"
                                              " 'cajista %'"), VACANCIES)
        print(f"Full while others wrote: {dict(self.seen)}", flush=True)


if __name__ == "__main__":
    with_own_mounts()
    unittest.main()
