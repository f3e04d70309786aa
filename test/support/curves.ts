import type { Curve } from '../../src/index.js';

export const curves: readonly Curve[] = ['linear', 'exponential', 'equal-power', 'ease-in', 'ease-out', 'ease-in-out'];

/** The formula of a curve as the contract states it: t from 0 to 1, from a to b. */
export function curveAt(curve: Curve, a: number, b: number, t: number): number {
  switch (curve) {
    case 'linear':
      return a + (b - a) * t;
    case 'exponential': {
      if (t >= 1) return b;
      const from = a === 0 ? 1e-5 : a;
      const to = b === 0 ? 1e-5 : b;
      return from * (to / from) ** t;
    }
    case 'equal-power':
      return b >= a ? a + (b - a) * Math.sin((Math.PI * t) / 2) : b + (a - b) * Math.cos((Math.PI * t) / 2);
    case 'ease-in':
      return a + (b - a) * t * t;
    case 'ease-out':
      return a + (b - a) * (1 - (1 - t) ** 2);
    case 'ease-in-out':
      return a + (b - a) * (3 * t * t - 2 * t * t * t);
  }
}
