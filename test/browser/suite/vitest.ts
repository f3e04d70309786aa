import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import { fn } from '@vitest/spy';
import * as chai from 'chai';
import './process.js';

// What the contract's tests take from vitest, for a page: the same matchers, and a runner that tells what came of each
// test.

type Body = (...values: never[]) => unknown;

interface Group {
  readonly name: string;
  readonly parent: Group | null;
  readonly before: Body[];
  readonly after: Body[];
  readonly tests: { name: string; body: Body; values: unknown[] }[];
  readonly groups: Group[];
}

/** What came of one test. */
export interface Result {
  readonly name: string;
  readonly error: string | null;
  readonly leftOut: boolean;
}

const top: Group = { name: '', parent: null, before: [], after: [], tests: [], groups: [] };
let current = top;
let finishers: (() => unknown)[] = [];

export const expect = setUpMatchers();
export const vi = { fn };

function setUpMatchers(): Chai.ExpectStatic {
  for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin as never);
  const made = chai.expect as unknown as Chai.ExpectStatic;
  return Object.assign(made, { poll: (question: () => unknown) => poll(made, question) });
}

/** Matchers that ask again for two minutes before they fail. */
function poll(matchers: Chai.ExpectStatic, question: () => unknown): unknown {
  return new Proxy(
    {},
    {
      get:
        (_, matcher: string) =>
        async (...expected: unknown[]) => {
          for (const end = performance.now() + 120_000; ; ) {
            try {
              return (matchers(await question()) as unknown as Record<string, (...values: unknown[]) => unknown>)[
                matcher
              ]!(...expected);
            } catch (error) {
              if (performance.now() > end) throw error;
              await new Promise((resolve) => setTimeout(resolve, 20));
            }
          }
        },
    },
  );
}

export function describe(name: string, body: () => void): void {
  const group: Group = {
    name: `${current.name}${current.name === '' ? '' : ' > '}${name}`,
    parent: current,
    before: [],
    after: [],
    tests: [],
    groups: [],
  };
  current.groups.push(group);
  current = group;
  try {
    body();
  } finally {
    current = group.parent as Group;
  }
}

export function it(name: string, first: unknown, second?: unknown): void {
  const body = (typeof first === 'function' ? first : second) as Body;
  current.tests.push({ name, body, values: [] });
}

describe.each = each(describe as never);
it.each = each((name, body, values) => void current.tests.push({ name, body, values }));
export const test = it;

export const beforeAll = (body: Body): number => current.before.push(body);
export const afterAll = (body: Body): number => current.after.push(body);
export const onTestFinished = (body: () => unknown): number => finishers.push(body);

function each(declare: (name: string, body: Body, values: unknown[]) => void) {
  return (rows: readonly unknown[]) =>
    (name: string, first: unknown, second?: unknown): void => {
      const body = (typeof first === 'function' ? first : second) as Body;
      for (const row of rows) {
        const values = Array.isArray(row) ? row : [row];
        declare(`${name} (${values.map(shown).join(', ')})`, (() => body(...(values as never[]))) as Body, []);
      }
    };
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? ((value as { name?: string }).name ?? Object.prototype.toString.call(value))
    : String(value);
}

/**
 * Runs all that was declared, in order, but for tests whose names contain what is told; each of those is a result
 * without a run.
 */
export async function runAll(leftOut: readonly string[]): Promise<Result[]> {
  const results: Result[] = [];
  await runGroup(top, leftOut, results);
  return results;
}

async function runGroup(group: Group, leftOut: readonly string[], results: Result[]): Promise<void> {
  for (const body of group.before) await body();
  for (const { name, body } of group.tests) {
    const full = `${group.name} > ${name}`;
    if (leftOut.some((part) => full.includes(part))) {
      results.push({ name: full, error: null, leftOut: true });
      continue;
    }
    let error: string | null = null;
    try {
      await body();
    } catch (thrown) {
      error = describeError(thrown);
    }
    const after = finishers;
    finishers = [];
    for (const finish of after.reverse()) await finish();
    results.push({ name: full, error, leftOut: false });
  }
  for (const child of group.groups) await runGroup(child, leftOut, results);
  for (const body of group.after) await body();
}

function describeError(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
