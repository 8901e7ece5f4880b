// Values as Mexico writes them.
import type { Date as Day, Figure, GapFigure, Money } from "./contract";
import { h } from "./dom";
import { english, t } from "./session";

const ZONE = "America/Mexico_City";
const locale = () => (english() ? "en-MX" : "es-MX");

// Made once each: to make one takes as long as to use it some hundred times.
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
function once<F extends Intl.NumberFormat | Intl.DateTimeFormat, O>(
  make: new (locale: string, options: O) => F,
  options: O,
  where = locale(),
): F {
  const key = `${make.name} ${where} ${JSON.stringify(options)}`;
  const found = made.get(key) ?? new make(where, options);
  made.set(key, found);
  return found as F;
}
export const numberForm = (options: Intl.NumberFormatOptions = {}) => once(Intl.NumberFormat, options);
const dateForm = (options: Intl.DateTimeFormatOptions) => once(Intl.DateTimeFormat, options);

export const count = (value: string | number | undefined) => numberForm().format(Number(value ?? 0));

// "32.2 %"; what is not zero is never 0.0 %, and what is not all never 100.0 %. As the command line has it.
export function share(part: number, whole: number): string {
  if (!whole) return "";
  const tenths = Math.floor((part * 1000 + whole / 2) / whole);
  if (part > 0 && tenths === 0) return "<0.1 %";
  if (part < whole && tenths === 1000) return ">99.9 %";
  return `${(tenths / 10).toFixed(1)} %`;
}

const utc = (day: Day) => new Date(Date.UTC(day.year!, (day.month || 1) - 1, day.day || 1));

export function day(value: Day | undefined, month: "short" | "long" = "short"): string {
  if (!value?.year) return "";
  const form: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric", month };
  if (value.day) form.day = "numeric";
  return whole(dateForm(form).format(utc(value)));
}

// Not broken over two lines.
const whole = (text: string) => text.replace(/ /g, "\u00a0");

// An instant, at Mexico City's time; `alone` without the hour.
export function moment(value: string | undefined, alone = false): string {
  if (!value) return "";
  const form: Intl.DateTimeFormatOptions = {
    timeZone: ZONE,
    year: "numeric",
    month: "short",
    day: "numeric",
  };
  if (!alone) Object.assign(form, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return whole(dateForm(form).format(new Date(value)));
}

export function period(first: Day | undefined, last: Day | undefined): string {
  return first?.year && last?.year ? `${day(first)} – ${day(last)}` : day(first ?? last);
}

export function money(value: Money | undefined): string {
  if (!value) return "";
  const amount = Number(value.units ?? 0) + (value.nanos ?? 0) / 1e9;
  return `${numberForm({ minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(amount)} ${value.currencyCode ?? "MXN"}`;
}

export function pesos(amount: number): Money {
  const units = Math.trunc(amount);
  return { currencyCode: "MXN", units, nanos: Math.round((amount - units) * 1e9) };
}

export function minutes(value: string | number | undefined): string {
  const all = Number(value ?? 0),
    rest = all % 60;
  return `${count(Math.floor(all / 60))} h${rest ? ` ${rest} min` : ""}`;
}

// "11.2500", of ten-thousandths.
export const credits = (e4: string | number | undefined) =>
  Number(e4 ?? 0) ? (Number(e4) / 1e4).toFixed(4) : h("span", { class: "mark none" }, "–");

export function latency(value: string | undefined): string {
  const seconds = parseFloat(value ?? "0");
  if (seconds < 0.001) return "<1 ms";
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;
}

// "2026-11-30" of a form's field, and back.
export function readDay(text: string): Day | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return parts ? { year: Number(parts[1]), month: Number(parts[2]), day: Number(parts[3]) } : undefined;
}
export const dayText = (day: Day | undefined) =>
  day?.year ? [day.year, day.month, day.day].map((n) => String(n).padStart(2, "0")).join("-") : "";
export function today(plusDays = 0): string {
  return once(Intl.DateTimeFormat, { timeZone: ZONE }, "en-CA").format(new Date(Date.now() + plusDays * 864e5));
}

// What stands where there is no figure; each looks different, and none like a zero.
export type Mark = "hidden" | "unknown" | "unsplit" | "unasked" | "incomparable" | "none" | "inapplicable";
const MARKS: Record<Mark, [string, string]> = {
  hidden: ["reservado o no hay", "hidden or none"],
  unknown: ["no se sabe", "unknown"],
  unsplit: ["sin dividir", "not split"],
  unasked: ["no se pidió", "not asked for"],
  incomparable: ["no comparable", "not comparable"],
  none: ["no hay", "none"],
  inapplicable: ["no aplica", "not applicable"],
};
export const markWords = (mark: Mark) => t(...MARKS[mark]);
const markNode = (mark: Mark) => h("span", { class: `mark ${mark}` }, markWords(mark));

// A figure's number, or why there is none.
export function figureOf(figure: Figure | undefined): number | Mark {
  if (figure?.value !== undefined) return Number(figure.value);
  switch (figure?.mark) {
    case "MARK_SUPPRESSED":
      return "hidden";
    case "MARK_NOT_APPLICABLE":
      return "inapplicable";
    default:
      return "unknown";
  }
}

export function gapOf(figure: GapFigure | undefined): number | Mark {
  if (figure?.value !== undefined) return Number(figure.value);
  switch (figure?.hole) {
    case "HOLE_HIDDEN":
      return "hidden";
    case "HOLE_NOT_SPLIT":
      return "unsplit";
    case "HOLE_NOT_ASKED":
      return "unasked";
    case "HOLE_KINDS_DIFFER":
      return "incomparable";
    default:
      return "unknown";
  }
}

// For a table or a tile: a zero that was looked for says "none" in words.
export function figureNode(value: number | Mark, zeroIsNone = true): Node {
  if (typeof value === "number") {
    return value === 0 && zeroIsNone ? markNode("none") : h("span", { class: "told" }, count(value));
  }
  return markNode(value);
}
export const figureText = (value: number | Mark) =>
  typeof value === "number" ? count(value) : markWords(value);
