"""What can be wrong with a request, read from the contract's own descriptors."""

from functools import cache

import contract
import samples
import values
from contract import is_input, is_repeated, is_required, rules
from federation import Service, message_class, new_id
from google.protobuf.descriptor import FieldDescriptor as Field

_INTEGERS = (Field.CPPTYPE_INT32, Field.CPPTYPE_INT64)
_DATE, _MONEY = "google.type.Date", "google.type.Money"
_MASK = "google.protobuf.FieldMask"
# Uploads, which are streams of headers and bytes.
STREAMS = ("LoadRecords", "LoadVacancies", "LoadVocabulary")
_WRONG_DATES = {"no day of any month": (2026, 2, 30), "no leap year": (2025, 2, 29),
                "a month alone": (2026, 3, 0), "a year alone": (2026, 0, 0), "empty": (0, 0, 0),
                "month 13": (2026, 13, 1), "long ago": (1800, 1, 1), "far off": (9999, 1, 1)}
_WRONG_AMOUNTS = {"another currency": ("USD", 5, 0), "no currency": ("", 5, 0),
                  "two signs": ("MXN", 5, -10_000_000), "half a centavo": ("MXN", 5, 5_000_000),
                  "nanos of a unit": ("MXN", 5, 1_000_000_000),
                  "too much": ("MXN", 2**63 - 1, 0)}


# Updates of what no standard method of the agency makes: tests/education has what is wrong with them.
OF_LEARNERS = {"UpdatePerson", "UpdateLearner", "UpdateEnrolment", "UpdateAssessment",
               "UpdateDualPlan", "UpdateTeacher"}


def valid(method):
    """A request that nothing is wrong with but, perhaps, that what it names does not exist."""
    for resource in samples.RESOURCES:
        if (method.name == "Create" + resource.kind
                and method.containing_service.full_name == resource.service):
            return resource.creation(Service(resource.service, resource.owner))
    said = {}
    for field in filter(is_required, method.input_type.fields):
        if values.has_parts(field) and is_repeated(field):
            said[field.name] = [{part.name: values.of(part) for part in
                                 filter(is_required, field.message_type.fields)}]
        elif values.has_parts(field) and not method.name.startswith("Update"):
            said[field.name] = samples.filled(field.message_type)
            if not contract.access(method).callers:  # what only owners make
                for said_by_registry in samples.OF_THE_AGENCY:
                    said[field.name].pop(said_by_registry, None)
        elif values.has_parts(field):
            said[field.name] = _stored(method.containing_service, field.name)
            said["update_mask"] = {"paths": ["*"]}
        else:
            value = _named(method, field)
            said[field.name] = [value] if is_repeated(field) else value
    return message_class(method.input_type)(**said)


@cache
def _stored(service, singular):
    """A record of this service, made when first asked for."""
    return next(resource for resource in samples.RESOURCES if (
        resource.service, resource.singular) == (service.full_name, singular)).new()


def _named(method, field):
    """A value of a required field of a request that creates nothing: what it names is absent."""
    if field.full_name in samples.STATED:
        return samples.STATED[field.full_name]
    if field.name == "request_id":
        return new_id()
    if field.type != Field.TYPE_STRING or rules(field).max_length:
        return values.of(field)
    if method.containing_service.name == "AccessService":  # of records of other services
        return samples.absent("organizations/{organization}/learners/{learner}")
    if field.name in ("from_release", "to_release"):
        return samples.absent("vocabularyReleases/{vocabulary_release}")
    if method.containing_service.name == "LoadService":  # common to agencies, and no resource of theirs
        return samples.absent("loads/{load}")
    if method.containing_service.name == "FigureExtractService":  # the same
        return samples.absent("figureExtracts/{figure_extract}")
    if method.containing_service.name == "JournalService":  # the same
        return samples.absent("journalEntries/{journal_entry}")
    kind = next(message for message, services in contract.resources()
                if method.containing_service in services)
    pattern = contract.resource(kind).pattern[0]
    if field.name == "parent":
        return samples.anything(pattern.rsplit("/", 2)[0])
    created = [each for each in samples.RESOURCES if each.kind == kind.name]
    return created[0].absent() if created else samples.absent(pattern)


def changed_by(method):
    """The field of an update that holds the record; "" of other methods."""
    fields = method.input_type.fields_by_name
    return next((name for name, field in fields.items() if "update_mask" in fields
                 and field.message_type and contract.resource(field.message_type).type), "")


def missing(descriptor, path=""):
    """Paths of what is required of an empty message."""
    return {path + field.name for field in descriptor.fields if is_input(field)
            and samples.is_needed(field)}


def faults(descriptor, path="", reach=lambda request: request):
    """(path, what is wrong, function that makes a valid request so). One fault each. `reach` gets
    the message of this type in a request, which must be there."""
    for field in descriptor.fields:
        if is_input(field) and not (path and field.name == "etag"):  # any other etag is a mismatch
            yield from _of_field(field, path + field.name, reach)


def _of_field(field, path, reach):
    if is_repeated(field):
        yield from _of_list(field, path, reach)
    elif field.type == Field.TYPE_MESSAGE:
        yield from _of_message(field.message_type, path,
                               lambda request: getattr(reach(request), field.name))
        if is_required(field):
            yield path, "absent", lambda request: reach(request).ClearField(field.name)
    else:
        for what, value in _wrong_values(field):
            yield path, what, lambda request, value=value: setattr(reach(request), field.name, value)
        if is_required(field):
            yield path, "absent", lambda request: reach(request).ClearField(field.name)


def _of_list(field, path, reach):
    most = rules(field).max_items
    if field.type == Field.TYPE_MESSAGE:
        def first(request):
            items = getattr(reach(request), field.name)
            return items[0] if items else items.add()
        yield from _of_message(field.message_type, path + "[0]", first)
        if most:
            yield path, "too many", lambda request: getattr(reach(request), field.name).extend(
                [first(request)] * (most + 1 - len(getattr(reach(request), field.name))))
    else:
        for what, value in _wrong_values(field):
            yield path + "[0]", what, lambda request, value=value: setattr_list(
                reach(request), field.name, [value])
        if most:
            one = "x/y" if field.type == Field.TYPE_STRING else 1
            yield path, "too many", lambda request: setattr_list(
                reach(request), field.name, [one] * (most + 1))
    if is_required(field):
        yield path, "empty", lambda request: reach(request).ClearField(field.name)


def setattr_list(message, name, values):
    message.ClearField(name)
    getattr(message, name).extend(values)


def _of_message(descriptor, path, reach):
    if descriptor.full_name == _DATE:
        for what, (year, month, day) in _WRONG_DATES.items():
            yield path, what, lambda request, v=(year, month, day): _set(
                reach(request), year=v[0], month=v[1], day=v[2])
    elif descriptor.full_name == _MONEY:
        for what, (currency, units, nanos) in _WRONG_AMOUNTS.items():
            yield path, what, lambda request, v=(currency, units, nanos): _set(
                reach(request), currency_code=v[0], units=v[1], nanos=v[2])
    elif descriptor.full_name == _MASK:
        yield path, "unknown path", lambda request: setattr_list(
            reach(request), "paths", ["no_such_field"])
    else:
        yield from faults(descriptor, path + ".", reach)


def _set(message, **values):
    message.SetInParent()
    for name, value in values.items():
        setattr(message, name, value)


def _wrong_values(field):
    rule = rules(field)
    if field.type == Field.TYPE_STRING:
        yield "control character", "a\x07b"
        if rule.max_length:
            yield "too long", "a" * (rule.max_length + 1)
        if rule.pattern:
            yield "of another form", "¡no!"
        if field.name == "request_id":
            yield "no UUID", "nope"
            yield "UUID of version 1", "2c1d43b8-e6d7-11ee-9a3b-0242ac120002"
            yield "in braces", "{" + new_id() + "}"
    elif field.type == Field.TYPE_ENUM:
        yield "unknown value", 99
    elif field.cpp_type in _INTEGERS:
        if rule.has_min:
            yield "too small", rule.min - 1
        if rule.max:
            yield "too large", rule.max + 1
