"""The tables of states in docs/resources.md are true: a record is brought into each state, and each
verb is called on it. Those that the table does not allow are refused, and say which states they
need and which verbs this one allows."""

import collections
import unittest

import contract
import grpc
import samples
import values
from checks import Conformance
from federation import Refusal, Service

PAGE = contract.ROOT / "docs/resources.md"
# How records get into states that no verb of theirs leads to.
ELSEWISE = {
    "ORGANIZATION_STATE_APPLIED": lambda organizations: organizations.new(
        {"control": "ORGANIZATION_CONTROL_PRIVATE"}),
    # One that adds itself; it stays so.
    "COMPANY_STATE_APPLIED": lambda companies: _applicant(companies),
    # On the day after its last one, which may be the session's.
    "AGREEMENT_STATE_OVERDUE": lambda agreements: agreements.new({"due_date": values.DAY}),
    # By a later statement of the same need.
    "DEMAND_STATE_SUPERSEDED": lambda statements: _superseded(statements)}
# Whose verbs no call of the agency takes: steps of acts (tests/education/certifications has every
# verb in every state), and what its owners alone do (tests/gateway/acts_test.cc). What rests on learners
# has tests of its own (tests/education/{persons,enrolments,assessments,awards,dual,placement_requests},
# tests/economy/training_places), and so have teachers and what is booked and shared
# (tests/education/{teachers,facilities}). A report goes on by itself, and a schedule of
# reports ends so (tests/gateway/{reports,report_schedules}_test.cc).
STEPS = {"Certification", "Submission", "Finding", "Decision", "CertifierChange", "Person", "Learner",
         "Enrolment", "Assessment", "Award", "DualAgreement", "DualPlan", "HourEntry",
         "PlaceReservation", "PlacementRequest", "FacilityBooking", "SharingAgreement", "Teacher",
         "TeacherTraining", "Report", "ReportSchedule"}

# What may be changed of one in every state, where that is not so of all of it.
IN_EVERY_STATE = {"Proposal": {"show_author": True}}

Row = collections.namedtuple("Row", "verb froms to refusal")


def _superseded(statements):
    skill = {"skill": "skills/" + samples.unique("superseded")}
    first = statements.new(skill)
    statements.new(skill)
    return Service(statements.service, statements.owner).GetDemandStatement(name=first.name)


def _applicant(companies):
    applicant = Service(companies.service, "company/aspirante")
    samples.ensure(applicant, "CreateCompany",
                   companies.creation(applicant, samples.BY_ITSELF, company_id="aspirante"))
    return applicant.GetCompany(name="companies/aspirante")


def tables():
    """{kind: rows} as the page has them."""
    found, kind = {}, ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind = line[3:]
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and cells[0] != "verb":
            verb, froms, to, refusal = cells
            found.setdefault(kind, []).append(Row(verb, froms.split(", ") if froms else [], to,
                                                  refusal))
    return {kind: rows for kind, rows in found.items() if kind not in STEPS}


def ways_ahead(ways):
    """Its keys, those included that are added meanwhile."""
    seen = 0
    while seen < len(ways):
        yield list(ways)[seen]
        seen += 1


class States(Conformance):
    def state_of(self, resource, record):
        return resource.message.fields_by_name["state"].enum_type.values_by_number[
            record.state].name

    def in_state(self, resource, rows, state):
        """A new record in that state."""
        if state in ELSEWISE:
            return ELSEWISE[state](resource)
        record = resource.new()
        for row in self.way(rows, self.state_of(resource, record), state):
            samples.BEFORE.get(row.verb, lambda name: None)(record.name)
            record = resource.do(resource.methods[row.verb], record.name)
        return record

    @staticmethod
    def way(rows, start, end):
        """The rows whose verbs lead from one state to another, the fewest."""
        ways = {start: []}
        for state in ways_ahead(ways):
            for row in rows:
                if state in row.froms and row.to:
                    ways.setdefault(row.to, [*ways[state], row])
        return ways[end]

    def call(self, resource, verb, record):
        """Only checked, not done."""
        service = Service(resource.service, resource.owner)
        if verb == "Update" + resource.kind:
            change = {"name": record.name,
                      **IN_EVERY_STATE.get(resource.kind, resource.another_change(record))}
            return getattr(service, verb)(**{resource.singular: change}, validate_only=True)
        if verb == "Delete" + resource.kind:
            return getattr(service, verb)(name=record.name, validate_only=True)
        samples.BEFORE.get(verb, lambda name: None)(record.name)
        return resource.do(resource.methods[verb], record.name, validate_only=True)

    def test_what_has_states_has_a_table(self):
        self.assertEqual({resource.kind for resource in samples.RESOURCES
                          if "state" in resource.message.fields_by_name} - STEPS, set(tables()))

    def test_every_verb_in_every_state(self):
        allowed = refused = 0
        for kind, rows in tables().items():
            resource = samples.of(kind)
            states = resource.message.fields_by_name["state"].enum_type.values[1:]
            for state in (value.name for value in states):
                record = self.in_state(resource, rows, state)
                self.assertEqual(self.state_of(resource, record), state)
                may = [row.verb for row in rows if state in row.froms]
                for row in rows:
                    if row.verb == "Create" + kind:
                        continue
                    with self.subTest(verb=row.verb, state=state):
                        if state in row.froms:
                            allowed += 1
                            after = self.call(resource, row.verb, record)
                            if row.verb != "Delete" + kind:
                                self.assertEqual(self.state_of(resource, after), row.to or state)
                            continue
                        refused += 1
                        self.check_refused(resource, row, state, record, may)
        self.assertGreater(allowed, 15)
        self.assertGreater(refused, 15)

    def check_refused(self, resource, row, state, record, may):
        before = {"PublishVocabularyRelease"} & {row.verb}
        with self.assertRaises(grpc.RpcError) as caught:
            if before:  # what it rests on can't be added any more
                resource.do(resource.methods[row.verb], record.name, validate_only=True)
            else:
                self.call(resource, row.verb, record)
        refusal = Refusal(caught.exception)
        self.assertEqual((refusal.code, refusal.reason),
                         (grpc.StatusCode.FAILED_PRECONDITION, row.refusal))
        said = refusal.infos[0].metadata
        self.assertEqual(said["state"], state)
        self.assertEqual(set(said["wanted"].split(", ")), set(row.froms))
        self.assertEqual(set(said["allowed"].split(", ")), set(may or ["-"]))


if __name__ == "__main__":
    unittest.main()
