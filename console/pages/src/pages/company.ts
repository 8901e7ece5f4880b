// What a company says it needs, and whether that counts; a chamber states it for those that let it.
import { call, ownerOf } from "../call";
import type { DemandStatement, DemandVerdict } from "../contract";
import { append, h, type Child } from "../dom";
import { count, period, readDay, today } from "../format";
import { allSkills, stateField } from "../filters";
import { labelOf, stateName } from "../labels";
import { list, oneOrNone } from "../list";
import { attempt, facts, none, problemNode, stateTag } from "../parts";
import { word, wordsOf } from "../enums";
import { link, type Context, type Page } from "../router";
import { ownId, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";
import { actingFor } from "./consents";
import { legalName } from "./parties";
import { isCompany } from "./places";

const EXPLAIN = "puente.economy.v1.DemandService/ExplainDemandStatement";

function verdictNode(statement: DemandStatement): Node {
  const box = h("span", { class: "fine" }, "…");
  call(EXPLAIN, { name: statement.name }, { purpose: usualPurpose() }).then(
    (verdict: DemandVerdict) => {
      box.className = "";
      box.replaceChildren(
        verdict.counts
          ? h("span", { class: "tag good" }, t("cuenta", "counts"))
          : h("span", { class: "tag bad" }, t("no cuenta", "does not count")),
      );
      append(box, [
        (verdict.reasons ?? []).map((reason) => h("span", { class: "fine block" }, reason.text ?? "")),
      ]);
    },
    (error) => box.replaceChildren(problemNode(error, ownerOf(EXPLAIN))),
  );
  return box;
}

const COMPANY = "puente.economy.v1.CompanyService";

// A company enters itself, under the key of its certificate.
const enterButton = (context: Context): Node =>
  writeButton({
    button: t("Dar de alta su empresa", "Enter your company"),
    title: t("Dar de alta su empresa", "Enter your company"),
    method: `${COMPANY}/CreateCompany`,
    fields: [
      legalName(),
      {
        name: "rfc",
        label: "RFC",
        optional: true,
        hint: t(
          "De una persona moral; el de una persona física no.",
          "Of a legal entity; not that of a person.",
        ),
      },
      { name: "scian", label: t("Clase SCIAN", "SCIAN class") },
      stateField(""),
      {
        name: "size",
        label: t("Tamaño", "Size"),
        kind: "select",
        options: wordsOf("COMPANY_SIZE", ["MICRO", "SMALL", "MEDIUM", "LARGE"]),
      },
    ],
    request: (v) => ({
      companyId: ownId(),
      company: {
        legalName: v.legal,
        rfc: v.rfc,
        scianClass: v.scian,
        stateCode: v.state,
        size: v.size,
      },
    }),
    done: context.refresh,
  });

const STATE_DEMAND = "CONSENT_ACT_STATE_DEMAND";
const READ_DEMAND = "CONSENT_ACT_READ_DEMAND";

const title = () =>
  isCompany() ? t("Sus necesidades", "Your needs") : t("Necesidades de empresas", "Needs of companies");

async function show(context: Context): Promise<Child[]> {
  const {
    choice,
    company: owner,
    may,
  } = await actingFor("needs", context, [STATE_DEMAND, READ_DEMAND]);
  const head = [
    h("h1", null, title()),
    h(
      "p",
      { class: "lead" },
      t(
        "Las personas que la empresa dice necesitar, y si cada declaración cuenta en las cifras.",
        "The people that the company says it needs, and whether each statement counts in the figures.",
      ),
    ),
    choice,
  ];
  if (!owner) return head;
  // What Economy's register says of it; nothing of one that has not entered itself.
  const { answer: company, hole } = await attempt("economy", () =>
    oneOrNone(`${COMPANY}/GetCompany`, owner, { signal: context.signal }),
  );
  if (!company && !hole && isCompany())
    return [
      ...head,
      none(t("Su empresa no está en el registro de Economía.", "Your company is not in Economy's register.")),
      h("div", { class: "buttons" }, enterButton(context)),
    ];
  return [
    ...head,
    hole,
    company
      ? facts([
          [t("empresa", "company"), company.legalName ?? ""],
          [t("estado de su registro", "state of its registration"), stateTag(company.state)],
          [t("clase SCIAN", "SCIAN class"), company.scianClass ?? ""],
          [t("estado", "state"), stateName(company.stateCode)],
          [t("motivo", "reason"), company.stateReason ?? ""],
        ])
      : null,
    may.has(STATE_DEMAND)
      ? h(
          "div",
          { class: "buttons" },
          writeButton({
            button: t("Declarar una necesidad", "State a need"),
            title: t("Declarar una necesidad", "State a need"),
            method: "puente.economy.v1.DemandService/CreateDemandStatement",
            done: context.refresh,
            fields: [
              {
                name: "skill",
                label: t("Habilidad", "Skill"),
                kind: "select",
                options: [["", t("Elija una", "Choose one")]],
                later: allSkills,
              },
              { name: "heads", label: t("Personas", "People"), kind: "number", value: "1" },
              stateField(company?.stateCode),
              { name: "scian", label: t("Clase SCIAN", "SCIAN class"), value: company?.scianClass ?? "" },
              { name: "from", label: t("Desde", "From"), kind: "date", value: today() },
              { name: "until", label: t("Hasta", "Until"), kind: "date", value: today(365) },
              { name: "level", label: t("Nivel", "Level"), optional: true },
            ],
            request: (v) => ({
              parent: owner,
              demandStatementId: newId("d"),
              demandStatement: {
                skill: v.skill,
                heads: Number(v.heads),
                stateCode: v.state,
                scianClass: v.scian,
                startDate: readDay(v.from),
                endDate: readDay(v.until),
                level: v.level,
              },
            }),
          }),
        )
      : null,
    may.has(READ_DEMAND)
      ? await list({
          method: "puente.economy.v1.DemandService/ListDemandStatements",
          request: { parent: owner },
          rows: (answer) => answer.demandStatements,
          purpose: usualPurpose(),
          signal: context.signal,
          caption: t("Declaraciones", "Statements"),
          empty: t("La empresa no ha declarado necesidades.", "The company has stated no needs."),
          columns: [
            {
              head: t("habilidad", "skill"),
              kind: "head",
              cell: (row: DemandStatement) =>
                h("a", { href: link("trace", { statement: row.name }) }, labelOf(row.skill)),
            },
            { head: t("personas", "people"), kind: "number", cell: (row) => count(row.heads) },
            { head: t("dónde", "where"), cell: (row) => stateName(row.stateCode) },
            { head: t("periodo", "period"), cell: (row) => period(row.startDate, row.endDate) },
            {
              head: t("estado", "state"),
              cell: (row) => [
                stateTag(row.state),
                row.standing ? h("span", { class: "fine block" }, word(row.standing)) : null,
              ],
            },
            { head: t("¿cuenta?", "counts?"), cell: (row) => verdictNode(row) },
            {
              head: "",
              kind: "actions",
              cell: (row) =>
                row.state === "DEMAND_STATE_CURRENT" && may.has(STATE_DEMAND)
                  ? writeButton({
                      button: t("Retirar", "Withdraw"),
                      title: t("Retirar la declaración", "Withdraw the statement"),
                      method: "puente.economy.v1.DemandService/WithdrawDemandStatement",
                      before: row,
                      danger: true,
                      request: () => ({ name: row.name, etag: row.etag }),
                      done: context.refresh,
                    })
                  : null,
            },
          ],
        })
      : none(
          t(
            "El consentimiento de la empresa no deja leer sus necesidades.",
            "The company's consent does not let its needs be read.",
          ),
        ),
  ];
}

export const needs: Page = {
  path: "needs",
  title,
  group: "work",
  kinds: ["company", "chamber"],
  show,
};
