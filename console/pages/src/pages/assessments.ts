// Attempts of learners, and who says how each ended: the institution, or the body that makes it.
import type { Assessment } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { day, readDay, today } from "../format";
import { filters } from "../filters";
import { labelOf, lastId } from "../labels";
import { list } from "../list";
import { stateTag } from "../parts";
import type { Context, Page } from "../router";
import { ownRecord, session, t, usualPurpose } from "../session";
import { writeButton } from "../write";

const isBody = () => session().kind === "certifier";
const STATES = ["SCHEDULED", "PASSED", "FAILED", "WITHDRAWN"];

function actions(row: Assessment, context: Context): Child {
  const mine = isBody() ? row.certifier === ownRecord() : !row.certifier;
  if (row.state !== "ASSESSMENT_STATE_SCHEDULED" || !mine) return null;
  const say = (verb: "Pass" | "Fail", button: string, title: string, danger = false) =>
    writeButton({
      button,
      title,
      danger,
      method: `puente.education.v1.AssessmentService/${verb}Assessment`,
      before: row,
      done: context.refresh,
      fields: [
        { name: "grade", label: t("Calificación", "Grade"), optional: true },
        { name: "day", label: t("Día del resultado", "Day of the result"), kind: "date", value: today() },
        { name: "reason", label: t("Motivo", "Reason"), kind: "area", optional: true },
      ],
      request: (v) => ({
        name: row.name,
        etag: row.etag,
        grade: v.grade,
        reason: v.reason,
        resultDate: readDay(v.day),
      }),
    });
  return [
    say("Pass", t("Aprobó", "Passed"), t("Anotar que aprobó", "Record that it was passed")),
    say("Fail", t("No aprobó", "Failed"), t("Anotar que no aprobó", "Record that it was failed"), true),
  ];
}

async function show(context: Context): Promise<Child[]> {
  const state = context.query.get("state") ?? "SCHEDULED";
  const request = isBody()
    ? { parent: "organizations/-", filter: `certifier = "${ownRecord()}" AND state = ${state}` }
    : { parent: ownRecord() };
  return [
    h("h1", null, t("Evaluaciones", "Assessments")),
    h(
      "p",
      { class: "lead" },
      t(
        "Cada intento: quién evalúa, con qué, y cómo terminó. El resultado queda.",
        "Each attempt: who evaluates, with what, and how it ended. The result stays.",
      ),
    ),
    isBody()
      ? filters("assessments", context, [
          {
            name: "state",
            label: t("Estado", "State"),
            options: STATES.map((s): [string, string] => [s, word(`ASSESSMENT_STATE_${s}`)]),
          },
        ])
      : null,
    await list({
      method: "puente.education.v1.AssessmentService/ListAssessments",
      request,
      rows: (answer) => answer.assessments,
      purpose: usualPurpose(),
      signal: context.signal,
      caption: t("Evaluaciones", "Assessments"),
      empty: t("No hay evaluaciones.", "There are no assessments."),
      columns: [
        {
          head: t("microcredencial", "microcredential"),
          kind: "head",
          cell: (row: Assessment) => labelOf(row.microcredentialVersion),
        },
        {
          head: t("estado", "state"),
          cell: (row) => [
            stateTag(row.state),
            row.stateReason ? h("span", { class: "fine block" }, row.stateReason) : null,
          ],
        },
        { head: t("día", "day"), cell: (row) => day(row.assessDate) },
        {
          head: t("estudiante", "learner"),
          cell: (row) => h("code", null, lastId(row.learner ?? "").slice(0, 8)),
        },
        {
          head: t("evalúa", "evaluator"),
          cell: (row) => [
            row.certifier ? labelOf(row.certifier) : t("la institución", "the institution"),
            h("span", { class: "fine block" }, `${row.evaluator ?? ""}, ${word(row.supervision)}`),
          ],
        },
        {
          head: t("calificación", "grade"),
          kind: "number",
          cell: (row) => row.grade || h("span", { class: "mark none" }, "–"),
        },
        { head: "", kind: "actions", cell: (row) => actions(row, context) },
      ],
    }),
  ];
}

export const assessments: Page = {
  path: "assessments",
  title: () => t("Evaluaciones", "Assessments"),
  group: "work",
  kinds: ["organization", "certifier"],
  show,
};
