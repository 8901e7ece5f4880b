"""What can be wrong with a request, read from the contract's own descriptors."""

from functools import lru_cache

from google.api import field_behavior_pb2
from google.protobuf.descriptor import FieldDescriptor as Field

import samples
from federation import Service, message_class, new_id
from puente.api.v1 import options_pb2

_INTEGERS = (Field.CPPTYPE_INT32, Field.CPPTYPE_INT64)
_DATE, _MONEY = "google.type.Date", "google.type.Money"
_MASK = "google.protobuf.FieldMask"
# Uploads, which are streams of headers and bytes.
STREAMS = ("LoadVacancies", "LoadVocabulary")
# Names of what no method of its service creates.
_MADE_OTHERWISE = {
    "puente.labor.v1.OccupationToolService": "vocabularyReleases/absent/tools/none",
    "puente.labor.v1.ReleasedSkillService": "vocabularyReleases/absent/skills/none"}
_WRONG_DATES = {"no day of any month": (2026, 2, 30), "no leap year": (2025, 2, 29),
                "a month alone": (2026, 3, 0), "a year alone": (2026, 0, 0), "empty": (0, 0, 0),
                "month 13": (2026, 13, 1), "long ago": (1800, 1, 1), "far off": (9999, 1, 1)}
_WRONG_AMOUNTS = {"another currency": ("USD", 5, 0), "no currency": ("", 5, 0),
                  "two signs": ("MXN", 5, -10_000_000), "half a centavo": ("MXN", 5, 5_000_000),
                  "nanos of a unit": ("MXN", 5, 1_000_000_000),
                  "too much": ("MXN", 2**63 - 1, 0)}


def behaviors(field):
    return set(field.GetOptions().Extensions[field_behavior_pb2.field_behavior])


def is_input(field):
    return not behaviors(field) & {field_behavior_pb2.OUTPUT_ONLY, field_behavior_pb2.IDENTIFIER}


def is_required(field):
    return field_behavior_pb2.REQUIRED in behaviors(field)


def rules(field):
    return field.GetOptions().Extensions[options_pb2.rules]


def callers(method):
    """Patterns of those who may call, be it for their own records alone."""
    access = method.GetOptions().Extensions[options_pb2.access]
    return [*access.callers, *access.owners]


def may_call(method, caller):
    return any(pattern == "*" or pattern == caller
               or pattern.endswith("/*") and caller.startswith(pattern[:-1])
               for pattern in callers(method))


def valid(method):
    """A request that nothing is wrong with but, perhaps, that what it names does not exist."""
    for resource in samples.RESOURCES:
        if (method.name == "Create" + resource.kind
                and method.containing_service.full_name == resource.service):
            return message_class(method.input_type)(
                request_id=new_id(), **{resource.singular: resource.make()}, **resource.identity())
    request = message_class(method.input_type)()
    for field in method.input_type.fields:
        if is_required(field) and field.type == Field.TYPE_MESSAGE:  # the resource of an update
            getattr(request, field.name).CopyFrom(_stored(method.containing_service, field.name))
            request.update_mask.paths.append("*")
        elif is_required(field):
            value = _named(method, field)
            if field.label == Field.LABEL_REPEATED:
                getattr(request, field.name).append(value)
            else:
                setattr(request, field.name, value)
    return request


def verbs(service):
    """Methods that change one record of a service otherwise than by Update and Delete."""
    return [method for method in service.methods
            if {"name", "validate_only"} <= set(method.input_type.fields_by_name)
            and not method.name.startswith("Delete")]


@lru_cache(maxsize=None)
def _stored(service, singular):
    """A record of this service, made when first asked for."""
    resource = next(resource for resource in samples.RESOURCES
                    if (resource.service, resource.singular) == (service.full_name, singular))
    owner = Service(resource.service, resource.owner)
    return owner.call("Create" + resource.kind, resource.creation(owner))[0]


def _named(method, field):
    """A value of a required field of a request that creates nothing."""
    if field.cpp_type == Field.CPPTYPE_ENUM:
        return 1
    if field.name == "microcredential_version":
        return "microcredentials/absent/versions/1"
    if field.name in ("reason", "result"):
        return "Una razón"
    if field.name in ("from_release", "to_release"):
        return "vocabularyReleases/absent"
    if method.containing_service.full_name in _MADE_OTHERWISE:
        return ("vocabularyReleases/-" if field.name == "parent"
                else _MADE_OTHERWISE[method.containing_service.full_name])
    resource = next(resource for resource in samples.RESOURCES
                    if resource.service == method.containing_service.full_name)
    return resource.everything()["parent"] if field.name == "parent" else resource.absent()


def missing(descriptor, path=""):
    """Paths of what is required of an empty message."""
    return {path + field.name for field in descriptor.fields if is_input(field)
            and is_required(field)}


def faults(descriptor, path="", reach=lambda request: request):
    """(path, what is wrong, function that makes a valid request so). One fault each. `reach` gets
    the message of this type in a request, which must be there."""
    for field in descriptor.fields:
        if is_input(field) and not (path and field.name == "etag"):  # any other etag is a mismatch
            yield from _of_field(field, path + field.name, reach)


def _of_field(field, path, reach):
    if field.label == Field.LABEL_REPEATED:
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
            yield path, "too many", lambda request: setattr_list(
                reach(request), field.name, ["x/y"] * (most + 1))
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
