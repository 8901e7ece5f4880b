"""What docs/reports.md and docs/sdmx.md show is run as it stands there; and reports are opened where no folder can be."""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from clients import reports  # noqa: E402

REPORTS, SDMX = ((ROOT / f"docs/{name}.md").read_text(encoding="utf-8") for name in ("reports", "sdmx"))
BUILD = Path(os.environ["PUENTE_BUILD"])
FEDERATION = json.loads(Path(os.environ["PUENTE_FEDERATION"]).read_text(encoding="utf-8"))
# In a mount namespace of its own: a small disk at a folder, the command, and what is left there.
ON_A_DISK = """mount -t tmpfs -o "$1" none "$2"; folder=$2; shift 2
"$@"; code=$?; ls -A "$folder"; exit $code"""


def blocks(page, language=""):
    return [text for kind, text in re.findall(r"^```(\w*)\n(.*?)^```$", page, re.M | re.S) if kind == language]


class ReportsPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Those that its readers find.
        cls.published = re.search(r"puente report show (\S+)", REPORTS)[1]
        reports.publish("need-and-teaching", cls.published)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="puente-reports-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def puente(self, *arguments):
        done = reports.puente(*arguments, cwd=self.folder)
        self.assertEqual(done.returncode, 0, f"{arguments}\n{done.stdout}{done.stderr}")
        return done.stdout

    def test_each_command(self):
        tried = 0
        for block in blocks(REPORTS):
            for command in block.replace("\\\n", " ").splitlines():
                program, *arguments = shlex.split(command)
                self.assertEqual(program, "build/bin/puente")
                with self.subTest(command=command):
                    self.assertTrue(self.puente(*arguments).strip())
                    tried += 1
        self.assertGreater(tried, 10)

    def test_the_definition(self):
        definition, = blocks(REPORTS, "json")
        self.puente(*re.search(r"`puente (call FigureExtractService/.*?)`", REPORTS)[1].split())
        self.puente("--as", "agency/education", "call", "ReportDefinitionService/CreateReportDefinition",
                    definition)
        identifier = json.loads(definition)["reportDefinitionId"]
        self.assertIn(identifier, self.puente("report", "definitions"))
        reports.publish(identifier, identifier)

    def test_sdmx(self):
        commands, = blocks(SDMX, "sh")
        said = [subprocess.run(["bash", "-euc", command.replace("curl ", "curl --fail --silent ", 1)],
                               env={**os.environ, "SDMX": FEDERATION["sdmx"]}, check=True,
                               stdout=subprocess.PIPE, encoding="utf-8").stdout
                for command in commands.splitlines()]
        self.assertEqual(len(said), 4)
        self.assertIn('Dataflow id="BY_STATE"', said[0])
        self.assertIn('Codelist id="CL_STATE"', said[1])
        shown, = (block for block in blocks(SDMX) if block.startswith("DATAFLOW,"))
        # The sample of ./dev run is another one, and so may the figure be.
        self.assertEqual(*(re.sub(r"SEATS,\d+,", "SEATS,N,", text) for text in (said[3], shown)))
        self.assertIn(said[3].splitlines()[1], said[2].splitlines())

    def test_sdmx_in_r(self):
        script, = blocks(SDMX, "r")
        ran = subprocess.run(["Rscript", "-e", re.sub(r"http://[^\"]*/sdmx/rest", FEDERATION["sdmx"], script)],
                             check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
        self.assertIn("Ciudad de México", ran.stdout)

    def test_byte_order_marks(self):
        self.puente("report", "open", self.published, "--to", "plain")
        self.puente("report", "open", self.published, "--to", "marked", "--bom")
        marked = set()
        for path in (self.folder / "plain").iterdir():
            plain, other = path.read_bytes(), (self.folder / "marked" / path.name).read_bytes()
            self.assertFalse(plain.startswith(b"\xef\xbb\xbf"))
            if other != plain:
                self.assertEqual(other, b"\xef\xbb\xbf" + plain)
                marked.add(path.name)
        self.assertIn("by-state.csv", marked)
        self.assertTrue(all(name.endswith(".csv") for name in marked), marked)
        self.assertNotIn("by-state.sdmx.csv", marked)
        self.puente("report", "verify", "marked")

    def refused(self, *command):
        """What is said where a folder can't be: in both languages, and nothing is left there."""
        said = []
        for language in ("es", "en"):
            done = subprocess.run(
                [*command, BUILD / "bin/puente", "--federation", os.environ["PUENTE_FEDERATION"],
                 "--lang", language, "report", "open", self.published, "--to", "disk/report"],
                cwd=self.folder, capture_output=True, text=True, check=False, timeout=60)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertEqual(done.stdout, "")
            said.append(done.stderr)
        return said

    def on_a_disk(self, options):
        (self.folder / "disk").mkdir(exist_ok=True)
        return self.refused("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", ON_A_DISK,
                            "sh", options, self.folder / "disk")

    def test_a_folder_that_cannot_be_written(self):
        for make, why in (
                (lambda: self.refused(), ("no existe la carpeta", "there is no folder")),
                (lambda: self.on_a_disk("ro"), ("no puede escribir ahí", "you may not write there")),
                (lambda: self.on_a_disk("size=64k"), ("el disco está lleno", "the disk is full")),
                (lambda: self.on_a_disk("nr_inodes=4"), ("el disco está lleno", "the disk is full"))):
            for said, expected in zip(make(), why):
                self.assertIn(expected, said)
                self.assertIn("disk/report", said)
                self.assertRegex(said, "con espacio|with room")  # what to do


if __name__ == "__main__":
    unittest.main()
