"""Who may do what. Every method of the contract is called by every kind of caller, in person and
through the gateway, with actors of every role and with every purpose, and with what is one's own
and what is another's. What must come of it is worked out here, from the contract's options and the
registry alone: nothing is allowed that is not declared, nothing that is declared is refused."""

import collections
import itertools
import unittest

import contract
import grpc
import samples
from checks import Conformance
from federation import Refusal, Service, channel, info, message_class

SERVERS = ("education", "economy", "labor", "science", "gateway")
RIGHTS = {"CALLER_REFUSED", "DELEGATION_REFUSED", "CALLER_NOT_REGISTERED", "CALLER_BLOCKED",
          "ACTOR_UNKNOWN", "ACTOR_REFUSED", "PURPOSE_REFUSED"}


def registry():
    """The roles of the actors of everybody whom the registry lists."""
    callers = [*info()["callers"], "gateway"]
    actors = info()["actors"]
    return {path: {actor: {role} for actor, role in actors.get(path, {}).items()}
            for path in callers}


def matches(patterns, path):
    return any(pattern in ("*", path) or pattern.endswith("/*") and path.startswith(pattern[:-1])
               for pattern in patterns)


def expected(access, known, peer, original, actor, purpose):
    """The reason of the refusal, "" if the call is let in."""
    caller = original or peer
    if original:
        if peer != "gateway" or not access.delegable or original == "gateway":
            return "DELEGATION_REFUSED"
    if not matches([*access.callers, *access.owners], caller):
        return "CALLER_REFUSED"
    roles = {contract.role(role) for role in access.roles}
    if actor and actor not in known[caller]:
        return "ACTOR_UNKNOWN"
    if roles and not roles & known[caller].get(actor, set()):
        return "ACTOR_REFUSED"
    owner = not matches(access.callers, caller)
    purposes = {contract.purpose(value) for value in access.purposes}
    if owner or not purposes:
        return "" if purpose in ("", *all_purposes()) else "PURPOSE_REFUSED"
    return "" if purpose in purposes else "PURPOSE_REFUSED"


def all_purposes():
    return [contract.purpose(value) for value in contract.principals_pb2.Purpose.values() if value]


def methods():
    for name, service in contract.service_files().items():
        area = name.split(".")[1]
        for server in SERVERS if area == "api" else (area,):
            for method in service.methods:
                yield server, method


class Matrix(Conformance):
    """Requests are empty: rights come before validation, so whatever is not refused for its rights
    was let in."""

    def setUp(self):
        self.known = registry()
        self.counted = collections.Counter()

    def outcome(self, server, method, peer, metadata):
        name = f"/{method.containing_service.full_name}/{method.name}"
        kind = message_class(method.input_type)
        answer = message_class(method.output_type).FromString
        where = channel(server, peer)
        try:
            if contract.streams(method):
                where.stream_unary(name, kind.SerializeToString, answer)(
                    iter(()), metadata=metadata, timeout=20)
            else:
                where.unary_unary(name, kind.SerializeToString, answer)(
                    kind(), metadata=metadata, timeout=20)
        except grpc.RpcError as error:
            reason = Refusal(error).reason
            self.assertTrue(reason, (name, peer, metadata, error))
            return reason if reason in RIGHTS else ""
        return ""

    def check(self, server, method, peer, original="", actor="", purpose=""):
        said = (("puente-original-caller", original), ("puente-actor", actor),
                ("puente-purpose", purpose))
        wanted = expected(contract.access(method), self.known, peer, original, actor, purpose)
        found = self.outcome(server, method, peer, tuple(pair for pair in said if pair[1]))
        self.assertEqual(found, wanted, (server, method.full_name, peer, *said))
        self.counted[wanted or "let in"] += 1

    def test_kinds_in_person(self):
        for (server, method), caller in itertools.product(methods(), self.known):
            self.check(server, method, caller)
        self.assertGreater(self.counted["let in"], 100)
        self.assertGreater(self.counted["CALLER_REFUSED"], 100)

    def test_kinds_through_the_gateway(self):
        for (server, method), caller in itertools.product(methods(), self.known):
            self.check(server, method, "gateway", original=caller)
        self.assertGreater(self.counted["let in"], 100)
        self.assertGreater(self.counted["DELEGATION_REFUSED"], 100)

    def test_nobody_but_the_gateway_passes_calls_on(self):
        for (server, method), caller in itertools.product(methods(), self.known):
            if caller != "gateway":
                self.check(server, method, caller, original="agency/education")

    def test_actors_of_every_role(self):
        for server, method in methods():
            for caller, actors in self.known.items():
                for actor in (*actors, "nobody"):
                    self.check(server, method, caller, actor=actor)
                    if contract.access(method).delegable:
                        self.check(server, method, "gateway", original=caller, actor=actor)
        for reason in ("let in", "ACTOR_REFUSED", "ACTOR_UNKNOWN"):
            self.assertGreater(self.counted[reason], 3, reason)

    def test_every_purpose(self):
        for server, method in methods():
            for caller in ("agency/economy", "company/acme", "council/cce", "agency/education"):
                for purpose in (*all_purposes(), "curiosity", "STATISTICS"):
                    self.check(server, method, caller, purpose=purpose)
        self.assertGreater(self.counted["PURPOSE_REFUSED"], 10)


class OwnRecords(Conformance):
    """What owners may do is done to a record of their own, and refused for another's: for every
    method that declares owners, by every kind that it names."""

    SELF = {"organization": "organization/unam", "company": "company/acme",
            "chamber": "chamber/canacintra", "supplier": "supplier/portal"}

    def test_every_method_with_owners(self):
        tried = set()
        for server, method in methods():
            for pattern in contract.access(method).owners:
                caller = self.SELF[pattern.split("/")[0]]
                resource, = [r for r in samples.RESOURCES
                             if r.service == method.containing_service.full_name]
                self.try_both(Service(resource.service, caller), method, resource, caller)
                tried.add(method.full_name)
        self.assertGreaterEqual(len(tried), 10)

    def try_both(self, service, method, resource, caller):
        for own in (True, False):
            request = samples.owned_request(resource, method, caller, own)
            with self.subTest(method=method.full_name, caller=caller, own=own):
                try:
                    service.call(method.name, request)
                    reason = ""
                except grpc.RpcError as error:
                    reason = Refusal(error).reason
                if own:  # done, or it was there before, or it has another etag than any
                    self.assertIn(reason, {"", resource.reason + "_ALREADY_EXISTS",
                                           "ETAG_MISMATCH"})
                elif resource.hidden and "name" in method.input_type.fields_by_name:
                    self.assertEqual(reason, resource.reason + "_NOT_FOUND")
                else:
                    self.assertIn(reason, {"OWNER_MISMATCH", "OWNER_LIST_REFUSED"})


if __name__ == "__main__":
    unittest.main()
