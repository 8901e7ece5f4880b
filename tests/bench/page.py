#!/usr/bin/python3
"""How soon the console's overview shows its figures in Chromium, beside the composed call made by the same page
(page.mjs): `page.overview` is chosen in an open console, `page.overview.load` loads the console first. Prints lines as
puente_bench does, and takes its options; `--quick` shows that all runs."""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/console/pages")]
sys.dont_write_bytecode = True

import consoles  # noqa: E402
from clients import packages  # noqa: E402
from deploy.local.federation import Federation  # noqa: E402

LINES = {"page.overview": "chosen", "page.overview.load": "loaded"}
MOST = 3  # times the call


def report(name, pairs):
    pairs = sorted(pairs, key=lambda pair: pair[0] / pair[1])
    value, limit = pairs[len(pairs) // 2]
    ratios = [pair[0] / pair[1] for pair in pairs]
    ratio = value / limit
    print(json.dumps({"name": name, "value": round(value * 1000, 3), "limit": round(limit * 1000, 3),
                      "ratio": round(ratio, 3), "target": f"<={MOST}", "ok": ratio <= MOST, "unit": "ms",
                      "pairs": len(pairs), "ratio_min": round(ratios[0], 3), "ratio_max": round(ratios[-1], 3)},
                     separators=(",", ":")), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="lines by name")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--large", action="store_true", help="no difference here")
    options = parser.parse_args()
    wanted = [name for name in LINES if re.search(options.only, name)]
    if not wanted:
        return 0
    packages.ensure()
    with tempfile.TemporaryDirectory(prefix="puente-page-") as folder, \
            Federation(Path(folder, "var"), restart=False) as federation:
        loaded = federation.cli("load-data", ROOT / "data", capture_output=True, text=True)
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr
        times = Path(folder, "times.json")
        failed = consoles.drive(
            federation, HERE / "page.mjs", {"council/cce": ""},
            {"PUENTE_TIMES": str(times), "PUENTE_ROUNDS": "1" if options.quick else "7"}, stdout=subprocess.DEVNULL)
        if failed:
            return failed
        rounds = json.loads(times.read_text(encoding="utf-8"))
    for name in wanted:
        report(name, [(each[LINES[name]], each["called"]) for each in rounds])
    return 0


if __name__ == "__main__":
    sys.exit(main())
