// What no file of the repository may contain, how wide its lines and how long a file may be.
import { lineOf, readFiles } from './files.mjs';

/** Characters; what the formatters are set to. They leave long strings, and programs in Markdown, alone. */
export const maximumColumns = 120;

/** A file that a reader cannot hold in the head has two subjects. */
export const maximumLines = 450;

const isText = (path) =>
  /\.(ts|mts|mjs|js|json|md|c|h|def|sh|yml|yaml|txt)$/.test(path) ||
  path === '.ci/run' ||
  path === '.npmrc' ||
  path === '.gitignore';
const isCode = (path) => /\.(ts|mjs|js|c|h|def)$/.test(path);
// These two name what is forbidden.
const namesTheForbidden = new Set(['scripts/check/text.mjs', 'test/house/check-text.test.ts']);

const forbidden = [
  { pattern: /(?<![\w.~$}])\/(?:work|root|home|Users)\/\w+/g, sentence: 'a path of one machine' },
  { pattern: /(?<![\w.$}])\/tmp\//g, sentence: 'a fixed temporary folder (os.tmpdir() knows the right one)' },
  { pattern: /\b[A-Z]:\\\\?Users\\/g, sentence: 'a path of one machine' },
  { pattern: /"resolved":\s*"https?:/g, sentence: 'the address of a registry' },
  {
    pattern: /\bhttps?:\/\/(?:10\.|192\.168\.|[\w.-]*(?:registry|proxy|mirror)[\w.-]*)/g,
    sentence: 'an address that only one machine or network knows',
  },
  { pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/g, sentence: 'a mark of unfinished work', codeOnly: true },
  {
    pattern: /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:skip|skipIf|runIf|todo|only|fails)\b/g,
    sentence: 'a test that does not run or may not fail',
    codeOnly: true,
  },
];

/** Problems of all texts below `root`. */
export function checkText(root) {
  const files = readFiles(root, isText);
  if (files.length === 0) return ['there are no files to read'];
  const problems = [];
  for (const { path, text } of files) {
    if (namesTheForbidden.has(path)) continue;
    for (const { pattern, sentence, codeOnly } of forbidden) {
      if (codeOnly && !isCode(path)) continue;
      for (const match of text.matchAll(pattern))
        problems.push(`${path}:${lineOf(text, match.index)}: ${sentence}: ${match[0]}`);
    }
  }
  return problems;
}

// What tools expect under these names.
const hiddenFiles = new Set(['.ci/run', '.clang-format', '.git-blame-ignore-revs', '.gitignore', '.npmrc']);

/** Hidden and rejected files that someone's experiment left behind. */
export function checkLeftovers(root) {
  const files = readFiles(root, () => true);
  if (files.length === 0) return ['there are no files to look at'];
  const isLeftover = (path) =>
    (/(^|\/)\./.test(path) && !hiddenFiles.has(path)) || /\.(orig|rej|tmp|swp)$|~$/.test(path);
  return files.filter(({ path }) => isLeftover(path)).map(({ path }) => `${path}: is no part of the project`);
}

/** Files of code that are too long. */
export function checkLengths(root) {
  const files = readFiles(root, isCode);
  if (files.length === 0) return ['there are no files to measure'];
  const isGenerated = (text) => /\bgenerated\b/i.test(text.split('\n').slice(0, 3).join('\n'));
  const measured = files
    .filter((file) => !isGenerated(file.text))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }));
  return measured
    .filter(({ lines }) => lines > maximumLines)
    .map(({ path, lines }) => `${path}: ${lines} lines, at most ${maximumLines}`);
}

/** Lines that are too wide. A table in Markdown has no choice, nor has an address, which counts as nothing. */
export function checkLines(root) {
  const files = readFiles(root, (path) => isCode(path) || path.endsWith('.md'));
  if (files.length === 0) return ['there are no files to measure'];
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      if (path.endsWith('.md') && line.startsWith('|')) return [];
      const { length } = [...line.replace(/https?:\/\/\S+|(?<=\]\()[^\s)]+(?=\))/g, '')];
      return length > maximumColumns ? [`${path}:${index + 1}: ${length} columns, at most ${maximumColumns}`] : [];
    }),
  );
}
