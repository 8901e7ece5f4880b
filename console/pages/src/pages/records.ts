// Names of records as links to their pages, where who looks has one.
import { h, type Child } from "../dom";
import { isLabelled, labelOf } from "../labels";
import { allowed, link } from "../router";
import { PAGES } from "./all";

// By the collections that a name goes through.
const PAGES_OF: Record<string, string> = {
  proposals: "proposal",
  "certifiers/submissions": "submission",
  "microcredentials/versions": "version",
  "programs/versions": "program",
  "organizations/learners": "learner",
  "companies/trainingPlaces": "place",
  facilities: "facility",
  "organizations/dualPlans": "plan",
  reports: "report",
  valueChains: "chain",
  "sectorTables/sessions": "session",
};

const collectionsOf = (name: string) =>
  name
    .split("/")
    .filter((_, i) => i % 2 === 0)
    .join("/");

// What it is called, where that is known, and the name itself: who looks for it needs both.
export function recordNode(name: string): Child {
  const path = PAGES_OF[collectionsOf(name)];
  const page = PAGES.find((each) => each.path === path && allowed(each));
  // Broken, where it must be, after a stroke.
  const code = h("code", null, name.split("/").map((part, i) => (i ? ["/", h("wbr"), part] : part)));
  return [
    isLabelled(name) ? h("span", { class: "block" }, labelOf(name)) : null,
    page ? h("a", { href: link(page.path, { name }) }, code) : code,
  ];
}
