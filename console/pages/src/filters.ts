// What narrows a page down stands in its address, so that it can be sent to somebody.
import { h } from "./dom";
import { fieldNode, valuesOf, type Field, type Option } from "./fields";
import { called, collator, remember, STATES } from "./labels";
import { all } from "./list";
import { go, type Context } from "./router";
import { t, whenActorChanges } from "./session";

interface Labelled {
  name?: string;
  labelEs?: string;
  labelEn?: string;
}

// A list of records to choose from, in the language of the moment; read once, and anew when it is to forget.
export function choicesOf(read: () => Promise<Labelled[]>) {
  let kept: Promise<Labelled[]> | undefined;
  const forget = () => void (kept = undefined);
  whenActorChanges(forget);
  const choices = async () => {
    try {
      const records = await (kept ??= read());
      for (const each of records) remember(each.name!, each.labelEs ?? "", each.labelEn ?? "");
      const { compare } = collator();
      return records
        .map((each): Option => [each.name!, called(each.name!, each.labelEs, each.labelEn)])
        .sort((a, b) => compare(a[1], b[1]));
    } catch (error) {
      forget();
      throw error;
    }
  };
  return Object.assign(choices, { forget });
}

export const sectorTables = choicesOf(() =>
  all("puente.economy.v1.SectorTableService/ListSectorTables", {}, (answer) => answer.sectorTables),
);
export const allSkills = choicesOf(() =>
  all("puente.labor.v1.SkillService/ListSkills", { pageSize: 1000 }, (answer) => answer.skills),
);
export const stateOptions = (): Option[] => {
  const { compare } = collator();
  return Object.entries(STATES).sort((a, b) => compare(a[1], b[1]));
};

// A state that has to be said; where it is not known none is said for whom fills it in.
export const stateField = (value: string | undefined): Field => ({
  name: "state",
  label: t("Estado", "State"),
  kind: "select",
  options: [...(value ? [] : [["", t("Elija uno", "Choose one")] as Option]), ...stateOptions()],
  value,
});

export const sectorChoice = (name = "sector"): Field => ({
  name,
  label: t("Sector", "Sector"),
  options: [["", t("Todos los sectores", "All sectors")]],
  later: sectorTables,
});
export const stateChoice = (name = "state"): Field => ({
  name,
  label: t("Estado", "State"),
  options: [["", t("Todo el país", "Whole country")], ...stateOptions()],
});

// Beside a list, or above what is looked for: what it is narrowed down by.
export function filters(path: string, context: Context, fields: Field[], keep: string[] = []): HTMLElement {
  const form = h(
    "form",
    {
      class: "filters",
      onsubmit: (event: Event) => {
        event.preventDefault();
        const kept = Object.fromEntries(keep.map((name) => [name, context.query.get(name) ?? ""]));
        go(path, { ...kept, ...valuesOf(form) });
      },
    },
    fields.map((field) =>
      fieldNode({ kind: "select", ...field, value: context.query.get(field.name) ?? field.value }, true),
    ),
    h("button", { type: "submit" }, t("Ver", "Show")),
  );
  return form;
}
