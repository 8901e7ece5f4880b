// A proposal, written by a company, a chamber, a school or Economy: what should be done, and what it rests on.
import { h } from "../dom";
import { wordsOf } from "../enums";
import { several, type Option } from "../fields";
import { allSkills, sectorTables, stateOptions } from "../filters";
import { day } from "../format";
import { lastId } from "../labels";
import { all } from "../list";
import { go } from "../router";
import { either, ownRecord, session, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";
import { consenting } from "./consents";
import { recordFields, recordOf, slug } from "./drafting";

const KINDS = [
  "NEW_MICROCREDENTIAL",
  "CHANGED_PROGRAM",
  "TEACHERS_TRAINED",
  "SHARED_WORKSHOP",
  "DUAL_PLACES",
];

const heldSessions = () =>
  all(
    "puente.economy.v1.TableSessionService/ListTableSessions",
    { parent: "sectorTables/-", filter: "state = HELD" },
    (answer) => answer.tableSessions,
  ).then((rows) =>
    rows.map((row): Option => [row.name!, `${either(row.titleEs, row.titleEn)}, ${day(row.sessionDate)}`]),
  );

const openAgreements = () =>
  all(
    "puente.economy.v1.AgreementService/ListAgreements",
    { filter: "state = OPEN" },
    (answer) => answer.agreements,
  ).then((rows) => rows.map((row): Option => [row.name!, either(row.textEs, row.textEn)]));

// What the company itself has said that it needs: who may not read a statement does not see that it is named.
async function ownStatements(): Promise<Option[]> {
  const [skills, rows] = await Promise.all([
    allSkills(),
    all(
      "puente.economy.v1.DemandService/ListDemandStatements",
      { parent: ownRecord() },
      (answer) => answer.demandStatements,
      { purpose: usualPurpose() },
    ),
  ]);
  const labels = new Map(skills);
  return rows
    .filter((row) => row.state === "DEMAND_STATE_CURRENT")
    .map((row): Option => [row.name!, `${labels.get(row.skill!) ?? row.skill}, ${row.heads}`]);
}

export const proposeButton = (): Node =>
  h(
    "div",
    { class: "buttons" },
    writeButton({
      button: t("Proponer", "Propose"),
      title: t("Proponer qué cambiar en lo que se enseña", "Propose what to change in what is taught"),
      method: "puente.economy.v1.ProposalService/CreateProposal",
      fields: [
        ...(session().kind === "chamber"
          ? [
              {
                name: "company",
                label: t("Por quién se propone", "For whom it is proposed"),
                kind: "select" as const,
                options: [["", t("Por la cámara", "For the chamber")]] as Option[],
                later: () => consenting(["CONSENT_ACT_PROPOSE"]),
                optional: true,
              },
            ]
          : []),
        {
          name: "about",
          label: t("Qué se pide", "What is asked for"),
          kind: "select",
          options: wordsOf("PROPOSAL_KIND", KINDS),
        },
        { name: "es", label: t("Título en español", "Title in Spanish") },
        { name: "en", label: t("Título en inglés", "Title in English"), optional: true },
        {
          name: "text",
          label: t("Qué y por qué, que todos leen", "What and why, which everybody reads"),
          kind: "area",
        },
        {
          name: "skills",
          label: t("Habilidades", "Skills"),
          kind: "many",
          later: allSkills,
          optional: true,
        },
        {
          name: "states",
          label: t("Estados", "States"),
          kind: "many",
          options: stateOptions(),
          optional: true,
          hint: t("Ninguno: todo el país.", "None: the whole country."),
        },
        {
          name: "sector",
          label: t("Mesa sectorial", "Sector table"),
          kind: "select",
          options: [["", t("De ninguna", "Of none")]],
          later: sectorTables,
          optional: true,
        },
        {
          name: "session",
          label: t("Sesión en que se habló de ello", "Session that spoke of it"),
          kind: "select",
          options: [["", t("De ninguna", "Of none")]],
          later: heldSessions,
          optional: true,
        },
        {
          name: "agreements",
          label: t("Acuerdos que cumple", "Agreements that it does"),
          kind: "many",
          later: openAgreements,
          optional: true,
        },
        ...(session().kind === "company"
          ? [
              {
                name: "statements",
                label: t("Necesidades en que se apoya", "Needs that it rests on"),
                kind: "many" as const,
                later: ownStatements,
                optional: true,
              },
            ]
          : []),
        {
          name: "author",
          label: t("Quién lo propone", "Who proposes it"),
          kind: "select",
          options: [
            ["", t("Se reserva", "Is withheld")],
            ["shown", t("Lo sabe quien lo lea", "Is known to who reads it")],
          ],
          optional: true,
        },
        ...(session().kind === "agency" ? recordFields() : []),
      ],
      request: (v) => ({
        proposalId: newId(slug(v.es)),
        proposal: {
          author: v.company ? `company/${lastId(v.company)}` : session().caller,
          showAuthor: !!v.author,
          kind: v.about,
          titleEs: v.es,
          titleEn: v.en,
          text: v.text,
          skills: several(v.skills),
          stateCodes: several(v.states),
          sectorTable: v.sector,
          session: v.session,
          agreements: several(v.agreements),
          statements: several(v.statements),
          ...(session().kind === "agency" ? recordOf(v) : {}),
        },
      }),
      done: (proposal) => go("proposal", { name: proposal.name }),
    }),
  );
