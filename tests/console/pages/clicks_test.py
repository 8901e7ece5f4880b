#!/usr/bin/python3
"""docs/walkthrough.md as clicks: clicks.test.mjs takes its steps in Debian's Chromium, each in the console of the
party that takes it, in a federation without any record. What no page does is done by the command that stands in
the document, and said with its reason. With PUENTE_LONG all of it once more, in English."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE)]
sys.dont_write_bytecode = True

import json  # noqa: E402

import consoles  # noqa: E402
from clients import packages  # noqa: E402
from clients.walkthrough_test import BLOCK, DOCUMENT, steps  # noqa: E402
from deploy.local.federation import Federation  # noqa: E402

CALLERS = {"agency/economy": "officer-1", "agency/education": "registrar-2", "certifier/ceneval": "reviewer-1",
           "chamber/canacintra": "", "company/acme": "officer-1", "council/cce": "", "organization/muestra": "registrar-1"}
# The vocabulary, from which pages let one choose; of the walkthrough's records only the name is needed.
SKILL = {"skillId": "welding", "skill": {"labelEs": "Soldadura", "labelEn": "Welding", "kind": "SKILL_KIND_TECHNICAL",
                                         "framework": "puente", "source": "walkthrough",
                                         "recordKind": "RECORD_KIND_GENERATED"}}


def runner(federation):
    """Runs a command of the document as its reader would; what it prints."""
    environment = dict(os.environ, PATH=f"{federation.build / 'bin'}:{os.environ['PATH']}", LANG="C.UTF-8")
    folder = Path(federation.place.info).parents[1]

    def run(*lines):
        done = subprocess.run(["bash", "-c", "set -o pipefail\n" + "\n".join(lines)], env=environment, cwd=folder,
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.stdout
    return run


def walk(language):
    document = DOCUMENT.read_text(encoding="utf-8")
    taken = [step for block in BLOCK.findall(document) for step in steps(block)]
    with tempfile.TemporaryDirectory(prefix="puente-clicks-") as folder, \
            Federation(Path(folder) / "var", restart=False) as federation:
        made = federation.cli("--as", "agency/labor", "call", "SkillService/CreateSkill", json.dumps(SKILL),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if made.returncode:
            sys.exit(made.stdout)
        deeds = {"run": runner(federation), "kill": federation.kill, "revive": federation.revive}
        with consoles.control(deeds) as address:
            return consoles.drive(federation, "clicks.test.mjs", CALLERS,
                                  {"PUENTE_CONTROL": address, "PUENTE_STEPS": json.dumps(taken),
                                   "PUENTE_LANGUAGE": language})


def main():
    packages.ensure()
    failed = walk("es")
    return failed or walk("en") if os.environ.get("PUENTE_LONG") else failed


if __name__ == "__main__":
    sys.exit(main())
