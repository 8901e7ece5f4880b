// The register of certification bodies, which changes by two.
import { changes, fieldLabel } from "../changes";
import type { CertifierChange } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, readDay, today } from "../format";
import { labelOf, partyOf } from "../labels";
import { list } from "../list";
import { block, details, stateTag } from "../parts";
import type { Context, Page } from "../router";
import { either, session, t } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";
import { standardSearch } from "./choosing";
import { keyField, labelFields, recordFields, recordOf } from "./drafting";

// A body is entered with its first scope: a microcredential, what is assessed by a standard, or a level.
const proposeButton = (context: Context): Child =>
  h(
    "div",
    { class: "buttons" },
    writeButton({
      button: t("Proponer un organismo", "Propose a body"),
      title: t("Proponer el ingreso de un organismo", "Propose that a body enters"),
      method: "puente.gateway.v1.CertifierChangeService/CreateCertifierChange",
      fields: [
        keyField(
          t(
            "La que lleva su certificado: no cambia.",
            "The one that its certificate bears: it does not change.",
          ),
        ),
        ...labelFields(),
        {
          name: "microcredential",
          label: t("Certifica la microcredencial de clave", "It certifies the microcredential of the key"),
          optional: true,
          hint: t(
            "Una de las tres: la microcredencial, el estándar o el nivel.",
            "One of the three: the microcredential, the standard or the level.",
          ),
        },
        {
          name: "standard",
          label: t("O las que se evalúan por el estándar", "Or those assessed by the standard"),
          kind: "select",
          options: [["", t("Ninguno", "None")]],
          search: standardSearch,
          optional: true,
        },
        {
          name: "level",
          label: t("O las del nivel", "Or those of the level"),
          optional: true,
          hint: t("Por ejemplo mnc:4 o conocer:2", "Such as mnc:4 or conocer:2"),
        },
        { name: "from", label: t("Desde el", "From"), kind: "date", value: today() },
        { name: "contact", label: t("Contacto", "Contact"), optional: true },
        { name: "note", label: t("Nota", "Note"), kind: "area", optional: true },
        ...recordFields("sep"),
      ],
      request: (v) => ({
        certifierChangeId: newId(v.key),
        certifierChange: {
          body: `certifier/${v.key}`,
          kind: "CERTIFIER_CHANGE_KIND_ENTER",
          labelEs: v.es,
          labelEn: v.en,
          scopes: [
            {
              ...(v.microcredential
                ? { microcredential: `microcredentials/${v.microcredential}`, laterVersions: true }
                : {}),
              competenceStandard: v.standard,
              level: v.level,
              startDate: readDay(v.from),
            },
          ],
          contact: v.contact,
          note: v.note,
          ...recordOf(v),
        },
      }),
      done: context.refresh,
    }),
  );

// What the register would say: of an amendment the fields that it changes, also those that it empties.
const saidBy = (row: CertifierChange): HTMLElement =>
  changes(undefined, {
    kind: row.kind,
    body: row.body,
    changedFields: row.changedFields?.map(fieldLabel),
    labelEs: row.labelEs,
    labelEn: row.labelEn,
    scopes: row.scopes,
    conflicts: row.conflicts,
    reviewerConflicts: row.reviewerConflicts,
    contact: row.contact,
    reviewDays: row.reviewDays,
    teachOutDate: row.teachOutDate,
    note: row.note,
  });

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
          registrar ? proposeButton(context) : null,
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
                cell: (row: CertifierChange) => either(row.labelEs, row.labelEn) || partyOf(row.body),
              },
              {
                head: t("cambio", "change"),
                cell: (row) => [word(row.kind), details(t("Qué dice", "What it says"), () => saidBy(row))],
              },
              {
                head: t("estado", "state"),
                cell: (row) => [
                  stateTag(row.state),
                  [row.stateReason, either(row.refusalEs, row.refusalEn)]
                    .filter(Boolean)
                    .map((text) => h("span", { class: "fine block" }, text)),
                ],
              },
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
                          preview: saidBy(row),
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
