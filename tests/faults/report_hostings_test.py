"""What is made of a snapshot is the same to the byte by whichever processes: five or one, in another
time zone and locale, on one processor or on all, whoever asks."""

import hashlib
import os
import tempfile
import time
import unittest

from places import module_of, open_channel, running

report = module_of("puente/gateway/v1/report_pb2")
report_grpc = module_of("puente/gateway/v1/report_pb2_grpc")

WAIT = 60  # seconds; a limit, not what it takes
ACTOR = (("puente-actor", "statistician-1"),)
MADE = "need-and-teaching"


class Elsewhere:
    """Processes that begin meanwhile are as if they ran somewhere else."""

    def __enter__(self):
        self.before = {name: os.environ.get(name) for name in ("TZ", "LC_ALL")}
        self.processors = os.sched_getaffinity(0)
        os.environ.update(TZ="Asia/Kathmandu", LC_ALL="C.UTF-8")
        os.sched_setaffinity(0, {min(self.processors)})

    def __exit__(self, *_):
        os.sched_setaffinity(0, self.processors)
        for name, value in self.before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class Hostings(unittest.TestCase):
    def stub(self, federation, caller):
        return report_grpc.ReportServiceStub(open_channel(federation, "gateway", caller))

    def drafted(self, stub, key):
        made = report.CreateReportRequest(report_id=key)
        made.report.report_definition = f"reportDefinitions/{MADE}"
        made.report.source, made.report.record_kind = "hostings", 2
        answer = stub.CreateReport(made, timeout=10, metadata=ACTOR)
        until = time.monotonic() + WAIT
        while answer.state in (report.REPORT_STATE_QUEUED, report.REPORT_STATE_READING):
            self.assertLess(time.monotonic(), until, answer)
            answer = stub.GetReport(report.GetReportRequest(name=answer.name), timeout=10)
        self.assertEqual(answer.state, report.REPORT_STATE_DRAFTED, answer)
        return answer

    def file(self, stub, name, path):
        return b"".join(piece.content for piece in stub.ExportReportFile(
            report.ExportReportFileRequest(name=name, path=path), timeout=10))

    def test_the_same_bytes(self):
        with tempfile.TemporaryDirectory(prefix="puente-hostings-") as var:
            with running(var=var) as federation:
                made = self.drafted(self.stub(federation, "agency/education"), "here")
            with Elsewhere(), running(data=False, var=var, embedded=True) as federation:
                stub = self.stub(federation, "agency/labor")
                again = stub.RerunReport(report.RerunReportRequest(name=made.name), timeout=20)
                self.assertEqual(again.outcome, report.RERUN_OUTCOME_SAME, again)
                for file in made.files:
                    self.assertEqual(
                        hashlib.sha256(self.file(stub, made.name, file.path)).hexdigest(),
                        file.sha256, file.path)
                self.assertGreater(len(made.files), 5)


if __name__ == "__main__":
    unittest.main()
