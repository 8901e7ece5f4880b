// A client in Node as docs/integrator.md shows it: @grpc/grpc-js over mTLS, googleapis of the
// client's own, errors decoded.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {Readable} from 'node:stream';
import {after, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import {placeOf, scenarios} from './scenarios.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const proto = path.resolve(here, '../../../proto');
const google = path.join(here, 'node_modules/google-proto-files');
const serviceConfig = fs.readFileSync(path.join(proto, 'puente/service_config.json'), 'utf8');

const definition = protoLoader.loadSync(
    [
      ...fs.readdirSync(path.join(proto, 'puente'), {recursive: true})
          .filter((name) => name.endsWith('.proto')).map((name) => path.join('puente', name)),
      'google/rpc/status.proto', 'google/rpc/error_details.proto',
    ],
    {includeDirs: [proto, google], longs: String, enums: String, defaults: true, oneofs: true});
const contract = grpc.loadPackageDefinition(definition);

const clients = new Map();
after(() => clients.forEach((client) => client.close()));

// A client of its service; one channel each.
function clientOf(service) {
  if (!clients.has(service)) {
    const {address, ca, key, cert} = placeOf(service);
    const Service = service.split('.').reduce((found, name) => found[name], contract);
    clients.set(service, new Service(address, grpc.credentials.createSsl(ca, key, cert),
                                     {'grpc.service_config': serviceConfig}));
  }
  return clients.get(service);
}

const deadlineIn = (seconds) => ({deadline: Date.now() + seconds * 1000});
const settle = (resolve, reject) => (error, answer) => error ? reject(error) : resolve(answer);

const unary = (client, method, request, {seconds = 5, metadata = {}} = {}) =>
    new Promise((resolve, reject) => client[method](
        request, grpc.Metadata.fromHttp2Headers(metadata), deadlineIn(seconds),
        settle(resolve, reject)));

const upload = (messages, {seconds, signal}) => {
  const source = Readable.from(messages);
  return new Promise((resolve, reject) => {
    const call = clientOf('puente.labor.v1.VacancyService')
                     .LoadVacancies(deadlineIn(seconds), settle(resolve, reject));
    signal?.addEventListener('abort', () => call.cancel());
    source.on('error', (error) => {
      reject(error);
      call.cancel();
    });
    source.pipe(call);
  }).finally(() => source.destroy());
};

function details(error) {
  const [raw] = error.metadata.get('grpc-status-details-bin');
  const found = definition['google.rpc.Status'].deserialize(raw).details;
  return Object.fromEntries(found.map(({type_url: url, value}) => {
    const type = url.slice(url.lastIndexOf('/') + 1);
    return [type.replace('google.rpc.', ''), definition[type].deserialize(value)];
  }));
}

const call = (service, ...rest) => unary(clientOf(service), ...rest);
scenarios({call, upload, details}, 'node-grpc-js', ['Sinaloa', '25']);

// How often a call reached a server that fails at first, and the code it ended with.
async function callsUntilEnd(failures, code) {
  let calls = 0;
  const server = new grpc.Server();
  const {SkillService} = contract.puente.labor.v1;
  server.addService(SkillService.service, {
    getSkill: (request, done) => ++calls <= failures ? done({code, details: 'not now'}) :
                                                       done(null, {}),
  });
  const insecure = grpc.ServerCredentials.createInsecure();
  const port = await new Promise(
      (resolve, reject) => server.bindAsync('127.0.0.1:0', insecure, settle(resolve, reject)));
  const flaky = new SkillService(`127.0.0.1:${port}`, grpc.credentials.createInsecure(),
                                 {'grpc.service_config': serviceConfig});
  try {
    await unary(flaky, 'GetSkill', {name: 'skills/english'}, {seconds: 20});
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
