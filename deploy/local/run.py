"""`./dev run`: starts a federation, loads the bundled data, shows the answer, serves."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zoneinfo
from datetime import datetime
from pathlib import Path

from data import country
from data import generate as bundled
from deploy.local import dual, learners, places, reports, workshops
from deploy.local.federation import ROOT, Federation
from deploy.local.narrator import Narrator
from deploy.local.problem import Problem


# Seconds that acts may take before the answer is shown as it is by then.
ACTS_LIMIT = 10

LEARNERS, LEARNERS_A_SCHOOL = 100, 10  # of the bundled data, and more for each school of --sample


class Interrupted(BaseException):
    """Ctrl-C, or somebody asked this process to end."""


def main():
    options = _parse()
    narrator = Narrator()
    federation = Federation(options.var, port=options.port, embedded=options.embedded,
                            restart=options.restart, narrator=narrator)
    signals = Signals(federation)
    serving = False
    try:
        _check(options)
        federation.start(fresh=options.fresh or options.empty)
        if not options.empty:
            _load(federation, narrator, options.vacancies)
            if options.sample:
                _load_country(federation, narrator, options.sample, options.seed)
            _await_acts(federation)
            _load_learners(federation, narrator, options.sample, options.seed)
            pages = reports.publish(federation, narrator, _today())
            _show(federation)
            narrator.say(f"\nA report on this is {pages}/report.es.html, or report.en.html; for "
                         f"programs, by SDMX: curl '{federation.sdmx}/dataflow'")
        if not options.once:
            serving = True
            _serve(federation, narrator)
    except Problem as problem:
        narrator.say(f"./dev run: {problem}")
        return 1
    except Interrupted:
        return 0 if serving else 130
    finally:
        signals.stopping = True
        if federation.info is not None:
            with narrator.step("Stopping"):
                federation.stop()
    return 0


def _parse():
    parser = argparse.ArgumentParser(
        prog="./dev run", description="Runs a federation on this machine until Ctrl-C.")
    parser.add_argument("--once", action="store_true", help="end after the answer")
    parser.add_argument("--empty", action="store_true",
                        help="load nothing, as docs/walkthrough.md begins; implies --fresh")
    parser.add_argument("--vacancies", metavar="FILE", type=Path,
                        help="load this vacancy file as well")
    parser.add_argument("--sample", metavar="N", type=country.size_of, default=0,
                        help="load a generated country of N schools as well, all else in proportion")
    parser.add_argument("--seed", type=int, default=1, help="of that country (1)")
    parser.add_argument("--fresh", action="store_true",
                        help="start over: delete data, certificates and passwords of earlier runs")
    parser.add_argument("--port", type=_port, default=0,
                        help="the gateway's port (a free one without this)")
    parser.add_argument("--embedded", action="store_true", help="all five services in one process")
    parser.add_argument("--no-restart", dest="restart", action="store_false",
                        help="leave a process that dies dead")
    parser.add_argument("--var", metavar="DIR", type=Path, default=ROOT / "var",
                        help="folder of data, certificates and logs (var)")
    return parser.parse_args()


def _port(text):
    port = int(text) if text.isdecimal() else 0
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port: give one from 1024 to 65535")
    return port


def _check(options):
    """What would fail later, before anything is touched."""
    file = options.vacancies
    if file is not None and not (file.is_file() and os.access(file, os.R_OK)):
        raise Problem(f"{file} cannot be read.", "give --vacancies the path of a readable file")


def _load(federation, narrator, vacancies):
    narrator.say("  Loading the bundled data")
    _cli(federation, "load-data", ROOT / "data", stdout=sys.stderr)
    if vacancies is not None:
        narrator.say(f"  Loading {vacancies}")
        _cli(federation, "count", "labor", "vacancies", "--kind", "real", stdout=sys.stderr)
        _cli(federation, "labor", "load-vacancies", vacancies.absolute(), stdout=sys.stderr)


def _load_country(federation, narrator, size, seed):
    with tempfile.TemporaryDirectory(dir=federation.place.temporary) as folder:
        narrator.say(f"  Loading a generated country of {size} schools (data/country.py, seed {seed})")
        for step in country.write(Path(folder), size, seed):
            _cli(federation, *step, stdout=sys.stderr)


def _load_learners(federation, narrator, size, seed):
    """Once what they learn is certified."""
    versions = [f"microcredentials/{bundled.SUBMITTED[0]}/versions/1"]
    if size:
        versions += country.Country(size, seed).certified()
    today = _today()
    narrator.say("  Loading learners, enrolments, assessments and awards (data/learners.py)")
    learning = learners.load(federation, LEARNERS + LEARNERS_A_SCHOOL * size, versions, today)
    narrator.say("  Loading training places, and placing learners there (data/places.py)")
    places.load(federation, learning, today)
    narrator.say("  Dual education and its hours, workshops and their bookings (data/dual.py, workshops.py)")
    dual.load(federation, versions[0], today)
    workshops.load(federation, today)


def _today():
    return datetime.now(zoneinfo.ZoneInfo("America/Mexico_City")).date()


def _await_acts(federation):
    """Acts over two owners go on by themselves; the first answer shows what came of them."""
    until = time.monotonic() + ACTS_LIMIT
    running = ("call", "ActService/ListActs", '{"filter": "state = RUNNING"}',
               "--as", "agency/education", "--format", "json")
    while time.monotonic() < until:
        answer = federation.cli(*running, stdout=subprocess.PIPE).stdout
        if answer and not json.loads(answer).get("acts"):
            return
        time.sleep(0.1)


def _show(federation):
    sys.stderr.flush()
    _cli(federation, "council", "overview")
    _cli(federation, "council", "trace", "--skill", "welding")


def _serve(federation, narrator):
    narrator.say(f"\nServing on {federation.info['gateway']['address']} until Ctrl-C; "
                 f"addresses and certificates are in {federation.place.info}.\n"
                 "Ask from another terminal, for example: "
                 f"{federation.build}/bin/puente council overview --sector automotive\n"
                 f"Or in a browser: {federation.build}/bin/puente console --as council/cce")
    threading.Event().wait()


def _cli(federation, *arguments, **options):
    status = federation.cli(*arguments, **options).returncode
    if status != 0:
        raise Problem(f"`puente {arguments[0]}` ended with status {status}.",
                      f"read what it says above; the servers' logs are in {federation.place.log}")


class Signals:
    """The first signal ends the run in order; one that comes while it is ending, at once."""

    def __init__(self, federation):
        self._federation = federation
        self.stopping = False
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._handle)

    def _handle(self, *_):
        if self.stopping:
            self._federation.abandon()
        else:
            self.stopping = True
            raise Interrupted


if __name__ == "__main__":
    sys.exit(main())
