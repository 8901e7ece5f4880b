// What a write would change, field by field.
import { h, type Child } from "./dom";
import { word } from "./enums";
import { count, credits, day, moment, money } from "./format";
import { AGENCIES, agencyName, isName, labelOf, lastId, partyOf, stateName, stateNames } from "./labels";
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
  caller: ["de parte de", "on behalf of"],
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
  titleEn: ["título en inglés", "title in English"],
  modality: ["modalidad", "modality"],
  statement: ["enunciado", "statement"],
  code: ["clave", "code"],
  skills: ["habilidades", "skills"],
  hours: ["horas", "hours"],
  workloadHours: ["carga de trabajo (horas)", "workload (hours)"],
  totalHours: ["horas con sus partes", "hours with its parts"],
  creditRule: ["regla de créditos", "credit rule"],
  creditsE4: ["créditos", "credits"],
  period: ["ciclo", "cycle"],
  campus: ["plantel", "campus"],
  graduates: ["egresados", "graduates"],
  awardingBody: ["entidad que otorga", "awarding body"],
  assessmentType: ["evaluación", "assessment"],
  participationForm: ["participación", "participation"],
  qualityAssurance: ["aseguramiento de calidad", "quality assurance"],
  parts: ["consta de", "consists of"],
  prerequisites: ["antes hace falta", "needed before"],
  sectorTable: ["mesa sectorial", "sector table"],
  countryCode: ["país", "country"],
  issueDate: ["día", "day"],
  reviewDate: ["se revisa el", "reviewed on"],
  chamber: ["cámara", "chamber"],
  acts: ["qué puede hacer", "what it may do"],
  document: ["documento", "document"],
  cct: ["CCT", "CCT"],
  municipality: ["municipio", "municipality"],
  occupationCode: ["ocupación (SINCO)", "occupation (SINCO)"],
  seatCount: ["lugares", "seats"],
  weeklyHours: ["horas por semana", "hours a week"],
  conditionsEs: ["condiciones", "conditions"],
  requirementsEs: ["requisitos", "requirements"],
  confirmDueDate: ["se confirma antes del", "to be confirmed by"],
  closeReason: ["por qué se cierra", "why it is closed"],
  channel: ["cómo se ocupó", "how it was filled"],
  breakOffTime: ["interrumpida el", "broken off"],
  breakOffParty: ["la interrumpe", "broken off by"],
  breakOffCause: ["causa", "cause"],
  followUp: ["qué sigue", "what follows"],
  followDueDate: ["a más tardar el", "until"],
  releaseTime: ["liberada el", "given back"],
  releaseCause: ["por qué se libera", "why it is given back"],
  learner: ["estudiante", "learner"],
  trainingPlace: ["plaza", "place"],
  subject: ["sobre qué", "about"],
  steps: ["paso", "step"],
  owner: ["de quién es", "whose"],
  method: ["qué hace", "what it does"],
  feasibility: ["factibilidad", "feasibility"],
  asOfTime: ["según lo registrado al", "as recorded at"],
  enrolment: ["inscripción", "enrolment"],
  assessment: ["evaluación", "assessment"],
  certifier: ["organismo", "body"],
  centre: ["centro", "centre"],
  evaluator: ["evalúa", "evaluator"],
  instrument: ["instrumento", "instrument"],
  supervision: ["supervisión", "supervision"],
  identityCheck: ["identidad", "identity"],
  attempt: ["intento", "attempt"],
  assessDate: ["día de la evaluación", "day of the assessment"],
  grade: ["calificación", "grade"],
  replaces: ["en lugar de", "in the place of"],
  beginDate: ["inicia el", "begins"],
  party: ["quién", "who"],
  act: ["qué falta", "left to do"],
  confirmation: ["cómo se confirma", "how it is confirmed"],
  agreeTime: ["acordado el", "agreed"],
  proposedChange: ["cambio propuesto", "proposed change"],
  changeOutcome: ["respuesta al cambio", "answer to the change"],
  proposeTime: ["propuesto el", "proposed"],
  pause: ["pausa", "pause"],
  pauses: ["pausas", "pauses"],
  untilDate: ["hasta", "until"],
  cause: ["causa", "cause"],
  endTime: ["terminado el", "ended"],
  endCause: ["por qué termina", "why it ends"],
  endParty: ["lo termina", "ended by"],
  followedBy: ["lo sigue", "followed by"],
  disputeTime: ["objetada el", "disputed"],
  disputeReason: ["qué fue distinto", "what was otherwise"],
  voidTime: ["anulada el", "voided"],
  dualPlan: ["plan", "plan"],
  dualPlans: ["planes de formación dual", "plans of dual education"],
  dualAgreement: ["convenio", "agreement"],
  company: ["empresa", "company"],
  tutor: ["tutoría", "tutor"],
  instructor: ["instrucción", "instructor"],
  plannedMinutes: ["minutos previstos", "planned minutes"],
  place: ["dónde", "where"],
  guardianConsent: ["consentimiento de quien tiene la tutela", "consent of a guardian"],
  guardianConsentDate: ["día del consentimiento", "day of the consent"],
  placeEnrolment: ["estancia", "stay"],
  seatState: ["lugar", "seat"],
  judgements: ["juicio", "judgement"],
  result: ["resultado", "result"],
  judgeDate: ["día", "day"],
  dailyMinutesMost: ["minutos al día, a lo más", "minutes a day, at most"],
  weeklyMinutesMost: ["minutos por semana, a lo más", "minutes a week, at most"],
  weeklyHoursMost: ["horas por semana, a lo más", "hours a week, at most"],
  supportMonthly: ["apoyo al mes", "support a month"],
  insurance: ["asegura", "insured by"],
  insurancePolicy: ["póliza", "policy"],
  insuranceEndDate: ["asegurado hasta", "insured until"],
  legalName: ["nombre legal", "legal name"],
  rfc: ["RFC", "RFC"],
  rfcCheckDigitDiffers: ["el dígito del RFC no es el calculado", "the RFC's digit is not the computed one"],
  control: ["sostenimiento", "control"],
  size: ["tamaño", "size"],
  labelEs: ["nombre", "name"],
  labelEn: ["nombre en inglés", "name in English"],
  scianPrefixes: ["clases SCIAN", "SCIAN classes"],
  prefix: ["prefijo", "prefix"],
  body: ["organismo", "body"],
  microcredential: ["microcredencial", "microcredential"],
  laterVersions: ["y sus versiones posteriores", "and its later versions"],
  competenceStandard: ["estándar de competencia", "competence standard"],
  competenceStandards: ["estándares de competencia", "competence standards"],
  contact: ["contacto", "contact"],
  note: ["nota", "note"],
  changedFields: ["qué campos", "which fields"],
  conflicts: ["conflictos de interés", "conflicts of interest"],
  reviewerConflicts: ["conflictos de quien revisa", "conflicts of a reviewer"],
  reviewDays: ["días para revisar", "days to review"],
  teachOutDate: ["se concluye lo iniciado hasta", "what has begun is finished by"],
  firstVersion: ["desde la versión", "from version"],
  proposer: ["propuesto por", "proposed by"],
  proposerActor: ["quien propone", "who proposes"],
  sessionDate: ["día", "day"],
  participants: ["convocados", "invited"],
  session: ["sesión", "session"],
  textEs: ["texto", "text"],
  textEn: ["texto en inglés", "text in English"],
  author: ["autor", "author"],
  showAuthor: ["se dice quién propone", "the author is known"],
  agreements: ["acuerdos", "agreements"],
  statements: ["necesidades en que se apoya", "needs that it rests on"],
  statementCount: ["declaraciones en que se apoya", "statements that it rests on"],
  proposal: ["propuesta", "proposal"],
  versions: ["versiones", "versions"],
  identifierScheme: ["con qué se identifica", "identified by"],
  identifier: ["identificador", "identifier"],
  givenNames: ["nombres", "given names"],
  firstSurname: ["primer apellido", "first surname"],
  secondSurname: ["segundo apellido", "second surname"],
  birthDate: ["nacimiento", "born"],
  birthYears: ["años de nacimiento", "years of birth"],
  sex: ["sexo", "sex"],
  person: ["persona", "person"],
};

// A field's name in JSON, of how the contract writes it; and what people call it.
export const camel = (field: string) => field.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
export const fieldLabel = (field: string) => {
  const words = FIELDS[camel(field)];
  return words ? t(...words) : field;
};

// What an agency does in an act, by the method that does it.
const STEPS: Record<string, [string, string]> = {
  EnrolAtPlace: ["inscribir en la plaza", "enrol at the place"],
  ReserveTrainingPlace: ["apartar el lugar", "reserve the seat"],
  RecordCertification: ["registrar la certificación", "record the certification"],
  SuspendCertification: ["suspender la certificación", "suspend the certification"],
  ResumeCertification: ["reanudar la certificación", "resume the certification"],
  RenewCertification: ["renovar la certificación", "renew the certification"],
  WithdrawCertification: ["retirar la certificación", "withdraw the certification"],
  NameCause: ["anotar la propuesta en la versión", "name the proposal in the version"],
  RecordImplementation: ["dar la propuesta por cumplida", "record the proposal as implemented"],
};
export function stepName(method: string): string {
  const verb = method.slice(method.lastIndexOf("/") + 1);
  return STEPS[verb] ? t(...STEPS[verb]) : verb;
}

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
  if (typeof value === "number") return count(value);
  const text = String(value);
  if (AGENCIES[text]) return agencyName(text);
  if (text.startsWith("/puente.")) return stepName(text);
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(text)) {
    const said = word(text);
    if (said === "?") return text; // what people wrote, such as EC0217_01
    return said || h("span", { class: "mark none" }, t("nada", "nothing"));
  }
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
    const title = above + fieldLabel(name);
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

// Field by field: what it is, and what it would be; or of two others, which are named.
export function changes(
  before: any,
  after: any,
  [is, will]: string[] = [t("es", "is"), t("será", "will be")],
): HTMLElement {
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
        : name === "creditsE4"
          ? credits(value)
          : name === "body"
            ? lastId(value) // who is to enter the register is called nothing in it
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
        before ? h("th", { scope: "col" }, is) : null,
        h("th", { scope: "col" }, will),
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
          before ? h("td", { "data-head": is }, shown(change, change.before, change.after)) : null,
          h("td", { "data-head": will }, shown(change, change.after, change.before)),
        ),
      ),
    ),
  );
}
