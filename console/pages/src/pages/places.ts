// Training places: what is offered in the country, a company's own, and the seats that schools reserve there.
import { call, ownerOf } from "../call";
import type { StatePlaces } from "../contract";
import { h, type Child } from "../dom";
import { figureNode, figureOf, moment } from "../format";
import { filters, stateChoice } from "../filters";
import { stateName, STATES } from "../labels";
import { list } from "../list";
import { block, filled, generated, none, table, tile } from "../parts";
import { sentence, tiles, type Point } from "../charts";
import { link, type Context, type Page } from "../router";
import { session, t } from "../session";
import { COUNTRY, figure } from "./overview";
import { columns } from "./place";

export const isCompany = () => session().kind === "company";

const SUMMARY = "puente.economy.v1.PlaceReleaseService/GetPlaceSummary";

function summary(states: StatePlaces[]): Child {
  const points: Point[] = states.map((s) => ({
    code: s.stateCode,
    label: stateName(s.stateCode),
    value: figureOf(s.offeredCount),
  }));
  const title = t("Lugares ofrecidos por estado", "Seats offered by state"),
    unit = t("lugares", "seats");
  return figure(
    title,
    sentence(
      points.filter((p) => p.value !== 0),
      unit,
    ),
    tiles(points, "unknown", (code) => link("places", { state: code })),
    () =>
      table(
        title,
        [
          { head: t("estado", "state"), kind: "head", cell: (row: StatePlaces) => stateName(row.stateCode) },
          {
            head: t("ofrecidos", "offered"),
            kind: "number",
            cell: (row) => figureNode(figureOf(row.offeredCount)),
          },
          { head: t("estancias", "stays"), kind: "number", cell: (row) => figureNode(figureOf(row.stayCount)) },
        ],
        states,
        true,
      ),
  );
}

async function showPlaces(context: Context): Promise<Child[]> {
  const { query, signal } = context;
  const state = query.get("state") ?? "";
  const filter = state ? `state_code = "${state}" AND state = OPEN` : "";
  return [
    h("h1", null, t("Plazas de formación", "Training places")),
    h(
      "p",
      { class: "lead" },
      t(
        "Dónde ofrecen las empresas que se aprenda en el trabajo.",
        "Where companies offer that people learn at work.",
      ),
    ),
    filters("places", context, [stateChoice()]),
    block(
      t("En cifras", "In figures"),
      await filled(ownerOf(SUMMARY), async () => {
        const [all, country] = await Promise.all([
          call(SUMMARY, { stateCodes: Object.keys(STATES) }, { signal }),
          call(SUMMARY, {}, { signal }),
        ]);
        const whole = country.states?.[0];
        return [
          generated(all.recordKind),
          whole
            ? h(
                "div",
                { class: "kpis" },
                tile(
                  figureNode(figureOf(whole.offeredCount), false),
                  t("lugares ofrecidos", "seats offered"),
                ),
                tile(figureNode(figureOf(whole.stayCount)), t("estancias", "stays")),
              )
            : null,
          all.states?.length
            ? summary(all.states)
            : none(t("Todavía no se ha publicado nada.", "Nothing has been released yet.")),
          h(
            "p",
            { class: "source" },
            `${t("De Secretaría de Economía, publicado el", "From Ministry of Economy, released at")} ${moment(all.releaseTime)}.`,
          ),
        ];
      }),
    ),
    block(
      t("Ofertas", "Offers"),
      await list({
        method: "puente.economy.v1.TrainingPlaceService/ListTrainingPlaces",
        request: { parent: "companies/-", filter },
        rows: (answer) => answer.trainingPlaces,
        signal,
        caption: state
          ? `${t("Plazas abiertas en", "Places that are open in")} ${stateName(state)}`
          : t("Plazas de formación", "Training places"),
        empty: state
          ? t("Aquí no hay plazas abiertas.", "No places are open here.")
          : t("No hay plazas.", "There are no places."),
        columns: columns(),
      }),
    ),
  ];
}

export const places: Page = {
  path: "places",
  title: () => t("Plazas de formación", "Training places"),
  group: "country",
  kinds: COUNTRY,
  show: showPlaces,
};
