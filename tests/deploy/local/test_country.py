"""The generated country: the same size and seed give the same bytes, and all of it says what it is."""

import csv
import json
import tempfile
import unittest
from pathlib import Path

from data import country


def made(size, seed):
    """By file, its text."""
    with tempfile.TemporaryDirectory() as folder:
        country.write(Path(folder), size, seed)
        return {str(path.relative_to(folder)): path.read_text(encoding="utf-8")
                for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def records(value):
    """The records in a request: what states a source or a kind."""
    if isinstance(value, dict):
        if "source" in value or "recordKind" in value:
            yield value
        for part in value.values():
            yield from records(part)
    elif isinstance(value, list):
        for part in value:
            yield from records(part)


class CountryTest(unittest.TestCase):
    def setUp(self):
        self.files = made(6, 1)

    def requests(self, name):
        return json.loads(self.files[name])["requests"]

    def test_size_and_seed_decide_every_byte(self):
        self.assertEqual(self.files, made(6, 1))
        for size, seed in ((6, 2), (7, 1)):
            other = made(size, seed)
            self.assertEqual(other.keys(), self.files.keys())
            self.assertNotEqual(other, self.files)

    def test_every_record_says_that_it_is_generated(self):
        found = [record for name, text in self.files.items()
                 if name.endswith(".json") and name != "steps.json"
                 for record in records(json.loads(text)["requests"])]
        self.assertGreater(len(found), 50)
        for record in found:
            self.assertEqual((record.get("source"), record.get("recordKind")),
                             ("puente-sample", "RECORD_KIND_GENERATED"))
        for step in json.loads(self.files["steps.json"]):
            if step[0] == "load":
                self.assertEqual(step[-1], "generated")

    def test_every_kind_is_there(self):
        for name in ("1-schools/education/1-organizations.json",
                     *(f"2-work/{name}.json" for name in country.FOLDERS["2-work"])):
            self.assertTrue(self.requests(name), name)
        for name in country.FILES:
            self.assertGreater(len(self.files[name].splitlines()), 2, name)

    def test_what_is_referred_to_is_there(self):
        def column(file, name):
            return {row[name] for row in csv.DictReader(self.files[file].splitlines())}
        schools = {request["organizationId"]
                   for request in self.requests("1-schools/education/1-organizations.json")}
        self.assertEqual(column("planteles.csv", "INSTITUCION"), schools)
        self.assertLessEqual(column("programas.csv", "INSTITUCION"), schools)
        campuses = {f"organizations/{row['INSTITUCION']}/campuses/{row['CLAVECCT'].lower()}"
                    for row in csv.DictReader(self.files["planteles.csv"].splitlines())}
        self.assertLessEqual({seats["campus"] for request in self.requests("2-work/education/1-seats.json")
                              for seats in request["programVersion"]["seats"]}, campuses)
        companies = {f"companies/denue-{number}" for number in column("empresas.csv", "id")}
        statements = {f"{request['parent']}/demandStatements/{request['demandStatementId']}"
                      for request in self.requests("2-work/economy/2-demand-statements.json")}
        self.assertEqual({statement.split("/demand")[0] for statement in statements}, companies)
        for request in self.requests("2-work/economy/7-proposals.json"):
            self.assertLessEqual(set(request["proposal"]["statements"]), statements)

    def test_a_size_is_a_number_of_schools(self):
        self.assertEqual(country.size_of("300"), 300)
        for wrong in ("0", "-1", "many", "10000"):
            with self.assertRaises(Exception, msg=wrong):
                country.size_of(wrong)


if __name__ == "__main__":
    unittest.main()
