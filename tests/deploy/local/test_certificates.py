import stat
import subprocess
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path
from unittest import mock

from deploy.local import certificates
from deploy.local.place import Place


def text(certificate):
    return subprocess.run(["openssl", "x509", "-noout", "-text", "-in", certificate],
                          capture_output=True, text=True, check=True).stdout


def verifies(authority, certificate):
    return subprocess.run(["openssl", "verify", "-CAfile", authority / "ca.pem", certificate],
                          capture_output=True, check=False).returncode == 0


class CertificatesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.place = Place(Path(folder.name, "var"))
        self.place.open()
        self.addCleanup(self.place.close)

    def test_each_party_has_one_spiffe_uri(self):
        folder, fresh = certificates.ensure(self.place)
        self.assertTrue(fresh)
        for path in certificates.CALLERS + ("gateway",):
            with self.subTest(path):
                files = certificates.files(folder, path)
                shown = text(files["certificate"])
                self.assertEqual(shown.count("URI:"), 1)
                self.assertIn(f"URI:spiffe://puente.local/{path}", shown)
                self.assertTrue(verifies(folder, files["certificate"]))
                self.assertEqual(stat.S_IMODE(Path(files["key"]).stat().st_mode), 0o600)

    def test_only_servers_bear_host_names(self):
        folder, _ = certificates.ensure(self.place)
        for path in certificates.CALLERS + ("gateway",):
            with self.subTest(path):
                shown = text(certificates.files(folder, path)["certificate"])
                serves = path == "gateway" or path.startswith("agency/")
                self.assertEqual("DNS:localhost, IP Address:127.0.0.1" in shown, serves)
                self.assertIn("CA:FALSE", shown)

    def test_good_ones_are_kept(self):
        folder, _ = certificates.ensure(self.place)
        before = (folder / "gateway.pem").read_bytes()
        self.assertEqual(certificates.ensure(self.place), (folder, False))
        self.assertEqual((folder / "gateway.pem").read_bytes(), before)

    def test_all_are_renewed_when_less_than_two_days_remain(self):
        with mock.patch.object(certificates, "LIFETIME", timedelta(days=1)):
            folder, _ = certificates.ensure(self.place)
        before = folder.resolve()
        self.assertEqual(certificates.ensure(self.place), (folder, True))
        self.assertNotEqual(folder.resolve(), before)
        self.assertFalse(before.exists())

    def test_all_are_renewed_when_one_is_missing(self):
        folder, _ = certificates.ensure(self.place)
        (folder / "council/cce.key").unlink()
        self.assertEqual(certificates.ensure(self.place), (folder, True))

    def test_an_expired_one_with_two_uris_can_be_issued_for_tests(self):
        folder, _ = certificates.ensure(self.place)
        stem = self.place.root / "certificates/odd"
        begin = datetime.now(timezone.utc) - timedelta(days=3)
        certificates.issue(folder, stem, uris=["spiffe://puente.local/a/b", "spiffe://x/c"],
                           begin=begin, end=begin + timedelta(days=1))
        self.assertEqual(text(f"{stem}.pem").count("URI:"), 2)
        self.assertFalse(verifies(folder, f"{stem}.pem"))


if __name__ == "__main__":
    unittest.main()
