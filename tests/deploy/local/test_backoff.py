import unittest

from deploy.local.backoff import Backoff


class BackoffTest(unittest.TestCase):
    def test_doubles_up_to_ten_seconds(self):
        backoff = Backoff()
        waits = [backoff.after(lived=1.0) for _ in range(8)]
        self.assertEqual(waits, [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0])

    def test_starts_over_after_a_minute_of_health(self):
        backoff = Backoff()
        backoff.after(lived=1.0)
        backoff.after(lived=1.0)
        self.assertEqual(backoff.after(lived=60.0), 0.2)
        self.assertEqual(backoff.after(lived=59.9), 0.4)


if __name__ == "__main__":
    unittest.main()
