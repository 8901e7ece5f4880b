// Drives Chromium over the console's pages: what the tests beside it share. PUENTE_CONSOLES has the link of
// each caller's console; with PUENTE_PICTURES, a folder, pages are kept there as pictures.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {after, before} from 'node:test';

const require = createRequire(new URL('../../clients/node/', import.meta.url));
const puppeteer = require('puppeteer-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
export const links = JSON.parse(process.env.PUENTE_CONSOLES);
export const federation = JSON.parse(fs.readFileSync(process.env.PUENTE_FEDERATION, 'utf8'));
const LIMIT = 30000;  // milliseconds

export let browser;
before(async () => {
  browser = await puppeteer.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP *.example 127.0.0.1']});
});
after(() => browser?.close());

// A browser of its own for each caller, as each has a session of its own. A link opens once.
const contexts = new Map();
// `lost`: answers that fail are what is looked at, so that the browser's own lines about them are no trouble.
export async function open(caller, {width = 1280, language = 'es', lost = false} = {}) {
  if (!contexts.has(caller)) contexts.set(caller, {context: await browser.createBrowserContext(), link: links[caller]});
  const {context, link} = contexts.get(caller);
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT);
  page.troubles = [];
  page.on('console', (message) => {
    const {url} = message.location();
    // A journal names what is no longer there, as a deleted draft, which then has no label.
    const unnamed = message.text().includes('status of 404') && /\/BatchGet\w+$/.test(url) && /#\/(journal|entry)/.test(page.url());
    if (unnamed || lost && message.text().startsWith('Failed to load resource')) return;
    if (['error', 'warn'].includes(message.type())) page.troubles.push(`${message.text()} ${url}`);
  });
  page.on('pageerror', (error) => page.troubles.push(error.message));
  await page.evaluateOnNewDocument(() => {  // how many calls wait for their answer
    Object.assign(window, {asking: 0, quietSince: 0});
    const real = window.fetch;
    window.fetch = (...all) => {
      window.asking++;
      return real(...all).finally(() => { window.asking--; window.quietSince = performance.now(); });
    };
  });
  await page.setViewport({width, height: 900});
  await page.goto(link);
  await settled(page);
  await setLanguage(page, language);
  return page;
}

// A page of nobody's: it has no session.
export async function visitor() {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT);
  page.once('close', () => context.close().catch(() => {}));
  return page;
}

export const origin = (page) => new URL(page.url()).origin;
export const settled = (page) => page.waitForSelector('main:not([aria-busy]) h1');

export async function setLanguage(page, language) {
  if (await page.evaluate(() => document.documentElement.lang.slice(0, 2)) === language) return;
  await page.click('.language');
  await page.waitForFunction((wanted) => document.documentElement.lang.startsWith(wanted) && document.querySelector('main:not([aria-busy]) h1'), {}, language);
}

// Until all that was asked is answered.
export const quiet = (page) => page.waitForFunction(() => window.asking === 0 && performance.now() - window.quietSince > 20);

// Shows a page without loading the console anew, as its menu does.
export async function show(page, hash) {
  await page.evaluate((wanted) => {
    if (location.hash === wanted) return;
    document.querySelector('main').setAttribute('aria-busy', 'true');
    location.hash = wanted;
  }, hash);
  await settled(page);
  await quiet(page);
}

// The pages of the menu, and the first record that one leads to.
export const pagesOf = (page) => page.$$eval('nav a', (all) => all.map((a) => a.getAttribute('href')));
export const firstRecord = (page) => page.$$eval('main tbody a[href^="#/"]', (all) => all.map((a) => a.getAttribute('href'))[0]);

export const findings = async (page) => {
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => globalThis.axe.run(document, {resultTypes: ['violations']}));
  return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 2).map((node) => node.html.slice(0, 160)).join(' | ')}`);
};

export async function picture(page, name) {
  const folder = process.env.PUENTE_PICTURES;
  if (folder) await page.screenshot({path: path.join(folder, `${name.replace(/[^a-z0-9-]+/gi, '_')}.png`), fullPage: true});
}

export const ask = (page, method, request, server = '') => page.evaluate(async (where, body, of) => (await fetch(where, {
  method: 'POST', body: JSON.stringify(body),
  headers: {'Content-Type': 'application/json', 'Connect-Protocol-Version': '1', ...(of && {'Puente-Server': of})}})).json(),
`/${method}`, request, server);
// Until the page is loaded anew, answers of methods are told otherwise: by the end of a path, members in place
// of theirs.
export const tell = (page, answers) => page.evaluate((told) => {
  const real = window.fetch;
  window.fetch = async (where, ...rest) => {
    const answer = await real(where, ...rest);
    const [, members] = Object.entries(told).find(([path]) => where.endsWith(path)) ?? [];
    return members ? new Response(JSON.stringify({...await answer.json(), ...members}), {headers: {'Content-Type': 'application/json'}}) : answer;
  };
}, answers);
export const button = (page, text) => page.waitForSelector(`::-p-xpath(//button[normalize-space(.)="${text}"])`);
export const press = async (page, text) => (await button(page, text)).click();

export const act = async (page, actor) => {
  await page.evaluate(() => document.querySelector('main').setAttribute('aria-busy', 'true'));
  await page.select('#actor', actor);
  await settled(page);
};
