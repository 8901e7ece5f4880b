"""Need and teaching side by side: every figure is what its agency tells, and no more."""

import unittest

import samples
from checks import released
from federation import Service, new_id, unique
from views_test import Views, settle

TRANSVERSAL = 1
HIDDEN, UNKNOWN, NOT_SPLIT, NOT_ASKED = 1, 2, 3, 4
STATES = [f"{number:02}" for number in range(1, 33)]


class Gaps(Views):
    def setUp(self):
        super().setUp()
        self.demand = Service("puente.economy.v1.DemandService", "council/cce")
        self.needs = Service("puente.economy.v1.SkillDemandService", "council/cce")
        self.seats = Service("puente.education.v1.SeatStatisticsService", "council/cce")
        tables = Service("puente.economy.v1.SectorTableService", "council/cce")
        self.tables = tables.ListSectorTables(page_size=1000).sector_tables
        self.sectors = [table.name for table in self.tables if table.source != "conformance"]

    def every(self, page_size=1000, **asked):
        """The gaps of all pages."""
        gaps, token = [], ""
        while True:
            page = self.council.ListSkillGaps(page_size=page_size, page_token=token, **asked)
            gaps += page.skill_gaps
            token = page.next_page_token
            if not token:
                return gaps

    def value(self, figure):
        return figure.value if figure.WhichOneof("outcome") == "value" else None

    def test_sections_are_what_the_agencies_answer(self):
        settle()
        sector, state = "sectorTables/automotive", "11"
        view = self.council.ListSkillGaps(sector=sector, state_code=state)
        self.check_fresh(view, "sector", "demand", "seats", "posts")
        self.same(view.demand, self.needs.ListSkillDemand(
            sector_table=sector, state_code=state, page_size=50), "next_page_token")
        self.same(view.seats, self.seats.ListSkillSeats(state_code=state, page_size=50),
                  "next_page_token")
        prefixes = [prefix.prefix for prefix in view.sector.table.scian_prefixes]
        vacancies = Service("puente.labor.v1.VacancyStatisticsService", "council/cce")
        self.same(view.posts, vacancies.GetVacancyStatistics(
            state_codes=[state], scian_prefixes=prefixes))
        self.assertEqual(view.posts.post_count.value, view.posts.statistics.post_count)
        self.assertIn("Guanajuato", view.posts.about)

    def test_nothing_is_told_that_economy_hides(self):
        """Whatever gaps tell of a skill, sector and state, its own question tells, and what that
        hides is in no gap, by whatever way it is asked for."""
        told = hidden = 0
        for sector in ["", *self.sectors]:
            for state in ["", "11", "19", "21", "26"]:
                for gap in self.every(sector=sector, state_code=state):
                    figure = self.demand.GetDemandSummary(
                        sector_table=sector, state_code=state, skills=[gap.skill]).head_count
                    if figure.WhichOneof("outcome") == "value":
                        told += 1
                        self.assertEqual(self.value(gap.people_needed), figure.value, gap.skill)
                    else:
                        hidden += 1
                        self.assertEqual(gap.people_needed.hole, HIDDEN, gap.skill)
                        self.assertEqual(gap.difference.hole, HIDDEN, gap.skill)
        self.assertGreater(told, 50)
        self.assertGreater(hidden, 20)

    def test_a_hidden_skill_is_answered_as_one_that_nobody_stated(self):
        hidden, never = "skills/" + unique("hidden"), "skills/" + unique("never")
        economy = Service("puente.economy.v1.DemandService", "agency/economy")
        company = samples.of("Company").new({"size": "COMPANY_SIZE_LARGE", "business_group": ""})
        register = Service("puente.economy.v1.CompanyService", "agency/economy")
        register.ConfirmCompany(name=company.name, reason="x")
        _, metadata = economy.call("CreateDemandStatement", economy.request(
            "CreateDemandStatement", parent=company.name, demand_statement_id=unique("need"),
            request_id=new_id(), demand_statement=samples.record(
                "DemandStatement", skill=hidden, state_code="11")))
        released(self.demand, metadata["puente-freshness"])
        for kind in (0, TRANSVERSAL):
            for asked in ({}, {"state_code": "11"}, {"sector": "sectorTables/automotive"}):
                gaps = self.council.ListSkillGaps(skills=[hidden, never], kind=kind,
                                                  **asked).skill_gaps
                self.assertEqual([gap.skill for gap in gaps], sorted((hidden, never)))
                for gap in gaps:
                    gap.ClearField("skill")
                self.assertEqual(gaps[0], gaps[1])
                self.assertEqual(gaps[0].people_needed.hole, HIDDEN)
                names = {gap.skill for gap in self.every(kind=kind, **asked)}
                self.assertNotIn(hidden, names)

    def test_the_difference_is_of_what_is_told_on_both_sides(self):
        seen = 0
        for state in ("", "11", "19", "22"):
            for gap in self.every(state_code=state):
                needed, taught = self.value(gap.people_needed), self.value(gap.seats_taught)
                self.assertIsNotNone(taught)
                if needed is None:
                    self.assertIsNone(self.value(gap.difference))
                elif state and gap.seats_without_state.value:
                    self.assertEqual(gap.difference.hole, NOT_SPLIT)
                else:
                    seen += 1
                    self.assertEqual(self.value(gap.difference), needed - taught)
                self.assertEqual(gap.seats_without_state.hole, 0 if state else NOT_ASKED)
                self.assertEqual(gap.sector_tables.hole, NOT_ASKED)
        self.assertGreater(seen, 10)

    def test_the_same_gaps_come_in_pages_of_any_size(self):
        whole = self.every(state_code="11")
        self.assertEqual([gap.skill for gap in whole], sorted(gap.skill for gap in whole))
        for size in (1, 2, 5):
            self.assertEqual(self.every(page_size=size, state_code="11"), whole)

    def test_a_page_token_is_of_one_question(self):
        page = self.council.ListSkillGaps(page_size=1)
        self.assertTrue(page.next_page_token)
        for asked in ({"state_code": "11"}, {"kind": TRANSVERSAL}, {"period": "2026-2027"},
                      {"sector": "sectorTables/automotive"}):
            self.refuse(self.council, "ListSkillGaps", self.council.request(
                "ListSkillGaps", page_token=page.next_page_token, **asked),
                "INVALID_ARGUMENT", "INVALID_PAGE_TOKEN")

    def test_transversal_is_what_most_tables_with_demand_need(self):
        """Counted here from the lists of the single tables."""
        lists = {table.name: self.needs.ListSkillDemand(sector_table=table.name, page_size=1000)
                 for table in self.tables}
        needing = {}
        for answer in lists.values():
            for one in answer.skill_demand:
                needing[one.skill] = needing.get(one.skill, 0) + (one.head_count.value > 0)
        view = self.council.ListSkillGaps(kind=TRANSVERSAL, page_size=1000)
        tables = view.demand.demand.sector_table_count
        self.assertTrue(0 < tables <= len(self.tables))
        self.assertEqual({gap.skill: gap.sector_tables.value for gap in view.skill_gaps},
                         {skill: count for skill, count in needing.items() if 2 * count > tables})
        self.assertTrue(view.skill_gaps)
        self.assertTrue(all(gap.transversal for gap in view.skill_gaps))

    def test_seats_are_those_of_the_cycle_asked_for(self):
        later = self.council.ListSkillGaps(period="2097-2098", page_size=1000)
        self.assertEqual(later.seats.seats.period, "2097-2098")
        self.assertEqual({self.value(gap.seats_taught) for gap in later.skill_gaps}, {0})
        self.refuse(self.council, "ListSkillGaps",
                    self.council.request("ListSkillGaps", period="2026-2028"),
                    "INVALID_ARGUMENT", "INVALID_FIELDS", {"period"})

    def test_an_unknown_sector_ends_the_view_with_the_agencys_own_words(self):
        refusal = self.refuse(self.council, "ListSkillGaps", self.council.request(
            "ListSkillGaps", sector="sectorTables/none"), "NOT_FOUND", "SECTOR_TABLE_NOT_FOUND")
        self.assertEqual(refusal.infos[0].domain, "economy.puente")

    def test_a_programs_seats_are_taught_where_its_campuses_are(self):
        skill = "skills/" + unique("taught")
        programs = Service("puente.education.v1.ProgramService", "agency/education")
        campuses = Service("puente.education.v1.CampusService", "agency/education")
        organization = samples.some("Organization")
        seats = []
        for state, count in (("11", 30), ("19", 12)):
            campus = campuses.CreateCampus(
                parent=organization, campus_id=unique("campus"), request_id=new_id(),
                campus=samples.record("Campus", state_code=state, cct=""))
            seats.append({"period": "2031-2032", "seats": count, "campus": campus.name})
        made = programs.CreateProgramVersion(
            parent="programs/" + unique("p"), program_version_id="1", request_id=new_id(),
            program_version=samples.record("ProgramVersion", seats=seats, organization=organization,
                                           outcomes=[{"code": "a", "statement": "Sabe.",
                                                      "skills": [skill]}]))
        _, metadata = programs.call("PublishProgramVersion", programs.request(
            "PublishProgramVersion", name=made.name, request_id=new_id()))
        asked = {"period": "2031-2032", "skills": [skill]}
        self.seats.ListSkillSeats(at_least=metadata["puente-freshness"])
        for state, count in (("", 42), ("11", 30), ("19", 12), ("22", 0)):
            gap, = self.council.ListSkillGaps(state_code=state, **asked).skill_gaps
            self.assertEqual(self.value(gap.seats_taught), count, state)


if __name__ == "__main__":
    unittest.main()
