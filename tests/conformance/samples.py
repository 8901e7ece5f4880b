"""One valid record of every resource, and how its standard methods are called."""

from dataclasses import dataclass, field
from functools import lru_cache

import grpc
from federation import Service, new_id, unique

GENERATED = "RECORD_KIND_GENERATED"
SOURCE = {"source": "conformance", "record_kind": GENERATED}
DAY = {"year": 2026, "month": 10, "day": 5}


def vacancy(**changes):
    return {"offer": "Soldador de prueba", "offer_date": DAY, "state_code": "09",
            "municipality": "Iztapalapa", "monthly_wage": {"currency_code": "MXN", "units": 21000},
            "contract_kind": "CONTRACT_KIND_INDEFINITE", "minutes_a_day": 480, "days_a_week": 5,
            "languages": [{"language_code": "en", "level": "LANGUAGE_LEVEL_BASIC"}],
            "skills": ["skills/english"], "scian_class": "3361",
            "scian_origin": "CODE_ORIGIN_STATED", **SOURCE, **changes}


def demand(**changes):
    return {"company": "companies/acme", "skill": "skills/" + unique("need"), "level": "cefr:B2",
            "heads": 12, "start_date": DAY, "end_date": {"year": 2027, "month": 3, "day": 31},
            "state_code": "32", "scian_class": "1111", **SOURCE, **changes}


def version(**changes):
    return {"title_es": "Conexiones eléctricas", "title_en": "Electrical connections",
            "country_code": "MX", "awarding_body": "Instituto de prueba", "issue_date": DAY,
            "outcomes": [{"statement": "Conecta un tablero.", "skills": ["skills/english"],
                          "hours": 20}],
            "workload_hours": 40, "level": "mnc:4", "assessment_type": "ASSESSMENT_TYPE_PERFORMANCE",
            "participation_form": "PARTICIPATION_FORM_BLENDED",
            "quality_assurance": "Proceso interno", **SOURCE, **changes}


def skill(**changes):
    return {"label_es": "Habilidad", "label_en": "Skill", "kind": "SKILL_KIND_TECHNICAL",
            "framework": "puente", **SOURCE, **changes}


def vocabulary_release(**changes):
    return {"framework": "test", "version_label": "1", "origin": "A test",
            "licence": "CC BY 4.0", "coverage": "VOCABULARY_COVERAGE_COMPLETE", **SOURCE, **changes}


def new_release():
    """The name of a new draft."""
    return Service("puente.labor.v1.VocabularyReleaseService",
                   "agency/labor").CreateVocabularyRelease(
        vocabulary_release_id=unique("release"), vocabulary_release=vocabulary_release(),
        request_id=new_id()).name


def occupation(**changes):
    return {"code": "1", "label_es": "Oficio", "label_en": "Trade", **SOURCE, **changes}


def sector_table(**changes):
    return {"label_es": "Mesa de prueba", "label_en": "Test table",
            "scian_prefixes": [{"prefix": "999", "effective_date": DAY, "source": "conformance"}],
            **SOURCE, **changes}


def technology(**changes):
    return {"label_es": "Tecnología", "label_en": "Technology", "readiness_level": 5,
            "evidence": "Una prueba", **SOURCE, **changes}


def signal(**changes):
    return {"skill": "skills/english", "technology": "technologies/" + some_technology(),
            "sector_table": "sectorTables/automotive",
            "horizon_date": {"year": 2031, "month": 1, "day": 1}, "confidence": 60, **SOURCE,
            **changes}


@lru_cache(maxsize=None)
def some_technology():
    """The id of a technology, made when first asked for."""
    name = unique("tech")
    Service("puente.science.v1.TechnologyService", "agency/science").CreateTechnology(
        technology_id=name, technology=technology(), request_id=new_id())
    return name


def project(**changes):
    return {"title_es": "Proyecto", "title_en": "Project", "partners": ["CIMAT", "Acme"],
            "technologies": ["technologies/" + some_technology()],
            "sector_table": "sectorTables/automotive", "start_date": DAY,
            "end_date": {"year": 2027, "month": 10, "day": 5}, **SOURCE, **changes}


def chamber(**changes):
    return {"label_es": "Cámara de prueba", "label_en": "Test chamber", "state_code": "09",
            **SOURCE, **changes}


def company(**changes):
    return {"legal_name": "Aceros de Prueba, S.A. de C.V.", "rfc": "MAB9307148T4",
            "scian_class": "3361", "state_code": "19", **SOURCE, **changes}


def organization(**changes):
    return {"legal_name": "Universidad de Prueba", "kind": "ORGANIZATION_KIND_UNIVERSITY",
            "control": "ORGANIZATION_CONTROL_PUBLIC", "state_code": "21", "municipality": "Puebla",
            "identifiers": [{"scheme": "IDENTIFIER_SCHEME_DGP", "value": "210001"}],
            **SOURCE, **changes}


def campus(**changes):
    return {"title_es": "Plantel de prueba", "cct": "21ABC1234Z", "state_code": "21",
            "municipality": "Cholula", **SOURCE, **changes}


def credit_rule(**changes):
    return {"label_es": "Regla de prueba", "label_en": "Test rule", "hours_per_credit": 16,
            **SOURCE, **changes}


def program(**changes):
    return {"organization": some_organization(), "title_es": "Mecatrónica", "level": "mnc:5",
            "title_en": "Mechatronics", "modality": "MODALITY_DUAL",
            "outcomes": [{"code": "ra-1", "statement": "Programa un PLC.",
                          "skills": ["skills/english"], "hours": 18}],
            "workload_hours": 18, "seats": [{"period": "2027-2028", "seats": 40}],
            "credit_rule": some_credit_rule(), "cause": "Acuerdo de prueba", **SOURCE, **changes}


@lru_cache(maxsize=None)
def some_organization():
    """The name of a registered organization, made when first asked for."""
    name = unique("school")
    return Service("puente.education.v1.OrganizationService", "agency/education").CreateOrganization(
        organization_id=name, organization=organization(), request_id=new_id()).name


@lru_cache(maxsize=None)
def some_credit_rule():
    name = unique("rule")
    return Service("puente.education.v1.CreditRuleService", "agency/education").CreateCreditRule(
        credit_rule_id=name, credit_rule=credit_rule(), request_id=new_id()).name


@dataclass(frozen=True)
class Resource:
    """How a resource is written in requests; all else follows from AIP-131 to 135."""

    service: str
    owner: str  # a caller who may do everything
    stranger: str  # one who may not create
    singular: str  # "demand_statement"
    plural: str
    collection: str  # as in names
    reason: str  # of errors: REASON_NOT_FOUND
    make: object  # a valid record, with changes
    change: dict  # of one field, to something else that is valid
    filters: tuple = field(default=())  # two of one shape
    parent: object = None  # a function that gives a parent's name
    numbered: bool = False  # the id of a first child is 1
    collections: str = ""  # of parents: "microcredentials"
    lacks: tuple = ()  # fields that an empty record lacks by a rule over several
    own: str = ""  # a caller who may change the record that is its own, as its id in names
    owned_by: str = "id"  # the field that names the owner, or the record's own id, or
    # "parent", or "caller": who made it
    hidden: bool = False  # whether another's record is, to an owner, as good as none

    @property
    def kind(self):
        return "".join(word.capitalize() for word in self.singular.split("_"))

    @property
    def kinds(self):
        return "".join(word.capitalize() for word in self.plural.split("_"))

    @property
    def domain(self):
        return self.service.split(".")[1] + ".puente"

    def creation(self, service, changes=None, request_id=None, **identity):
        """A request to create one, with a new id unless `identity` is that of another."""
        identity = identity or self.identity()
        return service.request("Create" + self.kind, request_id=request_id or new_id(),
                               **{self.singular: self.make(**(changes or {}))}, **identity)

    def identity(self):
        own_id = "1" if self.numbered else unique("test")
        return {**({"parent": self.parent()} if self.parent else {}),
                self.singular + "_id": own_id}

    def identity_of(self, request):
        """What gives another request's record the same name."""
        return {field: getattr(request, field) for field in ("parent", self.singular + "_id")
                if field in request.DESCRIPTOR.fields_by_name}

    def name(self, request):
        """The name that the created record will have."""
        return (f"{request.parent}/" if self.parent else "") + (
            f"{self.collection}/{getattr(request, self.singular + '_id')}")

    def absent(self):
        return (f"{self.collections}/absent/" if self.parent else "") + (
            f"{self.collection}/{'1' if self.numbered else 'no-such-thing'}")

    def everything(self):
        """Arguments of a list of all."""
        return {"parent": f"{self.collections}/-"} if self.parent else {}

    def has(self, service, method):
        return method in service.descriptor.methods_by_name


RESOURCES = (
    Resource("puente.labor.v1.SkillService", "agency/labor", "agency/economy", "skill", "skills",
             "skills", "SKILL", skill, {"label_en": "Another"},
             filters=("kind = SKILL_KIND_TECHNICAL", "kind = SKILL_KIND_LANGUAGE")),
    Resource("puente.labor.v1.VocabularyReleaseService", "agency/labor", "agency/economy",
             "vocabulary_release", "vocabulary_releases", "vocabularyReleases",
             "VOCABULARY_RELEASE", vocabulary_release, {"version_label": "2"},
             filters=('framework = "test"', 'framework = "test" AND state = DRAFT')),
    Resource("puente.labor.v1.OccupationService", "agency/labor", "supplier/portal", "occupation",
             "occupations", "occupations", "OCCUPATION", occupation, {"label_en": "Another"},
             numbered=True, parent=new_release, collections="vocabularyReleases",
             lacks=("label_es",),
             filters=('code = "1*"', 'code = "2*"')),
    Resource("puente.labor.v1.VacancyService", "supplier/portal", "company/acme", "vacancy",
             "vacancies", "vacancies", "VACANCY", vacancy, {"offer": "Otra"}, owned_by="caller",
             filters=("record_kind = GENERATED AND state = OPEN",
                      "record_kind = REAL AND state = OPEN")),
    Resource("puente.economy.v1.SectorTableService", "agency/economy", "agency/labor",
             "sector_table", "sector_tables", "sectorTables", "SECTOR_TABLE", sector_table,
             {"label_en": "Another"}),
    Resource("puente.economy.v1.DemandService", "agency/economy", "chamber/canacintra",
             "demand_statement", "demand_statements", "demandStatements", "DEMAND_STATEMENT",
             demand, {"heads": 13}, owned_by="company", hidden=True,
             filters=('company = "companies/acme"', 'company = "companies/other"')),
    Resource("puente.education.v1.MicrocredentialService", "agency/education", "certifier/ceneval",
             "microcredential_version", "microcredential_versions", "versions",
             "MICROCREDENTIAL_VERSION", version, {"workload_hours": 41}, numbered=True,
             parent=lambda: "microcredentials/" + unique("test"), collections="microcredentials",
             filters=("state = DRAFT", "state = PUBLISHED")),
    Resource("puente.science.v1.TechnologyService", "agency/science", "agency/labor", "technology",
             "technologies", "technologies", "TECHNOLOGY", technology, {"readiness_level": 6}),
    Resource("puente.science.v1.SkillSignalService", "agency/science", "agency/labor",
             "skill_signal", "skill_signals", "skillSignals", "SKILL_SIGNAL", signal,
             {"confidence": 61},
             filters=('skill = "skills/english"', 'skill = "skills/welding"')),
    Resource("puente.science.v1.InnovationProjectService", "agency/science", "agency/labor",
             "innovation_project", "innovation_projects", "innovationProjects",
             "INNOVATION_PROJECT", project, {"partners": ["CIMAT"]},
             filters=('sector_table = "sectorTables/automotive"',
                      'sector_table = "sectorTables/textile"')),
    Resource("puente.economy.v1.ChamberService", "agency/economy", "company/acme", "chamber",
             "chambers", "chambers", "CHAMBER", chamber, {"label_en": "Another"},
             filters=('state_code = "09"', 'state_code = "01"'), own="chamber/canacintra"),
    Resource("puente.economy.v1.CompanyService", "agency/economy", "company/acme", "company",
             "companies", "companies", "COMPANY", company, {"legal_name": "Otra"},
             filters=('scian_class = "33*"', 'state_code = "01"'), own="company/acme"),
    Resource("puente.education.v1.OrganizationService", "agency/education", "certifier/ceneval",
             "organization", "organizations", "organizations", "ORGANIZATION", organization,
             {"legal_name": "Otra"}, filters=('state_code = "21"', "state = SUSPENDED"),
             own="organization/unam"),
    Resource("puente.education.v1.CampusService", "agency/education", "certifier/ceneval",
             "campus", "campuses", "campuses", "CAMPUS", campus, {"title_es": "Otro"},
             parent=some_organization, collections="organizations", owned_by="parent",
             filters=('state_code = "21"', 'state_code = "01"')),
    Resource("puente.education.v1.CreditRuleService", "agency/education", "agency/economy",
             "credit_rule", "credit_rules", "creditRules", "CREDIT_RULE", credit_rule,
             {"label_en": "Another"}),
    Resource("puente.education.v1.ProgramService", "agency/education", "certifier/ceneval",
             "program_version", "program_versions", "versions", "PROGRAM_VERSION", program,
             {"cause": "Otra"}, numbered=True, owned_by="organization", parent=lambda: "programs/" + unique("test"),
             collections="programs", filters=("state = DRAFT", "state = PUBLISHED")),
)


def _suspend(name):
    Service("puente.education.v1.OrganizationService", "agency/education").SuspendOrganization(
        name=name, reason="Prueba")


def _fill(release):
    Service("puente.labor.v1.OccupationService", "agency/labor").CreateOccupation(
        parent=release, occupation_id="1", occupation=occupation())


# What brings a new record, by its name, to where a verb may be called.
READY = {"RegisterOrganization": _suspend, "PublishVocabularyRelease": _fill}


_OWNERS = {"organization": "organizations", "company": "companies", "chamber": "chambers",
           "supplier": "supplier"}


def owned_request(resource, method, owner):
    """A request of an owner's about its own record, and the name of the record: a new one, unless
    the owner has only one. None for a list."""
    kind, owner_id = owner.split("/")
    agency = Service(resource.service, "agency/" + resource.service.split(".")[1])
    owner_name = f"{_OWNERS[kind]}/{owner_id}"
    if kind == "organization" and resource.owned_by != "id":
        _ensure_organization(owner_id)
    identity, changes, maker = resource.identity(), {}, agency
    if resource.owned_by == "caller":  # the record is of whoever makes it
        maker = Service(resource.service, owner)
    elif resource.owned_by == "id":
        identity[resource.singular + "_id"] = owner_id
    elif resource.owned_by == "parent":
        identity["parent"] = owner_name
    else:
        changes[resource.owned_by] = owner_name
    creation = resource.creation(agency, changes, **identity)
    name = resource.name(creation)
    if method.name == "Create" + resource.kind:
        return creation, name
    _ensure(maker, "Create" + resource.kind, creation)
    if method.name == "List" + resource.kinds:
        return agency.request(method.name, filter=f'{resource.owned_by} = "{owner_name}"'), None
    if method.name == "Update" + resource.kind:
        return agency.request(method.name, **{resource.singular: {
            "name": name, next(iter(resource.change)): unique("own")}}), name
    if method.name == "BatchGet" + resource.kinds:
        return agency.request(method.name, names=[name]), name
    said = {}
    if "reason" in method.input_type.fields_by_name:
        said["reason"] = 1 if method.input_type.fields_by_name["reason"].enum_type else "Prueba"
    return agency.request(method.name, name=name, **said), name


def _ensure(service, method, request):
    """One's own record may be there already; nothing else may go wrong."""
    try:
        service.call(method, request)
    except grpc.RpcError as error:
        if error.code() != grpc.StatusCode.ALREADY_EXISTS:
            raise


def _ensure_organization(organization_id):
    service = Service("puente.education.v1.OrganizationService", "agency/education")
    _ensure(service, "CreateOrganization", service.request(
        "CreateOrganization", organization_id=organization_id, organization=organization()))
