// A version of a microcredential: what it certifies, how it is drafted and held against the country's profile, who
// certifies it, and how it is submitted to a body.
import { call } from "../call";
import { fieldLabel } from "../changes";
import type { Departure, LearningOutcome, MicrocredentialVersion } from "../contract";
import { h, type Child } from "../dom";
import { word, wordsOf } from "../enums";
import { several, type Field, type Option } from "../fields";
import { filters, sectorTables } from "../filters";
import { count, credits, day, dayText, moment, readDay, today } from "../format";
import { labelOf, labelsOf, lastId, stateNames } from "../labels";
import { all, one } from "../list";
import { attempt, block, facts, filled, generated, none, owned, stateTag, table } from "../parts";
import { go, type Context, type Page } from "../router";
import { either, ownRecord, session, t } from "../session";
import { maskOf, writeButton } from "../write";
import { newId } from "./bodies";
import { byKey, byTitle, recordSearch, standardSearch, versionSearch } from "./choosing";
import {
  creditRuleField,
  entries,
  familyOf,
  keyField,
  numberOf,
  ofDrafts,
  outcomeColumns,
  outcomeFields,
  outcomeOf,
  outcomeTitles,
  recordFields,
  recordOf,
  slug,
} from "./drafting";
import { outcomes } from "./evidence";
import { titleOf } from "./programs";

const SERVICE = "puente.education.v1.MicrocredentialService";
const CREATE = `${SERVICE}/CreateMicrocredentialVersion` as const;
const UPDATE = `${SERVICE}/UpdateMicrocredentialVersion` as const;

const isMinistry = () => session().caller === "agency/education";
const isDraft = (row: MicrocredentialVersion) => row.state === "MICROCREDENTIAL_STATE_DRAFT";
const toPage = (row: MicrocredentialVersion) => go("version", { name: row.name });

const dataFields = (row?: MicrocredentialVersion): Field[] => [
  { name: "es", label: t("Título en español", "Title in Spanish"), value: row?.titleEs },
  { name: "en", label: t("Título en inglés", "Title in English"), value: row?.titleEn, optional: true },
  { name: "body", label: t("Entidad que otorga", "Awarding body"), value: row?.awardingBody },
  {
    name: "workload",
    label: t("Carga de trabajo, en horas", "Workload, in hours"),
    kind: "number",
    value: String(row?.workloadHours ?? ""),
    hint: t("Sin la de sus partes.", "Without that of its parts."),
  },
  { ...creditRuleField(row?.creditRule), options: [["", t("Sin créditos", "Without credits")]] },
  {
    name: "level",
    label: t("Nivel", "Level"),
    value: row?.level,
    optional: true,
    hint: t("Por ejemplo mnc:4 o conocer:2", "Such as mnc:4 or conocer:2"),
  },
  {
    name: "assessment",
    label: t("Evaluación", "Assessment"),
    kind: "select",
    options: wordsOf("ASSESSMENT_TYPE", ["EXAMINATION", "PERFORMANCE", "PORTFOLIO", "PROJECT"]),
    value: row?.assessmentType,
  },
  {
    name: "form",
    label: t("Participación", "Participation"),
    kind: "select",
    options: wordsOf("PARTICIPATION_FORM", ["ON_SITE", "ONLINE", "BLENDED", "WORK_BASED"]),
    value: row?.participationForm,
  },
  {
    name: "quality",
    label: t("Aseguramiento de calidad", "Quality assurance"),
    value: row?.qualityAssurance,
    hint: t(
      "Un estándar, como conocer:EC0217.01, o un proceso.",
      "A standard, such as conocer:EC0217.01, or a process.",
    ),
  },
  {
    name: "standards",
    label: t("Estándares de competencia con que se evalúa", "Competence standards that it is assessed by"),
    kind: "many",
    search: standardSearch,
    value: row?.competenceStandards?.join(","),
    optional: true,
    hint: t(
      "Por su clave, como EC0217, o el comienzo del título.",
      "By code, such as EC0217, or the beginning of the title.",
    ),
  },
  {
    name: "parts",
    label: t("De qué versiones consta", "Versions that it consists of"),
    kind: "many",
    search: versionSearch,
    hint: byTitle(),
    value: row?.parts?.join(","),
    optional: true,
  },
  {
    name: "before",
    label: t("Cuáles hacen falta antes", "Versions that are needed before"),
    kind: "many",
    search: versionSearch,
    hint: byTitle(),
    value: row?.prerequisites?.join(","),
    optional: true,
  },
  {
    name: "sector",
    label: t("Mesa sectorial", "Sector table"),
    kind: "select",
    options: [["", t("De todos los sectores", "Of all sectors")]],
    later: sectorTables,
    value: row?.sectorTable,
    optional: true,
  },
  {
    name: "day",
    label: t("Día de la definición", "Day of the definition"),
    kind: "date",
    value: row ? dayText(row.issueDate) : today(),
  },
  {
    name: "review",
    label: t("Se revisa el", "Reviewed on"),
    kind: "date",
    value: dayText(row?.reviewDate),
    optional: true,
  },
];
const dataOf = (v: Record<string, string>): MicrocredentialVersion => ({
  titleEs: v.es,
  titleEn: v.en,
  awardingBody: v.body,
  workloadHours: Number(v.workload),
  creditRule: v.rule,
  level: v.level,
  assessmentType: v.assessment,
  participationForm: v.form,
  qualityAssurance: v.quality,
  competenceStandards: several(v.standards),
  parts: several(v.parts),
  prerequisites: several(v.before),
  sectorTable: v.sector,
  issueDate: readDay(v.day),
  reviewDate: readDay(v.review),
});

// The ministry's first version of one, of a school or for the whole country.
export const draftVersion = (): Node =>
  writeButton({
    button: t("Redactar una microcredencial", "Draft a microcredential"),
    title: t("Redactar una microcredencial", "Draft a microcredential"),
    method: CREATE,
    fields: [
      {
        name: "organization",
        label: t("De quién es", "Whose it is"),
        kind: "select",
        options: [["", t("De todo el país", "Of the whole country")]],
        search: recordSearch("organization"),
        hint: byKey(),
        optional: true,
      },
      {
        ...keyField(
          t(
            "Con la que la nombran los registros, para siempre. Sin ella se forma del título.",
            "By which registers name it, for good. Without one it is made of the title.",
          ),
        ),
        optional: true,
      },
      ...dataFields(),
      ...outcomeFields(),
      ...recordFields("sep"),
    ],
    request: (v) => ({
      parent: `microcredentials/${v.key || newId(slug(v.es))}`,
      microcredentialVersionId: "1",
      microcredentialVersion: {
        ...dataOf(v),
        organization: v.organization,
        countryCode: "MX",
        outcomes: [outcomeOf(v)],
        ...recordOf(v),
      },
    }),
    done: toPage,
  });

function draftActions(
  row: MicrocredentialVersion,
  versions: MicrocredentialVersion[],
  context: Context,
): Child {
  if (!isMinistry()) return null;
  const said = { name: row.name, etag: row.etag };
  const base = { before: row, done: context.refresh };
  const next = Math.max(...versions.map(numberOf)) + 1;
  const isLast = numberOf(row) === next - 1;
  return h(
    "div",
    { class: "buttons" },
    isDraft(row)
      ? [
          writeButton({
            ...base,
            ...ofDrafts.publish(),
            method: `${SERVICE}/PublishMicrocredentialVersion`,
            request: () => said,
          }),
          writeButton({
            ...base,
            ...ofDrafts.change(),
            method: UPDATE,
            fields: dataFields(row),
            request: (v) => {
              const data = dataOf(v);
              return { microcredentialVersion: { ...said, ...data }, updateMask: maskOf(data) };
            },
          }),
          isLast
            ? writeButton({
                ...base,
                ...ofDrafts.remove(),
                method: `${SERVICE}/DeleteMicrocredentialVersion`,
                request: () => said,
                done: () => go("programs", {}),
              })
            : null,
        ]
      : [
          writeButton({
            ...base,
            button: t("Fijar la revisión", "Set the review"),
            title: t("Fijar el día de la próxima revisión", "Set the day of the next review"),
            method: `${SERVICE}/ReviewMicrocredentialVersion`,
            fields: [
              {
                name: "day",
                label: t("Se revisa el", "Reviewed on"),
                kind: "date",
                value: dayText(row.reviewDate),
                optional: true,
              },
            ],
            request: (v) => ({ ...said, reviewDate: readDay(v.day) }),
          }),
          isLast
            ? writeButton({
                ...ofDrafts.next(next),
                method: CREATE,
                request: () => ({
                  parent: familyOf(row.name!),
                  microcredentialVersionId: String(next),
                  microcredentialVersion: {
                    organization: row.organization,
                    titleEs: row.titleEs,
                    titleEn: row.titleEn,
                    countryCode: row.countryCode,
                    awardingBody: row.awardingBody,
                    outcomes: row.outcomes,
                    workloadHours: row.workloadHours,
                    parts: row.parts,
                    prerequisites: row.prerequisites,
                    creditRule: row.creditRule,
                    level: row.level,
                    assessmentType: row.assessmentType,
                    participationForm: row.participationForm,
                    qualityAssurance: row.qualityAssurance,
                    competenceStandards: row.competenceStandards,
                    sectorTable: row.sectorTable,
                    source: row.source,
                    recordKind: row.recordKind,
                    issueDate: readDay(today()),
                  },
                }),
                done: toPage,
              })
            : null,
        ],
  );
}

// "outcomes[2].hours" → "resultado 3 › horas".
const placeOf = (path: string) =>
  path
    .split(".")
    .map((part) => {
      const [, name, at] = /^(\w+)(?:\[(\d+)\])?$/.exec(part) ?? ["", part];
      return at === undefined ? fieldLabel(name) : `${fieldLabel(name)} ${Number(at) + 1}`;
    })
    .join(" › ");

const PROFILE = "puente.education.v1.NationalProfileService";

// What the country asks of microcredentials: each departure beside what to do about it.
async function profileCheck(row: MicrocredentialVersion, context: Context): Promise<Child> {
  const { signal } = context;
  return block(
    t("Frente al perfil nacional", "Against the national profile"),
    await filled("education", async () => {
      const profiles = await all(`${PROFILE}/ListNationalProfiles`, {}, (answer) => answer.nationalProfiles, {
        signal,
      });
      if (!profiles.length) return [none(t("No hay perfil nacional.", "There is no national profile."))];
      const chosen = context.query.get("profile") || profiles[profiles.length - 1].name!;
      const report = await call(
        `${PROFILE}/CheckProfile`,
        { microcredentialVersion: row.name, nationalProfile: chosen },
        { signal },
      );
      return [
        profiles.length > 1
          ? filters(
              "version",
              context,
              [
                {
                  name: "profile",
                  label: t("Perfil", "Profile"),
                  options: profiles.map((p): Option => [p.name!, either(p.labelEs, p.labelEn)]),
                  value: chosen,
                },
              ],
              ["name"],
            )
          : h("p", { class: "fine" }, either(profiles[0].labelEs, profiles[0].labelEn)),
        report.conforms
          ? h("p", null, h("span", { class: "tag good" }, t("cumple el perfil", "as the profile asks")))
          : table(
              t("En qué se aparta, y qué hacer", "Where it departs, and what to do"),
              [
                { head: t("dónde", "where"), kind: "head", cell: (d: Departure) => placeOf(d.field ?? "") },
                {
                  head: t("tiene", "has"),
                  cell: (d) =>
                    d.value
                      ? h("code", null, d.value)
                      : h("span", { class: "mark none" }, t("nada", "nothing")),
                },
                { head: t("qué hacer", "what to do"), cell: (d) => d.remedy ?? "" },
              ],
              report.departures ?? [],
            ),
      ];
    }),
  );
}

async function submitButton(row: MicrocredentialVersion, context: Context): Promise<Child> {
  const name = row.name!;
  if (row.organization !== ownRecord() || row.state !== "MICROCREDENTIAL_STATE_PUBLISHED") return null;
  const { answer: bodies = [], hole } = await attempt("gateway", () =>
    all("puente.gateway.v1.CertifierService/ListCertifiers", {}, (answer) => answer.certifiers, {
      signal: context.signal,
    }),
  );
  if (hole) return hole;
  if (!bodies.length) return null;
  return h(
    "div",
    { class: "buttons" },
    writeButton({
      button: t("Presentar a un organismo", "Submit to a body"),
      title: t("Presentar a un organismo certificador", "Submit to a certification body"),
      method: "puente.gateway.v1.SubmissionService/CreateSubmission",
      done: (submission) => go("submission", { name: submission.name }),
      fields: [
        {
          name: "body",
          label: t("Organismo", "Body"),
          kind: "select",
          options: bodies.map((b): Option => [b.name!, either(b.labelEs, b.labelEn)]),
        },
        { name: "note", label: t("Nota", "Note"), kind: "area", optional: true },
      ],
      request: (v) => ({
        parent: v.body,
        submissionId: newId(name.split("/")[1].slice(0, 40)),
        submission: { organization: ownRecord(), microcredentialVersion: name, note: v.note },
      }),
    }),
  );
}

async function showVersion(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "",
    { signal } = context;
  const row = await one(`${SERVICE}/GetMicrocredentialVersion`, name, { signal });
  const drafting = isMinistry() && isDraft(row);
  const { answer: versions = [], hole } = await attempt("education", () =>
    all(
      `${SERVICE}/ListMicrocredentialVersions`,
      { parent: familyOf(name) },
      (answer) => answer.microcredentialVersions,
      { signal },
    ),
  );
  return [
    h("h1", null, titleOf(row)),
    h(
      "p",
      { class: "lead" },
      stateTag(row.state),
      " ",
      row.awardingBody ?? "",
      `, ${t("versión", "version")} ${lastId(name)}`,
    ),
    generated(row.recordKind),
    facts([
      [t("carga de trabajo", "workload"), `${count(row.totalHours || row.workloadHours)} h`],
      [t("créditos", "credits"), credits(row.creditsE4)],
      [t("nivel", "level"), row.level || t("no aplica", "not applicable")],
      [t("evaluación", "assessment"), word(row.assessmentType)],
      [t("participación", "participation"), word(row.participationForm)],
      [t("sector", "sector"), row.sectorTable ? labelOf(row.sectorTable) : ""],
      [
        t("estándares de competencia", "competence standards"),
        row.competenceStandards?.length ? labelsOf(row.competenceStandards) : "",
      ],
      [t("consta de", "consists of"), row.parts?.length ? labelsOf(row.parts) : ""],
      [t("antes hace falta", "needed before"), row.prerequisites?.length ? labelsOf(row.prerequisites) : ""],
      [t("se revisa el", "reviewed on"), day(row.reviewDate)],
      [t("publicada", "published"), moment(row.publishTime)],
      [t("aseguramiento de calidad", "quality assurance"), row.qualityAssurance ?? ""],
    ]),
    hole, // whether it is the last one is not known then
    hole ? null : draftActions(row, versions, context),
    await submitButton(row, context),
    block(
      t("Resultados de aprendizaje", "Learning outcomes"),
      drafting
        ? entries<LearningOutcome, typeof UPDATE>({
            caption: t("Resultados del borrador", "The draft's outcomes"),
            empty: t("No los indica.", "It states none."),
            rows: row.outcomes ?? [],
            columns: outcomeColumns<LearningOutcome>(),
            titles: outcomeTitles(),
            fields: (o) => outcomeFields(o),
            entry: (v, o) => ({ ...o, ...outcomeOf(v) }),
            write: (rows) => ({
              method: UPDATE,
              before: row,
              done: context.refresh,
              request: {
                microcredentialVersion: { name, etag: row.etag, outcomes: rows },
                updateMask: "outcomes",
              },
            }),
            least: 1,
          })
        : outcomes(row.outcomes),
    ),
    await profileCheck(row, context),
    isDraft(row)
      ? null
      : block(
          t("Certificaciones", "Certifications"),
          await filled("education", async () => {
            const method = "puente.education.v1.CertificationService/GetCertificationStatus";
            const status = await call(method, { microcredentialVersion: name }, { signal });
            return [
              h(
                "p",
                null,
                status.certified
                  ? h("span", { class: "tag good" }, t("certificada hoy", "certified today"))
                  : h("span", { class: "tag bad" }, t("sin certificación hoy", "not certified today")),
              ),
              status.certifications?.length
                ? table(
                    t("Certificaciones", "Certifications"),
                    [
                      { head: t("organismo", "body"), kind: "head", cell: (c) => labelOf(c.certifier) },
                      { head: t("desde", "from"), cell: (c) => day(c.startDate) },
                      { head: t("hasta", "until"), cell: (c) => day(c.endDate) },
                      {
                        head: t("dónde", "where"),
                        cell: (c) => stateNames(c.stateCodes) || t("todo el país", "whole country"),
                      },
                      { head: t("condiciones", "conditions"), cell: (c) => c.conditions || "–" },
                    ],
                    status.certifications,
                  )
                : null,
            ];
          }),
        ),
    owned("education", row.source),
  ];
}

export const version: Page = {
  path: "version",
  title: () => t("Microcredencial", "Microcredential"),
  group: "work",
  kinds: ["*"],
  show: showVersion,
  detail: true,
};
