"""A private certificate authority, and one certificate for each party that calls or serves.

All certificates of a run are one generation, a folder of its own; `current` is a symlink that is
swapped by one rename, so that nobody ever sees half of a generation.
"""

import os
import shutil
import subprocess
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from deploy.local.problem import Problem

TRUST_DOMAIN = "puente.local"
AGENCIES = ("education", "economy", "labor", "science")
SERVERS = AGENCIES + ("gateway",)
PERSONS = ("education",)  # servers that keep persons
CALLERS = tuple(f"agency/{agency}" for agency in AGENCIES) + (
    "certifier/ceneval", "council/cce", "chamber/canacintra", "company/acme", "supplier/portal",
    "reporter/inegi", "auditor/asf", "authority/09", "organization/unam",
    # A second one of each kind that has records of its own, since they must not touch each other's.
    "chamber/muestra", "company/muestra", "supplier/muestra", "organization/muestra",
    # The schools of the bundled data: one that has something certified, and one that uses its workshop.
    "organization/tecnologico-bajio-muestra", "organization/cecati-norte-muestra",
    # One that may apply to take part.
    "company/aspirante")
_SERVERS = tuple(f"agency/{agency}" for agency in AGENCIES) + ("gateway",)

LIFETIME = timedelta(days=7)
RENEW_BEFORE = timedelta(days=2)

_CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
_AUTHORITY = """
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
_REQUEST = """
[req]
distinguished_name = name
req_extensions = extensions
[name]
[extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
{alternatives}
[ca]
default_ca = local
[local]
new_certs_dir = {folder}
database = {folder}/index.txt
rand_serial = yes
unique_subject = no
default_md = sha256
policy = policy
copy_extensions = copy
[policy]
commonName = supplied
"""


def spiffe(path):
    return f"spiffe://{TRUST_DOMAIN}/{path}"


def ensure(place):
    """The folder of certificates that are good for two days at least. True if they are new."""
    current = place.certificates / "current"
    if _good(current):
        return current, False
    with place.writing():
        place.certificates.mkdir(mode=0o700, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="generation-", dir=place.certificates))
        make_authority(folder)
        for path in dict.fromkeys(_SERVERS + CALLERS):
            serves = path in _SERVERS
            issue(folder, folder / path, uris=[spiffe(path)], dns=["localhost"] if serves else [],
                  addresses=["127.0.0.1"] if serves else [])
        _swap(current, folder)
    return current, True


def files(folder, path):
    """Paths of what a caller or server needs."""
    return {"ca": str(folder / "ca.pem"), "certificate": str(folder / f"{path}.pem"),
            "key": str(folder / f"{path}.key")}


def make_authority(folder):
    with tempfile.NamedTemporaryFile("w", suffix=".cnf") as config:
        config.write(_AUTHORITY)
        config.flush()
        _openssl("req", "-x509", "-config", config.name, "-extensions", "authority", *_CURVE,
                 "-days", str(LIFETIME.days), "-subj", "/CN=Puente local authority",
                 "-keyout", folder / "ca.key", "-out", folder / "ca.pem")


def issue(authority, stem, uris, dns=(), addresses=(), begin=None, end=None):
    """Writes STEM.pem and STEM.key, signed by the authority in that folder.

    Times are aware datetimes; by default from now on for LIFETIME. Tests ask for what is wrong
    on purpose: several URIs, none, or times that have passed.
    """
    begin = begin or datetime.now(timezone.utc)
    names = [f"URI:{uri}" for uri in uris] + [f"DNS:{name}" for name in dns]
    names += [f"IP:{address}" for address in addresses]
    stem.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        config = Path(work, "request.cnf")
        alternatives = "subjectAltName = " + ",".join(names) if names else ""
        config.write_text(_REQUEST.format(folder=work, alternatives=alternatives))
        Path(work, "index.txt").touch()
        _openssl("req", "-new", "-config", config, *_CURVE, "-subj", f"/CN={stem.name}",
                 "-keyout", f"{stem}.key", "-out", f"{work}/request.pem")
        _openssl("ca", "-batch", "-notext", "-config", config, "-cert", authority / "ca.pem",
                 "-keyfile", authority / "ca.key", "-startdate", _stamp(begin),
                 "-enddate", _stamp(end or begin + LIFETIME),
                 "-in", f"{work}/request.pem", "-out", f"{stem}.pem")
    os.chmod(f"{stem}.key", 0o600)


def _good(current):
    needed = [current / "ca.pem", current / "ca.key"]
    needed += [current / f"{path}.{end}" for path in _SERVERS + CALLERS for end in ("pem", "key")]
    if not all(path.is_file() for path in needed):
        return False
    seconds = str(int(RENEW_BEFORE.total_seconds()))
    return all(subprocess.run(["openssl", "x509", "-noout", "-checkend", seconds, "-in", path],
                              stdout=subprocess.DEVNULL, check=False).returncode == 0
               for path in (current / "ca.pem", current / "gateway.pem"))


def _swap(current, folder):
    fresh = current.with_name("current.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(folder.name)
    os.replace(fresh, current)
    for other in current.parent.glob("generation-*"):
        if other != folder:
            shutil.rmtree(other)


def _stamp(time):
    return time.astimezone(timezone.utc).strftime("%Y%m%d%H%M%SZ")


def _openssl(*arguments):
    try:
        done = subprocess.run(["openssl", *map(str, arguments)], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Problem("openssl is missing.", "apt-get install openssl") from None
    if done.returncode != 0:
        raise Problem(f"openssl {arguments[0]} failed: {done.stderr.strip()}",
                      "see whether the disk is full and the clock is right")
