"""The write path under SIGKILL of the module and of its database at random moments. The clients
keep a journal of their own; afterwards nothing acknowledged is lost, nothing is applied twice, and
every write whose outcome was unknown is settled by repeating it."""

import os
import random
import subprocess
import threading
import time
import unittest
import uuid
from collections import Counter

import grpc
from places import module_of, open_channel, reason_of, running, sql

vacancy = module_of("puente/labor/v1/vacancy_pb2")
vacancy_grpc = module_of("puente/labor/v1/vacancy_pb2_grpc")
statistics = module_of("puente/labor/v1/statistics_pb2")
statistics_grpc = module_of("puente/labor/v1/statistics_pb2_grpc")

LONG = bool(os.environ.get("PUENTE_LONG"))  # ./dev test --long
KILLS = int(os.environ.get("PUENTE_KILLS", "50" if LONG else "5"))
SEED = int(os.environ.get("PUENTE_SEED", str(random.randrange(1 << 30))))
WRITERS = 6
WAIT = 30  # seconds; a limit, not what it takes
UNSETTLED = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED,
             grpc.StatusCode.CANCELLED, grpc.StatusCode.UNKNOWN,
             grpc.StatusCode.RESOURCE_EXHAUSTED)  # shed on a loaded machine: nothing was done


def request(identifier):
    made = vacancy.CreateVacancyRequest(vacancy_id=identifier, request_id=str(uuid.uuid4()))
    made.vacancy.offer = "soldador"
    made.vacancy.offer_date.year, made.vacancy.offer_date.month, made.vacancy.offer_date.day = (
        2026, 1, 15)
    made.vacancy.state_code = "14"
    return made


class Writer(threading.Thread):
    """Writes one vacancy after the other; notes what it was told."""

    def __init__(self, number, stub, killed):
        super().__init__(daemon=True)
        self.number, self.stub, self.killed = number, stub, killed
        self.acknowledged, self.unknown, self.unexpected = {}, {}, []
        self.serial = 0

    def run(self):
        while True:
            self.serial += 1
            made = request(f"w{self.number}-{self.serial}")
            try:
                self.acknowledged[made.vacancy_id] = (made, self.stub.CreateVacancy(made, timeout=5))
            except grpc.RpcError as error:
                if error.code() not in UNSETTLED:
                    self.unexpected.append(error)
                by_kill = self.killed.is_set()
                self.unknown[made.vacancy_id] = (made, reason_of(error), by_kill)
                if by_kill:
                    return  # the server is gone until the next round


class WritePath(unittest.TestCase):
    def setUp(self):
        place = running(data=False)
        self.federation = place.__enter__()
        self.addCleanup(place.__exit__, None, None, None)
        self.random = random.Random(SEED)
        self.acknowledged, self.fell = {}, {"before": 0, "during": 0, "after": 0}
        self.serials = [0] * WRITERS

    def sql(self, statement):
        return sql(self.federation, statement)

    def stub(self):
        return vacancy_grpc.VacancyServiceStub(
            open_channel(self.federation, "labor", "supplier/portal"))

    def wait_for(self, condition, what):
        until = time.monotonic() + WAIT
        while not condition():
            self.assertLess(time.monotonic(), until, what() if callable(what) else what)
            threading.Event().wait(0.002)

    def round(self, victim):
        """Writers write, the victim dies at some moment, everybody settles what is unknown."""
        killed = threading.Event()
        writers = [Writer(number, self.stub(), killed) for number in range(WRITERS)]
        for writer, serial in zip(writers, self.serials):
            writer.serial = serial
            writer.start()
        self.wait_for(lambda: sum(len(w.acknowledged) for w in writers) >= WRITERS,
                      lambda: f"no writes before {victim} dies, but "
                      f"{Counter(reason for w in writers for _, reason, _ in list(w.unknown.values()))}")
        threading.Event().wait(self.random.uniform(0, 0.02))  # the random moment
        killed.set()
        self.federation.kill(victim)
        for writer in writers:
            writer.join(WAIT)
            self.assertFalse(writer.is_alive(), "a call outlived its deadline")
        self.federation.revive(victim)
        self.settle(writers)
        self.serials = [writer.serial for writer in writers]

    def settle(self, writers):
        unknown = {}
        for writer in writers:
            self.assertEqual(writer.unexpected, [])
            self.acknowledged.update(writer.acknowledged)
            unknown.update(writer.unknown)
        names = ",".join(f"'{name}'" for name in unknown) or "''"
        self.wait_database()
        stored = set(self.sql(f"SELECT id FROM vacancy WHERE id IN ({names})"))
        for name, (made, reason, by_kill) in unknown.items():
            if by_kill:
                # During: the module itself could not tell, since the database died in COMMIT.
                moment = ("during" if reason == "OUTCOME_UNKNOWN"
                          else "after" if name in stored else "before")
                self.fell[moment] += 1
            answer = self.repeat(made)
            self.acknowledged[name] = (made, answer)

    def wait_database(self):
        def answers():
            try:
                return self.sql("SELECT 1") == ["1"]
            except subprocess.CalledProcessError:
                return False
        self.wait_for(answers, "the database does not come back")

    def repeat(self, made):
        stub, until = self.stub(), time.monotonic() + WAIT
        while True:
            try:
                return stub.CreateVacancy(made, timeout=5)
            except grpc.RpcError as error:
                self.assertIn(error.code(), UNSETTLED, f"{error.code()} {reason_of(error)}")
                self.assertLess(time.monotonic(), until, "repeating did not settle it")

    def test_kills(self):
        print(f"seed {SEED}", flush=True)
        for kill in range(KILLS):
            self.round("mariadb" if kill % 2 else "labor")
        self.check_everything()
        print(f"{KILLS} kills: writes in flight fell {self.fell['before']} before, "
              f"{self.fell['during']} during and {self.fell['after']} after COMMIT; "
              f"{len(self.acknowledged)} writes acknowledged", flush=True)
        if KILLS >= 50:
            self.assertTrue(all(self.fell.values()), self.fell)

    def check_everything(self):
        stored = dict(zip(*[iter(self.sql("SELECT id, version FROM vacancy"))] * 2))
        self.assertEqual(set(stored), set(self.acknowledged), "lost, or never acknowledged")
        self.assertEqual(set(stored.values()), {"1"})
        entries = int(self.sql("SELECT COUNT(*) FROM journal_entry")[0])
        self.assertEqual(entries, len(stored), "applied twice, or without its entry")
        self.check_repeats()
        self.check_figures(len(stored))

    def check_repeats(self):
        """The ledger still answers every repeated call with what it answered first."""
        stub = self.stub()
        answers = list(self.acknowledged.values())
        for made, answer in self.random.sample(answers, min(50, len(answers))):
            self.assertEqual(stub.CreateVacancy(made, timeout=5), answer)

    def check_figures(self, count):
        """The sequencer was killed as well: every entry has one position and is folded once."""
        stub = statistics_grpc.VacancyStatisticsServiceStub(
            open_channel(self.federation, "labor", "supplier/portal"))
        asked = statistics.GetVacancyStatisticsRequest()
        self.wait_for(lambda: int(self.sql("SELECT COUNT(*) FROM journal_position")[0]) == count,
                      "entries without a position")
        self.assertEqual(stub.GetVacancyStatistics(asked, timeout=5).vacancy_count, count)


if __name__ == "__main__":
    unittest.main()
