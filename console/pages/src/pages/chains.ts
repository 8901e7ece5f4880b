// Value chains: which activities follow one another, and which skills each needs.
import { call } from "../call";
import type { StageGaps, StageSkill, ValueChain } from "../contract";
import { h, type Child } from "../dom";
import { count, figureNode, figureOf } from "../format";
import { filters, stateChoice } from "../filters";
import { labelOf, stateName } from "../labels";
import { list } from "../list";
import { block, facts, generated, holeOf, none, section, table, tile } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, t } from "../session";
import { COUNTRY } from "./overview";

async function showChains(context: Context): Promise<Child[]> {
  return [
    h("h1", null, t("Cadenas de valor", "Value chains")),
    h(
      "p",
      { class: "lead" },
      t(
        "Qué actividades siguen una a otra hasta un producto, y qué personas necesita cada una.",
        "Which activities follow one another on the way to a product, and what people each needs.",
      ),
    ),
    await list({
      method: "puente.economy.v1.ValueChainService/ListValueChains",
      request: {},
      rows: (answer) => answer.valueChains,
      signal: context.signal,
      caption: t("Cadenas", "Chains"),
      empty: t("No hay cadenas.", "There are no chains."),
      columns: [
        {
          head: t("cadena", "chain"),
          kind: "head",
          cell: (row: ValueChain) =>
            h("a", { href: link("chain", { name: row.name }) }, either(row.labelEs, row.labelEn)),
        },
        {
          head: t("eslabones", "stages"),
          cell: (row) => (row.stages ?? []).map((stage) => either(stage.titleEs, stage.titleEn)).join(", "),
        },
        { head: t("enlaces", "links"), kind: "number", cell: (row) => count(row.links?.length) },
      ],
    }),
  ];
}

async function showChain(context: Context): Promise<Child[]> {
  const valueChain = context.query.get("name") ?? "",
    stateCode = context.query.get("state") ?? "";
  const answer = await call(
    "puente.gateway.v1.CouncilService/GetValueChainGaps",
    { valueChain, stateCode },
    { signal: context.signal },
  );
  const chain = answer.chain?.chain,
    stages = answer.stages ?? [];
  const titles = new Map(stages.map((stage) => [stage.stage, either(stage.titleEs, stage.titleEn)]));
  const neighbours = (names: string[] | undefined) =>
    (names ?? []).map((name) => titles.get(name) ?? name).join(", ");
  const need = answer.demand?.demand,
    seats = answer.seats?.seats;
  return [
    h("h1", null, chain ? either(chain.labelEs, chain.labelEn) : labelOf(valueChain)),
    h("p", { class: "lead" }, stateCode ? stateName(stateCode) : t("todo el país", "whole country")),
    filters("chain", context, [stateChoice()], ["name"]),
    generated([chain, need, seats].map((each) => each?.recordKind).find((kind) => kind === "RECORD_KIND_GENERATED")),
    holeOf(answer.chain?.provenance),
    stages.map((stage) =>
      block(
        either(stage.titleEs, stage.titleEn),
        facts([
          [t("la abastecen", "supplied by"), neighbours(stage.suppliers)],
          [t("abastece a", "supplies"), neighbours(stage.customers)],
        ]),
        stage.couldNotSplit
          ? h(
              "p",
              { class: "fine" },
              t(
                "Algunas declaraciones dan una clase tan amplia que no se sabe si son de este eslabón.",
                "Some statements give a class so coarse that it is not known whether they belong to this stage.",
              ),
            )
          : null,
        answer.demand?.demand ? skillsOf(stage) : null,
      ),
    ),
    section(
      t("De dónde viene la necesidad", "Where the need comes from"),
      answer.demand?.provenance,
      () => [
        generated(need?.recordKind),
        h(
          "p",
          null,
          t(
            "Lo reservado no está entre las habilidades de un eslabón.",
            "What is withheld is not among the skills of a stage.",
          ),
        ),
      ],
    ),
    section(
      t("De dónde viene la enseñanza", "Where the teaching comes from"),
      answer.seats?.provenance,
      () => [
        generated(seats?.recordKind),
        tile(count(seats?.total?.seatCount), t("lugares, cada uno una vez", "seats, each once")),
      ],
      seats?.sources,
    ),
  ];
}

function skillsOf(stage: StageGaps): Child {
  if (!stage.skills?.length)
    return none(t("No se dice de ninguna habilidad.", "No skill is told of."));
  return [
    table(
      t("Habilidades que necesita, las más requeridas primero", "Skills that it needs, the most needed first"),
      [
        {
          head: t("habilidad", "skill"),
          kind: "head",
          cell: (row: StageSkill) => h("a", { href: link("trace", { skill: row.skill }) }, labelOf(row.skill)),
        },
        {
          head: t("personas requeridas", "people needed"),
          kind: "number",
          cell: (row) => figureNode(figureOf(row.peopleNeeded), false),
        },
        {
          head: t("lugares", "seats taught"),
          kind: "number",
          cell: (row) =>
            row.nowhereTaught
              ? h("span", { class: "tag bad" }, t("nadie la enseña", "nobody teaches it"))
              : figureNode(figureOf(row.seatsTaught), false),
        },
      ],
      stage.skills,
    ),
    stage.moreSkills ? h("p", { class: "fine" }, t("Y hay más.", "And there are more.")) : null,
  ];
}

export const chains: Page = {
  path: "chains",
  title: () => t("Cadenas de valor", "Value chains"),
  group: "country",
  kinds: COUNTRY,
  show: showChains,
};
export const chain: Page = {
  path: "chain",
  title: () => t("Cadena de valor", "Value chain"),
  group: "country",
  kinds: COUNTRY,
  show: showChain,
  detail: true,
};
