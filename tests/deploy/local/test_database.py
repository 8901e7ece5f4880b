import queue
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from deploy.local import database
from deploy.local.host import Database
from deploy.local.place import Place
from deploy.local.problem import Problem
from deploy.local.processes import Spawner


class DatabaseTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.place = Place(Path(folder.name, "var"))
        cls.place.open()
        cls.addClassCleanup(cls.place.close)
        database.create(cls.place)
        database.prepare(cls.place)
        cls.sockets = database.make_socket_folder()
        cls.addClassCleanup(shutil.rmtree, cls.sockets)
        spawner = Spawner()
        cls.addClassCleanup(spawner.close)
        socket = cls.sockets / "mariadb.sock"
        host = Database(database.command(cls.place, cls.sockets), cls.place.log / "mariadb.log",
                        socket)
        events = queue.Queue()
        host.start(spawner, events)
        cls.addClassCleanup(host.process.wait)
        cls.addClassCleanup(host.end)
        assert events.get(timeout=60)[0] == "ready", host.last_words()

    def ask(self, user, statement, password=None):
        password = password if password is not None else database.password_file(
            self.place, user).read_text()
        return subprocess.run(
            ["mariadb", "--no-defaults", f"--socket={self.sockets}/mariadb.sock", f"--user={user}",
             f"--password={password}", "--batch", "--skip-column-names", "-e", statement],
            capture_output=True, text=True, check=False)

    def test_each_user_sees_its_own_schema_alone(self):
        for agency in ("education", "education_keys", "economy", "labor", "science"):
            with self.subTest(agency):
                user = f"puente_{agency}"
                shown = self.ask(user, "SHOW DATABASES").stdout.split()
                self.assertEqual(sorted(shown), ["information_schema", user])
                self.assertEqual(self.ask(user, f"CREATE TABLE {user}.t (a INT PRIMARY KEY)"
                                          ).returncode, 0)

    def test_another_schema_is_refused(self):
        answer = self.ask("puente_labor", "CREATE TABLE puente_economy.t (a INT PRIMARY KEY)")
        self.assertIn("ERROR 1142", answer.stderr)

    def test_a_similar_name_is_no_way_round(self):
        self.assertEqual(self.ask("root", "CREATE DATABASE puenteXlabor").returncode, 0)
        answer = self.ask("puente_labor", "CREATE TABLE puenteXlabor.t (a INT PRIMARY KEY)")
        self.assertIn("ERROR 1142", answer.stderr)

    def test_nobody_comes_in_without_a_password(self):
        for user in ("root", "puente_labor"):
            self.assertIn("ERROR 1045", self.ask(user, "SELECT 1", password="").stderr)
        accounts = self.ask("root", "SELECT COUNT(*) FROM mysql.global_priv WHERE User = 'root' "
                            "AND Host <> 'localhost'").stdout
        self.assertEqual(accounts.strip(), "0")

    def test_commits_are_durable_and_there_is_no_network(self):
        answer = self.ask("root", "SELECT @@innodb_flush_log_at_trx_commit, @@skip_networking")
        self.assertEqual(answer.stdout.split(), ["1", "1"])

    def test_a_server_that_is_named_has_schemas_of_ours_until_they_are_dropped(self):
        password = "p:a@/w"
        self.ask("root", f"CREATE USER tester@localhost IDENTIFIED BY '{password}'; "
                 r"GRANT ALL PRIVILEGES ON `puente\_test\_%`.* TO tester@localhost")
        url = f"mysql://tester:{password}@{self.sockets}/mariadb.sock"
        named = database.Named(self.place, url)
        self.assertEqual({file.read_text() for file in (
            known["password_file"] for known in named.databases.values())}, {password})
        named.create()
        ours = {known["schema"] for known in named.databases.values()}
        self.assertEqual(len(ours), 6)
        shown = self.ask("tester", "SHOW DATABASES", password).stdout.split()
        self.assertEqual(set(shown), {"information_schema", *ours})
        named.drop()
        shown = self.ask("tester", "SHOW DATABASES", password).stdout.split()
        self.assertEqual(shown, ["information_schema"])
        for wrong in (url.replace("p:a", "p:b"), url.replace("mysql:", "http:"), url + "/none"):
            with self.assertRaises(Problem):
                database.Named(self.place, wrong).create()

    def test_a_server_that_is_named_may_be_on_hosts(self):
        named = database.Named(self.place, "mysql://me:p@w@db1:3306,db2:3307?ca=/etc/ca.pem")
        labor = named.databases["labor"]
        self.assertEqual((labor["hosts"], labor["ca"]), (["db1:3306", "db2:3307"], "/etc/ca.pem"))
        self.assertEqual(labor["password_file"].read_text(), "p@w")
        self.assertNotIn("socket", labor)

    def test_temporary_tables_are_out_of_reach_of_other_servers(self):
        folder = self.ask("root", "SELECT @@tmpdir").stdout.strip()
        self.assertEqual(folder, str(self.place.temporary))


if __name__ == "__main__":
    unittest.main()
