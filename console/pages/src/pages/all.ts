// Every page, in the order of the menu; who opens the console is shown the first that is his.
import type { Page } from "../router";
import { accesses } from "./accesses";
import { act } from "./acts";
import { agenda } from "./agenda";
import { assessments } from "./assessments";
import { awards } from "./awards";
import { calls } from "./calls";
import { chain, chains } from "./chains";
import { needs } from "./company";
import { consents } from "./consents";
import { decisions } from "./decisions";
import { dual, plan } from "./dual";
import { facilities, facility } from "./facilities";
import { enrolments } from "./enrolments";
import { feasibility } from "./feasibility";
import { files, load } from "./files";
import { findings } from "./findings";
import { gaps } from "./gaps";
import { entry, journal } from "./journal";
import { learner, learners } from "./learners";
import { missingBodies } from "./missing";
import { nowhere } from "./nowhere";
import { overview } from "./overview";
import { ownPlaces, place } from "./place";
import { places } from "./places";
import { companies, schools } from "./parties";
import { placements } from "./placements";
import { placing } from "./placing";
import { program } from "./program";
import { programs } from "./programs";
import { agreements, proposal, proposals } from "./proposals";
import { queue } from "./queue";
import { register } from "./register";
import { releases } from "./releases";
import { report, reports } from "./reports";
import { reservations } from "./reservations";
import { schedules } from "./schedules";
import { sessions, tableSession } from "./sessions";
import { settings } from "./settings";
import { status } from "./status";
import { submission } from "./submission";
import { tables } from "./tables";
import { trace } from "./trace";
import { version } from "./version";

export const PAGES: Page[] = [
  agenda,
  needs,
  ownPlaces,
  consents,
  programs,
  calls,
  learners,
  placing,
  enrolments,
  assessments,
  awards,
  placements,
  reservations,
  dual,
  facilities,
  files,
  companies,
  schools,
  queue,
  findings,
  decisions,
  overview,
  gaps,
  trace,
  places,
  feasibility,
  proposals,
  agreements,
  sessions,
  chains,
  missingBodies,
  reports,
  schedules,
  releases,
  tables,
  settings,
  nowhere,
  journal,
  accesses,
  register,
  status,
  proposal,
  submission,
  place,
  act,
  plan,
  program,
  version,
  learner,
  facility,
  load,
  report,
  tableSession,
  chain,
  entry,
];
