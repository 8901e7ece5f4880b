"""Vacancies, their quality and the figures about them."""

import unittest

import samples
from checks import Conformance, every_page
from federation import Service, new_id, unique

VACANCIES = "puente.labor.v1.VacancyService"
STATISTICS = "puente.labor.v1.VacancyStatisticsService"
# Good work by the standards, that asks for English.
GOOD = {"state_code": "09", "municipality": "Iztapalapa", "minutes_a_day": 480, "days_a_week": 5,
        "monthly_wage": {"currency_code": "MXN", "units": 21000},
        "contract_kind": "CONTRACT_KIND_INDEFINITE", "scian_class": "3361",
        "skills": ["skills/english"],
        "languages": [{"language_code": "en", "level": "LANGUAGE_LEVEL_BASIC"}]}
SUPPLIER, AGENCY = "supplier/muestra", "agency/labor"


class Labor(Conformance):
    def setUp(self):
        self.supplier = Service(VACANCIES, SUPPLIER)
        self.agency = Service(VACANCIES, AGENCY)
        self.statistics = Service(STATISTICS, "council/cce")

    def record(self, service=None, **changes):
        """The vacancy recorded and its freshness token."""
        service = service or self.supplier
        said = {} if service is self.agency else samples.BY_ITSELF
        answer, metadata = service.call("CreateVacancy", service.request(
            "CreateVacancy", vacancy_id=unique("job"), request_id=new_id(),
            vacancy=samples.record("Vacancy", **{**GOOD, **said, **changes})))
        return answer, metadata["puente-freshness"]

    def close(self, service, vacancy, **fields):
        return service.request("CloseVacancy", name=vacancy.name, request_id=new_id(),
                               **{"reason": "CLOSE_REASON_FILLED", **fields})

    def refuse_creation(self, code, reason, fields, **changes):
        request = self.supplier.request("CreateVacancy", vacancy_id=unique("job"),
                                        vacancy=samples.record(
                                            "Vacancy", **{**GOOD, **samples.BY_ITSELF, **changes}))
        self.refuse(self.supplier, "CreateVacancy", request, code, reason, fields)
        self.refuse(self.supplier, "GetVacancy", self.supplier.request(
            "GetVacancy", name="vacancies/" + request.vacancy_id), "NOT_FOUND", "VACANCY_NOT_FOUND")


class Recording(Labor):
    def test_a_recorded_vacancy_is_open_judged_and_its_suppliers(self):
        vacancy, _ = self.record(post_count=0, state="VACANCY_STATE_CLOSED", supplier="agency/labor",
                                 close_reason="CLOSE_REASON_FILLED")
        self.assertEqual(vacancy.state, 1)
        self.assertEqual(vacancy.supplier, SUPPLIER)
        self.assertEqual(vacancy.post_count, 1)
        self.assertEqual(vacancy.close_reason, 0)
        self.assertFalse(vacancy.HasField("close_time"))
        self.assertEqual(vacancy.quality.rule_set, "quality-job/1")
        self.assertEqual([vacancy.quality.verdict, vacancy.quality.wage, vacancy.quality.contract,
                          vacancy.quality.hours, vacancy.quality.rest], [1] * 5)

    def test_a_verdict_explains_itself(self):
        vacancy, _ = self.record(monthly_wage={"currency_code": "MXN", "units": 3000},
                                 contract_kind="CONTRACT_KIND_UNSPECIFIED", days_a_week=7)
        verdict = self.supplier.ExplainVacancyQuality(name=vacancy.name)
        self.assertEqual((verdict.vacancy, verdict.rule_set, verdict.verdict),
                         (vacancy.name, "quality-job/1", vacancy.quality.verdict))
        found = {part.component: part.outcome for part in verdict.components}
        self.assertEqual(found, {"wage": 2, "contract": 3, "hours": 2, "rest": 2})
        wage = next(part for part in verdict.components if part.component == "wage")
        self.assertIn("3000.00 MXN", wage.value.replace(",", ""))
        for part in verdict.components:
            self.assertTrue(part.bound, part)
            self.assertTrue(part.source, part)

    def test_a_skill_has_to_exist(self):
        self.refuse_creation("NOT_FOUND", "SKILL_NOT_FOUND", (),
                             skills=["skills/english", "skills/no-such-skill"])

    def test_what_contradicts_itself_is_refused(self):
        cases = {
            "a skill twice": ({"skills": ["skills/english"] * 2}, {"vacancy.skills[1]"}),
            "a language twice": ({"languages": [{"language_code": "en"}] * 2},
                                 {"vacancy.languages[1].language_code"}),
            "languages of which none is required": ({"languages_not_required": True},
                                                    {"vacancy.languages_not_required"}),
            "a class from nowhere": ({"scian_origin": "CODE_ORIGIN_UNSPECIFIED"},
                                     {"vacancy.scian_origin"}),
            "an origin of no class": ({"scian_class": ""}, {"vacancy.scian_origin"}),
            "an occupation from nowhere": ({"occupation_origin": 0},
                                           {"vacancy.occupation_origin"}),
            "a wage below zero": ({"monthly_wage": {"currency_code": "MXN", "units": -1}},
                                  {"vacancy.monthly_wage"}),
            "a wage of zero": ({"monthly_wage": {"currency_code": "MXN"}},
                               {"vacancy.monthly_wage"}),
            "an offer of blanks": ({"offer": "  "}, {"vacancy.offer"}),
        }
        for what, (changes, fields) in cases.items():
            with self.subTest(what):
                self.refuse_creation("INVALID_ARGUMENT", "INVALID_FIELDS", fields, **changes)

    def test_a_request_id_is_its_callers_own(self):
        request_id = new_id()
        for service, said in ((self.supplier, samples.BY_ITSELF), (self.agency, {})):
            service.CreateVacancy(vacancy_id=unique("job"), request_id=request_id,
                                  vacancy=samples.record("Vacancy", **said))

    def test_a_supplier_speaks_for_itself_alone(self):
        request = self.supplier.request("CreateVacancy", vacancy_id=unique("job"),
                                        vacancy=samples.record("Vacancy", source="conformance"))
        refusal = self.refuse(self.supplier, "CreateVacancy", request, "INVALID_ARGUMENT",
                              "INVALID_FIELDS", {"vacancy.source"})
        self.assertEqual([each.reason for each in refusal.violations], ["NOT_YOUR_SOURCE"])
        vacancy, _ = self.record(record_kind="RECORD_KIND_REAL")
        self.assertEqual((vacancy.source, vacancy.record_kind), ("puente-sample", 2))


class Closing(Labor):
    def test_the_first_reason_stands(self):
        vacancy, _ = self.record()
        request = self.close(self.supplier, vacancy, etag=vacancy.etag)
        closed, metadata = self.supplier.call("CloseVacancy", request)
        self.assertEqual((closed.state, closed.close_reason), (2, 1))
        self.assertTrue(closed.HasField("close_time"))
        self.assertNotEqual(closed.etag, vacancy.etag)
        self.assertTrue(metadata["puente-freshness"])
        for etag in ("", closed.etag):
            again = self.close(self.supplier, vacancy, reason="CLOSE_REASON_EXPIRED", etag=etag)
            self.refuse(self.supplier, "CloseVacancy", again, "FAILED_PRECONDITION",
                        "VACANCY_ALREADY_CLOSED")
        self.assertEqual(self.supplier.GetVacancy(name=vacancy.name), closed)
        self.assertEqual(self.supplier.call("CloseVacancy", request)[0], closed)

    def test_an_old_etag_closes_nothing(self):
        vacancy, _ = self.record()
        for etag in ("v0", "v2", "nonsense", vacancy.etag + " "):
            with self.subTest(etag=etag):
                refusal = self.refuse(self.supplier, "CloseVacancy",
                                      self.close(self.supplier, vacancy, etag=etag), "ABORTED",
                                      "ETAG_MISMATCH")
                self.assertEqual(refusal.infos[0].metadata["name"], vacancy.name)
        self.assertEqual(self.supplier.GetVacancy(name=vacancy.name), vacancy)

    def test_a_supplier_closes_its_own_only(self):
        vacancy, _ = self.record(self.agency)
        self.assertEqual(vacancy.supplier, AGENCY)
        self.refuse(self.supplier, "CloseVacancy", self.close(self.supplier, vacancy),
                    "PERMISSION_DENIED", "OWNER_MISMATCH")
        self.assertEqual(self.supplier.GetVacancy(name=vacancy.name), vacancy)
        own, _ = self.record()
        self.assertEqual(self.agency.call("CloseVacancy", self.close(self.agency, own))[0].state, 2)


class Statistics(Labor):
    def figures(self, token="", **request):
        return self.statistics.GetVacancyStatistics(at_least=token, **request)

    def test_a_write_is_in_the_figures_that_ask_for_it(self):
        state = "31"
        before = self.figures(state_codes=[state])
        vacancy, token = self.record(state_code=state, post_count=7)
        after = self.figures(token, state_codes=[state])
        self.assertEqual(after.vacancy_count, before.vacancy_count + 1)
        self.assertEqual(after.post_count, before.post_count + 7)
        self.assertEqual(after.asking_english_count, before.asking_english_count + 1)
        self.assertEqual(after.language_count, before.language_count + 1)
        self.assertIn(vacancy.source, after.sources)
        self.assertEqual(after.quality.verdict.passed, before.quality.verdict.passed + 1)
        self.assertTrue(after.freshness_token)
        # In whole seconds, and of a look that may have begun before the write.
        self.assertGreaterEqual(after.as_of_time.seconds, vacancy.create_time.seconds - 1)
        _, metadata = self.supplier.call("CloseVacancy", self.close(self.supplier, vacancy))
        closed = self.figures(metadata["puente-freshness"], state_codes=[state])
        for name in ("vacancy_count", "post_count", "asking_english_count", "language_count",
                     "sources", "wage_zones", "quality"):
            self.assertEqual(getattr(closed, name), getattr(before, name), name)
        self.assertEqual(self.figures(after.freshness_token, state_codes=[state]).vacancy_count,
                         before.vacancy_count)

    def test_outcomes_add_up_to_the_count(self):
        for request in ({}, {"state_codes": ["09", "11"]}, {"scian_prefixes": ["3361"]}):
            found = self.figures(**request)
            self.assertGreater(found.vacancy_count, 0)
            for part in ("verdict", "wage", "contract", "hours", "rest"):
                counts = getattr(found.quality, part)
                self.assertEqual(counts.passed + counts.failed + counts.unknown,
                                 found.vacancy_count, part)
            self.assertEqual(found.rule_set, "quality-job/1")
            self.assertEqual(found.record_kind, 2)
            self.assertIn("puente-sample", found.sources)
            self.assertFalse(found.could_not_split)

    def test_a_vacancy_that_fits_several_prefixes_counts_once(self):
        state = "04"
        self.record(state_code=state, scian_class="336110")
        _, token = self.record(state_code=state, scian_class="3363")
        count = {prefixes: self.figures(token, state_codes=[state] * 2,
                                        scian_prefixes=list(prefixes)).vacancy_count
                 for prefixes in (("336110",), ("3361",), ("3361", "336110"), ("33",),
                                  ("3363", "3361"), ("33", "336", "3363", "3361"), ("72",))}
        self.assertEqual(count[("3361",)], count[("3361", "336110")])
        self.assertEqual(count[("33",)], count[("33", "336", "3363", "3361")])
        self.assertGreaterEqual(count[("3363", "3361")], 2)
        self.assertEqual(count[("72",)], 0)

    def test_what_states_no_class_is_left_out_and_said(self):
        state = "18"
        _, token = self.record(state_code=state, scian_class="",
                               scian_origin="CODE_ORIGIN_UNSPECIFIED")
        whole = self.figures(token, state_codes=[state])
        self.assertEqual(whole.unclassified_count, 0)
        split = self.figures(state_codes=[state], scian_prefixes=["3361"])
        self.assertEqual(split.unclassified_count, whole.vacancy_count)
        self.assertFalse(split.HasField("vacancy_count"))
        self.assertFalse(split.HasField("post_count"))
        self.assertFalse(split.HasField("median_monthly_wage"))
        self.assertEqual(list(split.could_not_split), ["sector"])

    def test_a_median_of_two_is_exact_to_half_a_centavo(self):
        state = next(code for code in (f"{number:02}" for number in range(1, 33))
                     if self.figures(state_codes=[code]).wage_count == 0)
        self.record(state_code=state, monthly_wage={"currency_code": "MXN", "units": 100,
                                                    "nanos": 10_000_000})
        _, token = self.record(state_code=state, monthly_wage={"currency_code": "MXN", "units": 200})
        found = self.figures(token, state_codes=[state]).median_monthly_wage
        self.assertEqual((found.currency_code, found.units, found.nanos), ("MXN", 150, 5_000_000))

    def test_a_day_of_24_hours_is_suspect(self):
        before = self.figures(state_codes=["17"]).hours_suspect_count
        _, token = self.record(state_code="17", minutes_a_day=1440)
        self.assertEqual(self.figures(token, state_codes=["17"]).hours_suspect_count, before + 1)


class Lists(Labor):
    def list(self, text, page_size=1000):
        return every_page(self.supplier, "ListVacancies", "vacancies", page_size, filter=text)[0]

    def test_declared_filters_find_what_they_say(self):
        self.record(state_code="10", days_a_week=7)
        every = self.list("")
        base = "record_kind = GENERATED AND state = OPEN"
        opened = [v for v in every if v.record_kind == 2 and v.state == 1]
        cases = {
            base: opened,
            base + ' AND state_code = "10"': [v for v in opened if v.state_code == "10"],
            base + " AND verdict = FAILED": [v for v in opened if v.quality.verdict == 2],
            'verdict = OUTCOME_PASSED AND state = VACANCY_STATE_OPEN AND state_code = "09" AND '
            "record_kind = RECORD_KIND_GENERATED": [
                v for v in opened if v.state_code == "09" and v.quality.verdict == 1],
            base + ' AND scian_class = "336*"': [
                v for v in opened if v.scian_class.startswith("336")],
            base + ' AND state_code = "09" AND scian_class = "33*"': [
                v for v in opened if v.state_code == "09" and v.scian_class.startswith("33")],
        }
        for text, expected in cases.items():
            with self.subTest(filter=text):
                found = self.list(text)
                self.assertTrue(found)
                self.assertEqual({v.name for v in found}, {v.name for v in expected})
                self.assertEqual([v.name for v in self.list(text, 7)], [v.name for v in found])
                if "scian" in text:
                    keys = [v.scian_class for v in found]
                    self.assertEqual(keys, sorted(keys))
                else:
                    days = [(v.offer_date.year, v.offer_date.month, v.offer_date.day)
                            for v in found]
                    self.assertEqual(days, sorted(days, reverse=True))

    def test_a_filter_of_undeclared_form_is_refused(self):
        base = "record_kind = GENERATED AND state = OPEN"
        for text in ("record_kind = GENERATED", "state = OPEN", base + " AND offer = \"x\"",
                     base + " AND state = OPEN", base + " OR state = CLOSED",
                     base + " AND verdict = MAYBE", base + ' AND scian_class = "336"',
                     base + ' AND scian_class = "*"', base + " AND verdict = UNSPECIFIED",
                     base + " AND", base + ' AND state_code = "09', base.replace("=", "!="),
                     base + " AND verdict = FAILED AND scian_class = \"33*\""):
            with self.subTest(filter=text):
                refusal = self.refuse(self.supplier, "ListVacancies", self.supplier.request(
                    "ListVacancies", filter=text), "INVALID_ARGUMENT", "INVALID_FILTER")
                self.assertTrue(refusal.infos[0].metadata["allowed"])


class Standards(Conformance):
    def test_they_are_dated_and_sourced(self):
        found = Service("puente.labor.v1.StandardsService", "auditor/asf").GetStandards()
        self.assertTrue(found.border_municipalities)
        for numbers in (found.minimum_wages, found.weekly_hours_limits):
            self.assertTrue(numbers)
            order = [(getattr(n, "zone", 0), n.effective_date.year, n.effective_date.month,
                      n.effective_date.day) for n in numbers]
            self.assertEqual(order, sorted(order))
            self.assertTrue(all(number.source for number in numbers))
        wages = {(w.zone, w.effective_date.year): w.daily_centavos for w in found.minimum_wages}
        self.assertEqual((wages[1, 2020], wages[2, 2020]), (12322, 18556))


if __name__ == "__main__":
    unittest.main()
