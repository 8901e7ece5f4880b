"""Microcredentials from draft to supply, and signals from technology to summary."""

import unittest
from datetime import datetime, timedelta, timezone

import samples
from checks import Conformance, every_page
from federation import Service, new_id, unique

DRAFT, PUBLISHED = 1, 2


class Microcredentials(Conformance):
    def setUp(self):
        self.service = Service("puente.education.v1.MicrocredentialService", "agency/education")

    def draft(self, parent=None, number="1", **changes):
        answer, metadata = self.service.call("CreateMicrocredentialVersion", self.creation(
            parent or "microcredentials/" + unique("mc"), number, **changes))
        return answer, metadata["puente-freshness"]

    def creation(self, parent, number, **changes):
        return self.service.request(
            "CreateMicrocredentialVersion", parent=parent, microcredential_version_id=number,
            microcredential_version=samples.record("MicrocredentialVersion", **changes),
            request_id=new_id())

    def publish(self, name, **fields):
        return self.service.request("PublishMicrocredentialVersion", name=name,
                                    request_id=new_id(), **fields)

    def test_a_draft_is_published_once_and_counts_from_then_on(self):
        skill = "skills/" + unique("taught")
        outcomes = [{"statement": "Sabe.", "skills": [skill]}]
        drafted, token = self.draft(outcomes=outcomes, state="MICROCREDENTIAL_STATE_PUBLISHED")
        self.assertEqual(drafted.state, DRAFT)
        self.assertFalse(drafted.HasField("publish_time"))
        before = self.service.GetSupplySummary(at_least=token).microcredential_count
        counted, _ = every_page(self.service, "ListMicrocredentialVersions",
                               "microcredential_versions", 1000, parent="microcredentials/-",
                               filter="state = PUBLISHED")
        self.assertEqual(before, len({version.name.split("/")[1] for version in counted}))
        request = self.publish(drafted.name, etag=drafted.etag)
        published, metadata = self.service.call("PublishMicrocredentialVersion", request)
        self.assertEqual(published.state, PUBLISHED)
        self.assertTrue(published.HasField("publish_time"))
        self.assertNotEqual(published.etag, drafted.etag)
        found = self.service.GetSupplySummary(at_least=metadata["puente-freshness"])
        self.assertEqual(found.microcredential_count, before + 1)
        self.assertEqual(self.service.call("PublishMicrocredentialVersion", request)[0], published)
        self.refuse(self.service, "PublishMicrocredentialVersion", self.publish(drafted.name),
                    "FAILED_PRECONDITION", "MICROCREDENTIAL_VERSION_NOT_DRAFT")

    def test_an_old_etag_publishes_nothing(self):
        drafted, _ = self.draft()
        self.refuse(self.service, "PublishMicrocredentialVersion",
                    self.publish(drafted.name, etag="v9"), "ABORTED", "ETAG_MISMATCH")
        self.assertEqual(self.service.GetMicrocredentialVersion(name=drafted.name), drafted)

    def test_what_is_absent_is_not_published(self):
        self.refuse(self.service, "PublishMicrocredentialVersion",
                    self.publish("microcredentials/none/versions/1"), "NOT_FOUND",
                    "MICROCREDENTIAL_VERSION_NOT_FOUND")

    def test_versions_are_numbered_without_gaps(self):
        parent = "microcredentials/" + unique("mc")
        self.refuse(self.service, "CreateMicrocredentialVersion", self.creation(parent, "2"),
                    "FAILED_PRECONDITION", "MICROCREDENTIAL_VERSION_NOT_NEXT")
        for number in ("1", "2"):
            self.draft(parent, number)
        refusal = self.refuse(self.service, "CreateMicrocredentialVersion",
                              self.creation(parent, "4"), "FAILED_PRECONDITION",
                              "MICROCREDENTIAL_VERSION_NOT_NEXT")
        self.assertEqual(refusal.infos[0].metadata["next"], "3")
        for number in range(3, 12):
            self.draft(parent, str(number))
        versions, _ = every_page(self.service, "ListMicrocredentialVersions",
                                 "microcredential_versions", 4, parent=parent)
        self.assertEqual([version.name for version in versions],
                         [f"{parent}/versions/{number}" for number in range(1, 12)])

    def test_hours_of_outcomes_fit_in_the_workload(self):
        outcomes = [{"statement": "Sabe.", "skills": ["skills/english"], "hours": 21}] * 2
        self.refuse(self.service, "CreateMicrocredentialVersion",
                    self.creation("microcredentials/" + unique("mc"), "1", outcomes=outcomes),
                    "INVALID_ARGUMENT", "INVALID_FIELDS", {"microcredential_version.outcomes"})
        self.draft(outcomes=outcomes, workload_hours=42)

    def test_lists_are_split_by_state(self):
        self.draft()
        for text, state in (("state = DRAFT", DRAFT), ("state = PUBLISHED", PUBLISHED)):
            found, _ = every_page(self.service, "ListMicrocredentialVersions",
                                  "microcredential_versions", 7, parent="microcredentials/-",
                                  filter=text)
            self.assertEqual({version.state for version in found}, {state})

    def test_a_parent_of_another_form_is_refused(self):
        for parent in ("nonsense", "microcredentials", "microcredentials/a/versions/1",
                       "microcredentials/-/versions/-"):
            self.refuse(self.service, "ListMicrocredentialVersions",
                        self.service.request("ListMicrocredentialVersions", parent=parent),
                        "INVALID_ARGUMENT", "INVALID_NAME")

    def test_supply_says_what_it_cannot_split_by_and_what_is_not_recorded(self):
        found = self.service.GetSupplySummary(sector_table="sectorTables/automotive",
                                              state_code="09")
        self.assertEqual(sorted(found.could_not_split), ["sector", "state"])
        whole = self.service.GetSupplySummary()
        self.assertEqual(list(whole.could_not_split), [])
        self.assertEqual(found.microcredential_count, whole.microcredential_count)
        self.assertLessEqual(len(whole.top_skills), 10)
        values = [skill.count.value for skill in whole.top_skills]
        self.assertEqual(values, sorted(values, reverse=True))
        self.assertEqual(whole.record_kind, 2)

    def seats(self, token=""):
        found = self.service.GetSupplySummary(at_least=token)
        return found.seat_count.value, found.as_of_time.seconds

    def test_seats_are_those_of_the_last_published_versions_in_this_cycle(self):
        programs = Service("puente.education.v1.ProgramService", "agency/education")
        program = "programs/" + unique("seats")
        before, now = self.seats()
        today = datetime.fromtimestamp(now, timezone(timedelta(hours=-6)))  # Mexico City
        first = today.year - (today.month < 8)
        cycle = f"{first}-{first + 1}"
        for number, seats, counted in (
                (1, [(cycle, 40), (f"{first + 5}-{first + 6}", 1000)], 40),
                (2, [(cycle, 55), (str(first), 7)], 55),  # the cycle counts, not the year too
                (3, [(str(first), 9)], 9),  # of the year in which the cycle begins
                (4, [], 0)):  # the last one states none
            campus = samples.campus_of(samples.record("ProgramVersion")["organization"])
            request = programs.request(
                "CreateProgramVersion", parent=program, program_version_id=str(number),
                program_version=samples.record("ProgramVersion", seats=[
                    {"period": period, "seats": count, "campus": campus}
                    for period, count in seats]))
            programs.call("CreateProgramVersion", request)
            name = f"{program}/versions/{number}"
            _, metadata = programs.call(
                "PublishProgramVersion", programs.request("PublishProgramVersion", name=name))
            after, _ = self.seats(metadata["puente-freshness"])
            self.assertEqual(after - before, counted, name)


class Signals(Conformance):
    def setUp(self):
        self.service = Service("puente.science.v1.SkillSignalService", "agency/science")

    def add(self, **changes):
        answer, metadata = self.service.call("CreateSkillSignal", self.service.request(
            "CreateSkillSignal", skill_signal_id=unique("sign"), request_id=new_id(),
            skill_signal=samples.record("SkillSignal", **changes)))
        return answer, metadata["puente-freshness"]

    def test_a_technology_has_to_exist(self):
        request = self.service.request(
            "CreateSkillSignal", skill_signal_id=unique("sign"),
            skill_signal=samples.record("SkillSignal", technology="technologies/none"))
        self.refuse(self.service, "CreateSkillSignal", request, "NOT_FOUND", "TECHNOLOGY_NOT_FOUND")

    def test_lists_by_sector_are_in_order_of_horizon(self):
        sector = "sectorTables/" + unique("sector")
        names = {}
        for year in (2033, 2029, 2031, 2030, 2029):
            made, _ = self.add(sector_table=sector,
                               horizon_date={"year": year, "month": 1, "day": 1})
            names[made.name] = year
        for page_size in (1, 2, 1000):
            found, _ = every_page(self.service, "ListSkillSignals", "skill_signals", page_size,
                                  filter=f'sector_table = "{sector}"')
            self.assertEqual([names[signal.name] for signal in found],
                             [2029, 2029, 2030, 2031, 2033])

    def test_lists_by_skill_are_of_that_skill(self):
        skill = "skills/" + unique("rare")
        made, _ = self.add(skill=skill)
        self.add()
        found, _ = every_page(self.service, "ListSkillSignals", "skill_signals", 10,
                              filter=f'skill = "{skill}"')
        self.assertEqual(found, [made])

    def test_a_signal_is_in_the_summary_that_asks_for_it(self):
        sector, skill = "sectorTables/" + unique("sector"), "skills/" + unique("rare")
        self.add(sector_table=sector, skill=skill)
        _, token = self.add(sector_table=sector, skill="skills/" + unique("rare"))
        found = self.service.GetSignalSummary(sector_table=sector, at_least=token)
        self.assertEqual((found.signal_count, found.technology_count), (2, 1))
        self.assertEqual(len(found.nearest), 2)
        self.assertEqual(len(found.top_skills), 2)
        self.assertFalse(found.could_not_split)
        one = self.service.GetSignalSummary(skills=[skill], state_code="09")
        self.assertEqual((one.signal_count, list(one.could_not_split)), (1, ["state"]))
        self.assertTrue(one.freshness_token)

    def test_the_nearest_ten_come_first(self):
        found = self.service.GetSignalSummary()
        self.assertEqual(len(found.nearest), 10)
        days = [(s.horizon_date.year, s.horizon_date.month, s.horizon_date.day)
                for s in found.nearest]
        self.assertEqual(days, sorted(days))
        every, _ = every_page(self.service, "ListSkillSignals", "skill_signals", 1000)
        self.assertEqual(found.signal_count, len(every))
        today = (datetime.now(timezone.utc) - timedelta(hours=6)).date()  # in Mexico City
        ahead = [day for day in ((s.horizon_date.year, s.horizon_date.month, s.horizon_date.day)
                                 for s in every)
                 if day >= (today.year, today.month, today.day)]
        self.assertEqual(days[0], min(ahead))


if __name__ == "__main__":
    unittest.main()
