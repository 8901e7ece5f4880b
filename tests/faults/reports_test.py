"""Reports (docs/decisions/0067) under SIGKILL of the gateway, of an agency and of the database, at
every stage of their making, approval and publication: each is held by a lock on what the next one
to write needs, until somebody waits for it, and all are counted. Afterwards the report comes to
what one says that nobody disturbed; or it has FAILED, says why, and nothing of it is left."""

import subprocess
import threading
import time
import unittest
import uuid
from collections import Counter

import grpc
from places import Closed, Lock, Uncommitted, module_of, open_channel, running, sql

api = module_of("puente/api/v1/figure_extract_pb2")
report = module_of("puente/gateway/v1/report_pb2")
report_grpc = module_of("puente/gateway/v1/report_pb2_grpc")
report_definition = module_of("puente/gateway/v1/report_definition_pb2")
report_definition_grpc = module_of("puente/gateway/v1/report_definition_pb2_grpc")

GATEWAY = ("gateway", "mariadb")
ALL = ("economy", *GATEWAY)
WAIT = 20  # seconds; a limit, not what it takes
ACTOR = (("puente-actor", "statistician-1"),)
DEFINITION = "kept"


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        federation = running()
        cls.federation = federation.__enter__()
        cls.addClassCleanup(federation.__exit__, None, None, None)
        definition = report_definition.ReportDefinition(title_es="Registros", title_en="Records",
                                             summary_es="Registros.", summary_en="Records.",
                                             source="faults", record_kind=2)
        # Tables that no release changes meanwhile.
        for agency, table, measure, dimension in (
                ("economy", "proposals", "PROPOSALS", "PROPOSAL_STATE"),
                ("labor", "vacancies", "POSTS", "STATE")):
            added = definition.tables.add(table=table, title_es=table, title_en=table,
                                          dimensions=[dimension])
            added.sources.add(agency=agency, table=table, measures=[measure])
        report_definition_grpc.ReportDefinitionServiceStub(
            open_channel(cls.federation, "gateway", "agency/education")).CreateReportDefinition(
                report_definition.CreateReportDefinitionRequest(report_definition_id=DEFINITION,
                                                     report_definition=definition), timeout=5)

    def call(self, method, request, by="agency/education"):
        """Over a connection of its own: one that was refused waits before it tries again."""
        with open_channel(self.federation, "gateway", by) as channel:
            return getattr(report_grpc.ReportServiceStub(channel), method)(request, timeout=10,
                                                                           metadata=ACTOR)

    def setUp(self):
        self.locks = []
        self.addCleanup(self.let_go)

    def let_go(self):
        for lock in self.locks:
            lock.release()
        self.locks = []

    def held(self, lock):
        self.locks.append(lock)
        return lock

    def number(self, schema, query):
        return int(sql(self.federation, query, f"puente_{schema}")[0])

    def wait_for(self, condition, what, pause=0.01):
        until = time.monotonic() + WAIT
        while True:
            last = None
            try:
                if condition():
                    return
            except (subprocess.CalledProcessError, IndexError, grpc.RpcError) as error:
                last = error  # what was killed is coming back
            self.assertLess(time.monotonic(), until, f"{what} {last}")
            threading.Event().wait(pause)

    def wait_blocked(self, what):
        """Until somebody waits for a lock that is held here. Asked more often than every 100 ms,
        the database says what it said before."""
        self.wait_for(lambda: self.number("gateway", "SELECT COUNT(*) FROM"
                                                     " information_schema.INNODB_LOCK_WAITS") > 0,
                      what, pause=0.12)

    def get(self, key):
        return self.call("GetReport", report.GetReportRequest(name=f"reports/{key}"))

    def begin(self, method, request, by="agency/education"):
        """A call that is repeated until it is answered, as callers do whose server dies."""
        def answered():
            return self.call(method, request, by) is not None
        request.request_id = str(uuid.uuid4())
        self.calling = threading.Thread(target=self.wait_for, args=(answered, method))
        self.calling.start()

    def ask(self, key):
        made = report.CreateReportRequest(report_id=key)
        made.report.report_definition = f"reportDefinitions/{DEFINITION}"
        made.report.source, made.report.record_kind = "faults", 2
        self.begin("CreateReport", made)

    def hold_task(self, kind, key):
        """Nobody schedules it."""
        return self.held(Uncommitted(self.federation, "puente_gateway", "due", {
            "kind": kind, "item_key": key, "version": 1, "due_time": "2020-01-01",
            "claim_time": "2020-01-01", "holder": "", "attempts": 0, "last_error": "",
            "progress": ""}))

    # Each brings a report to a stage and holds it there.

    def asking(self, key):
        """It is being asked for."""
        lock = self.hold_task("reports.run", key)
        self.ask(key)
        self.wait_blocked("nobody asks for it")
        return lock

    def agency_asked(self, key):
        """Economy is asked for its extract."""
        lock = self.held(Closed(self.federation, "puente_economy", "figure_extract"))
        self.ask(key)
        self.wait_blocked("Economy is not asked")
        return lock

    def agency_has_it(self, key):
        """Economy knows of its extract, and the gateway has not noted it."""
        asked = self.agency_asked(key)
        lock = self.held(Lock(self.federation, "puente_gateway", "report", f"id = '{key}'"))
        asked.release()
        self.wait_blocked("the gateway does not note it")
        return lock

    def agency_reads(self, key):
        """Economy has read its tables, and keeps the first piece of them."""
        lock = self.held(Closed(self.federation, "puente_economy", "figure_extract_chunk"))
        self.ask(key)
        self.wait_blocked("Economy reads nothing")
        return lock

    def agency_has_read(self, key):
        """All of Economy's extract is kept, but that it is."""
        reads = self.agency_reads(key)
        lock = self.held(Lock(self.federation, "puente_economy", "due",
                              "kind = 'figures.extract'"))
        reads.release()
        self.wait_blocked("Economy's extract does not end")
        return lock

    def fetching(self, key):
        """The gateway has fetched a piece, and keeps it."""
        reads = self.agency_reads(key)
        self.wait_for(lambda: self.get(key).extracts[1].state == report.REPORT_EXTRACT_STATE_KEPT,
                      "Labor tells nothing")
        lock = self.held(Closed(self.federation, "puente_gateway", "report_part"))
        reads.release()
        self.wait_blocked("the gateway fetches nothing")
        return lock

    def fetched(self, key):
        """All that it rests on is kept, and its files are to be made."""
        lock = self.hold_task("reports.draft", key)
        self.ask(key)
        self.wait_blocked("it is not to be drafted")
        return lock

    def drafting(self, key):
        """Its files are made, and are being kept."""
        fetched = self.fetched(key)
        lock = self.held(Closed(self.federation, "puente_gateway", "report_part"))
        fetched.release()
        self.wait_blocked("no file is kept")
        return lock

    def drafted(self, key):
        self.ask(key)
        self.calling.join()
        self.finish(key)

    def decide(self, key, method, by):
        request = getattr(report, f"{method}Request")(name=f"reports/{key}")
        self.begin(method, request, by)

    def approving(self, key):
        self.drafted(key)
        self.held(Lock(self.federation, "puente_gateway", "report", f"id = '{key}'"))
        self.decide(key, "ApproveReport", "agency/labor")
        self.wait_blocked("nobody approves it")

    def publishing(self, key):
        self.drafted(key)
        self.decide(key, "ApproveReport", "agency/labor")
        self.calling.join()
        self.held(Lock(self.federation, "puente_gateway", "report", f"id = '{key}'"))
        self.decide(key, "PublishReport", "agency/education")
        self.wait_blocked("nobody publishes it")

    # What comes of it.

    def let_claim(self):
        """As if the leases of who was killed were over, and the pauses after failed attempts."""
        sql(self.federation, "; ".join(
            f"UPDATE {schema}.due SET claim_time = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND"
            " WHERE kind IN ('reports.run', 'reports.draft', 'figures.extract') AND attempts > 0"
            for schema in ("puente_gateway", "puente_economy")))

    def ended(self, key):
        self.let_claim()
        return self.get(key).state not in (report.REPORT_STATE_QUEUED, report.REPORT_STATE_READING)

    def finish(self, key):
        self.wait_for(lambda: self.ended(key), f"{key} does not end", pause=0.05)
        return self.get(key)

    def kill(self, victim):
        self.federation.kill(victim)
        self.let_go()
        self.federation.revive(victim)
        self.federation.wait_ready("gateway")
        self.calling.join()

    def tables(self, made):
        """The digests of the files that say nothing of which report they are of, nor of which came
        before it."""
        return {file.path: file.sha256 for file in made.files
                if file.path.endswith(".csv") and file.path != "changes.csv"}

    def undisturbed(self):
        """What a report says now, twice the same."""
        said = [None]

        def same():
            key = f"undisturbed-{len(said)}"
            self.drafted(key)
            said.append(self.tables(self.get(key)))
            return said[-1] == said[-2]
        self.wait_for(same, "the data does not stand still")
        self.assertTrue(said[-1])
        return said[-1]

    def check_whole(self, key, expected, state):
        made = self.get(key)
        self.assertEqual(made.state, state, made)
        self.assertEqual(self.tables(made), expected)
        again = self.call("RerunReport", report.RerunReportRequest(name=made.name))
        self.assertEqual(again.outcome, report.RERUN_OUTCOME_SAME)
        # Nothing twice, and no work that nobody needs.
        self.assertEqual(self.number("gateway", "SELECT COUNT(*) FROM due WHERE item_key ="
                                                f" '{key}'"), 0)
        for extract in made.extracts:
            identifier = extract.figure_extract.split("/")[1]
            self.assertEqual(self.number(extract.agency, "SELECT COUNT(*) FROM figure_extract WHERE"
                                                         f" id = '{identifier}'"), 1)

    def test_kills_at_every_stage(self):
        expected = self.undisturbed()
        drafted, approved, published = (report.REPORT_STATE_DRAFTED, report.REPORT_STATE_APPROVED,
                                        report.REPORT_STATE_PUBLISHED)
        visited = Counter()
        for point, victims, state in (
                (self.asking, GATEWAY, drafted), (self.agency_asked, ALL, drafted),
                (self.agency_has_it, ALL, drafted), (self.agency_reads, ALL, drafted),
                (self.agency_has_read, ALL, drafted), (self.fetching, ALL, drafted),
                (self.fetched, GATEWAY, drafted), (self.drafting, GATEWAY, drafted),
                (self.approving, GATEWAY, approved), (self.publishing, GATEWAY, published)):
            for victim in victims:
                key = f"{point.__name__}-{victim}".replace("_", "-")
                with self.subTest(point=point.__name__, killed=victim):
                    point(key)
                    self.kill(victim)
                    self.finish(key)
                    self.check_whole(key, expected, state)
                    visited[point.__name__] += 1
                self.let_go()
        print(f"Reports: killed {dict(visited)}", flush=True)
        self.assertEqual(sum(visited.values()), 5 * len(ALL) + 5 * len(GATEWAY))

    # Those that cannot be made.

    def check_failed(self, key, failure):
        made = self.finish(key)
        self.assertEqual(made.state, report.REPORT_STATE_FAILED)
        self.assertEqual(made.failure, failure)
        self.assertIn("economy", made.failure_es)
        self.assertIn("economy", made.failure_en)
        for table, column in (("report_part", "report"), ("due", "item_key")):
            query = f"SELECT COUNT(*) FROM {table} WHERE {column} = '{key}'"
            self.wait_for(lambda: self.number("gateway", query) == 0, f"{table} has something left")
        return made

    def test_an_agency_that_stays_away(self):
        self.agency_reads("away")
        self.federation.kill("economy")
        self.let_go()
        self.calling.join()

        def grown_old():
            """Told until it has ended: who read the report before stores it as it was."""
            sql(self.federation, "UPDATE report SET create_time = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR"
                                 " WHERE id = 'away'", "puente_gateway")
            return self.ended("away")
        self.wait_for(grown_old, "away does not end", pause=0.05)
        self.check_failed("away", "REPORT_AGENCY_AWAY")
        self.federation.revive("economy")
        # The extract that nobody waits for any more is made all the same; no other test is to meet it.
        def made():
            self.let_claim()
            return self.number("economy", "SELECT COUNT(*) FROM due WHERE kind = 'figures.extract'") == 0
        self.wait_for(made, "the extract is not made", pause=0.05)

    def test_an_extract_that_kills_its_agency(self):
        """Whenever it is made: as if it had five times."""
        self.agency_reads("deadly")
        self.federation.kill("economy")
        self.let_go()
        self.calling.join()
        sql(self.federation, "UPDATE due SET attempts = 5 WHERE kind = 'figures.extract'",
            "puente_economy")
        self.federation.revive("economy")
        made = self.check_failed("deadly", "REPORT_EXTRACT_FAILED")
        self.assertIn("FIGURE_EXTRACT_NOT_MADE", made.failure_en)
        extract = made.extracts[0].figure_extract.split("/")[1]
        self.assertEqual(self.number("economy", "SELECT COUNT(*) FROM figure_extract_chunk WHERE"
                                                f" extract_id = '{extract}'"), 0)


if __name__ == "__main__":
    unittest.main()
