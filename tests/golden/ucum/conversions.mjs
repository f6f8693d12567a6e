// Writes conversions.tsv: what @lhncbc/ucum-lhc makes of conversions between the units that this project reads. Needed only to make that file anew:
//   npm install --no-save --prefix /tmp/ucum @lhncbc/ucum-lhc && NODE_PATH=/tmp/ucum/node_modules node tests/golden/ucum/conversions.mjs > tests/golden/ucum/conversions.tsv
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.NODE_PATH}/`);
const ucum = require('@lhncbc/ucum-lhc').UcumLhcUtils.getInstance();
const version = require('@lhncbc/ucum-lhc/package.json').version;

// Every ordered pair within a group is a conversion.
const groups = {
  mass: 'kg g mg ug ng pg [lb_av] [oz_av] [stone_av]',
  volume: 'L dL cL mL uL nL cm3 mm3 [foz_us] [tsp_us] [tbs_us] [drp]',
  length: 'm cm mm um [in_i] [ft_i]',
  area: 'm2 cm2',
  time: 'ms s min h d wk',
  pressure: 'Pa hPa kPa mm[Hg]',
  'mass in a volume': 'g/L g/dL mg/dL mg/L mg/mL ug/mL ug/dL ug/L ng/mL ng/dL pg/mL ng/L kg/L mg/uL',
  'amount in a volume': 'mol/L mmol/L umol/L nmol/L pmol/L mmol/dL umol/dL nmol/mL pmol/mL umol/mL',
  'equivalents in a volume': 'eq/L meq/L ueq/L meq/mL meq/dL',
  'osmoles in a mass': 'osm/kg mosm/kg mosm/g',
  'count in a volume': '10*12/L 10*9/L 10*6/L 10*3/uL 10*6/uL 10*3/mL /uL /mL /L {cells}/uL 10*3{RBC}/uL {copies}/mL',
  enzyme: 'U/L mU/L kU/L mU/mL U/mL',
  katal: 'nkat/L ukat/L',
  flow: 'mL/min L/h L/min mL/h L/d mL/s',
  'flow per surface': 'mL/min/{1.73_m2} mL/s/{1.73_m2} L/h/{1.73_m2}',
  rate: '/min /h /s {beats}/min {breaths}/min',
  'mass in a time': 'mg/h ug/min g/d mg/d ug/h mg/min',
  'dose by weight': 'mg/kg ug/kg g/kg ng/kg mg/g',
  'dose by weight and time': 'mg/kg/d ug/kg/min ug/kg/h mg/kg/h ng/kg/min g/kg/d',
  'dose by surface': 'mg/m2 g/m2 ug/m2',
  'dose by surface and time': 'mg/m2/d g/m2/d mg/m2/h',
  'volume by weight and time': 'mL/kg/h L/kg/d mL/kg/min',
  'mass to mass': 'mg/g ug/mg g/g mg/g{creat} ug/g',
  'amount to amount': 'mmol/mol umol/mol mol/mol',
  'mass to amount': 'mg/mmol g/mol ug/umol',
  'mass to surface': 'kg/m2 g/cm2 g/m2',
  share: '% 1',
};
// Analytes: molar mass and charge as in rules/terminology/observations.yaml.
const analytes = [
  ['serum creatinine', 113.12, 0, 'mg/dL umol/L mmol/L mg/L'],
  ['glucose', 180.156, 0, 'mmol/L mg/dL g/L'],
  ['bilirubin', 584.66, 0, 'mg/dL umol/L mg/L'],
  ['haemoglobin', 16114, 0, 'g/dL g/L mmol/L'],
  ['digoxin level', 780.95, 0, 'ng/mL nmol/L ug/L'],
  ['urea', 60.056, 0, 'mmol/L mg/dL'],
  ['blood urea nitrogen', 28.014, 0, 'mg/dL mmol/L'],
  ['uric acid', 168.112, 0, 'mg/dL umol/L'],
  ['phosphate', 30.974, 0, 'mmol/L mg/dL'],
  ['potassium', 39.0983, 1, 'mmol/L meq/L mg/dL'],
  ['sodium', 0, 1, 'mmol/L meq/L'],
  ['lithium level', 0, 1, 'mmol/L meq/L'],
  ['magnesium', 24.305, 2, 'mmol/L meq/L mg/dL'],
  ['calcium', 40.078, 2, 'mmol/L meq/L mg/dL'],
];
// Never comparable, by either.
const strangers = [
  ['mg', 'mL'], ['mg', '[iU]'], ['mg/dL', 'mmol/L'], ['mmol/L', 'meq/L'], ['mg/kg', 'mg/m2'], ['g/L', 'U/L'], ['kg', 'm'], ['mm[Hg]', 'mg'], ['mg/d', 'mg'], ['h', 'mL'], ['kg/m2', 'kg'],
  ['[iU]/L', 'ug/L'], ['mol', 'g'], ['eq', 'g'], ['mL/min', 'mL'], ['ms', '/min'],
];
const values = [1, 37.5, 0.02, 250];

function convert(value, from, to, molecularWeight, charge) {
  const options = {};
  if (molecularWeight) options.molecularWeight = molecularWeight;
  if (charge) options.charge = charge;
  const answer = ucum.convertUnitTo(from, value, to, options);
  return answer.status === 'succeeded' ? answer.toVal : null;
}

let count = 0;
function row(kind, value, from, to, result, ...more) {
  count += 1;
  lines.push([kind, value, from, to, result === null ? 'no' : result.toPrecision(12), ...more].join('\t'));
}
const lines = [];
for (const [name, list] of Object.entries(groups)) {
  const units = list.split(' ');
  for (const from of units) for (const to of units) if (from !== to) row(name, values[count % 4], from, to, convert(values[count % 4], from, to));
}
for (const [name, mass, charge, list] of analytes) {
  const [own, ...others] = list.split(' ');
  for (const from of others) for (const value of [1, 7.5, 120]) row('analyte', value, from, own, convert(value, from, own, mass, charge), name);
}
for (const [from, to] of strangers) row('strangers', 1, from, to, convert(1, from, to));
console.log(`# Made by conversions.mjs with @lhncbc/ucum-lhc ${version}; do not edit. ${count} conversions.`);
console.log('# kind\tvalue\tfrom\tto\tresult, or no\tanalyte');
for (const line of lines) console.log(line);
