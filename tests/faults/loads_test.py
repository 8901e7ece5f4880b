"""A file whose rows are acknowledged (docs/decisions/0049) under SIGKILL of the module and of the
database, at every stage of its load: each is held by a lock on a row that the load has to write next,
so that none is left to chance, and all are counted. What was stored by then is whole batches with
their acknowledgements; once the file was sent again, each row has one acknowledgement and is stored
once."""

import queue
import threading
import time
import unittest
import uuid
from collections import Counter

import grpc
from places import Lock, module_of, open_channel, running, sql

load = module_of("puente/api/v1/load_pb2")
load_grpc = module_of("puente/api/v1/load_pb2_grpc")
record = module_of("puente/type/v1/record_pb2")

WAIT = 60  # seconds; a limit, not what it takes
BATCH = 1000
ROWS = 3 * BATCH  # the last batch is full as well: nothing but the end is left when the file ends
COLUMNS = ("id,clee,nom_estab,raz_social,codigo_act,nombre_act,per_ocu,cve_ent,entidad,telefono,"
           "correoelec\n")
SLICE = 64 << 10
THERE = {BATCH // 2, BATCH + BATCH // 2}  # rows whose records are there before, one in two batches


class Upload:
    """A load that goes on as it is told to."""

    def __init__(self, stub, header, actor):
        self.messages = queue.Queue()
        self.messages.put(load.LoadRecordsRequest(header=header))
        self.call = stub.LoadRecords.future(iter(self.messages.get, None), timeout=2 * WAIT,
                                            metadata=(("puente-actor", actor),) if actor else ())

    def send(self, text):
        content = text.encode()
        for at in range(0, len(content), SLICE):
            self.messages.put(load.LoadRecordsRequest(content=content[at:at + SLICE]))

    def end(self):
        self.messages.put(None)
        return self

    def give_up(self):
        self.end()
        self.call.cancel()


class Loads(unittest.TestCase):
    """Of companies; other records say here what is theirs."""

    server, profile, parent, actor, data = "economy", "inegi-denue", "", "", False
    held = "company"  # the table of the rows that lock_row() holds
    there_become = load.LOAD_OUTCOME_CHANGED

    def prepare(self):
        """What the records of a round rest on."""

    def lock_row(self, row):
        self.lock("company", f"id = 'denue-{self.first + row}'")

    def text_of(self, rows, name="Empresa"):
        return COLUMNS + "".join(
            f"{self.first + row},,,{name} {row},336110,,11 a 30 personas,11,,,\n" for row in rows)

    def stored(self):
        """The records of the round."""
        return self.number("SELECT COUNT(*) FROM company WHERE CAST(SUBSTRING(id, 7) AS SIGNED)"
                           f" BETWEEN {self.first + 1} AND {self.first + ROWS}")

    def check_written_once(self):
        """What was there before once more."""
        self.assertEqual(self.number(
            "SELECT COUNT(*) FROM company WHERE CAST(SUBSTRING(id, 7) AS SIGNED) BETWEEN"
            f" {self.first + 1} AND {self.first + ROWS} AND version > 1"), len(THERE))
        self.assertEqual(self.number("SELECT MAX(version) FROM company"), 2)

    @classmethod
    def setUpClass(cls):
        place = running(data=cls.data)
        cls.federation = place.__enter__()
        cls.addClassCleanup(place.__exit__, None, None, None)

    def setUp(self):
        self.locks = []
        self.addCleanup(lambda: [lock.release() for lock in self.locks])
        self.first = 0  # number of the file's first row's record, less one

    def stub(self):
        return load_grpc.LoadServiceStub(
            open_channel(self.federation, self.server, f"agency/{self.server}"))

    def number(self, query):
        return int(sql(self.federation, query, f"puente_{self.server}")[0])

    def wait_for(self, condition, what):
        until = time.monotonic() + WAIT
        while not condition():
            self.assertLess(time.monotonic(), until, what)
            threading.Event().wait(0.005)

    def lock(self, table, rows):
        self.locks.append(Lock(self.federation, f"puente_{self.server}", table, rows))

    def lock_load(self):
        self.lock("record_load", f"number = {self.last_load()}")

    def last_load(self):
        return self.number("SELECT COALESCE(MAX(number), 0) FROM record_load")

    def open(self, request_id=""):
        return Upload(self.stub(), load.LoadRecordsHeader(
            profile=self.profile, parent=self.parent, source="faults",
            record_kind=record.RECORD_KIND_GENERATED, request_id=request_id), self.actor)

    def send(self, rows=ROWS):
        self.upload = self.open(self.request_id)
        self.upload.send(self.text_of(range(1, rows + 1)))

    def waits_for(self, table):
        threading.Event().wait(0.15)  # the database looks anew if nobody has asked for 0.1 s
        return self.number("SELECT COUNT(*) FROM information_schema.innodb_locks WHERE lock_table"
                           f" LIKE '%`{table}`'") > 0

    # What the load under way has stored, read past its locks.

    def stored_rows(self):
        return self.number("SELECT COALESCE(MAX(row_count), 0) FROM record_load"
                           f" WHERE number > {self.before}")

    # Each brings a load to a stage and holds it there.

    def begun(self):
        """The header has come, and half a batch."""
        self.send(BATCH // 2)
        return 0

    def first_batch(self):
        """The first batch is being written."""
        self.lock_row(BATCH // 2)
        self.send()
        self.wait_for(lambda: self.waits_for(self.held), "the first batch is not written")
        return 0

    def second_batch(self):
        """The first batch is stored, the second is being written."""
        self.lock_row(BATCH + BATCH // 2)
        self.send()
        self.wait_for(lambda: self.stored_rows() == BATCH and self.waits_for(self.held),
                      "the second batch is not written")
        return BATCH

    def acknowledged(self):
        """The second batch and its acknowledgements are written, the load's counts are not."""
        self.second_batch()
        held = self.locks.pop()
        self.lock_load()
        held.release()
        self.wait_for(lambda: self.waits_for("record_load"), "the counts are not written")
        return BATCH

    def ending(self):
        """All rows are stored, and that the file has ended is not."""
        self.send()
        self.wait_for(lambda: self.stored_rows() == ROWS, "the batches are not stored")
        self.lock_load()
        self.upload.end()
        self.wait_for(lambda: self.waits_for("record_load"), "the end is not written")
        return ROWS

    def ended(self):
        """The whole load is stored; its answer may be on its way."""
        self.send()
        self.upload.end()
        self.wait_for(lambda: self.number("SELECT COUNT(*) FROM record_load WHERE state ="
                                          f" {load.LOAD_STATE_FINISHED} AND number > {self.before}"),
                      "the load does not end")
        return ROWS

    def check_whole_batches(self, rows):
        """So many rows are stored, with their acknowledgements, and of the others nothing."""
        self.assertEqual(self.stored_rows(), rows)
        there = sum(1 for row in THERE if row > rows)
        self.assertEqual(self.stored(), rows + there)
        last = self.number("SELECT COALESCE(MAX(last_row), 0) FROM record_load_rows WHERE load_id IN"
                           f" (SELECT id FROM record_load WHERE number > {self.before})")
        self.assertEqual(last, rows)

    def send_again(self, request_id):
        self.request_id = request_id
        self.send()
        answer = self.upload.end().call.result().load
        self.assertEqual(answer.state, load.LOAD_STATE_FINISHED)
        return answer

    def outcomes(self, name):
        """Of each row, in the order of the file."""
        outcomes, token = [], ""
        while True:
            page = self.stub().ListLoadRows(load.ListLoadRowsRequest(
                parent=name, page_size=BATCH, page_token=token), timeout=10)
            outcomes += [(row.row, row.outcome) for row in page.rows]
            token = page.next_page_token
            if not token:
                return outcomes

    def check_each_row_once(self, answer):
        self.assertEqual((answer.row_count, answer.taken_count, answer.refused_count),
                         (ROWS, ROWS - len(THERE), 0))
        taken = load.LOAD_OUTCOME_TAKEN
        self.assertEqual(self.outcomes(answer.name),
                         [(row, self.there_become if row in THERE else taken)
                          for row in range(1, ROWS + 1)])
        self.assertEqual(self.stored(), ROWS)
        self.check_written_once()

    def round(self, stage, victim):
        self.first += 10 * ROWS
        self.prepare()
        there = self.open()
        there.send(self.text_of(sorted(THERE), "Antes"))
        self.assertEqual(there.end().call.result().load.taken_count, len(THERE))
        self.before, self.request_id = self.last_load(), str(uuid.uuid4())
        rows = stage()
        self.federation.kill(victim)
        self.upload.give_up()
        for lock in self.locks:
            lock.release()
        self.locks = []
        self.federation.revive(victim)
        self.federation.wait_ready(self.server)
        self.check_whole_batches(rows)
        self.check_each_row_once(self.send_again(self.request_id))
        again = self.send_again("")  # as another load, of which no row changes anything
        self.assertEqual((again.row_count, again.unchanged_count), (ROWS, ROWS))

    def test_kills_at_every_stage(self):
        visited = Counter()
        stages = (self.begun, self.first_batch, self.second_batch, self.acknowledged, self.ending,
                  self.ended)
        for stage in stages:
            for victim in (self.server, "mariadb"):
                with self.subTest(stage=stage.__name__, killed=victim):
                    self.round(stage, victim)
                    visited[stage.__name__] += 1
        print(f"killed {dict(visited)}", flush=True)
        self.assertEqual(visited, {stage.__name__: 2 for stage in stages})


if __name__ == "__main__":
    unittest.main()
