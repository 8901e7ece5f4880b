// A submission: the evidence about it, findings, the decision.
import { call } from "../call";
import type { Certification, Decision, Dossier, Submission } from "../contract";
import { h, type Child } from "../dom";
import { word } from "../enums";
import type { Field } from "../fields";
import { day, moment, readDay, today } from "../format";
import { labelOf } from "../labels";
import { all, one } from "../list";
import { attempt, block, details, facts, filled, generated, none, stateTag, table } from "../parts";
import { type Context, type Page } from "../router";
import { ownRecord, session, t } from "../session";
import { writeButton } from "../write";
import { isSchool, mine, newId, ofSchool } from "./bodies";
import { dossierBlock, evidence, missing, sectionName, sinceThen } from "./evidence";
import { findingColumns, findingsOf } from "./findings";
import { decisionColumns } from "./decisions";

// What can be decided, by the last part of a DecisionKind.
type Kind = "CERTIFY" | "RETURN" | "REJECT" | "SUSPEND" | "RESUME" | "RENEW" | "WITHDRAW";

interface Choice {
  button: string;
  title: string;
  fields: Field[];
  dossier?: boolean; // without one it is refused
  danger?: boolean;
}

const reasonField = (): Field => ({
  name: "reason",
  label: t(
    "Razón, en palabras con las que la organización pueda actuar",
    "Reason, in words that the organization can act on",
  ),
  kind: "area",
});
const fromField = (): Field => ({
  name: "from",
  label: t("Desde el día", "From the day"),
  kind: "date",
  optional: true,
  hint: t("Sin él, desde hoy.", "Without it, from today."),
});
const untilField = (more: Partial<Field>): Field => ({
  name: "until",
  label: t("Vigente hasta", "In force until"),
  kind: "date",
  ...more,
});

const choiceOf = (kind: Kind, certification?: Certification): Choice => {
  switch (kind) {
    case "CERTIFY":
      return {
        button: t("Certificar", "Certify"),
        title: t("Certificar la microcredencial", "Certify the microcredential"),
        fields: [
          untilField({ value: today(3 * 365) }),
          { name: "conditions", label: t("Condiciones", "Conditions"), kind: "area", optional: true },
        ],
        dossier: true,
      };
    case "RETURN":
      return {
        button: t("Devolver", "Return"),
        title: t("Devolver la solicitud para que se corrija", "Return the submission to be mended"),
        fields: [reasonField()],
      };
    case "REJECT":
      return {
        button: t("Rechazar", "Reject"),
        title: t("Rechazar la solicitud", "Reject the submission"),
        fields: [reasonField()],
        dossier: true,
        danger: true,
      };
    case "SUSPEND":
      return {
        button: t("Suspender", "Suspend"),
        title: t("Suspender la certificación", "Suspend the certification"),
        fields: [reasonField(), fromField()],
        danger: true,
      };
    case "RESUME":
      return {
        button: t("Reanudar", "Resume"),
        title: t("Reanudar la certificación", "Resume the certification"),
        fields: [{ ...reasonField(), optional: true }, fromField()],
      };
    case "RENEW":
      return {
        button: t("Renovar", "Renew"),
        title: t("Renovar la certificación", "Renew the certification"),
        fields: [
          untilField({
            hint: certification && `${t("Ahora, hasta el", "Now, until")} ${day(certification.endDate)}.`,
          }),
          { ...reasonField(), optional: true },
        ],
        dossier: true,
      };
    case "WITHDRAW":
      return {
        button: t("Retirar la certificación", "Withdraw the certification"),
        title: t("Retirar la certificación", "Withdraw the certification"),
        fields: [reasonField(), fromField()],
        danger: true,
      };
  }
};

// What may take the place of a decision under appeal.
const REPLACEMENTS: Record<string, Kind[]> = {
  DECISION_KIND_RETURN: ["CERTIFY"],
  DECISION_KIND_REJECT: ["CERTIFY", "RETURN"],
  DECISION_KIND_SUSPEND: ["RESUME"],
  DECISION_KIND_WITHDRAW: ["CERTIFY"],
};
// What may become of a certification.
const CHANGES: Record<string, Kind[]> = {
  CERTIFICATION_STATE_ACTIVE: ["RENEW", "SUSPEND", "WITHDRAW"],
  CERTIFICATION_STATE_SUSPENDED: ["RENEW", "RESUME", "WITHDRAW"],
  CERTIFICATION_STATE_WITHDRAWN: [],
  CERTIFICATION_STATE_TEACH_OUT: ["WITHDRAW"],
  CERTIFICATION_STATE_EXPIRED: [],
};

// What the server takes now; what is under appeal is answered before all else. Where Education does not say how
// a certification stands, the server does.
function kindsOf(
  submission: Submission,
  appealed: Decision | undefined,
  certification: Certification | undefined,
): Kind[] {
  // What has ended since can't be resumed.
  if (appealed?.kind === "DECISION_KIND_SUSPEND" && certification?.state === "CERTIFICATION_STATE_EXPIRED")
    return ["CERTIFY"];
  if (appealed) return REPLACEMENTS[appealed.kind ?? ""] ?? [];
  switch (submission.state) {
    case "SUBMISSION_STATE_IN_REVIEW":
      return ["CERTIFY", "RETURN", "REJECT"];
    case "SUBMISSION_STATE_CERTIFIED":
      return CHANGES[certification?.state ?? ""] ?? ["RENEW", "SUSPEND", "RESUME", "WITHDRAW"];
    default:
      return [];
  }
}

function decideButtons(
  submission: Submission,
  dossier: Dossier | undefined,
  appealed: Decision | undefined,
  certification: Certification | undefined,
  context: Context,
): Child {
  if (!mine()) return null;
  const name = submission.name!;
  const decide = (kind: Kind) => {
    const { button, title, fields, dossier: needed, danger } = choiceOf(kind, certification);
    if (needed && !dossier) return null;
    const overrides: Field[] =
      kind === "CERTIFY"
        ? missing(dossier!).map((s) => ({
            name: `override-${s.section}`,
            label: t(
              `Por qué se decide aunque falta «${sectionName(s.section)}»`,
              `Why it is decided although “${sectionName(s.section)}” is missing`,
            ),
            kind: "area" as const,
          }))
        : [];
    return writeButton({
      button,
      title,
      danger,
      method: "puente.gateway.v1.DecisionService/CreateDecision",
      fields: [...fields, ...overrides],
      done: context.refresh,
      request: (values) => ({
        parent: ownRecord(),
        decisionId: newId(kind.toLowerCase()),
        decision: {
          submission: name,
          kind: `DECISION_KIND_${kind}`,
          reason: values.reason,
          dossier: needed ? dossier!.name : undefined,
          startDate: readDay(values.from ?? ""),
          endDate: readDay(values.until ?? ""),
          conditions: values.conditions,
          replaces: appealed?.name,
          overrides: overrides.map((o) => ({
            section: o.name.slice("override-".length),
            reason: values[o.name],
          })),
        },
      }),
    });
  };
  const open = submission.state === "SUBMISSION_STATE_IN_REVIEW";
  const kinds = kindsOf(submission, appealed, certification);
  return h(
    "div",
    { class: "buttons" },
    submission.state === "SUBMISSION_STATE_SUBMITTED" || open
      ? writeButton({
          button: open ? t("Cambiar quién revisa", "Change the reviewer") : t("Asignar", "Assign"),
          title: t("Asignar la solicitud", "Assign the submission"),
          method: "puente.gateway.v1.SubmissionService/AssignSubmission",
          before: submission,
          fields: [{ name: "reviewer", label: t("Quien revisa", "Reviewer"), value: session().actor }],
          request: (values) => ({ name, etag: submission.etag, reviewer: values.reviewer }),
          done: context.refresh,
        })
      : null,
    kinds.some((kind) => choiceOf(kind).dossier)
      ? writeButton({
          button: t("Abrir expediente", "Open a dossier"),
          title: t(
            "Abrir un expediente: guardar lo que cada dependencia responde ahora",
            "Open a dossier: keep what each agency answers now",
          ),
          method: "puente.gateway.v1.DossierService/OpenDossier",
          request: () => ({ dossierId: newId("exp"), submission: name }),
          done: context.refresh,
        })
      : null,
    kinds.map(decide),
    appealed
      ? writeButton({
          button: t("Confirmar lo decidido", "Uphold"),
          title: t("Confirmar lo que se decidió", "Uphold what was decided"),
          method: "puente.gateway.v1.DecisionService/UpholdDecision",
          before: appealed,
          fields: [reasonField()],
          request: (values) => ({ name: appealed.name, etag: appealed.etag, reason: values.reason }),
          done: context.refresh,
        })
      : null,
    open
      ? writeButton({
          button: t("Anotar un hallazgo", "Add a finding"),
          title: t("Anotar un hallazgo", "Add a finding"),
          method: "puente.gateway.v1.FindingService/CreateFinding",
          done: context.refresh,
          fields: [
            {
              name: "kind",
              label: t("Clase", "Kind"),
              kind: "select",
              options: [
                ["FINDING_KIND_REQUIRED", word("FINDING_KIND_REQUIRED")],
                ["FINDING_KIND_ADVICE", word("FINDING_KIND_ADVICE")],
              ],
            },
            {
              name: "target",
              label: t("Sobre qué", "About what"),
              value: "outcomes",
              hint: t(
                "Un campo de la versión, como outcomes o workload_hours.",
                "A field of the version, such as outcomes or workload_hours.",
              ),
            },
            { name: "text", label: t("Qué se encontró", "What was found"), kind: "area" },
          ],
          request: (values) => ({
            parent: ownRecord(),
            findingId: newId("h"),
            finding: { submission: name, kind: values.kind, target: values.target, text: values.text },
          }),
        })
      : null,
  );
}

const CERTIFICATION = "puente.education.v1.CertificationService/GetCertification" as const;
const nothing = { answer: undefined, hole: undefined };

async function showSubmission(context: Context): Promise<Child[]> {
  const { signal, query } = context;
  // By its own name, or by that of what it was certified with.
  const certification = query.get("certification"),
    name = certification
      ? (await one(CERTIFICATION, certification, { signal })).submission!
      : (query.get("name") ?? ""),
    body = name.replace(/\/submissions\/.*/, "");
  const submission = await one("puente.gateway.v1.SubmissionService/GetSubmission", name, { signal });
  const version = submission.microcredentialVersion!;
  const [kept, decided] = await Promise.all([
    attempt("gateway", async () => {
      const filter = isSchool() ? ofSchool() : `certifier = "${body}" AND submission = "${name}"`;
      const dossiers = await all(
        "puente.gateway.v1.DossierService/ListDossiers",
        { filter },
        (answer) => answer.dossiers,
        { signal },
      );
      return dossiers
        .filter((each) => each.submission === name)
        .sort((a, b) => (b.createTime ?? "").localeCompare(a.createTime ?? ""))[0];
    }),
    attempt("gateway", async () => {
      const filter = isSchool() ? ofSchool() : `submission = "${name}"`;
      const found = await all(
        "puente.gateway.v1.DecisionService/ListDecisions",
        { parent: body, filter },
        (answer) => answer.decisions,
        { signal },
      );
      return found.filter((decision) => decision.submission === name);
    }),
  ]);
  const dossier = kept.answer;
  const decisions = decided.answer ?? [];
  const canPreview = ["agency", "auditor", "certifier"].includes(session().kind);
  const [certified, content, preview] = await Promise.all([
    mine() && submission.state === "SUBMISSION_STATE_CERTIFIED"
      ? attempt("education", () =>
          one(CERTIFICATION, submission.certification!, { signal }),
        )
      : nothing,
    dossier
      ? attempt("gateway", () =>
          one("puente.gateway.v1.DossierService/GetDossierContent", dossier.name!, { signal }),
        )
      : nothing,
    canPreview
      ? attempt("gateway", () =>
          call(
            "puente.gateway.v1.CertificationService/PreviewDossier",
            { microcredentialVersion: version },
            { signal },
          ),
        )
      : nothing,
  ]);
  const held = content.answer;
  const decidable = dossier && Date.parse(dossier.expireTime ?? "") > Date.now() ? dossier : undefined;
  const appealed = decisions.find((d) => d.state === "DECISION_STATE_UNDER_APPEAL");
  return [
    h("h1", null, labelOf(version)),
    h(
      "p",
      { class: "lead" },
      stateTag(submission.state),
      " ",
      t("presentada por ", "submitted by "),
      labelOf(submission.organization),
      t(" a ", " to "),
      labelOf(body),
    ),
    generated(submission.recordKind),
    facts([
      [t("presentada", "submitted"), moment(submission.createTime)],
      [t("vence", "due"), day(submission.dueDate)],
      [t("revisa", "reviewer"), submission.reviewer || t("nadie aún", "nobody yet")],
      [t("decidida", "decided"), moment(submission.decideTime)],
      [
        t("certificación", "certification"),
        submission.certification ? labelOf(submission.certification) : "",
      ],
      [t("motivo", "reason"), submission.stateReason ?? ""],
    ]),
    submission.note ? h("p", { class: "free" }, submission.note) : null,
    decideButtons(submission, decidable, appealed, certified.answer, context),
    appealed
      ? block(
          t("Impugnación", "Appeal"),
          facts([
            [t("desde", "since"), moment(appealed.appealTime)],
            [t("quien impugna", "who appeals"), appealed.appealActor ?? ""],
          ]),
          h("p", { class: "free" }, appealed.appealGrounds ?? ""),
        )
      : null,
    decided.hole
      ? block(t("Decisiones", "Decisions"), decided.hole)
      : decisions.length
        ? block(
            t("Decisiones", "Decisions"),
            table(
              t("Decisiones sobre esta solicitud", "Decisions on this submission"),
              decisionColumns(context),
              decisions,
            ),
          )
        : null,
    block(
      t("Hallazgos", "Findings"),
      await filled("gateway", async () => {
        const these = await findingsOf(name, signal);
        return [
          these.length
            ? table(
                t("Hallazgos de esta solicitud", "Findings of this submission"),
                findingColumns(context),
                these,
              )
            : none(t("No hay hallazgos.", "There are no findings.")),
        ];
      }),
    ),
    block(
      t("Expediente guardado", "Kept dossier"),
      kept.hole ?? dossierBlock(dossier),
      content.hole,
      held && details(t("Leer lo que guarda", "Read what it holds"), () => evidence(held, t("guardado", "kept"))),
      held && preview.answer ? sinceThen(held, preview.answer) : null,
    ),
    canPreview
      ? [
          h(
            "h2",
            { class: "part" },
            t("Lo que las dependencias responden hoy", "What the agencies answer today"),
          ),
          preview.hole ??
            [
              h(
                "p",
                { class: "fine" },
                t(
                  "Sin firma: los resúmenes permiten a cada dependencia reconocer su respuesta; no prueban nada a terceros.",
                  "Not signed: the digests let an agency recognize its answer; they prove nothing to others.",
                ),
              ),
              evidence(preview.answer!),
            ],
        ]
      : null,
  ];
}

export const submission: Page = {
  path: "submission",
  title: () => t("Solicitud", "Submission"),
  group: "work",
  kinds: ["certifier", "organization", "agency/education", "auditor"],
  show: showSubmission,
  detail: true,
};
