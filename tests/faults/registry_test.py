"""A party that is blocked while the system runs: every server refuses it within five seconds,
and its open upload ends. Signed as docs/operations.md says."""

import re
import subprocess
import time
import unittest
import urllib.request
from pathlib import Path

import grpc
from places import ROOT, module_of, open_channel, reason_of, running

from deploy.local import registry

LIMIT = 5  # seconds from the rename to the refusal, as the contract promises
CALLER, SERVERS = "supplier/portal", ("education", "economy", "labor", "science", "gateway")

server = module_of("puente/api/v1/server_pb2")
server_grpc = module_of("puente/api/v1/server_pb2_grpc")
vacancy = module_of("puente/labor/v1/vacancy_pb2")
vacancy_grpc = module_of("puente/labor/v1/vacancy_pb2_grpc")
record = module_of("puente/type/v1/record_pb2")


def publish(place, text):
    """Runs the lines of the operators' page that sign and put in place an issue."""
    page = (ROOT / "docs/operations.md").read_text("utf-8")
    block = re.search(r"```sh\n(openssl genpkey.*?)```", page, re.S).group(1)
    lines = [line for line in block.splitlines() if not re.match("openssl (genpkey|pkey) ", line)]
    (place.registry / "issue.textproto").write_text(text, "utf-8")
    link = place.registry / "registry-key.pem"
    if not link.exists():
        link.symlink_to("key.pem")
    subprocess.run(["bash", "-euc", "\n".join(lines)], cwd=place.registry, check=True)


def metrics(federation, agency):
    where = federation.info["modules"][agency]["admin"]
    with urllib.request.urlopen(f"http://{where}/metrics", timeout=10) as answer:
        return answer.read().decode()


def ask(channel):
    try:
        server_grpc.ServerServiceStub(channel).GetServer(server.GetServerRequest(), timeout=10)
    except grpc.RpcError as error:
        return reason_of(error)
    return ""


class Registry(unittest.TestCase):
    def await_reasons(self, channels, wanted, until):
        waiting = dict(channels)
        while waiting:
            waiting = {name: channel for name, channel in waiting.items()
                       if ask(channel) != wanted}
            self.assertLess(time.monotonic(), until, f"{sorted(waiting)} do not say {wanted!r}")

    def test_a_blocked_party_is_out_within_five_seconds(self):
        with running(data=False) as federation:
            channels = {name: open_channel(federation, name, CALLER) for name in SERVERS}
            self.await_reasons(channels, "", time.monotonic() + 30)
            ended = []

            def upload():
                yield vacancy.LoadVacanciesRequest(header=vacancy.LoadVacanciesHeader(
                    profile="portal-empleo-2020", source="faults-test",
                    record_kind=record.RECORD_KIND_REAL))
                while not ended:
                    time.sleep(0.01)  # a caller who thinks about his next piece

            call = vacancy_grpc.VacancyServiceStub(channels["labor"]).LoadVacancies.future(
                upload(), timeout=60)
            until = time.monotonic() + 30
            while "puente_open_streams 1" not in metrics(federation, "labor"):
                self.assertLess(time.monotonic(), until)
                time.sleep(0.01)
            text = registry.principals(serial=2, blocked=(CALLER,))
            publish(federation.place, text)
            until = time.monotonic() + LIMIT
            self.await_reasons(channels, "CALLER_BLOCKED", until)
            error = call.exception(timeout=max(0.1, until - time.monotonic()))
            ended.append(True)
            self.assertEqual(reason_of(error), "CALLER_BLOCKED")
            self.assertEqual(ask(open_channel(federation, "labor", "company/acme")), "")

            # An issue that nobody signed changes nothing; the next one that is signed does.
            file = Path(registry.files(federation.place)["file"])
            file.write_text(registry.principals(serial=9), "utf-8")
            log = federation.place.log / "labor.log"
            until = time.monotonic() + 30
            while "registry_refused" not in log.read_text("utf-8"):
                self.assertLess(time.monotonic(), until)
                time.sleep(0.05)
            self.assertEqual(ask(channels["labor"]), "CALLER_BLOCKED")
            publish(federation.place, registry.principals(serial=3))
            self.await_reasons(channels, "", time.monotonic() + LIMIT)


if __name__ == "__main__":
    unittest.main()
