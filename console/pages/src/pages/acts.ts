// What is done at two owners, and how far it is: an act goes on by itself, so its page follows it.
import { call, Problem } from "../call";
import { stepName } from "../changes";
import type { Act } from "../contract";
import { append, h, type Child } from "../dom";
import { word } from "../enums";
import { moment } from "../format";
import { agencyName, labelOf, lastId } from "../labels";
import { one } from "../list";
import { attempt, block, facts, generated, problemNode, stateTag, table } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, t, usualPurpose } from "../session";
import { reservationActions } from "./reservations";

const GET = "puente.gateway.v1.ActService/GetAct";
const PAUSE = 1000; // milliseconds between looks at what goes on

const goesOn = (act: Act) => act.state === "ACT_STATE_RUNNING" || act.state === "ACT_STATE_UNDOING";

// What goes on is not done yet.
export const actTag = (act: Act): Node =>
  goesOn(act) ? h("span", { class: "tag open" }, word(act.state)) : stateTag(act.state);

// Of what an owner has refused, its own words.
export const refusalOf = (row: { refusal?: string; refusalEs?: string; refusalEn?: string }): Child =>
  row.refusal
    ? h(
        "span",
        { class: "fine block" },
        either(row.refusalEs, row.refusalEn),
        " ",
        h("code", null, row.refusal),
      )
    : null;

const stepState = (act: Act, at: number): Child =>
  at < (act.takenCount ?? 0)
    ? act.state === "ACT_STATE_UNDOING"
      ? h("span", { class: "tag bad" }, t("por deshacer", "to be undone"))
      : h("span", { class: "tag good" }, t("hecho", "done"))
    : act.state === "ACT_STATE_RUNNING"
      ? h("span", { class: "tag open" }, t("falta", "left to do"))
      : h("span", { class: "mark none" }, "–");

const progress = (act: Act): Child[] => [
  h("p", { class: "lead" }, actTag(act), goesOn(act) ? t("Sigue por sí solo.", "It goes on by itself.") : ""),
  refusalOf(act),
  table(
    t("Pasos, en su orden", "Steps, in their order"),
    [
      { head: t("qué", "what"), kind: "head", cell: (step) => stepName(step.method ?? "") },
      { head: t("dependencia", "agency"), cell: (step) => agencyName(step.owner) },
      { head: t("estado", "state"), cell: (step) => stepState(act, act.steps!.indexOf(step)) },
    ],
    act.steps ?? [],
  ),
];

// The seat that a learner was placed on has the act's id, and can be given back.
async function seat(act: Act, context: Context): Promise<Child> {
  if (act.kind !== "placement" || act.state !== "ACT_STATE_DONE") return null;
  const { answer, hole } = await attempt("economy", () =>
    one(
      "puente.economy.v1.PlaceReservationService/GetPlaceReservation",
      `placeReservations/${lastId(act.name ?? "")}`,
      { purpose: usualPurpose(), signal: context.signal },
    ),
  );
  if (!answer) return hole;
  return block(
    t("El lugar", "The seat"),
    facts([
      [
        t("plaza", "place"),
        h("a", { href: link("place", { name: answer.trainingPlace }) }, labelOf(answer.trainingPlace)),
      ],
      [t("estado", "state"), stateTag(answer.state)],
      [
        t("apartado hasta", "held until"),
        answer.state === "PLACE_RESERVATION_STATE_HELD" ? moment(answer.expireTime) : "",
      ],
    ]),
    h("div", { class: "buttons" }, reservationActions(answer, context)),
  );
}

async function show(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "",
    { signal } = context;
  let act = await one(GET, name, { signal });
  const box = h("div", { "aria-live": "polite" });
  const below = h("div");
  const draw = async () => {
    box.replaceChildren();
    append(box, progress(act));
    const seen = await seat(act, context);
    below.replaceChildren();
    append(below, [seen]);
  };
  await draw();
  let drawn = act.etag; // what stays as it was is not read out again
  const follow = async () => {
    if (signal.aborted) return;
    try {
      act = await call(GET, { name }, { signal });
      if (act.etag !== drawn) await draw();
      drawn = act.etag;
    } catch (error) {
      if (signal.aborted) return;
      box.replaceChildren(problemNode(error, "gateway"));
      drawn = "";
      if (!(error instanceof Problem) || !error.noAnswer) return;
    }
    if (goesOn(act)) setTimeout(follow, PAUSE);
  };
  if (goesOn(act)) setTimeout(follow, PAUSE);
  return [
    h("h1", null, act.kind === "placement" ? t("Colocación", "Placement") : t("Acto", "Act")),
    generated(act.recordKind),
    facts([
      act.kind === "placement"
        ? [t("estudiante", "learner"), h("code", null, lastId(act.subject ?? "").slice(0, 8))]
        : [t("sobre", "about"), labelOf(act.subject)],
      [t("comenzó", "began"), moment(act.createTime)],
      [t("quien actúa", "who acts"), act.actor ?? ""],
    ]),
    box,
    below,
  ];
}

export const act: Page = {
  path: "act",
  title: () => t("Acto de dos dependencias", "Act of two agencies"),
  group: "work",
  kinds: ["organization", "agency/economy", "agency/education", "auditor"],
  show,
  detail: true,
};
