#!/usr/bin/python3
"""Records what the database sees of a release: record.py VERSION BUILD, in the tree of that release.

Runs the conformance tests on a federation of BUILD's binaries while MariaDB logs every statement.
Writes, below VERSION/ and for each agency, AGENCY.sql (the statements that its server prepared, one a
line) and AGENCY.schema (columns and keys of its tables). release_test.cc holds today's schema to
them. A recorded release is never recorded anew.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
sys.dont_write_bytecode = True

from clients import packages  # noqa: E402
from deploy.local import database  # noqa: E402
from deploy.local.certificates import AGENCIES  # noqa: E402
from deploy.local.federation import Federation  # noqa: E402

LINE = re.compile(r"^(?:\d{6} [ \d]\d:\d\d:\d\d)?\t+ *(\d+) (Connect|Prepare)\t(.*)$")
STATEMENT = re.compile(r"(SELECT|INSERT|UPDATE|DELETE) ")
MIGRATES = re.compile(r"migration_lock|processlist|INTO migration ")  # the newer binary does that
COLUMNS = """SELECT CONCAT_WS(' ', 'column', table_name, column_name, column_type,
  IF(is_nullable = 'YES', 'NULL', 'NOT NULL')) FROM information_schema.columns
  WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position"""
KEYS = """SELECT CONCAT_WS(' ', IF(non_unique = 0, 'unique', 'index'), table_name, index_name,
  GROUP_CONCAT(column_name ORDER BY seq_in_index)) FROM information_schema.statistics
  WHERE table_schema = DATABASE() GROUP BY table_name, index_name, non_unique
  ORDER BY table_name, index_name"""


def main(version, build):
    packages.ensure()
    with tempfile.TemporaryDirectory(prefix="puente-record-") as var:
        log = Path(var) / "statements.log"
        command = database.command
        database.command = lambda *place: [*command(*place), "--general-log",
                                           f"--general-log-file={log}"]
        os.environ["PUENTE_BUILD"] = build
        with Federation(var, restart=False) as federation:
            exercise(federation, build)
            (FOLDER / version).mkdir()
            for agency in AGENCIES:
                shape = ask(federation, agency, COLUMNS) + ask(federation, agency, KEYS)
                write(FOLDER / version / f"{agency}.schema", shape)
        for agency, texts in prepared(log).items():
            write(FOLDER / version / f"{agency}.sql", sorted(texts))


def exercise(federation, build):
    loaded = federation.cli("load-data", ROOT / "data", capture_output=True, text=True)
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    env = dict(os.environ, PUENTE_FEDERATION=str(federation.place.info), PUENTE_BUILD=build)
    subprocess.run([sys.executable, "-m", "unittest", "discover", "-s", ROOT / "tests/conformance",
                    "-p", "*_test.py"], env=env, check=True)


def ask(federation, agency, statement):
    known = federation.info["database"]
    password = Path(known["password_files"]["root"]).read_text(encoding="utf-8").strip()
    done = subprocess.run(
        ["mariadb", "--no-defaults", "--socket", known["socket"], "-uroot", "-N", "-B", "-e",
         statement, database.schema(agency)],
        env=dict(os.environ, MYSQL_PWD=password), capture_output=True, text=True, check=True)
    # Only MariaDB says display widths.
    return re.sub(r"int\(\d+\)", "int", done.stdout).splitlines()


def prepared(log):
    """The statements of each agency's server, for as few rows as they can be for."""
    agency_of = {database.schema(agency): agency for agency in AGENCIES}
    texts, connections = {agency: set() for agency in AGENCIES}, {}
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = LINE.match(line)
        if match is None:
            continue
        connection, event, text = match.groups()
        if event == "Connect":
            connections[connection] = agency_of.get(text.split("@")[0])
        elif connections.get(connection) and STATEMENT.match(text) and not MIGRATES.search(text):
            texts[connections[connection]].add(for_one_row(text))
    return texts


def for_one_row(text):
    text = re.sub(r"(\((?:\?, ?)*\?\))(?:, ?\1)+", r"\1", text)
    text = re.sub(r"IN \((?:\?, ?)+\?\)", "IN (?)", text)
    # common/sql adds this where the server knows it; MySQL does not.
    return text.removesuffix(" RETURNING id")


def write(path, lines):
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
