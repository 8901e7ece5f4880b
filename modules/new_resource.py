#!/usr/bin/env python3
"""./dev new resource: writes what a resource begins with, from proto/resource.template: its contract,
its migration, its Spec, and its registration in the module. What is written builds and serves at
once; what is left to decide is printed."""

import argparse
import re
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "proto"))

import resources as contract  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(prog="./dev new resource", description=__doc__)
    modules = sorted(path.parent.name for path in [*ROOT.glob("modules/*/module.cc"),
                                                   ROOT / "gateway/module.cc"])
    parser.add_argument("agency", choices=modules, help="or the gateway, for what belongs to none")
    parser.add_argument("message", help="such as TestBench")
    parser.add_argument("--parent", help="the message that it is below in names, such as Organization")
    parser.add_argument("--verbs", nargs="+", default=[], metavar="VERB:FROM:TO",
                        help="such as Retire:ACTIVE:RETIRED; it begins in the first state named")
    parser.add_argument("--delete", action="store_true", help="it can be deleted")
    parser.add_argument("--plural", help="such as TestBenches, where the guess is wrong")
    parser.add_argument("--noun-es", help='with its article, such as "el banco de pruebas"')
    asked = parser.parse_args()
    if not re.fullmatch("([A-Z][a-z]+)+", asked.message):
        parser.error("MESSAGE is written as in TestBench")
    for verb in asked.verbs:
        if not re.fullmatch("[A-Z][a-z]+:[A-Z_]+:[A-Z_]+", verb):
            parser.error(f"{verb}: a verb is written as in Retire:ACTIVE:RETIRED")
    return asked


class New:
    """A resource that is not there yet."""

    def __init__(self, asked):
        _, known = contract.known()
        self.asked, self.verbs = asked, [verb.split(":") for verb in asked.verbs]
        if any((other.agency, other.message) == (asked.agency, asked.message) for other in known):
            sys.exit(f"{asked.agency} has a {asked.message} already")
        messages = asked.plural or contract.does(asked.message)  # a plural is made likewise
        messages = messages[0].lower() + messages[1:]
        pattern = f"{messages}/{{{contract.snake(asked.message)}}}"
        if asked.parent:
            parents = [other.pattern for other in known
                       if (other.agency, other.message) == (asked.agency, asked.parent)]
            if not parents:
                sys.exit(f"{asked.agency} has no {asked.parent}")
            if parents[0].count("/") > 1:
                sys.exit(f"{parents[0]}: names have at most two collections")
            pattern = f"{parents[0]}/{pattern}"
        self.resource = contract.Resource("", asked.message, asked.agency, pattern, messages)
        self.names = self.resource.names
        self.noun_es = asked.noun_es or f"el {self.names['noun']}"
        self.states = list(dict.fromkeys(state for _, *pair in self.verbs for state in pair))
        self.module = ROOT / ("gateway" if asked.agency == "gateway" else f"modules/{asked.agency}")

    def part(self, name, **more):
        """A part of the template, with its lines for states if there are some."""
        text = self.resource.fill(name, **more)
        return re.sub(r"^\?", "", text, flags=re.M) if self.states else re.sub(
            r"^\?.*\n", "", text, flags=re.M)

    def proto(self):
        methods = "".join(
            match[0] for match in contract.RPC.finditer(self.resource.fill("methods"))
            if self.asked.delete or match[2] != "Delete" + self.asked.message)
        methods += "".join(self.resource.fill("verb", verb=verb, Does=contract.does(verb))
                           for verb, *_ in self.verbs)
        reason = self.resource.reason
        text = self.part(
            "contract", methods=methods, noun_es=self.noun_es,
            verbs=" and ".join(verb + self.asked.message for verb, *_ in self.verbs),
            empty='import "google/protobuf/empty.proto";\n' if self.asked.delete else "",
            states="".join(f"?  // It is {state.lower().replace('_', ' ')}.\n"
                           f"?  {reason}_STATE_{state} = {number};\n"
                           for number, state in enumerate(self.states, 1)))
        if not self.states:  # fields are numbered without a hole
            numbers = iter(range(1, 9))
            text = re.sub(r" = \d+(?= \[)", lambda _: f" = {next(numbers)}", text)
        return contract.completed(text)

    def table(self):
        """The states, as the Spec has them."""
        message, prefix = self.asked.message, f"v1::{self.resource.reason}_STATE_"
        rows = [f'{{.verb = "Create{message}", .to = {prefix}{(self.states or [""])[0]}}}']
        anywhere = ", ".join(prefix + state for state in self.states)
        rows += [f'{{.verb = "{verb}{message}", .from = {{{anywhere}}}}}'
                 for verb in ("Update", *["Delete"] * self.asked.delete)]
        rows += [f'{{.verb = "{verb}{message}", .from = {{{prefix}{before}}}, '
                 f'.to = {prefix}{after}}}' for verb, before, after in self.verbs]
        return "{" + ", ".join(rows) + "}"

    def guarded(self, line):
        """What can go while others are put below it has guards."""
        return line if self.asked.delete else ""

    def files(self):
        """{path: text} of what is new."""
        above = re.findall(r"\{(\w+)\}", self.resource.parent)
        agency, field = self.asked.agency, self.names["field"]
        number = max(int(path.name[:4]) for path in self.module.glob("schema/*.sql")) + 1
        folder = self.module / self.names["fields"]
        project = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
        version = re.search(r"puente VERSION ([\d.]+)", project)[1]
        return {
            contract.PROTO / f"puente/{agency}/v1/{field}.proto": self.proto(),
            self.module / f"schema/{number:04}_{field}.sql": self.part(
                "migration", version=version, key=", ".join([*above, "id"]),
                parents="".join(f"  {parent} VARBINARY(63) NOT NULL,\n" for parent in above),
                guard=self.guarded("\n  guard BIGINT NOT NULL DEFAULT 0,")),
            folder / "resource.h": self.part("resource.h"),
            folder / "resource.cc": self.part("resource.cc", table=self.table(), guarded=self.guarded("\n.guarded = true,")),
        }

    def registered(self):
        """{path: text} of the module's files with the resource in them."""
        code, build = self.module / "module.cc", self.module / "CMakeLists.txt"
        return {code: self.served(code.read_text(encoding="utf-8")),
                build: self.built(build.read_text(encoding="utf-8"))}

    def served(self, text):
        header = f"{self.module.relative_to(ROOT)}/{self.names['fields']}/resource.h"
        text = text.replace('#include "schema/', f'#include "{header}"\n#include "schema/')
        end = re.search(r"AgencyModule\(around\).*?\n(?=  \}\n)", text, re.S).end()
        return text[:end] + f"    resource::Serve(host(), {self.names['Messages']}());\n" + text[end:]

    def built(self, text):
        library = re.search(rf"(?<=puente_library\(puente_{self.asked.agency}\n)  SOURCES (.*?)"
                            r"(?=\n  DEPS)", text, re.S)
        first, *others = library[1].split()
        sources = [first, *sorted([*others, f"{self.names['fields']}/resource.cc"])]
        lines = textwrap.fill("SOURCES " + " ".join(sources), 98, initial_indent="  ",
                              subsequent_indent=" " * 10, break_long_words=False,
                              break_on_hyphens=False)
        return text[:library.start()] + lines + text[library.end():]


def main():
    new = New(arguments())
    files = new.files()
    if there := [path for path in files if path.exists()]:
        sys.exit(f"{there[0].relative_to(ROOT)} is there already")
    for path, text in {**files, **new.registered()}.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"  {path.relative_to(ROOT)}")
        if path.suffix in (".cc", ".h"):
            subprocess.run(["clang-format", "-i", path], check=True)
    print(f"""It builds and serves as it is. Left to decide (docs/growing.md):
  its fields, in the contract and the migration; what they refer to (google.api.resource_reference)
  the comment of the message and what its service is for
  its noun within a sentence in Spanish: "{new.noun_es}"
  who may call (puente.api.v1.access): the agency writes, everybody reads
  lists with filters: .lists in resource.cc, an index in the migration, the comment of List
  rules over several fields or rows: a service.cc beside resource.cc (common/resource/serve.h)
Then: ./dev check --fix, ./dev build, docs/generate_errors.py, ./dev test""")


if __name__ == "__main__":
    main()
