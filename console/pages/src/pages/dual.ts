// Dual education: agreements between a school and a company, learners' plans, and the hours that both confirm.
import { call } from "../call";
import type { DualAgreement, DualMinutes, DualOutcome, DualPlan, HourEntry } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, minutes, money, moment, period, readDay, today } from "../format";
import { labelOf, lastId } from "../labels";
import { list, one } from "../list";
import { block, facts, filled, generated, stateTag, table, type Column } from "../parts";
import { link, type Context, type Page } from "../router";
import { ownRecord, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";
import {
  confirmation,
  courseButtons,
  draftedOutcomes,
  judgeButton,
  proposeAgreement,
  proposedChange,
  side,
} from "./dualplan";
import { isCompany } from "./places";

const filterOf = () => (isCompany() ? `company = "${ownRecord()}"` : `organization = "${ownRecord()}"`);

// Of all plans: in this state.
const hoursLeft = (context: Context, state: string, caption: string, empty: string) =>
  list({
    method: "puente.education.v1.HourEntryService/ListHourEntries",
    request: isCompany()
      ? { parent: "organizations/-/dualPlans/-", filter: `${filterOf()} AND state = ${state}` }
      : { parent: `${ownRecord()}/dualPlans/-`, filter: `state = ${state}` },
    rows: (answer) => answer.hourEntries,
    purpose: usualPurpose(),
    signal: context.signal,
    caption,
    empty,
    columns: [
      {
        head: t("plan", "plan"),
        kind: "head",
        cell: (row: HourEntry) => {
          const name = row.name?.replace(/\/hourEntries\/.*/, "");
          return h("a", { href: link("plan", { name }) }, lastId(name ?? ""));
        },
      },
      ...hourColumns(context).map((c) => ({ ...c, kind: c.kind === "head" ? undefined : c.kind })),
    ],
  });

// Who learns, whom a company is not told.
const learnerNode = ({ learner }: DualPlan): Child =>
  learner
    ? h("a", { href: link("learner", { name: learner }) }, h("code", null, lastId(learner).slice(0, 8)))
    : "";

async function showDual(context: Context): Promise<Child[]> {
  const { signal, refresh } = context;
  return [
    h("h1", null, t("Formación dual", "Dual education")),
    h(
      "p",
      { class: "lead" },
      t(
        "Lo que la escuela y la empresa acuerdan, y los planes de quienes aprenden en las dos.",
        "What school and company agree on, and the plans of those who learn at both.",
      ),
    ),
    block(
      t("Horas por confirmar", "Hours to confirm"),
      await hoursLeft(
        context,
        "CLAIMED",
        t("Horas que nadie ha confirmado", "Hours that nobody has confirmed"),
        t("No hay horas por confirmar.", "There are no hours to confirm."),
      ),
      await hoursLeft(
        context,
        "DISPUTED",
        t("Horas objetadas", "Hours that are disputed"),
        t("No hay horas objetadas.", "No hours are disputed."),
      ),
    ),
    block(
      t("Planes", "Plans"),
      await list({
        method: "puente.education.v1.DualPlanService/ListDualPlans",
        request: {
          parent: isCompany() ? "organizations/-" : ownRecord(),
          filter: isCompany() ? filterOf() : "",
        },
        rows: (answer) => answer.dualPlans,
        purpose: usualPurpose(),
        signal,
        caption: t("Planes", "Plans"),
        empty: t("No hay planes.", "There are no plans."),
        columns: [
          {
            head: t("plan", "plan"),
            kind: "head",
            cell: (row: DualPlan) =>
              h("a", { href: link("plan", { name: row.name }) }, lastId(row.name ?? "")),
          },
          { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
          { head: t("turno", "turn"), cell: (row) => word(row.turn) },
          ...(isCompany() ? [] : [{ head: t("estudiante", "learner"), cell: learnerNode }]),
          { head: t("se aprende", "learns"), cell: (row) => labelOf(row.microcredentialVersion) },
          {
            head: isCompany() ? t("escuela", "school") : t("empresa", "company"),
            cell: (row) => labelOf(isCompany() ? row.name?.replace(/\/dualPlans\/.*/, "") : row.company),
          },
          { head: t("días", "days"), cell: (row) => period(row.beginDate, row.endDate) },
        ],
      }),
    ),
    block(
      t("Convenios", "Agreements"),
      isCompany() ? null : proposeAgreement(context),
      await list({
        method: "puente.education.v1.DualAgreementService/ListDualAgreements",
        request: { filter: filterOf() },
        rows: (answer) => answer.dualAgreements,
        purpose: usualPurpose(),
        signal,
        caption: t("Convenios", "Agreements"),
        empty: t("No hay convenios.", "There are no agreements."),
        columns: [
          {
            head: t("con", "with"),
            kind: "head",
            cell: (row: DualAgreement) => labelOf(isCompany() ? row.organization : row.company),
          },
          { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
          { head: t("días", "days"), cell: (row) => period(row.beginDate, row.endDate) },
          {
            head: t("horas por semana", "hours a week"),
            kind: "number",
            cell: (row) => count(row.weeklyHoursMost),
          },
          {
            head: t("apoyo al mes", "support a month"),
            kind: "number",
            cell: (row) =>
              money(row.supportMonthly) || h("span", { class: "mark none" }, t("ninguno", "none")),
          },
          {
            head: t("asegura", "insured by"),
            cell: (row) => [
              word(row.insurance),
              h("span", { class: "fine block" }, `${t("hasta", "until")} ${day(row.insuranceEndDate)}`),
            ],
          },
          {
            head: "",
            kind: "actions",
            cell: (row) =>
              isCompany() && row.state === "DUAL_AGREEMENT_STATE_PROPOSED"
                ? [
                    writeButton({
                      button: t("Aceptar", "Accept"),
                      title: t("Aceptar el convenio", "Accept the agreement"),
                      method: "puente.education.v1.DualAgreementService/AcceptDualAgreement",
                      before: row,
                      request: () => ({ name: row.name, etag: row.etag }),
                      done: refresh,
                    }),
                    writeButton({
                      button: t("Rechazar", "Refuse"),
                      title: t("Rechazar el convenio", "Refuse the agreement"),
                      method: "puente.education.v1.DualAgreementService/RefuseDualAgreement",
                      before: row,
                      danger: true,
                      request: () => ({ name: row.name, etag: row.etag }),
                      done: refresh,
                    }),
                  ]
                : null,
          },
        ],
      }),
    ),
  ];
}

// What one side claims and may void, and the other confirms, also after it was disputed.
const hourColumns = (context: Context): Column<HourEntry>[] => [
  { head: t("día", "day"), kind: "head", cell: (row) => day(row.workDate) },
  { head: t("resultado", "outcome"), kind: "number", cell: (row) => String(row.outcome) },
  { head: t("tiempo", "time"), kind: "number", cell: (row) => minutes(row.minutes) },
  { head: t("la declara", "claimed by"), cell: (row) => word(row.claimedBy) },
  {
    head: t("estado", "state"),
    cell: (row) => [
      stateTag(row.state),
      row.disputeReason ? h("span", { class: "fine block" }, word(row.disputeReason)) : null,
    ],
  },
  {
    head: "",
    kind: "actions",
    cell: (row) =>
      !/_(CLAIMED|DISPUTED)$/.test(row.state ?? "")
        ? null
        : row.claimedBy === side()
          ? writeButton({
              button: t("Anular", "Void"),
              title: t("Anular las horas", "Void the hours"),
              danger: true,
              method: "puente.education.v1.HourEntryService/VoidHourEntry",
              before: row,
              request: () => ({ name: row.name, etag: row.etag }),
              done: context.refresh,
            })
          : [
              writeButton({
                button: t("Confirmar", "Confirm"),
                title: t("Confirmar las horas", "Confirm the hours"),
                method: "puente.education.v1.HourEntryService/ConfirmHourEntry",
                before: row,
                request: () => ({ name: row.name, etag: row.etag }),
                done: context.refresh,
              }),
              row.state === "HOUR_ENTRY_STATE_CLAIMED" &&
                writeButton({
                  button: t("Objetar", "Dispute"),
                  title: t("Objetar las horas", "Dispute the hours"),
                  danger: true,
                  method: "puente.education.v1.HourEntryService/DisputeHourEntry",
                  before: row,
                  fields: [
                    {
                      name: "reason",
                      label: t("Qué fue distinto", "What was otherwise"),
                      kind: "select",
                      options: ["DAY", "MINUTES", "OUTCOME", "ABSENT", "OTHER"].map((r): [string, string] => [
                        `HOUR_DISPUTE_REASON_${r}`,
                        word(`HOUR_DISPUTE_REASON_${r}`),
                      ]),
                    },
                  ],
                  request: (v) => ({ name: row.name, etag: row.etag, reason: v.reason }),
                  done: context.refresh,
                }),
            ],
  },
];

async function showPlan(context: Context): Promise<Child[]> {
  const { signal, refresh } = context;
  const name = context.query.get("name") ?? "";
  const plan = await one("puente.education.v1.DualPlanService/GetDualPlan", name, {
    purpose: usualPurpose(),
    signal,
  });
  // Hours are claimed, and outcomes judged, of what went on; of what another plan has carried along no hours.
  const wentOn =
    /_(RUNNING|PAUSED)$/.test(plan.state ?? "") ||
    (plan.state === "DUAL_PLAN_STATE_ENDED" && !!plan.agreeTime);
  const runs = plan.state === "DUAL_PLAN_STATE_RUNNING";
  const owes = (plan.owed ?? []).some((o) => o.party === side() && o.act === "DUAL_ACT_ACCEPT_PLAN");
  return [
    h("h1", null, `${t("Plan", "Plan")} ${lastId(name)}`),
    h("p", { class: "lead" }, stateTag(plan.state), " ", labelOf(plan.microcredentialVersion)),
    generated(plan.recordKind),
    facts([
      [t("turno", "turn"), word(plan.turn)],
      [t("estudiante", "learner"), learnerNode(plan)],
      [t("escuela", "school"), labelOf(name.replace(/\/dualPlans\/.*/, ""))],
      [t("empresa", "company"), labelOf(plan.company)],
      [t("plaza", "place"), labelOf(plan.trainingPlace)],
      [t("días", "days"), period(plan.beginDate, plan.endDate)],
      [t("horas por semana", "hours a week"), count(plan.weeklyHours)],
      [t("tutoría e instrucción", "tutor, instructor"), `${plan.tutor ?? ""}, ${plan.instructor ?? ""}`],
      [t("confirmado", "confirmed"), word(plan.confirmation)],
      [t("acordado el", "agreed"), moment(plan.agreeTime)],
      [
        t("en pausa", "paused"),
        plan.pause ? `${period(plan.pause.beginDate, plan.pause.untilDate)}: ${word(plan.pause.cause)}` : "",
      ],
      [t("terminado el", "ended"), plan.endTime ? `${moment(plan.endTime)}: ${word(plan.endCause)}` : ""],
      [t("último cambio propuesto", "last change proposed"), word(plan.changeOutcome)],
    ]),
    plan.owed?.length
      ? h(
          "p",
          null,
          `${t("Falta", "Left to do")}: `,
          plan.owed.map((o) => `${word(o.party)}: ${word(o.act)}`).join("; "),
          ".",
        )
      : null,
    owes
      ? h(
          "div",
          { class: "buttons" },
          writeButton({
            button: t("Aceptar el plan", "Accept the plan"),
            title: t("Aceptar el plan", "Accept the plan"),
            method: "puente.education.v1.DualPlanService/AcceptDualPlan",
            before: plan,
            request: () => ({ name, etag: plan.etag }),
            done: refresh,
          }),
        )
      : null,
    !isCompany() && (plan.owed ?? []).some((o) => o.act === "DUAL_ACT_CONFIRM_PLAN")
      ? confirmation(plan, context)
      : null,
    courseButtons(plan, context),
    proposedChange(plan, context),
    !isCompany() && plan.state === "DUAL_PLAN_STATE_DRAFT"
      ? block(t("Qué se aprende dónde", "What is learned where"), draftedOutcomes(plan, context))
      : null,
    block(
      t("Horas por resultado", "Hours by outcome"),
      await filled("education", async () => {
        const hours = await call(
          "puente.education.v1.DualPlanService/GetDualPlanHours",
          { name },
          { purpose: usualPurpose(), signal },
        );
        const of = new Map((hours.outcomes ?? []).map((o: DualMinutes) => [o.outcome, o]));
        return [
          table(
            t("Resultados de aprendizaje", "Learning outcomes"),
            [
              { head: t("núm.", "no."), kind: "head", cell: (row: DualOutcome) => String(row.outcome) },
              { head: t("dónde", "where"), cell: (row) => word(row.place) },
              { head: t("previstas", "planned"), kind: "number", cell: (row) => minutes(row.plannedMinutes) },
              {
                head: t("declaradas", "claimed"),
                kind: "number",
                cell: (row) => minutes(of.get(row.outcome)?.claimedMinutes),
              },
              {
                head: t("confirmadas", "confirmed"),
                kind: "number",
                cell: (row) => minutes(of.get(row.outcome)?.confirmedMinutes),
              },
              {
                head: t("juicio", "judged"),
                cell: (row) => {
                  const j = plan.judgements?.find((x) => x.outcome === row.outcome);
                  return j ? stateTag(j.result) : h("span", { class: "mark none" }, t("ninguno", "none"));
                },
              },
              {
                head: "",
                kind: "actions",
                cell: (row) => [
                  wentOn &&
                    !plan.followedBy &&
                    writeButton({
                      button: t("Declarar horas", "Claim hours"),
                      title: t(
                        `Declarar horas del resultado ${row.outcome}`,
                        `Claim hours of outcome ${row.outcome}`,
                      ),
                      method: "puente.education.v1.HourEntryService/ClaimHourEntry",
                      fields: [
                        {
                          name: "day",
                          label: t("Día", "Day"),
                          kind: "date",
                          value: runs ? today() : "",
                          hint: runs
                            ? undefined
                            : t("De los que el plan estuvo en curso.", "One on which the plan was running."),
                        },
                        { name: "minutes", label: t("Minutos", "Minutes"), kind: "number", value: "240" },
                      ],
                      request: (v) => ({
                        parent: name,
                        hourEntryId: newId("h"),
                        hourEntry: {
                          company: plan.company,
                          workDate: readDay(v.day),
                          outcome: row.outcome,
                          minutes: Number(v.minutes),
                        },
                      }),
                      done: refresh,
                    }),
                  isCompany() && wentOn && judgeButton(plan, row.outcome, context),
                ],
              },
            ],
            plan.outcomes ?? [],
          ),
        ];
      }),
    ),
    block(
      t("Horas, día por día", "Hours, day by day"),
      await list({
        method: "puente.education.v1.HourEntryService/ListHourEntries",
        request: { parent: name, filter: isCompany() ? filterOf() : "" },
        rows: (answer) => answer.hourEntries,
        purpose: usualPurpose(),
        signal,
        caption: t("Horas", "Hours"),
        empty: t("Nadie ha declarado horas.", "Nobody has claimed hours."),
        columns: hourColumns(context),
      }),
    ),
  ];
}

export const dual: Page = {
  path: "dual",
  title: () => t("Formación dual", "Dual education"),
  group: "work",
  kinds: ["company", "organization"],
  show: showDual,
};
export const plan: Page = {
  path: "plan",
  title: () => t("Plan de formación dual", "Plan of dual education"),
  group: "work",
  kinds: ["company", "organization"],
  show: showPlan,
  detail: true,
};
