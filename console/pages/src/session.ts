// Who calls, who acts, and in which language: what the console's server knows of this session.
export interface Actor {
  name: string;
  roles: string[];
}
export interface Session {
  caller: string; // "company/acme"
  kind: string; // "company"
  actors: Actor[];
  actor: string; // "" for nobody
  language: string;
  refusal?: { message?: string; details?: { debug?: { "@type"?: string; message?: string } }[] }; // servers refuse caller or actor
  certificate_trouble?: string;
}

let current: Session;
export const session = () => current;

// The caller's own record: "organization/utt" → "organizations/utt".
const COLLECTIONS: Record<string, string> = {
  company: "companies",
  organization: "organizations",
  certifier: "certifiers",
  chamber: "chambers",
};
export function ownRecord(): string {
  const [kind, id] = current.caller.split("/");
  return COLLECTIONS[kind] ? `${COLLECTIONS[kind]}/${id}` : "";
}
export const ownId = () => current.caller.split("/")[1] ?? "";

export class NoSession extends Error {}

// What is kept of one actor's reading is not for another.
const forgets: (() => void)[] = [];
export const whenActorChanges = (forget: () => void) => void forgets.push(forget);

async function ask(init?: RequestInit): Promise<Session> {
  const answer = await fetch("/session", { credentials: "same-origin", ...init });
  if (!answer.ok) throw new NoSession(String(answer.status));
  const said: Session = await answer.json();
  if (current && said.actor !== current.actor) for (const forget of forgets) forget();
  current = said;
  return current;
}

export const openSession = () => ask();
export const changeSession = (change: { actor?: string; language?: string }) =>
  ask({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(change) });

export const english = () => current?.language === "en";

// A text in the language of the session.
export const t = (es: string, en: string) => (english() ? en : es);
// One of two texts of a record; what nobody has translated is in Spanish.
export const either = (es?: string, en?: string) => (english() && en ? en : (es ?? "")) || en || "";

// For what records about persons and companies are read here.
export const usualPurpose = () => (current.kind === "auditor" ? "audit" : "administration");
