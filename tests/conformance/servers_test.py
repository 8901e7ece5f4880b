"""What every server answers: who it is, whether it serves, and what its contract is."""

import collections
import unittest
from pathlib import Path

import contract
import grpc
import samples
from checks import Conformance, every_page, record_counts
from federation import Service, channel
from google.protobuf import descriptor_pb2, descriptor_pool
from puente.type.v1.record_pb2 import RECORD_KIND_GENERATED

SERVERS = contract.SERVERS
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
            found = Service("puente.api.v1.ServerService", "reporter/inegi", server).GetServer()
            self.assertEqual(found.agency, server)
            self.assertTrue(found.version)
            self.assertIn(found.hosting, (1, 2))
            self.assertGreater(found.start_time.seconds, 1_700_000_000)
            self.assertGreater(found.schema_version, 0)
            self.assertEqual(found.journal_position > 0, server != "gateway")

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
        self.assertEqual(set(compared), set(contract.AGENCIES))
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


if __name__ == "__main__":
    unittest.main()
