// The pictures of docs/manual.es.md: the console in Spanish, as each kind of user sees it (pictures.py).
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {act, federation, firstRecord, open, press, show} from './drive.mjs';

const take = (page, name, height = 760) => page.setViewport({width: page.viewport().width, height})
  .then(() => page.evaluate(() => document.activeElement?.blur()))
  .then(() => page.screenshot({path: path.join(process.env.PUENTE_PICTURES, `${name}.png`)}));

// [picture, caller, address, height]; an address that begins with "first:" is of the first record there.
const PAGES = [
  ['panorama', 'council/cce', '#/overview', 900],
  ['brechas', 'council/cce', '#/gaps', 820],
  ['rastro', 'council/cce', '#/trace?skill=skills%2Fwelding', 820],
  ['espera', 'organization/tecnologico-bajio-muestra', '#/agenda', 560],
  ['solicitud', 'certifier/ceneval', 'first:#/queue?state=SUBMITTED', 760],
  ['necesidades', 'company/acme', '#/needs', 820],
  ['plan', 'company/acme', 'first:#/dual', 820],
  ['informe', 'council/cce', 'first:#/reports', 720],
  ['accesos', 'auditor/asf', 'first:#/accesses', 600],
];

test('pages', async () => {
  for (const [name, caller, address, height] of PAGES) {
    const page = await open(caller);
    await show(page, address.replace('first:', ''));
    if (address.startsWith('first:')) await show(page, await firstRecord(page));
    await take(page, name, height);
    await page.close();
  }
  const phone = await open('council/cce', {width: 360});
  await show(phone, '#/overview');
  await take(phone, 'telefono', 640);
  await phone.close();
});

test('what would change', async () => {
  const page = await open('certifier/ceneval');
  await show(page, '#/queue?state=SUBMITTED');
  await show(page, await firstRecord(page));
  await press(page, 'Asignar');
  await page.waitForSelector('dialog form');
  await press(page, 'Ver qué cambia');
  await page.waitForSelector('dialog .changes');
  await take(page, 'cambio', 560);
  await page.close();
});

test('a file', async () => {
  const page = await open('organization/tecnologico-bajio-muestra');
  await act(page, 'registrar-1');
  await show(page, '#/files');
  const file = path.join(process.env.PUENTE_REPORT, 'estudiantes.csv');
  fs.writeFileSync(file, 'identifier_scheme,identifier,given_names,first_surname,second_surname,birth_date,sex,state_code\n' +
      'CURP,XXXB900101MNEBBB94,Alba,Xmuestra,,1990-01-01,WOMAN,11\nCURP,XXXC900108HNECBB92,Bruno,Xmuestra,,1990-01-08,MAN,11\n');
  await (await page.$('#file')).uploadFile(file);
  await page.waitForFunction(() => document.querySelector('.drop + div').innerText.includes('no se guardó nada'));
  await take(page, 'archivo', 900);
  await page.close();
});

// The last: this agency stays dead.
test('a hole', async () => {
  const page = await open('council/cce');
  process.kill(federation.pids.labor, 'SIGKILL');
  await show(page, '#/gaps');
  await show(page, '#/overview');
  const hole = await page.waitForSelector('.hole');
  const {y} = await hole.evaluate((node) => ({y: node.closest('section').getBoundingClientRect().top + window.scrollY}));
  await page.screenshot({path: path.join(process.env.PUENTE_PICTURES, 'hueco.png'), clip: {x: 0, y: Math.max(0, y - 20), width: 1280, height: 260}, captureBeyondViewport: true});
  await page.close();
});
