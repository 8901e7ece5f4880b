"""`./dev run` as a person meets it, on the binaries just built."""

import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

from deploy.local.federation import ROOT, Federation
from deploy.local.processes import identity

_LIMIT = 120.0  # seconds


def command(var, *options):
    return [sys.executable, "-P", "-m", "deploy.local.run", "--var", str(var), *options]


class RunTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.var = Path(folder.name, "var")

    def once(self, *options):
        return subprocess.run(command(self.var, "--once", *options), cwd=ROOT, text=True,
                              capture_output=True, timeout=_LIMIT, check=False)

    def serve(self, *options):
        """Returns the process, federation.json and an iterator over what it says."""
        process = subprocess.Popen(command(self.var, *options), cwd=ROOT, text=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        lines = iter(process.stderr.readline, "")
        self.wait_line(lines, "Serving on")
        return process, json.loads((self.var / "federation.json").read_text()), lines

    def wait_line(self, lines, pattern):
        said = []
        for line in lines:
            said.append(line)
            if re.search(pattern, line):
                return line
        self.fail(f"ended without '{pattern}':\n{''.join(said)}")

    def assert_gone(self, pids):
        until = time.monotonic() + 10
        while any(map(identity, pids)) and time.monotonic() < until:
            time.sleep(0.01)
        self.assertEqual([pid for pid in pids if identity(pid)], [])

    def test_once_answers_and_leaves_nothing_running(self):
        done = self.once()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotEqual(done.stdout, "")
        self.assertFalse((self.var / "federation.json").exists())
        self.assertFalse((self.var / "processes.json").exists())

    def test_a_second_start_keeps_certificates_and_data_and_fresh_does_not(self):
        self.once()
        def kept():
            return [(self.var / name).stat().st_ino
                    for name in ("database", "secrets/puente_labor",
                                 "keys/education/personal-epoch-1")]
        before = kept()
        again = self.once()
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(kept(), before)
        self.assertNotIn("Creating a private MariaDB", again.stderr)
        self.assertIn("Creating a private MariaDB", self.once("--fresh").stderr)
        self.assertNotEqual(kept()[2], before[2])

    def test_a_generated_country_is_taken_as_a_whole_and_again_changes_nothing(self):
        done = self.once("--sample", "4")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(re.findall(r"taken +(\d+)", done.stderr), ["8", "2", "24", "16"])
        self.assertEqual(set(re.findall(r"refused +(\d+)", done.stderr)), {"0"})
        self.assertIn("decisions.json: 1 added", done.stderr)
        again = self.once("--sample", "4")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(re.findall(r"unchanged +(\d+)", again.stderr), ["8", "2", "24", "16"])

    def test_a_vacancy_file_makes_employment_real_and_nothing_else(self):
        file = self.var.parent / "vacancies.csv"
        file.write_text(
            "isodate,offer,salary,contract_type,start_hour,end_hour,hours_worked,monday,tuesday,"
            "wednesday,thursday,friday,saturday,sunday,days_worked,state,municipality,"
            "education_level,experience,languages\n"
            "2020-08-01,soldador,9000,Contrato por tiempo indeterminado,800,1600,8.0,1,1,1,1,1,0,0,"
            "5,Jalisco,Zapopan,Licenciatura,No especificada,No es requisito\n", "utf-8")
        for options in (("--vacancies", str(file)), ()):  # the bundled setting is of an earlier day
            done = self.once(*options)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual((done.stdout.count("puente-sample"),
                              done.stdout.count("portal-del-empleo")), (3, 2), done.stdout)

    def client(self, *arguments):
        build = Path(os.environ.get("PUENTE_BUILD") or ROOT / "build")
        done = subprocess.run(
            [build / "bin/puente", "--federation", self.var / "federation.json", "--format", "json",
             *arguments], text=True, capture_output=True, timeout=_LIMIT, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_the_client_tells_who_one_is_and_sets_which_kind_counts(self):
        self.serve()
        servers = {server["agency"]: server for server in
                   self.client("whoami", "--as", "company/acme")["servers"]}
        self.assertEqual(len(servers), 5)
        economy = servers["economy"]
        self.assertEqual((economy["path"], economy["recordKind"], economy["sources"]),
                         ("company/acme", "RECORD_KIND_GENERATED", ["company.acme"]))
        self.assertIn({"method": "puente.economy.v1.DemandService/CreateDemandStatement",
                       "ownRecordsOnly": True}, economy["methods"])
        self.client("count", "economy", "demandStatements", "--kind", "real", "--from", "2026-02-01")
        status = {server["name"]: server["server"] for server in self.client("status")["servers"]}
        counted = {each["collection"]: (each["recordKind"], each["effectiveDate"])
                   for each in status["economy"]["countedKinds"]}
        self.assertEqual(counted, {
            "demandStatements": ("RECORD_KIND_REAL", {"year": 2026, "month": 2, "day": 1}),
            "trainingPlaces": ("RECORD_KIND_GENERATED", {"year": 2020, "month": 1, "day": 1})})

    def test_five_processes_and_a_clean_end(self):
        process, info, _ = self.serve()
        self.assertEqual(set(info["pids"]),
                         {"mariadb", "education", "economy", "labor", "science", "gateway"})
        self.assertEqual(info["hosting"], "own_process")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(_LIMIT), 0)
        self.assert_gone(info["pids"].values())
        self.assertFalse(Path(info["database"]["socket"]).parent.exists())

    def test_one_process_when_embedded(self):
        _, info, _ = self.serve("--embedded")
        self.assertEqual(set(info["pids"]), {"mariadb", "embedded"})
        self.assertEqual(set(info["modules"]), {"education", "economy", "labor", "science"})

    def test_a_killed_module_comes_back_at_the_same_address(self):
        _, info, lines = self.serve()
        os.kill(info["pids"]["labor"], signal.SIGKILL)
        self.wait_line(lines, "labor died of SIGKILL; starting it again in 0.2 s")
        self.wait_line(lines, "labor is back")
        after = json.loads((self.var / "federation.json").read_text())
        self.assertNotEqual(after["pids"]["labor"], info["pids"]["labor"])
        self.assertEqual(after["modules"]["labor"]["address"], info["modules"]["labor"]["address"])

    def test_a_killed_supervisor_leaves_nothing_and_the_next_run_cleans_up(self):
        process, info, _ = self.serve()
        process.kill()
        process.wait()
        self.assert_gone(info["pids"].values())
        done = self.once()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertFalse(Path(info["database"]["socket"]).parent.exists())

    def test_a_second_run_beside_the_first_is_refused_and_harms_nothing(self):
        process, info, _ = self.serve()
        done = self.once()
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"already running on {self.var} (process {process.pid})", done.stderr)
        self.assertTrue((self.var / "federation.json").exists())
        self.assertTrue(all(map(identity, info["pids"].values())))

    def test_a_port_in_use_is_refused_before_anything_is_made(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            done = self.once("--port", str(other.getsockname()[1]))
        self.assertEqual(done.returncode, 1)
        self.assertIn("is in use", done.stderr)
        self.assertFalse((self.var / "database").exists())

    def test_the_port_asked_for_is_the_gateway_s(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        _, info, _ = self.serve("--port", str(port))
        self.assertEqual(info["gateway"]["address"], f"127.0.0.1:{port}")


class FederationTest(unittest.TestCase):
    def test_without_restart_a_killed_process_stays_down_until_revived(self):
        with tempfile.TemporaryDirectory() as folder, \
                Federation(Path(folder, "var"), restart=False) as federation:
            for name in ("science", "mariadb"):
                with self.subTest(name):
                    before = federation.info["pids"][name]
                    federation.kill(name)
                    self.assertIsNone(identity(before))
                    federation.revive(name)
                    self.assertNotEqual(federation.info["pids"][name], before)

    def test_who_keeps_persons_goes_over_to_a_new_epoch_in_both_hostings(self):
        with tempfile.TemporaryDirectory() as folder:
            for embedded, epoch in ((False, 2), (True, 3)):
                with self.subTest(embedded=embedded), \
                        Federation(Path(folder, "var"), embedded=embedded) as federation:
                    keys = federation.place.keys / "education"
                    program = federation.build / "bin/puente-education"
                    subprocess.run([program, "--generate-epoch", keys], check=True)
                    admin = federation.info["modules"]["education"]["admin"]
                    until = time.monotonic() + _LIMIT
                    while True:
                        with urllib.request.urlopen(f"http://{admin}/metrics") as answer:
                            if f"puente_keys_oldest_epoch {epoch}\n" in answer.read().decode():
                                break
                        self.assertLess(time.monotonic(), until, "it does not come")
                        time.sleep(0.05)
                    # What is there is not replaced.
                    known = {key.name: key.read_text() for key in keys.iterdir()}
                    again = subprocess.run([program, "--generate-keys", keys], check=False,
                                           capture_output=True, text=True)
                    self.assertEqual(again.returncode, 1)
                    self.assertIn("KEY_EXISTS", again.stderr)
                    self.assertEqual({key.name: key.read_text() for key in keys.iterdir()}, known)

    def test_who_keeps_persons_leaves_no_core_file(self):
        limit = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (limit[1], limit[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CORE, limit)
        self.addCleanup(os.chdir, os.getcwd())
        for embedded in (False, True):
            with self.subTest(embedded=embedded), tempfile.TemporaryDirectory() as folder:
                os.chdir(folder)
                with Federation(Path(folder, "var"), restart=False,
                                embedded=embedded) as federation:
                    def left_by(name):
                        federation.kill(name, signal.SIGABRT)
                        return [core.unlink() or core.name for core in Path(folder).glob("core*")]
                    if not embedded and not left_by("labor"):
                        self.skipTest("here no process leaves one in its folder")
                    self.assertEqual(left_by("embedded" if embedded else "education"), [])

    def test_two_run_beside_each_other(self):
        with tempfile.TemporaryDirectory() as folder, \
                Federation(Path(folder, "one")) as one, Federation(Path(folder, "two")) as two:
            self.assertNotEqual(one.info["gateway"]["address"], two.info["gateway"]["address"])
            self.assertNotEqual(one.info["database"], two.info["database"])


if __name__ == "__main__":
    unittest.main()
