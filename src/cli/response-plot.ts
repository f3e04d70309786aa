/** What filters in a row do to tones. */
export interface ResponseCurve {
  readonly hz: readonly number[];
  readonly magnitudeDb: readonly number[];
  /** Radians, without jumps. */
  readonly phase: readonly number[];
}

const size = { width: 860, height: 460, left: 64, right: 64, top: 44, bottom: 48 };
/** What lies lower is cut off. */
const lowestDb = -72;
const stepDb = 6;
const labelledHz = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000];

const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
const hertz = (hz: number): string => (hz >= 1000 ? `${hz / 1000} kHz` : `${hz} Hz`);

/**
 * A drawing of magnitude (solid, left scale) and phase (dashed, right scale) over the logarithm of frequency, as SVG.
 */
export function plotResponse({ hz, magnitudeDb, phase }: ResponseCurve, title: string): string {
  const { width, height, left, right, top, bottom } = size;
  const [from, to] = [hz[0] as number, hz.at(-1) as number];
  const highest = Math.ceil((Math.max(0, ...magnitudeDb) + 1) / stepDb) * stepDb;
  const lowest = Math.min(
    highest - 4 * stepDb,
    Math.max(lowestDb, Math.floor((Math.min(...magnitudeDb) - 1) / stepDb) * stepDb),
  );
  const turns = Math.max(1, Math.ceil(Math.max(...phase.map((value) => Math.abs(value))) / Math.PI));
  const x = (value: number): number => left + ((width - left - right) * Math.log(value / from)) / Math.log(to / from);
  const y = (value: number, low: number, high: number): number =>
    top + ((height - top - bottom) * (high - value)) / (high - low);
  const line = (values: readonly number[], low: number, high: number): string =>
    values
      .map(
        (value, index) =>
          `${index === 0 ? 'M' : 'L'}${x(hz[index] as number).toFixed(1)} ${y(value, low, high).toFixed(1)}`,
      )
      .join('');
  const parts: string[] = [];
  for (const value of labelledHz.filter((candidate) => candidate >= from && candidate <= to)) {
    parts.push(`<path d="M${x(value).toFixed(1)} ${top}V${height - bottom}" stroke="#ddd"/>`);
    parts.push(
      `<text x="${x(value).toFixed(1)}" y="${height - bottom + 18}" text-anchor="middle">${hertz(value)}</text>`,
    );
  }
  for (let db = lowest; db <= highest; db += highest - lowest > 8 * stepDb ? 2 * stepDb : stepDb) {
    const at = y(db, lowest, highest).toFixed(1);
    parts.push(
      `<path d="M${left} ${at}H${width - right}" stroke="${db === 0 ? '#888' : '#ddd'}"/>` +
        `<text x="${left - 8}" y="${at}" dy="4" text-anchor="end">${db} dB</text>`,
    );
  }
  for (let half = -turns; half <= turns; half += 1) {
    const at = y(half * Math.PI, -turns * Math.PI, turns * Math.PI).toFixed(1);
    parts.push(`<text x="${width - right + 8}" y="${at}" dy="4" fill="#b35c00">${half * 180}°</text>`);
  }
  const canvas = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const inside = `x="${left}" y="${top}" width="${width - left - right}" height="${height - top - bottom}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${canvas} font-family="sans-serif" font-size="12">
<clipPath id="plot"><rect ${inside}/></clipPath>
<rect width="100%" height="100%" fill="#fff"/><text x="${left}" y="26" font-size="15">${escaped(title)}</text>
${parts.join('\n')}
<g clip-path="url(#plot)" fill="none">
<path d="${line(phase, -turns * Math.PI, turns * Math.PI)}" stroke="#b35c00" stroke-dasharray="5 4"/>
<path d="${line(magnitudeDb, lowest, highest)}" stroke="#1f4e8c" stroke-width="2.5"/>
</g>
</svg>
`;
}
