// A need, and what came of it, to its end.
import { call } from "../call";
import type { DemandTrace, Provenance, TraceEnd, TraceStage, TraceStep } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, figureNode, figureOf } from "../format";
import type { Field } from "../fields";
import { allSkills, filters, sectorChoice, stateChoice } from "../filters";
import { labelOf } from "../labels";
import { block, generated, holeOf, none, table, tile } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, t } from "../session";
import { COUNTRY } from "./overview";

const skillChoice = (): Field => ({
  name: "skill",
  label: t("Habilidad", "Skill"),
  options: [["", t("Elija una", "Choose one")]],
  later: allSkills,
});

function recordLink(name: string): string | null {
  if (name.startsWith("proposals/")) return link("proposal", { name });
  if (name.startsWith("microcredentials/")) return link("version", { name });
  return null;
}

function stepNode(step: TraceStep): Node {
  const title = either(step.titleEs, step.titleEn);
  const place = recordLink(step.name ?? "");
  const what = title || labelOf(step.name);
  const days =
    step.days === undefined
      ? ""
      : step.days < 0
        ? t(
            `, ${count(-step.days)} días antes del paso anterior`,
            `, ${count(-step.days)} days before the step before`,
          )
        : t(`, ${count(step.days)} días después`, `, ${count(step.days)} days later`);
  return h(
    "li",
    null,
    h("p", { class: "when" }, day(step.date), days),
    h(
      "p",
      null,
      h("strong", null, word(step.kind)),
      ": ",
      place ? h("a", { href: place }, what) : what,
      step.by ? [", ", labelOf(step.by)] : null,
    ),
    step.awardCount
      ? h(
          "p",
          null,
          t("otorgamientos: ", "awards: "),
          figureNode(figureOf(step.awardCount)),
          step.period ? ` (${t("desde", "from")} ${step.period})` : "",
        )
      : null,
  );
}

async function show(context: Context): Promise<Child[]> {
  const { query, signal } = context;
  const statement = query.get("statement") ?? "",
    skill = query.get("skill") ?? "";
  const head = [
    h("h1", null, t("Qué resultó de una necesidad", "What came of a need")),
    h(
      "p",
      { class: "lead" },
      t(
        "Cada paso, de la declaración al otorgamiento, y qué se espera donde la línea termina.",
        "Each step, from the statement to the award, and what is waited for where the line ends.",
      ),
    ),
    filters("trace", context, [skillChoice(), sectorChoice(), stateChoice()]),
  ];
  if (!statement && !skill)
    return [head, none(t("Elija una habilidad para seguirla.", "Choose a skill to follow it."))];
  const trace = await call(
    "puente.gateway.v1.CouncilService/TraceDemand",
    statement
      ? { demandStatement: statement }
      : { skill, stateCode: query.get("state") ?? "", sectorTable: query.get("sector") ?? "" },
    { signal },
  );
  const steps = trace.steps ?? [];
  return [
    head,
    h("h2", null, labelOf(statement || skill)),
    generated(trace.demandSummary?.recordKind),
    trace.demandSummary
      ? h(
          "div",
          { class: "kpis" },
          tile(
            figureNode(figureOf(trace.demandSummary.headCount)),
            t("personas requeridas", "people needed"),
          ),
          trace.places?.seats?.length
            ? tile(
                figureNode(figureOf(trace.places.seats[0].count)),
                t("lugares en plazas de formación", "seats at training places"),
              )
            : null,
        )
      : null,
    HOLES.map(([field, name]) => {
      const provenance = trace[field] as Provenance | undefined;
      const hole = provenance?.state && provenance.state !== "SECTION_STATE_NOT_ASKED" && holeOf(provenance);
      return hole
        ? h("div", null, h("p", { class: "hole-of" }, `${t("De", "Of")} «${t(...name)}»:`), hole)
        : null;
    }),
    steps.length
      ? h("ol", { class: "line" }, steps.map(stepNode))
      : none(t("No se sabe de nada que haya resultado de ella.", "Nothing is known to have come of it.")),
    trace.hasMore
      ? h("p", { class: "fine" }, t("Hay más de lo que se siguió.", "There is more than was followed."))
      : null,
    trace.ends?.length
      ? block(
          t("Dónde termina la línea", "Where the line ends"),
          table(
            t("Qué se espera", "What is waited for"),
            [
              { head: t("de", "of"), kind: "head", cell: (end: TraceEnd) => labelOf(end.name) },
              { head: t("espera", "waits for"), cell: (end) => word(end.waitsFor) },
              { head: t("días", "days"), kind: "number", cell: (end) => (end.days === undefined ? null : count(end.days)) },
            ],
            trace.ends,
          ),
        )
      : null,
    trace.awards?.length
      ? block(
          t("Quiénes aprendieron", "Who learned"),
          table(
            t("Otorgamientos y estancias, por versión", "Awards and stays, by version"),
            [
              {
                head: t("versión", "version"),
                kind: "head",
                cell: (row) => labelOf(row.microcredentialVersion),
              },
              {
                head: t("otorgadas", "awards"),
                kind: "number",
                cell: (row) => figureNode(figureOf(row.awardCount)),
              },
              {
                head: t("estancias", "stays"),
                kind: "number",
                cell: (row) => figureNode(figureOf(row.stayCount)),
              },
            ],
            trace.awards,
          ),
        )
      : null,
    trace.stages?.length
      ? block(
          t("Cuánto tardó cada paso", "How long each step took"),
          table(
            t("Pasos por clase", "Steps by kind"),
            [
              { head: t("paso", "step"), kind: "head", cell: (stage: TraceStage) => word(stage.kind) },
              { head: t("cuántas", "count"), kind: "number", cell: (stage) => count(stage.count) },
              {
                head: t("mediana de días", "median days"),
                kind: "number",
                cell: (stage) =>
                  stage.medianDays === undefined
                    ? h("span", { class: "mark none" }, "–")
                    : count(stage.medianDays),
              },
            ],
            trace.stages,
          ),
        )
      : null,
  ];
}

const HOLES: [keyof DemandTrace, [string, string]][] = [
  ["statement", ["declaración", "statement"]],
  ["demand", ["personas requeridas", "people needed"]],
  ["proposals", ["propuestas", "proposals"]],
  ["agreements", ["acuerdos", "agreements"]],
  ["sessions", ["sesiones de mesas sectoriales", "sessions of sector tables"]],
  ["agreementSessions", ["sesiones de los acuerdos", "sessions of the agreements"]],
  ["transferAgreements", ["acuerdos de transferencia", "transfer agreements"]],
  ["signals", ["señales de las propuestas", "signals of the proposals"]],
  ["skillSignals", ["señales de la habilidad", "signals of the skill"]],
  ["versions", ["versiones y certificaciones", "versions and certifications"]],
  ["signalVersions", ["versiones por las señales", "versions because of signals"]],
  ["submissions", ["solicitudes a organismos", "submissions to bodies"]],
  ["versionAwards", ["otorgamientos", "awards"]],
  ["signalAwards", ["otorgamientos por las señales", "awards because of signals"]],
  ["placeOffers", ["lugares en plazas de formación", "seats at training places"]],
];

export const trace: Page = {
  path: "trace",
  title: () => t("Rastro de una necesidad", "Trace of a need"),
  group: "country",
  kinds: COUNTRY,
  show,
};
