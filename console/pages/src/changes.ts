// What a write would change, field by field.
import { h, type Child } from "./dom";
import { word } from "./enums";
import { day, moment, money } from "./format";
import { isName, labelOf, partyOf, stateName, stateNames } from "./labels";
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
  outcomes: ["resultado", "outcome"],
  outcome: ["resultado", "outcome"],
  owed: ["pendiente", "owed"],
  overrides: ["sin esperar", "not waited for"],
  section: ["sección", "section"],
  scopes: ["alcance", "scope"],
  stateCodes: ["estados", "states"],
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
]);

function valueNode(value: any): Child {
  if (value === undefined || value === null || value === "")
    return h("span", { class: "mark none" }, t("nada", "nothing"));
  if (Array.isArray(value)) return value.map((each, i) => [i ? ", " : "", valueNode(each)]);
  if (typeof value === "object") return isDay(value) ? day(value) : money(value);
  if (typeof value === "boolean") return value ? t("sí", "yes") : t("no", "no");
  const text = String(value);
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(text))
    return word(text) || h("span", { class: "mark none" }, t("nada", "nothing"));
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return moment(text);
  if (/^(agency|company|organization|certifier|chamber)\/[a-z0-9-]+$/.test(text)) return partyOf(text);
  return isName(text) ? labelOf(text) : text;
}

const isObject = (value: any) => typeof value === "object" && value !== null && !Array.isArray(value);
const isDay = (value: any) => value.year !== undefined;
// Of several values, each of which may change by itself.
const isRecord = (value: any) => isObject(value) && !isDay(value) && value.currencyCode === undefined;
const isList = (value: any) => Array.isArray(value) && value.some(isObject);

interface Change {
  title: string; // "resultado 2 › nivel"
  name: string;
  before: any;
  after: any;
}

// What differs, down to single values: of a list of records that of each, by its place.
function differences(before: any, after: any, above = ""): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.flatMap((name): Change[] => {
    const was = before?.[name],
      will = after?.[name];
    if ((!above && SILENT.has(name)) || JSON.stringify(was) === JSON.stringify(will)) return [];
    const title = above + (FIELDS[name] ? t(...FIELDS[name]) : name);
    if (isList(was) || isList(will))
      return Array.from({ length: Math.max(was?.length ?? 0, will?.length ?? 0) }, (_, i) =>
        isRecord(was?.[i] ?? will?.[i])
          ? differences(was?.[i], will?.[i], `${title} ${i + 1} › `)
          : differences({ [name]: was?.[i] }, { [name]: will?.[i] }, above),
      ).flat();
    if (isRecord(was) || isRecord(will)) return differences(was, will, `${title} › `);
    return [{ title, name, before: was, after: will }];
  });
}

// Field by field: what it is, and what it would be.
export function changes(before: any, after: any): HTMLElement {
  const found = differences(before, after);
  if (!found.length)
    return h(
      "p",
      null,
      t("No cambia nada de lo que aquí se muestra.", "Nothing that is shown here changes."),
    );
  // JSON leaves a "no" out.
  const shown = ({ name }: Change, value: any, other: any): Child =>
    name === "stateCode"
      ? stateName(value)
      : name === "stateCodes"
        ? stateNames(value)
        : valueNode(value ?? (typeof other === "boolean" ? false : value));
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
      found.map((change) =>
        h(
          "tr",
          null,
          h("th", { scope: "row" }, change.title),
          before ? h("td", null, shown(change, change.before, change.after)) : null,
          h("td", null, shown(change, change.after, change.before)),
        ),
      ),
    ),
  );
}
