// Which campuses could teach something now, which with what, and of which that isn't known; a school answers a call
// with one of its own.
import { call, ownerOf } from "../call";
import type {
  CampusFeasibility,
  CheckFeasibilityRequest,
  Feasibility,
  FeasibilityGap,
  FeasibilityNeed,
  Provenance,
} from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { several, type Field } from "../fields";
import { allSkills, filters, stateChoice } from "../filters";
import { count, day, readDay, today } from "../format";
import { agencyName, labelOf, labelsOf, stateName } from "../labels";
import { filled, generated, growing, holeOf, none, section, table } from "../parts";
import { link, type Context, type Page } from "../router";
import { ownRecord, t } from "../session";
import { answerButton } from "./calls";
import { COUNTRY } from "./overview";
import { titleOf } from "./programs";

const METHOD = "puente.gateway.v1.CouncilService/CheckFeasibility";

const asked = (ofProposal: boolean): Field[] => [
  ...(ofProposal
    ? []
    : [
        {
          name: "skills",
          label: t("Qué se ha de enseñar", "What is to be taught"),
          kind: "many" as const,
          later: allSkills,
        },
      ]),
  stateChoice(),
  { name: "seats", label: t("Estudiantes a la vez", "Learners at a time"), kind: "number", value: "20" },
  { name: "from", label: t("Desde", "From"), kind: "date", value: today() },
  {
    name: "teacher",
    label: t("Estudiantes por docente", "Learners per teacher"),
    kind: "number",
    value: "30",
  },
  {
    name: "places",
    label: t("Con plaza en empresas", "With places at companies"),
    kind: "number",
    value: "0",
  },
];

const LINKS: Record<string, string> = {
  programs: "program",
  microcredentials: "version",
  facilities: "facility",
};
const named = (name: string | undefined): Child => {
  const page = LINKS[(name ?? "").split("/")[0]];
  return name ? h(page ? "a" : "span", page ? { href: link(page, { name }) } : null, labelOf(name)) : null;
};

// "3 docentes por actualizar en Soldadura", and of whom.
function need(row: FeasibilityNeed): Child {
  const kind = (row.kind ?? "").slice("FEASIBILITY_NEED_KIND_".length);
  const countFirst = ["TEACHERS_TO_TRAIN", "TEACHERS_MISSING", "TRAINING_PLACES"].includes(kind);
  return h(
    "li",
    null,
    countFirst && row.count !== undefined ? `${count(row.count)} ` : "",
    word(row.kind),
    row.skill ? [" ", labelOf(row.skill)] : "",
    !countFirst && row.count !== undefined ? `: ${count(row.count)} ${t("lugares", "seats")}` : "",
    row.facility || row.programVersion ? [" (", named(row.facility || row.programVersion), ")"] : "",
    row.facility
      ? h(
          "span",
          { class: "fine block" },
          row.terms === "FACILITY_TERMS_HIDDEN"
            ? t(
                "si hay convenio no se le informa a usted",
                "whether there is an agreement is not told to you",
              )
            : t("por un convenio que aún no hay", "by an agreement that is not there yet"),
        )
      : null,
  );
}

const gap = (row: FeasibilityGap): Child =>
  h(
    "li",
    null,
    h("span", { class: "mark unknown" }, word(row.subject), row.skill ? [" ", labelOf(row.skill)] : ""),
    h("span", { class: "fine block" }, `${word(row.reason)} (${agencyName(row.agency)})`),
  );

const bullets = (items: Child[]): Child =>
  items.length
    ? h("ul", { class: "fields" }, items)
    : h("span", { class: "mark none" }, t("nada", "nothing"));

function verdict({ verdict }: CampusFeasibility): Child {
  switch (verdict) {
    case "FEASIBILITY_VERDICT_NOW":
      return h("span", { class: "tag good" }, t("puede ya", "can now"));
    case "FEASIBILITY_VERDICT_WITH":
      return h("span", { class: "tag open" }, t("con lo que falta", "with what is lacking"));
    default:
      return h("span", { class: "mark unknown" }, t("no se sabe", "not known"));
  }
}

// A campus with what the page of the answer that it is on rests on.
type Checked = CampusFeasibility & { teaching?: Provenance };
const checkedOf = ({ campuses, teaching }: Feasibility): Checked[] =>
  (campuses ?? []).map((campus) => ({ ...campus, teaching }));

const columns = (context: Context) => [
  {
    head: t("plantel", "campus"),
    kind: "head" as const,
    cell: ({ site }: CampusFeasibility): Child => [
      site?.campus?.titleEs ?? "",
      h(
        "span",
        { class: "fine block" },
        `${site?.legalName ?? ""}; ${site?.municipality ? `${site.municipality}, ` : ""}${stateName(site?.stateCode)}`,
      ),
    ],
  },
  { head: t("¿puede?", "can it?"), cell: verdict },
  {
    head: t("qué falta", "what is lacking"),
    cell: (row: CampusFeasibility): Child => bullets((row.needs ?? []).map(need)),
  },
  {
    head: t("qué no se sabe", "what is not known"),
    cell: (row: CampusFeasibility): Child => bullets((row.unknowns ?? []).map(gap)),
  },
  {
    head: t("con qué", "with what"),
    cell: ({ site, uses }: CampusFeasibility): Child =>
      bullets(
        [
          ...(site?.programs ?? []).map((p) => named(p.programVersion)),
          ...(site?.facilities ?? []).map((f) => named(f.facility)),
          ...(uses ?? []).map(named),
        ].map((node) => h("li", null, node)),
      ),
  },
  {
    head: "",
    kind: "actions" as const,
    cell: ({ site, teaching }: Checked): Child => {
      const schoolCall = context.query.get("call");
      return schoolCall && site?.organization === ownRecord() && site.campus?.name
        ? answerButton(schoolCall, context, {
            campus: site.campus.name,
            asOfTime: teaching?.asOfTime,
            freshnessToken: teaching?.freshnessToken,
          })
        : null;
    },
  },
];

async function answer(request: CheckFeasibilityRequest, context: Context): Promise<Child[]> {
  const first = await call(METHOD, request, { signal: context.signal });
  const campuses = checkedOf(first);
  const nodes = growing(
    {
      owner: ownerOf(METHOD),
      content: () =>
        campuses.length
          ? table(
              t("Planteles, por estado y municipio", "Campuses, by state and municipality"),
              columns(context),
              campuses,
            )
          : none(
              t(
                "De ningún plantel se sabe que lo enseñe o tenga con qué.",
                "No campus is known to teach it, or to have the means.",
              ),
            ),
      count: () => campuses.length,
      next: async (pageToken) => {
        const further = await call(METHOD, { ...request, pageToken });
        campuses.push(...checkedOf(further));
        return { token: further.nextPageToken, hole: holeOf(further.teaching) };
      },
    },
    first.nextPageToken,
  );
  const { places } = first;
  return [
    holeOf(first.proposal?.agency ? first.proposal : { state: "SECTION_STATE_FRESH" }),
    h(
      "p",
      null,
      labelsOf(first.skills),
      `; ${count(first.seatCount)} ${t("estudiantes, desde", "learners, from")} ${day(first.beginDate)}.`,
    ),
    first.skillsLeftOut?.length
      ? h(
          "p",
          { class: "unsplit-note" },
          t("De estas no se dice nada, son demasiadas: ", "Of these nothing is said, there are too many: "),
          labelsOf(first.skillsLeftOut),
        )
      : null,
    section(t("Planteles", "Campuses"), first.teaching, () => [generated(first.recordKind), nodes]),
    request.trainingPlaceCount
      ? section(t("Plazas en empresas", "Places at companies"), places?.provenance, () => [
          places?.places?.matches?.length
            ? table(
                t("Las más cercanas primero", "The nearest first"),
                [
                  {
                    head: t("plaza", "place"),
                    kind: "head",
                    cell: (m) =>
                      h(
                        "a",
                        { href: link("place", { name: m.trainingPlace?.name }) },
                        titleOf(m.trainingPlace ?? {}),
                      ),
                  },
                  { head: t("dónde", "where"), cell: (m) => stateName(m.trainingPlace?.stateCode) },
                  {
                    head: t("libres", "free"),
                    kind: "number",
                    cell: (m) =>
                      m.free === undefined
                        ? h("span", { class: "mark hidden" }, t("reservado", "withheld"))
                        : count(m.free),
                  },
                ],
                places.places.matches,
              )
            : none(t("Ninguna sirve.", "None fits.")),
        ])
      : null,
  ];
}

async function show(context: Context): Promise<Child[]> {
  const { query } = context;
  const proposal = query.get("proposal") ?? "";
  const skills = several(query.get("skills") ?? "");
  const request: CheckFeasibilityRequest = {
    ...(proposal ? { proposal } : { skills }),
    stateCode: query.get("state") ?? "",
    seatCount: Number(query.get("seats") ?? 20),
    beginDate: readDay(query.get("from") ?? ""),
    learnersPerTeacher: Number(query.get("teacher") ?? 30),
    trainingPlaceCount: Number(query.get("places") ?? 0),
  };
  return [
    h("h1", null, t("¿Se podría enseñar?", "Could it be taught?")),
    h(
      "p",
      { class: "lead" },
      proposal
        ? [
            t("Lo que pide la propuesta ", "What the proposal asks for: "),
            h("a", { href: link("proposal", { name: proposal }) }, labelOf(proposal)),
            ".",
          ]
        : t(
            "Qué planteles podrían, y con qué, según lo que está registrado. Prometerlo es de la escuela.",
            "Which campuses could, and with what, by what is recorded. To promise it is the school's.",
          ),
    ),
    filters("feasibility", context, asked(!!proposal), ["proposal", "call"]),
    ...(proposal || skills.length
      ? await filled(ownerOf(METHOD), () => answer(request, context))
      : [none(t("Diga qué se ha de enseñar.", "Say what is to be taught."))]),
  ];
}

export const feasibility: Page = {
  path: "feasibility",
  title: () => t("¿Se podría enseñar?", "Could it be taught?"),
  group: "country",
  kinds: COUNTRY,
  show,
};
