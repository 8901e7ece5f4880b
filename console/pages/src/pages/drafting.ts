// What a draft consists of, entry by entry: each is added, changed and taken out by a small dialogue of its own,
// so that what was written is kept, and is never more than one dialogue's worth.
import type { Method } from "../call";
import { h, type Child } from "../dom";
import { recordKinds } from "../enums";
import { several, type Field } from "../fields";
import { allSkills, choicesOf } from "../filters";
import { count } from "../format";
import { labelsOf, lastId } from "../labels";
import { all } from "../list";
import { none, table, type Column } from "../parts";
import { ownId, t } from "../session";
import { writeButton, type Write } from "../write";

interface Entries<Row, M extends Method> {
  caption: string;
  empty: string;
  rows: Row[];
  columns: Column<Row>[];
  titles: { add: string; change: string; remove: string };
  fields: (row?: Row) => Field[];
  entry: (values: Record<string, string>, row?: Row) => Row;
  // How a draft with these entries is written.
  write: (
    rows: Row[],
  ) => Pick<Write<M>, "method" | "before" | "done"> & { request: ReturnType<Write<M>["request"]> };
  least?: number; // how many there must be
}

export function entries<Row, M extends Method>(what: Entries<Row, M>): Child {
  const { rows, titles, write } = what;
  const replaced = (at: number, ...by: Row[]) => [...rows.slice(0, at), ...by, ...rows.slice(at + 1)];
  const button = (
    label: string,
    title: string,
    next: (values: Record<string, string>) => Row[],
    more: Partial<Write<M>> = {},
  ) => {
    const { method, before, done } = write(rows);
    return writeButton<M>({
      ...more,
      button: label,
      title,
      method,
      before,
      done,
      request: (values) => write(next(values)).request,
    });
  };
  return [
    rows.length
      ? table(
          what.caption,
          [
            ...what.columns,
            {
              head: "",
              kind: "actions",
              cell: (row) => {
                const at = rows.indexOf(row);
                return [
                  button(t("Cambiar", "Change"), titles.change, (v) => replaced(at, what.entry(v, row)), {
                    fields: what.fields(row),
                  }),
                  rows.length > (what.least ?? 0)
                    ? button(t("Quitar", "Remove"), titles.remove, () => replaced(at), { danger: true })
                    : null,
                ];
              },
            },
          ],
          rows,
        )
      : none(what.empty),
    h(
      "div",
      { class: "buttons" },
      button(titles.add, titles.add, (v) => [...rows, what.entry(v)], { fields: what.fields() }),
    ),
  ];
}

// "programs/x" of "programs/x/versions/2", and 2.
export const familyOf = (name: string) => name.replace(/\/versions\/.*/, "");
export const numberOf = (version: { name?: string }) => Number(lastId(version.name ?? "0"));

// What the buttons of drafts are called, whatever is drafted.
export const ofDrafts = {
  publish: () => ({
    button: t("Publicar", "Publish"),
    title: t("Publicar la versión, que ya no cambiará", "Publish the version, for good"),
  }),
  change: () => ({
    button: t("Cambiar los datos", "Change the data"),
    title: t("Cambiar los datos del borrador", "Change the draft's data"),
  }),
  remove: () => ({
    button: t("Borrar el borrador", "Delete the draft"),
    title: t("Borrar el borrador", "Delete the draft"),
    danger: true,
  }),
  next: (number: number) => ({
    button: t(`Redactar la versión ${number}`, `Draft version ${number}`),
    title: t(
      `Redactar la versión ${number}, que empieza como esta`,
      `Draft version ${number}, which begins as this one`,
    ),
  }),
};

// Where a record comes from and what kind it is of, which agencies say.
export const recordFields = (source = ownId()): Field[] => [
  { name: "source", label: t("Fuente", "Source"), value: source },
  { name: "kind", label: t("Clase de registro", "Kind of record"), kind: "select", options: recordKinds() },
];
export const recordOf = (v: Record<string, string>) => ({ source: v.source, recordKind: v.kind });

// By which a record is known for good.
export const keyField = (hint: string): Field => ({ name: "key", label: t("Clave", "Key"), hint });

// What it is called, in both languages.
export const labelFields = (): Field[] => [
  { name: "es", label: t("Nombre en español", "Name in Spanish") },
  { name: "en", label: t("Nombre en inglés", "Name in English"), optional: true },
];

const creditRules = choicesOf(() =>
  all("puente.education.v1.CreditRuleService/ListCreditRules", {}, (answer) => answer.creditRules),
);
export const creditRuleField = (value: string | undefined): Field => ({
  name: "rule",
  label: t("Regla de créditos", "Credit rule"),
  kind: "select",
  later: creditRules,
  value,
  optional: true,
});

// What both kinds of outcomes have: a sentence, the skills that it shows, hours.
interface Outcome {
  statement?: string;
  skills?: string[];
  hours?: number;
}

export const outcomeFields = (row?: Outcome, skillsOptional = false): Field[] => [
  {
    name: "statement",
    label: t("Qué sabe y puede hacer quien termina", "What who completes it knows and can do"),
    kind: "area",
    value: row?.statement,
    hint: t("Una frase, en español.", "One sentence, in Spanish."),
  },
  {
    name: "skills",
    label: t("Habilidades que demuestra", "Skills that it shows"),
    kind: "many",
    later: allSkills,
    value: row?.skills?.join(","),
    optional: skillsOptional,
  },
  {
    name: "hours",
    label: t("Horas", "Hours"),
    kind: "number",
    value: String(row?.hours ?? ""),
    optional: true,
  },
];

export const outcomeOf = (v: Record<string, string>): Outcome => ({
  statement: v.statement,
  skills: several(v.skills),
  hours: Number(v.hours || 0),
});

export const outcomeColumns = <Row extends Outcome>(): Column<Row>[] => [
  {
    head: t("resultado", "outcome"),
    kind: "head",
    cell: (row) => h("span", { class: "free" }, row.statement ?? ""),
  },
  {
    head: t("habilidades", "skills"),
    cell: (row) => (row.skills?.length ? labelsOf(row.skills) : h("span", { class: "mark none" }, "–")),
  },
  { head: t("horas", "hours"), kind: "number", cell: (row) => count(row.hours) },
];

export const outcomeTitles = () => ({
  add: t("Añadir un resultado", "Add an outcome"),
  change: t("Cambiar el resultado", "Change the outcome"),
  remove: t("Quitar el resultado", "Remove the outcome"),
});

// "Soldadura TIG (España)" → "soldadura-tig-espana", as the server has titles that are searched for.
export const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

// The beginning of an id.
export const slug = (title: string) => plain(title).slice(0, 40).replace(/-$/, "") || "x";
