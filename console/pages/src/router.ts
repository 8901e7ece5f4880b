// Which page is shown: "#/gaps?state=11" → that of "gaps". A page is a function of what stands in the address.
import type { Child } from "./dom";
import { session } from "./session";

export interface Context {
  args: string[]; // what follows the page's name: "#/record/proposals/x" → ["proposals", "x"]
  query: URLSearchParams;
  signal: AbortSignal; // goes off when another page is shown
  refresh: () => void;
}

export interface Page {
  path: string;
  title: () => string;
  group: "start" | "country" | "work" | "rule";
  kinds: string[]; // of callers; "*" for all
  show: (context: Context) => Promise<Child[]>;
  detail?: boolean; // not in the menu: it is about one record
}

// Whether it is for who calls.
export const allowed = ({ kinds }: Page) =>
  kinds.includes("*") || kinds.includes(session().kind) || kinds.includes(session().caller);

// What no browser has written may not be decodable.
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function parse(hash: string): { path: string; args: string[]; query: URLSearchParams } {
  const [where, query] = hash.replace(/^#\/?/, "").split("?");
  const [path, ...args] = where.split("/").map(decoded);
  return { path, args, query: new URLSearchParams(query ?? "") };
}

export function link(path: string, query: Record<string, string | undefined> = {}): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) all.set(name, value);
  const text = all.toString();
  return `#/${path}${text ? `?${text}` : ""}`;
}

// The address with other parameters: what filters do.
export function go(path: string, query: Record<string, string | undefined>) {
  location.hash = link(path, query).slice(1);
}
