// Charts as SVG, drawn as a report's page draws them (gateway/reports/files/drawing.cc): positions along
// the width are percentages and texts have sizes in pixels, so a chart is as wide as its page and its texts
// stay as large as they are. Each has its table beside it.
import { ticks } from "d3-array";
import { h, newId, s, type Child } from "./dom";
import { count, figureText, markWords, numberForm, type Mark } from "./format";
import { labelOf, stateName } from "./labels";
import { t } from "./session";

export interface Point {
  value: number | Mark;
  label?: string; // what it is called, or
  name?: string; // the record that is called so
  href?: string;
  code?: string; // of a state
}

const percent = (part: number) => `${(part * 100).toFixed(2)}%`;
const told = (point: Point): point is Point & { value: number } => typeof point.value === "number";

// "12.5k" where there is no room for more.
function brief(value: number): string {
  const form = numberForm({ maximumFractionDigits: 1 });
  if (value < 10000) return form.format(value);
  if (value < 1e6) return `${form.format(Math.floor(value / 100) / 10)}k`;
  return `${form.format(Math.floor(value / 1e5) / 10)}M`;
}

// Hatched for what is withheld, a broken line for what is not known; neither is ever a bar of no length.
function hatching(id: string): SVGElement {
  return s(
    "defs",
    null,
    s(
      "pattern",
      { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      s("rect", { width: 6, height: 6, class: "hatch-ground" }),
      s("rect", { width: 2, height: 6, class: "hatch-line" }),
    ),
  );
}

function mark(value: Mark, hatch: string, where: Record<string, string | number>): SVGElement {
  return value === "hidden"
    ? s("rect", { ...where, class: "confidential", fill: `url(#${hatch})` })
    : s("rect", {
        ...where,
        class: value === "inapplicable" || value === "none" ? "inapplicable" : "missing",
      });
}

function nameNode(point: Point): Child {
  const label = point.name ? labelOf(point.name) : point.label;
  return point.href ? h("a", { href: point.href }, label) : label;
}

// Bars with names above them: a list, in which the bars themselves are decoration. Names are HTML, so that
// labels may come later and long ones break.
export function bars(points: Point[]): HTMLElement {
  const highest = Math.max(1, ...points.filter(told).map((p) => p.value));
  const marks = ticks(0, highest, 4);
  const step = marks[1] ?? 1;
  const top = Math.ceil(highest / step) * step;
  return h(
    "ul",
    { class: "bars" },
    points.map((point) => {
      const words = figureText(point.value),
        id = newId("hatch");
      return h(
        "li",
        null,
        h("p", { class: "bar-name" }, nameNode(point), h("span", { class: "visually-hidden" }, `: ${words}`)),
        s(
          "svg",
          { width: "100%", height: 16, "aria-hidden": "true" },
          told(point) ? null : hatching(id),
          s(
            "svg",
            { width: "82%", height: 16 },
            marks.map((tick) =>
              s("line", { class: "grid", x1: percent(tick / top), x2: percent(tick / top), y1: 0, y2: 16 }),
            ),
            told(point)
              ? s("rect", { class: "bar", x: 0, y: 1, width: percent(point.value / top), height: 14 })
              : mark(point.value as Mark, id, { x: 0, y: 1, width: 52, height: 14 }),
          ),
          told(point)
            ? s("text", { class: "value", x: percent((0.82 * point.value) / top), dx: 6, y: 12 }, words)
            : s("text", { class: "value mark", x: 58, y: 12 }, words),
        ),
      );
    }),
  );
}

const TILES: [string, number, number, string][] = [
  ["02", 0, 0, "BC"],
  ["26", 0, 1, "SON"],
  ["08", 0, 2, "CHIH"],
  ["05", 0, 3, "COAH"],
  ["19", 0, 4, "NL"],
  ["03", 1, 0, "BCS"],
  ["25", 1, 1, "SIN"],
  ["10", 1, 2, "DGO"],
  ["32", 1, 3, "ZAC"],
  ["24", 1, 4, "SLP"],
  ["28", 1, 5, "TAM"],
  ["18", 2, 1, "NAY"],
  ["01", 2, 2, "AGS"],
  ["11", 2, 3, "GTO"],
  ["22", 2, 4, "QRO"],
  ["13", 2, 5, "HGO"],
  ["14", 3, 1, "JAL"],
  ["16", 3, 2, "MICH"],
  ["15", 3, 3, "MEX"],
  ["09", 3, 4, "CDMX"],
  ["29", 3, 5, "TLAX"],
  ["30", 3, 6, "VER"],
  ["31", 3, 8, "YUC"],
  ["06", 4, 1, "COL"],
  ["12", 4, 3, "GRO"],
  ["17", 4, 4, "MOR"],
  ["21", 4, 5, "PUE"],
  ["27", 4, 6, "TAB"],
  ["04", 4, 7, "CAM"],
  ["23", 4, 8, "QROO"],
  ["20", 5, 5, "OAX"],
  ["07", 5, 6, "CHIS"],
];
const CLASSES = 5;

interface Range {
  first: number;
  last: number;
  shade: number;
}

// Classes of about as many states each, so that one large state does not leave all others alike.
function classesOf(points: Point[]): Range[] {
  const values = [
    ...new Set(
      points
        .filter(told)
        .map((p) => p.value)
        .filter((v) => v > 0),
    ),
  ].sort((a, b) => a - b);
  const classes = Math.min(CLASSES, values.length);
  return Array.from({ length: classes }, (_, i) => ({
    first: values[Math.floor((i * values.length) / classes)],
    last: values[Math.floor(((i + 1) * values.length) / classes) - 1],
    shade: classes === 1 ? 3 : 1 + Math.floor((i * (CLASSES - 1)) / (classes - 1)),
  }));
}

// The 32 states as tiles, each a link to that state. What the answer does not list is `otherwise`.
export function tiles(points: Point[], otherwise: Mark, href: (code: string) => string): HTMLElement {
  const of = new Map(points.map((point) => [point.code, point]));
  const all = TILES.map(([code]) => of.get(code) ?? { code, label: stateName(code), value: otherwise });
  const ranges = classesOf(all);
  const list = h(
    "ul",
    { class: "tiles" },
    TILES.map(([code, row, column, short], i) => {
      const value = all[i].value;
      const range =
        typeof value === "number" ? ranges.find((r) => value >= r.first && value <= r.last) : undefined;
      const words = `${stateName(code)}: ${figureText(value)}`;
      const item = h(
        "li",
        null,
        h(
          "a",
          {
            href: href(code),
            class: typeof value === "number" ? `tile c${range?.shade ?? 0}` : `tile ${value}`,
            title: words,
          },
          h("span", { class: "visually-hidden" }, words),
          h("span", { class: "short", "aria-hidden": "true" }, short),
          typeof value === "number"
            ? h("span", { class: "value", "aria-hidden": "true" }, brief(value))
            : null,
        ),
      );
      item.style.gridArea = `${row + 1} / ${column + 1}`;
      return item;
    }),
  );
  const marks = [...new Set(all.filter((p) => !told(p)).map((p) => p.value as Mark))];
  return h(
    "div",
    { class: "tile-map" },
    list,
    h(
      "ul",
      { class: "legend" },
      ranges.map((r) =>
        h(
          "li",
          null,
          h("span", { class: `swatch c${r.shade}` }),
          r.first === r.last ? count(r.first) : `${count(r.first)}–${count(r.last)}`,
        ),
      ),
      marks.map((m) => h("li", null, h("span", { class: `swatch ${m}` }), markWords(m))),
    ),
  );
}

// What the chart shows, in a sentence. Labels that come later find their place in it.
export function sentence(points: Point[], unit: string): Child[] {
  const numbers = points.filter(told).sort((a, b) => b.value - a.value);
  const hidden = points.length - numbers.length;
  if (!numbers.length) return [t("No hay cifras que mostrar.", "There are no figures to show.")];
  const nameOf = (point: Point): Child => (point.name ? labelOf(point.name) : point.label);
  const first = numbers[0],
    last = numbers[numbers.length - 1];
  const range: Child[] =
    first.value === last.value
      ? [count(first.value), ` ${unit} (`, nameOf(first), ")."]
      : [
          t("De ", "From "),
          count(first.value),
          ` ${unit} (`,
          nameOf(first),
          t(") a ", ") to "),
          count(last.value),
          " (",
          nameOf(last),
          ").",
        ];
  return [range, hidden ? ` ${t("Sin cifra", "Without a figure")}: ${count(hidden)}.` : ""];
}

// Parts of a whole, side by side: passed, failed, unknown.
export function shares(parts: { value: number; look: string; label: string }[]): SVGElement {
  const whole = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  let x = 0;
  return s(
    "svg",
    {
      width: "100%",
      height: 12,
      class: "shares",
      role: "img",
      "aria-label": parts.map((p) => `${p.label}: ${count(p.value)}`).join(", "),
    },
    parts.map((part) => {
      const rect = s("rect", {
        class: `share ${part.look}`,
        x: percent(x / whole),
        width: percent(part.value / whole),
        height: 12,
      });
      x += part.value;
      return rect;
    }),
  );
}
