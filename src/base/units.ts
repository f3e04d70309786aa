/** The largest gain: 24.08 dB. */
export const gainMaximum = 16;

/** The largest level in dB, that of gain 16. */
export const decibelsMaximum = 20 * Math.log10(gainMaximum);

/** The linear gain of a level in dB; -Infinity is 0. */
export function gainFromDecibels(decibels: number): number {
  return Math.min(10 ** (decibels / 20), gainMaximum);
}

/** The level in dB of a linear gain; 0 is -Infinity. */
export function decibelsFromGain(gain: number): number {
  return 20 * Math.log10(gain);
}
