// Registers of who takes part: of companies and chambers at Economy, of schools at Education.
import type { Method, Request } from "../call";
import type { Chamber, Company, Organization } from "../contract";
import { h, type Child } from "../dom";
import { word, wordsOf } from "../enums";
import { filters, stateField, stateOptions } from "../filters";
import { lastId, stateName } from "../labels";
import { list } from "../list";
import { block, stateTag, type Column } from "../parts";
import type { Context, Page } from "../router";
import { either, ownId, session, t } from "../session";
import { writeButton } from "../write";
import { keyField, labelFields, recordFields, recordOf } from "./drafting";

const COMPANIES = "puente.economy.v1.CompanyService";
const CHAMBERS = "puente.economy.v1.ChamberService";
const ORGANIZATIONS = "puente.education.v1.OrganizationService";

const certificateKey = () =>
  keyField(
    t("La que lleva su certificado: no cambia.", "The one that its certificate bears: it does not change."),
  );
export const legalName = () => ({ name: "legal", label: t("Nombre legal", "Legal name") });

interface Party {
  name?: string;
  etag?: string;
  state?: string;
  stateReason?: string;
}

// The register's verbs that lead on from where the registration of a party stands.
type Verb<M extends string> = [from: string[], method: M, button: string, title: string, danger?: boolean];
const verbs = <M extends Method>(row: Party, all: Verb<M>[], context: Context): Child =>
  all
    .filter(([from]) => from.some((state) => row.state?.endsWith(`_STATE_${state}`)))
    .map(([, method, button, title, danger]) =>
      writeButton({
        button,
        title,
        danger,
        method,
        before: row,
        fields: [{ name: "reason", label: t("Motivo, que queda", "Reason, which is kept"), kind: "area" }],
        request: (v) => ({ name: row.name, etag: row.etag, reason: v.reason }) as Request<M>,
        done: context.refresh,
      }),
    );

const standing = <Row extends Party>(): Column<Row> => ({
  head: t("estado del registro", "registration"),
  cell: (row) => [
    stateTag(row.state),
    row.stateReason ? h("span", { class: "fine block" }, row.stateReason) : null,
  ],
});

const stateFilter = (path: string, context: Context, name: string, states: string[]) =>
  filters(path, context, [
    {
      name: "registration",
      label: t("Estado del registro", "Registration"),
      options: [["", t("Todos", "All")], ...wordsOf(name, states)],
    },
  ]);
const filterOf = ({ query }: Context) => {
  const state = query.get("registration") ?? "";
  return state ? `state = ${state}` : "";
};

const companyList = async (context: Context): Promise<Child> =>
  block(
    t("Empresas", "Companies"),
    stateFilter("companies", context, "COMPANY_STATE", [
      "APPLIED",
      "REGISTERED",
      "CONFIRMED",
      "SUSPENDED",
      "WITHDRAWN",
    ]),
    await list({
      method: `${COMPANIES}/ListCompanies`,
      request: { filter: filterOf(context) },
      rows: (answer) => answer.companies,
      signal: context.signal,
      caption: t("Empresas", "Companies"),
      empty: t("No hay empresas así.", "There are no such companies."),
      columns: [
        { head: t("empresa", "company"), kind: "head", cell: (row: Company) => row.legalName ?? "" },
        standing<Company>(),
        { head: t("clase SCIAN", "SCIAN class"), cell: (row) => row.scianClass ?? "" },
        { head: t("tamaño", "size"), cell: (row) => word(row.size) || "–" },
        { head: t("estado", "state"), cell: (row) => stateName(row.stateCode) },
        {
          head: "",
          kind: "actions",
          cell: (row) =>
            verbs(
              row,
              [
                [
                  ["APPLIED", "SUSPENDED"],
                  `${COMPANIES}/RegisterCompany`,
                  t("Registrar", "Register"),
                  t("Registrar la empresa", "Register the company"),
                ],
                [
                  ["REGISTERED"],
                  `${COMPANIES}/ConfirmCompany`,
                  t("Confirmar", "Confirm"),
                  t("Confirmar lo que dice su registro", "Confirm what its record says"),
                ],
                [
                  ["REGISTERED", "CONFIRMED"],
                  `${COMPANIES}/SuspendCompany`,
                  t("Suspender", "Suspend"),
                  t("Suspender el registro de la empresa", "Suspend the company's registration"),
                  true,
                ],
              ],
              context,
            ),
        },
      ],
    }),
  );

const chamberList = async (context: Context): Promise<Child> =>
  block(
    t("Cámaras", "Chambers"),
    h(
      "div",
      { class: "buttons" },
      writeButton({
        button: t("Dar de alta una cámara", "Enter a chamber"),
        title: t("Dar de alta una cámara", "Enter a chamber"),
        method: `${CHAMBERS}/CreateChamber`,
        fields: [
          certificateKey(),
          ...labelFields(),
          {
            ...stateField(""),
            options: [["", t("Todo el país", "Whole country")], ...stateOptions()],
            optional: true,
          },
          ...recordFields(),
        ],
        request: (v) => ({
          chamberId: v.key,
          chamber: { labelEs: v.es, labelEn: v.en, stateCode: v.state, ...recordOf(v) },
        }),
        done: context.refresh,
      }),
    ),
    await list({
      method: `${CHAMBERS}/ListChambers`,
      request: {},
      rows: (answer) => answer.chambers,
      signal: context.signal,
      caption: t("Cámaras empresariales", "Chambers of companies"),
      empty: t("No hay cámaras.", "There are no chambers."),
      columns: [
        {
          head: t("cámara", "chamber"),
          kind: "head",
          cell: (row: Chamber) => either(row.labelEs, row.labelEn),
        },
        { head: t("clave", "key"), cell: (row) => h("code", null, lastId(row.name ?? "")) },
        {
          head: t("estado", "state"),
          cell: (row) => stateName(row.stateCode) || t("todo el país", "whole country"),
        },
      ],
    }),
  );

const KINDS = ["UNIVERSITY", "TECHNICAL_SCHOOL", "TRAINING_CENTRE", "RESEARCH_CENTRE"];

// Education enters a school by its key; a school enters itself, under the key of its certificate.
export function enterSchool(context: Context): Node {
  const itself = session().kind === "organization";
  const title = itself
    ? t("Dar de alta su escuela", "Enter your school")
    : t("Dar de alta una escuela", "Enter a school");
  return writeButton({
    button: title,
    title,
    method: `${ORGANIZATIONS}/CreateOrganization`,
    fields: [
      ...(itself ? [] : [certificateKey()]),
      legalName(),
      {
        name: "type",
        label: t("Qué es", "What it is"),
        kind: "select",
        options: wordsOf("ORGANIZATION_KIND", KINDS),
      },
      {
        name: "control",
        label: t("Sostenimiento", "Control"),
        kind: "select",
        options: wordsOf("ORGANIZATION_CONTROL", ["PUBLIC", "PRIVATE"]),
      },
      stateField(""),
      { name: "municipality", label: t("Municipio", "Municipality"), optional: true },
      ...(itself ? [] : recordFields("sep")),
    ],
    request: (v) => ({
      organizationId: itself ? ownId() : v.key,
      organization: {
        legalName: v.legal,
        kind: v.type,
        control: v.control,
        stateCode: v.state,
        municipality: v.municipality,
        ...(itself ? {} : recordOf(v)),
      },
    }),
    done: context.refresh,
  });
}

async function showSchools(context: Context): Promise<Child[]> {
  return [
    h("h1", null, t("Registro de escuelas", "Register of schools")),
    h(
      "p",
      { class: "lead" },
      t(
        "Quién enseña: lo que una escuela inscribe, presenta y otorga cuenta mientras su registro está vigente.",
        "Who teaches: what a school enrols, submits and awards counts while its registration is in force.",
      ),
    ),
    h("div", { class: "buttons" }, enterSchool(context)),
    stateFilter("schools", context, "ORGANIZATION_STATE", [
      "APPLIED",
      "REGISTERED",
      "SUSPENDED",
      "WITHDRAWN",
    ]),
    await list({
      method: `${ORGANIZATIONS}/ListOrganizations`,
      request: { filter: filterOf(context) },
      rows: (answer) => answer.organizations,
      signal: context.signal,
      caption: t("Escuelas", "Schools"),
      empty: t("No hay escuelas así.", "There are no such schools."),
      columns: [
        { head: t("escuela", "school"), kind: "head", cell: (row: Organization) => row.legalName ?? "" },
        standing<Organization>(),
        { head: t("qué es", "what it is"), cell: (row) => word(row.kind) },
        { head: t("sostenimiento", "control"), cell: (row) => word(row.control) },
        {
          head: t("dónde", "where"),
          cell: (row) => [row.municipality ? `${row.municipality}, ` : "", stateName(row.stateCode)],
        },
        {
          head: "",
          kind: "actions",
          cell: (row) =>
            verbs(
              row,
              [
                [
                  ["APPLIED", "SUSPENDED"],
                  `${ORGANIZATIONS}/RegisterOrganization`,
                  t("Registrar", "Register"),
                  t("Registrar la escuela", "Register the school"),
                ],
                [
                  ["REGISTERED"],
                  `${ORGANIZATIONS}/SuspendOrganization`,
                  t("Suspender", "Suspend"),
                  t("Suspender el registro de la escuela", "Suspend the school's registration"),
                  true,
                ],
              ],
              context,
            ),
        },
      ],
    }),
  ];
}

export const companies: Page = {
  path: "companies",
  title: () => t("Empresas y cámaras", "Companies and chambers"),
  group: "work",
  kinds: ["agency/economy"],
  show: async (context) => [
    h("h1", null, t("Empresas y cámaras", "Companies and chambers")),
    h(
      "p",
      { class: "lead" },
      t(
        "Una empresa se da de alta ella misma; lo que declara cuenta desde que está registrada y confirmada.",
        "A company enters itself; what it states counts once it is registered and confirmed.",
      ),
    ),
    await companyList(context),
    await chamberList(context),
  ],
};
export const schools: Page = {
  path: "schools",
  title: () => t("Registro de escuelas", "Register of schools"),
  group: "work",
  kinds: ["agency/education"],
  show: showSchools,
};
