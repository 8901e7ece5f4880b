"""A database that is missing, read-only, full or of another schema version: each call gets its code,
reason and remedy, nothing is changed, and all is well again once the cause is gone."""

import os
import subprocess
import tempfile
import time
import unittest
import uuid
from pathlib import Path

import grpc
from places import module_of, open_channel, reason_of, running, sql

from deploy.local.problem import Problem

vacancy = module_of("puente/labor/v1/vacancy_pb2")
vacancy_grpc = module_of("puente/labor/v1/vacancy_pb2_grpc")

WAIT = 30  # seconds; a limit, not what it takes
MEGABYTE = 1 << 20
HEADER = ("isodate,offer,salary,contract_type,start_hour,end_hour,hours_worked,monday,tuesday,"
          "wednesday,thursday,friday,saturday,sunday,days_worked,state,municipality,"
          "education_level,experience,languages\n")


def create(identifier):
    made = vacancy.CreateVacancyRequest(vacancy_id=identifier, request_id=str(uuid.uuid4()))
    made.vacancy.offer = "soldador"
    made.vacancy.offer_date.year, made.vacancy.offer_date.month, made.vacancy.offer_date.day = (
        2026, 1, 15)
    made.vacancy.state_code = "14"
    return made


def rows(count):
    """A file of different rows, as messages of an upload."""
    header = vacancy.LoadVacanciesRequest()
    header.header.profile = "portal-empleo-2020"
    yield header
    text = HEADER
    for number in range(count):
        text += (f"2020-08-01,soldador {number} {'x' * 200},6000,Contrato por tiempo indeterminado,"
                 "800,1600,8.0,1,1,1,1,1,0,0,5,Jalisco,Zapopan,Licenciatura,No especificada,"
                 "No es requisito\n")
        if len(text) > 60_000:
            yield vacancy.LoadVacanciesRequest(content=text.encode())
            text = ""
    yield vacancy.LoadVacanciesRequest(content=text.encode())


class DatabaseFaults(unittest.TestCase):
    def start(self, var=None):
        place = running(data=False, var=var)
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

    def test_full(self):
        with tempfile.TemporaryDirectory(prefix="puente-full-") as folder:
            mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=320m", "tmpfs", folder],
                                     capture_output=True, check=False)
            if mounted.returncode != 0:
                self.skipTest("a small disk can't be mounted here")
            try:
                self.check_full(Path(folder) / "var")
            finally:
                self.doCleanups()
                subprocess.run(["umount", folder], check=True)

    def check_full(self, var):
        federation, stub = self.start(var)
        stub.CreateVacancy(create("before"), timeout=5)
        filler = var / "filler"
        free = os.statvfs(var)
        with open(filler, "wb") as file:
            file.write(b"\0" * max(0, free.f_bavail * free.f_frsize - 4 * MEGABYTE))
        self.refused(lambda: stub.LoadVacancies(rows(40_000), timeout=120),
                     grpc.StatusCode.RESOURCE_EXHAUSTED, "DATABASE_FULL")
        self.assertEqual(stub.GetVacancy(vacancy.GetVacancyRequest(name="vacancies/before"),
                                         timeout=5).name, "vacancies/before")
        filler.unlink()
        self.assertEqual(self.wait_created(stub, create("after")).name, "vacancies/after")
        done = stub.LoadVacancies(rows(500), timeout=60)
        self.assertEqual(done.loaded_count + done.unchanged_count, 500)

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
