// Which kind of records an agency's figures count, from which day on.
import type { CountedKind } from "../contract";
import { h, type Child } from "../dom";
import { recordKinds, word } from "../enums";
import { day, moment, readDay, today } from "../format";
import { partyOf } from "../labels";
import { list } from "../list";
import type { Context, Page } from "../router";
import { ownId, t } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";

async function showSettings(context: Context): Promise<Child[]> {
  const server = ownId();
  return [
    h("h1", null, t("Qué registros cuentan", "Which records count")),
    h(
      "p",
      { class: "lead" },
      t(
        "Si las cifras de su dependencia son de registros reales o de la muestra generada, y desde cuándo. Un ajuste no se borra: uno posterior lo reemplaza.",
        "Whether the figures of your agency are of real or of generated records, and from when. A setting is never deleted: a later one takes its place.",
      ),
    ),
    h(
      "div",
      { class: "buttons" },
      writeButton({
        button: t("Poner un ajuste", "Make a setting"),
        title: t("Poner qué registros cuentan", "Set which records count"),
        method: "puente.api.v1.CountedKindService/CreateCountedKind",
        done: context.refresh,
        server,
        fields: [
          { name: "collection", label: t("Colección", "Collection") },
          {
            name: "kind",
            label: t("Cuentan los", "What counts"),
            kind: "select",
            options: recordKinds(),
          },
          { name: "from", label: t("Desde el", "From"), kind: "date", value: today() },
        ],
        request: (v) => ({
          countedKindId: newId(v.collection.toLowerCase().replace(/[^a-z0-9]/g, "").slice(0, 40)),
          countedKind: { collection: v.collection, recordKind: v.kind, effectiveDate: readDay(v.from) },
        }),
      }),
    ),
    await list({
      method: "puente.api.v1.CountedKindService/ListCountedKinds",
      request: {},
      rows: (answer) => answer.countedKinds,
      server,
      signal: context.signal,
      caption: t("Ajustes, el último primero", "Settings, the last one first"),
      empty: t("No hay ajustes: cuentan los registros reales.", "There are no settings: real records count."),
      columns: [
        {
          head: t("colección", "collection"),
          kind: "head",
          cell: (row: CountedKind) => h("code", null, row.collection ?? ""),
        },
        { head: t("cuentan", "what counts"), cell: (row) => word(row.recordKind) },
        { head: t("desde", "from"), cell: (row) => day(row.effectiveDate) },
        { head: t("puesto por", "set by"), cell: (row) => [partyOf(row.caller), ` ${row.actor ?? ""}`] },
        { head: t("el", "at"), cell: (row) => moment(row.createTime) },
      ],
    }),
  ];
}

export const settings: Page = {
  path: "settings",
  title: () => t("Qué registros cuentan", "Which records count"),
  group: "rule",
  kinds: ["agency"],
  show: showSettings,
};
