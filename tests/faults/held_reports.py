"""Reports (docs/decisions/0067) that are brought to a stage of their making, approval or publication and
held there by a lock on what the next one to write needs, for tests that then do them harm."""

import subprocess
import threading
import time
import unittest
import uuid

import grpc
from places import Closed, Lock, Uncommitted, module_of, open_channel, running, sql

api = module_of("puente/api/v1/figure_extract_pb2")
report = module_of("puente/gateway/v1/report_pb2")
report_grpc = module_of("puente/gateway/v1/report_pb2_grpc")
report_definition = module_of("puente/gateway/v1/report_definition_pb2")
report_definition_grpc = module_of("puente/gateway/v1/report_definition_pb2_grpc")

WAIT = 20  # seconds; a limit, not what it takes
ACTOR = (("puente-actor", "statistician-1"),)
DEFINITION = "kept"


class HeldReports(unittest.TestCase):
    # Tables that no release changes meanwhile: agency, table, measure, dimension. The first one's agency is
    # the one that is held.
    TABLES = (("economy", "proposals", "PROPOSALS", "PROPOSAL_STATE"),
              ("labor", "vacancies", "POSTS", "STATE"))

    @classmethod
    def setUpClass(cls):
        cls.federation = cls.enterClassContext(running(var=cls.var()))
        cls.held_agency = cls.TABLES[0][0]
        definition = report_definition.ReportDefinition(title_es="Registros", title_en="Records",
                                             summary_es="Registros.", summary_en="Records.",
                                             source="faults", record_kind=2)
        for agency, table, measure, dimension in cls.TABLES:
            added = definition.tables.add(table=table, title_es=table, title_en=table,
                                          dimensions=[dimension])
            added.sources.add(agency=agency, table=table, measures=[measure])
        report_definition_grpc.ReportDefinitionServiceStub(
            open_channel(cls.federation, "gateway", "agency/education")).CreateReportDefinition(
                report_definition.CreateReportDefinitionRequest(report_definition_id=DEFINITION,
                                                     report_definition=definition), timeout=5)

    @classmethod
    def var(cls):
        """Where the federation lies; None for a folder of its own."""
        return None

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
        """The agency is asked for its extract."""
        lock = self.held(Closed(self.federation, f"puente_{self.held_agency}", "figure_extract"))
        self.ask(key)
        self.wait_blocked("the agency is not asked")
        return lock

    def agency_has_it(self, key):
        """The agency knows of its extract, and the gateway has not noted it."""
        asked = self.agency_asked(key)
        lock = self.held(Lock(self.federation, "puente_gateway", "report", f"id = '{key}'"))
        asked.release()
        self.wait_blocked("the gateway does not note it")
        return lock

    def agency_reads(self, key):
        """The agency has read its tables, and keeps the first piece of them."""
        lock = self.held(Closed(self.federation, f"puente_{self.held_agency}", "figure_extract_chunk"))
        self.ask(key)
        self.wait_blocked("the agency reads nothing")
        return lock

    def agency_has_read(self, key):
        """All of the agency's extract is kept, but that it is."""
        reads = self.agency_reads(key)
        lock = self.held(Lock(self.federation, f"puente_{self.held_agency}", "due",
                              "kind = 'figures.extract'"))
        reads.release()
        self.wait_blocked("the agency's extract does not end")
        return lock

    def fetching(self, key):
        """The gateway has fetched a piece, and keeps it."""
        reads = self.agency_reads(key)
        self.wait_for(lambda: all(other.state == report.REPORT_EXTRACT_STATE_KEPT
                                  for other in self.get(key).extracts
                                  if other.agency != self.held_agency), "the others tell nothing")
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
            " WHERE kind IN ('reports.run', 'reports.draft', 'figures.extract')"
            " AND (attempts > 0 OR last_error <> '')"
            for schema in ("puente_gateway", f"puente_{self.held_agency}")))

    def ended(self, key):
        self.let_claim()
        return self.get(key).state not in (report.REPORT_STATE_QUEUED, report.REPORT_STATE_READING)

    def finish(self, key):
        self.wait_for(lambda: self.ended(key), f"{key} does not end", pause=0.05)
        return self.get(key)

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
