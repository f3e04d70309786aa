// How generated TypeScript is put together: comments, strings, the line that says where it comes from.

const lineWidth = 120;

/** A doc comment of paragraphs; over several lines where one is too narrow. Lines of code in it stay as they are. */
export function docComment(text, indent = '') {
  const whole = `${indent}/** ${text} */\n`;
  if (whole.length <= lineWidth + 1 && !text.includes('\n')) return whole;
  const lines = text.split('\n').flatMap((paragraph) => wrapped(paragraph, lineWidth - indent.length - 3));
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

function wrapped(paragraph, width) {
  if (paragraph.length <= width) return [paragraph];
  const lines = [''];
  for (const word of paragraph.split(' ')) {
    const line = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`;
    if (line.length <= width) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}

export const quote = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
export const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);
export const capitalised = (text) =>
  /^[uf](8|32|64)\b/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
export const header = (source) =>
  `// Generated from ${source} by scripts/generate.mjs.\n// Do not edit: change the table and run the script.\n`;

/** Names in the order in which Biome sorts them. */
export const importsOf = (...names) => names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join(', ');
