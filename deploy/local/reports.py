"""A report on what the run has loaded: asked for, approved, published, and its page written."""

import subprocess
import sys

from deploy.local.problem import Problem

DEFINITION = "need-and-teaching"
STATISTICIAN = ("--actor", "statistician-1")


def publish(federation, narrator, today):
    """The folder of its files. What an earlier run has published today stays as it is."""
    report = f"{DEFINITION}-{today}"
    folder = federation.place.root / "reports" / report
    narrator.say(f"  Publishing the report {report}")
    shown = federation.cli("report", "show", report, "--format", "json",
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if shown.returncode != 0:
        _cli(federation, "run", DEFINITION, "--id", report, "--record-kind", "generated",
             "--as", "agency/education", *STATISTICIAN)
        _cli(federation, "approve", report, "--as", "agency/labor", *STATISTICIAN)
        _cli(federation, "publish", report, "--as", "agency/education", *STATISTICIAN)
    if not folder.exists():
        folder.parent.mkdir(exist_ok=True)
        _cli(federation, "open", report, "--to", folder)
    return folder


def _cli(federation, verb, *arguments):
    status = federation.cli("report", verb, *arguments, stdout=sys.stderr).returncode
    if status != 0:
        raise Problem(f"`puente report {verb}` ended with status {status}.",
                      f"read what it says above; the servers' logs are in {federation.place.log}")
