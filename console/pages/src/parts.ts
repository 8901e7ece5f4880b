// What pages are made of.
import type { Provenance } from "./contract";
import { Problem } from "./call";
import { append, h, newId, type Child } from "./dom";
import { word } from "./enums";
import { count, latency, moment } from "./format";
import { agencyName } from "./labels";
import { t } from "./session";

// The figures of made up records say so wherever they stand.
export function generated(kind: string | undefined): Node | null {
  if (kind !== "RECORD_KIND_GENERATED") return null;
  return h(
    "p",
    { class: "generated" },
    h("strong", null, t("MUESTRA GENERADA", "GENERATED SAMPLE")),
    h(
      "span",
      { class: "why" },
      t(
        ": inventada para mostrar el sistema; no son hechos.",
        ": made up to show the system; these are no facts.",
      ),
    ),
  );
}

// Where an answer should be and is not: why, and whose it is.
function gap(
  kind: "missing" | "denied" | "unasked",
  head: string,
  owner: string,
  text: string,
  reason: string,
): Node {
  return h(
    "div",
    { class: `hole ${kind}`, "data-owner": owner || null },
    h("p", { class: "hole-head" }, h("strong", null, head), " ", owner),
    text ? h("p", null, text) : null,
    reason ? h("p", { class: "fine" }, reason) : null,
  );
}

export function holeOf(provenance: Provenance | undefined): Node | null {
  const state = provenance?.state;
  if (state === "SECTION_STATE_FRESH" || state === "SECTION_STATE_STALE") return null;
  const failure = provenance?.failure;
  const owner = agencyName(provenance?.agency);
  const needs = failure?.needs ? ` (${t("necesita", "needs")}: ${failure.needs})` : "";
  const text = (failure?.message || t("sin motivo indicado", "no reason given")) + needs;
  if (state === "SECTION_STATE_DENIED")
    return gap("denied", t("Denegada", "Denied"), owner, text, failure?.reason ?? "");
  if (state === "SECTION_STATE_NOT_ASKED")
    return gap("unasked", t("Sin preguntar", "Not asked"), owner, text, failure?.reason ?? "");
  return gap("missing", t("Falta la respuesta de", "No answer from"), owner, text, failure?.reason ?? "");
}

const stale = (provenance: Provenance | undefined): Node | null =>
  provenance?.state !== "SECTION_STATE_STALE"
    ? null
    : gap(
        "unasked",
        t("No actualizada", "Stale"),
        agencyName(provenance.agency),
        provenance.failure?.message ?? "",
        provenance.failure?.reason ?? "",
      );

// "de Secretaría de Economía, al 30 nov 2026, 08:12".
export function source(provenance: Provenance | undefined, sources?: string[]): Node | null {
  if (!provenance?.agency) return null;
  const parts = [t("De ", "From ") + agencyName(provenance.agency)];
  if (provenance.asOfTime) parts.push(`${t("al", "as of")} ${moment(provenance.asOfTime)}`);
  if (provenance.latency) parts.push(`${t("respondió en", "answered in")} ${latency(provenance.latency)}`);
  return h(
    "p",
    { class: "source" },
    parts.join(", "),
    sources?.length ? `. ${t("Fuente", "Source")}: ${sources.join(", ")}` : "",
  );
}

// Of a record: whose it is, and where it comes from.
export const owned = (agency: string, from: string | undefined): Node =>
  h(
    "p",
    { class: "source" },
    `${t("De ", "From ")}${agencyName(agency)}. ${t("Fuente", "Source")}: ${from ?? ""}`,
  );

export function couldNotSplit(dimensions: string[] | undefined): Node | null {
  if (!dimensions?.length) return null;
  const names = dimensions.map(
    (d) => ({ sector: t("sector", "sector"), state: t("estado", "state") })[d] ?? d,
  );
  const sector = dimensions.includes("sector"),
    state = dimensions.includes("state");
  const whole =
    sector && state
      ? t(
          "las cifras son de todos los sectores y todo el país",
          "the figures are for all sectors and the whole country",
        )
      : state
        ? t("las cifras son de todo el país", "the figures are for the whole country")
        : sector
          ? t("las cifras son de todos los sectores", "the figures are for all sectors")
          : "";
  return h(
    "p",
    { class: "unsplit-note" },
    `${t("No se puede dividir por", "Cannot be split by")}: ${names.join(", ")}${whole ? ` – ${whole}` : ""}.`,
  );
}

// A part of a page that one agency answers for.
export function section(
  title: string,
  provenance: Provenance | undefined,
  body: () => Child[],
  sources?: string[],
): HTMLElement {
  const id = newId("s");
  const hole = holeOf(provenance);
  return h(
    "section",
    { "aria-labelledby": id },
    h("h2", { id }, title),
    hole ?? [stale(provenance), body(), source(provenance, sources)],
  );
}

export function block(title: string, ...body: Child[]): HTMLElement {
  const id = newId("s");
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), body);
}

// What went wrong with a call, where its answer would be; `owner` is the id of the agency that was asked.
export function problemNode(error: unknown, owner = ""): Node {
  if (!(error instanceof Problem)) return h("div", { class: "hole missing" }, h("p", null, String(error)));
  if (error.noAnswer) {
    return gap(
      "missing",
      t("Falta la respuesta de", "No answer from"),
      agencyName(owner),
      error.message,
      error.reason,
    );
  }
  if (error.code === "permission_denied" || error.code === "unauthenticated") {
    return h(
      "div",
      { class: "hole denied" },
      h("p", { class: "hole-head" }, h("strong", null, t("No le está permitido", "Not allowed to you"))),
      h("p", null, error.message),
      error.reason ? h("p", { class: "fine" }, error.reason) : null,
    );
  }
  return h("div", { class: "hole denied" }, problemText(error));
}

// The server's own words, which fields it means, and what to do.
export function problemText(error: Problem): Child[] {
  return [
    h("p", null, h("strong", null, error.message)),
    error.fields.length
      ? h(
          "ul",
          { class: "fields" },
          error.fields.map((f) => h("li", null, h("code", null, f.field), ` ${f.text}`)),
        )
      : null,
    error.remedy ? h("p", null, error.remedy) : null,
    error.reason ? h("p", { class: "fine" }, error.reason) : null,
  ];
}

// The answer of an agency, or the hole that it leaves: never nothing, which would look like none.
export async function attempt<T>(
  owner: string,
  make: () => Promise<T>,
): Promise<{ answer?: T; hole?: Node }> {
  try {
    return { answer: await make() };
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    return { hole: problemNode(error, owner) };
  }
}

// What an answer is shown as.
export async function filled(owner: string, make: () => Promise<Child[]>): Promise<Child[]> {
  const { answer, hole } = await attempt(owner, make);
  return answer ?? [hole];
}

export interface Column<Row> {
  head: string;
  cell: (row: Row) => Child;
  kind?: "number" | "head" | "actions";
}

// On a telephone each row is a card, whose cells say what they are. A column of actions stands only where
// there is something to do.
export function table<Row>(
  caption: string,
  columns: Column<Row>[],
  rows: Row[],
  hidden = false,
): HTMLElement {
  const isNothing = (child: Child): boolean =>
    Array.isArray(child) ? child.every(isNothing) : child === null || child === undefined || child === false;
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  const shown = columns.map(
    (column, i) => column.kind !== "actions" || !cells.every((row) => isNothing(row[i])),
  );
  const of = <T>(all: T[]) => all.filter((_, i) => shown[i]);
  const heading = ({ head, kind }: Column<Row>) => {
    const text = head || h("span", { class: "visually-hidden" }, t("acciones", "actions"));
    return h("th", { scope: "col", class: kind === "number" ? "number" : null }, text);
  };
  const cell = ({ head, kind }: Column<Row>, child: Child) =>
    kind === "head"
      ? h("th", { scope: "row", "data-head": head }, child)
      : h("td", { class: kind, "data-head": head }, child);
  const body = cells.map((row) => h("tr", null, of(columns.map((column, i) => cell(column, row[i])))));
  return h(
    "div",
    { class: "wide", role: "group", "aria-label": caption, tabindex: "0" },
    h(
      "table",
      null,
      h("caption", { class: hidden ? "visually-hidden" : null }, caption),
      h("thead", null, h("tr", null, of(columns.map(heading)))),
      h("tbody", null, body),
    ),
  );
}

export const none = (text: string) => h("p", { class: "empty" }, text);

// How a state looks depends on how far it has come, and it says what it is in words.
const DONE =
  /_(DONE|ADOPTED|IMPLEMENTED|CERTIFIED|CONFIRMED|PUBLISHED|COMPLETED|ISSUED|IN_FORCE|CLOSED|ACHIEVED|ACTIVE|RUNNING|STARTED|YES|UPHELD|REGISTERED|PASSED|PLACED)$/;
const BAD =
  /_(OVERDUE|DECLINED|REJECTED|FAILED|REVOKED|NOT_RECORDED|NO_SHOW|BROKEN_OFF|DISPUTED|SUSPENDED|NO|REFUSED|UNDONE)$/;
const OVER = /_(DROPPED|WITHDRAWN|SUPERSEDED|REPLACED|EXPIRED|CANCELLED|RELEASED|VOIDED|ENDED|JOINED)$/;
export function stateTag(value: string | undefined): Node {
  if (!value || value.endsWith("_UNSPECIFIED")) return h("span", { class: "mark none" }, "–");
  const look = DONE.test(value) ? "good" : BAD.test(value) ? "bad" : OVER.test(value) ? "over" : "open";
  return h("span", { class: `tag ${look}` }, word(value));
}

export function facts(pairs: [string, Child][]): HTMLElement {
  return h(
    "dl",
    { class: "facts" },
    pairs
      .filter(([, value]) => value !== "" && value !== undefined && value !== null)
      .map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))),
  );
}

// A large number with what it counts.
export function tile(value: Child, label: string, note?: Child): Node {
  return h(
    "div",
    { class: "kpi" },
    h("p", { class: "kpi-value" }, value),
    h("p", { class: "kpi-label" }, label),
    note ? h("p", { class: "kpi-note" }, note) : null,
  );
}

interface Growing {
  owner: string;
  content: (token: string | undefined) => Child; // drawn anew for each page
  count: () => number; // of what is shown
  // Adds what comes next, and gives the token of what follows; where nobody answered, what to say of that.
  next: (token: string) => Promise<{ token?: string; hole?: Child }>;
  after?: Child;
}

// A table that gets longer page by page, of which `token` is the next: below it stands how much is shown, which
// is said aloud too, and the button for more. After that the focus is on the first row that came.
export function growing(what: Growing, token: string | undefined): Child[] {
  const box = h("div"),
    said = h("div", { role: "status" }),
    below = h("div");
  const rows = () => box.querySelectorAll<HTMLElement>(".wide > table > tbody > tr");
  const more = (token: string) => {
    const press = async () => {
      const had = rows().length;
      button.disabled = true; // else a page is shown twice
      try {
        const { token: further, hole } = await what.next(token);
        draw(hole ? token : further, hole); // what nobody answered is asked again
      } catch (error) {
        append(below, [problemNode(error, what.owner)]);
      }
      button.disabled = false;
      if (![document.body, button].includes(document.activeElement as HTMLElement)) return; // it is in use
      const first = rows()[had];
      first?.setAttribute("tabindex", "-1");
      (first ?? below.querySelector("button"))?.focus();
    };
    const button = h(
      "button",
      { type: "button", class: "secondary", onclick: () => void press() },
      t("Mostrar más", "Show more"),
    );
    return h("p", null, button);
  };
  const draw = (token: string | undefined, hole?: Child) => {
    for (const node of [box, said, below]) node.replaceChildren();
    append(box, [what.content(token)]);
    if (what.count()) append(said, [shown(what.count(), !!token)]);
    append(below, [token ? more(token) : null, what.after, hole]);
  };
  draw(token);
  return [box, said, below];
}

const shown = (all: number, hasMore: boolean) =>
  h(
    "p",
    { class: "fine" },
    `${t("Mostradas", "Shown")}: ${count(all)}${hasMore ? t(", y hay más", ", and there are more") : ""}`,
  );

// What it holds is made when somebody first opens it: most never are, and are longer than what is seen.
export function details(summary: string, body: () => Child): HTMLElement {
  const element: HTMLElement = h("details", null, h("summary", null, summary));
  element.addEventListener("toggle", () => append(element, [body()]), { once: true });
  return element;
}
