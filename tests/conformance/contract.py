"""The contract as a client in Python sees it: code generated from proto/ into a folder that ends
with the process. googleapis are the official ones (from npm's google-proto-files)."""

import atexit
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/clients"))

import generate  # noqa: E402

PROTO = generate.PROTO
AGENCIES = ("education", "economy", "labor", "science")
SERVERS = (*AGENCIES, "gateway")
# Services that belong to no agency, and who serves them.
COMMON = {"puente.api.v1.ServerService": SERVERS, "puente.api.v1.ReferenceService": SERVERS,
          "puente.api.v1.FigureExtractService": SERVERS,
          "puente.api.v1.JournalService": SERVERS,
          "puente.api.v1.CountedKindService": AGENCIES,
          "puente.api.v1.LoadService": ("economy", "education")}


def _generate():
    folder = tempfile.mkdtemp(prefix="puente-contract-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    generate.python(folder)
    sys.path.insert(0, folder)


_generate()

from google.api import field_behavior_pb2, resource_pb2  # noqa: E402
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory  # noqa: E402
from puente.api.v1 import options_pb2, principals_pb2  # noqa: E402


def types_of(source, root):
    """The messages of a proto file that belongs to no generated code, by full name."""
    with tempfile.NamedTemporaryFile(suffix=".pb") as out:
        subprocess.run(["protoc", f"-I{root}", f"--descriptor_set_out={out.name}", str(source)],
                       check=True)
        files = descriptor_pb2.FileDescriptorSet.FromString(Path(out.name).read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return message_factory.MessageFactory(pool).GetMessages([file.name for file in files.file])


def service_files():
    """Descriptors of all services of the contract, by full name."""
    return {service.full_name: service for file in files()
            for service in file.services_by_name.values()}


def servers_of(service):
    """Who serves it."""
    return COMMON.get(service) or (service.split(".")[1],)


def resources():
    """Messages that are resources, each with the services of its file."""
    for file in files():
        for message in file.message_types_by_name.values():
            if resource(message).type:
                yield message, tuple(file.services_by_name.values())


def resource(message):
    return message.GetOptions().Extensions[resource_pb2.resource]


def words(camel):
    """"skill_signals" of "skillSignals" and "SkillSignals"."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", camel).lower()


def behaviors(field):
    return set(field.GetOptions().Extensions[field_behavior_pb2.field_behavior])


def is_input(field):
    return not behaviors(field) & {field_behavior_pb2.OUTPUT_ONLY, field_behavior_pb2.IDENTIFIER}


def is_required(field):
    return field_behavior_pb2.REQUIRED in behaviors(field)


def is_immutable(field):
    return field_behavior_pb2.IMMUTABLE in behaviors(field)


def is_repeated(field):
    return field.label == field.LABEL_REPEATED


def is_owner(field):
    """Whether it holds the path of the record's owner."""
    return field.GetOptions().Extensions[options_pb2.owner]


def rules(field):
    return field.GetOptions().Extensions[options_pb2.rules]


def reference(field):
    """The type of the resource that it names, as "labor.puente/Skill"; "" if it names none."""
    return field.GetOptions().Extensions[resource_pb2.resource_reference].type


def access(method, server=None):
    """Its rights; with a server, as that one has them."""
    said = method.GetOptions().Extensions[options_pb2.access]
    if server and "self" in said.callers:
        own = "gateway" if server == "gateway" else f"agency/{server}"
        said = options_pb2.Access.FromString(said.SerializeToString())
        said.callers[:] = [own if caller == "self" else caller for caller in said.callers]
    return said


def delegable(access):
    """Whether the gateway may call the method on behalf of a caller."""
    return access.delegable or access.only_delegated


def matches(patterns, caller):
    """Whether one of these patterns of Access is of the caller."""
    return any(pattern in ("*", caller) or pattern.endswith("/*")
               and caller.startswith(pattern[:-1]) for pattern in patterns)


def may_call(method, caller, server=None):
    """Be it for its own records, or those of whom it acts for, alone."""
    return matches(admitted(access(method, server)), caller)


def admitted(access):
    """Patterns of all who may call, whatever for."""
    return [*access.callers, *access.owners, *access.agents]


def verbs(service):
    """Methods that change one record of a service otherwise than by Update and Delete."""
    return [method for method in service.methods
            if {"name", "validate_only"} <= set(method.input_type.fields_by_name)
            and not method.name.startswith("Delete")]


def streams(method):
    """Whether its requests come as a stream."""
    return _proto(method).client_streaming


def answers_stream(method):
    """Whether its answers come as a stream."""
    return _proto(method).server_streaming


def _proto(method):
    """What this version of protobuf says of a method only so."""
    proto = descriptor_pb2.ServiceDescriptorProto()
    method.containing_service.CopyToProto(proto)
    return next(m for m in proto.method if m.name == method.name)


def role(value):
    """"registrar" for ACTOR_ROLE_REGISTRAR."""
    return _id(principals_pb2.ActorRole.Name(value), "ACTOR_ROLE_")


def purpose(value):
    """As it stands in puente-purpose."""
    return _id(principals_pb2.Purpose.Name(value), "PURPOSE_")


def _id(name, prefix):
    return name.removeprefix(prefix).lower().replace("_", "-")


def files():
    """Descriptors of all files of the contract."""
    pool = descriptor_pool.Default()
    for path in sorted(PROTO.glob("puente/**/*.proto")):
        name = str(path.relative_to(PROTO))
        __import__(name.removesuffix(".proto").replace("/", ".") + "_pb2")
        yield pool.FindFileByName(name)
