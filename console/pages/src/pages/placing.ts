// A place for a learner or a class: what is found and why in this order, why another is not, and the placing.
import { call, ownerOf } from "../call";
import type { PlaceMatch, PlaceProfile, TrainingPlace } from "../contract";
import { append, h, type Child } from "../dom";
import { word, wordsOf } from "../enums";
import { several, type Field } from "../fields";
import { allSkills, filters, stateField } from "../filters";
import { count, dayText, period, readDay, today } from "../format";
import { labelOf, labelsOf, lastId, stateName } from "../labels";
import { list, one } from "../list";
import { attempt, block, none, problemNode } from "../parts";
import { go, link, type Context, type Page } from "../router";
import { ownRecord, t } from "../session";
import { writeButton } from "../write";
import { titleOf } from "./programs";

const SERVICE = "puente.economy.v1.TrainingPlaceService";

const asked = (stateCode: string | undefined): Field[] => [
  {
    name: "skills",
    label: t("Habilidades, la más importante primero", "Skills, the most important first"),
    kind: "many",
    later: allSkills,
  },
  stateField(stateCode),
  { name: "municipality", label: t("Municipio", "Municipality"), kind: "text" },
  { name: "from", label: t("Desde", "From"), kind: "date", value: today(1) },
  { name: "until", label: t("Hasta", "Until"), kind: "date", value: today(61) },
  { name: "seats", label: t("Estudiantes", "Learners"), kind: "number", value: "1" },
  { name: "hours", label: t("Horas por semana, a lo más", "Hours a week, at most"), kind: "number" },
];

function profileOf(query: URLSearchParams): PlaceProfile | undefined {
  const skills = several(query.get("skills") ?? "");
  const stateCode = query.get("state") ?? "";
  if (!skills.length || !stateCode) return undefined;
  return {
    skills,
    stateCode,
    municipality: query.get("municipality") ?? "",
    startDate: readDay(query.get("from") ?? ""),
    endDate: readDay(query.get("until") ?? ""),
    seatCount: Number(query.get("seats") ?? 0),
    weeklyHours: Number(query.get("hours") ?? 0),
  };
}

const placeLink = (place: TrainingPlace | undefined): Child => [
  h("a", { href: link("place", { name: place?.name }) }, titleOf(place ?? {})),
  h("span", { class: "fine block" }, labelOf(place?.name?.replace(/\/trainingPlaces\/.*/, ""))),
];
const whereOf = (place: TrainingPlace | undefined): Child => [
  place?.municipality ? `${place.municipality}, ` : "",
  stateName(place?.stateCode),
];

// What the order of the list rests on.
const reasons = (match: PlaceMatch): Child => [
  word(match.nearness),
  match.distanceKm !== undefined ? `, ${match.distanceKm} km` : null,
  match.metSkills?.length
    ? h("span", { class: "fine block" }, `${t("enseña", "teaches")}: `, labelsOf(match.metSkills))
    : null,
  match.missingSkills?.length
    ? h(
        "span",
        { class: "fine block" },
        `${t("no enseña", "does not teach")}: `,
        labelsOf(match.missingSkills),
      )
    : null,
];

function placeButton(place: TrainingPlace, learner: string, profile: PlaceProfile): Child {
  return writeButton({
    button: t("Colocar", "Place"),
    title: t("Colocar a quien aprende", "Place the learner"),
    method: "puente.gateway.v1.CouncilService/PlaceLearner",
    fields: [
      { name: "from", label: t("Primer día", "First day"), kind: "date", value: dayText(profile.startDate) },
      { name: "until", label: t("Último día", "Last day"), kind: "date", value: dayText(profile.endDate) },
    ],
    request: (v) => ({
      learner,
      trainingPlace: place.name,
      startDate: readDay(v.from),
      endDate: readDay(v.until),
    }),
    done: (act) => go("act", { name: act.name }),
  });
}

function found(profile: PlaceProfile, learner: string, context: Context): Promise<Child[]> {
  return list({
    method: `${SERVICE}/FindPlaces`,
    request: { profile },
    rows: (answer) => answer.matches?.map((m) => ({ ...m, recordKind: m.trainingPlace?.recordKind })),
    signal: context.signal,
    caption: t(
      "Lo más cercano primero; después, lo que enseña la habilidad nombrada primero; después, lo que inicia antes",
      "The nearest first; of these, what teaches the skill named first; of these, what begins first",
    ),
    empty: t("Ninguna plaza sirve para lo que busca.", "No place fits what you look for."),
    columns: [
      { head: t("plaza", "place"), kind: "head", cell: (m) => placeLink(m.trainingPlace) },
      { head: t("por qué aquí", "why here"), cell: reasons },
      { head: t("dónde", "where"), cell: (m) => whereOf(m.trainingPlace) },
      {
        head: t("días", "days"),
        cell: (m) => period(m.trainingPlace?.startDate, m.trainingPlace?.endDate),
      },
      {
        head: t("horas por semana", "hours a week"),
        kind: "number",
        cell: (m) => count(m.trainingPlace?.weeklyHours),
      },
      {
        head: t("libres", "free"),
        kind: "number",
        cell: (m) => (m.free === undefined ? h("span", { class: "mark unasked" }, "–") : count(m.free)),
      },
      {
        head: "",
        kind: "actions",
        cell: (m) => (learner && m.trainingPlace ? placeButton(m.trainingPlace, learner, profile) : null),
      },
    ],
  });
}

// Why one is not on the list, asked for one by one.
function explained(place: TrainingPlace, profile: PlaceProfile): Node {
  const box = h("span", { "aria-live": "polite" });
  const method = `${SERVICE}/ExplainPlace` as const;
  const explain = async () => {
    try {
      const match = await call(method, { name: place.name, profile });
      box.replaceChildren();
      append(box, [
        match.misses?.length
          ? match.misses.map((miss) => h("span", { class: "block" }, word(miss)))
          : h("span", { class: "tag good" }, t("sí sirve", "it fits")),
      ]);
    } catch (error) {
      box.replaceChildren(problemNode(error, ownerOf(method)));
    }
  };
  append(box, [
    h("button", { type: "button", class: "secondary", onclick: explain }, t("¿Por qué no?", "Why not?")),
  ]);
  return box;
}

// Of an address that says something else, those that are open.
const stateOf = ({ query }: Context) => {
  const value = (query.get("offers") ?? "").slice("TRAINING_PLACE_STATE_".length);
  return STATES.includes(value) ? value : STATES[0];
};
const STATES = ["OPEN", "PAUSED", "CLOSED", "JOINED"];
const PROFILE = ["learner", "skills", "state", "municipality", "from", "until", "seats", "hours"];

const others = async (profile: PlaceProfile, context: Context): Promise<Child[]> => [
  filters(
    "placing",
    context,
    [
      {
        name: "offers",
        label: t("Ofertas del estado", "Offers of the state"),
        options: wordsOf("TRAINING_PLACE_STATE", STATES),
      },
    ],
    PROFILE,
  ),
  ...(await list({
    method: `${SERVICE}/ListTrainingPlaces`,
    request: {
      parent: "companies/-",
      filter: `state_code = "${profile.stateCode}" AND state = ${stateOf(context)}`,
    },
    rows: (answer) => answer.trainingPlaces,
    signal: context.signal,
    caption: t("Plazas del estado", "Places of the state"),
    empty: t("En el estado no hay ninguna así.", "There are none such in the state."),
    columns: [
      { head: t("plaza", "place"), kind: "head", cell: placeLink },
      { head: t("dónde", "where"), cell: whereOf },
      { head: t("días", "days"), cell: (row) => period(row.startDate, row.endDate) },
      { head: t("por qué no aparece", "why it is not shown"), cell: (row) => explained(row, profile) },
    ],
  })),
];

async function show(context: Context): Promise<Child[]> {
  const { query, signal } = context;
  const learner = query.get("learner") ?? "";
  const profile = profileOf(query);
  const { answer: organization, hole } = await attempt("education", () =>
    one("puente.education.v1.OrganizationService/GetOrganization", ownRecord(), { signal }),
  );
  return [
    h("h1", null, t("Buscar plaza", "Find a place")),
    h(
      "p",
      { class: "lead" },
      learner
        ? [
            t("Para quien aprende ", "For the learner "),
            h(
              "a",
              { href: link("learner", { name: learner }) },
              h("code", null, lastId(learner).slice(0, 8)),
            ),
            ".",
          ]
        : [
            t(
              "Para un grupo. A cada persona se la coloca desde ",
              "For a class. Each person is placed from ",
            ),
            h("a", { href: link("learners") }, t("Estudiantes", "Learners")),
            t(" o con un ", " or by a "),
            h("a", { href: link("files") }, t("archivo", "file")),
            ".",
          ],
    ),
    hole,
    filters("placing", context, asked(organization?.stateCode), ["learner"]),
    ...(profile
      ? [
          block(t("Plazas que sirven", "Places that fit"), await found(profile, learner, context)),
          block(t("¿Por qué no aparece otra?", "Why is another not shown?"), await others(profile, context)),
        ]
      : [
          none(
            t(
              "Diga qué se ha de aprender y en qué estado.",
              "Say what is to be learned, and in which state.",
            ),
          ),
        ]),
  ];
}

export const placing: Page = {
  path: "placing",
  title: () => t("Buscar plaza", "Find a place"),
  group: "work",
  kinds: ["organization"],
  show,
};
