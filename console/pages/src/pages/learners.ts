// Learners by pseudonym; who one is, is opened apart.
import { call } from "../call";
import type { Learner } from "../contract";
import { h, type Child } from "../dom";
import { purposeName, word, wordsOf } from "../enums";
import { stateOptions } from "../filters";
import { day, moment, readDay } from "../format";
import { lastId, partyOf, stateName } from "../labels";
import { list } from "../list";
import { block, facts, problemNode, stateTag } from "../parts";
import { go, link, type Context, type Page } from "../router";
import { ownRecord, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { enrolButton, enrolmentList } from "./enrolments";

// Who it is goes to Education, which answers with a pseudonym.
const registerButton = (): Node =>
  writeButton({
    button: t("Registrar a una persona", "Register a person"),
    title: t("Registrar a una persona", "Register a person"),
    method: "puente.education.v1.LearnerService/RegisterLearner",
    purpose: "administration",
    fields: [
      {
        name: "scheme",
        label: t("Con qué se identifica", "Identified by"),
        kind: "select",
        options: wordsOf("PERSON_IDENTIFIER_SCHEME", ["CURP", "PASSPORT", "OTHER"]),
      },
      {
        name: "identifier",
        label: t("Identificador", "Identifier"),
        hint: t(
          "Si no es la CURP, con su origen: FR:12AB34567",
          "If not a CURP, with where it is from: FR:12AB34567",
        ),
      },
      { name: "given", label: t("Nombres", "Given names") },
      { name: "first", label: t("Primer apellido", "First surname") },
      { name: "second", label: t("Segundo apellido", "Second surname"), optional: true },
      {
        name: "born",
        label: t("Nacimiento", "Born"),
        kind: "date",
        optional: true,
        hint: t("Hace falta sin CURP.", "Needed without a CURP."),
      },
      {
        name: "sex",
        label: t("Sexo, como lo dice la persona", "Sex, as the person states it"),
        kind: "select",
        options: [["", "–"], ...wordsOf("SEX", ["WOMAN", "MAN", "NON_BINARY"])],
        optional: true,
      },
      {
        name: "state",
        label: t("Entidad en que vive", "State of residence"),
        kind: "select",
        options: [["", "–"], ...stateOptions()],
        optional: true,
      },
    ],
    request: (v) => ({
      parent: ownRecord(),
      learner: {
        identifierScheme: v.scheme,
        identifier: v.identifier.toUpperCase(),
        givenNames: v.given,
        firstSurname: v.first,
        secondSurname: v.second,
        birthDate: readDay(v.born),
        sex: v.sex || undefined,
        stateCode: v.state,
      },
    }),
    done: (learner) => go("learner", { name: learner.name }),
  });

async function showLearners(context: Context): Promise<Child[]> {
  return [
    h("h1", null, t("Estudiantes", "Learners")),
    h(
      "p",
      { class: "lead" },
      t(
        "Por seudónimo. Quién es cada persona se abre aparte, con un propósito, y queda registrado quién lo leyó.",
        "By pseudonym. Who each person is, is opened apart, for a purpose, and who read it is recorded.",
      ),
    ),
    h("div", { class: "buttons" }, registerButton()),
    await list({
      method: "puente.education.v1.LearnerService/ListLearners",
      request: { parent: ownRecord() },
      rows: (answer) => answer.learners,
      purpose: usualPurpose(),
      signal: context.signal,
      caption: t("Estudiantes", "Learners"),
      empty: t("No hay estudiantes.", "There are no learners."),
      columns: [
        {
          head: t("estudiante", "learner"),
          kind: "head",
          cell: (row: Learner) =>
            h(
              "a",
              { href: link("learner", { name: row.name }) },
              h("code", null, lastId(row.name ?? "").slice(0, 8)),
            ),
        },
        { head: t("estado del registro", "state of the record"), cell: (row) => stateTag(row.state) },
        { head: t("años de nacimiento", "years of birth"), cell: (row) => row.birthYears || "–" },
        { head: t("entidad", "state"), cell: (row) => stateName(row.stateCode) || "–" },
        { head: t("registrado el", "registered on"), cell: (row) => moment(row.createTime, true) },
        {
          head: t("plaza", "place"),
          cell: (row) =>
            row.state === "LEARNER_STATE_CURRENT"
              ? h("a", { href: link("placing", { learner: row.name }) }, t("Buscar plaza", "Find a place"))
              : "–",
        },
      ],
    }),
  ];
}

async function showLearner(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "",
    { signal } = context;
  const box = h("div", { "aria-live": "polite" });
  const open = async () => {
    try {
      const who = await call(
        "puente.education.v1.LearnerService/GetLearner",
        { name },
        { purpose: "administration" },
      );
      box.replaceChildren(
        facts([
          [
            t("nombre", "name"),
            [who.givenNames, who.firstSurname, who.secondSurname].filter(Boolean).join(" "),
          ],
          [t("identificador", "identifier"), who.identifier ?? ""],
          [t("nacimiento", "born"), day(who.birthDate)],
          [t("entidad", "state"), stateName(who.stateCode)],
        ]),
      );
    } catch (error) {
      box.replaceChildren(problemNode(error, "education"));
    }
  };
  return [
    h("h1", null, `${t("Estudiante", "Learner")} ${lastId(name).slice(0, 8)}`),
    block(
      t("Quién es", "Who that is"),
      h(
        "p",
        null,
        t(
          "Abrirlo queda registrado: quién, cuándo y para qué.",
          "Opening it is recorded: who, when, and for what.",
        ),
      ),
      h(
        "div",
        { class: "buttons" },
        h(
          "button",
          { type: "button", class: "secondary", onclick: open },
          t("Abrir, con el propósito de administración", "Open, for the purpose of administration"),
        ),
      ),
      box,
    ),
    block(
      t("Qué aprende, y dónde", "What is learned, and where"),
      h(
        "div",
        { class: "buttons" },
        enrolButton(name, context),
        h(
          "a",
          { class: "button", href: link("placing", { learner: name }) },
          t("Buscar plaza", "Find a place"),
        ),
      ),
      await enrolmentList(context, name),
    ),
    block(
      t("Quién lo ha leído", "Who has read it"),
      await list({
        method: "puente.education.v1.AccessService/ListAccesses",
        request: { parent: name },
        rows: (answer) => answer.accesses,
        purpose: usualPurpose(),
        signal,
        caption: t("Accesos", "Accesses"),
        empty: t("Nadie lo ha leído.", "Nobody has read it."),
        columns: [
          { head: t("cuándo", "when"), kind: "head", cell: (row) => moment(row.time) },
          { head: t("qué", "what"), cell: (row) => word(row.kind) },
          { head: t("por", "by"), cell: (row) => [partyOf(row.caller), ` ${row.actor ?? ""}`] },
          { head: t("propósito", "purpose"), cell: (row) => purposeName(row.purpose) },
        ],
      }),
    ),
  ];
}

export const learners: Page = {
  path: "learners",
  title: () => t("Estudiantes", "Learners"),
  group: "work",
  kinds: ["organization"],
  show: showLearners,
};

export const learner: Page = {
  path: "learner",
  title: () => t("Estudiante", "Learner"),
  group: "work",
  kinds: ["organization"],
  show: showLearner,
  detail: true,
};
