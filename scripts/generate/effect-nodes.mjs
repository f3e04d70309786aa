// The classes of effect nodes. Each has a file in src/effects whose marked region is generated; what an effect does
// beyond its parameters stands behind the region, by hand.
import {
  familiesOf,
  fileOf,
  optionType,
  parameterComment,
  paramsOf,
  sharedComment,
  shortName,
  valueText,
} from './effects.mjs';
import { docComment, header, importsOf, quote } from './text.mjs';

const begin = '// #region generated from native/include/mae_effects.def by scripts/generate.mjs';
const end = '// #endregion';

/** The text of a file with its region made anew. Throws where it has none. */
export function withRegion(text, path, region) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path}: no region that begins with "${begin}" and ends with "${end}"`);
  return `${text.slice(0, from)}${begin}\n${region}\n${text.slice(to)}`;
}

const accessor = ({ name, kind }, comment) => {
  const type = kind === 'switch' ? 'boolean' : 'number';
  return (
    docComment(comment, '  ') +
    `get ${name}(): ${type} { return coreOf(this).value('${name}')${kind === 'switch' ? ' === 1' : ''}; }
     set ${name}(${name}: ${type}) { coreOf(this).set('${name}', ${name}); }\n`
  );
};

const property = (name, type, comment) => `${docComment(comment, '  ')}${name}: ${type};\n`;
const ramped = ' A change is ramped.';
const nameOf = ({ node }) => `{@link ${node}}`;

const setParams = (type, option) =>
  docComment(
    [
      'Sets any of the parameters, ramped. Where one is wrong, none is set.',
      ...(option === undefined ? [] : ['', `\`${option.name}\` may only be what the effect was made with.`]),
      '',
      '@param params - The parameters to set.',
      '@throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.',
      '@throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter, or `params`, is of the wrong kind.',
      '@throws {@link AudioError} `ERR_DISPOSED` when the effect was disposed.',
    ].join('\n'),
    '  ',
  ) +
  `setParams(params: Partial<${type}>): void { setParamsOf(this, params${option === undefined ? '' : ', true'}); }\n`;

const programOf = ({ node, example }) => `\`\`\`ts
import { ${importsOf('AudioBuffer', 'attachNode', 'Engine', node, 'Sound')} } from 'miniaudio-engine';

const engine = new Engine({ device: false, channels: 1 });
const square = Float32Array.from({ length: 24000 }, (_, frame) => (frame % 100 < 50 ? 0.3 : -0.3));
const sound = Sound.fromBuffer(engine, new AudioBuffer(square, { sampleRate: 48000, channels: 1 }));
const effect = new ${node}(engine, { ${example} });
attachNode(sound, 0, effect, 0);
sound.play();
const heard = engine.readPcmFrames(24000 + effect.tailFrames);
console.log(\`loudest sample: \${heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)}\`);
engine.dispose();
\`\`\``;

const codes =
  '`ERR_DISPOSED` when the engine was disposed, `ERR_NODE_LIMIT` when it has as many nodes as it can, ' +
  '`ERR_OUT_OF_MEMORY` when there is no memory for another';

const constructorOf = (params) =>
  `${docComment(
    [
      'Makes the effect. It leads into the endpoint until it is attached elsewhere.',
      '',
      '@param engine - The engine that it belongs to.',
      '@param params - Any of the parameters; the others are at their defaults.',
      '@throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.',
      '@throws TypeError `ERR_INVALID_ARG_TYPE` when an argument is of the wrong kind.',
      `@throws {@link AudioError} ${codes}.`,
    ].join('\n'),
    '  ',
  )}constructor(engine: Engine, params?: Partial<${params}>) { super(engine, effectPart(description, params)); }\n`;

function description({ key, node, number, parameters, option }) {
  const switches = parameters.filter(({ kind }) => kind === 'switch').map(({ name }) => quote(name));
  const properties = [`className: '${node}'`, `kind: '${key}'`, `number: ${number}`, `rows: ${key}Parameters`];
  if (switches.length > 0) properties.push(`switches: [${switches.join(', ')}]`);
  if (option !== undefined) {
    const values = option.values.map(valueText).join(', ');
    properties.push(`option: { name: '${option.name}', values: [${values}], default: ${valueText(option.initial)} }`);
  }
  return `const description: EffectDescription = { ${properties.join(', ')} };\n`;
}

const fixed = 'Fixed when the effect is made.';

function paramsInterface(effect) {
  const { node, base, option, parameters } = effect;
  const params = paramsOf(effect);
  if (params === `${shortName(base)}Params`) return [];
  const shared = base === 'EffectNode' ? '' : ` extends ${shortName(base)}Params`;
  const lines = base === 'EffectNode' ? parameters : [];
  return [
    docComment(`The parameters of {@link ${node}}.`) +
      `export interface ${params}${shared} {\n` +
      lines
        .map((one) => property(one.name, one.kind === 'switch' ? 'boolean' : 'number', parameterComment(one, 'node')))
        .join('') +
      (option === undefined ? '' : property(option.name, optionType(option), optionComment(option))) +
      '}\n',
  ];
}

const optionComment = ({ meaning, initial }, more = ` ${fixed}`) =>
  `${meaning}${more}\n\n@defaultValue \`${valueText(initial)}\``;

/** The region of an effect's file. */
function nodeRegion(effect) {
  const { node, base, sentence, parameters, option } = effect;
  const params = paramsOf(effect);
  const members = [constructorOf(params)];
  if (base === 'EffectNode')
    members.push(...parameters.map((one) => accessor(one, parameterComment(one, 'node', ramped))));
  if (option !== undefined) {
    const type = optionType(option);
    const body = `return coreOf(this).option as ${type};`;
    members.push(`${docComment(optionComment(option), '  ')}get ${option.name}(): ${type} { ${body} }\n`);
  }
  if (base === 'EffectNode') members.push(setParams(params, option));
  return [
    ...paramsInterface(effect),
    description(effect),
    docComment(`${sentence}\n\n@example\n${programOf(effect)}`) +
      `export class ${node} extends ${base} {\n${members.join('\n')}`,
  ].join('\n');
}

/** The region of the class that several effects share. */
function familyRegion({ base, members }) {
  const params = `${shortName(base)}Params`;
  const names = members.map(nameOf).join(', ');
  const each = (make) => members[0].parameters.map(make);
  return [
    docComment(`The parameters that these effects share: ${names}.`) +
      `export interface ${params} {\n` +
      each((one, index) => property(one.name, 'number', sharedComment(members, index, 'node', nameOf))).join('') +
      '}\n',
    docComment(
      `What these effects have in common: ${names}. It is abstract, as {@link EffectNode} is: make one of them.` +
        `\n\n@example\n${programOf(members[0])}`,
    ) +
      `export abstract class ${base} extends EffectNode {\n` +
      [
        ...each((one, index) => accessor(one, sharedComment(members, index, 'node', nameOf, ramped))),
        setParams(params),
      ].join('\n'),
  ].join('\n');
}

const freshTail = `
  /** Frames until what sounds after the input has fallen by 60 dB. */
  get tailFrames(): number {
    return coreOf(this) && 0;
  }
`;

/** What a new effect's file begins as; all but the region is then written by hand. */
function skeleton({ base, key, option }) {
  const family = base !== 'EffectNode';
  const familyHelpers = option === undefined ? 'effectPart' : 'coreOf, effectPart';
  const helpers = family ? familyHelpers : 'coreOf, EffectNode, effectPart, setParamsOf';
  return `import { ${key}Parameters } from '../base/effect-parameters.js';
import type { Engine } from '../engine/engine.js';
import type { EffectDescription } from '../engine/nodes/effect-core.js';
${family ? `import { ${base}, type ${shortName(base)}Params } from './${fileOf(base)}.js';\n` : ''}\
import { ${helpers} } from './effect-node.js';

${begin}
${end}
${family ? '' : freshTail}}
`;
}

/** The files of src/effects; `read` gives the text of one, or undefined where there is none yet. */
export function makeEffectNodes(effects, path, read) {
  const families = familiesOf(effects);
  const files = [
    ...families.map((family) => ({ target: `src/effects/${fileOf(family.base)}.ts`, region: familyRegion(family) })),
    ...effects.map((effect) => ({
      target: `src/effects/${fileOf(effect.node)}.ts`,
      region: nodeRegion(effect),
      fresh: skeleton(effect),
    })),
  ].map(({ target, region, fresh }) => ({ target, text: withRegion(read(target) ?? fresh ?? '', target, region) }));
  return [...files, { target: 'src/effects/exports.ts', text: nodeExports(effects, families, path) }];
}

function nodeExports(effects, families, path) {
  const lines = [
    ...families.map(({ base }) => ({ from: fileOf(base), names: [base, `type ${shortName(base)}Params`] })),
    ...effects.map((effect) => {
      const params = paramsOf(effect);
      const own = params === `${shortName(effect.base)}Params` ? [] : [`type ${params}`];
      return { from: fileOf(effect.node), names: [effect.node, ...own] };
    }),
  ];
  const text = lines.map(({ from, names }) => `export { ${names.join(', ')} } from './${from}.js';\n`).join('');
  return `${header(path)}\n${text}`;
}
