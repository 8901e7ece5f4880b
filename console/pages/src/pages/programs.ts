// Programs and microcredentials: a school's own, or all.
import type { Campus, MicrocredentialVersion, ProgramVersion } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { stateField } from "../filters";
import { count, credits } from "../format";
import { lastId, stateName } from "../labels";
import { list, oneOrNone } from "../list";
import { attempt, block, facts, none, stateTag } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, ownRecord, session, t } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";
import { slug } from "./drafting";
import { enterSchool } from "./parties";
import { draftProgram } from "./program";
import { draftVersion } from "./version";

export const titleOf = (row: { titleEs?: string; titleEn?: string }) => either(row.titleEs, row.titleEn);

export const ofOwn = () => (session().kind === "organization" ? `organization = "${ownRecord()}"` : "");

// Where a school teaches: its programs state their seats by campus.
const campuses = async (context: Context): Promise<Child> =>
  block(
    t("Planteles", "Campuses"),
    h(
      "div",
      { class: "buttons" },
      writeButton({
        button: t("Añadir un plantel", "Add a campus"),
        title: t("Añadir un plantel", "Add a campus"),
        method: "puente.education.v1.CampusService/CreateCampus",
        fields: [
          { name: "title", label: t("Nombre del plantel", "Name of the campus") },
          stateField(""),
          { name: "municipality", label: t("Municipio", "Municipality") },
          {
            name: "cct",
            label: t("Clave del centro de trabajo (CCT)", "Key of the work centre (CCT)"),
            optional: true,
          },
        ],
        request: (v) => ({
          parent: ownRecord(),
          campusId: newId(slug(v.title)),
          campus: { titleEs: v.title, stateCode: v.state, municipality: v.municipality, cct: v.cct },
        }),
        done: context.refresh,
      }),
    ),
    await list({
      method: "puente.education.v1.CampusService/ListCampuses",
      request: { parent: ownRecord() },
      rows: (answer) => answer.campuses,
      signal: context.signal,
      caption: t("Planteles", "Campuses"),
      empty: t("No hay planteles.", "There are no campuses."),
      columns: [
        { head: t("plantel", "campus"), kind: "head", cell: (row: Campus) => row.titleEs ?? "" },
        { head: t("municipio", "municipality"), cell: (row) => row.municipality ?? "" },
        { head: t("estado", "state"), cell: (row) => stateName(row.stateCode) },
        { head: "CCT", cell: (row) => row.cct || "–" },
      ],
    }),
  );

async function showPrograms(context: Context): Promise<Child[]> {
  const { signal } = context;
  const isSchool = session().kind === "organization";
  const { answer: organization, hole } = await attempt("education", async () =>
    isSchool
      ? oneOrNone("puente.education.v1.OrganizationService/GetOrganization", ownRecord(), { signal })
      : undefined,
  );
  const title = h("h1", null, t("Programas y microcredenciales", "Programs and microcredentials"));
  if (isSchool && !organization && !hole)
    return [
      title,
      none(
        t("Su escuela no está en el registro de Educación.", "Your school is not in Education's register."),
      ),
      h("div", { class: "buttons" }, enterSchool(context)),
    ];
  return [
    title,
    hole,
    organization
      ? facts([
          [t("organización", "organization"), organization.legalName ?? ""],
          [t("registro", "registration"), stateTag(organization.state)],
          [t("estado", "state"), stateName(organization.stateCode)],
          [t("motivo", "reason"), organization.stateReason ?? ""],
        ])
      : null,
    organization ? await campuses(context) : null,
    block(
      t("Programas", "Programs"),
      organization ? h("div", { class: "buttons" }, draftProgram()) : null,
      await list({
        method: "puente.education.v1.ProgramService/ListProgramVersions",
        request: { parent: "programs/-", filter: ofOwn() },
        rows: (answer) => answer.programVersions,
        signal,
        caption: t("Versiones de programas", "Versions of programs"),
        empty: t("No hay programas.", "There are no programs."),
        columns: [
          {
            head: t("programa", "program"),
            kind: "head",
            cell: (row: ProgramVersion) =>
              h("a", { href: link("program", { name: row.name }) }, titleOf(row)),
          },
          { head: t("versión", "version"), kind: "number", cell: (row) => lastId(row.name ?? "") },
          { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
          { head: t("modalidad", "modality"), cell: (row) => word(row.modality) },
          { head: t("horas", "hours"), kind: "number", cell: (row) => count(row.workloadHours) },
          { head: t("créditos", "credits"), kind: "number", cell: (row) => credits(row.creditsE4) },
        ],
      }),
    ),
    block(
      t("Microcredenciales", "Microcredentials"),
      session().caller === "agency/education" ? h("div", { class: "buttons" }, draftVersion()) : null,
      await list({
        method: "puente.education.v1.MicrocredentialService/ListMicrocredentialVersions",
        request: { parent: "microcredentials/-", filter: ofOwn() },
        rows: (answer) => answer.microcredentialVersions,
        signal,
        caption: t("Versiones de microcredenciales", "Versions of microcredentials"),
        empty: t("No hay microcredenciales.", "There are no microcredentials."),
        columns: [
          {
            head: t("microcredencial", "microcredential"),
            kind: "head",
            cell: (row: MicrocredentialVersion) =>
              h("a", { href: link("version", { name: row.name }) }, titleOf(row)),
          },
          { head: t("versión", "version"), kind: "number", cell: (row) => lastId(row.name ?? "") },
          { head: t("estado", "state"), cell: (row) => stateTag(row.state) },
          { head: t("evaluación", "assessment"), cell: (row) => word(row.assessmentType) },
          { head: t("horas", "hours"), kind: "number", cell: (row) => count(row.workloadHours) },
          { head: t("créditos", "credits"), kind: "number", cell: (row) => credits(row.creditsE4) },
        ],
      }),
    ),
  ];
}

export const programs: Page = {
  path: "programs",
  title: () => t("Programas y microcredenciales", "Programs and microcredentials"),
  group: "work",
  kinds: ["organization", "agency/education"],
  show: showPrograms,
};
