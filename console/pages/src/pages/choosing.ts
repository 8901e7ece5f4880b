// Choices from registers that may be long: the first of each, and whoever has the key that is searched for.
import { call, Problem } from "../call";
import type { Option } from "../fields";
import { AGENCIES, agencyName, called } from "../labels";

const FIRST = 20; // of each register, before anything is searched for

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

async function found(kind: PartyKind, key: string): Promise<Party[]> {
  const { collection, list, get } = REGISTERS[kind];
  try {
    const answer: any = await (key
      ? call(get, { names: [`${collection}/${key}`] })
      : call(list, { pageSize: FIRST }));
    return answer[collection] ?? [];
  } catch (error) {
    const nobody = error instanceof Problem && ["not_found", "invalid_argument"].includes(error.code);
    if (key && nobody) return [];
    throw error;
  }
}

const labelled = (party: Party) => party.legalName || called(party.name!, party.labelEs, party.labelEn);

// As callers, "company/acme".
export const partySearch =
  (...kinds: PartyKind[]) =>
  async (key: string): Promise<Option[]> => {
    const of = async (kind: PartyKind) =>
      (await found(kind, key)).map((party): Option => [
        `${kind}/${party.name!.split("/")[1]}`,
        labelled(party),
      ]);
    return (await Promise.all(kinds.map(of))).flat();
  };

// As records, "companies/acme".
export const companySearch = async (key: string): Promise<Option[]> =>
  (await found("company", key)).map((party): Option => [party.name!, labelled(party)]);

export const agencyOptions = (): Option[] =>
  Object.keys(AGENCIES)
    .filter((id) => id !== "gateway")
    .map((id): Option => [`agency/${id}`, agencyName(id)]);
