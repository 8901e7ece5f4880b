// Calls to schools, and their answers.
import type { SchoolCall, SchoolResponse } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, readDay } from "../format";
import { labelOf, stateNames } from "../labels";
import { all, list } from "../list";
import { stateTag } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, ownId, ownRecord, session, t } from "../session";
import { writeButton } from "../write";
import { ofOwn } from "./programs";

async function showCalls(context: Context): Promise<Child[]> {
  const { signal } = context;
  const mine = session().kind === "organization";
  const answers = mine
    ? await all(
        "puente.economy.v1.SchoolResponseService/ListSchoolResponses",
        { parent: "schoolCalls/-", filter: ofOwn() },
        (answer) => answer.schoolResponses,
        { signal },
      ).catch(() => null)
    : [];
  const answerOf = (callName: string): SchoolResponse | undefined =>
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
          cell: (row: SchoolCall) => h("span", { class: "free" }, either(row.textEs, row.textEn)),
        },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        {
          head: t("propuesta", "proposal"),
          cell: (row) => h("a", { href: link("proposal", { name: row.proposal }) }, labelOf(row.proposal)),
        },
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
                  const a = answerOf(row.name!);
                  return a
                    ? [
                        word(a.canDo),
                        a.seats ? `, ${count(a.seats)} ${t("lugares", "seats")}` : "",
                        a.missing ? h("span", { class: "fine block" }, a.missing) : null,
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
                  row.state === "SCHOOL_CALL_STATE_OPEN" && !answerOf(row.name!)
                    ? writeButton({
                        button: t("Responder", "Answer"),
                        title: t("Responder la convocatoria", "Answer the call"),
                        method: "puente.economy.v1.SchoolResponseService/CreateSchoolResponse",
                        done: context.refresh,
                        fields: [
                          {
                            name: "can",
                            label: t("¿Puede?", "Can you?"),
                            kind: "select",
                            options: ["YES", "IF_HELPED", "NO"].map((v): [string, string] => [
                              `CAN_DO_${v}`,
                              word(`CAN_DO_${v}`),
                            ]),
                          },
                          { name: "seats", label: t("Lugares", "Seats"), kind: "number", value: "0" },
                          { name: "from", label: t("Desde", "From"), kind: "date", optional: true },
                          {
                            name: "missing",
                            label: t("Qué falta", "What is missing"),
                            kind: "area",
                            optional: true,
                          },
                        ],
                        request: (v) => ({
                          parent: row.name,
                          schoolResponseId: ownId(),
                          schoolResponse: {
                            organization: ownRecord(),
                            canDo: v.can,
                            seats: Number(v.seats),
                            startDate: readDay(v.from),
                            missing: v.missing,
                          },
                        }),
                      })
                    : null,
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
