"""What a record refers to must exist; an error says where the reference stands."""

import re
import unittest

import contract
import samples
from checks import Conformance
from federation import Service
from google.protobuf.descriptor import FieldDescriptor as Field

LONG = "x" * 64  # no id: one letter too many


def references(message, path):
    """Paths in a record, each with the message there and the field of it, that name what their own
    agency has."""
    for field, value in message.ListFields():
        where = f"{path}.{field.name}"
        if samples.referred(field):
            yield where, message, field
        elif field.type == Field.TYPE_MESSAGE and contract.is_repeated(field):
            yield from references(value[0], where + "[0]")
        elif field.type == Field.TYPE_MESSAGE:
            yield from references(value, where)


def move(message, name, other):
    """Has what lies below a name lie below another."""
    for field, value in message.ListFields():
        if field.type == Field.TYPE_MESSAGE:
            for each in value if contract.is_repeated(field) else (value,):
                move(each, name, other)
        elif field.type == Field.TYPE_STRING and not contract.is_repeated(field):
            if value.startswith(name + "/"):
                setattr(message, field.name, other + value[len(name):])


class References(Conformance):
    def test_an_error_names_the_field(self):
        tried = 0
        for resource in samples.RESOURCES:
            service = Service(resource.service, resource.owner)
            whole = resource.creation(service)
            for at, _ in enumerate(list(references(getattr(whole, resource.singular), ""))):
                for last, code, reason in (("absent", "NOT_FOUND", "{}_NOT_FOUND"),
                                           (LONG, "INVALID_ARGUMENT", "INVALID_NAME")):
                    request = resource.creation(service)
                    found = list(references(getattr(request, resource.singular), resource.singular))
                    with self.subTest(path=found[at][0], missing=last):
                        self.check(service, request, *found[at], last, code, reason)
                        tried += 1
        self.assertGreaterEqual(tried, 14)

    def check(self, service, request, path, message, field, last, code, reason):
        target = samples.referred(field)
        if target.numbered and code == "NOT_FOUND":
            last = "1"
        missing = samples.absent(target.pattern, last)
        if not contract.is_repeated(field):  # beside one that exists, and what is below it
            missing = getattr(message, field.name).rpartition("/")[0] + "/" + last
            move(request, getattr(message, field.name), missing)
        if contract.is_repeated(field):  # after one that exists
            getattr(message, field.name).append(missing)
            path += "[1]"
        else:
            setattr(message, field.name, missing)
        method = re.sub("Request$", "", request.DESCRIPTOR.name)
        refusal = self.refuse(service, method, request, code, reason.format(target.reason))
        self.assertEqual(refusal.infos[0].metadata["field"], path)
        self.assertEqual(refusal.infos[0].metadata["name"], missing)

    def test_an_error_of_many_names_counts_them(self):
        service = Service("puente.labor.v1.SkillService", "agency/labor")
        for missing, code, reason in (("skills/absent", "NOT_FOUND", "SKILL_NOT_FOUND"),
                                      ("nonsense", "INVALID_ARGUMENT", "INVALID_NAME")):
            refusal = self.refuse(service, "BatchGetSkills", service.request(
                "BatchGetSkills", names=["skills/english", missing]), code, reason)
            self.assertEqual(refusal.infos[0].metadata["field"], "names[1]")


if __name__ == "__main__":
    unittest.main()
