// What others try on a console: other sites, other names, a link that was seen, scripts in texts, bodies that are
// none, files that are too large; and what its user is told when he may no longer. PUENTE_CONTROL does what
// happens elsewhere (pages_test.py). Nothing is stored here: pages.test.mjs counts what there is.
import assert from 'node:assert/strict';
import http from 'node:http';
import {test} from 'node:test';
import {act, ask, firstRecord, links, open, origin, pagesOf, press, settled, show, visitor} from './drive.mjs';

const SCRIPT = process.env.PUENTE_SCRIPT;
const control = async (deed, ...lines) => {
  const answer = await fetch(`${process.env.PUENTE_CONTROL}/${deed}`, {method: 'POST', body: lines.join('\n')});
  assert.equal(answer.status, 200, await answer.text());
};
const told = (page) => page.$eval('body', (body) => body.innerText);

test('a link that was seen opens nothing, and its user stays in', async () => {
  const page = await open('council/cce');
  const other = await visitor();
  const answer = await other.goto(links['council/cce']);
  assert.equal(answer.status(), 403);
  assert.match(await told(other), /inícielo de nuevo[\s\S]*start it again/);
  assert.equal((await other.goto(`${origin(page)}/session`)).status(), 401);
  await page.reload();
  await settled(page);
  await other.close();
  await page.close();
});

// A page of another site in the browser in which the console is open. Its port is another and its machine is the
// same, so that the session's cookie goes with whatever it sends.
test('another site gets nothing and does nothing', async () => {
  const page = await open('agency/economy');
  const LIST = 'puente.api.v1.CountedKindService/ListCountedKinds', CREATE = 'puente.api.v1.CountedKindService/CreateCountedKind';
  const before = await ask(page, LIST, {}, 'economy');
  const wanted = {countedKindId: 'stolen', countedKind: {collection: 'demandStatements', recordKind: 'RECORD_KIND_REAL', effectiveDate: {year: 2026, month: 1, day: 1}}};
  const server = http.createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end('<!doctype html><title>x</title>'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const other = await page.browserContext().newPage();
  const statuses = [];
  other.on('response', (answer) => answer.url().startsWith(origin(page)) && statuses.push(answer.status()));
  await other.goto(`http://127.0.0.1:${server.address().port}/`);
  const outcomes = await other.evaluate(async (to, method, body) => {
    const tried = async (options, path = `/${method}`) => {
      try {
        const answer = await fetch(to + path, {credentials: 'include', ...options});
        return answer.type === 'opaque' ? 'opaque' : `read ${answer.status}`;
      } catch {
        return 'refused';
      }
    };
    const json = JSON.stringify(body);
    const fields = {'Content-Type': 'application/json', 'Connect-Protocol-Version': '1', 'Puente-Server': 'economy'};
    return [
      await tried({method: 'POST', headers: fields, body: json}),
      await tried({method: 'POST', mode: 'no-cors', body: json}),
      await tried({method: 'POST', mode: 'no-cors', body: JSON.stringify({actor: ''})}, '/session'),
      await tried({}, '/session'),
      await tried({}, `/${method}?connect=v1&encoding=json&message=${encodeURIComponent(json)}`),
    ];
  }, origin(page), CREATE, wanted);
  assert.ok(outcomes.every((outcome) => !outcome.startsWith('read')), outcomes.join());
  // A form, as it is sent without any script's rights; and the console in a frame.
  await other.evaluate((to, body) => {
    document.body.innerHTML = '<form method="post" enctype="text/plain" target="f"><input></form><iframe name="f"></iframe><iframe></iframe>';
    const form = document.querySelector('form'), [name, ...rest] = body.split('=');
    form.action = to;
    Object.assign(form.firstChild, {name, value: rest.join('=')});
    form.submit();
    document.querySelectorAll('iframe')[1].src = new URL('/', to).href;
  }, `${origin(page)}/${CREATE}`, JSON.stringify({...wanted, countedKindId: 'stolen', x: '='}));
  while (statuses.length < 5) await other.waitForResponse((answer) => answer.url().startsWith(origin(page)));
  assert.ok(statuses.every((status) => status === 403), statuses.join());
  assert.deepEqual(await ask(page, LIST, {}, 'economy'), before);
  assert.equal(await page.$eval('#actor', (select) => select.value), 'officer-1');
  await other.close();
  await page.close();
  server.close();
});

// A name of others' that leads to this machine, as rebinding makes one.
test('under another name it answers nobody', async () => {
  const page = await open('council/cce');
  const other = await visitor();
  const answer = await other.goto(origin(page).replace('127.0.0.1', 'console.example'));
  assert.equal(answer.status(), 403);
  assert.ok(!(await told(other)).includes('council/cce'));
  await other.close();
  await page.close();
});

// Whatever texts a server may answer with: all but names, ids, states and times, which have forms.
const FORMED = /^([A-Z][A-Z0-9_]*|[\w.@:+-]*(\/[\w.@:+-]+)*|[A-Za-z0-9+/]+=*)$/;
const spoiled = (value) => typeof value === 'string' ? (FORMED.test(value) ? value : `${value} ${SCRIPT}`)
  : Array.isArray(value) ? value.map(spoiled)
    : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name === 'validateOnly' ? each : spoiled(each)]))
      : value;

for (const caller of Object.keys(links).filter((each) => !each.endsWith(' expired'))) {
  test(`scripts in whatever ${caller} is shown never run`, async () => {
    const page = await open(caller, {lost: true});  // a button may be of what is not allowed to nobody
    const client = await page.createCDPSession();
    client.on('Fetch.requestPaused', async ({requestId, responseStatusCode, responseHeaders}) => {
      try {
        const {body, base64Encoded} = await client.send('Fetch.getResponseBody', {requestId});
        const text = JSON.stringify(spoiled(JSON.parse(Buffer.from(body, base64Encoded ? 'base64' : 'utf8').toString())));
        await client.send('Fetch.fulfillRequest', {
          requestId, responseCode: responseStatusCode, body: Buffer.from(text).toString('base64'),
          responseHeaders: responseHeaders.filter(({name}) => !/^content-(length|encoding)$/i.test(name)),
        });
      } catch {  // the page has gone on
        await client.send('Fetch.continueRequest', {requestId}).catch(() => {});
      }
    });
    await client.send('Fetch.enable', {patterns: [{urlPattern: '*/puente.*', requestStage: 'Response'}]});
    let shown = 0;
    const nothingRan = async (where) => {
      const seen = await page.evaluate(() => ({
        ran: window.ran ?? 0, nodes: document.querySelectorAll('main img, dialog img, main script, dialog script').length,
        text: document.body.innerText,
      }));
      assert.deepEqual([seen.ran, seen.nodes], [0, 0], where);
      shown += seen.text.includes(SCRIPT);
    };
    const records = [];
    const look = async (hash) => {
      await show(page, hash);
      await nothingRan(hash);
      const button = await page.$('main button.secondary');
      if (!button) return;
      await button.click();  // what a change would be, if it is one
      await page.waitForFunction(() => window.asking === 0);
      await nothingRan(`${hash}, its first button`);
      await page.evaluate(() => document.querySelector('dialog')?.close());
    };
    for (const hash of await pagesOf(page)) {
      await look(hash);
      const record = await firstRecord(page);
      if (record) records.push(record);
    }
    for (const hash of new Set(records)) await look(hash);
    assert.ok(shown > 3, `${shown} pages had such a text`);
    assert.deepEqual(page.troubles, []);
    await page.close();
  });
}

test('a certificate that has ended is said, with what to do', async () => {
  const page = await open('company/muestra expired', {lost: true});
  assert.match(await page.$eval('.troubles', (box) => box.innerText), /certificado.*venció el[\s\S]*renueve/);
  assert.match(await page.$eval('main', (main) => main.innerText), /Falta la respuesta de/);
  await page.click('.language');
  await page.waitForFunction(() => document.documentElement.lang === 'en' && document.querySelector('main:not([aria-busy]) h1'));
  assert.match(await page.$eval('.troubles', (box) => box.innerText), /certificate.*expired on[\s\S]*renew/);
  await page.close();
});

// The servers read a registry that is new within moments, and the page asks until they have.
const becomes = async (page, hash, text) => {
  for (const until = Date.now() + 20000; ;) {
    await page.reload();
    await settled(page);
    const box = await page.$eval('.troubles', (node) => node.innerText);
    if (text.test(box)) return box;
    assert.ok(Date.now() < until, `${hash}: ${box}`);
  }
};

test('who acts is blocked while a page is open', async () => {
  const page = await open('certifier/ceneval', {lost: true});
  try {
    await show(page, '#/queue?state=SUBMITTED');
    const hash = await firstRecord(page), name = new URLSearchParams(hash.split('?')[1]).get('name');
    await show(page, hash);
    await press(page, 'Asignar');
    await page.waitForSelector('dialog input[name=reviewer]');
    await control('block-actor', 'certifier/ceneval', 'reviewer-1');
    const other = await open('certifier/ceneval', {lost: true});
    await becomes(other, '#/', /reviewer-1/);
    await other.close();
    await page.bringToFront();
    await press(page, 'Ver qué cambia');  // in the page that is still open
    const said = await page.waitForSelector('dialog [role=alert] .hole');
    assert.match(await said.evaluate((node) => node.innerText), /reviewer-1[\s\S]*ACTOR_UNKNOWN/);
    assert.ok(!(await page.$('.done')));
    // Nobody else acts instead; who may, goes on.
    await act(page, 'reviewer-2');
    assert.equal((await ask(page, 'puente.gateway.v1.SubmissionService/GetSubmission', {name})).state, 'SUBMISSION_STATE_SUBMITTED');
    await control('block-caller', 'certifier/ceneval');
    assert.match(await becomes(page, '#/', /bloquead/), /quienes operan Puente/);
  } finally {
    await control('block-nobody');
  }
  await becomes(page, '#/', /^$/);
  await act(page, 'reviewer-1');
  await page.close();
});

test('bodies that are none are refused in words, and nothing is done', async () => {
  const page = await open('agency/economy', {lost: true});
  const CREATE = '/puente.api.v1.CountedKindService/CreateCountedKind';
  const before = await ask(page, 'puente.api.v1.CountedKindService/ListCountedKinds', {}, 'economy');
  const reason = (body) => page.evaluate(async (where, text) => {
    const answer = await fetch(where, {method: 'POST', body: text, headers: {'Content-Type': 'application/json', 'Connect-Protocol-Version': '1', 'Puente-Server': 'economy'}});
    const {details} = await answer.json();
    return [answer.status, details.map((d) => d.debug.reason).find(Boolean), details.some((d) => d.debug.locale === 'es-MX' && d.debug.message)];
  }, CREATE, body);
  const rest = '"countedKindId": "bad", "countedKind": {"collection": "demandStatements", "recordKind": "RECORD_KIND_REAL", "effectiveDate": {"year": 2026, "month": 1, "day": 1';
  for (const [body, status, wanted] of [
    ['nonsense', 400, 'JSON_SYNTAX'], [`{${rest}}}`, 400, 'JSON_SYNTAX'], ['{"a":'.repeat(100000), 400, 'JSON_TOO_DEEP'],
    [`{${' '.repeat(5 << 20)}${rest}}}}`, 429, 'BODY_TOO_LARGE'],
    [`{"countedKindId": "a", ${rest}}}}`, 400, 'INVALID_FIELDS'], [`{${rest}.5}}}`, 400, 'INVALID_FIELDS'],
    [`{"nope": 1, ${rest}}}}`, 400, 'INVALID_FIELDS'],
  ]) assert.deepEqual(await reason(body), [status, wanted, true], body.slice(0, 80));
  assert.deepEqual(await ask(page, 'puente.api.v1.CountedKindService/ListCountedKinds', {}, 'economy'), before);
  await page.close();
});

// Dropped as a hand does, and again before the first is through. A tenth of it where there is no time.
const LARGE = process.env.PUENTE_LONG ? 1e8 : 1e7;
test(`a file of ${LARGE / 1e6} MB dropped twice`, async () => {
  const page = await open('organization/tecnologico-bajio-muestra');
  await show(page, '#/files');
  const loads = async () => (await ask(page, 'puente.api.v1.LoadService/ListLoads', {}, 'education')).loads;
  const before = await loads();
  await page.evaluate((bytes) => {
    const header = 'identifier_scheme,identifier,given_names,first_surname,second_surname,birth_date,sex,state_code\n';
    const row = `CURP,XXXB900101MNEBBB94,Alba,${'x'.repeat(70000)},,1990-01-01,WOMAN,11\n`;
    const file = new File([header, row.repeat(Math.ceil(bytes / row.length))], 'grande.csv', {type: 'text/csv'});
    const data = new DataTransfer();
    data.items.add(file);
    for (let time = 0; time < 2; time++) {
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
    }
  }, LARGE);
  await page.waitForFunction(() => window.asking === 0 && /no se guardó nada|Filas por corregir|hole/.test(document.querySelector('.drop + div').innerText), {timeout: 60000});
  const said = await page.$eval('.drop + div', (node) => node.innerText);
  assert.match(said, /grande\.csv[\s\S]*no se guardó nada[\s\S]*Rechazadas/i);
  assert.equal((said.match(/no se guardó nada/g)).length, 1);
  assert.deepEqual(await loads(), before);
  assert.deepEqual(page.troubles, []);
  await page.close();
});
