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
        databases = {name: database.on_socket(place, "/tmp/s", name)
                     for name in database.DATABASES}
        settings.write_all(place, Path("/clone"), place.certificates / "current", databases,
                           addresses, "127.0.0.1:20100")
        return place

    def test_a_module_has_its_own_database_and_certificate(self):
        text = settings.path(self.write(), "labor").read_text()
        self.assertIn('schema: "puente_labor"', text)
        self.assertIn('agency/labor.pem"', text)
        self.assertIn('profiles: "/clone/data/labor/profiles"', text)
        self.assertNotIn("peers", text)
        self.assertNotIn("personal_keys", text)

    def test_who_keeps_persons_has_keys_and_a_database_of_theirs(self):
        place = self.write()
        text = settings.path(place, "education").read_text()
        self.assertIn(f'personal_keys {{ folder: "{place.root}/keys/education" database {{ '
                      'socket: "/tmp/s" user: "puente_education_keys" password_file: '
                      f'"{place.root}/secrets/puente_education_keys" schema: '
                      '"puente_education_keys" } rotate_after { seconds: 1 } }', text)

    def test_the_gateway_has_peers_and_its_own_database(self):
        text = settings.path(self.write(), "gateway").read_text()
        self.assertEqual(text.count("peers {"), 4)
        self.assertIn('peers { agency: "labor" address: "127.0.0.1:20002" }', text)
        self.assertIn('schema: "puente_gateway"', text)
        self.assertIn('sdmx_listen: "127.0.0.1:20100"', text)

    def test_a_twin_does_not_listen_where_the_first_does(self):
        place = self.write()
        settings.write_twin(place, "gateway", "gateway-2", "127.0.0.1:20101")
        text = settings.path(place, "gateway-2").read_text()
        self.assertIn('listen: "127.0.0.1:20101"', text)
        self.assertNotIn("sdmx_listen", text)

    def test_one_file_holds_all_for_a_single_process(self):
        text = settings.path(self.write(), "embedded").read_text()
        self.assertEqual(text.count("servers {"), 5)

    def test_a_path_with_odd_characters_is_quoted(self):
        text = settings.path(self.write('ñu "x"'), "labor").read_text()
        self.assertIn(r"/\303\261u \"x\"/secrets/puente_labor", text)


if __name__ == "__main__":
    unittest.main()
