// How soon the overview shows its figures, beside the composed call that has them: chosen in an open console,
// and with the console loaded anew. Writes the seconds of each round to the file PUENTE_TIMES.
import fs from 'node:fs';
import {test} from 'node:test';
import {open, show} from '../console/pages/drive.mjs';

const OVERVIEW = '#/overview';
const rounds = Number(process.env.PUENTE_ROUNDS);
const TIMES = 5;  // of each in a round

const median = (all) => all.sort((a, b) => a - b)[all.length >> 1];

// In the page: resolves when the frame after the figures were put into it has been drawn.
const watch = () => {
  const there = () => document.querySelector('main:not([aria-busy]) .kpis') && document.querySelector('main svg');
  window.figuresShown = () => new Promise((resolve) => {
    const drawn = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    if (there()) return drawn();
    const observer = new MutationObserver(() => there() && (observer.disconnect(), drawn()));
    observer.observe(document, {childList: true, subtree: true, attributes: true});
  });
  // What the page asks for, to be asked for again.
  const real = window.fetch;
  window.fetch = (where, how) => {
    if (String(where).endsWith('/GetOverview')) window.overviewAsked = [where, {...how, signal: undefined}];
    return real(where, how);
  };
};

const chosen = async (page) => {
  await show(page, '#/agenda');
  return page.evaluate(async (hash) => {
    const start = performance.now();
    document.querySelector(`nav a[href="${hash}"]`).click();
    return await window.figuresShown() - start;
  }, OVERVIEW);
};

const loaded = async (page) => {
  await page.reload();
  return page.evaluate(() => window.figuresShown());  // since the page's own beginning
};

const called = (page) => page.evaluate(async () => {
  const start = performance.now();
  await (await fetch(...window.overviewAsked)).json();
  return performance.now() - start;
});

test('The overview', async () => {
  const page = await open('council/cce');
  await page.evaluateOnNewDocument(watch);
  await show(page, OVERVIEW);
  await loaded(page);
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const round = {};
    for (const [name, time] of Object.entries({called, chosen, loaded})) {
      const all = [];
      for (let j = 0; j < TIMES; j++) all.push(await time(page) / 1000);
      round[name] = median(all);
    }
    times.push(round);
  }
  fs.writeFileSync(process.env.PUENTE_TIMES, JSON.stringify(times));
});
