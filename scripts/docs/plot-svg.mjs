// Small line plots as SVG: axes with ticks, curves, a legend. Text and lines take the colour of the page they stand in,
// light or dark.

const width = 760;
const height = 330;
const margin = { left: 58, right: 204, top: 34, bottom: 46 };
const colours = ['#2a78c8', '#d9622b', '#2f9e62', '#a04fc0', '#b8860b', '#c8325a', '#5a7a8c', '#7a9c1f'];

const styles = [
  'text { fill: #333 }',
  '.title { font-size: 14px; font-weight: 600 }',
  '.grid { stroke: #8886; fill: none }',
  '.frame { stroke: #888; fill: none }',
  '.curve { fill: none; stroke-width: 1.8; stroke-linejoin: round }',
  '@media (prefers-color-scheme: dark) { text { fill: #ddd } }',
].join(' ');

const shown = (value) => String(Math.round(value * 10) / 10);

/** A mapping from values to positions on an axis, in pixels. */
function axis({ from, to, logarithmic = false }, start, end) {
  const position = logarithmic ? Math.log : (value) => value;
  return (value) => start + ((position(value) - position(from)) / (position(to) - position(from))) * (end - start);
}

function quoted(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Leaves out points that lie within a tenth of a pixel of the line between their neighbours (Douglas and Peucker). */
function straightened(points) {
  if (points.length < 3) return points;
  const [first, last] = [points[0], points.at(-1)];
  const length = Math.hypot(last.x - first.x, last.y - first.y);
  let worst = 0;
  let furthest = 0;
  for (let index = 1; index < points.length - 1; index += 1) {
    const { x, y } = points[index];
    const cross = Math.abs((last.x - first.x) * (y - first.y) - (last.y - first.y) * (x - first.x));
    const distance = length > 0 ? cross / length : Math.hypot(x - first.x, y - first.y);
    if (distance > furthest) [worst, furthest] = [index, distance];
  }
  if (furthest < 0.1) return [first, last];
  return [...straightened(points.slice(0, worst + 1)).slice(0, -1), ...straightened(points.slice(worst))];
}

/** Of each column of pixels the lowest, the highest, the first and the last point. */
function thinned(points) {
  const kept = [];
  let column = [];
  const flush = () => {
    if (column.length === 0) return;
    const lowest = column.reduce((best, point) => (point.y < best.y ? point : best));
    const highest = column.reduce((best, point) => (point.y > best.y ? point : best));
    const wanted = new Set([column[0], lowest, highest, column.at(-1)]);
    kept.push(...column.filter((point) => wanted.has(point)));
    column = [];
  };
  for (const point of points) {
    if (column.length > 0 && Math.floor(point.x) !== Math.floor(column[0].x)) flush();
    column.push(point);
  }
  flush();
  return kept;
}

/**
 * A plot. `x` and `y` are { from, to, ticks, label, logarithmic, format }; a curve is { label, points: [x, y][],
 * dashed, dots }. What lies outside is cut off at the frame.
 */
export function plot({ title, x, y, curves }) {
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  const placeX = axis(x, margin.left, right);
  const placeY = axis(y, bottom, margin.top);
  const parts = [];
  for (const tick of x.ticks) {
    const at = shown(placeX(tick));
    parts.push(
      `<path class="grid" d="M${at} ${margin.top}V${bottom}"/>` +
        `<text x="${at}" y="${bottom + 17}" text-anchor="middle">${x.format?.(tick) ?? tick}</text>`,
    );
  }
  for (const tick of y.ticks) {
    const at = shown(placeY(tick));
    parts.push(
      `<path class="grid" d="M${margin.left} ${at}H${right}"/>` +
        `<text x="${margin.left - 7}" y="${at}" dy="4" text-anchor="end">${y.format?.(tick) ?? tick}</text>`,
    );
  }
  const inside = `x="${margin.left}" y="${margin.top}" width="${right - margin.left}" height="${bottom - margin.top}"`;
  parts.push(`<rect class="frame" ${inside}/>`);
  parts.push(`<text x="${(margin.left + right) / 2}" y="${height - 8}" text-anchor="middle">${quoted(x.label)}</text>`);
  const upwards = `transform="translate(14 ${(margin.top + bottom) / 2}) rotate(-90)"`;
  parts.push(`<text ${upwards} text-anchor="middle">${quoted(y.label)}</text>`);
  parts.push(`<text class="title" x="${margin.left}" y="21">${quoted(title)}</text>`);
  for (const [index, curve] of curves.entries()) {
    const colour = colours[index % colours.length];
    const points = curve.points.map(([px, py]) => ({
      x: placeX(px),
      y: Math.min(bottom + 40, Math.max(margin.top - 40, placeY(py))),
    }));
    const path = straightened(thinned(points))
      .map((point, place) => `${place === 0 ? 'M' : 'L'}${shown(point.x)} ${shown(point.y)}`)
      .join('');
    const style = `stroke="${colour}"${curve.dashed ? ' stroke-dasharray="5 4"' : ''}`;
    if (!curve.dots) parts.push(`<path class="curve" clip-path="url(#inside)" ${style} d="${path}"/>`);
    else
      for (const point of points)
        parts.push(
          `<circle clip-path="url(#inside)" cx="${shown(point.x)}" cy="${shown(point.y)}" r="2.4" fill="${colour}"/>`,
        );
    const at = margin.top + 12 + index * 19;
    const mark = curve.dots
      ? `<circle cx="${right + 26}" cy="${at - 4}" r="2.4" fill="${colour}"/>`
      : `<path class="curve" ${style} d="M${right + 14} ${at - 4}h24"/>`;
    parts.push(`${mark}<text x="${right + 44}" y="${at}">${quoted(curve.label)}</text>`);
  }
  const canvas = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${canvas} font-family="system-ui, sans-serif" font-size="12">
<style>${styles}</style>
<clipPath id="inside"><rect ${inside}/></clipPath>
${parts.join('\n')}
</svg>
`;
}
