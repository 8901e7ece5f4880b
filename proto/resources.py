#!/usr/bin/env python3
"""What every resource's part of the contract says: its standard methods (AIP-131 to 135, 231), their
messages, and the comments of both. It lies beside the contract, from which all else is made.

    proto/resources.py [--fix]   compares proto/puente with the template, or rewrites it

resource.template says how they read, and what a new resource begins with
(modules/new_resource.py). From there on the contract is the only description. Of a standard method
this derives the signature, the first paragraph of its comment, and its errors up to "; also"; of its
messages the first paragraph, and the types and comments of their fields. All else is written by hand
and kept: access, what follows an empty comment line, errors after "; also", further fields, the
numbers of fields, the form of ids, other methods. Messages that are missing are added, also those of
verbs: methods that end in the resource's name and answer with it."""

import difflib
import re
import sys
import textwrap
from pathlib import Path
from string import Template

PROTO = Path(__file__).resolve().parent
WIDTH = 100
# {part: text}
TEMPLATE = dict(re.findall(r"^=== (\S+)\n(.*?\n)(?=\n===|\Z)",
                           (PROTO / "resource.template").read_text(encoding="utf-8"), re.M | re.S))

# What ids are, by the form that the request of a creation gives them.
ID_FORMS = {"[a-z0-9]([a-z0-9-]*[a-z0-9])?": "Its id: lower-case letters, digits and hyphens.",
            "[1-9][0-9]{0,5}": "Its number, the next one of its parent."}

COMMENT = r"((?:^{0}//[^\n]*\n)+)"
RPC = re.compile(COMMENT.format("  ") + r"  rpc (\w+)\((\w+)\) returns \(([\w.]+)\) \{\n(.*?)^  \}\n",
                 re.M | re.S)
MESSAGE = re.compile(COMMENT.format("") + r"message (\w+) \{\n(.*?)^\}\n", re.M | re.S)
FIELD = re.compile(COMMENT.format("  ") + r"  ((?:repeated )?[\w.]+) (\w+) = (\d+)((?: \[.*?\])?);\n",
                   re.M | re.S)
RESOURCE = re.compile(r'^message (\w+) \{\n  option \(google.api.resource\) = \{\n    type: "(\w+)'
                      r'\.puente/\w+"\n    pattern: "([^"]+)"\n    plural: "(\w+)"', re.M)
REFERENCE = re.compile(r'type: "(\w+)\.puente/(\w+)"')


def snake(camel):
    return re.sub(r"(?<!^)([A-Z])", r"_\1", camel).lower()


def with_article(noun):
    return f"{'an' if noun[0] in 'aeiou' or noun.startswith('hour') else 'a'} {noun}"


def does(verb):
    """"Publishes" of "Publish"."""
    if re.search("[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if re.search("(s|x|z|ch|sh)$", verb) else "s")


class Resource:
    """A resource of a proto file, with all that its standard methods are made of."""

    def __init__(self, text, message, agency, pattern, plural):
        self.text, self.message, self.agency, self.pattern = text, message, agency, pattern
        self.reason = snake(message).upper()
        self.parent = pattern.rpartition("/")[0].rpartition("/")[0]
        noun, nouns = snake(message).replace("_", " "), snake(plural).replace("_", " ")
        creation = re.search(rf" {snake(message)}_id = .*?pattern: \"([^\"]+)\"", text, re.S)
        id_form = ID_FORMS.get(creation[1] if creation else next(iter(ID_FORMS)), "Its id.")
        ids = [*re.findall(r"\{(\w+)\}", self.parent), "number" if "number" in id_form else "id"]
        self.names = {
            "agency": agency, "REASON": self.reason, "pattern": pattern, "id_form": id_form,
            "Message": message, "singular": message[0].lower() + message[1:],
            "Messages": plural[0].upper() + plural[1:], "plural": plural,
            "field": snake(message), "fields": snake(plural),
            "noun": noun, "nouns": nouns, "Nouns": nouns.capitalize(),
            "a_noun": with_article(noun), "A_noun": with_article(noun).capitalize(),
            "parent": f'"{self.parent}"', "any_parent": re.sub(r"\{\w+\}", "-", self.parent),
            "deleted": ", also after it was deleted" if f"rpc Delete{message}(" in text else "",
            "order": " and ".join(ids).replace("_", " ")}

    def fill(self, part, **more):
        return Template(TEMPLATE[part]).substitute({"verb": "VERB_", "Does": "", **self.names, **more})

    def standard(self):
        """{name of the method: (verb, first paragraph, answer)}"""
        return {name: ("Revisions" if name.endswith("Revisions") else
                       re.match("[A-Z][a-z]+(Get)?(?=[A-Z])", name)[0], said(comment)[0], answer)
                for comment, name, _, answer, _ in RPC.findall(self.fill("methods"))}

    def messages(self):
        """{name: (first paragraph, {field: (type, options, comment)})}; one of the names has VERB_ for
        a verb."""
        found = {}
        for comment, name, body in MESSAGE.findall(self.fill("messages")):
            fields = {field: (kind, options, said(comment)[0])
                      for comment, kind, field, _, options in FIELD.findall(body)
                      if field != "parent" or self.parent}
            found[name] = said(comment)[0], fields
        return found

    def errors(self, verb, access, resources):
        """The reasons that follow from the contract."""
        reasons = {"Create": [self.reason + "_ALREADY_EXISTS"],
                   "List": ["INVALID_FILTER", "INVALID_ORDER_BY", "INVALID_PAGE_TOKEN"],
                   "Revisions": [self.reason + "_NOT_FOUND", "INVALID_PAGE_TOKEN"]}.get(
                       verb, [self.reason + "_NOT_FOUND"])
        if verb in ("Update", "Delete"):
            reasons.append("ETAG_MISMATCH")
        reasons.append("INVALID_FIELDS")
        if verb not in ("Create", "List") or self.parent:
            reasons.append("INVALID_NAME")
        if verb == "Create":
            reasons += [other.reason + "_NOT_FOUND" for other in resources
                        if (other.agency, other.pattern) == (self.agency, self.parent)]
        if verb in ("Create", "Update"):
            reasons += self.reference_errors(self.message, set(), verb)
        reasons += self.access_errors(verb, access)
        return list(dict.fromkeys(reasons))

    def reference_errors(self, message, seen, verb):
        """Of what a message refers to and those within it, where that is this agency's."""
        seen.add(message)
        body = next((body for _, name, body in MESSAGE.findall(self.text) if name == message), "")
        for _, kind, _, _, options in FIELD.findall(body):
            if (kind := kind.removeprefix("repeated ")) not in seen:
                yield from self.reference_errors(kind, seen, verb)
            target = REFERENCE.search(options)
            if (not target or target[1] != self.agency or "OUTPUT_ONLY" in options
                    or verb == "Update" and "IMMUTABLE" in options):
                continue
            yield snake(target[2]).upper() + "_NOT_FOUND"
            if "in_state" in options:
                yield snake(target[2]).upper() + "_STATE_WRONG"

    def access_errors(self, verb, access):
        if "owners:" in access:
            # Where owners may read their own alone, others' records are as good as none.
            get = next((body for _, name, _, _, body in RPC.findall(self.text)
                        if name == "Get" + self.message), "")
            if verb == "List":
                yield "OWNER_LIST_REFUSED"
            elif verb == "Create" or "owners:" not in get:
                yield "OWNER_MISMATCH"
        if "purposes:" in access:
            yield "PURPOSE_REFUSED"
        if "roles:" in access:
            yield from ("ACTOR_REFUSED", "ACTOR_UNKNOWN")


def said(comment):
    """(first paragraph, lines by hand, what the errors name by hand) of a comment."""
    lines = [re.sub(r"^ *// ?", "", line) for line in comment.splitlines()]
    errors = next((i for i, line in enumerate(lines) if line.startswith("Errors:")), len(lines))
    also = " ".join(lines[errors:]).rstrip(".").partition("; also ")[2]
    empty = lines.index("") if "" in lines[:errors] else errors
    return " ".join(lines[:empty]), lines[empty + 1:errors], also


def comment(indent, first, by_hand=(), errors=None, also=""):
    def wrapped(text):
        return textwrap.wrap(text, WIDTH - len(indent) - 3, break_long_words=False,
                             break_on_hyphens=False)
    lines = wrapped(first) + (["", *by_hand] if by_hand else [])
    if errors:
        lines += wrapped(f"Errors: {', '.join(errors)}{'; also ' + also if also else ''}.")
    return "".join(f"{indent}// {line}".rstrip() + "\n" for line in lines)


def message_text(name, first, fields, old_comment="", old_body=""):
    """A message with these fields, and what was written of it by hand."""
    old = {field: (said(text), kind, number, options)
           for text, kind, field, number, options in FIELD.findall(old_body)}
    if FIELD.sub("", old_body).strip():
        sys.exit(f"{name}: it has what is no field with a comment")
    lines, top = [], max((int(number) for _, _, number, _ in old.values()), default=0)
    for field in [*old, *(field for field in fields if field not in old)]:
        (paragraph, by_hand, _), kind, number, options = old.get(field, (("", [], ""), "", "", ""))
        if field in fields:
            kind, derived, paragraph = fields[field]
            own_place = field == "parent" or field.endswith("_id") and field != "request_id"
            options = options if options and own_place else derived
        top += not number
        lines.append(comment("  ", paragraph, by_hand)
                     + f"  {kind} {field} = {number or top}{options};\n")
    return (comment("", first, said(old_comment)[1]) + f"message {name} {{\n" + "".join(lines) + "}\n")


def makes(resource, request):
    """Whether a method with this request adds a resource, though it is not called Create."""
    bodies = {name: body for _, name, body in MESSAGE.findall(resource.text)}
    body, field = bodies.get(request, ""), resource.names["field"]
    return f" {field}_id = " in body or f" {field} = " in body and " name = " not in body


def expected(resource, text):
    """{name: (first paragraph, fields)} of the messages that the file's methods need. The paragraph
    is None of those by hand: what a verb means is."""
    standard, wanted, found = resource.standard(), resource.messages(), {}
    for _, name, request, answer, _ in RPC.findall(text):
        verb = name.removesuffix(resource.message)
        if name in standard:
            names = (name + "Request", standard[name][2])
            found.update((each, wanted[each]) for each in names if each in wanted)
        elif (answer == resource.message and request == name + "Request" and verb != name
              and not makes(resource, request)):
            found[request] = None, wanted[f"VERB_{resource.message}Request"][1]
    return found


def method_text(match, resource, resources):
    old, name, _, _, body = match.groups()
    if name not in resource.standard():
        return match[0]
    verb, first, answer = resource.standard()[name]
    _, by_hand, also = said(old)
    return (comment("  ", first, by_hand, resource.errors(verb, body, resources), also)
            + f"  rpc {name}({name}Request) returns ({answer}) {{\n{body}  }}\n")


def rewritten(text, resources):
    """A proto file as it is to be."""
    for resource in [other for other in resources if other.text == text]:
        missing = expected(resource, text)

        def message(match, missing=missing):
            old, name, body = match.groups()
            if name not in missing:
                return match[0]
            first, fields = missing.pop(name)
            return message_text(name, first or said(old)[0], fields, old, body)

        text = RPC.sub(lambda match, resource=resource: method_text(match, resource, resources), text)
        text = MESSAGE.sub(message, text)
        for name, (first, fields) in missing.items():
            verb = does(name.removesuffix(resource.message + "Request"))
            first = first or f"{verb} {resource.names['a_noun']}."
            text += "\n" + message_text(name, first, fields)
    return text


def completed(text):
    """A new file with its errors and messages."""
    _, resources = known()
    return rewritten(text, resources + [Resource(text, *found) for found in RESOURCE.findall(text)])


def known():
    """{path: text} of the contract's files, and their resources."""
    texts = {path: path.read_text(encoding="utf-8")
             for path in sorted(PROTO.glob("puente/*/v1/*.proto"))}
    return texts, [Resource(text, *found) for text in texts.values()
                   for found in RESOURCE.findall(text)]


def check_all_read(name, text):
    """Nothing goes unread because it is written in another way."""
    for what, there, read in (
            ("a method without a comment, or not on one line", r"^  rpc (\w+)", RPC),
            ("a resource whose option is not type, pattern, plural, singular",
             r"^message (\w+) \{\n  option \(google.api.resource\) =", RESOURCE)):
        names = [match[2 if read is RPC else 1] for match in read.finditer(text)]
        for each in re.findall(there, text, re.M):
            streams = re.search(rf"^  rpc {each}\(.*stream ", text, re.M)
            if each not in names and not streams:
                sys.exit(f"{name}: {each} is {what}")


def main():
    texts, resources = known()
    differ, fix = 0, "--fix" in sys.argv[1:]
    for path, text in texts.items():
        name = str(path.relative_to(PROTO.parent))
        check_all_read(name, text)
        if (new := rewritten(text, resources)) == text:
            continue
        differ += 1
        if fix:
            path.write_text(new, encoding="utf-8")
        else:
            sys.stderr.writelines(difflib.unified_diff(
                text.splitlines(True), new.splitlines(True), name, name + " (derived)"))
    if differ and not fix:
        sys.exit(f"{differ} files of the contract differ from proto/resources.py; --fix rewrites them")


if __name__ == "__main__":
    main()
