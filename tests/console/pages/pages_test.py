#!/usr/bin/python3
"""The console's pages in Debian's Chromium: acting.test.mjs, auditing.test.mjs and pages.test.mjs, against
`puente console` of each kind of caller in one federation with the bundled data, learners, places, a plan of dual
education and a published report.
PUENTE_PAGES is a folder of pages to take instead of those that are built in; PUENTE_PICTURES one for pictures."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
sys.dont_write_bytecode = True

from clients import packages  # noqa: E402
from data import generate as bundled  # noqa: E402
from deploy.local import dual, learners, places, reports, workshops  # noqa: E402
from deploy.local.federation import Federation  # noqa: E402
from deploy.local.narrator import Narrator  # noqa: E402
from deploy.local.run import _await_acts as await_acts, _today as today  # noqa: E402

CALLERS = {"council/cce": "", "certifier/ceneval": "reviewer-1", "agency/economy": "officer-1",
           "agency/education": "registrar-1", "organization/tecnologico-bajio-muestra": "registrar-1",
           "company/acme": "", "chamber/canacintra": "", "auditor/asf": ""}
SCRIPT = "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script> 'muestra'"


def fill(federation):
    def run(*arguments):
        done = federation.cli(*arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            sys.exit(f"{arguments[0]} failed:\n{done.stdout}")

    # Before the demand, whose first release then has its stages.
    run("--as", "agency/economy", "call", "ValueChainService/CreateValueChain", json.dumps({
        "valueChainId": "electromovilidad-muestra", "valueChain": {
            "labelEs": "Electromovilidad (muestra)", "labelEn": "Electric mobility (sample)",
            "source": "puente-sample", "recordKind": "RECORD_KIND_GENERATED",
            "links": [{"fromStage": "parts", "toStage": "vehicles"}],
            "stages": [{"stage": "parts", "titleEs": "Autopartes", "titleEn": "Parts", "scianPrefixes": ["3363"]},
                       {"stage": "vehicles", "titleEs": "Vehículos", "titleEn": "Vehicles", "scianPrefixes": ["3361"]}]}}))
    run("load-data", ROOT / "data")
    await_acts(federation)
    version = f"microcredentials/{bundled.SUBMITTED[0]}/versions/1"
    places.load(federation, learners.load(federation, 20, [version], today()), today())
    dual.load(federation, version, today())
    workshops.load(federation, today())
    reports.publish(federation, Narrator(quiet=True), today())
    run("--as", "agency/economy", "call", "ChamberService/CreateChamber", json.dumps({
        "chamberId": "canacintra", "chamber": {
            "labelEs": "Cámara de la Industria de Transformación", "labelEn": "Chamber of manufacturing",
            "source": "puente-sample", "recordKind": "RECORD_KIND_GENERATED"}}))
    run("--as", "agency/education", "--actor", "statistician-1", "report", "schedule", "add", "monthly",
        "need-and-teaching", "--every", "month", "--record-kind", "generated")
    # A text that is a script in every other place.
    run("--as", "company/acme", "call", "ProposalService/CreateProposal", json.dumps({
        "proposalId": "script", "proposal": {
            "author": "company/acme", "showAuthor": True, "kind": "PROPOSAL_KIND_NEW_MICROCREDENTIAL",
            "titleEs": SCRIPT, "text": SCRIPT, "skills": ["skills/welding"]}}))


@contextlib.contextmanager
def console(federation, caller, actor):
    """The link that opens one."""
    command = [federation.build / "bin/puente", "--federation", federation.place.info, "--as", caller,
               *(["--actor", actor] if actor else []), "console", "--no-browser",
               *(["--pages", os.environ["PUENTE_PAGES"]] if os.environ.get("PUENTE_PAGES") else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def drive(federation, file, report):
    """Runs a test of node's with a console of each caller; its exit status."""
    with contextlib.ExitStack() as stack:
        links = {caller: stack.enter_context(console(federation, caller, actor)) for caller, actor in CALLERS.items()}
        return subprocess.run(
            ["node", "--test", HERE / file], check=False,
            env=dict(os.environ, PUENTE_FEDERATION=str(federation.place.info), PUENTE_CONSOLES=json.dumps(links),
                     PUENTE_REPORT=str(report), PUENTE_SCRIPT=SCRIPT)).returncode


def main():
    packages.ensure()
    with tempfile.TemporaryDirectory(prefix="puente-pages-") as var, contextlib.ExitStack() as stack:
        report = Path(var, "report")
        report.mkdir()
        federation = stack.enter_context(Federation(
            Path(var, "var"), restart=False, database_server=os.environ.get("PUENTE_TEST_MYSQL")))
        subprocess.run([federation.build / "bin/puente_report_sample", "country", report], check=True)
        fill(federation)
        runs = ("acting.test.mjs", "auditing.test.mjs", "pages.test.mjs")
        return int(any([drive(federation, run, report) for run in runs]))


if __name__ == "__main__":
    sys.exit(main())
