// Takes a declaration file written by TypeScript apart: statements with the documentation above each, and the members
// of a body.

/** The index after the string, template or comment that begins at `index`, or `index` itself if none begins there. */
function skipOpaque(text, index) {
  const character = text[index];
  if (character === '"' || character === "'" || character === '`') {
    let end = index + 1;
    while (end < text.length && text[end] !== character) end += text[end] === '\\' ? 2 : 1;
    return end + 1;
  }
  if (text.startsWith('//', index)) {
    const end = text.indexOf('\n', index);
    return end < 0 ? text.length : end;
  }
  if (text.startsWith('/*', index)) {
    const end = text.indexOf('*/', index);
    return end < 0 ? text.length : end + 2;
  }
  return index;
}

/**
 * Splits a text into pieces that end with `;` or with the `}` of a body at depth 0. Each piece: `code` without comments
 * at its start, `comment` (the last documentation comment before it), `body` (what its first outermost braces hold).
 */
export function statementsOf(text) {
  const pieces = [];
  let piece = { code: '', comment: undefined, body: undefined };
  let depth = 0;
  let bodyBegin = -1;
  const finish = () => {
    if (piece.code.trim() !== '') pieces.push({ ...piece, code: piece.code.trim() });
    piece = { code: '', comment: undefined, body: undefined };
  };
  for (let index = 0; index < text.length; ) {
    const after = skipOpaque(text, index);
    if (after > index) {
      const opaque = text.slice(index, after);
      if (opaque.startsWith('/**') && piece.code.trim() === '') piece.comment = opaque;
      else if (!opaque.startsWith('/')) piece.code += opaque;
      index = after;
      continue;
    }
    const character = text[index];
    piece.code += character;
    if ('{(['.includes(character)) {
      if (character === '{' && depth === 0 && piece.body === undefined) bodyBegin = index + 1;
      depth += 1;
    } else if ('})]'.includes(character)) {
      depth -= 1;
      if (character === '}' && depth === 0) {
        if (piece.body === undefined) piece.body = text.slice(bodyBegin, index);
        // The braces of a class, an interface, an enum or a namespace end the statement; those of a type or an import
        // list do not.
        if (
          /^\s*(?:export\s+)?(?:declare\s+)?(?:default\s+)?(?:abstract\s+)?(?:class|interface|enum|namespace)\b/.test(
            piece.code,
          )
        )
          finish();
      }
    } else if (character === ';' && depth === 0) finish();
    index += 1;
  }
  finish();
  return pieces;
}

// Each of these words may be a member's name too: then what follows is no space and a name.
const modifierWords = 'public|protected|private|static|abstract|readonly|declare|override|get|set|accessor|async';
const modifiers = new RegExp(String.raw`^(?:(?:${modifierWords})\s+(?![(:?<=;]))*`);

/** The members of a class, interface or object type body: { name, code, comment, isPrivate }. */
export function membersOf(body) {
  return statementsOf(body).flatMap(({ code, comment }) => {
    const isPrivate = /^(?:private\b|#)/.test(code);
    const plain = code.replace(modifiers, '');
    const match = /^(?:([\w$]+)|(\[[^\]]+\])|['"]([^'"]+)['"]|\()/.exec(plain);
    if (match === null) return [];
    return [{ name: match[1] ?? match[2] ?? match[3] ?? 'call', code, comment, isPrivate }];
  });
}
