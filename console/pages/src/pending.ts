// What was sent and not answered yet, kept over a reload so that it can be sent again and is done once.
import { call, ownerOf, Problem, type Answer, type Method } from "./call";
import { h } from "./dom";
import { problemNode } from "./parts";
import { session, t } from "./session";

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

function readAll(): Pending[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

// Whether nobody knows the end of it yet.
export const waits = (pending: Pending) =>
  readAll().some((each) => each.request.requestId === pending.request.requestId);

const without = (pending: Pending) =>
  readAll().filter((each) => each.request.requestId !== pending.request.requestId);
const keep = (pending: Pending) =>
  sessionStorage.setItem(KEY, JSON.stringify([...without(pending), pending]));
const forget = (pending: Pending) => sessionStorage.setItem(KEY, JSON.stringify(without(pending)));

export async function send(pending: Pending): Promise<Answer<Method>> {
  const repeated = waits(pending);
  keep(pending);
  try {
    const answer = await call(pending.method, pending.request, {
      purpose: pending.purpose,
      server: pending.server,
    });
    forget(pending);
    doneTexts.push(`${t("Hecho", "Done")}: ${pending.title}`);
    return answer;
  } catch (error) {
    if (isRefused(error, repeated)) forget(pending);
    throw error;
  }
}

// Whether nothing is left to be done. That a repeat is refused because of who asks says nothing of what became
// of the first, and who opens the console anew can still repeat what a closed session refused.
const isRefused = (error: unknown, repeated: boolean) =>
  error instanceof Problem &&
  !error.noAnswer &&
  error.code !== "unauthenticated" &&
  !(repeated && error.ofCaller);

// What was done since it was last said, for the page that shows next.
const doneTexts: string[] = [];
export const takeDone = () => doneTexts.splice(0).join(". ");

// On whatever page one comes back to: what nobody knows the end of, to be sent again by who sent it.
export const pendingNodes = (done: () => void): Node[] =>
  readAll()
    .filter(({ caller, actor }) => caller === session().caller && actor === session().actor)
    .map((pending) => pendingNode(pending, done));

function pendingNode(pending: Pending, done: () => void): Node {
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
              say.replaceChildren(problemNode(error, ownerOf(pending.method)));
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
            forget(pending);
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
