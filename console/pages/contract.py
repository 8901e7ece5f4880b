#!/usr/bin/python3
"""The contract as types for the console's pages: contract.py DESCRIPTOR_SET OUT.d.ts

Messages are as they are in JSON, each field optional, since what is at its default is left out; `Methods`
has the request and answer of each method by its path. For tsc alone: nothing of it is in what browsers get.
"""

import sys

from google.protobuf import descriptor_pb2 as pb

NUMBERS = {pb.FieldDescriptorProto.TYPE_INT32, pb.FieldDescriptorProto.TYPE_UINT32,
           pb.FieldDescriptorProto.TYPE_DOUBLE, pb.FieldDescriptorProto.TYPE_FLOAT}
# 64 bits: strings in JSON, which takes numbers too.
WIDE = {pb.FieldDescriptorProto.TYPE_INT64, pb.FieldDescriptorProto.TYPE_UINT64}
STRINGS = {"google.protobuf.Timestamp", "google.protobuf.Duration", "google.protobuf.FieldMask"}
TAKEN = {}  # full names, by the short one that they have


def short(name):
    """The message's own name; of two that share one, the later with its area before it."""
    name = name.lstrip(".")
    plain = name.rsplit(".", 1)[-1]
    if TAKEN.setdefault(plain, name) == name:
        return plain
    area = name.split(".")[1]
    return area.capitalize() + plain


def type_of(field):
    if field.type == pb.FieldDescriptorProto.TYPE_MESSAGE:
        name = field.type_name.lstrip(".")
        text = "string" if name in STRINGS else short(name)
    elif field.type == pb.FieldDescriptorProto.TYPE_BOOL:
        text = "boolean"
    elif field.type in NUMBERS:
        text = "number"
    elif field.type in WIDE:
        text = "string | number"
    else:  # bytes and names of enums are strings too
        text = "string"
    return f"({text})[]" if field.label == pb.FieldDescriptorProto.LABEL_REPEATED else text


def main(source, out):
    with open(source, "rb") as file:
        files = pb.FileDescriptorSet.FromString(file.read()).file
    lines, methods = [], []
    for each in files:
        if not each.package.startswith(("puente.", "google.type")):
            continue
        for message in each.message_type:
            fields = " ".join(f"{f.json_name}?: {type_of(f)};" for f in message.field)
            lines.append(f"export interface {short(each.package + '.' + message.name)} {{ {fields} }}")
        for service in each.service:
            for method in service.method:
                methods.append(f'  "{each.package}.{service.name}/{method.name}": '
                               f"{{request: {reference(method.input_type)}; answer: {reference(method.output_type)}}};")
    with open(out, "w", encoding="utf-8") as file:
        file.write("\n".join(lines + ["export interface Methods {", *methods, "}", ""]))


def reference(name):
    return "Record<string, never>" if name == ".google.protobuf.Empty" else short(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
