// What is held to account, as people read it: journals, and what a dossier holds.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
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

// The page of an entry, of which a server gives this.
async function pageOf(told) {
  const page = await open('auditor/asf');
  await page.setRequestInterception(true);
  page.on('request', async (request) => {
    if (!request.url().endsWith('JournalService/GetJournalEntry')) return request.continue();
    return request.respond({contentType: 'application/json', body: JSON.stringify({name: 'journalEntries/1', position: '1', ...told})});
  });
  await show(page, '#/entry?server=economy&name=journalEntries/1');
  return page;
}
const digestOf = (bytes) => createHash('sha256').update(Buffer.from([0])).update(bytes).digest('base64');
// A field of protobuf's wire format, shorter than 128 bytes.
const field = (number, value) => Buffer.concat([Buffer.from([number << 3 | 2, Buffer.byteLength(value)]), Buffer.from(value)]);

test('what an entry says is held against its digest by the page', async () => {
  const page = await pageOf({digest: Buffer.alloc(32).toString('base64'), canonical: 'AAAA'});
  assert.match(await page.$eval('main .tag.bad', (tag) => tag.innerText), /distinto/);
  assert.match(await page.$eval('main .lead', (lead) => lead.innerText), /no se puede leer/);
  await page.close();
});

test('an entry is shown as its own bytes say it', async () => {
  const leaf = Buffer.concat([field(1, 'companies/acme'), Buffer.from([2 << 3, 7])]);
  const reads = Array.from({length: 3}, (_, i) => field(2, `learners/l${i}`));
  const canonical = Buffer.concat([field(3, '/a.A/DoThis'), field(4, 'agency/economy'), field(6, Buffer.concat([field(1, leaf), ...reads]))]);
  const page = await pageOf({
    canonical: canonical.toString('base64'), digest: digestOf(canonical), readCount: '1',
    entry: {method: '/a.A/Other', caller: 'company/other', change: {resources: [{name: 'companies/other'}], read: ['learners/l0']}}});
  const text = await page.$eval('main', (main) => main.innerText);
  assert.match(text, /como se escribió/);
  for (const said of ['DoThis', 'companies/acme', 'learners/l0', 'learners/l2']) assert.ok(text.includes(said), said);
  assert.doesNotMatch(text, /[Oo]ther/);
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
  await page.waitForSelector('main details :not(summary)');
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
