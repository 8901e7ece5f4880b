// What forms ask for, in dialogues and beside lists.
import { h, newId } from "./dom";
import { lastId, learned } from "./labels";
import { t } from "./session";

export type Option = [string, string]; // a value and what it is called

// What a search finds, and whether there is more of it.
export interface Found {
  options: Option[];
  more: boolean;
}

export interface Field {
  name: string;
  label: string;
  // "many" are several of a long list, in the order in which they are taken; "checks" several of a short one.
  kind?: "text" | "area" | "date" | "number" | "select" | "many" | "checks";
  options?: Option[];
  later?: () => Promise<Option[]>; // what else there is to choose, asked for when the form is shown
  // In place of `later`, of lists that may be long: a page of what the server finds by a text; by "" the first.
  search?: (text: string) => Promise<Found>;
  value?: string;
  optional?: boolean;
  hint?: string;
}

// Several values of a field are one text in a form, as in an address.
export const several = (text: string | undefined) => (text ?? "").split(",").filter(Boolean);

export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const data = new FormData(form);
  return Object.fromEntries(
    [...new Set(data.keys())].map((name) => {
      const values = data.getAll(name).map((value) => String(value).trim());
      return [name, [...new Set(values)].filter(Boolean).join(",")];
    }),
  );
}

const optionNodes = (options: Option[], chosen = "") =>
  options.map(([value, label]) => h("option", { value, selected: value === chosen }, label));

// Shows at once what is chosen; a list that comes later keeps it, and one that does not come says so, as if
// it were short there would be nothing else to choose. What it returns asks for the list by another text.
function fill(field: Field, show: (options: Option[]) => void, say: (text: string) => void) {
  const unnamed = (options: Option[]) => {
    const named = new Set(options.map(([value]) => value));
    return several(field.value).filter((value) => !named.has(value));
  };
  const options = field.options ?? [];
  const byId = (value: string): Option => [value, lastId(value)];
  show([...options, ...unnamed(options).map(byId)]);
  let asked = 0;
  const ask = async (text: string) => {
    const mine = ++asked;
    const isLast = () => mine === asked; // else another text has been written since
    try {
      const found = field.search ? await field.search(text) : undefined;
      const later = found?.options ?? (await field.later?.());
      if (!later) return;
      const all = [...options, ...later];
      const left = unnamed(all);
      const named = field.search ? await learned(left) : left.map(byId);
      if (!isLast()) return;
      show([...all, ...named]);
      const more = t(
        "Hay más de lo que se muestra: escriba qué busca.",
        "There is more than is shown: write what you look for.",
      );
      say(found?.more ? more : text ? `${t("Coincidencias", "Found")}: ${later.length}` : "");
    } catch (error) {
      const why = t("No se pudo leer la lista", "The list could not be read");
      if (isLast()) say(`${why}: ${(error as Error).message}`);
    }
  };
  void ask("");
  return ask;
}

const PAUSE = 250; // milliseconds without a key until what was written is asked for

// Above a choice of a list that may be long: asks the server for what it has by a text.
function searchNode(field: Field, ask: (text: string) => void): HTMLElement {
  let timer = 0;
  const input = h("input", {
    type: "search",
    placeholder: t("Buscar", "Search"),
    "aria-label": `${t("Buscar", "Search")}: ${field.label}`,
    oninput: () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => ask(input.value.trim()), PAUSE);
    },
    onkeydown: (event: KeyboardEvent) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // the form is not sent by it
      clearTimeout(timer);
      ask(input.value.trim());
    },
  });
  return input;
}

// A choice that keeps what is chosen, whatever else there is to choose.
function selectNode(field: Field, common: Record<string, any>, say: (text: string) => void): HTMLElement {
  const select = h("select", common);
  const ask = fill(
    field,
    (options) => {
      const chosen = select.selectedOptions[0];
      const value = chosen ? chosen.value : field.value;
      const kept = chosen && options.every(([each]) => each !== value);
      select.replaceChildren(
        ...optionNodes(kept ? [...options, [chosen.value, chosen.text]] : options, value),
      );
    },
    say,
  );
  return field.search ? h("div", { class: "searched" }, searchNode(field, ask), select) : select;
}

// A choice, what was taken of it, and a button that takes more. What is chosen when the form is sent counts
// too, so one value needs no button.
function manyNode(field: Field, common: Record<string, any>, say: (text: string) => void): HTMLElement {
  const select = h("select", common);
  const taken = h("ul", { class: "taken" });
  const labels = new Map<string, string>(); // of all that were there to choose
  let options: Option[] = [];
  let values = several(field.value);
  const draw = () => {
    const label = (value: string) => labels.get(value) ?? value;
    const left = options.filter(([value]) => !values.includes(value));
    select.replaceChildren(...optionNodes([["", t("Elija una", "Choose one")], ...left]));
    select.required = !!common.required && !values.length;
    taken.hidden = !values.length;
    taken.replaceChildren(
      ...values.map((value) =>
        h(
          "li",
          null,
          h("input", { type: "hidden", name: field.name, value }),
          label(value),
          h(
            "button",
            {
              type: "button",
              class: "secondary",
              "aria-label": `${t("Quitar", "Remove")} ${label(value)}`,
              onclick: () => {
                values = values.filter((each) => each !== value);
                draw();
                select.focus();
              },
            },
            "×",
          ),
        ),
      ),
    );
  };
  const take = () => {
    if (select.value) values.push(select.value);
    draw();
  };
  const ask = fill(
    field,
    (all) => {
      options = all;
      for (const [value, label] of all) labels.set(value, label);
      take(); // what was chosen already is not lost to another list
    },
    say,
  );
  const add = h(
    "button",
    {
      type: "button",
      class: "secondary",
      onclick: () => {
        take();
        select.focus();
      },
    },
    t("Añadir otra", "Add another"),
  );
  return h(
    "div",
    field.search ? { class: "searched" } : null,
    taken,
    field.search ? searchNode(field, ask) : null,
    h("div", { class: "adding" }, select, add),
  );
}

// A label with what is asked for; `plain` says nothing of what may be left out, where all may.
export function fieldNode(field: Field, plain = false): HTMLElement {
  const id = newId("f");
  const common = {
    id,
    name: field.name,
    required: !field.optional && !plain,
    "aria-describedby": field.hint ? `${id}-hint` : null,
  };
  const label = [
    field.label,
    field.optional && !plain ? h("span", { class: "fine" }, ` (${t("si se quiere", "optional")})`) : null,
  ];
  const hint = field.hint ? h("p", { class: "fine", id: `${id}-hint` }, field.hint) : null;
  if (field.kind === "checks") {
    const chosen = several(field.value);
    return h(
      "fieldset",
      { class: "field", "aria-describedby": common["aria-describedby"] },
      h("legend", null, label),
      (field.options ?? []).map(([value, text]) =>
        h(
          "label",
          { class: "check" },
          h("input", { type: "checkbox", name: field.name, value, checked: chosen.includes(value) }),
          text,
        ),
      ),
      hint,
    );
  }
  const said = h("p", { class: "fine", role: "status" });
  const say = (text: string) => said.replaceChildren(text);
  const input = () => {
    switch (field.kind) {
      case "select":
        return selectNode(field, common, say);
      case "many":
        return manyNode(field, common, say);
      case "area":
        return h("textarea", { ...common, rows: 4 }, field.value ?? "");
      default:
        return h("input", {
          ...common,
          type: field.kind ?? "text",
          step: field.kind === "number" ? "any" : null, // which numbers it takes, the server says
          value: field.value ?? "",
        });
    }
  };
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    input(),
    hint,
    field.later || field.search ? said : null,
  );
}
