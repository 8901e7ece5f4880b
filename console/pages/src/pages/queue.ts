// What was submitted to certification bodies.
import type { Submission } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { day, moment } from "../format";
import { filters } from "../filters";
import { labelOf } from "../labels";
import { list } from "../list";
import { stateTag } from "../parts";
import { link, type Context, type Page } from "../router";
import { t } from "../session";
import { and, mine, ofSchool, parent } from "./bodies";

async function showQueue(context: Context): Promise<Child[]> {
  const state = context.query.get("state") ?? "";
  return [
    h("h1", null, t("Bandeja de solicitudes", "Queue of submissions")),
    h(
      "p",
      { class: "lead" },
      mine()
        ? t(
            "Lo que las organizaciones le presentan para certificar.",
            "What organizations submit to you for certification.",
          )
        : t("Lo que se presentó a los organismos.", "What was submitted to bodies."),
    ),
    filters("queue", context, [
      {
        name: "state",
        label: t("Estado", "State"),
        options: [
          ["", t("Todos", "All")],
          ...["SUBMITTED", "IN_REVIEW", "CERTIFYING", "CERTIFIED", "RETURNED", "REJECTED", "WITHDRAWN"].map(
            (s): [string, string] => [s, word(`SUBMISSION_STATE_${s}`)],
          ),
        ],
      },
    ]),
    await list({
      method: "puente.gateway.v1.SubmissionService/ListSubmissions",
      request: { parent: parent(), filter: and(ofSchool(), state && `state = ${state}`) },
      rows: (answer) => answer.submissions,
      signal: context.signal,
      caption: t("Solicitudes", "Submissions"),
      empty: t("No hay solicitudes así.", "There are no such submissions."),
      columns: [
        {
          head: t("microcredencial", "microcredential"),
          kind: "head",
          cell: (row: Submission) =>
            h("a", { href: link("submission", { name: row.name }) }, labelOf(row.microcredentialVersion)),
        },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        { head: t("organización", "organization"), cell: (row) => labelOf(row.organization) },
        { head: t("vence", "due"), cell: (row) => day(row.dueDate) },
        {
          head: t("revisa", "reviewer"),
          cell: (row) => row.reviewer || h("span", { class: "mark none" }, t("nadie aún", "nobody yet")),
        },
        { head: t("presentada", "submitted"), cell: (row) => moment(row.createTime, true) },
      ],
    }),
  ];
}

export const queue: Page = {
  path: "queue",
  title: () => t("Solicitudes", "Submissions"),
  group: "work",
  kinds: ["certifier", "organization", "agency/education", "auditor"],
  show: showQueue,
};
