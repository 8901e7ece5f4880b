// Writes: what is to change is shown before it is done, and doing it twice does it once.
//
// The server is asked first what would be (validate_only). Who then says yes sends the same request with a
// request_id, which is kept in the browser's session until an answer is there: whatever happens in
// between, a reload too, it can be sent again and is done once.
import { call, ownerOf, Problem, type Answer, type Method, type Request } from "./call";
import { h, newId, type Child } from "./dom";
import { fieldNode, valuesOf, type Field } from "./fields";
import { problemNode, problemText } from "./parts";
import { session, t } from "./session";
import { send, waits, type Pending } from "./pending";
import { changes } from "./changes";

export interface Write<M extends Method> {
  button: string;
  title: string;
  method: M;
  fields?: Field[];
  request: (values: Record<string, string>) => Request<M>;
  before?: object; // the record as it is
  preview?: Child; // what is to happen, where the answer says nothing of it
  purpose?: string;
  server?: string;
  danger?: boolean;
  done: (answer: Answer<M>) => void;
}

// The mask of an update that says each of these fields, those that it empties too.
export const maskOf = (fields: object) => Object.keys(fields).join(",");

// A button that opens the dialogue: first what is asked for, then what would change, then it is done.
export function writeButton<M extends Method>(write: Write<M>): HTMLButtonElement {
  return h(
    "button",
    {
      type: "button",
      class: write.danger ? "secondary danger" : "secondary",
      onclick: (event: Event) => {
        const opener = event.currentTarget as HTMLElement;
        open(write, opener);
      },
    },
    write.button,
  );
}

function open<M extends Method>(write: Write<M>, opener: HTMLElement) {
  const id = newId("d");
  const heading = h("h2", { id, tabindex: "-1" }, write.title);
  const body = h("div");
  const dialog = h("dialog", { "aria-labelledby": id }, heading, body);
  const close = () => dialog.close();
  let sending = false; // until it is known what became of it, the dialogue stays to say it
  dialog.addEventListener("cancel", (event) => {
    if (sending) event.preventDefault();
  });
  dialog.addEventListener("close", () => {
    if (sending) return dialog.showModal(); // a second Escape asks nobody
    dialog.remove();
    if (opener.isConnected) opener.focus();
  });
  const cancel = () =>
    h("button", { type: "button", class: "secondary", onclick: close }, t("Cancelar", "Cancel"));
  let values: Record<string, string> = {};

  const ask = () => {
    const say = h("div", { role: "alert" });
    const see = h("button", { type: "submit" }, t("Ver qué cambia", "See what changes"));
    const form = h(
      "form",
      {
        onsubmit: (event: Event) => {
          event.preventDefault();
          values = valuesOf(form);
          see.disabled = true; // one preview at a time, however often Enter is pressed
          void preview(say).finally(() => (see.disabled = false));
        },
      },
      (write.fields ?? []).map((field) => fieldNode({ ...field, value: values[field.name] ?? field.value })),
      h(
        "div",
        { class: "buttons" },
        see,
        cancel(),
      ),
      say,
    );
    body.replaceChildren(form);
    (form.querySelector<HTMLElement>("input:not([type=hidden]),select,textarea") ?? heading).focus();
  };

  const preview = async (say: HTMLElement) => {
    const request = write.request(values) as any;
    let answer: any;
    try {
      answer = await call(
        write.method,
        { ...request, validateOnly: true },
        { purpose: write.purpose, server: write.server },
      );
    } catch (error) {
      say.replaceChildren(...problemNodes(error, write.method));
      if (!say.isConnected) body.replaceChildren(say, h("div", { class: "buttons" }, cancel()));
      return;
    }
    // One request id for this yes, however often it is sent.
    const pending: Pending = {
      method: write.method,
      request: { ...request, requestId: crypto.randomUUID() },
      title: write.title,
      caller: session().caller,
      actor: session().actor,
      purpose: write.purpose,
      server: write.server,
    };
    const alert = h("div", { role: "alert" });
    const leave = cancel();
    const back = write.fields?.length
      ? h("button", { type: "button", class: "secondary", onclick: ask }, t("Corregir", "Go back"))
      : null;
    const yes = h(
      "button",
      {
        type: "button",
        class: write.danger ? "danger" : null,
        onclick: async () => {
          sending = yes.disabled = leave.disabled = true;
          if (back) back.disabled = true;
          let done: Answer<M>;
          try {
            done = (await send(pending)) as Answer<M>;
          } catch (error) {
            if (waits(pending)) {
              yes.disabled = false;
              yes.textContent = t("Repetir", "Repeat");
              back?.remove(); // what was sent may be done: something else would be done besides
            } else if (back) back.disabled = false;
            alert.replaceChildren(...problemNodes(error, write.method));
            return;
          } finally {
            sending = leave.disabled = false;
          }
          close();
          write.done(done);
        },
      },
      t("Hacerlo", "Do it"),
    );
    const lead = h(
      "p",
      { tabindex: "-1" },
      t("Todavía no se ha hecho nada. Esto cambiaría:", "Nothing has been done yet. This would change:"),
    );
    body.replaceChildren(
      lead,
      write.preview ? h("div", null, write.preview) : changes(write.before, answer),
      h(
        "div",
        { class: "buttons" },
        yes,
        ...(back ? [back] : []),
        leave,
      ),
      alert,
    );
    lead.focus(); // not the button: another Enter would do it unread
  };

  document.body.appendChild(dialog);
  dialog.showModal();
  if (write.fields?.length) ask();
  else void preview(h("div", { role: "alert" }));
}

function problemNodes(error: unknown, method: string): Node[] {
  const box = h("div", { class: "hole denied" });
  if (error instanceof Problem && !error.noAnswer) {
    for (const child of problemText(error)) if (child instanceof Node) box.appendChild(child);
    return [box];
  }
  return [problemNode(error, ownerOf(method))];
}
