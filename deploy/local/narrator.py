"""Says what is being done: live on a terminal, plain lines in a pipe.

Goes to standard error, so that standard output holds answers alone.
"""

import contextlib
import sys
import threading
import time

_STILL_EVERY = 10.0  # seconds between "still ..." lines in a pipe


class Narrator:
    """Thread-safe. Steps do not nest."""

    def __init__(self, out=None, quiet=False):
        self._out = out or sys.stderr
        self._quiet = quiet
        self._live = not quiet and self._out.isatty()
        self._lock = threading.Lock()
        self._current = None

    def say(self, text):
        with self._lock:
            self._line(text)
            if self._live and self._current:
                self._write(self._current)

    @contextlib.contextmanager
    def step(self, text):
        """Shows the time passing while the body runs, then that it is done."""
        begin = time.monotonic()
        done = threading.Event()
        ticker = threading.Thread(target=self._tick, args=(text, begin, done), daemon=True)
        ticker.start()
        try:
            yield
        except BaseException:
            self._end(done, ticker, f"  {text}: not done")
            raise
        self._end(done, ticker, f"  {text} ({time.monotonic() - begin:.1f} s)")

    def _tick(self, text, begin, done):
        while not done.wait(0.2 if self._live else _STILL_EVERY):
            passed = time.monotonic() - begin
            with self._lock:
                if self._live:
                    self._current = f"  {text} ... {passed:.0f} s"
                    self._write(f"\r\033[K{self._current}")
                else:
                    self._line(f"  {text}: still at it after {passed:.0f} s")

    def _end(self, done, ticker, text):
        done.set()
        ticker.join()
        with self._lock:
            self._current = None
            self._line(text)

    def _line(self, text):
        self._write(("\r\033[K" if self._live else "") + text + "\n")

    def _write(self, text):
        if self._quiet:
            return
        try:
            self._out.write(text)
            self._out.flush()
        except OSError:
            self._quiet = True  # nobody reads any more; what runs goes on
