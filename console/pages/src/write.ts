// Writes: what is to change is shown before it is done, and doing it twice does it once.
//
// The server is asked first what would be (validate_only). Who then says yes sends the same request with a
// request_id, which is kept in the browser's session until an answer is there: whatever happens in
// between, a reload too, it can be sent again and is done once.
import { call, Problem, type Method, type Request } from "./call";
import { h, newId, type Child } from "./dom";
import { word } from "./enums";
import { day, moment, money } from "./format";
import { labelOf, labelsOf, partyOf, stateName } from "./labels";
import { problemNode, problemText } from "./parts";
import { session, t } from "./session";

export interface Field {
  name: string;
  label: string;
  kind?: "text" | "area" | "date" | "number" | "select";
  options?: [string, string][];
  value?: string;
  optional?: boolean;
  hint?: string;
}

export interface Write<M extends Method> {
  button: string;
  title: string;
  method: M;
  fields?: Field[];
  request: (values: Record<string, string>) => Request<M>;
  before?: object;          // the record as it is
  record?: string;          // the field of the answer that holds it, if not the answer itself
  purpose?: string;
  server?: string;
  danger?: boolean;
  done: () => void;
}

// --- What was sent and not answered yet ---

interface Pending { method: Method; request: any; title: string; caller: string; actor: string; purpose?: string; server?: string }
const KEY = "puente-pending";

function readPending(): Pending | null {
  try {
    const pending = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Pending | null;
    return pending && pending.caller === session().caller && pending.actor === session().actor ? pending : null;
  } catch {
    return null;
  }
}
const keep = (pending: Pending) => sessionStorage.setItem(KEY, JSON.stringify(pending));
const forget = () => sessionStorage.removeItem(KEY);

async function send(pending: Pending): Promise<void> {
  keep(pending);
  try {
    await call(pending.method, pending.request, { purpose: pending.purpose, server: pending.server });
    forget();
  } catch (error) {
    if (!(error instanceof Problem && error.noAnswer)) forget();  // it was refused: nothing is left to be done
    throw error;
  }
}

// On whatever page one comes back to: what nobody knows the end of, to be sent again.
export function pendingNode(done: () => void): Node | null {
  const pending = readPending();
  if (!pending) return null;
  const say = h("div", { role: "alert" });
  const box = h("section", { class: "pending", "aria-label": t("Algo quedó sin respuesta", "Something was left without an answer") },
    h("p", null, h("strong", null, pending.title), ": ", t("se envió y no se vio la respuesta. Repetirlo es seguro: se hace una sola vez.",
      "it was sent, and no answer was seen. Repeating it is safe: it is done once.")),
    h("div", { class: "buttons" },
      h("button", { type: "button", onclick: async () => {
        try { await send(pending); box.remove(); done(); } catch (error) { say.replaceChildren(problemNode(error, pending.method)); }
      } }, t("Repetir", "Repeat")),
      h("button", { type: "button", class: "secondary", onclick: () => { forget(); box.remove(); } }, t("Descartar el aviso", "Dismiss"))), say);
  return box;
}

// --- What changes ---

const FIELDS: Record<string, [string, string]> = {
  state: ["estado", "state"], reviewer: ["quien revisa", "reviewer"], assignTime: ["asignada el", "assigned"], decideTime: ["decidida el", "decided"],
  reason: ["razón", "reason"], kind: ["qué", "what"], startDate: ["desde", "from"], endDate: ["hasta", "until"], conditions: ["condiciones", "conditions"],
  submission: ["solicitud", "submission"], dossier: ["expediente", "dossier"], organization: ["organización", "organization"], actor: ["quien actúa", "who acts"],
  appealDueDate: ["se puede impugnar hasta", "appeal until"], acknowledgement: ["enterado", "acknowledgement"], answer: ["respuesta", "answer"],
  answerTime: ["respondido el", "answered"], closeTime: ["cerrado el", "closed"], confirmTime: ["confirmado el", "confirmed"], text: ["texto", "text"],
  target: ["sobre qué", "about"], evidence: ["evidencia", "evidence"], beginTime: ["iniciado el", "begun"], finishTime: ["terminado el", "finished"],
  reviewTime: ["revisada el", "reviewed"], adoptTime: ["adoptada el", "adopted"], declineTime: ["rechazada el", "declined"], declineReason: ["motivo", "reason"],
  approver: ["aprobado por", "approved by"], approverActor: ["quien aprueba", "approving"], approveTime: ["aprobado el", "approved"], publishTime: ["publicado el", "published"],
  draftTime: ["redactado el", "drafted"], maker: ["pedido por", "asked for by"], makerActor: ["quien pide", "asking"], reportDefinition: ["definición", "definition"],
  skill: ["habilidad", "skill"], heads: ["personas", "people"], stateCode: ["estado", "state"], scianClass: ["clase SCIAN", "SCIAN class"], level: ["nivel", "level"],
  canDo: ["puede", "can do"], seats: ["lugares", "seats"], missing: ["qué falta", "what is missing"], microcredentialVersion: ["microcredencial", "microcredential"],
  collection: ["registros", "records"], recordKind: ["clase", "kind"], effectiveDate: ["desde el", "from"], caller: ["quien lo pone", "who sets it"], expireTime: ["vence el", "ends"],
  startTime: ["inicia el", "starts"], completeTime: ["concluye el", "completed"], companyAcceptTime: ["acepta la empresa", "company accepts"], organizationAcceptTime: ["acepta la escuela", "school accepts"],
  turn: ["turno", "turn"], acceptTime: ["aceptado el", "accepted"], refuseTime: ["rechazado el", "refused"], dueDate: ["vence", "due"], certification: ["certificación", "certification"],
  standing: ["cuenta", "standing"], confirmedBy: ["confirma", "confirmed by"], workDate: ["día", "day"], minutes: ["minutos", "minutes"], claimedBy: ["la declara", "claimed by"],
  withdrawTime: ["retirado el", "withdrawn"], noShowTime: ["no llegó el", "no show"], acknowledgeTime: ["enterado el", "notice taken"], acknowledgeActor: ["quien se entera", "who takes notice"],
  titleEs: ["título", "title"], source: ["fuente", "source"], fulfilment: ["cumplimiento", "fulfilment"], stateReason: ["motivo", "reason"],
};
const SILENT = new Set(["etag", "updateTime", "createTime", "name", "sections", "files", "extracts", "tables", "act", "outcomes", "owed"]);

function valueNode(value: any): Child {
  if (value === undefined || value === null || value === "") return h("span", { class: "mark none" }, t("nada", "nothing"));
  if (Array.isArray(value)) {
    return value.every((v) => typeof v === "string") ? labelsOf(value) : `${value.length}`;
  }
  if (typeof value === "object") return value.year ? day(value) : value.currencyCode ? money(value) : Object.values(value).join(", ");
  const text = String(value);
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(text)) return word(text) || h("span", { class: "mark none" }, t("nada", "nothing"));
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return moment(text);
  if (/^(agency|company|organization|certifier|chamber)\/[a-z0-9-]+$/.test(text)) return partyOf(text);
  if (/^[a-zA-Z]+\/[^ ]+$/.test(text)) return labelOf(text);
  return text;
}

// Field by field: what it is, and what it would be.
export function changes(before: any, after: any): HTMLElement {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((name) => !SILENT.has(name) && JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
  if (!names.length) return h("p", null, t("No cambia nada de lo que aquí se muestra.", "Nothing that is shown here changes."));
  const shown = (name: string, value: any): Child => (name === "stateCode" ? stateName(value) : valueNode(value));
  return h("table", { class: "changes" }, h("caption", { class: "visually-hidden" }, t("Qué cambia", "What changes")),
    h("thead", null, h("tr", null, h("th", { scope: "col" }, t("qué", "what")), before ? h("th", { scope: "col" }, t("es", "is")) : null,
      h("th", { scope: "col" }, t("será", "will be")))),
    h("tbody", null, names.map((name) => h("tr", null, h("th", { scope: "row" }, FIELDS[name] ? t(...FIELDS[name]) : name),
      before ? h("td", null, shown(name, before[name])) : null, h("td", null, shown(name, after?.[name]))))));
}

// --- The dialogue ---

function fieldNode(field: Field): HTMLElement {
  const id = newId("f");
  const common = { id, name: field.name, required: !field.optional, "aria-describedby": field.hint ? `${id}-hint` : null };
  const input = field.kind === "select"
    ? h("select", common, (field.options ?? []).map(([value, label]) => h("option", { value, selected: value === field.value }, label)))
    : field.kind === "area" ? h("textarea", { ...common, rows: 4 }, field.value ?? "")
    : h("input", { ...common, type: field.kind ?? "text", value: field.value ?? "" });
  return h("div", { class: "field" }, h("label", { for: id }, field.label, field.optional ? h("span", { class: "fine" }, ` (${t("si se quiere", "optional")})`) : null),
    input, field.hint ? h("p", { class: "fine", id: `${id}-hint` }, field.hint) : null);
}

const valuesOf = (form: HTMLFormElement) =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));

// A button that opens the dialogue: first what is asked for, then what would change, then it is done.
export function writeButton<M extends Method>(write: Write<M>): HTMLElement {
  return h("button", { type: "button", class: write.danger ? "secondary danger" : "secondary", onclick: (event: Event) => {
    const opener = event.currentTarget as HTMLElement;
    open(write, opener);
  } }, write.button);
}

function open<M extends Method>(write: Write<M>, opener: HTMLElement) {
  const id = newId("d");
  const heading = h("h2", { id, tabindex: "-1" }, write.title);
  const body = h("div");
  const dialog = h("dialog", { "aria-labelledby": id }, heading, body);
  const close = () => { dialog.close(); };
  dialog.addEventListener("close", () => { dialog.remove(); if (opener.isConnected) opener.focus(); });
  const cancel = () => h("button", { type: "button", class: "secondary", onclick: close }, t("Cancelar", "Cancel"));
  let values: Record<string, string> = {};

  const ask = () => {
    const say = h("div", { role: "alert" });
    const form = h("form", { onsubmit: (event: Event) => { event.preventDefault(); values = valuesOf(form); void preview(say); } },
      (write.fields ?? []).map((field) => fieldNode({ ...field, value: values[field.name] ?? field.value })),
      h("div", { class: "buttons" }, h("button", { type: "submit" }, t("Ver qué cambia", "See what changes")), cancel()), say);
    body.replaceChildren(form);
    (form.querySelector("input,select,textarea") as HTMLElement | null ?? heading).focus();
  };

  const preview = async (say: HTMLElement) => {
    const request = write.request(values) as any;
    let answer: any;
    try {
      answer = await call(write.method, { ...request, validateOnly: true }, { purpose: write.purpose, server: write.server });
    } catch (error) {
      say.replaceChildren(...problemNodes(error, write.method));
      if (!say.isConnected) body.replaceChildren(say, h("div", { class: "buttons" }, cancel()));
      return;
    }
    const after = write.record ? answer?.[write.record] : answer;
    // One request id for this yes, however often it is sent.
    const pending: Pending = { method: write.method, request: { ...request, requestId: crypto.randomUUID() }, title: write.title,
                               caller: session().caller, actor: session().actor, purpose: write.purpose, server: write.server };
    const alert = h("div", { role: "alert" });
    const yes = h("button", { type: "button", class: write.danger ? "danger" : null, onclick: async () => {
      yes.disabled = true;
      try {
        await send(pending);
      } catch (error) {
        yes.disabled = !(error instanceof Problem && error.noAnswer);
        if (!yes.disabled) yes.textContent = t("Repetir", "Repeat");
        alert.replaceChildren(...problemNodes(error, write.method));
        return;
      }
      close();
      write.done();
    } }, t("Hacerlo", "Do it"));
    body.replaceChildren(h("p", null, t("Todavía no se ha hecho nada. Esto cambiaría:", "Nothing has been done yet. This would change:")),
      changes(write.before, after), h("div", { class: "buttons" }, yes,
        write.fields?.length ? h("button", { type: "button", class: "secondary", onclick: ask }, t("Corregir", "Go back")) : null, cancel()), alert);
    yes.focus();
  };

  document.body.appendChild(dialog);
  dialog.showModal();
  if (write.fields?.length) ask();
  else void preview(h("div", { role: "alert" }));
}

function problemNodes(error: unknown, method: string): Node[] {
  const box = h("div", { class: "hole denied" });
  if (error instanceof Problem && !error.noAnswer) {
    for (const child of problemText(error)) if (child instanceof Node) box.appendChild(child);
    return [box];
  }
  return [problemNode(error, method)];
}
