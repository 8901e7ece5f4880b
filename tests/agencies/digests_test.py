#!/usr/bin/env python3
"""The digest of each resource in the journal is that of what is read back, whatever a client of a
later contract sends along. Needs a private federation, whose database is asked."""

import hashlib
import os
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/conformance"))

import contract  # noqa: E402,F401  generates what is imported below
import samples  # noqa: E402
from federation import Service, info  # noqa: E402
from puente.journal.v1 import entry_pb2  # noqa: E402

UNKNOWN = b"\xba\xe0\x04\x05later"  # field 9999, as bytes


def with_unknown_fields(message):
    """The same with a field that the contract lacks in it and in every message below."""
    out = type(message)()
    out.CopyFrom(message)
    for field, value in message.ListFields():
        if field.type != field.TYPE_MESSAGE:
            continue
        if field.label == field.LABEL_REPEATED:
            for into, each in zip(getattr(out, field.name), value):
                into.CopyFrom(with_unknown_fields(each))
        else:
            getattr(out, field.name).CopyFrom(with_unknown_fields(value))
    out.MergeFromString(UNKNOWN)
    return out


def last_entries(agency):
    """The last ones first: due work enters what it counted, too, after what was created."""
    database = info()["database"]
    password = Path(database["password_files"]["root"]).read_text(encoding="utf-8").strip()
    done = subprocess.run(
        ["mariadb", "--no-defaults", "--socket", database["socket"], "-uroot", "-N", "-B", "-e",
         "SELECT HEX(canonical) FROM journal_entry ORDER BY id DESC LIMIT 50", f"puente_{agency}"],
        env=dict(os.environ, MYSQL_PWD=password), capture_output=True, text=True, check=True)
    return [entry_pb2.Entry.FromString(bytes.fromhex(line)) for line in done.stdout.split()]


def digest(resource):
    copy = type(resource)()
    copy.CopyFrom(resource)
    copy.etag = ""
    return hashlib.sha256(copy.SerializeToString(deterministic=True)).digest()


class Digests(unittest.TestCase):
    def setUp(self):
        if "root" not in info()["database"]["password_files"]:
            self.skipTest("the database is not ours")

    def test_are_of_what_is_read_back(self):
        depths = set()
        for resource in samples.RESOURCES:
            with self.subTest(resource.singular):
                service = Service(resource.service, resource.owner)
                request = resource.creation(service)
                sent = with_unknown_fields(request)
                self.assertGreaterEqual(sent.SerializeToString().count(UNKNOWN), 2)
                depths.add(sent.SerializeToString().count(UNKNOWN))
                created, _ = service.call("Create" + resource.kind, sent)
                self.assertNotIn(b"later", created.SerializeToString())
                read = getattr(service, "Get" + resource.kind)(name=created.name)
                self.assertEqual(read, created)
                leaf = next(each for entry in last_entries(resource.service.split(".")[1])
                            for each in entry.change.resources if each.name == created.name)
                self.assertEqual(leaf.digest, digest(read))
                self.assertEqual(service.call("Create" + resource.kind, request)[0], created,
                                 "it is the same request without them")
        self.assertGreater(max(depths), 3)


if __name__ == "__main__":
    unittest.main()
