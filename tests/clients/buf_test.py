"""`buf curl`, the tool for people: by reflection, and by the descriptor set that the build makes."""

import base64
import json
import os
import shlex
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUF = ROOT / "tests/clients/node/node_modules/.bin/buf"
BUILD = Path(os.environ["PUENTE_BUILD"])
FEDERATION = Path(os.environ["PUENTE_FEDERATION"])
INFO = json.loads(FEDERATION.read_text(encoding="utf-8"))


def curl(server, *arguments, caller="council/cce", **options):
    place = INFO["gateway"] if server == "gateway" else INFO["modules"][server]
    files = INFO["callers"][caller]
    address, arguments = "https://" + place["address"], list(arguments)
    if arguments and not arguments[-1].startswith("-"):
        address += "/" + arguments.pop()
    return subprocess.run(
        [BUF, "curl", "--protocol", "grpc", "--cacert", files["ca"], "--cert",
         files["certificate"], "--key", files["key"], *arguments, address],
        capture_output=True, text=True, check=False, timeout=60, **options)


class BufCurl(unittest.TestCase):
    def test_reflection_lists_the_methods_of_every_server(self):
        for server in ("education", "economy", "labor", "science", "gateway"):
            done = curl(server, "--list-methods")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("puente.api.v1.ServerService/GetServer", done.stdout)
            self.assertIn("grpc.health.v1.Health/Check", done.stdout)
            self.assertIn(f"puente.{server}.v1.", done.stdout)

    def test_a_call_by_reflection_and_one_by_the_descriptor_set(self):
        answers = []
        for schema in ((), ("--schema", BUILD / "puente.binpb")):
            done = curl("labor", *schema, "--data", '{"name": "skills/english"}',
                        "puente.labor.v1.SkillService/GetSkill")
            self.assertEqual(done.returncode, 0, done.stderr)
            answers.append(json.loads(done.stdout))
        self.assertEqual(answers[0]["kind"], "SKILL_KIND_LANGUAGE")
        self.assertEqual(answers[0], answers[1])

    def test_a_refusal_is_shown_with_its_reason(self):
        done = curl("labor", "--data", '{"name": "skills/none"}',
                    "puente.labor.v1.SkillService/GetSkill")
        self.assertNotEqual(done.returncode, 0)
        said = json.loads(done.stderr)
        self.assertEqual(said["code"], "not_found")
        info, = [detail["value"] for detail in said["details"]
                 if detail["type"] == "google.rpc.ErrorInfo"]
        self.assertIn(b"SKILL_NOT_FOUND", base64.b64decode(info + "==="))

    def test_what_puente_explains_is_a_call_that_works(self):
        env = dict(os.environ, PATH=f"{BUF.parent}:{os.environ['PATH']}")
        for command in (["council", "overview", "--state", "Jalisco"],
                        ["labor", "vacancies", "--limit", "3"]):
            explained = subprocess.run(
                [BUILD / "bin/puente", "--federation", FEDERATION, "--explain", *command],
                capture_output=True, text=True, check=True)
            calls = [line for line in explained.stdout.splitlines() if not line.startswith("#")]
            for line in calls:
                words = shlex.split(line)
                self.assertEqual(words[:2], ["buf", "curl"])
                done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 0, f"{line}\n{done.stderr}")
                self.assertIsInstance(json.loads(done.stdout), dict)
            self.assertTrue(calls)


class BufLint(unittest.TestCase):
    def test_the_contract_follows_its_style(self):
        """STANDARD and COMMENTS; buf.yaml says what is excepted and why."""
        done = subprocess.run([BUF, "lint"], cwd=ROOT, capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

class BufBreaking(unittest.TestCase):
    """`./dev check` compares with the newest release; here the contract is broken on purpose."""

    def breaking(self, folder):
        release = max((ROOT / "proto/releases").glob("*.binpb"),
                      key=lambda path: [int(part) for part in path.stem.split(".")])
        return subprocess.run([BUF, "breaking", "--against", release], cwd=folder,
                              capture_output=True, text=True, check=False)

    def test_clients_of_the_last_release_still_work(self):
        done = self.breaking(ROOT)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def test_what_would_break_them_is_found(self):
        with tempfile.TemporaryDirectory(prefix="puente-buf-") as folder:
            copy = Path(folder)
            shutil.copytree(ROOT / "proto", copy / "proto")
            shutil.copy(ROOT / "buf.yaml", copy)
            skill = copy / "proto/puente/labor/v1/skill.proto"
            text = skill.read_text(encoding="utf-8")
            skill.write_text(text.replace("string label_es = 2", "string label_es = 99"),
                             encoding="utf-8")
            done = self.breaking(copy)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn('field "2" with name "label_es" on message "Skill" was deleted', done.stdout)


if __name__ == "__main__":
    unittest.main()
