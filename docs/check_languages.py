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
        yield from (("link", "#" if link[0] == "#" else link.replace(".es.md", ".md"))
                    for link in re.findall(r"\]\(([^)]+)\)", section))


def lost(text):
    """Links within the page that lead to no section."""
    prose = BLOCK.sub("", text)
    sections = {re.sub(r"[^\w -]", "", name).lower().replace(" ", "-")
                for name in re.findall(r"^#+ (.*)$", prose, re.M)}
    return [link for link in re.findall(r"\]\(#([^)]+)\)", prose) if link not in sections]


def difference(english, spanish):
    """Of two texts in words, None if they are in step."""
    for one, other in itertools.zip_longest(parts(english), parts(spanish)):
        if one != other:
            return f"in English {one}, in Spanish {other}"
    return None


def main():
    pairs = [(page, page.with_name(page.name.replace(".es.md", ".md")))
             for page in sorted(FOLDER.glob("*.es.md"))]
    wrong = [f"{spanish.name}: {found}" for spanish, english in pairs if english.exists()
             if (found := difference(english.read_text("utf-8"), spanish.read_text("utf-8")))]
    wrong += [f"{page.name}: there is no #{link}" for pair in pairs for page in pair
              if page.exists() for link in lost(page.read_text("utf-8"))]
    # It finds what is missing.
    text = "# A\n`x` [b](#b)\n\n## B\n```sh\nls  # c\n```\n"
    assert difference(text, text.replace("# c", "# d").replace("B\n", "C\n")) is None
    assert (lost(text), lost(text.replace("B\n", "C\n"))) == ([], ["b"])
    assert all(difference(text, text.replace(*change)) for change in
               (("`x`", ""), ("ls", "rm"), ("## B", "B"), ("sh", "bash")))
    if not any(english.exists() for _, english in pairs):
        wrong.append("no page is there in both languages")
    print("\n".join(wrong) or "in step")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
