#!/usr/bin/python3
"""Runs the tests of this folder: run.py [PATTERN]

All of them, or, unless PUENTE_LONG is set, those in files of this pattern: what is the same for
whatever hosts the services needn't be asked twice each time."""

import os
import sys
import unittest
from pathlib import Path


def main(pattern="*_test.py"):
    if os.environ.get("PUENTE_LONG"):
        pattern = "*_test.py"
    found = unittest.defaultTestLoader.discover(str(Path(__file__).parent), pattern)
    result = unittest.TextTestRunner().run(found)
    return 0 if result.testsRun and result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
