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

// Rows of CSV with the line on which each begins: a quoted value may go over several lines.
function* rowsOf(text: string): Generator<[number, string]> {
  let line = 1,
    begin = 0,
    first = 1,
    quoted = false;
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    if (i < text.length && (text[i] !== "\n" || quoted)) {
      if (text[i] === "\n") line++;
      continue;
    }
    if (i > begin) yield [first, text.slice(begin, i).replace(/\r$/, "")];
    begin = i + 1;
    first = ++line;
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
  const all = [...rowsOf(text)];
  const header = all[0]?.[1] ?? "";
  const separator = [";", "\t", "|"].find((s) => header.split(s).length > header.split(",").length) ?? ",";
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
