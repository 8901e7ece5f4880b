// What forms ask for, in dialogues and beside lists.
import { h, newId } from "./dom";
import { t } from "./session";

export type Option = [string, string]; // a value and what it is called

export interface Field {
  name: string;
  label: string;
  // "many" are several of a long list, in the order in which they are taken; "checks" several of a short one.
  kind?: "text" | "area" | "date" | "number" | "select" | "many" | "checks";
  options?: Option[];
  later?: () => Promise<Option[]>; // what else there is to choose, asked for when the form is shown
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
// it were short there would be nothing else to choose.
function fill(field: Field, show: (options: Option[]) => void, say: (text: string) => void) {
  const withChosen = (options: Option[]) => {
    const named = new Set(options.map(([value]) => value));
    const unnamed = several(field.value).filter((value) => !named.has(value));
    show([...options, ...unnamed.map((value): Option => [value, value.slice(value.lastIndexOf("/") + 1)])]);
  };
  const options = field.options ?? [];
  withChosen(options);
  field.later?.().then(
    (later) => withChosen([...options, ...later]),
    (error: Error) => say(`${t("No se pudo leer la lista", "The list could not be read")}: ${error.message}`),
  );
}

// A choice, what was taken of it, and a button that takes more. What is chosen when the form is sent counts
// too, so one value needs no button.
function manyNode(field: Field, common: Record<string, any>, say: (text: string) => void): HTMLElement {
  const select = h("select", common);
  const taken = h("ul", { class: "taken" });
  let options: Option[] = [];
  let values = several(field.value);
  const draw = () => {
    const label = (value: string) => options.find(([v]) => v === value)?.[1] ?? value;
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
  fill(
    field,
    (all) => {
      options = all;
      draw();
    },
    say,
  );
  const add = h(
    "button",
    {
      type: "button",
      class: "secondary",
      onclick: () => {
        if (select.value) values.push(select.value);
        draw();
        select.focus();
      },
    },
    t("Añadir otra", "Add another"),
  );
  return h("div", null, taken, h("div", { class: "adding" }, select, add));
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
      case "select": {
        const select = h("select", common);
        const chosen = () => (select.options.length ? select.value : field.value);
        fill(field, (options) => select.replaceChildren(...optionNodes(options, chosen())), say);
        return select;
      }
      case "many":
        return manyNode(field, common, say);
      case "area":
        return h("textarea", { ...common, rows: 4 }, field.value ?? "");
      default:
        return h("input", { ...common, type: field.kind ?? "text", value: field.value ?? "" });
    }
  };
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    input(),
    hint,
    field.later ? said : null,
  );
}
