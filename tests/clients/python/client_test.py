"""A client in Python as docs/integrator.md shows it: generated code over mTLS, googleapis of the
client's own, errors decoded. It knows proto/, an address, certificates and nothing else."""

import json
import os
import sys
import tempfile
import threading
import time
import unittest
import uuid
from concurrent import futures
from pathlib import Path

import grpc

CLIENTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLIENTS))
sys.dont_write_bytecode = True

import generate  # noqa: E402

SERVICE_CONFIG = generate.PROTO / "puente/service_config.json"
LIMIT = 30  # seconds that a condition may take

_folder = tempfile.TemporaryDirectory(prefix="puente-client-")
generate.python(_folder.name)
sys.path.insert(0, _folder.name)

from google.rpc import error_details_pb2, status_pb2  # noqa: E402
from google.type import date_pb2, money_pb2  # noqa: E402
from puente.economy.v1 import demand_pb2, demand_pb2_grpc  # noqa: E402
from puente.education.v1 import microcredential_pb2, microcredential_pb2_grpc  # noqa: E402
from puente.gateway.v1 import council_pb2, council_pb2_grpc, section_pb2  # noqa: E402
from puente.labor.v1 import skill_pb2, skill_pb2_grpc, vacancy_pb2, vacancy_pb2_grpc  # noqa: E402
from puente.labor.v1 import statistics_pb2, statistics_pb2_grpc  # noqa: E402
from puente.science.v1 import signal_pb2, signal_pb2_grpc  # noqa: E402
from puente.type.v1 import record_pb2  # noqa: E402


def tearDownModule():
    _folder.cleanup()


def channel(server, caller):
    federation = json.loads(Path(os.environ["PUENTE_FEDERATION"]).read_text(encoding="utf-8"))
    place = federation["gateway"] if server == "gateway" else federation["modules"][server]
    files = federation["callers"][caller]
    ca, key, certificate = (Path(files[name]).read_bytes()
                            for name in ("ca", "key", "certificate"))
    return grpc.secure_channel(
        place["address"], grpc.ssl_channel_credentials(ca, key, certificate),
        [("grpc.service_config", SERVICE_CONFIG.read_text(encoding="utf-8"))])


def details(error):
    """What an error says to programs, by type of detail."""
    raw = dict(error.trailing_metadata())["grpc-status-details-bin"]
    found = {}
    for detail in status_pb2.Status.FromString(raw).details:
        kind = getattr(error_details_pb2, detail.type_url.rpartition(".")[2])
        found[kind.__name__] = kind.FromString(detail.value)
    return found


def new_vacancy():
    return vacancy_pb2.CreateVacancyRequest(
        vacancy_id="python-" + uuid.uuid4().hex[:12], request_id=str(uuid.uuid4()),
        vacancy=vacancy_pb2.Vacancy(
            offer="Técnica en Python", offer_date=date_pb2.Date(year=2026, month=3, day=2),
            state_code="09", monthly_wage=money_pb2.Money(currency_code="MXN", units=18000),
            source="python-client", record_kind=record_pb2.RECORD_KIND_GENERATED))


HEADER = vacancy_pb2.LoadVacanciesRequest(header=vacancy_pb2.LoadVacanciesHeader(
    profile="portal-empleo-2020", source="python-client",
    record_kind=record_pb2.RECORD_KIND_GENERATED))


def rows(begin, end):
    """Messages of a file with these rows."""
    head, row = (CLIENTS / "upload.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    for first in range(begin, end, 100):
        text = (head if first == 0 else "") + "".join(
            row.replace("NUMBER", str(first + i)).replace("STATE", "Tabasco") for i in range(100))
        yield vacancy_pb2.LoadVacanciesRequest(content=text.encode())


STATE = "19"  # where no test of a client writes
# Sections of the overview: the agency, the member that holds its answer, and its own method.
SECTIONS = (
    ("demand", "economy", "summary", demand_pb2_grpc.DemandServiceStub, "GetDemandSummary",
     demand_pb2.GetDemandSummaryRequest(state_code=STATE)),
    ("supply", "education", "summary", microcredential_pb2_grpc.MicrocredentialServiceStub,
     "GetSupplySummary", microcredential_pb2.GetSupplySummaryRequest(state_code=STATE)),
    ("employment", "labor", "statistics", statistics_pb2_grpc.VacancyStatisticsServiceStub,
     "GetVacancyStatistics", statistics_pb2.GetVacancyStatisticsRequest(state_codes=[STATE])),
    ("technology", "science", "summary", signal_pb2_grpc.SkillSignalServiceStub,
     "GetSignalSummary", signal_pb2.GetSignalSummaryRequest(state_code=STATE)))


def without_time(figures):
    """A copy without what differs from call to call."""
    copy = type(figures).FromString(figures.SerializeToString())
    for name in ("as_of_time", "check_time", "freshness_token"):
        if name in copy.DESCRIPTOR.fields_by_name:
            copy.ClearField(name)
    return copy


class Client(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.labor = channel("labor", "agency/labor")
        cls.gateway = channel("gateway", "council/cce")
        cls.addClassCleanup(cls.labor.close)
        cls.addClassCleanup(cls.gateway.close)
        cls.skills = skill_pb2_grpc.SkillServiceStub(cls.labor)
        cls.vacancies = vacancy_pb2_grpc.VacancyServiceStub(cls.labor)

    def test_a_read(self):
        skill = self.skills.GetSkill(skill_pb2.GetSkillRequest(name="skills/english"), timeout=5)
        self.assertEqual(skill.kind, skill_pb2.SKILL_KIND_LANGUAGE)

    def test_a_page_loop(self):
        names, token = [], ""
        while True:
            page = self.skills.ListSkills(
                skill_pb2.ListSkillsRequest(page_size=7, page_token=token), timeout=5)
            names += [skill.name for skill in page.skills]
            token = page.next_page_token
            if not token:
                break
        self.assertGreater(len(names), 7)
        self.assertEqual(len(set(names)), len(names))
        self.assertIn("skills/english", names)

    def test_a_write_repeated_with_its_request_id(self):
        request = new_vacancy()
        first = self.vacancies.CreateVacancy(request, timeout=5)
        again = self.vacancies.CreateVacancy(request, timeout=5)
        self.assertEqual(first, again)

    def test_an_etag_conflict(self):
        vacancy = self.vacancies.CreateVacancy(new_vacancy(), timeout=5)
        request = vacancy_pb2.CloseVacancyRequest(
            name=vacancy.name, reason=vacancy_pb2.CLOSE_REASON_FILLED, etag=vacancy.etag + "0")
        with self.assertRaises(grpc.RpcError) as caught:
            self.vacancies.CloseVacancy(request, timeout=5, metadata=(("accept-language", "en"),))
        self.assertEqual(caught.exception.code(), grpc.StatusCode.ABORTED)
        found = details(caught.exception)
        info = found["ErrorInfo"]
        self.assertEqual(info.reason, "ETAG_MISMATCH")
        self.assertIn(info.domain, ("puente", "labor.puente"))
        self.assertEqual(info.metadata["name"], vacancy.name)
        self.assertEqual(found["LocalizedMessage"].locale, "en")
        request.etag = vacancy.etag
        closed = self.vacancies.CloseVacancy(request, timeout=5)
        self.assertEqual(closed.state, vacancy_pb2.VACANCY_STATE_CLOSED)

    def test_all_that_is_wrong_at_once(self):
        with self.assertRaises(grpc.RpcError) as caught:
            self.vacancies.CreateVacancy(vacancy_pb2.CreateVacancyRequest(
                vacancy_id="No", vacancy=vacancy_pb2.Vacancy(state_code="33")), timeout=5)
        fields = [v.field for v in details(caught.exception)["BadRequest"].field_violations]
        self.assertIn("vacancy_id", fields)
        self.assertIn("vacancy.state_code", fields)
        self.assertIn("vacancy.offer", fields)

    def test_a_deadline_met_by_an_upload_that_does_not_end(self):
        ended = threading.Event()

        def endless():
            yield HEADER
            ended.wait(LIMIT)

        self.addCleanup(ended.set)
        with self.assertRaises(grpc.RpcError) as caught:
            self.vacancies.LoadVacancies(endless(), timeout=0.3)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.DEADLINE_EXCEEDED)

    def chunk_stored(self):
        """Whether the first chunk of the upload, a thousand rows at once, is stored."""
        page = self.vacancies.ListVacancies(vacancy_pb2.ListVacanciesRequest(
            page_size=1000,
            filter='record_kind = GENERATED AND state = OPEN AND state_code = "27"'), timeout=5)
        return any(vacancy.source == "python-client" for vacancy in page.vacancies)

    def test_a_cancelled_stream_and_its_repetition(self):
        stop = threading.Event()

        def half():
            yield HEADER
            yield from rows(0, 1200)
            stop.wait(LIMIT)

        self.addCleanup(stop.set)
        call = self.vacancies.LoadVacancies.future(half(), timeout=2 * LIMIT)
        until = time.monotonic() + LIMIT
        while not self.chunk_stored():
            self.assertLess(time.monotonic(), until, "nothing was stored")
        self.assertTrue(call.cancel())
        self.assertEqual(call.code(), grpc.StatusCode.CANCELLED)
        done = self.vacancies.LoadVacancies(iter([HEADER, *rows(0, 1500)]), timeout=LIMIT)
        # What had come by then may be stored or not, but for the first chunk; all of it is where the
        # federation has seen this test before.
        self.assertEqual(done.loaded_count + done.unchanged_count, 1500)
        self.assertGreaterEqual(done.unchanged_count, 1000)

    def test_an_export_that_breaks_off_and_goes_on(self):
        created = {self.vacancies.CreateVacancy(new_vacancy(), timeout=5).name for _ in range(3)}
        names, request, summary = [], vacancy_pb2.ExportVacanciesRequest(), None
        while summary is None:
            stream = self.vacancies.ExportVacancies(request, timeout=LIMIT)
            message = next(stream)  # and no more of this stream
            stream.cancel()
            names += [vacancy.name for vacancy in message.vacancies]
            request.resume_token = message.resume_token
            summary = message.summary if message.HasField("summary") else None
        self.assertEqual(len(set(names)), len(names))
        self.assertEqual(summary.vacancy_count, len(names))
        self.assertLessEqual(created, set(names))
        whole = list(self.vacancies.ExportVacancies(
            vacancy_pb2.ExportVacanciesRequest(at_least=summary.freshness_token), timeout=LIMIT))
        self.assertLessEqual(set(names), {vacancy.name for message in whole
                                          for vacancy in message.vacancies})
        self.assertFalse(any(message.HasField("summary") for message in whole[:-1]))

    def test_a_composed_answer_with_a_hole_where_an_agency_is_down(self):
        council = council_pb2_grpc.CouncilServiceStub(self.gateway)
        overview = council.GetOverview(council_pb2.GetOverviewRequest(state=STATE), timeout=2)
        holes = []
        for name, agency, member, stub, method, request in SECTIONS:
            section = getattr(overview, name)
            provenance = section.provenance
            self.assertEqual(provenance.agency, agency)
            if provenance.state == section_pb2.SECTION_STATE_MISSING:
                self.assertEqual(provenance.failure.reason, "AGENCY_UNAVAILABLE")
                self.assertFalse(section.HasField(member))
                holes.append(agency)
                continue
            self.assertEqual(provenance.state, section_pb2.SECTION_STATE_FRESH, name)
            with channel(agency, "council/cce") as own_channel:
                own = getattr(stub(own_channel), method)(request, timeout=5)
            self.assertEqual(without_time(getattr(section, member)), without_time(own))
        self.assertEqual(holes, os.environ.get("PUENTE_DOWN", "").split())


class ServiceConfig(unittest.TestCase):
    """The file beside the protos, against a server that fails at first."""

    def calls_until_end(self, failures, code):
        """How often a call reached the server, and how it ended."""
        calls = []

        def answer(request, context):
            calls.append(request)
            if len(calls) <= failures:
                context.abort(code, "not now")
            return b""

        handler = grpc.method_handlers_generic_handler(
            "puente.labor.v1.SkillService",
            {"GetSkill": grpc.unary_unary_rpc_method_handler(answer)})
        server = grpc.server(futures.ThreadPoolExecutor(2), handlers=(handler,))
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        self.addCleanup(server.stop, None)
        options = [("grpc.service_config", SERVICE_CONFIG.read_text(encoding="utf-8"))]
        with grpc.insecure_channel(f"127.0.0.1:{port}", options) as client:
            try:
                client.unary_unary("/puente.labor.v1.SkillService/GetSkill")(b"", timeout=20)
                return len(calls), grpc.StatusCode.OK
            except grpc.RpcError as error:
                return len(calls), error.code()

    def test_what_a_retry_may_cure_is_retried(self):
        self.assertEqual(self.calls_until_end(2, grpc.StatusCode.UNAVAILABLE),
                         (3, grpc.StatusCode.OK))

    def test_retries_end(self):
        self.assertEqual(self.calls_until_end(99, grpc.StatusCode.UNAVAILABLE),
                         (4, grpc.StatusCode.UNAVAILABLE))

    def test_shed_load_is_not_retried(self):
        for code in (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.ABORTED,
                     grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.INTERNAL):
            self.assertEqual(self.calls_until_end(1, code), (1, code))


if __name__ == "__main__":
    unittest.main()
