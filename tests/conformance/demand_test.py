"""Demand statements, who sees them, and totals that tell nothing about single companies."""

import collections
import itertools
import unittest

import contract
import grpc
import samples
from checks import Conformance, every_page, record_counts, released
from federation import Refusal, Service, info, new_id, unique

ACME = "companies/acme"
DEMAND = "puente.economy.v1.DemandService"
COMPANIES = "puente.economy.v1.CompanyService"
CURRENT, SUPERSEDED, WITHDRAWN = 1, 2, 3
REGISTERED, AWAITS_CONFIRMATION = 2, 2
SUPPRESSED = 1
# By which fields a request names statements, and who may know how many there are.
NAMING = {"name", "names", "parent"}
OVERSEERS = ("agency/economy", "auditor/asf")


class Subject(collections.namedtuple("Subject", "company statement request_id")):
    """A statement that a company made or not, with a call of this id."""

    @property
    def name(self):
        return f"{self.company}/demandStatements/{self.statement}"


def company_of(statement):
    return statement.name.rsplit("/", 2)[0]


class Demand(Conformance):
    def setUp(self):
        self.register = Service(COMPANIES, "agency/economy")
        if self.register.GetCompany(name=ACME).state == REGISTERED:  # it changed its record
            self.register.ConfirmCompany(name=ACME, reason="x")
        self.economy = Service(DEMAND, "agency/economy")
        self.acme = Service(DEMAND, "company/acme")
        self.council = Service(DEMAND, "council/cce")

    def state(self, service=None, parent=ACME, **changes):
        """The statement made and its freshness token."""
        service = service or self.economy
        said = {} if service is self.economy else samples.BY_ITSELF
        answer, metadata = service.call("CreateDemandStatement", service.request(
            "CreateDemandStatement", parent=parent, demand_statement_id=unique("need"),
            request_id=new_id(),
            demand_statement=samples.record("DemandStatement", **{**changes, **said})))
        return answer, metadata["puente-freshness"]

    def company(self):
        """The name of a new one that is confirmed."""
        made = samples.of("Company").new({"size": "COMPANY_SIZE_LARGE", "business_group": ""})
        return self.register.ConfirmCompany(name=made.name, reason="x").name

    def get(self, name):
        return self.economy.GetDemandStatement(name=name)

    def statements(self):
        return every_page(self.economy, "ListDemandStatements", "demand_statements", 1000,
                          parent="companies/-")[0]


class Statements(Demand):
    def test_a_later_statement_of_a_need_takes_the_earlier_ones_place(self):
        need = samples.record("DemandStatement")
        first, _ = self.state(self.acme, **need)
        second, token = self.state(self.acme, **{**need, "heads": 30})
        found = self.get(first.name)
        self.assertEqual((found.state, found.superseded_by), (SUPERSEDED, second.name))
        self.assertNotEqual(found.etag, first.etag)
        self.assertEqual(found.heads, first.heads)
        third, _ = self.state(self.economy, **{**need, "heads": 31})
        self.assertEqual(self.get(second.name).superseded_by, third.name)
        self.assertEqual(self.get(first.name).superseded_by, second.name)
        self.assertEqual(self.get(third.name).state, CURRENT)
        summary = released(self.council, token, skills=[need["skill"]])
        self.assertEqual(summary.head_count.mark, SUPPRESSED)

    def test_another_need_takes_nobodys_place(self):
        need = samples.record("DemandStatement")
        first, _ = self.state(**need)
        for change in ({"level": "cefr:B1"}, {"level": ""}, {"state_code": "31"},
                       {"scian_class": "1112"}, {"parent": samples.of("Company").new().name},
                       {"skill": "skills/" + unique("need")},
                       {"end_date": {"year": 2027, "month": 4, "day": 1}}):
            with self.subTest(**change):
                self.state(**{**need, **change})
                self.assertEqual(self.get(first.name).state, CURRENT)

    def test_a_withdrawn_statement_no_longer_counts(self):
        made, _ = self.state(self.acme)
        answer = self.acme.WithdrawDemandStatement(name=made.name, etag=made.etag,
                                                   request_id=new_id())
        self.assertEqual(answer.state, WITHDRAWN)
        self.refuse(self.acme, "WithdrawDemandStatement",
                    self.acme.request("WithdrawDemandStatement", name=made.name),
                    "FAILED_PRECONDITION", "DEMAND_STATEMENT_NOT_CURRENT")

    def test_what_was_superseded_cannot_be_withdrawn(self):
        need = samples.record("DemandStatement")
        first, _ = self.state(**need)
        self.state(**need)
        self.refuse(self.economy, "WithdrawDemandStatement",
                    self.economy.request("WithdrawDemandStatement", name=first.name),
                    "FAILED_PRECONDITION", "DEMAND_STATEMENT_NOT_CURRENT")

    def test_an_old_etag_withdraws_nothing(self):
        made, _ = self.state()
        self.refuse(self.economy, "WithdrawDemandStatement",
                    self.economy.request("WithdrawDemandStatement", name=made.name, etag="v7"),
                    "ABORTED", "ETAG_MISMATCH")
        self.assertEqual(self.get(made.name), made)

    def test_a_period_ends_after_it_begins(self):
        request = self.economy.request(
            "CreateDemandStatement", parent=ACME, demand_statement_id=unique("need"),
            demand_statement=samples.record(
                "DemandStatement", end_date={"year": 2026, "month": 10, "day": 4}))
        self.refuse(self.economy, "CreateDemandStatement", request, "INVALID_ARGUMENT",
                    "INVALID_FIELDS", {"demand_statement.end_date"})


class Companies(Demand):
    def setUp(self):
        super().setUp()
        self.other, _ = self.state(parent=samples.of("Company").new().name)

    def test_a_company_states_for_itself_only(self):
        request = self.acme.request("CreateDemandStatement", parent=company_of(self.other),
                                    demand_statement_id=unique("need"),
                                    demand_statement=samples.record("DemandStatement",
                                                                    **samples.BY_ITSELF))
        self.refuse(self.acme, "CreateDemandStatement", request, "PERMISSION_DENIED",
                    "OWNER_MISMATCH")

    def test_a_company_lists_its_own_only(self):
        self.state(self.acme)
        found, _ = every_page(self.acme, "ListDemandStatements", "demand_statements", 10,
                              parent=ACME)
        self.assertTrue(found)
        self.assertEqual({company_of(statement) for statement in found}, {ACME})
        for parent in ("companies/-", company_of(self.other)):
            self.refuse(self.acme, "ListDemandStatements",
                        self.acme.request("ListDemandStatements", parent=parent),
                        "PERMISSION_DENIED", "OWNER_LIST_REFUSED")


class Strangers(Demand):
    """Everything that the contract lets anybody ask about a statement that is not his is answered
    as it is of one that never was."""

    def setUp(self):
        super().setUp()
        self.own, _ = self.state(self.acme)
        self.stated, self.never = (Subject(self.company(), unique("need"), new_id())
                                   for _ in range(2))
        self.economy.CreateDemandStatement(
            parent=self.stated.company, demand_statement_id=self.stated.statement,
            request_id=self.stated.request_id, demand_statement=samples.record("DemandStatement"))
        self.before = self.get(self.stated.name)
        self.others_token = self.economy.ListDemandStatements(
            parent="companies/-", page_size=1).next_page_token
        self.need = samples.record("DemandStatement", **samples.BY_ITSELF)

    def questions(self, service, subject):
        """Each method with its request. Those that may change something come last."""
        methods = sorted(service.descriptor.methods, key=lambda m: m.name.startswith("Create"))
        for method in methods:
            fields = method.input_type.fields_by_name
            if not contract.may_call(method, service.caller) or not NAMING & set(fields):
                continue
            ways = itertools.product(*([(field, way) for way in self.ways(field, subject)]
                                       for field in fields if self.ways(field, subject)))
            for way in ways:
                yield method.name, service.request(method.name, **dict(way))

    def ways(self, field, subject):
        """What a request's field may say; none: it stays as it is."""
        return {
            "name": [subject.name],
            "names": [[subject.name], [self.own.name, subject.name], [subject.name, self.own.name]],
            "parent": [subject.company, "companies/-", ACME],
            "demand_statement_id": [subject.statement],
            "demand_statement": [self.need],
            "etag": ["", "v1", "v2"],
            "validate_only": [True, False],
            "request_id": ["", subject.request_id],
            "filter": ["", f'name = "{subject.name}"', f'company = "{subject.company}"',
                       "state = CURRENT"],
            "order_by": ["", "heads desc"],
            "page_token": ["", self.others_token],
        }.get(field, [])

    def answer(self, service, subject, method, request):
        """All that the caller learns, but for names and times."""
        try:
            answer, _ = service.call(method, request)
            for time in {"create_time", "update_time"} & set(answer.DESCRIPTOR.fields_by_name):
                answer.ClearField(time)
            learnt = str(answer)
        except grpc.RpcError as error:
            found = Refusal(error)
            learnt = str([found.code, found.text, found.localized, found.violations,
                          found.resources, [(i.reason, i.domain, sorted(i.metadata.items()))
                                            for i in found.infos]])
        return learnt.replace(subject.company, "COMPANY").replace(subject.statement, "STATEMENT")

    def test_learn_nothing_of_what_there_is(self):
        answered = collections.Counter()
        for caller in ("company/acme", *samples.principals("chamber"), "council/cce"):
            service = Service(DEMAND, caller)
            for (method, asked), (_, of_never) in zip(self.questions(service, self.stated),
                                                      self.questions(service, self.never)):
                with self.subTest(caller=caller, method=method, asked=str(asked)):
                    self.assertEqual(self.answer(service, self.stated, method, asked),
                                     self.answer(service, self.never, method, of_never))
                answered[caller, method] += 1
        self.assertEqual(self.get(self.stated.name), self.before)
        self.assertGreaterEqual(len(answered), 12, answered)
        self.assertGreater(answered["company/acme", "ListDemandStatements"], 40)

    def test_take_ids_that_others_have(self):
        made = self.acme.CreateDemandStatement(
            parent=ACME, demand_statement_id=self.stated.statement,
            request_id=self.stated.request_id, demand_statement=self.need)
        self.assertEqual(made.name, f"{ACME}/demandStatements/{self.stated.statement}")
        self.assertEqual(self.get(self.stated.name), self.before)

    def test_are_not_told_how_much_is_stated(self):
        def described(caller):
            return Service("puente.api.v1.ServerService", caller, "economy").GetServer()

        def stated(caller):
            return record_counts("economy", caller)["demandStatements"][0]
        strangers = [caller for caller in info()["callers"]
                     if caller != "agency/economy" and not caller.startswith("auditor/")]
        before = [described(caller) for caller in strangers]
        counts = [stated(caller) for caller in OVERSEERS]
        self.state(parent=self.never.company)
        self.assertEqual([described(caller) for caller in strangers], before)
        for caller, count in zip(OVERSEERS, counts):
            self.assertEqual(stated(caller), count + 1)
            self.assertGreater(described(caller).journal_position, 0)
        self.assertIn("companies", record_counts("economy", "company/acme"), "whoever may list it")


class Totals(Demand):
    """The true totals are summed up here from the statements that Economy lists."""

    @classmethod
    def setUpClass(cls):
        tables = Service("puente.economy.v1.SectorTableService", "agency/economy")
        cls.sectors = {table.name: [prefix.prefix for prefix in table.scian_prefixes]
                       for table in tables.ListSectorTables(page_size=1000).sector_tables
                       if table.source != "conformance"}

    def contributions(self, sector="", state=""):
        """Heads by contributor of the statements that count in one cell."""
        heads = collections.defaultdict(int)
        confirmed, _ = every_page(self.register, "ListCompanies", "companies", 1000,
                                  filter="state = CONFIRMED")
        groups = {company.name: company.business_group or company.name for company in confirmed}
        for statement in self.statements():
            prefixes = self.sectors.get(sector, [""])
            if (statement.state == CURRENT and statement.standing != AWAITS_CONFIRMATION
                    and company_of(statement) in groups
                    and statement.state_code in (state or statement.state_code)
                    and any(statement.scian_class.startswith(p) for p in prefixes)):
                heads[groups[company_of(statement)]] += statement.heads
        return heads

    def unsafe(self, heads):
        """Fewer than four, one with over 80 %, or two who learn a third's part to within 10 %."""
        parts = sorted(heads.values(), reverse=True)
        return (len(parts) < 4 or parts[0] * 100 > 80 * sum(parts)
                or sum(parts[3:]) * 10 < parts[0])

    def check_cell(self, sector, state):
        """True if the cell is told. What was stated a moment ago may wait for a later release, so
        what is told is of no more than is stated."""
        heads = self.contributions(sector, state)
        found = self.council.GetDemandSummary(sector_table=sector, state_code=state)
        figures = (found.head_count, found.company_count)
        told = [figure.WhichOneof("outcome") == "value" for figure in figures]
        self.assertEqual(len(set(told)), 1, "one total of a cell gives the other away")
        if told[0] and found.head_count.value:
            self.assertFalse(self.unsafe(heads), f"{sector} {state}: {dict(heads)}")
            self.assertLessEqual(found.head_count.value, sum(heads.values()))
            self.assertLessEqual(found.company_count.value, len(heads))
        elif not told[0]:
            self.assertEqual({figure.mark for figure in figures}, {SUPPRESSED})
        return told[0] and bool(heads)

    def test_a_cell_is_told_exactly_or_not_at_all(self):
        told = sum(self.check_cell(sector, "") for sector in ["", *self.sectors])
        self.assertGreater(told, 2, "suppression hides nearly everything")

    def test_fewer_than_four_companies_are_suppressed(self):
        heads = self.contributions("sectorTables/aerospace", "26")
        self.assertTrue(0 < len(heads) < 4, "the sample must contain this case")
        self.assertFalse(self.check_cell("sectorTables/aerospace", "26"))

    def test_one_company_with_nearly_everything_is_suppressed(self):
        heads = self.contributions("sectorTables/automotive", "21")
        self.assertGreaterEqual(len(heads), 3, "the sample must contain this case")
        self.assertGreater(max(heads.values()) * 100, 80 * sum(heads.values()))
        self.assertFalse(self.check_cell("sectorTables/automotive", "21"))

    def test_lists_name_what_is_told_and_nothing_else(self):
        for sector in ["", *self.sectors]:
            found = self.council.GetDemandSummary(sector_table=sector)
            with self.subTest(sector=sector):
                for entry in (*found.states, *found.top_skills):
                    self.assertEqual(entry.count.WhichOneof("outcome"), "value")
                if found.head_count.WhichOneof("outcome") == "value":
                    rest = found.head_count.value - sum(s.count.value for s in found.states)
                    self.assertGreaterEqual(rest, 0)

    def test_every_way_to_ask_tells_the_same(self):
        """A cell by its own question, in the list by state, and in the list by skill."""
        for sector in ["", *self.sectors]:
            nation = self.council.GetDemandSummary(sector_table=sector)
            listed = {state.state_code: state.count for state in nation.states}
            skills = {skill.skill: skill.count for skill in nation.top_skills}
            for code in (f"{number:02}" for number in range(1, 33)):
                asked = self.council.GetDemandSummary(sector_table=sector, state_code=code)
                if code in listed:
                    self.assertEqual(asked.head_count, listed[code])
                else:
                    self.assertFalse(asked.head_count.value, f"{sector} {code}")
            for name, count in skills.items():
                asked = self.council.GetDemandSummary(sector_table=sector, skills=[name])
                self.assertEqual(asked.head_count, count)
                self.assertEqual([skill.count for skill in asked.top_skills], [count])

    def test_lists_are_in_order(self):
        found = self.council.GetDemandSummary()
        codes = [state.state_code for state in found.states]
        self.assertEqual(codes, sorted(codes))
        self.assertLessEqual(len(found.top_skills), 10)
        values = [(skill.count.mark, -skill.count.value) for skill in found.top_skills]
        self.assertEqual(values, sorted(values))
        self.assertEqual(found.record_kind, 2)
        self.assertIn("puente-sample", found.sources)

    def test_a_sector_has_to_exist(self):
        self.refuse(self.council, "GetDemandSummary", self.council.request(
            "GetDemandSummary", sector_table="sectorTables/none"), "NOT_FOUND",
            "SECTOR_TABLE_NOT_FOUND")

    def test_a_statement_is_in_the_totals_once_it_can_be_told(self):
        skill = "skills/" + unique("need")
        for companies in range(1, 4):
            _, token = self.state(parent=self.company(), skill=skill, heads=9 + companies)
            found = released(self.council, token, skills=[skill])
            self.assertEqual(found.head_count.mark, SUPPRESSED)
        self.assertTrue(found.freshness_token)
        never = self.council.GetDemandSummary(skills=["skills/" + unique("none")])
        self.assertEqual(never.head_count, found.head_count, "a skill that nobody stated")


if __name__ == "__main__":
    unittest.main()
