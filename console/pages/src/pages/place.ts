// A training place, and those of a company's own.
import { call, ownerOf } from "../call";
import type { PlaceAvailability, TrainingPlace } from "../contract";
import { h, type Child } from "../dom";
import { count, day, figureNode, period } from "../format";
import { labelOf, labelsOf, stateName } from "../labels";
import { all, one } from "../list";
import { attempt, block, facts, filled, generated, none, owned, stateTag, table } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, ownRecord, t } from "../session";
import { writeButton } from "../write";

export const columns = (known?: Map<string, PlaceAvailability>) => [
  {
    head: t("plaza", "place"),
    kind: "head" as const,
    cell: (row: TrainingPlace) =>
      h("a", { href: link("place", { name: row.name }) }, either(row.titleEs, row.titleEn)),
  },
  { head: t("estado de la oferta", "state of the offer"), cell: (row: TrainingPlace) => stateTag(row.state) },
  {
    head: t("empresa", "company"),
    cell: (row: TrainingPlace) => labelOf(row.name?.replace(/\/trainingPlaces\/.*/, "")),
  },
  {
    head: t("dónde", "where"),
    cell: (row: TrainingPlace) => [row.municipality ? `${row.municipality}, ` : "", stateName(row.stateCode)],
  },
  { head: t("días", "days"), cell: (row: TrainingPlace) => period(row.startDate, row.endDate) },
  {
    head: t("lugares", "seats"),
    kind: "number" as const,
    cell: (row: TrainingPlace) => {
      const free = known?.get(row.name!)?.free;
      return [
        count(row.seatCount),
        free === undefined ? "" : h("span", { class: "fine block" }, `${count(free)} ${t("libres", "free")}`),
      ];
    },
  },
  {
    head: t("horas por semana", "hours a week"),
    kind: "number" as const,
    cell: (row: TrainingPlace) => count(row.weeklyHours),
  },
];

const MOST = 100; // places in one question

async function availability(names: string[], signal: AbortSignal): Promise<PlaceAvailability[]> {
  const asked = Array.from({ length: Math.ceil(names.length / MOST) }, (_, i) =>
    call(
      "puente.economy.v1.TrainingPlaceService/GetPlaceAvailability",
      { names: names.slice(i * MOST, (i + 1) * MOST) },
      { signal },
    ),
  );
  return (await Promise.all(asked)).flatMap((answer) => answer.places ?? []);
}

async function showOwn(context: Context): Promise<Child[]> {
  const { signal } = context;
  const method = "puente.economy.v1.TrainingPlaceService/ListTrainingPlaces";
  const actions = (row: TrainingPlace): Child => {
    const base = { before: row, request: () => ({ name: row.name, etag: row.etag }), done: context.refresh };
    return row.state === "TRAINING_PLACE_STATE_OPEN"
      ? [
          row.confirmDueDate
            ? writeButton({
                ...base,
                button: t("Sigue en pie", "It stands"),
                title: t("Confirmar que la oferta sigue en pie", "Confirm that the offer stands"),
                method: "puente.economy.v1.TrainingPlaceService/ConfirmTrainingPlace",
              })
            : null,
          writeButton({
            ...base,
            button: t("Pausar", "Pause"),
            title: t("Pausar la plaza", "Pause the place"),
            method: "puente.economy.v1.TrainingPlaceService/PauseTrainingPlace",
          }),
        ]
      : row.state === "TRAINING_PLACE_STATE_PAUSED"
        ? writeButton({
            ...base,
            button: t("Abrir", "Open"),
            title: t("Abrir la plaza", "Open the place"),
            method: "puente.economy.v1.TrainingPlaceService/OpenTrainingPlace",
          })
        : null;
  };
  return [
    h("h1", null, t("Sus plazas", "Your places")),
    h(
      "p",
      { class: "lead" },
      t(
        "Los lugares que su empresa ofrece a quienes aprenden.",
        "The seats that your company offers to learners.",
      ),
    ),
    await filled(ownerOf(method), async () => {
      const places = await all(
        method,
        { parent: ownRecord() },
        (answer) => answer.trainingPlaces,
        { signal },
      );
      if (!places.length) return [none(t("Su empresa no ofrece plazas.", "Your company offers no places."))];
      const free = await attempt("economy", () =>
        availability(
          places.map((p) => p.name!),
          signal,
        ),
      );
      const map = new Map((free.answer ?? []).map((p) => [p.trainingPlace!, p]));
      return [
        generated(places.map((p) => p.recordKind).find((kind) => kind === "RECORD_KIND_GENERATED")),
        free.hole,
        table(t("Plazas", "Places"), [...columns(map), { head: "", kind: "actions", cell: actions }], places),
      ];
    }),
  ];
}

async function showPlace(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "";
  const place = await one("puente.economy.v1.TrainingPlaceService/GetTrainingPlace", name, {
    signal: context.signal,
  });
  const { answer, hole } = await attempt("economy", () => availability([name], context.signal));
  const free = answer?.[0];
  return [
    h("h1", null, either(place.titleEs, place.titleEn)),
    h("p", { class: "lead" }, stateTag(place.state), " ", labelOf(name.replace(/\/trainingPlaces\/.*/, ""))),
    generated(place.recordKind),
    facts([
      [
        t("dónde", "where"),
        [place.municipality ? `${place.municipality}, ` : "", stateName(place.stateCode)],
      ],
      [t("días", "days"), period(place.startDate, place.endDate)],
      [t("lugares", "seats"), count(place.seatCount)],
      [
        t("libres", "free"),
        hole ? figureNode("unknown") : free?.free === undefined ? figureNode("unasked") : count(free.free),
      ],
      [t("horas por semana", "hours a week"), count(place.weeklyHours)],
      [t("se aprende", "learned there"), place.skills?.length ? labelsOf(place.skills) : ""],
      [t("se confirma antes del", "to be confirmed by"), day(place.confirmDueDate)],
      [t("ofrecida por la cámara", "offered by the chamber"), place.chamber ? labelOf(place.chamber) : ""],
    ]),
    hole,
    place.conditionsEs
      ? block(
          t("Condiciones", "Conditions"),
          h("p", { class: "free" }, either(place.conditionsEs, place.conditionsEn)),
        )
      : null,
    place.requirementsEs
      ? block(
          t("Requisitos", "Requirements"),
          h("p", { class: "free" }, either(place.requirementsEs, place.requirementsEn)),
        )
      : null,
    owned("economy", place.source),
  ];
}

export const place: Page = {
  path: "place",
  title: () => t("Plaza", "Place"),
  group: "country",
  kinds: ["*"],
  show: showPlace,
  detail: true,
};

export const ownPlaces: Page = {
  path: "own-places",
  title: () => t("Sus plazas", "Your places"),
  group: "work",
  kinds: ["company"],
  show: showOwn,
};
