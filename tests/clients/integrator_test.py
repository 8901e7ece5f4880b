"""What docs/integrator.md shows is run as it stands there, on nothing but what is installed; and what
docs/operations.md has the operators do for it."""

import hashlib
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from clients import reports  # noqa: E402

BUILD = Path(os.environ["PUENTE_BUILD"])
FEDERATION = Path(os.environ["PUENTE_FEDERATION"])
PAGE, OPERATIONS = ((ROOT / f"docs/{name}.md").read_text(encoding="utf-8")
                    for name in ("integrator", "operations"))
LIMIT = 5  # seconds until a party that was entered is let in
HTTP_PORT = "8080"  # on the page; here a free one


def block(heading, language, page=PAGE):
    """The code of a section."""
    section, = [text for text in page.split("\n## ") if text.startswith(heading + "\n")]
    found, = re.findall(rf"^```{language}\n(.*?)^```$", section, re.M | re.S)
    return found


def commands(begin):
    """Those within the text."""
    return [command for command in re.findall(r"`([^`\n]+)`", PAGE) if command.startswith(begin)]


class Integrator(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="puente-installed-")
        cls.addClassCleanup(folder.cleanup)
        command, = commands("cmake --install ")
        Path(folder.name, "build").symlink_to(BUILD)  # whatever its preset
        subprocess.run(shlex.split(command.replace("DIR", folder.name)), cwd=folder.name,
                       check=True, stdout=subprocess.DEVNULL)
        cls.share = Path(folder.name, "share/puente")

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="puente-integrator-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name, target in (("proto", self.share / "proto"), ("tests", ROOT / "tests"),
                             ("build", BUILD), ("var/federation.json", FEDERATION),
                             ("node_modules", ROOT / "tests/clients/node/node_modules")):
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).symlink_to(target)

    def run_it(self, *command, env=None):
        done = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout.strip()

    def test_what_is_installed_is_the_contract_and_nothing_else(self):
        files = {path.relative_to(self.share / "proto"): path.read_bytes()
                 for path in self.share.glob("proto/**/*") if path.is_file()}
        contract = [path for path in (ROOT / "proto/puente").rglob("*") if path.is_file()]
        self.assertEqual(files, {path.relative_to(ROOT / "proto"): path.read_bytes()
                                 for path in contract})
        self.assertEqual((self.share / "puente.binpb").read_bytes(),
                         (BUILD / "puente.binpb").read_bytes())
        for name in ("openapi.json", "reference/index.html", "reference/reference.css"):
            self.assertEqual((self.share / name).read_bytes(),
                             (BUILD / "share/puente" / name).read_bytes())

    def test_a_certificate_of_ones_own(self):
        self.run_it("bash", "-euc", block("A certificate of your own", "sh"))
        self.assertEqual((self.folder / "puente.key").stat().st_mode & 0o777, 0o600)
        info = json.loads(FEDERATION.read_text(encoding="utf-8"))
        authority = Path(info["callers"]["council/cce"]["ca"]).parent
        (self.folder / "ca.pem").symlink_to(authority / "ca.pem")
        lines = block("Certificates", "bash", OPERATIONS)
        home = FEDERATION.resolve().parent
        env = dict(os.environ, PUENTE_REGISTRY=str(home / "registry"),
                   PUENTE_AUTHORITY=str(authority), PATH=f"{BUILD}/bin:{os.environ['PATH']}",
                   told=hashlib.sha256((self.folder / "puente.csr").read_bytes()).hexdigest())
        if self.has_certificate(env):  # in a federation that has seen this test before
            lines = lines.replace("sign-request", "renew")
        self.run_it("bash", "-euc", lines, env=env)
        self.run_it("openssl", "verify", "-CAfile", "ca.pem", "-purpose", "sslclient", "puente.pem")
        for command in commands("openssl "):
            self.run_it("bash", "-euc", command)
        info["callers"] = {"reporter/muestra": {
            name: str(self.folder / file) for name, file in
            (("ca", "ca.pem"), ("certificate", "puente.pem"), ("key", "puente.key"))}}
        (self.folder / "own.json").write_text(json.dumps(info), encoding="utf-8")
        until = time.monotonic() + LIMIT
        while (reason := self.refused()):
            self.assertLess(time.monotonic(), until, reason)

    def has_certificate(self, env):
        return "reporter/muestra" in subprocess.run(
            ["puente-registry", "--format", "csv", "list"], env=env, capture_output=True, text=True,
            check=True).stdout

    def refused(self):
        """What the new party's person is told, "" when let in."""
        done = subprocess.run(
            [BUILD / "bin/puente", "--federation", self.folder / "own.json", "--as",
             "reporter/muestra", "--actor", "ana-r7", "--lang", "en", "call",
             "CouncilService/GetOverview", "{}"],
            capture_output=True, text=True, check=False, timeout=60)
        return done.stderr if done.returncode else ""

    def test_ten_lines_in_python(self):
        self.run_it("bash", "-euc", block("Python", "sh"))
        self.assertRegex(self.run_it("/usr/bin/python3", "-c", block("Python", "python")),
                         r"^[1-9]\d*$")

    def test_http_and_json(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        start = block("HTTP and JSON", "sh").replace(HTTP_PORT, port)
        with subprocess.Popen(shlex.split(start), cwd=self.folder, stdout=subprocess.PIPE,
                              text=True) as house:
            try:
                self.assertIn('"event":"ready"', house.stdout.readline())
                said = self.run_it("bash", "-euc",
                                   block("HTTP and JSON", "bash").replace(HTTP_PORT, port))
            finally:
                house.terminate()
        self.assertIn('"employment":{"provenance":', said)
        self.assertIn('"skills/accounting"', said)

    def test_ten_lines_in_node(self):
        (self.folder / "ten.mjs").write_text(block("Node", "js"), encoding="utf-8")
        self.assertRegex(self.run_it("node", "--no-deprecation", "ten.mjs"), r"^[1-9]\d*$")

    def test_ten_lines_with_connect(self):
        self.run_it("bash", "-euc", block("Connect for Node", "bash"))
        (self.folder / "ten.mjs").write_text(block("Connect for Node", "mjs"), encoding="utf-8")
        self.assertRegex(self.run_it("node", "ten.mjs"), r"^[1-9]\d*$")

    def test_errors_details(self):
        self.run_it("bash", "-euc", block("Python", "sh"))
        (self.folder / "errors.mjs").write_text(block("Errors' details", "js"), encoding="utf-8")
        in_python = self.run_it("/usr/bin/python3", "-c", block("Errors' details", "python"))
        in_node = self.run_it("node", "--no-deprecation", "errors.mjs")
        shown = block("Errors' details", "text").strip()
        self.assertEqual((in_python, in_node), (shown, shown))

    def test_tables_that_are_published(self):
        reports.publish("need-and-teaching", "integrator-need")
        self.run_it("bash", "-euc", block("Python", "sh"))
        said = self.run_it("/usr/bin/python3", "-c", block("Published tables", "python"))
        (self.folder / "ten.mjs").write_text(block("Published tables", "js"), encoding="utf-8")
        self.assertEqual(self.run_it("node", "--no-deprecation", "ten.mjs"), said)
        head, *rows = said.splitlines()
        self.assertTrue(head.startswith("STATE "), head)
        figures = {figure for row in rows for figure in row.split()[1:]}
        self.assertIn("MARK_SUPPRESSED", figures)
        self.assertTrue(any(figure.isdecimal() for figure in figures), figures)
        # The same by HTTP: a line a cell instead of a line a row.
        flows, cells = self.run_it("bash", "-euc", block("Published tables", "bash")).split("DATAFLOW,", 1)
        self.assertIn('Dataflow id="BY_STATE"', flows)
        measures = head.split()[1:]
        found = {tuple(row.split(",")[1:3]): row.split(",")[3] for row in cells.splitlines()[1:]}
        expected = {(row.split()[0], measure): figure if figure.isdecimal() else ""
                    for row in rows for measure, figure in zip(measures, row.split()[1:])}
        self.assertEqual(found, expected)

    def test_packages_are_those_of_the_tests(self):
        lock = json.loads((ROOT / "tests/clients/node/package-lock.json").read_text("utf-8"))
        named = [package for command in commands("npm install ") for package in command.split()[2:]]
        self.assertGreater(len(named), 5)
        for package in named:
            name, _, version = package[1:].partition("@")  # a name may begin with @
            locked = lock["packages"][f"node_modules/{package[0]}{name}"]["version"]
            self.assertTrue(f"{locked}.".startswith(f"{version}." if version else ""), package)

    def test_commands_of_the_client(self):
        explained, listed = commands("build/bin/puente ")
        self.assertIn("buf curl", self.run_it("bash", "-euc", explained))
        self.assertIn("demandStatements/", self.run_it("bash", "-euc", listed))

    def test_every_file_that_is_named_is_there(self):
        for name in re.findall(r"`((?:proto|tests|build|docs)/[\w./-]+)`", PAGE):
            path = ROOT / name.replace("proto/puente/**.proto", "proto/puente")
            path = path if not name.startswith("build/") else BUILD / name.removeprefix("build/")
            self.assertTrue(path.exists(), name)


if __name__ == "__main__":
    unittest.main()
