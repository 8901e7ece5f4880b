#!/usr/bin/python3
"""Lists as CSV, of every command that lists: the columns are the contract's, whatever the language, and the rows
are the records that the same command gives as JSON."""

import csv
import io
import json
import os
import subprocess
import unittest
from pathlib import Path

from google.protobuf import descriptor_pb2

BUILD = Path(os.environ["PUENTE_BUILD"])
FIELD = descriptor_pb2.FieldDescriptorProto
VALUES = {".google.type.Date", ".google.protobuf.Timestamp", ".google.protobuf.Duration", ".puente.type.v1.Figure"}

# A command, and the message that it lists.
COMMANDS = {
    ("council", "sectors"): "economy.v1.SectorTable",
    ("council", "agreements"): "economy.v1.Agreement",
    ("council", "proposals"): "economy.v1.Proposal",
    ("council", "chains"): "economy.v1.ValueChain",
    ("certify", "list"): "education.v1.MicrocredentialVersion",
    ("certify", "queue"): "gateway.v1.Submission",
    ("certify", "changes", "--all"): "gateway.v1.CertifierChange",
    ("certify", "missing"): "gateway.v1.VersionWithoutCertifier",
    ("certify", "findings", "industrial-automation-basics-muestra"): "gateway.v1.Finding",
    ("company", "needs"): "economy.v1.DemandStatement",
    ("company", "proposals"): "economy.v1.Proposal",
    ("company", "consents"): "economy.v1.Consent",
    ("company", "places"): "economy.v1.TrainingPlace",
    ("company", "reservations"): "economy.v1.PlaceReservation",
    ("company", "dual", "plans"): "education.v1.DualPlan",
    ("company", "dual", "agreements"): "education.v1.DualAgreement",
    ("school", "calls"): "economy.v1.SchoolCall",
    ("school", "findings"): "gateway.v1.Finding",
    ("--purpose", "administration", "award", "list"): "education.v1.Award",
    ("school", "decisions"): "gateway.v1.Decision",
    ("school", "facility", "list"): "education.v1.Facility",
    ("school", "facility", "shares"): "education.v1.SharingAgreement",
    ("school", "teachers"): "education.v1.Teacher",
    ("labor", "vacancies", "--all"): "labor.v1.Vacancy",
    ("labor", "loads"): "labor.v1.VacancyLoad",
    ("labor", "terms"): "labor.v1.OfferTerm",
    ("loads", "economy"): "api.v1.Load",
    ("report", "list"): "gateway.v1.Report",
    ("report", "definitions"): "gateway.v1.ReportDefinition",
    ("report", "schedule", "list"): "gateway.v1.ReportSchedule",
    ("call", "SkillService/ListSkills", '{"pageSize": 1000}'): "labor.v1.Skill",
}


def messages():
    found = {}

    def add(scope, message):
        found[f"{scope}.{message.name}"] = message
        for each in message.nested_type:
            add(f"{scope}.{message.name}", each)
    for file in descriptor_pb2.FileDescriptorSet.FromString((BUILD / "puente.binpb").read_bytes()).file:
        for message in file.message_type:
            add(f".{file.package}", message)
    return found


def columns(types, name, path=""):
    """As docs/integrator.md says."""
    for field in types[name].field:
        below = f"{path}.{field.json_name}" if path else field.json_name
        if field.label == FIELD.LABEL_REPEATED or field.type != FIELD.TYPE_MESSAGE or field.type_name in VALUES:
            yield below
        elif field.type_name == ".google.type.Money":
            yield from (below, f"{below}.currencyCode")
        else:
            yield from columns(types, field.type_name, below)


class Lists(unittest.TestCase):
    def test_what_is_left_out_is_said(self):
        done = subprocess.run([BUILD / "bin/puente", "labor", "vacancies", "--limit", "20", "--format", "csv"],
                              text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, len(list(csv.reader(io.StringIO(done.stdout))))), (0, 21))
        self.assertIn("--all", done.stderr)

    def run_as(self, command, *options):
        done = subprocess.run([BUILD / "bin/puente", *options, *command], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr), (0, ""), command)
        return done.stdout

    def test_every_command(self):
        types, some = messages(), 0
        for command, message in COMMANDS.items():
            with self.subTest(command=command):
                header, *rows = csv.reader(io.StringIO(self.run_as(command, "--format", "csv", "--lang", "es")))
                self.assertEqual(header, list(columns(types, f".puente.{message}")))
                text = self.run_as(command, "--format", "json")
                records = next((each for each in json.loads(text or "{}").values() if isinstance(each, list)), [])
                self.assertEqual(len(rows), len(records))
                for row, record in zip(rows, records):
                    told = {member: value for member, value in record.items() if isinstance(value, str)}
                    self.assertEqual({member: row[header.index(member)] for member in told}, told)
                some += bool(rows)
        self.assertGreater(some, len(COMMANDS) // 2)


if __name__ == "__main__":
    unittest.main()
