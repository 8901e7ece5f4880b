#!/usr/bin/env python3
"""Writes docs/errors.md from the error catalogues (ErrorSpec constants in the headers, and what the
servers say of their resources) and from the "Errors:" lines of the contract, and docs/resources.md
from what the servers say. `docs/generate_errors.py --check` fails if a page differs, or if a method
names a reason that no catalogue has. The servers must be built: PUENTE_BUILD names the folder.
"""

import functools
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/errors.md"
RESOURCES = ROOT / "docs/resources.md"
PRIVACY = ROOT / "docs/privacy.md"
BUILD = pathlib.Path(os.environ.get("PUENTE_BUILD", ROOT / "build"))
LITERALS = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
SPEC = re.compile(r"constexpr ErrorSpec k\w+\{\s*" + LITERALS + r",\s*absl::StatusCode::k(\w+),\s*"
                  + LITERALS + r",\s*" + LITERALS + r",\s*" + LITERALS + r",?\s*\}")
RULE = re.compile(r"constexpr RuleSpec k\w+\{\s*" + LITERALS + r",\s*" + LITERALS + r",\s*" + LITERALS
                  + r",?\s*\}")
MESSAGE = re.compile(r"^message (\w+) \{\n(.*?)^\}", re.M | re.S)
FIELD = re.compile(r"^  (?:repeated )?[\w.]+ (\w+) = \d+ \[(.*?)\];", re.M | re.S)
PERSONAL = re.compile(r"\(puente\.api\.v1\.personal\) = \{why_es: " + LITERALS + r"\s*why_en: "
                      + LITERALS + r"\}")
METHOD = re.compile(r"((?:^ *//.*\n)+) *rpc (\w+)\(", re.M)
# Domains whose errors no method is named for.
OF_NO_METHOD = {"puente": "Of every server.",
                "registry.puente": "Of the operators' program `puente-registry`; no server answers these."}
HEAD = """# Errors

Every error is a canonical code with `google.rpc.ErrorInfo` in its details: programs switch on
`reason` within `domain`, and every changing part of the text is in `metadata`. Violations of fields
come together as `google.rpc.BadRequest` under INVALID_FIELDS, missing things as `ResourceInfo`, what
may be retried with `RetryInfo`. The text comes in Spanish unless `accept-language` prefers English.
Below, `$key` stands for the metadata under that key.

This page is made by `docs/generate_errors.py`; a test fails when it is out of date.
"""

RULES_HEAD = """
## Rules of values

What can be wrong with a field of a request (`BadRequest.field_violations`, whose `reason` is the rule)
or with a row of a file (`RowError`, whose `rule` it is). The text goes on where the field's path, or
the column's name, stands.
"""

RESOURCES_HEAD = """# Resources

What each agency serves: the form of names, whose a resource is, by what it is listed, and the life
of what has states. A verb of a table is refused in every state that its row doesn't name, with the
reason at its right; the error names the states that the verb needs and the verbs that the state
allows.

This page is made by `docs/generate_errors.py` of what `puente-embedded --contract` prints; a test
fails when it is out of date. `puente-labor --methods` prints who answers each method.
"""

PRIVACY_HEAD = """# What is held of persons

Each personal field of the contract (`puente.api.v1.personal`): why it is kept, who may read it, how it
ends. Nothing else that Puente stores says who anybody is: awards, assessments and enrolments name
learners by ids that say nothing.

- **How it is kept.** Sealed under a key of the person's own, in rows, earlier states, stored answers
  and backups ([0054](decisions/0054-personal-fields-are-sealed.md)). The identifier is found by a keyed
  hash. Journal, logs, metrics, errors and core files have none of it.
- **Who reads it.** Only the methods below answer it, of one record, to an actor who is named and for a
  stated purpose. Each read is an entry of the journal before the answer leaves;
  `AccessService.ListAccesses` tells who read or changed a record, and so does
  `puente school accesses LEARNER`. Lists, batches and answers of writes are without it.
- **How it ends.** `PersonService.DestroyPerson` removes the person's keys at once, and what they sealed
  opens nowhere any more, in no copy once the epoch of these keys has ended (`final_time`). Until then the
  law may keep an award, and its person with it (`AwardRule.hold_days`). An institution's learner ends with
  the person.
- **For figures alone** there stand beside it: sex, five years of birth, and state of residence. They
  are told in released cells; beside a record to Education, to auditors and to the institution whose record
  it is, and to no company and no certification body.

This page is made by `docs/generate_errors.py`; a test fails when it is out of date.
"""


@functools.lru_cache(maxsize=None)
def served():
    """What the servers say of methods and resources, a dict for each."""
    said = subprocess.run([BUILD / "bin/puente-embedded", "--contract"], check=True,
                          stdout=subprocess.PIPE)
    return json.loads(said.stdout)


def text_of(literals):
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals)).replace('\\"', '"')


def constants(kind, form):
    """(path within the tree, what the form found) of every constant of that kind."""
    for path in sorted(path for part in ("common", "modules", "gateway", "console", "cli")
                       for path in (ROOT / part).rglob("*.[hc]*")):
        relative = path.relative_to(ROOT)
        source = re.sub(r"^ *//.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
        found = form.findall(source)
        if len(found) != len(re.findall(rf"constexpr {kind} k\w+\{{", source)):
            sys.exit(f"{relative}: an {kind} is written in a form that is not understood")
        yield relative, found


def rules():
    """{rule: (agency or "all", spanish, english)}; a rule has one text wherever it is broken."""
    found = {}
    for path, specs in constants("RuleSpec", RULE):
        agency = path.parts[1] if path.parts[0] == "modules" else "all"
        for rule, spanish, english in (map(text_of, spec) for spec in specs):
            if rule in found:
                sys.exit(f"{path}: there is a rule {rule} already")
            found[rule] = (agency, spanish, english)
    return found


def check_functions():
    """A method's function has its name, so that a reader can follow a call."""
    for server in served():
        for method in server["methods"]:
            if method["function"] == "unnamed":
                sys.exit(f'{method["method"]}: its function has no name')


def catalogues():
    """{domain: {reason: (code, spanish, english)}} of every file with error constants."""
    found = {}
    for _, specs in constants("ErrorSpec", SPEC):
        for reason, code, domain, spanish, english in specs:
            canonical = re.sub(r"(?<!^)([A-Z])", r"_\1", code).upper()
            found.setdefault(text_of(domain), {})[text_of(reason)] = (
                canonical, text_of(spanish), text_of(english))
    for server in served():
        for resource in server["resources"]:
            for error in resource["errors"]:
                found.setdefault(error["domain"], {})[error["reason"]] = (
                    error["code"], error["es"], error["en"])
    return found


def methods():
    """{reason: [Service.Method, ...]} from the contract's comments."""
    named = {}
    for path in sorted((ROOT / "proto/puente").glob("*/v1/*.proto")):
        source = path.read_text(encoding="utf-8")
        for comment, method in METHOD.findall(source):
            words = re.sub(r"^ *// ?", "", comment, flags=re.M).replace("\n", " ")
            position = source.index(f"rpc {method}(")
            service = re.findall(r"^service (\w+)", source[:position], re.M)[-1]
            if "Errors:" in words:
                for reason in re.findall(r"[A-Z][A-Z0-9_]{2,}", words.split("Errors:")[1]):
                    named.setdefault(reason, []).append(f"{service}.{method}")
    return named


def row(cells):
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def page():
    specs, named = catalogues(), methods()
    known = {reason for reasons in specs.values() for reason in reasons}
    for reason in sorted(named.keys() - known):
        sys.exit(f"{', '.join(named[reason])}: no catalogue has {reason}")
    lines = [HEAD]
    for domain in sorted(specs, key=lambda name: ("." in name, name)):
        whose = OF_NO_METHOD.get(domain)
        columns = ["reason", "code", "text", "texto"] + ([] if whose else ["methods"])
        lines += [f"\n## {domain}\n", *([f"{whose}\n"] if whose else []),
                  row(columns), "|---" * len(columns) + "|"]
        for reason, spec in sorted(specs[domain].items()):
            code, spanish, english = spec
            by = [] if whose else [", ".join(sorted(named.get(reason, [])))]
            lines.append(row([reason, code, english, spanish, *by]))
    lines += [RULES_HEAD, row(["rule", "of", "text", "texto"]), "|---|---|---|---|"]
    for rule, (agency, spanish, english) in sorted(rules().items()):
        lines.append(row([rule, agency, english, spanish]))
    return "\n".join(lines) + "\n"


def listed(one):
    by = " and ".join(f"`{field}`" for field in one["by"]) or "nothing"
    order = ", ".join(one["order"])
    asked = f' with order_by `{one["order_by"]}`' if one["order_by"] else ""
    return f"- by {by}{asked}: in the order {order}"


def resources_page():
    lines = [RESOURCES_HEAD]
    for server in served():
        for resource in server["resources"]:
            name = resource["message"].rsplit(".", 1)[1]
            lines += [f'\n## {name}', f'\n`{resource["pattern"]}` of {server["agency"]}.']
            if resource["owner"]:
                hidden = ", and does not see others'" if resource["hides"] else ""
                lines.append(f'Each `{resource["owner"]}` has its own{hidden}.')
            lines += ["\nListed", *(listed(one) for one in resource["lists"])]
            if resource["states"]:
                lines += ["\n" + row(["verb", "from", "to", "else"]), "|---|---|---|---|"]
                lines += [row([one["verb"], ", ".join(one["from"]), one["to"], one["refusal"]])
                          for one in resource["states"]]
    return "\n".join(lines) + "\n"


def who(method):
    """Who may call, as whom, and why."""
    owners = [f"{kind} (of its own)" for kind in method["owners"].split()]
    return row([f'`{method["method"].rsplit(".", 1)[1]}`',
                ", ".join(method["callers"].split() + owners),
                ", ".join(method["roles"]), ", ".join(method["purposes"])])


@functools.lru_cache(maxsize=None)
def personal_fields():
    """{message: [(field, why in Spanish, why in English), ...]} of the contract."""
    found = {}
    for path in sorted((ROOT / "proto/puente").glob("*/v1/*.proto")):
        source = re.sub(r"^ *//.*\n", "", path.read_text(encoding="utf-8"), flags=re.M)
        package = re.search(r"^package ([\w.]+);", source, re.M)[1]
        for message, body in MESSAGE.findall(source):
            fields = [(name, *map(text_of, why)) for name, options in FIELD.findall(body)
                      for why in PERSONAL.findall(options)]
            if len(fields) != body.count("(puente.api.v1.personal)"):
                sys.exit(f"{message}: a personal field is written in a form that is not understood")
            if fields:
                found[f"{package}.{message}"] = fields
    return found


def privacy_page():
    lines = [PRIVACY_HEAD]
    for server in served():
        kept = {resource["message"]: resource["pattern"] for resource in server["resources"]
                if resource["personal"]}
        opens = {message: [] for message in kept}
        for method in server["methods"]:
            if method["opens_personal"]:
                opens.setdefault(method["answer"], []).append(method)
        for message, by in opens.items():
            name = message.rsplit(".", 1)[1]
            if not by:
                sys.exit(f"{name}: what nobody may read need not be kept")
            of = f"`{kept[message]}` of" if message in kept else "An answer of"
            lines += [f"\n## {name}", f'\n{of} {server["agency"]}.\n',
                      row(["field", "why", "por qué"]), "|---|---|---|",
                      *(row([f"`{field}`", english, spanish])
                        for field, spanish, english in personal_fields()[message]),
                      "\nRead by\n", row(["method", "callers", "actor", "purpose"]), "|---|---|---|---|",
                      *(who(method) for method in by)]
    return "\n".join(lines) + "\n"


def main():
    check_functions()
    pages = ((PAGE, page()), (RESOURCES, resources_page()), (PRIVACY, privacy_page()))
    for path, text in pages:
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path.relative_to(ROOT)} is out of date; run docs/generate_errors.py")


if __name__ == "__main__":
    main()
