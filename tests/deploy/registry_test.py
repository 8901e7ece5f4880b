"""puente-registry: what it signs and refuses, and what it leaves when it is interrupted."""

import fcntl
import hashlib
import json
import os
import pty
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import termios
import unittest
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

from deploy.local import certificates
from tests.deploy.operators import BUILD, ROOT, command, must, request, run, spiffe

PARTY = "company/prueba"


def tree(folder):
    """Every file and its bytes, but the lock."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*")
            if path.is_file() and path.name != ".lock"}


class RegistryTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="puente-registry-")
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name)
        self.folder = self.work / "registry"
        must(self.folder, "init")
        must(self.folder, "init-authority")
        self.issue = self.folder / "principals.textproto"

    def serial(self, folder=None):
        """Of the issue in place, which must be whole."""
        return int(re.search(r"issue +(\d+)", must(folder or self.folder, "verify")).group(1))

    def changes(self):
        return [json.loads(line) for line in
                (self.folder / "changes.jsonl").read_text("utf-8").splitlines()]

    def refused(self, reason, *arguments, text=None):
        before = tree(self.work)
        status, out, err = run(self.folder, *arguments, text=text)
        self.assertNotEqual(status, 0, out)
        self.assertIn(f"[{reason}]", err)
        self.assertEqual(tree(self.work), before)
        return err

    # The registry.

    def test_keys_are_readable_by_their_owner_alone(self):
        for name in ("key.pem", "ca.key"):
            self.assertEqual(stat.S_IMODE((self.folder / name).stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(self.folder.stat().st_mode), 0o700)
        must(f"{self.work}/slash/", "init")
        self.assertEqual(stat.S_IMODE((self.work / "slash").stat().st_mode), 0o700)
        (self.folder / "key.pem").chmod(0o644)
        self.assertIn("chmod 600", self.refused("PRIVATE_KEY_EXPOSED", "enter", PARTY))

    def test_nothing_that_is_there_is_made_again(self):
        self.refused("REGISTRY_EXISTS", "init")
        self.refused("FILE_EXISTS", "init-authority")

    def test_an_authority_that_was_killed_half_made_is_ended(self):
        key, certificate = self.folder / "ca.key", self.folder / "ca.pem"
        text = key.read_bytes()
        certificate.unlink()
        self.refused("AUTHORITY_MISSING", "renew-authority")
        must(self.folder, "init-authority")
        self.assertEqual(key.read_bytes(), text)
        must(self.folder, "renew-authority")
        # Of a certificate no key is made.
        key.rename(self.work / "ca.key")
        self.refused("FILE_EXISTS", "init-authority")

    def test_a_registry_whose_file_is_away_is_not_begun_anew(self):
        must(self.folder, "enter", PARTY)
        must(self.folder, "block", PARTY, "--why", "x")
        last = self.issue.read_bytes()
        self.issue.unlink()
        self.refused("REGISTRY_BEHIND", "init")
        self.issue.write_bytes(last)
        self.assertEqual(self.serial(), 3)

    def test_servers_may_read_it_whoever_wrote_it(self):
        asked = request(self.work / "a", spiffe(PARTY))
        folder, out = self.work / "closed", self.work / "puente.pem"
        for arguments in (("init",), ("init-authority",), ("enter", PARTY),
                          ("sign-request", PARTY, asked, "--out", out)):
            subprocess.run(command(folder, *arguments), check=True, capture_output=True, umask=0o077)
        for path in (folder / "principals.textproto", folder / "public.pem", folder / "ca.pem", out):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o644, path)
        for name in ("key.pem", "ca.key"):
            self.assertEqual(stat.S_IMODE((folder / name).stat().st_mode), 0o600)

    def test_what_is_empty_is_no_value(self):
        asked = request(self.work / "a", spiffe(PARTY))
        must(self.folder, "enter", PARTY, "--person", "ana=officer")
        must(self.folder, "block", PARTY, "--why", "x")
        for option, *arguments in (
                ("--digest", "sign-request", PARTY, asked, "--out", self.work / "x"),
                ("--person", "unblock", PARTY, "--why", "y"),
                ("--person", "block", PARTY, "--why", "y"), ("--why", "unblock", PARTY),
                ("--registry", "list"), ("--public-key", "verify")):
            before = tree(self.work)
            for value in ("", " "):
                for language, words in (("en", "its value is empty"), ("es", "su valor está vacío")):
                    status, out, err = run(self.folder, *arguments, option, value, language=language)
                    self.assertEqual((status, out), (2, ""), arguments)
                    self.assertIn(f"{option}: {words}", err)
            self.assertEqual(tree(self.work), before)

    def test_a_first_issue_has_the_servers(self):
        text = self.issue.read_text("utf-8").splitlines()
        self.assertRegex(text[0], r"^# signature: \S{88}$")
        self.assertEqual(text[1:], ["serial: 1", *(
            f'principals {{ path: "{path}" }}' for path in
            ("gateway", "agency/economy", "agency/education", "agency/labor", "agency/science"))])

    def test_each_change_is_the_next_issue_and_is_noted(self):
        must(self.folder, "enter", PARTY, "--person", "ana-r7=officer,tutor", "--source", "s1",
             "--record-kind", "generated", "--by", "Eva", "--why", "agreed")
        must(self.folder, "block", PARTY, "--why", "stolen key")
        must(self.folder, "block", PARTY, "--person", "ana-r7", "--why", "has left")
        line = self.issue.read_text("utf-8").splitlines()[-1]
        self.assertEqual(line, f'principals {{ path: "{PARTY}" blocked: true actors {{ id: '
                         '"ana-r7" '
                         "roles: ACTOR_ROLE_OFFICER roles: ACTOR_ROLE_TUTOR blocked: true } "
                         'record_kind: RECORD_KIND_GENERATED sources: "s1" }')
        must(self.folder, "unblock", PARTY, "--why", "new key")
        self.assertEqual(self.serial(), 5)
        noted = [(change["what"], change.get("serial"), change.get("by"), change.get("why"))
                 for change in self.changes()]
        self.assertEqual(noted, [("init", 1, None, None), ("init-authority", None, None, None),
                                 ("enter", 2, "Eva", "agreed"), ("block", 3, None, "stolen key"),
                                 ("block", 4, None, "has left"), ("unblock", 5, None, "new key")])
        self.assertEqual(self.changes()[-1]["digest"],
                         hashlib.sha256(self.issue.read_bytes()).hexdigest())
        shown = must(self.folder, "show", PARTY)
        for word in ("ana-r7", "officer, tutor", "BLOCKED", "stolen key", "generated", "s1"):
            self.assertIn(word, shown)

    def test_what_changes_nothing_makes_no_issue(self):
        must(self.folder, "enter", PARTY)
        self.assertIn("Nothing changes", must(self.folder, "enter", PARTY))
        self.assertEqual(self.serial(), 2)

    def test_a_dry_run_shows_and_writes_nothing(self):
        asked = request(self.work / "a", spiffe(PARTY))
        before = tree(self.work)
        # Not even the lock.
        (self.folder / ".lock").unlink()
        must(self.folder, "--dry-run", "sign-request", PARTY, asked, "--out", self.work / "x")
        must(self.folder, "--dry-run", "renew-authority")
        must(self.work / "new", "--dry-run", "init")
        must(self.work / "new", "--dry-run", "init-authority")
        shown = must(self.folder, "--dry-run", "enter", PARTY, "--person", "ana=officer")
        self.assertIn(f'+ principals {{ path: "{PARTY}" actors', shown)
        must(self.folder, "--dry-run", "publish", "-", text="serial: 1")
        self.assertFalse((self.folder / ".lock").exists())
        self.assertEqual(tree(self.work), before)

    def test_one_of_a_kind_is_blocked_and_stays_what_its_kind_is(self):
        must(self.folder, "enter", "company/*", "--record-kind", "generated")
        must(self.folder, "block", PARTY, "--why", "x")
        self.assertIn(f'path: "{PARTY}" blocked: true record_kind: RECORD_KIND_GENERATED',
                      self.issue.read_text("utf-8"))

    def test_what_is_wrong_is_told_and_nothing_is_written(self):
        self.assertIn("authority", self.refused("PARTY_FORM", "enter", "school/x"))
        self.refused("PARTY_FORM", "enter", "company/X")
        err = self.refused("PERSON_FORM", "enter", PARTY, "--person", "ana=boss")
        self.assertIn("reviewer", err)
        self.refused("PERSON_FORM", "enter", PARTY, "--person", "ana")
        self.refused("PARTY_NOT_LISTED", "block", PARTY, "--why", "x")
        self.refused("PERSON_NOT_LISTED", "block", "gateway", "--person", "ana", "--why", "x")
        self.refused("REGISTRY_INVALID", "enter", PARTY, "--source", "company.otra")
        self.refused("REGISTRY_INVALID", "publish", "-", text="principals { who: 1 }")
        self.assertIn("line 2", self.refused("REGISTRY_INVALID", "publish", "-",
                                             text="serial: 2\nprincipals { path }"))
        for command_line in (("show", "gateway"), ("verify",)):
            self.refused("FORMAT_NOT_OFFERED", *command_line, "--format", "csv")
        listed = run(self.folder, "list", "--format", "csv", language="es")
        self.assertEqual(listed, run(self.folder, "list", "--format", "csv"))
        status, _, err = run(self.work / "nowhere", "list")
        self.assertEqual((status, "REGISTRY_MISSING" in err), (1, True), err)

    def test_a_registry_that_was_tampered_with_is_refused(self):
        good = self.issue.read_bytes()
        for bad in (good.replace(b"serial: 1", b"serial: 7"), good[:-4], good.split(b"\n", 1)[1],
                    b"", b"\xff" * 100):
            self.issue.write_bytes(bad)
            self.refused("REGISTRY_INVALID", "verify")
            self.refused("REGISTRY_INVALID", "enter", PARTY)
        self.issue.write_bytes(good)
        other = self.work / "other"
        must(other, "init")
        self.refused("REGISTRY_INVALID", "verify", "--public-key", other / "public.pem")
        shutil.copy(other / "key.pem", self.folder / "key.pem")
        self.refused("KEYS_APART", "enter", PARTY)

    def test_an_older_issue_is_refused_until_the_last_one_is_put_back(self):
        first = self.issue.read_bytes()
        must(self.folder, "enter", PARTY)
        second = self.issue.read_bytes()
        self.issue.write_bytes(first)
        self.refused("REGISTRY_BEHIND", "enter", "company/otra")
        self.issue.write_bytes(second)
        must(self.folder, "enter", "company/otra")
        self.issue.write_bytes(second)
        # A whole registry may take the place of what was lost; its serial is after all others.
        text = f'serial: 2 principals {{ path: "{PARTY}" }}'
        self.refused("REGISTRY_BEHIND", "publish", "-", text=text)
        must(self.folder, "publish", "-", "--replace-any", text=text)
        self.assertEqual(self.serial(), 4)

    def test_a_text_replaces_the_issue_that_it_was_made_from_and_no_other(self):
        must(self.folder, "enter", PARTY)
        text = self.issue.read_text("utf-8") + 'principals { path: "company/otra" }\n'
        must(self.folder, "block", PARTY, "--why", "x")
        err = self.refused("ISSUE_CHANGED", "publish", "-", text=text)
        self.assertIn("issue 2 (0 if it says nothing), but the last one is 3", err)
        self.refused("ISSUE_CHANGED", "--dry-run", "publish", "-", text=text)
        for serial in ("", "serial: 0", "serial: 4", f"serial: {2**63 - 1}"):
            self.refused("ISSUE_CHANGED", "publish", "-", text=text.replace("serial: 2", serial))
        # There is an issue after any that a text may ask for.
        most = text.replace("serial: 2", f"serial: {2**63 - 1}")
        must(self.folder, "publish", "-", "--replace-any", text=most)
        self.assertEqual(self.serial(), 4)
        must(self.folder, "publish", "-", text=self.issue.read_text("utf-8").replace("otra", "mas"))
        self.assertEqual(self.serial(), 5)

    def test_two_changes_at_once_both_land(self):
        with ThreadPoolExecutor(8) as pool:
            for status, _, err in pool.map(
                    lambda at: run(self.folder, "enter", f"company/c{at}"), range(16)):
                self.assertEqual(status, 0, err)
        self.assertEqual(self.serial(), 17)
        listed = must(self.folder, "list")
        for at in range(16):
            self.assertIn(f"company/c{at}\n", listed)

    def test_the_operators_page_says_what_works(self):
        page = (ROOT / "docs/operations.md").read_text("utf-8")
        certificates, registry = (re.search(rf"^## {name}\n(.*?)^## ", page, re.M | re.S).group(1)
                                  for name in ("Certificates", "The registry of principals"))
        asked = request(self.work / "puente", spiffe("reporter/muestra"))
        lines = [f"told={hashlib.sha256(asked.read_bytes()).hexdigest()}"]
        lines += [block for block in re.findall(r"^```(?:sh|bash)\n(.*?)^```$", certificates,
                                                re.M | re.S)
                  if "/etc/puente" not in block]  # that is of the servers' machine
        written = re.search(r"^```textproto\n(.*?)^```$", registry, re.M | re.S).group(1)
        changes, _ = re.findall(r"^```sh\n(.*?)^```$", registry, re.M | re.S)
        lines += ["puente-registry enter company/acme", changes]
        script = "\n".join(lines).replace("/srv/puente-registry", f"{self.work}/srv")
        subprocess.run(["bash", "-euc", script], cwd=self.work, check=True, capture_output=True,
                       env=dict(os.environ, PATH=f"{BUILD}/bin:{os.environ['PATH']}"))
        last = self.serial(self.work / "srv")
        must(self.work / "srv", "publish", "-",
             text=re.sub(r"^serial: \d+", f"serial: {last}", written))
        self.assertTrue(self.verified("sslclient", authority=self.work / "srv"))
        self.assertIn("company/prueba", must(self.work / "srv", "list"))
        self.assertIn("has left", must(self.work / "srv", "show", "company/acme"))

    # Interrupted.

    def test_killed_at_any_time_it_leaves_the_old_or_the_new_file_whole(self):
        serial = self.serial()
        for at in range(60):
            with subprocess.Popen(command(self.folder, "enter", f"company/k{at}"),
                                  stdout=subprocess.DEVNULL) as process:
                try:  # from at once to longer than it takes
                    process.wait(at * 0.0015)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
            # The one before may have been noted and not yet put in place, which this one did.
            now = self.serial()
            self.assertIn(now, range(serial, serial + 3))
            serial = now
        must(self.folder, "enter", "company/last")
        self.assertGreater(self.serial(), serial)
        serials = [change["serial"] for change in self.changes() if "serial" in change]
        self.assertEqual(serials, sorted(set(serials)))
        self.assertEqual(serials[-1], self.serial())

    def test_what_was_noted_and_not_yet_in_place_is_put_there(self):
        first = self.issue.read_bytes()
        must(self.folder, "enter", PARTY)
        # As if it had been killed before the rename, and another while it wrote its line.
        os.replace(self.issue, self.folder / "principals.textproto.new")
        self.issue.write_bytes(first)
        with open(self.folder / "changes.jsonl", "a", encoding="utf-8") as log:
            log.write('{"time":"2026-')
        must(self.folder, "enter", "company/otra")
        self.assertEqual(self.serial(), 3)
        self.assertIn(f'path: "{PARTY}"', self.issue.read_text("utf-8"))
        self.assertEqual(self.changes()[-1]["serial"], 3)

    def test_a_log_that_is_none_is_refused(self):
        with open(self.folder / "changes.jsonl", "a", encoding="utf-8") as log:
            log.write("?\n")
        self.assertIn("Line 3", self.refused("CHANGES_MALFORMED", "enter", PARTY))

    # Certificates.

    def sign(self, *arguments, verb="sign-request", party=PARTY, out="puente.pem"):
        return must(self.folder, verb, party, *arguments, "--out", self.work / out)

    def text(self, file="puente.pem"):
        return subprocess.run(["openssl", "x509", "-noout", "-text", "-in", self.work / file],
                              capture_output=True, text=True, check=True).stdout

    def verified(self, purpose, file="puente.pem", authority=None):
        ca = (authority or self.folder) / "ca.pem"
        return subprocess.run(["openssl", "verify", "-x509_strict", "-CAfile", ca, "-purpose",
                               purpose, self.work / file], capture_output=True,
                              check=False).returncode == 0

    def test_a_certificate_says_what_was_agreed_on(self):
        asked = request(self.work / "a", spiffe(PARTY),
                        more=("-addext", "basicConstraints=CA:TRUE", "-addext",
                              "extendedKeyUsage=serverAuth"))
        digest = hashlib.sha256(asked.read_bytes()).hexdigest()
        said = self.sign(asked, "--digest", digest.upper(), "--days", "30")
        self.assertIn(digest, said)
        self.assertIn(f"enter {PARTY}", said)
        text = self.text()
        self.assertIn(spiffe(PARTY), text)
        self.assertIn("CA:FALSE", text)
        self.assertNotIn("TLS Web Server", text)
        self.assertEqual((self.verified("sslclient"), self.verified("sslserver")), (True, False))
        self.assertEqual(self.changes()[-1]["digest"], digest)
        listed = must(self.folder, "list", "--ending", "31")
        self.assertRegex(listed, rf"not there +0 +\d{{4}}-\d\d-\d\d +(29|30) +{PARTY}\n")
        self.assertIn("Nothing ends", must(self.folder, "list", "--ending", "5"))
        self.assertRegex(must(self.folder, "--format", "csv", "list"),
                         rf"(?m)^not there,0,.*,{PARTY}$")

    def test_a_server_bears_names_of_machines(self):
        party = "agency/labor"
        asked = request(self.work / "a", spiffe(party), "DNS:labor.example.mx")
        self.refused("HOST_NAME_MISSING", "sign-request", party, asked, "--out", "x")
        self.refused("HOST_NAME_FORM", "sign-request", party, asked, "--out", "x", "--host",
                     "a,DNS:b")
        self.sign(asked, "--host", "labor.example.mx", "--host", "10.0.0.7", party=party)
        self.assertIn("DNS:labor.example.mx, IP Address:10.0.0.7", self.text())
        self.assertTrue(self.verified("sslserver") and self.verified("sslclient"))
        # Its next one has the same without being told.
        self.sign(request(self.work / "b", spiffe(party)), verb="renew", party=party, out="b.pem")
        self.assertIn("DNS:labor.example.mx, IP Address:10.0.0.7", self.text("b.pem"))

    def test_the_first_and_those_after_it(self):
        asked = request(self.work / "a", spiffe(PARTY))
        self.refused("CERTIFICATE_MISSING", "renew", PARTY, asked, "--out", "x")
        self.sign(asked)
        self.assertIn("renew", self.refused("CERTIFICATE_THERE", "sign-request", PARTY,
                                            request(self.work / "b", spiffe(PARTY)), "--out", "x"))
        self.refused("INVALID_FIELDS", "renew", PARTY, asked, "--out", "x")  # its key is known
        self.refused("FILE_EXISTS", "renew", PARTY, self.work / "b.csr", "--out",
                     self.work / "puente.pem")
        self.sign(self.work / "b.csr", verb="renew", out="b.pem")
        must(self.folder, "enter", PARTY)
        must(self.folder, "block", PARTY, "--why", "x")
        self.refused("PARTY_BLOCKED", "renew", PARTY, request(self.work / "c", spiffe(PARTY)),
                     "--out", "x")
        self.assertEqual(must(self.folder, "show", PARTY).count("renew"), 1)

    def test_the_authority_is_renewed_and_what_it_signed_stays_good(self):
        self.sign(request(self.work / "a", spiffe(PARTY)))
        before = (self.folder / "ca.pem").read_bytes()
        must(self.folder, "renew-authority")
        self.assertNotEqual((self.folder / "ca.pem").read_bytes(), before)
        self.assertTrue(self.verified("sslclient"))

    def test_nothing_is_good_for_longer_than_the_authority(self):
        other = self.work / "short"
        other.mkdir()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-days", "20", "-subj", "/CN=x",
                        "-keyout", other / "ca.key", "-out", other / "ca.pem"],
                       capture_output=True, check=True)
        (other / "ca.key").chmod(0o600)
        asked = request(self.work / "a", spiffe(PARTY))
        self.refused("AUTHORITY_ENDS", "--authority", other, "sign-request", PARTY, asked, "--out",
                     "x", "--days", "90")
        self.assertIn("the authority itself", must(self.folder, "--authority", other, "list"))
        self.sign(asked, "--authority", other)
        self.assertRegex(must(self.folder, "list"), r"not there .* (19|20) +company/prueba\n")
        self.refused("AUTHORITY_MISSING", "--authority", self.work, "sign-request", "company/otra",
                     request(self.work / "b"), "--out", "x")

    def test_an_authority_that_has_ended_signs_nothing(self):
        folder, ended = self.work / "ended", datetime.now(timezone.utc) - timedelta(days=1)
        folder.mkdir()
        certificates.make_authority(folder)
        certificates.issue(folder, folder / "old", ["spiffe://puente.local/gateway"],
                           begin=ended - timedelta(days=9), end=ended)
        for end, name in (("pem", "ca.pem"), ("key", "ca.key")):
            os.replace(folder / f"old.{end}", folder / name)
        asked = request(self.work / "a", spiffe(PARTY))
        for days in ((), ("--days", "1")):
            self.refused("AUTHORITY_ENDS", "--authority", folder, "sign-request", PARTY, asked,
                         "--out", "x", *days)
        must(self.folder, "--authority", folder, "renew-authority")
        self.sign(asked, "--authority", folder)

    def test_nobody_waits_for_a_passphrase(self):
        key = self.folder / "ca.key"
        subprocess.run(["openssl", "ec", "-in", key, "-aes256", "-passout", "pass:word", "-out",
                        key], check=True, capture_output=True)
        asked = request(self.work / "a", spiffe(PARTY))
        ours, theirs = pty.openpty()
        self.addCleanup(os.close, ours)
        with subprocess.Popen(
                command(self.folder, "sign-request", PARTY, asked, "--out", self.work / "x"),
                stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs,
                start_new_session=True, preexec_fn=lambda: fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)
        ) as process:
            os.close(theirs)
            said = b""
            while b"pass phrase" not in said:
                said += os.read(ours, 1000)
            must(self.folder, "enter", "company/otra")
            os.write(ours, b"word\n")
            self.assertEqual(process.wait(60), 0)
        self.assertIn(spiffe(PARTY), self.text("x"))

    def test_requests_that_are_no_good_are_told_why_and_nothing_is_written(self):
        good = request(self.work / "good", spiffe(PARTY))
        pem = good.read_bytes()
        broken = self.work / "broken.csr"
        body = bytearray(subprocess.run(["openssl", "req", "-in", good, "-outform", "DER"],
                                        capture_output=True, check=True).stdout)
        body[-3] ^= 0x55  # of the signature
        broken.write_text(subprocess.run(["openssl", "req", "-inform", "DER"], input=bytes(body),
                                         capture_output=True, check=True).stdout.decode())
        files = {"none.csr": b"hello\n", "empty.csr": b"", "two.csr": pem * 2,
                 "large.csr": b"x" * 10_000_000,
                 "key.csr": pem + (self.work / "good.key").read_bytes(),
                 "cut.csr": pem[:len(pem) // 2], "zeros.csr": b"\0" * 1000,
                 "binary.csr": b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n"
                               b"-----END CERTIFICATE REQUEST-----\n"}
        for name, content in files.items():
            (self.work / name).write_bytes(content)
        rsa = ("-newkey", "rsa:1024")
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1")
        cases = [
            (good, "REQUEST_DIGEST", ("--digest", "00" * 32)),
            (broken, "REQUEST_SIGNATURE", ()),
            (request(self.work / "foreign", spiffe("agency/labor")), "REQUEST_NAME", ()),
            (request(self.work / "two-names", spiffe(PARTY), spiffe("company/otra")),
             "REQUEST_NAME", ()),
            (request(self.work / "domain", "URI:spiffe://otro.local/company/prueba"),
             "REQUEST_NAME", ()),
            (request(self.work / "host", spiffe(PARTY), "DNS:labor.example.mx"),
             "REQUEST_NAME", ()),
            (request(self.work / "mail", spiffe(PARTY), "email:a@example.mx"), "REQUEST_NAME", ()),
            (request(self.work / "rsa", spiffe(PARTY), key=rsa), "REQUEST_KEY", ()),
            (request(self.work / "curve", spiffe(PARTY), key=curve), "REQUEST_KEY", ()),
            (request(self.work / "ed", spiffe(PARTY), key=("-newkey", "ed25519")),
             "REQUEST_KEY", ()),
            (request(self.work / "sha1", spiffe(PARTY), more=("-sha1",)), "REQUEST_SIGNATURE", ()),
            (self.work / "large.csr", "REQUEST_TOO_LARGE", ()),
            (self.work / "key.csr", "REQUEST_HOLDS_KEY", ()),
            *((self.work / name, "REQUEST_NOT_PEM", ()) for name in
              ("none.csr", "empty.csr", "two.csr", "cut.csr", "zeros.csr", "binary.csr"))]
        for file, rule, more in cases:
            with self.subTest(file=file.name, rule=rule):
                err = self.refused("INVALID_FIELDS", "sign-request", PARTY, file, *more, "--out",
                                   self.work / "out.pem")
                self.assertIn(f"[{rule}]", err)
        self.refused("FILE_NOT_READ", "sign-request", PARTY, self.work, "--out", "x")
        # All that is wrong at once.
        both = request(self.work / "both", spiffe("agency/labor"), key=rsa)
        err = self.refused("INVALID_FIELDS", "sign-request", PARTY, both, "--out", "x")
        self.assertIn("request.public_key: is RSA 1024", err)
        self.assertIn("request.subject_alt_name: says spiffe://puente.local/agency/labor", err)
        # What is good is still good; a request without names gets the party's.
        self.sign(request(self.work / "plain", key=("-newkey", "rsa:2048")))
        self.assertIn(spiffe(PARTY), self.text())

    def test_lines_fit_into_a_terminal(self):
        must(self.folder, "enter", "organization/tecnologico-bajio-muestra", "--person",
             "ana-r7=reviewer,registrar,statistician,tutor,instructor,officer", "--why", "w " * 80)
        self.sign(request(self.work / "a"), party="organization/tecnologico-bajio-muestra")
        must(self.folder, "enter", f"organization/{'x' * 63}")
        for language in ("en", "es"):
            for arguments in (("list",), ("show", "organization/tecnologico-bajio-muestra"),
                              ("verify",)):
                for line in must(self.folder, *arguments, language=language).splitlines():
                    self.assertLessEqual(len(line), 80, line)


if __name__ == "__main__":
    unittest.main()
