import tempfile
import unittest
from pathlib import Path

from deploy.local import database, settings
from deploy.local.place import Place


class SettingsTest(unittest.TestCase):
    def write(self, name="var"):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        place = Place(Path(folder.name, name))
        place.open()
        self.addCleanup(place.close)
        addresses = {server: f"127.0.0.1:{20000 + i}" for i, server in enumerate(settings.SERVERS)}
        databases = {server: database.of_server(place, "/tmp/s", server)
                     for server in settings.SERVERS}
        settings.write_all(place, Path("/clone"), place.certificates / "current", databases,
                           addresses)
        return place

    def test_a_module_has_its_own_database_and_certificate(self):
        text = settings.path(self.write(), "labor").read_text()
        self.assertIn('schema: "puente_labor"', text)
        self.assertIn('agency/labor.pem"', text)
        self.assertIn('profiles: "/clone/data/labor/profiles"', text)
        self.assertNotIn("peers", text)

    def test_the_gateway_has_peers_and_its_own_database(self):
        text = settings.path(self.write(), "gateway").read_text()
        self.assertEqual(text.count("peers {"), 4)
        self.assertIn('peers { agency: "labor" address: "127.0.0.1:20002" }', text)
        self.assertIn('schema: "puente_gateway"', text)

    def test_one_file_holds_all_for_a_single_process(self):
        text = settings.path(self.write(), "embedded").read_text()
        self.assertEqual(text.count("servers {"), 5)

    def test_a_path_with_odd_characters_is_quoted(self):
        text = settings.path(self.write('ñu "x"'), "labor").read_text()
        self.assertIn(r"/\303\261u \"x\"/secrets/puente_labor", text)


if __name__ == "__main__":
    unittest.main()
