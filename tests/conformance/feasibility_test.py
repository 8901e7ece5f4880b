"""Which campuses could teach something, and which schools teach it, asked of a running federation:
what the gateway says is what Education says to the same caller, page by page."""

import unittest

from federation import Service
from views_test import FRESH, NOT_ASKED, Views

CALLERS = ("council/cce", "company/acme", "organization/tecnologico-bajio-muestra")
SKILL = "skills/plc-programming"
VERDICTS = {1: (False, False), 2: (True, False), 3: (None, True)}  # of needs and unknowns


class Feasibility(Views):
    def skill(self):
        """One that the bundled sample teaches."""
        seats = Service("puente.education.v1.SeatStatisticsService", "council/cce").ListSkillSeats()
        return next(each.skill for each in seats.skill_seats if each.seats.seat_count > 0)

    def pages(self, method, field, **question):
        rows, token = [], ""
        while True:
            page = method(page_size=2, page_token=token, **question)
            self.assertLessEqual(len(getattr(page, field)), 2)
            rows += getattr(page, field)
            token = page.next_page_token
            if not token:
                return rows

    def test_campuses_are_what_education_says_of_them_to_the_caller(self):
        skill = self.skill()
        for caller in CALLERS:
            council = Service("puente.gateway.v1.CouncilService", caller)
            teaching = Service("puente.education.v1.TeachingService", caller)
            view = council.CheckFeasibility(skills=[skill], seat_count=20)
            self.assertEqual((view.teaching.agency, view.teaching.state), ("education", FRESH))
            self.assertEqual((view.places.provenance.state, view.places.provenance.failure.reason),
                             (NOT_ASKED, "NO_ONE_STATE"))
            self.assertTrue(view.campuses)
            direct = teaching.FindTeaching(skills=[skill], with_means=True)
            self.assertEqual([campus.site for campus in view.campuses], list(direct.sites))
            self.assertEqual(view.record_kind, direct.record_kind)
            for campus in view.campuses:
                needs, unknowns = VERDICTS[campus.verdict]
                self.assertEqual(bool(campus.unknowns), unknowns)
                if needs is not None:
                    self.assertEqual(bool(campus.needs), needs)
            sites = self.pages(council.CheckFeasibility, "campuses", skills=[skill], seat_count=20)
            self.assertEqual(sites[:len(view.campuses)], list(view.campuses))

    def test_schools_come_nearest_first(self):
        skill = self.skill()
        found = self.pages(self.council.FindSchools, "sites", skills=[skill], near_state_code="11")
        self.assertTrue(found)
        nearness = [site.nearness for site in found]
        self.assertEqual(nearness, sorted(nearness))
        names = [site.campus.name or site.organization for site in found]
        self.assertEqual(len(names), len(set(names)))
        for site in found:
            self.assertTrue(site.programs or site.microcredentials)
            for program in site.programs:
                self.assertIn(skill, program.skills)

    def test_one_question_is_asked(self):
        for method, question in (("CheckFeasibility", {}), ("FindSchools", {}),
                                 ("CheckFeasibility", {"skills": [SKILL], "proposal": "proposals/x"})):
            self.refuse(self.council, method, self.council.request(method, **question),
                        "INVALID_ARGUMENT", "ONE_QUESTION_ONLY")
        self.refuse(self.council, "CheckFeasibility",
                    self.council.request("CheckFeasibility", proposal="proposals/none"),
                    "NOT_FOUND", "PROPOSAL_NOT_FOUND")


if __name__ == "__main__":
    unittest.main()
