"""A valid value of one field, from its type and its rules."""

import re
from re import _constants as parts
from re import _parser as expressions

from contract import is_repeated, rules
from google.protobuf.descriptor import FieldDescriptor as Field

DAY = {"year": 2026, "month": 10, "day": 5}
# Of whole types. What tests write is never a fact.
_OF_TYPE = {"google.type.Date": DAY, "google.type.Money": {"currency_code": "MXN", "units": 21000},
            "google.protobuf.Timestamp": {"seconds": 1790000000},
            "puente.type.v1.RecordKind": "RECORD_KIND_GENERATED"}
# The first that a class of characters has is taken, so that texts can be read.
_READABLE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890 -._"


def has_parts(field):
    """Whether its value is made of the values of its own fields."""
    return field.type == Field.TYPE_MESSAGE and field.message_type.full_name not in _OF_TYPE


def of(field):
    """A value of the field or, of a list, of an element."""
    kind = field.message_type or field.enum_type
    rule = rules(field)
    if kind and kind.full_name in _OF_TYPE:
        return _later() if rule.not_before else _OF_TYPE[kind.full_name]
    if field.enum_type:
        return _states(field)[0].name
    if field.type == Field.TYPE_STRING:
        return _text(field)
    if field.type == Field.TYPE_BYTES:
        return b"some"
    if field.type == Field.TYPE_BOOL:
        return True
    return max(rule.min, 1) if not rule.max else min(max(rule.min, 1), rule.max)


def another(field, value):
    """One that is as valid; of a list of messages one whose last text is another."""
    if is_repeated(field) and field.message_type:
        first = field.message_type._concrete_class()
        first.CopyFrom(value[0])
        part = [each for each in field.message_type.fields if is_free_text(each)][-1]
        setattr(first, part.name, another(part, getattr(first, part.name)))
        return [first, *value[1:]]
    if field.enum_type:
        number = (field.enum_type.values_by_name[value].number if isinstance(value, str)
                  else value)
        return next(each.name for each in _states(field) if each.number != number)
    if field.type == Field.TYPE_STRING:
        return next(text for text in (value + "x", value + "1", _text(field, 1), _text(field))
                    if text != value and _is_valid(field, text))
    if field.type == Field.TYPE_BOOL:
        return not value
    if field.message_type and field.message_type.full_name == "google.type.Date":
        return {"year": value.year + 1, "month": value.month, "day": min(value.day, 28)}
    return value - 1 if rules(field).max == value else value + 1


def is_free_text(field):
    """Whether one can tell it from others by whatever is written there."""
    return (field.type == Field.TYPE_STRING and not is_repeated(field)
            and not rules(field).pattern and not rules(field).one_of)


def text(pattern, choice=0):
    """What this regular expression matches; with another `choice`, something else where there is a
    choice."""
    found = "".join(_match(node, choice) for node in expressions.parse(pattern))
    assert re.fullmatch(pattern, found), (pattern, found)
    return found


def _later():
    return {**DAY, "year": DAY["year"] + 1}


def _states(field):
    return [value for value in field.enum_type.values if value.number]


def _text(field, choice=0):
    rule = rules(field)
    if rule.one_of:
        return rule.one_of[min(choice, len(rule.one_of) - 1)]
    if rule.pattern:
        return text(rule.pattern, choice)
    words = field.name.replace("_", " ").capitalize()
    return words[:rule.max_length or None] if not choice else words[::-1][:rule.max_length or None]


def _is_valid(field, value):
    rule = rules(field)
    return ((not rule.max_length or len(value) <= rule.max_length)
            and (not rule.one_of or value in rule.one_of)
            and (not rule.pattern or re.fullmatch(rule.pattern, value) is not None))


def _match(node, choice):
    kind, value = node
    if kind is parts.LITERAL:
        return chr(value)
    if kind is parts.IN:
        allowed = [letter for letter in _READABLE if any(_has(item, letter) for item in value)]
        return allowed[min(choice, len(allowed) - 1)]
    if kind is parts.MAX_REPEAT:
        least, _, inner = value
        return "".join(_match(each, choice) for each in inner) * least
    if kind is parts.SUBPATTERN:
        return "".join(_match(each, choice) for each in value[-1])
    if kind is parts.BRANCH:
        branches = value[1]
        return "".join(_match(each, choice) for each in branches[min(choice, len(branches) - 1)])
    raise NotImplementedError(f"a text for {node}: say one in samples.STATED")


def _has(item, letter):
    kind, value = item
    if kind is parts.RANGE:
        return value[0] <= ord(letter) <= value[1]
    return kind is parts.LITERAL and value == ord(letter)
