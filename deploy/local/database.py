"""The private MariaDB: one schema and one user for each server, and for the keys of its persons, on a
socket of our own. For tests, also a server that is there already."""

import os
import re
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from deploy.local.certificates import PERSONS, SERVERS
from deploy.local.problem import Problem
from deploy.local.processes import dying_with_us, tail

_LONGEST_SOCKET = 107  # bytes in sockaddr_un
_SBIN = "/usr/sbin/mariadbd"


def keys_of(server):
    """The database of the keys of its persons, as it is called among those of servers."""
    return f"{server}_keys"


# Of each server, and of those that keep persons.
DATABASES = SERVERS + tuple(keys_of(server) for server in PERSONS)


def schema(database):
    """Also the name of its user."""
    return f"puente_{database}"


def password_file(place, user):
    return place.secrets / user


def on_socket(place, socket, database):
    """What a server's configuration says of a database."""
    user = schema(database)
    return {"socket": socket, "user": user, "password_file": password_file(place, user),
            "schema": user}


class Named:
    """A server that somebody else runs, MariaDB or MySQL, given as mysql://USER:PASSWORD@/SOCKET or
    mysql://USER:PASSWORD@HOST:PORT[,HOST:PORT]?ca=/CA.PEM, of which the first is used to make
    schemas. Has ours until drop(); a process that is killed leaves its own."""

    def __init__(self, place, url):
        parts = re.fullmatch(r"mysql://([^:]*):(.*)@(?:(/.+)|([^/?@]+)\?ca=(/.+))", url)
        if parts is None:
            raise Problem(f"{url} names no database server.",
                          "give it as mysql://USER:PASSWORD@/PATH/TO/SOCKET, or "
                          "mysql://USER:PASSWORD@HOST:PORT?ca=/PATH/TO/CA.PEM")
        user, self._password, socket, hosts, ca = parts.groups()
        mark = secrets.token_hex(4)
        where = {"socket": socket} if socket else {"hosts": hosts.split(","), "ca": ca}
        self.databases = {name: {**where, "user": user,
                                 "password_file": password_file(place, user),
                                 "schema": f"puente_test_{mark}_{name}"}
                          for name in DATABASES}
        place.write(password_file(place, user), self._password)

    def create(self):
        self._each("CREATE DATABASE {} CHARACTER SET utf8mb4")

    def drop(self):
        self._each("DROP DATABASE IF EXISTS {}")

    def _each(self, statement):
        for known in self.databases.values():
            done = subprocess.run(
                ["mariadb", "--no-defaults", *_reaching(known), f"--user={known['user']}",
                 "-e", statement.format(known["schema"])],
                env=dict(os.environ, MYSQL_PWD=self._password), stdin=subprocess.DEVNULL,
                capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise Problem(f"The database server that was named: {done.stderr.strip()}",
                              "see whether it runs, and whether that user has all rights on "
                              "puente_test_%")


def _reaching(known):
    """The client's arguments."""
    if "socket" in known:
        return [f"--socket={known['socket']}"]
    host, port = known["hosts"][0].rsplit(":", 1)
    return [f"--host={host}", f"--port={port}", "--protocol=tcp", f"--ssl-ca={known['ca']}",
            "--ssl-verify-server-cert"]


def make_socket_folder():
    """Short and private, since a clone may lie at any depth."""
    base = "/tmp" if os.access("/tmp", os.W_OK) else tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix="puente-", dir=base))
    if len(os.fsencode(folder / "mariadb.sock")) > _LONGEST_SOCKET:
        folder.rmdir()
        raise Problem(f"{base} is too long a path for a socket.", "set TMPDIR to a shorter one")
    return folder


def exists(place):
    return place.database.is_dir()


def create(place):
    """Makes the data folder as a whole or not at all."""
    fresh = place.database.with_name("database.new")
    shutil.rmtree(fresh, ignore_errors=True)
    log = place.log / "mariadb-install.log"
    command = ["mariadb-install-db", "--no-defaults", f"--datadir={fresh}", "--skip-test-db",
               "--auth-root-authentication-method=normal", "--skip-name-resolve",
               _temporary(place), *_as_user()]
    if shutil.which("mariadb-install-db") is None:
        raise Problem("MariaDB is missing.", "apt-get install mariadb-server-core")
    with open(log, "wb") as out:
        done = subprocess.run(dying_with_us(command), stdin=subprocess.DEVNULL, stdout=out,
                              stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise Problem(f"The database could not be created:\n{tail(log)}",
                      f"see {log}; often the disk is full")
    os.replace(fresh, place.database)


def prepare(place):
    """Writes the statements that make schemas, users and rights true at every start."""
    statements = [
        f"ALTER USER 'root'@'localhost' IDENTIFIED BY '{_password(place, 'root')}';",
        # Those for other host names were made without a password.
        "DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost';",
        "FLUSH PRIVILEGES;",
    ]
    escaped = r"\_"  # in a grant, `_` is a wildcard and would reach other schemas
    for name in DATABASES:
        user = schema(name)
        identified = f"'{user}'@'localhost' IDENTIFIED BY '{_password(place, user)}'"
        statements += [
            f"CREATE DATABASE IF NOT EXISTS `{user}` CHARACTER SET utf8mb4;",
            f"CREATE USER IF NOT EXISTS {identified};",
            f"ALTER USER {identified};",
            f"GRANT ALL PRIVILEGES ON `{user.replace('_', escaped)}`.* TO '{user}'@'localhost';",
        ]
    place.write(place.config / "database.sql", "\n".join(statements) + "\n")


def command(place, socket_folder):
    """Durable commits, no network."""
    return [_SBIN, "--no-defaults", *_as_user(), f"--datadir={place.database}",
            f"--socket={socket_folder}/mariadb.sock", f"--pid-file={socket_folder}/mariadb.pid",
            f"--init-file={place.config}/database.sql", _temporary(place), "--skip-networking",
            "--skip-name-resolve", "--character-set-server=utf8mb4",
            "--default-time-zone=+00:00", "--innodb-flush-log-at-trx-commit=1"]


def _temporary(place):
    """Of its own: a server that starts deletes the temporary tables of all that share one."""
    return f"--tmpdir={place.temporary}"


def _as_user():
    return ["--user=root"] if os.geteuid() == 0 else []


def _password(place, user):
    path = password_file(place, user)
    if not path.exists():
        place.write(path, secrets.token_hex(24))
    return path.read_text().strip()
