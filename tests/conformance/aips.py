#!/usr/bin/python3
"""The contract as a whole: every resource and every method is what the AIPs and Puente's own rules
say, read from the descriptors alone. Whoever adds a resource learns here what it lacks."""

import re
import sys
import unittest

import contract  # generates what is imported below
from contract import behaviors, words

from google.api import field_behavior_pb2
from google.protobuf.descriptor import FieldDescriptor as Field
from google.protobuf.descriptor_pb2 import MethodOptions

sys.path.insert(0, str(contract.ROOT / "docs"))
import generate_errors  # noqa: E402

# Everything else changes something.
READS = re.compile(r"(Get|List|BatchGet|Check|Compare|Diff|Explain|Export|Find|Follow|Preview|Resolve|Trace)[A-Z]|WhoAmI$")
# Keeps what the gateway was told of names, or asks for figures; no record changes, and it may be
# repeated as it is.
BOOKKEEPING = {"StoreResolvedNames", "ReleaseAwards", "ReleaseDemand", "ReleasePlaces",
               "ForgetPlaceNotices"}
BEHAVIOR = field_behavior_pb2
STRING, INT32, BOOL = Field.TYPE_STRING, Field.TYPE_INT32, Field.TYPE_BOOL
MESSAGE, ENUM = Field.TYPE_MESSAGE, Field.TYPE_ENUM
PATTERN = r"^[a-z][A-Za-z]*/\{[a-z_]+\}(/[a-z][A-Za-z]*/\{[a-z_]+\}){0,2}$"
MASK = "google.protobuf.FieldMask"


def methods():
    return [method for service in contract.service_files().values() for method in service.methods]


class Resource:
    """A message with google.api.resource, and the service that has its methods."""

    def __init__(self, message, declared):
        self.message, self.declared = message, declared
        self.kind, self.area = message.name, message.full_name.split(".")[1]
        self.kinds = declared.plural[:1].upper() + declared.plural[1:]
        self.singular, self.plural = words(declared.singular), words(declared.plural)
        self.pattern, = declared.pattern
        self.reason = self.singular.upper()
        self.has_parent = self.pattern.count("/") > 1
        self.methods = {method.name: method for method in methods()
                        if method.containing_service.file.package == message.file.package}

    def method(self, verb, many=False, suffix=""):
        return self.methods.get(verb + (self.kinds if many else self.kind) + suffix)


def resources():
    for message, _ in contract.resources():
        yield Resource(message, contract.resource(message))


class Contract(unittest.TestCase):
    maxDiff = None

    def has(self, message, name, kind, *behavior, type_name=None, repeated=False):
        """The message has this field, of this type, which is at least that."""
        field = message.fields_by_name.get(name)
        self.assertIsNotNone(field, f"{message.full_name} has no {name}")
        self.assertEqual((field.type, field.label == Field.LABEL_REPEATED), (kind, repeated),
                         field.full_name)
        if type_name:
            self.assertEqual(field.message_type.full_name, type_name, field.full_name)
        self.assertLessEqual(set(behavior), behaviors(field), field.full_name)

    def each_method(self, verb, many=False, suffix=""):
        """(resource, method, its request) of all that have it."""
        found = 0
        for resource in resources():
            method = resource.method(verb, many, suffix)
            if method is not None:
                found += 1
                yield resource, method, method.input_type
        self.assertGreater(found, 0, verb)

    # Resources (AIP-122, 123, 148, 154).

    def test_a_resource_says_what_it_is(self):
        for resource in resources():
            self.assertEqual(resource.declared.type, f"{resource.area}.puente/{resource.kind}")
            self.assertEqual(resource.singular, words(resource.kind))
            self.assertRegex(resource.pattern, PATTERN)
            self.assertEqual(resource.message.fields[0].name, "name")
            self.has(resource.message, "name", STRING, BEHAVIOR.IDENTIFIER)
            self.has(resource.message, "etag", STRING)
            for moment in ("create_time", "update_time"):
                self.has(resource.message, moment, MESSAGE, BEHAVIOR.OUTPUT_ONLY,
                         type_name="google.protobuf.Timestamp")

    def test_a_resource_says_where_it_comes_from_and_whether_it_is_real(self):
        for resource in resources():
            # What comes in whole files alone takes both from what says whose file it is. Of others
            # than the agency, the server knows both.
            said = (BEHAVIOR.OUTPUT_ONLY if not (resource.method("Create") or resource.method("Register"))
                    else BEHAVIOR.OPTIONAL if self.others_write(resource) else BEHAVIOR.REQUIRED)
            self.has(resource.message, "source", STRING, said)
            self.has(resource.message, "record_kind", ENUM, said)

    def others_write(self, resource):
        """Whether anybody but its agency creates or updates it; for what the gateway keeps, the agency
        that may answers."""
        agencies = contract.AGENCIES if resource.area == "gateway" else [resource.area]
        writes = filter(None, map(resource.method, ("Create", "Update")))
        return any([*contract.access(method).callers, *contract.access(method).owners]
                   not in [[f"agency/{agency}"] for agency in agencies] for method in writes)

    # Standard methods (AIP-131 to 135, 155, 158, 163, 231).

    def test_every_resource_can_be_read_and_listed(self):
        for resource in resources():
            for method in (resource.method("Get"), resource.method("List", many=True),
                           resource.method("BatchGet", many=True)):
                self.assertIsNotNone(method, resource.kind)
            # Learners are registered under ids of the server's, and persons come with them; a plan is
            # drafted, and its sides make it one.
            if (resource.method("Create") is None
                    and resource.kind not in ("Learner", "Person", "DualPlan")):
                self.assertIsNone(resource.method("Update"), resource.kind)

    def test_get(self):
        for resource, method, request in self.each_method("Get"):
            self.has(request, "name", STRING, BEHAVIOR.REQUIRED)
            self.assertIs(method.output_type, resource.message, method.full_name)

    def test_create(self):
        for resource, method, request in self.each_method("Create"):
            self.assertEqual(resource.has_parent, "parent" in request.fields_by_name,
                             method.full_name)
            self.has(request, resource.singular + "_id", STRING, BEHAVIOR.REQUIRED)
            self.has(request, resource.singular, MESSAGE, BEHAVIOR.REQUIRED,
                     type_name=resource.message.full_name)
            self.assertIs(method.output_type, resource.message, method.full_name)

    def test_update(self):
        for resource, method, request in self.each_method("Update"):
            self.has(request, resource.singular, MESSAGE, BEHAVIOR.REQUIRED,
                     type_name=resource.message.full_name)
            self.has(request, "update_mask", MESSAGE, BEHAVIOR.OPTIONAL, type_name=MASK)
            self.assertIs(method.output_type, resource.message, method.full_name)
            self.assertIsNotNone(resource.method("List", suffix="Revisions"), resource.kind)

    def test_delete(self):
        for resource, method, request in self.each_method("Delete"):
            self.has(request, "name", STRING, BEHAVIOR.REQUIRED)
            self.has(request, "etag", STRING, BEHAVIOR.OPTIONAL)
            self.assertEqual(method.output_type.full_name, "google.protobuf.Empty",
                             method.full_name)

    def test_batch_get(self):
        for resource, method, request in self.each_method("BatchGet", many=True):
            self.has(request, "names", STRING, BEHAVIOR.REQUIRED, repeated=True)
            self.has(method.output_type, resource.plural, MESSAGE, repeated=True,
                     type_name=resource.message.full_name)

    def test_every_list_comes_in_pages(self):
        lists = [method for method in methods() if method.name.startswith("List")]
        self.assertGreater(len(lists), 20)
        for method in lists:
            with self.subTest(method=method.full_name):
                self.has(method.input_type, "page_size", INT32, BEHAVIOR.OPTIONAL)
                self.has(method.input_type, "page_token", STRING, BEHAVIOR.OPTIONAL)
                self.has(method.output_type, "next_page_token", STRING)
        for resource, method, request in self.each_method("List", many=True):
            self.assertEqual(resource.has_parent, "parent" in request.fields_by_name,
                             method.full_name)
            self.has(request, "filter", STRING, BEHAVIOR.OPTIONAL)
            self.has(method.output_type, resource.plural, MESSAGE, repeated=True,
                     type_name=resource.message.full_name)

    def test_every_change_can_be_repeated_and_be_checked_alone(self):
        changes = [method for method in methods() if not READS.match(method.name)
                   and method.name not in BOOKKEEPING]
        self.assertGreater(len(changes), 20)
        for method in changes:
            with self.subTest(method=method.full_name):
                if contract.streams(method):  # what makes it repeatable is its header
                    self.assertIn("header", method.input_type.fields_by_name)
                    continue
                self.has(method.input_type, "request_id", STRING, BEHAVIOR.OPTIONAL)
                self.has(method.input_type, "validate_only", BOOL, BEHAVIOR.OPTIONAL)

    def test_an_export_can_be_gone_on_with_and_says_when_it_is_whole(self):
        # What never changes is gone on with by a byte, and its record says how many it has.
        exports = [method for method in methods() if method.name.startswith("Export")
                   and method.name != "ExportFigureExtract"]
        self.assertGreater(len(exports), 0)
        for method in exports:
            with self.subTest(method=method.full_name):
                self.assertTrue(contract.answers_stream(method))
                self.has(method.input_type, "resume_token", STRING, BEHAVIOR.OPTIONAL)
                self.has(method.output_type, "resume_token", STRING)
                self.has(method.output_type, "summary", MESSAGE)
        self.assertEqual(exports, [m for m in methods() if contract.answers_stream(m)
                                   and m.name != "ExportFigureExtract"])

    def test_a_read_changes_nothing(self):
        for method in methods():
            if READS.match(method.name):
                with self.subTest(method=method.full_name):
                    self.assertFalse({"request_id", "validate_only", "etag", "update_mask"}
                                     & set(method.input_type.fields_by_name))

    def test_a_read_says_that_it_may_be_asked_for_by_a_plain_get(self):
        # One that opens personal fields is a journal entry, and its answer belongs in no cache.
        for method in methods():
            with self.subTest(method=method.full_name):
                self.assertEqual(method.GetOptions().idempotency_level == MethodOptions.NO_SIDE_EFFECTS,
                                 bool(READS.match(method.name))
                                 and not contract.access(method).opens_personal)

    def test_verbs_of_one_resource_can_be_kept_to_the_state_that_was_seen(self):
        verbs = [method for method in methods() if not READS.match(method.name)
                 and "name" in method.input_type.fields_by_name]
        self.assertGreater(len(verbs), 5)
        for method in verbs:
            with self.subTest(method=method.full_name):
                self.has(method.input_type, "name", STRING, BEHAVIOR.REQUIRED)
                self.has(method.input_type, "etag", STRING, BEHAVIOR.OPTIONAL)

    # Fields (AIP-203) and rights.

    def test_every_field_of_a_request_or_resource_says_how_it_behaves(self):
        messages = {method.input_type.full_name: method.input_type for method in methods()
                    if not contract.streams(method)}
        messages |= {resource.message.full_name: resource.message for resource in resources()}
        for message in messages.values():
            for field in message.fields:
                with self.subTest(field=field.full_name):
                    self.assertTrue(behaviors(field))
                    self.assertFalse(behaviors(field) >= {BEHAVIOR.REQUIRED, BEHAVIOR.OPTIONAL})

    def test_every_method_says_who_may_call_it(self):
        for method in methods():
            with self.subTest(method=method.full_name):
                access = contract.access(method)
                self.assertTrue(contract.admitted(access), "refuses everybody")
                for pattern in contract.admitted(access):
                    self.assertRegex(pattern, r"^(\*|[a-z]+(/(\*|[a-z0-9-]+))?)$")
                if not READS.match(method.name):
                    self.assertNotIn("*", access.callers, "anybody may change something")

    # Errors (AIP-193).

    def test_every_error_has_two_texts_with_the_same_metadata(self):
        catalogues = generate_errors.catalogues()
        self.assertEqual(len(catalogues), 7)
        for domain, reasons in catalogues.items():
            self.assertTrue(domain == "puente" or domain.endswith(".puente"), domain)
            for reason, (code, spanish, english) in reasons.items():
                with self.subTest(domain=domain, reason=reason):
                    self.assertRegex(reason, r"^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$")
                    self.assertNotEqual(code, "OK")
                    self.assertTrue(spanish and english)
                    self.assertNotEqual(spanish, english)
                    self.assertEqual(*(set(re.findall(r"\$([a-z_]+)", text))
                                       for text in (spanish, english)))

    def test_every_method_names_errors_that_a_catalogue_has(self):
        named = generate_errors.methods()
        known = {reason for reasons in generate_errors.catalogues().values() for reason in reasons}
        self.assertLessEqual(named.keys(), known)
        telling = {method for some in named.values() for method in some}
        for method in methods():
            with self.subTest(method=method.full_name):
                self.assertIn(f"{method.containing_service.name}.{method.name}", telling)

    def test_methods_name_the_errors_that_their_kind_has(self):
        named = generate_errors.methods()
        for resource in resources():
            missing, taken = resource.reason + "_NOT_FOUND", resource.reason + "_ALREADY_EXISTS"
            for method, *reasons in (
                    (resource.method("Get"), missing, "INVALID_NAME"),
                    (resource.method("Create"), taken, "INVALID_FIELDS"),
                    (resource.method("List", many=True), "INVALID_PAGE_TOKEN", "INVALID_FILTER"),
                    (resource.method("BatchGet", many=True), missing, "INVALID_NAME"),
                    (resource.method("Update"), missing, "ETAG_MISMATCH", "INVALID_FIELDS"),
                    (resource.method("Delete"), missing, "ETAG_MISMATCH"),
                    (resource.method("List", suffix="Revisions"), missing, "INVALID_PAGE_TOKEN")):
                for reason in reasons if method is not None else ():
                    with self.subTest(method=method.full_name, reason=reason):
                        self.assertIn(f"{method.containing_service.name}.{method.name}",
                                      named.get(reason, ()))


if __name__ == "__main__":
    unittest.main()
