// What the agencies say about a version that a body reviews: as it was kept, and as it is today.
import type { Dossier, DossierPreview, LearningOutcome } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, figureNode, figureOf, moment } from "../format";
import { agencyName, labelOf, labelsOf, lastId } from "../labels";
import { facts, generated, none, section, table, tile } from "../parts";
import { either, t } from "../session";

// --- A submission, and the evidence about it ---

const SECTIONS: Record<string, [string, string]> = {
  definition: ["qué certifica", "what it certifies"],
  demand: ["demanda", "demand"],
  seats: ["lugares", "seats"],
  technology: ["tecnología", "technology"],
  employment: ["empleo", "employment"],
  recognition: ["reconocimiento", "recognition"],
  organization: ["organización", "organization"],
  certifications: ["certificaciones", "certifications"],
};

export const sectionName = (id: string | undefined) => (id && SECTIONS[id] ? t(...SECTIONS[id]) : (id ?? ""));

// What is asked for of a dossier whose owners did not answer: one reason for each.
export const missing = (dossier: Dossier) =>
  (dossier.sections ?? []).filter(
    (s) => s.provenance?.state === "SECTION_STATE_MISSING" || s.provenance?.state === "SECTION_STATE_DENIED",
  );

// `when` stands behind each title, where a page shows two.
export function evidence(preview: DossierPreview, when = ""): Child[] {
  const part: typeof section = (title, ...rest) => section(when ? `${title} (${when})` : title, ...rest);
  const version = preview.definition?.version;
  const skills = (rows: { skill?: string; count?: any }[] | undefined, unit: string) =>
    rows?.length
      ? table(
          unit,
          [
            { head: t("habilidad", "skill"), kind: "head", cell: (row) => labelOf(row.skill) },
            { head: unit, kind: "number", cell: (row) => figureNode(figureOf(row.count), false) },
          ],
          rows,
        )
      : none(t("No hay ninguna.", "There is none."));
  const seats = preview.seats?.seats;
  return [
    part(
      t("Definición: qué certifica", "Definition: what it certifies"),
      preview.definition?.provenance,
      () => [
        generated(version?.recordKind),
        facts([
          [t("título", "title"), either(version?.titleEs, version?.titleEn)],
          [t("entidad que otorga", "awarding body"), version?.awardingBody ?? ""],
          [t("carga de trabajo", "workload"), `${count(version?.workloadHours)} h`],
          [t("nivel", "level"), version?.level || t("no aplica", "not applicable")],
          [t("evaluación", "assessment"), word(version?.assessmentType)],
          [t("participación", "participation"), word(version?.participationForm)],
          [t("aseguramiento de calidad", "quality assurance"), version?.qualityAssurance ?? ""],
        ]),
        h("h3", null, t("Resultados de aprendizaje", "Learning outcomes")),
        outcomes(version?.outcomes),
      ],
    ),
    part(
      t("Demanda: quién lo necesita", "Demand: who needs it"),
      preview.demand?.provenance,
      () => [
        generated(preview.demand?.summary?.recordKind),
        h(
          "div",
          { class: "kpis" },
          tile(
            figureNode(figureOf(preview.demand?.summary?.headCount), false),
            t("personas requeridas", "people needed"),
          ),
        ),
        skills(preview.demand?.summary?.topSkills, t("personas", "people")),
      ],
      preview.demand?.summary?.sources,
    ),
    part(
      t("Enseñanza: lugares en programas", "Teaching: seats in programs"),
      preview.seats?.provenance,
      () => [
        generated(seats?.recordKind),
        seats?.skillSeats?.length
          ? table(
              t("Lugares por habilidad", "Seats by skill"),
              [
                { head: t("habilidad", "skill"), kind: "head", cell: (row) => labelOf(row.skill) },
                { head: t("lugares", "seats"), kind: "number", cell: (row) => count(row.seats?.seatCount) },
                {
                  head: t("programas", "programs"),
                  kind: "number",
                  cell: (row) => count(row.seats?.programCount),
                },
              ],
              seats.skillSeats,
            )
          : none(
              t(
                "Ningún programa enseña sus habilidades en este ciclo.",
                "No program teaches its skills in this cycle.",
              ),
            ),
      ],
      seats?.sources,
    ),
    part(
      t("Tecnología: lo que viene", "Technology: what is coming"),
      preview.technology?.provenance,
      () => [
        generated(preview.technology?.summary?.recordKind),
        skills(preview.technology?.summary?.topSkills, t("señales", "signals")),
      ],
      preview.technology?.summary?.sources,
    ),
    part(
      t("Empleo: qué puestos se ofrecen", "Employment: what jobs are offered"),
      preview.employment?.provenance,
      () => [
        generated(preview.employment?.statistics?.recordKind),
        h("p", null, preview.employment?.about ?? ""),
        h(
          "div",
          { class: "kpis" },
          tile(
            figureNode(
              preview.employment?.statistics?.vacancyCount === undefined
                ? "unknown"
                : Number(preview.employment.statistics.vacancyCount),
              false,
            ),
            t("vacantes ofrecidas", "vacancies offered"),
          ),
        ),
      ],
      preview.employment?.statistics?.sources,
    ),
  ];
}

// What a section says first, of two answers to be held against each other.
const MEASURES: Record<string, (preview: DossierPreview) => Child> = {
  definition: ({ definition }) => definition?.version && word(definition.version.state),
  demand: ({ demand }) =>
    demand?.summary && [
      figureNode(figureOf(demand.summary.headCount), false),
      ` ${t("personas requeridas", "people needed")}`,
    ],
  seats: ({ seats }) =>
    seats?.seats &&
    `${count(seats.seats.skillSeats?.filter((each) => Number(each.seats?.seatCount ?? 0)).length)} ${t("habilidades con lugares", "skills with seats")}`,
  technology: ({ technology }) =>
    technology?.summary && `${count(technology.summary.signalCount)} ${t("señales", "signals")}`,
  employment: ({ employment }) =>
    employment?.statistics &&
    `${count(employment.statistics.vacancyCount)} ${t("vacantes ofrecidas", "vacancies offered")}`,
};
// What an answer says of itself and not of its subject.
const OF_ITSELF = ["provenance", "asOfTime", "checkTime", "freshnessToken", "about"];
const said = (answer: unknown) =>
  JSON.stringify(answer, (name, value) => (OF_ITSELF.includes(name) ? undefined : value));

// What a dossier holds beside what the agencies answer today: whether it still is so.
export function sinceThen(kept: DossierPreview, current: DossierPreview): Child {
  const answers = (preview: DossierPreview, id: string) => (preview as any)[id];
  const isThere = (preview: DossierPreview, id: string) => !!MEASURES[id](preview);
  return table(
    t("Lo guardado y lo de hoy", "What is kept, and what is said today"),
    [
      { head: t("sección", "section"), kind: "head", cell: (id: string) => sectionName(id) },
      { head: t("guardado", "kept"), cell: (id) => MEASURES[id](kept) || missingMark() },
      { head: t("hoy", "today"), cell: (id) => MEASURES[id](current) || missingMark() },
      {
        head: t("cambió", "changed"),
        cell: (id) =>
          !isThere(kept, id) || !isThere(current, id)
            ? h("span", { class: "mark unknown" }, t("no se sabe", "not known"))
            : said(answers(kept, id)) === said(answers(current, id))
              ? t("no", "no")
              : h("span", { class: "tag open" }, t("sí", "yes")),
      },
    ],
    Object.keys(MEASURES),
  );
}
const missingMark = () => h("span", { class: "mark unknown" }, t("falta", "missing"));

export const outcomes = (all: LearningOutcome[] | undefined): Child =>
  all?.length
    ? h(
        "ol",
        { class: "outcomes" },
        all.map((outcome) =>
          h(
            "li",
            null,
            h("p", { class: "free" }, outcome.statement ?? ""),
            h(
              "p",
              { class: "fine" },
              outcome.hours ? `${count(outcome.hours)} h` : "",
              outcome.hours && outcome.skills?.length ? "; " : "",
              outcome.skills?.length ? [`${t("habilidades", "skills")}: `, labelsOf(outcome.skills)] : "",
            ),
          ),
        ),
      )
    : none(t("No los indica.", "It states none."));

export function dossierBlock(dossier: Dossier | undefined): Child {
  if (!dossier)
    return none(
      t(
        "No hay expediente abierto de esta solicitud. Al abrirlo, lo que cada dependencia responde queda guardado como evidencia.",
        "No dossier is open for this submission. When one is opened, what each agency answers is kept as evidence.",
      ),
    );
  return [
    facts([
      [t("expediente", "dossier"), lastId(dossier.name ?? "")],
      [t("abierto el", "opened"), moment(dossier.createTime)],
      [t("permite decidir hasta", "can be decided on until"), moment(dossier.expireTime)],
      [t("quien lo abrió", "opened by"), dossier.actor ?? ""],
    ]),
    table(
      t("Sus secciones", "Its sections"),
      [
        { head: t("sección", "section"), kind: "head", cell: (row) => sectionName(row.section) },
        { head: t("de", "owner"), cell: (row) => agencyName(row.provenance?.agency) },
        {
          head: t("al", "as of"),
          cell: (row) => moment(row.provenance?.asOfTime) || h("span", { class: "mark none" }, "–"),
        },
        {
          head: t("respuesta", "answer"),
          cell: (row) =>
            row.answerType
              ? h("span", { class: "tag good" }, t("declarada", "stated"))
              : [
                  h(
                    "span",
                    {
                      class:
                        row.provenance?.state === "SECTION_STATE_NOT_ASKED" ? "mark unasked" : "mark unknown",
                    },
                    row.provenance?.state === "SECTION_STATE_NOT_ASKED"
                      ? t("nada que preguntar", "nothing to ask")
                      : row.provenance?.state === "SECTION_STATE_DENIED"
                        ? t("denegada", "denied")
                        : t("falta", "missing"),
                  ),
                  h("span", { class: "fine block" }, row.provenance?.failure?.message ?? ""),
                ],
        },
      ],
      dossier.sections ?? [],
    ),
  ];
}
