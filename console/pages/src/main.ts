import { ACTOR_CHANGED, localized } from "./call";
import { append, h, type Child } from "./dom";
import { problemNode } from "./parts";
import { pendingNodes, takeDone } from "./pending";
import { PAGES } from "./pages/all";
import { partyOf } from "./labels";
import { allowed, link, parse, type Page } from "./router";
import { changeSession, NoSession, openSession, session, t } from "./session";

const GROUPS: [Page["group"], () => string][] = [
  ["start", () => t("Inicio", "Start")],
  ["work", () => t("Su trabajo", "Your work")],
  ["country", () => t("El país", "The country")],
  ["rule", () => t("Cuentas claras", "Accountability")],
];

const own = () => PAGES.filter(allowed);

let main: HTMLElement, live: HTMLElement, nav: HTMLElement, troubleBox: HTMLElement;
let abort = new AbortController();

function frame() {
  document.documentElement.lang = t("es-MX", "en");
  live = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  main = h("main", { id: "main", tabindex: "-1" });
  nav = h("nav", { "aria-label": t("Páginas", "Pages") });
  const menu: HTMLElement = h(
    "button",
    {
      type: "button",
      class: "menu",
      "aria-expanded": "false",
      "aria-controls": "nav",
      onclick: () => toggle(menu),
    },
    t("Menú", "Menu"),
  );
  nav.id = "nav";
  troubleBox = troubles();
  document.body.replaceChildren(
    h(
      "a",
      {
        class: "skip",
        href: "#main",
        onclick: (event: Event) => {
          event.preventDefault();
          main.focus();
        },
      },
      t("Ir al contenido", "Skip to content"),
    ),
    h(
      "header",
      { class: "top" },
      h(
        "div",
        { class: "bar-top" },
        h("a", { class: "brand", href: "#/" }, "Puente"),
        h("p", { class: "who" }, whoNode(), h("span", { class: "who-path" }, session().caller)),
        h("div", { class: "choices" }, menu, actorChoice(), languageChoice()),
      ),
    ),
    troubleBox,
    h("div", { class: "frame" }, nav, main),
    live,
    h(
      "footer",
      { class: "foot" },
      h(
        "p",
        null,
        t(
          "Puente: lo que el país enseña y lo que necesita. Cada cifra dice de dónde viene y qué le falta.",
          "Puente: what the country teaches and what it needs. Every figure says where it comes from and what is missing.",
        ),
      ),
      h(
        "p",
        null,
        `${t("Para quien programa", "For those who write programs")}: `,
        h(
          "a",
          { href: "/reference/", hreflang: "en" },
          t("referencia del contrato (en inglés)", "reference of the contract"),
        ),
        ", ",
        h("a", { href: "/openapi.json", hreflang: "en" }, "OpenAPI"),
        ".",
      ),
    ),
  );
}

// What is wrong with who calls, on every page: the certificate, or that servers no longer let caller or actor in.
function troubles(): HTMLElement {
  const { refusal, certificate_trouble: certificate } = session();
  const renew = t(
    "Pida a quien administra los certificados de su casa que lo renueve; después cierre la consola y ábrala de nuevo.",
    "Ask who keeps the certificates of your house to renew it; then close the console and open it again.",
  );
  const texts = [
    certificate && `${t("El certificado no sirve", "The certificate is no good")}: ${certificate}. ${renew}`,
    refusal && (localized(refusal.details) ?? refusal.message),
  ].filter(Boolean);
  return h(
    "div",
    { class: "troubles" },
    texts.map((text) => h("p", { role: "alert" }, text)),
  );
}

const KINDS: Record<string, [string, string]> = {
  council: ["Consejo Coordinador Empresarial", "Business Coordinating Council"],
  chamber: ["Cámara empresarial", "Chamber"],
  auditor: ["Auditoría", "Auditor"],
  authority: ["Autoridad estatal", "State authority"],
  reporter: ["Oficina de estadística", "Statistical office"],
  supplier: ["Portal de vacantes", "Supplier of vacancies"],
};
const whoNode = (): Child =>
  KINDS[session().kind] ? t(...KINDS[session().kind]) : partyOf(session().caller);

function toggle(menu: HTMLElement, open = menu.getAttribute("aria-expanded") !== "true") {
  menu.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("menu-open", open);
}

// The session as it is to be, and the page anew; where that fails it is said, and all is as it was.
async function change(wanted: Parameters<typeof changeSession>[0], undo = () => {}) {
  try {
    await changeSession(wanted);
  } catch {
    undo();
    return say(
      t(
        "No se pudo cambiar: la sesión terminó o la consola no responde.",
        "It could not be changed: the session is over, or the console does not answer.",
      ),
    );
  }
  await start();
}

const say = (text: string) => troubleBox.append(h("p", { role: "alert" }, text));

// Who acts: those whom the registry has for this caller, and nobody.
function actorChoice(): Child {
  if (!session().actors.length) return null;
  const select: HTMLSelectElement = h(
    "select",
    {
      id: "actor",
      onchange: () => change({ actor: select.value }, () => (select.value = session().actor)),
    },
    h("option", { value: "" }, t("nadie", "nobody")),
    session().actors.map(({ name }) =>
      h("option", { value: name, selected: name === session().actor }, name),
    ),
  );
  return h("div", { class: "choice" }, h("label", { for: "actor" }, t("Actúa", "Acting")), select);
}

function languageChoice(): Child {
  const other = t("en", "es");
  return h(
    "button",
    {
      type: "button",
      class: "language",
      lang: other,
      onclick: () => change({ language: other }),
    },
    t("English", "Español"),
  );
}

function drawNav(path: string) {
  nav.replaceChildren();
  for (const [group, title] of GROUPS) {
    const pages = own().filter((page) => page.group === group && !page.detail);
    if (!pages.length) continue;
    append(nav, [
      h("p", { class: "nav-group" }, title()),
      h(
        "ul",
        null,
        pages.map((page) =>
          h(
            "li",
            null,
            h(
              "a",
              { href: link(page.path), "aria-current": page.path === path ? "page" : null },
              page.title(),
            ),
          ),
        ),
      ),
    ]);
  }
}

async function show() {
  abort.abort();
  abort = new AbortController();
  const { signal } = abort;
  const { path, args, query } = parse(location.hash);
  const page = path ? own().find((p) => p.path === path) : own()[0];
  const menu = document.querySelector<HTMLElement>(".menu");
  if (menu) toggle(menu, false);
  drawNav(page?.path ?? "");
  if (!page) {
    return paint(
      [
        h("h1", { tabindex: "-1" }, t("No hay tal página", "There is no such page")),
        h("p", null, h("a", { href: "#/" }, t("Ir al inicio", "Go to the start"))),
      ],
      t("No hay tal página", "There is no such page"),
    );
  }
  const title = page.title();
  const late = setTimeout(() => {
    live.textContent = t("Cargando…", "Loading…");
    main.replaceChildren(h("h1", null, title), h("p", { class: "loading" }, t("Cargando…", "Loading…")));
  }, 150);
  main.setAttribute("aria-busy", "true");
  let body: Child[];
  try {
    body = await page.show({ args, query, signal, refresh: show });
  } catch (error) {
    if (signal.aborted) return;
    body = [h("h1", { tabindex: "-1" }, title), problemNode(error, "gateway")];
  } finally {
    clearTimeout(late);
  }
  if (!signal.aborted) paint([...pendingNodes(show), ...body], title);
}

let first = true;
function paint(body: Child[], title: string) {
  const done = takeDone();
  main.replaceChildren();
  append(main, [done ? h("p", { class: "done" }, done) : null, body]);
  main.removeAttribute("aria-busy");
  document.title = `${title} – Puente`;
  const heading = main.querySelector<HTMLElement>("h1");
  heading?.setAttribute("tabindex", "-1");
  // Whoever comes to another page begins at its heading; who has just opened the first, where browsers begin.
  if (!first) {
    heading?.focus();
    window.scrollTo(0, 0);
  }
  first = false;
  live.textContent = done ? `${done}. ${title}` : title;
}

async function start() {
  try {
    await openSession();
  } catch (error) {
    document.body.replaceChildren(
      h(
        "main",
        { class: "closed" },
        h("h1", null, "Puente"),
        h(
          "p",
          null,
          error instanceof NoSession
            ? "La sesión terminó. Abra otra vez el enlace que da «puente console»."
            : "La consola no responde. ¿Sigue abierta en su terminal?",
        ),
        h(
          "p",
          { lang: "en" },
          "The session is over, or the console has ended. Open the link that “puente console” gives.",
        ),
      ),
    );
    return;
  }
  frame();
  await show();
}

// Another window has changed who acts: what was asked here was refused, once for each call that a page makes.
let restarts = false;
window.addEventListener(ACTOR_CHANGED, async () => {
  if (restarts) return;
  restarts = true;
  abort.abort();
  await start();
  restarts = false;
  say(
    t(
      `En otra ventana cambió quien actúa: ahora ${session().actor || "nadie"}. No se hizo lo que aquí se pidió.`,
      `Who acts was changed in another window: now ${session().actor || "nobody"}. What was asked here was not done.`,
    ),
  );
});

window.addEventListener("hashchange", show);
start();
