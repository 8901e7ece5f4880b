// Every page, in the order of the menu; who opens the console is shown the first that is his.
import type { Page } from "../router";
import { accesses, nowhere, register, settings, status } from "./agency";
import { agenda } from "./agenda";
import { assessments } from "./assessments";
import { decisions, findings, missingBodies, queue, submission } from "./certify";
import { needs } from "./company";
import { dual, plan } from "./dual";
import { files, load } from "./files";
import { gaps } from "./gaps";
import { overview } from "./overview";
import { ownPlaces, place, places, reservations } from "./places";
import { agreements, proposal, proposals } from "./proposals";
import { report, reports } from "./reports";
import { awards, calls, facilities, facility, learner, learners, program, programs, version } from "./school";
import { trace } from "./trace";

export const PAGES: Page[] = [
  agenda,
  needs, ownPlaces, programs, calls, learners, assessments, awards, reservations, dual, facilities, files, queue, findings, decisions,
  overview, gaps, trace, places, proposals, agreements, missingBodies,
  reports, settings, nowhere, accesses, register, status,
  proposal, submission, place, plan, program, version, learner, facility, load, report,
];
