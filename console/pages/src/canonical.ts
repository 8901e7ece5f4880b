// A journal entry out of its own bytes, of which its digest is: protobuf's wire format, of puente.journal.v1.Entry
// alone. What a page shows of an entry is this, whatever the server says beside it.
import type { Entry, Leaf } from "./contract";

type Field = bigint | Uint8Array;
type Fields = Map<number, Field[]>;
const VARINT = 0n,
  BYTES = 2n;

function fieldsOf(bytes: Uint8Array): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new RangeError("no number");
  };
  while (at < bytes.length) {
    const tag = varint(),
      number = Number(tag >> 3n),
      kind = tag & 7n;
    let value: Field = varint();
    if (kind === BYTES) {
      const length = Number(value);
      if (length > bytes.length - at) throw new RangeError("too short");
      value = bytes.subarray(at, (at += length));
    } else if (kind !== VARINT) {
      throw new RangeError("another kind of field");
    }
    if (!number) throw new RangeError("no field");
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

const TEXT = new TextDecoder("utf-8", { fatal: true });
const isBytes = (field: Field): field is Uint8Array => typeof field !== "bigint";
const parts = (fields: Fields, number: number) => (fields.get(number) ?? []).filter(isBytes);
const texts = (fields: Fields, number: number) => parts(fields, number).map((bytes) => TEXT.decode(bytes));
const text = (fields: Fields, number: number) => texts(fields, number).pop();
const wide = (fields: Fields, number: number) => String(fields.get(number)?.pop() ?? 0);

function leafOf(bytes: Uint8Array): Leaf {
  const leaf = fieldsOf(bytes);
  return { name: text(leaf, 1), version: wide(leaf, 2), deleted: wide(leaf, 4) === "1" };
}

function timeOf(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes) return undefined;
  const time = fieldsOf(bytes);
  return new Date(Number(wide(time, 1)) * 1000 + Number(wide(time, 2)) / 1e6).toISOString();
}

// Nothing if they can't be read, or there are none.
export function entryOf(bytes: Uint8Array): Entry | undefined {
  if (!bytes.length) return undefined;
  try {
    const entry = fieldsOf(bytes);
    const [change] = parts(entry, 6).map(fieldsOf),
      [chunk] = parts(entry, 7).map(fieldsOf);
    return {
      agency: text(entry, 1),
      time: timeOf(parts(entry, 2)[0]),
      method: text(entry, 3),
      caller: text(entry, 4),
      delegate: text(entry, 5),
      actor: text(entry, 8),
      purpose: text(entry, 9),
      ...(change && { change: { resources: parts(change, 1).map(leafOf), read: texts(change, 2) } }),
      ...(chunk && { chunk: { upload: text(chunk, 1), leafCount: wide(chunk, 3), read: texts(chunk, 4) } }),
    };
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined; // of the time, and of the texts
    throw error;
  }
}
