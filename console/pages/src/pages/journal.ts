// What servers have written down of what was done: who changed what, and who read what is personal.
import { call } from "../call";
import { entryOf } from "../canonical";
import type { JournalEntry, Leaf } from "../contract";
import { h, type Child } from "../dom";
import { purposeName } from "../enums";
import { count, moment } from "../format";
import { filters } from "../filters";
import { AGENCIES, agencyName, partyOf } from "../labels";
import { list } from "../list";
import { block, facts, none, table, type Column } from "../parts";
import { link, type Context, type Page } from "../router";
import { ownId, session, t } from "../session";
import { recordNode } from "./records";

const audits = () => session().kind === "auditor";
const PURPOSE = "audit";

// "CloseVacancy" of "/puente.labor.v1.VacancyService/CloseVacancy"; work of a server's own as it is.
const verb = (method: string | undefined) => (method?.startsWith("/") ? method.split("/").pop() : method) ?? "";

const whoNode = ({ entry }: JournalEntry): Child => [
  partyOf(entry?.caller),
  entry?.actor ? ` ${entry.actor}` : "",
  entry?.delegate ? fine(t("a través de", "through"), entry.delegate) : null,
  entry?.purpose ? fine(t("para", "for"), purposeName(entry.purpose)) : null,
];
const fine = (...words: string[]) => h("span", { class: "fine block" }, words.join(" "));

const readsOf = ({ entry }: JournalEntry) => entry?.change?.read ?? entry?.chunk?.read ?? [];

const unreadable = () =>
  h("span", { class: "mark unknown" }, t("no se puede leer, o ya no está", "can't be read, or is gone"));

// The first of what it names, and how much more there is.
function aboutNode(row: JournalEntry): Child {
  const names = [...(row.entry?.change?.resources ?? []).map((leaf) => leaf.name ?? ""), ...readsOf(row)];
  const all = Number(row.resourceCount ?? 0) + Number(row.readCount ?? 0);
  if (!row.entry) return unreadable();
  if (!names.length)
    return all
      ? `${t("registros de un archivo", "records of a file")}: ${count(all)}`
      : h("span", { class: "mark none" }, t("ninguno", "none"));
  return [
    recordNode(names[0]),
    all > 1 ? fine(`${t("y más", "and more")}: ${count(all - 1)}`) : null,
  ];
}

const what = (reads: number) =>
  reads ? h("span", { class: "tag open" }, t("datos personales leídos", "personal data read")) : null;

// The days of the form are Mexico City's, whose clocks no longer change.
const instant = (day: string | null, plusDays = 0) =>
  day ? new Date(Date.parse(`${day}T00:00:00-06:00`) + plusDays * 864e5).toISOString() : undefined;

const entriesOf = async (server: string, context: Context): Promise<Child> => {
  const { query } = context;
  return block(
    agencyName(server),
    await list({
      method: "puente.api.v1.JournalService/ListJournalEntries",
      request: {
        resource: query.get("record") ?? "",
        caller: query.get("caller") ?? "",
        actor: query.get("actor") ?? "",
        personalReads: query.get("what") === "personal",
        sinceTime: instant(query.get("since")),
        untilTime: instant(query.get("until"), 1),
      },
      rows: (answer) => answer.journalEntries,
      purpose: PURPOSE,
      server,
      signal: context.signal,
      size: audits() && !query.get("server") ? 10 : undefined,
      caption: t("Asientos, el último primero", "Entries, the last one first"),
      empty: t("No hay asientos así.", "There are no such entries."),
      columns: [
        {
          head: t("asiento", "entry"),
          kind: "head",
          cell: (row: JournalEntry) =>
            h("a", { href: link("entry", { server, name: row.name }) }, count(row.position)),
        },
        { head: t("cuándo", "when"), cell: (row) => moment(row.entry?.time) },
        { head: t("qué", "what"), cell: (row) => [h("code", null, verb(row.entry?.method)), " ", what(Number(row.readCount ?? 0))] },
        { head: t("quién", "who"), cell: whoNode },
        { head: t("registros", "records"), cell: aboutNode },
      ],
    }),
  );
};

async function showJournal(context: Context): Promise<Child[]> {
  const chosen = context.query.get("server");
  const servers = !audits() ? [ownId()] : chosen ? [chosen] : Object.keys(AGENCIES);
  return [
    h("h1", null, t("Bitácora", "Journal")),
    h(
      "p",
      { class: "lead" },
      t(
        "Lo que cada servidor anotó: quién cambió qué, y quién leyó datos personales. No contiene datos personales.",
        "What each server has written down: who changed what, and who read personal data. It holds no personal data.",
      ),
    ),
    filters("journal", context, [
      ...(audits()
        ? [
            {
              name: "server",
              label: t("De quién", "Whose"),
              options: [
                ["", t("Todas", "All")],
                ...Object.keys(AGENCIES).map((id): [string, string] => [id, agencyName(id)]),
              ] as [string, string][],
            },
          ]
        : []),
      { name: "record", kind: "text", label: t("Registro o colección", "Record or collection") },
      { name: "caller", kind: "text", label: t("Quién llama", "Who calls") },
      { name: "actor", kind: "text", label: t("Quién actúa", "Who acts") },
      {
        name: "what",
        label: t("Qué", "What"),
        options: [
          ["", t("Todo", "All")],
          ["personal", t("Lecturas de datos personales", "Reads of personal data")],
        ],
      },
      { name: "since", kind: "date", label: t("Desde el", "From") },
      { name: "until", kind: "date", label: t("Hasta el", "Until") },
    ]),
    await Promise.all(servers.map((server) => entriesOf(server, context))),
  ];
}

// --- One entry ---

const bytesOf = (base64: string | undefined) => Uint8Array.from(atob(base64 ?? ""), (c) => c.charCodeAt(0));
const hex = (bytes: Uint8Array) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

// Whether its digest is of its bytes: SHA-256 of the byte 0 and of these.
async function asWritten(entry: JournalEntry): Promise<boolean> {
  const bytes = Uint8Array.from([0, ...bytesOf(entry.canonical)]);
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))) === hex(bytesOf(entry.digest));
}

const leavesCaption = () => t("Registros, en el orden del asiento", "Records, in the order of the entry");
const noLeaves = () => t("No cambió ningún registro.", "It changed no record.");
const leafColumns = (): Column<Leaf>[] => [
  { head: t("registro", "record"), kind: "head", cell: (row) => recordNode(row.name ?? "") },
  { head: t("versión", "version"), kind: "number", cell: (row) => count(row.version) },
  {
    head: t("después", "afterwards"),
    cell: (row) => (row.deleted ? t("borrado", "deleted") : t("guardado", "stored")),
  },
];

// Of a chunk the entry has only the root, so that its records are as the server says.
const chunkNode = async (server: string, parent: string, signal: AbortSignal | undefined): Promise<Child> => [
  await list({
    method: "puente.api.v1.JournalService/ListJournalLeaves",
    request: { parent },
    rows: (answer) => answer.leaves,
    purpose: PURPOSE,
    server,
    signal,
    caption: leavesCaption(),
    empty: noLeaves(),
    columns: leafColumns(),
  }),
  h(
    "p",
    { class: "source" },
    t(
      "Esta página no comprueba que la raíz del asiento sea la de estos registros. Lo hace: ",
      "This page does not check that the entry's root is over these records. This does: ",
    ),
    h("code", null, `puente journal show ${server} ${parent.split("/").pop()}`),
  ),
];

async function showEntry(context: Context): Promise<Child[]> {
  const server = context.query.get("server") ?? ownId(),
    name = context.query.get("name") ?? "";
  const options = { purpose: PURPOSE, server, signal: context.signal };
  const told = await call("puente.api.v1.JournalService/GetJournalEntry", { name }, options);
  const good = await asWritten(told);
  const entry = entryOf(bytesOf(told.canonical));
  const read = entry ? readsOf({ entry }) : [];
  const changed = entry?.change?.resources ?? [];
  return [
    h("h1", null, `${t("Asiento", "Entry")} ${count(told.position)}`),
    h(
      "p",
      { class: "lead" },
      agencyName(server),
      ": ",
      entry ? [h("code", null, verb(entry.method)), " ", what(read.length)] : unreadable(),
    ),
    facts([
      [t("cuándo", "when"), entry ? moment(entry.time) : ""],
      [t("quién", "who"), entry ? whoNode({ entry }) : ""],
      [t("método", "method"), h("code", null, entry?.method ?? "")],
      [t("archivo", "file"), entry?.chunk?.upload ? h("code", null, entry.chunk.upload) : ""],
      [t("resumen SHA-256", "SHA-256 digest"), h("code", null, hex(bytesOf(told.digest)))],
      [
        t("está", "it is"),
        h(
          "span",
          { class: `tag ${good ? "good" : "bad"}` },
          good ? t("como se escribió", "as it was written") : t("distinto de como se escribió", "not as it was written"),
        ),
      ],
    ]),
    entry
      ? block(
          t("Qué cambió", "What changed"),
          entry.chunk
            ? await chunkNode(server, name, context.signal)
            : changed.length
              ? table(leavesCaption(), leafColumns(), changed)
              : none(noLeaves()),
        )
      : null,
    read.length
      ? block(
          t("De quién se leyeron datos personales", "Whose personal data was read"),
          h("ul", null, read.map((one) => h("li", null, recordNode(one)))),
        )
      : null,
  ];
}

export const journal: Page = {
  path: "journal",
  title: () => t("Bitácora", "Journal"),
  group: "rule",
  kinds: ["auditor", "agency"],
  show: showJournal,
};
export const entry: Page = {
  path: "entry",
  title: () => t("Asiento de la bitácora", "Journal entry"),
  group: "rule",
  kinds: ["auditor", "agency"],
  show: showEntry,
  detail: true,
};
