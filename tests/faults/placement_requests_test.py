"""Learners whom a school asks to place (docs/decisions/0065) under SIGKILL of the gateway, of either
owner and of the database: at every point between the steps of one request, and at random moments of
a file. Every request ends placed or refused, by one act, and each owner has written it once."""

import random
import threading
import unittest
from collections import Counter

import acts_test
from places import module_of, open_channel, sql

load = module_of("puente/api/v1/load_pb2")
load_grpc = module_of("puente/api/v1/load_pb2_grpc")
wanted = module_of("puente/education/v1/placement_request_pb2")
wanted_grpc = module_of("puente/education/v1/placement_request_pb2_grpc")

SCHOOL = acts_test.SCHOOL
UNDER_WAY, PLACED, REFUSED = (wanted.PLACEMENT_REQUEST_STATE_UNDER_WAY,
                              wanted.PLACEMENT_REQUEST_STATE_PLACED,
                              wanted.PLACEMENT_REQUEST_STATE_REFUSED)
KILLS = 3  # of each
ROWS, SEATS = 83, 30
PLACER = "kind = 'placements.requests'"  # the gateway's work


class Requests(acts_test.Placements):
    """A learner of a request is placed, or its place is paused."""

    def place(self, identifier):
        return f"companies/{acts_test.COMPANY}/trainingPlaces/{identifier}"

    def begin(self, identifier):
        stub = wanted_grpc.PlacementRequestServiceStub(
            open_channel(self.federation, "education", f"organization/{SCHOOL}"))
        return stub.CreatePlacementRequest(wanted.CreatePlacementRequestRequest(
            parent=f"organizations/{SCHOOL}", placement_request_id=identifier,
            placement_request={"learner": self.learner(identifier),
                               "training_place": self.place(identifier),
                               "start_date": self.day(1), "end_date": self.day(30)}), timeout=5)

    def of_request(self, column):
        return self.number("education", f"SELECT {column} FROM placement_request WHERE"
                                        f" id = '{self.identifier}'")

    def acts(self):
        return self.number("gateway", "SELECT COUNT(*) FROM act WHERE subject ="
                                      f" '{self.learner(self.identifier)}'")

    def act_over(self):
        return self.number("gateway", "SELECT COUNT(*) FROM act WHERE state IN (3, 4) AND subject ="
                                      f" '{self.learner(self.identifier)}'") == 1

    def lock_placer(self):
        return self.lock("gateway", "due", PLACER)

    def lock_request(self):
        return self.lock("education", "placement_request", f"id = '{self.identifier}'")

    def wait_blocked(self):
        """The gateway has asked Education to write the request, which a lock of ours holds."""
        self.wait_for(lambda: self.number(
            "education", "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE"
                         " 'UPDATE placement_request%'") == 1, "Education is not asked to write")

    # Each brings a request to a point and holds it there.

    def asked_to_take_up(self):
        placer = self.lock_placer()
        self.begin(self.identifier)
        request = self.lock_request()
        placer.release()
        self.wait_blocked()
        return request

    def taken_up(self):
        """Its act has not begun."""
        request = self.asked_to_take_up()
        self.lock_placer()
        request.release()
        self.wait_for(lambda: self.of_request("state") == UNDER_WAY, "it is not taken up")
        self.assertEqual(self.acts(), 0)

    def begun(self):
        """Its act waits for Education's step."""
        first = self.lock_row(self.identifier, "first")
        self.begin(self.identifier)
        self.wait_for(lambda: self.number("gateway", "SELECT COUNT(*) FROM due WHERE kind ="
                                          " 'acts.run' AND attempts = 1") == 1,
                      "the act does not begin")
        return first

    def ended(self):
        """Its act is over, and Education has not recorded that."""
        first = self.begun()
        placer = self.lock_placer()
        first.release()
        self.wait_for(self.act_over, "the act does not end")
        request = self.lock_request()
        placer.release()
        self.wait_blocked()
        self.assertEqual(self.of_request("state"), UNDER_WAY)
        return request

    def told(self):
        """Education has recorded it, and the gateway has not noted that."""
        request = self.ended()
        self.lock_placer()
        request.release()
        self.wait_for(lambda: self.of_request("state") in (PLACED, REFUSED), "it is not recorded")

    def let_claim(self):
        sql(self.federation, "UPDATE due SET claim_time = LEAST(claim_time, UTC_TIMESTAMP(6)) WHERE"
                             " holder <> '' OR attempts > 0", "puente_gateway")

    def round(self, point, victim, identifier, adopted):
        self.identifier = identifier
        self.prepare(identifier, adopted)
        point()
        self.federation.kill(victim)
        for lock in self.locks:
            lock.release()
        self.locks = []
        self.federation.revive(victim)
        self.federation.wait_ready("gateway")
        end = PLACED if adopted else REFUSED
        self.wait_for(lambda: self.let_claim() or self.of_request("state") == end,
                      "the request does not end")
        self.assertEqual(self.of_request("version"), 3)  # asked, taken up, ended
        self.assertEqual(self.of_request("refusal <> ''"), not adopted)
        self.assertEqual(self.acts(), 1)
        self.assertEqual(self.first_done(identifier), adopted)
        self.assertEqual(self.second_done(identifier), adopted)
        self.assertEqual(self.number("education", "SELECT COUNT(*) FROM placement_turn"), 0)

    def test_kills_at_every_point(self):
        visited = Counter()
        points = (self.asked_to_take_up, self.taken_up, self.begun, self.ended, self.told)
        for place, point in enumerate(points):
            for number, victim in enumerate(acts_test.VICTIMS):
                adopted = (place + number) % 2 == 0
                identifier = f"{point.__name__}-{victim}".replace("_", "-")
                with self.subTest(point=point.__name__, killed=victim):
                    self.round(point, victim, identifier, adopted)
                    visited[point.__name__] += 1
        print(f"{type(self).__name__}: killed {dict(visited)}", flush=True)
        self.assertEqual(sum(visited.values()), len(points) * len(acts_test.VICTIMS))

    # A file.

    def send(self, rows):
        stub = load_grpc.LoadServiceStub(
            open_channel(self.federation, "education", f"organization/{SCHOOL}"))
        header = load.LoadRecordsHeader(profile="puente-placement-requests",
                                        parent=f"organizations/{SCHOOL}")
        content = "learner,training_place,start_date,end_date\n" + rows
        return stub.LoadRecords(iter([load.LoadRecordsRequest(header=header),
                                      load.LoadRecordsRequest(content=content.encode())]),
                                timeout=20).load

    def states(self):
        found = sql(self.federation, "SELECT state FROM placement_request WHERE training_place ="
                                     f" '{self.place('file')}'", "puente_education")
        return Counter(int(state) for state in found)

    def test_a_file_ends_whatever_dies(self):
        chance = random.Random()
        self.offer("file", SEATS)
        day = [(self.today.toordinal() + days) for days in (1, 30)]
        first, last = (type(self.today).fromordinal(ordinal).isoformat() for ordinal in day)
        rows = ""
        for number in range(ROWS):
            self.add_learner(f"file-{number}")
            rows += f"{self.learner(f'file-{number}')},{self.place('file')},{first},{last}\n"
        self.assertEqual(self.send(rows).taken_count, ROWS)
        killed = Counter()
        for victim in chance.sample(acts_test.VICTIMS * KILLS, len(acts_test.VICTIMS) * KILLS):
            threading.Event().wait(chance.uniform(0, 0.3))  # the random moment
            self.federation.kill(victim)
            self.federation.revive(victim)
            killed[victim] += 1
        self.federation.wait_ready("gateway")
        self.wait_for(lambda: self.let_claim() or self.states() ==
                      {PLACED: SEATS, REFUSED: ROWS - SEATS}, "not all requests end")
        print(f"{type(self).__name__}: killed {dict(killed)} in a file", flush=True)
        self.assertEqual(self.number("education", "SELECT COUNT(*) FROM placement_request WHERE"
                                     f" training_place = '{self.place('file')}' AND version <> 3"),
                         0)
        self.assertEqual(self.number("economy", "SELECT COUNT(*) FROM place_reservation WHERE"
                                     f" training_place = '{self.place('file')}'"), SEATS)
        self.assertEqual(self.number(
            "education", "SELECT COUNT(*) FROM placement_request q LEFT JOIN place_enrolment e ON"
            " q.place_enrolment = CONCAT('placeEnrolments/', e.id) WHERE q.state = 3 AND (e.id IS"
            " NULL OR e.state <> 1 OR e.learner <> q.learner)"), 0)
        self.assertEqual(self.number(
            "education", "SELECT COUNT(*) FROM placement_request WHERE state = 4 AND (refusal ="
            " '' OR refusal_es = '' OR refusal_en = '')"), 0)


if __name__ == "__main__":
    unittest.main()
