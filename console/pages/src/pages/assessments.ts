// Attempts of learners, and who says how each ended: the institution, or the body that makes it.
import type { Assessment } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { several, type Option } from "../fields";
import { day, readDay, today } from "../format";
import { filters } from "../filters";
import { labelOf, lastId } from "../labels";
import { all, list } from "../list";
import { attempt, stateTag } from "../parts";
import { go, type Context, type Page } from "../router";
import { ownRecord, session, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { awardFields, awardOf } from "./awards";
import { newId } from "./bodies";

const isBody = () => session().kind === "certifier";
const STATES = ["SCHEDULED", "PASSED", "FAILED", "WITHDRAWN"];

// What was passed and is not awarded yet.
const awardButton = (row: Assessment): Node =>
  writeButton({
    button: t("Otorgar", "Award"),
    title: t("Otorgar la microcredencial", "Award the microcredential"),
    method: "puente.education.v1.AwardService/CreateAward",
    fields: awardFields(row),
    request: (v) => ({
      parent: ownRecord(),
      awardId: newId("o"),
      award: { assessment: row.name, ...awardOf(v) },
    }),
    done: () => go("awards", {}),
  });

const plansOf = (row: Assessment) =>
  all(
    "puente.education.v1.DualPlanService/ListDualPlans",
    { parent: ownRecord(), filter: `learner = "${row.learner}"` },
    (answer) => answer.dualPlans,
    { purpose: usualPurpose() },
  ).then((plans) =>
    plans
      .filter((plan) => plan.enrolment === row.enrolment)
      .map((plan): Option => [plan.name!, `${lastId(plan.name!)}, ${word(plan.state)}`]),
  );

// What was learned at a company, on which the assessment rests.
const evidenceButton = (row: Assessment, context: Context): Node =>
  writeButton({
    button: t("Plan dual", "Dual plan"),
    title: t(
      "Decir en qué planes de formación dual se apoya",
      "Say on which plans of dual education it rests",
    ),
    method: "puente.education.v1.AssessmentService/UpdateAssessment",
    before: row,
    purpose: usualPurpose(),
    fields: [
      {
        name: "plans",
        label: t("Planes", "Plans"),
        kind: "many",
        later: () => plansOf(row),
        value: row.dualPlans?.join(","),
        optional: true,
      },
    ],
    request: (v) => ({
      assessment: { name: row.name, etag: row.etag, dualPlans: several(v.plans) },
      updateMask: "dualPlans",
    }),
    done: context.refresh,
  });

function actions(row: Assessment, awarded: Set<string> | undefined, context: Context): Child {
  if (row.state === "ASSESSMENT_STATE_PASSED" && awarded && !awarded.has(row.name!)) return awardButton(row);
  if (row.state === "ASSESSMENT_STATE_SCHEDULED" && !isBody() && row.certifier)
    return evidenceButton(row, context);
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
    isBody() ? null : evidenceButton(row, context),
    say("Pass", t("Aprobó", "Passed"), t("Anotar que aprobó", "Record that it was passed")),
    say("Fail", t("No aprobó", "Failed"), t("Anotar que no aprobó", "Record that it was failed"), true),
    writeButton({
      button: t("Retirar", "Withdraw"),
      title: t("Retirar la evaluación, que no se hizo", "Withdraw the assessment, which was not taken"),
      danger: true,
      method: "puente.education.v1.AssessmentService/WithdrawAssessment",
      before: row,
      done: context.refresh,
      fields: [{ name: "reason", label: t("Motivo", "Reason"), kind: "area" }],
      request: (v) => ({ name: row.name, etag: row.etag, reason: v.reason }),
    }),
  ];
}

async function show(context: Context): Promise<Child[]> {
  const state = context.query.get("state") ?? "SCHEDULED";
  const request = isBody()
    ? { parent: "organizations/-", filter: `certifier = "${ownRecord()}" AND state = ${state}` }
    : { parent: ownRecord() };
  // Only an institution awards; what of it is not known is not offered.
  const { answer: awards, hole } = isBody()
    ? { answer: undefined, hole: undefined }
    : await attempt("education", () =>
        all(
          "puente.education.v1.AwardService/ListAwards",
          { parent: ownRecord() },
          (answer) => answer.awards,
          { purpose: usualPurpose(), signal: context.signal },
        ),
      );
  // What was revoked keeps nobody from another; what is corrected has one in its place.
  const live = awards?.filter(({ state }) => !/_(REVOKED|REPLACED)$/.test(state ?? ""));
  const awarded = live && new Set(live.map((award) => award.assessment!));
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
    hole,
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
        { head: "", kind: "actions", cell: (row) => actions(row, awarded, context) },
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
