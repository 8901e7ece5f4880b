"""How long to wait before a dead process is started again."""

FIRST = 0.2  # seconds
LONGEST = 10.0
HEALTHY = 60.0  # one that lived this long starts over at FIRST


class Backoff:
    def __init__(self):
        self._next = FIRST

    def after(self, lived):
        """The wait in seconds after a death, given how long the process had lived."""
        if lived >= HEALTHY:
            self._next = FIRST
        wait = self._next
        self._next = min(self._next * 2, LONGEST)
        return wait
