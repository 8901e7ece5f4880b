"""Figures of an agency that can't see its newest records: answered all the same, and STALE, with the
time up to which they are known and why; FRESH again once it sees them."""

import time
import unittest
import uuid

from places import module_of, open_channel, running, sql

council = module_of("puente/gateway/v1/council_pb2")
council_grpc = module_of("puente/gateway/v1/council_pb2_grpc")
section = module_of("puente/gateway/v1/section_pb2")
vacancy = module_of("puente/labor/v1/vacancy_pb2")
vacancy_grpc = module_of("puente/labor/v1/vacancy_pb2_grpc")

LIMIT = 60  # seconds; what it takes is the gateway's bound, 10
SECTIONS = ("demand", "supply", "employment", "technology")
FRESH, STALE = section.SECTION_STATE_FRESH, section.SECTION_STATE_STALE


class StandingStill(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        place = running()
        cls.federation = place.__enter__()
        cls.addClassCleanup(place.__exit__, None, None, None)
        cls.council = council_grpc.CouncilServiceStub(
            open_channel(cls.federation, "gateway", "council/cce"))
        cls.labor = vacancy_grpc.VacancyServiceStub(
            open_channel(cls.federation, "labor", "supplier/muestra"))

    def overview(self, language="en"):
        return self.council.GetOverview(council.GetOverviewRequest(), timeout=5,
                                        metadata=(("accept-language", language),))

    def wait_for(self, condition):
        """The first overview of which it is true."""
        until = time.monotonic() + LIMIT
        while True:
            answer = self.overview()
            if condition(answer):
                return answer
            self.assertLess(time.monotonic(), until, answer)

    def states(self, answer):
        return {name: getattr(answer, name).provenance.state for name in SECTIONS}

    def wait_fresh(self):
        return self.wait_for(lambda answer: set(self.states(answer).values()) == {FRESH})

    def wait_remembered(self):
        """The second of two overviews with the same tokens: those of figures that are computed
        differ each time."""
        def tokens(answer):
            return [getattr(answer, name).provenance.freshness_token for name in SECTIONS]
        before = [None]

        def same(answer):
            before.append(tokens(answer))
            return before[-1] == before[-2]
        return self.wait_for(same)

    def create(self):
        made = vacancy.CreateVacancyRequest(vacancy_id="s" + uuid.uuid4().hex[:20],
                                            request_id=str(uuid.uuid4()))
        made.vacancy.offer = "soldador"
        made.vacancy.offer_date.year, made.vacancy.offer_date.month, made.vacancy.offer_date.day = (
            2026, 1, 15)
        made.vacancy.state_code = "14"
        self.labor.CreateVacancy(made, timeout=5)

    def test_a_projection_that_stands_still(self):
        well = self.wait_fresh().employment
        sql(self.federation, "RENAME TABLE journal_position TO moved_position")
        try:
            self.create()  # is stored, and can't be counted
            stale = self.wait_for(
                lambda answer: answer.employment.provenance.state == STALE)
            provenance = stale.employment.provenance
            self.assertEqual(provenance.failure.reason, "AGENCY_STANDS_STILL")
            self.assertIn("labor answers with what it knew at", provenance.failure.message)
            self.assertIn("labor responde con lo que sabía",
                          self.overview("es").employment.provenance.failure.message)
            self.assertEqual(stale.employment.statistics.vacancy_count,
                             well.statistics.vacancy_count)
            self.assertLess(provenance.as_of_time.seconds, time.time() - 9)
            for name in set(SECTIONS) - {"employment"}:
                self.assertEqual(self.states(stale)[name], FRESH, name)
        finally:
            sql(self.federation, "RENAME TABLE moved_position TO journal_position")
        again = self.wait_fresh().employment
        self.assertFalse(again.provenance.HasField("failure"))
        self.wait_for(lambda answer: answer.employment.statistics.vacancy_count
                      == well.statistics.vacancy_count + 1)

    def killed_once_remembered(self):
        """What was known before the database was killed, and the first overview without anything fresh."""
        self.wait_fresh()
        well = self.wait_remembered()
        self.federation.kill("mariadb")
        return well, self.wait_for(lambda answer: FRESH not in self.states(answer).values())

    def test_a_database_that_is_away(self):
        # Due work writes something about once a second, and nothing is remembered until somebody has
        # asked after it: killed just then, an agency has nothing to answer with.
        for _ in range(10):
            well, stale = self.killed_once_remembered()
            if set(self.states(stale).values()) == {STALE}:
                break
            self.federation.revive("mariadb")
        self.assertEqual(set(self.states(stale).values()), {STALE})
        self.assertEqual(stale.employment.statistics.vacancy_count,
                         well.employment.statistics.vacancy_count)
        self.assertEqual(stale.demand.summary.head_count, well.demand.summary.head_count)
        self.federation.revive("mariadb")
        self.wait_fresh()


if __name__ == "__main__":
    unittest.main()
