"""The contract as files: protos, all that they import, the descriptor set, the service config."""

import os
import shutil
import subprocess
import tarfile

from deploy.packages.version import ROOT
from tests.clients import generate

_READ_ME = """\
# Puente's contract {version}

| what | for |
|---|---|
| `proto/` | the contract; its comments say who may call, what is meant, which errors come back |
| `googleapis/` | Google's that it imports, as published; take your language's own if it has them |
| `puente.binpb` | all of it as one descriptor set with the comments, as for `buf curl --schema` |
| `proto/puente/service_config.json` | retries, for gRPC's libraries |
| `CHANGELOG.md` | what changed |

To generate code, here with `--python_out`:

    mkdir -p client
    protoc -Iproto -Igoogleapis --python_out=client $(cd proto && find puente -name '*.proto')
"""


def put(build, folder, version):
    """All of it into a new folder, as `cmake --install` lays it out."""
    subprocess.run(["cmake", "--install", build, "--prefix", folder.with_suffix(".install"),
                    "--component", "contract"], check=True, stdout=subprocess.DEVNULL)
    shutil.move(folder.with_suffix(".install") / "share/puente", folder)
    for name in generate.GOOGLE:
        target = folder / "googleapis" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(generate.GOOGLEAPIS / name, target)
    shutil.copyfile(generate.GOOGLEAPIS / "LICENSE", folder / "googleapis/LICENSE")
    shutil.copyfile(ROOT / "CHANGELOG.md", folder / "CHANGELOG.md")
    (folder / "README.md").write_text(_READ_ME.format(version=version.npm), "utf-8")


def pack(folder, out, version):
    """The tarball. The same commit gives the same bytes."""
    top = f"puente-contract-{version.npm}"
    path = out / f"{top}.tar.gz"

    def plain(info):
        info.uid = info.gid = 0
        info.uname = info.gname = "root"
        info.mtime = version.epoch
        info.mode = 0o755 if info.isdir() else 0o644
        return info

    plain_tar = out / f"{top}.tar"
    with tarfile.open(plain_tar, "w", format=tarfile.GNU_FORMAT) as tar:
        tar.add(folder, top, filter=plain)  # in the order of names
    with open(path, "wb") as packed:
        subprocess.run(["gzip", "-9nc", plain_tar], check=True, stdout=packed)
    os.unlink(plain_tar)
    return path
