"""Acts over two owners (docs/decisions/0044) under SIGKILL of the gateway, of either owner and of the
database, at every point at which one of them can die: each point is held by a lock on the row that
the next one to write needs, so that none is left to chance, and all are counted. Once the due work
has run, it is done in both or in neither, and at no owner twice."""

import datetime
import subprocess
import threading
import time
import unittest
import uuid
import zoneinfo
from collections import Counter

import grpc
from places import Lock, module_of, open_channel, running, sql

act = module_of("puente/gateway/v1/act_pb2")
act_grpc = module_of("puente/gateway/v1/act_pb2_grpc")
company = module_of("puente/economy/v1/company_pb2")
company_grpc = module_of("puente/economy/v1/company_pb2_grpc")
council = module_of("puente/gateway/v1/council_pb2")
council_grpc = module_of("puente/gateway/v1/council_pb2_grpc")
place = module_of("puente/economy/v1/training_place_pb2")
place_grpc = module_of("puente/economy/v1/training_place_pb2_grpc")
proposal = module_of("puente/economy/v1/proposal_pb2")
proposal_grpc = module_of("puente/economy/v1/proposal_pb2_grpc")

VICTIMS = ("gateway", "education", "economy", "mariadb")
WAIT = 60  # seconds; a limit, not what it takes
VERSION = "microcredentials/welding-tig/versions/1"
ACTOR = (("puente-actor", "officer-1"),)
SCHOOL = "tecnologico-bajio-muestra"
COMPANY = "acme"


class Acts:
    """Of one kind, whose steps are Education's and then Economy's."""

    @classmethod
    def setUpClass(cls):
        federation = running()
        cls.federation = federation.__enter__()
        cls.addClassCleanup(federation.__exit__, None, None, None)

    def setUp(self):
        self.locks = []
        self.addCleanup(lambda: [lock.release() for lock in self.locks])

    # What is of the kind.

    def prepare(self, identifier, adopted):
        """What the act rests on; Economy refuses its step unless it is to be adopted."""
        raise NotImplementedError

    def begin(self, identifier):
        """Begins it, and returns the act."""
        raise NotImplementedError

    def rows(self, identifier):
        """The rows without which no owner takes its step, nor Education undoes its own: (schema, table,
        condition) of "first", "second" and "undo"."""
        raise NotImplementedError

    def first_done(self, identifier):
        raise NotImplementedError

    def second_done(self, identifier):
        raise NotImplementedError

    def versions(self, identifier):
        """How often Education and Economy have written their records."""
        raise NotImplementedError

    # What is of all.

    def number(self, schema, query):
        return int(sql(self.federation, query, f"puente_{schema}")[0])

    def wait_for(self, condition, what):
        until = time.monotonic() + WAIT
        while True:
            try:
                if condition():
                    return
            except (subprocess.CalledProcessError, IndexError, grpc.RpcError):
                pass  # what was killed is coming back
            self.assertLess(time.monotonic(), until, what)
            threading.Event().wait(0.005)

    def lock(self, schema, table, rows):
        lock = Lock(self.federation, f"puente_{schema}", table, rows)
        self.locks.append(lock)
        return lock

    def lock_row(self, identifier, which):
        return self.lock(*self.rows(identifier)[which])

    def lock_due(self):
        return self.lock("gateway", "due", f"item_key = '{self.key}'")

    def due(self, column):
        return self.number("gateway", f"SELECT CAST({column} AS SIGNED) FROM due"
                                      f" WHERE item_key = '{self.key}'")

    def of_act(self, column):
        return self.number("gateway", f"SELECT {column} FROM act WHERE id = '{self.key}'")

    def state(self):
        return self.of_act("state")

    # Each brings an act to a point and holds it there.

    def asked(self, identifier):
        """Education is asked for its step, which its lock holds."""
        first = self.lock_row(identifier, "first")
        self.key = self.begin(identifier).name.split("/")[1]
        self.wait_for(lambda: self.due("attempts") == 1, "the act is not taken up")
        self.assertFalse(self.first_done(identifier))
        return first

    def first_taken(self, identifier):
        """Education has taken its step, and the gateway has not noted it."""
        first = self.asked(identifier)
        self.lock_due()
        first.release()
        self.wait_for(lambda: self.first_done(identifier), "Education takes no step")
        self.assertEqual(self.due("attempts"), 1)

    def first_noted(self, identifier):
        """Economy is asked for its step."""
        second = self.lock_row(identifier, "second")
        self.asked(identifier).release()
        self.wait_for(lambda: self.of_act("taken_count") == 1 and self.due("attempts") == 1,
                      "the gateway does not note the first step")
        self.assertFalse(self.second_done(identifier))
        return second

    def second_taken(self, identifier):
        """Economy has taken its step, and the gateway has not noted it."""
        second = self.first_noted(identifier)
        self.lock("gateway", "act", f"id = '{self.key}'")
        second.release()
        self.wait_for(lambda: self.second_done(identifier), "Economy takes no step")
        self.assertEqual(self.state(), act.ACT_STATE_RUNNING)

    def undoing(self, identifier):
        """Economy has refused, and Education is asked to undo its step."""
        first = self.asked(identifier)
        due = self.lock_due()
        first.release()
        self.wait_for(lambda: self.first_done(identifier), "Education takes no step")
        undo = self.lock_row(identifier, "undo")
        due.release()
        self.wait_for(lambda: self.state() == act.ACT_STATE_UNDOING and self.due("attempts") == 1,
                      "the act is not undone")
        return undo

    def undone(self, identifier):
        """Education has undone its step, and the gateway has not noted it."""
        undo = self.undoing(identifier)
        self.lock_due()
        undo.release()
        self.wait_for(lambda: not self.first_done(identifier), "Education undoes nothing")
        self.assertEqual(self.state(), act.ACT_STATE_UNDOING)

    def round(self, point, victim, identifier, adopted):
        self.prepare(identifier, adopted)
        at_education, at_economy = self.versions(identifier)
        point(identifier)
        self.federation.kill(victim)
        for lock in self.locks:
            lock.release()
        self.locks = []
        self.federation.revive(victim)
        self.federation.wait_ready("gateway")
        ended = act.ACT_STATE_DONE if adopted else act.ACT_STATE_UNDONE
        self.wait_for(lambda: self.let_claim() or self.state() == ended, "the act does not end")
        self.assertEqual(self.first_done(identifier), adopted)
        self.assertEqual(self.second_done(identifier), adopted)
        # Each owner has written once what it did, and once what it took back.
        self.assertEqual(self.versions(identifier),
                         (at_education + (1 if adopted else 2), at_economy + (1 if adopted else 0)))

    def let_claim(self):
        """As if the lease of who was killed were over, and the pause after a failed attempt. Who lives
        takes it no sooner than its own attempt is over."""
        sql(self.federation, "UPDATE due SET claim_time = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND"
                             f" WHERE item_key = '{self.key}'", "puente_gateway")

    def test_kills_at_every_point(self):
        visited = Counter()
        for point, adopted in ((self.asked, True), (self.first_taken, True),
                               (self.first_noted, True), (self.second_taken, True),
                               (self.undoing, False), (self.undone, False)):
            for victim in VICTIMS:
                identifier = f"{point.__name__}-{victim}".replace("_", "-")
                with self.subTest(point=point.__name__, killed=victim):
                    self.round(point, victim, identifier, adopted)
                    visited[point.__name__] += 1
        print(f"{type(self).__name__}: killed {dict(visited)}", flush=True)
        self.assertEqual(sum(visited.values()), 6 * len(VICTIMS))


class Implementations(Acts, unittest.TestCase):
    """A version names a proposal among its causes, and the proposal is implemented."""

    def prepare(self, identifier, adopted):
        stub = proposal_grpc.ProposalServiceStub(
            open_channel(self.federation, "economy", "agency/economy"))
        made = proposal.CreateProposalRequest(proposal_id=identifier)
        made.proposal.author = "agency/economy"
        made.proposal.kind = proposal.PROPOSAL_KIND_NEW_MICROCREDENTIAL
        made.proposal.title_es, made.proposal.text = "Soldadura", "Que se enseñe."
        made.proposal.source, made.proposal.record_kind = "test", 1
        name = stub.CreateProposal(made, timeout=5).name
        stub.ReviewProposal(proposal.ReviewProposalRequest(name=name), timeout=5)
        if adopted:
            stub.AdoptProposal(proposal.AdoptProposalRequest(name=name), timeout=5, metadata=ACTOR)

    def begin(self, identifier):
        stub = act_grpc.ActServiceStub(open_channel(self.federation, "gateway", "agency/economy"))
        return stub.ImplementProposal(
            act.ImplementProposalRequest(proposal=f"proposals/{identifier}", versions=[VERSION],
                                         request_id=str(uuid.uuid4())), timeout=5, metadata=ACTOR)

    def rows(self, identifier):
        version = ("education", "microcredential_version",
                   "microcredential = 'welding-tig' AND number = 1")
        return {"first": version, "undo": version,
                "second": ("economy", "proposal", f"id = '{identifier}'")}

    def first_done(self, identifier):
        return self.number("education", "SELECT COUNT(*) FROM version_cause WHERE cause ="
                                        f" 'proposals/{identifier}'") == 1

    def second_done(self, identifier):
        return self.number("economy", f"SELECT state FROM proposal WHERE id = '{identifier}'") == (
            proposal.PROPOSAL_STATE_IMPLEMENTED)

    def versions(self, identifier):
        _, table, condition = self.rows(identifier)["first"]
        return (self.number("education", f"SELECT version FROM {table} WHERE {condition}"),
                self.number("economy", f"SELECT version FROM proposal WHERE id = '{identifier}'"))


class Placements(Acts, unittest.TestCase):
    """A learner is enrolled at a place, and the seat is reserved. Each has a place and a learner."""

    def setUp(self):
        super().setUp()
        self.today = datetime.datetime.now(zoneinfo.ZoneInfo("America/Mexico_City")).date()

    def learner(self, identifier):
        return f"organizations/{SCHOOL}/learners/{uuid.uuid5(uuid.NAMESPACE_URL, identifier)}"

    def day(self, days):
        day = self.today + datetime.timedelta(days=days)
        return {"year": day.year, "month": day.month, "day": day.day}

    def add_learner(self, identifier):
        learner = self.learner(identifier).rsplit("/", 1)[1]
        sql(self.federation,
            "INSERT INTO learner (organization, id, version, person, state, duplicate_of,"
            " identifier_scheme, sex, birth_years, state_code, sealed, source, record_kind,"
            f" create_time, update_time) VALUES ('{SCHOOL}', '{learner}', 1, '', 1, '', 1, 1,"
            " '2000-2004', '11', '', 'faults', 2, NOW(6), NOW(6))", "puente_education")

    def offer(self, identifier, seats, open_=True):
        stub = place_grpc.TrainingPlaceServiceStub(
            open_channel(self.federation, "economy", f"company/{COMPANY}"))
        made = stub.CreateTrainingPlace(place.CreateTrainingPlaceRequest(
            parent=f"companies/{COMPANY}", training_place_id=identifier,
            training_place={"title_es": "Soldadura", "state_code": "11", "seat_count": seats,
                            "weekly_hours": 40, "start_date": self.day(0),
                            "end_date": self.day(60)}), timeout=5)
        if not open_:
            stub.PauseTrainingPlace(place.PauseTrainingPlaceRequest(name=made.name), timeout=5)

    def prepare(self, identifier, adopted):
        self.add_learner(identifier)
        self.offer(identifier, 1, adopted)

    def begin(self, identifier):
        stub = council_grpc.CouncilServiceStub(
            open_channel(self.federation, "gateway", f"organization/{SCHOOL}"))
        return stub.PlaceLearner(council.PlaceLearnerRequest(
            learner=self.learner(identifier),
            training_place=f"companies/{COMPANY}/trainingPlaces/{identifier}",
            start_date=self.day(1), end_date=self.day(30), request_id=str(uuid.uuid4())), timeout=5)

    def of_learner(self, identifier, more=""):
        return f"learner = '{self.learner(identifier)}'{more}"

    def rows(self, identifier):
        return {"first": ("education", "learner",
                          f"organization = '{SCHOOL}' AND id = '"
                          + self.learner(identifier).rsplit("/", 1)[1] + "'"),
                "undo": ("education", "place_enrolment", self.of_learner(identifier)),
                "second": ("economy", "training_place",
                           f"company = '{COMPANY}' AND id = '{identifier}'")}

    def first_done(self, identifier):
        return self.number("education", "SELECT COUNT(*) FROM place_enrolment WHERE"
                           f" {self.of_learner(identifier)} AND state <> 8") == 1

    def second_done(self, identifier):
        return self.number("economy", "SELECT COUNT(*) FROM place_reservation WHERE"
                                      f" {self.of_learner(identifier)}") == 1

    def versions(self, identifier):
        return tuple(self.number(schema, f"SELECT COALESCE(SUM(version), 0) FROM {table} WHERE"
                                         f" {self.of_learner(identifier)}")
                     for schema, table in (("education", "place_enrolment"),
                                           ("economy", "place_reservation")))


if __name__ == "__main__":
    unittest.main()
