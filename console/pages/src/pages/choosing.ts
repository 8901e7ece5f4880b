// Choices from lists that may be long, each a page of what the server finds: of registers whoever has the key that is
// searched for, of what has a title what begins so.
import { call, Problem } from "../call";
import type { Found, Option } from "../fields";
import { AGENCIES, agencyName, called } from "../labels";
import { either, t } from "../session";
import { plain } from "./drafting";

const PAGE = 20; // of each list

interface Party {
  name?: string;
  legalName?: string;
  labelEs?: string;
  labelEn?: string;
}
const REGISTERS = {
  company: {
    collection: "companies",
    list: "puente.economy.v1.CompanyService/ListCompanies",
    get: "puente.economy.v1.CompanyService/BatchGetCompanies",
  },
  organization: {
    collection: "organizations",
    list: "puente.education.v1.OrganizationService/ListOrganizations",
    get: "puente.education.v1.OrganizationService/BatchGetOrganizations",
  },
  chamber: {
    collection: "chambers",
    list: "puente.economy.v1.ChamberService/ListChambers",
    get: "puente.economy.v1.ChamberService/BatchGetChambers",
  },
} as const;
export type PartyKind = keyof typeof REGISTERS;

async function party(kind: PartyKind, key: string, value: (party: Party) => string): Promise<Found> {
  const { collection, list, get } = REGISTERS[kind];
  try {
    const answer: any = await (key
      ? call(get, { names: [`${collection}/${key}`] })
      : call(list, { pageSize: PAGE }));
    const options = (answer[collection] ?? []).map((each: Party): Option => [
      value(each),
      each.legalName || called(each.name!, each.labelEs, each.labelEn),
    ]);
    return { options, more: !!answer.nextPageToken };
  } catch (error) {
    const nobody = error instanceof Problem && ["not_found", "invalid_argument"].includes(error.code);
    if (key && nobody) return { options: [], more: false };
    throw error;
  }
}

export const byKey = () =>
  t("Se busca por la clave de su certificado.", "Searched for by the key of its certificate.");

// As callers, "company/acme".
export const partySearch =
  (...kinds: PartyKind[]) =>
  async (key: string): Promise<Found> => {
    const found = await Promise.all(
      kinds.map((kind) => party(kind, key, ({ name }) => `${kind}/${name!.split("/")[1]}`)),
    );
    return { options: found.flatMap((each) => each.options), more: found.some((each) => each.more) };
  };

// As records, "companies/acme".
export const recordSearch = (kind: PartyKind) => (key: string) => party(kind, key, ({ name }) => name!);

// Published versions of microcredentials.
export const byTitle = () =>
  t("Se busca por el comienzo del título.", "Searched for by the beginning of the Spanish title.");
export async function versionSearch(text: string): Promise<Found> {
  const begins = plain(text);
  const answer = await call("puente.education.v1.MicrocredentialService/ListMicrocredentialVersions", {
    parent: "microcredentials/-",
    pageSize: PAGE,
    filter: `state = PUBLISHED${begins ? ` AND title_slug = "${begins}*"` : ""}`,
  });
  const options = (answer.microcredentialVersions ?? []).map((v): Option => [
    v.name!,
    called(v.name!, v.titleEs, v.titleEn),
  ]);
  return { options, more: !!answer.nextPageToken };
}

// Competence standards, by their code too.
export async function standardSearch(text: string): Promise<Found> {
  const begins = plain(text);
  const code = /^ec\d{4}(?=-|$)/.exec(begins)?.[0]; // of "EC0217.01" as well
  const answer = await call("puente.education.v1.CompetenceStandardService/ListCompetenceStandards", {
    pageSize: PAGE,
    filter: code
      ? `code = "${code.toUpperCase()}"`
      : begins
        ? `title_slug = "${begins}*"`
        : "",
  });
  const options = (answer.competenceStandards ?? []).map((each): Option => [
    each.name!,
    `${each.code}.${each.revision} ${either(each.titleEs, each.titleEn)}`,
  ]);
  return { options, more: !!answer.nextPageToken };
}

export const agencyOptions = (): Option[] =>
  Object.keys(AGENCIES)
    .filter((id) => id !== "gateway")
    .map((id): Option => [`agency/${id}`, agencyName(id)]);
