"""The registry of principals of a local federation: who may call, and who acts for them, signed by
a key of its own. What the file holds says common/identity/registry.proto; the operators' program,
puente-registry, signs it."""

import subprocess
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


def make(place, program):
    """Issues the registry of the local run anew, with its key if there is none yet. `program` is
    the operators'."""
    if not Path(files(place)["file"]).is_file():
        _run(program, place, "init")
    publish(place, program, principals())


def actors():
    """Who acts for whom in the local run: path, id, role."""
    return {path: {f"{role}-{roles[:at].count(role) + 1}": role for at, role in enumerate(roles)}
            for path, roles in ROLES.items()}


def principals(blocked=(), left_out=(), blocked_actors=()):
    """The text of an issue, without its serial. Blocked actors are (path, id)."""
    lines = []
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


def publish(place, program, text):
    """Has it signed, as the next issue, and put in the place of the one before, whatever that is."""
    _run(program, place, "publish", "-", "--replace-any", text=text)


def _run(program, place, *arguments, text=""):
    try:
        done = subprocess.run([program, "--registry", place.registry, "--lang", "en", *arguments],
                              input=text, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Problem(f"{program} is missing.", "build it with ./dev build") from None
    if done.returncode != 0:
        raise Problem(f"The registry of principals could not be made: {done.stderr.strip()}",
                      f"see {place.registry}, or begin anew with ./dev run --fresh")
