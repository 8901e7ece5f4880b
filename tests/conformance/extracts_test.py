"""Extracts of figures: every server tells tables, and keeps what they said at one moment in a file
that says by itself what it is about."""

import hashlib
import json
import re
import unittest

import contract
from checks import Conformance, every_page, looks
from federation import Service, new_id

from puente.api.v1 import figure_extract_pb2

SERVICE = "puente.api.v1.FigureExtractService"
PERIOD = re.compile(r"_T|[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?")


class Extracts(Conformance):
    def tables(self, server):
        return every_page(Service(SERVICE, "auditor/asf", server), "ListFigureTables", "tables", 2)[0]

    def file_of(self, server, tables):
        """An extract once it is made, and its file."""
        gateway = Service(SERVICE, "gateway", server)
        extract = gateway.CreateFigureExtract(figure_extract_id=new_id(), tables=tables)
        for _ in looks():
            if extract.state != figure_extract_pb2.FIGURE_EXTRACT_STATE_QUEUED:
                break
            extract = gateway.GetFigureExtract(name=extract.name)
        self.assertEqual(extract.state, figure_extract_pb2.FIGURE_EXTRACT_STATE_READY, extract)
        return extract, b"".join(piece.content for piece in
                                 gateway.ExportFigureExtract(name=extract.name))

    def test_a_table_says_what_it_is_about_in_both_languages(self):
        known = {}
        for server in contract.SERVERS:
            for table in self.tables(server):
                with self.subTest(server=server, table=table.table):
                    for what in (table, *table.dimensions, *table.measures):
                        self.assertTrue(what.title_es and what.title_en)
                    self.assertTrue(table.note_es and table.note_en)
                    self.assertTrue(table.dimensions and table.measures)
                    for dimension in table.dimensions:  # is the same wherever it is
                        if dimension.dimension not in ("PERIOD", "STAGE", "KIND"):
                            self.assertEqual(known.setdefault(dimension.dimension, dimension),
                                             dimension)

    def test_a_file_is_whole_and_in_order(self):
        rows = 0
        for server in contract.SERVERS:
            with self.subTest(server=server):
                rows += self.check_file(server)
        self.assertGreater(rows, 100)

    def check_file(self, server):
        tables = {table.table: table for table in self.tables(server)}
        extract, file = self.file_of(server, list(tables)[::-1])
        self.assertEqual((extract.byte_count, extract.sha256),
                         (len(file), hashlib.sha256(file).hexdigest()))
        self.assertEqual(list(extract.tables), sorted(tables))
        self.assertTrue(file.endswith(b"}\n"))
        lines = [json.loads(line) for line in file.decode().splitlines()]
        self.assertEqual([list(line) for line in lines],
                         [["head"]] + [[kind] for kind in ("table", "codeList", "row")
                                       for line in lines if kind in line])
        head = lines[0]["head"]
        self.assertEqual((head["agency"], head["freshnessToken"]), (server, extract.freshness_token))
        self.assertEqual([line["table"]["table"] for line in lines if "table" in line],
                         sorted(tables))
        lists = {line["codeList"]["codeList"]: line["codeList"] for line in lines
                 if "codeList" in line}
        self.assertEqual(list(lists), sorted(lists))
        for each in lists.values():
            for code in each["codes"]:
                self.assertTrue(code["nameEs"] and code["nameEn"], code)
        rows = [line["row"] for line in lines if "row" in line]
        self.assertEqual(extract.row_count, len(rows))
        keys = [(row["table"], *map(str.encode, row["codes"])) for row in rows]
        self.assertEqual(keys, sorted(set(keys)))
        for row in rows:
            self.check_row(row, tables[row["table"]], lists)
        return len(rows)

    def check_row(self, row, table, lists):
        self.assertEqual(len(row["codes"]), len(table.dimensions))
        self.assertEqual(len(row["figures"]), len(table.measures))
        for code, dimension in zip(row["codes"], table.dimensions):
            if dimension.code_list:
                self.assertIn(code, {each["code"] for each in lists[dimension.code_list]["codes"]})
            else:
                self.assertRegex(code, PERIOD)
        for figure in row["figures"]:
            self.assertEqual(len(figure), 1, figure)

    def test_the_rest_of_a_file_is_sent_from_any_byte_on(self):
        extract, file = self.file_of("labor", ["record-quality", "vacancies"])
        reader = Service(SERVICE, "auditor/asf", "labor")
        for offset in (1, len(file) // 2, len(file)):
            rest = reader.ExportFigureExtract(name=extract.name, offset=offset)
            self.assertEqual(b"".join(piece.content for piece in rest), file[offset:])

    def test_what_is_refused(self):
        gateway = Service(SERVICE, "gateway", "labor")
        absent = "figureExtracts/" + new_id()
        for method in ("GetFigureExtract", "ExportFigureExtract"):
            self.refuse(gateway, method, gateway.request(method, name=absent), "NOT_FOUND",
                        "FIGURE_EXTRACT_NOT_FOUND")
        self.refuse(gateway, "CreateFigureExtract", gateway.request(
            "CreateFigureExtract", figure_extract_id=new_id(), tables=["vacancies", "none"]),
            "NOT_FOUND", "FIGURE_TABLE_NOT_FOUND")
        made, _ = self.file_of("labor", ["vacancies"])
        self.refuse(gateway, "CreateFigureExtract", gateway.request(
            "CreateFigureExtract", figure_extract_id=made.name.split("/")[1], tables=["skills"]),
            "ALREADY_EXISTS", "FIGURE_EXTRACT_EXISTS")

    def test_a_check_stores_nothing(self):
        gateway = Service(SERVICE, "gateway", "labor")
        checked = gateway.CreateFigureExtract(figure_extract_id=new_id(), tables=["vacancies"],
                                              validate_only=True)
        self.refuse(gateway, "GetFigureExtract",
                    gateway.request("GetFigureExtract", name=checked.name), "NOT_FOUND",
                    "FIGURE_EXTRACT_NOT_FOUND")


if __name__ == "__main__":
    unittest.main()
