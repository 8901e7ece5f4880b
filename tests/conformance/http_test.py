"""Every method through JSON over HTTP (puente-http) and through gRPC: the same answers and the same
refusals. A puente-http runs for each caller, as a house would run it."""

import base64
import gzip
import hashlib
import http.client
import json
import os
import subprocess
import unittest
from pathlib import Path
from urllib.parse import quote

import contract
import grpc
import requests
import samples
from federation import Refusal, Service, info, message_class, new_id, unique
from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor

ENVELOPE = 5  # bytes before each message of a stream
# What differs from one call to the next: when it was, and how long it took.
TYPES_OF_THE_MOMENT = {"google.protobuf.Timestamp", "google.protobuf.Duration"}
# Tokens are of their moment, and so are the digests of answers that hold one.
FIELDS_OF_THE_MOMENT = {"freshness", "freshness_token", "digest"}


class House:
    """A puente-http of one caller."""

    def __init__(self, caller):
        binary = Path(os.environ["PUENTE_BUILD"], "bin/puente-http")
        self.process = subprocess.Popen(
            [binary, "--federation", os.environ["PUENTE_FEDERATION"], "--as", caller],
            stdout=subprocess.PIPE, text=True)
        self.address = json.loads(self.process.stdout.readline())["address"]

    def stop(self):
        self.process.terminate()
        self.process.stdout.close()
        return self.process.wait(20)

    def ask(self, verb, path, body=None, fields=()):
        """The status, the fields and the body of the answer."""
        connection = http.client.HTTPConnection(self.address, timeout=30)
        try:
            connection.request(verb, path, body, dict(fields))
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def post(self, path, body, kind="application/json", fields=()):
        return self.ask("POST", path, body, {"Content-Type": kind, "Connect-Protocol-Version": "1",
                                             **dict(fields)})


HOUSES = {}  # by caller


def house(caller):
    if caller not in HOUSES:
        HOUSES[caller] = House(caller)
    return HOUSES[caller]


def tearDownModule():
    for each in HOUSES.values():
        each.stop()
    HOUSES.clear()


def path_of(method):
    return f"/{method.containing_service.full_name}/{method.name}"


def unary():
    """Every unary method, and a caller who may call it, if one may in person."""
    for name, service in contract.service_files().items():
        for method in service.methods:
            if not contract.streams(method) and not contract.answers_stream(method):
                server = contract.servers_of(name)[0]
                caller = next((caller for caller in info()["callers"]
                               if contract.may_call(method, caller, server)), "council/cce")
                yield server, method, caller


def said(service, method):
    """As fields of HTTP; of steps of acts, which are the gateway's alone, nothing is."""
    return {name.title(): value for name, value in service._said(method.name)
            if name != "puente-original-caller"}


def outcome(body):
    """Of a refusal: (code, reason, fields)."""
    error = json.loads(body)
    debug = {detail["type"]: detail.get("debug", {}) for detail in error.get("details", ())}
    return (error["code"], debug.get("google.rpc.ErrorInfo", {}).get("reason", ""),
            {violation["field"] for violation in
             debug.get("google.rpc.BadRequest", {}).get("fieldViolations", ())})


def by_grpc(service, method, request, metadata):
    stub = getattr(service._stub, method.name)
    try:
        return stub(request, metadata=metadata, timeout=20), None
    except grpc.RpcError as error:
        refusal = Refusal(error)
        return None, (refusal.code.name.lower().replace("cancelled", "canceled"), refusal.reason,
                      refusal.fields)


def steady(message):
    """Without what is of the moment."""
    for field, value in message.ListFields():
        kind = field.message_type
        if field.name in FIELDS_OF_THE_MOMENT or kind and kind.full_name in TYPES_OF_THE_MOMENT:
            message.ClearField(field.name)
        elif kind is None:
            continue
        elif field.label == field.LABEL_REPEATED:
            for each in value:
                steady(each)
        else:
            steady(value)
    return message


# What is wrong with a request for reasons that OpenAPI's schemas do not say.
BEYOND_SCHEMAS = {"control character", "unknown path", "no day of any month", "no leap year",
                  "long ago", "far off", "two signs", "too much"}


def is_in_schemas(method, path, what):
    """Whether the schemas say of the field at this path what is wrong."""
    *within, name = path.replace("[0]", "").split(".")
    kind = method.input_type
    for each in within:
        kind = kind.fields_by_name[each].message_type
    # Of an update all may be left out, and 0 is.
    if (what in ("absent", "empty", "too small") and within
            and within[0] == requests.changed_by(method)):
        return False
    wide = kind.fields_by_name[name].cpp_type == FieldDescriptor.CPPTYPE_INT64  # a text in JSON
    return what not in BEYOND_SCHEMAS and not (wide and what in ("too small", "too large"))


class OverHttp(unittest.TestCase):
    def setUp(self):
        self.calls = []  # for the OpenAPI document

    def hold(self):
        """All calls against the document."""
        script = Path(contract.ROOT, "tests/clients/node/openapi.mjs")
        done = subprocess.run(["node", script], input="\n".join(map(json.dumps, self.calls)),
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stdout, f"held {len(self.calls)} calls\n")

    def compare(self, server, method, caller, request):
        """Whether both ways have an answer."""
        service = Service(method.containing_service.full_name, caller, server)
        fields = said(service, method)
        answer, refusal = by_grpc(service, method, request,
                                  tuple((name.lower(), value) for name, value in fields.items()))
        status, _, body = house(caller).post(
            path_of(method), json_format.MessageToJson(request),
            fields={**fields, "Puente-Server": server})
        if refusal is None or refusal[1] != "INVALID_FIELDS":
            self.calls.append({"path": path_of(method), "valid": True,
                               "request": json_format.MessageToDict(request),
                               **({"answer": json.loads(body)} if status == 200 else {})})
        with self.subTest(method=path_of(method), caller=caller):
            if refusal is not None:
                self.assertGreaterEqual(status, 400, body)
                self.assertEqual(outcome(body), refusal)
                return False
            self.assertEqual(status, 200, body)
            through_json = json_format.Parse(body, message_class(method.output_type)())
            # As Protobuf itself writes it, to the last member.
            self.assertEqual(json.loads(body), json_format.MessageToDict(through_json))
            if hasattr(request, "validate_only") and hasattr(answer, "name"):
                through_json.name = answer.name  # may be a random one
            self.assertEqual(steady(through_json), steady(answer))
        return True

    def test_every_method(self):
        tried, answered = 0, 0
        for server, method, caller in unary():
            request = (message_class(method.input_type)() if method.name in requests.OF_LEARNERS
                       else requests.valid(method))
            if hasattr(request, "validate_only"):
                request.validate_only = True
            answered += self.compare(server, method, caller, request)
            tried += 1
        self.assertGreater(tried, 300)
        self.assertGreater(answered, 100)
        self.hold()

    def test_what_is_wrong_is_wrong_by_the_document(self):
        for _, method, _ in unary():
            if method.name in requests.OF_LEARNERS:
                continue
            request = requests.valid(method)
            for path, what, spoil in requests.faults(method.input_type):
                if is_in_schemas(method, path, what):
                    spoiled = type(request).FromString(request.SerializeToString())
                    spoil(spoiled)
                    self.calls.append({"path": path_of(method), "valid": False,
                                       "what": f"{path} {what}",
                                       "request": json_format.MessageToDict(spoiled)})
            self.calls.append({"path": path_of(method), "valid": False, "what": "unknown member",
                               "request": {**json_format.MessageToDict(request), "nope": 1}})
        self.assertGreater(len(self.calls), 1000)
        self.hold()

    def test_reads_of_what_there_is(self):
        for resource in samples.RESOURCES:
            server = resource.service.split(".")[1]
            record = resource.new(required=True)
            for name, fields in (("Get" + resource.kind, {"name": record.name}),
                                 ("BatchGet" + resource.kinds, {"names": [record.name]}),
                                 ("List" + resource.kinds, {"page_size": 3, **resource.everything()})):
                method = resource.methods.get(name)
                if method is not None and contract.may_call(method, resource.owner):
                    self.assertTrue(self.compare(server, method, resource.owner,
                                                 message_class(method.input_type)(**fields)),
                                    path_of(method))
        self.hold()

    def test_binary(self):
        service = Service("puente.labor.v1.SkillService", "council/cce")
        method = service.descriptor.methods_by_name["ListSkills"]
        request = service.request("ListSkills", page_size=7)
        status, fields, body = house("council/cce").post(
            path_of(method), request.SerializeToString(), "application/proto")
        self.assertEqual((status, fields["content-type"]), (200, "application/proto"))
        self.assertEqual(message_class(method.output_type).FromString(body),
                         service.ListSkills(page_size=7))

    def test_a_write_tells_its_freshness(self):
        resource = samples.of("Skill")
        service = Service(resource.service, resource.owner)
        creation = resource.creation(service)
        status, fields, _ = house(resource.owner).post(
            path_of(resource.methods["CreateSkill"]), json_format.MessageToJson(creation))
        self.assertEqual(status, 200)
        self.assertTrue(fields["puente-freshness"])
        # Repeated, it is done once.
        self.assertEqual(service.call("CreateSkill", creation)[0].name, resource.name(creation))


SKILLS = "/puente.labor.v1.SkillService/ListSkills"


class Reads(unittest.TestCase):
    """What is read may be asked for by GET."""

    def get(self, query, fields=()):
        return house("council/cce").ask("GET", f"{SKILLS}?{query}", fields=fields)

    def test_the_same_as_by_post(self):
        text = json.dumps({"pageSize": 3})
        encoded = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        _, _, posted = house("council/cce").post(SKILLS, text)
        for query in (f"connect=v1&encoding=json&message={quote(text)}",
                      f"encoding=json&base64=1&message={encoded}"):
            status, _, body = self.get(query)
            self.assertEqual(status, 200, body)
            # But for page tokens, which are of the moment.
            self.assertEqual(json.loads(body)["skills"], json.loads(posted)["skills"])
        status, fields, body = self.get("encoding=proto&message=")
        self.assertEqual((status, fields["content-type"]), (200, "application/proto"))
        self.assertTrue(body)

    def test_what_the_client_has_is_not_sent_again(self):
        query = "encoding=json&message=%7B%22pageSize%22:1000%7D"
        _, fields, body = self.get(query)
        self.assertEqual(fields["cache-control"], "private, no-cache")
        self.assertIn("Puente-Actor", fields["vary"])
        status, again, nothing = self.get(query, {"If-None-Match": fields["etag"]})
        self.assertEqual((status, again["etag"], nothing), (304, fields["etag"], b""))
        status, zipped, short = self.get(query, {"Accept-Encoding": "gzip"})
        self.assertEqual((status, zipped["content-encoding"]), (200, "gzip"))
        self.assertLess(len(short), len(body))
        self.assertEqual(gzip.decompress(short), body)

    def test_zipped(self):
        text = b'{"pageSize": 3}'
        zipped = gzip.compress(text)
        _, _, posted = house("council/cce").post(SKILLS, text)
        _, _, by_post = house("council/cce").post(SKILLS, zipped, fields={"Content-Encoding": "gzip"})
        encoded = base64.urlsafe_b64encode(zipped).decode().rstrip("=")
        _, _, by_get = self.get(f"encoding=json&base64=1&compression=gzip&message={encoded}")
        for answer in (by_post, by_get):
            self.assertEqual(json.loads(answer)["skills"], json.loads(posted)["skills"])

    def test_queries_that_are_not_as_they_must_be(self):
        for query in ("encoding=xml&message=", "message=%7B%7D&base64=2", "message=%ZZ",
                      "message={}&message={}", "base64=1&message=***", "connect=v2&message={}",
                      "compression=br&message={}", "compression=gzip&message={}", "nonsense=1"):
            status, _, body = self.get(query)
            self.assertIn(status, (400, 501), query)
            self.assertTrue(outcome(body)[1], body)

    def test_nothing_is_written_by_get(self):
        for path in ("/puente.labor.v1.SkillService/CreateSkill",
                     "/puente.labor.v1.VacancyService/ExportVacancies"):
            status, fields, _ = house("agency/labor").ask(
                "GET", path + "?encoding=json&message=%7B%7D")
            self.assertEqual((status, fields["allow"]), (405, "POST"))


def enveloped(*messages):
    return b"".join(b"\0" + len(message).to_bytes(4, "big") + message for message in messages)


def zipped_envelope(message, zipped=None):
    zipped = zipped or gzip.compress(message)
    return b"\1" + len(zipped).to_bytes(4, "big") + zipped


def opened(body):
    """The messages of a stream, and what came of it."""
    messages = []
    while body:
        length = int.from_bytes(body[1:ENVELOPE], "big")
        flags, message, body = body[0], body[ENVELOPE:ENVELOPE + length], body[ENVELOPE + length:]
        if flags == 2:
            assert not body
            return messages, json.loads(message)
        messages.append(message)
    raise AssertionError("the stream has no end")


class Streams(unittest.TestCase):
    EXPORT = "/puente.labor.v1.VacancyService/ExportVacancies"
    LOAD = "/puente.labor.v1.VacancyService/LoadVacancies"

    def test_all_that_grpc_answers(self):
        service = Service("puente.labor.v1.VacancyService", "council/cce")
        pages, _ = service.call("ExportVacancies", service.request("ExportVacancies"))
        kind = type(pages[0])
        for codec, request, read in (
                ("json", b"{}", lambda text: json_format.Parse(text, kind())),
                ("proto", b"", kind.FromString)):
            status, fields, body = house("council/cce").post(
                self.EXPORT, enveloped(request), f"application/connect+{codec}")
            self.assertEqual((status, fields["content-type"]), (200, f"application/connect+{codec}"))
            messages, end = opened(body)
            self.assertEqual(end, {})
            self.assertEqual([list(read(message).vacancies) for message in messages],
                             [list(page.vacancies) for page in pages])

    def test_envelopes_may_be_zipped(self):
        bodies = (zipped_envelope(b"{}"), enveloped(b"{}"))  # those that say so
        pages = []
        for body in bodies:
            status, _, answer = house("council/cce").post(
                self.EXPORT, body, "application/connect+json", {"Connect-Content-Encoding": "gzip"})
            messages, end = opened(answer)
            self.assertEqual((status, end), (200, {}))
            pages.append([json.loads(message).get("vacancies") for message in messages])
        self.assertEqual(*pages)
        for body, reason in ((zipped_envelope(b"{}", b"nonsense"), "GZIP_WRONG"),
                             (zipped_envelope(b" " * (5 << 20)), "BODY_TOO_LARGE")):
            _, _, answer = house("council/cce").post(
                self.EXPORT, body, "application/connect+json", {"Connect-Content-Encoding": "gzip"})
            self.assertEqual(outcome(json.dumps(opened(answer)[1]["error"]))[1], reason)

    def test_refusals_stand_at_the_end(self):
        for body, reason in ((enveloped(b'{"filter": "nonsense"}'), "INVALID_FILTER"),
                             (enveloped(b'{"filter": 7}'), "INVALID_FIELDS"),
                             (enveloped(b"{}")[:-1], "ENVELOPE_CUT"),
                             (b"\1" + enveloped(b"{}")[1:], "ENVELOPE_WRONG"),
                             (b"\0\xff\xff\xff\xff", "BODY_TOO_LARGE")):
            status, _, answer = house("council/cce").post(self.EXPORT, body,
                                                          "application/connect+json")
            messages, end = opened(answer)
            self.assertEqual((status, messages), (200, []))
            self.assertEqual(outcome(json.dumps(end["error"]))[1], reason)

    def test_a_file_is_uploaded(self):
        content = Path(contract.ROOT, "tests/clients/upload.csv").read_bytes()
        header = {"header": {"profile": "portal-empleo-2020", "source": unique("http"),
                             "recordKind": "RECORD_KIND_GENERATED", "requestId": new_id()}}
        pieces = [content[at:at + 100] for at in range(0, len(content), 100)]
        messages = [header] + [{"content": base64.b64encode(piece).decode()} for piece in pieces]
        body = enveloped(*(json.dumps(message).encode() for message in messages))
        status, _, answer = house("agency/labor").post(self.LOAD, body, "application/connect+json")
        (message,), end = opened(answer)
        self.assertEqual((status, end), (200, {}))
        self.assertEqual(base64.b64decode(json.loads(message)["contentDigest"]),
                         hashlib.sha256(content).digest())

    def test_an_upload_that_is_refused_is_read_to_its_end(self):
        body = enveloped(b'{"content": ""}') + 40 * enveloped(b" " * 100_000)
        _, _, answer = house("agency/labor").post(self.LOAD, body, "application/connect+json")
        _, end = opened(answer)
        self.assertEqual(end["error"]["code"], "invalid_argument")


class BadInput(unittest.TestCase):
    """A clear answer, and nothing half done."""

    def post(self, text, path="/puente.labor.v1.VacancyService/ListVacancies", **fields):
        status, _, body = house("council/cce").post(path, text, fields=fields)
        return status, outcome(body)

    def test_json(self):
        for text, reason, fields in (
                ("", "JSON_SYNTAX", ()), ("nonsense", "JSON_SYNTAX", ()), ("[]", "JSON_SYNTAX", ()),
                ("7", "JSON_SYNTAX", ()), ("{} {}", "JSON_SYNTAX", ()),
                ("{'filter': 'a'}", "JSON_SYNTAX", ()), ('{"filter": "\\ud800"}', "JSON_SYNTAX", ()),
                (b'{"filter": "\xff"}', "JSON_SYNTAX", ()), ('{"a":' * 65, "JSON_TOO_DEEP", ()),
                ('{"nope": 1}', "INVALID_FIELDS", {"nope"}),
                ('{"filter": "a", "filter": "b"}', "INVALID_FIELDS", {"filter"}),
                ('{"pageSize": 1, "page_size": 1}', "INVALID_FIELDS", {"page_size"}),
                ('{"pageSize": 1.5}', "INVALID_FIELDS", {"page_size"}),
                ('{"pageSize": 1e10}', "INVALID_FIELDS", {"page_size"}),
                ('{"pageSize": "many"}', "INVALID_FIELDS", {"page_size"}),
                ('{"filter": 7, "orderBy": [], "pageSize": {}}', "INVALID_FIELDS",
                 {"filter", "order_by", "page_size"})):
            self.assertEqual(self.post(text), (400, ("invalid_argument", reason, set(fields))), text)

    def test_size(self):
        self.assertEqual(self.post(" " * (4 << 20) + "{}")[1][1], "BODY_TOO_LARGE")

    def test_fields(self):
        for name, value, status, reason in (
                ("Connect-Protocol-Version", "2", 400, "PROTOCOL_VERSION"),
                ("Connect-Timeout-Ms", "soon", 400, "TIMEOUT_WRONG"),
                ("Connect-Timeout-Ms", "12345678901", 400, "TIMEOUT_WRONG"),
                ("Content-Encoding", "br", 501, "ENCODING_UNKNOWN"),
                ("Content-Encoding", "gzip", 400, "GZIP_WRONG"),
                ("Puente-Actor", "nobody", 403, "ACTOR_UNKNOWN"),
                ("Puente-Purpose", "curiosity", 403, "PURPOSE_REFUSED")):
            found, (_, said, _) = self.post("{}", **{name: value})
            self.assertEqual((found, said), (status, reason), name)
        self.assertEqual(self.post("{}", "/puente.api.v1.ServerService/GetServer",
                                   **{"Puente-Server": "moon"})[1][1], "SERVER_UNKNOWN")

    def test_deadlines(self):
        status, (code, _, _) = self.post("{}", **{"Connect-Timeout-Ms": "0"})
        self.assertEqual((status, code), (504, "deadline_exceeded"))

    def test_what_there_is_not(self):
        status, (code, reason, _) = self.post("{}", "/puente.labor.v1.VacancyService/GetNothing")
        self.assertEqual((status, code, reason), (404, "unimplemented", "METHOD_UNKNOWN"))
        self.assertEqual(house("council/cce").ask("GET", "/")[0], 404)
        self.assertEqual(house("council/cce").post(SKILLS, "{}", "text/plain")[0], 415)

    def test_other_sites(self):
        for name, value in (("Host", "attacker.example"), ("Origin", "https://attacker.example"),
                            ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")):
            status, _, _ = house("council/cce").post(SKILLS, "{}", fields={name: value})
            self.assertEqual(status, 403, name)

    def test_languages(self):
        for language, locale in (("es-MX", "es-MX"), ("en", "en")):
            _, _, body = house("council/cce").post(SKILLS, '{"nope": 1}',
                                                   fields={"Accept-Language": language})
            texts = [detail["debug"] for detail in json.loads(body)["details"]
                     if detail["type"] == "google.rpc.LocalizedMessage"]
            self.assertEqual([text["locale"] for text in texts], [locale])


if __name__ == "__main__":
    unittest.main()
