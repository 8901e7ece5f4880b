// What narrows a page down stands in its address, so that it can be sent to somebody.
import { call } from "./call";
import { h } from "./dom";
import { collator, remember, STATES } from "./labels";
import { go, type Context } from "./router";
import { either, t } from "./session";

export interface Choice {
  name: string;
  label: string;
  options: [string, string][];
  later?: Promise<[string, string][]>;
}

interface Labelled {
  name?: string;
  labelEs?: string;
  labelEn?: string;
}

// A list of records to choose from, in the language of the moment; read once. Without an answer there is
// nothing to choose, and what the address says stays.
export function choicesOf(read: () => Promise<Labelled[]>): () => Promise<[string, string][]> {
  let kept: Promise<Labelled[]> | undefined;
  return async () => {
    try {
      const all = await (kept ??= read());
      for (const each of all) remember(each.name!, each.labelEs ?? "", each.labelEn ?? "");
      return all
        .map((each): [string, string] => [each.name!, either(each.labelEs, each.labelEn)])
        .sort((a, b) => collator().compare(a[1], b[1]));
    } catch {
      kept = undefined;
      return [];
    }
  };
}

const sectorTables = choicesOf(async () => {
  const answer = await call("puente.economy.v1.SectorTableService/ListSectorTables", { pageSize: 100 });
  return answer.sectorTables ?? [];
});

export const sectorChoice = (name = "sector"): Choice => ({
  name,
  label: t("Sector", "Sector"),
  options: [["", t("Todos los sectores", "All sectors")]],
  later: sectorTables(),
});
export const stateChoice = (name = "state"): Choice => ({
  name,
  label: t("Estado", "State"),
  options: [
    ["", t("Todo el país", "Whole country")],
    ...Object.entries(STATES).sort((a, b) => collator().compare(a[1], b[1])),
  ],
});

// A choice shows at once what the address says; a list that comes later keeps it.
export function filters(path: string, context: Context, choices: Choice[], keep: string[] = []): HTMLElement {
  const selects = choices.map((choice) => {
    const value = context.query.get(choice.name) ?? "";
    const select = h("select", { id: `filter-${choice.name}`, name: choice.name });
    const fill = (options: [string, string][]) =>
      select.replaceChildren(
        ...options.map(([v, label]) => h("option", { value: v, selected: v === value }, label)),
      );
    fill(
      value && !choice.options.some(([v]) => v === value)
        ? [...choice.options, [value, value.slice(value.lastIndexOf("/") + 1)]]
        : choice.options,
    );
    void choice.later?.then((options) => fill([...choice.options, ...options]));
    return h("div", { class: "field" }, h("label", { for: select.id }, choice.label), select);
  });
  const form = h(
    "form",
    {
      class: "filters",
      onsubmit: (event: Event) => {
        event.preventDefault();
        const kept = Object.fromEntries(keep.map((name) => [name, context.query.get(name) ?? ""]));
        go(path, { ...kept, ...Object.fromEntries([...new FormData(form)].map(([n, v]) => [n, String(v)])) });
      },
    },
    selects,
    h("button", { type: "submit" }, t("Ver", "Show")),
  );
  return form;
}
