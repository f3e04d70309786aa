// Rows as text.

/** A number with about four digits that count. */
function digits(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '-';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 1e-3) return value.toExponential(2);
  if (size < 1) return value.toFixed(4);
  return value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
}

/** Prints a table: the first column left-aligned, the others right-aligned. */
export function printTable(title, head, rows) {
  const all = [head, ...rows].map((row) =>
    row.map((cell) => (typeof cell === 'number' ? digits(cell) : String(cell ?? ''))),
  );
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  console.log(`\n${title}`);
  for (const row of all) {
    const cells = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])));
    console.log(`  ${cells.join('  ')}`.trimEnd());
  }
}

/** What stands beside a figure that has a goal. */
export function verdict(met, goal) {
  return `${met ? 'reached' : 'MISSED'} ${goal}`;
}
