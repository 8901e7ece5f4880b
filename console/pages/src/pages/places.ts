// Training places: what is offered in the country, a company's own, and the seats that schools reserve there.
import { call } from "../call";
import type { PlaceAvailability, PlaceReservation, StatePlaces, TrainingPlace } from "../contract";
import { h, type Child } from "../dom";
import { count, day, figureNode, figureOf, moment, period } from "../format";
import { filters, stateChoice } from "../filters";
import { labelOf, labelsOf, lastId, stateName, STATES } from "../labels";
import { list, one } from "../list";
import { block, facts, filled, generated, none, stateTag, table, tile } from "../parts";
import { sentence, tiles, type Point } from "../charts";
import { link, type Context, type Page } from "../router";
import { either, ownRecord, session, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { COUNTRY, figure } from "./overview";

const isCompany = () => session().kind === "company";
const SUMMARY = "puente.economy.v1.PlaceReleaseService/GetPlaceSummary";

const columns = (availability?: Map<string, PlaceAvailability>) => [
  { head: t("plaza", "place"), kind: "head" as const, cell: (row: TrainingPlace) => h("a", { href: link("place", { name: row.name }) }, either(row.titleEs, row.titleEn)) },
  { head: t("estado de la oferta", "state of the offer"), cell: (row: TrainingPlace) => stateTag(row.state) },
  { head: t("empresa", "company"), cell: (row: TrainingPlace) => labelOf(row.name?.replace(/\/trainingPlaces\/.*/, "")) },
  { head: t("dónde", "where"), cell: (row: TrainingPlace) => [row.municipality ? `${row.municipality}, ` : "", stateName(row.stateCode)] },
  { head: t("días", "days"), cell: (row: TrainingPlace) => period(row.startDate, row.endDate) },
  { head: t("lugares", "seats"), kind: "number" as const, cell: (row: TrainingPlace) => {
    const free = availability?.get(row.name!)?.free;
    return [count(row.seatCount), free === undefined ? "" : h("span", { class: "fine block" }, `${count(free)} ${t("libres", "free")}`)];
  } },
  { head: t("horas por semana", "hours a week"), kind: "number" as const, cell: (row: TrainingPlace) => count(row.weeklyHours) },
];

function summary(states: StatePlaces[]): Child {
  const points: Point[] = states.map((s) => ({ code: s.stateCode, label: stateName(s.stateCode), value: figureOf(s.offeredCount) }));
  const title = t("Lugares ofrecidos por estado", "Seats offered by state"), unit = t("lugares", "seats");
  return figure(title, sentence(points.filter((p) => p.value !== 0), unit), tiles(points, "unknown", (code) => link("places", { state: code })), table(title, [
    { head: t("estado", "state"), kind: "head", cell: (row: StatePlaces) => stateName(row.stateCode) },
    { head: t("ofrecidos", "offered"), kind: "number", cell: (row) => figureNode(figureOf(row.offeredCount)) },
    { head: t("estancias", "stays"), kind: "number", cell: (row) => figureNode(figureOf(row.stayCount)) }], states, true));
}

async function showPlaces(context: Context): Promise<Child[]> {
  const { query, signal } = context;
  const state = query.get("state") ?? "";
  const filter = state ? `state_code = "${state}" AND state = OPEN` : "";
  return [
    h("h1", null, t("Plazas de formación", "Training places")), h("p", { class: "lead" }, t("Dónde ofrecen las empresas que se aprenda en el trabajo.", "Where companies offer that people learn at work.")),
    filters("places", context, [stateChoice()]),
    block(t("En cifras", "In figures"), await filled(SUMMARY, async () => {
      const [all, country] = await Promise.all([call(SUMMARY, { stateCodes: Object.keys(STATES) }, { signal }), call(SUMMARY, {}, { signal })]);
      const whole = country.states?.[0];
      return [generated(all.recordKind), whole ? h("div", { class: "kpis" }, tile(figureNode(figureOf(whole.offeredCount), false), t("lugares ofrecidos", "seats offered")), tile(figureNode(figureOf(whole.stayCount)), t("estancias", "stays"))) : null,
        all.states?.length ? summary(all.states) : none(t("Todavía no se ha publicado nada.", "Nothing has been released yet.")),
        h("p", { class: "source" }, `${t("De Secretaría de Economía, publicado el", "From Ministry of Economy, released at")} ${moment(all.releaseTime)}.`)];
    })),
    block(t("Ofertas", "Offers"), await list({ method: "puente.economy.v1.TrainingPlaceService/ListTrainingPlaces", request: { parent: "companies/-", filter }, rows: (answer) => answer.trainingPlaces, signal,
      caption: t("Plazas de formación", "Training places"), empty: t("No hay plazas así.", "There are no such places."), columns: columns() })),
  ];
}

async function showOwn(context: Context): Promise<Child[]> {
  const { signal } = context;
  const method = "puente.economy.v1.TrainingPlaceService/ListTrainingPlaces";
  const actions = (row: TrainingPlace): Child => {
    const base = { before: row, request: () => ({ name: row.name, etag: row.etag }), done: context.refresh };
    return row.state === "TRAINING_PLACE_STATE_OPEN" ? [
      row.confirmDueDate ? writeButton({ ...base, button: t("Sigue en pie", "It stands"), title: t("Confirmar que la oferta sigue en pie", "Confirm that the offer stands"), method: "puente.economy.v1.TrainingPlaceService/ConfirmTrainingPlace" }) : null,
      writeButton({ ...base, button: t("Pausar", "Pause"), title: t("Pausar la plaza", "Pause the place"), method: "puente.economy.v1.TrainingPlaceService/PauseTrainingPlace" })]
      : row.state === "TRAINING_PLACE_STATE_PAUSED" ? writeButton({ ...base, button: t("Abrir", "Open"), title: t("Abrir la plaza", "Open the place"), method: "puente.economy.v1.TrainingPlaceService/OpenTrainingPlace" }) : null;
  };
  return [h("h1", null, t("Sus plazas", "Your places")), h("p", { class: "lead" }, t("Los lugares que su empresa ofrece a quienes aprenden.", "The seats that your company offers to learners.")), await filled(method, async () => {
    const answer = await call(method, { parent: ownRecord(), pageSize: 200 }, { signal });
    const places = answer.trainingPlaces ?? [];
    if (!places.length) return [none(t("Su empresa no ofrece plazas.", "Your company offers no places."))];
    const free = await call("puente.economy.v1.TrainingPlaceService/GetPlaceAvailability", { names: places.slice(0, 50).map((p) => p.name!) }, { signal }).catch(() => ({ places: [] as PlaceAvailability[] }));
    const map = new Map((free.places ?? []).map((p) => [p.trainingPlace!, p]));
    return [generated(places[0].recordKind), table(t("Plazas", "Places"), [...columns(map), { head: "", kind: "actions", cell: actions }], places)];
  })];
}

async function showPlace(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "";
  const place = await one("puente.economy.v1.TrainingPlaceService/GetTrainingPlace", name, { signal: context.signal });
  const free = await call("puente.economy.v1.TrainingPlaceService/GetPlaceAvailability", { names: [name] }, { signal: context.signal }).then((a) => a.places?.[0]).catch(() => undefined);
  return [
    h("h1", null, either(place.titleEs, place.titleEn)), h("p", { class: "lead" }, stateTag(place.state), " ", labelOf(name.replace(/\/trainingPlaces\/.*/, ""))), generated(place.recordKind),
    facts([[t("dónde", "where"), [place.municipality ? `${place.municipality}, ` : "", stateName(place.stateCode)]], [t("días", "days"), period(place.startDate, place.endDate)], [t("lugares", "seats"), count(place.seatCount)],
      [t("libres", "free"), free?.free === undefined ? figureNode("unasked") : count(free.free)], [t("horas por semana", "hours a week"), count(place.weeklyHours)], [t("se aprende", "learned there"), place.skills?.length ? labelsOf(place.skills) : ""],
      [t("se confirma antes del", "to be confirmed by"), day(place.confirmDueDate)], [t("ofrecida por la cámara", "offered by the chamber"), place.chamber ? labelOf(place.chamber) : ""]]),
    place.conditionsEs ? block(t("Condiciones", "Conditions"), h("p", { class: "free" }, either(place.conditionsEs, place.conditionsEn))) : null,
    place.requirementsEs ? block(t("Requisitos", "Requirements"), h("p", { class: "free" }, either(place.requirementsEs, place.requirementsEn))) : null,
    h("p", { class: "source" }, `${t("De Secretaría de Economía", "From Ministry of Economy")}. ${t("Fuente", "Source")}: ${place.source ?? ""}`),
  ];
}

async function showReservations(context: Context): Promise<Child[]> {
  const own = ownRecord();
  const actions = (row: PlaceReservation): Child => {
    const base = { before: row, request: () => ({ name: row.name, etag: row.etag }), done: context.refresh };
    if (!isCompany()) {
      return row.state === "PLACE_RESERVATION_STATE_HELD" || row.state === "PLACE_RESERVATION_STATE_CONFIRMED" ? writeButton({ ...base, danger: true, button: t("Liberar", "Give back"), title: t("Liberar el lugar", "Give the seat back"),
        method: "puente.economy.v1.PlaceReservationService/ReleasePlaceReservation" }) : null;
    }
    switch (row.state) {
      case "PLACE_RESERVATION_STATE_HELD": return writeButton({ ...base, button: t("Confirmar", "Confirm"), title: t("Confirmar el lugar", "Confirm the seat"), method: "puente.economy.v1.PlaceReservationService/ConfirmPlaceReservation" });
      case "PLACE_RESERVATION_STATE_CONFIRMED": return [
        writeButton({ ...base, button: t("Inició", "Started"), title: t("Anotar que la estancia inició", "Record that the stay has started"), method: "puente.economy.v1.PlaceReservationService/StartPlaceReservation" }),
        writeButton({ ...base, danger: true, button: t("No llegó", "No show"), title: t("Anotar que no llegó", "Record that nobody came"), method: "puente.economy.v1.PlaceReservationService/NoShowPlaceReservation" })];
      case "PLACE_RESERVATION_STATE_STARTED": return writeButton({ ...base, button: t("Concluyó", "Completed"), title: t("Anotar que la estancia concluyó", "Record that the stay is completed"), method: "puente.economy.v1.PlaceReservationService/CompletePlaceReservation" });
      default: return null;
    }
  };
  return [h("h1", null, isCompany() ? t("Lugares por confirmar", "Seats to confirm") : t("Lugares apartados", "Reserved seats")),
    h("p", { class: "lead" }, isCompany() ? t("Lo que las escuelas apartaron para quienes aprenden en su empresa. De cada estudiante se conoce solo un seudónimo propio de la empresa.", "What schools have reserved for learners at your company. Of each learner only a pseudonym of the company's own is known.")
      : t("Lugares que su escuela apartó en empresas.", "Seats that your school has reserved at companies.")),
    await list({ method: "puente.economy.v1.PlaceReservationService/ListPlaceReservations", request: { filter: isCompany() ? `company = "${own}"` : `organization = "${own}"` }, rows: (answer) => answer.placeReservations, purpose: usualPurpose(),
      signal: context.signal, caption: t("Lugares apartados", "Reserved seats"), empty: t("No hay lugares apartados.", "There are no reserved seats."), columns: [
        { head: t("plaza", "place"), kind: "head", cell: (row: PlaceReservation) => h("a", { href: link("place", { name: row.trainingPlace }) }, labelOf(row.trainingPlace)) },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        { head: t("escuela", "school"), cell: (row) => labelOf(row.organization) },
        { head: t("estudiante", "learner"), cell: (row) => h("code", null, (isCompany() ? row.companyLearner : lastId(row.learner ?? ""))?.slice(0, 8) ?? "") },
        { head: t("días", "days"), cell: (row) => period(row.startDate, row.endDate) },
        { head: t("apartado hasta", "held until"), cell: (row) => row.state === "PLACE_RESERVATION_STATE_HELD" ? moment(row.expireTime) : "–" },
        { head: "", kind: "actions", cell: actions },
      ] })];
}

export const places: Page = { path: "places", title: () => t("Plazas de formación", "Training places"), group: "country", kinds: COUNTRY, show: showPlaces };
export const place: Page = { path: "place", title: () => t("Plaza", "Place"), group: "country", kinds: ["*"], show: showPlace, detail: true };
export const ownPlaces: Page = { path: "own-places", title: () => t("Sus plazas", "Your places"), group: "work", kinds: ["company"], show: showOwn };
export const reservations: Page = { path: "reservations", title: () => (isCompany() ? t("Lugares por confirmar", "Seats to confirm") : t("Lugares apartados", "Reserved seats")), group: "work", kinds: ["company", "organization"], show: showReservations };
