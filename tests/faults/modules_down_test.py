"""All views with every subset of the four agencies killed, and with every subset frozen: the
sections of the others are right and the answer comes in time."""

import itertools
import threading
import time
import unittest

from places import module_of, open_channel, running

council = module_of("puente/gateway/v1/council_pb2")
council_grpc = module_of("puente/gateway/v1/council_pb2_grpc")
certification = module_of("puente/gateway/v1/certification_pb2")
certification_grpc = module_of("puente/gateway/v1/certification_pb2_grpc")
section = module_of("puente/gateway/v1/section_pb2")
agenda = module_of("puente/gateway/v1/agenda_pb2")
agenda_grpc = module_of("puente/gateway/v1/agenda_pb2_grpc")
dossier = module_of("puente/gateway/v1/dossier_pb2")
dossier_grpc = module_of("puente/gateway/v1/dossier_pb2_grpc")
submission = module_of("puente/gateway/v1/submission_pb2")
submission_grpc = module_of("puente/gateway/v1/submission_pb2_grpc")
trace = module_of("puente/gateway/v1/trace_pb2")

AGENCIES = ("education", "economy", "labor", "science")
SUBSETS = [subset for size in range(5) for subset in itertools.combinations(AGENCIES, size)]
DEADLINE = 0.6  # seconds
GRACE = 0.05
BACK_LIMIT = 20  # seconds for the gateway to see that an agency is back
VERSION = "microcredentials/industrial-automation-basics/versions/1"

# Section → the agencies that it can't do without.
OVERVIEW = {"demand": {"economy"}, "supply": {"education"}, "employment": {"labor"},
            "technology": {"science"}}
DOSSIER = {"definition": {"education"}, "demand": {"education", "economy"},
           "technology": {"education", "science"},
           "seats": {"education"}, "employment": {"education", "economy", "labor"}}
# "submissions" are the gateway's own, of the versions that were found.
TRACE = {"demand": {"economy"}, "skill_signals": {"science"}, "proposals": {"economy"},
         "agreements": {"economy"}, "sessions": {"economy"}, "agreement_sessions": {"economy"},
         "transfer_agreements": {"economy", "science"}, "signals": {"economy", "science"},
         "versions": {"economy", "education"}, "signal_versions": {"science", "education"}}
SUBMISSION = "certifiers/ceneval/submissions/industrial-automation-basics-muestra"
REVIEWER = (("puente-actor", "reviewer-1"),)
GAPS = {"demand": {"economy"}, "seats": {"education"}, "posts": {"labor"}}


def figures(answer, name):
    """A section without what differs from call to call."""
    copy = type(getattr(answer, name)).FromString(getattr(answer, name).SerializeToString())
    copy.ClearField("provenance")
    for field, value in copy.ListFields():
        if field.message_type is None:
            continue
        for volatile in ("as_of_time", "check_time", "freshness_token"):
            if volatile in value.DESCRIPTOR.fields_by_name:
                value.ClearField(volatile)
    return copy


class ModulesDown(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._place = running()
        cls.federation = cls._place.__enter__()
        cls.addClassCleanup(cls._place.__exit__, None, None, None)
        cls.council = council_grpc.CouncilServiceStub(
            open_channel(cls.federation, "gateway", "council/cce"))
        cls.certifier = certification_grpc.CertificationServiceStub(
            open_channel(cls.federation, "gateway", "certifier/ceneval"))
        cls.well = cls.wait_well()

    @classmethod
    def overview(cls, deadline=DEADLINE):
        return cls.council.GetOverview(council.GetOverviewRequest(), timeout=deadline)

    @classmethod
    def dossier(cls, deadline=DEADLINE):
        return cls.certifier.PreviewDossier(
            certification.PreviewDossierRequest(microcredential_version=VERSION), timeout=deadline)

    @classmethod
    def gaps(cls, deadline=DEADLINE):
        return cls.council.ListSkillGaps(council.ListSkillGapsRequest(page_size=1000),
                                         timeout=deadline)

    @classmethod
    def views(cls):
        """How each is asked, and what its sections need."""
        return (cls.overview, OVERVIEW), (cls.dossier, DOSSIER), (cls.gaps, GAPS)

    @classmethod
    def wait_well(cls):
        """All answers with all agencies up."""
        until = time.monotonic() + BACK_LIMIT
        while True:
            answers = [call(5) for call, _ in cls.views()]
            states = [getattr(answer, name).provenance.state
                      for answer, (_, sections) in zip(answers, cls.views()) for name in sections]
            if set(states) == {section.SECTION_STATE_FRESH}:
                return answers
            if time.monotonic() > until:
                raise AssertionError(f"not all agencies came back: {answers}")

    def check(self, answer, well, sections, down):
        """Sections that need what is down are missing; all others are as when all is well."""
        for name, needs in sections.items():
            provenance = getattr(answer, name).provenance
            if needs & down:
                self.assertEqual(provenance.state, section.SECTION_STATE_MISSING, name)
                self.assertTrue(provenance.failure.reason, name)
            else:
                self.assertEqual(provenance.state, section.SECTION_STATE_FRESH,
                                 f"{name}: {provenance}")
                self.assertEqual(figures(answer, name), figures(well, name))

    def check_gaps(self, answer, well, down):
        """Each figure is as when all is well, or says that its agency is away."""
        before = {gap.skill: gap for gap in well.skill_gaps}
        for gap in answer.skill_gaps:
            for name, needs in (("people_needed", {"economy"}), ("seats_taught", {"education"}),
                                ("difference", {"economy", "education"})):
                figure = getattr(gap, name)
                if not needs & down:
                    self.assertEqual(figure, getattr(before[gap.skill], name), gap.skill)
                else:
                    self.assertEqual(figure.WhichOneof("outcome"), "hole", gap.skill)
        if "labor" in down:
            self.assertEqual(answer.posts.post_count.hole, council.HOLE_UNKNOWN)

    def check_all(self, down):
        down = set(down)
        for (call, sections), well in zip(self.views(), self.well):
            began = time.monotonic()
            answer = call()
            took = time.monotonic() - began
            self.assertLess(took, DEADLINE + GRACE)
            self.check(answer, well, sections, down)
            if sections is GAPS:
                self.check_gaps(answer, well, down)

    def test_every_subset_killed(self):
        for subset in SUBSETS:
            with self.subTest(killed=subset):
                for agency in subset:
                    self.federation.kill(agency)
                self.check_all(subset)
            for agency in subset:
                self.federation.revive(agency)
            self.wait_well()

    def assign(self):
        """Has the body review what it can then open dossiers of."""
        submissions = submission_grpc.SubmissionServiceStub(
            open_channel(self.federation, "gateway", "certifier/ceneval"))
        submissions.AssignSubmission(submission.AssignSubmissionRequest(
            name=SUBMISSION, reviewer="reviewer-1"), timeout=5, metadata=REVIEWER)

    def check_fresh(self, provenance, needs, down, name):
        """It has an answer if and only if all that it needs are up."""
        fresh = provenance.state == section.SECTION_STATE_FRESH
        self.assertEqual(fresh, not needs & down, f"{name}: {provenance}")

    def wait_implemented(self, follow):
        """A trace once the act over two owners in the sample is done."""
        until = time.monotonic() + BACK_LIMIT
        while True:
            told = self.council.TraceDemand(follow, timeout=5)
            if any(step.kind == trace.TRACE_STEP_KIND_IMPLEMENTED for step in told.steps):
                return told
            if time.monotonic() > until:
                raise AssertionError(f"the sample's proposal is not implemented: {told}")
            time.sleep(0.1)

    def check_trace(self, told, well, down):
        """What was there to ask is answered if those are up who know of it and who answer; what a
        missing owner has is not told, and no line is said to wait for it."""
        for name, needs in TRACE.items():
            state = getattr(told, name).state
            before = getattr(well, name).state
            if state != before:
                self.assertTrue(needs & down, name)
                self.assertEqual(state, section.SECTION_STATE_MISSING, name)
                self.assertTrue(getattr(told, name).failure.reason, name)
            else:  # there was nothing to ask about whoever is up
                self.assertTrue(not needs & down or before == section.SECTION_STATE_NOT_ASKED, name)
        plain = [(step.kind, step.name, step.date) for step in well.steps]
        for step in told.steps:
            self.assertIn((step.kind, step.name, step.date), plain)
        waits = [(end.name, end.waits_for) for end in well.ends]
        for end in told.ends:
            self.assertIn((end.name, end.waits_for), waits)
        if not down:
            self.assertEqual(len(told.steps), len(well.steps))
            self.assertEqual(told.submissions.state, section.SECTION_STATE_FRESH)
        if {"economy", "science"} <= down or "education" in down:
            self.assertEqual(told.submissions.state, section.SECTION_STATE_MISSING)

    def test_every_subset_killed_of_what_is_asked_step_by_step(self):
        """A trace, an agenda and a dossier, which is kept as it was put together."""
        self.assign()
        agendas = agenda_grpc.AgendaServiceStub(
            open_channel(self.federation, "gateway", "organization/tecnologico-bajio-muestra"))
        dossiers = dossier_grpc.DossierServiceStub(
            open_channel(self.federation, "gateway", "certifier/ceneval"))
        follow = trace.TraceDemandRequest(skill="skills/welding")
        well = self.wait_implemented(follow)
        for subset in SUBSETS:
            down = set(subset)
            with self.subTest(killed=subset):
                for agency in subset:
                    self.federation.kill(agency)
                self.check_trace(self.council.TraceDemand(follow, timeout=5), well, down)
                waits = agendas.GetAgenda(agenda.GetAgendaRequest(), timeout=5)
                # Education is asked only what helps to tell which of Economy's calls are for the school.
                self.assertEqual({each.provenance.agency for each in waits.sections} | {"education"},
                                 {"gateway", "economy", "education"})
                for each in waits.sections:
                    self.check_fresh(each.provenance, {each.provenance.agency}, down, each.kind)
                opened = dossiers.OpenDossier(dossier.OpenDossierRequest(
                    dossier_id="-".join(("without", *subset)), submission=SUBMISSION), timeout=5,
                    metadata=REVIEWER)
                self.assertEqual({each.section for each in opened.sections}, set(DOSSIER))
                for each in opened.sections:
                    self.check_fresh(each.provenance, DOSSIER[each.section], down, each.section)
                    self.assertEqual(bool(each.answer), not DOSSIER[each.section] & down)
                self.assertEqual(dossiers.GetDossier(
                    dossier.GetDossierRequest(name=opened.name), timeout=5), opened)
            for agency in subset:
                self.federation.revive(agency)
            self.wait_well()

    def test_every_subset_frozen(self):
        for subset in SUBSETS:
            with self.subTest(frozen=subset):
                for agency in subset:
                    self.federation.suspend(agency)
                try:
                    self.check_all(subset)
                finally:
                    for agency in subset:
                        self.federation.resume(agency)
            self.wait_well()

    def test_agencies_die_while_all_views_are_asked(self):
        """No wrong figure, no late answer, no crash."""
        stop, wrong, answers = threading.Event(), [], [0]

        def ask(call, sections, well):
            while not stop.is_set():
                began = time.monotonic()
                try:
                    answer = call()
                    late = time.monotonic() - began > DEADLINE + GRACE
                    for name in sections:
                        fresh = (getattr(answer, name).provenance.state
                                 == section.SECTION_STATE_FRESH)
                        if late or (fresh and figures(answer, name) != figures(well, name)):
                            wrong.append((name, late, answer))
                    answers[0] += 1
                except Exception as error:  # whatever it is, it is a finding
                    wrong.append(error)

        threads = [threading.Thread(target=ask, args=(call, sections, well))
                   for (call, sections), well in zip(self.views(), self.well)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(2):
                for agency in AGENCIES:
                    self.federation.kill(agency)
                    self.federation.revive(agency)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.assertEqual(wrong[:3], [])
        self.assertGreater(answers[0], 20)
        self.wait_well()


if __name__ == "__main__":
    unittest.main()
