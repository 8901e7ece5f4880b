// Seats at training places that schools reserve and companies confirm.
import type { PlaceReservation } from "../contract";
import { h, type Child } from "../dom";
import { moment, period } from "../format";
import { labelOf, lastId } from "../labels";
import { list } from "../list";
import { stateTag } from "../parts";
import { link, type Context, type Page } from "../router";
import { ownRecord, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { isCompany } from "./places";

async function showReservations(context: Context): Promise<Child[]> {
  const own = ownRecord();
  const actions = (row: PlaceReservation): Child => {
    const base = { before: row, request: () => ({ name: row.name, etag: row.etag }), done: context.refresh };
    if (!isCompany()) {
      return row.state === "PLACE_RESERVATION_STATE_HELD" || row.state === "PLACE_RESERVATION_STATE_CONFIRMED"
        ? writeButton({
            ...base,
            danger: true,
            button: t("Liberar", "Give back"),
            title: t("Liberar el lugar", "Give the seat back"),
            method: "puente.economy.v1.PlaceReservationService/ReleasePlaceReservation",
          })
        : null;
    }
    switch (row.state) {
      case "PLACE_RESERVATION_STATE_HELD":
        return writeButton({
          ...base,
          button: t("Confirmar", "Confirm"),
          title: t("Confirmar el lugar", "Confirm the seat"),
          method: "puente.economy.v1.PlaceReservationService/ConfirmPlaceReservation",
        });
      case "PLACE_RESERVATION_STATE_CONFIRMED":
        return [
          writeButton({
            ...base,
            button: t("Inició", "Started"),
            title: t("Anotar que la estancia inició", "Record that the stay has started"),
            method: "puente.economy.v1.PlaceReservationService/StartPlaceReservation",
          }),
          writeButton({
            ...base,
            danger: true,
            button: t("No llegó", "No show"),
            title: t("Anotar que no llegó", "Record that nobody came"),
            method: "puente.economy.v1.PlaceReservationService/NoShowPlaceReservation",
          }),
        ];
      case "PLACE_RESERVATION_STATE_STARTED":
        return writeButton({
          ...base,
          button: t("Concluyó", "Completed"),
          title: t("Anotar que la estancia concluyó", "Record that the stay is completed"),
          method: "puente.economy.v1.PlaceReservationService/CompletePlaceReservation",
        });
      default:
        return null;
    }
  };
  return [
    h(
      "h1",
      null,
      isCompany() ? t("Lugares por confirmar", "Seats to confirm") : t("Lugares apartados", "Reserved seats"),
    ),
    h(
      "p",
      { class: "lead" },
      isCompany()
        ? t(
            "Lo que las escuelas apartaron para quienes aprenden en su empresa. De cada estudiante se conoce solo un seudónimo propio de la empresa.",
            "What schools have reserved for learners at your company. Of each learner only a pseudonym of the company's own is known.",
          )
        : t(
            "Lugares que su escuela apartó en empresas.",
            "Seats that your school has reserved at companies.",
          ),
    ),
    await list({
      method: "puente.economy.v1.PlaceReservationService/ListPlaceReservations",
      request: { filter: isCompany() ? `company = "${own}"` : `organization = "${own}"` },
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
        { head: t("escuela", "school"), cell: (row) => labelOf(row.organization) },
        {
          head: t("estudiante", "learner"),
          cell: (row) =>
            h(
              "code",
              null,
              (isCompany() ? row.companyLearner : lastId(row.learner ?? ""))?.slice(0, 8) ?? "",
            ),
        },
        { head: t("días", "days"), cell: (row) => period(row.startDate, row.endDate) },
        {
          head: t("apartado hasta", "held until"),
          cell: (row) => (row.state === "PLACE_RESERVATION_STATE_HELD" ? moment(row.expireTime) : "–"),
        },
        { head: "", kind: "actions", cell: actions },
      ],
    }),
  ];
}

export const reservations: Page = {
  path: "reservations",
  title: () =>
    isCompany() ? t("Lugares por confirmar", "Seats to confirm") : t("Lugares apartados", "Reserved seats"),
  group: "work",
  kinds: ["company", "organization"],
  show: showReservations,
};
