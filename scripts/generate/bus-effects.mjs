// The effects of buses that stand in the table, as data and as nodes of an engine, and their names on the command line.
import { familiesOf, fileOf, optionType, parameterComment, sharedComment, valueText } from './effects.mjs';
import { docComment, header, importsOf, quote } from './text.mjs';

/** Effects of buses that are more than one node with parameters: they are written by hand. */
const writtenByHand = ['gain', 'eq'];

const folder = 'src/game/buses';
const heard = 'Whether it is heard.\n\n@defaultValue `true`';
const busFilter = (base) => base.replace(/Node$/, 'Filter');
const nameOf = ({ bus }) => `{@link ${bus.class}}`;
const property = (name, type, comment) => `${docComment(comment, '  ')}${name}: ${type};\n`;

const typeOf = ({ kind }) => (kind === 'switch' ? 'boolean' : 'number');
const optionComment = ({ meaning, initial }) =>
  `${meaning} A change makes the effect anew, cross-faded.\n\n@defaultValue \`${valueText(initial)}\``;

const accessor = (name, type, comment) =>
  docComment(comment, '  ') +
  `get ${name}(): ${type} { return this.value('${name}') as ${type}; }
   set ${name}(${name}: ${type}) { this.put('${name}', ${name}); }\n`;

/** Fields of an effect beyond its numbers: [name, type, comment]. */
function otherFields({ option, sidechain }) {
  const fields = [];
  if (option !== undefined) fields.push([option.name, optionType(option), optionComment(option)]);
  if (sidechain !== undefined)
    fields.push([sidechain.name, 'string | null', `${sidechain.meaning}\n\n@defaultValue \`null\``]);
  return fields;
}

const paramsName = (effect) =>
  effect.base === 'EffectNode' || effect.option !== undefined
    ? `${effect.bus.class}Params`
    : `${busFilter(effect.base)}Params`;

function fieldsOf(effect) {
  const { key, parameters, option, sidechain } = effect;
  const switches = parameters.filter(({ kind }) => kind === 'switch').map(({ name }) => quote(name));
  const numbers = `numbersOf(${[`${key}Parameters`, ...(switches.length > 0 ? [`[${switches}]`] : [])].join(', ')})`;
  const more = [];
  if (option !== undefined) {
    const kind = option.values.every((value) => typeof value === 'number') ? ['choice', 'numbers'] : ['word', 'words'];
    const values = option.values.map(valueText).join(', ');
    more.push(
      `{ kind: '${kind[0]}', name: '${option.name}', ${kind[1]}: [${values}], default: ${valueText(option.initial)} }`,
    );
  }
  if (sidechain !== undefined) more.push(`{ kind: 'bus', name: '${sidechain.name}' }`);
  const value = more.length === 0 ? numbers : `[...${numbers}, ${more.join(', ')}]`;
  return `const ${key}Fields: readonly Field[] = ${value};\n`;
}

const programOf = ({ bus, example }) => `\`\`\`ts
import { ${importsOf('AudioClip', 'AudioPlayer', 'Engine', 'EngineBackend', bus.class)} } from 'miniaudio-engine';

const engine = new Engine({ device: false, channels: 1 });
const backend = new EngineBackend(engine);
const effect = backend.busLayout.getBus('SFX').addEffect(new ${bus.class}({ ${example} }));
new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
engine.readPcmFrames(12000);
effect.enabled = false; // the rest of the tone is heard without it
engine.readPcmFrames(12000);
engine.dispose();
\`\`\``;

const constructorOf = (params, key) =>
  `${docComment(
    [
      'Makes the effect.',
      '',
      '@param params - Any of the parameters; the others are at their defaults.',
      '@throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.',
      '@throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.',
    ].join('\n'),
    '  ',
  )}constructor(params?: Partial<${params}>) { super(${key}Fields, params); }\n`;

const busParams = (name, base, lines, comment) =>
  `${docComment(comment)}export interface ${name}${base} {\n${lines.join('')}}\n`;

function dataClass(effect) {
  const { key, base, bus, sentence, parameters } = effect;
  const params = paramsName(effect);
  const family = base !== 'EffectNode';
  const filter = busFilter(base);
  const own = family ? [] : parameters;
  const others = otherFields(effect);
  const lines = [
    ...own.map((one) => property(one.name, typeOf(one), parameterComment(one, 'bus'))),
    ...others.map(([name, type, comment]) => property(name, type, comment)),
    ...(family ? [] : [property('enabled', 'boolean', heard)]),
  ];
  const of = `<${params}>`;
  const extended = family ? `${filter}${params === `${filter}Params` ? '' : of}` : `BusEffect${of}`;
  const members = [
    `${docComment(`The type of the effect, '${bus.type}'.`, '  ')}readonly type = '${bus.type}';\n`,
    constructorOf(params, key),
    ...own.map((one) => accessor(one.name, typeOf(one), parameterComment(one, 'bus'))),
    ...others.map(([name, type, comment]) => accessor(name, type, comment)),
  ];
  const comment = `What a {@link ${bus.class}} is made of.`;
  return [
    ...(lines.length > 0 ? [busParams(params, family ? ` extends ${filter}Params` : '', lines, comment)] : []),
    docComment(`${sentence}\n\n@example\n${programOf(effect)}`) +
      `export class ${bus.class} extends ${extended} {\n${members.join('\n')}}\n` +
      `registerEffect('${bus.type}', () => new ${bus.class}());\n`,
  ].join('\n');
}

function familyClass({ base, members }) {
  const name = busFilter(base);
  const names = members.map(nameOf).join(', ');
  const each = (make) => members[0].parameters.map(make);
  const text = (index) => sharedComment(members, index, 'bus', nameOf);
  return [
    busParams(
      `${name}Params`,
      '',
      [...each((one, index) => property(one.name, 'number', text(index))), property('enabled', 'boolean', heard)],
      `What these effects are made of: ${names}.`,
    ),
    docComment(`What these effects have in common: ${names}.`) +
      `export abstract class ${name}<P extends ${name}Params = ${name}Params> extends BusEffect<P> {\n` +
      `${each((one, index) => accessor(one.name, 'number', text(index))).join('\n')}}\n`,
  ].join('\n');
}

function makeData(effects, families, path) {
  const tables = effects.map(({ key }) => `${key}Parameters`).join(', ');
  const imports = `import { ${tables} } from '../../base/effect-parameters.js';
import { BusEffect, registerEffect } from './bus-effect.js';
import { type Field, numbersOf } from './fields.js';\n`;
  return [
    header(path),
    imports,
    effects.map(fieldsOf).join(''),
    ...families.map(familyClass),
    ...effects.map(dataClass),
  ].join('\n');
}

function makeExports(effects, families, path) {
  const names = [
    ...families.flatMap(({ base }) => [`type ${busFilter(base)}`, `type ${busFilter(base)}Params`]),
    ...effects.flatMap((effect) => {
      const params = paramsName(effect);
      return [effect.bus.class, ...(params.startsWith(effect.bus.class) ? [`type ${params}`] : [])];
    }),
  ];
  return `${header(path)}\nexport { ${names.join(', ')} } from './table-effects.js';\n`;
}

function makeTypes(effects, path) {
  const types = [...writtenByHand, ...effects.map(({ bus }) => bus.type)].map(quote);
  const comment = docComment('The kinds of effects a bus can have.');
  return `${header(path)}\n${comment}export type BusEffectType = ${types.join(' | ')};\n`;
}

function makeEngineSide(effects, path) {
  const imports = effects.map(({ node }) => `import { ${node} } from '../../effects/${fileOf(node)}.js';\n`).join('');
  const some = (test, name) => (effects.some(test) ? [name] : []);
  const names = [
    ...some(({ sidechain }) => sidechain === undefined, 'registerSingleNode'),
    ...some(({ sidechain }) => sidechain !== undefined, 'registerKeyedNode'),
  ];
  const lines = effects.map(({ node, bus, option, sidechain }) => {
    const fixed = option === undefined ? '' : `, ['${option.name}']`;
    const register = sidechain === undefined ? 'registerSingleNode' : 'registerKeyedNode';
    return `${register}('${bus.type}', ({ engine }, values) => new ${node}(engine, values)${fixed});\n`;
  });
  const helpers = `import { ${names.join(', ')} } from './single-node-effect.js';\n`;
  return `${header(path)}\n${imports}${helpers}\n${lines.join('')}`;
}

/** The effects of buses: data, exports, types and nodes. */
export function makeBusEffects(all, path) {
  const effects = all.filter(({ bus }) => bus !== undefined);
  const families = familiesOf(effects);
  return [
    { target: `${folder}/table-effects.ts`, text: makeData(effects, families, path) },
    { target: `${folder}/table-effect-exports.ts`, text: makeExports(effects, families, path) },
    { target: `${folder}/effect-types.ts`, text: makeTypes(effects, path) },
    { target: `${folder}/table-engine-effects.ts`, text: makeEngineSide(effects, path) },
  ];
}

/** The effects by their names on the command line. */
export function makeCommandNames(effects, path) {
  const names = ({ parameters, option }) =>
    [...parameters, ...(option === undefined ? [] : [option])].map(({ name }) => quote(name)).join(', ');
  const rows = effects.map((effect) => `${effect.command}: { type: ${effect.node}, names: [${names(effect)}] },\n`);
  return `${header(path)}
import { ${effects.map(({ node }) => node).join(', ')} } from '../index.js';

${docComment('The effects by their short names: the class, and what can be said of each.')}\
export const commandEffects = {
${rows.join('')}} as const;
`;
}

/** What the tests know of the table. */
export function makeTestTable(effects, path) {
  const rows = effects.map(({ key, node, base, bus, command, parameters, option, sidechain, example }) => {
    const known = { key, node, base, bus, command, parameters, option, sidechain };
    const text = JSON.stringify(known, (name, value) => (name === 'meaning' ? undefined : value));
    return `${text.slice(0, -1)}, "example": { ${example} } },\n`;
  });
  return `${header(path)}
/** Every effect of the table. */
export const effectTable = [
${rows.join('')}];
`;
}
