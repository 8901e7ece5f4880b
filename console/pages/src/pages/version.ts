// A version of a microcredential: what it certifies, who certifies it, and how it is submitted to a body.
import { call } from "../call";
import { h, type Child } from "../dom";
import { word } from "../enums";
import { count, day, moment } from "../format";
import { labelOf, lastId, stateNames } from "../labels";
import { all, one } from "../list";
import { attempt, block, facts, filled, generated, owned, stateTag, table } from "../parts";
import { type Context, type Page } from "../router";
import { either, ownRecord, t } from "../session";
import { writeButton } from "../write";
import { newId } from "./bodies";
import { outcomes } from "./evidence";
import { credits, titleOf } from "./programs";

async function showVersion(context: Context): Promise<Child[]> {
  const name = context.query.get("name") ?? "",
    { signal } = context;
  const row = await one("puente.education.v1.MicrocredentialService/GetMicrocredentialVersion", name, {
    signal,
  });
  const own = row.organization === ownRecord() && row.state === "MICROCREDENTIAL_STATE_PUBLISHED";
  const { answer: bodies = [], hole } = await attempt("gateway", async () =>
    own
      ? all(
          "puente.gateway.v1.CertifierService/ListCertifiers",
          {},
          (answer) => answer.certifiers,
          { signal },
        )
      : [],
  );
  return [
    h("h1", null, titleOf(row)),
    h(
      "p",
      { class: "lead" },
      stateTag(row.state),
      " ",
      row.awardingBody ?? "",
      `, ${t("versión", "version")} ${lastId(name)}`,
    ),
    generated(row.recordKind),
    facts([
      [t("carga de trabajo", "workload"), `${count(row.totalHours || row.workloadHours)} h`],
      [t("créditos", "credits"), credits(row.creditsE4)],
      [t("nivel", "level"), row.level || t("no aplica", "not applicable")],
      [t("evaluación", "assessment"), word(row.assessmentType)],
      [t("participación", "participation"), word(row.participationForm)],
      [t("sector", "sector"), row.sectorTable ? labelOf(row.sectorTable) : ""],
      [t("se revisa el", "reviewed on"), day(row.reviewDate)],
      [t("publicada", "published"), moment(row.publishTime)],
      [t("aseguramiento de calidad", "quality assurance"), row.qualityAssurance ?? ""],
    ]),
    hole,
    own && bodies.length
      ? h(
          "div",
          { class: "buttons" },
          writeButton({
            button: t("Presentar a un organismo", "Submit to a body"),
            title: t("Presentar a un organismo certificador", "Submit to a certification body"),
            method: "puente.gateway.v1.SubmissionService/CreateSubmission",
            done: context.refresh,
            fields: [
              {
                name: "body",
                label: t("Organismo", "Body"),
                kind: "select",
                options: bodies.map((b): [string, string] => [b.name!, either(b.labelEs, b.labelEn)]),
              },
              { name: "note", label: t("Nota", "Note"), kind: "area", optional: true },
            ],
            request: (v) => ({
              parent: v.body,
              submissionId: newId(name.split("/")[1].slice(0, 40)),
              submission: { organization: ownRecord(), microcredentialVersion: name, note: v.note },
            }),
          }),
        )
      : null,
    block(t("Resultados de aprendizaje", "Learning outcomes"), outcomes(row.outcomes)),
    block(
      t("Certificaciones", "Certifications"),
      await filled("education", async () => {
        const status = await call(
          "puente.education.v1.CertificationService/GetCertificationStatus",
          { microcredentialVersion: name },
          { signal },
        );
        return [
          h(
            "p",
            null,
            status.certified
              ? h("span", { class: "tag good" }, t("certificada hoy", "certified today"))
              : h("span", { class: "tag bad" }, t("sin certificación hoy", "not certified today")),
          ),
          status.certifications?.length
            ? table(
                t("Certificaciones", "Certifications"),
                [
                  { head: t("organismo", "body"), kind: "head", cell: (c) => labelOf(c.certifier) },
                  { head: t("desde", "from"), cell: (c) => day(c.startDate) },
                  { head: t("hasta", "until"), cell: (c) => day(c.endDate) },
                  {
                    head: t("dónde", "where"),
                    cell: (c) => stateNames(c.stateCodes) || t("todo el país", "whole country"),
                  },
                  { head: t("condiciones", "conditions"), cell: (c) => c.conditions || "–" },
                ],
                status.certifications,
              )
            : null,
        ];
      }),
    ),
    owned("education", row.source),
  ];
}

export const version: Page = {
  path: "version",
  title: () => t("Microcredencial", "Microcredential"),
  group: "work",
  kinds: ["*"],
  show: showVersion,
  detail: true,
};
