// Holds calls against the OpenAPI document: of each line of the standard input, {path, request, valid,
// answer, what}, whether the request is as the document says, and the answer if there is one. Prints
// what is not so.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const file = path.join(process.env.PUENTE_BUILD, 'share/puente/openapi.json');
const ajv = new Ajv.default({strict: false, allErrors: true, formats: {uint32: true}});
addFormats.default(ajv, ['date-time', 'int32', 'int64']);
ajv.addSchema(JSON.parse(fs.readFileSync(file, 'utf8')), 'openapi');

const ofJson = (...parts) => [...parts, 'content', 'application/json', 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
const validators = new Map();
function trouble(pointer, value) {
  if (!validators.has(pointer)) validators.set(pointer, ajv.compile({$ref: `openapi#/${pointer}`}));
  const validate = validators.get(pointer);
  return validate(value) ? '' : ajv.errorsText(validate.errors, {dataVar: ''});
}

let held = 0;
let wrong = 0;
function complain(call, text) {
  wrong++;
  console.log(`${call.path} ${call.what ?? ''}: ${text}`);
}
for await (const line of readline.createInterface({input: process.stdin})) {
  const call = JSON.parse(line);
  held++;
  const asked = trouble(ofJson('paths', call.path, 'post', 'requestBody'), call.request);
  if (call.valid && asked) complain(call, `the request is not as the document says: ${asked}`);
  if (!call.valid && !asked) complain(call, `the document has nothing against ${JSON.stringify(call.request)}`);
  if (call.answer === undefined) continue;
  const answered = trouble(ofJson('paths', call.path, 'post', 'responses', '200'), call.answer);
  if (answered) complain(call, `the answer is not as the document says: ${answered}`);
}
console.log(`held ${held} calls`);
process.exitCode = wrong > 0 ? 1 : 0;
