// Where certification bodies are missing, and who waits.
import { call, ownerOf } from "../call";
import type { VersionWithoutCertifier } from "../contract";
import { h, type Child } from "../dom";
import { count, figureNode, figureOf } from "../format";
import { filters, sectorChoice, stateChoice } from "../filters";
import { labelOf, labelsOf, stateName } from "../labels";
import { growing, holeOf, none, table, tile, type Column } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, t } from "../session";
import { COUNTRY } from "./overview";

const METHOD = "puente.gateway.v1.CertificationService/ListUncertifiedVersions";

async function showMissing(context: Context): Promise<Child[]> {
  const { query, signal } = context;
  const request = {
    stateCode: query.get("state") ?? "",
    sectorTable: query.get("sector") ?? "",
    pageSize: 100,
  };
  const answer = await call(METHOD, request, { signal });
  const rows = answer.uncertifiedVersions ?? [];
  const hole = (name: string, provenance: any) => {
    const node = holeOf(provenance);
    return node ? h("div", null, h("p", { class: "hole-of" }, `${t("De", "Of")} «${name}»:`), node) : null;
  };
  const columns: Column<VersionWithoutCertifier>[] = [
    {
      head: t("microcredencial", "microcredential"),
      kind: "head",
      cell: (row: VersionWithoutCertifier) =>
        h(
          "a",
          { href: link("version", { name: row.version?.microcredentialVersion }) },
          either(row.version?.titleEs, row.version?.titleEn),
        ),
    },
    { head: t("organización", "organization"), cell: (row) => labelOf(row.version?.organization) },
    { head: t("estado", "state"), cell: (row) => stateName(row.version?.stateCode) || "–" },
    { head: t("sector", "sector"), cell: (row) => labelOf(row.version?.sectorTable, "–") },
    {
      head: t("días sin", "days without"),
      kind: "number",
      cell: (row) => count(row.version?.waitDays),
    },
    {
      head: t("quién podría", "who could"),
      cell: (row) =>
        row.certifiers?.length
          ? [labelsOf(row.certifiers), row.moreCertifiers ? t(" y más", " and more") : ""]
          : answer.bodies?.state === "SECTION_STATE_FRESH"
            ? h("span", { class: "mark none" }, t("ninguno", "none"))
            : h("span", { class: "mark unknown" }, t("no se sabe", "unknown")),
    },
    {
      head: t("en espera", "waiting"),
      kind: "number",
      cell: (row) => figureNode(figureOf(row.waiting?.waitingCount)),
    },
  ];
  const nodes = growing(
    {
      owner: ownerOf(METHOD),
      content: () =>
        rows.length
          ? table(
              t("Versiones sin certificación vigente", "Versions without a certification in force"),
              columns,
              rows,
            )
          : answer.versions?.state === "SECTION_STATE_FRESH"
            ? none(
                t(
                  "Aquí todo lo publicado está certificado hoy.",
                  "Everything published here is certified today.",
                ),
              )
            : null,
      count: () => rows.length,
      next: async (pageToken) => {
        const further = await call(METHOD, { ...request, pageToken });
        rows.push(...(further.uncertifiedVersions ?? []));
        return { token: further.nextPageToken, hole: holeOf(further.versions) };
      },
    },
    answer.nextPageToken,
  );
  return [
    h("h1", null, t("Dónde faltan certificadores", "Where certifiers are missing")),
    h(
      "p",
      { class: "lead" },
      t(
        "Versiones publicadas que hoy nadie certifica, y quién podría.",
        "Published versions that nobody certifies today, and who could.",
      ),
    ),
    filters("missing", context, [sectorChoice(), stateChoice()]),
    answer.counts
      ? h(
          "div",
          { class: "kpis" },
          tile(count(answer.counts.uncertifiedCount), t("sin certificar hoy", "without certification today")),
          tile(
            count(answer.counts.publishedCount),
            t("microcredenciales publicadas", "published microcredentials"),
          ),
        )
      : null,
    hole(t("versiones", "versions"), answer.versions),
    hole(t("organismos", "bodies"), answer.bodies),
    hole(t("personas en espera", "people waiting"), answer.waiting),
    nodes,
  ];
}

export const missingBodies: Page = {
  path: "missing",
  title: () => t("Dónde faltan certificadores", "Missing certifiers"),
  group: "country",
  kinds: COUNTRY,
  show: showMissing,
};
