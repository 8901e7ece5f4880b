#!/usr/bin/python3
"""What docs/growing.md says of a resource and of a verb is done here, in a copy of the tree, and
counted. Lines that ./dev new resource writes outside the contract count as written by hand, since
somebody has to read them."""

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/clients"))

import packages  # noqa: E402

NODE = "tests/clients/node/node_modules"
CONTRACT = "proto/puente/science/v1/test_bench.proto"
SPEC = "modules/science/test_benches/resource.cc"
SCHEMA = "modules/science/schema"
TABLE = f"{SCHEMA}/{len(list((ROOT / SCHEMA).glob('*.sql'))) + 1:04}_test_bench.sql"

# A field that refers to a technology, and the list of those of one technology.
RESOURCE_BY_HAND = (
    (CONTRACT, "}\n\n// Where a test bench stands.\n", """\
  // What it tests, "technologies/{technology}".
  string technology = 10 [
    (google.api.field_behavior) = REQUIRED,
    (google.api.resource_reference) = {type: "science.puente/Technology"},
    (puente.api.v1.rules) = {max_length: 80 pattern: "technologies/[a-z0-9]([a-z0-9-]*[a-z0-9])?"}
  ];
}

// Where a test bench stands.
"""),
    (CONTRACT, "  // No filters.\n", '  // Filter: none, or technology = "technologies/{technology}".\n'),
    (TABLE, "  PRIMARY KEY (id)\n", """\
  technology VARBINARY(80) NOT NULL,
  PRIMARY KEY (id),
  KEY by_technology (technology, id)
"""),
    (SPEC, '      .table = "test_bench",\n', """\
      .table = "test_bench",
      .lists = {{.by = {"technology"}, .index = "by_technology"}},
"""),
)
VERB_BY_HAND = (
    (CONTRACT, "}\n\n// A test bench.\n", """\
  // Restores a test bench that was retired.
  // Errors: TEST_BENCH_NOT_FOUND, TEST_BENCH_STATE_WRONG, ETAG_MISMATCH, INVALID_FIELDS, INVALID_NAME.
  rpc RestoreTestBench(RestoreTestBenchRequest) returns (TestBench) {
    option (puente.api.v1.access) = {callers: "agency/science"};
  }
}

// A test bench.
"""),
    (SPEC, "                  .to = v1::TEST_BENCH_STATE_RETIRED}},\n", """\
                  .to = v1::TEST_BENCH_STATE_RETIRED},
                 {.verb = "RestoreTestBench",
                  .from = {v1::TEST_BENCH_STATE_RETIRED},
                  .to = v1::TEST_BENCH_STATE_ACTIVE}},
"""),
)


def listed(root):
    """The files of a tree, as git sees them."""
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                           cwd=root, check=True, capture_output=True, text=True).stdout
    return [name for name in names.split("\0") if name and (root / name).exists()]


class Copy:
    """A copy of the tree that can be changed."""

    def __init__(self, folder):
        packages.ensure()
        self.root = Path(folder, "tree")
        for name in listed(ROOT):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, self.root / name)  # as old, so that nothing is installed anew
        (self.root / NODE).symlink_to(ROOT / NODE)
        self.env = dict(os.environ, PUENTE_SKIP_PACKAGES="1", PYTHONDONTWRITEBYTECODE="1")

    def run(self, *command, **more):
        """(status, all that it said)"""
        done = subprocess.run(command, cwd=self.root, env={**self.env, **more}, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout

    def texts(self):
        return {str(path.relative_to(self.root)): path.read_text(encoding="utf-8")
                for folder in ("proto", "modules", "tests/conformance", "cli", "common", "gateway")
                for path in (self.root / folder).rglob("*")
                if path.is_file() and path.suffix not in (".binpb", ".pyc")}

    def read(self, name):
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, changes):
        for name, before, after in changes:
            text = self.read(name)
            assert text.count(before) == 1, (name, before)
            (self.root / name).write_text(text.replace(before, after), encoding="utf-8")


def added(before, after):
    """{file: lines that are new or differ}"""
    counts = {}
    for name, text in after.items():
        lines = difflib.ndiff(before.get(name, "").splitlines(), text.splitlines())
        if count := sum(line.startswith("+ ") for line in lines):
            counts[name] = count
    return counts


class Growing(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="puente-growing-")
        self.addCleanup(folder.cleanup)
        self.copy = Copy(folder.name)

    def succeed(self, *command, **more):
        status, output = self.copy.run(*command, **more)
        self.assertEqual(status, 0, output)
        return output

    def begin(self, *verbs):
        said = self.succeed("./dev", "new", "resource", "science", "TestBench", "--noun-es",
                            "el banco de pruebas", "--verbs", *verbs)
        self.assertIn("Left to decide", said)

    def check(self):
        """What of the suite needs no compiler."""
        self.succeed("/usr/bin/python3", "proto/resources.py")
        self.succeed(f"{NODE}/.bin/buf", "lint")
        self.succeed("/usr/bin/python3", "-P", "tests/conformance/dependencies.py")
        _, said = self.copy.run("/usr/bin/python3", "-P", "tests/conformance/aips.py",
                                PYTHONPATH=str(self.copy.root / "tests/conformance"))
        self.assertIn("Ran ", said)
        # These ask servers that are built.
        self.assertLessEqual(set(re.findall(r"^(?:FAIL|ERROR): (\w+)", said, re.M)),
                             {"test_every_method_names_errors_that_a_catalogue_has",
                              "test_every_error_has_two_texts_with_the_same_metadata"}, said)
        sources = [name for name in self.copy.texts() if name.startswith("modules/science/")
                   and name.endswith((".cc", ".h"))]
        self.succeed("clang-format", "--dry-run", "-Werror", *sources)

    def test_a_resource_with_a_reference_and_two_states(self):
        before = self.copy.texts()
        self.begin("Retire:ACTIVE:RETIRED")
        self.check()
        self.copy.write(RESOURCE_BY_HAND)
        self.succeed("/usr/bin/python3", "proto/resources.py", "--fix")
        counts = added(before, self.copy.texts())
        self.assertGreater(counts.pop(CONTRACT), 150)
        print(f"a resource: {sum(counts.values())} lines in {len(counts)} files {counts}", flush=True)
        self.assertLessEqual(sum(counts.values()), 60, counts)
        self.assertLessEqual(len(counts), 6, counts)
        self.check()
        self.assertIn("TECHNOLOGY_NOT_FOUND", self.copy.read(CONTRACT))
        self.serve("TestBench")

    def serve(self, *kinds):
        """With PUENTE_LONG: the whole conformance suite passes against servers that are built of the copy."""
        if not os.environ.get("PUENTE_LONG"):
            return
        built = {"PUENTE_BUILD": str(self.copy.root / "build"), "PUENTE_FEDERATION": "",
                 "PYTHONPATH": str(self.copy.root / "tests/conformance")}
        servers = [f"puente-{name}" for name in
                   ("education", "economy", "labor", "science", "gateway", "embedded")]
        self.succeed("cmake", "--preset", "dev")
        self.succeed("ninja", "-C", "build", "-j", os.environ.get("PUENTE_JOBS", "2"), "puente",
                     *servers)
        self.succeed("/usr/bin/python3", "docs/generate_errors.py", **built)
        said = self.succeed("/usr/bin/python3", "-P", "tests/clients/with_federation.py",
                            "/usr/bin/python3", "-m", "unittest", "discover", "-v",
                            "-s", "tests/conformance", "-p", "*_test.py",
                            "--then", "/usr/bin/python3", "-P", "tests/conformance/aips.py", **built)
        for kind in kinds:
            ran = re.findall(rf"\(standard_methods_test\.{kind}\..* ok$", said, re.M)
            self.assertGreater(len(ran), 20, kind)

    def test_a_verb_without_effects(self):
        self.begin("Retire:ACTIVE:RETIRED")
        before = self.copy.texts()
        self.copy.write(VERB_BY_HAND)
        counts = added(before, self.copy.texts())
        print(f"a verb: {sum(counts.values())} lines in {len(counts)} files {counts}", flush=True)
        self.assertLessEqual(sum(counts.values()), 12, counts)
        self.assertLessEqual(len(counts), 3, counts)
        self.assertNotIn("message RestoreTestBenchRequest", self.copy.read(CONTRACT))
        self.succeed("/usr/bin/python3", "proto/resources.py", "--fix")
        self.assertIn("// Restores a test bench.\nmessage RestoreTestBenchRequest {\n",
                      self.copy.read(CONTRACT))
        self.check()

    def test_what_is_derived_stays_derived_and_what_is_not_is_kept(self):
        by_hand = (
            (CONTRACT, "  // Reads one test bench.\n",
             "  // Reads one test bench.\n  //\n  // Without its photographs.\n"),
            (CONTRACT, "  // Errors: TEST_BENCH_ALREADY_EXISTS, INVALID_FIELDS.\n",
             "  // Errors: TEST_BENCH_ALREADY_EXISTS, INVALID_FIELDS; also ETAG_MISMATCH on Sundays.\n"),
            (CONTRACT, "message GetTestBenchRequest {\n",
             "message GetTestBenchRequest {\n  // Which photograph.\n  int32 photograph = 2;\n"))
        self.begin("Retire:ACTIVE:RETIRED")
        self.copy.write(by_hand)
        self.succeed("/usr/bin/python3", "proto/resources.py")
        right = self.copy.read(CONTRACT)
        for derived, wrong in (("  // Lists test benches by id.\n", "  // Lists them.\n"),
                               ("// Names test benches.\n", "// Names some.\n"),
                               ("returns (ListTestBenchesResponse)", "returns (TestBench)"),
                               ("  // What it is.\n  TestBench", "  // It.\n  string")):
            self.copy.write([(CONTRACT, derived, wrong)])
            status, said = self.copy.run("/usr/bin/python3", "proto/resources.py")
            self.assertEqual(status, 1, said)
            self.assertIn("--fix rewrites them", said)
            self.succeed("/usr/bin/python3", "proto/resources.py", "--fix")
            self.assertEqual(self.copy.read(CONTRACT), right)
        # A message that is gone comes back, at the end.
        message = re.search(r"\n// The test benches asked for\.\nmessage .*?\n\}\n", right, re.S)[0]
        (self.copy.root / CONTRACT).write_text(right.replace(message, ""), encoding="utf-8")
        self.succeed("/usr/bin/python3", "proto/resources.py", "--fix")
        self.assertEqual(self.copy.read(CONTRACT), right.replace(message, "") + message)

    def test_what_is_asked_wrongly_changes_nothing(self):
        before = self.copy.texts()
        for asked, said in ((("science", "Technology"), "has a Technology already"),
                            (("science", "test_bench"), "TestBench"),
                            (("physics", "TestBench"), "invalid choice"),
                            (("science", "TestBench", "--parent", "Campus"), "has no Campus"),
                            (("education", "Room", "--parent", "Campus"), "at most two collections"),
                            (("science", "TestBench", "--verbs", "Retire"), "Retire:ACTIVE:RETIRED")):
            with self.subTest(asked):
                status, output = self.copy.run("./dev", "new", "resource", *asked)
                self.assertNotEqual(status, 0)
                self.assertIn(said, output)
        self.assertEqual(self.copy.texts(), before)

    def test_every_shape_of_a_resource(self):
        for asked in (("education", "Workshop", "--parent", "Organization", "--delete"),
                      ("labor", "Survey", "--delete", "--verbs", "Open:DRAFT:OPEN", "Close:OPEN:CLOSED"),
                      ("economy", "Branch"), ("science", "Analysis", "--plural", "Analyses")):
            with self.subTest(asked):
                self.succeed("./dev", "new", "resource", *asked)
        self.check()
        self.serve("Workshop", "Survey", "Branch", "Analysis")


if __name__ == "__main__":
    unittest.main()
