// Files do not lead to each other in a circle: not for values of TypeScript, and not units of C (x.c with x.h). Types
// may, but only between two files that name each other. What belongs to an engine names it in its types, and the engine
// names what it makes: such links to its file are not counted.
import { readFiles } from './files.mjs';
import { isC, isTypeScript, linksOf } from './links.mjs';

/** The owner of everything: a type-only import of it is no part of a circle. */
const owner = 'src/engine/engine.ts';

/** A unit of C is a source with its header; any other file is a unit of its own. */
const unitOf = (path) => (isC(path) ? path.replace(/\.[ch]$/, '') : path);

/** Maps the unit of each file to those that its accepted links lead to. */
function graphOf(root, files, accept) {
  const graph = new Map(files.map(({ path }) => [unitOf(path), new Set()]));
  for (const file of files) {
    const from = unitOf(file.path);
    for (const link of linksOf(root, file)) {
      const to = link.target === undefined ? undefined : unitOf(link.target);
      if (to !== from && graph.has(to) && accept(link)) graph.get(from).add(to);
    }
  }
  return graph;
}

/** The shortest way from `begin` to `end`, if there is one; `detour` leaves out the edge between them. */
function wayFrom(graph, begin, end, detour) {
  const cameFrom = new Map([[begin, undefined]]);
  for (const at of cameFrom.keys()) {
    for (const to of graph.get(at)) {
      if (cameFrom.has(to) || (detour && at === begin && to === end)) continue;
      cameFrom.set(to, at);
      if (to !== end) continue;
      const way = [];
      for (let step = end; step !== undefined; step = cameFrom.get(step)) way.unshift(step);
      return way;
    }
  }
  return undefined;
}

/** The shortest circle through each edge, each circle once. `allowPairs` leaves out those of two units. */
function circlesOf(graph, allowPairs = false) {
  const circles = new Map();
  for (const [from, targets] of graph) {
    for (const to of targets) {
      const way = wayFrom(graph, to, from, allowPairs);
      if (way === undefined) continue;
      // From its first name on, so that it is the same from wherever it was found.
      const first = way.indexOf([...way].sort()[0]);
      const circle = [...way.slice(first), ...way.slice(0, first)];
      circles.set(circle.join(), circle);
    }
  }
  return [...circles.values()].map((circle) => [...circle, circle[0]].join(' -> '));
}

/** Problems of all TypeScript below `root`/src and all C below `root`/native. */
export function checkCircles(root) {
  const files = readFiles(root, (path) => isTypeScript(path) || isC(path));
  const typeScript = files.filter(({ path }) => isTypeScript(path));
  if (typeScript.length === 0) return ['src holds no TypeScript'];
  const c = files.filter(({ path }) => isC(path));
  const any = () => true;
  const values = circlesOf(graphOf(root, typeScript, ({ isType }) => !isType));
  const named = ({ isType, target }) => !(isType && target === owner);
  const types = circlesOf(graphOf(root, typeScript, named), true);
  const units = circlesOf(graphOf(root, c, any));
  return [
    ...values.map((circle) => `values in a circle: ${circle}`),
    ...types.filter((circle) => !values.includes(circle)).map((circle) => `types in a circle: ${circle}`),
    ...units.map((circle) => `units of C in a circle: ${circle}`),
  ];
}
