"""The contract's packages, each in an empty folder, and what `cmake --install` puts in place,
against the federation of with_federation.py."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from deploy.packages import contract, npm
from deploy.packages.version import ROOT, Version

BUILD = Path(os.environ["PUENTE_BUILD"])
FEDERATION = Path(os.environ["PUENTE_FEDERATION"])
READ_ME = (ROOT / "deploy/packages/npm/README.md").read_text("utf-8")


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          check=False, timeout=120, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout


def block(language):
    found, = re.findall(rf"^```{language}\n(.*?)^```$", READ_ME, re.M | re.S)
    return found


class Contract(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.version = Version()
        cls.work = cls.folder_of(cls, "work")
        contract.put(BUILD, cls.work / "contract", cls.version)

    def folder_of(self, name):
        add = self.addClassCleanup if isinstance(self, type) else self.addCleanup
        folder = tempfile.TemporaryDirectory(prefix=f"puente-{name}-")
        add(folder.cleanup)
        return Path(folder.name)

    def test_the_tarball_compiles_by_itself(self):
        out = self.folder_of("tarball")
        path = contract.pack(self.work / "contract", out, self.version)
        run("tar", "xf", path, "--strip-components=1", cwd=out)
        read_me = (out / "README.md").read_text("utf-8")
        commands = "\n".join(re.findall(r"^    (.*)$", read_me, re.M))
        run("bash", "-euc", commands, cwd=out)
        self.assertEqual(len(list(out.glob("client/**/*_pb2.py"))),
                         len(list(out.glob("proto/**/*.proto"))))
        for name in re.findall(r"^\| `([^`]+)`", read_me, re.M):
            self.assertTrue((out / name).exists(), name)

    def test_the_same_commit_gives_the_same_bytes(self):
        digests = set()
        for name in ("first", "second"):
            out = self.folder_of(name)
            contract.put(BUILD, out / "contract", self.version)
            made = (contract.pack(out / "contract", out, self.version),
                    npm.pack(out / "contract", out, out, self.version))
            digests.add(tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in made))
        self.assertEqual(len(digests), 1)

    def test_what_no_commit_holds_says_so(self):
        tree = self.folder_of("tree")
        for name in ("CMakeLists.txt", "CHANGELOG.md"):
            shutil.copy(ROOT / name, tree)
        git = ("git", "-C", tree, "-c", "user.name=x", "-c", "user.email=x@example.mx")
        run(*git, "init", "--quiet")
        run(*git, "add", ".")
        run(*git, "commit", "--quiet", "--message=x")
        clean = Version(tree)
        self.assertNotIn("dirty", clean.debian + clean.npm)
        (tree / "new").touch()
        dirty = Version(tree)
        self.assertEqual(dirty.debian, f"{clean.debian}+dirty")
        self.assertRegex(dirty.npm, rf"^{re.escape(clean.npm)}[.-]dirty$")
        run("dpkg", "--compare-versions", clean.debian, "lt", dirty.debian)

    def test_ten_lines_with_the_package_of_npm(self):
        folder = self.folder_of("npm")
        npm.pack(self.work / "contract", folder, self.folder_of("npm-work"), self.version)
        # Its packages were fetched once, as locked.
        command, = re.findall(r"^npm install (.*)$", block("sh"), re.M)
        run("bash", "-euc", f"npm install --prefer-offline --no-audit --no-fund {command}",
            cwd=folder)
        info = json.loads(FEDERATION.read_text("utf-8"))
        files = info["callers"]["council/cce"]
        for name, target in (("ca", "ca.pem"), ("certificate", "puente.pem"),
                             ("key", "puente.key")):
            shutil.copy(files[name], folder / target)
        (folder / "ten.mjs").write_text(block("mjs"), "utf-8")
        told = run("node", "ten.mjs", cwd=folder, env=dict(
            os.environ, PUENTE_GATEWAY=f"https://{info['gateway']['address']}"))
        self.assertRegex(told, r"^[1-9]\d*$")
        # Everything that it says it has can be imported.
        code = ("for (const name of process.argv.slice(1)) "
                "await import(`@puente/contract/${name}`);")
        package = folder / "node_modules/@puente/contract"
        names = [path.relative_to(package) for path in package.rglob("*_pb.js")]
        self.assertGreater(len(names), 50)
        for name in names:
            self.assertTrue((package / name).with_suffix(".d.ts").is_file(), name)
        run("node", "--input-type=module", "-e", code, *names, cwd=folder)

    def test_what_is_installed_serves_from_anywhere(self):
        prefix = self.folder_of("installed")
        run("cmake", "--install", BUILD, "--prefix", prefix, cwd="/")
        told = json.loads(run(prefix / "bin/puente", "--federation", FEDERATION, "--format", "json",
                              "council", "overview", cwd="/"))
        self.assertIn("employment", told)
        for program in (prefix / "bin").iterdir():
            self.assertIn(Version().number, run(program, "--version", cwd="/"))
            self.assertNotIn("RUNPATH", run("objdump", "-p", program))
        self.assertTrue((prefix / "share/puente/profiles/labor/portal-empleo-2020.json").is_file())

    def test_what_dev_run_builds_is_all_that_is_installed(self):
        scripts = "".join(path.read_text("utf-8") for path in BUILD.glob("**/cmake_install.cmake"))
        named = re.findall(rf'"{re.escape(str(BUILD.resolve()))}/([^"]+)"', scripts)
        installed = {name for name in named if (BUILD / name).is_file()
                     and not name.endswith("cmake_install.cmake")}
        self.assertGreater(len(installed), 5)
        built = {line.strip() for ask in ("query", "inputs")
                 for line in run("ninja", "-C", BUILD, "-t", ask, "installed").splitlines()}
        self.assertEqual(installed - built, set())


if __name__ == "__main__":
    unittest.main()
