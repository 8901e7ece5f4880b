// Microcredentials that were awarded.
import type { Award } from "../contract";
import { h, type Child } from "../dom";
import type { Field } from "../fields";
import { day, minutes, readDay, today } from "../format";
import { labelOf, lastId } from "../labels";
import { list } from "../list";
import { stateTag } from "../parts";
import { type Context, type Page } from "../router";
import { ownRecord, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";

export const awardFields = (row?: { grade?: string }): Field[] => [
  { name: "day", label: t("Día en que se otorga", "Day of issue"), kind: "date", value: today() },
  {
    name: "until",
    label: t("Hasta", "Until"),
    kind: "date",
    optional: true,
    hint: t("Sin día, no tiene término.", "Without a day it has no end."),
  },
  { name: "grade", label: t("Calificación", "Grade"), value: row?.grade, optional: true },
];
export const awardOf = (v: Record<string, string>): Award => ({
  issueDate: readDay(v.day),
  endDate: readDay(v.until),
  grade: v.grade,
});

async function showAwards(context: Context): Promise<Child[]> {
  const act = (
    row: Award,
    verb: "Suspend" | "Resume" | "Revoke",
    button: string,
    title: string,
    danger = false,
  ) =>
    writeButton({
      button,
      title,
      danger,
      method: `puente.education.v1.AwardService/${verb}Award`,
      before: row,
      fields: [{ name: "reason", label: t("Motivo", "Reason"), kind: "area" }],
      request: (v) => ({ name: row.name, etag: row.etag, reason: v.reason }),
      done: context.refresh,
    });
  return [
    h("h1", null, t("Otorgamientos", "Awards")),
    h(
      "p",
      { class: "lead" },
      t(
        "Las microcredenciales otorgadas, en qué certificación se apoyan y cuánto se aprendió en el trabajo. Se otorga desde una evaluación aprobada.",
        "The microcredentials awarded, on which certification they rest, and how much was learned at work. They are awarded from an assessment that was passed.",
      ),
    ),
    await list({
      method: "puente.education.v1.AwardService/ListAwards",
      request: { parent: ownRecord() },
      rows: (answer) => answer.awards,
      purpose: usualPurpose(),
      signal: context.signal,
      caption: t("Otorgamientos", "Awards"),
      empty: t("No hay otorgamientos.", "There are no awards."),
      columns: [
        {
          head: t("microcredencial", "microcredential"),
          kind: "head",
          cell: (row: Award) => [
            labelOf(row.microcredentialVersion),
            h("span", { class: "fine block" }, labelOf(row.certifier)),
          ],
        },
        {
          head: t("estado", "state"),
          cell: (row) => [
            stateTag(row.state),
            row.stateReason ? h("span", { class: "fine block" }, row.stateReason) : null,
          ],
        },
        {
          head: t("otorgada el", "issued on"),
          cell: (row) => [
            day(row.issueDate),
            row.endDate
              ? h("span", { class: "fine block" }, `${t("hasta", "until")} ${day(row.endDate)}`)
              : null,
          ],
        },
        {
          head: t("estudiante", "learner"),
          cell: (row) => h("code", null, lastId(row.learner ?? "").slice(0, 8)),
        },
        {
          head: t("calificación", "grade"),
          kind: "number",
          cell: (row) => row.grade || h("span", { class: "mark none" }, "–"),
        },
        {
          head: t("en el trabajo", "at work"),
          kind: "number",
          cell: (row) =>
            Number(row.workplaceMinutes ?? 0)
              ? minutes(row.workplaceMinutes)
              : h("span", { class: "mark none" }, "–"),
        },
        {
          head: "",
          kind: "actions",
          cell: (row) => [
            row.state === "AWARD_STATE_ISSUED"
              ? act(
                  row,
                  "Suspend",
                  t("Suspender", "Suspend"),
                  t("Suspender el otorgamiento", "Suspend the award"),
                )
              : null,
            row.state === "AWARD_STATE_SUSPENDED"
              ? act(row, "Resume", t("Reanudar", "Resume"), t("Reanudar el otorgamiento", "Resume the award"))
              : null,
            /_(ISSUED|SUSPENDED|EXPIRED)$/.test(row.state ?? "")
              ? [
                  writeButton({
                    button: t("Corregir", "Correct"),
                    title: t("Otorgar otro en su lugar", "Issue another in its place"),
                    method: "puente.education.v1.AwardService/CorrectAward",
                    before: row,
                    fields: [
                      ...awardFields(row),
                      { name: "reason", label: t("Motivo", "Reason"), kind: "area" },
                    ],
                    request: (v) => ({
                      name: row.name,
                      etag: row.etag,
                      awardId: newId("o"),
                      award: { assessment: row.assessment, ...awardOf(v) },
                      reason: v.reason,
                    }),
                    done: context.refresh,
                  }),
                  act(
                    row,
                    "Revoke",
                    t("Revocar", "Revoke"),
                    t("Revocar el otorgamiento", "Revoke the award"),
                    true,
                  ),
                ]
              : null,
          ],
        },
      ],
    }),
  ];
}

export const awards: Page = {
  path: "awards",
  title: () => t("Otorgamientos", "Awards"),
  group: "work",
  kinds: ["organization"],
  show: showAwards,
};
