// What bodies decided; whom it is about takes notice, or appeals.
import type { Decision } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { day, moment } from "../format";
import { labelOf } from "../labels";
import { list } from "../list";
import { stateTag } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, t } from "../session";
import { writeButton } from "../write";
import { isSchool, ofSchool, parent } from "./bodies";

export const decisionColumns = (context: Context) => [
  {
    head: t("qué se decidió", "what was decided"),
    kind: "head" as const,
    cell: (row: Decision) => h("a", { href: link("submission", { name: row.submission }) }, word(row.kind)),
  },
  {
    head: t("estado", "state"),
    cell: (row: Decision) => [
      stateTag(row.state),
      row.refusal ? h("span", { class: "fine block" }, either(row.refusalEs, row.refusalEn)) : null,
    ],
  },
  { head: t("solicitud", "submission"), cell: (row: Decision) => labelOf(row.submission) },
  { head: t("razón", "reason"), cell: (row: Decision) => h("span", { class: "free" }, row.reason || "–") },
  {
    head: t("vigente hasta", "in force until"),
    cell: (row: Decision) => day(row.endDate) || h("span", { class: "mark none" }, "–"),
  },
  { head: t("decidida el", "decided on"), cell: (row: Decision) => moment(row.createTime, true) },
  {
    head: "",
    kind: "actions" as const,
    cell: (row: Decision) =>
      isSchool()
        ? [
            row.acknowledgement === "ACKNOWLEDGEMENT_PENDING"
              ? writeButton({
                  button: t("Darse por enterado", "Take notice"),
                  title: t("Darse por enterado de la decisión", "Take notice of the decision"),
                  method: "puente.gateway.v1.DecisionService/AcknowledgeDecision",
                  before: row,
                  request: () => ({ name: row.name, etag: row.etag }),
                  done: context.refresh,
                })
              : null,
            row.appealDueDate && row.state === "DECISION_STATE_IN_FORCE"
              ? writeButton({
                  button: t("Impugnar", "Appeal"),
                  title: t("Impugnar la decisión", "Appeal the decision"),
                  method: "puente.gateway.v1.DecisionService/AppealDecision",
                  before: row,
                  danger: true,
                  fields: [{ name: "grounds", label: t("Por qué", "On what grounds"), kind: "area" }],
                  request: (values) => ({ name: row.name, etag: row.etag, grounds: values.grounds }),
                  done: context.refresh,
                })
              : null,
          ]
        : null,
  },
];

async function showDecisions(context: Context): Promise<Child[]> {
  return [
    h("h1", null, t("Decisiones", "Decisions")),
    await list({
      method: "puente.gateway.v1.DecisionService/ListDecisions",
      request: { parent: parent(), filter: ofSchool() },
      rows: (answer) => answer.decisions,
      signal: context.signal,
      caption: t("Decisiones", "Decisions"),
      empty: t("No hay decisiones.", "There are no decisions."),
      columns: decisionColumns(context),
    }),
  ];
}

export const decisions: Page = {
  path: "decisions",
  title: () => t("Decisiones", "Decisions"),
  group: "work",
  kinds: ["certifier", "organization", "agency/education", "auditor"],
  show: showDecisions,
};
