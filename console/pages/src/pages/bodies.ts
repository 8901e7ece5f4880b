// Which records of bodies a caller asks for: a body its own, a school those about itself.
import { choicesOf } from "../filters";
import { today } from "../format";
import { all } from "../list";
import { ownRecord, session } from "../session";

export const mine = () => session().kind === "certifier";

export const isSchool = () => session().kind === "organization";

export const parent = () => (mine() ? ownRecord() : "certifiers/-");

export const ofSchool = () => (isSchool() ? `organization = "${ownRecord()}"` : "");

export const and = (...terms: string[]) => terms.filter(Boolean).join(" AND ");

export const newId = (prefix: string) => `${prefix}-${today()}-${Math.random().toString(36).slice(2, 7)}`;

export const allBodies = choicesOf(() =>
  all("puente.gateway.v1.CertifierService/ListCertifiers", {}, (answer) => answer.certifiers),
);
