// Reads native/include/mae_effects.def: what each effect is, and how its parameters are written about.
import { number } from './definitions.mjs';
import { expectRange, highestRate } from './parameters.mjs';

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
const isNumber = (word) => /^-?[\d.]+$/.test(word);
const typed = (word) => (isNumber(word) ? Number(word) : word);

/** By the macro of a row: the parameter of an effect that it describes. */
const parameterOf = {
  MAE_EFFECT_NUMBER: ([, name, unit, minimum, maximum, initial, meaning], asNumber) => {
    const [least, most, first] = [minimum, maximum, initial].map(asNumber);
    return { kind: 'number', name, unit, minimum: least, maximum: most, initial: first, meaning };
  },
  MAE_EFFECT_OF_RATE: (fields, asNumber) => {
    const parameter = parameterOf.MAE_EFFECT_NUMBER(fields, asNumber);
    return { ...parameter, maximumOfRate: parameter.maximum, maximum: parameter.maximum * highestRate };
  },
  MAE_EFFECT_SWITCH: ([, name, initial, meaning], asNumber) => {
    const range = { unit: '1', minimum: 0, maximum: 1 };
    return { kind: 'switch', name, ...range, initial: asNumber(initial), meaning };
  },
};

/** The effects in the order of their numbers. Throws for rows that do not fit together. */
export function readEffects(rows, path) {
  const effects = [];
  for (const row of rows) {
    const { macro, fields } = row;
    const fail = (why) => {
      throw new Error(`${path}:${row.line}: ${why}`);
    };
    const asNumber = (field) => number(row, field, path);
    if (macro === 'MAE_EFFECT') {
      const [name, position, base, node, bus, type, command, example, sentence] = fields;
      if (sentence === undefined) fail('a field is missing');
      if (Number(position) !== effects.length + 1) fail(`${name} is number ${effects.length + 1}`);
      const effect = { name, number: Number(position), base, node, command, example, sentence, parameters: [] };
      effects.push({ ...effect, key: camel(name), ...(type === '' ? {} : { bus: { class: bus, type } }) });
      continue;
    }
    const effect = effects.at(-1);
    if (effect?.name !== fields[0]) fail(`this row is not below its effect ${fields[0]}`);
    if (macro === 'MAE_EFFECT_OPTION') {
      if (effect.option !== undefined) fail(`${effect.name} has an option already: it has one variant`);
      const [, name, values, initial, meaning] = fields;
      effect.option = { name, values: values.split(' ').map(typed), initial: typed(initial), meaning };
      if (effect.option.values.indexOf(effect.option.initial) < 0) fail('default outside the range');
    } else if (macro === 'MAE_EFFECT_SIDECHAIN') effect.sidechain = { name: fields[1], meaning: fields[2] };
    else {
      const parameter = parameterOf[macro](fields, asNumber);
      if (effect.parameters.some(({ name }) => name === parameter.name)) fail(`${parameter.name} twice`);
      expectRange(parameter, row, path);
      effect.parameters.push(parameter);
    }
  }
  for (const { members, base } of familiesOf(effects)) {
    const names = members.map(({ parameters }) => parameters.map(({ name }) => name).join());
    if (new Set(names).size > 1) throw new Error(`${path}: the effects of ${base} have different parameters`);
  }
  return effects;
}

/** The classes that several effects extend, with those effects. */
export function familiesOf(effects) {
  const bases = new Set(effects.map(({ base }) => base).filter((base) => base !== 'EffectNode'));
  return [...bases].map((base) => ({ base, members: effects.filter((effect) => effect.base === base) }));
}

/** The name without EffectNode or Node: LPF, SoftClip, Cutoff. */
export const shortName = (className) => className.replace(/(?:Effect)?Node$/, '');

/** The file of a class of nodes: soft-clip, cutoff-node. */
export function fileOf(className) {
  const short = className.endsWith('EffectNode') ? shortName(className) : className;
  return short.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}

/** The interface of an effect's parameters: its own, or that of its family where it has no more. */
export function paramsOf({ node, base, option }) {
  return base === 'EffectNode' || option !== undefined ? `${shortName(node)}Params` : `${shortName(base)}Params`;
}

const units = { 1: 'Range ', linear: 'Linear, ', s: 'Seconds, ', ms: 'Milliseconds, ' };

/** The range of a parameter, as a sentence: "Linear, 0..4." */
export function rangeOf({ unit, minimum, maximum, maximumOfRate }, where) {
  if (maximumOfRate === undefined) return `${units[unit] ?? `${unit}, `}${minimum}..${maximum}.`;
  return where === 'bus'
    ? `${unit}, ${minimum}..${maximum}; an engine holds it at ${maximumOfRate} times its sample rate or below.`
    : `${unit}, ${minimum} to ${maximumOfRate} times the engine's sample rate.`;
}

/** What a parameter is, its range where it is a number, and its default. */
export function parameterComment(parameter, where, more = '') {
  const range = parameter.kind === 'number' ? ` ${rangeOf(parameter, where)}` : '';
  return `${parameter.meaning}${range}${more}\n\n@defaultValue \`${defaultOf(parameter)}\``;
}

/** The default of a parameter as a program writes it. */
export function defaultOf({ kind, initial }) {
  return kind === 'switch' ? initial === 1 : initial;
}

/** The same of several effects that share a class: once where they agree, else a list. `nameOf` names an effect. */
export function sharedComment(members, index, where, nameOf, more = '') {
  const lines = new Map();
  for (const member of members) {
    const parameter = member.parameters[index];
    const text = `${parameter.meaning} ${rangeOf(parameter, where)} The default is \`${defaultOf(parameter)}\`.`;
    lines.set(text, [...(lines.get(text) ?? []), nameOf(member)]);
  }
  if (lines.size === 1) return parameterComment(members[0].parameters[index], where, more);
  const told = [...lines].map(([text, names]) => `- ${names.join(', ')}: ${text}`);
  return `Its meaning depends on the effect.${more}\n\n${told.join('\n')}`;
}

/** What an option is, as a type: `1 | 2 | 4`. */
export const optionType = ({ values }) =>
  values.map((value) => (typeof value === 'number' ? value : `'${value}'`)).join(' | ');
export const valueText = (value) => (typeof value === 'number' ? String(value) : `'${value}'`);
