// When reports are asked for by themselves.
import type { ReportSchedule } from "../contract";
import { h, type Child } from "../dom";
import { recordKinds, word } from "../enums";
import { moment, readDay } from "../format";
import { labelOf, partyOf } from "../labels";
import { all, list } from "../list";
import { attempt, stateTag } from "../parts";
import { link, type Context, type Page } from "../router";
import { ownId, session, t } from "../session";
import { writeButton } from "../write";
import { choicesOf } from "../filters";
import { newId } from "./bodies";

const SERVICE = "puente.gateway.v1.ReportScheduleService";
const definitions = choicesOf(async () =>
  (
    await all(
      "puente.gateway.v1.ReportDefinitionService/ListReportDefinitions",
      {},
      (answer) => answer.reportDefinitions,
    )
  ).map(({ name, titleEs, titleEn }) => ({ name, labelEs: titleEs, labelEn: titleEn })),
);
const FREQUENCIES = ["WEEKLY", "MONTHLY", "QUARTERLY", "YEARLY"];

// "mes, día 5, 7:00"
const howOften = (row: ReportSchedule) =>
  [
    word(row.frequency),
    row.month ? `${t("mes", "month")} ${row.month}` : "",
    `${t("día", "day")} ${row.day}`,
    `${row.hour ?? 0}:00`,
  ]
    .filter(Boolean)
    .join(", ");

const addButton = (context: Context, reports: [string, string][]) =>
  writeButton({
    button: t("Añadir un calendario", "Add a schedule"),
    title: t("Pedir un informe una y otra vez, en su nombre", "Ask for a report again and again, in your name"),
    method: `${SERVICE}/CreateReportSchedule`,
    done: context.refresh,
    fields: [
      {
        name: "definition",
        label: t("Informe", "Report"),
        kind: "select",
        options: reports,
      },
      {
        name: "frequency",
        label: t("Cada", "Every"),
        kind: "select",
        options: FREQUENCIES.map((f): [string, string] => [`REPORT_FREQUENCY_${f}`, word(`REPORT_FREQUENCY_${f}`)]),
        value: "REPORT_FREQUENCY_MONTHLY",
      },
      {
        name: "day",
        label: t("Día", "Day"),
        kind: "number",
        value: "5",
        hint: t("Del mes; de la semana, 1 es lunes.", "Of the month; of the week, 1 is Monday."),
      },
      {
        name: "month",
        label: t("Mes", "Month"),
        kind: "number",
        optional: true,
        hint: t("Del trimestre, 1 a 3; del año, 1 a 12.", "Of the quarter, 1 to 3; of the year, 1 to 12."),
      },
      { name: "hour", label: t("Hora, de la Ciudad de México", "Hour, in Mexico City"), kind: "number", value: "7" },
      { name: "first", label: t("Desde el", "From"), kind: "date", optional: true },
      { name: "last", label: t("Hasta el", "Until"), kind: "date", optional: true },
      { name: "kind", label: t("Registros", "Records"), kind: "select", options: recordKinds() },
    ],
    request: (v) => ({
      reportScheduleId: newId("cal"),
      reportSchedule: {
        reportDefinition: v.definition,
        frequency: v.frequency,
        day: Number(v.day),
        month: Number(v.month || 0),
        hour: Number(v.hour),
        firstDate: readDay(v.first ?? ""),
        lastDate: readDay(v.last ?? ""),
        source: ownId(),
        recordKind: v.kind,
      },
    }),
  });

const change = (row: ReportSchedule, context: Context): Child => {
  const common = { before: row, done: context.refresh };
  const { name, etag } = row;
  return row.state === "REPORT_SCHEDULE_STATE_ACTIVE"
    ? writeButton({
        ...common,
        button: t("Pausar", "Pause"),
        title: t("Pausar el calendario", "Pause the schedule"),
        method: `${SERVICE}/PauseReportSchedule`,
        fields: [{ name: "reason", label: t("Por qué, que se lee", "Why, which is read"), kind: "area" }],
        request: (values) => ({ name, etag, reason: values.reason }),
      })
    : row.state === "REPORT_SCHEDULE_STATE_PAUSED"
      ? writeButton({
          ...common,
          button: t("Reanudar", "Resume"),
          title: t("Reanudar el calendario", "Resume the schedule"),
          method: `${SERVICE}/ResumeReportSchedule`,
          request: () => ({ name, etag }),
        })
      : null;
};

async function showSchedules(context: Context): Promise<Child[]> {
  const mayChange = session().kind === "agency";
  const reports = mayChange ? await attempt("gateway", definitions) : {};
  return [
    h("h1", null, t("Calendarios de informes", "Schedules of reports")),
    h(
      "p",
      { class: "lead" },
      t(
        "Cuándo se piden informes por sí solos, en nombre de quién. Una segunda persona los aprueba.",
        "When reports are asked for by themselves, and in whose name. A second person approves them.",
      ),
    ),
    reports.hole,
    reports.answer ? h("div", { class: "buttons" }, addButton(context, reports.answer)) : null,
    await list({
      method: `${SERVICE}/ListReportSchedules`,
      request: {},
      rows: (answer) => answer.reportSchedules,
      signal: context.signal,
      caption: t("Calendarios", "Schedules"),
      empty: t("No hay calendarios.", "There are no schedules."),
      columns: [
        {
          head: t("informe", "report"),
          kind: "head",
          cell: (row: ReportSchedule) => labelOf(row.reportDefinition),
        },
        { head: t("cada", "every"), cell: howOften },
        {
          head: t("estado", "state"),
          cell: (row) => [
            stateTag(row.state),
            row.stateReason ? h("span", { class: "fine block" }, row.stateReason) : null,
          ],
        },
        { head: t("el próximo", "the next one"), cell: (row) => moment(row.nextRunTime) || "–" },
        {
          head: t("el último", "the last one"),
          cell: (row) =>
            row.lastReport
              ? h("a", { href: link("report", { name: row.lastReport }) }, t("ver", "show"))
              : h("span", { class: "mark none" }, t("ninguno", "none")),
        },
        { head: t("a nombre de", "in the name of"), cell: (row) => [partyOf(row.maker), ` ${row.makerActor ?? ""}`] },
        { head: "", kind: "actions", cell: (row) => (mayChange ? change(row, context) : null) },
      ],
    }),
  ];
}

export const schedules: Page = {
  path: "schedules",
  title: () => t("Calendarios de informes", "Schedules of reports"),
  group: "rule",
  kinds: ["agency", "auditor"],
  show: showSchedules,
};
