"""Journals as an auditor reads them: what a write left, found by each condition, and verified."""

import hashlib
import unittest

import contract
import samples
from checks import Conformance, looks
from federation import Service, new_id
from puente.journal.v1.entry_pb2 import Entry

SERVICE = "puente.api.v1.JournalService"


def journal(server):
    return Service(SERVICE, "auditor/asf", server)


def found(service, **asked):
    """The entries that these conditions find, of all that there are now."""
    head = service.ListJournalEntries(page_size=1).complete_position
    for _ in looks():
        page = service.ListJournalEntries(**asked)
        if page.complete_position >= head:
            return list(page.journal_entries)
    raise AssertionError(f"the journal is indexed up to {page.complete_position}, not {head}")


def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


class Journal(Conformance):
    def test_entries_are_what_their_digests_are_of(self):
        for server in contract.SERVERS:
            with self.subTest(server=server):
                service = journal(server)
                page = service.ListJournalEntries(page_size=20)
                self.assertGreater(len(page.journal_entries), 0)
                positions = [entry.position for entry in page.journal_entries]
                self.assertEqual(positions, sorted(positions, reverse=True))
                for listed in page.journal_entries:
                    entry = service.GetJournalEntry(name=listed.name)
                    self.assertEqual(leaf_hash(entry.canonical), entry.digest)
                    said = Entry.FromString(entry.canonical)
                    self.assertEqual((said.agency, said.method, said.caller, said.time),
                                     (server, entry.entry.method, entry.entry.caller,
                                      entry.entry.time))
                    leaves = service.ListJournalLeaves(parent=listed.name, page_size=1000)
                    self.assertGreaterEqual(entry.resource_count, len(leaves.leaves))

    def test_a_write_is_found_by_what_it_says(self):
        resource = samples.of("Skill")
        name = resource.new().name
        service = journal("labor")
        # It gets its position moments after it was stored.
        one, = next(entries for entries in (found(service, resource=name) for _ in looks())
                    if entries)
        said = one.entry
        self.assertEqual(said.method, "/puente.labor.v1.SkillService/CreateSkill")
        self.assertEqual([leaf.name for leaf in said.change.resources], [name])
        for condition in ({"caller": said.caller}, {"method": said.method}, {"resource": "skills"},
                          {"caller": said.caller, "method": said.method},
                          {"since_time": said.time}):
            with self.subTest(condition=condition):
                first, *_ = found(service, from_position=one.position, **condition)
                self.assertEqual(first.name, one.name)
        self.assertEqual(found(service, resource=name, until_time=said.time), [])

    def test_a_journal_is_its_agencys_own(self):
        request = Service(SERVICE, "agency/economy", "economy").request("ListJournalEntries")
        Service(SERVICE, "agency/economy", "economy").ListJournalEntries(page_size=1)
        self.refuse(Service(SERVICE, "agency/economy", "labor"), "ListJournalEntries", request,
                    "PERMISSION_DENIED", "CALLER_REFUSED")

    def test_a_token_is_of_its_list(self):
        service = journal("labor")
        token = service.ListJournalEntries(page_size=1).next_page_token
        self.refuse(service, "ListJournalEntries",
                    service.request("ListJournalEntries", page_token=token, caller="agency/labor"),
                    "INVALID_ARGUMENT", "INVALID_PAGE_TOKEN")
        self.refuse(service, "GetJournalEntry",
                    service.request("GetJournalEntry", name=f"journalEntries/{new_id()}"),
                    "NOT_FOUND", "JOURNAL_ENTRY_NOT_FOUND")


if __name__ == "__main__":
    unittest.main()
