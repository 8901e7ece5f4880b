"""64 clients that place learners of one school at the last seats of a company, confirm, release
and leave holds to expire, while the gateway, both owners, of two processes each, and the database
are killed at random moments. Each client keeps a journal of its own; afterwards no place has more takers than seats, no
free seat is lost, what is stored is what each client was told, and there is no seat without an
enrolment nor an enrolment without a seat."""

import datetime
import os
import random
import subprocess
import threading
import time
import unittest
import uuid
import zoneinfo
from collections import Counter

import grpc
from places import module_of, open_channel, reason_of, running, sql

act = module_of("puente/gateway/v1/act_pb2")
act_grpc = module_of("puente/gateway/v1/act_pb2_grpc")
council = module_of("puente/gateway/v1/council_pb2")
council_grpc = module_of("puente/gateway/v1/council_pb2_grpc")
place = module_of("puente/economy/v1/training_place_pb2")
place_grpc = module_of("puente/economy/v1/training_place_pb2_grpc")
seat = module_of("puente/economy/v1/place_reservation_pb2")
seat_grpc = module_of("puente/economy/v1/place_reservation_pb2_grpc")

LONG = bool(os.environ.get("PUENTE_LONG"))  # ./dev test --long
KILLS = int(os.environ.get("PUENTE_KILLS", "200" if LONG else "20"))
SEED = int(os.environ.get("PUENTE_SEED", str(random.randrange(1 << 30))))
CLIENTS = 64
OFFERS, SEATS = (1_000, 3) if LONG else (100, 3)
LEARNERS = 4_000 if LONG else 1_000  # of a client; more than it gets to
WAIT = 90  # seconds; a limit, not what it takes
SCHOOL = "tecnologico-bajio-muestra"
COMPANY = "acme"
TWINS = ("economy", "education")  # each with two processes, which know nothing of one another
VICTIMS = ("gateway", "education", "education-2", "economy", "economy-2", "mariadb")
HELD, CONFIRMED, RELEASED = (seat.PLACE_RESERVATION_STATE_HELD,
                             seat.PLACE_RESERVATION_STATE_CONFIRMED,
                             seat.PLACE_RESERVATION_STATE_RELEASED)
UNSETTLED = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED,
             grpc.StatusCode.CANCELLED, grpc.StatusCode.UNKNOWN,
             grpc.StatusCode.RESOURCE_EXHAUSTED)  # shed on a loaded machine: nothing was done


def learner_of(number):
    return f"organizations/{SCHOOL}/learners/00000000-0000-4000-8000-{number:012}"


def day(days):
    today = datetime.datetime.now(zoneinfo.ZoneInfo("America/Mexico_City")).date()
    one = today + datetime.timedelta(days=days)
    return {"year": one.year, "month": one.month, "day": one.day}


class Client(threading.Thread):
    """Places one learner after the other; notes what it was told last of each act."""

    def __init__(self, number, stubs, places):
        super().__init__(daemon=True)
        self.number, self.stubs, self.places = number, stubs, places
        self.random = random.Random(SEED * CLIENTS + number)
        self.stopping = threading.Event()
        self.lock = threading.Lock()  # of `told`
        self.told, self.refused, self.unexpected = {}, Counter(), None
        self.running = None  # an act that is not over

    def insist(self, method, request):
        """Repeats a call until it is known what became of it; `method` is one of the stubs of now."""
        until = time.monotonic() + WAIT
        while True:
            try:
                return method(self.stubs)(request, timeout=5)
            except grpc.RpcError as error:
                if error.code() not in UNSETTLED or time.monotonic() > until:
                    raise
                threading.Event().wait(0.05)  # what was killed is coming back

    def run(self):
        try:
            for number in range(LEARNERS):
                if self.stopping.is_set():
                    return
                self.place(learner_of(self.number * LEARNERS + number))
        except grpc.RpcError as error:
            self.unexpected = f"{error.code()} {reason_of(error)} {error.details()}"

    def place(self, learner):
        wanted = council.PlaceLearnerRequest(
            learner=learner, training_place=self.random.choice(self.places), start_date=day(1),
            end_date=day(30), request_id=str(uuid.uuid4()))
        begun = self.insist(lambda stubs: stubs.council.PlaceLearner, wanted)
        while begun.state in (act.ACT_STATE_RUNNING, act.ACT_STATE_UNDOING):
            if self.stopping.is_set():
                self.running = begun.name
                return
            threading.Event().wait(0.02)
            begun = self.insist(lambda stubs: stubs.acts.GetAct,
                                act.GetActRequest(name=begun.name))
        if begun.state == act.ACT_STATE_UNDONE:
            self.refused[begun.refusal] += 1
            return
        name = f"placeReservations/{begun.name.split('/')[1]}"
        with self.lock:
            self.told[name] = HELD
        self.go_on(name)

    def go_on(self, name):
        """Confirms, releases, or leaves it held."""
        choice = self.random.random()
        if choice < 0.3:
            return
        method, request = ((lambda stubs: stubs.company.ConfirmPlaceReservation,
                            seat.ConfirmPlaceReservationRequest) if choice < 0.5 else
                           (lambda stubs: stubs.school.ReleasePlaceReservation,
                            seat.ReleasePlaceReservationRequest))
        with self.lock:  # so that it does not expire meanwhile
            if self.told[name] != HELD:
                return
            done = self.insist(method, request(name=name, request_id=str(uuid.uuid4())))
            self.told[name] = done.state

    def lapsing(self):
        """One that is held, and from now on expected to expire; None if there is none."""
        if not self.lock.acquire(blocking=False):
            return None
        try:
            held = [name for name, state in self.told.items() if state == HELD]
            if not held:
                return None
            self.told[held[0]] = RELEASED
            return held[0]
        finally:
            self.lock.release()


class Stubs:
    """Whoever was killed is reached again by new ones."""

    def __init__(self, federation):
        self.federation = federation
        self.open()

    def open(self):
        def stub(kind, server, caller):
            return kind(open_channel(self.federation, server, caller))
        school = f"organization/{SCHOOL}"
        self.council = stub(council_grpc.CouncilServiceStub, "gateway", school)
        self.acts = stub(act_grpc.ActServiceStub, "gateway", school)
        # The company calls one process, the school the other, and the gateway the first.
        self.school = stub(seat_grpc.PlaceReservationServiceStub, "economy-2", school)
        self.company = stub(seat_grpc.PlaceReservationServiceStub, "economy", f"company/{COMPANY}")


class Placements(unittest.TestCase):
    def setUp(self):
        federation = running(twins=TWINS)
        self.federation = federation.__enter__()
        self.addCleanup(federation.__exit__, None, None, None)
        self.random = random.Random(SEED)

    def sql(self, statement, schema="puente_economy"):
        return sql(self.federation, statement, schema)

    def number(self, statement, schema="puente_economy"):
        return int(self.sql(statement, schema)[0])

    def wait_for(self, condition, what):
        until = time.monotonic() + WAIT
        while True:
            try:
                if condition():
                    return
            except (subprocess.CalledProcessError, IndexError):
                pass  # what was killed is coming back
            self.assertLess(time.monotonic(), until, what)
            threading.Event().wait(0.05)

    def offer(self):
        stub = place_grpc.TrainingPlaceServiceStub(
            open_channel(self.federation, "economy", f"company/{COMPANY}"))
        return [stub.CreateTrainingPlace(place.CreateTrainingPlaceRequest(
            parent=f"companies/{COMPANY}", training_place_id=f"p-{number}",
            training_place={"title_es": "Soldadura", "state_code": "11", "seat_count": SEATS,
                            "weekly_hours": 40, "start_date": day(0), "end_date": day(60)}),
            timeout=5).name for number in range(OFFERS)]

    def add_learners(self):
        self.sql("INSERT INTO learner (organization, id, version, person, state, duplicate_of,"
                 " identifier_scheme, sex, birth_years, state_code, sealed, source, record_kind,"
                 f" create_time, update_time) SELECT '{SCHOOL}', CONCAT('00000000-0000-4000-8000-',"
                 " LPAD(seq, 12, '0')), 1, '', 1, '', 1, 1, '2000-2004', '11', '', 'faults', 2,"
                 f" NOW(6), NOW(6) FROM seq_0_to_{CLIENTS * LEARNERS - 1}", "puente_education")

    def let_expire(self, clients):
        """As if holds had lasted for three days."""
        lapsing = [name for name in (client.lapsing() for client in clients) if name]
        ids = ", ".join(f"'{name.split('/')[1]}'" for name in lapsing)
        if not ids:
            return 0
        self.sql("UPDATE place_reservation SET expire_time = '2026-01-01' WHERE state = 1 AND id IN"
                 f" ({ids}); UPDATE due SET due_time = '2026-01-01', claim_time = '2026-01-01' WHERE"
                 f" kind = 'place_reservations.expire' AND item_key IN ({ids})")
        return len(lapsing)

    def let_claim(self):
        """As if the leases of who was killed were over, and the pauses after failed attempts."""
        for schema in ("puente_gateway", "puente_economy"):
            self.sql("UPDATE due SET claim_time = LEAST(claim_time, UTC_TIMESTAMP(6)) WHERE holder <>"
                     " '' OR attempts > 0", schema)

    def is_quiet(self):
        self.let_claim()
        return (self.number("SELECT COUNT(*) FROM act WHERE state IN (1, 2)", "puente_gateway") == 0
                and self.number("SELECT COUNT(*) FROM place_notice") == 0
                and self.number("SELECT COUNT(*) FROM due WHERE kind = 'place_reservations.expire'"
                                " AND due_time < UTC_TIMESTAMP(6)") == 0)

    def test_nothing_is_oversold_lost_or_left_half_done(self):
        self.add_learners()
        places, stubs = self.offer(), Stubs(self.federation)
        clients = [Client(number, stubs, places) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        killed, expired = Counter(), 0
        for _ in range(KILLS):
            done = sum(len(client.told) + sum(client.refused.values()) for client in clients)
            self.wait_for(lambda: any(client.unexpected for client in clients) or done < sum(
                len(client.told) + sum(client.refused.values()) for client in clients),
                "nobody gets on")
            expired += self.let_expire(clients)
            threading.Event().wait(self.random.uniform(0, 0.1))  # the random moment
            victim = self.random.choice(VICTIMS)
            self.federation.kill(victim)
            self.federation.revive(victim)
            stubs.open()
            killed[victim] += 1
        for client in clients:
            client.stopping.set()
        for client in clients:
            client.join(WAIT)
            self.assertFalse(client.is_alive(), "a client does not end")
            self.assertIsNone(client.unexpected)
        self.federation.wait_ready("gateway")
        self.wait_for(self.is_quiet, "something is left to be done")
        refused = sum((client.refused for client in clients), Counter())
        told = {name: state for client in clients for name, state in client.told.items()}
        print(f"seed {SEED}: killed {dict(killed)}, {len(told)} placed, {expired} expired,"
              f" refused {dict(refused)}", flush=True)
        self.check(told, [client.running for client in clients if client.running])

    def check(self, told, running_to_the_end):
        fields = self.sql("SELECT id, state FROM place_reservation")
        stored = {f"placeReservations/{fields[i]}": int(fields[i + 1])
                  for i in range(0, len(fields), 2)}
        late = {f"placeReservations/{name.split('/')[1]}" for name in running_to_the_end}
        self.assertEqual({name: state for name, state in stored.items() if name not in late}, told)
        self.assertGreater(len(told), 0)
        # The counts beside the places are those of the reservations, and none is more than its seats.
        for state, column in ((1, "held"), (2, "confirmed"), (3, "started")):
            self.assertEqual(self.number(
                f"SELECT COUNT(*) FROM training_place_seats s WHERE s.{column} <> (SELECT COUNT(*)"
                " FROM place_reservation r WHERE r.training_place = s.training_place AND"
                f" r.state = {state})"), 0, column)
        self.assertEqual(self.number("SELECT COUNT(*) FROM training_place_seats WHERE"
                                     " held + confirmed + started > offered"), 0)
        # Every seat has its enrolment, in the same state, and every enrolment its seat.
        self.assertEqual(self.number(
            "SELECT COUNT(*) FROM place_reservation r LEFT JOIN puente_education.place_enrolment e"
            " ON e.id = r.id WHERE e.id IS NULL OR e.state <> r.state OR e.learner <> r.learner"), 0)
        self.assertEqual(self.number(
            "SELECT COUNT(*) FROM puente_education.place_enrolment e LEFT JOIN place_reservation r"
            " ON r.id = e.id WHERE r.id IS NULL AND e.state <> 8"), 0)


if __name__ == "__main__":
    unittest.main()
