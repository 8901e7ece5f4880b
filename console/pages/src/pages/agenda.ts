// What waits for whoever asks: the first page of those who are asked for something.
import { call } from "../call";
import type { AgendaItem } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, moment } from "../format";
import { isName, labelOf } from "../labels";
import { holeOf, none, table, tile } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, session, t } from "../session";

// Where each is done.
function placeOf(item: AgendaItem): string | null {
  const name = item.name ?? "";
  switch (item.kind) {
    case "AGENDA_KIND_PROPOSAL":
      return link("proposal", { name });
    case "AGENDA_KIND_AGREEMENT":
      return link("agreements", { name });
    case "AGENDA_KIND_SCHOOL_CALL":
      return link("calls");
    case "AGENDA_KIND_SUBMISSION":
    case "AGENDA_KIND_APPEAL":
      return link("submission", {
        name: name.replace(/\/decisions\/.*/, ""),
        decision: name.includes("/decisions/") ? name : "",
      });
    case "AGENDA_KIND_FINDING":
      return link("findings");
    case "AGENDA_KIND_DECISION": // of a body, one that was not recorded
      return session().kind === "certifier"
        ? link("submission", { name: name.replace(/\/decisions\/.*/, ""), decision: name })
        : link("decisions");
    case "AGENDA_KIND_PLACE_RESERVATION":
      return link("reservations");
    case "AGENDA_KIND_DUAL_AGREEMENT":
      return link("dual");
    case "AGENDA_KIND_DUAL_PLAN":
      return link("plan", { name });
    case "AGENDA_KIND_VERSION":
      return link("version", { name });
    case "AGENDA_KIND_CERTIFICATION": // a body renews it; its text is the version
      return session().kind === "certifier"
        ? link("submission", { certification: name })
        : link("version", { name: item.textEs });
    case "AGENDA_KIND_CERTIFIER_CHANGE":
      return link("register");
    case "AGENDA_KIND_ASSESSMENT":
      return link("assessments");
    case "AGENDA_KIND_AWARD":
      return link("awards");
    case "AGENDA_KIND_LOAD":
      return link("load", { name, server: "education", rows: "refused" });
    default:
      return null;
  }
}

async function show(context: Context): Promise<Child[]> {
  const agenda = await call("puente.gateway.v1.AgendaService/GetAgenda", {}, { signal: context.signal });
  const items = agenda.items ?? [],
    sections = agenda.sections ?? [];
  const late = items.filter((item) => item.late).length;
  const holes = sections.flatMap((s) => {
    const hole = holeOf(s.provenance);
    return hole
      ? [h("div", null, h("p", { class: "hole-of" }, `${t("De", "Of")} «${word(s.kind)}»:`), hole)]
      : [];
  });
  const more = sections.some((s) => s.more);
  const about = (item: AgendaItem): Child => {
    const text = either(item.textEs, item.textEn);
    const node = isName(text) ? labelOf(text) : text || labelOf(item.name);
    const place = placeOf(item);
    return place ? h("a", { href: place }, node) : node;
  };
  return [
    h("h1", null, t("Qué le espera", "What waits for you")),
    h("p", { class: "lead" }, `${t("Reunido el", "Put together on")} ${moment(agenda.composeTime)}.`),
    items.length
      ? h(
          "div",
          { class: "kpis" },
          tile(
            count(items.length),
            t("asuntos", "matters"),
            more ? t("y hay más", "and there are more") : null,
          ),
          tile(
            h("span", { class: late ? "late" : "" }, count(late)),
            t("con el plazo vencido", "past their day"),
          ),
        )
      : null,
    holes,
    items.length
      ? table(
          t("Lo que vence primero está arriba", "What is due first stands above"),
          [
            { head: t("asunto", "about"), kind: "head", cell: about },
            { head: t("qué hacer", "to do"), cell: (item) => word(item.kind) },
            {
              head: t("vence", "due"),
              cell: (item) =>
                item.dueDate
                  ? [
                      day(item.dueDate),
                      item.late ? h("span", { class: "tag bad" }, t("vencido", "late")) : null,
                    ]
                  : h("span", { class: "mark none" }, t("sin plazo", "no day")),
            },
            {
              head: t("días en espera", "days waiting"),
              kind: "number",
              cell: (item) => count(item.waitDays),
            },
          ],
          items,
        )
      : holes.length
        ? null
        : none(t("Nada le espera.", "Nothing waits for you.")),
    more && items.length
      ? h(
          "p",
          { class: "fine" },
          t(
            "De algún asunto hay más de lo que se muestra: 50 de cada clase.",
            "There is more of some kinds than is shown: 50 of each.",
          ),
        )
      : null,
    session().kind === "certifier"
      ? h("p", null, h("a", { href: link("queue") }, t("Ver toda la bandeja", "See the whole queue")))
      : null,
  ];
}

export const agenda: Page = {
  path: "agenda",
  title: () => t("Qué le espera", "What waits for you"),
  group: "start",
  kinds: ["agency", "certifier", "company", "organization"],
  show,
};
