// Every C function says which thread may call it: [control], [audio], [worker] or [any] in the comment directly above
// it. Functions that follow one another without a blank line share the comment above the first. A definition whose
// prototype in a header has a tag needs none.
import { lineOf, readFiles } from './files.mjs';

const tag = /\[(?:control|audio|worker|any)\]/;
const notFunctions = new Set([
  'if',
  'for',
  'while',
  'switch',
  'return',
  'sizeof',
  '_Static_assert',
  'static_assert',
  '__attribute__',
  '__declspec',
  'defined',
  '_Alignas',
  'alignas',
]);

/** Blanks comments, strings and preprocessor lines, keeping every position. */
function onlyCode(text) {
  const blank = (match) => match.replace(/[^\n]/g, ' ');
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, blank)
    .replace(/^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm, blank);
}

/**
 * Splits code at depth 0 into declarations { begin, end, close, isDefinition }: the words lie between begin and end, a
 * body ends at close.
 */
function declarationsOf(code) {
  const found = [];
  let depth = 0;
  let begin = 0;
  for (let index = 0; index < code.length; index += 1) {
    const character = code[index];
    if (character === '{' && depth === 0) found.push({ begin, end: index, close: code.length, isDefinition: true });
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth !== 0) continue;
    if (character === '}') {
      found.at(-1).close = index + 1;
      begin = index + 1;
    } else if (character === ';') {
      found.push({ begin, end: index, close: index + 1, isDefinition: false });
      begin = index + 1;
    }
  }
  return found;
}

/** The name of the function that a declaration declares, or undefined for a type, a variable or the use of a macro. */
function functionName(words) {
  if (/^\s*typedef\b/.test(words)) return undefined;
  const plain = words
    .replace(/__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)/g, ' ')
    .replace(/\b_Alignas\s*\([^)]*\)/g, ' ');
  const open = plain.indexOf('(');
  if (open < 0 || /^\(\s*\*/.test(plain.slice(open))) return undefined;
  const outsideParentheses = plain.replace(/\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, '');
  if (outsideParentheses.includes('=')) return undefined;
  const match = /([A-Za-z_]\w*)\s*$/.exec(plain.slice(0, open));
  if (match === null || notFunctions.has(match[1])) return undefined;
  const before = plain.slice(0, match.index).trim();
  // NAME(MACRO, ARGUMENTS)(parameters) is a function whose name a macro makes; a lone MACRO(...) is not a function.
  const madeByMacro = /^[^()]*\([^()]*\)\s*\(/.test(plain);
  if (before === '' && !madeByMacro && !/^NAPI_MODULE_INIT$/.test(match[1])) return undefined;
  return match[1];
}

function functionsOf(text) {
  const code = onlyCode(text);
  return declarationsOf(code).flatMap(({ begin, end, close, isDefinition }) => {
    const words = code.slice(begin, end);
    const name = functionName(words);
    return name === undefined
      ? []
      : [{ name, start: begin + (words.length - words.trimStart().length), close, isDefinition }];
  });
}

/** The comment that ends directly above a position, or nothing. */
function commentAbove(text, position) {
  const above = text.slice(0, position).trimEnd();
  if (above.endsWith('*/')) return above.slice(above.lastIndexOf('/*'));
  const lines = above.split('\n');
  const first = lines.findLastIndex((line) => !line.trimStart().startsWith('//')) + 1;
  return lines.slice(first).join('\n');
}

/** Problems of all C below `root`/native, tests left out. */
export function checkThreads(root) {
  const files = readFiles(
    root,
    (path) => path.startsWith('native/') && !path.startsWith('native/test/') && /\.[ch]$/.test(path),
  );
  const parsed = files.map(({ path, text }) => ({ path, text, functions: functionsOf(text) }));
  if (!parsed.some((file) => file.functions.length > 0)) return ['native holds no C function'];

  const problems = [];
  const tagged = new Set();
  const headersFirst = [...parsed].sort((a, b) => Number(b.path.endsWith('.h')) - Number(a.path.endsWith('.h')));
  for (const { path, text, functions } of headersFirst) {
    let previous = { close: 0, isTagged: false };
    for (const { name, start, close, isDefinition } of functions) {
      const followsTagged = previous.isTagged && /^[ \t]*\n[ \t]*$/.test(text.slice(previous.close, start));
      const isTagged = followsTagged || tag.test(commentAbove(text, start));
      if (isTagged && path.endsWith('.h')) tagged.add(name);
      if (!isTagged && !(isDefinition && tagged.has(name)))
        problems.push(`${path}:${lineOf(text, start)}: ${name} has no thread tag in the comment directly above it`);
      previous = { close, isTagged };
    }
  }
  return problems;
}
