"""A disk that is full while a report is made (docs/decisions/0067), published, and while others write:
who calls is told so in time, reads go on, nothing is half done and nobody dies; and once there is room,
all goes on by itself and comes to what it would have come to."""

import tempfile
import time
import unittest
import uuid
from pathlib import Path

import grpc
from held_reports import HeldReports, report, report_definition, report_definition_grpc
from places import open_channel, reason_of, sql

from small_disk import Filler, may_mount, mount, with_own_mounts

MEGABYTES = 600
SKILLS = 5_000  # so that each step of a report needs more room than a table has left over
# Pieces that are kept already. MariaDB reserves room in a table in which to take back what finds none, but
# not in one of few megabytes: it ends itself there (docs/operations.md).
GROWN = 160
ANSWERED = 10  # seconds in which every caller is to be answered
SERVERS = ("economy", "education", "gateway", "labor", "mariadb", "science")
ROW = ("2020-08-01,soldador {},6000,Contrato por tiempo indeterminado,800,1600,8.0,1,1,1,1,1,0,0,5,Jalisco,"
       "Zapopan,Licenciatura,No especificada,No es requisito\n")
HEADER = ("isodate,offer,salary,contract_type,start_hour,end_hour,hours_worked,monday,tuesday,"
          "wednesday,thursday,friday,saturday,sunday,days_worked,state,municipality,"
          "education_level,experience,languages\n")


@unittest.skipUnless(may_mount(), "a small disk is made by who may mount one")
class FullDisk(HeldReports):
    TABLES = (("labor", "skills", "SKILLS", "SKILL"),)

    @classmethod
    def var(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="puente-full-"))
        assert mount(folder, MEGABYTES)
        cls.disk = Filler(folder)
        return Path(folder) / "var"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sql(cls.federation,
            "INSERT INTO skill SELECT CONCAT('full-', seq), 1, CONCAT(seq, REPEAT('x', 190)),"
            " CONCAT(seq, REPEAT('y', 190)), 1, '', '', 'faults', 2, NOW(6), NOW(6)"
            f" FROM seq_1_to_{SKILLS}")
        for schema, table, columns in (("labor", "figure_extract_chunk", "extract_id, part, content"),
                                       ("gateway", "report_part", "report, number, content, kind, item")):
            more = ", 2, ''" if "kind" in columns else ""
            sql(cls.federation, f"INSERT INTO {table} ({columns}) SELECT 'of-old', seq,"
                                f" REPEAT('x', {256 << 10}){more} FROM seq_1_to_{GROWN}",
                f"puente_{schema}")

    def fill(self):
        self.disk.fill()
        self.addCleanup(self.make_room)
        self.full = True

    def make_room(self):
        if self.full:
            self.disk.make_room()
        self.full = False

    def check_all_live(self):
        for server in SERVERS:
            self.federation.wait_ready(server, limit=0)

    def last_error(self, schema, kind):
        return sql(self.federation, f"SELECT last_error FROM due WHERE kind = '{kind}'"
                                    " AND last_error <> ''", f"puente_{schema}")

    def refused(self, call):
        """How it was refused: in time, and with what to do."""
        start = time.monotonic()
        with self.assertRaises(grpc.RpcError) as caught:
            call()
        error = caught.exception
        self.assertEqual((error.code(), reason_of(error)),
                         (grpc.StatusCode.RESOURCE_EXHAUSTED, "DATABASE_FULL"), error.details())
        self.assertLess(time.monotonic() - start, ANSWERED)

    def define(self, text="x"):
        """An ordinary write."""
        made = report_definition.ReportDefinition(title_es="x", title_en="x", summary_es=text,
                                                  summary_en=text, source="faults", record_kind=2)
        table = made.tables.add(table="t", title_es="x", title_en="x", dimensions=["SKILL"])
        table.sources.add(agency="labor", table="skills", measures=["SKILLS"])
        with open_channel(self.federation, "gateway", "agency/education") as channel:
            return report_definition_grpc.ReportDefinitionServiceStub(channel).CreateReportDefinition(
                report_definition.CreateReportDefinitionRequest(
                    report_definition_id=f"d-{uuid.uuid4()}", report_definition=made,
                    request_id=str(uuid.uuid4())), timeout=ANSWERED)

    def test_while_a_report_is_made(self):
        expected = self.undisturbed()
        for point, schema, kind in ((self.agency_reads, "labor", "figures.extract"),
                                    (self.fetching, "gateway", "reports.run"),
                                    (self.drafting, "gateway", "reports.draft")):
            key = point.__name__.replace("_", "-")
            with self.subTest(point=point.__name__):
                point(key)
                self.fill()
                self.let_go()
                self.calling.join()
                self.wait_for(lambda: self.last_error(schema, kind) == ["DATABASE_FULL"],
                              "nobody says that the disk is full")
                self.assertEqual(self.get(key).state, report.REPORT_STATE_READING)
                self.check_all_live()
                self.make_room()
                made = self.finish(key)
                self.check_whole(key, expected, report.REPORT_STATE_DRAFTED)
            self.make_room()


if __name__ == "__main__":
    with_own_mounts()
    unittest.main()
