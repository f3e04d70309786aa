import { expect, it } from 'vitest';
import { checkThreads } from '../../scripts/check/threads.mjs';
import { folderOf } from './folder.js';

const problemsOf = (text: string, path = 'native/voices/ring.c'): string[] => checkThreads(folderOf({ [path]: text }));

const tagged = `#define MANY(a) \\
  int a(void)
/* A ring. */
typedef struct { int (*call)(int x); int size; } ring;
static const int table[] = {1, 2};
static int (*hook)(void);
enum { one = 1 };

/* [any] Size. */
int ring_size(const ring *r);

/* [audio] Adds; { braces and "quotes" in a comment are no code. */
static void add(ring *r) {
  if (r->size > 0) { r->size += table[0]; }
}

// [control] With the other kind of comment.
int ring_size(const ring *r) { return r->size; }

/* [any] Two in one block. */
static int first(void) { return one; }
static int second(void) { return '}'; }
const ring NAME(ring_, KIND) = {0};
`;

it('accepts functions with a tag', () => {
  expect(problemsOf(tagged)).toEqual([]);
});

it.each([
  ['a definition without a comment', 'int lonely(void) { return 1; }\n', 'lonely'],
  ['a static helper', 'static inline int lonely(int x)\n{\n  return x;\n}\n', 'lonely'],
  ['a prototype', '/* Says much, but not the thread. */\nint lonely(void);\n', 'lonely'],
  ['a tag that is no tag', '/* [gui] */\nint lonely(void);\n', 'lonely'],
  ['a tag above something else', '/* [audio] */\nstatic int x;\n\nint lonely(void) { return x; }\n', 'lonely'],
  [
    'a second function behind a blank line',
    '/* [audio] */\nint first(void) { return 1; }\n\nint lonely(void) { return 2; }\n',
    'lonely',
  ],
  ['a function whose name a macro makes', 'void JOIN(mix_, KIND)(float *out) { out[0] = 0; }\n', 'JOIN'],
  ['a function with an attribute', '__attribute__((export_name("x"))) int lonely(void) { return 1; }\n', 'lonely'],
])('refuses %s', (_, text, name) => {
  const problems = problemsOf(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${name} has no thread tag`);
});

it('lets the tag of a header count for the definition', () => {
  const header = '/* [audio] Adds. */\nvoid add(int x);\n';
  const definition = '#include "ring.h"\n\nvoid add(int x) { (void)x; }\n';
  expect(checkThreads(folderOf({ 'native/voices/ring.h': header, 'native/voices/ring.c': definition }))).toEqual([]);
});

it('is red where there is nothing to check', () => {
  expect(problemsOf('static int x;\n')).toEqual(['native holds no C function']);
});
