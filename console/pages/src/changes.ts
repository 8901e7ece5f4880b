// What a write would change, field by field.
import { h, type Child } from "./dom";
import { word } from "./enums";
import { day, moment, money } from "./format";
import { labelOf, labelsOf, partyOf, stateName } from "./labels";
import { t } from "./session";

// --- What changes ---

const FIELDS: Record<string, [string, string]> = {
  state: ["estado", "state"],
  reviewer: ["quien revisa", "reviewer"],
  assignTime: ["asignada el", "assigned"],
  decideTime: ["decidida el", "decided"],
  reason: ["razón", "reason"],
  kind: ["qué", "what"],
  startDate: ["desde", "from"],
  endDate: ["hasta", "until"],
  conditions: ["condiciones", "conditions"],
  submission: ["solicitud", "submission"],
  dossier: ["expediente", "dossier"],
  organization: ["organización", "organization"],
  actor: ["quien actúa", "who acts"],
  appealDueDate: ["se puede impugnar hasta", "appeal until"],
  acknowledgement: ["enterado", "acknowledgement"],
  answer: ["respuesta", "answer"],
  answerTime: ["respondido el", "answered"],
  closeTime: ["cerrado el", "closed"],
  confirmTime: ["confirmado el", "confirmed"],
  text: ["texto", "text"],
  target: ["sobre qué", "about"],
  evidence: ["evidencia", "evidence"],
  beginTime: ["iniciado el", "begun"],
  finishTime: ["terminado el", "finished"],
  reviewTime: ["revisada el", "reviewed"],
  adoptTime: ["adoptada el", "adopted"],
  declineTime: ["rechazada el", "declined"],
  declineReason: ["motivo", "reason"],
  approver: ["aprobado por", "approved by"],
  approverActor: ["quien aprueba", "approving"],
  approveTime: ["aprobado el", "approved"],
  publishTime: ["publicado el", "published"],
  draftTime: ["redactado el", "drafted"],
  maker: ["pedido por", "asked for by"],
  makerActor: ["quien pide", "asking"],
  reportDefinition: ["definición", "definition"],
  skill: ["habilidad", "skill"],
  heads: ["personas", "people"],
  stateCode: ["estado", "state"],
  scianClass: ["clase SCIAN", "SCIAN class"],
  level: ["nivel", "level"],
  canDo: ["puede", "can do"],
  seats: ["lugares", "seats"],
  missing: ["qué falta", "what is missing"],
  microcredentialVersion: ["microcredencial", "microcredential"],
  collection: ["registros", "records"],
  recordKind: ["clase", "kind"],
  effectiveDate: ["desde el", "from"],
  caller: ["quien lo pone", "who sets it"],
  expireTime: ["vence el", "ends"],
  startTime: ["inicia el", "starts"],
  completeTime: ["concluye el", "completed"],
  companyAcceptTime: ["acepta la empresa", "company accepts"],
  organizationAcceptTime: ["acepta la escuela", "school accepts"],
  turn: ["turno", "turn"],
  acceptTime: ["aceptado el", "accepted"],
  refuseTime: ["rechazado el", "refused"],
  dueDate: ["vence", "due"],
  certification: ["certificación", "certification"],
  standing: ["cuenta", "standing"],
  confirmedBy: ["confirma", "confirmed by"],
  workDate: ["día", "day"],
  minutes: ["minutos", "minutes"],
  claimedBy: ["la declara", "claimed by"],
  withdrawTime: ["retirado el", "withdrawn"],
  noShowTime: ["no llegó el", "no show"],
  acknowledgeTime: ["enterado el", "notice taken"],
  acknowledgeActor: ["quien se entera", "who takes notice"],
  titleEs: ["título", "title"],
  source: ["fuente", "source"],
  fulfilment: ["cumplimiento", "fulfilment"],
  stateReason: ["motivo", "reason"],
};

const SILENT = new Set([
  "etag",
  "updateTime",
  "createTime",
  "name",
  "sections",
  "files",
  "extracts",
  "tables",
  "act",
  "outcomes",
  "owed",
]);

function valueNode(value: any): Child {
  if (value === undefined || value === null || value === "")
    return h("span", { class: "mark none" }, t("nada", "nothing"));
  if (Array.isArray(value)) {
    return value.every((v) => typeof v === "string") ? labelsOf(value) : `${value.length}`;
  }
  if (typeof value === "object")
    return value.year ? day(value) : value.currencyCode ? money(value) : Object.values(value).join(", ");
  const text = String(value);
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(text))
    return word(text) || h("span", { class: "mark none" }, t("nada", "nothing"));
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return moment(text);
  if (/^(agency|company|organization|certifier|chamber)\/[a-z0-9-]+$/.test(text)) return partyOf(text);
  if (/^[a-zA-Z]+\/[^ ]+$/.test(text)) return labelOf(text);
  return text;
}

// Field by field: what it is, and what it would be.
export function changes(before: any, after: any): HTMLElement {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => !SILENT.has(name) && JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
  if (!names.length)
    return h(
      "p",
      null,
      t("No cambia nada de lo que aquí se muestra.", "Nothing that is shown here changes."),
    );
  const shown = (name: string, value: any): Child =>
    name === "stateCode" ? stateName(value) : valueNode(value);
  return h(
    "table",
    { class: "changes" },
    h("caption", { class: "visually-hidden" }, t("Qué cambia", "What changes")),
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        h("th", { scope: "col" }, t("qué", "what")),
        before ? h("th", { scope: "col" }, t("es", "is")) : null,
        h("th", { scope: "col" }, t("será", "will be")),
      ),
    ),
    h(
      "tbody",
      null,
      names.map((name) =>
        h(
          "tr",
          null,
          h("th", { scope: "row" }, FIELDS[name] ? t(...FIELDS[name]) : name),
          before ? h("td", null, shown(name, before[name])) : null,
          h("td", null, shown(name, after?.[name])),
        ),
      ),
    ),
  );
}
