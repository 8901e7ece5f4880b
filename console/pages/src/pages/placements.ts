// How the placing of learners goes on: what was begun here, and what was asked for by files.
import type { Act, PlacementRequest } from "../contract";
import { h, type Child } from "../dom";
import { count, moment, period } from "../format";
import { labelOf, lastId } from "../labels";
import { list } from "../list";
import { block, stateTag } from "../parts";
import { link, type Context, type Page } from "../router";
import { ownRecord, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { actTag, refusalOf } from "./acts";

const actList = (context: Context): Promise<Child[]> =>
  list({
    method: "puente.gateway.v1.ActService/ListActs",
    request: { filter: `organization = "${ownRecord()}"` },
    rows: (answer) => answer.acts,
    signal: context.signal,
    caption: t("Colocaciones", "Placements"),
    empty: t("No ha colocado a nadie.", "You have placed nobody."),
    columns: [
      {
        head: t("comenzó", "began"),
        kind: "head",
        cell: (row: Act) => h("a", { href: link("act", { name: row.name }) }, moment(row.createTime)),
      },
      {
        head: t("estudiante", "learner"),
        cell: (row) => h("code", null, lastId(row.subject ?? "").slice(0, 8)),
      },
      { head: t("estado", "state"), cell: (row) => [actTag(row), refusalOf(row)] },
      {
        head: t("pasos hechos", "steps done"),
        kind: "number",
        cell: (row) => `${count(row.takenCount)} / ${count(row.steps?.length)}`,
      },
    ],
  });

const requestList = (context: Context): Promise<Child[]> =>
  list({
    method: "puente.education.v1.PlacementRequestService/ListPlacementRequests",
    request: { parent: ownRecord() },
    rows: (answer) => answer.placementRequests,
    purpose: usualPurpose(),
    signal: context.signal,
    caption: t("Solicitudes de un archivo", "Requests of a file"),
    empty: t("No ha pedido plazas con un archivo.", "You have asked for no places by a file."),
    columns: [
      {
        head: t("plaza", "place"),
        kind: "head",
        cell: (row: PlacementRequest) =>
          h("a", { href: link("place", { name: row.trainingPlace }) }, labelOf(row.trainingPlace)),
      },
      {
        head: t("estudiante", "learner"),
        cell: (row) => h("code", null, lastId(row.learner ?? "").slice(0, 8)),
      },
      { head: t("estado", "state"), cell: (row) => [stateTag(row.state), refusalOf(row)] },
      { head: t("días", "days"), cell: (row) => period(row.startDate, row.endDate) },
      {
        head: "",
        kind: "actions",
        cell: (row) =>
          row.state === "PLACEMENT_REQUEST_STATE_WAITING"
            ? writeButton({
                button: t("Retirar", "Withdraw"),
                title: t("Retirar la solicitud", "Withdraw the request"),
                danger: true,
                method: "puente.education.v1.PlacementRequestService/WithdrawPlacementRequest",
                before: row,
                request: () => ({ name: row.name, etag: row.etag }),
                done: context.refresh,
              })
            : null,
      },
    ],
  });

export const placements: Page = {
  path: "placements",
  title: () => t("Colocaciones", "Placements"),
  group: "work",
  kinds: ["organization"],
  show: async (context) => [
    h("h1", null, t("Colocaciones", "Placements")),
    h(
      "p",
      { class: "lead" },
      t(
        "A quién se coloca: en las dos dependencias, o en ninguna. Cada una sigue por sí sola, aunque una dependencia no responda.",
        "Who is being placed: at both agencies, or at neither. Each goes on by itself, though an agency does not answer.",
      ),
    ),
    await actList(context),
    block(t("Lo pedido con archivos", "What was asked for by files"), await requestList(context)),
  ],
};
