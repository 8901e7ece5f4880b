// report.mjs WHERE: what sdmx-json-parser reads of an SDMX-JSON message, a file or an address with "?",
// as a list of observations with the ids of their codes.
import fs from 'node:fs';
import sdmx from 'sdmx-json-parser';

const where = process.argv[2];
if (!where.startsWith('http')) {
  // It only ever asks a server.
  globalThis.fetch = async () => ({status: 200, text: async () => fs.readFileSync(where, 'utf8')});
}
const parser = new sdmx.SDMXParser();
await parser.getDatasets(where);
const components = [...parser.getDimensions(), ...parser.getAttributes()];
const idOf = Object.fromEntries(components.map(
    ({id, values}) => [id, (name) => values.filter((value) => value.name === name)]));
const dimensions = parser.getDimensions().length;
const data = parser.getData();
const observations = Object.entries(parser.getObservations()).map(([key, told], at) => {
  const positions = [...key.split(':').map(Number), ...told.slice(1)];
  const found = {OBS_VALUE: told[0] === null ? null : String(told[0])};
  positions.forEach((position, i) => {
    const {id, values} = components[i];
    found[id] = values[position].id;
    // The parser's own rows say the same in names.
    if (!idOf[id](data[at][id]).some((value) => value.id === found[id])) {
      throw new Error(`${key}: ${id} is ${data[at][id]}`);
    }
  });
  if (positions.length !== components.length || key.split(':').length !== dimensions) {
    throw new Error(key);
  }
  return found;
});
console.log(JSON.stringify(observations));
