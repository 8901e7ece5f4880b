"""Reports (docs/decisions/0067) under SIGKILL of the gateway, of an agency and of the database, at
every stage of their making, approval and publication (held_reports.py), all of them counted. Afterwards
the report comes to what one says that nobody disturbed; or it has FAILED, says why, and nothing of it is
left."""

import unittest
from collections import Counter

from held_reports import HeldReports, report
from places import sql

GATEWAY = ("gateway", "mariadb")
ALL = ("economy", *GATEWAY)


class Reports(HeldReports):
    def kill(self, victim):
        self.federation.kill(victim)
        self.let_go()
        self.federation.revive(victim)
        self.federation.wait_ready("gateway")
        self.calling.join()

    def test_kills_at_every_stage(self):
        expected = self.undisturbed()
        drafted, approved, published = (report.REPORT_STATE_DRAFTED, report.REPORT_STATE_APPROVED,
                                        report.REPORT_STATE_PUBLISHED)
        visited = Counter()
        for point, victims, state in (
                (self.asking, GATEWAY, drafted), (self.agency_asked, ALL, drafted),
                (self.agency_has_it, ALL, drafted), (self.agency_reads, ALL, drafted),
                (self.agency_has_read, ALL, drafted), (self.fetching, ALL, drafted),
                (self.fetched, GATEWAY, drafted), (self.drafting, GATEWAY, drafted),
                (self.approving, GATEWAY, approved), (self.publishing, GATEWAY, published)):
            for victim in victims:
                key = f"{point.__name__}-{victim}".replace("_", "-")
                with self.subTest(point=point.__name__, killed=victim):
                    point(key)
                    self.kill(victim)
                    self.finish(key)
                    self.check_whole(key, expected, state)
                    visited[point.__name__] += 1
                self.let_go()
        print(f"Reports: killed {dict(visited)}", flush=True)
        self.assertEqual(sum(visited.values()), 5 * len(ALL) + 5 * len(GATEWAY))

    # Those that cannot be made.

    def check_failed(self, key, failure):
        made = self.finish(key)
        self.assertEqual(made.state, report.REPORT_STATE_FAILED)
        self.assertEqual(made.failure, failure)
        self.assertIn("economy", made.failure_es)
        self.assertIn("economy", made.failure_en)
        for table, column in (("report_part", "report"), ("due", "item_key")):
            query = f"SELECT COUNT(*) FROM {table} WHERE {column} = '{key}'"
            self.wait_for(lambda: self.number("gateway", query) == 0, f"{table} has something left")
        return made

    def test_an_agency_that_stays_away(self):
        self.agency_reads("away")
        self.federation.kill("economy")
        self.let_go()
        self.calling.join()

        def grown_old():
            """Told until it has ended: who read the report before stores it as it was."""
            sql(self.federation, "UPDATE report SET create_time = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR"
                                 " WHERE id = 'away'", "puente_gateway")
            return self.ended("away")
        self.wait_for(grown_old, "away does not end", pause=0.05)
        self.check_failed("away", "REPORT_AGENCY_AWAY")
        self.federation.revive("economy")
        # The extract that nobody waits for any more is made all the same; no other test is to meet it.
        def made():
            self.let_claim()
            return self.number("economy", "SELECT COUNT(*) FROM due WHERE kind = 'figures.extract'") == 0
        self.wait_for(made, "the extract is not made", pause=0.05)

    def test_an_extract_that_kills_its_agency(self):
        """Whenever it is made: as if it had five times."""
        self.agency_reads("deadly")
        self.federation.kill("economy")
        self.let_go()
        self.calling.join()
        sql(self.federation, "UPDATE due SET attempts = 5 WHERE kind = 'figures.extract'",
            "puente_economy")
        self.federation.revive("economy")
        made = self.check_failed("deadly", "REPORT_EXTRACT_FAILED")
        self.assertIn("FIGURE_EXTRACT_NOT_MADE", made.failure_en)
        extract = made.extracts[0].figure_extract.split("/")[1]
        self.assertEqual(self.number("economy", "SELECT COUNT(*) FROM figure_extract_chunk WHERE"
                                                f" extract_id = '{extract}'"), 0)


if __name__ == "__main__":
    unittest.main()
