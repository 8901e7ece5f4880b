"""The Debian packages, in a Debian that has nothing else of ours and is booted, as
docs/operations.md says it."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from deploy.local import certificates, registry
from deploy.local.certificates import AGENCIES, CALLERS, SERVERS
from deploy.local.narrator import Narrator
from deploy.local.place import Place
from deploy.packages import make
from deploy.packages.version import ROOT, Version
from tests.packages.clean_root import CleanRoot
from tests.small_disk import may_mount, with_own_mounts

BUILD = Path(os.environ["PUENTE_BUILD"])
PAGE = (ROOT / "docs/operations.md").read_text("utf-8")


def blocks(section):
    return re.findall(r"^```sh\n(.*?)^```$",
                      PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0], re.M | re.S)


INSTALL, SERVER, KEYS, START, HTTP = blocks("Installing")
DUMP, RESTORE, SEATS = blocks("Backup and restore")
EPOCH, = re.findall(r"`(runuser [^`]* --generate-epoch [^`]*)`", PAGE)
REPLAY, = re.findall(r"`(runuser [^`]* --replay-erasures)`", PAGE)


@unittest.skipUnless(may_mount(), "a root of its own is made by who may mount one")
class Debian(unittest.TestCase):
    """Steps of one machine's life, in the order of their names."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="puente-packages-")
        cls.addClassCleanup(folder.cleanup)
        cls.packages = Path(folder.name, "packages")
        make.make(BUILD.absolute(), cls.packages, quick=True, narrator=Narrator(quiet=True))
        cls.hand_over(Path(folder.name, "var"))
        cls.root = cls.enterClassContext(CleanRoot(cls.packages))
        options = "-y -q --no-install-recommends -o Dpkg::Options::=--force-unsafe-io"
        cls.root.prepare("cd /packages && apt-get update -q\n" +
                         INSTALL.replace("install", f"install {options}") +
                         f"apt-get install {options} ./puente-*.deb")
        cls.root.boot()

    @classmethod
    def hand_over(cls, var):
        """What the operators give: certificates and an issue of the registry; and all callers'."""
        place = Place(var)
        place.open()
        cls.addClassCleanup(place.close)
        folder, _ = certificates.ensure(place)
        registry.make(place, BUILD / "bin/puente-registry")
        to = cls.packages / "given"
        shutil.copytree(folder, to)
        for server in SERVERS:
            files = certificates.files(folder, f"agency/{server}" if server in AGENCIES else server)
            shutil.copy(files["certificate"], to / f"{server}.pem")
            shutil.copy(files["key"], to / f"{server}.key")
        issued = registry.files(place)
        shutil.copy(issued["file"], to / "principals.textproto")
        shutil.copy(issued["public_key"], to / "public.pem")

    def federation(self):
        """The file of addresses, with the ports that the configurations come with."""
        ports = {name: int(re.search(r'^listen: ".*:(\d+)"', self.run_it(
            f"cat /etc/puente/{name}.textproto"), re.M)[1]) for name in SERVERS}
        addresses = {name: {"address": f"127.0.0.1:{port}"} for name, port in ports.items()}
        callers = {path: certificates.files(Path("/packages/given"), path) for path in CALLERS}
        callers["council/cce"] = certificates.files(Path("/etc/puente/tls"), "cce")
        callers["council/cce"]["ca"] = "/etc/puente/tls/ca.pem"
        return {"gateway": addresses.pop("gateway"), "modules": addresses, "callers": callers,
                "actors": registry.actors()}

    def run_it(self, command, folder="/root"):
        return self.root.run(command, folder)

    def test_1_what_is_installed(self):
        for name in ("puente", "puente-http", "puente-embedded", "puente-registry",
                     *(f"puente-{s}" for s in SERVERS)):
            self.assertIn(Version().number, self.run_it(f"{name} --version"))
            self.run_it(f"{name} --help")
        units = [f"puente-{server}" for server in SERVERS]
        self.run_it("systemd-analyze verify " + " ".join(
            f"/lib/systemd/system/{unit}.service" for unit in [*units, "puente-http@x"]))
        for unit in units:
            self.run_it(f"id {unit}")
            self.assertEqual(self.root.ask(f"systemctl is-enabled {unit}"), "disabled")
            self.assertEqual(self.root.ask(f"systemctl is-active {unit}"), "inactive")
            # In tenths: 10 is no protection, up to 2 is what systemd calls "OK".
            self.run_it(f"systemd-analyze security --threshold=20 {unit}")
        modes = self.run_it("stat -c '%a %U %n' /etc/puente/*").splitlines()
        self.assertEqual(len(modes), len(SERVERS) + 3, modes)
        for line in modes:
            self.assertRegex(line, r"^(644 root .*\.textproto|755 root .*/(tls|registry|http))$")
        self.assertEqual(self.root.ask("dpkg --verify puente-servers puente-client"), "")
        self.assertTrue((self.root.path / "usr/share/puente/puente.binpb").is_file())
        for package in ("servers", "http", "client"):
            folder = self.root.path / f"usr/share/doc/puente-{package}"
            led_to = {"config.proto", "registry.proto"}
            for page in ("operations.md", "operations.es.md"):
                led_to.update(re.findall(r"\]\(([^)#]+)", (folder / page).read_text("utf-8")))
            self.assertEqual([path for path in sorted(led_to) if not (folder / path).is_file()], [])
        self.run_it("grep --quiet /usr/share/doc/puente-servers /etc/puente/labor.textproto")

    def test_2_the_page_makes_servers_of_it(self):
        for server in SERVERS:
            self.run_it(SERVER.replace("server=labor", f"server={server}"), "/packages/given")
        self.run_it(KEYS)
        for server in SERVERS:
            self.run_it(f"server={server}\n{START}")
        self.run_it("install -m 644 council/cce.pem /etc/puente/tls/cce.pem; "
                    "install -m 600 -o puente-http council/cce.key /etc/puente/tls/cce.key",
                    "/packages/given")
        (self.root.path / "etc/puente/federation.json").write_text(json.dumps(self.federation()))
        self.root.becomes(lambda: all(self.up().values()))
        self.assertEqual(len(self.up()), len(SERVERS))
        # As whom it runs, persons' keys and all, nobody else reads them.
        self.run_it("! runuser -u puente-labor -- cat /etc/puente/keys/personal-hash-1")

    def up(self):
        """Which servers answer."""
        told = self.root.ask("puente --as council/cce --format json status")
        return {server["name"]: server["up"] for server in json.loads(told)["servers"]}

    def pid(self, unit):
        return int(self.root.ask(f"systemctl show --property=MainPID --value {unit}"))

    def test_3_they_take_what_ships(self):
        self.run_it("puente load-data /usr/share/puente/data")
        told = json.loads(self.run_it("puente --as council/cce --format json council overview"))
        self.assertEqual(told["employment"]["provenance"]["state"], "SECTION_STATE_FRESH")

    def test_4_the_contract_over_http(self):
        self.run_it(HTTP)
        self.root.becomes(lambda: self.root.ask("ls /run/puente-http-cce/http"))
        told = self.root.ask("stat -c '%a %U' /run/puente-http-cce/http")
        self.assertEqual(told, "660 puente-http")
        told = subprocess.run(
            ["curl", "--silent", "--unix-socket", self.root.seen / "run/puente-http-cce/http",
             "-H", "Content-Type: application/json", "-d", "{}",
             "http://localhost/puente.labor.v1.SkillService/ListSkills"],
            capture_output=True, text=True, check=False)
        self.assertIn("skills/", told.stdout, told)

    def test_5_a_server_that_dies_is_started_again(self):
        before = self.pid("puente-labor")
        self.run_it("systemctl kill --signal=KILL puente-labor")
        self.root.becomes(lambda: self.pid("puente-labor") not in (0, before))
        self.root.becomes(lambda: self.up()["labor"])
        self.run_it("systemctl stop puente-science")  # which is no failure
        self.assertEqual(self.root.ask("systemctl is-failed puente-science"), "inactive")

    def test_6_an_upgrade_stops_and_starts_nothing_and_keeps_what_was_written(self):
        path = "/etc/puente/labor.textproto"
        self.run_it(f"echo '# ours' >> {path}")
        before = {server: self.pid(f"puente-{server}") for server in ("labor", "gateway")}
        self.run_it("dpkg --install /packages/puente-servers_*.deb")
        self.assertEqual(before,
                         {server: self.pid(f"puente-{server}") for server in ("labor", "gateway")})
        # Of test_5: enabled, and stopped.
        self.assertEqual(self.root.ask("systemctl is-enabled puente-science"), "enabled")
        self.assertEqual(self.root.ask("systemctl is-active puente-science"), "inactive")
        self.run_it(f"grep -q '^# ours' {path}")
        self.run_it(f"server=labor\n{START}")
        self.root.becomes(lambda: self.up()["labor"])
        self.assertNotEqual(self.pid("puente-labor"), before["labor"])

    def test_7_keys_are_made_by_whose_they_are(self):
        as_root = EPOCH.split(" -- ")[1]
        told = self.root.ask(f"{as_root} 2>&1")
        self.assertIn("KEYS_OF_ANOTHER", told)
        self.assertIn("runuser -u puente-education --", told)
        self.run_it(EPOCH)
        self.assertEqual(self.root.ask("stat -c %U /etc/puente/keys/personal-epoch-2"),
                         "puente-education")
        self.run_it(f"systemctl stop puente-education\n{REPLAY}\nsystemctl start puente-education")
        self.root.becomes(lambda: self.up()["education"])

    def test_8_a_dump_is_restored(self):
        kinds = "mariadb -Ne 'SELECT COUNT(*) FROM puente_labor.counted_kind'"
        before = self.root.ask(kinds)
        for schema in (*SERVERS, "education_keys"):
            self.run_it(f"server={schema}\n{DUMP}")
        self.assertEqual(self.run_it("find /var/backups -name 'puente_*' -perm /077"), "")
        self.run_it("puente count labor vacancies --kind generated")
        self.assertNotEqual(self.root.ask(kinds), before)
        self.run_it(f"server=labor dump=$(ls /var/backups/puente_labor-*.sql)\n{RESTORE}")
        self.root.becomes(lambda: self.up()["labor"])
        self.assertEqual(self.root.ask(kinds), before)
        epoch = "mariadb -Ne 'SELECT epoch FROM puente_labor.journal_head'"
        self.assertEqual(self.root.ask(epoch), "2")
        self.run_it("puente count labor vacancies --kind generated")  # it goes on from there
        self.run_it(SEATS)

    def test_9_a_purge_leaves_keys_and_data(self):
        self.run_it("apt-get purge -y -q puente-servers puente-http puente-client puente-contract")
        self.assertEqual(self.root.ask("pgrep --list-full puente"), "")
        left = self.run_it("find /etc/puente /usr/share/puente /lib/systemd /etc/systemd -name "
                           "'*puente*' -o -path '*/puente/*' -type f 2>/dev/null || true").split()
        kept = {f"/etc/puente/tls/{server}.{end}" for server in (*SERVERS, "cce")
                for end in ("pem", "key")}
        kept |= {f"/etc/puente/{name}" for name in (
            "federation.json", "http/cce.env", "keys-password", "keys/personal-hash-1",
            "keys/personal-epoch-1", "keys/personal-epoch-2", "registry/principals.textproto",
            "registry/public.pem", "tls/ca.pem")}
        self.assertEqual(set(left) - {"/etc/puente"}, kept)
        schemas = self.run_it("mariadb -Ne 'SHOW DATABASES LIKE \"puente%\"'").split()
        self.assertEqual(len(schemas), len(SERVERS) + 1)
        self.run_it("id puente-labor")  # whose files are left


if __name__ == "__main__":
    with_own_mounts()
    unittest.main(failfast=True)
