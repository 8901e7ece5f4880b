// How the servers stand, which kind of records counts, what points nowhere, and who changes the register.
import { call } from "../call";
import type { CertifierChange, CountedKind, Server, UnresolvedReference } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, moment, readDay, today } from "../format";
import { AGENCIES, agencyName, labelOf, partyOf } from "../labels";
import { list } from "../list";
import { block, none, problemNode, stateTag, table } from "../parts";
import type { Context, Page } from "../router";
import { session, t } from "../session";
import { writeButton } from "../write";

const SERVERS = Object.keys(AGENCIES);
const own = () => session().caller.split("/")[1];

interface Known { id: string; server?: Server; error?: unknown }

async function servers(signal: AbortSignal): Promise<Known[]> {
  return Promise.all(SERVERS.map(async (id): Promise<Known> => {
    try {
      return { id, server: await call("puente.api.v1.ServerService/GetServer", {}, { server: id, seconds: 3, signal }) };
    } catch (error) {
      return { id, error };
    }
  }));
}

async function showStatus(context: Context): Promise<Child[]> {
  const all = await servers(context.signal);
  const up = all.filter((s) => s.server);
  const records = up.flatMap(({ id, server }) => (server!.recordCounts ?? []).map((r) => ({ id, ...r, counted: server!.countedKinds?.find((k) => k.collection === r.collection) })));
  const due = up.flatMap(({ id, server }) => (server!.dueWork ?? []).map((w) => ({ id, ...w })));
  return [
    h("h1", null, t("Cómo están los servidores", "How the servers stand")),
    all.filter((s) => s.error).map((s) => problemNode(s.error, `puente.${s.id}.`)),
    table(t("Servidores", "Servers"), [
      { head: t("dependencia", "agency"), kind: "head", cell: (row: Known) => agencyName(row.id) }, { head: t("estado", "state"), cell: (row) => row.server ? h("span", { class: "tag good" }, t("activo", "up")) : h("span", { class: "tag bad" }, t("sin respuesta", "no answer")) },
      { head: t("versión", "version"), cell: (row) => row.server?.version ?? "–" }, { head: t("bitácora", "journal"), kind: "number", cell: (row) => Number(row.server?.journalPosition ?? 0) ? count(row.server!.journalPosition) : h("span", { class: "mark none" }, t("no se dice", "not told")) },
      { head: t("desde", "since"), cell: (row) => moment(row.server?.startTime) || "–" } ], all),
    due.length ? block(t("Trabajo pendiente", "Work due"), table(t("Trabajo pendiente", "Work due"), [{ head: t("dependencia", "agency"), kind: "head", cell: (w) => agencyName(w.id) }, { head: t("trabajo", "work"), cell: (w) => h("code", null, w.kind ?? "") }, { head: t("cuántos", "count"), kind: "number", cell: (w) => count(w.count) },
      { head: t("el primero vence", "first due"), cell: (w) => moment(w.firstDueTime) }, { head: t("con fallas", "failing"), kind: "number", cell: (w) => count(w.failingCount) }, { head: t("última falla", "last error"), cell: (w) => w.lastError || "–" }], due)) : null,
    block(t("Registros", "Records"), records.length ? table(t("Registros por colección", "Records by collection"), [{ head: t("colección", "collection"), kind: "head", cell: (r) => h("code", null, r.collection ?? "") }, { head: t("dependencia", "agency"), cell: (r) => agencyName(r.id) },
      { head: t("registros", "records"), kind: "number", cell: (r) => count(r.count) }, { head: t("generados", "generated"), kind: "number", cell: (r) => count(r.generatedCount) }, { head: t("se cuentan", "counted"), cell: (r) => r.counted ? [word(r.counted.recordKind), h("span", { class: "fine block" }, day(r.counted.effectiveDate))] : "–" }], records)
      : none(t("Los servidores no le dicen cuántos hay.", "The servers do not tell you how many there are."))),
  ];
}

async function showSettings(context: Context): Promise<Child[]> {
  const server = own();
  return [
    h("h1", null, t("Qué registros cuentan", "Which records count")), h("p", { class: "lead" }, t("Si las cifras de su dependencia son de registros reales o de la muestra generada, y desde cuándo. Un ajuste no se borra: uno posterior lo reemplaza.", "Whether the figures of your agency are of real or of generated records, and from when. A setting is never deleted: a later one takes its place.")),
    h("div", { class: "buttons" }, writeButton({ button: t("Poner un ajuste", "Make a setting"), title: t("Poner qué registros cuentan", "Set which records count"), method: "puente.api.v1.CountedKindService/CreateCountedKind", done: context.refresh, server,
      fields: [{ name: "collection", label: t("Colección", "Collection") }, { name: "kind", label: t("Cuentan los", "What counts"), kind: "select", options: ["REAL", "GENERATED"].map((k): [string, string] => [`RECORD_KIND_${k}`, word(`RECORD_KIND_${k}`)]) }, { name: "from", label: t("Desde el", "From"), kind: "date", value: today() }],
      request: (v) => ({ countedKindId: `${v.collection.toLowerCase().replace(/[^a-z0-9]/g, "")}-${v.from}-${Math.random().toString(36).slice(2, 6)}`, countedKind: { collection: v.collection, recordKind: v.kind, effectiveDate: readDay(v.from) } }) })),
    await list({ method: "puente.api.v1.CountedKindService/ListCountedKinds", request: {}, rows: (answer) => answer.countedKinds, server, signal: context.signal, caption: t("Ajustes, el último primero", "Settings, the last one first"), empty: t("No hay ajustes: cuentan los registros reales.", "There are no settings: real records count."), columns: [
      { head: t("colección", "collection"), kind: "head", cell: (row: CountedKind) => h("code", null, row.collection ?? "") }, { head: t("cuentan", "what counts"), cell: (row) => word(row.recordKind) }, { head: t("desde", "from"), cell: (row) => day(row.effectiveDate) },
      { head: t("puesto por", "set by"), cell: (row) => [partyOf(row.caller), ` ${row.actor ?? ""}`] }, { head: t("el", "at"), cell: (row) => moment(row.createTime) } ] }),
  ];
}

async function showNowhere(context: Context): Promise<Child[]> {
  const which = session().kind === "agency" ? [own(), "gateway"] : session().kind === "auditor" ? SERVERS : session().kind === "company" ? ["economy", "education"] : ["education", "economy", "gateway"];
  const lists = await Promise.all(which.map(async (server) => block(agencyName(server), await list({ method: "puente.api.v1.ReferenceService/ListUnresolvedReferences", request: {}, rows: (answer) => answer.references, server, signal: context.signal,
    caption: t("Referencias sin destino", "References that lead nowhere"), empty: t("Nada apunta a donde no hay nada.", "Nothing points where there is nothing."), columns: [
      { head: t("registro", "record"), kind: "head", cell: (row: UnresolvedReference) => h("code", null, row.resource ?? "") }, { head: t("se refiere a", "refers to"), cell: (row) => h("code", null, row.target ?? "") }, { head: t("en", "in"), cell: (row) => h("code", null, row.field ?? "") },
      { head: t("resultado", "found"), cell: (row) => word(row.resolution) }, { head: t("titular", "owner"), cell: (row) => partyOf(row.owner) }, { head: t("desde", "since"), cell: (row) => moment(row.sinceTime) } ] }))));
  return [h("h1", null, t("Qué apunta a nada", "What points nowhere")), h("p", { class: "lead" }, t("Registros que nombran a otro que no existe, o que a su titular no le toca conocer.", "Records that name another one that does not exist, or that is not for their owner to know.")), lists];
}

async function showRegister(context: Context): Promise<Child[]> {
  const registrar = session().caller === "agency/education";
  return [
    h("h1", null, t("Registro de organismos", "Register of bodies")),
    block(t("Organismos", "Bodies"), await list({ method: "puente.gateway.v1.CertifierService/ListCertifiers", request: {}, rows: (answer) => answer.certifiers, signal: context.signal, caption: t("Organismos certificadores", "Certification bodies"), empty: t("No hay organismos.", "There are no bodies."), columns: [
      { head: t("organismo", "body"), kind: "head", cell: (row) => labelOf(row.name) }, { head: t("estado", "state"), cell: (row) => stateTag(row.state) }, { head: t("alcances", "scopes"), kind: "number", cell: (row) => count(row.scopes?.length) },
      { head: t("días para revisar", "days to review"), kind: "number", cell: (row) => count(row.reviewDays) }, { head: t("contacto", "contact"), cell: (row) => row.contact || "–" } ] })),
    (registrar || ["certifier", "auditor"].includes(session().kind)) ? block(t("Cambios", "Changes"), await list({ method: "puente.gateway.v1.CertifierChangeService/ListCertifierChanges", request: { filter: session().kind === "certifier" ? `body = "${session().caller}"` : "" }, rows: (answer) => answer.certifierChanges, signal: context.signal,
      caption: t("Cambios del registro", "Changes of the register"), empty: t("No hay cambios.", "There are no changes."), columns: [
        { head: t("organismo", "body"), kind: "head", cell: (row: CertifierChange) => labelOf(row.body) }, { head: t("cambio", "change"), cell: (row) => word(row.kind) }, { head: t("estado", "state"), cell: (row) => stateTag(row.state) }, { head: t("nota", "note"), cell: (row) => h("span", { class: "free" }, row.note || "–") },
        { head: t("propuesto por", "proposed by"), cell: (row) => [partyOf(row.proposer), ` ${row.proposerActor ?? ""}`] },
        { head: "", kind: "actions", cell: (row) => registrar && row.state === "CERTIFIER_CHANGE_STATE_PROPOSED" ? [
          writeButton({ button: t("Confirmar", "Confirm"), title: t("Confirmar el cambio del registro", "Confirm the change of the register"), method: "puente.gateway.v1.CertifierChangeService/ConfirmCertifierChange", before: row, request: () => ({ name: row.name, etag: row.etag }), done: context.refresh }),
          writeButton({ button: t("Rechazar", "Decline"), danger: true, title: t("Rechazar el cambio del registro", "Decline the change of the register"), method: "puente.gateway.v1.CertifierChangeService/DeclineCertifierChange", before: row, fields: [{ name: "reason", label: t("Motivo", "Reason"), kind: "area" }],
            request: (v) => ({ name: row.name, etag: row.etag, reason: v.reason }), done: context.refresh })] : null } ] })) : null,
  ];
}

async function showAccesses(context: Context): Promise<Child[]> {
  const parent = context.query.get("record") ?? "";
  const form = h("form", { class: "filters", onsubmit: (event: Event) => { event.preventDefault(); location.hash = `/accesses?record=${encodeURIComponent(input.value.trim())}`; } });
  const input = h("input", { id: "record", name: "record", value: parent, placeholder: "organizations/…/learners/…" });
  form.append(h("div", { class: "field" }, h("label", { for: "record" }, t("Registro de una persona o estudiante", "Record of a person or learner")), input), h("button", { type: "submit" }, t("Ver", "Show")));
  return [
    h("h1", null, t("Quién leyó qué", "Who read what")), h("p", { class: "lead" }, t("De cada registro personal: quién lo abrió o cambió, cuándo, en nombre de quién y para qué.", "Of each personal record: who opened or changed it, when, for whom, and for what.")), form,
    parent ? await list({ method: "puente.education.v1.AccessService/ListAccesses", request: { parent }, rows: (answer) => answer.accesses, purpose: session().kind === "auditor" ? "audit" : "administration", signal: context.signal,
      caption: t("Accesos, el último primero", "Accesses, the last one first"), empty: t("Nadie lo ha abierto.", "Nobody has opened it."), columns: [
        { head: t("cuándo", "when"), kind: "head", cell: (row) => moment(row.time) }, { head: t("qué", "what"), cell: (row) => word(row.kind) }, { head: t("método", "method"), cell: (row) => h("code", null, (row.method ?? "").split(".").pop() ?? "") },
        { head: t("por", "by"), cell: (row) => [partyOf(row.caller), ` ${row.actor ?? ""}`] }, { head: t("a través de", "through"), cell: (row) => row.delegate || "–" }, { head: t("propósito", "purpose"), cell: (row) => row.purpose ?? "" } ] })
      : await learnersToAudit(context),
  ];
}

const learnersToAudit = async (context: Context): Promise<Child[]> => [
  block(t("Estudiantes", "Learners"), await list({ method: "puente.education.v1.LearnerService/ListLearners", request: { parent: "organizations/-" }, rows: (answer) => answer.learners, purpose: session().kind === "auditor" ? "audit" : "administration", signal: context.signal,
    caption: t("Elija un registro", "Choose a record"), empty: t("No hay registros.", "There are no records."), columns: [
      { head: t("registro", "record"), kind: "head", cell: (row) => h("a", { href: `#/accesses?record=${encodeURIComponent(row.name ?? "")}` }, h("code", null, row.name?.split("/").pop()?.slice(0, 8) ?? "")) },
      { head: t("organización", "organization"), cell: (row) => labelOf(row.name?.replace(/\/learners\/.*/, "")) }, { head: t("estado", "state"), cell: (row) => stateTag(row.state) }, { head: t("registrado el", "registered on"), cell: (row) => moment(row.createTime, true) } ] }))];

export const settings: Page = { path: "settings", title: () => t("Qué registros cuentan", "Which records count"), group: "rule", kinds: ["agency"], show: showSettings };
export const nowhere: Page = { path: "nowhere", title: () => t("Qué apunta a nada", "What points nowhere"), group: "rule", kinds: ["agency", "auditor", "organization", "company"], show: showNowhere };
export const status: Page = { path: "status", title: () => t("Servidores", "Servers"), group: "rule", kinds: ["*"], show: showStatus };
export const register: Page = { path: "register", title: () => t("Registro de organismos", "Register of bodies"), group: "rule", kinds: ["*"], show: showRegister };
export const accesses: Page = { path: "accesses", title: () => t("Quién leyó qué", "Who read what"), group: "rule", kinds: ["auditor", "agency/education"], show: showAccesses };
