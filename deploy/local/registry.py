"""The registry of principals of a local federation: who may call, and who acts for them, signed by
a key of its own (common/identity/registry.proto says what the file holds)."""

import base64
import os
import subprocess
import tempfile
from pathlib import Path

from deploy.local.certificates import AGENCIES, CALLERS
from deploy.local.problem import Problem

# Who acts in the local run: a person for each time that a role stands, as "registrar-1".
ROLES = {"agency/education": ("registrar", "registrar", "statistician"),
         "organization/unam": ("registrar", "tutor", "officer"),
         "organization/muestra": ("registrar", "officer"),
         "organization/tecnologico-bajio-muestra": ("registrar", "officer"),
         "organization/cecati-norte-muestra": ("registrar", "officer"),
         "certifier/ceneval": ("reviewer", "reviewer", "registrar"), "company/acme": ("instructor", "officer"),
         "company/muestra": ("officer",), "chamber/canacintra": ("officer",),
         "chamber/muestra": ("officer",),
         "agency/economy": ("officer", "statistician"), "reporter/inegi": ("statistician",),
         "agency/labor": ("statistician",), "agency/science": ("officer",)}

# Whose records are facts in the local run; all others' are generated.
REAL = ("supplier/portal",)
# Whose sources are not their paths. The bundled vacancies are the second one's.
SOURCES = {"supplier/portal": ("portal-del-empleo",), "supplier/muestra": ("puente-sample",)}


def files(place):
    return {"file": str(place.registry / "principals.textproto"),
            "public_key": str(place.registry / "public.pem")}


def make(place):
    """Issues the registry of the local run anew, with its key if there is none yet."""
    if not (place.registry / "key.pem").is_file():
        place.registry.mkdir(mode=0o700, exist_ok=True)
        _openssl("genpkey", "-algorithm", "ed25519", "-out", place.registry / "key.pem")
        _openssl("pkey", "-in", place.registry / "key.pem", "-pubout",
                 "-out", files(place)["public_key"])
    publish(place, principals())


def actors():
    """Who acts for whom in the local run: path, id, role."""
    return {path: {f"{role}-{roles[:at].count(role) + 1}": role for at, role in enumerate(roles)}
            for path, roles in ROLES.items()}


def principals(serial=1, blocked=(), left_out=(), blocked_actors=()):
    """The text of an issue. Blocked actors are (path, id)."""
    lines = [f"serial: {serial}"]
    for path in (*(f"agency/{agency}" for agency in AGENCIES), "gateway",
                 *(path for path in CALLERS if not path.startswith("agency/"))):
        if path in left_out:
            continue
        parts = [f'path: "{path}"']
        if path in blocked:
            parts.append("blocked: true")
        if path not in REAL:
            parts.append("record_kind: RECORD_KIND_GENERATED")
        parts += (f'sources: "{source}"' for source in SOURCES.get(path, ()))
        for actor, role in actors().get(path, {}).items():
            gone = " blocked: true" if (path, actor) in blocked_actors else ""
            parts.append(f'actors {{ id: "{actor}" roles: ACTOR_ROLE_{role.upper()}{gone} }}')
        lines.append(f"principals {{ {' '.join(parts)} }}")
    return "\n".join(lines) + "\n"


def publish(place, text):
    """Signs the text and puts it in the place of the issue before, by one rename."""
    with tempfile.TemporaryDirectory(dir=place.registry) as work:
        plain = Path(work, "plain")
        plain.write_text(text, "utf-8")
        _openssl("pkeyutl", "-sign", "-rawin", "-inkey", place.registry / "key.pem",
                 "-in", plain, "-out", Path(work, "signature"))
        signature = base64.b64encode(Path(work, "signature").read_bytes()).decode()
        fresh = Path(work, "signed")
        fresh.write_text(f"# signature: {signature}\n{text}", "utf-8")
        os.replace(fresh, files(place)["file"])


def _openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Problem(f"openssl {arguments[0]} failed: {done.stderr.strip()}",
                      "see whether the disk is full")
