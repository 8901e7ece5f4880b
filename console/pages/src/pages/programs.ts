// Programs and microcredentials, and what a program says.
import type { MicrocredentialVersion, ProgramVersion } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, moment } from "../format";
import { labelOf, lastId, stateName } from "../labels";
import { list, one } from "../list";
import { attempt, block, facts, generated, none, owned, stateTag, table } from "../parts";
import { link, type Context, type Page } from "../router";
import { either, ownRecord, session, t } from "../session";
import { outcomes } from "./evidence";

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

export const credits = (e4: string | number | undefined): Child =>
  Number(e4 ?? 0) ? (Number(e4) / 1e4).toFixed(4) : h("span", { class: "mark none" }, "–");

async function showProgram(context: Context): Promise<Child[]> {
  const row = await one(
    "puente.education.v1.ProgramService/GetProgramVersion",
    context.query.get("name") ?? "",
    { signal: context.signal },
  );
  return [
    h("h1", null, titleOf(row)),
    h(
      "p",
      { class: "lead" },
      stateTag(row.state),
      " ",
      labelOf(row.organization),
      `, ${t("versión", "version")} ${lastId(row.name ?? "")}`,
    ),
    generated(row.recordKind),
    facts([
      [t("modalidad", "modality"), word(row.modality)],
      [t("nivel", "level"), row.level ?? ""],
      [t("carga de trabajo", "workload"), `${count(row.workloadHours)} h`],
      [t("créditos", "credits"), credits(row.creditsE4)],
      [t("publicado", "published"), moment(row.publishTime)],
    ]),
    block(t("Resultados de aprendizaje", "Learning outcomes"), outcomes(row.outcomes)),
    block(
      t("Lugares", "Seats"),
      row.seats?.length
        ? table(
            t("Lugares por ciclo y plantel", "Seats by cycle and campus"),
            [
              { head: t("ciclo", "cycle"), kind: "head", cell: (s) => s.period ?? "" },
              { head: t("plantel", "campus"), cell: (s) => labelOf(s.campus) },
              { head: t("lugares", "seats"), kind: "number", cell: (s) => count(s.seats) },
              { head: t("egresados", "graduates"), kind: "number", cell: (s) => count(s.graduates) },
            ],
            row.seats,
          )
        : none(t("No indica lugares.", "It states no seats.")),
    ),
    owned("education", row.source),
  ];
}

export const programs: Page = {
  path: "programs",
  title: () => t("Programas y microcredenciales", "Programs and microcredentials"),
  group: "work",
  kinds: ["organization", "agency/education"],
  show: showPrograms,
};

export const program: Page = {
  path: "program",
  title: () => t("Programa", "Program"),
  group: "work",
  kinds: ["*"],
  show: showProgram,
  detail: true,
};
