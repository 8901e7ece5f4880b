// What a school does: its programs and microcredentials, calls, learners, awards and workshops.
import { call } from "../call";
import type { Award, Facility, Learner, MicrocredentialVersion, ProgramVersion, SchoolCall, SchoolResponse } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, minutes, moment, readDay, today } from "../format";
import { labelOf, labelsOf, lastId, stateName, stateNames } from "../labels";
import { list, one } from "../list";
import { block, facts, filled, generated, none, problemNode, stateTag, table } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, ownId, ownRecord, session, t, usualPurpose } from "../session";
import { writeButton } from "../write";
import { outcomes } from "./certify";

const titleOf = (row: { titleEs?: string; titleEn?: string }) => either(row.titleEs, row.titleEn);
const ofOwn = () => (session().kind === "organization" ? `organization = "${ownRecord()}"` : "");

async function showPrograms(context: Context): Promise<Child[]> {
  const { signal } = context;
  const organization = session().kind === "organization" ? await one("puente.education.v1.OrganizationService/GetOrganization", ownRecord(), { signal }).catch(() => null) : null;
  return [
    h("h1", null, t("Programas y microcredenciales", "Programs and microcredentials")),
    organization ? facts([[t("organización", "organization"), organization.legalName ?? ""], [t("registro", "registration"), stateTag(organization.state)], [t("estado", "state"), stateName(organization.stateCode)], [t("motivo", "reason"), organization.stateReason ?? ""]]) : null,
    block(t("Programas", "Programs"), await list({ method: "puente.education.v1.ProgramService/ListProgramVersions", request: { parent: "programs/-", filter: ofOwn() }, rows: (answer) => answer.programVersions, signal,
      caption: t("Versiones de programas", "Versions of programs"), empty: t("No hay programas.", "There are no programs."), columns: [
        { head: t("programa", "program"), kind: "head", cell: (row: ProgramVersion) => h("a", { href: link("program", { name: row.name }) }, titleOf(row)) }, { head: t("versión", "version"), kind: "number", cell: (row) => lastId(row.name ?? "") },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) }, { head: t("modalidad", "modality"), cell: (row) => word(row.modality) }, { head: t("horas", "hours"), kind: "number", cell: (row) => count(row.workloadHours) },
        { head: t("créditos", "credits"), kind: "number", cell: (row) => credits(row.creditsE4) } ] })),
    block(t("Microcredenciales", "Microcredentials"), await list({ method: "puente.education.v1.MicrocredentialService/ListMicrocredentialVersions", request: { parent: "microcredentials/-", filter: ofOwn() }, rows: (answer) => answer.microcredentialVersions, signal,
      caption: t("Versiones de microcredenciales", "Versions of microcredentials"), empty: t("No hay microcredenciales.", "There are no microcredentials."), columns: [
        { head: t("microcredencial", "microcredential"), kind: "head", cell: (row: MicrocredentialVersion) => h("a", { href: link("version", { name: row.name }) }, titleOf(row)) }, { head: t("versión", "version"), kind: "number", cell: (row) => lastId(row.name ?? "") },
        { head: t("estado", "state"), cell: (row) => stateTag(row.state) }, { head: t("evaluación", "assessment"), cell: (row) => word(row.assessmentType) }, { head: t("horas", "hours"), kind: "number", cell: (row) => count(row.workloadHours) },
        { head: t("créditos", "credits"), kind: "number", cell: (row) => credits(row.creditsE4) } ] })),
  ];
}

const credits = (e4: string | number | undefined): Child => (Number(e4 ?? 0) ? (Number(e4) / 1e4).toFixed(4) : h("span", { class: "mark none" }, "–"));

async function showProgram(context: Context): Promise<Child[]> {
  const row = await one("puente.education.v1.ProgramService/GetProgramVersion", context.query.get("name") ?? "", { signal: context.signal });
  return [
    h("h1", null, titleOf(row)), h("p", { class: "lead" }, stateTag(row.state), " ", labelOf(row.organization), `, ${t("versión", "version")} ${lastId(row.name ?? "")}`), generated(row.recordKind),
    facts([[t("modalidad", "modality"), word(row.modality)], [t("nivel", "level"), row.level ?? ""], [t("carga de trabajo", "workload"), `${count(row.workloadHours)} h`], [t("créditos", "credits"), credits(row.creditsE4)], [t("publicado", "published"), moment(row.publishTime)]]),
    block(t("Resultados de aprendizaje", "Learning outcomes"), outcomes(row.outcomes)),
    block(t("Lugares", "Seats"), row.seats?.length ? table(t("Lugares por ciclo y plantel", "Seats by cycle and campus"), [
      { head: t("ciclo", "cycle"), kind: "head", cell: (s) => s.period ?? "" }, { head: t("plantel", "campus"), cell: (s) => labelOf(s.campus) }, { head: t("lugares", "seats"), kind: "number", cell: (s) => count(s.seats) },
      { head: t("egresados", "graduates"), kind: "number", cell: (s) => count(s.graduates) } ], row.seats) : none(t("No indica lugares.", "It states no seats."))),
    h("p", { class: "source" }, `${t("De Secretaría de Educación Pública", "From Education ministry (SEP)")}. ${t("Fuente", "Source")}: ${row.source ?? ""}`),
  ];
}

async function showVersion(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "", { signal } = context;
  const row = await one("puente.education.v1.MicrocredentialService/GetMicrocredentialVersion", name, { signal });
  const own = row.organization === ownRecord() && row.state === "MICROCREDENTIAL_STATE_PUBLISHED";
  const bodies = own ? await call("puente.gateway.v1.CertifierService/ListCertifiers", { pageSize: 100 }, { signal }).then((a) => a.certifiers ?? []).catch(() => []) : [];
  return [
    h("h1", null, titleOf(row)), h("p", { class: "lead" }, stateTag(row.state), " ", row.awardingBody ?? "", `, ${t("versión", "version")} ${lastId(name)}`), generated(row.recordKind),
    facts([[t("carga de trabajo", "workload"), `${count(row.totalHours || row.workloadHours)} h`], [t("créditos", "credits"), credits(row.creditsE4)], [t("nivel", "level"), row.level || t("no aplica", "not applicable")], [t("evaluación", "assessment"), word(row.assessmentType)],
      [t("participación", "participation"), word(row.participationForm)], [t("sector", "sector"), row.sectorTable ? labelOf(row.sectorTable) : ""], [t("se revisa el", "reviewed on"), day(row.reviewDate)], [t("publicada", "published"), moment(row.publishTime)],
      [t("aseguramiento de calidad", "quality assurance"), row.qualityAssurance ?? ""]]),
    own && bodies.length ? h("div", { class: "buttons" }, writeButton({ button: t("Presentar a un organismo", "Submit to a body"), title: t("Presentar a un organismo certificador", "Submit to a certification body"), method: "puente.gateway.v1.SubmissionService/CreateSubmission", done: context.refresh,
      fields: [{ name: "body", label: t("Organismo", "Body"), kind: "select", options: bodies.map((b): [string, string] => [b.name!, either(b.labelEs, b.labelEn)]) }, { name: "note", label: t("Nota", "Note"), kind: "area", optional: true }],
      request: (v) => ({ parent: v.body, submissionId: `${name.split("/")[1].slice(0, 40)}-${today()}`, submission: { organization: ownRecord(), microcredentialVersion: name, note: v.note } }) })) : null,
    block(t("Resultados de aprendizaje", "Learning outcomes"), outcomes(row.outcomes)),
    block(t("Certificaciones", "Certifications"), await filled("puente.education.v1.", async () => {
      const status = await call("puente.education.v1.CertificationService/GetCertificationStatus", { microcredentialVersion: name }, { signal });
      return [h("p", null, status.certified ? h("span", { class: "tag good" }, t("certificada hoy", "certified today")) : h("span", { class: "tag bad" }, t("sin certificación hoy", "not certified today"))),
        status.certifications?.length ? table(t("Certificaciones", "Certifications"), [{ head: t("organismo", "body"), kind: "head", cell: (c) => labelOf(c.certifier) }, { head: t("desde", "from"), cell: (c) => day(c.startDate) }, { head: t("hasta", "until"), cell: (c) => day(c.endDate) },
          { head: t("dónde", "where"), cell: (c) => stateNames(c.stateCodes) || t("todo el país", "whole country") }, { head: t("condiciones", "conditions"), cell: (c) => c.conditions || "–" }], status.certifications) : null];
    })),
    h("p", { class: "source" }, `${t("De Secretaría de Educación Pública", "From Education ministry (SEP)")}. ${t("Fuente", "Source")}: ${row.source ?? ""}`),
  ];
}

async function showCalls(context: Context): Promise<Child[]> {
  const { signal } = context;
  const mine = session().kind === "organization";
  const answers = mine ? await call("puente.economy.v1.SchoolResponseService/ListSchoolResponses", { parent: "schoolCalls/-", filter: ofOwn(), pageSize: 200 }, { signal }).then((a) => a.schoolResponses ?? []).catch(() => null) : [];
  const answerOf = (callName: string): SchoolResponse | undefined => answers?.find((a) => a.name?.startsWith(`${callName}/`));
  return [
    h("h1", null, t("Convocatorias", "Calls to schools")), h("p", { class: "lead" }, t("Lo que Economía pregunta a las escuelas por una propuesta: si pueden, con cuántos lugares y desde cuándo.", "What Economy asks schools because of a proposal: whether they can, with how many seats, and from when.")),
    await list({ method: "puente.economy.v1.SchoolCallService/ListSchoolCalls", request: {}, rows: (answer) => answer.schoolCalls, signal, caption: t("Convocatorias", "Calls"), empty: t("No hay convocatorias.", "There are no calls."), columns: [
      { head: t("convocatoria", "call"), kind: "head", cell: (row: SchoolCall) => h("span", { class: "free" }, either(row.textEs, row.textEn)) }, { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
      { head: t("propuesta", "proposal"), cell: (row) => h("a", { href: link("proposal", { name: row.proposal }) }, labelOf(row.proposal)) }, { head: t("hasta", "until"), cell: (row) => day(row.endDate) }, { head: t("estados", "states"), cell: (row) => stateNames(row.stateCodes) || t("todo el país", "whole country") },
      ...(mine ? [{ head: t("su respuesta", "your answer"), cell: (row: SchoolCall): Child => { const a = answerOf(row.name!); return a ? [word(a.canDo), a.seats ? `, ${count(a.seats)} ${t("lugares", "seats")}` : "", a.missing ? h("span", { class: "fine block" }, a.missing) : null] : h("span", { class: answers ? "mark none" : "mark unknown" }, answers ? t("ninguna", "none") : t("no se sabe", "unknown")); } },
        { head: "", kind: "actions" as const, cell: (row: SchoolCall): Child => row.state === "SCHOOL_CALL_STATE_OPEN" && !answerOf(row.name!) ? writeButton({ button: t("Responder", "Answer"), title: t("Responder la convocatoria", "Answer the call"), method: "puente.economy.v1.SchoolResponseService/CreateSchoolResponse", done: context.refresh,
          fields: [{ name: "can", label: t("¿Puede?", "Can you?"), kind: "select", options: ["YES", "IF_HELPED", "NO"].map((v): [string, string] => [`CAN_DO_${v}`, word(`CAN_DO_${v}`)]) }, { name: "seats", label: t("Lugares", "Seats"), kind: "number", value: "0" },
            { name: "from", label: t("Desde", "From"), kind: "date", optional: true }, { name: "missing", label: t("Qué falta", "What is missing"), kind: "area", optional: true }],
          request: (v) => ({ parent: row.name, schoolResponseId: ownId(), schoolResponse: { organization: ownRecord(), canDo: v.can, seats: Number(v.seats), startDate: readDay(v.from), missing: v.missing } }) }) : null }] : []),
    ] }),
  ];
}

async function showLearners(context: Context): Promise<Child[]> {
  return [h("h1", null, t("Estudiantes", "Learners")), h("p", { class: "lead" }, t("Por seudónimo. Quién es cada persona se abre aparte, con un propósito, y queda registrado quién lo leyó.", "By pseudonym. Who each person is, is opened apart, for a purpose, and who read it is recorded.")),
    await list({ method: "puente.education.v1.LearnerService/ListLearners", request: { parent: ownRecord() }, rows: (answer) => answer.learners, purpose: usualPurpose(), signal: context.signal, caption: t("Estudiantes", "Learners"), empty: t("No hay estudiantes.", "There are no learners."), columns: [
      { head: t("estudiante", "learner"), kind: "head", cell: (row: Learner) => h("a", { href: link("learner", { name: row.name }) }, h("code", null, lastId(row.name ?? "").slice(0, 8))) }, { head: t("estado del registro", "state of the record"), cell: (row) => stateTag(row.state) },
      { head: t("años de nacimiento", "years of birth"), cell: (row) => row.birthYears || "–" }, { head: t("entidad", "state"), cell: (row) => stateName(row.stateCode) || "–" }, { head: t("registrado el", "registered on"), cell: (row) => moment(row.createTime, true) } ] })];
}

async function showLearner(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "", { signal } = context;
  const box = h("div", { "aria-live": "polite" });
  const open = async () => {
    try {
      const who = await call("puente.education.v1.LearnerService/GetLearner", { name }, { purpose: "administration" });
      box.replaceChildren(facts([[t("nombre", "name"), [who.givenNames, who.firstSurname, who.secondSurname].filter(Boolean).join(" ")], [t("identificador", "identifier"), who.identifier ?? ""], [t("nacimiento", "born"), day(who.birthDate)], [t("entidad", "state"), stateName(who.stateCode)]]));
    } catch (error) { box.replaceChildren(problemNode(error, "puente.education.v1.LearnerService/GetLearner")); }
  };
  return [
    h("h1", null, `${t("Estudiante", "Learner")} ${lastId(name).slice(0, 8)}`),
    block(t("Quién es", "Who that is"), h("p", null, t("Abrirlo queda registrado: quién, cuándo y para qué.", "Opening it is recorded: who, when, and for what.")), h("div", { class: "buttons" }, h("button", { type: "button", class: "secondary", onclick: open },
      t("Abrir, con el propósito de administración", "Open, for the purpose of administration"))), box),
    block(t("Quién lo ha leído", "Who has read it"), await list({ method: "puente.education.v1.AccessService/ListAccesses", request: { parent: name }, rows: (answer) => answer.accesses, purpose: usualPurpose(), signal, caption: t("Accesos", "Accesses"), empty: t("Nadie lo ha leído.", "Nobody has read it."), columns: [
      { head: t("cuándo", "when"), kind: "head", cell: (row) => moment(row.time) }, { head: t("qué", "what"), cell: (row) => word(row.kind) }, { head: t("por", "by"), cell: (row) => `${row.caller ?? ""} ${row.actor ?? ""}` }, { head: t("propósito", "purpose"), cell: (row) => row.purpose ?? "" } ] })),
  ];
}

async function showAwards(context: Context): Promise<Child[]> {
  const act = (row: Award, verb: "Suspend" | "Resume" | "Revoke", button: string, title: string, danger = false) => writeButton({ button, title, danger, method: `puente.education.v1.AwardService/${verb}Award`, before: row,
    fields: [{ name: "reason", label: t("Motivo", "Reason"), kind: "area" }], request: (v) => ({ name: row.name, etag: row.etag, reason: v.reason }), done: context.refresh });
  return [h("h1", null, t("Otorgamientos", "Awards")), h("p", { class: "lead" }, t("Las microcredenciales otorgadas, en qué certificación se apoyan y cuánto se aprendió en el trabajo.", "The microcredentials awarded, on which certification they rest, and how much was learned at work.")),
    await list({ method: "puente.education.v1.AwardService/ListAwards", request: { parent: ownRecord() }, rows: (answer) => answer.awards, purpose: usualPurpose(), signal: context.signal, caption: t("Otorgamientos", "Awards"), empty: t("No hay otorgamientos.", "There are no awards."), columns: [
      { head: t("microcredencial", "microcredential"), kind: "head", cell: (row: Award) => labelOf(row.microcredentialVersion) }, { head: t("estado", "state"), cell: (row) => [stateTag(row.state), row.stateReason ? h("span", { class: "fine block" }, row.stateReason) : null] },
      { head: t("otorgada el", "issued on"), cell: (row) => day(row.issueDate) }, { head: t("hasta", "until"), cell: (row) => day(row.endDate) || "–" }, { head: t("estudiante", "learner"), cell: (row) => h("code", null, lastId(row.learner ?? "").slice(0, 8)) },
      { head: t("organismo", "body"), cell: (row) => labelOf(row.certifier) }, { head: t("en el trabajo", "at work"), kind: "number", cell: (row) => Number(row.workplaceMinutes ?? 0) ? minutes(row.workplaceMinutes) : h("span", { class: "mark none" }, "–") },
      { head: "", kind: "actions", cell: (row) => row.state === "AWARD_STATE_ISSUED" ? [act(row, "Suspend", t("Suspender", "Suspend"), t("Suspender el otorgamiento", "Suspend the award")), act(row, "Revoke", t("Revocar", "Revoke"), t("Revocar el otorgamiento", "Revoke the award"), true)]
        : row.state === "AWARD_STATE_SUSPENDED" ? act(row, "Resume", t("Reanudar", "Resume"), t("Reanudar el otorgamiento", "Resume the award")) : null } ] })];
}

const clock = (minute: number | undefined) => `${String(Math.floor((minute ?? 0) / 60)).padStart(2, "0")}:${String((minute ?? 0) % 60).padStart(2, "0")}`;

async function showFacilities(context: Context): Promise<Child[]> {
  const own = session().kind === "organization" || session().kind === "company" ? `owner = "${session().caller}"` : "";
  return [h("h1", null, t("Talleres y equipo", "Workshops and equipment")), h("p", { class: "lead" }, t("Dónde se aprende haciendo: capacidad, horario y qué se enseña.", "Where one learns by doing: capacity, hours, and what is taught.")),
    await list({ method: "puente.education.v1.FacilityService/ListFacilities", request: { filter: own }, rows: (answer) => answer.facilities, signal: context.signal, caption: t("Talleres", "Workshops"), empty: t("No hay talleres.", "There are no workshops."), columns: [
      { head: t("taller", "workshop"), kind: "head", cell: (row: Facility) => h("a", { href: link("facility", { name: row.name }) }, titleOf(row)) }, { head: t("estado", "state"), cell: (row) => stateTag(row.state) }, { head: t("clase", "kind"), cell: (row) => word(row.kind) },
      { head: t("lugares", "seats"), kind: "number", cell: (row) => count(row.capacity) }, { head: t("horario", "hours"), cell: (row) => [`${clock(row.opensMinute)}–${clock(row.closesMinute)}`, h("span", { class: "fine block" }, (row.weekdays ?? []).map(word).join(" "))] },
      { head: t("para", "for"), cell: (row) => labelsOf(row.skills) } ] })];
}

async function showFacility(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "", { signal } = context;
  const row = await one("puente.education.v1.FacilityService/GetFacility", name, { signal });
  const method = "puente.education.v1.FacilityService/GetFacilityUse";
  return [h("h1", null, titleOf(row)), h("p", { class: "lead" }, stateTag(row.state), " ", word(row.kind)), generated(row.recordKind),
    facts([[t("lugares", "seats"), count(row.capacity)], [t("dónde", "where"), [row.municipality ? `${row.municipality}, ` : "", stateName(row.stateCode)]], [t("horario", "hours"), `${clock(row.opensMinute)}–${clock(row.closesMinute)}`], [t("para", "for"), labelsOf(row.skills)]]),
    block(t("Lugares libres en los próximos siete días", "Free seats in the next seven days"), await filled(method, async () => {
      const use = await call(method, { name, beginDate: readDay(today()), endDate: readDay(today(6)) }, { signal });
      return [use.intervals?.length ? table(t("Lugares libres", "Free seats"), [{ head: t("día", "day"), kind: "head", cell: (i) => day(i.day) }, { head: t("hora", "hour"), cell: (i) => `${clock(i.startMinute)}–${clock(i.endMinute)}` }, { head: t("libres", "free"), kind: "number", cell: (i) => count(i.free) }], use.intervals)
        : none(t("En estos días no abre.", "It does not open on these days."))];
    }))];
}

export const programs: Page = { path: "programs", title: () => t("Programas y microcredenciales", "Programs and microcredentials"), group: "work", kinds: ["organization", "agency/education"], show: showPrograms };
export const program: Page = { path: "program", title: () => t("Programa", "Program"), group: "work", kinds: ["*"], show: showProgram, detail: true };
export const version: Page = { path: "version", title: () => t("Microcredencial", "Microcredential"), group: "work", kinds: ["*"], show: showVersion, detail: true };
export const calls: Page = { path: "calls", title: () => t("Convocatorias", "Calls to schools"), group: "work", kinds: ["organization", "agency/economy"], show: showCalls };
export const learners: Page = { path: "learners", title: () => t("Estudiantes", "Learners"), group: "work", kinds: ["organization"], show: showLearners };
export const learner: Page = { path: "learner", title: () => t("Estudiante", "Learner"), group: "work", kinds: ["organization"], show: showLearner, detail: true };
export const awards: Page = { path: "awards", title: () => t("Otorgamientos", "Awards"), group: "work", kinds: ["organization"], show: showAwards };
export const facilities: Page = { path: "facilities", title: () => t("Talleres y equipo", "Workshops and equipment"), group: "work", kinds: ["organization", "company"], show: showFacilities };
export const facility: Page = { path: "facility", title: () => t("Taller", "Workshop"), group: "work", kinds: ["*"], show: showFacility, detail: true };
