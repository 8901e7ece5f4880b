// Calls by Connect's unary protocol, JSON.
import type { Methods } from "./contract";
import { session, t } from "./session";

export type Method = keyof Methods;
export type Request<M extends Method> = Methods[M]["request"];
export type Answer<M extends Method> = Methods[M]["answer"];

export interface FieldProblem {
  field: string;
  text: string;
}

// Why a call failed, in the server's own words.
export class Problem extends Error {
  constructor(
    readonly code: string, // Connect's: "unavailable", "permission_denied"
    message: string,
    readonly reason = "", // the catalogue's: "AGENCY_UNAVAILABLE"
    readonly fields: FieldProblem[] = [],
    readonly remedy = "",
  ) {
    super(message);
  }

  // The session acts as somebody else than this page shows: another window has changed it.
  get ofAnotherActor() {
    return this.reason === "ACTOR_CHANGED";
  }

  // Whether it is of who asks, and says nothing of what is asked.
  get ofCaller() {
    return ["unauthenticated", "permission_denied"].includes(this.code) || this.ofAnotherActor;
  }

  // Whether it says nothing of the question, only that nobody could answer.
  get noAnswer() {
    const silent = [
      "unavailable",
      "deadline_exceeded",
      "internal",
      "unknown",
      "resource_exhausted",
      "canceled",
    ];
    return silent.includes(this.code) || /^5\d\d$/.test(this.code);
  }
}

interface Detail {
  type?: string;
  debug?: any;
}
const detail = (details: Detail[] | undefined, name: string) =>
  details?.find((d) => (d.type ?? d.debug?.["@type"] ?? "").endsWith(name))?.debug;
export const localized = (details: Detail[] | undefined): string | undefined =>
  detail(details, "LocalizedMessage")?.message;

// The event of a window whose session acts as another now.
export const ACTOR_CHANGED = "puente-actor-changed";

function problemOf(body: any, status: number): Problem {
  const of = (name: string) => detail(body?.details, name);
  const info = of("ErrorInfo");
  const fields = (of("BadRequest")?.fieldViolations ?? []).map((v: any) => ({
    field: v.field ?? "",
    text: t(v.localizedMessage?.message ?? v.description ?? "", v.description ?? ""),
  }));
  const remedy =
    info?.metadata?.remedy ??
    of("Help")
      ?.links?.map((l: any) => l.description)
      .join(" ") ??
    "";
  const problem = new Problem(
    body?.code ?? String(status),
    localized(body?.details) ?? body?.message ?? `HTTP ${status}`,
    info?.reason ?? "",
    fields,
    remedy,
  );
  if (problem.ofAnotherActor) window.dispatchEvent(new Event(ACTOR_CHANGED));
  return problem;
}

// Who owns what a method asks: "economy" of "puente.economy.v1.…". What each agency serves alike
// (puente.api.v1) is asked of one of them by name.
export const ownerOf = (method: string) => method.split(".")[1];

interface Options {
  purpose?: string; // why personal or confidential records are read
  signal?: AbortSignal;
  seconds?: number;
  server?: string; // of what every server has (puente.api.v1), whose
}

async function post(method: string, type: string, body: BodyInit, options: Options): Promise<Response> {
  const headers: Record<string, string> = {
    "Content-Type": type,
    "Connect-Protocol-Version": "1",
    "Accept-Language": session().language,
    "Puente-Actor": session().actor, // as whom this page believes to act; empty for nobody
  };
  if (options.seconds) headers["Connect-Timeout-Ms"] = String(options.seconds * 1000);
  if (options.purpose) headers["Puente-Purpose"] = options.purpose;
  if (options.server) headers["Puente-Server"] = options.server;
  try {
    return await fetch(`/${method}`, {
      method: "POST",
      headers,
      body,
      credentials: "same-origin",
      signal: options.signal,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    const text = t(
      "La consola no responde. ¿Sigue abierta en su terminal?",
      "The console does not answer. Is it still running in its terminal?",
    );
    throw new Problem("unavailable", text);
  }
}

export async function call<M extends Method>(
  method: M,
  request: Request<M>,
  options: Options = {},
): Promise<Answer<M>> {
  const response = await post(method, "application/json", JSON.stringify(request), {
    seconds: 10,
    ...options,
  });
  const body = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(body, response.status);
  return body as Answer<M>;
}

// What is too much for one question, as several of at most so many.
export const pieces = <T>(all: T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, i) => all.slice(i * most, (i + 1) * most));

// --- A file, as a stream of messages in envelopes: a flag, a length, JSON ---

const LAST = 2; // the flag of the envelope that says how a stream ended
const PIECE = 48 << 10; // bytes of a file in one message

function envelope(message: unknown): Uint8Array {
  const body = new TextEncoder().encode(JSON.stringify(message));
  const bytes = new Uint8Array(5 + body.length);
  new DataView(bytes.buffer).setUint32(1, body.length);
  bytes.set(body, 5);
  return bytes;
}

// The only message that a stream of messages is answered with.
function opened<M extends Method>(bytes: Uint8Array, status: number): Answer<M> {
  let answer: Answer<M> | undefined;
  for (let at = 0; at + 5 <= bytes.length;) {
    const end = at + 5 + new DataView(bytes.buffer).getUint32(at + 1);
    const message = JSON.parse(new TextDecoder().decode(bytes.subarray(at + 5, end)));
    if (!(bytes[at] & LAST)) answer = message;
    else if (message.error) throw problemOf(message.error, status);
    else if (answer) return answer;
    at = end;
  }
  throw problemOf(null, status);
}

// Sends a file after its header, piece by piece; where the pieces wait is the browser's business.
export async function upload<M extends Method>(
  method: M,
  header: object,
  file: Blob,
  options: Options = {},
): Promise<Answer<M>> {
  const parts: BlobPart[] = [envelope({ header })];
  for (let at = 0; at < file.size; at += PIECE) {
    const bytes = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    let text = "";
    for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
    parts.push(new Blob([envelope({ content: btoa(text) })]));
  }
  const response = await post(method, "application/connect+json", new Blob(parts), options);
  if (!response.ok) throw problemOf(await response.json().catch(() => null), response.status);
  return opened<M>(new Uint8Array(await response.arrayBuffer()), response.status);
}
