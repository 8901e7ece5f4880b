// People needed and seats taught, by skill.
import { call } from "../call";
import type { GapFigure, SkillGap } from "../contract";
import { h, type Child } from "../dom";
import { figureNode, gapOf, period, type Mark } from "../format";
import { filters, sectorChoice, stateChoice } from "../filters";
import { labelOf, stateName } from "../labels";
import {
  couldNotSplit,
  generated,
  growing,
  holeOf,
  none,
  section,
  table,
  tile,
  type Column,
} from "../parts";
import { link, type Context, type Page } from "../router";
import { t } from "../session";
import { COUNTRY } from "./overview";
import { count } from "../format";

const METHOD = "puente.gateway.v1.CouncilService/ListSkillGaps";
const cell = (figure: GapFigure | undefined) => figureNode(gapOf(figure));
// A difference of 0 is a difference.
const difference = (figure: GapFigure | undefined) => {
  const value: number | Mark = gapOf(figure);
  return typeof value === "number" && value > 0
    ? h("strong", null, `+${count(value)}`)
    : figureNode(value, false);
};

async function show(context: Context): Promise<Child[]> {
  const { query, signal } = context;
  const transversal = query.get("kind") === "transversal";
  const state = query.get("state") ?? "";
  const request = {
    sector: query.get("sector") ?? "",
    stateCode: state,
    kind: transversal ? "SKILL_GAP_KIND_TRANSVERSAL" : "SKILL_GAP_KIND_UNSPECIFIED",
    pageSize: 100,
  };
  const answer = await call(METHOD, request, { signal });
  const rows = answer.skillGaps ?? [];
  const tables = answer.demand?.demand?.sectorTableCount ?? 0;
  const columns: Column<SkillGap>[] = [
    {
      head: t("habilidad", "skill"),
      kind: "head",
      cell: (row) => h("a", { href: link("trace", { skill: row.skill, state }) }, labelOf(row.skill)),
    },
    {
      head: t("personas requeridas", "people needed"),
      kind: "number",
      cell: (row) => cell(row.peopleNeeded),
    },
    { head: t("lugares", "seats taught"), kind: "number", cell: (row) => cell(row.seatsTaught) },
    { head: t("diferencia", "difference"), kind: "number", cell: (row) => difference(row.difference) },
  ];
  if (state)
    columns.push({
      head: t("lugares sin plantel", "seats without campus"),
      kind: "number",
      cell: (row) => cell(row.seatsWithoutState),
    });
  if (transversal)
    columns.push({
      head: t("mesas sectoriales", "sector tables"),
      kind: "number",
      cell: (row) => {
        const value = gapOf(row.sectorTables);
        return typeof value === "number" ? `${value} ${t("de", "of")} ${tables}` : figureNode(value);
      },
    });
  // What is told first, the largest difference first: it is only then that the order tells of a figure.
  const size = (row: SkillGap) => {
    const value = gapOf(row.difference);
    return typeof value === "number" ? value : -Infinity;
  };
  const sorted = () => [...rows].sort((a, b) => size(b) - size(a));
  const holes = [
    answer.sector?.provenance && holeOf(answer.sector.provenance),
    holeOf(answer.demand?.provenance),
    holeOf(answer.seats?.provenance),
  ].filter(Boolean);
  // Of what was not answered nobody can say that there is none.
  const nodes = growing(
    {
      owner: "gateway",
      content: () =>
        rows.length
          ? table(
              t(
                "Habilidades: las de mayor diferencia primero",
                "Skills: those with the largest difference first",
              ),
              columns,
              sorted(),
            )
          : !holes.length &&
            none(
              t(
                "No se sabe de ninguna habilidad que aquí se necesite o enseñe.",
                "No skill is known to be needed or taught here.",
              ),
            ),
      count: () => rows.length,
      next: async (pageToken) => {
        const further = await call(METHOD, { ...request, pageToken });
        rows.push(...(further.skillGaps ?? []));
        return { token: further.nextPageToken };
      },
    },
    answer.nextPageToken,
  );
  const seats = answer.seats?.seats,
    posts = answer.posts,
    kinds = [answer.demand?.demand?.recordKind, seats?.recordKind];
  return [
    h("h1", null, t("Brechas", "Gaps")),
    h(
      "p",
      { class: "lead" },
      t(
        "Personas requeridas y lugares en programas, por habilidad: ",
        "People needed and seats in programs, by skill: ",
      ),
      request.sector
        ? [t("sector ", "sector "), labelOf(request.sector)]
        : t("todos los sectores", "all sectors"),
      "; ",
      state ? stateName(state) : t("todo el país", "whole country"),
    ),
    filters("gaps", context, [
      sectorChoice(),
      stateChoice(),
      {
        name: "kind",
        label: t("Habilidades", "Skills"),
        options: [
          ["", t("Todas", "All")],
          ["transversal", t("Transversales", "Transversal")],
        ],
      },
    ]),
    transversal
      ? h(
          "p",
          { class: "fine" },
          t(
            "Habilidades que se necesitan en más de la mitad de las mesas con demanda.",
            "Skills needed in more than half of the sector tables with demand.",
          ),
        )
      : null,
    generated(kinds.find((kind) => kind === "RECORD_KIND_GENERATED")), // the table has figures of both
    holes,
    nodes,
    answer.holes?.length
      ? h(
          "dl",
          { class: "meanings" },
          answer.holes
            .filter((m) => m.hole !== "HOLE_NOT_ASKED")
            .map((meaning) =>
              h(
                "div",
                null,
                h("dt", null, figureNode(gapOf({ hole: meaning.hole }))),
                h("dd", null, meaning.text),
              ),
            ),
        )
      : null,
    section(
      t("De dónde viene la necesidad", "Where the need comes from"),
      answer.demand?.provenance,
      () => [
        generated(kinds[0]),
        couldNotSplit(answer.demand?.demand?.couldNotSplit),
        h(
          "p",
          null,
          t(
            "Personas requeridas de todos los periodos que declaran las empresas, no de un ciclo",
            "People needed of all periods that companies state, not of one school cycle",
          ),
          answer.demand?.demand?.firstDate
            ? `: ${period(answer.demand.demand.firstDate, answer.demand.demand.lastDate)}.`
            : ".",
        ),
      ],
      answer.demand?.demand?.sources,
    ),
    section(
      t("De dónde viene la enseñanza", "Where the teaching comes from"),
      answer.seats?.provenance,
      () => [
        generated(kinds[1]),
        h(
          "p",
          null,
          t(
            "Los lugares no tienen sector, y uno enseña varias habilidades.",
            "Seats have no sector, and one seat teaches several skills.",
          ),
        ),
        h(
          "div",
          { class: "kpis" },
          tile(
            count(seats?.total?.seatCount),
            t("lugares, cada uno una vez", "seats, each once"),
            `${t("ciclo escolar", "school cycle")} ${seats?.period ?? ""}`,
          ),
          tile(count(seats?.total?.programCount), t("programas", "programs")),
          tile(count(seats?.total?.organizationCount), t("organizaciones", "organizations")),
        ),
      ],
      seats?.sources,
    ),
    posts
      ? section(
          t("Plazas abiertas, al lado y no por habilidad", "Open posts, beside and not by skill"),
          posts.provenance,
          () => [
            generated(posts.statistics?.recordKind),
            h("p", null, posts.about),
            h(
              "div",
              { class: "kpis" },
              tile(
                figureNode(gapOf(posts.postCount)),
                t("plazas", "posts"),
                t("No entran en ninguna suma ni diferencia.", "They are in no sum and in no difference."),
              ),
            ),
          ],
          posts.statistics?.sources,
        )
      : null,
  ];
}

export const gaps: Page = {
  path: "gaps",
  title: () => t("Brechas", "Gaps"),
  group: "country",
  kinds: COUNTRY,
  show,
};
