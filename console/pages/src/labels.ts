// Names of records as people call them. A page shows at once; what its records are called follows, a call
// for each collection, and is kept for as long as the page is open and the same one acts.
import { h } from "./dom";
import { call, pieces, type Method } from "./call";
import { either, english, session, t, usualPurpose, whenActorChanges } from "./session";

interface Named {
  name?: string;
  [field: string]: any;
}
// What a record is called in Spanish and English, or the name of the one whose label it bears.
interface Source {
  method: Method;
  list: string;
  label: (record: Named) => [string, string] | string;
  readers?: string[]; // kinds of callers that read its records, for a purpose; all where there are none
}

const both = (record: Named): [string, string] => [record.labelEs, record.labelEn];
const title = (record: Named): [string, string] => [record.titleEs, record.titleEn];
const legal = (record: Named): [string, string] => [record.legalName, ""];

// By collection; of versions, that of the version.
const SOURCES: Record<string, Source> = {
  sessions: {
    method: "puente.economy.v1.TableSessionService/BatchGetTableSessions",
    list: "tableSessions",
    label: title,
  },
  // By the other side.
  dualAgreements: {
    method: "puente.education.v1.DualAgreementService/BatchGetDualAgreements",
    list: "dualAgreements",
    label: (record) => (session().kind === "company" ? record.organization : record.company),
    readers: ["company", "organization"],
  },
  demandStatements: {
    method: "puente.economy.v1.DemandService/BatchGetDemandStatements",
    list: "demandStatements",
    label: (record) => record.skill,
    readers: ["company"],
  },
  skills: { method: "puente.labor.v1.SkillService/BatchGetSkills", list: "skills", label: both },
  technologies: {
    method: "puente.science.v1.TechnologyService/BatchGetTechnologies",
    list: "technologies",
    label: both,
  },
  sectorTables: {
    method: "puente.economy.v1.SectorTableService/BatchGetSectorTables",
    list: "sectorTables",
    label: both,
  },
  organizations: {
    method: "puente.education.v1.OrganizationService/BatchGetOrganizations",
    list: "organizations",
    label: legal,
  },
  companies: {
    method: "puente.economy.v1.CompanyService/BatchGetCompanies",
    list: "companies",
    label: legal,
  },
  chambers: { method: "puente.economy.v1.ChamberService/BatchGetChambers", list: "chambers", label: both },
  campuses: { method: "puente.education.v1.CampusService/BatchGetCampuses", list: "campuses", label: title },
  creditRules: {
    method: "puente.education.v1.CreditRuleService/BatchGetCreditRules",
    list: "creditRules",
    label: both,
  },
  competenceStandards: {
    method: "puente.education.v1.CompetenceStandardService/BatchGetCompetenceStandards",
    list: "competenceStandards",
    label: ({ code, revision, titleEs, titleEn }) => [
      `${code}.${revision} ${titleEs}`,
      titleEn && `${code}.${revision} ${titleEn}`,
    ],
  },
  certifiers: {
    method: "puente.gateway.v1.CertifierService/BatchGetCertifiers",
    list: "certifiers",
    label: both,
  },
  proposals: {
    method: "puente.economy.v1.ProposalService/BatchGetProposals",
    list: "proposals",
    label: title,
  },
  agreements: {
    method: "puente.economy.v1.AgreementService/BatchGetAgreements",
    list: "agreements",
    label: (record) => [record.textEs, record.textEn],
  },
  trainingPlaces: {
    method: "puente.economy.v1.TrainingPlaceService/BatchGetTrainingPlaces",
    list: "trainingPlaces",
    label: title,
  },
  microcredentials: {
    method: "puente.education.v1.MicrocredentialService/BatchGetMicrocredentialVersions",
    list: "microcredentialVersions",
    label: title,
  },
  programs: {
    method: "puente.education.v1.ProgramService/BatchGetProgramVersions",
    list: "programVersions",
    label: title,
  },
  reportDefinitions: {
    method: "puente.gateway.v1.ReportDefinitionService/BatchGetReportDefinitions",
    list: "reportDefinitions",
    label: title,
  },
  submissions: {
    method: "puente.gateway.v1.SubmissionService/BatchGetSubmissions",
    list: "submissions",
    label: (record) => record.microcredentialVersion,
  },
  facilities: {
    method: "puente.education.v1.FacilityService/BatchGetFacilities",
    list: "facilities",
    label: title,
  },
};
const MOST = 50; // names in one call

export const AGENCIES: Record<string, [string, string]> = {
  education: ["Secretaría de Educación Pública", "Education ministry (SEP)"],
  economy: ["Secretaría de Economía", "Ministry of Economy"],
  labor: ["Secretaría del Trabajo y Previsión Social", "Ministry of Labor"],
  science: ["Secretaría de Ciencia", "Science ministry"],
  gateway: ["Puente", "Puente"],
};
export const agencyName = (id: string | undefined) => (id && AGENCIES[id] ? t(...AGENCIES[id]) : (id ?? ""));

export const lastId = (name: string) => name.slice(name.lastIndexOf("/") + 1);
// "microcredentials/welding/versions/2" → "welding, 2": until its title is known, and where it never is.
function plain(name: string): string {
  const parts = name.split("/");
  return parts.length >= 4 && parts[2] === "versions" ? `${parts[1]}, ${parts[3]}` : lastId(name);
}

const known = new Map<string, [string, string] | string>();
whenActorChanges(() => known.clear());
const waiting = new Map<string, Set<HTMLElement>>();
let asked = false;

// Whether a text is a record's name, and not words with a stroke between them.
export function isName(text: string): boolean {
  const parts = text.split("/");
  return parts.length % 2 === 0 && !/\s/.test(text) && parts.every(Boolean) && parts[0] in SOURCES;
}

// The collection that a name is of: the last one, but of versions the one before. What has versions is called
// nothing by itself.
const VERSIONED = ["microcredentials", "programs"];
function collectionOf(name: string): string {
  const parts = name.split("/");
  const last = parts[parts.length - 2] ?? "";
  return last === "versions" ? parts[0] : VERSIONED.includes(last) ? "" : last;
}

// Whether there is something that it is called, and who calls may read it.
export function isLabelled(name: string): boolean {
  const source = SOURCES[collectionOf(name)];
  return !!source && (source.readers?.includes(session().kind) ?? true);
}

// What a record is called, in the language of the moment; of a version, with its number.
export function called(name: string, es: string | undefined, en: string | undefined): string {
  const text = either(es, en);
  const version = /\/versions\/(\d+)$/.exec(name);
  return text && version ? `${text} (v${version[1]})` : text;
}

function show(node: HTMLElement, name: string) {
  const label = known.get(name);
  if (typeof label === "string") return node.replaceChildren(labelOf(label));
  node.textContent = (label && called(name, ...label)) || plain(name);
}

// A record's label, that appears when it is known; its id is told on hover.
export function labelOf(name: string | undefined, fallback = ""): Node {
  if (!name) return document.createTextNode(fallback);
  const node = h("span", { class: "label", title: name });
  show(node, name);
  if (known.has(name) || !isLabelled(name)) return node;
  if (!waiting.has(name)) waiting.set(name, new Set());
  waiting.get(name)!.add(node);
  if (!asked) {
    asked = true;
    setTimeout(askForAll, 0);
  }
  return node;
}

export const labelsOf = (names: string[] | undefined): Node[] =>
  (names ?? []).flatMap((name, i) => (i ? [document.createTextNode(", "), labelOf(name)] : [labelOf(name)]));

// The record behind "company/acme", as who acts; none behind an agency, nor behind another name.
function recordBehind(path: string): string | undefined {
  const [kind, id] = path.split("/");
  const collection = {
    company: "companies",
    organization: "organizations",
    certifier: "certifiers",
    chamber: "chambers",
  }[kind];
  return collection && `${collection}/${id}`;
}

// "company/acme" as who acts: the record behind it, or the agency's name.
export function partyOf(path: string | undefined): Node {
  if (!path) return document.createTextNode("");
  const [kind, id] = path.split("/");
  if (kind === "agency") return document.createTextNode(agencyName(id));
  const record = recordBehind(path);
  return record ? labelOf(record) : document.createTextNode(path);
}

async function askForAll() {
  asked = false;
  const nodes = new Map(waiting);
  waiting.clear();
  await learnAll([...nodes.keys()]);
  for (const [name, those] of nodes) for (const node of those) show(node, name);
}

async function learnAll(names: string[]): Promise<void> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const collection = collectionOf(name);
    groups.set(collection, [...(groups.get(collection) ?? []), name]);
  }
  const lists = [...groups].flatMap(([collection, those]) =>
    pieces(those, MOST).map((some) => learn(SOURCES[collection], some)),
  );
  await Promise.all(lists);
}

// What records, or who acts, are called, to choose from: those that are labelled, by their names alone.
export async function learned(names: string[]): Promise<[string, string][]> {
  const recordOf = (name: string) => recordBehind(name) ?? name;
  await learnAll(names.map(recordOf).filter((name) => isLabelled(name) && !known.has(name)));
  return names.map((name) => {
    const label = known.get(recordOf(name));
    return [name, (Array.isArray(label) && called(name, ...label)) || plain(name)];
  });
}

// Of several of which one is not there nobody answers, so they are asked for one by one.
async function learn(source: Source, names: string[]): Promise<void> {
  try {
    const purpose = source.readers && usualPurpose();
    const answer = await call(source.method, { names } as any, { seconds: 5, purpose });
    for (const record of (answer as any)[source.list] ?? []) known.set(record.name, source.label(record));
  } catch {
    if (names.length > 1) await Promise.all(names.map((name) => learn(source, [name])));
  }
}

export function remember(name: string, es: string, en: string) {
  known.set(name, [es, en]);
}

export const STATES: Record<string, string> = {
  "01": "Aguascalientes",
  "02": "Baja California",
  "03": "Baja California Sur",
  "04": "Campeche",
  "05": "Coahuila",
  "06": "Colima",
  "07": "Chiapas",
  "08": "Chihuahua",
  "09": "Ciudad de México",
  "10": "Durango",
  "11": "Guanajuato",
  "12": "Guerrero",
  "13": "Hidalgo",
  "14": "Jalisco",
  "15": "México",
  "16": "Michoacán",
  "17": "Morelos",
  "18": "Nayarit",
  "19": "Nuevo León",
  "20": "Oaxaca",
  "21": "Puebla",
  "22": "Querétaro",
  "23": "Quintana Roo",
  "24": "San Luis Potosí",
  "25": "Sinaloa",
  "26": "Sonora",
  "27": "Tabasco",
  "28": "Tamaulipas",
  "29": "Tlaxcala",
  "30": "Veracruz",
  "31": "Yucatán",
  "32": "Zacatecas",
};
export const stateName = (code: string | undefined) => (code ? (STATES[code] ?? code) : "");
export const stateNames = (codes: string[] | undefined) => (codes ?? []).map(stateName).join(", ");
export const collator = () => new Intl.Collator(english() ? "en" : "es");
