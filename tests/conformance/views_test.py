"""The gateway's views: one answer from four agencies, each section saying where it comes from."""

import collections
import hashlib
import unittest

import grpc
import samples
from checks import Conformance, released
from federation import Refusal, Service, new_id, unique

FRESH, NOT_ASKED = 1, 5
AGENCIES = {"sector": "economy", "chain": "economy", "demand": "economy", "supply": "education",
            "employment": "labor", "technology": "science", "definition": "education",
            "seats": "education", "posts": "labor"}


class Views(Conformance):
    def setUp(self):
        self.council = Service("puente.gateway.v1.CouncilService", "council/cce")
        self.certifier = Service("puente.gateway.v1.CertificationService", "certifier/ceneval")

    def content(self, section):
        """The agency's answer in a section, None without one."""
        field, = [f for f in section.DESCRIPTOR.fields
                  if f.message_type and f.message_type.file.package != "puente.gateway.v1"]
        return getattr(section, field.name) if section.HasField(field.name) else None

    def check_fresh(self, view, *names):
        for name in names:
            section = getattr(view, name)
            origin = section.provenance
            self.assertEqual((origin.agency, origin.state), (AGENCIES[name], FRESH), name)
            self.assertIn(origin.hosting, (1, 2))
            self.assertGreater(origin.as_of_time.seconds, 1_700_000_000, name)
            self.assertGreater(origin.latency.ToNanoseconds(), 0)
            self.assertFalse(origin.HasField("failure"), name)
            answer = self.content(section).SerializeToString(deterministic=True)
            self.assertEqual(origin.digest, hashlib.sha256(answer).digest(), name)

    def same(self, section, direct, *leave_out):
        """What the section holds is what the agency itself answers."""
        answer = type(direct)()
        answer.CopyFrom(self.content(section))
        for message in (answer, direct):
            for name in ("as_of_time", "check_time", "freshness_token", *leave_out):
                if name in message.DESCRIPTOR.fields_by_name:
                    message.ClearField(name)
        self.assertEqual(answer, direct)


SUMMARIES = {"economy": ("puente.economy.v1.DemandService", "GetDemandSummary"),
             "education": ("puente.education.v1.MicrocredentialService", "GetSupplySummary"),
             "labor": ("puente.labor.v1.VacancyStatisticsService", "GetVacancyStatistics"),
             "science": ("puente.science.v1.SkillSignalService", "GetSignalSummary")}


def settle():
    """Until what other tests wrote is in the figures, so that they stand still."""
    for agency, (service, method) in SUMMARIES.items():
        resource = next(r for r in samples.RESOURCES
                        if r.service.startswith(f"puente.{agency}.") and not r.parent)
        writer = Service(resource.service, resource.owner)
        _, metadata = writer.call("Create" + resource.kind, resource.creation(writer))
        reader = Service(service, "council/cce")
        if agency == "economy":
            released(reader, metadata["puente-freshness"])
        else:
            getattr(reader, method)(at_least=metadata["puente-freshness"])


class Overview(Views):
    def setUp(self):
        super().setUp()
        settle()

    def test_four_agencies_answer_as_one(self):
        view = self.council.GetOverview()
        self.check_fresh(view, "demand", "supply", "employment", "technology")
        self.assertFalse(view.sector.HasField("provenance"))
        self.same(view.demand, Service("puente.economy.v1.DemandService",
                                       "council/cce").GetDemandSummary())
        self.same(view.supply, Service("puente.education.v1.MicrocredentialService",
                                       "council/cce").GetSupplySummary())
        self.same(view.employment, Service("puente.labor.v1.VacancyStatisticsService",
                                           "council/cce").GetVacancyStatistics())
        self.same(view.technology, Service("puente.science.v1.SkillSignalService",
                                           "council/cce").GetSignalSummary())
        for name in ("demand", "supply", "employment", "technology"):
            section = getattr(view, name)
            self.assertEqual(section.provenance.freshness_token,
                             self.content(section).freshness_token)

    def test_a_sector_and_a_state_narrow_what_can_be_narrowed(self):
        sector, state = "sectorTables/automotive", "11"
        view = self.council.GetOverview(sector=sector, state=state)
        self.check_fresh(view, "sector", "demand", "supply", "employment", "technology")
        self.assertEqual(view.sector.table.name, sector)
        self.same(view.demand, Service("puente.economy.v1.DemandService", "council/cce")
                  .GetDemandSummary(sector_table=sector, state_code=state))
        prefixes = [prefix.prefix for prefix in view.sector.table.scian_prefixes]
        self.same(view.employment, Service("puente.labor.v1.VacancyStatisticsService", "council/cce")
                  .GetVacancyStatistics(state_codes=[state], scian_prefixes=prefixes))
        self.assertEqual(sorted(view.supply.summary.could_not_split), ["sector", "state"])
        self.assertEqual(list(view.technology.summary.could_not_split), ["state"])
        self.assertLess(view.technology.summary.signal_count,
                        self.council.GetOverview().technology.summary.signal_count)

    def test_an_unknown_sector_ends_the_view_with_the_agencys_own_words(self):
        refusal = self.refuse(self.council, "GetOverview",
                              self.council.request("GetOverview", sector="sectorTables/none"),
                              "NOT_FOUND", "SECTOR_TABLE_NOT_FOUND")
        self.assertEqual(refusal.infos[0].domain, "economy.puente")

    def test_a_sector_without_a_prefix_in_force_leaves_a_hole_that_says_why(self):
        tables = Service("puente.economy.v1.SectorTableService", "agency/economy")
        made = tables.CreateSectorTable(
            sector_table_id=unique("later"), request_id=new_id(),
            sector_table=samples.record("SectorTable", scian_prefixes=[{
                "prefix": "3361", "effective_date": {"year": 2199, "month": 1, "day": 1},
                "source": "conformance"}]))
        texts = {}
        for language in ("es", "en"):
            view, _ = self.council.call(
                "GetOverview", self.council.request("GetOverview", sector=made.name),
                metadata=(("accept-language", language),))
            self.check_fresh(view, "sector", "demand", "supply", "technology")
            origin = view.employment.provenance
            self.assertEqual((origin.agency, origin.state), ("labor", NOT_ASKED))
            self.assertEqual((origin.failure.reason, origin.failure.domain),
                             ("NO_SECTOR_PREFIXES", "gateway.puente"))
            self.assertFalse(view.employment.HasField("statistics"))
            self.assertFalse(origin.digest or origin.freshness_token)
            texts[language] = origin.failure.message
        self.assertTrue(texts["es"] and texts["en"])
        self.assertNotEqual(texts["es"], texts["en"])

    def test_it_comes_within_the_deadline_or_says_that_it_has_passed(self):
        # gRPC's timers are coarse, and what is remembered may be faster.
        refused = collections.Counter(self.code_within(0.0001) for _ in range(100))
        self.assertLessEqual(set(refused), {None, grpc.StatusCode.DEADLINE_EXCEEDED})
        self.assertGreater(refused[grpc.StatusCode.DEADLINE_EXCEEDED], 0)
        self.assertIsNone(self.code_within(5))

    def code_within(self, timeout):
        """Why there was no answer, None if there was one."""
        try:
            self.council.call("GetOverview", self.council.request("GetOverview"), timeout=timeout)
        except grpc.RpcError as error:
            return error.code()
        return None


class Dossier(Views):
    def test_it_collects_what_each_agency_knows_of_a_version(self):
        name = "microcredentials/industrial-automation-basics/versions/1"
        view = self.certifier.PreviewDossier(microcredential_version=name)
        self.check_fresh(view, "definition", "demand", "seats", "technology", "employment")
        self.assertEqual(view.microcredential_version, name)
        self.assertEqual(view.definition.version.name, name)
        self.assertEqual(view.signature_state, 1)
        self.assertGreater(view.compose_time.seconds, 1_700_000_000)
        skills = sorted({skill for outcome in view.definition.version.outcomes
                         for skill in outcome.skills})
        demand = Service("puente.economy.v1.DemandService", "certifier/ceneval")
        self.same(view.demand, demand.GetDemandSummary(skills=skills))
        signals = Service("puente.science.v1.SkillSignalService", "certifier/ceneval")
        self.same(view.technology, signals.GetSignalSummary(skills=skills))
        taught = Service("puente.education.v1.SeatStatisticsService", "certifier/ceneval")
        self.same(view.seats, taught.ListSkillSeats(skills=skills, page_size=len(skills)))
        self.assertEqual([seats.skill for seats in view.seats.seats.skill_seats], skills)
        states = [state.state_code for state in view.demand.summary.states
                  if state.count.value > 0]
        self.assertTrue(states)
        figures = Service("puente.labor.v1.VacancyStatisticsService", "certifier/ceneval")
        self.same(view.employment, figures.GetVacancyStatistics(state_codes=states))

    def test_it_says_what_its_vacancies_are(self):
        name = "microcredentials/industrial-automation-basics/versions/1"
        words = {}
        for language in ("es", "en"):
            view, _ = self.certifier.call(
                "PreviewDossier", self.certifier.request("PreviewDossier", microcredential_version=name),
                metadata=(("accept-language", language),))
            words[language] = view.employment.about
        self.assertIn("de cualquier ocupación", words["es"])
        self.assertIn("of every occupation", words["en"])
        self.assertIn("Guanajuato", words["en"])

    def test_without_demand_there_are_no_states_to_look_in(self):
        education = Service("puente.education.v1.MicrocredentialService", "agency/education")
        outcomes = [{"statement": "Sabe.", "skills": ["skills/" + unique("unwanted")]}]
        made = education.CreateMicrocredentialVersion(
            parent="microcredentials/" + unique("mc"), microcredential_version_id="1",
            microcredential_version=samples.record("MicrocredentialVersion", outcomes=outcomes),
            request_id=new_id())
        view = self.certifier.PreviewDossier(microcredential_version=made.name)
        self.check_fresh(view, "definition", "demand", "technology")
        # No more is told of a skill that nobody stated than of one that is withheld.
        self.assertEqual(view.demand.summary.head_count.WhichOneof("outcome"), "mark")
        self.assertEqual(view.technology.summary.signal_count, 0)
        self.assertEqual((view.employment.provenance.state,
                          view.employment.provenance.failure.reason),
                         (NOT_ASKED, "NO_DEMAND_STATES"))
        self.assertFalse(view.employment.HasField("statistics"))

    def test_an_absent_version_ends_the_view(self):
        refusal = self.refuse(self.certifier, "PreviewDossier", self.certifier.request(
            "PreviewDossier", microcredential_version="microcredentials/absent/versions/1"),
            "NOT_FOUND", "MICROCREDENTIAL_VERSION_NOT_FOUND")
        self.assertEqual(refusal.infos[0].domain, "education.puente")

    def test_it_is_for_those_who_certify(self):
        for caller in ("council/cce", "company/acme", "supplier/portal"):
            service = Service("puente.gateway.v1.CertificationService", caller)
            with self.assertRaises(grpc.RpcError) as caught:
                service.PreviewDossier(
                    microcredential_version="microcredentials/welding-tig/versions/1")
            self.assertEqual(Refusal(caught.exception).reason, "CALLER_REFUSED")


if __name__ == "__main__":
    unittest.main()
