"""A database that is missing, read-only or of another schema version: each call gets its code, reason
and remedy, nothing is changed, and all is well again once the cause is gone. For one that is full see
full_disk_test.py."""

import time
import unittest
import uuid

import grpc
from places import module_of, open_channel, reason_of, running, sql

from deploy.local.problem import Problem

vacancy = module_of("puente/labor/v1/vacancy_pb2")
vacancy_grpc = module_of("puente/labor/v1/vacancy_pb2_grpc")

WAIT = 30  # seconds; a limit, not what it takes


def create(identifier):
    made = vacancy.CreateVacancyRequest(vacancy_id=identifier, request_id=str(uuid.uuid4()))
    made.vacancy.offer = "soldador"
    made.vacancy.offer_date.year, made.vacancy.offer_date.month, made.vacancy.offer_date.day = (
        2026, 1, 15)
    made.vacancy.state_code = "14"
    return made


class DatabaseFaults(unittest.TestCase):
    def start(self):
        place = running(data=False)
        federation = place.__enter__()
        self.addCleanup(place.__exit__, None, None, None)
        return federation, vacancy_grpc.VacancyServiceStub(
            open_channel(federation, "labor", "supplier/portal"))

    def refused(self, call, code, reason):
        with self.assertRaises(grpc.RpcError) as caught:
            call()
        self.assertEqual((caught.exception.code(), reason_of(caught.exception)), (code, reason),
                         caught.exception.details())
        self.assertNotIn("INSERT", caught.exception.details())

    def wait_created(self, stub, made):
        until = time.monotonic() + WAIT
        while True:
            try:
                return stub.CreateVacancy(made, timeout=5)
            except grpc.RpcError as error:
                self.assertLess(time.monotonic(), until, error)

    def test_read_only(self):
        federation, stub = self.start()
        stub.CreateVacancy(create("before"), timeout=5)
        sql(federation, "SET GLOBAL read_only = 1", "mysql")
        made = create("while")
        self.refused(lambda: stub.CreateVacancy(made, timeout=5),
                     grpc.StatusCode.FAILED_PRECONDITION, "DATABASE_READ_ONLY")
        self.assertEqual(stub.GetVacancy(vacancy.GetVacancyRequest(name="vacancies/before"),
                                         timeout=5).name, "vacancies/before")
        sql(federation, "SET GLOBAL read_only = 0", "mysql")
        self.assertEqual(self.wait_created(stub, made).name, "vacancies/while")

    def test_missing(self):
        federation, stub = self.start()
        federation.kill("mariadb")
        made = create("while")
        self.refused(lambda: stub.CreateVacancy(made, timeout=5),
                     grpc.StatusCode.UNAVAILABLE, "DATABASE_UNAVAILABLE")
        federation.revive("mariadb")
        self.assertEqual(self.wait_created(stub, made).name, "vacancies/while")

    def test_another_schema_version(self):
        federation, _ = self.start()
        sql(federation, "INSERT INTO migration VALUES ('labor', 999, 'future', REPEAT('x', 32),"
                        " '99.0.0', NOW(6))")
        federation.kill("labor")
        with self.assertRaises(Problem) as caught:
            federation.revive("labor")
        self.assertIn("99.0.0", str(caught.exception))
        sql(federation, "DELETE FROM migration WHERE number = 999")
        federation.revive("labor")


if __name__ == "__main__":
    unittest.main()
