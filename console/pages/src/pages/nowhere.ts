// References that lead to no record.
import type { UnresolvedReference } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { moment } from "../format";
import { agencyName, partyOf } from "../labels";
import { list } from "../list";
import { block } from "../parts";
import type { Context, Page } from "../router";
import { ownId, session, t } from "../session";
import { SERVERS } from "./status";

async function showNowhere(context: Context): Promise<Child[]> {
  const which =
    session().kind === "agency"
      ? [ownId(), "gateway"]
      : session().kind === "auditor"
        ? SERVERS
        : session().kind === "company"
          ? ["economy", "education"]
          : ["education", "economy", "gateway"];
  const lists = await Promise.all(
    which.map(async (server) =>
      block(
        agencyName(server),
        await list({
          method: "puente.api.v1.ReferenceService/ListUnresolvedReferences",
          request: {},
          rows: (answer) => answer.references,
          server,
          signal: context.signal,
          caption: t("Referencias sin destino", "References that lead nowhere"),
          empty: t("Nada apunta a donde no hay nada.", "Nothing points where there is nothing."),
          columns: [
            {
              head: t("registro", "record"),
              kind: "head",
              cell: (row: UnresolvedReference) => h("code", null, row.resource ?? ""),
            },
            { head: t("se refiere a", "refers to"), cell: (row) => h("code", null, row.target ?? "") },
            { head: t("en", "in"), cell: (row) => h("code", null, row.field ?? "") },
            { head: t("resultado", "found"), cell: (row) => word(row.resolution) },
            { head: t("titular", "owner"), cell: (row) => partyOf(row.owner) },
            { head: t("desde", "since"), cell: (row) => moment(row.sinceTime) },
          ],
        }),
      ),
    ),
  );
  return [
    h("h1", null, t("Qué apunta a nada", "What points nowhere")),
    h(
      "p",
      { class: "lead" },
      t(
        "Registros que nombran a otro que no existe, o que a su titular no le toca conocer.",
        "Records that name another one that does not exist, or that is not for their owner to know.",
      ),
    ),
    lists,
  ];
}

export const nowhere: Page = {
  path: "nowhere",
  title: () => t("Qué apunta a nada", "What points nowhere"),
  group: "rule",
  kinds: ["agency", "auditor", "organization", "company"],
  show: showNowhere,
};
