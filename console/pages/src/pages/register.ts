// The register of certification bodies, which changes by two.
import type { CertifierChange } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count } from "../format";
import { labelOf, partyOf } from "../labels";
import { list } from "../list";
import { block, stateTag } from "../parts";
import type { Context, Page } from "../router";
import { session, t } from "../session";
import { writeButton } from "../write";

async function showRegister(context: Context): Promise<Child[]> {
  const registrar = session().caller === "agency/education";
  return [
    h("h1", null, t("Registro de organismos", "Register of bodies")),
    block(
      t("Organismos", "Bodies"),
      await list({
        method: "puente.gateway.v1.CertifierService/ListCertifiers",
        request: {},
        rows: (answer) => answer.certifiers,
        signal: context.signal,
        caption: t("Organismos certificadores", "Certification bodies"),
        empty: t("No hay organismos.", "There are no bodies."),
        columns: [
          { head: t("organismo", "body"), kind: "head", cell: (row) => labelOf(row.name) },
          { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
          { head: t("alcances", "scopes"), kind: "number", cell: (row) => count(row.scopes?.length) },
          {
            head: t("días para revisar", "days to review"),
            kind: "number",
            cell: (row) => count(row.reviewDays),
          },
          { head: t("contacto", "contact"), cell: (row) => row.contact || "–" },
        ],
      }),
    ),
    registrar || ["certifier", "auditor"].includes(session().kind)
      ? block(
          t("Cambios", "Changes"),
          await list({
            method: "puente.gateway.v1.CertifierChangeService/ListCertifierChanges",
            request: { filter: session().kind === "certifier" ? `body = "${session().caller}"` : "" },
            rows: (answer) => answer.certifierChanges,
            signal: context.signal,
            caption: t("Cambios del registro", "Changes of the register"),
            empty: t("No hay cambios.", "There are no changes."),
            columns: [
              {
                head: t("organismo", "body"),
                kind: "head",
                cell: (row: CertifierChange) => labelOf(row.body),
              },
              { head: t("cambio", "change"), cell: (row) => word(row.kind) },
              { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
              { head: t("nota", "note"), cell: (row) => h("span", { class: "free" }, row.note || "–") },
              {
                head: t("propuesto por", "proposed by"),
                cell: (row) => [partyOf(row.proposer), ` ${row.proposerActor ?? ""}`],
              },
              {
                head: "",
                kind: "actions",
                cell: (row) =>
                  registrar && row.state === "CERTIFIER_CHANGE_STATE_PROPOSED"
                    ? [
                        writeButton({
                          button: t("Confirmar", "Confirm"),
                          title: t("Confirmar el cambio del registro", "Confirm the change of the register"),
                          method: "puente.gateway.v1.CertifierChangeService/ConfirmCertifierChange",
                          before: row,
                          request: () => ({ name: row.name, etag: row.etag }),
                          done: context.refresh,
                        }),
                        writeButton({
                          button: t("Rechazar", "Decline"),
                          danger: true,
                          title: t("Rechazar el cambio del registro", "Decline the change of the register"),
                          method: "puente.gateway.v1.CertifierChangeService/DeclineCertifierChange",
                          before: row,
                          fields: [{ name: "reason", label: t("Motivo", "Reason"), kind: "area" }],
                          request: (v) => ({ name: row.name, etag: row.etag, reason: v.reason }),
                          done: context.refresh,
                        }),
                      ]
                    : null,
              },
            ],
          }),
        )
      : null,
  ];
}

export const register: Page = {
  path: "register",
  title: () => t("Registro de organismos", "Register of bodies"),
  group: "rule",
  kinds: ["*"],
  show: showRegister,
};
