// Files of records: checked first, then loaded, each row acknowledged; refused rows to take away and mend.
import { call, Problem, upload } from "../call";
import type { Load, LoadRecordsResponse, LoadRow } from "../contract";
import { append, h, type Child } from "../dom";
import { recordKinds, word } from "../enums";
import { fieldNode, type Field } from "../fields";
import { count, moment, share } from "../format";
import { agencyName } from "../labels";
import { list } from "../list";
import { block, facts, none, problemNode, table } from "../parts";
import { link, type Context, type Page } from "../router";
import { ownRecord, session, t } from "../session";
import { byKey, recordSearch } from "./choosing";
import { consenting } from "./consents";
import { takeAway } from "./csv";

// The layouts that are given out (data/*/profiles), who has such files, what their rows are put below, "" where
// the rows say it themselves, and what they are.
interface Layout {
  profile: string;
  server: string;
  kinds: string[];
  above: "organization" | "company" | "";
  name: [string, string];
}
const LAYOUTS: Layout[] = [
  {
    profile: "puente-learners",
    server: "education",
    kinds: ["organization"],
    above: "organization",
    name: ["Estudiantes", "Learners"],
  },
  {
    profile: "puente-enrolments",
    server: "education",
    kinds: ["organization"],
    above: "organization",
    name: ["Inscripciones", "Enrolments"],
  },
  {
    profile: "puente-assessments",
    server: "education",
    kinds: ["organization"],
    above: "organization",
    name: ["Evaluaciones", "Assessments"],
  },
  {
    profile: "puente-awards",
    server: "education",
    kinds: ["organization"],
    above: "organization",
    name: ["Otorgamientos", "Awards"],
  },
  {
    profile: "puente-hours",
    server: "education",
    kinds: ["organization", "company"],
    above: "organization",
    name: ["Horas de formación dual", "Hours of dual education"],
  },
  {
    profile: "puente-bookings",
    server: "education",
    kinds: ["organization"],
    above: "",
    name: ["Reservas de talleres", "Bookings of workshops"],
  },
  {
    profile: "puente-placement-requests",
    server: "education",
    kinds: ["organization"],
    above: "organization",
    name: ["Estudiantes por colocar", "Learners to place"],
  },
  {
    profile: "puente-training-places",
    server: "economy",
    kinds: ["company", "chamber"],
    above: "company",
    name: ["Plazas de formación", "Training places"],
  },
  {
    profile: "sep-centros-de-trabajo",
    server: "education",
    kinds: ["agency/education"],
    above: "organization",
    name: ["Centros de trabajo (SEP)", "Campuses (SEP)"],
  },
  {
    profile: "planteles-con-institucion",
    server: "education",
    kinds: ["agency/education"],
    above: "",
    name: ["Planteles de varias organizaciones", "Campuses of several organizations"],
  },
  {
    profile: "programas-con-resultados",
    server: "education",
    kinds: ["organization", "agency/education"],
    above: "",
    name: ["Programas con resultados", "Programs with outcomes"],
  },
  {
    profile: "conocer-renec",
    server: "education",
    kinds: ["agency/education"],
    above: "",
    name: ["Estándares de competencia (CONOCER)", "Competence standards (CONOCER)"],
  },
  {
    profile: "inegi-denue",
    server: "economy",
    kinds: ["agency/economy"],
    above: "",
    name: ["Empresas (DENUE)", "Companies (DENUE)"],
  },
  {
    profile: "inegi-ageeml",
    server: "economy",
    kinds: ["agency/economy"],
    above: "",
    name: ["Municipios (INEGI)", "Municipalities (INEGI)"],
  },
];

const layouts = () =>
  LAYOUTS.filter((l) => l.kinds.includes(session().kind) || l.kinds.includes(session().caller));

const layoutOf = (profile: string | undefined) => LAYOUTS.find((l) => l.profile === profile);

// Whose the rows are, where that is not the caller.
function aboveField(layout: Layout | undefined): Field | null {
  const { above } = layout ?? {};
  if (!above || above === session().kind) return null;
  const isCompany = above === "company";
  return {
    name: "parent",
    label: isCompany
      ? t("De qué empresa", "Of which company")
      : t("De qué organización", "Of which organization"),
    kind: "select",
    options: [["", t("Elija una", "Choose one")]],
    ...(isCompany
      ? { later: () => consenting(["CONSENT_ACT_OFFER_PLACES"]) }
      : { search: recordSearch("organization"), hint: byKey() }),
  };
}

const METHOD = "puente.api.v1.LoadService/LoadRecords";

// What a file is loaded as. What was checked is what is loaded, whatever the fields say by then.
interface Header {
  profile: string;
  parent: string;
  source?: string;
  recordKind?: string;
  sizeBytes: string;
}

// Where the id of a load waits for its answer: the same load by the same actor, sent again, is done once.
async function waitingKey(file: File, header: Header): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const content = [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("");
  return `puente-load-${JSON.stringify([session().caller, session().actor, header, content])}`;
}

// Once the answer is there, loading the file anew is another load: what has changed since is written again.
async function loadOnce(file: File, header: Header, options: { server: string; purpose: string }) {
  const key = await waitingKey(file, header);
  const requestId = sessionStorage.getItem(key) ?? crypto.randomUUID();
  sessionStorage.setItem(key, requestId);
  const answer = await upload(METHOD, { ...header, requestId }, file, options);
  sessionStorage.removeItem(key);
  return answer;
}

// --- What became of a file ---

const refusedTable = (rows: LoadRow[]) =>
  table(
    t("Filas por corregir", "Rows to mend"),
    [
      {
        head: t("fila", "row"),
        kind: "head",
        cell: (row: LoadRow) => `${count(row.row)} (${t("línea", "line")} ${count(row.line)})`,
      },
      {
        head: t("columna", "column"),
        cell: (row) =>
          (row.errors ?? []).map((e) => h("span", { class: "block" }, h("code", null, e.field || "–"))),
      },
      {
        head: t("valor", "value"),
        cell: (row) => (row.errors ?? []).map((e) => h("span", { class: "block" }, e.value || "–")),
      },
      {
        head: t("qué hacer", "what to do"),
        cell: (row) => (row.errors ?? []).map((e) => h("span", { class: "block" }, e.remedy || e.rule || "")),
      },
    ],
    rows,
  );

function outcome(answer: LoadRecordsResponse, file: File, checked: boolean): Child[] {
  const load = answer.load ?? {},
    rows = Number(load.rowCount ?? 0);
  const part = (value: string | number | undefined) =>
    `${count(value)} ${rows ? share(Number(value ?? 0), rows) : ""}`;
  return [
    h(
      "p",
      null,
      h(
        "strong",
        null,
        checked
          ? t(
              "El archivo solo se revisó: no se guardó nada.",
              "The file was only checked: nothing was stored.",
            )
          : t("El archivo está cargado.", "The file is loaded."),
      ),
    ),
    facts([
      [t("filas leídas", "rows read"), count(load.rowCount)],
      [t("tomadas", "taken"), part(load.takenCount)],
      [t("cambiadas", "changed"), part(load.changedCount)],
      [t("sin cambio", "unchanged"), part(load.unchangedCount)],
      [t("rechazadas", "refused"), part(load.refusedCount)],
      ...leftOut(load),
    ]),
    load.truncated
      ? h(
          "p",
          { class: "generated" },
          t(
            "INCOMPLETO: el archivo termina dentro de una fila o antes del tamaño indicado; solo cuentan sus filas enteras.",
            "CUT SHORT: the file ends inside a row or before its stated size; only its whole rows count.",
          ),
        )
      : null,
    answer.refusedRows?.length
      ? [
          refusedTable(answer.refusedRows),
          Number(load.refusedCount) > answer.refusedRows.length
            ? h(
                "p",
                { class: "fine" },
                `${count(Number(load.refusedCount) - answer.refusedRows.length)} ${t("filas rechazadas no se muestran aquí", "refused rows are not shown here")}`,
              )
            : null,
          h(
            "div",
            { class: "buttons" },
            h(
              "button",
              { type: "button", class: "secondary", onclick: () => takeAway(file, answer.refusedRows!) },
              t("Llevarse las filas por corregir", "Take away the rows to mend"),
            ),
          ),
        ]
      : null,
    load.name
      ? h(
          "p",
          null,
          h(
            "a",
            { href: link("load", { name: load.name, server: serverOf(load.profile) }) },
            t("Ver lo que pasó con cada fila", "See what became of each row"),
          ),
        )
      : null,
  ];
}

const serverOf = (profile: string | undefined) => layoutOf(profile)?.server ?? "education";

function dropPlace(context: Context): Node {
  const said = h("div", { "aria-live": "polite" });
  const layout = h(
    "select",
    { id: "layout", onchange: () => askAbove() },
    layouts().map((l) => h("option", { value: l.profile }, `${t(...l.name)} (${l.profile})`)),
  );
  const above = h("div");
  const askAbove = () => {
    const field = aboveField(layoutOf(layout.value));
    above.replaceChildren(...(field ? [fieldNode(field, true)] : []));
  };
  askAbove();
  const parentOf = (): string => {
    const chosen = above.querySelector<HTMLSelectElement>("[name=parent]");
    return chosen ? chosen.value : layoutOf(layout.value)?.above ? ownRecord() : "";
  };
  const input: HTMLInputElement = h("input", {
    type: "file",
    id: "file",
    accept: ".csv,text/csv,text/plain",
    onchange: () => input.files?.[0] && check(input.files[0]),
  });
  const zone: HTMLElement = h(
    "div",
    {
      class: "drop",
      ondragover: (e: DragEvent) => {
        e.preventDefault();
        zone.classList.add("over");
      },
      ondragleave: () => zone.classList.remove("over"),
      ondrop: (e: DragEvent) => {
        e.preventDefault();
        zone.classList.remove("over");
        const file = e.dataTransfer?.files[0];
        if (file) check(file);
      },
    },
    h("div", { class: "field" }, h("label", { for: "layout" }, t("Qué contiene", "What it has")), layout),
    above,
    h(
      "div",
      { class: "field" },
      h(
        "label",
        { for: "file" },
        t("Archivo CSV: elíjalo o arrástrelo aquí", "CSV file: choose it or drop it here"),
      ),
      input,
    ),
  );
  // An agency says of what it loads what of others the registry says.
  const source = h("input", { id: "source", value: "" });
  const kind = h(
    "select",
    { id: "record-kind" },
    recordKinds().map(([value, label]) => h("option", { value }, label)),
  );
  const agency = session().kind === "agency";
  if (agency)
    zone.prepend(
      h("div", { class: "field" }, h("label", { for: "source" }, t("Fuente", "Source")), source),
      h("div", { class: "field" }, h("label", { for: "record-kind" }, t("Registros", "Records")), kind),
    );

  function check(file: File) {
    const header: Header = {
      profile: layout.value,
      parent: parentOf(),
      ...(agency ? { source: source.value, recordKind: kind.value } : {}),
      sizeBytes: String(file.size),
    };
    void send(file, header, true);
    input.value = "";
  }

  async function send(file: File, header: Header, checked: boolean) {
    const options = { server: serverOf(header.profile), purpose: "administration" };
    said.replaceChildren(
      h(
        "p",
        { class: "loading" },
        `${checked ? t("Revisando", "Checking") : t("Cargando", "Loading")} ${file.name}…`,
      ),
    );
    try {
      const answer = checked
        ? await upload(METHOD, { ...header, validateOnly: true }, file, options)
        : await loadOnce(file, header, options);
      said.replaceChildren();
      const load = checked && Number(answer.load?.rowCount ?? 0) > Number(answer.load?.refusedCount ?? 0);
      append(said, [
        h("h3", null, file.name),
        outcome(answer, file, checked),
        load
          ? h(
              "div",
              { class: "buttons" },
              h(
                "button",
                { type: "button", onclick: () => send(file, header, false) },
                t("Cargar las filas buenas", "Load the good rows"),
              ),
            )
          : null,
        checked
          ? null
          : h(
              "div",
              { class: "buttons" },
              h(
                "button",
                { type: "button", class: "secondary", onclick: context.refresh },
                t("Cargar otro archivo", "Load another file"),
              ),
            ),
      ]);
    } catch (error) {
      said.replaceChildren(
        problemNode(
          error instanceof Problem ? error : new Problem("unavailable", String(error)),
          options.server,
        ),
      );
    }
  }
  return h("div", null, zone, said);
}

// Rows that are of something else by the layout; not said where there are none.
const leftOut = (load: Load): [string, string][] =>
  Number(load.leftOutCount ?? 0) > 0
    ? [[t("omitidas, de otra cosa", "left out, of something else"), count(load.leftOutCount)]]
    : [];

const loadColumns = (server: string) => [
  {
    head: t("cargado", "loaded at"),
    kind: "head" as const,
    cell: (row: Load) => h("a", { href: link("load", { name: row.name, server }) }, moment(row.createTime)),
  },
  { head: t("registros", "records"), cell: (row: Load) => h("code", null, row.collection ?? "") },
  { head: t("perfil", "profile"), cell: (row: Load) => row.profile ?? "" },
  { head: t("estado", "state"), cell: (row: Load) => word(row.state) },
  { head: t("filas", "rows"), kind: "number" as const, cell: (row: Load) => count(row.rowCount) },
  {
    head: t("tomadas", "taken"),
    kind: "number" as const,
    cell: (row: Load) => count(Number(row.takenCount ?? 0) + Number(row.changedCount ?? 0)),
  },
  { head: t("rechazadas", "refused"), kind: "number" as const, cell: (row: Load) => count(row.refusedCount) },
];

async function showFiles(context: Context): Promise<Child[]> {
  const servers = [...new Set(layouts().map((l) => l.server))];
  return [
    h("h1", null, t("Archivos", "Files")),
    h(
      "p",
      { class: "lead" },
      t(
        "Un archivo se revisa primero; luego se cargan sus filas buenas, y de cada una se dice qué pasó. El mismo archivo dos veces no carga nada dos veces.",
        "A file is checked first; then its good rows are loaded, and of each it is said what became of it. The same file twice loads nothing twice.",
      ),
    ),
    layouts().length
      ? dropPlace(context)
      : none(t("No hay archivos que usted cargue.", "There are no files for you to load.")),
    await Promise.all(
      servers.map(async (server) =>
        block(
          `${t("Cargas anteriores en", "Earlier loads at")} ${agencyName(server)}`,
          await list({
            method: "puente.api.v1.LoadService/ListLoads",
            request: {},
            rows: (answer) => answer.loads,
            server,
            signal: context.signal,
            caption: t("Cargas, la última primero", "Loads, the last one first"),
            empty: t("Todavía no se ha cargado nada.", "Nothing has been loaded yet."),
            columns: loadColumns(server),
          }),
        ),
      ),
    ),
  ];
}

async function showLoad(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "",
    server = context.query.get("server") ?? "education",
    refused = context.query.get("rows") === "refused";
  const load = await call("puente.api.v1.LoadService/GetLoad", { name }, { server, signal: context.signal });
  return [
    h("h1", null, `${t("Carga del", "Load of")} ${moment(load.createTime)}`),
    h("p", { class: "lead" }, word(load.state), ", ", load.profile ?? ""),
    facts([
      [t("filas leídas", "rows read"), count(load.rowCount)],
      [t("tomadas", "taken"), count(load.takenCount)],
      [t("cambiadas", "changed"), count(load.changedCount)],
      [t("sin cambio", "unchanged"), count(load.unchangedCount)],
      [t("rechazadas", "refused"), count(load.refusedCount)],
      ...leftOut(load),
      [t("quien cargó", "loaded by"), `${load.caller ?? ""} ${load.actor ?? ""}`],
    ]),
    h(
      "p",
      null,
      refused
        ? h("a", { href: link("load", { name, server }) }, t("Ver todas las filas", "See all rows"))
        : h(
            "a",
            { href: link("load", { name, server, rows: "refused" }) },
            t("Ver solo las rechazadas", "See the refused ones alone"),
          ),
    ),
    await list({
      method: "puente.api.v1.LoadService/ListLoadRows",
      request: { parent: name, refusedOnly: refused },
      rows: (answer) => answer.rows,
      server,
      signal: context.signal,
      caption: t("Filas", "Rows"),
      empty: t("No hay filas así.", "There are no such rows."),
      columns: [
        {
          head: t("fila", "row"),
          kind: "head",
          cell: (row: LoadRow) => `${count(row.row)} (${t("línea", "line")} ${count(row.line)})`,
        },
        { head: t("resultado", "outcome"), cell: (row) => word(row.outcome) },
        {
          head: t("registro", "record"),
          cell: (row) => (row.name ? h("code", null, row.name.split("/").pop() ?? "") : "–"),
        },
        {
          head: t("qué hacer", "what to do"),
          cell: (row) =>
            row.errors?.length
              ? row.errors.map((e) =>
                  h(
                    "span",
                    { class: "block" },
                    h("code", null, e.field || "–"),
                    ` ${e.value ? `«${e.value}» ` : ""}${e.remedy ?? ""}`,
                  ),
                )
              : "–",
        },
      ],
    }),
  ];
}

export const files: Page = {
  path: "files",
  title: () => t("Archivos", "Files"),
  group: "work",
  kinds: ["organization", "company", "chamber", "agency/education", "agency/economy"],
  show: showFiles,
};

export const load: Page = {
  path: "load",
  title: () => t("Carga", "Load"),
  group: "work",
  kinds: ["organization", "company", "chamber", "agency"],
  show: showLoad,
  detail: true,
};
