#!/usr/bin/python3
"""docs/manual.es.md names what is there: whatever it says in bold stands on a page of the console, each picture
exists and is looked at, and all of them together are small."""

import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.dont_write_bytecode = True

MANUAL = ROOT / "docs/manual.es.md"
PICTURES = ROOT / "docs/pictures"
PAGES = ROOT / "console/pages/src"
# Of a template what comes before its first value.
STRINGS = (re.compile(r'"((?:[^"\\\n]|\\.)*)"'), re.compile(r"`([^`$\n]*)"))
MOST_BYTES = 1_500_000
WIDTHS = {360, 1280}


def texts():
    """Every string of the pages."""
    found = set()
    for file in PAGES.rglob("*.ts"):
        for form in STRINGS:
            found.update(text.strip() for text in form.findall(file.read_text(encoding="utf-8")))
    return found


class Manual(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.text = MANUAL.read_text(encoding="utf-8")

    def test_what_it_names_is_on_a_page(self):
        named = set(re.findall(r"\*\*([^*]+)\*\*", self.text))
        self.assertGreater(len(named), 60)
        self.assertEqual(sorted(named - texts()), [])

    def test_pictures(self):
        shown = re.findall(r"!\[([^\]]*)\]\(pictures/([\w-]+\.png)\)", self.text)
        self.assertEqual(sorted(name for _, name in shown), sorted(p.name for p in PICTURES.glob("*.png")))
        for says, name in shown:
            self.assertGreater(len(says), 20, name)  # for who can't see it
            header = (PICTURES / name).read_bytes()[:24]
            self.assertEqual(header[:8], b"\x89PNG\r\n\x1a\n", name)
            self.assertIn(int.from_bytes(header[16:20], "big"), WIDTHS, name)
        self.assertLess(sum(p.stat().st_size for p in PICTURES.glob("*.png")), MOST_BYTES)

    def test_links(self):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", self.text):
            self.assertTrue((MANUAL.parent / link).exists(), link)


if __name__ == "__main__":
    unittest.main()
