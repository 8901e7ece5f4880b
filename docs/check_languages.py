#!/usr/bin/env python3
"""Holds pages that exist in Spanish too against the English ones: the same sections, commands,
names in code and links, in the same order. What the words between them say, people must see to."""

import itertools
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
COMMENT = re.compile(r"\s+# .*$", re.M)  # what is explained within a block


def parts(text):
    """What both languages share: (kind, text) in order, sections without their names."""
    yield from (("block", (language, COMMENT.sub("", code)))
                for language, code in BLOCK.findall(text))
    prose = BLOCK.sub("", text)
    for section in re.split(r"^#+ ", prose, flags=re.M)[1:]:
        yield "section", len(re.findall(r"^(?:[-|]|\d+\.) ?", section, re.M))
        yield from (("code", code) for code in sorted(re.findall(r"`([^`\n]+)`", section)))
        yield from (("link", link.replace(".es.md", ".md"))
                    for link in sorted(re.findall(r"\]\(([^)]+)\)", section)))


def difference(english, spanish):
    """Of two texts in words, None if they are in step."""
    for one, other in itertools.zip_longest(parts(english), parts(spanish)):
        if one != other:
            return f"in English {one}, in Spanish {other}"
    return None


def main():
    pages = sorted(FOLDER.glob("*.es.md"))
    pages = [(page, page.with_name(page.name.replace(".es.md", ".md"))) for page in pages]
    wrong = [f"{spanish.name}: {found}" for spanish, english in pages if english.exists()
             if (found := difference(english.read_text("utf-8"), spanish.read_text("utf-8")))]
    # It finds what is missing.
    text = "# A\n`x`\n\n## B\n```sh\nls  # c\n```\n"
    assert difference(text, text.replace("# c", "# d").replace("B", "C")) is None
    assert all(difference(text, text.replace(*change)) for change in
               (("`x`", ""), ("ls", "rm"), ("## B", "B"), ("sh", "bash")))
    if not any(english.exists() for _, english in pages):
        wrong.append("no page is there in both languages")
    print("\n".join(wrong) or "in step")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
