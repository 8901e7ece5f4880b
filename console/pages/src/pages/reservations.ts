// Seats at training places that schools reserve and companies confirm.
import { call } from "../call";
import type { PlaceReservation } from "../contract";
import { append, h, type Child } from "../dom";
import { wordsOf } from "../enums";
import { moment, period } from "../format";
import { labelOf, lastId } from "../labels";
import { list } from "../list";
import { problemNode, stateTag } from "../parts";
import { link, type Context, type Page } from "../router";
import { ownRecord, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { isCompany } from "./places";

const SERVICE = "puente.economy.v1.PlaceReservationService";

export function reservationActions(row: PlaceReservation, context: Context): Child {
  const said = { name: row.name, etag: row.etag };
  const base = { before: row, request: () => said, done: context.refresh };
  const breakOff = () =>
    writeButton({
      ...base,
      danger: true,
      button: t("Interrumpir", "Break off"),
      title: t("Interrumpir la estancia", "Break the stay off"),
      method: `${SERVICE}/BreakOffPlaceReservation`,
      fields: [
        {
          name: "cause",
          label: t("Causa", "Cause"),
          kind: "select",
          options: wordsOf("BREAK_OFF_CAUSE", [
            "MUTUAL",
            "LEARNER_LEFT",
            "COMPANY_CANNOT",
            "TERMS_NOT_KEPT",
            "OTHER",
          ]),
        },
        {
          name: "follow",
          label: t("Qué sigue para quien aprende", "What follows for the learner"),
          kind: "select",
          options: wordsOf("FOLLOW_UP", ["ANOTHER_PLACE", "PAUSE", "END"]),
        },
      ],
      request: (v) => ({ ...said, breakOffCause: v.cause, followUp: v.follow }),
    });
  const before =
    row.state === "PLACE_RESERVATION_STATE_HELD" || row.state === "PLACE_RESERVATION_STATE_CONFIRMED";
  if (!isCompany())
    return before
      ? writeButton({
          ...base,
          danger: true,
          button: t("Liberar", "Give back"),
          title: t("Liberar el lugar", "Give the seat back"),
          method: `${SERVICE}/ReleasePlaceReservation`,
        })
      : row.state === "PLACE_RESERVATION_STATE_STARTED"
        ? breakOff()
        : null;
  switch (row.state) {
    case "PLACE_RESERVATION_STATE_HELD":
      return writeButton({
        ...base,
        button: t("Confirmar", "Confirm"),
        title: t("Confirmar el lugar", "Confirm the seat"),
        method: `${SERVICE}/ConfirmPlaceReservation`,
      });
    case "PLACE_RESERVATION_STATE_CONFIRMED":
      return [
        writeButton({
          ...base,
          button: t("Inició", "Started"),
          title: t("Anotar que la estancia inició", "Record that the stay has started"),
          method: `${SERVICE}/StartPlaceReservation`,
        }),
        writeButton({
          ...base,
          danger: true,
          button: t("No llegó", "No show"),
          title: t("Anotar que no llegó", "Record that nobody came"),
          method: `${SERVICE}/NoShowPlaceReservation`,
        }),
        breakOff(),
      ];
    case "PLACE_RESERVATION_STATE_STARTED":
      return [
        writeButton({
          ...base,
          button: t("Concluyó", "Completed"),
          title: t("Anotar que la estancia concluyó", "Record that the stay is completed"),
          method: `${SERVICE}/CompletePlaceReservation`,
        }),
        breakOff(),
      ];
    default:
      return null;
  }
}

// Of who is to come or is there the company may open the name.
function learnerCell(row: PlaceReservation): Child {
  const pseudonym = h("code", null, (row.companyLearner || lastId(row.learner ?? "")).slice(0, 8));
  const known =
    row.state === "PLACE_RESERVATION_STATE_CONFIRMED" || row.state === "PLACE_RESERVATION_STATE_STARTED";
  if (!isCompany() || !known) return pseudonym;
  const box = h("span", { class: "block", "aria-live": "polite" });
  const open = async () => {
    try {
      const who = await call(
        "puente.education.v1.PlaceEnrolmentService/GetPlacedLearner",
        { name: `placeEnrolments/${lastId(row.name ?? "")}` },
        { purpose: "placement" },
      );
      box.replaceChildren([who.givenNames, who.firstSurname, who.secondSurname].filter(Boolean).join(" "));
    } catch (error) {
      box.replaceChildren(problemNode(error, "education"));
    }
  };
  append(box, [
    h(
      "button",
      {
        type: "button",
        class: "secondary",
        onclick: open,
        title: t("Abrirlo queda registrado.", "Opening it is recorded."),
      },
      t("Quién es", "Who that is"),
    ),
  ]);
  return [pseudonym, box];
}

const reservationList = (context: Context): Promise<Child[]> =>
  list({
    method: `${SERVICE}/ListPlaceReservations`,
    request: { filter: isCompany() ? `company = "${ownRecord()}"` : `organization = "${ownRecord()}"` },
    rows: (answer) => answer.placeReservations,
    purpose: usualPurpose(),
    signal: context.signal,
    caption: t("Lugares apartados", "Reserved seats"),
    empty: t("No hay lugares apartados.", "There are no reserved seats."),
    columns: [
      {
        head: t("plaza", "place"),
        kind: "head",
        cell: (row: PlaceReservation) =>
          h("a", { href: link("place", { name: row.trainingPlace }) }, labelOf(row.trainingPlace)),
      },
      { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
      isCompany()
        ? { head: t("escuela", "school"), cell: (row) => labelOf(row.organization) }
        : { head: t("empresa", "company"), cell: (row) => labelOf(row.company) },
      { head: t("estudiante", "learner"), cell: learnerCell },
      { head: t("días", "days"), cell: (row) => period(row.startDate, row.endDate) },
      {
        head: t("apartado hasta", "held until"),
        cell: (row) => (row.state === "PLACE_RESERVATION_STATE_HELD" ? moment(row.expireTime) : "–"),
      },
      { head: "", kind: "actions", cell: (row) => reservationActions(row, context) },
    ],
  });

const title = () =>
  isCompany() ? t("Lugares por confirmar", "Seats to confirm") : t("Lugares apartados", "Reserved seats");

async function show(context: Context): Promise<Child[]> {
  const lead = isCompany()
    ? t(
        "Lo que las escuelas apartaron para quienes aprenden en su empresa. De cada estudiante se conoce un seudónimo propio de la empresa; de quien ha de venir se abre el nombre, y queda registrado.",
        "What schools have reserved for learners at your company. Of each learner a pseudonym of the company's own is known; of who is to come the name can be opened, which is recorded.",
      )
    : t("Lugares que su escuela apartó en empresas.", "Seats that your school has reserved at companies.");
  return [h("h1", null, title()), h("p", { class: "lead" }, lead), await reservationList(context)];
}

export const reservations: Page = {
  path: "reservations",
  title,
  group: "work",
  kinds: ["company", "organization"],
  show,
};
