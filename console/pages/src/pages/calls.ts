// Calls to schools, and their answers.
import type { FeasibilityBasis, SchoolCall, SchoolResponse } from "../contract";
import { h, type Child } from "../dom";
import { word, wordsOf } from "../enums";
import type { Field } from "../fields";
import { count, day, dayText, readDay } from "../format";
import { labelOf, stateNames } from "../labels";
import { all, list } from "../list";
import { stateTag } from "../parts";
import { go, link, type Context, type Page } from "../router";
import { either, ownId, ownRecord, session, t } from "../session";
import { maskOf, writeButton } from "../write";
import { ofOwn } from "./programs";

const RESPONSES = "puente.economy.v1.SchoolResponseService";

const answerFields = (row?: SchoolResponse): Field[] => [
  {
    name: "can",
    label: t("¿Puede?", "Can you?"),
    kind: "select",
    options: wordsOf("CAN_DO", ["YES", "IF_HELPED", "NO"]),
    value: row?.canDo,
  },
  { name: "seats", label: t("Lugares", "Seats"), kind: "number", value: String(row?.seats ?? 0) },
  { name: "from", label: t("Desde", "From"), kind: "date", value: dayText(row?.startDate), optional: true },
  {
    name: "missing",
    label: t("Qué falta", "What is missing"),
    kind: "area",
    value: row?.missing,
    optional: true,
    hint: t("Se dice, salvo si puede tal como está.", "To be said, unless you can as you are."),
  },
];
const answerOf = (v: Record<string, string>): SchoolResponse => ({
  canDo: v.can,
  seats: Number(v.seats),
  startDate: readDay(v.from),
  missing: v.missing,
});

// A school's answer, which may rest on a check of feasibility.
export const answerButton = (schoolCall: string, context: Context, feasibility?: FeasibilityBasis): Node =>
  writeButton({
    button: feasibility
      ? t("Responder con este plantel", "Answer with this campus")
      : t("Responder", "Answer"),
    title: t("Responder la convocatoria", "Answer the call"),
    method: `${RESPONSES}/CreateSchoolResponse`,
    done: () => (feasibility ? go("calls", {}) : context.refresh()),
    fields: answerFields(),
    request: (v) => ({
      parent: schoolCall,
      schoolResponseId: ownId(),
      schoolResponse: { organization: ownRecord(), ...answerOf(v), feasibility },
    }),
  });

const changeButton = (row: SchoolResponse, context: Context): Node =>
  writeButton({
    button: t("Cambiar", "Change"),
    title: t("Cambiar la respuesta", "Change the answer"),
    method: `${RESPONSES}/UpdateSchoolResponse`,
    before: row,
    done: context.refresh,
    fields: answerFields(row),
    request: (v) => {
      const answer = answerOf(v);
      return {
        schoolResponse: { name: row.name, etag: row.etag, ...answer },
        updateMask: maskOf(answer),
      };
    },
  });

async function showCalls(context: Context): Promise<Child[]> {
  const { signal } = context;
  const mine = session().kind === "organization";
  const answers = mine
    ? await all(
        `${RESPONSES}/ListSchoolResponses`,
        { parent: "schoolCalls/-", filter: ofOwn() },
        (answer) => answer.schoolResponses,
        { signal },
      ).catch(() => null)
    : [];
  const answerTo = (callName: string): SchoolResponse | undefined =>
    answers?.find((a) => a.name?.startsWith(`${callName}/`));
  return [
    h("h1", null, t("Convocatorias", "Calls to schools")),
    h(
      "p",
      { class: "lead" },
      t(
        "Lo que Economía pregunta a las escuelas por una propuesta: si pueden, con cuántos lugares y desde cuándo.",
        "What Economy asks schools because of a proposal: whether they can, with how many seats, and from when.",
      ),
    ),
    await list({
      method: "puente.economy.v1.SchoolCallService/ListSchoolCalls",
      request: {},
      rows: (answer) => answer.schoolCalls,
      signal,
      caption: t("Convocatorias", "Calls"),
      empty: t("No hay convocatorias.", "There are no calls."),
      columns: [
        {
          head: t("convocatoria", "call"),
          kind: "head",
          cell: (row: SchoolCall) => [
            h("span", { class: "free" }, either(row.textEs, row.textEn)),
            h(
              "a",
              { class: "fine block", href: link("proposal", { name: row.proposal }) },
              labelOf(row.proposal),
            ),
          ],
        },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        { head: t("hasta", "until"), cell: (row) => day(row.endDate) },
        {
          head: t("estados", "states"),
          cell: (row) => stateNames(row.stateCodes) || t("todo el país", "whole country"),
        },
        ...(mine
          ? [
              {
                head: t("su respuesta", "your answer"),
                cell: (row: SchoolCall): Child => {
                  const a = answerTo(row.name!);
                  return a
                    ? [
                        word(a.canDo),
                        a.seats ? `, ${count(a.seats)} ${t("lugares", "seats")}` : "",
                        a.missing ? h("span", { class: "fine block" }, a.missing) : null,
                        a.feasibility
                          ? h("span", { class: "fine block" }, t("en ", "at "), labelOf(a.feasibility.campus))
                          : null,
                      ]
                    : h(
                        "span",
                        { class: answers ? "mark none" : "mark unknown" },
                        answers ? t("ninguna", "none") : t("no se sabe", "unknown"),
                      );
                },
              },
              {
                head: "",
                kind: "actions" as const,
                cell: (row: SchoolCall): Child =>
                  row.state !== "SCHOOL_CALL_STATE_OPEN" || !answers
                    ? null
                    : answerTo(row.name!)
                      ? changeButton(answerTo(row.name!)!, context)
                      : [
                          answerButton(row.name!, context),
                          h(
                            "a",
                            {
                              class: "block",
                              href: link("feasibility", { proposal: row.proposal, call: row.name }),
                            },
                            t("¿Podríamos?", "Could we?"),
                          ),
                        ],
              },
            ]
          : []),
      ],
    }),
  ];
}

export const calls: Page = {
  path: "calls",
  title: () => t("Convocatorias", "Calls to schools"),
  group: "work",
  kinds: ["organization", "agency/economy"],
  show: showCalls,
};
