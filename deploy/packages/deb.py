"""Debian packages, by debhelper: what `cmake --install` puts in place, with units, users and
configurations."""

import os
import shutil
import subprocess
from email.utils import format_datetime
from pathlib import Path

from deploy.local.certificates import SERVERS
from deploy.local.problem import Problem
from deploy.local.processes import tail
from deploy.packages.version import ROOT

_SOURCE = Path(__file__).resolve().parent / "debian"
_TITLES = {"education": "Education", "economy": "Economy", "labor": "Labor", "science": "Science",
           "gateway": "the gateway"}
_AS_THEY_ARE = ("control", "copyright", "puente-http.postrm", "puente-http.sysusers", "rules")
# Packages with the pages, each with all that they lead to; and what configurations and the registry
# may say.
_DOCUMENTED = ("servers", "http", "client")
_FORMS = ("common/hosting/config.proto", "common/identity/registry.proto")
_UNITS = {"servers": " ".join(f"puente-{server}.service" for server in SERVERS),
          "http": "'puente-http@*.service'"}
# Ports in the configurations, all of which fit together on one machine.
_PORTS = {"gateway": 7440, "education": 7441, "economy": 7442, "labor": 7443, "science": 7444}
_ADMIN_PORTS_ABOVE = 10


def pack(build, contract, out, work, version, quick):
    """`contract` is the folder that contract.put() made; quick as in make.make()."""
    debian, stage = work / "deb/debian", work / "stage"
    debian.mkdir(parents=True)
    for name in _AS_THEY_ARE:
        shutil.copy(_SOURCE / name, debian)
    _write(debian / "changelog", _changelog(version))
    _write(debian / "puente-servers.sysusers", "".join(
        f'u puente-{server} - "Puente, {_TITLES[server]}"\n' for server in SERVERS))
    shutil.copytree(ROOT / "docs", debian.parent / "docs",
                    ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for form in _FORMS:
        shutil.copy(ROOT / form, debian.parent / "docs")
    for package in _DOCUMENTED:
        _write(debian / f"puente-{package}.docs", "docs/*\n")
    for package, units in _UNITS.items():
        _write(debian / f"puente-{package}.prerm", _filled("prerm", units=units))
        shutil.copy(_SOURCE / "postinst", debian / f"puente-{package}.postinst")
    for server in SERVERS:
        _put_server(stage / "puente-servers", server)
    for folder in ("tls", "registry"):
        (stage / "puente-servers/etc/puente" / folder).mkdir()
    http = stage / "puente-http"
    (http / "etc/puente/http").mkdir(parents=True)
    _write(http / "lib/systemd/system/puente-http@.service",
           _filled("puente-http@.service", sandbox=_text("sandbox")))
    shutil.copytree(contract, stage / "puente-contract/usr/share/puente")
    options = f"parallel={os.cpu_count()}" + (" noautodbgsym" if quick else "")
    env = dict(os.environ, PUENTE_BUILD=str(build), PUENTE_STAGE=str(stage),
               PUENTE_COMPRESSION="-Zgzip -z1" if quick else "-Zxz",
               DEB_BUILD_OPTIONS=options, SOURCE_DATE_EPOCH=str(version.epoch))
    log = out / "debhelper.log"
    with open(log, "wb") as output:
        done = subprocess.run(["debian/rules", "binary"], cwd=debian.parent, env=env,
                              stdout=output, stderr=output, check=False)
    if done.returncode != 0:
        raise Problem(f"debhelper failed:\n{tail(log)}", f"see {log}")
    log.unlink()
    made = sorted(debian.parents[1].glob("*.deb"))
    return [Path(shutil.move(path, out)) for path in made]


def _put_server(package, server):
    facts = {"server": server, "title": _TITLES[server], "port": _PORTS[server],
             "admin_port": _PORTS[server] + _ADMIN_PORTS_ABOVE,
             **{f"{peer}_port": port for peer, port in _PORTS.items()}}
    _write(package / f"lib/systemd/system/puente-{server}.service",
           _filled("server.service", sandbox=_text("sandbox"), **facts))
    config = _filled("server.textproto", **facts)
    more = f"more/{server}.textproto"  # what this server alone has
    if (_SOURCE / more).exists():
        config += _filled(more, **facts)
    _write(package / f"etc/puente/{server}.textproto", config)


def _changelog(version):
    time = format_datetime(version.time())
    return (f"puente ({version.debian}) bookworm; urgency=medium\n\n  * CHANGELOG.md says it.\n\n"
            f" -- Puente's maintainers <maintainers@puente.example>  {time}\n")


def _text(name):
    return (_SOURCE / name).read_text("utf-8")


def _filled(name, **facts):
    text = _text(name)
    for key, value in facts.items():
        text = text.replace(f"@{key}@", str(value))
    return text


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
