// Every page, in the order of the menu; who opens the console is shown the first that is his.
import type { Page } from "../router";
import { agenda } from "./agenda";
import { decisions, findings, missingBodies, queue, submission } from "./certify";
import { gaps } from "./gaps";
import { overview } from "./overview";
import { agreements, proposal, proposals } from "./proposals";
import { trace } from "./trace";

export const PAGES: Page[] = [agenda, queue, submission, findings, decisions, overview, gaps, trace, proposals, proposal, agreements, missingBodies];
