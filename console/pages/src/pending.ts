// What was sent and not answered yet, kept over a reload so that it can be sent again and is done once.
import { call, Problem, type Method } from "./call";
import { h } from "./dom";
import { problemNode } from "./parts";
import { session, t } from "./session";

// --- What was sent and not answered yet ---

export interface Pending {
  method: Method;
  request: any;
  title: string;
  caller: string;
  actor: string;
  purpose?: string;
  server?: string;
}

const KEY = "puente-pending";

function readPending(): Pending | null {
  try {
    const pending = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Pending | null;
    return pending && pending.caller === session().caller && pending.actor === session().actor
      ? pending
      : null;
  } catch {
    return null;
  }
}

const keep = (pending: Pending) => sessionStorage.setItem(KEY, JSON.stringify(pending));

const forget = () => sessionStorage.removeItem(KEY);

export async function send(pending: Pending): Promise<void> {
  keep(pending);
  try {
    await call(pending.method, pending.request, { purpose: pending.purpose, server: pending.server });
    forget();
  } catch (error) {
    if (!(error instanceof Problem && error.noAnswer)) forget(); // it was refused: nothing is left to be done
    throw error;
  }
}

// On whatever page one comes back to: what nobody knows the end of, to be sent again.
export function pendingNode(done: () => void): Node | null {
  const pending = readPending();
  if (!pending) return null;
  const say = h("div", { role: "alert" });
  const box = h(
    "section",
    { class: "pending", "aria-label": t("Algo quedó sin respuesta", "Something was left without an answer") },
    h(
      "p",
      null,
      h("strong", null, pending.title),
      ": ",
      t(
        "se envió y no se vio la respuesta. Repetirlo es seguro: se hace una sola vez.",
        "it was sent, and no answer was seen. Repeating it is safe: it is done once.",
      ),
    ),
    h(
      "div",
      { class: "buttons" },
      h(
        "button",
        {
          type: "button",
          onclick: async () => {
            try {
              await send(pending);
              box.remove();
              done();
            } catch (error) {
              say.replaceChildren(problemNode(error, pending.method));
            }
          },
        },
        t("Repetir", "Repeat"),
      ),
      h(
        "button",
        {
          type: "button",
          class: "secondary",
          onclick: () => {
            forget();
            box.remove();
          },
        },
        t("Descartar el aviso", "Dismiss"),
      ),
    ),
    say,
  );
  return box;
}
