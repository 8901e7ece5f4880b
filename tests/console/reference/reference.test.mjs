// The OpenAPI document is one, of every method, and of use to a generator of clients; the reference
// pages are well-formed, lead nowhere that is not there, and can be read by everybody.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {pathToFileURL} from 'node:url';

const require = createRequire(new URL('../../clients/node/', import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const share = path.join(process.env.PUENTE_BUILD, 'share/puente');
const file = path.join(share, 'openapi.json');
const document = JSON.parse(fs.readFileSync(file, 'utf8'));
const folder = path.join(share, 'reference');
const pages = fs.readdirSync(folder).filter((name) => name.endsWith('.html'));

async function methods() {
  const {fromBinary} = await load('@bufbuild/protobuf');
  const {FileDescriptorSetSchema, MethodOptions_IdempotencyLevel} = await load('@bufbuild/protobuf/wkt');
  const bytes = fs.readFileSync(path.join(process.env.PUENTE_BUILD, 'puente.binpb'));
  return fromBinary(FileDescriptorSetSchema, bytes).file.flatMap((file) => file.service.flatMap((service) =>
    service.method.map((method) => ({
      path: `/${file.package}.${service.name}/${method.name}`,
      streams: method.clientStreaming || method.serverStreaming,
      reads: method.options?.idempotencyLevel === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS,
    }))));
}

test('the document is OpenAPI 3.1', async () => {
  const {Validator} = await load('@seriousme/openapi-schema-validator');
  const validator = new Validator();
  const {valid, errors} = await validator.validate(structuredClone(document));
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(validator.version, '3.1');
  // No schema that nothing refers to.
  const text = JSON.stringify(document);
  for (const name of Object.keys(document.components.schemas)) {
    assert.ok(text.includes(`"#/components/schemas/${name}"`), name);
  }
});

test('it has every method, and no other', async () => {
  const all = await methods();
  assert.deepEqual(Object.keys(document.paths).sort(), all.map((method) => method.path).sort());
  for (const method of all) {
    const {post, get, ...others} = document.paths[method.path];
    assert.deepEqual(others, {}, method.path);
    assert.equal(Boolean(get), method.reads && !method.streams, method.path);
    assert.equal('x-puente-stream' in post, method.streams, method.path);
    assert.ok(post.summary && post['x-puente-access'], method.path);
  }
});

test('what its patterns say can be read by JavaScript', () => {
  const seen = new Set();
  JSON.stringify(document, (key, value) => {
    if (key === 'pattern' && typeof value === 'string') seen.add(value);
    return value;
  });
  assert.ok(seen.size > 50);
  for (const pattern of seen) new RegExp(pattern, 'u');
});

test('types made of it hold a call to the contract', () => {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'puente-openapi-'));
  try {
    const command = path.join(path.dirname(require.resolve('openapi-typescript/package.json')), 'bin/cli.js');
    execFileSync('node', [command, file, '-o', path.join(made, 'puente.d.ts')], {stdio: 'pipe'});
    const call = (request, field) => `
      import type {paths} from './puente';
      type Call = paths['/puente.labor.v1.SkillService/CreateSkill']['post'];
      type Json<T> = T extends {content: {'application/json': infer Body}} ? Body : never;
      export const request: Json<Call['requestBody']> = ${request};
      export const of = (answer: Json<Call['responses'][200]>) => answer.${field};`;
    const skill = (kind) => `{skillId: 'welding', skill: {labelEs: 'Soldadura', labelEn: 'Welding',
      kind: '${kind}', framework: 'puente', source: 'a', recordKind: 'RECORD_KIND_REAL'}}`;
    fs.writeFileSync(path.join(made, 'right.ts'), call(skill('SKILL_KIND_TECHNICAL'), 'createTime'));
    fs.writeFileSync(path.join(made, 'wrong-value.ts'), call(skill('SKILL_KIND_FLYING'), 'createTime'));
    fs.writeFileSync(path.join(made, 'wrong-member.ts'), call(skill('SKILL_KIND_TECHNICAL'), 'wings'));
    const tsc = (name) => {
      try {
        execFileSync('node', [require.resolve('typescript/bin/tsc'), '--noEmit', '--strict', path.join(made, name)],
            {stdio: 'pipe'});
        return '';
      } catch (error) {
        return String(error.stdout);
      }
    };
    assert.equal(tsc('right.ts'), '');
    assert.match(tsc('wrong-value.ts'), /SKILL_KIND_FLYING/);
    assert.match(tsc('wrong-member.ts'), /wings/);
  } finally {
    fs.rmSync(made, {recursive: true});
  }
});

let browser;
before(async () => {
  browser = await require('puppeteer-core').launch(
      {executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu']});
});
after(() => browser?.close());

test('every page is well-formed, and every link leads to what is there', async () => {
  const page = await browser.newPage();
  const links = new Map();  // from where
  const ids = new Set(['../openapi.json', 'reference.css']);
  for (const name of pages) {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    const found = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'application/xhtml+xml');
      const of = (selector, attribute) =>
        [...parsed.querySelectorAll(selector)].map((node) => node.getAttribute(attribute));
      return {trouble: parsed.querySelector('parsererror')?.textContent,
        ids: of('[id]', 'id'), links: of('[href]', 'href'), scripts: of('script', 'src').length};
    }, text.replace('<html ', '<html xmlns="http://www.w3.org/1999/xhtml" '));
    assert.equal(found.trouble, undefined, name);
    assert.equal(found.scripts, 0, name);
    assert.equal(new Set(found.ids).size, found.ids.length, `${name} has an id twice`);
    ids.add(name);
    found.ids.forEach((id) => ids.add(`${name}#${id}`));
    found.links.forEach((link) => links.set(link, name));
  }
  await page.close();
  assert.ok(links.size > 1000);
  for (const [link, name] of links) assert.ok(link === 'data:,' || ids.has(link), `${name} leads to ${link}`);
});

test('every method has its place', async () => {
  const index = fs.readFileSync(path.join(folder, 'index.html'), 'utf8');
  for (const {path: of} of await methods()) {
    assert.ok(index.includes(`#${of.split('.').at(-1).replace('/', '.')}"`), of);
  }
});

test('pages can be read by everybody, on every width', async () => {
  const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  const page = await browser.newPage();
  for (const name of ['index.html', 'labor.v1.vacancy.html', 'gateway.v1.council.html']) {
    for (const width of [360, 1280]) {
      await page.setViewport({width, height: 900});
      await page.goto(pathToFileURL(path.join(folder, name)));
      await page.evaluate(axe);
      const {violations} = await page.evaluate(() => globalThis.axe.run(document, {resultTypes: ['violations']}));
      assert.deepEqual(violations.map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 160)}`), [], name);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${name} is ${wide} pixels wide`);
      if (process.env.PUENTE_PICTURES) {
        await page.screenshot({path: path.join(process.env.PUENTE_PICTURES, `${name}-${width}.png`)});
      }
    }
  }
  await page.close();
});
