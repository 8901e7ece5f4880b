#!/usr/bin/python3
"""Who may depend on whom (docs: the tree), read from #include lines and imports."""

import re
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AGENCIES = ("education", "economy", "labor", "science")
# Each may include itself and those before it.
LAYERS = ("status", "names", "context", "crypto", "disclosure", "sql", "personal", "journal", "identity", "telemetry",
          "due", "fields", "workers", "calls", "serving", "hosting", "resource", "agency",
          "loading", "loads", "releases", "extracts", "federation", "http")
SHARED_PROTOS = {"api", "type", "journal"}
# CLI11 reports wrong options by an exception alone; these catch that one and nothing else.
CATCHES_PARSE_ERRORS = {"common/hosting/run_server.cc", "cli/app.cc", "cli/registry/app.cc",
                        "console/main.cc"}

_INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/|#[^\n]*", re.S)
_CONNECTOR = re.compile(r"^(cppconn/|mysql_|jdbc/|mysqlx?/|mariadb/)")
_IMPORT = re.compile(r"^\s*(?:from\s+([\w.]+)\s+import|import\s+([\w.]+))", re.M)


def sources(root, *folders, ends=(".h", ".cc")):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in ends:
                yield path.relative_to(root), path.read_text(encoding="utf-8")


def included(root, *folders):
    for path, text in sources(root, *folders):
        for name in _INCLUDE.findall(text):
            yield path, name


def _folder(name, depth):
    parts = Path(name).parts
    return parts[depth] if len(parts) > depth + 1 else ""


def modules(root):
    for path, name in included(root, "modules"):
        own, other = path.parts[1], _folder(name, 1)
        if name.startswith("modules/") and other != own:
            yield f"{path}: a module includes another: {name}"
        if name.startswith("gateway/"):
            yield f"{path}: a module includes the gateway: {name}"
        if name.startswith("puente/") and _folder(name, 1) not in SHARED_PROTOS | {own}:
            yield f"{path}: a module knows another's contract: {name}"


def gateway(root):
    for path, name in included(root, "gateway"):
        if name.startswith("modules/") and path.parts[1] != "embedded":
            yield f"{path}: the gateway includes a module: {name}"


def cli(root):
    """The client knows contracts, files and certificates; no server's code."""
    for path, name in included(root, "cli", "console"):
        if name.startswith(("modules/", "gateway/")):
            yield f"{path}: the client includes a server: {name}"
        if path.parts[0] == "console" and name.startswith("cli/"):
            yield f"{path}: the console includes what stands on it: {name}"


def common(root):
    for path, name in included(root, "common"):
        if name.startswith(("modules/", "gateway/", "console/", "cli/", "tests/")):
            yield f"{path}: common includes what stands on it: {name}"
        if name.startswith("puente/") and _folder(name, 1) not in SHARED_PROTOS:
            yield f"{path}: common knows an agency's contract: {name}"
        if name.startswith("common/"):
            own, other = path.parts[1], _folder(name, 1)
            if other not in LAYERS or LAYERS.index(other) > LAYERS.index(own):
                yield f"{path}: {own} includes {other}, which stands on it"
    agency = re.compile(r"\b(%s)(?=\b|_)" % "|".join(AGENCIES), re.I)
    for path, text in sources(root, "common", ends=(".h", ".cc", ".proto", ".sql", ".txt", ".in")):
        code = _COMMENT.sub("", text)
        for found in sorted({match.group(0) for match in agency.finditer(code)}):
            yield f"{path}: common names an agency: {found}"


def database(root):
    for path, name in included(root, "common", "modules", "gateway", "console", "cli"):
        if _CONNECTOR.match(name) and path.parts[:2] != ("common", "sql"):
            yield f"{path}: only common/sql includes the connector: {name}"
    for path, text in sources(root, "common", "modules", "gateway", "console", "cli"):
        if path.parts[:2] == ("common", "journal"):
            continue
        if re.search(r"\bsql::WriteAccess\b|write_access\.h", text):
            yield f"{path}: only common/journal opens a session for writing"


def owners(root):
    """Who says that an owner was checked has checked it; a method's function has a name."""
    may = {"common/context/call.h", "common/resource/owner.cc", "common/calls/service.h"}
    for path, text in sources(root, "common", "modules", "gateway"):
        if "OwnerProof::Give" in _COMMENT.sub("", text) and str(path) not in may:
            yield f"{path}: gives a proof that it has not earned"
    for path, text in sources(root, "modules", "gateway"):
        for found in re.findall(r"\b[Ss]erv\w*(?:<[^>]*>\(\))?\.(?:Read|Mutate|Compose|Stream)\(", text):
            yield f"{path}: a method's function has no name: {found}"


def exceptions(root):
    for path, text in sources(root, "common", "modules", "gateway", "console", "cli"):
        if path.parts[:2] == ("common", "sql"):
            continue
        code = _COMMENT.sub("", text)
        if re.search(r"\bthrow\b", code):
            yield f"{path}: throws, outside common/sql"
        caught = re.findall(r"\bcatch\s*\(([^)]*)\)", code)
        if caught and not (str(path) in CATCHES_PARSE_ERRORS
                           and all("CLI::ParseError" in what for what in caught)):
            yield f"{path}: catches, outside common/sql"


def conformance(root):
    """Its Python sees the contract and an address: no server code, no helper of another test."""
    folder = root / "tests/conformance"
    own = {path.stem for path in folder.glob("*.py")}
    standard = {"__future__", "atexit", "base64", "collections", "concurrent", "contextlib",
                "dataclasses", "datetime", "functools", "gzip", "hashlib", "http", "importlib", "itertools", "json",
                "os", "pathlib", "re", "shutil", "subprocess", "sys", "tempfile", "time", "unittest",
                "urllib", "uuid"}
    for path, text in sources(root, "tests/conformance", ends=(".py",)):
        for pair in _IMPORT.findall(text):
            name = (pair[0] or pair[1]).split(".")[0]
            # "generate" makes client code of proto/, for all tests; "generate_errors" reads what is
            # in docs/errors.md.
            if name not in own | standard | {"generate", "generate_errors", "google", "grpc",
                                             "puente"}:
                yield f"{path}: conformance imports {name}"
    for path, name in included(root, "tests/conformance"):
        yield f"{path}: conformance includes {name}"


RULES = (modules, gateway, cli, common, database, owners, exceptions, conformance)

# A file that breaks each rule, and a word of what is said about it.
BREAKS = {
    "modules/labor/a.cc": ('#include "modules/economy/module.h"\n', "another"),
    "modules/labor/b.cc": ('#include "gateway/errors.h"\n', "gateway"),
    "modules/labor/c.cc": ('#include "puente/economy/v1/demand.pb.h"\n', "contract"),
    "cli/a.cc": ('#include "gateway/errors.h"\n', "the client includes a server"),
    "console/a.cc": ('#include "cli/options.h"\n', "stands on it"),
    "gateway/a.cc": ('#include "modules/labor/module.h"\n', "the gateway includes a module"),
    "common/names/a.cc": ('#include "modules/labor/module.h"\n', "stands on it"),
    "common/names/b.cc": ('#include "puente/labor/v1/skill.pb.h"\n', "contract"),
    "common/sql/a.cc": ('#include "common/journal/write.h"\n', "sql includes journal"),
    "common/calls/a.cc": ('const char* kOne = "labor";\n', "names an agency"),
    "common/calls/b.cc": ("#include <cppconn/driver.h>\n", "connector"),
    "common/calls/c.cc": ("auto& c = sql::WriteAccess::Of(session);\n", "for writing"),
    "modules/labor/f.cc": ("return OwnerProof::Give();\n", "not earned"),
    "modules/labor/g.cc": ("service.Read(&Get);\n", "no name"),
    "modules/labor/d.cc": ("void F() { try { G(); } catch (...) {} }\n", "catches"),
    "modules/labor/e.cc": ("void F() { throw 1; }\n", "throws"),
    "tests/conformance/a.py": ("from deploy.local import federation\n", "imports deploy"),
}


class Dependencies(unittest.TestCase):
    def test_nobody_depends_on_what_stands_on_them(self):
        for rule in RULES:
            with self.subTest(rule.__name__):
                self.assertEqual(list(rule(ROOT)), [])

    def test_there_is_something_to_look_at(self):
        for folder in ("common", "modules", "gateway", "cli"):
            self.assertGreater(len(list(included(ROOT, folder))), 100, folder)
        self.assertEqual({path.name for path in (ROOT / "common").iterdir() if path.is_dir()},
                         set(LAYERS))
        self.assertEqual({path.name for path in (ROOT / "modules").iterdir() if path.is_dir()},
                         set(AGENCIES))

    def test_each_rule_finds_what_breaks_it(self):
        for name, (text, said) in BREAKS.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                path = Path(folder, name)
                path.parent.mkdir(parents=True)
                path.write_text(text, encoding="utf-8")
                found = [line for rule in RULES for line in rule(Path(folder))]
                self.assertEqual(len(found), 1, found)
                self.assertIn(said, found[0])


if __name__ == "__main__":
    unittest.main()
