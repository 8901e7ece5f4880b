"""The files of a report and the SDMX endpoint, read by others' tools: Python's standard library, xmllint, Debian's rsdmx, and
npm's sdmx-json-parser. All read the same figures, and tell zero, missing and confidential apart."""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from clients import packages  # noqa: E402

BUILD = Path(os.environ["PUENTE_BUILD"])
SPECIFIC = ".structurespecific.xml"
NAMESPACE = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/%s}"
STR, COM, MES, GEN = (NAMESPACE % name for name in ("structure", "common", "message", "data/generic"))


def own_form(code):
    """As the decision says: $ and two digits for each byte that an id can't have."""
    return re.sub(rb"\$([0-9A-F]{2})", lambda match: bytes([int(match[1], 16)]), code.encode()).decode()


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.samples = {}
        for sample in ("tricky", "country"):
            place = Path(cls.folder.name, sample)
            place.mkdir()
            subprocess.run([BUILD / "bin/puente_report_sample", sample, place], check=True)
            cls.samples[sample] = place

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def tables(self):
        for place in self.samples.values():
            for path in sorted(place.glob("*" + SPECIFIC)):
                if path.name != "empty" + SPECIFIC:
                    yield place, path.name.removesuffix(SPECIFIC)

    def expected(self, place, table):
        """{(code, …, measure): (value or None, letter)} of the report's own JSON."""
        report = json.loads((place / "report.json").read_text("utf-8"))
        told = next(each for each in report["tables"] if each["table"] == table)
        periods = [each["dimension"] for each in told["dimensions"] if each["code_list"] is None]
        found = {}
        for row in told["rows"]:
            if any(row["codes"][period].startswith("_") for period in periods):
                continue
            codes = dict(row["codes"])
            for period in periods:
                codes["TIME_PERIOD"] = codes.pop(period)
            for measure, figure in row["figures"].items():
                key = frozenset({**codes, "MEASURE": measure}.items())
                found[key] = (figure["value"], figure["status"])
        self.assertGreater(len(found), 5)
        return found

    def check(self, place, table, observations):
        """Each a dict of all components, as strings; None or "" without a value."""
        letters = {("A", "F"): "A", ("Q", "C"): "Q", ("O", "F"): "O", ("M", "F"): "M"}
        found = {}
        for observation in observations:
            told = dict(observation)
            value = told.pop("OBS_VALUE", None)
            letter = letters[told.pop("OBS_STATUS"), told.pop("CONF_STATUS")]
            self.assertTrue(told.pop("UNIT_MEASURE"))
            key = frozenset((name, own_form(code)) for name, code in told.items())
            self.assertNotIn(key, found)
            found[key] = (int(value) if value not in (None, "") else None, letter)
        self.assertEqual(found, self.expected(place, table))

    def test_marks_are_all_there(self):
        """What the others read has each of them, and a zero and other figures beside."""
        figures = {(value if value in (None, 0) else "other", letter) for place, table in self.tables()
                   for value, letter in self.expected(place, table).values()}
        self.assertEqual(figures, {(0, "A"), ("other", "A"), (None, "Q"), (None, "O"), (None, "M")})

    def names(self, place, table):
        """{(dimension, code): {language: name}} of the codebook."""
        with open(place / "codebook.csv", encoding="utf-8", newline="") as file:
            return {(row["id"], row["code"]): {language: row[language] for language in ("es", "en")}
                    for row in csv.DictReader(file) if (row["table"], row["kind"]) == (table, "code")}

    def check_names(self, place, table, observations):
        """Of observations that R has named in both languages."""
        names, found = self.names(place, table), set()
        for observation in observations:
            for (dimension, code), told in names.items():
                if own_form(observation.get(dimension, "")) == code:
                    self.assertEqual({language: observation[f"{dimension}_label.{language}"]
                                      for language in told}, told)
                    found.add(dimension)
            self.assertEqual(
                {language: observation[f"CONF_STATUS_label.{language}"] for language in ("es", "en")},
                {"C": {"es": "Información estadística confidencial",
                       "en": "Confidential statistical information"},
                 "F": {"es": "Libre", "en": "Free"}}[observation["CONF_STATUS"]])
        self.assertTrue(found)

    def test_csv(self):
        for place, table in self.tables():
            with self.subTest(table):
                with open(place / f"{table}.sdmx.csv", encoding="utf-8", newline="") as file:
                    rows = list(csv.DictReader(file))
                for row in rows:
                    self.assertRegex(row.pop("DATAFLOW"), r"^PUENTE:[A-Z_]+\([0-9.]+\)$")
                self.check(place, table, rows)

    def test_structure_specific(self):
        for place, table in self.tables():
            with self.subTest(table):
                root = ElementTree.parse(place / (table + SPECIFIC)).getroot()
                self.check(place, table, [{**series.attrib, **observation.attrib}
                                          for series in root.iter("Series") for observation in series])

    def test_generic(self):
        def values(node):
            return {each.get("id"): each.get("value") for each in node or ()}

        for place, table in self.tables():
            with self.subTest(table):
                found = []
                data = ElementTree.parse(place / f"{table}.generic.xml").getroot().find(MES + "DataSet")
                for series in data.findall(GEN + "Series") or [data]:
                    for each in series.findall(GEN + "Obs"):
                        along, value = each.find(GEN + "ObsDimension"), each.find(GEN + "ObsValue")
                        found.append({
                            **values(series.find(GEN + "SeriesKey")),
                            **values(series.find(GEN + "Attributes")),
                            **values(each.find(GEN + "ObsKey")),
                            **values(each.find(GEN + "Attributes")),
                            **({} if along is None else {along.get("id"): along.get("value")}),
                            "OBS_VALUE": None if value is None else value.get("value")})
                self.check(place, table, found)

    def test_structure(self):
        """What structures refer to is there, every id is legal, every name is in both languages."""
        for place in self.samples.values():
            root = ElementTree.parse(place / "structure.xml").getroot()
            parts = {"Codelist": {}, "Concept": {}, "DataStructure": {}}
            for kind in parts:
                for part in root.iter(STR + kind):
                    self.assertNotIn(part.get("id"), parts[kind])
                    parts[kind][part.get("id")] = part
                    self.assertRegex(part.get("id"), r"^[A-Za-z][A-Za-z0-9_-]*$")
            self.assertTrue(all(parts.values()))
            for reference in root.iter("Ref"):
                if reference.get("class") in parts:
                    self.assertIn(reference.get("id"), parts[reference.get("class")])
            for code in root.iter(STR + "Code"):
                self.assertRegex(code.get("id"), r"^[A-Za-z0-9_@$-]+$")
                original = code.find(f".//{COM}AnnotationTitle")
                self.assertEqual(own_form(code.get("id")),
                                 code.get("id") if original is None else original.text)
            for tag in ("Dataflow", "Codelist", "Code", "ConceptScheme", "Concept", "DataStructure"):
                for part in root.iter(STR + tag):
                    languages = [name.get("{http://www.w3.org/XML/1998/namespace}lang")
                                 for name in part.findall(COM + "Name")]
                    self.assertEqual(languages, ["es", "en"], part.get("id"))
            # Every code of the data is in its list.
            for table in (name for at, name in self.tables() if at == place):
                structure = parts["DataStructure"]["DSD_" + table.upper().replace("-", "_")]
                lists = {}
                for part in (*structure.iter(STR + "Dimension"), *structure.iter(STR + "Attribute")):
                    enumeration = part.find(f"{STR}LocalRepresentation/{STR}Enumeration/Ref")
                    if enumeration is not None:
                        lists[part.get("id")] = {
                            code.get("id")
                            for code in parts["Codelist"][enumeration.get("id")].findall(STR + "Code")}
                with open(place / f"{table}.sdmx.csv", encoding="utf-8", newline="") as file:
                    for row in csv.DictReader(file):
                        for component, codes in lists.items():
                            self.assertIn(row[component], codes)

    def test_verify(self):
        for place in self.samples.values():
            for changed, code, said in (("", 0, "as the manifest says"), ("x", 1, "codebook.csv")):
                book = place / "codebook.csv"
                was = book.read_bytes()
                book.write_bytes(was + changed.encode())
                run = subprocess.run([BUILD / "bin/puente", "report", "verify", place, "--lang", "en"],
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
                book.write_bytes(was)
                self.assertEqual(run.returncode, code)
                self.assertIn(said, run.stdout)

    def test_xmllint(self):
        files = [path for place in self.samples.values() for path in place.glob("*.xml")]
        self.assertGreater(len(files), 8)
        subprocess.run(["xmllint", "--noout", *files], check=True)

    def rsdmx(self, *arguments):
        out = subprocess.run(["Rscript", HERE / "r/report.R", *arguments], check=True,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8").stdout
        renamed = {"obsTime": "TIME_PERIOD", "obsValue": "OBS_VALUE"}  # of generic data
        return [{renamed.get(name, name): value for name, value in row.items()}
                for row in csv.DictReader(out.splitlines())]

    def sdmx_json_parser(self, where):
        packages.ensure()
        return json.loads(subprocess.run(["node", HERE / "node/report.mjs", where], check=True,
                                         stdout=subprocess.PIPE, encoding="utf-8").stdout)

    def check_states(self, codes):
        states = {row["id"]: row for row in codes}
        self.assertEqual(len(states), 34)
        self.assertEqual(states["_T"]["label.es"], "Total nacional")
        self.assertEqual(states["_T"]["label.en"], "Whole country")

    def test_rsdmx_reads_files(self):
        for place, table in self.tables():
            for ending in (SPECIFIC, ".generic.xml"):
                with self.subTest(table + ending):
                    self.check(place, table, self.rsdmx("data", place / (table + ending)))
            self.check_names(place, table, self.rsdmx("labelled", place / (table + SPECIFIC),
                                                      place / "structure.xml"))
        self.check_states(self.rsdmx("structure", self.samples["country"] / "structure.xml", "CL_STATE"))

    def test_sdmx_json_parser_reads_files(self):
        for place, table in self.tables():
            with self.subTest(table):
                self.check(place, table, self.sdmx_json_parser(place / f"{table}.sdmx.json"))
                # It reads one language; the message has both.
                message = json.loads((place / f"{table}.sdmx.json").read_text("utf-8"))
                names = self.names(place, table)
                dimensions = message["data"]["structure"]["dimensions"]
                told = {(dimension["id"], own_form(value["id"])): value["names"]
                        for dimension in (*dimensions["series"], *dimensions["observation"])
                        for value in dimension["values"] if (dimension["id"], own_form(value["id"])) in names}
                self.assertTrue(told)
                self.assertEqual(told, {key: names[key] for key in told})

    def test_both_read_the_endpoint(self):
        with subprocess.Popen([BUILD / "bin/puente_report_sample", "serve"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, encoding="utf-8") as server:
            self.addCleanup(server.kill)
            address = f"http://127.0.0.1:{int(server.stdout.readline())}/sdmx/rest"
            for place, table in self.tables():
                with self.subTest(table):
                    flow = f"{address}/data/{table.upper().replace('-', '_')}/all"
                    self.check(place, table, self.rsdmx("data", f"{flow}/?detail=full"))
                    self.check(place, table, self.sdmx_json_parser(f"{flow}/?detail=full"))
            structure = f"{address}/datastructure/PUENTE/DSD_NEED_BY_STATE/1.0/?references=children"
            self.check_states(self.rsdmx("structure", structure, "CL_STATE"))
            self.check_names(self.samples["country"], "need-by-state",
                             self.rsdmx("labelled", f"{address}/data/NEED_BY_STATE/all/", structure))
            server.stdin.close()
            self.assertEqual(server.wait(30), 0)


if __name__ == "__main__":
    unittest.main()
