"""The folders of persons' keys (docs/operations.md)."""

import contextlib
import os
import shutil


def folder(place, server):
    return place.keys / server


def exist(place, server):
    return folder(place, server).exists()


@contextlib.contextmanager
def made(place, server):
    """A folder to fill, which becomes the server's as a whole or not at all."""
    fresh = place.keys.with_name("keys.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    place.keys.mkdir(mode=0o700, exist_ok=True)
    yield fresh
    os.replace(fresh, folder(place, server))
