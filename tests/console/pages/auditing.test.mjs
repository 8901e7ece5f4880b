// What is held to account, as people read it: journals, and what a dossier holds.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ask, findings, firstRecord, open, picture, press, settled, show} from './drive.mjs';

// With axe, which is put into the page.
async function openForAxe(caller) {
  const page = await open(caller);
  await page.setBypassCSP(true);
  await page.reload();
  await settled(page);
  return page;
}
const rowsOf = (page) => page.$$eval('main tbody tr', (all) => all.map((row) => row.innerText));

test('an auditor finds who did what, and that it is as it was written', async () => {
  const page = await openForAxe('auditor/asf');
  await show(page, '#/journal?server=economy&caller=company/acme');
  const rows = await rowsOf(page);
  assert.ok(rows.length > 0);
  assert.ok(rows.some((row) => row.includes('CreateProposal')), rows[0]);
  await show(page, await firstRecord(page));
  assert.match(await page.$eval('main', (main) => main.innerText), /como se escribió/);
  assert.deepEqual(await findings(page), []);
  await picture(page, 'journal entry');
  await show(page, '#/journal?server=education&what=personal');
  const reads = await rowsOf(page);
  assert.ok(reads.length > 0 && reads.every((row) => row.includes('datos personales leídos')));
  await page.close();
});

test('what an entry says is held against its digest by the page', async () => {
  const page = await open('auditor/asf');
  const METHOD = 'puente.api.v1.JournalService/GetJournalEntry';
  await page.setRequestInterception(true);
  page.on('request', async (request) => {
    if (!request.url().endsWith(METHOD)) return request.continue();
    const digest = Buffer.alloc(32).toString('base64');
    return request.respond({contentType: 'application/json', body: JSON.stringify({name: 'journalEntries/1', position: '1', digest, canonical: 'AAAA'})});
  });
  await show(page, '#/entry?server=economy&name=journalEntries/1');
  assert.match(await page.$eval('main .tag.bad', (tag) => tag.innerText), /distinto/);
  await page.close();
});

test('a journal that does not answer leaves a hole with its name', async () => {
  const page = await open('auditor/asf', {lost: true});
  await page.setRequestInterception(true);
  page.on('request', (request) => request.headers()['puente-server'] === 'labor' ? request.abort() : request.continue());
  await show(page, '#/journal');
  assert.deepEqual(await page.$$eval('.hole', (holes) => holes.map((hole) => hole.dataset.owner)), ['Secretaría del Trabajo y Previsión Social']);
  assert.equal(await page.$$eval('main table', (all) => all.length), 4, 'the others have answered');
  await picture(page, 'journal hole');
  await page.close();
});

test('what a dossier holds is read, beside what is said today', async () => {
  const page = await openForAxe('certifier/ceneval');
  await show(page, '#/queue?state=SUBMITTED');
  const where = await firstRecord(page);
  const name = new URLSearchParams(where.split('?')[1]).get('name');
  await ask(page, 'puente.gateway.v1.SubmissionService/AssignSubmission', {name, reviewer: 'reviewer-1', requestId: crypto.randomUUID()});
  await show(page, where);
  await press(page, 'Abrir expediente');
  await press(page, 'Hacerlo');
  await page.waitForSelector('main details');
  await page.click('main details summary');
  const kept = await page.$eval('main details', (details) => details.innerText);
  assert.match(kept, /Definición: qué certifica[\s\S]*Resultados de aprendizaje[\s\S]*Demanda: quién lo necesita[\s\S]*personas requeridas/);
  const rows = await page.$$eval('main table', (all) => [...all.find((one) => one.caption?.innerText === 'Lo guardado y lo de hoy').tBodies[0].rows].map((row) => row.innerText));
  assert.equal(rows.length, 5);
  for (const row of rows) assert.match(row, /no$/, 'nothing has changed since');
  for (const width of [360, 1280]) {
    await page.setViewport({width, height: 900});
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, String(width));
    assert.deepEqual(await findings(page), []);
    await picture(page, `dossier ${width}`);
  }
  await page.close();
});
