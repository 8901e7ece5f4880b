"""Who may do what, through `puente console`: its session acts as whom its page shows, with the rights of the one
certificate and no others. What must come of a call is worked out as rights_test.py does. A part of its matrix is
asked, spread over all methods; all of it with PUENTE_LONG."""

import collections
import http.client
import itertools
import json
import os
import subprocess
import unittest
from pathlib import Path

import contract
from rights_test import RIGHTS, all_purposes, expected, methods, registry


class Console:
    """That of one caller, in whose session somebody acts."""

    def __init__(self, caller):
        binary = Path(os.environ["PUENTE_BUILD"], "bin/puente")
        self.process = subprocess.Popen(
            [binary, "--federation", os.environ["PUENTE_FEDERATION"], "--as", caller, "console", "--no-browser"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        _, _, self.address, link = self.process.stdout.readline().strip().split("/", 3)
        self.connection = http.client.HTTPConnection(self.address, timeout=30)
        self.fields = {"Connect-Protocol-Version": "1", "Content-Type": "application/json"}
        _, answer, _ = self.ask("GET", f"/{link}")
        self.fields["Cookie"] = answer["set-cookie"].split(";")[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()
        self.process.terminate()
        self.process.stdout.close()
        self.process.wait(20)

    def ask(self, verb, path, body=None, fields=()):
        self.connection.request(verb, path, body, {**self.fields, **dict(fields)})
        answer = self.connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def act(self, actor):
        status, _, body = self.ask("POST", "/session", json.dumps({"actor": actor}))
        assert status == 200, body

    def reason(self, server, method, purpose):
        """Of the refusal, "" if its rights let the call in."""
        said = {"Puente-Server": server, **({"Puente-Purpose": purpose} if purpose else {})}
        _, _, body = self.ask("POST", f"/{method.containing_service.full_name}/{method.name}", "{}", said)
        details = json.loads(body).get("details", ())
        found = [detail["debug"].get("reason", "") for detail in details
                 if detail["type"] == "google.rpc.ErrorInfo"]
        return found[0] if found and found[0] in RIGHTS else ""


class Matrix(unittest.TestCase):
    def test_every_caller(self):
        known, counted = registry(), collections.Counter()
        del known["gateway"]  # no certificate of anybody's
        asked = self.sample(known)
        for caller, cases in itertools.groupby(asked, key=lambda case: case[0]):
            with Console(caller) as console:
                for actor, those in itertools.groupby(cases, key=lambda case: case[1]):
                    console.act(actor)
                    for _, _, purpose, server, method in those:
                        wanted = expected(contract.access(method, server), known, caller, "", actor, purpose)
                        found = console.reason(server, method, purpose)
                        self.assertEqual(found, wanted, (caller, actor, purpose, server, method.full_name))
                        counted[wanted or "let in"] += 1
        for reason in ("let in", "CALLER_REFUSED", "ACTOR_REFUSED", "ACTOR_UNKNOWN", "PURPOSE_REFUSED"):
            self.assertGreater(counted[reason], 10, counted)

    @staticmethod
    def sample(known):
        """(caller, actor, purpose, server, method), by caller and actor."""
        unary = [(server, method) for server, method in methods()
                 if not contract.streams(method) and not contract.answers_stream(method)]
        every = [(caller, actor, purpose, server, method)
                 for server, method in unary
                 for caller, actors in sorted(known.items())
                 for actor, purpose in itertools.product(("", *actors, "nobody"), ("", *all_purposes(), "curiosity"))]
        step = 1 if os.environ.get("PUENTE_LONG") else 101  # prime: all callers, actors and purposes have their turn
        return sorted(every[::step], key=lambda case: case[:2])


if __name__ == "__main__":
    unittest.main()
