"""What every server answers: who it is, whether it serves, and what its contract is."""

import collections
import unittest
from pathlib import Path

import contract
import grpc
import samples
from checks import Conformance, every_page, record_counts
from federation import Service, channel, info
from google.protobuf import descriptor_pb2, descriptor_pool
from puente.type.v1.record_pb2 import RECORD_KIND_GENERATED

SERVER, SERVERS = "puente.api.v1.ServerService", contract.SERVERS
HEALTH = contract.types_of(contract.PROTO / "deps/grpc/health/v1/health.proto",
                           contract.PROTO / "deps")
HERE = Path(__file__).resolve().parent
REFLECTION = contract.types_of(HERE / "reflection.proto", HERE)
SERVING = 1


def services_of(server):
    return {name for name in contract.service_files() if server in contract.servers_of(name)}


class Servers(Conformance):
    def test_each_says_who_it_is(self):
        for server in SERVERS:
            found = Service("puente.api.v1.ServerService", "auditor/asf", server).GetServer()
            self.assertEqual(found.agency, server)
            self.assertTrue(found.version)
            self.assertIn(found.hosting, (1, 2))
            self.assertGreater(found.start_time.seconds, 1_700_000_000)
            self.assertGreater(found.schema_version, 0)
            self.assertGreater(found.journal_position, 0)

    def test_record_counts_are_those_of_the_lists(self):
        compared = collections.Counter()
        for resource in samples.RESOURCES:
            server = resource.service.split(".")[1]
            collection = contract.resource(resource.message).plural
            counted = record_counts(server).get(collection)
            if counted is None:  # tools and skills of releases, which a release counts
                self.assertIn("vocabulary_release", resource.pattern)
                continue
            found, _ = every_page(Service(resource.service, resource.owner),
                                  "List" + resource.kinds, resource.plural, 1000,
                                  **resource.everything())
            with self.subTest(collection=collection):
                self.assertEqual(counted, (len(found), sum(
                    record.record_kind == RECORD_KIND_GENERATED for record in found)))
            compared[server] += 1
        self.assertEqual(set(compared), set(contract.SERVERS))
        self.assertGreater(compared.total(), 12)


class Health(Conformance):
    def check(self, server, service):
        ask = HEALTH["grpc.health.v1.HealthCheckRequest"](service=service)
        call = channel(server, "auditor/asf").unary_unary(
            "/grpc.health.v1.Health/Check", lambda message: message.SerializeToString(),
            HEALTH["grpc.health.v1.HealthCheckResponse"].FromString)
        return call(ask, timeout=10).status

    def test_each_service_is_served(self):
        for server in SERVERS:
            for service in services_of(server) | {""}:
                self.assertEqual(self.check(server, service), SERVING, (server, service))

    def test_an_unknown_service_is_not_found(self):
        for service in ("nonsense", "puente.economy.v1.DemandService"):
            with self.assertRaises(grpc.RpcError) as caught:
                self.check("labor", service)
            self.assertEqual(caught.exception.code(), grpc.StatusCode.NOT_FOUND)


class Reflection(Conformance):
    def ask(self, server, *questions):
        kind = REFLECTION["grpc.reflection.v1alpha.ServerReflectionRequest"]
        call = channel(server, "auditor/asf").stream_stream(
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
            lambda message: message.SerializeToString(),
            REFLECTION["grpc.reflection.v1alpha.ServerReflectionResponse"].FromString)
        return list(call(iter([kind(**question) for question in questions]), timeout=10))

    def listed(self, server):
        answer, = self.ask(server, {"list_services": "*"})
        return {service.name for service in answer.list_services_response.service}

    def test_all_services_are_listed(self):
        for server in SERVERS:
            self.assertEqual(self.listed(server) - {"grpc.reflection.v1alpha.ServerReflection"},
                             services_of(server) | {"grpc.health.v1.Health"})

    def resolve(self, server, files, **question):
        """Adds the file asked for to `files`, after all that it imports."""
        answer, = self.ask(server, question)
        self.assertTrue(answer.HasField("file_descriptor_response"), f"{server}: {question}")
        for raw in answer.file_descriptor_response.file_descriptor_proto:
            file = descriptor_pb2.FileDescriptorProto.FromString(raw)
            for name in file.dependency:
                if name not in files:
                    self.resolve(server, files, file_by_filename=name)
            files.setdefault(file.name, file)

    def test_every_descriptor_is_complete(self):
        for server in SERVERS:
            files = {}
            for service in self.listed(server) - {"grpc.reflection.v1alpha.ServerReflection"}:
                self.resolve(server, files, file_containing_symbol=service)
            pool = descriptor_pool.DescriptorPool()
            for file in files.values():  # in the order of their imports
                pool.Add(file)
            for service in services_of(server):
                self.compare(pool.FindServiceByName(service), contract.service_files()[service])

    def compare(self, served, published):
        self.assertEqual([method.name for method in served.methods],
                         [method.name for method in published.methods])
        for name, method in served.methods_by_name.items():
            ours = published.methods_by_name[name]
            for kind, known in ((method.input_type, ours.input_type),
                                (method.output_type, ours.output_type)):
                self.assertEqual(kind.full_name, known.full_name)
                self.assertEqual([(f.number, f.name, f.type) for f in kind.fields],
                                 [(f.number, f.name, f.type) for f in known.fields])


class WhoAmI(Conformance):
    """What a server tells a caller of itself is what the contract and the registry say."""

    def test_everybody_is_told_what_it_may_call(self):
        for caller in (*info()["callers"], "gateway"):
            for server in contract.SERVERS:
                with self.subTest(caller=caller, server=server):
                    told = Service(SERVER, caller, server).WhoAmI()
                    self.assertEqual((told.agency, told.path), (server, caller))
                    self.assertEqual({method.method: method.own_records_only
                                      for method in told.methods}, self.expected(caller, server))

    def expected(self, caller, server):
        return {f"{name}/{method.name}":
                not contract.matches(contract.access(method, server).callers, caller)
                for name, service in contract.service_files().items()
                if server in contract.servers_of(name) for method in service.methods
                if contract.may_call(method, caller, server)}

    def test_an_actor_and_what_is_needed_are_told(self):
        service = Service(SERVER, "organization/unam", "education")
        told, _ = service.call("WhoAmI", service.request("WhoAmI"),
                               metadata=(("puente-actor", "registrar-1"),))
        self.assertEqual((told.actor, list(told.actor_roles)), ("registrar-1", [2]))
        self.assertEqual((told.record_kind, list(told.sources)), (2, ["organization.unam"]))
        needing = {method.method.split("/")[1]: (list(method.roles), list(method.purposes))
                   for method in told.methods if method.roles or method.purposes}
        wanted = {method.name: (list(contract.access(method).roles),
                                [] if "organization/*" in contract.access(method).owners
                                and not contract.access(method).opens_personal
                                else list(contract.access(method).purposes))
                  for name, served in contract.service_files().items()
                  if "education" in contract.servers_of(name) for method in served.methods
                  if contract.may_call(method, "organization/unam")}
        self.assertEqual(needing, {name: needs for name, needs in wanted.items() if any(needs)})

    def test_an_agency_says_itself_where_its_records_come_from(self):
        at_home = Service(SERVER, "agency/labor", "labor").WhoAmI()
        self.assertEqual((at_home.record_kind, list(at_home.sources)), (0, []))
        abroad = Service(SERVER, "agency/labor", "economy").WhoAmI()
        self.assertEqual((abroad.record_kind, list(abroad.sources)), (2, ["agency.labor"]))
        portal = Service(SERVER, "supplier/portal", "labor").WhoAmI()
        self.assertEqual((portal.record_kind, list(portal.sources)), (1, ["portal-del-empleo"]))


class Counted(Conformance):
    def test_every_collection_of_figures_says_which_kind_counts(self):
        for server, collections in {"labor": ["vacancies"], "economy": ["demandStatements",
                                                                            "trainingPlaces"],
                                    "education": ["microcredentialVersions", "programVersions",
                                                  "awards"],
                                    "science": ["skillSignals"], "gateway": []}.items():
            with self.subTest(server=server):
                told = Service(SERVER, "auditor/asf", server).GetServer().counted_kinds
                self.assertEqual([setting.collection for setting in told], collections)
                for setting in told:
                    self.assertEqual((setting.record_kind, setting.effective_date.year,
                                      setting.caller),
                                     (RECORD_KIND_GENERATED, 2020, f"agency/{server}"))


if __name__ == "__main__":
    unittest.main()
