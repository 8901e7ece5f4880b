// Programs and microcredentials: a school's own, or all.
import type { MicrocredentialVersion, ProgramVersion } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, credits } from "../format";
import { lastId, stateName } from "../labels";
import { list, one } from "../list";
import { attempt, block, facts, stateTag } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, ownRecord, session, t } from "../session";
import { draftProgram } from "./program";
import { draftVersion } from "./version";

export const titleOf = (row: { titleEs?: string; titleEn?: string }) => either(row.titleEs, row.titleEn);

export const ofOwn = () => (session().kind === "organization" ? `organization = "${ownRecord()}"` : "");

async function showPrograms(context: Context): Promise<Child[]> {
  const { signal } = context;
  const { answer: organization, hole } = await attempt("education", async () =>
    session().kind === "organization"
      ? one("puente.education.v1.OrganizationService/GetOrganization", ownRecord(), { signal })
      : undefined,
  );
  return [
    h("h1", null, t("Programas y microcredenciales", "Programs and microcredentials")),
    hole,
    organization
      ? facts([
          [t("organización", "organization"), organization.legalName ?? ""],
          [t("registro", "registration"), stateTag(organization.state)],
          [t("estado", "state"), stateName(organization.stateCode)],
          [t("motivo", "reason"), organization.stateReason ?? ""],
        ])
      : null,
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
