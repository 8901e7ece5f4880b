// What bodies found in what was submitted to them, and what was answered.
import type { Finding } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { filters } from "../filters";
import { all, list } from "../list";
import { stateTag } from "../parts";
import { type Context, type Page } from "../router";
import { t } from "../session";
import { writeButton } from "../write";
import { and, isSchool, mine, ofSchool, parent } from "./bodies";

export const findingColumns = (context: Context) => [
  {
    head: t("hallazgo", "finding"),
    kind: "head" as const,
    cell: (row: Finding) => h("span", { class: "free" }, row.text ?? ""),
  },
  { head: t("clase", "kind"), cell: (row: Finding) => word(row.kind) },
  { head: t("sobre", "about"), cell: (row: Finding) => h("code", null, row.target ?? "") },
  { head: t("estado", "state"), cell: (row: Finding) => stateTag(row.state) },
  {
    head: t("respuesta", "answer"),
    cell: (row: Finding) => row.answer || h("span", { class: "mark none" }, t("ninguna aún", "none yet")),
  },
  {
    head: "",
    kind: "actions" as const,
    cell: (row: Finding) => [
      isSchool() && row.state === "FINDING_STATE_OPEN"
        ? writeButton({
            button: t("Responder", "Answer"),
            title: t("Responder el hallazgo", "Answer the finding"),
            method: "puente.gateway.v1.FindingService/AnswerFinding",
            before: row,
            fields: [{ name: "answer", label: t("Respuesta", "Answer"), kind: "area" }],
            request: (values) => ({ name: row.name, etag: row.etag, answer: values.answer }),
            done: context.refresh,
          })
        : null,
      mine() && row.state === "FINDING_STATE_ANSWERED"
        ? writeButton({
            button: t("Cerrar", "Close"),
            title: t("Cerrar el hallazgo", "Close the finding"),
            method: "puente.gateway.v1.FindingService/CloseFinding",
            before: row,
            request: () => ({ name: row.name, etag: row.etag }),
            done: context.refresh,
          })
        : null,
    ],
  },
];

const STATES = ["OPEN", "ANSWERED", "CLOSED"];

// Those of a submission. A school must name itself, and then a state: it asks for each.
export async function findingsOf(submission: string, signal: AbortSignal): Promise<Finding[]> {
  const parent = submission.replace(/\/submissions\/.*/, "");
  const asked = isSchool()
    ? STATES.map((state) => and(ofSchool(), `state = ${state}`))
    : [`submission = "${submission}"`];
  const answers = await Promise.all(
    asked.map((filter) =>
      all(
        "puente.gateway.v1.FindingService/ListFindings",
        { parent, filter },
        (answer) => answer.findings,
        { signal },
      ),
    ),
  );
  return answers
    .flat()
    .filter((finding) => finding.submission === submission);
}

async function showFindings(context: Context): Promise<Child[]> {
  const state = context.query.get("state") ?? "OPEN";
  return [
    h("h1", null, t("Hallazgos", "Findings")),
    h(
      "p",
      { class: "lead" },
      t(
        "Lo que un organismo encontró en lo que se le presentó, y lo que se respondió.",
        "What a body found in what was submitted to it, and what was answered.",
      ),
    ),
    isSchool()
      ? filters("findings", context, [
          {
            name: "state",
            label: t("Estado", "State"),
            options: STATES.map((s): [string, string] => [s, word(`FINDING_STATE_${s}`)]),
          },
        ])
      : null,
    await list({
      method: "puente.gateway.v1.FindingService/ListFindings",
      request: { parent: parent(), filter: isSchool() ? and(ofSchool(), `state = ${state}`) : "" },
      rows: (answer) => answer.findings,
      signal: context.signal,
      caption: t("Hallazgos", "Findings"),
      empty: t("No hay hallazgos.", "There are no findings."),
      columns: findingColumns(context),
    }),
  ];
}

export const findings: Page = {
  path: "findings",
  title: () => t("Hallazgos", "Findings"),
  group: "work",
  kinds: ["certifier", "organization", "agency/education", "auditor"],
  show: showFindings,
};
