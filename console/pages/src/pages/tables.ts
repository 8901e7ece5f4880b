// The sector tables, and the tables of figures that agencies tell in reports.
import type { FigureTable, SectorTable } from "../contract";
import { h, type Child } from "../dom";
import { several } from "../fields";
import { sectorTables } from "../filters";
import { day, readDay, today } from "../format";
import { AGENCIES, agencyName } from "../labels";
import { list } from "../list";
import { block } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, ownId, session, t } from "../session";
import { writeButton } from "../write";
import { keyField, labelFields, recordFields, recordOf } from "./drafting";

const titles = (all: { titleEs?: string; titleEn?: string }[] | undefined) =>
  (all ?? []).map((each) => either(each.titleEs, each.titleEn)).join(", ");

const figureTables = async (server: string, context: Context): Promise<Child> =>
  block(
    `${t("Tablas de cifras", "Tables of figures")}: ${agencyName(server)}`,
    await list({
      method: "puente.api.v1.FigureExtractService/ListFigureTables",
      request: {},
      rows: (answer) => answer.tables,
      server,
      signal: context.signal,
      caption: t("Lo que dice en informes", "What it tells in reports"),
      empty: t("No dice tablas.", "It tells no tables."),
      columns: [
        {
          head: t("tabla", "table"),
          kind: "head",
          cell: (row: FigureTable) => [
            either(row.titleEs, row.titleEn),
            h("span", { class: "fine block" }, either(row.noteEs, row.noteEn)),
          ],
        },
        { head: t("por", "by"), cell: (row) => titles(row.dimensions) },
        { head: t("cifras", "figures"), cell: (row) => titles(row.measures) },
      ],
    }),
  );

const openTable = (context: Context): Child =>
  session().caller === "agency/economy"
    ? h(
        "div",
        { class: "buttons" },
        writeButton({
          button: t("Abrir una mesa", "Open a table"),
          title: t("Abrir una mesa sectorial", "Open a sector table"),
          method: "puente.economy.v1.SectorTableService/CreateSectorTable",
          fields: [
            keyField(
              t(
                "Una palabra en minúsculas, como automotriz: no cambia.",
                "A word, such as automotive: it does not change.",
              ),
            ),
            ...labelFields().map((field) => ({ ...field, optional: false })),
            {
              name: "scian",
              label: t("Clases SCIAN que abarca", "SCIAN classes that it covers"),
              hint: t(
                "Sus primeras cifras, con comas: 336, 3331",
                "Their first digits, with commas: 336, 3331",
              ),
            },
            { name: "from", label: t("Desde el", "From"), kind: "date", value: today() },
            ...recordFields(),
          ],
          request: (v) => ({
            sectorTableId: v.key,
            sectorTable: {
              labelEs: v.es,
              labelEn: v.en,
              scianPrefixes: several(v.scian.replace(/\s/g, "")).map((prefix) => ({
                prefix,
                effectiveDate: readDay(v.from),
                source: v.source,
              })),
              ...recordOf(v),
            },
          }),
          done: () => {
            sectorTables.forget();
            context.refresh();
          },
        }),
      )
    : null;

async function show(context: Context): Promise<Child[]> {
  const servers = session().kind === "agency" ? [ownId()] : Object.keys(AGENCIES);
  return [
    h("h1", null, t("Tablas", "Tables")),
    block(
      t("Mesas sectoriales", "Sector tables"),
      openTable(context),
      await list({
        method: "puente.economy.v1.SectorTableService/ListSectorTables",
        request: {},
        rows: (answer) => answer.sectorTables,
        signal: context.signal,
        caption: t("Mesas y las clases SCIAN que abarcan", "Tables, and the SCIAN classes that they cover"),
        empty: t("No hay mesas.", "There are no tables."),
        columns: [
          {
            head: t("mesa", "table"),
            kind: "head",
            cell: (row: SectorTable) =>
              h("a", { href: link("overview", { sector: row.name }) }, either(row.labelEs, row.labelEn)),
          },
          {
            head: t("clases SCIAN", "SCIAN classes"),
            cell: (row) =>
              (row.scianPrefixes ?? [])
                .map((p) => `${p.prefix} (${t("desde", "from")} ${day(p.effectiveDate)})`)
                .join(", "),
          },
        ],
      }),
    ),
    await Promise.all(servers.map((server) => figureTables(server, context))),
  ];
}

export const tables: Page = {
  path: "tables",
  title: () => t("Tablas", "Tables"),
  group: "rule",
  kinds: ["agency", "auditor", "reporter", "council"],
  show,
};
