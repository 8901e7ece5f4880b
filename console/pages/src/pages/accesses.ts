// Who read or changed what is personal.
import { h, type Child } from "../dom";
import { purposeName, word } from "../enums";
import { moment } from "../format";
import { labelOf, partyOf } from "../labels";
import { list } from "../list";
import { block, stateTag } from "../parts";
import type { Context, Page } from "../router";
import { session, t } from "../session";

async function showAccesses(context: Context): Promise<Child[]> {
  const parent = context.query.get("record") ?? "";
  const form = h("form", {
    class: "filters",
    onsubmit: (event: Event) => {
      event.preventDefault();
      location.hash = `/accesses?record=${encodeURIComponent(input.value.trim())}`;
    },
  });
  const input = h("input", {
    id: "record",
    name: "record",
    value: parent,
    placeholder: "organizations/…/learners/…",
  });
  form.append(
    h(
      "div",
      { class: "field" },
      h(
        "label",
        { for: "record" },
        t("Registro de una persona o estudiante", "Record of a person or learner"),
      ),
      input,
    ),
    h("button", { type: "submit" }, t("Ver", "Show")),
  );
  return [
    h("h1", null, t("Quién leyó qué", "Who read what")),
    h(
      "p",
      { class: "lead" },
      t(
        "De cada registro personal: quién lo abrió o cambió, cuándo, en nombre de quién y para qué.",
        "Of each personal record: who opened or changed it, when, for whom, and for what.",
      ),
    ),
    form,
    parent
      ? await list({
          method: "puente.education.v1.AccessService/ListAccesses",
          request: { parent },
          rows: (answer) => answer.accesses,
          purpose: session().kind === "auditor" ? "audit" : "administration",
          signal: context.signal,
          caption: t("Accesos, el último primero", "Accesses, the last one first"),
          empty: t("Nadie lo ha abierto.", "Nobody has opened it."),
          columns: [
            { head: t("cuándo", "when"), kind: "head", cell: (row) => moment(row.time) },
            { head: t("qué", "what"), cell: (row) => word(row.kind) },
            {
              head: t("método", "method"),
              cell: (row) => h("code", null, (row.method ?? "").split(".").pop() ?? ""),
            },
            { head: t("por", "by"), cell: (row) => [partyOf(row.caller), ` ${row.actor ?? ""}`] },
            { head: t("a través de", "through"), cell: (row) => row.delegate || "–" },
            { head: t("propósito", "purpose"), cell: (row) => purposeName(row.purpose) },
          ],
        })
      : await learnersToAudit(context),
  ];
}

const learnersToAudit = async (context: Context): Promise<Child[]> => [
  block(
    t("Estudiantes", "Learners"),
    await list({
      method: "puente.education.v1.LearnerService/ListLearners",
      request: { parent: "organizations/-" },
      rows: (answer) => answer.learners,
      purpose: session().kind === "auditor" ? "audit" : "administration",
      signal: context.signal,
      caption: t("Elija un registro", "Choose a record"),
      empty: t("No hay registros.", "There are no records."),
      columns: [
        {
          head: t("registro", "record"),
          kind: "head",
          cell: (row) =>
            h(
              "a",
              { href: `#/accesses?record=${encodeURIComponent(row.name ?? "")}` },
              h("code", null, row.name?.split("/").pop()?.slice(0, 8) ?? ""),
            ),
        },
        {
          head: t("organización", "organization"),
          cell: (row) => labelOf(row.name?.replace(/\/learners\/.*/, "")),
        },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        { head: t("registrado el", "registered on"), cell: (row) => moment(row.createTime, true) },
      ],
    }),
  ),
];

export const accesses: Page = {
  path: "accesses",
  title: () => t("Quién leyó qué", "Who read what"),
  group: "rule",
  kinds: ["auditor", "agency/education"],
  show: showAccesses,
};
