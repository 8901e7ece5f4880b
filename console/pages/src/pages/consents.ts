// What companies let chambers do for them: a company gives and takes back, a chamber sees what it may do.
import { call, pieces } from "../call";
import type { Consent } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { several, type Option } from "../fields";
import { choicesOf, filters } from "../filters";
import { day, dayText, readDay, today } from "../format";
import { labelOf } from "../labels";
import { all, list } from "../list";
import { stateTag } from "../parts";
import { link, type Context, type Page } from "../router";
import { ownRecord, session, t } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";

const SERVICE = "puente.economy.v1.ConsentService";
const isChamber = () => session().kind === "chamber";
const companyOf = (row: Consent) => (row.name ?? "").replace(/\/consents\/.*/, "");

const allChambers = choicesOf(() =>
  all("puente.economy.v1.ChamberService/ListChambers", {}, (answer) => answer.chambers),
);

// In force: not taken back, and today is one of its days.
const inForce = (row: Consent) =>
  row.state === "CONSENT_STATE_ACTIVE" &&
  dayText(row.startDate) <= today() &&
  (!row.endDate?.year || dayText(row.endDate) >= today());

// What each act covers, in a sentence.
const COVERS: Record<string, [string, string]> = {
  CONSENT_ACT_STATE_DEMAND: [
    "declarar y retirar necesidades por la empresa",
    "state and withdraw needs for the company",
  ],
  CONSENT_ACT_READ_DEMAND: ["leer sus necesidades, y si cuentan", "read its needs, and whether they count"],
  CONSENT_ACT_PROPOSE: [
    "proponer como la empresa y ver sus propuestas",
    "propose as the company, and see its proposals",
  ],
  CONSENT_ACT_OFFER_PLACES: [
    "ofrecer plazas por la empresa, cambiarlas, pausarlas y cerrarlas",
    "offer places for the company, change, pause and close them",
  ],
};
const ACTS = ["STATE_DEMAND", "READ_DEMAND", "PROPOSE", "OFFER_PLACES"];
const covered = (row: Consent): Child =>
  (row.acts ?? []).map((act) => h("span", { class: "block" }, COVERS[act] ? t(...COVERS[act]) : word(act)));

const MOST = 1000; // companies in one question

// What the chamber is let do today.
const given = async (signal?: AbortSignal): Promise<Consent[]> =>
  (
    await all(
      `${SERVICE}/ListConsents`,
      { parent: "companies/-", filter: `chamber = "${ownRecord()}"` },
      (answer) => answer.consents,
      { signal },
    )
  ).filter(inForce);

// The companies that let the chamber do one of these acts today.
export async function consenting(
  acts: string[],
  signal?: AbortSignal,
  consents = given(signal),
): Promise<Option[]> {
  const may = (await consents).filter((row) => row.acts?.some((act) => acts.includes(act)));
  const asked = pieces([...new Set(may.map(companyOf))], MOST).map((names) =>
    call("puente.economy.v1.CompanyService/BatchGetCompanies", { names }, { signal }),
  );
  return (await Promise.all(asked))
    .flatMap((answer) => answer.companies ?? [])
    .map((c): Option => [c.name!, c.legalName ?? ""]);
}

// For whom needs are stated and places offered, and which acts are let: a company for itself, a chamber for one
// that lets it do one of these acts today, of which it chooses.
export async function actingFor(
  path: string,
  context: Context,
  acts: string[],
): Promise<{ company: string; choice: Child; may: Set<string> }> {
  if (!isChamber()) return { company: ownRecord(), choice: null, may: new Set(acts) };
  const company = context.query.get("company") ?? "";
  const consents = given(context.signal);
  const choice = filters(path, context, [
    {
      name: "company",
      label: t("Empresa que consiente", "Company that consents"),
      options: [["", t("Elija una", "Choose one")]],
      later: () => consenting(acts, context.signal, consents),
    },
  ]);
  const may = (company ? await consents : []).filter((row) => companyOf(row) === company).flatMap((row) => row.acts ?? []);
  return { company, choice, may: new Set(may) };
}

const give = (context: Context): Child =>
  h(
    "div",
    { class: "buttons" },
    writeButton({
      button: t("Dar un consentimiento", "Give a consent"),
      title: t("Dejar que una cámara actúe por su empresa", "Let a chamber act for your company"),
      method: `${SERVICE}/CreateConsent`,
      done: context.refresh,
      fields: [
        {
          name: "chamber",
          label: t("Cámara", "Chamber"),
          kind: "select",
          options: [["", t("Elija una", "Choose one")]],
          later: allChambers,
        },
        {
          name: "acts",
          label: t("Qué puede hacer", "What it may do"),
          kind: "checks",
          options: ACTS.map((act): Option => [`CONSENT_ACT_${act}`, t(...COVERS[`CONSENT_ACT_${act}`])]),
        },
        { name: "from", label: t("Desde", "From"), kind: "date", value: today() },
        {
          name: "until",
          label: t("Hasta", "Until"),
          kind: "date",
          optional: true,
          hint: t("Sin día, hasta que lo retire.", "Without a day, until you withdraw it."),
        },
      ],
      request: (v) => ({
        parent: ownRecord(),
        consentId: newId("c"),
        consent: {
          chamber: v.chamber,
          acts: several(v.acts),
          startDate: readDay(v.from),
          endDate: readDay(v.until),
        },
      }),
    }),
  );

const title = () =>
  isChamber() ? t("Empresas que consienten", "Companies that consent") : t("Consentimientos", "Consents");

async function show(context: Context): Promise<Child[]> {
  return [
    h("h1", null, title()),
    h(
      "p",
      { class: "lead" },
      isChamber()
        ? t(
            "Lo que cada empresa le deja hacer a su cámara, y hasta cuándo.",
            "What each company lets your chamber do, and until when.",
          )
        : t(
            "Lo que su empresa deja hacer por ella a una cámara. Se retira cuando se quiera, y desde entonces la cámara ya no puede nada de ello.",
            "What your company lets a chamber do for it. It is withdrawn at any time, and from then on the chamber can do nothing of it.",
          ),
    ),
    isChamber() ? null : give(context),
    await list({
      method: `${SERVICE}/ListConsents`,
      request: isChamber()
        ? { parent: "companies/-", filter: `chamber = "${ownRecord()}"` }
        : { parent: ownRecord() },
      rows: (answer) => answer.consents,
      signal: context.signal,
      caption: t("Consentimientos", "Consents"),
      empty: isChamber()
        ? t("Ninguna empresa ha consentido.", "No company has consented.")
        : t("Su empresa no ha dado consentimientos.", "Your company has given no consents."),
      columns: [
        isChamber()
          ? { head: t("empresa", "company"), kind: "head", cell: (row: Consent) => labelOf(companyOf(row)) }
          : { head: t("cámara", "chamber"), kind: "head", cell: (row: Consent) => labelOf(row.chamber) },
        {
          head: t("estado", "state"),
          cell: (row) => [
            stateTag(row.state),
            row.state === "CONSENT_STATE_ACTIVE" && !inForce(row)
              ? h("span", { class: "fine block" }, t("hoy no vale", "not in force today"))
              : null,
          ],
        },
        { head: t("qué cubre", "what it covers"), cell: covered },
        { head: t("desde", "from"), cell: (row) => day(row.startDate) },
        { head: t("hasta", "until"), cell: (row) => day(row.endDate) || t("sin término", "no end") },
        {
          head: "",
          kind: "actions",
          cell: (row) =>
            isChamber()
              ? inForce(row) && row.acts?.some((act) => act !== "CONSENT_ACT_PROPOSE")
                ? [
                    row.acts.some((act) => act.endsWith("_DEMAND"))
                      ? h(
                          "a",
                          { class: "block", href: link("needs", { company: companyOf(row) }) },
                          t("Necesidades", "Needs"),
                        )
                      : null,
                    row.acts.includes("CONSENT_ACT_OFFER_PLACES")
                      ? h(
                          "a",
                          { class: "block", href: link("own-places", { company: companyOf(row) }) },
                          t("Plazas", "Places"),
                        )
                      : null,
                  ]
                : null
              : row.state === "CONSENT_STATE_ACTIVE"
                ? writeButton({
                    button: t("Retirar", "Withdraw"),
                    title: t("Retirar el consentimiento", "Withdraw the consent"),
                    method: `${SERVICE}/WithdrawConsent`,
                    before: row,
                    danger: true,
                    request: () => ({ name: row.name, etag: row.etag }),
                    done: context.refresh,
                  })
                : null,
        },
      ],
    }),
  ];
}

export const consents: Page = {
  path: "consents",
  title,
  group: "work",
  kinds: ["company", "chamber"],
  show,
};
