// What certification bodies do: their queue, the evidence, findings, decisions; and where bodies are missing.
import { call } from "../call";
import type { Decision, Dossier, DossierPreview, Finding, LearningOutcome, Submission, VersionWithoutCertifier } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, figureNode, figureOf, moment, readDay, today } from "../format";
import { filters, sectorChoice, stateChoice } from "../filters";
import { agencyName, labelOf, labelsOf, lastId, stateName } from "../labels";
import { list, one } from "../list";
import { block, facts, filled, generated, holeOf, none, section, shown, stateTag, table, tile } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, ownRecord, session, t } from "../session";
import { writeButton, type Field } from "../write";
import { COUNTRY } from "./overview";

const mine = () => session().kind === "certifier";
const isSchool = () => session().kind === "organization";
const parent = () => (mine() ? ownRecord() : "certifiers/-");
const ofSchool = () => (isSchool() ? `organization = "${ownRecord()}"` : "");
const and = (...terms: string[]) => terms.filter(Boolean).join(" AND ");
const newId = (prefix: string) => `${prefix}-${today()}-${Math.random().toString(36).slice(2, 7)}`;

async function showQueue(context: Context): Promise<Child[]> {
  const state = context.query.get("state") ?? "";
  return [
    h("h1", null, t("Bandeja de solicitudes", "Queue of submissions")),
    h("p", { class: "lead" }, mine() ? t("Lo que las organizaciones le presentan para certificar.", "What organizations submit to you for certification.") : t("Lo que se presentó a los organismos.", "What was submitted to bodies.")),
    filters("queue", context, [{ name: "state", label: t("Estado", "State"), options: [["", t("Todos", "All")],
      ...["SUBMITTED", "IN_REVIEW", "CERTIFYING", "CERTIFIED", "RETURNED", "REJECTED", "WITHDRAWN"].map((s): [string, string] => [s, word(`SUBMISSION_STATE_${s}`)])] }]),
    await list({ method: "puente.gateway.v1.SubmissionService/ListSubmissions", request: { parent: parent(), filter: and(ofSchool(), state && `state = ${state}`) }, rows: (answer) => answer.submissions,
      signal: context.signal, caption: t("Solicitudes", "Submissions"), empty: t("No hay solicitudes así.", "There are no such submissions."), columns: [
        { head: t("microcredencial", "microcredential"), kind: "head", cell: (row: Submission) => h("a", { href: link("submission", { name: row.name }) }, labelOf(row.microcredentialVersion)) },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
        { head: t("organización", "organization"), cell: (row) => labelOf(row.organization) },
        { head: t("vence", "due"), cell: (row) => day(row.dueDate) },
        { head: t("revisa", "reviewer"), cell: (row) => row.reviewer || h("span", { class: "mark none" }, t("nadie aún", "nobody yet")) },
        { head: t("presentada", "submitted"), cell: (row) => moment(row.createTime, true) },
      ] }),
  ];
}

// --- A submission, and the evidence about it ---

const SECTIONS: Record<string, [string, string]> = {
  definition: ["qué certifica", "what it certifies"], demand: ["demanda", "demand"], seats: ["lugares", "seats"], technology: ["tecnología", "technology"], employment: ["empleo", "employment"],
  recognition: ["reconocimiento", "recognition"], organization: ["organización", "organization"], certifications: ["certificaciones", "certifications"],
};
const sectionName = (id: string | undefined) => (id && SECTIONS[id] ? t(...SECTIONS[id]) : id ?? "");

// What is asked for of a dossier whose owners did not answer: one reason for each.
const missing = (dossier: Dossier) => (dossier.sections ?? []).filter((s) => s.provenance?.state === "SECTION_STATE_MISSING" || s.provenance?.state === "SECTION_STATE_DENIED");

function evidence(preview: DossierPreview): Child[] {
  const version = preview.definition?.version;
  const skills = (rows: { skill?: string; count?: any }[] | undefined, unit: string) => rows?.length ? table(unit, [
    { head: t("habilidad", "skill"), kind: "head", cell: (row) => labelOf(row.skill) }, { head: unit, kind: "number", cell: (row) => figureNode(figureOf(row.count), false) }], rows) : none(t("No hay ninguna.", "There is none."));
  const seats = preview.seats?.seats;
  return [
    section(t("Definición: qué certifica", "Definition: what it certifies"), preview.definition?.provenance, () => [generated(version?.recordKind),
      facts([[t("título", "title"), either(version?.titleEs, version?.titleEn)], [t("entidad que otorga", "awarding body"), version?.awardingBody ?? ""], [t("carga de trabajo", "workload"), `${count(version?.workloadHours)} h`],
        [t("nivel", "level"), version?.level || t("no aplica", "not applicable")], [t("evaluación", "assessment"), word(version?.assessmentType)], [t("participación", "participation"), word(version?.participationForm)],
        [t("aseguramiento de calidad", "quality assurance"), version?.qualityAssurance ?? ""]]), h("h3", null, t("Resultados de aprendizaje", "Learning outcomes")), outcomes(version?.outcomes)]),
    section(t("Demanda: quién lo necesita", "Demand: who needs it"), preview.demand?.provenance, () => [generated(preview.demand?.summary?.recordKind),
      h("div", { class: "kpis" }, tile(figureNode(figureOf(preview.demand?.summary?.headCount), false), t("personas requeridas", "people needed"))), skills(preview.demand?.summary?.topSkills, t("personas", "people"))], preview.demand?.summary?.sources),
    section(t("Enseñanza: lugares en programas", "Teaching: seats in programs"), preview.seats?.provenance, () => [generated(seats?.recordKind), seats?.skillSeats?.length ? table(t("Lugares por habilidad", "Seats by skill"), [
      { head: t("habilidad", "skill"), kind: "head", cell: (row) => labelOf(row.skill) }, { head: t("lugares", "seats"), kind: "number", cell: (row) => count(row.seats?.seatCount) },
      { head: t("programas", "programs"), kind: "number", cell: (row) => count(row.seats?.programCount) }], seats.skillSeats) : none(t("Ningún programa enseña sus habilidades en este ciclo.", "No program teaches its skills in this cycle."))], seats?.sources),
    section(t("Tecnología: lo que viene", "Technology: what is coming"), preview.technology?.provenance, () => [generated(preview.technology?.summary?.recordKind), skills(preview.technology?.summary?.topSkills, t("señales", "signals"))], preview.technology?.summary?.sources),
    section(t("Empleo: qué puestos se ofrecen", "Employment: what jobs are offered"), preview.employment?.provenance, () => [generated(preview.employment?.statistics?.recordKind), h("p", null, preview.employment?.about ?? ""),
      h("div", { class: "kpis" }, tile(figureNode(preview.employment?.statistics?.vacancyCount === undefined ? "unknown" : Number(preview.employment.statistics.vacancyCount), false), t("vacantes ofrecidas", "vacancies offered")))], preview.employment?.statistics?.sources),
  ];
}

export const outcomes = (all: LearningOutcome[] | undefined): Child => all?.length ? h("ol", { class: "outcomes" }, all.map((outcome) =>
  h("li", null, h("p", { class: "free" }, outcome.statement ?? ""), h("p", { class: "fine" }, outcome.hours ? `${count(outcome.hours)} h; ` : "", `${t("habilidades", "skills")}: `, labelsOf(outcome.skills)))))
  : none(t("No los indica.", "It states none."));

function dossierBlock(dossier: Dossier | undefined): Child {
  if (!dossier) return none(t("No hay expediente abierto de esta solicitud. Al abrirlo, lo que cada dependencia responde queda guardado como evidencia.", "No dossier is open for this submission. When one is opened, what each agency answers is kept as evidence."));
  return [facts([[t("expediente", "dossier"), lastId(dossier.name ?? "")], [t("abierto el", "opened"), moment(dossier.createTime)], [t("permite decidir hasta", "can be decided on until"), moment(dossier.expireTime)], [t("quien lo abrió", "opened by"), dossier.actor ?? ""]]),
    table(t("Sus secciones", "Its sections"), [
      { head: t("sección", "section"), kind: "head", cell: (row) => sectionName(row.section) }, { head: t("de", "owner"), cell: (row) => agencyName(row.provenance?.agency) },
      { head: t("al", "as of"), cell: (row) => moment(row.provenance?.asOfTime) || h("span", { class: "mark none" }, "–") },
      { head: t("respuesta", "answer"), cell: (row) => row.answerType ? h("span", { class: "tag good" }, t("declarada", "stated")) : [
        h("span", { class: row.provenance?.state === "SECTION_STATE_NOT_ASKED" ? "mark unasked" : "mark unknown" }, row.provenance?.state === "SECTION_STATE_NOT_ASKED" ? t("nada que preguntar", "nothing to ask") : row.provenance?.state === "SECTION_STATE_DENIED" ? t("denegada", "denied") : t("falta", "missing")),
        h("span", { class: "fine block" }, row.provenance?.failure?.message ?? "")] },
    ], dossier.sections ?? [])];
}

function decideButtons(submission: Submission, dossier: Dossier | undefined, appealed: Decision | undefined, context: Context): Child {
  if (!mine()) return null;
  const name = submission.name!, method = "puente.gateway.v1.DecisionService/CreateDecision" as const;
  const overrides: Field[] = dossier ? missing(dossier).map((s) => ({ name: `override-${s.section}`, label: t(`Por qué se decide aunque falta «${sectionName(s.section)}»`, `Why it is decided although “${sectionName(s.section)}” is missing`), kind: "area" as const })) : [];
  const decide = (kind: string, button: string, title: string, fields: Field[], danger = false) => writeButton({ button, title, danger, method, fields: [...fields, ...overrides], done: context.refresh, request: (values) => ({
    parent: ownRecord(), decisionId: newId(kind.toLowerCase()), decision: {
      submission: name, kind: `DECISION_KIND_${kind}`, reason: values.reason, dossier: kind === "CERTIFY" || kind === "REJECT" ? dossier?.name : undefined, endDate: readDay(values.until ?? ""), conditions: values.conditions,
      replaces: appealed?.name, overrides: overrides.map((o) => ({ section: o.name.slice("override-".length), reason: values[o.name] })) } }) });
  const reason: Field = { name: "reason", label: t("Razón, en palabras con las que la organización pueda actuar", "Reason, in words that the organization can act on"), kind: "area" };
  const open = submission.state === "SUBMISSION_STATE_IN_REVIEW";
  return h("div", { class: "buttons" },
    submission.state === "SUBMISSION_STATE_SUBMITTED" || open ? writeButton({ button: open ? t("Cambiar quién revisa", "Change the reviewer") : t("Asignar", "Assign"), title: t("Asignar la solicitud", "Assign the submission"), method: "puente.gateway.v1.SubmissionService/AssignSubmission",
      before: submission, fields: [{ name: "reviewer", label: t("Quien revisa", "Reviewer"), value: session().actor }], request: (values) => ({ name, etag: submission.etag, reviewer: values.reviewer }), done: context.refresh }) : null,
    open ? writeButton({ button: t("Abrir expediente", "Open a dossier"), title: t("Abrir un expediente: guardar lo que cada dependencia responde ahora", "Open a dossier: keep what each agency answers now"), method: "puente.gateway.v1.DossierService/OpenDossier",
      request: () => ({ dossierId: newId("exp"), submission: name }), done: context.refresh }) : null,
    open || appealed ? [
      dossier ? decide("CERTIFY", t("Certificar", "Certify"), t("Certificar la microcredencial", "Certify the microcredential"), [{ name: "until", label: t("Vigente hasta", "In force until"), kind: "date", value: today(3 * 365) },
        { name: "conditions", label: t("Condiciones", "Conditions"), kind: "area", optional: true }]) : null,
      open ? decide("RETURN", t("Devolver", "Return"), t("Devolver la solicitud para que se corrija", "Return the submission to be mended"), [reason]) : null,
      open && dossier ? decide("REJECT", t("Rechazar", "Reject"), t("Rechazar la solicitud", "Reject the submission"), [reason], true) : null] : null,
    appealed ? writeButton({ button: t("Confirmar lo decidido", "Uphold"), title: t("Confirmar lo que se decidió", "Uphold what was decided"), method: "puente.gateway.v1.DecisionService/UpholdDecision", before: appealed,
      fields: [reason], request: (values) => ({ name: appealed.name, etag: appealed.etag, reason: values.reason }), done: context.refresh }) : null,
    open ? writeButton({ button: t("Anotar un hallazgo", "Add a finding"), title: t("Anotar un hallazgo", "Add a finding"), method: "puente.gateway.v1.FindingService/CreateFinding", done: context.refresh,
      fields: [{ name: "kind", label: t("Clase", "Kind"), kind: "select", options: [["FINDING_KIND_REQUIRED", word("FINDING_KIND_REQUIRED")], ["FINDING_KIND_ADVICE", word("FINDING_KIND_ADVICE")]] },
        { name: "target", label: t("Sobre qué", "About what"), value: "outcomes", hint: t("Un campo de la versión, como outcomes o workload_hours.", "A field of the version, such as outcomes or workload_hours.") }, { name: "text", label: t("Qué se encontró", "What was found"), kind: "area" }],
      request: (values) => ({ parent: ownRecord(), findingId: newId("h"), finding: { submission: name, kind: values.kind, target: values.target, text: values.text } }) }) : null);
}

const findingColumns = (context: Context) => [
  { head: t("hallazgo", "finding"), kind: "head" as const, cell: (row: Finding) => h("span", { class: "free" }, row.text ?? "") },
  { head: t("clase", "kind"), cell: (row: Finding) => word(row.kind) }, { head: t("sobre", "about"), cell: (row: Finding) => h("code", null, row.target ?? "") },
  { head: t("estado", "state"), cell: (row: Finding) => stateTag(row.state) }, { head: t("respuesta", "answer"), cell: (row: Finding) => row.answer || h("span", { class: "mark none" }, t("ninguna aún", "none yet")) },
  { head: "", kind: "actions" as const, cell: (row: Finding) => [
    isSchool() && row.state === "FINDING_STATE_OPEN" ? writeButton({ button: t("Responder", "Answer"), title: t("Responder el hallazgo", "Answer the finding"), method: "puente.gateway.v1.FindingService/AnswerFinding", before: row,
      fields: [{ name: "answer", label: t("Respuesta", "Answer"), kind: "area" }], request: (values) => ({ name: row.name, etag: row.etag, answer: values.answer }), done: context.refresh }) : null,
    mine() && row.state === "FINDING_STATE_ANSWERED" ? writeButton({ button: t("Cerrar", "Close"), title: t("Cerrar el hallazgo", "Close the finding"), method: "puente.gateway.v1.FindingService/CloseFinding", before: row,
      request: () => ({ name: row.name, etag: row.etag }), done: context.refresh }) : null] },
];

const decisionColumns = (context: Context) => [
  { head: t("qué se decidió", "what was decided"), kind: "head" as const, cell: (row: Decision) => h("a", { href: link("submission", { name: row.submission }) }, word(row.kind)) },
  { head: t("estado", "state"), cell: (row: Decision) => [stateTag(row.state), row.refusal ? h("span", { class: "fine block" }, either(row.refusalEs, row.refusalEn)) : null] },
  { head: t("solicitud", "submission"), cell: (row: Decision) => labelOf(row.submission) }, { head: t("razón", "reason"), cell: (row: Decision) => h("span", { class: "free" }, row.reason || "–") },
  { head: t("vigente hasta", "in force until"), cell: (row: Decision) => day(row.endDate) || h("span", { class: "mark none" }, "–") }, { head: t("decidida el", "decided on"), cell: (row: Decision) => moment(row.createTime, true) },
  { head: "", kind: "actions" as const, cell: (row: Decision) => isSchool() ? [
    row.acknowledgement === "ACKNOWLEDGEMENT_PENDING" ? writeButton({ button: t("Darse por enterado", "Take notice"), title: t("Darse por enterado de la decisión", "Take notice of the decision"), method: "puente.gateway.v1.DecisionService/AcknowledgeDecision", before: row,
      request: () => ({ name: row.name, etag: row.etag }), done: context.refresh }) : null,
    row.appealDueDate && row.state === "DECISION_STATE_IN_FORCE" ? writeButton({ button: t("Impugnar", "Appeal"), title: t("Impugnar la decisión", "Appeal the decision"), method: "puente.gateway.v1.DecisionService/AppealDecision", before: row, danger: true,
      fields: [{ name: "grounds", label: t("Por qué", "On what grounds"), kind: "area" }], request: (values) => ({ name: row.name, etag: row.etag, grounds: values.grounds }), done: context.refresh }) : null] : null },
];

async function showSubmission(context: Context): Promise<Child[]> {
  const { signal, query } = context;
  const name = query.get("name") ?? "", body = name.replace(/\/submissions\/.*/, "");
  const submission = await one("puente.gateway.v1.SubmissionService/GetSubmission", name, { signal });
  const version = submission.microcredentialVersion!;
  const dossiers = await call("puente.gateway.v1.DossierService/ListDossiers", { filter: `certifier = "${body}" AND submission = "${name}"`, pageSize: 100 }, { signal }).then((a) => a.dossiers ?? []).catch(() => [] as Dossier[]);
  const dossier = dossiers.sort((a, b) => (b.createTime ?? "").localeCompare(a.createTime ?? ""))[0];
  const decisions = await call("puente.gateway.v1.DecisionService/ListDecisions", { parent: body, filter: isSchool() ? ofSchool() : "", pageSize: 200 }, { signal })
    .then((a) => (a.decisions ?? []).filter((d) => d.submission === name)).catch(() => [] as Decision[]);
  const appealed = decisions.find((d) => d.state === "DECISION_STATE_UNDER_APPEAL");
  const canPreview = ["agency", "auditor", "certifier"].includes(session().kind);
  return [
    h("h1", null, labelOf(version)), h("p", { class: "lead" }, stateTag(submission.state), " ", t("presentada por ", "submitted by "), labelOf(submission.organization), t(" a ", " to "), labelOf(body)), generated(submission.recordKind),
    facts([[t("presentada", "submitted"), moment(submission.createTime)], [t("vence", "due"), day(submission.dueDate)], [t("revisa", "reviewer"), submission.reviewer || t("nadie aún", "nobody yet")], [t("decidida", "decided"), moment(submission.decideTime)],
      [t("certificación", "certification"), submission.certification ? labelOf(submission.certification) : ""], [t("motivo", "reason"), submission.stateReason ?? ""]]),
    submission.note ? h("p", { class: "free" }, submission.note) : null, decideButtons(submission, dossier, appealed, context),
    appealed ? block(t("Impugnación", "Appeal"), facts([[t("desde", "since"), moment(appealed.appealTime)], [t("quien impugna", "who appeals"), appealed.appealActor ?? ""]]), h("p", { class: "free" }, appealed.appealGrounds ?? "")) : null,
    decisions.length ? block(t("Decisiones", "Decisions"), table(t("Decisiones sobre esta solicitud", "Decisions on this submission"), decisionColumns(context), decisions)) : null,
    block(t("Hallazgos", "Findings"), await filled("puente.gateway.", async () => {
      const all = await call("puente.gateway.v1.FindingService/ListFindings", { parent: body, filter: `submission = "${name}"`, pageSize: 200 }, { signal });
      const these = all.findings ?? [];
      return [these.length ? table(t("Hallazgos de esta solicitud", "Findings of this submission"), findingColumns(context), these) : none(t("No hay hallazgos.", "There are no findings."))];
    })),
    block(t("Expediente guardado", "Kept dossier"), dossierBlock(dossier)),
    canPreview ? [h("h2", { class: "part" }, t("Lo que las dependencias responden hoy", "What the agencies answer today")), await filled("puente.gateway.", async () => {
      const preview = await call("puente.gateway.v1.CertificationService/PreviewDossier", { microcredentialVersion: version }, { signal });
      return [h("p", { class: "fine" }, t("Sin firma: los resúmenes permiten a cada dependencia reconocer su respuesta; no prueban nada a terceros.", "Not signed: the digests let an agency recognize its answer; they prove nothing to others.")), evidence(preview)];
    })] : null,
  ];
}

async function showFindings(context: Context): Promise<Child[]> {
  const state = context.query.get("state") ?? "OPEN";
  return [h("h1", null, t("Hallazgos", "Findings")), h("p", { class: "lead" }, t("Lo que un organismo encontró en lo que se le presentó, y lo que se respondió.", "What a body found in what was submitted to it, and what was answered.")),
    isSchool() ? filters("findings", context, [{ name: "state", label: t("Estado", "State"), options: ["OPEN", "ANSWERED", "CLOSED"].map((s): [string, string] => [s, word(`FINDING_STATE_${s}`)]) }]) : null,
    await list({ method: "puente.gateway.v1.FindingService/ListFindings", request: { parent: parent(), filter: isSchool() ? and(ofSchool(), `state = ${state}`) : "" }, rows: (answer) => answer.findings, signal: context.signal,
    caption: t("Hallazgos", "Findings"), empty: t("No hay hallazgos.", "There are no findings."), columns: findingColumns(context) })];
}

async function showDecisions(context: Context): Promise<Child[]> {
  return [h("h1", null, t("Decisiones", "Decisions")), await list({ method: "puente.gateway.v1.DecisionService/ListDecisions", request: { parent: parent(), filter: ofSchool() }, rows: (answer) => answer.decisions, signal: context.signal,
    caption: t("Decisiones", "Decisions"), empty: t("No hay decisiones.", "There are no decisions."), columns: decisionColumns(context) })];
}

async function showMissing(context: Context): Promise<Child[]> {
  const { query, signal } = context;
  const answer = await call("puente.gateway.v1.CertificationService/ListUncertifiedVersions", { stateCode: query.get("state") ?? "", sectorTable: query.get("sector") ?? "", pageSize: 100 }, { signal });
  const rows = answer.uncertifiedVersions ?? [];
  const hole = (name: string, provenance: any) => { const node = holeOf(provenance); return node ? h("div", null, h("p", { class: "hole-of" }, `${t("De", "Of")} «${name}»:`), node) : null; };
  return [
    h("h1", null, t("Dónde faltan certificadores", "Where certifiers are missing")), h("p", { class: "lead" }, t("Versiones publicadas que hoy nadie certifica, y quién podría.", "Published versions that nobody certifies today, and who could.")),
    filters("missing", context, [sectorChoice(), stateChoice()]),
    answer.counts ? h("div", { class: "kpis" }, tile(count(answer.counts.uncertifiedCount), t("sin certificar hoy", "without certification today")), tile(count(answer.counts.publishedCount), t("microcredenciales publicadas", "published microcredentials"))) : null,
    hole(t("versiones", "versions"), answer.versions), hole(t("organismos", "bodies"), answer.bodies), hole(t("personas en espera", "people waiting"), answer.waiting),
    rows.length ? [table(t("Versiones sin certificación vigente", "Versions without a certification in force"), [
      { head: t("microcredencial", "microcredential"), kind: "head", cell: (row: VersionWithoutCertifier) => h("a", { href: link("version", { name: row.version?.microcredentialVersion }) }, either(row.version?.titleEs, row.version?.titleEn)) },
      { head: t("organización", "organization"), cell: (row) => labelOf(row.version?.organization) }, { head: t("estado", "state"), cell: (row) => stateName(row.version?.stateCode) || "–" },
      { head: t("sector", "sector"), cell: (row) => labelOf(row.version?.sectorTable, "–") }, { head: t("días sin", "days without"), kind: "number", cell: (row) => count(row.version?.waitDays) },
      { head: t("quién podría", "who could"), cell: (row) => row.certifiers?.length ? [labelsOf(row.certifiers), row.moreCertifiers ? t(" y más", " and more") : ""] : answer.bodies?.state === "SECTION_STATE_FRESH" ? h("span", { class: "mark none" }, t("ninguno", "none")) : h("span", { class: "mark unknown" }, t("no se sabe", "unknown")) },
      { head: t("en espera", "waiting"), kind: "number", cell: (row) => figureNode(figureOf(row.waiting?.waitingCount)) },
    ], rows), shown(rows.length, !!answer.nextPageToken)] : answer.versions?.state === "SECTION_STATE_FRESH" ? none(t("Aquí todo lo publicado está certificado hoy.", "Everything published here is certified today.")) : null,
  ];
}

export const queue: Page = { path: "queue", title: () => t("Solicitudes", "Submissions"), group: "work", kinds: ["certifier", "organization", "agency/education", "auditor"], show: showQueue };
export const submission: Page = { path: "submission", title: () => t("Solicitud", "Submission"), group: "work", kinds: ["certifier", "organization", "agency/education", "auditor"], show: showSubmission, detail: true };
export const findings: Page = { path: "findings", title: () => t("Hallazgos", "Findings"), group: "work", kinds: ["certifier", "organization", "agency/education", "auditor"], show: showFindings };
export const decisions: Page = { path: "decisions", title: () => t("Decisiones", "Decisions"), group: "work", kinds: ["certifier", "organization", "agency/education", "auditor"], show: showDecisions };
export const missingBodies: Page = { path: "missing", title: () => t("Dónde faltan certificadores", "Missing certifiers"), group: "country", kinds: COUNTRY, show: showMissing };
