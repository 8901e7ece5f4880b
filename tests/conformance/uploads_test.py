"""Loading vacancy files: good rows are stored once, bad ones are reported, bad files refused."""

import hashlib
import itertools
import unittest

import grpc
from checks import Conformance, looks
from federation import Refusal, Service, new_id, unique
from puente.labor.v1.vacancy_load_pb2 import VACANCY_LOAD_STATE_TAKING_BACK as TAKING_BACK

COLUMNS = ("isodate,offer,salary,contract_type,start_hour,end_hour,hours_worked,monday,tuesday,"
           "wednesday,thursday,friday,saturday,sunday,days_worked,state,municipality,"
           "education_level,experience,languages")
PROFILE = "portal-empleo-2020"


def row(offer="soldador", salary="9000", day="2020-08-03", hours="8.0", days="6",
        state="Tlaxcala", languages="No es requisito"):
    return (f"{day},{offer},{salary},Contrato por tiempo indeterminado,800,1600,{hours},1,1,1,1,1,"
            f"1,0,{days},{state},Apizaco,Licenciatura,1 - 2 años,{languages}")


def file(*rows, columns=COLUMNS, end="\n"):
    return ("\n".join((columns, *rows)) + end).encode()


class Uploads(Conformance):
    def setUp(self):
        # The agency, which may name any source: each test has one of its own.
        self.service = Service("puente.labor.v1.VacancyService", "agency/labor")
        self.source = unique("file")

    def messages(self, content, slice_size=64 * 1024, **header):
        header = {"profile": PROFILE, "source": self.source, "request_id": new_id(),
                  "record_kind": "RECORD_KIND_GENERATED", **header}
        yield self.service.request("LoadVacancies", header=header)
        for start in range(0, len(content), slice_size):
            yield self.service.request("LoadVacancies", content=content[start:start + slice_size])

    def load(self, content, **options):
        return self.service.stream("LoadVacancies", self.messages(content, **options))

    def counts(self, found):
        return (found.read_count, found.loaded_count, found.unchanged_count, found.rejected_count)

    def refuse_upload(self, messages, code, reason, fields=()):
        """Sent twice, in both languages."""
        messages = list(messages)
        for language, locale in (("es", "es-MX"), ("en", "en")):
            with self.assertRaises(grpc.RpcError) as caught:
                self.service.stream("LoadVacancies", messages,
                                    metadata=(("accept-language", language),))
            refusal = Refusal(caught.exception)
            self.assertEqual((refusal.code, refusal.reason),
                             (getattr(grpc.StatusCode, code), reason), refusal)
            self.check_details(refusal, locale)
            self.assertEqual(refusal.fields, set(fields))
        return refusal

    def figures(self, token):
        return Service("puente.labor.v1.VacancyStatisticsService",
                       "council/cce").GetVacancyStatistics(state_codes=["29"], at_least=token)


class GoodFiles(Uploads):
    def test_rows_become_vacancies(self):
        content = file(row(), row("pintor", "4500.50", hours="24.0"),
                       row("guía", languages="Inglés-Básico"))
        before = self.figures(self.load(file(row("primero"))).freshness_token)
        done = self.load(content)
        self.assertEqual(self.counts(done), (3, 3, 0, 0))
        self.assertFalse(done.truncated)
        self.assertEqual(done.content_digest, hashlib.sha256(content).digest())
        found = self.figures(done.freshness_token)
        self.assertEqual(found.vacancy_count, before.vacancy_count + 3)
        self.assertEqual(found.asking_english_count, before.asking_english_count + 1)
        self.assertEqual(found.hours_suspect_count, before.hours_suspect_count + 1)
        self.assertIn(self.source, found.sources)

    def test_equal_rows_are_vacancies_of_their_own_and_loading_again_changes_nothing(self):
        content = file(row(), row(), row("otro"), row())
        self.assertEqual(self.counts(self.load(content)), (4, 4, 0, 0))
        again = self.load(content)
        self.assertEqual(self.counts(again), (4, 0, 4, 0))
        self.assertFalse(again.freshness_token)
        reordered = file(row("otro"), row(), row("nuevo"), row(), row(), row())
        self.assertEqual(self.counts(self.load(reordered)), (6, 2, 4, 0))

    def test_a_repeated_upload_replays_what_it_stored(self):
        content, request_id = file(row(), row("dos")), new_id()
        first = self.load(content, request_id=request_id)
        again = self.load(content, request_id=request_id)
        self.assertEqual(self.counts(again), self.counts(first))

    def test_slices_of_any_size_are_the_same_file(self):
        content = file(*(row(f"niño «{n}»") for n in range(30)))
        self.assertEqual(self.counts(self.load(content, slice_size=7)), (30, 30, 0, 0))
        self.assertEqual(self.counts(self.load(content, slice_size=1000)), (30, 0, 30, 0))

    def test_many_rows_load_in_chunks(self):
        content = file(*(row(f"puesto {n}") for n in range(2500)))
        self.assertEqual(self.counts(self.load(content)), (2500, 2500, 0, 0))

    def test_quotes_line_breaks_and_a_byte_order_mark_are_fine(self):
        content = b"\xef\xbb\xbf" + file(row('"soldador, ""TIG""\ny MIG"'), row("x"), end="")
        done = self.load(content)
        self.assertEqual(self.counts(done), (2, 2, 0, 0), done)
        self.assertFalse(done.truncated)


class BadRows(Uploads):
    def test_they_are_reported_and_the_others_load(self):
        content = file(row(), row(salary="mucho"), row(state="Atlantis"), row(day="2020-02-30"),
                       row(hours="25"), row(days="8"), row("b"), "only,three,fields")
        done = self.load(content)
        self.assertEqual(self.counts(done), (8, 2, 0, 6))
        self.assertEqual([error.line for error in done.errors], [3, 4, 5, 6, 7, 9])
        self.assertEqual([error.field for error in done.errors],
                         ["salary", "state", "isodate", "hours_worked", "days_worked", ""])
        self.assertEqual(done.errors[0].value, "mucho")
        for error in done.errors:
            self.assertRegex(error.rule, r"^[A-Z][A-Z0-9_]+$")
            self.assertTrue(error.remedy)

    def test_the_first_hundred_are_named_and_the_others_counted(self):
        done = self.load(file(*(row(f"n{n}", salary="x" * 200) for n in range(130)), row()))
        self.assertEqual(self.counts(done), (131, 1, 0, 130))
        self.assertEqual((len(done.errors), done.more_error_count), (100, 30))
        self.assertLessEqual(len(done.errors[0].value), 81)

    def test_a_file_cut_in_a_row_loads_what_is_whole(self):
        whole = file(row("a"), row("b"), row("c"))
        cut = whole[:-90]
        for options in ({}, {"size_bytes": len(whole)}):
            done = self.load(cut, **options)
            self.assertTrue(done.truncated)
            self.assertEqual((done.read_count, done.rejected_count), (3, 1))
            self.assertEqual(done.errors[-1].line, 4)

    def test_a_file_cut_between_rows_is_noticed_by_its_size(self):
        whole = file(row("a"), row("b"))
        done = self.load(whole[:len(file(row("a")))], size_bytes=len(whole))
        self.assertTrue(done.truncated)
        self.assertEqual(self.counts(done), (1, 1, 0, 0))
        self.assertFalse(self.load(whole, size_bytes=len(whole)).truncated)


class StrictLoads(Uploads):
    def check(self, content, **options):
        return self.load(content, validate_only=True, **options)

    def test_what_was_checked_is_loaded(self):
        content = file(*(row(f"puesto {n}") for n in range(1001)))
        checked = self.check(content)
        self.assertEqual(self.counts(checked), (1001, 1001, 0, 0))
        self.assertEqual(len(checked.check), 3 * 32)
        self.assertEqual(checked.content_digest, hashlib.sha256(content).digest())
        self.assertFalse(checked.freshness_token)
        loaded = self.load(content, check=checked.check)
        self.assertEqual(self.counts(loaded), (1001, 1001, 0, 0), "the check had stored something")
        self.assertEqual(self.counts(self.check(content)), (1001, 0, 1001, 0))

    def test_a_bad_row_leaves_nothing_to_load(self):
        checked = self.check(file(row(), row(salary="mucho")))
        self.assertEqual(self.counts(checked), (2, 1, 0, 1))
        self.assertEqual([error.line for error in checked.errors], [3])
        self.assertFalse(checked.check)

    def test_anything_else_is_refused(self):
        content = file(row(), row("b"))
        check = self.check(content).check
        for other, options in ((file(row(), row("c")), {}), (content + b"\n", {}),
                               (content, {"source": unique("other")}),
                               (content, {"record_kind": "RECORD_KIND_REAL"})):
            refusal = self.refuse_upload(self.messages(other, check=check, **options), "ABORTED",
                                         "FILE_CHANGED")
            self.assertEqual(refusal.infos[0].metadata["loaded"], "0")
        self.assertEqual(self.load(content).loaded_count, 2)


class BadFiles(Uploads):
    def tearDown(self):
        found = self.load(file(row("probe")))
        self.assertEqual(found.loaded_count, 1, "what was refused left something behind")

    def test_a_file_in_latin_1_is_refused(self):
        content = file(row(), row("niño")).decode().encode("latin-1")
        refusal = self.refuse_upload(self.messages(content), "INVALID_ARGUMENT", "FILE_ENCODING")
        self.assertEqual(refusal.infos[0].metadata["line"], "2")

    def test_a_missing_column_is_named(self):
        content = file(row(), columns=COLUMNS.replace("salary,", "wage,"))
        refusal = self.refuse_upload(self.messages(content), "INVALID_ARGUMENT", "FILE_COLUMNS")
        self.assertIn("salary", refusal.infos[0].metadata["missing"])

    def test_nothing_is_no_file(self):
        for content in (b"", b"\xef\xbb\xbf"):
            self.refuse_upload(self.messages(content), "INVALID_ARGUMENT", "FILE_EMPTY")

    def test_an_unknown_profile_is_answered_with_the_known_ones(self):
        refusal = self.refuse_upload(self.messages(file(row()), profile="none"), "NOT_FOUND",
                                     "PROFILE_NOT_FOUND")
        self.assertIn(PROFILE, refusal.infos[0].metadata["known"])

    def test_a_header_comes_first_and_once(self):
        header, content = itertools.islice(self.messages(file(row())), 2)
        for messages in ([], [content], [header, header, content], [content, header],
                         [header, content, header], [self.service.request("LoadVacancies")]):
            self.refuse_upload(messages, "INVALID_ARGUMENT", "UPLOAD_INCOMPLETE")

    def test_a_header_is_checked_like_any_request(self):
        self.refuse_upload(self.messages(b"", profile="", source="¡no!", record_kind=99,
                                         request_id="nope", size_bytes=-1),
                           "INVALID_ARGUMENT", "INVALID_FIELDS",
                           {"header.profile", "header.source", "header.record_kind",
                            "header.request_id", "header.size_bytes"})

    def test_the_agency_says_whose_file_it_is(self):
        self.refuse_upload(self.messages(file(row()), source="", record_kind=0),
                           "INVALID_ARGUMENT", "INVALID_FIELDS",
                           {"header.source", "header.record_kind"})

    def test_a_header_alone_holds_no_file(self):
        self.refuse_upload(itertools.islice(self.messages(b"x"), 1), "INVALID_ARGUMENT",
                           "FILE_EMPTY")


class Loads(Uploads):
    """What an upload has stored is its supplier's own, and taken back as a whole."""

    def setUp(self):
        super().setUp()
        self.owner, self.other = (Service("puente.labor.v1.VacancyLoadService", f"supplier/{name}")
                                  for name in ("muestra", "portal"))
        self.service = Service("puente.labor.v1.VacancyService", "supplier/muestra")
        rows = (row(unique("puesto")) for _ in range(3))
        self.done = self.load(file(*rows), source="")
        self.name = self.done.vacancy_load

    def settled(self):
        """The load once nothing is left to do, which its answers say."""
        for _ in looks():
            load = self.owner.GetVacancyLoad(name=self.name)
            if load.state != TAKING_BACK:
                return load
        return self.fail("it is still being taken back")

    def test_a_load_is_read_and_listed_by_its_supplier_and_labor(self):
        load = self.owner.GetVacancyLoad(name=self.name)
        self.assertEqual((load.supplier, load.source, load.loaded_count),
                         ("supplier/muestra", "puente-sample", 3))
        own = self.owner.ListVacancyLoads(filter='supplier = "supplier/muestra"', page_size=1)
        self.assertEqual(list(own.vacancy_loads), [load])
        labor = Service("puente.labor.v1.VacancyLoadService", "agency/labor")
        self.assertEqual(list(labor.BatchGetVacancyLoads(names=[self.name]).vacancy_loads), [load])

    def test_to_others_it_is_none(self):
        for method, fields in (("GetVacancyLoad", {"name": self.name}),
                               ("BatchGetVacancyLoads", {"names": [self.name]}),
                               ("TakeBackVacancyLoad", {"name": self.name})):
            with self.subTest(method=method), self.assertRaises(grpc.RpcError) as caught:
                getattr(self.other, method)(**fields)
            self.assertEqual(Refusal(caught.exception).reason, "VACANCY_LOAD_NOT_FOUND")
        with self.assertRaises(grpc.RpcError) as caught:
            self.other.ListVacancyLoads(filter='supplier = "supplier/muestra"')
        self.assertEqual(Refusal(caught.exception).reason, "OWNER_LIST_REFUSED")

    def test_taken_back_it_leaves_the_figures_and_what_is_loaded_again_enters_them(self):
        content = file(*(row(unique("puesto")) for _ in range(3)))
        self.name = self.load(content, source="").vacancy_load
        before = self.figures(self.load(file(row(unique("puesto"))), source="").freshness_token)
        self.owner.TakeBackVacancyLoad(name=self.name)
        taken_back = self.settled()
        self.assertEqual((taken_back.closed_count, taken_back.kept_count), (3, 0))
        after = self.figures(self.load(file(row(unique("puesto"))), source="").freshness_token)
        self.assertEqual(after.vacancy_count, before.vacancy_count - 3 + 1)
        again = self.load(content, source="")
        self.assertEqual(self.counts(again), (3, 3, 0, 0))
        self.assertNotEqual(again.vacancy_load, self.name)
        self.assertEqual(self.owner.TakeBackVacancyLoad(name=self.name), taken_back)


if __name__ == "__main__":
    unittest.main()
