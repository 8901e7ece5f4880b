// docs/walkthrough.md as clicks. PUENTE_STEPS has its commands, with what each prints; PUENTE_CONTROL runs those
// that no page does, each for a reason that stands here, and kills and revives servers (clicks_test.py).
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import os from 'node:os';
import {test} from 'node:test';
import {act, ask, button, firstRecord, open, press, setLanguage, settled, show} from './drive.mjs';
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

// A list waits for its choices, of which null is the first; of boxes several are ticked.
const fill = (page, values) => page.waitForFunction((all) => {
  const named = (name) => [...document.querySelectorAll(`dialog [name=${name}]:not([type=hidden])`)];
  const choice = (field, value) => [...field.options].find((each) => (value === null ? each.value : each.value === value));
  const ready = ([name, value]) => named(name).length && named(name).every((field) => !field.options || choice(field, value));
  if (!Object.entries(all).every(ready)) return false;
  for (const [name, value] of Object.entries(all)) {
    for (const field of named(name)) {
      if (Array.isArray(value)) field.checked = value.includes(field.value);
      else field.value = field.options ? choice(field, value).value : value;
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

// A record of the page that is shown.
const nameIn = (page) => new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('name');
const toRecord = (page, path) => page.waitForFunction((wanted) => location.hash.startsWith(`#/${wanted}?`) && document.querySelector('main:not([aria-busy]) h1'), {}, path);

// What a dialogue says in place of being done is what the failure says.
async function done(page) {
  const wanted = `${say('Hecho')}: `;
  const shown = await page.waitForFunction((text) => {
    const dialog = document.querySelector('dialog');
    return dialog?.querySelector('[role=alert] > *') ? dialog.innerText : !dialog && document.querySelector('.done')?.innerText.startsWith(text);
  }, {}, wanted);
  const refused = await shown.jsonValue();
  assert.equal(refused, true, refused);
}

const VERSION = 'microcredentials/welding-tig/versions/1', MADE = {source: 'walkthrough', kind: 'RECORD_KIND_GENERATED'};
// What pages have named by themselves.
let session, proposal, learner, plan;
const inDays = (days) => new Intl.DateTimeFormat('en-CA', {timeZone: 'America/Mexico_City'}).format(new Date(Date.now() + days * 864e5));
const of = (name) => `name=${encodeURIComponent(name)}`;
const RESERVATION = 'puente.economy.v1.PlaceReservationService/';

// Whether the page has such a button.
const offers = (page, text) => page.$$eval('main button', (all, wanted) => all.some((each) => each.innerText === wanted), say(text));

// The code that the page tells once, and not the one before.
async function codeOf(page) {
  const shown = (before) => [...document.querySelectorAll('main [aria-live] code')].map((node) => node.innerText).find((code) => code !== before);
  const before = await page.evaluate(shown);
  await press(page, say('Código para la persona'));
  await button(page, say('Hacerlo'));
  // Until it is made there is none: one that was only looked at would confirm nothing.
  assert.doesNotMatch(await page.$eval('dialog', (dialog) => dialog.innerText), /\b[A-Z0-9]{8}\b/);
  await press(page, say('Hacerlo'));
  return (await page.waitForFunction(shown, {}, before)).jsonValue();
}

const PLACES = '#/placing?';
const placing = (more) => new URLSearchParams({skills: 'skills/welding', state: '11', from: inDays(0), until: inDays(60), seats: '1', ...more});
const whyNot = async (page) => {
  await press(page, say('¿Por qué no?'));
  await page.waitForFunction(() => document.querySelector('main td [aria-live] > span'));
  return page.$eval('main section:last-of-type', (node) => node.innerText);
};

// A click for each step that a party's page can do, by what stands in its command; in English those marked so. What the
// command is refused, the page does not offer: "without".
const CLICKS = [
  {of: 'CreateSectorTable', async take() {
    await writes(await at('agency/economy', '#/tables'), 'Abrir una mesa', {key: 'automotive', es: 'Automotriz', en: 'Automotive', scian: '336', from: '2026-01-01', ...MADE});
  }},
  {of: 'CreateCompany', async take() {
    const page = await at('company/acme', '#/needs');
    await writes(page, 'Dar de alta su empresa', {legal: 'Acme', scian: '336110', state: '11', size: 'COMPANY_SIZE_MEDIUM'});
    page.troubles.length = 0;  // that it was not in the register, before
  }},
  {of: 'RegisterCompany', async take() {
    await writes(await at('agency/economy', '#/companies'), 'Registrar', {reason: 'Acta constitutiva.'});
  }},
  {of: 'ConfirmCompany', english: true, async take() {
    await writes(await at('agency/economy', '#/companies'), 'Confirmar', {reason: 'Confirmada.'});
  }},
  {of: 'CreateOrganization', async take() {
    await writes(await at('agency/education', '#/schools'), 'Dar de alta una escuela', {
      key: 'muestra', legal: 'Instituto de muestra', type: 'ORGANIZATION_KIND_TECHNICAL_SCHOOL', control: 'ORGANIZATION_CONTROL_PUBLIC', state: '11', ...MADE});
  }},
  {of: 'CreateCertifierChange', async take() {
    const page = await at('agency/education', '#/register');
    await act(page, 'registrar-1');
    await writes(page, 'Proponer un organismo', {key: 'ceneval', es: 'Ceneval (muestra)', microcredential: 'welding-tig', from: '2026-01-01', ...MADE});
    await act(page, 'registrar-2');
  }},
  {of: 'certify changes', look: ['agency/education', '#/register', 'propuesto']},
  {of: 'certify confirm ceneval', async take() {
    await writes(await at('agency/education', '#/register'), 'Confirmar');
  }},
  {of: 'company need welders', english: true, async take() {
    const page = await at('company/acme', '#/needs');
    await writes(page, 'Declarar una necesidad', {skill: 'skills/welding', heads: '40', state: '11', scian: '336110', from: '2027-01-01', until: '2027-12-31'});
  }},
  {of: 'count economy demandStatements', async take() {
    await writes(await at('agency/economy', '#/settings'), 'Poner un ajuste', {collection: 'demandStatements', kind: 'RECORD_KIND_GENERATED', from: '2026-01-01'});
  }},
  {of: 'CreateChamber', async take() {
    await writes(await at('agency/economy', '#/companies'), 'Dar de alta una cámara', {key: 'canacintra', es: 'Canacintra (muestra)', en: 'Canacintra (sample)', ...MADE});
  }},
  {of: 'company consent canacintra', async take() {
    await writes(await at('company/acme', '#/consents'), 'Dar un consentimiento', {chamber: 'chambers/canacintra', acts: ['CONSENT_ACT_READ_DEMAND', 'CONSENT_ACT_PROPOSE']});
  }},
  {of: 'company consents', look: ['company/acme', '#/consents', 'activo']},
  {of: 'company needs --company acme', look: ['chamber/canacintra', '#/needs?company=companies/acme', 'cuenta']},
  {of: 'CreateTableSession', async take() {
    const page = await at('agency/economy', '#/sessions');
    await press(page, say('Convocar una sesión'));
    await fill(page, {participants: 'company/acme'});
    await press(page, say('Añadir otra'));
    await fill(page, {table: 'sectorTables/automotive', es: 'Soldadura: qué falta', en: 'Welding: what is missing', day: '2026-10-05', participants: 'organization/muestra', ...MADE});
    await press(page, say('Ver qué cambia'));
    await press(page, say('Hacerlo'));
    await toRecord(page, 'session');
    session = nameIn(page);
  }},
  {of: 'TableSessionService/HoldTableSession', async take() {
    await writes(await at('agency/economy', `#/session?${of(session)}`), 'Dar por celebrada', {minutes: 'Falta quien suelde.'});
  }},
  {of: 'CreateAgreement', async take() {
    await writes(await at('agency/economy', `#/session?${of(session)}`), 'Anotar un acuerdo', {
      es: 'Definir una microcredencial de soldadura TIG.', en: 'Define a microcredential in TIG welding.', owner: 'agency/education', due: '2099-03-31', ...MADE});
  }},
  {of: '--as agency/education --lang en agenda', look: ['agency/education', '#/agenda', 'cumplir acuerdo']},
  {of: '--as agency/economy --lang en agenda', look: ['agency/economy', '#/agenda', 'revisar propuesta']},
  {of: 'company propose welding-tig', async take() {
    const page = await at('company/acme', '#/proposals');
    await writes(page, 'Proponer', {about: 'PROPOSAL_KIND_NEW_MICROCREDENTIAL', es: 'Microcredencial de soldadura TIG', en: 'A microcredential in TIG welding', text: 'Que quien suelda pueda mostrarlo.',
      skills: 'skills/welding', sector: 'sectorTables/automotive', session, agreements: null, statements: null, author: 'shown'});
    await toRecord(page, 'proposal');
    proposal = nameIn(page);
  }},
  {of: 'ProposalService/ReviewProposal', async take() {
    const page = await at('agency/economy', '#/agenda');
    await show(page, await firstRecord(page));
    await writes(page, 'Tomar en revisión');
  }},
  {of: 'ProposalService/AdoptProposal', english: true, async take() {
    await writes(await at('agency/economy', `#/proposal?${of(proposal)}`), 'Adoptar');
  }},
  {of: 'company proposals', look: ['company/acme', '#/proposals', 'adoptada']},
  {of: 'CreateMicrocredentialVersion', async take() {
    await writes(await at('agency/education', '#/programs'), 'Redactar una microcredencial', {
      organization: 'organizations/muestra', key: 'welding-tig', es: 'Soldadura TIG', en: 'TIG welding', body: 'Instituto de muestra', workload: '90', level: 'conocer:2',
      assessment: 'ASSESSMENT_TYPE_PERFORMANCE', form: 'PARTICIPATION_FORM_ON_SITE', quality: 'Interna', day: '2026-11-01',
      statement: 'Suelda lámina de acero inoxidable.', skills: 'skills/welding', hours: '90', ...MADE});
  }},
  {of: 'PublishMicrocredentialVersion', async take() {
    await writes(await at('agency/education', `#/version?${of(VERSION)}`), 'Publicar');
  }},
  {of: 'ImplementProposal', english: true, async take() {
    const page = await at('agency/economy', `#/proposal?${of(proposal)}`);
    await writes(page, 'Dar por cumplida', {versions: VERSION});
    await page.waitForFunction((wanted) => document.querySelector('main .lead')?.innerText.startsWith(wanted), {}, say('hecho'));
  }},
  {of: 'ProposalService/GetProposal', look: ['agency/economy', () => `#/proposal?${of(proposal)}`, 'versiones que la cumplen']},
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
  {of: 'school register -', async take() {
    const page = await at('organization/muestra', '#/learners');
    await writes(page, 'Registrar a una persona', {scheme: 'PERSON_IDENTIFIER_SCHEME_CURP', identifier: 'XXXB900101MNEBBB94', given: 'Alba', first: 'Xmuestra', sex: 'SEX_WOMAN', state: '11'});
    await toRecord(page, 'learner');
    learner = nameIn(page);
  }},
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
  {of: 'school enrol', async take() {
    await writes(await at('organization/muestra', `#/learner?${of(learner)}`), 'Inscribir', {version: VERSION, from: '2026-11-02'});
  }},
  {of: 'school assess first', async take() {
    await writes(await at('organization/muestra', `#/learner?${of(learner)}`), 'Evaluar', {certifier: 'certifiers/ceneval', day: '2026-11-20', evaluator: 'ev-7', instrument: 'Práctica de soldadura'});
  }},
  {of: 'company offer tig', async take() {
    await writes(await at('company/acme', '#/own-places'), 'Ofrecer una plaza', {es: 'Soldadura TIG', en: 'TIG welding', skills: 'skills/welding', state: '11', seats: '1', hours: '30', until: inDays(90)});
  }},
  {of: 'school match --skill welding', look: ['organization/muestra', () => PLACES + placing(), 'mismo estado']},
  {of: 'school match --skill sewing', async take() {
    const page = await at('organization/muestra', PLACES + placing({skills: 'skills/sewing', hours: '20'}));
    assert.match(await whyNot(page), words('pide más horas por semana', 'no se aprende ninguna de las habilidades'));
  }},
  {of: 'school place acme/tig "$(echo XXXB', async take() {
    await writes(await at('organization/muestra', PLACES + placing({learner})), 'Colocar', {from: inDays(0)});
  }},
  {of: 'school place acme/tig "$(echo XXXC', async take() {
    const page = await at('organization/muestra', PLACES + placing());
    await sees(page, words('Ninguna plaza sirve para lo que busca.'));
    assert.match(await whyNot(page), words('hay menos lugares libres'));
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
  // Once before and once after the company has confirmed.
  {of: 'company learner', times: 2, async take(_, printed) {
    const page = await at('company/acme', '#/reservations');
    if (/^error: /m.test(printed)) return assert.equal(await offers(page, 'Quién es'), false);
    // As often as it takes until Education knows that the seat is confirmed.
    for (let said, until = Date.now() + LIMIT; said !== 'Alba Xmuestra';) {
      assert.ok(Date.now() < until, said);
      await page.reload();
      await settled(page);
      await press(page, say('Quién es'));
      await page.waitForFunction(() => document.querySelector('main td [aria-live]') && !document.querySelector('main td [aria-live] button'));
      said = await page.$eval('main td [aria-live]', (node) => node.innerText);
    }
    page.troubles.length = 0;
  }},
  {of: 'school dual propose', async take() {
    await writes(await at('organization/muestra', '#/dual'), 'Proponer un convenio', {
      company: 'companies/acme', hours: '40', insurance: 'DUAL_INSURANCE_IMSS', policy: 'MUESTRA-1', support: '2500', until: inDays(365)});
  }},
  {of: 'company dual agreements', only: /--lang en company dual agreements/, look: ['company/acme', '#/dual', 'propuesto']},
  {of: 'company dual answer', async take() {
    await writes(await at('company/acme', '#/dual'), 'Aceptar');
  }},
  {of: 'school dual draft dual-1', async take() {
    const page = await at('organization/muestra', `#/learner?${of(learner)}`);
    await writes(page, 'Plan dual', {agreement: null, training: null, tutor: 'officer-1', instructor: 'instructor-1', until: inDays(60), hours: '30',
      outcome: '1', planned: '8', place: 'DUAL_PLACE_AT_COMPANY'});
    await toRecord(page, 'plan');
    plan = nameIn(page);
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
  {of: '--lang en school dual code dual-1', async take() {
    await codeOf(await at('organization/muestra', `#/plan?${of(plan)}`));
  }},
  // Another code takes the place of the first.
  {of: 'school dual confirm dual-1', async take() {
    const page = await at('organization/muestra', `#/plan?${of(plan)}`);
    const code = await codeOf(page);
    await writes(page, 'La persona confirmó', {how: 'DUAL_CONFIRMATION_CODE', code});
  }},
  {of: 'school dual claim dual-1', async take() {
    const page = await at('organization/muestra', `#/plan?${of(plan)}`);
    await sees(page, words('Declarar horas'));  // it runs from its first day
    await writes(page, 'Declarar horas', {minutes: '480'});
  }},
  {of: 'company dual hours', look: ['company/acme', () => `#/plan?${of(plan)}`, 'declarada']},
  {of: 'school dual confirm-hours', look: ['organization/muestra', '#/dual', 'Horas por confirmar', 'declarada'], without: 'Confirmar'},
  {of: 'company dual confirm-hours', english: true, async take() {
    await writes(await at('company/acme', `#/plan?${of(plan)}`), 'Confirmar');
  }},
  {of: 'company dual judge', async take() {
    await writes(await at('company/acme', `#/plan?${of(plan)}`), 'Juzgar', {result: 'DUAL_RESULT_ACHIEVED'});
  }},
  {of: 'school dual plan dual-1', look: ['organization/muestra', () => `#/plan?${of(plan)}`, 'confirmada']},
  {of: 'school evidence first dual-1', async take() {
    await writes(await at('organization/muestra', '#/assessments'), 'Plan dual', {plans: null});
  }},
  {of: 'school result first passed', look: ['organization/muestra', '#/assessments', 'programada'], without: 'Aprobó'},
  {of: 'certify result', async take() {
    await writes(await at('certifier/ceneval', '#/assessments'), 'Aprobó', {grade: '9'});
  }},
  {of: 'award issue first --id first', only: /muestra --actor registrar-1 award issue first --id first/, async take() {
    const page = await at('organization/muestra', '#/assessments');
    await sees(page, words('aprobada'));
    await writes(page, 'Otorgar', {grade: '9'});
  }},
  // Neither before it is passed nor once more.
  {of: 'award issue first', only: /--lang en --actor registrar-1 award issue first/, times: 2, look: ['organization/muestra', '#/assessments', 'Evaluaciones'], without: 'Otorgar'},
  {of: 'award list', look: ['organization/muestra', '#/awards', 'vigente']},
  {of: 'AwardService/GetAward', look: ['organization/muestra', '#/awards', 'calificación', 'en el trabajo', 'vigente']},
  {of: 'council trace --statement', async take() {
    const page = await at('company/acme', '#/needs');
    await show(page, await firstRecord(page));
    await sees(page, words('Dónde termina la línea'));
  }},
];

// Steps that no page does, and why.
const COMMANDS = [
  {of: '--as organization/unam', why: 'a school writes as another, which pages never do: they write what is their caller\'s own'},
  {of: 'organizations/unam/assessments/first', why: 'a request that names another school\'s record, which no form can write'},
];

const kindOf = (command) => (each) => (each.only ? each.only.test(command) : command.includes(each.of));

test('the walkthrough', async () => {
  const byCommand = [], taken = new Map();
  for (const [command, printed] of steps) {
    const click = CLICKS.find(kindOf(command)), run = COMMANDS.find(kindOf(command));
    assert.ok(!click !== !run, `is it a click, or a command and why?\n${command}`);
    taken.set(click ?? run, (taken.get(click ?? run) ?? 0) + 1);
    if (run) {
      await runs(command, /^error: /m.test(printed));
      byCommand.push(`${command.split('\n')[0].replace(/\s*\\?$/, '')}: ${run.why}`);
      continue;
    }
    language = click.english ? 'en' : usual;
    if (click.take) {
      await click.take(command, printed);
      continue;
    }
    const [caller, hash, ...texts] = click.look;
    const page = await at(caller, typeof hash === 'function' ? hash() : hash);
    await sees(page, words(...texts));
    if (click.without) assert.equal(await offers(page, click.without), false, click.without);
  }
  for (const each of [...CLICKS, ...COMMANDS]) assert.equal(taken.get(each), each.times ?? 1, each.of);
  for (const page of pages.values()) assert.deepEqual(page.troubles, []);
  console.log(`${steps.length - byCommand.length} steps of ${steps.length} by pages; by command:`);
  for (const line of byCommand) console.log(`  ${line}`);
});
