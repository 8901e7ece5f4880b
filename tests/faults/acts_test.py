"""Acts over two owners (docs/decisions/0044) under SIGKILL of the gateway, of either owner and of the
database, at every point at which one of them can die: each point is held by a lock on the row that
the next one to write needs, so that none is left to chance, and all are counted. Once the due work
has run, it is done in both or in neither, and at no owner twice."""

import subprocess
import threading
import time
import unittest
import uuid
from collections import Counter

import grpc
from places import Lock, module_of, open_channel, running, sql

act = module_of("puente/gateway/v1/act_pb2")
act_grpc = module_of("puente/gateway/v1/act_pb2_grpc")
proposal = module_of("puente/economy/v1/proposal_pb2")
proposal_grpc = module_of("puente/economy/v1/proposal_pb2_grpc")

VICTIMS = ("gateway", "education", "economy", "mariadb")
WAIT = 60  # seconds; a limit, not what it takes
VERSION = "microcredentials/welding-tig/versions/1"
VERSION_ROW = "microcredential = 'welding-tig' AND number = 1"
ACTOR = (("puente-actor", "officer-1"),)


class Acts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        place = running()
        cls.federation = place.__enter__()
        cls.addClassCleanup(place.__exit__, None, None, None)

    def setUp(self):
        self.locks = []
        self.addCleanup(lambda: [lock.release() for lock in self.locks])

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

    def proposals(self):
        return proposal_grpc.ProposalServiceStub(
            open_channel(self.federation, "economy", "agency/economy"))

    def propose(self, identifier, adopted):
        """One that can be implemented if it is adopted; else Economy refuses."""
        stub = self.proposals()
        made = proposal.CreateProposalRequest(proposal_id=identifier)
        made.proposal.author = "agency/economy"
        made.proposal.kind = proposal.PROPOSAL_KIND_NEW_MICROCREDENTIAL
        made.proposal.title_es, made.proposal.text = "Soldadura", "Que se enseñe."
        made.proposal.source, made.proposal.record_kind = "test", 1
        name = stub.CreateProposal(made, timeout=5).name
        stub.ReviewProposal(proposal.ReviewProposalRequest(name=name), timeout=5)
        if adopted:
            stub.AdoptProposal(proposal.AdoptProposalRequest(name=name), timeout=5, metadata=ACTOR)
        return name

    def implement(self, name):
        """Begins the act, and waits until its first step is asked for, which Education's lock holds."""
        stub = act_grpc.ActServiceStub(open_channel(self.federation, "gateway", "agency/economy"))
        begun = stub.ImplementProposal(
            act.ImplementProposalRequest(proposal=name, versions=[VERSION],
                                         request_id=str(uuid.uuid4())), timeout=5, metadata=ACTOR)
        self.key = begun.name.split("/")[1]
        self.wait_for(lambda: self.due("attempts") == 1, "the act is not taken up")

    def due(self, column):
        return self.number("gateway", f"SELECT CAST({column} AS SIGNED) FROM due"
                                      f" WHERE item_key = '{self.key}'")

    def taken(self):
        return self.number("gateway", f"SELECT taken_count FROM act WHERE id = '{self.key}'")

    def state(self):
        return self.number("gateway", f"SELECT state FROM act WHERE id = '{self.key}'")

    def named(self, identifier):
        return self.number("education", "SELECT COUNT(*) FROM version_cause WHERE cause ="
                                        f" 'proposals/{identifier}'") == 1

    def implemented(self, identifier):
        return self.number("economy", f"SELECT state FROM proposal WHERE id = '{identifier}'") == (
            proposal.PROPOSAL_STATE_IMPLEMENTED)

    def lock_due(self):
        return self.lock("gateway", "due", f"item_key = '{self.key}'")

    # Each brings an act to a point and holds it there.

    def asked(self, identifier):
        """Education is asked for its step."""
        version = self.lock("education", "microcredential_version", VERSION_ROW)
        self.implement(f"proposals/{identifier}")
        self.assertFalse(self.named(identifier))
        return version

    def first_taken(self, identifier):
        """Education has taken its step, and the gateway has not noted it."""
        version = self.asked(identifier)
        self.lock_due()
        version.release()
        self.wait_for(lambda: self.named(identifier), "Education takes no step")
        self.assertEqual(self.due("attempts"), 1)

    def first_noted(self, identifier):
        """Economy is asked for its step."""
        record = self.lock("economy", "proposal", f"id = '{identifier}'")
        self.asked(identifier).release()
        self.wait_for(lambda: self.taken() == 1 and self.due("attempts") == 1,
                      "the gateway does not note the first step")
        self.assertFalse(self.implemented(identifier))
        return record

    def second_taken(self, identifier):
        """Economy has taken its step, and the gateway has not noted it."""
        record = self.first_noted(identifier)
        self.lock("gateway", "act", f"id = '{self.key}'")
        record.release()
        self.wait_for(lambda: self.implemented(identifier), "Economy takes no step")
        self.assertEqual(self.state(), act.ACT_STATE_RUNNING)

    def undoing(self, identifier):
        """Economy has refused, and Education is asked to undo its step."""
        version = self.asked(identifier)
        due = self.lock_due()
        version.release()
        self.wait_for(lambda: self.named(identifier), "Education takes no step")
        again = self.lock("education", "microcredential_version", VERSION_ROW)
        due.release()
        self.wait_for(lambda: self.state() == act.ACT_STATE_UNDOING and self.due("attempts") == 1,
                      "the act is not undone")
        return again

    def undone(self, identifier):
        """Education has undone its step, and the gateway has not noted it."""
        version = self.undoing(identifier)
        self.lock_due()
        version.release()
        self.wait_for(lambda: not self.named(identifier), "Education undoes nothing")
        self.assertEqual(self.state(), act.ACT_STATE_UNDOING)

    def versions(self, identifier):
        """How often each owner has written its record."""
        return (self.number("education",
                            f"SELECT version FROM microcredential_version WHERE {VERSION_ROW}"),
                self.number("economy", f"SELECT version FROM proposal WHERE id = '{identifier}'"))

    def round(self, point, victim, identifier, adopted):
        self.propose(identifier, adopted)
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
        self.assertEqual(self.named(identifier), adopted)
        self.assertEqual(self.implemented(identifier), adopted)
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
        print(f"killed {dict(visited)}", flush=True)


if __name__ == "__main__":
    unittest.main()
