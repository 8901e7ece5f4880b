// docs/walkthrough.md as clicks. PUENTE_STEPS has its commands, with what each prints; PUENTE_CONTROL runs those
// that no page can do, and kills and revives servers (clicks_test.py).
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import os from 'node:os';
import {test} from 'node:test';
import {ask, button, firstRecord, open, press, setLanguage, settled, show} from './drive.mjs';
import {inLanguage} from './words.mjs';

const LIMIT = 30000;  // milliseconds, for what servers do by themselves
const steps = JSON.parse(process.env.PUENTE_STEPS);
const usual = process.env.PUENTE_LANGUAGE;
let language = usual;
const say = (text) => {
  const [only, ...others] = inLanguage(text, language);
  assert.deepEqual(others, [], text);
  return only;
};
const words = (...all) => new RegExp(all.map((text) => `(${inLanguage(text, language).map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`).join('[\\s\\S]*'), 'i');

const control = async (deed, text) => {
  const answer = await fetch(`${process.env.PUENTE_CONTROL}/${deed}`, {method: 'POST', body: text});
  const said = await answer.json();
  assert.equal(answer.status, 200, said);
  return said;
};

const pages = new Map();
async function at(caller, hash) {
  if (!pages.has(caller)) pages.set(caller, await open(caller));
  const page = pages.get(caller);
  await page.bringToFront();
  await setLanguage(page, language);
  await show(page, hash);
  return page;
}

// The page anew until it says so: what others record is there within moments.
async function sees(page, wanted) {
  for (const until = Date.now() + LIMIT; ;) {
    await page.reload();
    await settled(page);
    await page.waitForFunction(() => window.asking === 0 && performance.now() - window.quietSince > 20);
    const text = await page.$eval('main', (main) => main.innerText);
    if (wanted.test(text)) return text;
    assert.ok(Date.now() < until, `${page.url()} does not say ${wanted}:\n${text}`);
  }
}

// A command; what is refused until an agency knows of another's record is asked again.
async function runs(command, isRefused) {
  for (const until = Date.now() + LIMIT; ;) {
    const said = await control('run', command);
    if (/^error: /m.test(said) === isRefused) return;
    assert.ok(!isRefused && Date.now() < until, `${command}\n${said}`);
  }
}

// A list waits for its choices; of boxes several are ticked.
const fill = (page, values) => page.waitForFunction((all) => {
  const named = (name) => [...document.querySelectorAll(`dialog [name=${name}]`)];
  const ready = ([name, value]) => named(name).length && named(name).every((field) => !field.options || [...field.options].some((each) => each.value === value));
  if (!Object.entries(all).every(ready)) return false;
  for (const [name, value] of Object.entries(all)) {
    for (const field of named(name)) {
      if (Array.isArray(value)) field.checked = value.includes(field.value);
      else field.value = value;
    }
  }
  return true;
}, {}, values);

// Presses, fills in, sees what changes; `before` is what happens before it is done.
async function writes(page, text, values, before = () => {}) {
  await press(page, say(text));
  if (values) {
    await fill(page, values);
    await press(page, say('Ver qué cambia'));
  }
  await button(page, say('Hacerlo'));
  await before();
  await press(page, say('Hacerlo'));
  await done(page);
}

const done = (page) => page.waitForFunction((wanted) => !document.querySelector('dialog') && document.querySelector('.done')?.innerText.startsWith(wanted), {}, `${say('Hecho')}: `);

// What the document calls records that a page has named otherwise: [how it stands in commands, and as what].
const names = [];
let statement;
// The name of the first record that a command prints, of a collection.
const nameOf = async (command, collection) => {
  const said = await control('run', command);
  const [name] = said.match(new RegExp(`[\\w/.-]*\\b${collection}/[\\w-]+`)) ?? assert.fail(said);
  return name;
};
const idOf = (name) => name.split('/').at(-1);

const VERSION = 'microcredentials/welding-tig/versions/1', PLAN = 'organizations/muestra/dualPlans/dual-1', PROPOSAL = 'proposals/welding-tig';
const inDays = (days) => new Intl.DateTimeFormat('en-CA', {timeZone: 'America/Mexico_City'}).format(new Date(Date.now() + days * 864e5));
const of = (name) => `name=${encodeURIComponent(name)}`;
const RESERVATION = 'puente.economy.v1.PlaceReservationService/';

// Whom a command is about, found as it finds her.
const learnerOf = async (command) => (await control('run', /"\$\(([^]*?)\)"/.exec(command)[1])).trim();

// A click for each step that a page can do, by what stands in its command; in English those marked so.
const CLICKS = [
  {of: 'certify changes', look: ['agency/education', '#/register', 'propuesto']},
  {of: 'certify confirm ceneval', async take() {
    await writes(await at('agency/education', '#/register'), 'Confirmar');
  }},
  {of: 'company need welders', english: true, async take() {
    const page = await at('company/acme', '#/needs');
    await writes(page, 'Declarar una necesidad', {skill: 'skills/welding', heads: '40', state: '11', scian: '336110', from: '2027-01-01', until: '2027-12-31'});
    statement = await nameOf('puente --as company/acme company needs', 'demandStatements');
    names.push([/(demandStatements\/|--statement )welders\b/g, `$1${idOf(statement)}`]);
  }},
  {of: 'count economy demandStatements', async take() {
    await writes(await at('agency/economy', '#/settings'), 'Poner un ajuste', {collection: 'demandStatements', kind: 'RECORD_KIND_GENERATED', from: '2026-01-01'});
  }},
  {of: 'company consent canacintra', async take() {
    await writes(await at('company/acme', '#/consents'), 'Dar un consentimiento', {chamber: 'chambers/canacintra', acts: ['CONSENT_ACT_READ_DEMAND', 'CONSENT_ACT_PROPOSE']});
  }},
  {of: 'company consents', look: ['company/acme', '#/consents', 'activo']},
  {of: 'TableSessionService/HoldTableSession', async take() {
    const page = await at('agency/economy', '#/sessions');
    await show(page, await firstRecord(page));
    await writes(page, 'Dar por celebrada', {minutes: 'Falta quien suelde.'});
  }},
  {of: '--as agency/education --lang en agenda', look: ['agency/education', '#/agenda', 'cumplir acuerdo']},
  {of: '--as agency/economy --lang en agenda', look: ['agency/economy', '#/agenda', 'revisar propuesta']},
  {of: 'ProposalService/ReviewProposal', async take() {
    const page = await at('agency/economy', '#/agenda');
    await show(page, await firstRecord(page));
    await writes(page, 'Tomar en revisión');
  }},
  {of: 'ProposalService/AdoptProposal', english: true, async take() {
    await writes(await at('agency/economy', `#/proposal?${of(PROPOSAL)}`), 'Adoptar');
  }},
  {of: 'company proposals', look: ['company/acme', '#/proposals', 'adoptada']},
  {of: 'PublishMicrocredentialVersion', async take() {
    await writes(await at('agency/education', `#/version?${of(VERSION)}`), 'Publicar');
  }},
  {of: 'ProposalService/GetProposal', look: ['agency/economy', `#/proposal?${of(PROPOSAL)}`, 'versiones que la cumplen']},
  {of: 'CountedKindService/CreateCountedKind', async take() {
    await writes(await at('agency/education', '#/settings'), 'Poner un ajuste', {collection: 'microcredentialVersions', kind: 'RECORD_KIND_GENERATED', from: '2026-01-01'});
  }},
  {of: 'certify missing', look: ['council/cce', '#/missing', 'sin certificar hoy', 'quién podría']},
  {of: 'school submit welding-tig/1', async take() {
    const page = await at('organization/muestra', '#/programs');
    await show(page, await firstRecord(page));
    await writes(page, 'Presentar a un organismo', {body: 'certifiers/ceneval'});
  }},
  {of: 'certify queue', look: ['certifier/ceneval', '#/queue', 'presentada']},
  {of: 'certify assign welding-tig', async take() {
    const page = await at('certifier/ceneval', '#/queue');
    await show(page, await firstRecord(page));
    await writes(page, 'Asignar', {reviewer: 'reviewer-1'});
  }},
  // An agency is away while the reviewer reads: the page names it, and has it again when it is back.
  {of: 'certify open welding-tig', async take() {
    const page = await at('certifier/ceneval', new URL(pages.get('certifier/ceneval').url()).hash);
    await control('kill', 'science');
    await sees(page, words('Falta la respuesta de', 'Secretaría de Ciencia'));
    await control('revive', 'science');
    await sees(page, words('Tecnología: lo que viene', 'De ', 'Secretaría de Ciencia'));
    page.troubles.length = 0;
    await writes(page, 'Abrir expediente');
  }},
  {of: 'certify decide welding-tig certify', english: true, async take() {
    const page = await at('certifier/ceneval', new URL(pages.get('certifier/ceneval').url()).hash);
    await writes(page, 'Certificar', {until: '2099-12-31'});
  }},
  {of: '--as organization/muestra --lang en agenda', look: ['organization/muestra', '#/agenda', 'darse por enterado']},
  {of: 'school decisions', async take() {
    await writes(await at('organization/muestra', '#/decisions'), 'Darse por enterado');
  }},
  {of: 'CertificationService/GetCertificationStatus', look: ['council/cce', `#/version?${of(VERSION)}`, 'certificada hoy']},
  {of: 'load education - --profile puente-learners', async take(command) {
    const page = await at('organization/muestra', '#/files');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'puente-clicks-')), file = path.join(folder, 'estudiantes.csv');
    fs.writeFileSync(file, await control('run', command.slice(0, command.indexOf('| puente'))));
    try {
      await (await page.$('#file')).uploadFile(file);
      await press(page, say('Cargar las filas buenas'));
      const said = (text) => page.waitForFunction((wanted) => document.querySelector('.drop + div').innerText.includes(wanted), {}, say(text));
      await said('El archivo está cargado.');
    } finally {
      fs.rmSync(folder, {recursive: true});
    }
  }},
  {of: 'school enrol', async take(command) {
    const learner = await learnerOf(command);
    await writes(await at('organization/muestra', `#/learner?${of(learner)}`), 'Inscribir', {version: VERSION, from: '2026-11-02'});
    const enrolment = await nameOf(`puente --as organization/muestra --purpose administration call EnrolmentService/ListEnrolments '{"parent": "organizations/muestra"}'`, 'enrolments');
    names.push([/(--enrolment |assess )first\b/g, `$1${idOf(enrolment)}`]);
  }},
  {of: 'company offer tig', async take() {
    await writes(await at('company/acme', '#/own-places'), 'Ofrecer una plaza', {es: 'Soldadura TIG', en: 'TIG welding', skills: 'skills/welding', state: '11', seats: '1', hours: '30', until: inDays(90)});
    names.push([/\bacme\/tig\b/g, `acme/${idOf(await nameOf('puente --as company/acme company places', 'trainingPlaces'))}`]);
  }},
  {of: 'school place acme/tig "$(echo XXXB', async take(command) {
    const query = new URLSearchParams({learner: await learnerOf(command), skills: 'skills/welding', state: '11', from: inDays(0), until: inDays(60), seats: '1'});
    await writes(await at('organization/muestra', `#/placing?${query}`), 'Colocar', {from: inDays(0)});
  }},
  {of: '--as company/acme --lang en agenda', times: 2, look: ['company/acme', '#/agenda', 'asuntos']},
  {of: 'company reservations', only: /--lang en company reservations/, look: ['company/acme', '#/reservations', 'apartada']},
  // The agency is killed between the look at what changes and the deed; the same click again does it once.
  {of: 'company confirm \\\n', async take() {
    const page = await at('company/acme', '#/reservations');
    const [{name}] = (await ask(page, `${RESERVATION}ListPlaceReservations`, {filter: 'company = "companies/acme"'})).placeReservations;
    const revisions = async () => (await ask(page, `${RESERVATION}ListPlaceReservationRevisions`, {name})).placeReservations?.length;
    const before = await revisions();
    await press(page, say('Confirmar'));
    await button(page, say('Hacerlo'));
    await control('kill', 'economy');
    await press(page, say('Hacerlo'));
    const hole = await page.waitForSelector('dialog .hole.missing');
    assert.match(await hole.evaluate((node) => node.innerText), words('Falta la respuesta de', 'Secretaría de Economía'));
    await button(page, say('Repetir'));
    await control('revive', 'economy');
    // As often as it takes until the console has found the server again.
    const shown = () => page.evaluate(() => document.querySelector('dialog')?.innerText);
    for (let text, until = Date.now() + LIMIT; (text = await shown()) !== undefined;) {
      assert.ok(Date.now() < until, text);
      await page.$$eval('dialog button:not(:disabled)', (all, wanted) => all.find((each) => each.innerText === wanted)?.click(), say('Repetir'));
      await page.waitForFunction(() => window.asking === 0);
    }
    await done(page);
    assert.equal(await revisions(), before + 1);
    page.troubles.length = 0;
  }},
  {of: 'company dual agreements', only: /--lang en company dual agreements/, look: ['company/acme', '#/dual', 'propuesto']},
  {of: 'company dual answer', async take() {
    await writes(await at('company/acme', '#/dual'), 'Aceptar');
  }},
  {of: 'school dual accept dual-1', async take() {
    const page = await at('organization/muestra', '#/dual');
    await show(page, await firstRecord(page));
    await writes(page, 'Aceptar el plan');
  }},
  {of: 'company dual plans', look: ['company/acme', '#/dual', 'Planes', 'empresa']},
  {of: 'company dual accept muestra/dual-1', async take() {
    const page = await at('company/acme', '#/dual');
    await show(page, await firstRecord(page));
    await writes(page, 'Aceptar el plan');
  }},
  {of: 'school dual claim dual-1', async take() {
    const page = await at('organization/muestra', `#/plan?${of(PLAN)}`);
    await sees(page, words('Declarar horas'));  // it runs from its first day
    await writes(page, 'Declarar horas', {minutes: '480'});
  }},
  {of: 'company dual hours', look: ['company/acme', `#/plan?${of(PLAN)}`, 'declarada']},
  {of: 'company dual confirm-hours', english: true, async take() {
    await writes(await at('company/acme', `#/plan?${of(PLAN)}`), 'Confirmar');
  }},
  {of: 'school dual plan dual-1', look: ['organization/muestra', `#/plan?${of(PLAN)}`, 'confirmada']},
  {of: 'certify result', async take() {
    await writes(await at('certifier/ceneval', '#/assessments'), 'Aprobó', {grade: '9'});
  }},
  {of: 'award issue first --id first', only: /muestra --actor registrar-1 award issue first --id first/, async take() {
    await writes(await at('organization/muestra', '#/assessments'), 'Otorgar', {grade: '9'});
    names.push([/awards\/first/g, `awards/${idOf(await nameOf('puente --as organization/muestra --purpose administration award list', 'awards'))}`]);
  }},
  {of: 'award list', look: ['organization/muestra', '#/awards', 'vigente']},
  {of: 'council trace --statement', look: ['company/acme', () => `#/trace?statement=${encodeURIComponent(statement)}`, 'Dónde termina la línea']},
];

test('the walkthrough', async () => {
  const byCommand = [], clicked = new Map();
  for (const [command, printed] of steps) {
    const click = CLICKS.find((each) => (each.only ? each.only.test(command) : command.includes(each.of)));
    if (!click) {
      const ready = names.reduce((text, [old, name]) => text.replace(old, name), command);
      await runs(ready, /^error: /m.test(printed));
      byCommand.push(command.split('\n')[0].replace(/\s*\\?$/, ''));
      continue;
    }
    clicked.set(click, (clicked.get(click) ?? 0) + 1);
    language = click.english ? 'en' : usual;
    if (click.take) await click.take(command);
    else {
      const [caller, hash, ...texts] = click.look;
      await sees(await at(caller, typeof hash === 'function' ? hash() : hash), words(...texts));
    }
  }
  for (const click of CLICKS) assert.equal(clicked.get(click), click.times ?? 1, click.of);
  for (const page of pages.values()) assert.deepEqual(page.troubles, []);
  console.log(`${steps.length - byCommand.length} steps of ${steps.length} by pages; by command:`);
  for (const command of byCommand) console.log(`  ${command}`);
});
