// A client in Node as docs/integrator.md shows it: @grpc/grpc-js over mTLS, googleapis of the
// client's own, errors decoded. It knows proto/, an address, certificates and nothing else.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const here = path.dirname(fileURLToPath(import.meta.url));
const proto = path.resolve(here, '../../../proto');
const google = path.join(here, 'node_modules/google-proto-files');
const serviceConfig = fs.readFileSync(path.join(proto, 'puente/service_config.json'), 'utf8');
const federation = JSON.parse(fs.readFileSync(process.env.PUENTE_FEDERATION, 'utf8'));

const definition = protoLoader.loadSync(
    [
      'puente/labor/v1/skill.proto', 'puente/labor/v1/vacancy.proto',
      'puente/gateway/v1/council.proto', 'google/rpc/status.proto', 'google/rpc/error_details.proto',
    ],
    {includeDirs: [proto, google], longs: String, enums: String, defaults: true, oneofs: true});
const {puente} = grpc.loadPackageDefinition(definition);

function client(Service, server, caller) {
  const place = server === 'gateway' ? federation.gateway : federation.modules[server];
  const files = federation.callers[caller];
  const credentials = grpc.credentials.createSsl(
      fs.readFileSync(files.ca), fs.readFileSync(files.key), fs.readFileSync(files.certificate));
  return new Service(place.address, credentials, {'grpc.service_config': serviceConfig});
}

// The answer of a unary call; `seconds` until its deadline.
function call(service, method, request, {seconds = 5, metadata = {}} = {}) {
  const sent = new grpc.Metadata();
  for (const [key, value] of Object.entries(metadata)) sent.set(key, value);
  const deadline = Date.now() + seconds * 1000;
  return new Promise((resolve, reject) => {
    service[method](
        request, sent, {deadline}, (error, answer) => error ? reject(error) : resolve(answer));
  });
}

// What an error says to programs, by type of detail.
function details(error) {
  const raw = error.metadata.get('grpc-status-details-bin')[0];
  const found = {};
  for (const {type_url: url, value} of definition['google.rpc.Status'].deserialize(raw).details) {
    const type = url.slice(url.lastIndexOf('/') + 1);
    found[type] = definition[type].deserialize(value);
  }
  return found;
}

function newVacancy() {
  return {
    vacancyId: `node-${crypto.randomBytes(6).toString('hex')}`,
    requestId: crypto.randomUUID(),
    vacancy: {
      offer: 'Técnica en Node',
      offerDate: {year: 2026, month: 3, day: 2},
      stateCode: '09',
      monthlyWage: {currencyCode: 'MXN', units: 18000},
      source: 'node-client',
      recordKind: 'RECORD_KIND_GENERATED',
    },
  };
}

let skills, vacancies, council;
before(() => {
  skills = client(puente.labor.v1.SkillService, 'labor', 'supplier/portal');
  vacancies = client(puente.labor.v1.VacancyService, 'labor', 'supplier/portal');
  council = client(puente.gateway.v1.CouncilService, 'gateway', 'council/cce');
});
after(() => [skills, vacancies, council].forEach((service) => service.close()));

test('a read', async () => {
  const skill = await call(skills, 'GetSkill', {name: 'skills/english'});
  assert.equal(skill.kind, 'SKILL_KIND_LANGUAGE');
});

test('a page loop', async () => {
  const names = [];
  let pageToken = '';
  do {
    const page = await call(skills, 'ListSkills', {pageSize: 7, pageToken});
    names.push(...page.skills.map((skill) => skill.name));
    pageToken = page.nextPageToken;
  } while (pageToken);
  assert.ok(names.length > 7);
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.includes('skills/english'));
});

test('a write repeated with its request id', async () => {
  const request = newVacancy();
  const first = await call(vacancies, 'CreateVacancy', request);
  assert.deepEqual(await call(vacancies, 'CreateVacancy', request), first);
});

test('an etag conflict', async () => {
  const vacancy = await call(vacancies, 'CreateVacancy', newVacancy());
  const request = {name: vacancy.name, reason: 'CLOSE_REASON_FILLED', etag: 'old'};
  await assert.rejects(
      call(vacancies, 'CloseVacancy', request, {metadata: {'accept-language': 'en'}}), (error) => {
        assert.equal(error.code, grpc.status.ABORTED);
        const found = details(error);
        assert.equal(found['google.rpc.ErrorInfo'].reason, 'ETAG_MISMATCH');
        assert.match(found['google.rpc.ErrorInfo'].domain, /^(labor\.)?puente$/);
        assert.equal(found['google.rpc.ErrorInfo'].metadata.name, vacancy.name);
        assert.equal(found['google.rpc.LocalizedMessage'].locale, 'en');
        return true;
      });
});

test('all that is wrong at once', async () => {
  const request = {vacancyId: 'No', vacancy: {stateCode: '33'}};
  await assert.rejects(call(vacancies, 'CreateVacancy', request), (error) => {
    const violations = details(error)['google.rpc.BadRequest'].fieldViolations;
    const fields = violations.map((violation) => violation.field);
    for (const field of ['vacancy_id', 'vacancy.state_code', 'vacancy.offer']) {
      assert.ok(fields.includes(field), `${field} is not in ${fields}`);
    }
    return true;
  });
});

test('a deadline', async () => {
  await assert.rejects(
      call(skills, 'ListSkills', {}, {seconds: 0}), {code: grpc.status.DEADLINE_EXCEEDED});
});

test('a composed answer', async () => {
  const overview = await call(council, 'GetOverview', {state: '09'});
  for (const section of ['demand', 'supply', 'employment', 'technology']) {
    assert.equal(overview[section].provenance.state, 'SECTION_STATE_FRESH', section);
  }
  assert.ok(Number(overview.employment.statistics.vacancyCount) > 0);
});

// How often a call reached a server that fails at first, and the code it ended with.
async function callsUntilEnd(failures, code) {
  let calls = 0;
  const server = new grpc.Server();
  server.addService(puente.labor.v1.SkillService.service, {
    getSkill: (request, done) => ++calls <= failures ? done({code, details: 'not now'}) :
                                                       done(null, {}),
  });
  const insecure = grpc.ServerCredentials.createInsecure();
  const port = await new Promise((resolve, reject) => server.bindAsync(
      '127.0.0.1:0', insecure, (error, bound) => error ? reject(error) : resolve(bound)));
  const flaky = new puente.labor.v1.SkillService(
      `127.0.0.1:${port}`, grpc.credentials.createInsecure(),
      {'grpc.service_config': serviceConfig});
  try {
    await call(flaky, 'GetSkill', {name: 'skills/english'}, {seconds: 20});
    return [calls, grpc.status.OK];
  } catch (error) {
    return [calls, error.code];
  } finally {
    flaky.close();
    server.forceShutdown();
  }
}

test('the service config retries what a retry may cure, and that alone', async () => {
  const {OK, UNAVAILABLE, RESOURCE_EXHAUSTED} = grpc.status;
  assert.deepEqual(await callsUntilEnd(2, UNAVAILABLE), [3, OK]);
  assert.deepEqual(await callsUntilEnd(99, UNAVAILABLE), [4, UNAVAILABLE]);
  assert.deepEqual(await callsUntilEnd(1, RESOURCE_EXHAUSTED), [1, RESOURCE_EXHAUSTED]);
});
