"""Parties that are blocked or left out while the system runs, and a person who is blocked: every
server refuses them within five seconds, and their open uploads end, in both hostings."""

import threading
import time
import unittest
import urllib.request
from pathlib import Path

import grpc
from places import module_of, open_channel, reason_of, running

from deploy.local import registry

LIMIT = 5  # seconds from the rename to the refusal, as the contract promises
SERVERS = ("education", "economy", "labor", "science", "gateway")
BLOCKED, DELISTED = "supplier/portal", "supplier/muestra"
BLOCKED_ACTOR = ("agency/labor", "statistician-1")
# Caller and actor of an upload each, and the reason that ends it.
TAKEN_OUT = {(BLOCKED, ""): "CALLER_BLOCKED", (DELISTED, ""): "CALLER_NOT_REGISTERED",
             BLOCKED_ACTOR: "ACTOR_UNKNOWN"}
STAYS = ("agency/labor", "")

server = module_of("puente/api/v1/server_pb2")
server_grpc = module_of("puente/api/v1/server_pb2_grpc")
vacancy = module_of("puente/labor/v1/vacancy_pb2")
vacancy_grpc = module_of("puente/labor/v1/vacancy_pb2_grpc")
record = module_of("puente/type/v1/record_pb2")


def publish(federation, text):
    registry.publish(federation.place, federation.build / "bin/puente-registry", text)


def metrics(federation, agency):
    where = federation.info["modules"][agency]["admin"]
    with urllib.request.urlopen(f"http://{where}/metrics", timeout=10) as answer:
        return answer.read().decode()


def ask(channel, actor=""):
    try:
        server_grpc.ServerServiceStub(channel).GetServer(
            server.GetServerRequest(), timeout=10, metadata=acting(actor))
    except grpc.RpcError as error:
        return reason_of(error)
    return ""


def acting(actor):
    return (("puente-actor", actor),) if actor else ()


class Registry(unittest.TestCase):
    def await_reasons(self, channels, actor, wanted, until):
        waiting = dict(channels)
        while waiting:
            waiting = {name: channel for name, channel in waiting.items()
                       if ask(channel, actor) != wanted}
            self.assertLess(time.monotonic(), until, f"{sorted(waiting)} do not say {wanted!r}")

    def upload(self, channel, caller, actor):
        """An upload that has begun and goes on until its server ends it."""
        said = ({"source": "faults-test", "record_kind": record.RECORD_KIND_REAL}
                if caller == "agency/labor" else {})
        ended = threading.Event()
        self.addCleanup(ended.set)

        def pieces():
            yield vacancy.LoadVacanciesRequest(header=vacancy.LoadVacanciesHeader(
                profile="portal-empleo-2020", **said))
            ended.wait(60)  # a caller who thinks about his next piece

        return vacancy_grpc.VacancyServiceStub(channel).LoadVacancies.future(
            pieces(), timeout=60, metadata=acting(actor))

    def test_those_who_are_taken_out_are_out_within_five_seconds(self):
        for embedded in (False, True):
            with (self.subTest(embedded=embedded),
                  running(data=False, embedded=embedded) as federation):
                self.take_out(federation)

    def take_out(self, federation):
        channels = {(caller, actor): {name: open_channel(federation, name, caller)
                                      for name in SERVERS} for caller, actor in (*TAKEN_OUT, STAYS)}
        for (_, actor), of_all in channels.items():
            self.await_reasons(of_all, actor, "", time.monotonic() + 30)
        uploads = {who: self.upload(of_all["labor"], *who) for who, of_all in channels.items()}
        until = time.monotonic() + 30
        while f"puente_open_streams {len(uploads)}" not in metrics(federation, "labor"):
            self.assertLess(time.monotonic(), until)
            time.sleep(0.01)
        publish(federation, registry.principals(
            blocked=(BLOCKED,), left_out=(DELISTED,), blocked_actors=(BLOCKED_ACTOR,)))
        until = time.monotonic() + LIMIT
        for who, reason in TAKEN_OUT.items():
            error = uploads[who].exception(timeout=max(0.1, until - time.monotonic()))
            self.assertEqual(reason_of(error), reason, who)
            self.await_reasons(channels[who], who[1], reason, until)
        self.assertEqual(ask(channels[STAYS]["labor"]), "")
        self.assertFalse(uploads[STAYS].done())
        uploads[STAYS].cancel()

        # An issue that nobody signed changes nothing; the next one that is signed does.
        file = Path(registry.files(federation.place)["file"])
        file.write_text(f"serial: 9\n{registry.principals()}", "utf-8")
        until = time.monotonic() + 30
        while "puente_registry_refused_total 1" not in metrics(federation, "labor"):
            self.assertLess(time.monotonic(), until)
            time.sleep(0.05)
        self.assertEqual(ask(channels[BLOCKED, ""]["labor"]), "CALLER_BLOCKED")
        publish(federation, registry.principals())
        for (_, actor), of_all in channels.items():
            self.await_reasons(of_all, actor, "", time.monotonic() + LIMIT)


if __name__ == "__main__":
    unittest.main()
