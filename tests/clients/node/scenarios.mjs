// What a client in Node does with Puente, whatever its library. It knows an address, certificates,
// the names of the contract and nothing else. Messages are as in proto3's JSON. A library is
//   call(service, method, request, {seconds, metadata})  the answer of a unary call
//   upload(messages, {seconds, signal})                  the answer of LoadVacancies
//   details(error)                                       what an error says to programs, by type
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import {test} from 'node:test';

const federation = JSON.parse(fs.readFileSync(process.env.PUENTE_FEDERATION, 'utf8'));
const CANCELLED = 1, DEADLINE_EXCEEDED = 4, ABORTED = 10;
const LIMIT = 30;  // seconds that a condition may take
const SKILLS = 'puente.labor.v1.SkillService', VACANCIES = 'puente.labor.v1.VacancyService';
const COUNCIL = 'puente.gateway.v1.CouncilService';
const DOWN = process.env.PUENTE_DOWN ? [process.env.PUENTE_DOWN] : [];  // agencies

// Where a service is, and the files of who calls it here.
export function placeOf(service) {
  const server = service.split('.')[1];
  const {address} = server === 'gateway' ? federation.gateway : federation.modules[server];
  const files = federation.callers[service === VACANCIES ? 'agency/labor' : 'council/cce'];
  const [ca, key, cert] = ['ca', 'key', 'certificate'].map((name) => fs.readFileSync(files[name]));
  return {address, ca, key, cert};
}

// Sections of the overview: the agency's own method, and the member that holds its answer.
const STATE = '19';  // where no test of a client writes
const SECTIONS = {
  demand: ['puente.economy.v1.DemandService', 'GetDemandSummary', {stateCode: STATE}, 'summary'],
  supply: [
    'puente.education.v1.MicrocredentialService', 'GetSupplySummary', {stateCode: STATE}, 'summary',
  ],
  employment: [
    'puente.labor.v1.VacancyStatisticsService', 'GetVacancyStatistics', {stateCodes: [STATE]},
    'statistics',
  ],
  technology:
      ['puente.science.v1.SkillSignalService', 'GetSignalSummary', {stateCode: STATE}, 'summary'],
};

function withoutTime({asOfTime, checkTime, freshnessToken, ...figures}) {
  assert.ok(asOfTime && freshnessToken);
  return figures;
}

// `library` is the label of what it writes, `state` the one its upload is about: [name, code].
export function scenarios({call, upload, details}, library, state) {
  const newVacancy = () => ({
    vacancyId: `${library}-${crypto.randomBytes(6).toString('hex')}`,
    requestId: crypto.randomUUID(),
    vacancy: {
      offer: 'Técnica en Node',
      offerDate: {year: 2026, month: 3, day: 2},
      stateCode: '09',
      monthlyWage: {currencyCode: 'MXN', units: 18000},
      source: library,
      recordKind: 'RECORD_KIND_GENERATED',
    },
  });

  test('a read', async () => {
    const skill = await call(SKILLS, 'GetSkill', {name: 'skills/english'});
    assert.equal(skill.kind, 'SKILL_KIND_LANGUAGE');
  });

  test('a page loop', async () => {
    const names = [];
    let pageToken = '';
    do {
      const page = await call(SKILLS, 'ListSkills', {pageSize: 7, pageToken});
      names.push(...page.skills.map((skill) => skill.name));
      pageToken = page.nextPageToken;
    } while (pageToken);
    assert.ok(names.length > 7);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.includes('skills/english'));
  });

  test('a write repeated with its request id', async () => {
    const request = newVacancy();
    const first = await call(VACANCIES, 'CreateVacancy', request);
    assert.deepEqual(await call(VACANCIES, 'CreateVacancy', request), first);
    assert.equal(first.name, `vacancies/${request.vacancyId}`);
  });

  test('an etag conflict', async () => {
    const vacancy = await call(VACANCIES, 'CreateVacancy', newVacancy());
    const request = {name: vacancy.name, reason: 'CLOSE_REASON_FILLED', etag: `${vacancy.etag}0`};
    const closing = call(VACANCIES, 'CloseVacancy', request, {metadata: {'accept-language': 'en'}});
    await assert.rejects(closing, (error) => {
      assert.equal(error.code, ABORTED);
      const {ErrorInfo, LocalizedMessage} = details(error);
      assert.equal(ErrorInfo.reason, 'ETAG_MISMATCH');
      assert.match(ErrorInfo.domain, /^(labor\.)?puente$/);
      assert.equal(ErrorInfo.metadata.name, vacancy.name);
      assert.equal(LocalizedMessage.locale, 'en');
      return true;
    });
    const closed = await call(VACANCIES, 'CloseVacancy', {...request, etag: vacancy.etag});
    assert.equal(closed.state, 'VACANCY_STATE_CLOSED');
  });

  test('all that is wrong at once', async () => {
    const request = {vacancyId: 'No', vacancy: {stateCode: '33'}};
    await assert.rejects(call(VACANCIES, 'CreateVacancy', request), (error) => {
      const fields = details(error).BadRequest.fieldViolations.map(({field}) => field);
      for (const field of ['vacancy_id', 'vacancy.state_code', 'vacancy.offer']) {
        assert.ok(fields.includes(field), `${field} is not in ${fields}`);
      }
      return true;
    });
  });

  const header = {header: {
    profile: 'portal-empleo-2020', source: library, recordKind: 'RECORD_KIND_GENERATED',
  }};
  const template = fs.readFileSync(new URL('../upload.csv', import.meta.url), 'utf8').split('\n');
  // Messages of a file with rows from..to.
  function* rows(from, to) {
    for (let row = from; row < to; row += 100) {
      const numbers = Array.from({length: 100}, (_, i) => row + i);
      const lines = numbers.map((n) => template[1].replace('NUMBER', n).replace('STATE', state[0]));
      const text = [...(row === 0 ? [template[0]] : []), ...lines, ''].join('\n');
      yield {content: Buffer.from(text).toString('base64')};
    }
  }
  // Whether the first chunk of the upload, a thousand rows at once, is stored.
  async function chunkStored() {
    const page = await call(VACANCIES, 'ListVacancies', {
      pageSize: 1000,
      filter: `record_kind = GENERATED AND state = OPEN AND state_code = "${state[1]}"`,
    });
    return page.vacancies.some(({source}) => source === library);
  }

  test('a deadline, met by an upload that does not end', async () => {
    let end;
    const ended = new Promise((resolve) => end = resolve);
    const endless = async function*() {
      yield header;
      await ended;
    };
    await assert.rejects(upload(endless(), {seconds: 0.3}), {code: DEADLINE_EXCEEDED}).finally(end);
  });

  test('a cancelled stream, and its repetition', async () => {
    const stop = new AbortController();
    const half = async function*() {
      yield header;
      yield* rows(0, 1200);
      const until = Date.now() + LIMIT * 1000;
      while (!await chunkStored()) assert.ok(Date.now() < until, 'nothing was stored');
      stop.abort();
    };
    await assert.rejects(upload(half(), {seconds: 2 * LIMIT, signal: stop.signal}), {code: CANCELLED});
    const whole = async function*() {
      yield header;
      yield* rows(0, 1500);
    };
    const done = await upload(whole(), {seconds: LIMIT});
    const [loaded, unchanged] = [done.loadedCount, done.unchangedCount].map(Number);
    assert.equal(loaded + unchanged, 1500);
    // What had come by then may be stored or not, but for the first chunk: Node's HTTP/2 ends a
    // stream before it resets it. All of it is where the federation has seen this test before.
    assert.ok(unchanged >= 1000, `${unchanged} rows were stored`);
  });

  test('a composed answer, with a hole where an agency is down', async () => {
    const overview = await call(COUNCIL, 'GetOverview', {state: STATE}, {seconds: 2});
    const holes = [];
    for (const [name, [service, method, request, member]] of Object.entries(SECTIONS)) {
      const {provenance, [member]: figures} = overview[name];
      const agency = service.split('.')[1];
      assert.equal(provenance.agency, agency);
      if (provenance.state === 'SECTION_STATE_MISSING') {
        assert.equal(provenance.failure.reason, 'AGENCY_UNAVAILABLE');
        assert.ok(!figures);
        holes.push(agency);
      } else {
        assert.equal(provenance.state, 'SECTION_STATE_FRESH', name);
        const own = await call(service, method, request);
        assert.deepEqual(withoutTime(figures), withoutTime(own), name);
      }
    }
    assert.deepEqual(holes, DOWN);
  });
}
