"""What `./dev package` does once all is built: make.py BUILD OUT

Makes Debian packages, the contract for npm and as a tarball, and their digests, in the folder OUT,
whose packages of before are removed.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.local.narrator import Narrator
from deploy.local.problem import Problem
from deploy.packages import contract, deb, npm
from deploy.packages.version import Version

_MADE = ("*.deb", "*.tgz", "*.tar.gz", "SHA256SUMS")


def main(build, out):
    try:
        for path in make(Path(build).absolute(), Path(out).absolute()):
            print(f"{path.stat().st_size / 1e6:9.1f} MB  {path.name}")
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(error, error.stderr or "", file=sys.stderr)
        return 1
    return 0


def make(build, out, quick=False, narrator=None):
    """The files that were made. Quick, for tests: packed less, and no packages of symbols."""
    version, narrator = Version(), narrator or Narrator()
    out.mkdir(parents=True, exist_ok=True)
    for pattern in _MADE:
        for path in out.glob(pattern):
            path.unlink()
    with tempfile.TemporaryDirectory(prefix="puente-packages-", dir=out) as name:
        work = Path(name)
        folder = work / "contract"
        with narrator.step("The contract: tarball"):
            contract.put(build, folder, version)
            made = [contract.pack(folder, out, version)]
        with narrator.step("The contract for npm"):
            made.append(npm.pack(folder, out, work, version))
        with narrator.step("Debian packages"):
            made += deb.pack(build, folder, out, work, version, quick)
    sums = out / "SHA256SUMS"
    sums.write_text("".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
                            for path in made), "utf-8")
    return [*made, sums]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
