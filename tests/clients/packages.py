"""The packages of the Node client, which have googleapis as well: installed once, as locked."""

import fcntl
import subprocess
from pathlib import Path

NODE = Path(__file__).resolve().parent / "node"


def ensure():
    """`npm ci` unless what is installed is as locked. Waits for another that installs."""
    stamp = NODE / "node_modules/.locked"
    with open(NODE / "package.json", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.stat().st_mtime > (NODE / "package-lock.json").stat().st_mtime:
            return
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund",
                        "--loglevel=error"], cwd=NODE, check=True)
        stamp.touch()
