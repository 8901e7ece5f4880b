"""The Debian packages, in a Debian that has nothing else of ours, booted: as docs/operations.md says it."""

import json
import os
import re
import sys
import tempfile
import unittest
from pathlib import Path

from deploy.local import certificates, registry
from deploy.local.certificates import AGENCIES, SERVERS
from deploy.local.narrator import Narrator
from deploy.local.place import Place
from deploy.packages import make
from deploy.packages.version import ROOT, Version
from tests.packages.clean_root import CleanRoot

BUILD = Path(os.environ["PUENTE_BUILD"])
PAGE = (ROOT / "docs/operations.md").read_text("utf-8")
INSTALL, SERVER, KEYS, START, HTTP = re.findall(
    r"^```sh\n(.*?)^```$", PAGE.split("\n## Installing\n")[1].split("\n## ")[0], re.M | re.S)


@unittest.skipUnless(os.geteuid() == 0, "a root of its own is made by root alone")
class Debian(unittest.TestCase):
    """Steps of one machine's life, in the order of their names."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="puente-packages-")
        cls.addClassCleanup(folder.cleanup)
        cls.packages = Path(folder.name, "packages")
        make.make(BUILD.absolute(), cls.packages, quick=True, narrator=Narrator(quiet=True))
        cls.hand_over(Path(folder.name, "var"))
        cls.root = cls.enterClassContext(CleanRoot(cls.packages))
        cls.root.prepare(
            "cd /packages && apt-get update -q && apt-get install -y -q --no-install-recommends "
            "-o Dpkg::Options::=--force-unsafe-io ./puente-*.deb")
        cls.root.boot()

    @classmethod
    def hand_over(cls, var):
        """What the operators give: certificates and an issue of the registry."""
        place = Place(var)
        place.open()
        cls.addClassCleanup(place.close)
        given, _ = certificates.ensure(place)
        registry.make(place)
        to = cls.packages / "given"
        to.mkdir()
        for server in SERVERS:
            path = f"agency/{server}" if server in AGENCIES else server
            for end in ("pem", "key"):
                (to / f"{server}.{end}").write_bytes((given / f"{path}.{end}").read_bytes())
        for end in ("pem", "key"):
            (to / f"cce.{end}").write_bytes((given / f"council/cce.{end}").read_bytes())
        (to / "ca.pem").write_bytes((given / "ca.pem").read_bytes())
        files = registry.files(place)
        (to / "principals.textproto").write_bytes(Path(files["file"]).read_bytes())
        (to / "public.pem").write_bytes(Path(files["public_key"]).read_bytes())

    def run_it(self, command, folder="/root"):
        return self.root.run(command, folder)

    def test_1_what_is_installed(self):
        for name in ("puente", "puente-http", "puente-embedded", *(f"puente-{s}" for s in SERVERS)):
            self.assertIn(Version().number, self.run_it(f"{name} --version"))
            self.run_it(f"{name} --help")
        units = [f"puente-{server}" for server in SERVERS]
        self.run_it("systemd-analyze verify " + " ".join(
            f"/lib/systemd/system/{unit}.service" for unit in [*units, "puente-http@x"]))
        for unit in units:
            self.run_it(f"id {unit}")
            self.assertEqual(self.root.ask(f"systemctl is-enabled {unit}"), "disabled")
            self.assertEqual(self.root.ask(f"systemctl is-active {unit}"), "inactive")
            # 1.1 is "OK" by what systemd thinks of it; 10 is no protection.
            self.run_it(f"systemd-analyze security --threshold=20 {unit}")
        modes = self.run_it("stat -c '%a %U %n' /etc/puente/*").splitlines()
        self.assertEqual(len(modes), len(SERVERS) + 3, modes)
        for line in modes:
            self.assertRegex(line, r"^(644 root .*\.textproto|755 root .*/(tls|registry|http))$")
        self.assertEqual(self.root.ask("dpkg --verify puente-servers puente-client"), "")
        self.assertTrue((self.root.path / "usr/share/puente/puente.binpb").is_file())

    def test_2_the_page_makes_servers_of_it(self):
        for server in SERVERS:
            self.run_it(SERVER.replace("server=labor", f"server={server}"), "/packages/given")
        self.run_it(KEYS)
        for server in SERVERS:
            self.run_it(f"server={server}\n{START}")
        modules = {name: {"address": f"127.0.0.1:{port}"} for port, name in
                   enumerate(("education", "economy", "labor", "science"), 7441)}
        given = "/packages/given"
        info = {"gateway": {"address": "127.0.0.1:7440"}, "modules": modules, "callers": {
            "council/cce": {"ca": f"{given}/ca.pem", "certificate": f"{given}/cce.pem",
                            "key": f"{given}/cce.key"}}}
        (self.root.path / "etc/puente/federation.json").write_text(json.dumps(info))
        self.root.becomes(lambda: self.root.ask(
            "systemctl is-failed puente-*.service || puente status >/dev/null && echo up")
            .endswith("up"))
        status = json.loads(self.run_it("puente --format json status --as council/cce"))
        self.assertEqual(len(status), len(SERVERS), status)


if __name__ == "__main__":
    if os.geteuid() == 0 and "PUENTE_UNSHARED" not in os.environ:
        # In a mount namespace of its own, so that mounts end with the process, however it does.
        os.execvpe("unshare", ["unshare", "--mount", sys.executable, "-P", *sys.argv],
                   dict(os.environ, PUENTE_UNSHARED="1"))
    unittest.main(failfast=True)
