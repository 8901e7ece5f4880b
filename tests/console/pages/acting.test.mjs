// What people do in the console's pages, and what the servers then say.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {act, ask, button, federation, findings, open, picture, press, settled, show, tell} from './drive.mjs';

const SCHOOL = 'organization/tecnologico-bajio-muestra', OWN = 'organizations/tecnologico-bajio-muestra';
const BODY = 'certifier/ceneval', MINISTRY = 'agency/education', COMPANY = 'company/acme', CHAMBER = 'chamber/canacintra';
const day = (plus = 0) => new Intl.DateTimeFormat('en-CA', {timeZone: 'America/Mexico_City'}).format(new Date(Date.now() + plus * 864e5));
const nameOf = (page) => page.evaluate(() => new URLSearchParams(location.hash.split('?')[1]).get('name'));
const text = (page) => page.$eval('main', (main) => main.innerText);
// Of records about learners it is said what for.
const askFor = (page, method, request, purpose = 'administration') => page.evaluate(async (where, body, why) => (await fetch(where, {
  method: 'POST', body: JSON.stringify(body),
  headers: {'Content-Type': 'application/json', 'Connect-Protocol-Version': '1', 'Puente-Purpose': why}})).json(),
`/${method}`, request, purpose);

// Fills what a dialogue asks for: a list waits for its choices, a box is ticked.
async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = `dialog [name="${name}"]`;
    const kind = await (await page.waitForSelector(field)).evaluate((node) => node.type);
    for (const one of [value].flat()) {
      if (kind === 'checkbox') await page.click(`${field}[value="${one}"]`);
      else if (kind.startsWith('select')) {
        await page.waitForSelector(`${field} option[value="${one}"]`);
        await page.select(field, one);
      } else await page.$eval(field, (input, given) => { input.value = given; }, one);
    }
  }
}

// Presses a button, fills its dialogue, sees what would change, and does it; what was seen is answered.
async function doIt(page, label, values = {}) {
  await page.bringToFront();  // in the background a dialogue does not close
  await press(page, label);
  await page.waitForSelector('dialog[open] form, dialog .changes, dialog [role=alert] .hole');
  if (await page.$('dialog form')) {
    await fill(page, values);
    await press(page, 'Ver qué cambia');
  }
  await page.waitForSelector('dialog .changes, dialog [role=alert] .hole');
  const refused = await page.$$eval('dialog [role=alert] .hole', (all) => all.map((hole) => hole.innerText));
  assert.deepEqual(refused, [], label);
  const seen = await page.$eval('dialog', (dialog) => dialog.innerText);
  await page.$$eval('.done', (all) => all.forEach((done) => done.remove()));
  await press(page, 'Hacerlo');
  await page.waitForSelector('.done, dialog [role=alert] .hole');
  assert.deepEqual(await page.$$eval('dialog[open]', (all) => all.map((dialog) => dialog.innerText)), [], label);
  await page.waitForFunction(() => window.asking === 0 && performance.now() - window.quietSince > 20);
  return seen;
}

// What the page says of a file of these columns with a row of nothing, which is read whole if its header is right.
async function checked(page, profile, columns, parent) {
  const file = path.join(fs.mkdtempSync(path.join(process.env.PUENTE_REPORT, 'files-')), 'filas.csv');
  fs.writeFileSync(file, `${columns}\n${columns.replace(/[^,]+/g, 'x')}\n`);
  await page.bringToFront();
  await show(page, '#/files');
  await page.reload();  // of another file nothing is left
  await settled(page);
  if (await page.$('#source')) await page.$eval('#source', (input) => { input.value = 'puente-sample'; });
  await page.select('#layout', profile);
  const choice = '.drop [name=parent]';
  assert.equal(!!await page.$(choice), !!parent, profile);
  if (parent) {
    const search = await page.$('.drop input[type=search]');
    await search?.type(parent.split('/')[1]);
    await search?.press('Enter');
    await page.waitForSelector(`${choice} option[value="${parent}"]`);
    await page.select(choice, parent);
  }
  await (await page.$('#file')).uploadFile(file);
  await page.waitForSelector('.drop + div :is(h3, .hole)');
  return page.$eval('.drop + div', (node) => node.innerText);
}

// Of several buttons of one label that of a row gets another.
const renamed = async (page, row, label, as) => (await page.waitForSelector(`::-p-xpath(//tr[contains(., "${row}")]//button[.="${label}"])`))
  .evaluate((node, wanted) => { node.textContent = wanted; }, as);

test('a school drafts a program, the ministry publishes it, and what differs is told', async () => {
  const GET = 'puente.education.v1.ProgramService/GetProgramVersion';
  const school = await open(SCHOOL), ministry = await open(MINISTRY);
  await show(school, '#/programs');
  const seen = await doIt(school, 'Redactar un programa', {
    es: 'Técnico en soldadura', modality: 'MODALITY_DUAL', level: 'conocer:2', workload: '640',
    statement: 'Suelda conforme a procedimiento.', skills: 'skills/welding', hours: '300'});
  assert.match(seen, /créditos\s+40\.0000/);
  const name = await nameOf(school);
  await doIt(school, 'Añadir un resultado', {statement: 'Inspecciona cordones.', skills: 'skills/quality-control', hours: '100'});
  await doIt(school, 'Añadir lugares', {period: '2027-2028', campus: `${OWN}/campuses/silao`, seats: '25'});
  const draft = await ask(school, GET, {name});
  assert.equal(draft.state, 'PROGRAM_STATE_DRAFT');
  assert.deepEqual(draft.outcomes.map(({code, skills, hours}) => [code, skills, hours]),
    [['ra-1', ['skills/welding'], 300], ['ra-2', ['skills/quality-control'], 100]]);
  assert.deepEqual(draft.seats, [{period: '2027-2028', seats: 25, campus: `${OWN}/campuses/silao`}]);

  await show(ministry, `#/program?name=${encodeURIComponent(name)}`);
  assert.match(await doIt(ministry, 'Publicar'), /borrador\s+publicado/);
  assert.equal((await ask(ministry, GET, {name})).state, 'PROGRAM_STATE_PUBLISHED');

  await show(school, '#/programs');
  await show(school, `#/program?name=${encodeURIComponent(name)}`);
  await doIt(school, 'Redactar la versión 2');
  const second = await nameOf(school);
  assert.match(await text(school), /No cambia nada/);
  await doIt(school, 'Cambiar los datos', {workload: '800'});
  assert.match(await text(school), /carga de trabajo \(horas\)\s+640\s+800/i);
  await doIt(school, 'Borrar el borrador');
  assert.equal((await ask(school, GET, {name: second})).code, 'not_found');
  await school.close();
  await ministry.close();
});

test('several of a list are taken by keyboard alone', async () => {
  const page = await open(SCHOOL);
  await show(page, '#/placing');
  await page.waitForSelector('select[name=skills] option[value="skills/welding"]');
  const taken = () => page.$$eval('.taken li', (all) => all.map((one) => one.innerText.replace(/\s*×/, '')));
  await page.focus('select[name=skills]');
  for (const typed of ['Soldad', 'Trabajo en']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');  // and the list is at hand again
    await page.waitForFunction(() => document.activeElement.name === 'skills');
  }
  assert.deepEqual(await taken(), ['Soldadura', 'Trabajo en equipo']);
  await page.keyboard.down('Shift');
  await page.keyboard.press('Tab');
  await page.keyboard.up('Shift');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Quitar Trabajo en equipo');
  await page.keyboard.press('Enter');
  assert.deepEqual(await taken(), ['Soldadura']);
  await page.focus('form.filters button[type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('skills=skills%2Fwelding&'));
  await page.close();
});

test('a choice that is taken back while its list is read stays taken back', async () => {
  const page = await open(MINISTRY);
  await show(page, '#/programs');
  await doIt(page, 'Redactar una microcredencial', {es: 'Corte', body: 'CECATI', workload: '40', quality: 'Interno',
    rule: 'creditRules/default', statement: 'Corta.', skills: 'skills/welding', kind: 'RECORD_KIND_GENERATED'});
  await page.reload();  // of the lists nothing is known anymore
  await settled(page);
  await page.evaluate(() => {  // the list comes when the test lets it
    const real = window.fetch;
    window.fetch = async (...all) => {
      if (all[0].endsWith('/ListCreditRules')) await new Promise((go) => { window.letThrough = go; });
      return real(...all);
    };
  });
  await press(page, 'Cambiar los datos');
  await page.waitForFunction(() => window.letThrough);
  const rule = 'dialog select[name=rule]';
  assert.equal(await page.$eval(rule, (select) => select.value), 'creditRules/default');
  await page.select(rule, '');
  await page.evaluate(() => window.letThrough());
  await page.waitForFunction((where) => document.querySelector(`${where} option[value="creditRules/default"]`).innerText !== 'default', {}, rule);
  assert.equal(await page.$eval(rule, (select) => select.value), '');
  await press(page, 'Cancelar');
  await doIt(page, 'Borrar el borrador');
  await page.close();
});

test('a microcredential is held against the profile until it is as that asks, and submitted', async () => {
  const GET = 'puente.education.v1.MicrocredentialService/GetMicrocredentialVersion';
  const ministry = await open(MINISTRY), school = await open(SCHOOL);
  await show(ministry, '#/programs');
  await doIt(ministry, 'Redactar una microcredencial', {
    organization: OWN, es: 'Soldadura de tubería', body: 'Tecnológico del Bajío (muestra)', workload: '120', level: 'conocer:2',
    quality: 'Proceso interno', statement: 'Suelda tubería.', skills: 'skills/welding', hours: '80', kind: 'RECORD_KIND_GENERATED'});
  assert.equal((await ask(ministry, GET, {name: await nameOf(ministry)})).organization, OWN);
  assert.match(await text(ministry), /título en inglés\s+nada\s+Escriba también el título en inglés/i);
  await doIt(ministry, 'Borrar el borrador');

  const name = 'microcredentials/footwear-stitching-basics/versions/1';
  await show(ministry, `#/version?name=${encodeURIComponent(name)}`);
  assert.match(await text(ministry), /regla de créditos\s+nada\s+Nombre la regla/i);
  await doIt(ministry, 'Cambiar los datos', {en: 'Stitching of footwear', rule: 'creditRules/default', level: 'conocer:2', review: day(365), before: 'microcredentials/digital-skills-core/versions/1'});
  assert.match(await text(ministry), /cumple el perfil/);
  assert.deepEqual((await ask(ministry, GET, {name})).prerequisites, ['microcredentials/digital-skills-core/versions/1']);
  await doIt(ministry, 'Publicar');
  assert.equal((await ask(ministry, GET, {name})).state, 'MICROCREDENTIAL_STATE_PUBLISHED');
  await show(school, `#/version?name=${encodeURIComponent(name)}`);
  await doIt(school, 'Presentar a un organismo', {body: 'certifiers/ceneval'});
  const submission = await ask(school, 'puente.gateway.v1.SubmissionService/GetSubmission', {name: await nameOf(school)});
  assert.equal(submission.microcredentialVersion, name);
  await ministry.close();
  await school.close();
});

test('what may be long is searched for at the server, a page of it at a time', async () => {
  const page = await open(MINISTRY);
  await page.setBypassCSP(true);  // for axe, which is put into the page
  await page.reload();
  await settled(page);
  const STANDARDS = 'puente.education.v1.CompetenceStandardService';
  const standard = await ask(page, `${STANDARDS}/CreateCompetenceStandard`, {competenceStandardId: 'soldadura-muestra', competenceStandard: {
    code: 'EC9217', revision: '01', titleEs: 'Soldadura de tubería en diseño (muestra)', level: 2, committee: 'Muestra', sector: 'Muestra',
    source: 'puente-sample', recordKind: 'RECORD_KIND_GENERATED'}});
  assert.equal(standard.code, 'EC9217', JSON.stringify(standard));
  await show(page, '#/programs');
  const asked = [];
  page.on('request', (request) => {
    if (/List(MicrocredentialVersions|CompetenceStandards)$/.test(request.url())) asked.push(JSON.parse(request.postData()));
  });
  await press(page, 'Redactar una microcredencial');
  await page.waitForFunction(() => ['parts', 'before', 'standards'].every((name) => document.querySelectorAll(`dialog select[name=${name}] option`).length > 1));
  assert.equal(asked.length, 3);
  assert.ok(asked.every(({pageSize, pageToken}) => pageSize <= 20 && !pageToken), JSON.stringify(asked));
  const search = async (name, text, wanted) => {  // until there is just that to choose from
    const field = await page.$(`dialog .searched:has([name=${name}]) input[type=search]`);
    await field.click({count: 3});
    await field.type(text);
    await field.press('Enter');  // asks, and sends no form
    await page.waitForFunction((from, all) => JSON.stringify([...document.querySelectorAll(`dialog select[name=${from}] option`)].map((option) => option.value).filter(Boolean).sort()) === all, {}, name, JSON.stringify(wanted.sort()));
  };
  for (const [text, filter] of [['EC9217.01', 'code = "EC9217"'], ['SOLDADURA DE TUBERIA', 'title_slug = "soldadura-de-tuberia*"']]) {
    await search('standards', text, [standard.name]);
    assert.equal(asked.at(-1).filter, filter);
  }
  const {microcredentialVersions: all} = await ask(page, 'puente.education.v1.MicrocredentialService/ListMicrocredentialVersions', {parent: 'microcredentials/-', filter: 'state = PUBLISHED', pageSize: 1000});
  for (const width of [360, 1280]) {
    await page.setViewport({width, height: 900});
    assert.deepEqual(await findings(page), []);
    await picture(page, `search ${width}`);
  }
  const wanted = all.at(-1), beginning = wanted.titleEs.slice(0, 6);
  const plain = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  await search('parts', beginning, all.filter(({titleEs}) => plain(titleEs).startsWith(plain(beginning))).map(({name}) => name));
  // What is chosen stays when something else is searched for, and what there is nothing of says so.
  await page.select('dialog select[name=parts]', wanted.name);
  const field = await page.$('dialog .searched:has([name=parts]) input[type=search]');
  await field.click({count: 3});
  await field.type('zzz');
  await page.waitForFunction(() => [...document.querySelectorAll('dialog [role=status]')].some((node) => node.innerText === 'Coincidencias: 0'));
  assert.equal(await page.$eval('dialog input[name=parts]', (taken) => taken.value), wanted.name);
  await press(page, 'Cancelar');
  await page.close();
});

async function unplaced(page) {
  const {learners} = await askFor(page, 'puente.education.v1.LearnerService/ListLearners', {parent: OWN, pageSize: 200});
  const {placeReservations} = await askFor(page, 'puente.economy.v1.PlaceReservationService/ListPlaceReservations', {filter: `organization = "${OWN}"`});
  return learners.find((one) => !placeReservations.some((taken) => taken.learner === one.name)).name;
}

test('a learner gets a place, sees why not another, and gives it back', async () => {
  const page = await open(SCHOOL);
  const asked = new URLSearchParams({learner: await unplaced(page), skills: 'skills/welding', state: '11', municipality: 'celaya',
    from: day(1), until: day(40), seats: '1', hours: '35'});
  await show(page, `#/placing?${asked}`);
  const rows = await page.$$eval('main section:first-of-type tbody tr', (all) => all.map((row) => row.innerText));
  assert.match(rows[0], /Bajio Autopartes[\s\S]*mismo municipio/);
  assert.match(rows[1], /mismo estado/);
  const why = (title) => page.waitForSelector(`::-p-xpath(//section[last()]//tr[contains(., "${title}")]//button)`);
  await (await why('Operación de línea')).click();
  await page.waitForFunction(() => document.querySelector('main').innerText.includes('pide más horas por semana'));
  assert.match(await text(page), /no se aprende ninguna de las habilidades/);
  assert.match(await doIt(page, 'Colocar'), /inscribir en la plaza[\s\S]*apartar el lugar/);
  const name = await nameOf(page), id = name.split('/')[1];
  await button(page, 'Liberar');  // the page follows the act until the seat is there
  assert.equal((await ask(page, 'puente.gateway.v1.ActService/GetAct', {name})).state, 'ACT_STATE_DONE');
  const seat = () => askFor(page, 'puente.economy.v1.PlaceReservationService/GetPlaceReservation', {name: `placeReservations/${id}`});
  assert.equal((await seat()).state, 'PLACE_RESERVATION_STATE_HELD');
  // Twice on the same days it is refused by one agency, and undone at the other.
  await show(page, `#/placing?${asked}`);
  await doIt(page, 'Colocar');
  await page.waitForFunction(() => /deshecho[\s\S]*ya tiene en esos días[\s\S]*LEARNER_PLACED/.test(document.querySelector('main').innerText));
  await show(page, `#/act?name=${name}`);
  assert.match(await doIt(page, 'Liberar'), /apartada\s+liberada/);
  assert.equal((await seat()).state, 'PLACE_RESERVATION_STATE_RELEASED');
  await page.close();
});

test('while an agency is away the page says which step is left, and then goes on', async () => {
  const page = await open(SCHOOL);
  const asked = new URLSearchParams({learner: await unplaced(page), skills: 'skills/lean-manufacturing', state: '11', from: day(1), until: day(40)});
  await show(page, `#/placing?${asked}`);
  await button(page, 'Colocar');
  process.kill(federation.pids.economy, 'SIGSTOP');
  try {
    await doIt(page, 'Colocar');
    await page.waitForFunction(() => /inscribir en la plaza[^]*hecho[^]*apartar el lugar[^]*falta/.test(document.querySelector('main').innerText));
  } finally {
    process.kill(federation.pids.economy, 'SIGCONT');
  }
  await doIt(page, 'Liberar');
  await page.close();
});

test('a company lets a chamber act for it, which states a need and offers a place, and takes that back', async () => {
  const company = await open(COMPANY), chamber = await open(CHAMBER);
  await show(company, '#/consents');
  await doIt(company, 'Dar un consentimiento', {chamber: 'chambers/canacintra',
    acts: ['CONSENT_ACT_STATE_DEMAND', 'CONSENT_ACT_READ_DEMAND', 'CONSENT_ACT_PROPOSE', 'CONSENT_ACT_OFFER_PLACES']});
  const given = async () => (await ask(company, 'puente.economy.v1.ConsentService/ListConsents', {parent: 'companies/acme'}))
    .consents.find((consent) => consent.chamber === 'chambers/canacintra');
  assert.equal((await given()).acts.length, 4);

  await show(chamber, '#/needs?company=companies/acme');
  await chamber.waitForSelector('form.filters option[value="companies/acme"]');
  await doIt(chamber, 'Declarar una necesidad', {skill: 'skills/teamwork', heads: '3'});
  const {demandStatements} = await askFor(chamber, 'puente.economy.v1.DemandService/ListDemandStatements', {parent: 'companies/acme'});
  assert.equal(demandStatements.filter(({skill, heads, state}) => state === 'DEMAND_STATE_CURRENT' && skill === 'skills/teamwork' && heads === 3).length, 1);
  assert.match(await text(chamber), /cuenta/);
  await show(chamber, '#/proposals');
  await doIt(chamber, 'Proponer', {company: 'companies/acme', about: 'PROPOSAL_KIND_SHARED_WORKSHOP', es: 'Un taller para todos', text: 'Para soldar.'});
  const {proposals} = await ask(company, 'puente.economy.v1.ProposalService/ListProposals', {filter: 'author = "company/acme"'});
  assert.equal(proposals.filter(({titleEs}) => titleEs === 'Un taller para todos').length, 1);
  assert.match(await checked(chamber, 'puente-training-places',
    'training_place_id,title_es,title_en,state_code,municipality,occupation_code,skills,start_date,end_date,seat_count,weekly_hours,' +
    'conditions_es,conditions_en,requirements_es,requirements_en', 'companies/acme'), /filas leídas\s+1/i);
  await show(chamber, '#/own-places?company=companies/acme');
  await doIt(chamber, 'Ofrecer una plaza', {es: 'Trabajo en equipo', skills: 'skills/teamwork', seats: '2'});

  await show(company, '#/own-places');
  const place = async () => (await ask(company, 'puente.economy.v1.TrainingPlaceService/ListTrainingPlaces', {parent: 'companies/acme'}))
    .trainingPlaces.find(({titleEs}) => titleEs === 'Trabajo en equipo');
  assert.deepEqual([(await place()).chamber, (await place()).seatCount], ['chambers/canacintra', 2]);
  await renamed(company, 'Trabajo en equipo', 'Cambiar', 'Cambiar esta');
  assert.match(await doIt(company, 'Cambiar esta', {hours: '20'}), /horas por semana\s+30\s+20/);
  await renamed(company, 'Trabajo en equipo', 'Cerrar', 'Cerrar esta');
  assert.match(await doIt(company, 'Cerrar esta', {reason: 'PLACE_CLOSE_REASON_FILLED', channel: 'PLACE_CHANNEL_OWN_SEARCH'}), /por búsqueda propia/);
  assert.equal((await place()).closeReason, 'PLACE_CLOSE_REASON_FILLED');

  await show(company, '#/consents');
  await renamed(company, 'Transformación', 'Retirar', 'Retirar este');
  await doIt(company, 'Retirar este');
  assert.equal((await given()).state, 'CONSENT_STATE_WITHDRAWN');
  await show(chamber, '#/consents');
  assert.match(await text(chamber), /retirado/);

  // What a consent does not cover is not offered, and not asked for.
  const STATE = 'Declarar una necesidad';
  for (const [covers, states, lists] of [['CONSENT_ACT_READ_DEMAND', false, true], ['CONSENT_ACT_STATE_DEMAND', true, false]]) {
    await doIt(company, 'Dar un consentimiento', {chamber: 'chambers/canacintra', acts: [covers]});
    await chamber.bringToFront();
    await show(chamber, '#/consents');
    await show(chamber, '#/needs?company=companies/acme');
    const buttons = await chamber.$$eval('main button', (all) => all.map((one) => one.innerText));
    assert.deepEqual([buttons.includes(STATE), buttons.includes('Retirar')], [states, false], covers);
    assert.equal(!/no deja leer/.test(await text(chamber)), lists, covers);
    assert.equal(await chamber.$('main .hole'), null, covers);
    await renamed(company, 'Transformación', 'Retirar', 'Retirar este');
    await doIt(company, 'Retirar este');
  }
  await company.close();
  await chamber.close();
});

test('a company opens the name of who is to come, and leads a stay from its seat to its end', async () => {
  const page = await open(COMPANY);
  await act(page, 'officer-1');
  await show(page, '#/reservations');
  await press(page, 'Quién es');
  await page.waitForFunction(() => /Xmuestra/.test(document.querySelector('main').innerText));
  const SERVICE = 'puente.economy.v1.PlaceReservationService';
  const {placeReservations} = await askFor(page, `${SERVICE}/ListPlaceReservations`, {filter: 'company = "companies/acme" AND state = HELD'}, 'placement');
  const {name, companyLearner} = placeReservations[0];
  const step = async (label, state, values) => {
    await renamed(page, companyLearner.slice(0, 8), label, `${label} este`);
    await doIt(page, `${label} este`, values);
    assert.equal((await askFor(page, `${SERVICE}/GetPlaceReservation`, {name}, 'placement')).state, `PLACE_RESERVATION_STATE_${state}`);
  };
  await step('Confirmar', 'CONFIRMED');
  await step('Inició', 'STARTED');
  await step('Interrumpir', 'BROKEN_OFF', {cause: 'BREAK_OFF_CAUSE_MUTUAL', follow: 'FOLLOW_UP_ANOTHER_PLACE'});
  await act(page, '');
  await page.close();
});

test('a school answers a call with a campus that was checked', async () => {
  const ministry = await open('agency/economy'), school = await open(SCHOOL);
  const [year, month, date] = day(30).split('-').map(Number);
  await show(ministry, '#/proposal?name=proposals/script');
  await doIt(ministry, 'Tomar en revisión');
  const call = await ask(ministry, 'puente.economy.v1.SchoolCallService/CreateSchoolCall', {schoolCallId: 'paginas', schoolCall: {
    proposal: 'proposals/script', textEs: '¿Quién puede?', stateCodes: ['11'], endDate: {year, month, day: date},
    source: 'puente-sample', recordKind: 'RECORD_KIND_GENERATED'}});
  assert.equal(call.name, 'schoolCalls/paginas', JSON.stringify(call));
  await show(school, '#/calls');
  await (await school.waitForSelector('::-p-xpath(//tr[contains(., "¿Quién puede?")]//a[.="¿Podríamos?"])')).click();
  await button(school, 'Responder con este plantel');
  assert.match(await text(school), /taller|programa/);
  await doIt(school, 'Responder con este plantel', {can: 'CAN_DO_IF_HELPED', seats: '12', missing: 'Dos docentes.'});
  const {schoolResponses} = await ask(school, 'puente.economy.v1.SchoolResponseService/ListSchoolResponses', {parent: call.name});
  assert.equal(schoolResponses.length, 1);
  assert.match(schoolResponses[0].feasibility.campus, /^organizations\/tecnologico-bajio-muestra\/campuses\//);
  assert.ok(schoolResponses[0].feasibility.asOfTime);
  assert.match(await text(school), /sí, con apoyo, 12 lugares[\s\S]*en Plantel/);
  await ministry.close();
  await school.close();
});

test('a learner is enrolled, assessed and awarded, and the award is corrected', async () => {
  const page = await open(SCHOOL);
  const listed = async (method, field, filter = '') => (await askFor(page, `puente.education.v1.${method}`, {parent: OWN, pageSize: 200, filter}))[field] ?? [];
  const assessments = await listed('AssessmentService/ListAssessments', 'assessments');
  const enrolment = (await listed('EnrolmentService/ListEnrolments', 'enrolments')).find(({name, state}) =>
    state === 'ENROLMENT_STATE_ENROLLED' && !assessments.some((each) => each.enrolment === name));
  const learner = `learner = "${enrolment.learner}"`;
  await show(page, `#/learner?name=${encodeURIComponent(enrolment.learner)}`);
  assert.match(await doIt(page, 'Evaluar', {evaluator: 'evaluador-1', instrument: 'EXAMEN_FINAL'}), /instrumento\s+EXAMEN_FINAL/i);
  await show(page, `#/learner?name=${encodeURIComponent(enrolment.learner)}`);
  await doIt(page, 'Inscribir', {version: 'microcredentials/digital-skills-core/versions/1'});
  const both = await listed('EnrolmentService/ListEnrolments', 'enrolments', learner);
  assert.ok(both.some((each) => each.microcredentialVersion === 'microcredentials/digital-skills-core/versions/1'));

  const assessment = async () => (await listed('AssessmentService/ListAssessments', 'assessments', `enrolment = "${enrolment.name}"`))[0];
  assert.equal((await assessment()).state, 'ASSESSMENT_STATE_SCHEDULED');
  const pseudonym = enrolment.learner.split('/').at(-1).slice(0, 8);
  await show(page, '#/assessments');
  await renamed(page, pseudonym, 'Aprobó', 'Aprobó esta persona');
  await doIt(page, 'Aprobó esta persona', {grade: '9'});
  assert.equal((await assessment()).state, 'ASSESSMENT_STATE_PASSED');
  await renamed(page, pseudonym, 'Otorgar', 'Otorgar a esta persona');
  await doIt(page, 'Otorgar a esta persona');
  const awards = async () => (await listed('AwardService/ListAwards', 'awards')).filter((award) => award.learner === enrolment.learner);
  assert.deepEqual((await awards()).map(({state, grade}) => [state, grade]), [['AWARD_STATE_ISSUED', '9']]);
  await renamed(page, pseudonym, 'Corregir', 'Corregir este');
  assert.match(await doIt(page, 'Corregir este', {grade: '10', reason: 'Se anotó mal.'}), /calificación\s+9\s+10/);
  assert.deepEqual((await awards()).map(({state, grade}) => [state, grade]).sort(), [['AWARD_STATE_ISSUED', '10'], ['AWARD_STATE_REPLACED', '9']]);

  // A suspended one is revoked too, and keeps nobody from another.
  for (const verb of ['Suspender', 'Revocar']) {
    await renamed(page, pseudonym, verb, `${verb} este`);
    await doIt(page, `${verb} este`, {reason: 'No procedía.'});
  }
  await show(page, '#/assessments');
  await renamed(page, pseudonym, 'Otorgar', 'Otorgar de nuevo');
  await doIt(page, 'Otorgar de nuevo', {grade: '8'});
  assert.deepEqual((await awards()).map(({state, grade}) => [state, grade]).sort(),
    [['AWARD_STATE_ISSUED', '8'], ['AWARD_STATE_REPLACED', '9'], ['AWARD_STATE_REVOKED', '10']]);
  await page.close();
});

test('hours that a company claims wait for the school', async () => {
  const company = await open(COMPANY), school = await open(SCHOOL);
  await show(company, `#/plan?name=${OWN}/dualPlans/muestra-1`);
  await doIt(company, 'Declarar horas', {minutes: '75'});
  await show(school, '#/dual');
  const section = await school.$eval('main section:first-of-type', (node) => node.innerText);
  assert.match(section, /1 h 15 min/);
  await doIt(school, 'Confirmar');
  const {hourEntries} = await askFor(school, 'puente.education.v1.HourEntryService/ListHourEntries', {parent: `${OWN}/dualPlans/muestra-1`});
  assert.deepEqual(hourEntries.filter(({minutes}) => Number(minutes) === 75).map(({state}) => state), ['HOUR_ENTRY_STATE_CONFIRMED']);

  // What was disputed is confirmed after all, and what one has claimed oneself is voided.
  const entries = async (wanted) => (await askFor(school, 'puente.education.v1.HourEntryService/ListHourEntries', {parent: `${OWN}/dualPlans/muestra-1`}))
    .hourEntries.filter(({state}) => state === `HOUR_ENTRY_STATE_${wanted}`).length;
  const disputed = await entries('DISPUTED'), voided = await entries('VOIDED');
  assert.ok(disputed > 0);
  await company.bringToFront();
  await show(company, '#/dual');
  await renamed(company, 'objetada', 'Confirmar', 'Confirmar esta');
  await doIt(company, 'Confirmar esta');
  assert.equal(await entries('DISPUTED'), disputed - 1);
  await show(school, `#/plan?name=${OWN}/dualPlans/muestra-1`);
  await doIt(school, 'Declarar horas', {minutes: '20'});
  await renamed(school, '20 min', 'Anular', 'Anular esta');
  await doIt(school, 'Anular esta');
  assert.equal(await entries('VOIDED'), voided + 1);

  // In a pause hours of the days before it are claimed, and the company may judge what was learned.
  const PLANS = 'puente.education.v1.DualPlanService', name = `${OWN}/dualPlans/muestra-1`;
  const buttons = async () => {
    await company.bringToFront();
    await show(company, '#/dual');
    await show(company, `#/plan?name=${name}`);
    const all = await company.$$eval('main td.actions button', (buttons) => buttons.map((button) => button.innerText));
    return ['Declarar horas', 'Juzgar'].filter((button) => all.includes(button));
  };
  assert.deepEqual(await buttons(), ['Declarar horas', 'Juzgar']);
  const plan = () => askFor(school, `${PLANS}/GetDualPlan`, {name});
  await doIt(school, 'Pausar', {cause: 'DUAL_PAUSE_CAUSE_SCHOOL', until: day(7)});
  assert.equal((await plan()).state, 'DUAL_PLAN_STATE_PAUSED');
  assert.deepEqual(await buttons(), ['Declarar horas', 'Juzgar']);
  await doIt(school, 'Reanudar');
  assert.equal((await plan()).state, 'DUAL_PLAN_STATE_RUNNING');

  // The school sees whose plan it is, and what the company would change, and answers that.
  const proposed = await askFor(company, `${PLANS}/ProposeDualPlanChange`, {name, proposedChange: {tutor: 'officer-2'}});
  assert.equal(proposed.proposedChange?.tutor, 'officer-2', JSON.stringify(proposed));
  await show(school, '#/dual');
  await show(school, `#/plan?name=${name}`);
  const learner = await school.$eval('main .facts a[href^="#/learner?"]', (link) => link.getAttribute('href'));
  assert.equal(new URLSearchParams(learner.split('?')[1]).get('name'), proposed.learner ?? (await plan()).learner);
  assert.match(await text(school), /Cambio propuesto[\s\S]*officer-1\s+officer-2/);
  await doIt(school, 'Rechazar el cambio');
  const {proposedChange, changeOutcome, tutor} = await plan();
  assert.deepEqual([proposedChange, changeOutcome, tutor], [undefined, 'DUAL_CHANGE_OUTCOME_REFUSED', 'officer-1']);
  await company.close();
  await school.close();
});

test('an agency asks for a release, sees what that is, and the release when it is there', async () => {
  const page = await open('agency/economy');
  await show(page, '#/releases');
  const newest = async () => (await ask(page, 'puente.economy.v1.PlaceReleaseService/ListPlaceReleases', {pageSize: 1})).placeReleases?.[0]?.name;
  const asked = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/ReleasePlaces')) asked.push(JSON.parse(request.postData()));
  });
  const company = await open(COMPANY);  // offers what is to be told
  await show(company, '#/own-places');
  await doIt(company, 'Ofrecer una plaza', {es: 'Soldadura', skills: 'skills/welding', seats: '40'});
  await company.close();
  await page.bringToFront();
  const places = await page.waitForSelector('::-p-xpath(//section[contains(., "plazas de formación")]//button[.="Pedir una publicación"])');
  await places.click();
  await button(page, 'Hacerlo');
  assert.match(await page.$eval('dialog', (dialog) => dialog.innerText), /se conserva/);
  assert.deepEqual(asked.map(({validateOnly}) => validateOnly), [true]);  // nothing was asked for yet
  const before = await newest();
  await press(page, 'Hacerlo');
  await page.waitForFunction(() => document.querySelector('.done')?.innerText.startsWith('Hecho: Pedir una publicación'));
  assert.notEqual(await newest(), before);
  assert.deepEqual(asked.map(({validateOnly, requestId}) => [!!validateOnly, !!requestId]), [[true, true], [false, true]]);
  await page.close();
});

test('files are put below whom they are of', async () => {
  const company = await open(COMPANY), school = await open(SCHOOL), ministry = await open(MINISTRY);
  const HOURS = 'dual_plan,hour_entry_id,company,work_date,outcome,minutes', READ = /filas leídas\s+1/i;
  assert.match(await checked(company, 'puente-hours', HOURS, OWN), READ);
  assert.match(await checked(school, 'puente-hours', HOURS), READ);
  // Rows of these say whose they are.
  assert.match(await checked(school, 'puente-bookings',
    'facility_booking_id,facility,booker,begin_date,end_date,start_minute,end_minute,seats,purpose,microcredential_version'), READ);
  assert.match(await checked(ministry, 'sep-centros-de-trabajo',
    'CLAVECCT,TURNO,NOMBRECT,ENTIDAD,MUNICIPIO,LOCALIDAD,DOMICILIO,NIVEL,CONTROL', OWN), READ);
  for (const page of [company, school, ministry]) await page.close();
});

const SUBMISSION = 'puente.gateway.v1.SubmissionService/';
const where = (submission) => `#/submission?name=${encodeURIComponent(submission.name)}`;
const decisions = (page) => page.$$eval('main .buttons button', (all) => all.map((one) => one.innerText));

test('what lacks an answer is certified with a reason for that, and returned with none', async () => {
  const page = await open(BODY);
  const {submissions} = await ask(page, `${SUBMISSION}ListSubmissions`, {parent: 'certifiers/ceneval', filter: 'state = SUBMITTED'});
  const one = submissions.find(({microcredentialVersion}) => microcredentialVersion.includes('footwear'));
  await show(page, where(one));
  await doIt(page, 'Asignar');
  await doIt(page, 'Abrir expediente');
  const {dossiers} = await ask(page, 'puente.gateway.v1.DossierService/ListDossiers', {filter: `certifier = "certifiers/ceneval" AND submission = "${one.name}"`});
  dossiers[0].sections.find(({section}) => section === 'technology').provenance.state = 'SECTION_STATE_MISSING';
  await tell(page, {'/ListDossiers': {dossiers}});
  await show(page, '#/queue');
  await show(page, where(one));
  await press(page, 'Certificar');
  await page.waitForSelector('dialog textarea[name="override-technology"]');
  await press(page, 'Cancelar');
  await doIt(page, 'Devolver', {reason: 'Falta el plantel.'});
  assert.equal((await ask(page, `${SUBMISSION}GetSubmission`, {name: one.name})).state, 'SUBMISSION_STATE_RETURNED');
  assert.deepEqual(await decisions(page), []);
  await page.close();
});

test('what can be decided under appeal is what may take the place of the decision', async () => {
  const page = await open(BODY);
  const {submissions} = await ask(page, `${SUBMISSION}ListSubmissions`, {parent: 'certifiers/ceneval', filter: 'state = CERTIFIED'});
  const [one] = submissions;
  for (const [kind, state, buttons] of [
    ['RETURN', 'RETURNED', ['Abrir expediente', 'Certificar', 'Confirmar lo decidido']],
    ['REJECT', 'REJECTED', ['Abrir expediente', 'Certificar', 'Devolver', 'Confirmar lo decidido']],
    ['SUSPEND', 'CERTIFIED', ['Reanudar', 'Confirmar lo decidido']],
    ['WITHDRAW', 'CERTIFIED', ['Abrir expediente', 'Certificar', 'Confirmar lo decidido']],
  ]) {
    await show(page, '#/queue');
    await tell(page, {
      '/GetSubmission': {state: `SUBMISSION_STATE_${state}`},
      '/ListDecisions': {decisions: [{name: 'certifiers/ceneval/decisions/x', submission: one.name, kind: `DECISION_KIND_${kind}`,
        state: 'DECISION_STATE_UNDER_APPEAL', appealGrounds: 'No.'}]}});
    await show(page, where(one));
    assert.deepEqual(await decisions(page), buttons, kind);
    await page.reload();
    await settled(page);
  }
  await page.close();
});

test('a body renews and suspends what it certified, the school appeals, and another person resumes it', async () => {
  const body = await open(BODY), school = await open(SCHOOL);
  const {submissions} = await ask(body, `${SUBMISSION}ListSubmissions`, {parent: 'certifiers/ceneval', filter: 'state = CERTIFIED'});
  const [one] = submissions;
  const certification = () => ask(body, 'puente.education.v1.CertificationService/GetCertification', {name: one.certification});
  // The certification once Education has recorded what was decided last, a little later.
  const recorded = async () => {
    for (const until = Date.now() + 30000; Date.now() < until;) {
      const {decision} = await ask(body, `${SUBMISSION}GetSubmission`, {name: one.name});
      const {state} = await ask(body, 'puente.gateway.v1.DecisionService/GetDecision', {name: decision});
      if (state !== 'DECISION_STATE_RECORDING') break;
    }
    return certification();
  };
  const again = async () => {
    await body.bringToFront();
    await show(body, '#/queue');
    await show(body, where(one));
    return decisions(body);
  };
  assert.deepEqual(await again(), ['Abrir expediente', 'Renovar', 'Suspender', 'Retirar la certificación']);
  const {year, month, day: date} = (await certification()).endDate;
  const text = (plus) => [year + plus, month, date].map((part) => String(part).padStart(2, '0')).join('-');
  await doIt(body, 'Renovar', {until: text(1)});
  assert.equal((await recorded()).endDate.year, year + 1);
  await again();
  await doIt(body, 'Suspender', {reason: 'Falta quien evalúa.', from: day(30)});
  assert.equal((await recorded()).state, 'CERTIFICATION_STATE_SUSPENDED');
  assert.deepEqual(await again(), ['Abrir expediente', 'Renovar', 'Reanudar', 'Retirar la certificación']);

  await show(school, '#/decisions');
  await renamed(school, 'Falta quien evalúa.', 'Impugnar', 'Impugnar esta');
  await doIt(school, 'Impugnar esta', {grounds: 'Ya hay quien evalúe.'});
  await act(body, 'reviewer-2');
  assert.deepEqual(await again(), ['Reanudar', 'Confirmar lo decidido']);
  await doIt(body, 'Reanudar', {from: day(30)});
  assert.equal((await recorded()).state, 'CERTIFICATION_STATE_ACTIVE');
  await act(body, 'reviewer-1');
  await body.close();
  await school.close();
});

test('a certification that ends leads its body to the submission, others to the version', async () => {
  const body = await open(BODY), school = await open(SCHOOL);
  const {certifications} = await ask(body, 'puente.education.v1.CertificationService/ListCertifications', {filter: 'certifier = "certifiers/ceneval"'});
  const {name, microcredentialVersion} = certifications.find((one) => one.submission.includes('welding'));
  const items = [{kind: 'AGENDA_KIND_CERTIFICATION', name, textEs: microcredentialVersion}, {kind: 'AGENDA_KIND_PROPOSAL', name: 'proposals/script', textEs: 'CAD/CAM'}];
  for (const page of [body, school]) {
    await tell(page, {'/GetAgenda': {items}});
    await show(page, '#/queue');
    await show(page, '#/agenda');
    const links = await page.$$eval('main tbody a', (all) => all.map((a) => [a.innerText, a.getAttribute('href')]));
    assert.equal(links[1][0], 'CAD/CAM');
    await show(page, links[0][1]);
    if (page === body) {
      assert.ok((await decisions(page)).includes('Renovar'));
    } else {
      assert.equal(await nameOf(page), microcredentialVersion);
    }
    assert.doesNotMatch(await text(page), /INVALID_NAME|NOT_FOUND/);
    await page.close();
  }
});

test('what a change of the register says is read before it is confirmed, and why it was declined after', async () => {
  const page = await open(MINISTRY);
  await show(page, '#/register');
  await doIt(page, 'Proponer un organismo', {key: 'organismo-muestra', es: 'Organismo de muestra', level: 'conocer:2', kind: 'RECORD_KIND_GENERATED'});
  await act(page, 'registrar-2');
  await (await page.waitForSelector('::-p-xpath(//tr[contains(., "Organismo de muestra")]//summary)')).click();
  await page.waitForFunction(() => document.querySelector('main details .changes')?.innerText.includes('conocer:2'));
  await press(page, 'Confirmar');
  await button(page, 'Hacerlo');
  assert.match(await page.$eval('dialog .changes', (table) => table.innerText), /organismo-muestra[\s\S]*nivel\s+conocer:2/);
  await press(page, 'Cancelar');
  await doIt(page, 'Rechazar', {reason: 'Falta su contacto.'});
  assert.match(await text(page), /Falta su contacto\./);
  await act(page, 'registrar-1');
  await page.close();
});

test('a report that is drafted is withdrawn, and no longer cancelled', async () => {
  const page = await open(MINISTRY);
  await act(page, 'statistician-1');
  await show(page, '#/reports');
  await doIt(page, 'Pedir uno nuevo', {kind: 'RECORD_KIND_GENERATED'});
  let report;
  for (const until = Date.now() + 30000; !report; assert.ok(report || Date.now() < until)) {
    const {reports} = await ask(page, 'puente.gateway.v1.ReportService/ListReports', {filter: 'state = DRAFTED'});
    report = reports?.[0];
  }
  await show(page, `#/report?name=${report.name}`);
  const buttons = await page.$$eval('main .buttons button', (all) => all.map((one) => one.innerText));
  assert.deepEqual(buttons, ['Aprobar', 'Retirar']);
  await doIt(page, 'Retirar', {reason: 'Se pidió por error.'});
  assert.equal((await ask(page, 'puente.gateway.v1.ReportService/GetReport', {name: report.name})).state, 'REPORT_STATE_WITHDRAWN');
  await act(page, 'registrar-1');
  await page.close();
});

test('a school adds a campus, and one that is in no register enters itself', async () => {
  const page = await open(SCHOOL, {lost: true});
  await show(page, '#/programs');
  await doIt(page, 'Añadir un plantel', {title: 'Plantel Salamanca', state: '11', municipality: 'Salamanca'});
  const {campuses} = await ask(page, 'puente.education.v1.CampusService/ListCampuses', {parent: OWN});
  assert.equal(campuses.filter(({titleEs, stateCode}) => titleEs === 'Plantel Salamanca' && stateCode === '11').length, 1);
  await page.evaluate(() => {  // as if it were not there
    const real = window.fetch;
    window.fetch = async (where, ...rest) => (where.endsWith('/GetOrganization')
      ? new Response(JSON.stringify({code: 'not_found'}), {status: 404, headers: {'Content-Type': 'application/json'}}) : real(where, ...rest));
  });
  await show(page, '#/learners');
  await show(page, '#/programs');
  await press(page, 'Dar de alta su escuela');
  await fill(page, {legal: 'Escuela de muestra', type: 'ORGANIZATION_KIND_UNIVERSITY', control: 'ORGANIZATION_CONTROL_PUBLIC', state: '11'});
  await press(page, 'Ver qué cambia');
  const refused = await page.waitForSelector('dialog [role=alert] .hole');
  assert.match(await refused.evaluate((hole) => hole.innerText), /ORGANIZATION_ALREADY_EXISTS/);  // so it is for itself
  await page.close();
});

test('other states were not asked for, and what is missing goes on beyond its first page', async () => {
  const page = await open('council/cce');
  await show(page, '#/overview');
  await show(page, await page.$eval('.tile-map a[class^="tile c"]', (tile) => tile.getAttribute('href')));
  assert.equal((await page.$$('.tile-map a.tile.unasked')).length, 31);
  await page.evaluate(() => {  // one page is two, the same twice
    const real = window.fetch;
    window.fetch = async (where, init) => {
      if (!where.endsWith('/ListUncertifiedVersions')) return real(where, init);
      const {pageToken, ...request} = JSON.parse(init.body);
      const answer = await (await real(where, {...init, body: JSON.stringify(request)})).json();
      return new Response(JSON.stringify({...answer, nextPageToken: pageToken ? '' : 'more'}), {headers: {'Content-Type': 'application/json'}});
    };
  });
  await show(page, '#/missing');
  const rows = (await page.$$('main tbody tr')).length;
  await press(page, 'Mostrar más');
  await page.waitForFunction((all) => document.querySelectorAll('main tbody tr').length === all, {}, 2 * rows);
  await page.close();
});
