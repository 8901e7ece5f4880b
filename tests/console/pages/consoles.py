"""Consoles for tests that drive a browser: one of each caller, and what such a test may ask of the federation
behind them."""

import contextlib
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent


@contextlib.contextmanager
def console(federation, caller, actor="", info=None):
    """The link that opens one. `info` is another federation's file to take."""
    command = [federation.build / "bin/puente", "--federation", info or federation.place.info, "--as", caller,
               *(["--actor", actor] if actor else []), "console", "--no-browser",
               *(["--pages", os.environ["PUENTE_PAGES"]] if os.environ.get("PUENTE_PAGES") else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextlib.contextmanager
def control(deeds):
    """An address at which POST /NAME does the deed of that name with the lines of the body, and answers what
    it returns."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802, as http.server calls it
            lines = self.rfile.read(int(self.headers["Content-Length"])).decode().splitlines()
            try:
                status, answer = 200, deeds[self.path[1:]](*lines)
            except Exception as error:  # the test that asked says it  # noqa: BLE001
                status, answer = 500, repr(error)
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def drive(federation, file, callers, more=(), links=None, stdout=None):
    """Runs a test of node's with a console of each caller, {path: who acts}; its exit status."""
    with contextlib.ExitStack() as stack:
        opened = {caller: stack.enter_context(console(federation, caller, actor))
                  for caller, actor in callers.items()}
        sys.stdout.flush()
        return subprocess.run(
            ["node", "--test", HERE / file], check=False,
            env=dict(os.environ, PUENTE_FEDERATION=str(federation.place.info),
                     PUENTE_CONSOLES=json.dumps({**opened, **(links or {})}), **dict(more)), stdout=stdout).returncode
