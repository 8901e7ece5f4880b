// The rows of a CSV file that are to be mended, as they stood in it, each with what to do.
import type { LoadRow } from "../contract";
import { h } from "../dom";
import { t } from "../session";

// --- The rows to mend, as they stood in the file, each with what to do ---

const decoded = (bytes: ArrayBuffer): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
};

// Rows of CSV as the server reads them, with the line on which each begins. A quote opens at the start of a field
// only and closes before a separator or the end of a line, which may be LF, CRLF or CR; a row whose quotes are
// wrong is its first line alone.
function* rowsOf(text: string, separator: string): Generator<[number, string]> {
  const field = `(?:"[^"]*(?:""[^"]*)*"|[^"\\r\\n${separator}]*)`;
  const row = new RegExp(`${field}(?:[${separator}]${field})*(?=[\\r\\n]|$)`, "y");
  const first = /[^\r\n]*/y;
  for (let at = 0, line = 1; at < text.length; ) {
    row.lastIndex = first.lastIndex = at;
    const [found] = row.exec(text) ?? first.exec(text)!;
    if (found) yield [line, found];
    at += found.length;
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line += found.split(/\r\n|\r|\n/).length;
  }
}

// A spreadsheet must not take a value for a formula.
export const cell = (text: string) =>
  `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;

export async function takeAway(file: File, rows: LoadRow[]) {
  const text = decoded(await file.arrayBuffer());
  const remedies = new Map(
    rows.map((row) => [
      Number(row.line),
      (row.errors ?? []).map((e) => [e.field, e.remedy].filter(Boolean).join(": ")).join("; "),
    ]),
  );
  const titles = /[^\r\n]+/.exec(text)?.[0] ?? "";
  const separator = [";", "\t", "|"].find((s) => titles.split(s).length > titles.split(",").length) ?? ",";
  const all = [...rowsOf(text, separator)];
  const header = all[0]?.[1] ?? "";
  const lines = [
    header + separator + cell(t("qué corregir", "what to mend")),
    ...all
      .slice(1)
      .filter(([line]) => remedies.has(line))
      .map(([line, row]) => row + separator + cell(remedies.get(line)!)),
  ];
  const url = URL.createObjectURL(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" }));
  h("a", {
    href: url,
    download: file.name.replace(/(\.csv)?$/i, t("-por-corregir.csv", "-to-mend.csv")),
  }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
