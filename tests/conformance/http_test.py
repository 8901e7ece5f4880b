"""Every method through JSON over HTTP (puente-http) and through gRPC: the same answers and the same
refusals. A puente-http runs for each caller, as a house would run it."""

import base64
import concurrent.futures
import gzip
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
from federation import Refusal, Service, info, message_class
from google.protobuf import json_format

ENVELOPE = 5  # bytes before each message of a stream
# What differs from one call to the next: when it was, and how long it took.
TYPES_OF_THE_MOMENT = {"google.protobuf.Timestamp", "google.protobuf.Duration"}
FIELDS_OF_THE_MOMENT = {"freshness", "freshness_token"}


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
                caller = next((caller for caller in info()["callers"]
                               if contract.may_call(method, caller)), "council/cce")
                yield contract.servers_of(name)[0], method, caller


def said(service, method):
    """As fields of HTTP; of steps of acts, which are the gateway's alone, nothing is."""
    return {name.title(): value for name, value in service._said(method.name)
            if name != "puente-original-caller"}


def outcome(body, method):
    """An answer as a message, or a refusal as (code, reason, fields)."""
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


class OverHttp(unittest.TestCase):
    def compare(self, server, method, caller, request):
        """Whether both ways have an answer."""
        service = Service(method.containing_service.full_name, caller, server)
        fields = said(service, method)
        answer, refusal = by_grpc(service, method, request,
                                  tuple((name.lower(), value) for name, value in fields.items()))
        status, _, body = house(caller).post(
            path_of(method), json_format.MessageToJson(request),
            fields={**fields, "Puente-Server": server})
        with self.subTest(method=path_of(method), caller=caller):
            if refusal is not None:
                self.assertGreaterEqual(status, 400, body)
                self.assertEqual(outcome(body, method), refusal)
                return False
            self.assertEqual(status, 200, body)
            through_json = json_format.Parse(body, message_class(method.output_type)())
            # As Protobuf itself writes it, to the last member.
            self.assertEqual(json.loads(body), json_format.MessageToDict(through_json))
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


if __name__ == "__main__":
    unittest.main()
