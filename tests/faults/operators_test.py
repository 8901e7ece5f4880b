"""A federation whose certificates and registry puente-registry made, and nothing else: who is
entered calls, who is blocked does not, and servers take neither an older issue nor one that
somebody has changed."""

import json
import os
import re
import subprocess
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import grpc
from places import RECONNECT, module_of, reason_of

from deploy.local import certificates
from deploy.local.federation import Federation
from tests.deploy.operators import BUILD, must, request, run, spiffe

LIMIT = 5  # seconds from a change to its effect, as the operators' page promises
PARTY = "company/prueba"

server = module_of("puente/api/v1/server_pb2")
server_grpc = module_of("puente/api/v1/server_pb2_grpc")


def make_certificates(var):
    """What certificates.ensure() would make."""
    folder = var / "certificates/made-by-operators"
    registry = var / "registry"
    must(registry, "--authority", folder, "init")
    must(registry, "--authority", folder, "init-authority")
    for path in certificates.CALLERS + ("gateway",):
        stem = folder / path
        stem.parent.mkdir(exist_ok=True)
        serves = path == "gateway" or path.startswith("agency/")
        hosts = ("--host", "localhost", "--host", "127.0.0.1") if serves else ()
        must(registry, "--authority", folder, "sign-request", path,
             request(stem, spiffe(path)), *hosts, "--out", f"{stem}.pem")
    (var / "certificates/current").symlink_to(folder.name)
    return folder


class Operators(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="puente-operators-")
        cls.addClassCleanup(folder.cleanup)
        cls.var = Path(folder.name, "var")
        cls.var.mkdir()
        (cls.var / "lock").touch()
        cls.authority = make_certificates(cls.var)
        cls.federation = Federation(cls.var, restart=False)
        cls.federation.start()
        cls.addClassCleanup(cls.federation.stop)
        cls.registry = cls.var / "registry"
        cls.file = cls.registry / "principals.textproto"

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="puente-party-")
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name)

    def must(self, *arguments):
        return must(self.registry, "--authority", self.authority, *arguments)

    def channel(self, stem, where="labor"):
        files = self.authority / "ca.pem", f"{stem}.key", f"{stem}.pem"
        tls = grpc.ssl_channel_credentials(*((self.work / name).read_bytes() for name in files))
        channel = grpc.secure_channel(self.federation.info["modules"][where]["address"], tls,
                                      RECONNECT)
        self.addCleanup(channel.close)
        return channel

    def ask(self, channel, person=""):
        metadata = (("puente-actor", person),) if person else ()
        try:
            server_grpc.ServerServiceStub(channel).GetServer(server.GetServerRequest(), timeout=10,
                                                             metadata=metadata)
        except grpc.RpcError as error:
            return reason_of(error)
        return ""

    def becomes(self, wanted, channel, person=""):
        until = time.monotonic() + LIMIT
        while (said := self.ask(channel, person)) != wanted:
            self.assertLess(time.monotonic(), until, said)
            time.sleep(0.02)

    def refusals(self):
        where = self.federation.info["modules"]["labor"]["admin"]
        with urllib.request.urlopen(f"http://{where}/metrics", timeout=10) as answer:
            return int(re.search(r"^puente_registry_refused_total (\d+)", answer.read().decode(),
                                 re.M).group(1))

    def refuses(self, content):
        """The servers go on with what they had."""
        before = self.refusals()
        fresh = self.registry / "other"
        fresh.write_bytes(content)
        os.replace(fresh, self.file)
        until = time.monotonic() + LIMIT
        while self.refusals() == before:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.02)

    def test_a_party_from_its_request_to_its_next_certificate(self):
        asked = request(self.work / "first", spiffe(PARTY))
        self.must("sign-request", PARTY, asked, "--out", self.work / "first.pem")
        first = self.channel("first")
        self.assertEqual(self.ask(first), "CALLER_NOT_REGISTERED")
        self.must("enter", PARTY, "--person", "ana-r7=officer")
        self.becomes("", first)
        self.assertEqual((self.ask(first, "ana-r7"), self.ask(first, "eva")), ("", "ACTOR_UNKNOWN"))
        self.must("block", PARTY, "--person", "ana-r7", "--why", "has left")
        self.becomes("ACTOR_UNKNOWN", first, "ana-r7")
        self.must("block", PARTY, "--why", "its key was stolen")
        self.becomes("CALLER_BLOCKED", first)
        self.must("unblock", PARTY, "--why", "it has another key")
        self.becomes("", first)
        self.must("renew", PARTY, request(self.work / "next", spiffe(PARTY)), "--out",
                  self.work / "next.pem")
        self.assertEqual(self.ask(self.channel("next")), "")
        self.assertEqual(self.ask(first), "")  # both are good

    def test_servers_take_no_older_issue_and_none_that_was_changed(self):
        self.must("enter", "company/otra")
        before = self.file.read_bytes()
        self.must("block", "company/otra", "--why", "x")
        asked = request(self.work / "otra", spiffe("company/otra"))
        status, _, err = run(self.registry, "--authority", self.authority, "sign-request",
                             "company/otra", asked, "--out", self.work / "otra.pem")
        self.assertEqual((status, "PARTY_BLOCKED" in err), (1, True), err)
        self.must("unblock", "company/otra", "--why", "y")
        self.must("sign-request", "company/otra", asked, "--out", self.work / "otra.pem")
        self.must("block", "company/otra", "--why", "x")
        channel = self.channel("otra")
        self.becomes("CALLER_BLOCKED", channel)
        last = self.file.read_bytes()
        self.refuses(before)
        self.refuses(last.replace(b'path: "company/otra" blocked: true', b'path: "company/otra"'))
        self.assertEqual(self.ask(channel), "CALLER_BLOCKED")
        status, _, err = run(self.registry, "verify")
        self.assertEqual((status, "REGISTRY_INVALID" in err), (1, True), err)
        self.file.write_bytes(last)
        self.must("unblock", "company/otra", "--why", "z")
        self.becomes("", channel)

    def test_a_sandbox_party_in_one_command(self):
        party = "certifier/prueba"
        made = subprocess.run(
            [BUILD / "bin/puente-registry", "--lang", "en", "sandbox", party, "--federation",
             self.federation.place.info], capture_output=True, text=True, check=True).stdout
        file = Path(re.search(r"PUENTE_FEDERATION=(\S+)", made).group(1))
        self.assertEqual((file.parent / "puente.key").stat().st_mode & 0o777, 0o600)
        call, = re.findall(r"^  puente (.*)$", made, re.M)
        until = time.monotonic() + LIMIT
        while (done := self.puente(file, *call.split())).returncode:
            self.assertLess(time.monotonic(), until, done.stderr)
        self.assertIn(party, done.stdout)
        persons = json.loads(file.read_text("utf-8"))["actors"][party]
        self.assertEqual(persons["reviewer-1"], "reviewer")
        # Again, which changes nothing, and another party from its environment.
        before = self.file.read_bytes()
        certificate = (file.parent / "puente.pem").read_bytes()
        for name, changed in ((party, False), ("company/muestra-2", True)):
            subprocess.run([BUILD / "bin/puente-registry", "sandbox", name], check=True,
                           env=dict(os.environ, PUENTE_FEDERATION=str(file)), capture_output=True)
            self.assertEqual(self.file.read_bytes() != before, changed)
        self.assertEqual((file.parent / "puente.pem").read_bytes(), certificate)
        refused = subprocess.run(
            [BUILD / "bin/puente-registry", "sandbox", "agency/labor", "--federation",
             self.federation.place.info], capture_output=True, text=True, check=False)
        self.assertIn("SANDBOX_PARTY_KNOWN", refused.stderr)

    def puente(self, file, *arguments):
        return subprocess.run([BUILD / "bin/puente", *arguments], capture_output=True, text=True,
                              env=dict(os.environ, PUENTE_FEDERATION=str(file)), check=False)


if __name__ == "__main__":
    unittest.main()
