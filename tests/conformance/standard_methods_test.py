"""The standard methods are the same for every resource (AIP-131 to 135, 155, 162, 163, 231)."""

import unittest
from concurrent.futures import ThreadPoolExecutor

import contract  # generates what is imported below
import filters
import grpc
import requests
import samples
import values
from checks import NO_IDS, Conformance, every_page
from federation import Service, info, new_id
from google.protobuf import json_format


class StandardMethods:
    """Run once for each resource; see the end."""

    resource = None

    def setUp(self):
        self.service = Service(self.resource.service, self.resource.owner)

    def create(self, changes=None, required=False, **identity):
        request = self.resource.creation(self.service, changes, None, required, **identity)
        answer, metadata = self.service.call("Create" + self.resource.kind, request)
        self.assertTrue(metadata["puente-freshness"])
        return request, answer

    def get(self, name):
        return getattr(self.service, "Get" + self.resource.kind)(name=name)

    def list(self, page_size=1000, **arguments):
        return every_page(self.service, "List" + self.resource.kinds, self.resource.plural,
                          page_size, **{**self.resource.everything(), **arguments})

    def records(self):
        return sorted(record.SerializeToString(deterministic=True) for record in self.list()[0])

    def refuse_call(self, method, code, reason, fields=None, **arguments):
        return self.refuse(self.service, method, self.service.request(method, **arguments), code,
                           reason, fields)

    # Create.

    def test_a_record_is_kept_as_stated(self):
        self.check_kept(*self.create())

    def test_what_is_required_is_enough(self):
        self.check_kept(*self.create(required=True))

    def check_kept(self, request, created):
        stated = getattr(request, self.resource.singular)
        self.assertEqual(created.name, self.resource.name(request))
        self.assertTrue(created.etag)
        self.assertTrue(created.HasField("create_time"))
        kept = json_format.MessageToDict(created)
        for key, value in json_format.MessageToDict(stated).items():
            self.assertEqual(kept[key], value, key)
        self.assertEqual(self.get(created.name), created)

    def test_what_only_the_server_says_is_ignored_on_input(self):
        _, created = self.create({"etag": "mine", "create_time": {"seconds": 1}})
        self.assertNotEqual(created.etag, "mine")
        self.assertGreater(created.create_time.seconds, 1_700_000_000)

    def test_a_repeated_call_changes_nothing_and_gets_the_same_answer(self):
        request, created = self.create()
        before = self.records()
        again, metadata = self.service.call("Create" + self.resource.kind, request)
        self.assertEqual(again.SerializeToString(deterministic=True),
                         created.SerializeToString(deterministic=True))
        self.assertTrue(metadata["puente-freshness"])
        request.request_id = request.request_id.upper()
        self.assertEqual(self.service.call("Create" + self.resource.kind, request)[0], created)
        self.assertEqual(self.records(), before)

    def test_a_request_id_is_for_one_request(self):
        request, _ = self.create()
        before = self.records()
        other = self.resource.creation(self.service, self.resource.change, request.request_id)
        self.refuse(self.service, "Create" + self.resource.kind, other, "INVALID_ARGUMENT",
                    "REQUEST_ID_REUSED")
        self.assertEqual(self.records(), before)

    def test_an_id_is_taken_once(self):
        request, created = self.create()
        request.request_id = new_id()
        refusal = self.refuse(self.service, "Create" + self.resource.kind, request,
                              "ALREADY_EXISTS", self.resource.reason + "_ALREADY_EXISTS")
        self.assertEqual(refusal.infos[0].domain, self.resource.domain)
        self.assertEqual(refusal.infos[0].metadata["name"], created.name)
        self.assertEqual(self.get(created.name), created)

    def test_without_a_request_id_a_call_is_not_replayable(self):
        request = self.resource.creation(self.service)
        request.ClearField("request_id")
        self.service.call("Create" + self.resource.kind, request)
        self.refuse(self.service, "Create" + self.resource.kind, request, "ALREADY_EXISTS",
                    self.resource.reason + "_ALREADY_EXISTS")

    def test_an_id_has_one_spelling(self):
        field = self.resource.singular + "_id"
        for value in NO_IDS:
            with self.subTest(id=value[:40]):
                request = self.resource.creation(self.service)
                setattr(request, field, value)
                self.refuse(self.service, "Create" + self.resource.kind, request,
                            "INVALID_ARGUMENT", "INVALID_FIELDS", {field})

    def test_who_may_not_create_is_told_so_before_the_request_is_looked_at(self):
        before = self.records()
        method = "Create" + self.resource.kind
        stranger = Service(self.resource.service, self.resource.stranger(method))
        for request in (stranger.request(method), self.resource.creation(stranger)):
            refusal = self.refuse(stranger, method, request, "PERMISSION_DENIED", "CALLER_REFUSED",
                                  fields=())
            self.assertEqual(refusal.infos[0].metadata["caller"], stranger.caller)
        self.assertEqual(self.records(), before)

    # Get.

    def test_an_absent_record_is_not_found(self):
        refusal = self.refuse_call("Get" + self.resource.kind, "NOT_FOUND",
                                   self.resource.reason + "_NOT_FOUND", name=self.resource.absent())
        self.assertEqual(refusal.infos[0].domain, self.resource.domain)
        self.assertEqual(refusal.infos[0].metadata["name"], self.resource.absent())
        missing, = refusal.resources
        self.assertEqual((missing.resource_type, missing.resource_name),
                         (f"{self.resource.domain}/{self.resource.kind}", self.resource.absent()))

    def test_a_name_of_another_form_is_refused(self):
        _, created = self.create()
        for name in ("nonsense", "skillz/a", created.name + "/x", created.name.upper(), "/",
                     created.name + " ", created.name.split("/")[0] + "/",
                     created.name.split("/")[0] + "/-", "//labor.puente/" + created.name,
                     created.name + "\u00f1", "x" * 5000,
                     *(created.name.rsplit("/", 1)[0] + "/" + value for value in NO_IDS)):
            # What turns the direction of writing is in no text, whatever the field.
            reason = "INVALID_FIELDS" if "\u202e" in name else "INVALID_NAME"
            with self.subTest(name=name[:40]):
                self.refuse_call("Get" + self.resource.kind, "INVALID_ARGUMENT", reason, name=name)

    def test_a_name_is_required(self):
        self.refuse_call("Get" + self.resource.kind, "INVALID_ARGUMENT", "INVALID_FIELDS", {"name"})

    # List.

    def test_pages_add_up_to_the_whole_list(self):
        for _ in range(3):
            self.create()
        whole, _ = self.list()
        self.assertGreaterEqual(len(whole), 3)
        for page_size in (1, 2, 3, 0):
            if page_size == 1 and len(whole) > 80:
                continue  # as 2, and slower
            with self.subTest(page_size=page_size):
                records, pages = self.list(page_size)
                self.assertEqual([r.name for r in records], [r.name for r in whole])
                if page_size:
                    self.assertGreaterEqual(pages * page_size, len(whole))
        names = [record.name for record in whole]
        self.assertEqual(len(set(names)), len(names))
        if not self.resource.parent:
            self.assertEqual(names, sorted(names, key=str.encode))

    def test_a_page_has_50_records_unless_said_otherwise(self):
        count = len(self.list()[0])
        for _ in range(count, 52):
            self.create()
        method = getattr(self.service, "List" + self.resource.kinds)
        page = method(**self.resource.everything())
        self.assertEqual(len(getattr(page, self.resource.plural)), 50)
        self.assertTrue(page.next_page_token)
        most = method(page_size=2_000_000, **self.resource.everything())
        self.assertGreaterEqual(len(getattr(most, self.resource.plural)), 52)

    def test_a_negative_page_size_is_refused(self):
        self.refuse_call("List" + self.resource.kinds, "INVALID_ARGUMENT", "INVALID_FIELDS",
                         {"page_size"}, page_size=-1, **self.resource.everything())

    def token(self, **arguments):
        for _ in range(2):
            self.create()
        page = getattr(self.service, "List" + self.resource.kinds)(
            page_size=1, **{**self.resource.everything(), **arguments})
        self.assertTrue(page.next_page_token)
        return page.next_page_token

    def test_a_page_token_that_was_tampered_with_is_refused(self):
        token = self.token()
        middle = len(token) // 2
        changed = "A" if token[middle] != "A" else "B"
        for other in (token[:middle] + changed + token[middle + 1:], token[:-1], token + "A",
                      token + "=", "nonsense", "\u00f1", "A" * 5000, token[::-1]):
            with self.subTest(token=other[:60]):
                self.refuse_call("List" + self.resource.kinds, "INVALID_ARGUMENT",
                                 "INVALID_PAGE_TOKEN", page_token=other,
                                 **self.resource.everything())

    def test_a_page_token_is_for_one_list(self):
        method = "List" + self.resource.kinds
        two = filters.of(self.resource)
        if two:
            token = self.token(filter=two[0])
            for other in ("", two[1]):
                self.refuse_call(method, "INVALID_ARGUMENT", "INVALID_PAGE_TOKEN",
                                 page_token=token, filter=other, **self.resource.everything())
        token = self.token()
        for other in samples.RESOURCES:
            if other is not self.resource:
                service = Service(other.service, other.owner)
                method = "List" + other.kinds
                request = service.request(method, page_token=token, **other.everything())
                self.refuse(service, method, request, "INVALID_ARGUMENT", "INVALID_PAGE_TOKEN")

    def test_a_page_token_is_its_callers_own(self):
        method = "List" + self.resource.kinds
        reader = Service(self.resource.service, self.another_reader())
        arguments = self.readable(reader.caller)
        token = self.token(**arguments)
        self.refuse(reader, method, reader.request(method, page_token=token, **arguments),
                    "INVALID_ARGUMENT", "INVALID_PAGE_TOKEN")
        getattr(reader, method)(**arguments)  # without it he may

    def another_reader(self):
        """Somebody other than the owner who may list, for himself."""
        access = contract.access(self.resource.methods["List" + self.resource.kinds])
        return next(caller for caller in info()["callers"] if caller != self.resource.owner
                    and contract.matches([*access.callers, *access.owners], caller))

    def readable(self, reader):
        """Arguments of a list that the reader may ask for, of which there are two records."""
        method = self.resource.methods["List" + self.resource.kinds]
        if contract.matches(contract.access(method).callers, reader):
            return {**self.resource.everything(),
                    "filter": next(iter(filters.of(self.resource)), "")}
        for _ in range(2):
            creation, maker = self.resource.owned_creation(reader)
            maker.call("Create" + self.resource.kind, creation)
        return self.resource.own_list(creation, reader)

    def test_a_page_token_outlives_the_record_that_it_ended_with(self):
        if not self.resource.has(self.service, "Delete" + self.resource.kind):
            self.skipTest("is not deleted")
        method = getattr(self.service, "List" + self.resource.kinds)
        self.token()
        whole = [record.name for record in self.list()[0]]
        # Not of the bundled data, nor of what other tests have published.
        last = next(name for name in whole if "/test-" in name and self.may_go(name))
        token, name = "", ""
        while name != last:
            page = method(page_size=1, page_token=token, **self.resource.everything())
            token, name = page.next_page_token, getattr(page, self.resource.plural)[0].name
        getattr(self.service, "Delete" + self.resource.kind)(name=last, request_id=new_id())
        rest = self.list(page_token=token)[0]
        self.assertEqual([record.name for record in rest], whole[whole.index(last) + 1:])

    def may_go(self, name):
        if name in samples.KEPT:
            return False
        try:
            getattr(self.service, "Delete" + self.resource.kind)(name=name, validate_only=True)
        except grpc.RpcError:
            return False
        return True

    def test_a_page_token_outlives_a_change_of_page_size(self):
        token = self.token()
        page = getattr(self.service, "List" + self.resource.kinds)(
            page_size=7, page_token=token, **self.resource.everything())
        self.assertTrue(getattr(page, self.resource.plural))

    def test_a_filter_that_is_not_declared_is_refused(self):
        for text in ("nonsense", "name = ", "no_such_field = 1", "etag = \"x\"", "source = \"a\"",
                     "= 1", "a = 1 OR b = 2", "\"", "name = 'x'; DROP TABLE vacancy", "x" * 3000,
                     "(" * 1000 + "a = 1" + ")" * 1000, "NOT " * 1000 + "a = 1", "-" * 1000,
                     " AND ".join(["a = 1"] * 1000), "a" + ".a" * 1000 + " = 1"):
            with self.subTest(filter=text[:40]):
                self.refuse_call("List" + self.resource.kinds, "INVALID_ARGUMENT",
                                 "INVALID_FILTER", filter=text, **self.resource.everything())

    # Batch get.

    def test_many_are_read_in_the_order_asked_for(self):
        names = [self.create()[1].name for _ in range(3)]
        asked = [names[2], names[0], names[1]]
        answer = getattr(self.service, "BatchGet" + self.resource.kinds)(names=asked)
        self.assertEqual([record.name for record in getattr(answer, self.resource.plural)], asked)

    def test_many_are_read_all_or_none(self):
        _, created = self.create()
        method = "BatchGet" + self.resource.kinds
        refusal = self.refuse_call(method, "NOT_FOUND", self.resource.reason + "_NOT_FOUND",
                                   names=[created.name, self.resource.absent()])
        self.assertEqual(refusal.infos[0].metadata["name"], self.resource.absent())
        self.refuse_call(method, "INVALID_ARGUMENT", "INVALID_NAME",
                         names=[created.name, "nonsense"])
        self.refuse_call(method, "INVALID_ARGUMENT", "INVALID_FIELDS", {"names"})
        self.refuse_call(method, "INVALID_ARGUMENT", "INVALID_FIELDS", {"names"},
                         names=[created.name] * 1001)

    # Update.

    def updating(self):
        method = "Update" + self.resource.kind
        if not self.resource.has(self.service, method):
            self.skipTest("is not updated")
        return method

    def update(self, name, changes, mask, service=None, **more):
        """The answer to an update of a record called `name`."""
        method = "Update" + self.resource.kind
        service = service or self.service
        request = service.request(method, request_id=new_id(),
                                  **{self.resource.singular: {"name": name, **changes},
                                     "update_mask": {"paths": mask}, **more})
        return service.call(method, request)[0]

    def test_an_update_changes_what_its_mask_names(self):
        self.updating()
        _, created = self.create()
        changed = self.update(created.name, {**self.resource.change, "source": "elsewhere"},
                              list(self.resource.change))
        self.assertNotEqual(changed.etag, created.etag)
        self.assertGreaterEqual(changed.update_time.ToNanoseconds(),
                                created.update_time.ToNanoseconds())
        self.assertEqual(changed.create_time, created.create_time)
        self.assertEqual(self.get(created.name), changed)
        expected = type(created)()
        expected.CopyFrom(created)
        json_format.ParseDict(self.resource.change, expected)
        for field in self.resource.change:  # lists are replaced, not added to
            if isinstance(self.resource.change[field], list):
                del getattr(expected, field)[:]
                getattr(expected, field).extend(self.resource.change[field])
        # What counts changes is changed, too.
        for name in {"etag", "update_time", "definition_version"} & set(
                expected.DESCRIPTOR.fields_by_name):
            expected.ClearField(name), changed.ClearField(name)
        self.assertEqual(changed, expected)

    def test_without_a_mask_what_is_set_is_changed_and_a_star_is_everything(self):
        self.updating()
        _, created = self.create()
        first = self.update(created.name, self.resource.change, [])
        self.assertEqual(first.source, created.source)
        everything = {field.name: value for field, value in first.ListFields()}
        again = self.update(created.name, {**everything, "source": "elsewhere"}, ["*"])
        self.assertEqual(again.source, "elsewhere")
        self.refuse_update(created.name, {}, ["*"], None)  # nothing is set: what is required lacks

    def refuse_update(self, name, changes, mask, fields=()):
        method = "Update" + self.resource.kind
        request = self.service.request(method, request_id=new_id(),
                                       **{self.resource.singular: {"name": name, **changes},
                                          "update_mask": {"paths": mask}})
        before = self.get(name)
        refusal = self.refuse(self.service, method, request, "INVALID_ARGUMENT", "INVALID_FIELDS",
                              fields)
        self.assertEqual(self.get(name), before)
        return refusal

    def test_a_mask_of_no_sense_is_refused(self):
        self.updating()
        _, created = self.create()
        field = next(iter(self.resource.change))
        for mask in (["no_such_field"], [field, field], ["*", field], [field + ".x.y", "?"],
                     ["create_time", "create_time.seconds"], ["x" * 5000], ["a"] * 1000, [""]):
            with self.subTest(mask=str(mask)[:60]):
                self.refuse_update(created.name, self.resource.change, mask, {"update_mask"})

    def test_what_only_the_server_says_is_ignored_in_masks(self):
        self.updating()
        _, created = self.create()
        same = self.update(created.name, {"create_time": {"seconds": 1}},
                           ["create_time", "update_time", "name"])
        self.assertEqual(same, created)

    def test_what_is_immutable_stays_as_it_was_created(self):
        self.updating()
        _, created = self.create()
        immutable = [field for field in created.DESCRIPTOR.fields if contract.is_immutable(field)]
        if not immutable:
            self.skipTest("may change as a whole")
        for field in immutable:
            for mask in ([field.name], []):
                with self.subTest(field=field.name, mask=mask):
                    refusal = self.refuse_update(
                        created.name, {field.name: values.another(field, getattr(created, field.name))},
                        mask, {f"{self.resource.singular}.{field.name}"})
                    self.assertEqual([violation.reason for violation in refusal.violations],
                                     ["IMMUTABLE"])
            self.assertEqual(self.update(created.name, {
                field.name: getattr(created, field.name)}, [field.name]), created)

    def test_what_changes_nothing_is_no_new_version(self):
        self.updating()
        _, created = self.create()
        once = self.update(created.name, self.resource.change, list(self.resource.change))
        self.assertEqual(self.update(created.name, self.resource.change,
                                     list(self.resource.change)), once)

    def test_a_repeated_update_that_changed_nothing_undoes_nothing(self):
        method = self.updating()
        _, created = self.create()
        field = next(iter(self.resource.change))
        stated = json_format.MessageToDict(created, preserving_proto_field_name=True)
        request = self.service.request(
            method, request_id=new_id(),
            **{self.resource.singular: {"name": created.name, field: stated.get(field)},
               "update_mask": {"paths": [field]}})
        first, metadata = self.service.call(method, request)
        self.assertEqual(first, created)
        self.assertTrue(metadata["puente-freshness"])
        changed = self.update(created.name, self.resource.change, [])
        again, metadata = self.service.call(method, request)
        self.assertEqual(again, first)
        self.assertTrue(metadata["puente-freshness"])
        self.assertEqual(self.get(created.name), changed)

    def test_an_update_of_an_older_state_is_refused(self):
        method = self.updating()
        _, created = self.create()
        changed = self.update(created.name, {**self.resource.change, "etag": created.etag}, [])
        request = self.service.request(
            method, **{self.resource.singular: {"name": created.name, "source": "third",
                                                "etag": created.etag}})
        refusal = self.refuse(self.service, method, request, "ABORTED", "ETAG_MISMATCH")
        self.assertEqual(refusal.infos[0].metadata["etag"], changed.etag)
        self.assertEqual(self.get(created.name), changed)

    def test_of_two_updates_of_one_state_at_once_one_is_done(self):
        self.updating()
        _, created = self.create()

        def change(source):
            try:
                return self.update(created.name, {"source": source, "etag": created.etag}, [])
            except grpc.RpcError as error:
                return error.code().name

        with ThreadPoolExecutor(8) as threads:
            outcomes = list(threads.map(change, [f"racer-{i}" for i in range(8)]))
        done = [outcome for outcome in outcomes if outcome != "ABORTED"]
        self.assertEqual(len(done), 1, outcomes)
        self.assertEqual(self.get(created.name), done[0])

    def test_a_repeated_update_is_done_once(self):
        method = self.updating()
        _, created = self.create()
        request = self.service.request(method, request_id=new_id(), **{
            self.resource.singular: {"name": created.name, **self.resource.change}})
        first, _ = self.service.call(method, request)
        later = self.update(created.name, {"source": "later"}, [])
        self.assertEqual(self.service.call(method, request)[0], first)
        self.assertEqual(self.get(created.name), later)

    def test_who_may_not_update_is_told_so(self):
        method = self.updating()
        stranger = Service(self.resource.service, self.resource.stranger(method))
        self.refuse(stranger, method, stranger.request(method), "PERMISSION_DENIED",
                    "CALLER_REFUSED", fields=())

    def test_an_absent_record_is_not_updated(self):
        method = self.updating()
        request = self.service.request(method, **{self.resource.singular: {
            "name": self.resource.absent(), **self.resource.change}})
        self.refuse(self.service, method, request, "NOT_FOUND",
                    self.resource.reason + "_NOT_FOUND")

    # Validate only.

    def test_what_is_only_checked_is_not_stored(self):
        method = "Create" + self.resource.kind
        request = self.resource.creation(self.service)
        request.validate_only = True
        would_be, metadata = self.service.call(method, request)
        self.assertEqual(would_be.name, self.resource.name(request))
        self.assertNotIn("puente-freshness", metadata)
        self.refuse_call("Get" + self.resource.kind, "NOT_FOUND",
                         self.resource.reason + "_NOT_FOUND", name=would_be.name)
        request.validate_only = False
        created, _ = self.service.call(method, request)
        again = self.resource.creation(self.service, **self.resource.identity_of(request))
        again.validate_only = True
        self.refuse(self.service, method, again, "ALREADY_EXISTS",
                    self.resource.reason + "_ALREADY_EXISTS")
        if self.resource.has(self.service, "Update" + self.resource.kind):
            checked = self.update(created.name, self.resource.change, [], validate_only=True)
            self.assertNotEqual(checked, created)
            self.assertEqual(self.get(created.name), created)

    # Verbs (AIP-136).

    def test_a_verb_is_checked_alone_or_done_once(self):
        for method in self.resource.verbs:
            with self.subTest(method=method.name):
                created = self.resource.ready(method)
                before = self.get(created.name)
                request = requests.valid(method)
                request.name, request.request_id = created.name, new_id()
                for field, value in samples.beside(method, created.name).items():
                    setattr(request, field, value)
                checked = type(request)()
                checked.CopyFrom(request)
                checked.validate_only = True
                would_be, metadata = self.service.call(method.name, checked)
                self.assertNotEqual(would_be, before)
                self.assertNotIn("puente-freshness", metadata)
                self.assertEqual(self.get(created.name), before)
                done, metadata = self.service.call(method.name, request)
                self.assertNotEqual(done.etag, before.etag)
                self.assertTrue(metadata["puente-freshness"])
                self.assertEqual(self.service.call(method.name, request)[0], done)
                self.assertEqual(self.get(created.name), done)

    # Revisions and delete.

    def revisions(self, name, page_size=1000):
        return every_page(self.service, f"List{self.resource.kind}Revisions", self.resource.plural,
                          page_size, name=name)[0]

    def test_earlier_states_stay_readable(self):
        self.updating()
        _, created = self.create()
        states = [created]
        for source in ("second", "third"):
            states.insert(0, self.update(created.name, {"source": source}, []))
        self.assertEqual(self.revisions(created.name), states)
        self.assertEqual(self.revisions(created.name, 1), states)
        self.refuse_call(f"List{self.resource.kind}Revisions", "NOT_FOUND",
                         self.resource.reason + "_NOT_FOUND", name=self.resource.absent())
        page = getattr(self.service, f"List{self.resource.kind}Revisions")(
            name=created.name, page_size=1)
        _, other = self.create()
        self.refuse_call(f"List{self.resource.kind}Revisions", "INVALID_ARGUMENT",
                         "INVALID_PAGE_TOKEN", name=other.name, page_token=page.next_page_token)

    def test_a_deleted_record_is_gone_but_its_states_stay(self):
        method = "Delete" + self.resource.kind
        if not self.resource.has(self.service, method):
            self.skipTest("is not deleted")
        request, created = self.create()
        changed = self.update(created.name, self.resource.change, [])
        self.refuse_call(method, "ABORTED", "ETAG_MISMATCH", name=created.name, etag=created.etag)
        getattr(self.service, method)(name=created.name, validate_only=True)
        self.assertEqual(self.get(created.name), changed)
        deletion = self.service.request(method, name=created.name, etag=changed.etag,
                                        request_id=new_id())
        _, metadata = self.service.call(method, deletion)
        self.assertTrue(metadata["puente-freshness"])
        self.service.call(method, deletion)  # repeated: the same answer
        self.refuse_call("Get" + self.resource.kind, "NOT_FOUND",
                         self.resource.reason + "_NOT_FOUND", name=created.name)
        self.refuse_call(method, "NOT_FOUND", self.resource.reason + "_NOT_FOUND",
                         name=created.name)
        self.assertEqual(self.revisions(created.name), [changed, created])
        again = self.resource.creation(self.service, **self.resource.identity_of(request))
        reborn, _ = self.service.call("Create" + self.resource.kind, again)
        self.assertNotIn(reborn.etag, (created.etag, changed.etag))
        self.assertEqual(self.revisions(created.name), [reborn, changed, created])

    # Whose it is.

    def test_an_owner_changes_its_own_record_alone(self):
        method = "Update" + self.resource.kind
        kind = self.resource.owner_kind
        if not kind or self.resource.owned_by(kind) != "id":
            self.skipTest("is nobody's by its id")
        own = samples.principals(kind)[0]
        own_id = own.split("/")[1]
        try:
            self.create(**{self.resource.singular + "_id": own_id})
        except grpc.RpcError as error:
            self.assertEqual(error.code(), grpc.StatusCode.ALREADY_EXISTS)
        owner = Service(self.resource.service, own)
        name = f"{self.resource.collection}/{own_id}"
        (field, value), = self.resource.another_change(self.get(name)).items()
        self.assertEqual(getattr(self.update(name, {field: value}, [], owner), field), value)
        before = self.get(name)
        self.update(name, {"source": "own", "record_kind": "RECORD_KIND_REAL"}, [], owner)
        self.assertEqual(self.get(name), before, "where it comes from is for the agency to say")
        _, other = self.create()
        request = owner.request(method, **{self.resource.singular: {
            "name": other.name, **self.resource.change}})
        refusal = self.refuse(owner, method, request, "PERMISSION_DENIED", "OWNER_MISMATCH")
        self.assertEqual(refusal.infos[0].metadata["caller"], own)
        self.assertEqual(self.get(other.name), other)


for _resource in samples.RESOURCES:
    globals()[_resource.kind] = type(_resource.kind, (StandardMethods, Conformance),
                                     {"resource": _resource, "__module__": __name__})

if __name__ == "__main__":
    unittest.main()
