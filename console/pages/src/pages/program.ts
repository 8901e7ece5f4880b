// A version of a program: what it says, how it is drafted and published, and what differs from another.
import { call, ownerOf } from "../call";
import { camel, changes } from "../changes";
import type { ProgramOutcome, ProgramSeats, ProgramVersion, ProgramVersionDiff } from "../contract";
import { h, type Child } from "../dom";
import { word, wordsOf } from "../enums";
import type { Field, Option } from "../fields";
import { filters } from "../filters";
import { count, credits, moment, today } from "../format";
import { labelOf, lastId } from "../labels";
import { all, one } from "../list";
import {
  attempt,
  block,
  facts,
  filled,
  generated,
  none,
  owned,
  stateTag,
  table,
  type Column,
} from "../parts";
import { go, type Context, type Page } from "../router";
import { ownRecord, session, t } from "../session";
import { maskOf, writeButton } from "../write";
import { newId } from "./bodies";
import {
  creditRuleField,
  entries,
  familyOf,
  numberOf,
  ofDrafts,
  outcomeColumns,
  outcomeFields,
  outcomeOf,
  outcomeTitles,
  slug,
} from "./drafting";
import { outcomes } from "./evidence";
import { titleOf } from "./programs";

const SERVICE = "puente.education.v1.ProgramService";
const CREATE = `${SERVICE}/CreateProgramVersion` as const;
const UPDATE = `${SERVICE}/UpdateProgramVersion` as const;

const isMinistry = () => session().caller === "agency/education";
const isDraft = (row: ProgramVersion) => row.state === "PROGRAM_STATE_DRAFT";
const mayWrite = (row: ProgramVersion) => isMinistry() || row.organization === ownRecord();

const dataFields = (row?: ProgramVersion): Field[] => [
  { name: "es", label: t("Título en español", "Title in Spanish"), value: row?.titleEs },
  { name: "en", label: t("Título en inglés", "Title in English"), value: row?.titleEn, optional: true },
  {
    name: "modality",
    label: t("Modalidad", "Modality"),
    kind: "select",
    options: wordsOf("MODALITY", ["CLASSROOM", "DUAL", "ONLINE", "BLENDED"]),
    value: row?.modality,
  },
  {
    name: "level",
    label: t("Nivel", "Level"),
    value: row?.level,
    optional: true,
    hint: t("Por ejemplo mnc:5", "Such as mnc:5"),
  },
  {
    name: "workload",
    label: t("Carga de trabajo, en horas", "Workload, in hours"),
    kind: "number",
    value: String(row?.workloadHours ?? ""),
    hint: t(
      "Al menos lo que suman los resultados. De ella salen los créditos.",
      "At least what the outcomes add up to. Credits are made of it.",
    ),
  },
  {
    ...creditRuleField(row?.creditRule),
    options: [["", t("La que rige si no se nombra otra", "The one that holds if none is named")]],
  },
];
const dataOf = (v: Record<string, string>): ProgramVersion => ({
  titleEs: v.es,
  titleEn: v.en,
  modality: v.modality,
  level: v.level,
  workloadHours: Number(v.workload),
  creditRule: v.rule,
});

// The next "ra-N" of a program that names its outcomes so.
const nextCode = (row?: ProgramVersion) =>
  `ra-${Math.max(0, ...(row?.outcomes ?? []).map((o) => Number(/^ra-(\d+)$/.exec(o.code ?? "")?.[1] ?? 0))) + 1}`;
const codeField = (value: string): Field => ({
  name: "code",
  label: t("Clave del resultado", "Code of the outcome"),
  value,
  hint: t("La misma de una versión a otra.", "The same from version to version."),
});

const toPage = (row: ProgramVersion) => go("program", { name: row.name });

// A school's campuses, to choose from.
export const campusesOf = (organization: string): Promise<Option[]> =>
  all(
    "puente.education.v1.CampusService/ListCampuses",
    { parent: organization },
    (answer) => answer.campuses,
  ).then((rows) =>
    rows.map((c): Option => [c.name!, [c.titleEs, c.municipality].filter(Boolean).join(", ")]),
  );

// A school's first version of a program.
export const draftProgram = (): Node =>
  writeButton({
    button: t("Redactar un programa", "Draft a program"),
    title: t("Redactar un programa", "Draft a program"),
    method: CREATE,
    fields: [...dataFields(), codeField("ra-1"), ...outcomeFields(undefined, true)],
    request: (v) => ({
      parent: `programs/${newId(slug(v.es))}`,
      programVersionId: "1",
      programVersion: {
        ...dataOf(v),
        organization: ownRecord(),
        outcomes: [{ ...outcomeOf(v), code: v.code }],
      },
    }),
    done: toPage,
  });

function actions(row: ProgramVersion, versions: ProgramVersion[], context: Context): Child {
  const { name, etag } = row;
  const next = Math.max(...versions.map(numberOf)) + 1;
  const isLast = numberOf(row) === next - 1;
  if (!mayWrite(row)) return null;
  const base = { before: row, done: context.refresh };
  const said = { name, etag };
  return [
    isDraft(row) && !isMinistry()
      ? h(
          "p",
          null,
          t(
            "Es un borrador: usted lo cambia hasta que la Secretaría de Educación Pública lo publica.",
            "It is a draft: you change it until the education ministry publishes it.",
          ),
        )
      : null,
    h(
      "div",
      { class: "buttons" },
      isDraft(row)
        ? [
            isMinistry()
              ? writeButton({
                  ...base,
                  ...ofDrafts.publish(),
                  method: `${SERVICE}/PublishProgramVersion`,
                  request: () => said,
                })
              : null,
            writeButton({
              ...base,
              ...ofDrafts.change(),
              method: UPDATE,
              fields: dataFields(row),
              request: (v) => {
                const data = dataOf(v);
                return { programVersion: { ...said, ...data }, updateMask: maskOf(data) };
              },
            }),
            isLast
              ? writeButton({
                  ...base,
                  ...ofDrafts.remove(),
                  method: `${SERVICE}/DeleteProgramVersion`,
                  request: () => said,
                  done: () => go("programs", {}),
                })
              : null,
          ]
        : isLast
          ? writeButton({
              ...ofDrafts.next(next),
              method: CREATE,
              request: () => ({
                parent: familyOf(name!),
                programVersionId: String(next),
                programVersion: {
                  organization: row.organization,
                  titleEs: row.titleEs,
                  titleEn: row.titleEn,
                  level: row.level,
                  modality: row.modality,
                  outcomes: row.outcomes,
                  workloadHours: row.workloadHours,
                  creditRule: row.creditRule,
                  seats: row.seats,
                  ...(isMinistry() ? { source: row.source, recordKind: row.recordKind } : {}),
                },
              }),
              done: toPage,
            })
          : null,
    ),
  ];
}

const seatColumns = (): Column<ProgramSeats>[] => [
  { head: t("ciclo", "cycle"), kind: "head", cell: (s) => s.period ?? "" },
  { head: t("plantel", "campus"), cell: (s) => labelOf(s.campus) },
  { head: t("lugares", "seats"), kind: "number", cell: (s) => count(s.seats) },
  {
    head: t("egresados", "graduates"),
    kind: "number",
    cell: (s) => (s.graduates ? count(s.graduates) : h("span", { class: "mark none" }, "–")),
  },
];

// What a draft teaches and how many it takes, to be written.
function written(row: ProgramVersion, context: Context): Child {
  const update = (change: ProgramVersion, updateMask: string) => ({
    method: UPDATE,
    before: row,
    done: context.refresh,
    request: { programVersion: { name: row.name, etag: row.etag, ...change }, updateMask },
  });
  const year = Number(today().slice(0, 4));
  return [
    block(
      t("Resultados de aprendizaje", "Learning outcomes"),
      entries<ProgramOutcome, typeof UPDATE>({
        caption: t("Resultados del borrador", "The draft's outcomes"),
        empty: t("No los indica.", "It states none."),
        rows: row.outcomes ?? [],
        columns: [
          { head: t("clave", "code"), cell: (o) => h("code", null, o.code ?? "") },
          ...outcomeColumns<ProgramOutcome>(),
        ],
        titles: outcomeTitles(),
        fields: (o) => [codeField(o?.code ?? nextCode(row)), ...outcomeFields(o, true)],
        entry: (v, o) => ({ ...o, ...outcomeOf(v), code: v.code }),
        write: (rows) => update({ outcomes: rows }, "outcomes"),
        least: 1,
      }),
    ),
    block(
      t("Lugares", "Seats"),
      entries<ProgramSeats, typeof UPDATE>({
        caption: t("Lugares por ciclo y plantel", "Seats by cycle and campus"),
        empty: t("No indica lugares.", "It states no seats."),
        rows: row.seats ?? [],
        columns: seatColumns(),
        titles: {
          add: t("Añadir lugares", "Add seats"),
          change: t("Cambiar los lugares", "Change the seats"),
          remove: t("Quitar los lugares", "Remove the seats"),
        },
        fields: (s) => [
          {
            name: "period",
            label: t("Ciclo o año", "Cycle or year"),
            value: s?.period ?? `${year}-${year + 1}`,
          },
          {
            name: "campus",
            label: t("Plantel", "Campus"),
            kind: "select",
            options: [["", t("Elija uno", "Choose one")]],
            later: () => campusesOf(row.organization!),
            value: s?.campus,
          },
          { name: "seats", label: t("Lugares", "Seats"), kind: "number", value: String(s?.seats ?? "") },
          {
            name: "graduates",
            label: t("Egresados", "Graduates"),
            kind: "number",
            value: String(s?.graduates || ""),
            optional: true,
          },
        ],
        entry: (v) => ({
          period: v.period,
          campus: v.campus,
          seats: Number(v.seats),
          graduates: Number(v.graduates || 0),
        }),
        write: (rows) => update({ seats: rows }, "seats"),
      }),
    ),
  ];
}

const parsed = (json: string | undefined) => (json ? JSON.parse(json) : undefined);

// What differs, in the words of the preview of a write.
function difference(diff: ProgramVersionDiff): Child {
  const heads = [diff.fromVersion, diff.toVersion].map(
    (name) => `${t("versión", "version")} ${lastId(name ?? "")}`,
  );
  const { addedOutcomes: added, removedOutcomes: removed } = diff;
  const of = (side: "before" | "after") => ({
    ...Object.fromEntries((diff.changedFields ?? []).map((f) => [camel(f.field ?? ""), parsed(f[side])])),
    ...Object.fromEntries((diff.changedOutcomes ?? []).map((o) => [o[side]?.code ?? "", o[side]])),
  });
  const changed = !!(diff.changedFields?.length || diff.changedOutcomes?.length);
  return [
    changed ? changes(of("before"), of("after"), heads) : null,
    added?.length ? [h("h3", null, t("Resultados nuevos", "New outcomes")), outcomes(added)] : null,
    removed?.length
      ? [h("h3", null, t("Resultados que ya no están", "Outcomes that are gone")), outcomes(removed)]
      : null,
    changed || added?.length || removed?.length ? null : none(t("No cambia nada.", "Nothing differs.")),
  ];
}

async function compared(row: ProgramVersion, versions: ProgramVersion[], context: Context): Promise<Child> {
  const others = versions.filter((v) => v.name !== row.name);
  if (!others.length) return null;
  const own = numberOf(row);
  const before = others.map(numberOf).filter((n) => n < own);
  const other = Number(context.query.get("other")) || (before.length ? Math.max(...before) : own + 1);
  const [from, to] = [Math.min(own, other), Math.max(own, other)].map(
    (n) => `${familyOf(row.name!)}/versions/${n}`,
  );
  const method = `${SERVICE}/DiffProgramVersions` as const;
  return block(
    t("Qué cambia de una versión a otra", "What differs between versions"),
    filters(
      "program",
      context,
      [
        {
          name: "other",
          label: t("Comparar con la versión", "Compare with version"),
          options: others.map((v): [string, string] => [
            lastId(v.name!),
            `${lastId(v.name!)}, ${word(v.state)}`,
          ]),
          value: String(other),
        },
      ],
      ["name"],
    ),
    ...(await filled(ownerOf(method), async () => [
      difference(await call(method, { fromVersion: from, toVersion: to }, { signal: context.signal })),
    ])),
  );
}

async function showProgram(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "",
    { signal } = context;
  const row = await one(`${SERVICE}/GetProgramVersion`, name, { signal });
  const { answer: versions = [], hole } = await attempt("education", () =>
    all(`${SERVICE}/ListProgramVersions`, { parent: familyOf(name) }, (answer) => answer.programVersions, {
      signal,
    }),
  );
  return [
    h("h1", null, titleOf(row)),
    h(
      "p",
      { class: "lead" },
      stateTag(row.state),
      " ",
      labelOf(row.organization),
      `, ${t("versión", "version")} ${lastId(name)}`,
    ),
    generated(row.recordKind),
    facts([
      [t("modalidad", "modality"), word(row.modality)],
      [t("nivel", "level"), row.level ?? ""],
      [t("carga de trabajo", "workload"), `${count(row.workloadHours)} h`],
      [t("créditos", "credits"), credits(row.creditsE4)],
      [t("publicado", "published"), moment(row.publishTime)],
    ]),
    hole, // whether it is the last one is not known then
    hole ? null : actions(row, versions, context),
    isDraft(row) && mayWrite(row)
      ? written(row, context)
      : [
          block(t("Resultados de aprendizaje", "Learning outcomes"), outcomes(row.outcomes)),
          block(
            t("Lugares", "Seats"),
            row.seats?.length
              ? table(t("Lugares por ciclo y plantel", "Seats by cycle and campus"), seatColumns(), row.seats)
              : none(t("No indica lugares.", "It states no seats.")),
          ),
        ],
    await compared(row, versions, context),
    owned("education", row.source),
  ];
}

export const program: Page = {
  path: "program",
  title: () => t("Programa", "Program"),
  group: "work",
  kinds: ["*"],
  show: showProgram,
  detail: true,
};
