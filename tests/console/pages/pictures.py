"""The pictures of docs/manual.es.md, made anew: `/usr/bin/python3 -P tests/console/pages/pages_test.py --pictures`."""

import os
import subprocess
import tempfile
from pathlib import Path

import consoles

PICTURES = Path(__file__).resolve().parents[3] / "docs/pictures"
COLOURS = "64"  # as many as text and charts need


def make(federation, callers, more):
    """What pictures.test.mjs sees, in few colours, in the place of what is there; its exit status."""
    with tempfile.TemporaryDirectory(prefix="puente-pictures-") as folder:
        failed = consoles.drive(federation, "pictures.test.mjs", callers, {**more, "PUENTE_PICTURES": folder})
        if failed:
            return failed
        PICTURES.mkdir(exist_ok=True)
        for old in PICTURES.glob("*.png"):
            old.unlink()
        for made in sorted(Path(folder).glob("*.png")):
            subprocess.run(["pngquant", "--strip", "--speed", "1", "--output", PICTURES / made.name, COLOURS, made],
                           check=True, env=dict(os.environ, LC_ALL="C"))
    return 0
