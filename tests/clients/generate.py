#!/usr/bin/python3
"""Generates a client's code from proto/: generate.py LANGUAGE FOLDER, with what the languages' own
packages bring. googleapis are the official ones: npm's google-proto-files, or those of the language."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROTO = ROOT / "proto"
NODE_MODULES = ROOT / "tests/clients/node/node_modules"
GOOGLEAPIS = NODE_MODULES / "google-proto-files"
OWN = sorted(str(path.relative_to(PROTO)) for path in PROTO.glob("puente/**/*.proto"))
GOOGLE = [f"google/{name}.proto" for name in (
    "api/field_behavior", "api/resource", "rpc/error_details", "rpc/status", "type/date",
    "type/money")]


def _protoc(*arguments):
    subprocess.run(["protoc", f"-I{PROTO}", f"-I{GOOGLEAPIS}", *map(str, arguments)], check=True)


def python(folder):
    _protoc(f"--python_out={folder}", *OWN, *GOOGLE)
    plugin = shutil.which("grpc_python_plugin")
    _protoc(f"--grpc_out={folder}", f"--plugin=protoc-gen-grpc={plugin}", *OWN)


def es_code(folder, target):
    """For @connectrpc/connect; the target as protoc-gen-es has them, such as "js+dts"."""
    _protoc(f"--es_out={folder}", f"--es_opt=target={target},import_extension=js",
            f"--plugin={NODE_MODULES}/.bin/protoc-gen-es", *OWN, *GOOGLE)


def es(folder):
    """To be imported here; finds what it needs in the node_modules of the Node client."""
    es_code(folder, "js")
    (folder / "package.json").write_text('{"type": "module"}\n', encoding="utf-8")
    (folder / "node_modules").symlink_to(NODE_MODULES)


def go(folder):
    """A GOPATH. googleapis come compiled with Debian's golang-google-genproto-dev."""
    out = folder / "src"
    out.mkdir(parents=True, exist_ok=True)
    # A package is named by its folder, since the contract has no options of single languages.
    names = ",".join(f"M{path}={Path(path).parent}" for path in OWN)
    _protoc(f"--go_out={out}", f"--go_opt={names}", f"--go-grpc_out={out}",
            f"--go-grpc_opt={names}", *OWN)


if __name__ == "__main__":
    {"python": python, "es": es, "go": go}[sys.argv[1]](Path(sys.argv[2]))
