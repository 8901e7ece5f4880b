#!/usr/bin/python3
"""The console's pages in Debian's Chromium: attacks.test.mjs, acting.test.mjs, auditing.test.mjs and pages.test.mjs,
against `puente console` of each kind of caller in one federation with the bundled data, learners, places, a plan of
dual education and a published report. PUENTE_PAGES is a folder of pages to take instead of those that are built in;
PUENTE_PICTURES one for pictures of all. With --pictures it makes those of docs/manual.es.md anew, and tests nothing."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE)]
sys.dont_write_bytecode = True

import consoles  # noqa: E402
import pictures  # noqa: E402
from clients import packages  # noqa: E402
from data import generate as bundled  # noqa: E402
from deploy.local import certificates, dual, learners, places, registry, reports, workshops  # noqa: E402
from deploy.local.federation import Federation  # noqa: E402
from deploy.local.narrator import Narrator  # noqa: E402
from deploy.local.run import _await_acts as await_acts, _today as today  # noqa: E402

CALLERS = {"council/cce": "", "certifier/ceneval": "reviewer-1", "agency/economy": "officer-1",
           "agency/education": "registrar-1", "organization/tecnologico-bajio-muestra": "registrar-1",
           "company/acme": "", "chamber/canacintra": "", "auditor/asf": ""}
LATE = "company/muestra"  # whose certificate has ended
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
    if "--pictures" in sys.argv:
        return
    # A text that is a script in every other place.
    run("--as", "company/acme", "call", "ProposalService/CreateProposal", json.dumps({
        "proposalId": "script", "proposal": {
            "author": "company/acme", "showAuthor": True, "kind": "PROPOSAL_KIND_NEW_MICROCREDENTIAL",
            "titleEs": SCRIPT, "text": SCRIPT, "skills": ["skills/welding"]}}))


def expired(federation, caller):
    """The file of a federation whose certificate of the caller has ended."""
    now = datetime.now(timezone.utc)
    info, stem = dict(federation.info), federation.place.certificates / "expired"
    certificates.issue(federation.place.certificates / "current", stem, [certificates.spiffe(caller)],
                       begin=now - timedelta(days=2), end=now - timedelta(days=1))
    info["callers"] = {caller: {**info["callers"][caller], "certificate": f"{stem}.pem", "key": f"{stem}.key"}}
    file = federation.place.info.with_name("expired.json")
    file.write_text(json.dumps(info), encoding="utf-8")
    return file


def deeds(federation):
    """What attacks.test.mjs asks for: others block an actor or a caller, and let them in again."""
    def publish(**blocked):
        registry.publish(federation.place, federation.build / "bin/puente-registry", registry.principals(**blocked))

    return {"block-actor": lambda caller, actor: publish(blocked_actors=[(caller, actor)]),
            "block-caller": lambda caller: publish(blocked=[caller]), "block-nobody": publish}


def main():
    packages.ensure()
    with tempfile.TemporaryDirectory(prefix="puente-pages-") as var, contextlib.ExitStack() as stack:
        report = Path(var, "report")
        report.mkdir()
        federation = stack.enter_context(Federation(
            Path(var, "var"), restart=False, database_server=os.environ.get("PUENTE_TEST_MYSQL")))
        subprocess.run([federation.build / "bin/puente_report_sample", "country", report], check=True)
        fill(federation)
        more = {"PUENTE_REPORT": str(report), "PUENTE_SCRIPT": SCRIPT}
        if "--pictures" in sys.argv:
            return pictures.make(federation, CALLERS, more)
        late = stack.enter_context(consoles.console(federation, LATE, info=expired(federation, LATE)))
        with consoles.control(deeds(federation)) as address:
            failed = consoles.drive(federation, "attacks.test.mjs", CALLERS, {**more, "PUENTE_CONTROL": address},
                                    {f"{LATE} expired": late})
        for test in ("acting.test.mjs", "auditing.test.mjs", "pages.test.mjs"):
            failed |= consoles.drive(federation, test, CALLERS, more)
        return failed


if __name__ == "__main__":
    sys.exit(main())
