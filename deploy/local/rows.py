"""Files of the sample, loaded as those would whose records they are."""

import csv
import io
import subprocess
import tempfile
from pathlib import Path

from deploy.local.problem import Problem


def load(federation, agency, kind, parent, rows, *options):
    """Loads a table of a layout of Puente's own; the records that its rows state, in their order.
    `parent`: what they are put below, or ""."""
    with tempfile.TemporaryDirectory(dir=federation.place.temporary) as folder:
        path = Path(folder, f"{kind}.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        below = ("--parent", parent) if parent else ()
        done = federation.cli("load", agency, path, "--profile", f"puente-{kind}", *below, *options, "--format", "csv", stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Problem(f"the sample's {kind} were not loaded.\n{done.stdout}",
                      f"read what it says above; the servers' logs are in {federation.place.log}")
    return [row["name"] for row in csv.DictReader(io.StringIO(done.stdout))]
