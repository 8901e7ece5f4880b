"""Value chains: what their stages are told to need and nobody teaches, put together of what the
agencies tell."""

import unittest

from federation import Service, unique
from views_test import Views, settle


class ValueChains(Views):
    def setUp(self):
        super().setUp()
        self.chains = Service("puente.economy.v1.ValueChainService", "agency/economy")
        self.seats = Service("puente.education.v1.SeatStatisticsService", "council/cce")

    def chain(self):
        name = unique("chain")
        return self.chains.CreateValueChain(value_chain_id=name, value_chain={
            "label_es": "Cadena", "source": "conformance", "record_kind": "RECORD_KIND_GENERATED",
            # The classes of two of the sample's tables, and some of nobody's. What is told of them
            # depends on which other chains there are by then.
            "stages": [
                {"stage": "cars", "title_es": "Autos", "scian_prefixes": ["3361", "3362", "3363"]},
                {"stage": "planes", "title_es": "Aviones", "scian_prefixes": ["3364"]},
                {"stage": "boats", "title_es": "Barcos", "scian_prefixes": ["3366"]}],
            "links": [{"from_stage": "cars", "to_stage": "planes"}]})

    def test_stages_are_what_the_agencies_answer(self):
        chain = self.chain()
        settle()
        view = self.council.GetValueChainGaps(value_chain=chain.name)
        self.check_fresh(view, "chain", "demand")
        self.assertEqual(view.chain.chain, chain)
        self.same(view.demand, self.chains.GetValueChainDemand(name=chain.name))
        told = {stage.stage: {each.skill: each.count for each in stage.skills}
                for stage in view.demand.demand.stages}
        self.assertFalse(told["boats"])
        if any(told.values()):
            self.check_fresh(view, "seats")
        else:
            self.assertEqual(view.seats.provenance.failure.reason, "NO_STAGE_SKILLS")
        for stage in view.stages:
            self.assertEqual({each.skill: each.people_needed for each in stage.skills},
                             told[stage.stage])
            taught = {each.skill: each.seats_taught.value for each in stage.skills}
            if taught:
                counted = self.seats.ListSkillSeats(skills=list(taught), page_size=1000).skill_seats
                self.assertEqual(taught, {each.skill: each.seats.seat_count for each in counted})
            self.assertEqual(stage.untaught_count.value, list(taught.values()).count(0))
        self.assertEqual([list(stage.customers) for stage in view.stages], [["planes"], [], []])
        self.assertEqual([list(stage.suppliers) for stage in view.stages], [[], ["cars"], []])

    def test_a_chain_that_is_not_there_is_not_found(self):
        self.refuse(self.council, "GetValueChainGaps",
                    self.council.request("GetValueChainGaps", value_chain="valueChains/none"),
                    "NOT_FOUND", "VALUE_CHAIN_NOT_FOUND")


if __name__ == "__main__":
    unittest.main()
