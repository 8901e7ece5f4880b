// What the sector tables agreed on, and what was proposed.
import type { Agreement, Proposal } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { several } from "../fields";
import { count, day, moment } from "../format";
import { filters } from "../filters";
import { labelOf, labelsOf, partyOf, stateNames } from "../labels";
import { list, one } from "../list";
import { block, facts, generated, owned, stateTag } from "../parts";
import { go, link, type Context, type Page } from "../router";
import { either, session, t } from "../session";
import { writeButton } from "../write";
import { byTitle, versionSearch } from "./choosing";
import { proposeButton } from "./proposing";

const STATES = ["SUBMITTED", "IN_REVIEW", "ADOPTED", "DECLINED", "IMPLEMENTED"];
const titleOf = (record: { titleEs?: string; titleEn?: string }) => either(record.titleEs, record.titleEn);

async function showProposals(context: Context): Promise<Child[]> {
  const state = context.query.get("state") ?? "";
  return [
    h("h1", null, t("Propuestas", "Proposals")),
    h(
      "p",
      { class: "lead" },
      t(
        "Lo que empresas, cámaras y escuelas proponen cambiar en lo que se enseña.",
        "What companies, chambers and schools propose to change in what is taught.",
      ),
    ),
    ["company", "chamber", "organization"].includes(session().kind) || session().caller === "agency/economy"
      ? proposeButton()
      : null,
    filters("proposals", context, [
      {
        name: "state",
        label: t("Estado", "State"),
        options: [
          ["", t("Todos", "All")],
          ...STATES.map((s): [string, string] => [s, word(`PROPOSAL_STATE_${s}`)]),
        ],
      },
    ]),
    await list({
      method: "puente.economy.v1.ProposalService/ListProposals",
      request: { filter: state ? `state = ${state}` : "" },
      rows: (answer) => answer.proposals,
      signal: context.signal,
      caption: t("Propuestas", "Proposals"),
      empty: t("No hay propuestas así.", "There are no such proposals."),
      columns: [
        {
          head: t("propuesta", "proposal"),
          kind: "head",
          cell: (row: Proposal) =>
            h("a", { href: link("proposal", { name: row.name }) }, titleOf(row) || row.name),
        },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        { head: t("clase", "kind"), cell: (row) => word(row.kind) },
        {
          head: t("autor", "author"),
          cell: (row) =>
            row.author
              ? partyOf(row.author)
              : h("span", { class: "mark hidden" }, t("reservado", "withheld")),
        },
        { head: t("mesa", "table"), cell: (row) => labelOf(row.sectorTable, "–") },
        { head: t("presentada", "submitted"), cell: (row) => moment(row.createTime, true) },
      ],
    }),
  ];
}

function proposalActions(proposal: Proposal, context: Context): Child {
  if (session().caller !== "agency/economy") return null;
  const { name, etag, state } = proposal;
  const common = { before: proposal, done: context.refresh };
  return h(
    "div",
    { class: "buttons" },
    state === "PROPOSAL_STATE_SUBMITTED"
      ? writeButton({
          ...common,
          button: t("Tomar en revisión", "Take into review"),
          title: t("Tomar la propuesta en revisión", "Take the proposal into review"),
          method: "puente.economy.v1.ProposalService/ReviewProposal",
          request: () => ({ name, etag }),
        })
      : null,
    state === "PROPOSAL_STATE_IN_REVIEW"
      ? [
          writeButton({
            ...common,
            button: t("Adoptar", "Adopt"),
            title: t("Adoptar la propuesta", "Adopt the proposal"),
            method: "puente.economy.v1.ProposalService/AdoptProposal",
            request: () => ({ name, etag }),
          }),
          writeButton({
            ...common,
            danger: true,
            button: t("Rechazar", "Decline"),
            title: t("Rechazar la propuesta", "Decline the proposal"),
            method: "puente.economy.v1.ProposalService/DeclineProposal",
            fields: [
              {
                name: "reason",
                label: t("Motivo, que se publica", "Reason, which is published"),
                kind: "area",
              },
            ],
            request: (values) => ({ name, etag, reason: values.reason }),
          }),
        ]
      : null,
    state === "PROPOSAL_STATE_ADOPTED" || state === "PROPOSAL_STATE_IMPLEMENTED"
      ? writeButton({
          button: t("Dar por cumplida", "Record as implemented"),
          title: t(
            "Decir qué versiones cumplen la propuesta: también lo anota Educación",
            "Say which versions do the proposal: Education records it too",
          ),
          method: "puente.gateway.v1.ActService/ImplementProposal",
          fields: [
            {
              name: "versions",
              label: t("Versiones que la cumplen", "Versions that do it"),
              kind: "many",
              search: versionSearch,
              hint: byTitle(),
            },
          ],
          request: (v) => ({ proposal: name, versions: several(v.versions) }),
          done: (act) => go("act", { name: act.name }),
        })
      : null,
  );
}

async function showProposal(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "";
  const proposal = await one("puente.economy.v1.ProposalService/GetProposal", name, {
    signal: context.signal,
  });
  return [
    h("h1", null, titleOf(proposal) || name),
    h("p", { class: "lead" }, stateTag(proposal.state), " ", word(proposal.kind)),
    generated(proposal.recordKind),
    facts([
      [t("autor", "author"), proposal.author ? partyOf(proposal.author) : t("reservado", "withheld")],
      [t("mesa sectorial", "sector table"), proposal.sectorTable ? labelOf(proposal.sectorTable) : ""],
      [t("habilidades", "skills"), proposal.skills?.length ? labelsOf(proposal.skills) : ""],
      [t("estados", "states"), stateNames(proposal.stateCodes) || t("todo el país", "whole country")],
      [t("presentada", "submitted"), moment(proposal.createTime)],
      [t("en revisión desde", "in review since"), moment(proposal.reviewTime)],
      [t("adoptada", "adopted"), moment(proposal.adoptTime)],
      [t("rechazada", "declined"), moment(proposal.declineTime)],
      [t("motivo", "reason"), proposal.declineReason ?? ""],
      [t("cumplida", "implemented"), moment(proposal.implementTime)],
      [
        t("declaraciones en que se apoya", "statements that it rests on"),
        proposal.statementCount ? count(proposal.statementCount) : "",
      ],
      [t("acuerdos", "agreements"), proposal.agreements?.length ? labelsOf(proposal.agreements) : ""],
      [
        t("versiones que la cumplen", "versions that do it"),
        proposal.versions?.length ? labelsOf(proposal.versions) : "",
      ],
    ]),
    block(t("Qué se propone", "What is proposed"), h("p", { class: "free" }, proposal.text ?? "")),
    h(
      "p",
      null,
      h(
        "a",
        { href: link("feasibility", { proposal: name }) },
        t("Ver si se podría enseñar", "See whether it could be taught"),
      ),
    ),
    proposalActions(proposal, context),
    owned("economy", proposal.source),
  ];
}

async function showAgreements(context: Context): Promise<Child[]> {
  const state = context.query.get("state") ?? "";
  return [
    h("h1", null, t("Acuerdos", "Agreements")),
    h(
      "p",
      { class: "lead" },
      t(
        "Lo que las mesas sectoriales acordaron, quién lo cumple y para cuándo.",
        "What the sector tables agreed on, who does it, and by when.",
      ),
    ),
    filters("agreements", context, [
      {
        name: "state",
        label: t("Estado", "State"),
        options: [
          ["", t("Todos", "All")],
          ...["OPEN", "IN_PROGRESS", "OVERDUE", "DONE", "DROPPED"].map((s): [string, string] => [
            s,
            word(`AGREEMENT_STATE_${s}`),
          ]),
        ],
      },
    ]),
    await list({
      method: "puente.economy.v1.AgreementService/ListAgreements",
      request: { filter: state ? `state = ${state}` : "" },
      rows: (answer) => answer.agreements,
      signal: context.signal,
      caption: t("Acuerdos", "Agreements"),
      empty: t("No hay acuerdos así.", "There are no such agreements."),
      columns: [
        {
          head: t("acuerdo", "agreement"),
          kind: "head",
          cell: (row: Agreement) => either(row.textEs, row.textEn),
        },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        { head: t("responsable", "owner"), cell: (row) => partyOf(row.owner) },
        { head: t("vence", "due"), cell: (row) => day(row.dueDate) },
        {
          head: t("evidencia", "evidence"),
          cell: (row) => row.evidence || h("span", { class: "mark none" }, t("ninguna", "none")),
        },
        {
          head: "",
          kind: "actions",
          cell: (row) =>
            row.owner === session().caller
              ? [
                  row.state === "AGREEMENT_STATE_OPEN"
                    ? writeButton({
                        button: t("Iniciar", "Begin"),
                        title: t("Iniciar el acuerdo", "Begin the agreement"),
                        method: "puente.economy.v1.AgreementService/BeginAgreement",
                        before: row,
                        request: () => ({ name: row.name, etag: row.etag }),
                        done: context.refresh,
                      })
                    : null,
                  row.state === "AGREEMENT_STATE_IN_PROGRESS" || row.state === "AGREEMENT_STATE_OVERDUE"
                    ? writeButton({
                        button: t("Dar por cumplido", "Finish"),
                        title: t("Dar el acuerdo por cumplido", "Finish the agreement"),
                        method: "puente.economy.v1.AgreementService/FinishAgreement",
                        before: row,
                        fields: [{ name: "evidence", label: t("Evidencia", "Evidence"), kind: "area" }],
                        request: (values) => ({ name: row.name, etag: row.etag, evidence: values.evidence }),
                        done: context.refresh,
                      })
                    : null,
                ]
              : null,
        },
      ],
    }),
  ];
}

export const proposals: Page = {
  path: "proposals",
  title: () => t("Propuestas", "Proposals"),
  group: "country",
  kinds: ["*"],
  show: showProposals,
};
export const proposal: Page = {
  path: "proposal",
  title: () => t("Propuesta", "Proposal"),
  group: "country",
  kinds: ["*"],
  show: showProposal,
  detail: true,
};
export const agreements: Page = {
  path: "agreements",
  title: () => t("Acuerdos", "Agreements"),
  group: "country",
  kinds: ["*"],
  show: showAgreements,
};
