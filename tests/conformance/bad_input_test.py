"""Whatever is wrong with a request is said, all of it together, and changes nothing."""

import base64
import hashlib
import unittest
from pathlib import Path

import contract
import grpc
import requests
import samples
from checks import LANGUAGES, Conformance, record_counts
from federation import Refusal, Service, address, channel, credentials, info, new_id



def unary_methods():
    """Methods of all services, with somebody who may call them."""
    for name, service in contract.service_files().items():
        for method in service.methods:
            if method.name in {*requests.STREAMS, *requests.OF_LEARNERS}:
                continue
            callers = (*sorted(info()["callers"]), "gateway")
            server = contract.servers_of(name)[0]
            caller = next(c for c in callers if contract.may_call(method, c, server))
            yield method, Service(name, caller, server)


class Unchanged(Conformance):
    """Nothing that a test of this kind does leaves a trace in the records."""

    def setUp(self):
        before = self.counts()
        self.addCleanup(lambda: self.assertEqual(self.counts(), before))

    @staticmethod
    def counts():
        """Of all records but releases of the vocabulary: samples of occupations make new ones."""
        return {server: {collection: count for collection, count in record_counts(server).items()
                         if collection != "vocabularyReleases"} for server in contract.AGENCIES}


class Fields(Unchanged):
    @classmethod
    def setUpClass(cls):
        for method, _ in unary_methods():
            requests.valid(method)  # makes the records that valid requests name

    def test_every_fault_of_every_field_is_named_by_its_path(self):
        tried = 0
        for method, service in unary_methods():
            for path, what, spoil in requests.faults(method.input_type):
                request = requests.valid(method)
                spoil(request)
                tried += 1
                with self.subTest(method=method.full_name, path=path, what=what):
                    refusal = self.refuse(service, method.name, request, "INVALID_ARGUMENT",
                                          "INVALID_FIELDS", {path})
                    self.assertEqual(refusal.infos[0].metadata["field"], path)
                    self.assertEqual(refusal.infos[0].metadata["count"], "1")
                    self.assertEqual(refusal.infos[0].domain, "puente")
        self.assertGreater(tried, 300)

    def test_all_that_is_missing_is_said_together(self):
        for resource in samples.RESOURCES:
            service = Service(resource.service, resource.owner)
            method = service.descriptor.methods_by_name["Create" + resource.kind]
            empty = service.request(method.name)
            getattr(empty, resource.singular).SetInParent()
            record = method.input_type.fields_by_name[resource.singular]
            expected = requests.missing(method.input_type) - {resource.singular}
            expected |= requests.missing(record.message_type, resource.singular + ".")
            with self.subTest(method=method.full_name):
                self.assertGreater(len(expected), 3)
                refusal = self.refuse(service, method.name, empty, "INVALID_ARGUMENT",
                                      "INVALID_FIELDS", expected)
                self.assertEqual(refusal.infos[0].metadata["count"], str(len(expected)))

    def test_faults_of_different_kinds_are_said_together(self):
        service = Service("puente.labor.v1.VacancyService", "agency/labor")
        request = service.request(
            "CreateVacancy", vacancy_id="NO", request_id="nope", vacancy=samples.record(
                "Vacancy", offer="", offer_date={"year": 2026, "month": 2, "day": 30}, state_code="33",
                monthly_wage={"currency_code": "USD", "units": 1}, contract_kind=99, days_a_week=8,
                languages=[{"language_code": "en"}, {"language_code": "english"}]))
        self.refuse(service, "CreateVacancy", request, "INVALID_ARGUMENT", "INVALID_FIELDS",
                    {"vacancy_id", "request_id", "vacancy.offer", "vacancy.offer_date",
                     "vacancy.state_code", "vacancy.monthly_wage", "vacancy.contract_kind",
                     "vacancy.days_a_week", "vacancy.languages[1].language_code"})

    def test_rules_over_several_fields_come_with_the_faults_of_single_ones(self):
        spoiled = {
            "vacancy": ({"offer": "", "occupation_code": "",
                         "languages": [{"language_code": "en"}] * 2},
                        {"offer", "occupation_origin", "languages[1].language_code"}),
            "demand_statement": ({"heads": 0, "end_date": {"year": 2026, "month": 10, "day": 4}},
                                 {"heads", "end_date"}),
            "microcredential_version": ({"title_es": "", "workload_hours": 1, "outcomes": [{
                "statement": "Sabe.", "skills": ["skills/english"], "hours": 2}]},
                                        {"title_es", "outcomes"})}
        for resource in samples.RESOURCES:
            if resource.singular not in spoiled:
                continue
            changes, fields = spoiled[resource.singular]
            service = Service(resource.service, resource.owner)
            with self.subTest(resource=resource.kind):
                self.refuse(service, "Create" + resource.kind, resource.creation(service, changes),
                            "INVALID_ARGUMENT", "INVALID_FIELDS",
                            {f"{resource.singular}.{field}" for field in fields})

    def test_many_faults_still_fit_in_the_trailers(self):
        service = Service("puente.labor.v1.VacancyService", "agency/labor")
        request = service.request("CreateVacancy", vacancy_id="x", vacancy=samples.record(
            "Vacancy", skills=["¡no!" + "x" * 40] * 50, languages=[{"language_code": "nope"}] * 20))
        refusal = self.refuse(service, "CreateVacancy", request, "INVALID_ARGUMENT",
                              "INVALID_FIELDS")
        self.assertEqual(refusal.infos[0].metadata["count"], "70")
        self.assertGreater(len(refusal.violations), 5)


    def test_a_thousand_faults_are_counted_and_the_first_are_named(self):
        tried = 0
        for resource in samples.RESOURCES:
            service, method = Service(resource.service, resource.owner), "BatchGet" + resource.kinds
            if not resource.has(service, method):
                continue
            tried += 1
            with self.subTest(method=method):
                refusal = self.refuse(service, method, service.request(method, names=["\x07"] * 1000),
                                      "INVALID_ARGUMENT", "INVALID_FIELDS")
                self.assertEqual(refusal.infos[0].metadata["count"], "1000")
                named = [violation.field for violation in refusal.violations]
                self.assertGreater(len(named), 5)
                self.assertEqual(named, [f"names[{i}]" for i in range(len(named))])
        self.assertGreater(tried, 10)


class Callers(Unchanged):
    def test_nobody_but_the_gateway_speaks_for_another(self):
        service = Service("puente.labor.v1.SkillService", "council/cce")
        for original in ("agency/labor", "nonsense"):
            with self.assertRaises(grpc.RpcError) as caught:
                service.call("ListSkills", service.request("ListSkills"),
                             metadata=(("puente-original-caller", original),))
            refusal = Refusal(caught.exception)
            self.assertEqual(refusal.code, grpc.StatusCode.PERMISSION_DENIED)
            self.assertEqual(refusal.reason, "DELEGATION_REFUSED")

    def test_without_a_certificate_nobody_is_let_in(self):
        ca = Path(info()["callers"]["council/cce"]["ca"]).read_bytes()
        with grpc.secure_channel(info()["modules"]["labor"]["address"],
                                 grpc.ssl_channel_credentials(ca)) as anonymous:
            with self.assertRaises(grpc.RpcError) as caught:
                anonymous.unary_unary("/puente.labor.v1.SkillService/ListSkills")(b"", timeout=20)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.UNAVAILABLE)


class Wire(Unchanged):
    """What never reaches a handler. Where gRPC itself answers, there is no reason of ours."""

    def refused(self, method, message=b"", metadata=(), where=None):
        where = where or channel("labor", "agency/labor")
        with self.assertRaises(grpc.RpcError) as caught:
            where.unary_unary(method)(message, timeout=20, metadata=metadata)
        refusal = Refusal(caught.exception)
        return refusal.code, refusal.reason

    def test_an_unknown_method_is_unimplemented(self):
        for method in ("/puente.labor.v1.SkillService/DeleteSkill", "/puente.Nothing/Get",
                       "/puente.economy.v1.DemandService/GetDemandSummary", "/"):
            self.assertEqual(self.refused(method), (grpc.StatusCode.UNIMPLEMENTED, ""), method)

    def test_a_request_of_one_megabyte_is_looked_at_and_one_byte_more_is_refused(self):
        service = Service("puente.labor.v1.SkillService", "agency/labor")
        head = b"\x0a\xfc\xff\x3f"  # a name of all the bytes that follow
        most = head + b"x" * ((1 << 20) - len(head))
        method = "/puente.labor.v1.SkillService/GetSkill"
        self.assertEqual(service.descriptor.methods_by_name["GetSkill"].input_type.fields[0].name,
                         "name")
        self.assertEqual(self.refused(method, most),
                         (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_NAME"))
        more = b"\x0a\xfd\xff\x3f" + most[len(head):] + b"x"
        self.assertEqual(len(more), (1 << 20) + 1)
        self.assertEqual(self.refused(method, more), (grpc.StatusCode.RESOURCE_EXHAUSTED, ""))
        service.ListSkills(page_size=1)  # the connection is still good

    def test_metadata_of_more_than_eight_kilobytes_is_refused(self):
        # gRPC may close the connection as well, so it is one that nobody else uses.
        with grpc.secure_channel(address("labor"), credentials("agency/labor"),
                                 (("grpc.use_local_subchannel_pool", 1),)) as own:
            self.assertEqual(self.refused("/puente.labor.v1.SkillService/ListSkills",
                                          metadata=(("x-much", "x" * 8192),), where=own),
                             (grpc.StatusCode.RESOURCE_EXHAUSTED, ""))

    def test_what_is_no_message_is_refused(self):
        for message in (b"\xff\xff\xff", b"\x0a\x02\xc3\x28", b"\x0a\xff\x01abc",
                        b"\x7b" * 1000 + b"\x7c" * 1000):  # groups, 1,000 deep
            self.assertEqual(self.refused("/puente.labor.v1.SkillService/GetSkill", message),
                             (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_MESSAGE"))


class OldTokens(Conformance):
    def token(self, caller, *last, method="/puente.labor.v1.SkillService/ListSkills", parent=""):
        """A page token as 0.1.0 made it, of a list that ended with these ids."""
        content = "".join(f"{len(one)}:{one}" for one in last).encode()
        parts = (method.encode(), caller.encode(), parent.encode(), b"", b"", content)
        bound = b"puente-page/1\n" + b"".join(b"%d:%s" % (len(part), part) for part in parts)
        return base64.urlsafe_b64encode(hashlib.sha256(bound).digest()[:12] + content).decode(
            ).rstrip("=")

    def test_a_page_token_that_was_kept_for_years_still_leads_on(self):
        service = Service("puente.labor.v1.SkillService", "council/cce")
        page = service.ListSkills(page_size=2)
        last = page.skills[1].name.split("/")[1]
        self.assertEqual(page.next_page_token, self.token("council/cce", last))
        whole = [skill.name for skill in service.ListSkills(page_size=1000).skills]
        gone = self.token("council/cce", last + "-")  # after which nothing is named the same
        self.assertEqual([skill.name for skill in service.ListSkills(
            page_size=1000, page_token=gone).skills], whole[2:])

    def test_one_of_a_list_within_a_parent_does_too(self):
        name = "puente.education.v1.CampusService"
        agency, organization = Service(name, "agency/education"), samples.some("Organization")
        for number in range(3):
            agency.CreateCampus(parent=organization, campus_id=f"old-{number}",
                                campus=samples.record("Campus"), request_id=new_id())
        whole = [campus.name for campus in agency.ListCampuses(parent=organization).campuses]
        page = agency.ListCampuses(parent=organization, page_size=2)
        old = self.token("agency/education", organization.split("/")[1],
                         page.campuses[1].name.split("/")[3],
                         method=f"/{name}/ListCampuses", parent=organization)
        self.assertEqual(page.next_page_token, old)
        self.assertEqual([campus.name for campus in agency.ListCampuses(
            parent=organization, page_token=old).campuses], whole[2:])


class Languages(Conformance):
    def test_the_text_comes_in_the_language_asked_for(self):
        service = Service("puente.labor.v1.SkillService", "council/cce")
        for language, locale in LANGUAGES.items():
            with self.subTest(language=language), self.assertRaises(grpc.RpcError) as caught:
                service.call("GetSkill", service.request("GetSkill", name="skills/none"),
                             metadata=(("accept-language", language),) if language else ())
            self.check_details(Refusal(caught.exception), locale)


class Freshness(Unchanged):
    def test_a_token_that_no_server_gave_is_refused(self):
        for name, method in (("puente.labor.v1.VacancyStatisticsService", "GetVacancyStatistics"),
                             ("puente.economy.v1.DemandService", "GetDemandSummary"),
                             ("puente.education.v1.MicrocredentialService", "GetSupplySummary"),
                             ("puente.science.v1.SkillSignalService", "GetSignalSummary")):
            service = Service(name, "agency/labor")
            good = getattr(service, method)().freshness_token
            self.assertTrue(good, name)
            for token in ("nonsense", good + "A", good[:-1], "\u00f1", "A" * 3000):
                with self.subTest(method=method, token=token[:40]):
                    self.refuse(service, method, service.request(method, at_least=token),
                                "INVALID_ARGUMENT", "INVALID_FRESHNESS_TOKEN")

    def test_a_token_is_of_one_agency(self):
        labor = Service("puente.labor.v1.VacancyStatisticsService", "agency/labor")
        token = labor.GetVacancyStatistics().freshness_token
        economy = Service("puente.economy.v1.DemandService", "agency/labor")
        self.refuse(economy, "GetDemandSummary",
                    economy.request("GetDemandSummary", at_least=token),
                    "INVALID_ARGUMENT", "INVALID_FRESHNESS_TOKEN")


if __name__ == "__main__":
    unittest.main()
