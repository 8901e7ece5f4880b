// What a school writes of dual education: agreements that it proposes, plans that it drafts for a learner, and how
// the learner confirms one; and what the company says of outcomes.
import { changes } from "../changes";
import type { DualCode, DualOutcome, DualPlan, Enrolment } from "../contract";
import { append, h, type Child } from "../dom";
import { word, wordsOf } from "../enums";
import type { Field, Option } from "../fields";
import { count, minutes, moment, period, pesos, readDay, today } from "../format";
import { learned } from "../labels";
import { all } from "../list";
import { block } from "../parts";
import { go, type Context } from "../router";
import { ownRecord, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";
import { byKey, recordSearch } from "./choosing";
import { entries } from "./drafting";
import { isCompany } from "./places";

const AGREEMENTS = "puente.education.v1.DualAgreementService";
const PLANS = "puente.education.v1.DualPlanService";
const UPDATE = `${PLANS}/UpdateDualPlan` as const;

export const side = () => (isCompany() ? "DUAL_PARTY_COMPANY" : "DUAL_PARTY_ORGANIZATION");

const hoursField = (value = "40"): Field => ({
  name: "hours",
  label: t("Horas por semana, a lo más 48", "Hours a week, at most 48"),
  kind: "number",
  value,
});
const days = (until: number): Field[] => [
  { name: "from", label: t("Desde", "From"), kind: "date", value: today() },
  { name: "until", label: t("Hasta", "Until"), kind: "date", value: today(until) },
];

export const proposeAgreement = (context: Context): Node =>
  h(
    "div",
    { class: "buttons" },
    writeButton({
      button: t("Proponer un convenio", "Propose an agreement"),
      title: t("Proponer un convenio de formación dual", "Propose an agreement on dual education"),
      method: `${AGREEMENTS}/ProposeDualAgreement`,
      fields: [
        {
          name: "company",
          label: t("Empresa", "Company"),
          kind: "select",
          options: [["", t("Elija una", "Choose one")]],
          search: recordSearch("company"),
          hint: byKey(),
        },
        ...days(365),
        hoursField(),
        {
          name: "support",
          label: t("Apoyo al mes, en pesos", "Support a month, in MXN"),
          kind: "number",
          optional: true,
        },
        {
          name: "insurance",
          label: t("Quién asegura", "Who insures"),
          kind: "select",
          options: wordsOf("DUAL_INSURANCE", ["IMSS", "COMPANY", "ORGANIZATION"]),
        },
        {
          name: "policy",
          label: t("Número de la póliza o del registro", "Number of the policy or register"),
        },
        { name: "insured", label: t("Asegurado hasta", "Insured until"), kind: "date", value: today(365) },
      ],
      request: (v) => ({
        dualAgreement: {
          organization: ownRecord(),
          company: v.company,
          beginDate: readDay(v.from),
          endDate: readDay(v.until),
          weeklyHoursMost: Number(v.hours),
          ...(Number(v.support) ? { supportMonthly: pesos(Number(v.support)) } : {}),
          insurance: v.insurance,
          insurancePolicy: v.policy,
          insuranceEndDate: readDay(v.insured),
        },
      }),
      done: context.refresh,
    }),
  );

// Agreements in force, by company and days.
async function ownAgreements(): Promise<Option[]> {
  const rows = await all(
    `${AGREEMENTS}/ListDualAgreements`,
    { filter: `organization = "${ownRecord()}" AND state = IN_FORCE` },
    (answer) => answer.dualAgreements,
    { purpose: usualPurpose() },
  );
  const labels = new Map(await learned([...new Set(rows.map((row) => row.company!))]));
  return rows.map((row): Option => [
    row.name!,
    `${labels.get(row.company!)}, ${period(row.beginDate, row.endDate)}`,
  ]);
}

// Where the learner has a seat.
async function placesOf(learner: string): Promise<Option[]> {
  const rows = await all(
    "puente.economy.v1.PlaceReservationService/ListPlaceReservations",
    { filter: `organization = "${ownRecord()}" AND learner = "${learner}"` },
    (answer) => answer.placeReservations,
    { purpose: usualPurpose() },
  );
  const taken = ["HELD", "CONFIRMED", "STARTED"].map((state) => `PLACE_RESERVATION_STATE_${state}`);
  const own = rows.filter((row) => taken.includes(row.state!));
  return learned([...new Set(own.map((row) => row.trainingPlace!))]);
}

const outcomeFields = (row?: DualOutcome): Field[] => [
  {
    name: "outcome",
    label: t(
      "Resultado, por su número en la microcredencial",
      "Outcome, by its number in the microcredential",
    ),
    kind: "number",
    value: String(row?.outcome ?? 1),
  },
  {
    name: "planned",
    label: t("Horas previstas", "Planned hours"),
    kind: "number",
    value: row ? String(Number(row.plannedMinutes) / 60) : "",
  },
  {
    name: "place",
    label: t("Dónde se aprende", "Where it is learned"),
    kind: "select",
    options: wordsOf("DUAL_PLACE_AT", ["COMPANY", "SCHOOL"]),
    value: row?.place,
  },
];
const outcomeOf = (v: Record<string, string>): DualOutcome => ({
  outcome: Number(v.outcome),
  plannedMinutes: Math.round(Number(v.planned) * 60),
  place: v.place,
});

export const draftPlanButton = (row: Enrolment): Node =>
  writeButton({
    button: t("Plan dual", "Dual plan"),
    title: t("Redactar un plan de formación dual", "Draft a plan of dual education"),
    method: `${PLANS}/DraftDualPlan`,
    purpose: usualPurpose(),
    fields: [
      {
        name: "agreement",
        label: t("Convenio", "Agreement"),
        kind: "select",
        options: [["", t("Elija uno", "Choose one")]],
        later: ownAgreements,
      },
      {
        name: "training",
        label: t("Plaza en la que tiene lugar apartado", "Place at which there is a seat"),
        kind: "select",
        options: [["", t("Elija una", "Choose one")]],
        later: () => placesOf(row.learner!),
      },
      {
        name: "tutor",
        label: t("Tutoría, en la escuela", "Tutor, at school"),
        hint: t("Por su clave, no por su nombre.", "By a key, not by name."),
      },
      {
        name: "instructor",
        label: t("Instrucción, en la empresa", "Instructor, at the company"),
        hint: t("Por su clave, no por su nombre.", "By a key, not by name."),
      },
      ...days(60),
      hoursField(),
      ...outcomeFields(),
      {
        name: "guardian",
        label: t("Consentimiento de madre, padre o tutor", "Consent of a parent or guardian"),
        kind: "select",
        options: wordsOf("DUAL_GUARDIAN_CONSENT", ["NOT_NEEDED", "ON_PAPER"]),
      },
      {
        name: "consented",
        label: t("Día del consentimiento", "Day of the consent"),
        kind: "date",
        optional: true,
      },
    ],
    request: (v) => ({
      parent: ownRecord(),
      dualPlanId: newId("p"),
      dualPlan: {
        learner: row.learner,
        enrolment: row.name,
        dualAgreement: v.agreement,
        trainingPlace: v.training,
        tutor: v.tutor,
        instructor: v.instructor,
        beginDate: readDay(v.from),
        endDate: readDay(v.until),
        weeklyHours: Number(v.hours),
        outcomes: [outcomeOf(v)],
        guardianConsent: v.guardian,
        guardianConsentDate: readDay(v.consented),
      },
    }),
    done: (plan) => go("plan", { name: plan.name }),
  });

// The outcomes of a draft, one by one.
export const draftedOutcomes = (plan: DualPlan, context: Context): Child =>
  entries<DualOutcome, typeof UPDATE>({
    caption: t("Resultados del borrador", "The draft's outcomes"),
    empty: t("No los indica.", "It states none."),
    rows: plan.outcomes ?? [],
    columns: [
      { head: t("núm.", "no."), kind: "head", cell: (o) => count(o.outcome) },
      { head: t("dónde", "where"), cell: (o) => word(o.place) },
      { head: t("previstas", "planned"), kind: "number", cell: (o) => minutes(o.plannedMinutes) },
    ],
    titles: {
      add: t("Añadir un resultado", "Add an outcome"),
      change: t("Cambiar el resultado", "Change the outcome"),
      remove: t("Quitar el resultado", "Remove the outcome"),
    },
    fields: outcomeFields,
    entry: outcomeOf,
    write: (outcomes) => ({
      method: UPDATE,
      before: plan,
      done: context.refresh,
      request: { dualPlan: { name: plan.name, etag: plan.etag, outcomes }, updateMask: "outcomes" },
    }),
    least: 1,
  });

// The learner has no account: a code that is told here once is handed over, and said back. Each code changes the
// plan, which stays on the page as it was: so neither names its etag.
export function confirmation(plan: DualPlan, context: Context): Child {
  const box = h("div", { "aria-live": "polite" });
  const tell = (answer: DualCode) => {
    box.replaceChildren();
    append(box, [
      answer.code
        ? h(
            "p",
            null,
            t("Código, que solo se dice aquí y ahora: ", "Code, which is told here and now alone: "),
            h("code", null, answer.code),
            `, ${t("vale hasta", "good until")} ${moment(answer.expireTime)}. `,
            t(
              "Entréguelo a la persona, que antes lee el plan.",
              "Hand it to the learner alone, who reads the plan first.",
            ),
          )
        : h(
            "p",
            null,
            t(
              "El código ya se dijo. Pida otro: reemplaza al anterior.",
              "The code was told already. Ask for another, which takes its place.",
            ),
          ),
    ]);
  };
  return [
    h(
      "div",
      { class: "buttons" },
      writeButton({
        button: t("Código para la persona", "Code for the learner"),
        title: t("Hacer un código para que la persona confirme", "Make a code for the learner to confirm"),
        method: `${PLANS}/IssueDualCode`,
        purpose: "placement",
        preview: t(
          "Se hará un código nuevo; el anterior, si lo hay, deja de valer.",
          "A new code will be made; the one before, if any, is no longer good.",
        ),
        request: () => ({ name: plan.name }),
        done: tell,
      }),
      writeButton({
        button: t("La persona confirmó", "The learner has confirmed"),
        title: t("Anotar que la persona confirmó el plan", "Record that the learner has confirmed the plan"),
        method: `${PLANS}/ConfirmDualPlan`,
        before: plan,
        fields: [
          {
            name: "how",
            label: t("Cómo", "How"),
            kind: "select",
            options: wordsOf("DUAL_CONFIRMATION", ["CODE", "PAPER"]),
          },
          {
            name: "code",
            label: t("Código", "Code"),
            optional: true,
            hint: t(
              "El que dice la persona; no hace falta en papel.",
              "What the learner says; not needed on paper.",
            ),
          },
        ],
        request: (v) => ({ name: plan.name, confirmation: v.how, code: v.code.toUpperCase() }),
        done: context.refresh,
      }),
    ),
    box,
  ];
}

// Whether an outcome is achieved says the company.
export const judgeButton = (plan: DualPlan, outcome: number | undefined, context: Context): Node =>
  writeButton({
    button: t("Juzgar", "Judge"),
    title: t(`Decir si se logró el resultado ${outcome}`, `Say whether outcome ${outcome} is achieved`),
    method: `${PLANS}/JudgeOutcome`,
    before: plan,
    fields: [
      {
        name: "result",
        label: t("Juicio", "Judgement"),
        kind: "select",
        options: wordsOf("DUAL_RESULT", ["ACHIEVED", "NOT_YET"]),
      },
      { name: "day", label: t("Día", "Day"), kind: "date", value: today() },
    ],
    request: (v) => ({
      name: plan.name,
      etag: plan.etag,
      outcome,
      result: v.result,
      judgeDate: readDay(v.day),
    }),
    done: context.refresh,
  });

// What either side may do with a plan while it goes on: pause it, have it go on, end it.
export function courseButtons(plan: DualPlan, context: Context): Child {
  const is = (...states: string[]) => states.some((state) => plan.state === `DUAL_PLAN_STATE_${state}`);
  const common = { before: plan, done: context.refresh };
  const name = { name: plan.name, etag: plan.etag };
  const cause = (of: string, causes: string[]): Field => ({
    name: "cause",
    label: t("Causa", "Cause"),
    kind: "select",
    options: wordsOf(of, causes),
  });
  return h(
    "div",
    { class: "buttons" },
    is("RUNNING")
      ? writeButton({
          ...common,
          button: t("Pausar", "Pause"),
          title: t("Pausar el plan desde hoy", "Pause the plan from today"),
          method: `${PLANS}/PauseDualPlan`,
          fields: [
            cause("DUAL_PAUSE_CAUSE", ["LEARNER", "SCHOOL", "COMPANY", "OTHER"]),
            { name: "until", label: t("Hasta", "Until"), kind: "date", value: today(7) },
          ],
          request: (v) => ({ ...name, pause: { cause: v.cause, untilDate: readDay(v.until) } }),
        })
      : null,
    is("PAUSED")
      ? writeButton({
          ...common,
          button: t("Reanudar", "Resume"),
          title: t("Reanudar el plan", "Resume the plan"),
          method: `${PLANS}/ResumeDualPlan`,
          request: () => name,
        })
      : null,
    is("DRAFT", "AGREED", "RUNNING", "PAUSED")
      ? writeButton({
          ...common,
          danger: true,
          button: t("Terminar el plan", "End the plan"),
          title: t("Terminar el plan antes de su último día", "End the plan before its last day"),
          method: `${PLANS}/EndDualPlan`,
          fields: [
            cause("DUAL_END_CAUSE", [
              "MUTUAL",
              "LEARNER_LEFT",
              "ORGANIZATION_CANNOT",
              "COMPANY_CANNOT",
              "TERMS_NOT_KEPT",
              "OTHER",
            ]),
          ],
          request: (v) => ({ ...name, cause: v.cause }),
        })
      : null,
  );
}

// What one side would change of a plan, for the other to answer.
export function proposedChange(plan: DualPlan, context: Context): Child {
  if (!plan.proposedChange || plan.state === "DUAL_PLAN_STATE_ENDED") return null;
  const { party, proposeTime, ...changed } = plan.proposedChange;
  const answer = (verb: "Accept" | "Refuse" | "Withdraw", button: string, title: string) =>
    writeButton({
      button,
      title,
      danger: verb !== "Accept",
      method: `${PLANS}/${verb}DualPlanChange`,
      before: plan,
      request: () => ({ name: plan.name, etag: plan.etag }),
      done: context.refresh,
    });
  return block(
    t("Cambio propuesto", "Proposed change"),
    h("p", { class: "fine" }, `${t("Lo propone", "Proposed by")}: ${word(party)}, ${moment(proposeTime)}.`),
    changes(plan, { ...plan, ...changed }),
    h(
      "div",
      { class: "buttons" },
      party === side()
        ? answer(
            "Withdraw",
            t("Retirar el cambio", "Withdraw the change"),
            t("Retirar el cambio del plan", "Withdraw the change of the plan"),
          )
        : [
            answer(
              "Accept",
              t("Aceptar el cambio", "Accept the change"),
              t("Aceptar el cambio del plan", "Accept the change of the plan"),
            ),
            answer(
              "Refuse",
              t("Rechazar el cambio", "Refuse the change"),
              t("Rechazar el cambio del plan", "Refuse the change of the plan"),
            ),
          ],
    ),
  );
}
