// The console's pages as people meet them, with what ./drive.mjs reads.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {act, ask, browser, button, federation, findings, firstRecord, links, open, origin, pagesOf, picture, press, quiet, setLanguage, settled, show} from './drive.mjs';
import {paths} from './words.mjs';

// At its width and at the others, with what is behind its pictures.
async function check(page, where) {
  await page.$$eval('main details', (all) => all.forEach((details) => { details.open = true; }));
  await page.waitForFunction(() => [...document.querySelectorAll('main details')].every((details) => details.children.length > 1));
  await quiet(page);
  const {width} = page.viewport();
  for (const other of [360, 768, 1280, 1920]) {
    if (other === width) continue;
    await page.setViewport({width: other, height: 900});
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(needed <= other, `${where} is ${needed} wide at ${other}`);
  }
  await page.setViewport({width, height: 900});
  const seen = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth, title: document.querySelector('h1').innerText,
    unknown: [...document.querySelectorAll('main td, main dd')].filter((cell) => cell.textContent.trim() === '?').length,
    holes: [...document.querySelectorAll('.hole')].map((hole) => hole.innerText),
  }));
  assert.notEqual(seen.title, '', where);
  assert.ok(seen.width <= page.viewport().width, `${where} is ${seen.width} wide`);
  assert.equal(seen.unknown, 0, `${where} has a value without a word`);
  assert.deepEqual(seen.holes, [], where);
  assert.deepEqual(await findings(page), [], where);
  assert.deepEqual(page.troubles, [], where);
}

// Pages that several callers have are looked at once, in each language at a width; at either if there is time.
const LOOKS = process.env.PUENTE_LONG ? [['en', 360], ['es', 360], ['en', 1280], ['es', 1280]] : [['en', 360], ['es', 1280]];
const looked = new Set(), routes = new Set();
const SHARED = new Set(['overview', 'gaps', 'trace', 'places', 'feasibility', 'proposals', 'agreements', 'sessions', 'chains', 'missing', 'reports', 'tables', 'status']);
for (const caller of Object.keys(links)) {
  test(`pages of ${caller}`, async () => {
    const page = await open(caller);
    await page.setBypassCSP(true);  // for axe, which is put into the page
    await page.reload();
    await settled(page);
    const hashes = (await pagesOf(page)).filter((hash) => {
      const key = SHARED.has(hash.slice(2)) ? hash : caller + hash;
      return !looked.has(key) && looked.add(key);
    });
    assert.ok(hashes.length > 0);
    const records = new Set();  // of each page the first that it leads to
    for (const [language, width] of LOOKS) {
      await setLanguage(page, language);
      await page.setViewport({width, height: 900});
      const look = async (hash) => {
        await show(page, hash);
        const where = `${caller} ${hash.slice(0, 80)} ${language} ${width}`;
        await check(page, where);
        await picture(page, where);
        routes.add(/^#\/([\w-]*)/.exec(hash)[1]);
      };
      for (const hash of hashes) {
        await look(hash);
        const record = await firstRecord(page);
        if (record && !looked.has(caller + record)) records.add(record);
      }
      for (const hash of records) await look(hash);
    }
    await page.close();
  });
}

test('every page has been looked at', () => {
  assert.deepEqual(paths.filter((path) => !routes.has(path)), []);
});

test('the first figures need one call', async () => {
  const page = await open('council/cce');
  await page.setRequestInterception(true);
  const calls = [];
  page.on('request', (request) => {
    const method = new URL(request.url()).pathname.slice(1);
    if (!method.startsWith('puente.')) return request.continue();
    calls.push(method);
    return method.endsWith('/GetOverview') ? request.continue() : request.abort();
  });
  await page.goto(`${origin(page)}/#/overview`);
  await page.reload();
  await settled(page);
  assert.equal(calls[0], 'puente.gateway.v1.CouncilService/GetOverview');
  assert.match(await page.$eval('.kpi-value', (node) => node.innerText), /^\d/);
  await page.close();
});

test('what a record says never runs', async () => {
  const page = await open('council/cce');
  for (const hash of ['#/proposals', '#/proposal?name=proposals/script']) {
    await show(page, hash);
    assert.ok((await page.$eval('main', (main) => main.innerText)).includes(process.env.PUENTE_SCRIPT), hash);
    assert.equal(await page.evaluate(() => window.ran ?? document.querySelectorAll('main img, main script').length), 0);
  }
  await page.close();
});

test('by keyboard alone', async () => {
  const page = await open('certifier/ceneval');
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.localName);
  await page.reload();
  await settled(page);
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'main');
  await page.focus('nav a[href="#/queue"]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.localName === 'h1' && location.hash === '#/queue');
  await page.focus('main tbody a');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.localName === 'h1' && location.hash.startsWith('#/submission'));
  await page.focus('main .buttons button');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.closest('dialog') !== null);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement.closest('.buttons') !== null && !document.querySelector('dialog'));
  await page.close();
});

test('the contract\'s reference is a link away, by keyboard, and reads as pages do', async () => {
  const page = await open('council/cce');
  await page.setBypassCSP(true);
  for (const language of ['en', 'es']) {
    await setLanguage(page, language);
    await page.focus('footer a[href="/reference/"]');
    assert.match(await page.evaluate(() => document.activeElement.innerText), language === 'es' ? /referencia/ : /reference/);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '/openapi.json');
    await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    await page.keyboard.up('Shift');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    for (const next of ['', 'education.v1.competence_standard.html']) {
      if (next) await page.goto(`${origin(page)}/reference/${next}`);
      for (const width of [360, 1280]) {
        await page.setViewport({width, height: 900});
        assert.notEqual(await page.$eval('h1', (heading) => heading.innerText), '');
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `${next} ${width}`);
        assert.deepEqual(await findings(page), [], `${next} ${width}`);
        if (language === 'es') await picture(page, `reference ${next} ${width}`);
      }
    }
    await page.goto(`${origin(page)}/#/overview`);
    await settled(page);
  }
  assert.equal((await page.evaluate(async () => (await fetch('/openapi.json')).json())).openapi, '3.1.0');
  assert.deepEqual(page.troubles, []);
  await page.close();
});

test('a write is shown before it is done, and done once though it is sent again', async () => {
  const page = await open('certifier/ceneval');
  const GET = 'puente.gateway.v1.SubmissionService/GetSubmission', REVISIONS = 'puente.gateway.v1.SubmissionService/ListSubmissionRevisions';
  await show(page, '#/queue?state=SUBMITTED');
  const name = new URLSearchParams((await firstRecord(page)).split('?')[1]).get('name');
  await show(page, await firstRecord(page));
  await press(page, 'Asignar');
  await page.waitForSelector('dialog input[name=reviewer]');
  await page.$eval('dialog input[name=reviewer]', (input) => { input.value = 'reviewer-1'; });
  await page.focus('dialog input[name=reviewer]');
  await page.keyboard.press('Enter');
  await button(page, 'Hacerlo');
  // Where another Enter does nothing.
  assert.equal(await page.evaluate(() => document.activeElement.nextElementSibling?.className), 'changes');
  const preview = await page.$eval('dialog .changes', (table) => table.innerText);
  assert.match(preview, /presentada/);
  assert.match(preview, /en revisión/);
  assert.match(preview, /reviewer-1/);
  await picture(page, 'preview');
  assert.equal((await ask(page, GET, {name})).state, 'SUBMISSION_STATE_SUBMITTED');
  const before = (await ask(page, REVISIONS, {name})).submissions.length;

  // It is done, but the answer is lost on its way; then the page is loaded again.
  const client = await page.createCDPSession();
  await client.send('Fetch.enable', {patterns: [{urlPattern: '*AssignSubmission', requestStage: 'Response'}]});
  client.once('Fetch.requestPaused', ({requestId}) => client.send('Fetch.failRequest', {requestId, errorReason: 'ConnectionReset'}));
  await press(page, 'Hacerlo');
  await button(page, 'Repetir');
  assert.ok(!(await page.$eval('dialog', (dialog) => dialog.innerText)).includes('Corregir'));
  assert.equal((await ask(page, GET, {name})).state, 'SUBMISSION_STATE_IN_REVIEW');
  await client.send('Fetch.disable');
  await page.reload();
  await settled(page);
  await picture(page, 'pending');
  await page.waitForSelector('.pending');
  await press(page, 'Repetir');
  await page.waitForFunction(() => !document.querySelector('.pending') && document.querySelector('.done')?.innerText === 'Hecho: Asignar la solicitud');
  assert.equal((await ask(page, REVISIONS, {name})).submissions.length, before + 1);
  await page.close();
});

test('what the server refuses stands in its words beside the form', async () => {
  const page = await open('company/acme');
  await show(page, '#/needs');
  await press(page, 'Declarar una necesidad');
  await page.waitForSelector('dialog select[name=skill] option[value="skills/welding"]');
  await page.select('dialog select[name=skill]', 'skills/welding');
  await page.$eval('dialog input[name=heads]', (input) => { input.value = '0'; });
  await press(page, 'Ver qué cambia');
  const said = await page.waitForSelector('dialog [role=alert] .hole');
  assert.match(await said.evaluate((node) => node.innerText), /heads[\s\S]*INVALID_FIELDS/);
  await picture(page, 'refused');
  await page.close();
});

test('while it is not known what became of a write its dialogue stays', async () => {
  const page = await open('company/acme');
  await show(page, '#/needs');
  await press(page, 'Declarar una necesidad');
  await page.waitForSelector('dialog select[name=skill] option[value="skills/welding"]');
  await page.select('dialog select[name=skill]', 'skills/welding');
  await page.$eval('dialog input[name=heads]', (input) => { input.value = '1'; });
  await press(page, 'Ver qué cambia');
  await button(page, 'Hacerlo');
  await page.evaluate(() => {  // what is sent is refused when the test lets it
    window.fetch = async () => {
      await new Promise((go) => { window.letThrough = go; });
      return new Response('{"code": "failed_precondition", "message": "No se puede."}', {status: 400, headers: {'Content-Type': 'application/json'}});
    };
  });
  await press(page, 'Hacerlo');
  await page.waitForFunction(() => window.letThrough);
  for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
  const cancel = await button(page, 'Cancelar');
  assert.ok(await cancel.evaluate((node) => node.disabled));
  await page.waitForSelector('dialog[open]');
  await page.evaluate(() => window.letThrough());
  const said = await page.waitForSelector('dialog[open] [role=alert] .hole');
  assert.match(await said.evaluate((node) => node.innerText), /No se puede/);
  await press(page, 'Cancelar');
  await page.waitForFunction(() => !document.querySelector('dialog'));
  await page.close();
});

test('more is asked for once, however often that is pressed', async () => {
  const page = await open('certifier/ceneval');
  await page.evaluate(() => {  // one page is two, the same twice
    window.further = 0;
    const real = window.fetch;
    window.fetch = async (where, init) => {
      if (!where.endsWith('/ListSubmissions')) return real(where, init);
      const {pageToken, ...request} = JSON.parse(init.body);
      if (pageToken) window.further++;
      const answer = await (await real(where, {...init, body: JSON.stringify(request)})).json();
      return new Response(JSON.stringify({...answer, nextPageToken: pageToken ? '' : 'more'}), {headers: {'Content-Type': 'application/json'}});
    };
  });
  await show(page, '#/queue');
  const rows = () => page.$$eval('main tbody tr', (all) => all.length);
  const once = await rows();
  const more = await button(page, 'Mostrar más');
  await more.evaluate((node) => { node.focus(); node.click(); node.click(); });
  await quiet(page);
  assert.equal(await page.evaluate(() => window.further), 1);
  assert.equal(await rows(), 2 * once);
  // The first that came has the focus, and how many there are is told.
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('main tbody tr')].indexOf(document.activeElement)), once);
  assert.ok((await page.$$eval('main [role=status]', (all) => all.map((said) => said.innerText))).includes(`Mostradas: ${2 * once}`));
  await page.close();
});

test('a file is checked, loaded once though its answer is lost, anew once it came, and its bad rows are taken away', async () => {
  const page = await open('organization/tecnologico-bajio-muestra');
  await show(page, '#/files');
  const folder = fs.mkdtempSync(path.join(process.env.PUENTE_REPORT, 'files-'));
  const file = path.join(folder, 'estudiantes.csv');
  fs.writeFileSync(file, 'identifier_scheme,identifier,given_names,first_surname,second_surname,birth_date,sex,state_code\n' +
      'CURP,XXXB900101MNEBBB94,"Ana, María",Xmuestra,,1990-01-01,WOMAN,11\n' +
      'CURP,XXXB900101MNEBBB95,Eli"sa,Xmuestra,,1990-01-01,WOMAN,11\rCURP,=1+1,Elisa,Xmuestra,,1990-01-01,WOMAN,11\n');
  const drop = async () => (await page.$('#file')).uploadFile(file);
  const said = (text) => page.waitForFunction((wanted) => document.querySelector('.drop + div').innerText.includes(wanted), {}, text);
  const loads = async () => (await ask(page, 'puente.api.v1.LoadService/ListLoads', {}, 'education')).loads.filter((load) => load.rowCount === '3').length;
  const before = await loads();
  await drop();
  await said('no se guardó nada');
  assert.match(await page.$eval('.drop + div', (node) => node.innerText), /Rechazadas\s+2 /i);
  const client = await page.createCDPSession();
  await client.send('Fetch.enable', {patterns: [{urlPattern: '*LoadRecords', requestStage: 'Response'}]});
  client.once('Fetch.requestPaused', ({requestId}) => client.send('Fetch.failRequest', {requestId, errorReason: 'ConnectionReset'}));
  await press(page, 'Cargar las filas buenas');
  await said('no responde');
  await client.send('Fetch.disable');
  for (const [outcome, count] of [[/(Tomadas|Cambiadas)\s+1 /i, 1], [/Sin cambio\s+1 /i, 2]]) {
    await drop();
    await said('no se guardó nada');
    await press(page, 'Cargar las filas buenas');
    await said('está cargado');
    assert.match(await page.$eval('.drop + div', (node) => node.innerText), outcome);
    assert.equal(await loads(), before + count);
  }
  await picture(page, 'loaded');
  await client.send('Browser.setDownloadBehavior', {behavior: 'allow', downloadPath: folder, browserContextId: page.browserContext().id, eventsEnabled: true});
  const done = new Promise((resolve) => client.on('Browser.downloadProgress', ({state}) => state === 'completed' && resolve()));
  await press(page, 'Llevarse las filas por corregir');
  await done;
  const [header, quote, row, ...rest] = fs.readFileSync(path.join(folder, 'estudiantes-por-corregir.csv'), 'utf8').split('\r\n');
  assert.match(header, /^\ufeffidentifier_scheme,.*,"qué corregir"$/);
  assert.match(quote, /^CURP,XXXB900101MNEBBB95,Eli"sa,.*,11,".+"$/);
  assert.match(row, /^CURP,=1\+1,Elisa,.*,".+"$/);
  assert.deepEqual(rest, ['']);
  await page.close();
});

test('a report is asked for', async () => {
  const page = await open('agency/education');
  await act(page, 'statistician-1');
  await show(page, '#/reports');
  await press(page, 'Pedir uno nuevo');
  await page.waitForSelector('dialog select[name=kind]');
  await page.select('dialog select[name=kind]', 'RECORD_KIND_GENERATED');
  await press(page, 'Ver qué cambia');
  await press(page, 'Hacerlo');
  await page.waitForFunction(() => document.querySelector('.done')?.innerText.startsWith('Hecho: Pedir el informe'));
  await act(page, 'registrar-1');
  await page.close();
});

test('who acts is changed in another window', async () => {
  const page = await open('certifier/ceneval'), other = await open('certifier/ceneval');
  await act(other, '');
  await page.bringToFront();
  await page.evaluate(() => { location.hash = '#/queue'; });
  await page.waitForFunction(() => document.querySelector('.troubles')?.innerText.includes('ahora nadie'));
  assert.equal(await page.$eval('#actor', (select) => select.value), '');
  await act(page, 'reviewer-1');
  await page.close();
  await other.close();
});

test('an address that no browser writes', async () => {
  const page = await open('council/cce');
  await show(page, '#/%');
  assert.equal(await page.$eval('h1', (heading) => heading.innerText), 'No hay tal página');
  await page.close();
});

test('a report\'s files are saved', async () => {
  const page = await open('council/cce');
  await show(page, '#/reports');
  await show(page, await firstRecord(page));
  const links = await page.$$eval('main a[download]', (all) => all.map((a) => a.getAttribute('href')));
  const saving = links.find((link) => new URL(link, 'http://localhost').pathname.endsWith('/report.es.html'));
  assert.ok(saving, links.join());
  const saved = await page.evaluate(async (link) => {
    const answer = await fetch(link);
    return [answer.status, answer.headers.get('content-disposition'), (await answer.text()).slice(0, 15)];
  }, saving);
  assert.equal(saved[0], 200);
  assert.match(saved[1], /^attachment/);
  assert.match(saved[2], /^<!doctype html>/i);
  await page.close();
});

test('an overview prints', async () => {
  const page = await open('council/cce');
  await show(page, '#/overview');
  await page.emulateMediaType('print');
  assert.equal(await page.$eval('nav', (nav) => getComputedStyle(nav).display), 'none');
  assert.equal(Buffer.from(await page.pdf({format: 'a4'})).subarray(0, 5).toString(), '%PDF-');
  await page.close();
});

test('a report\'s page', async () => {
  const page = await browser.newPage();
  const troubles = [];
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  for (const language of ['es', 'en']) {
    await page.goto(pathToFileURL(path.join(process.env.PUENTE_REPORT, `report.${language}.html`)).href);
    for (const width of [360, 1280]) {
      await page.setViewport({width, height: 900});
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `${language} ${width}`);
      assert.deepEqual(await findings(page), [], `${language} ${width}`);
    }
    assert.equal(Buffer.from(await page.pdf({format: 'a4'})).subarray(0, 5).toString(), '%PDF-');
  }
  assert.deepEqual(troubles, []);
  await page.close();
});

// The last: this agency stays dead.
test('an agency that is gone leaves a hole with its name', async () => {
  const page = await open('agency/education');
  await show(page, '#/overview');
  process.kill(federation.pids.labor, 'SIGKILL');
  await show(page, '#/gaps');
  await show(page, '#/overview');
  await page.waitForSelector('.hole');
  const [owner] = await page.$$eval('.hole.missing', (holes) => holes.map((hole) => hole.dataset.owner));
  assert.equal(owner, 'Secretaría del Trabajo y Previsión Social');
  const employment = await page.$eval('.hole', (hole) => ({tables: hole.closest('section').querySelectorAll('table, .kpi').length, heading: hole.closest('section').querySelector('h2').innerText}));
  assert.deepEqual(employment, {tables: 0, heading: 'Empleo: qué puestos se ofrecen y de qué calidad'});
  assert.ok(await page.$$eval('.kpi', (all) => all.length) >= 4, 'the others have answered');
  await picture(page, 'hole');
  await show(page, '#/trace');
  assert.match(await page.$eval('form.filters', (form) => form.innerText), /No se pudo leer la lista/);
  await show(page, '#/feasibility');
  assert.match(await page.$eval('form.filters', (form) => form.innerText), /No se pudo leer la lista/);
  await show(page, '#/status');
  assert.match(await page.$eval('main', (main) => main.innerText), /Secretaría del Trabajo[\s\S]*sin respuesta/);
  await page.close();
});
