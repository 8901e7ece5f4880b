// How the servers stand, and what they hold.
import { call } from "../call";
import type { Server } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, moment } from "../format";
import { AGENCIES, agencyName } from "../labels";
import { block, none, problemNode, table } from "../parts";
import type { Context, Page } from "../router";
import { t } from "../session";

export const SERVERS = Object.keys(AGENCIES);

interface Known {
  id: string;
  server?: Server;
  error?: unknown;
}

async function servers(signal: AbortSignal): Promise<Known[]> {
  return Promise.all(
    SERVERS.map(async (id): Promise<Known> => {
      try {
        return {
          id,
          server: await call("puente.api.v1.ServerService/GetServer", {}, { server: id, seconds: 3, signal }),
        };
      } catch (error) {
        return { id, error };
      }
    }),
  );
}

async function showStatus(context: Context): Promise<Child[]> {
  const all = await servers(context.signal);
  const up = all.filter((s) => s.server);
  const records = up.flatMap(({ id, server }) =>
    (server!.recordCounts ?? []).map((r) => ({
      id,
      ...r,
      counted: server!.countedKinds?.find((k) => k.collection === r.collection),
    })),
  );
  const due = up.flatMap(({ id, server }) => (server!.dueWork ?? []).map((w) => ({ id, ...w })));
  return [
    h("h1", null, t("Cómo están los servidores", "How the servers stand")),
    all.filter((s) => s.error).map((s) => problemNode(s.error, s.id)),
    table(
      t("Servidores", "Servers"),
      [
        { head: t("dependencia", "agency"), kind: "head", cell: (row: Known) => agencyName(row.id) },
        {
          head: t("estado", "state"),
          cell: (row) =>
            row.server
              ? h("span", { class: "tag good" }, t("activo", "up"))
              : h("span", { class: "tag bad" }, t("sin respuesta", "no answer")),
        },
        { head: t("versión", "version"), cell: (row) => row.server?.version ?? "–" },
        {
          head: t("bitácora", "journal"),
          kind: "number",
          cell: (row) =>
            Number(row.server?.journalPosition ?? 0)
              ? count(row.server!.journalPosition)
              : h("span", { class: "mark none" }, t("no se dice", "not told")),
        },
        { head: t("desde", "since"), cell: (row) => moment(row.server?.startTime) || "–" },
      ],
      all,
    ),
    due.length
      ? block(
          t("Trabajo pendiente", "Work due"),
          table(
            t("Trabajo pendiente", "Work due"),
            [
              { head: t("dependencia", "agency"), kind: "head", cell: (w) => agencyName(w.id) },
              { head: t("trabajo", "work"), cell: (w) => h("code", null, w.kind ?? "") },
              { head: t("cuántos", "count"), kind: "number", cell: (w) => count(w.count) },
              { head: t("el primero vence", "first due"), cell: (w) => moment(w.firstDueTime) },
              { head: t("con fallas", "failing"), kind: "number", cell: (w) => count(w.failingCount) },
              { head: t("última falla", "last error"), cell: (w) => w.lastError || "–" },
            ],
            due,
          ),
        )
      : null,
    block(
      t("Registros", "Records"),
      records.length
        ? table(
            t("Registros por colección", "Records by collection"),
            [
              {
                head: t("colección", "collection"),
                kind: "head",
                cell: (r) => h("code", null, r.collection ?? ""),
              },
              { head: t("dependencia", "agency"), cell: (r) => agencyName(r.id) },
              { head: t("registros", "records"), kind: "number", cell: (r) => count(r.count) },
              { head: t("generados", "generated"), kind: "number", cell: (r) => count(r.generatedCount) },
              {
                head: t("se cuentan", "counted"),
                cell: (r) =>
                  r.counted
                    ? [
                        word(r.counted.recordKind),
                        h("span", { class: "fine block" }, day(r.counted.effectiveDate)),
                      ]
                    : "–",
              },
            ],
            records,
          )
        : none(
            t("Los servidores no le dicen cuántos hay.", "The servers do not tell you how many there are."),
          ),
    ),
  ];
}

export const status: Page = {
  path: "status",
  title: () => t("Servidores", "Servers"),
  group: "rule",
  kinds: ["*"],
  show: showStatus,
};
