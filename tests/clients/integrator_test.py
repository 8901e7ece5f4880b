"""What docs/integrator.md shows is run as it stands there."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/integrator.md").read_text(encoding="utf-8")


def block(language):
    found, = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)
    return found


class Integrator(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="puente-integrator-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name, target in (("proto", ROOT / "proto"), ("tests", ROOT / "tests"),
                             ("var/federation.json", os.environ["PUENTE_FEDERATION"]),
                             ("node_modules", ROOT / "tests/clients/node/node_modules")):
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).symlink_to(target)

    def run_it(self, *command):
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout.strip()

    def test_ten_lines_in_python(self):
        self.run_it("bash", "-euc", block("sh"))
        self.assertRegex(self.run_it("/usr/bin/python3", "-c", block("python")), r"^[1-9]\d*$")

    def test_ten_lines_in_node(self):
        (self.folder / "ten.mjs").write_text(block("js"), encoding="utf-8")
        self.assertRegex(self.run_it("node", "--no-deprecation", "ten.mjs"), r"^[1-9]\d*$")

    def test_ten_lines_with_connect(self):
        self.run_it("bash", "-euc", block("bash"))
        (self.folder / "ten.mjs").write_text(block("mjs"), encoding="utf-8")
        self.assertRegex(self.run_it("node", "ten.mjs"), r"^[1-9]\d*$")

    def test_every_file_that_is_named_is_there(self):
        for name in re.findall(r"`((?:proto|tests|build|docs)/[\w./-]+)`", PAGE):
            path = ROOT / name.replace("proto/puente/**.proto", "proto/puente")
            path = path if not name.startswith("build/") else Path(
                os.environ["PUENTE_BUILD"]) / name.removeprefix("build/")
            self.assertTrue(path.exists(), name)


if __name__ == "__main__":
    unittest.main()
