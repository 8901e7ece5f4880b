"""One valid record of every resource, and how its standard methods are called."""

from dataclasses import dataclass, field

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


_technology = []


def some_technology():
    """The id of a technology, made when first asked for."""
    if not _technology:
        _technology.append(unique("tech"))
        Service("puente.science.v1.TechnologyService", "agency/science").CreateTechnology(
            technology_id=_technology[0], technology=technology(), request_id=new_id())
    return _technology[0]


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
    batch: bool = True
    filters: tuple = field(default=())  # two of one shape
    versions: bool = False  # numbered children of a parent

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
        if self.versions:
            return {"parent": "microcredentials/" + unique("test"), self.singular + "_id": "1"}
        return {self.singular + "_id": unique("test")}

    def name(self, request):
        """The name that the created record will have."""
        if self.versions:
            return f"{request.parent}/versions/{getattr(request, self.singular + '_id')}"
        return f"{self.collection}/{getattr(request, self.singular + '_id')}"

    def absent(self):
        return ("microcredentials/absent/versions/1" if self.versions
                else f"{self.collection}/no-such-thing")

    def everything(self):
        """Arguments of a list of all."""
        return {"parent": "microcredentials/-"} if self.versions else {}


RESOURCES = (
    Resource("puente.labor.v1.SkillService", "agency/labor", "agency/economy", "skill", "skills",
             "skills", "SKILL", skill, {"label_en": "Another"},
             filters=("kind = SKILL_KIND_TECHNICAL", "kind = SKILL_KIND_LANGUAGE")),
    Resource("puente.labor.v1.VacancyService", "supplier/portal", "company/acme", "vacancy",
             "vacancies", "vacancies", "VACANCY", vacancy, {"offer": "Otra"},
             filters=("record_kind = GENERATED AND state = OPEN",
                      "record_kind = REAL AND state = OPEN")),
    Resource("puente.economy.v1.SectorTableService", "agency/economy", "agency/labor",
             "sector_table", "sector_tables", "sectorTables", "SECTOR_TABLE", sector_table,
             {"label_en": "Another"}),
    Resource("puente.economy.v1.DemandService", "agency/economy", "chamber/canacintra",
             "demand_statement", "demand_statements", "demandStatements", "DEMAND_STATEMENT",
             demand, {"heads": 13}, batch=False,
             filters=('company = "companies/acme"', 'company = "companies/other"')),
    Resource("puente.education.v1.MicrocredentialService", "agency/education", "certifier/ceneval",
             "microcredential_version", "microcredential_versions", "microcredentials",
             "MICROCREDENTIAL_VERSION", version, {"workload_hours": 41}, versions=True,
             filters=("state = DRAFT", "state = PUBLISHED")),
    Resource("puente.science.v1.TechnologyService", "agency/science", "agency/labor", "technology",
             "technologies", "technologies", "TECHNOLOGY", technology, {"readiness_level": 6}),
    Resource("puente.science.v1.SkillSignalService", "agency/science", "agency/labor",
             "skill_signal", "skill_signals", "skillSignals", "SKILL_SIGNAL", signal,
             {"confidence": 61},
             filters=('skill = "skills/english"', 'skill = "skills/welding"')),
)
