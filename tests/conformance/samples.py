"""Every resource that can be created: a valid record of it, who may do what with it, and how its
standard methods are called. All of it is read from the contract; what the contract does not say is
stated here, for that field, verb or resource alone."""

import datetime
import hashlib
import itertools
import re
from functools import cache, cached_property

import grpc
import values
from contract import (access, is_immutable, is_input, is_owner, is_repeated, is_required, matches,
                      may_call, reference, resource, resources, rules, verbs, words)
from federation import Refusal, Service, info, new_id, unique

# Who says what tests write.
SOURCE = "conformance"
# What somebody who is not the agency leaves to the server to say.
BY_ITSELF = {"source": "", "record_kind": 0}
# A day that does not come.
FAR = {"year": 2199, "month": 1, "day": 1}
# Twenty of its own for each second, for who tests the same federation later: a run asks for more than
# one in a second, and for less than twenty. None is later than the contract takes, 2200.
_DAYS = itertools.count(int(datetime.datetime.now().timestamp()) * 20 % 36_000)


@cache
def _day_of(own_id):
    """One that no other record has."""
    day = datetime.date(2100, 1, 1) + datetime.timedelta(days=next(_DAYS))
    return {"year": day.year, "month": day.month, "day": day.day}


def _rfc_of(own_id):
    """One that no other record has."""
    made = hashlib.sha256(own_id.encode()).digest()
    letters = "".join(chr(ord("A") + byte % 26) for byte in made[:5])
    return f"{letters[:3]}{made[5] % 100:02}01{made[6] % 28 + 1:02}{letters[3:]}0"


# Values of fields: as such, or made of the id of the record.
STATED = {
    # The id is the code's.
    "puente.labor.v1.Occupation.code": lambda own_id: own_id,
    # The value of an RFC has a form of its own.
    "puente.education.v1.OrganizationIdentifier.scheme": "IDENTIFIER_SCHEME_DGP",
    # A UUID, of tables that there are not.
    "puente.api.v1.CreateFigureExtractRequest.figure_extract_id":
        "11111111-1111-4111-8111-111111111111",
    # One of which an agency makes figures.
    "puente.api.v1.CountedKind.collection": "vacancies",
    # Not in the future, nor is the same day a year later.
    "puente.labor.v1.Vacancy.offer_date": {"year": 2025, "month": 10, "day": 5},
    # Contradicts languages, of which there is one.
    "puente.labor.v1.Vacancy.languages_not_required": False,
    # Of terms that count days, which the first kind does not.
    "puente.labor.v1.OfferTerm.days": 0,
    # An entry of the bundled data, and something in which it is to differ.
    "puente.gateway.v1.CertifierChange.body": "certifier/saberesmx",
    "puente.gateway.v1.CertifierChange.kind": "CERTIFIER_CHANGE_KIND_AMEND",
    "puente.gateway.v1.CertifierChange.label_es": lambda own_id: own_id,
    "puente.gateway.v1.CertifierChange.teach_out_date": None,
    # A field of a microcredential version, of a kind that the check can look at.
    "puente.education.v1.ProfileRequirement.field": "title_en",
    # Another than what it consists of.
    "puente.education.v1.MicrocredentialVersion.prerequisites":
        ["microcredentials/welding-tig/versions/1"],
    # A CURP has a form of its own, with a check digit.
    **{f"puente.education.v1.{field}.identifier": "BOXW310820HNERXN09"
       for field in ("Learner", "FindLearnerRequest", "FindPersonRequest",
                     "CorrectPersonIdentifierRequest")},
    # No two begin on one day.
    "puente.education.v1.AwardRule.begin_date": lambda own_id: _day_of(own_id),
    "puente.economy.v1.PlaceRule.begin_date": lambda own_id: _day_of(own_id),
    "puente.education.v1.MinorLimit.begin_date": lambda own_id: _day_of(own_id),
    # Without a day of the paper, and without a code.
    "puente.education.v1.DualPlan.guardian_consent": "DUAL_GUARDIAN_CONSENT_NOT_NEEDED",
    "puente.education.v1.ConfirmDualPlanRequest.confirmation": "DUAL_CONFIRMATION_PAPER",
    "puente.education.v1.TeacherRule.begin_date": lambda own_id: _day_of(own_id),
    # Of a company, which has no campus and is known to Economy alone; hours are whole quarters.
    "puente.education.v1.Facility.owner": "company/acme",
    "puente.education.v1.Facility.campus": None,
    "puente.education.v1.Facility.opens_minute": 480,
    "puente.education.v1.Facility.closes_minute": 1200,
    # Of which a campus has one at a time.
    "puente.education.v1.Rvoe.program": lambda own_id: "programs/" + own_id,
    # A later statement of the same need takes the earlier one's place.
    "puente.economy.v1.DemandStatement.skill": lambda own_id: "skills/" + own_id,
    # What is beyond a company's size awaits confirmation: it is not the same of every sample.
    "puente.economy.v1.DemandStatement.standing": lambda own_id: None,
    # Of which one company is confirmed.
    "puente.economy.v1.Company.rfc": lambda own_id: _rfc_of(own_id),
    # Who makes it; others are asked for by name.
    "puente.economy.v1.Proposal.author": "agency/economy",
    # A school answers a call once.
    "puente.economy.v1.SchoolResponse.organization": lambda own_id: "organizations/" + own_id,
    # Of what may still be reserved; closed without a channel, which only what is filled has.
    "puente.economy.v1.TrainingPlace.start_date": FAR,
    "puente.economy.v1.TrainingPlace.end_date": FAR,
    "puente.economy.v1.CloseTrainingPlaceRequest.close_reason": "PLACE_CLOSE_REASON_WITHDRAWN",
    # Of what is still ahead.
    "puente.science.v1.SkillSignal.horizon_date": FAR,
    # Of what may still be done, and answered.
    "puente.economy.v1.Agreement.due_date": FAR,
    "puente.economy.v1.SchoolCall.end_date": FAR,
    # A link is between two of the stages, which share no classes.
    "puente.economy.v1.ValueChain.stages": [
        {"stage": "parts", "title_es": "Partes", "scian_prefixes": ["3363"]},
        {"stage": "cars", "title_es": "Autos", "scian_prefixes": ["3361"]}],
    "puente.economy.v1.ValueChain.links": [{"from_stage": "parts", "to_stage": "cars"}],
    # What is drawn or chosen is kept, and taken.
    "puente.gateway.v1.ReportTable.dimensions": ["STATE"],
    "puente.gateway.v1.ReportCodes.dimension": "STATE",
    "puente.gateway.v1.ReportChart.dimension": "STATE",
    "puente.gateway.v1.ReportTableSource.measures": ["SEATS"],
    "puente.gateway.v1.ReportChart.measure": "SEATS",
    # A code is replaced by one that stands.
    "puente.gateway.v1.ReportReplacedCode.code_list": "CL_STATE",
    "puente.gateway.v1.ReportReplacedCode.code": "99",
    "puente.gateway.v1.ReportReplacedCode.replaced_by": "09",
    # Monthly ones have no month; none is due while tests run.
    "puente.gateway.v1.ReportSchedule.frequency": "REPORT_FREQUENCY_MONTHLY",
    "puente.gateway.v1.ReportSchedule.month": 0,
    "puente.gateway.v1.ReportSchedule.first_date": FAR,
    "puente.gateway.v1.ReportSchedule.last_date": FAR,
    "puente.gateway.v1.ReportSchedule.embargo_offset": {"seconds": 3600},
}
# Names of other agencies' records, which the bundled data has.
FOREIGN = {"labor.puente/Skill": "skills/english",
           "economy.puente/SectorTable": "sectorTables/automotive"}
# Fields of which a rule over several asks for one: this one is, where none is there. Or for which
# another's value asks: a decision to certify.
ONE_OF_SEVERAL = {"puente.labor.v1.Occupation.label_es", "puente.gateway.v1.Decision.dossier",
                  "puente.gateway.v1.Decision.end_date", "puente.gateway.v1.Decision.overrides",
                  "puente.education.v1.DualPlanChange.outcomes"}
# The same where nobody asks before the kind is known, or the scope there.
OF_A_KIND = {"puente.gateway.v1.CertifierChange.label_es",
             "puente.gateway.v1.CertifierChange.scopes",
             "puente.gateway.v1.CertificationScope.microcredential"}
# What the agency has to say of every record, and nobody else (docs/decisions/0034).
OF_THE_AGENCY = ("source", "record_kind")
# What its owner changes no more once it is registered.
OF_THE_REGISTER = {"puente.education.v1.Organization.legal_name"}
# Whose records are, to another owner, as good as none.
HIDDEN = {"DemandStatement", "Consent"}
# Of which no parent has two of one owner.
ONCE_EACH = {"SchoolResponse"}
# What a verb asks of a record besides its state.
BEFORE = {"PublishVocabularyRelease": lambda name: of("Occupation").new(parent=name)}

# What has to happen to a new record before a verb may, which owners are to call.
FIRST = {"OpenTrainingPlace": "PauseTrainingPlace", "PartTrainingPlace": "JoinTrainingPlace",
         "OpenFacility": "PauseFacility"}
# Of which a verb wants another one, below the same parent: in which field.
BESIDES = {"JoinTrainingPlace": ("joined_into", "TrainingPlace")}


class Resource:
    """One resource: how it is named, made and found. All follows from AIP-122 to 136."""

    def __init__(self, message, service):
        option = resource(message)
        self.message, self.kind = message, message.name
        self.service, self.methods = service.full_name, service.methods_by_name
        self.verbs = verbs(service)
        self.singular, self.plural = words(option.singular), words(option.plural)
        self.kinds = option.plural[0].upper() + option.plural[1:]
        self.domain, self.reason = option.type.split("/")[0], self.singular.upper()
        self.pattern = option.pattern[0]
        self.parent, self.collection = self.pattern.rsplit("/", 1)[0].rpartition("/")[::2]
        ids = self.methods["Create" + self.kind].input_type.fields_by_name[self.singular + "_id"]
        self.numbered = not re.fullmatch(rules(ids).pattern, "test")  # a first child's id is 1
        self.hidden = self.kind in HIDDEN

    # Who.

    @cached_property
    def owner(self):
        """A caller who may do everything."""
        callers = access(self.methods["Create" + self.kind]).callers
        return next(caller for caller in info()["callers"] if matches(callers, caller))

    def stranger(self, method):
        """One who may not call it, be it for a record of its own."""
        return next(caller for caller in info()["callers"]
                    if not may_call(self.methods[method], caller))

    @cached_property
    def owner_kind(self):
        """The kind of callers who have records of their own; "" if none have."""
        kinds = [owner.split("/")[0] for method in self.methods.values()
                 for owner in access(method).owners]
        return kinds[0] if kinds else ""

    def owned_by(self, kind):
        """What names an owner of this kind: the record's own "id", its "parent", the "caller" who
        made it, or else a field. See FindOwner() of common/resource/contract.cc."""
        if self.owner_field:
            return self.owner_field
        variables = re.findall(r"{(\w+)}", self.pattern)
        if variables[0] == kind:
            return "parent" if self.parent else "id"
        field = self.message.fields_by_name[kind]
        return field.name if reference(field) else "caller"

    @cached_property
    def owner_field(self):
        """The field that holds the path of an owner of any kind; "" if none does."""
        return next((field.name for field in self.message.fields if is_owner(field)), "")

    # A record.

    def record(self, own_id=None, required=False, **changes):
        """All that a client may state of one, or what is required alone."""
        record = {**_filled(self.message, own_id or unique("test"), required), **changes}
        if self.kind == "ProgramVersion" and "seats" not in changes:
            record["seats"] = [{**seats, "campus": campus_of(record["organization"])}
                               for seats in record.get("seats", ())]
        if self.kind == "SchoolResponse" and "feasibility" in record:
            record["feasibility"]["campus"] = record["organization"] + "/campuses/test"
        return record

    def creation(self, service, changes=None, request_id=None, required=False, **identity):
        """A request to create one, with a new id unless `identity` is that of another."""
        identity = {**self.identity(**identity), **identity}
        record = self.record(identity[self.singular + "_id"], required, **(changes or {}))
        return service.request("Create" + self.kind, request_id=request_id or new_id(),
                               **{self.singular: record}, **identity)

    def identity(self, **known):
        parent = {"parent": self._new_parent()} if self.parent and "parent" not in known else {}
        return {**parent, self.singular + "_id": "1" if self.numbered else unique("test")}

    def _new_parent(self):
        holder = next((each for each in RESOURCES if each.pattern == self.parent), None)
        if holder is None:  # not stored by itself
            return re.sub(r"{\w+}", lambda _: unique("test"), self.parent)
        return holder.new().name if self.numbered else some(holder.kind)

    def identity_of(self, request):
        """What gives another request's record the same name."""
        return {field: getattr(request, field) for field in ("parent", self.singular + "_id")
                if field in request.DESCRIPTOR.fields_by_name}

    def new(self, changes=None, **how):
        """One that is made now. `how` is as in creation()."""
        service = Service(self.service, self.owner)
        return service.call("Create" + self.kind, self.creation(service, changes, **how))[0]

    def owned_creation(self, owner):
        """A request to create a record that is this owner's, and who makes it."""
        kind, owner_id = owner.split("/")
        owned_by = self.owned_by(kind)
        maker = Service(self.service, owner if owned_by == "caller" else self.owner)
        if owned_by == "caller":
            return self.creation(maker, BY_ITSELF), maker
        if owned_by == self.owner_field:
            return self._creation_for(owner)
        if owned_by == "id":
            return self.creation(maker, **{self.singular + "_id": owner_id}), maker
        holder = next(each for each in RESOURCES if each.singular == kind)
        holding, agency = holder.owned_creation(owner)
        ensure(agency, "Create" + holder.kind, holding)
        if owned_by == "parent":
            return self.creation(maker, parent=holder.name(holding)), maker
        named = {owned_by: holder.name(holding)}
        if self.kind in ONCE_EACH:  # other tests may have made its own below the usual parent
            above = next(each for each in RESOURCES if each.pattern == self.parent)
            return self.creation(maker, named, parent=above.new().name), maker
        return self.creation(maker, named), maker

    def _creation_for(self, owner):
        """The same where a field holds the owner's path: made by himself, if he may. Whom the agency
        itself keeps must be there."""
        for holder in RESOURCES:
            if (holder.singular == owner.split("/")[0]
                    and holder.message.file.package == self.message.file.package):
                holding, agency = holder.owned_creation(owner)
                ensure(agency, "Create" + holder.kind, holding)
        if not may_call(self.methods["Create" + self.kind], owner):
            maker = Service(self.service, self.owner)
            return self.creation(maker, {self.owner_field: owner}, required=True), maker
        maker = Service(self.service, owner)
        changes = {**BY_ITSELF, self.owner_field: owner}
        return self.creation(maker, changes, required=True), maker

    def own_list(self, creation, owner):
        """Arguments of a list of an owner's own records, of which `creation` makes one."""
        field = self.owned_by(owner.split("/")[0])
        if field == "parent":
            return {"parent": creation.parent}
        named = getattr(getattr(creation, self.singular), field)
        return {**self.everything(), "filter": f'{field} = "{named}"'}

    def of_which(self, is_so, **how):
        """A new record of which this holds, after the verbs that lead there."""
        refusal = None
        for way in itertools.chain.from_iterable(
                itertools.permutations(self.verbs, length) for length in range(3)):
            try:
                record = self.new(**how)
                for verb in way:
                    record = self.do(verb, record.name)
                if is_so(record):
                    return record
            except grpc.RpcError as error:
                refusal = refusal or Refusal(error)
        raise AssertionError(f"no verbs lead there, and without any: {refusal}")

    def ready(self, verb):
        """A new record to which the verb may happen."""
        def may_happen(record):
            BEFORE.get(verb.name, lambda name: None)(record.name)
            return self.do(verb, record.name, validate_only=True)
        return self.of_which(may_happen)

    def do(self, verb, name, **more):
        service = Service(self.service, self.owner)
        return getattr(service, verb.name)(name=name, **said(verb, name), **more)

    # What changes.

    @cached_property
    def _changing(self):
        """A field that an update may change by itself; of what never changes, any."""
        fields = [field for field in self.message.fields
                  if is_input(field) and not values.has_parts(field)
                  and not is_repeated(field) and not reference(field)
                  and field.message_type is None and field.full_name not in STATED
                  and field.full_name not in OF_THE_REGISTER
                  and field.name not in ("etag", *OF_THE_AGENCY)]
        fields = [field for field in fields if not is_immutable(field)] or fields
        return min(fields, key=lambda field: not values.is_free_text(field))

    @cached_property
    def change(self):
        """Of one field, to something else that is valid."""
        return {self._changing.name: values.another(self._changing, values.of(self._changing))}

    def another_change(self, record):
        """Of the same field, to what it is not."""
        field = self._changing
        return {field.name: unique("other")[:rules(field).max_length or None]
                if values.is_free_text(field)
                else values.another(field, getattr(record, field.name))}

    # Names and lists.

    def name(self, request):
        """The name that the created record will have."""
        return (f"{request.parent}/" if self.parent else "") + (
            f"{self.collection}/{getattr(request, self.singular + '_id')}")

    def absent(self):
        return absent(self.pattern, "1" if self.numbered else "no-such-thing")

    def everything(self):
        """Arguments of a list of all."""
        return {"parent": anything(self.parent)} if self.parent else {}

    def has(self, service, method):
        return method in service.descriptor.methods_by_name


def of(kind):
    return next(each for each in RESOURCES if each.kind == kind)


def record(kind, **changes):
    """All that a client may state of one."""
    return of(kind).record(**changes)


@cache
def some(kind, states=()):
    """The name of one that exists, in one of these states; made when first asked for, of what is
    required alone, so that one that refers to another of its kind is made too."""
    if not states:
        return of(kind).new(required=True).name
    numbers = {of(kind).message.fields_by_name["state"].enum_type.values_by_name[state].number
               for state in states}
    return of(kind).of_which(lambda made: made.state in numbers, required=True).name


# Names of records that no test may delete: others are made of them.
KEPT = set()


@cache
def campus_of(organization):
    """The name of a campus of an organization, where a program's seats may be; one that is not there,
    of an organization that is not."""
    campuses = of("Campus")
    service = Service(campuses.service, campuses.owner)
    try:
        campus = service.CreateCampus(parent=organization, campus_id=unique("test"),
                                      campus=campuses.record()).name
        KEPT.add(campus)
        return campus
    except grpc.RpcError:
        return f"{organization}/campuses/none"


def absent(pattern, last="none"):
    """A name of this pattern that nothing has."""
    return re.sub(r"{\w+}$", last, re.sub(r"{\w+}(?=/)", "absent", pattern))


def anything(pattern):
    """The name of all parents of this pattern."""
    return re.sub(r"{\w+}", "-", pattern)


def said(verb, name):
    """What a verb asks for besides the record's name."""
    return {**{field: value for field, value in _filled(verb.input_type, "", True).items()
               if field != "name"}, **beside(verb, name)}


def beside(verb, name):
    """Another record that a verb wants, below the same parent, by the field that names it."""
    if verb.name not in BESIDES:
        return {}
    field, kind = BESIDES[verb.name]
    return {field: of(kind).new(parent=name.rsplit("/", 2)[0]).name}


def ensure(service, method, request):
    """What has one name only may be there already; nothing else may go wrong."""
    try:
        service.call(method, request)
    except grpc.RpcError as error:
        if error.code() != grpc.StatusCode.ALREADY_EXISTS:
            raise


def principals(kind):
    """Those of a kind whom the registry knows, in its order."""
    return [caller for caller in info()["callers"] if caller.startswith(kind + "/")]


def is_of_each(field):
    """Whether samples differ in it."""
    return callable(STATED.get(field.full_name))


def is_needed(field):
    """Whether an empty message lacks it."""
    return (is_required(field) or field.full_name in ONE_OF_SEVERAL
            or field.name in OF_THE_AGENCY and bool(resource(field.containing_type).type))


def filled(message):
    """Fields of a valid message, as far as they are required."""
    return _filled(message, "", True)


def _filled(message, own_id, required):
    """Fields of a valid message: all that a client may state, or those that are required alone."""
    chosen = {}
    for field in message.fields:
        other = field.containing_oneof and set(chosen) & {
            each.name for each in field.containing_oneof.fields}
        if (is_input(field) and field.name != "etag" and not other
                and (is_needed(field) or field.full_name in OF_A_KIND or not required)):
            chosen[field.name] = _value(field, own_id, required)
    return chosen


def _value(field, own_id, required):
    if field.name == "source":
        return SOURCE
    if field.full_name in STATED:
        stated = STATED[field.full_name]
        return stated(own_id) if callable(stated) else stated
    if reference(field):
        value = _name(field)
    elif values.has_parts(field):
        value = _filled(field.message_type, own_id, required)
    else:
        value = values.of(field)
    return [value] if is_repeated(field) else value


def referred(field):
    """The resource of the same agency that the field names; None if it names none."""
    return next((each for each in RESOURCES if resource(each.message).type == reference(field)
                 and each.message.file.package == field.file.package), None)


def _name(field):
    """Of a record of the same agency that exists, or well-formed and another agency's."""
    if referred(field):
        return some(referred(field).kind, tuple(rules(field).in_state))
    return FOREIGN.get(reference(field)) or values.of(field)


def is_made_by_the_agency(message, service):
    """What only its owners make has tests of its own (tests/gateway/acts_test.cc), and so has what
    rests on learners (tests/education), whom no standard method makes, and a report, which goes on by
    itself (tests/gateway/reports_test.cc)."""
    creation = service.methods_by_name.get("Create" + message.name)
    return (creation is not None and bool(access(creation).callers)
            and message.name not in ("Enrolment", "Assessment", "Award", "Report"))


RESOURCES = tuple(Resource(message, service) for message, services in resources()
                  for service in services if is_made_by_the_agency(message, service))
