// Need, teaching, jobs and technology side by side: one composed call.
import { call } from "../call";
import { bars, shares, sentence, tiles, type Point } from "../charts";
import type { OutcomeCounts, Overview, SkillCount } from "../contract";
import { h, type Child } from "../dom";
import { count, day, figureNode, figureOf, money, period, share } from "../format";
import { filters, sectorChoice, stateChoice } from "../filters";
import { labelOf, lastId, stateName } from "../labels";
import { couldNotSplit, details, generated, holeOf, section, table, tile } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, t } from "../session";

const COUNTRY = [
  "agency",
  "authority",
  "auditor",
  "certifier",
  "chamber",
  "company",
  "council",
  "organization",
  "reporter",
];

const skillPoints = (skills: SkillCount[] | undefined): Point[] =>
  (skills ?? []).map((skill) => ({
    name: skill.skill,
    href: link("trace", { skill: skill.skill }),
    value: figureOf(skill.count),
  }));

// A picture with its title, a sentence that says what it shows, and its table.
export function figure(title: string, says: Child[], picture: Node, rows: () => Node): Node {
  return h(
    "figure",
    null,
    h("figcaption", null, h("h3", null, title), h("p", { class: "says" }, says)),
    picture,
    details(t("Ver la tabla", "See the table"), rows),
  );
}

function skillChart(title: string, skills: SkillCount[] | undefined, unit: string): Child {
  const points = skillPoints(skills);
  if (!points.length) return null;
  return figure(
    title,
    sentence(points, unit),
    bars(points),
    () =>
      table(
        title,
        [
          {
            head: t("habilidad", "skill"),
            kind: "head",
            cell: (row: SkillCount) =>
              h("a", { href: link("trace", { skill: row.skill }) }, labelOf(row.skill)),
          },
          { head: unit, kind: "number", cell: (row: SkillCount) => figureNode(figureOf(row.count), false) },
        ],
        skills ?? [],
        true,
      ),
  );
}

function demand(overview: Overview, query: URLSearchParams): Child[] {
  const summary = overview.demand?.summary;
  const points: Point[] = (summary?.states ?? []).map((s) => ({
    code: s.stateCode,
    label: stateName(s.stateCode),
    value: figureOf(s.count),
  }));
  const title = t("Personas requeridas por estado", "People needed by state");
  const unit = t("personas", "people");
  return [
    generated(summary?.recordKind),
    couldNotSplit(summary?.couldNotSplit),
    h(
      "div",
      { class: "kpis" },
      tile(
        figureNode(figureOf(summary?.headCount), false),
        t("personas requeridas", "people needed"),
        summary?.firstDate ? period(summary.firstDate, summary.lastDate) : null,
      ),
      tile(figureNode(figureOf(summary?.companyCount), false), t("empresas", "companies")),
    ),
    h(
      "div",
      { class: "pair" },
      points.length
        ? figure(
            title,
            sentence(points, unit),
            // Of one state alone the others are not asked.
            tiles(points, query.get("state") ? "unasked" : "hidden", (code) =>
              link("overview", { sector: query.get("sector") ?? "", state: code }),
            ),
            () =>
              table(
                title,
                [
                  { head: t("estado", "state"), kind: "head", cell: (row: Point) => row.label },
                  { head: unit, kind: "number", cell: (row: Point) => figureNode(row.value, false) },
                ],
                points,
                true,
              ),
          )
        : null,
      skillChart(t("Habilidades más requeridas", "Skills that are needed most"), summary?.topSkills, unit),
    ),
  ];
}

const RULES: [string, [string, string], [string, string]][] = [
  [
    "wage",
    ["salario", "wage"],
    [
      "al menos dos salarios mínimos de su zona en su fecha",
      "at least two minimum wages of its zone on its date",
    ],
  ],
  [
    "contract",
    ["contrato", "contract"],
    ["contrato por tiempo indeterminado", "a contract of indefinite duration"],
  ],
  [
    "hours",
    ["horas", "hours"],
    ["dentro del límite semanal en su fecha", "within the weekly limit on its date"],
  ],
  ["rest", ["descanso", "rest"], ["como máximo seis días a la semana", "at most six days a week"]],
  [
    "verdict",
    ["veredicto", "verdict"],
    [
      "no cumple si algo no cumple; si no, no se sabe si algo no se sabe",
      "failed if any failed, else unknown if any is unknown",
    ],
  ],
];

function employment(overview: Overview): Child[] {
  const jobs = overview.employment?.statistics;
  const quality = jobs?.quality as Record<string, OutcomeCounts> | undefined;
  const parts = (c: OutcomeCounts | undefined) => [
    Number(c?.passed ?? 0),
    Number(c?.failed ?? 0),
    Number(c?.unknown ?? 0),
  ];
  const cell = (value: number, whole: number) => [
    count(value),
    h("span", { class: "fine" }, ` ${share(value, whole)}`),
  ];
  const optional = (value: string | number | undefined) =>
    figureNode(value === undefined ? "unknown" : Number(value), false);
  return [
    generated(jobs?.recordKind),
    couldNotSplit(jobs?.couldNotSplit),
    h(
      "div",
      { class: "kpis" },
      tile(
        optional(jobs?.vacancyCount),
        t("vacantes ofrecidas", "vacancies offered"),
        jobs?.firstOfferDate ? period(jobs.firstOfferDate, jobs.lastOfferDate) : null,
      ),
      tile(
        optional(jobs?.openVacancyCount),
        `${t("abiertas el", "open on")} ${day(jobs?.openDate)}`,
        jobs?.openUnknownSources?.length
          ? `${t("nadie ha indicado cuánto siguen abiertas las ofertas de", "nobody has stated how long offers stay open of")}: ${jobs.openUnknownSources.join(", ")}`
          : null,
      ),
      tile(
        jobs?.medianMonthlyWage ? money(jobs.medianMonthlyWage) : figureNode("unknown"),
        t("mediana del salario mensual", "median monthly wage"),
        `${t("de", "of")} ${count(jobs?.wageCount)} ${t("que lo indican", "that state one")}`,
      ),
    ),
    quality && Number(jobs?.vacancyCount ?? 0) > 0
      ? [
          h("h3", null, `${t("Calidad de la oferta según", "Offer quality by")} ${jobs?.ruleSet}`),
          h(
            "p",
            { class: "fine" },
            t(
              "Reglas propias de Puente, no estadística oficial.",
              "Puente's own rules, no official statistic.",
            ),
          ),
          table(
            t("Calidad de la oferta, por regla", "Offer quality, by rule"),
            [
              {
                head: t("regla", "rule"),
                kind: "head",
                cell: (r: (typeof RULES)[number]) => [
                  t(...r[1]),
                  h("span", { class: "fine block" }, t(...r[2])),
                ],
              },
              {
                head: t("cumple", "passed"),
                kind: "number",
                cell: (r) => {
                  const p = parts(quality[r[0]]);
                  return cell(p[0], p[0] + p[1] + p[2]);
                },
              },
              {
                head: t("no cumple", "failed"),
                kind: "number",
                cell: (r) => {
                  const p = parts(quality[r[0]]);
                  return cell(p[1], p[0] + p[1] + p[2]);
                },
              },
              {
                head: t("no se sabe", "unknown"),
                kind: "number",
                cell: (r) => {
                  const p = parts(quality[r[0]]);
                  return cell(p[2], p[0] + p[1] + p[2]);
                },
              },
              {
                head: t("partes", "shares"),
                cell: (r) => {
                  const p = parts(quality[r[0]]);
                  return shares([
                    { value: p[0], look: "passed", label: t("cumple", "passed") },
                    { value: p[1], look: "failed", label: t("no cumple", "failed") },
                    { value: p[2], look: "unknown", label: t("no se sabe", "unknown") },
                  ]);
                },
              },
            ],
            RULES,
          ),
        ]
      : null,
  ];
}

function technology(overview: Overview): Child[] {
  const summary = overview.technology?.summary;
  return [
    generated(summary?.recordKind),
    couldNotSplit(summary?.couldNotSplit),
    h(
      "div",
      { class: "kpis" },
      tile(count(summary?.signalCount), t("señales", "signals")),
      tile(count(summary?.technologyCount), t("tecnologías", "technologies")),
    ),
    summary?.nearest?.length
      ? table(
          t("Lo que viene primero", "What comes first"),
          [
            {
              head: t("habilidad", "skill"),
              kind: "head",
              cell: (r) => h("a", { href: link("trace", { skill: r.skill }) }, labelOf(r.skill)),
            },
            { head: t("horizonte", "horizon"), cell: (r) => day(r.horizonDate) },
            { head: t("tecnología", "technology"), cell: (r) => labelOf(r.technology) },
            { head: t("sector", "sector"), cell: (r) => labelOf(r.sectorTable) },
            { head: t("confianza", "confidence"), kind: "number", cell: (r) => `${r.confidence ?? 0} / 100` },
          ],
          summary.nearest,
        )
      : null,
  ];
}

async function show(context: Context): Promise<Child[]> {
  const { query, signal } = context;
  const request = { sector: query.get("sector") ?? "", state: query.get("state") ?? "" };
  const overview = await call("puente.gateway.v1.CouncilService/GetOverview", request, { signal });
  const supply = overview.supply?.summary;
  const sector = overview.sector?.table;
  const place = [
    request.sector
      ? `${t("sector", "sector")} ${either(sector?.labelEs, sector?.labelEn) || lastId(request.sector)}`
      : t("todos los sectores", "all sectors"),
    request.state ? stateName(request.state) : t("todo el país", "whole country"),
  ].join("; ");
  return [
    h("h1", null, t("Panorama", "Overview")),
    h(
      "p",
      { class: "lead" },
      `${t("Necesidad, enseñanza, empleo y tecnología", "Need, teaching, jobs and technology")}: ${place}`,
    ),
    filters("overview", context, [sectorChoice(), stateChoice()]),
    overview.sector?.provenance && holeOf(overview.sector.provenance)
      ? section(t("Sector", "Sector"), overview.sector.provenance, () => [])
      : null,
    section(
      t("Demanda: lo que las empresas dicen necesitar", "Demand: what companies say they need"),
      overview.demand?.provenance,
      () => demand(overview, query),
      overview.demand?.summary?.sources,
    ),
    section(
      t("Oferta formativa: lo que se enseña", "Supply: what is taught"),
      overview.supply?.provenance,
      () => [
        generated(supply?.recordKind),
        couldNotSplit(supply?.couldNotSplit),
        h(
          "div",
          { class: "kpis" },
          tile(
            count(supply?.microcredentialCount),
            t("microcredenciales publicadas", "published microcredentials"),
          ),
          tile(
            figureNode(figureOf(supply?.seatCount), false),
            t("lugares en programas", "seats in programs"),
          ),
        ),
        skillChart(
          t("Habilidades de las microcredenciales", "Skills of microcredentials"),
          supply?.topSkills,
          t("microcredenciales", "microcredentials"),
        ),
      ],
      supply?.sources,
    ),
    section(
      t(
        "Empleo: qué puestos se ofrecen y de qué calidad",
        "Employment: what jobs are offered, and how good they are",
      ),
      overview.employment?.provenance,
      () => employment(overview),
      overview.employment?.statistics?.sources,
    ),
    section(
      t("Tecnología: lo que viene", "Technology: what is coming"),
      overview.technology?.provenance,
      () => technology(overview),
      overview.technology?.summary?.sources,
    ),
  ];
}

export const overview: Page = {
  path: "overview",
  title: () => t("Panorama", "Overview"),
  group: "country",
  kinds: COUNTRY,
  show,
};
export { COUNTRY };
