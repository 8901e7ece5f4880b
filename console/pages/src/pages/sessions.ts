// Sessions of the sector tables, and what came of each.
import type { Agreement, TableSession } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { several, type Field } from "../fields";
import { day, readDay, today } from "../format";
import { filters, sectorTables } from "../filters";
import { labelOf, partyOf } from "../labels";
import { list, one } from "../list";
import { block, facts, generated, none, owned, stateTag } from "../parts";
import { go, link, type Context, type Page } from "../router";
import { either, session as who, t } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";
import { agencyOptions, byKey, partySearch } from "./choosing";
import { recordFields, recordOf, slug } from "./drafting";

const titleOf = (row: TableSession) => either(row.titleEs, row.titleEn);
const tableOf = (name: string | undefined) => name?.split("/").slice(0, 2).join("/");

const isEconomy = () => who().caller === "agency/economy";

const conveneButton = (): Child =>
  isEconomy()
    ? h(
        "div",
        { class: "buttons" },
        writeButton({
          button: t("Convocar una sesión", "Call a session"),
          title: t("Convocar una sesión de una mesa", "Call a session of a table"),
          method: "puente.economy.v1.TableSessionService/CreateTableSession",
          fields: [
            {
              name: "table",
              label: t("Mesa sectorial", "Sector table"),
              kind: "select",
              options: [["", t("Elija una", "Choose one")]],
              later: sectorTables,
            },
            { name: "es", label: t("Título en español", "Title in Spanish") },
            { name: "en", label: t("Título en inglés", "Title in English"), optional: true },
            { name: "day", label: t("Día", "Day"), kind: "date", value: today() },
            { name: "place", label: t("Lugar", "Place"), optional: true },
            {
              name: "participants",
              label: t("Convocados", "Invited"),
              kind: "many",
              search: partySearch("company", "organization", "chamber"),
              optional: true,
              hint: byKey(),
            },
            ...recordFields(),
          ],
          request: (v) => ({
            parent: v.table,
            tableSessionId: newId(slug(v.es)),
            tableSession: {
              titleEs: v.es,
              titleEn: v.en,
              sessionDate: readDay(v.day),
              place: v.place,
              participants: several(v.participants),
              ...recordOf(v),
            },
          }),
          done: (row) => go("session", { name: row.name }),
        }),
      )
    : null;

const ownerField = (): Field => ({
  name: "owner",
  label: t("Quién lo cumple", "Who is to do it"),
  kind: "select",
  options: [["", t("Elija uno", "Choose one")], ...agencyOptions()],
  search: partySearch("organization"),
});

async function showSessions(context: Context): Promise<Child[]> {
  const state = context.query.get("state") ?? "";
  return [
    h("h1", null, t("Sesiones de las mesas", "Sessions of the tables")),
    h(
      "p",
      { class: "lead" },
      t(
        "Cuándo se reunió cada mesa sectorial, quiénes, y qué acordaron.",
        "When each sector table met, who took part, and what was agreed on.",
      ),
    ),
    conveneButton(),
    filters("sessions", context, [
      {
        name: "state",
        label: t("Estado", "State"),
        options: [
          ["", t("Todas", "All")],
          ...["PLANNED", "HELD", "CANCELLED"].map((s): [string, string] => [
            s,
            word(`TABLE_SESSION_STATE_${s}`),
          ]),
        ],
      },
    ]),
    await list({
      method: "puente.economy.v1.TableSessionService/ListTableSessions",
      request: { parent: "sectorTables/-", filter: state ? `state = ${state}` : "" },
      rows: (answer) => answer.tableSessions,
      signal: context.signal,
      caption: t("Sesiones", "Sessions"),
      empty: t("No hay sesiones así.", "There are no such sessions."),
      columns: [
        {
          head: t("sesión", "session"),
          kind: "head",
          cell: (row: TableSession) => h("a", { href: link("session", { name: row.name }) }, titleOf(row)),
        },
        { head: t("mesa", "table"), cell: (row) => labelOf(tableOf(row.name)) },
        { head: t("día", "day"), cell: (row) => day(row.sessionDate) },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        { head: t("lugar", "place"), cell: (row) => row.place || "–" },
      ],
    }),
  ];
}

function actions(one: TableSession, context: Context): Child {
  const { name, etag } = one;
  if (!isEconomy()) return null;
  if (one.state === "TABLE_SESSION_STATE_HELD")
    return h(
      "div",
      { class: "buttons" },
      writeButton({
        button: t("Anotar un acuerdo", "Record an agreement"),
        title: t("Anotar un acuerdo de esta sesión", "Record an agreement of this session"),
        method: "puente.economy.v1.AgreementService/CreateAgreement",
        fields: [
          { name: "es", label: t("Qué se acordó", "What was agreed on, in Spanish"), kind: "area" },
          { name: "en", label: t("Lo mismo en inglés", "The same in English"), kind: "area", optional: true },
          ownerField(),
          { name: "due", label: t("A más tardar el", "By"), kind: "date", value: today(90) },
          ...recordFields(),
        ],
        request: (v) => ({
          agreementId: newId(slug(v.es).slice(0, 20)),
          agreement: {
            session: name,
            textEs: v.es,
            textEn: v.en,
            owner: v.owner,
            dueDate: readDay(v.due),
            ...recordOf(v),
          },
        }),
        done: context.refresh,
      }),
    );
  if (one.state !== "TABLE_SESSION_STATE_PLANNED") return null;
  const common = { before: one, done: context.refresh };
  return h(
    "div",
    { class: "buttons" },
    writeButton({
      ...common,
      button: t("Dar por celebrada", "Record as held"),
      title: t("Dar la sesión por celebrada: su minuta queda", "Record the session as held: its minutes stand"),
      method: "puente.economy.v1.TableSessionService/HoldTableSession",
      fields: [{ name: "minutes", label: t("Minuta, que todos leen", "Minutes, which everybody reads"), kind: "area" }],
      request: (values) => ({ name, etag, minutes: values.minutes }),
    }),
    writeButton({
      ...common,
      danger: true,
      button: t("Cancelar", "Cancel"),
      title: t("Cancelar la sesión", "Cancel the session"),
      method: "puente.economy.v1.TableSessionService/CancelTableSession",
      fields: [{ name: "reason", label: t("Por qué", "Why"), kind: "area" }],
      request: (values) => ({ name, etag, reason: values.reason }),
    }),
  );
}

async function showSession(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "",
    { signal } = context;
  const found = await one("puente.economy.v1.TableSessionService/GetTableSession", name, { signal });
  return [
    h("h1", null, titleOf(found)),
    h("p", { class: "lead" }, stateTag(found.state), " ", labelOf(tableOf(name))),
    generated(found.recordKind),
    facts([
      [t("día", "day"), day(found.sessionDate, "long")],
      [t("lugar", "place"), found.place ?? ""],
      [t("por qué se canceló", "why it was called off"), found.cancelReason ?? ""],
    ]),
    actions(found, context),
    block(
      found.state === "TABLE_SESSION_STATE_HELD" ? t("Quiénes participaron", "Who took part") : t("Convocados", "Invited"),
      found.participants?.length
        ? h("ul", null, found.participants.map((path) => h("li", null, partyOf(path))))
        : none(t("No se dice.", "It is not said.")),
    ),
    block(
      t("Minuta", "Minutes"),
      found.minutes
        ? h("p", { class: "free" }, found.minutes)
        : none(t("No hay minuta.", "There are no minutes.")),
    ),
    block(
      t("Qué resultó de ella", "What came of it"),
      await list({
        method: "puente.economy.v1.AgreementService/ListAgreements",
        request: { filter: `session = "${name}"` },
        rows: (answer) => answer.agreements,
        signal,
        caption: t("Acuerdos de esta sesión", "Agreements of this session"),
        empty: t("No se acordó nada en ella.", "Nothing was agreed on in it."),
        columns: [
          {
            head: t("acuerdo", "agreement"),
            kind: "head",
            cell: (row: Agreement) => either(row.textEs, row.textEn),
          },
          { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
          { head: t("vence", "due"), cell: (row) => day(row.dueDate) },
          {
            head: t("evidencia", "evidence"),
            cell: (row) => row.evidence || h("span", { class: "mark none" }, t("ninguna", "none")),
          },
        ],
      }),
    ),
    owned("economy", found.source),
  ];
}

export const sessions: Page = {
  path: "sessions",
  title: () => t("Sesiones de las mesas", "Sessions of the tables"),
  group: "country",
  kinds: ["*"],
  show: showSessions,
};
export const tableSession: Page = {
  path: "session",
  title: () => t("Sesión de una mesa", "Session of a table"),
  group: "country",
  kinds: ["*"],
  show: showSession,
  detail: true,
};
