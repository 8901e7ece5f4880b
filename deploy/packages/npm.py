"""The contract for npm: code by protoc-gen-es, whose services @connectrpc's libraries call."""

import json
import os
import shutil
import subprocess

from deploy.packages.version import ROOT
from tests.clients import generate

_READ_ME = ROOT / "deploy/packages/npm/README.md"


def pack(contract, out, work, version):
    """`contract` is the folder that contract.put() made."""
    folder = work / "npm"
    folder.mkdir()
    generate.es_code(folder, "js+dts")
    shutil.copyfile(contract / "puente.binpb", folder / "puente.binpb")
    shutil.copyfile(_READ_ME, folder / "README.md")
    (folder / "package.json").write_text(json.dumps(_manifest(version), indent=2) + "\n", "utf-8")
    done = subprocess.run(["npm", "pack", "--json", "--ignore-scripts", "--pack-destination", out],
                          cwd=folder, check=True, capture_output=True, text=True,
                          env=dict(os.environ, SOURCE_DATE_EPOCH=str(version.epoch)))
    made, = json.loads(done.stdout)
    return out / made["filename"]


def _manifest(version):
    locked = json.loads((generate.NODE_MODULES.parent / "package.json").read_text("utf-8"))
    tried = locked["dependencies"]
    return {
        "name": "@puente/contract",
        "version": version.npm,
        "description": "Puente's contract: messages and services for @connectrpc/connect",
        "type": "module",
        "sideEffects": False,
        "exports": {"./puente.binpb": "./puente.binpb",
                    "./package.json": "./package.json",
                    "./*.js": {"types": "./*.d.ts", "default": "./*.js"}},
        "files": ["puente", "google", "puente.binpb"],
        "engines": locked["engines"],
        # One copy for the caller's code and this, or messages are of two kinds.
        "peerDependencies": {name: f"^{tried[name]}"
                             for name in ("@bufbuild/protobuf", "@connectrpc/connect")},
    }
