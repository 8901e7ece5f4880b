// What narrows a page down stands in its address, so that it can be sent to somebody.
import { h } from "./dom";
import { collator, remember, STATES } from "./labels";
import { all } from "./list";
import { go, type Context } from "./router";
import { either, t, whenActorChanges } from "./session";

export interface Choice {
  name: string;
  label: string;
  kind?: "select" | "text" | "date";
  options?: [string, string][];
  later?: Promise<[string, string][]>;
}

interface Labelled {
  name?: string;
  labelEs?: string;
  labelEn?: string;
}

// A list of records to choose from, in the language of the moment; read once.
export function choicesOf(read: () => Promise<Labelled[]>): () => Promise<[string, string][]> {
  let kept: Promise<Labelled[]> | undefined;
  whenActorChanges(() => (kept = undefined));
  return async () => {
    try {
      const records = await (kept ??= read());
      for (const each of records) remember(each.name!, each.labelEs ?? "", each.labelEn ?? "");
      return records
        .map((each): [string, string] => [each.name!, either(each.labelEs, each.labelEn)])
        .sort((a, b) => collator().compare(a[1], b[1]));
    } catch (error) {
      kept = undefined;
      throw error;
    }
  };
}

const sectorTables = choicesOf(() =>
  all("puente.economy.v1.SectorTableService/ListSectorTables", {}, (answer) => answer.sectorTables),
);
export const allSkills = choicesOf(() =>
  all("puente.labor.v1.SkillService/ListSkills", { pageSize: 1000 }, (answer) => answer.skills),
);

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

// A choice shows at once what the address says; a list that comes later keeps it, and one that does not come
// says so, as if it were short there would be nothing else to choose.
export function filters(path: string, context: Context, choices: Choice[], keep: string[] = []): HTMLElement {
  const selects = choices.map((choice) => {
    const value = context.query.get(choice.name) ?? "";
    if (choice.kind === "text" || choice.kind === "date") {
      const input = h("input", { id: `filter-${choice.name}`, name: choice.name, type: choice.kind, value });
      return h("div", { class: "field" }, h("label", { for: input.id }, choice.label), input);
    }
    const options = choice.options ?? [];
    const select = h("select", { id: `filter-${choice.name}`, name: choice.name });
    const fill = (options: [string, string][]) =>
      select.replaceChildren(
        ...options.map(([v, label]) => h("option", { value: v, selected: v === value }, label)),
      );
    fill(
      value && !options.some(([v]) => v === value)
        ? [...options, [value, value.slice(value.lastIndexOf("/") + 1)]]
        : options,
    );
    const field = h("div", { class: "field" }, h("label", { for: select.id }, choice.label), select);
    choice.later?.then(
      (later) => fill([...options, ...later]),
      (error: Error) =>
        field.append(
          h(
            "p",
            { class: "fine", role: "status" },
            `${t("No se pudo leer la lista", "The list could not be read")}: ${error.message}`,
          ),
        ),
    );
    return field;
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
