// A training place, and those of a company's own.
import { call, ownerOf, pieces } from "../call";
import type { Company, PlaceAvailability, TrainingPlace } from "../contract";
import { h, type Child } from "../dom";
import { word, wordsOf } from "../enums";
import { several, type Field } from "../fields";
import { allSkills, stateField } from "../filters";
import { count, day, dayText, figureNode, period, readDay, today } from "../format";
import { labelOf, labelsOf, stateName } from "../labels";
import { all, one } from "../list";
import {
  attempt,
  block,
  facts,
  filled,
  generated,
  none,
  owned,
  stateTag,
  table,
  type Column,
} from "../parts";
import { link, type Context, type Page } from "../router";
import { either, session, t } from "../session";
import { maskOf, writeButton } from "../write";
import { newId } from "./bodies";
import { actingFor } from "./consents";

const SERVICE = "puente.economy.v1.TrainingPlaceService";

export const columns = (known?: Map<string, PlaceAvailability>): Column<TrainingPlace>[] => [
  {
    head: t("plaza", "place"),
    kind: "head",
    cell: (row: TrainingPlace) =>
      h("a", { href: link("place", { name: row.name }) }, either(row.titleEs, row.titleEn)),
  },
  { head: t("estado de la oferta", "state of the offer"), cell: (row: TrainingPlace) => stateTag(row.state) },
  ...(known
    ? [] // of one company
    : [
        {
          head: t("empresa", "company"),
          cell: (row: TrainingPlace) => labelOf(row.name?.replace(/\/trainingPlaces\/.*/, "")),
        },
      ]),
  {
    head: t("dónde", "where"),
    cell: (row: TrainingPlace) => [row.municipality ? `${row.municipality}, ` : "", stateName(row.stateCode)],
  },
  { head: t("días", "days"), cell: (row: TrainingPlace) => period(row.startDate, row.endDate) },
  {
    head: t("lugares", "seats"),
    kind: "number",
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
    kind: "number",
    cell: (row: TrainingPlace) => count(row.weeklyHours),
  },
];

const ownTitle = () =>
  session().kind === "chamber"
    ? t("Plazas de empresas", "Places of companies")
    : t("Sus plazas", "Your places");

const MOST = 100; // places in one question

async function availability(names: string[], signal: AbortSignal): Promise<PlaceAvailability[]> {
  const asked = pieces(names, MOST).map((some) =>
    call(`${SERVICE}/GetPlaceAvailability`, { names: some }, { signal }),
  );
  return (await Promise.all(asked)).flatMap((answer) => answer.places ?? []);
}

const offerFields = (company: Company | undefined, row?: TrainingPlace): Field[] => [
  { name: "es", label: t("Qué se aprende", "What is learned"), value: row?.titleEs },
  { name: "en", label: t("Lo mismo en inglés", "The same in English"), value: row?.titleEn, optional: true },
  {
    name: "skills",
    label: t("Habilidades", "Skills"),
    kind: "many",
    later: allSkills,
    value: row?.skills?.join(","),
  },
  stateField(row?.stateCode ?? company?.stateCode),
  { name: "municipality", label: t("Municipio", "Municipality"), value: row?.municipality, optional: true },
  {
    name: "seats",
    label: t("Lugares", "Seats"),
    kind: "number",
    value: String(row?.seatCount ?? 1),
  },
  {
    name: "hours",
    label: t("Horas por semana", "Hours a week"),
    kind: "number",
    value: String(row?.weeklyHours ?? 30),
  },
  { name: "from", label: t("Desde", "From"), kind: "date", value: dayText(row?.startDate) || today() },
  { name: "until", label: t("Hasta", "Until"), kind: "date", value: dayText(row?.endDate) || today(180) },
  {
    name: "conditions",
    label: t("Qué da la empresa", "What the company gives"),
    kind: "area",
    value: row?.conditionsEs,
    optional: true,
    hint: t("Apoyo, seguro, transporte.", "Support, insurance, transport."),
  },
  {
    name: "requirements",
    label: t("Qué pide", "What it asks for"),
    kind: "area",
    value: row?.requirementsEs,
    optional: true,
  },
];
const offerOf = (v: Record<string, string>): TrainingPlace => ({
  titleEs: v.es,
  titleEn: v.en,
  skills: several(v.skills),
  stateCode: v.state,
  municipality: v.municipality,
  seatCount: Number(v.seats),
  weeklyHours: Number(v.hours),
  startDate: readDay(v.from),
  endDate: readDay(v.until),
  conditionsEs: v.conditions,
  requirementsEs: v.requirements,
});

async function showOwn(context: Context): Promise<Child[]> {
  const { signal } = context;
  const method = `${SERVICE}/ListTrainingPlaces` as const;
  const { choice, company: owner } = await actingFor("own-places", context, ["CONSENT_ACT_OFFER_PLACES"]);
  const head = [
    h("h1", null, ownTitle()),
    h(
      "p",
      { class: "lead" },
      t(
        "Los lugares que la empresa ofrece a quienes aprenden.",
        "The seats that the company offers to learners.",
      ),
    ),
    choice,
  ];
  if (!owner) return head;
  const { answer: company, hole } = await attempt("economy", () =>
    one("puente.economy.v1.CompanyService/GetCompany", owner, { signal }),
  );
  const actions = (row: TrainingPlace): Child => {
    const said = { name: row.name, etag: row.etag };
    const base = { before: row, request: () => said, done: context.refresh };
    if (row.state !== "TRAINING_PLACE_STATE_OPEN" && row.state !== "TRAINING_PLACE_STATE_PAUSED") return null;
    const both = [
      writeButton({
        ...base,
        button: t("Cambiar", "Change"),
        title: t("Cambiar la oferta", "Change the offer"),
        method: `${SERVICE}/UpdateTrainingPlace`,
        fields: offerFields(company, row),
        request: (v) => {
          const offer = offerOf(v);
          return { trainingPlace: { ...said, ...offer }, updateMask: maskOf(offer) };
        },
      }),
      writeButton({
        ...base,
        danger: true,
        button: t("Cerrar", "Close"),
        title: t("Cerrar la plaza para siempre", "Close the place for good"),
        method: `${SERVICE}/CloseTrainingPlace`,
        fields: [
          {
            name: "reason",
            label: t("Por qué", "Why"),
            kind: "select",
            options: wordsOf("PLACE_CLOSE_REASON", ["FILLED", "WITHDRAWN"]),
          },
          {
            name: "channel",
            label: t("Si se ocupó, cómo", "If it was filled, how"),
            kind: "select",
            options: [["", "–"], ...wordsOf("PLACE_CHANNEL", ["PUENTE", "OWN_SEARCH", "OTHER"])],
            optional: true,
          },
        ],
        request: (v) => ({ ...said, closeReason: v.reason, channel: v.channel || undefined }),
      }),
    ];
    return row.state === "TRAINING_PLACE_STATE_OPEN"
      ? [
          row.confirmDueDate
            ? writeButton({
                ...base,
                button: t("Sigue en pie", "It stands"),
                title: t("Confirmar que la oferta sigue en pie", "Confirm that the offer stands"),
                method: `${SERVICE}/ConfirmTrainingPlace`,
              })
            : null,
          writeButton({
            ...base,
            button: t("Pausar", "Pause"),
            title: t("Pausar la plaza", "Pause the place"),
            method: `${SERVICE}/PauseTrainingPlace`,
          }),
          ...both,
        ]
      : [
          writeButton({
            ...base,
            button: t("Abrir", "Open"),
            title: t("Abrir la plaza", "Open the place"),
            method: `${SERVICE}/OpenTrainingPlace`,
          }),
          ...both,
        ];
  };
  return [
    ...head,
    hole,
    h(
      "div",
      { class: "buttons" },
      writeButton({
        button: t("Ofrecer una plaza", "Offer a place"),
        title: t("Ofrecer una plaza", "Offer a place"),
        method: `${SERVICE}/CreateTrainingPlace`,
        fields: offerFields(company),
        request: (v) => ({ parent: owner, trainingPlaceId: newId("p"), trainingPlace: offerOf(v) }),
        done: context.refresh,
      }),
    ),
    await filled(ownerOf(method), async () => {
      const places = await all(method, { parent: owner }, (answer) => answer.trainingPlaces, { signal });
      if (!places.length) return [none(t("La empresa no ofrece plazas.", "The company offers no places."))];
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
  const place = await one(`${SERVICE}/GetTrainingPlace`, name, {
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
      [t("por qué se cerró", "why it was closed"), word(place.closeReason)],
      [t("cómo se ocupó", "how it was filled"), word(place.channel)],
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
  title: ownTitle,
  group: "work",
  kinds: ["company", "chamber"],
  show: showOwn,
};
