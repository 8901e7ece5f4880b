"""puente-registry as operators call it, and requests as parties make them."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("PUENTE_BUILD", ROOT / "build"))
PROGRAM = BUILD / "bin/puente-registry"

P256 = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")


def command(folder, *arguments, language="en"):
    return [str(part) for part in (PROGRAM, "--lang", language, "--registry", folder, *arguments)]


def run(folder, *arguments, **options):
    """Its status, and what it printed on both."""
    text = options.pop("text", None)
    done = subprocess.run(command(folder, *arguments, **options), capture_output=True, text=True,
                          input=text, check=False, timeout=60)
    return done.returncode, done.stdout, done.stderr


def must(folder, *arguments, **options):
    status, out, err = run(folder, *arguments, **options)
    assert status == 0, out + err
    return out


def request(stem, *names, key=P256, more=()):
    """STEM.key and STEM.csr, which asks for these names ("URI:spiffe://…")."""
    asked = ("-addext", "subjectAltName=" + ",".join(names)) if names else ()
    subprocess.run(["openssl", "req", "-new", *key, "-nodes", "-keyout", f"{stem}.key", "-out",
                    f"{stem}.csr", "-subj", "/CN=x", *asked, *more], capture_output=True,
                   check=True)
    os.chmod(f"{stem}.key", 0o600)
    return Path(f"{stem}.csr")


def spiffe(path):
    return f"URI:spiffe://puente.local/{path}"
