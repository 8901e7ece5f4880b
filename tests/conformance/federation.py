"""Calls to a running federation, as any caller of it, and what its refusals say."""

import contextlib
import json
import os
import uuid
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import contract  # generates what is imported below
import grpc

from google.protobuf import descriptor_pool, message_factory
from google.rpc import error_details_pb2, status_pb2

CATALOGUES = {"puente", "education.puente", "economy.puente", "labor.puente", "science.puente",
              "gateway.puente"}
TIMEOUT = 20  # seconds; a limit for tests, not what a call takes


def info():
    with open(os.environ["PUENTE_FEDERATION"], encoding="utf-8") as file:
        return json.load(file)


def address(server):
    known = info()
    return (known["gateway"] if server == "gateway" else known["modules"][server])["address"]


@lru_cache(maxsize=None)
def credentials(caller):
    files = info()["callers"].get(caller) or _gateways_own()
    ca, key, certificate = (Path(files[name]).read_bytes()
                            for name in ("ca", "key", "certificate"))
    return grpc.ssl_channel_credentials(ca, key, certificate)


def _gateways_own():
    """The certificate of the gateway, which is no caller that a person can choose."""
    ca = Path(next(iter(info()["callers"].values()))["ca"])
    return {"ca": ca, "key": ca.parent / "gateway.key", "certificate": ca.parent / "gateway.pem"}


@lru_cache(maxsize=None)
def channel(server, caller):
    return grpc.secure_channel(address(server), credentials(caller))


def close_channels():
    """The next call of anybody connects anew."""
    channel.cache_clear()


# Methods that another actor calls than the one who made what they are about.
OF_ANOTHER = {"ConfirmCertifierChange"}


class Service:
    """A service of one agency, called by somebody: Service("puente.labor.v1.SkillService",
    "agency/labor").GetSkill(name="skills/english")."""

    def __init__(self, name, caller, server=None):
        self.descriptor = contract.service_files()[name]
        self.caller = caller
        self.server = server or name.split(".")[1]
        module = self.descriptor.file.name.removesuffix(".proto").replace("/", ".")
        stub = getattr(import_module(module + "_pb2_grpc"), self.descriptor.name + "Stub")
        self._stub = stub(channel(self.server, caller))
        self._gateways = stub(channel(self.server, "gateway"))

    def request(self, method, /, **fields):
        return message_class(self.descriptor.methods_by_name[method].input_type)(**fields)

    def call(self, method, request, metadata=(), timeout=TIMEOUT):
        """The answer, or the list of them, and the initial metadata. Says who acts, and why, where the method asks."""
        metadata = (*metadata, *self._said(method))
        stub = getattr(self._gateways if self._is_step(method) else self._stub, method)
        if contract.answers_stream(self.descriptor.methods_by_name[method]):
            stream = stub(request, metadata=metadata, timeout=timeout)
            return list(stream), dict(stream.initial_metadata())
        answer, call = stub.with_call(request, metadata=metadata, timeout=timeout)
        return answer, dict(call.initial_metadata())

    def _is_step(self, method):
        """Whether it is a step of an act, which the gateway takes for the caller."""
        return contract.access(self.descriptor.methods_by_name[method]).only_delegated

    def _said(self, method):
        access = contract.access(self.descriptor.methods_by_name[method])
        said = [("puente-original-caller", self.caller)] if self._is_step(method) else []
        if access.roles:
            number = 2 if method in OF_ANOTHER else 1
            roles = [contract.role(role) for role in access.roles]
            has = info()["actors"].get(self.caller, {}).values()
            said.append(("puente-actor",
                         f"{next((role for role in roles if role in has), roles[0])}-{number}"))
        if access.purposes:
            said.append(("puente-purpose", contract.purpose(access.purposes[0])))
        return said

    def __getattr__(self, method):
        if method not in self.descriptor.methods_by_name:
            raise AttributeError(method)
        return lambda **fields: self.call(method, self.request(method, **fields))[0]

    def stream(self, method, requests, metadata=()):
        return getattr(self._stub, method)(iter(requests), metadata=metadata, timeout=60)


def message_class(descriptor):
    return message_factory.MessageFactory(descriptor_pool.Default()).GetPrototype(descriptor)


def new_id():
    return str(uuid.uuid4())


def unique(stem):
    """An id that no other test uses."""
    return f"{stem}-{uuid.uuid4().hex[:12]}"


class Refusal:
    """What a refused call says to programs and to people."""

    def __init__(self, error):
        self.code = error.code()
        self.text = error.details()
        self.infos, self.localized, self.violations, self.size = [], [], [], 0
        self.resources = []
        trailers = dict(error.trailing_metadata() or ())
        raw = trailers.get("grpc-status-details-bin", b"")
        self.size = len(raw)
        for detail in status_pb2.Status.FromString(raw).details:
            self._add(detail)

    def _add(self, detail):
        for kind, found in ((error_details_pb2.ErrorInfo, self.infos),
                            (error_details_pb2.LocalizedMessage, self.localized),
                            (error_details_pb2.ResourceInfo, self.resources)):
            message = kind()
            if detail.Unpack(message):
                found.append(message)
        bad = error_details_pb2.BadRequest()
        if detail.Unpack(bad):
            self.violations += bad.field_violations

    @property
    def reason(self):
        return self.infos[0].reason if self.infos else ""

    @property
    def fields(self):
        return {violation.field for violation in self.violations}

    def __str__(self):
        return f"{self.code} {self.reason} {sorted(self.fields)} {self.text!r}"


@contextlib.contextmanager
def refusal_of(found):
    """Appends to `found` the refusal that the body ends in."""
    try:
        yield
    except grpc.RpcError as error:
        found.append(Refusal(error))
