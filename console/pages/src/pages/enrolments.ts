// Who learns what: learners are enrolled, their assessments are scheduled, and how each enrolment ended is said.
import type { Enrolment } from "../contract";
import { h, type Child } from "../dom";
import { wordsOf } from "../enums";
import type { Option } from "../fields";
import { day, readDay, today } from "../format";
import { labelOf, lastId } from "../labels";
import { all, list } from "../list";
import { stateTag, type Column } from "../parts";
import { go, link, type Context, type Page } from "../router";
import { ownRecord, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { allBodies, newId } from "./bodies";
import { byTitle, versionSearch } from "./choosing";
import { draftPlanButton } from "./dualplan";
import { campusesOf } from "./program";
import { titleOf } from "./programs";

const SERVICE = "puente.education.v1.EnrolmentService";

const ownPrograms = () =>
  all(
    "puente.education.v1.ProgramService/ListProgramVersions",
    { parent: "programs/-", filter: `organization = "${ownRecord()}"` },
    (answer) => answer.programVersions,
  ).then((rows) => [
    ...new Map(rows.map((v): Option => [v.name!.replace(/\/versions\/.*/, ""), titleOf(v)])),
  ]);

export const enrolButton = (learner: string, context: Context): Node =>
  writeButton({
    button: t("Inscribir", "Enrol"),
    title: t("Inscribir en una microcredencial", "Enrol in a microcredential"),
    method: `${SERVICE}/CreateEnrolment`,
    fields: [
      {
        name: "version",
        label: t("Microcredencial", "Microcredential"),
        kind: "select",
        options: [["", t("Elija una", "Choose one")]],
        search: versionSearch,
        hint: byTitle(),
      },
      { name: "from", label: t("Desde", "From"), kind: "date", value: today() },
      {
        name: "program",
        label: t("Como parte del programa", "As part of the program"),
        kind: "select",
        options: [["", t("Por sí sola", "By itself")]],
        later: ownPrograms,
        optional: true,
      },
      {
        name: "campus",
        label: t("Plantel", "Campus"),
        kind: "select",
        options: [["", "–"]],
        later: () => campusesOf(ownRecord()),
        optional: true,
        hint: t("Hace falta con un programa.", "Needed with a program."),
      },
    ],
    request: (v) => ({
      parent: ownRecord(),
      enrolmentId: newId("i"),
      enrolment: {
        learner,
        microcredentialVersion: v.version,
        program: v.program,
        campus: v.campus,
        beginDate: readDay(v.from),
      },
    }),
    done: context.refresh,
  });

const scheduleButton = (row: Enrolment): Node =>
  writeButton({
    button: t("Evaluar", "Assess"),
    title: t("Programar una evaluación", "Schedule an assessment"),
    method: "puente.education.v1.AssessmentService/CreateAssessment",
    purpose: usualPurpose(),
    fields: [
      {
        name: "certifier",
        label: t("Quién la hace", "Who makes it"),
        kind: "select",
        options: [["", t("La institución", "The institution")]],
        later: allBodies,
        optional: true,
        hint: t(
          "Si la hace un organismo, él da el resultado.",
          "If a body makes it, the body states the result.",
        ),
      },
      { name: "day", label: t("Día", "Day"), kind: "date", value: today() },
      { name: "attempt", label: t("Intento", "Attempt"), kind: "number", value: "1" },
      {
        name: "evaluator",
        label: t("Quien evalúa", "Evaluator"),
        hint: t("Por su clave, no por su nombre.", "By a key, not by name."),
      },
      { name: "instrument", label: t("Con qué se evalúa", "What it is assessed with") },
      {
        name: "supervision",
        label: t("Supervisión", "Supervision"),
        kind: "select",
        options: wordsOf("SUPERVISION", ["IN_PERSON", "REMOTE", "NONE"]),
      },
      {
        name: "identity",
        label: t("Cómo se comprueba quién es", "How identity is checked"),
        kind: "select",
        options: wordsOf("IDENTITY_CHECK", ["DOCUMENT", "KNOWN", "BIOMETRIC", "NONE"]),
      },
      { name: "centre", label: t("Centro", "Centre"), optional: true },
    ],
    request: (v) => ({
      parent: ownRecord(),
      assessmentId: newId("e"),
      assessment: {
        enrolment: row.name,
        certifier: v.certifier,
        assessDate: readDay(v.day),
        attempt: Number(v.attempt),
        evaluator: v.evaluator,
        instrument: v.instrument,
        supervision: v.supervision,
        identityCheck: v.identity,
        centre: v.centre,
      },
    }),
    done: () => go("assessments", {}),
  });

function actions(row: Enrolment, context: Context): Child {
  if (row.state !== "ENROLMENT_STATE_ENROLLED") return null;
  const said = { name: row.name, etag: row.etag };
  const base = { before: row, done: context.refresh };
  const last = {
    name: "day",
    label: t("Último día", "Last day"),
    kind: "date" as const,
    value: today(),
  };
  return [
    scheduleButton(row),
    draftPlanButton(row),
    writeButton({
      ...base,
      button: t("Concluyó", "Completed"),
      title: t("Anotar que la inscripción concluyó", "Record that the enrolment is completed"),
      method: `${SERVICE}/CompleteEnrolment`,
      fields: [last],
      request: (v) => ({ ...said, endDate: readDay(v.day) }),
    }),
    writeButton({
      ...base,
      danger: true,
      button: t("Retirar", "Withdraw"),
      title: t("Retirar la inscripción", "Withdraw the enrolment"),
      method: `${SERVICE}/WithdrawEnrolment`,
      fields: [last, { name: "reason", label: t("Motivo", "Reason"), kind: "area", optional: true }],
      request: (v) => ({ ...said, endDate: readDay(v.day), reason: v.reason }),
    }),
  ];
}

const columns = (context: Context): Column<Enrolment>[] => [
  {
    head: t("microcredencial", "microcredential"),
    kind: "head",
    cell: (row) => labelOf(row.microcredentialVersion),
  },
  {
    head: t("estado", "state"),
    cell: (row) => [
      stateTag(row.state),
      row.stateReason ? h("span", { class: "fine block" }, row.stateReason) : null,
    ],
  },
  {
    head: t("estudiante", "learner"),
    cell: (row) =>
      h(
        "a",
        { href: link("learner", { name: row.learner }) },
        h("code", null, lastId(row.learner ?? "").slice(0, 8)),
      ),
  },
  { head: t("desde", "from"), cell: (row) => day(row.beginDate) },
  { head: t("hasta", "until"), cell: (row) => day(row.endDate) || "–" },
  { head: "", kind: "actions", cell: (row) => actions(row, context) },
];

// All of a school, or those of one learner.
export const enrolmentList = (context: Context, learner = ""): Promise<Child[]> =>
  list({
    method: `${SERVICE}/ListEnrolments`,
    request: { parent: ownRecord(), filter: learner ? `learner = "${learner}"` : "" },
    rows: (answer) => answer.enrolments,
    purpose: usualPurpose(),
    signal: context.signal,
    caption: t("Inscripciones", "Enrolments"),
    empty: t("No hay inscripciones.", "There are no enrolments."),
    columns: columns(context),
  });

export const enrolments: Page = {
  path: "enrolments",
  title: () => t("Inscripciones", "Enrolments"),
  group: "work",
  kinds: ["organization"],
  show: async (context) => [
    h("h1", null, t("Inscripciones", "Enrolments")),
    h(
      "p",
      { class: "lead" },
      t(
        "Quién aprende qué. A cada persona se la inscribe desde su página, o a muchas con un archivo.",
        "Who learns what. Each person is enrolled from their page, or many by a file.",
      ),
    ),
    ...(await enrolmentList(context)),
  ],
};
