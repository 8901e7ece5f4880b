// Inter-ministry reports: asked for by one statistician, approved by another, published once.
import type { Report, ReportDefinition, ReportExtract, ReportFile, ReportTableSummary } from "../contract";
import { h, type Child } from "../dom";
import { recordKinds, word } from "../enums";
import { count, latency, moment } from "../format";
import { filters } from "../filters";
import { agencyName, labelOf, partyOf } from "../labels";
import { list, one } from "../list";
import { block, facts, generated, none, stateTag, table } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, ownId, session, t } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";

const isAgency = () => session().kind === "agency";
const titleOf = (row: { titleEs?: string; titleEn?: string }) => either(row.titleEs, row.titleEn);
const STATES = ["QUEUED", "READING", "DRAFTED", "APPROVED", "PUBLISHED", "CANCELLED", "FAILED", "WITHDRAWN"];

async function showReports(context: Context): Promise<Child[]> {
  const state = context.query.get("state") ?? "",
    { signal } = context;
  return [
    h("h1", null, t("Informes", "Reports")),
    h(
      "p",
      { class: "lead" },
      t(
        "Cifras de todas las dependencias, leídas en un momento, aprobadas por una segunda persona y publicadas una vez.",
        "Figures of all agencies, read at one time, approved by a second person and published once.",
      ),
    ),
    filters("reports", context, [
      {
        name: "state",
        label: t("Estado", "State"),
        options: [
          ["", t("Todos", "All")],
          ...(isAgency() ? STATES : ["PUBLISHED", "WITHDRAWN"]).map((s): [string, string] => [
            s,
            word(`REPORT_STATE_${s}`),
          ]),
        ],
      },
    ]),
    await list({
      method: "puente.gateway.v1.ReportService/ListReports",
      request: { filter: state ? `state = ${state}` : "" },
      rows: (answer) => answer.reports,
      signal,
      caption: t("Informes", "Reports"),
      empty: t("No hay informes así.", "There are no such reports."),
      columns: [
        {
          head: t("informe", "report"),
          kind: "head",
          cell: (row: Report) =>
            h(
              "a",
              { href: link("report", { name: row.name }) },
              titleOf(row) || labelOf(row.reportDefinition),
            ),
        },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        { head: t("versión", "version"), cell: (row) => row.reportVersion || "–" },
        { head: t("pedido por", "asked for by"), cell: (row) => partyOf(row.maker) },
        { head: t("pedido", "asked for"), cell: (row) => moment(row.createTime) },
        { head: t("publicado el", "published at"), cell: (row) => moment(row.publishTime) || "–" },
      ],
    }),
    block(
      t("Qué informes hay", "Which reports there are"),
      await list({
        method: "puente.gateway.v1.ReportDefinitionService/ListReportDefinitions",
        request: {},
        rows: (answer) => answer.reportDefinitions,
        signal,
        caption: t("Definiciones", "Definitions"),
        empty: t("No hay definiciones.", "There are no definitions."),
        columns: [
          {
            head: t("informe", "report"),
            kind: "head",
            cell: (row: ReportDefinition) => [
              titleOf(row),
              h("span", { class: "fine block" }, either(row.summaryEs, row.summaryEn)),
            ],
          },
          { head: t("tablas", "tables"), kind: "number", cell: (row) => count(row.tables?.length) },
          {
            head: "",
            kind: "actions",
            cell: (row) =>
              isAgency()
                ? writeButton({
                    button: t("Pedir uno nuevo", "Ask for a new one"),
                    title: `${t("Pedir el informe", "Ask for the report")}: ${titleOf(row)}`,
                    method: "puente.gateway.v1.ReportService/CreateReport",
                    done: context.refresh,
                    fields: [
                      {
                        name: "kind",
                        label: t("Registros", "Records"),
                        kind: "select",
                        options: recordKinds(),
                      },
                    ],
                    request: (v) => ({
                      reportId: newId(row.name!.split("/")[1].slice(0, 40)),
                      report: { reportDefinition: row.name, source: ownId(), recordKind: v.kind },
                    }),
                  })
                : null,
          },
        ],
      }),
    ),
  ];
}

const isBeingMade = (report: Report) =>
  report.state === "REPORT_STATE_QUEUED" || report.state === "REPORT_STATE_READING";

function actions(report: Report, context: Context): Child {
  if (!isAgency()) return null;
  const base = {
    before: report,
    request: () => ({ name: report.name, etag: report.etag }),
    done: context.refresh,
  };
  const service = "puente.gateway.v1.ReportService";
  const published = report.state === "REPORT_STATE_PUBLISHED";
  return h(
    "div",
    { class: "buttons" },
    report.state === "REPORT_STATE_DRAFTED"
      ? writeButton({
          ...base,
          button: t("Aprobar", "Approve"),
          title: t("Aprobar el informe", "Approve the report"),
          method: `${service}/ApproveReport`,
        })
      : null,
    report.state === "REPORT_STATE_APPROVED"
      ? writeButton({
          ...base,
          button: t("Publicar", "Publish"),
          title: t(
            "Publicar el informe: después no cambia",
            "Publish the report: it does not change afterwards",
          ),
          method: `${service}/PublishReport`,
        })
      : null,
    isBeingMade(report)
      ? writeButton({
          ...base,
          danger: true,
          button: t("Cancelar el informe", "Cancel the report"),
          title: t("Cancelar el informe", "Cancel the report"),
          method: `${service}/CancelReport`,
        })
      : null,
    published || ["REPORT_STATE_DRAFTED", "REPORT_STATE_APPROVED"].includes(report.state ?? "")
      ? writeButton({
          ...base,
          danger: true,
          button: t("Retirar", "Withdraw"),
          title: t("Retirar el informe", "Withdraw the report"),
          method: `${service}/WithdrawReport`,
          fields: [
            {
              name: "reason",
              label: published
                ? t("Motivo, que se publica", "Reason, which is published")
                : t("Motivo", "Reason"),
              kind: "area",
            },
          ],
          request: (v: Record<string, string>) => ({
            name: report.name,
            etag: report.etag,
            reason: v.reason,
          }),
        })
      : null,
  );
}

async function showReport(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "";
  const report = await one("puente.gateway.v1.ReportService/GetReport", name, { signal: context.signal });
  return [
    h("h1", null, titleOf(report) || labelOf(report.reportDefinition)),
    h(
      "p",
      { class: "lead" },
      stateTag(report.state),
      " ",
      report.reportVersion ? `${t("versión", "version")} ${report.reportVersion}` : "",
    ),
    generated(report.recordKind),
    facts([
      [t("pedido por", "asked for by"), [partyOf(report.maker), ` ${report.makerActor ?? ""}`]],
      [
        t("aprobado por", "approved by"),
        report.approver ? [partyOf(report.approver), ` ${report.approverActor ?? ""}`] : "",
      ],
      [t("redactado", "drafted"), moment(report.draftTime)],
      [t("aprobado", "approved"), moment(report.approveTime)],
      [t("publicado el", "published at"), moment(report.publishTime)],
      [t("no antes del", "not before"), moment(report.embargoTime)],
      [t("leído en", "read within"), report.readSpread ? latency(report.readSpread) : ""],
      [t("motivo", "reason"), report.stateReason || either(report.failureEs, report.failureEn)],
    ]),
    isBeingMade(report)
      ? h(
          "p",
          { class: "buttons" },
          h(
            "button",
            { type: "button", class: "secondary", onclick: context.refresh },
            t("Ver cómo va", "See how far it is"),
          ),
        )
      : null,
    actions(report, context),
    block(
      t("De dónde viene", "Where it comes from"),
      report.extracts?.length
        ? table(
            t("Lo que cada dependencia entregó", "What each agency gave"),
            [
              {
                head: t("dependencia", "agency"),
                kind: "head",
                cell: (row: ReportExtract) => agencyName(row.agency),
              },
              { head: t("estado", "state"), cell: (row) => word(row.state) },
              { head: t("leído el", "read at"), cell: (row) => moment(row.readTime) || "–" },
              { head: t("tablas", "tables"), kind: "number", cell: (row) => count(row.tables?.length) },
              {
                head: t("resumen SHA-256", "SHA-256"),
                cell: (row) => (row.sha256 ? h("code", null, row.sha256.slice(0, 16), "…") : "–"),
              },
            ],
            report.extracts,
          )
        : none(t("Todavía no se ha leído nada.", "Nothing has been read yet.")),
    ),
    report.tables?.length
      ? block(
          t("Tablas", "Tables"),
          table(
            t("Tablas", "Tables"),
            [
              { head: t("tabla", "table"), kind: "head", cell: (row: ReportTableSummary) => titleOf(row) },
              { head: t("renglones", "rows"), kind: "number", cell: (row) => count(row.rowCount) },
            ],
            report.tables,
          ),
        )
      : null,
    report.files?.length
      ? block(
          t("Archivos", "Files"),
          table(
            t("Archivos", "Files"),
            [
              {
                head: t("archivo", "file"),
                kind: "head",
                cell: (row: ReportFile) => h("code", null, row.path ?? ""),
              },
              { head: t("bytes", "bytes"), kind: "number", cell: (row) => count(row.byteCount) },
              {
                head: t("resumen SHA-256", "SHA-256"),
                cell: (row) => h("code", null, (row.sha256 ?? "").slice(0, 16), "…"),
              },
              {
                head: "",
                kind: "actions",
                cell: (row) =>
                  h(
                    "a",
                    {
                      href: `/${name}/${row.path}?${new URLSearchParams({ actor: session().actor })}`,
                      download: "",
                    },
                    t("Descargar", "Download"),
                    " ",
                    h("span", { class: "visually-hidden" }, row.path),
                  ),
              },
            ],
            report.files,
          ),
        )
      : null,
  ];
}

export const reports: Page = {
  path: "reports",
  title: () => t("Informes", "Reports"),
  group: "rule",
  kinds: ["*"],
  show: showReports,
};
export const report: Page = {
  path: "report",
  title: () => t("Informe", "Report"),
  group: "rule",
  kinds: ["*"],
  show: showReport,
  detail: true,
};
