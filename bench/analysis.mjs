// Figures of a signal.

/** The largest difference between neighbouring samples from `from` on. NaN anywhere makes it NaN. */
export function largestStep(samples, from = 1) {
  let largest = 0;
  for (let i = Math.max(1, from); i < samples.length; i++) {
    const step = Math.abs(samples[i] - samples[i - 1]);
    if (Number.isNaN(step)) return Number.NaN;
    if (step > largest) largest = step;
  }
  return largest;
}

/** The sine of a given frequency that fits best, as [cosine part, sine part], over a Hann window when asked. */
function project(samples, from, count, radiansPerFrame) {
  let real = 0;
  let imaginary = 0;
  let weight = 0;
  for (let i = 0; i < count; i++) {
    const window = 1 - Math.cos((2 * Math.PI * i) / count);
    const angle = radiansPerFrame * (from + i);
    real += samples[from + i] * Math.cos(angle) * window;
    imaginary += samples[from + i] * Math.sin(angle) * window;
    weight += window;
  }
  return [(2 * real) / weight, (2 * imaginary) / weight];
}

/**
 * Signal over noise and distortion in dB: the sine of `hertz` that fits best, over all the rest, from 0.5 s to 1.5 s.
 */
export function sinad(samples, hertz, rate) {
  const from = rate / 2;
  const count = rate;
  const step = (2 * Math.PI * hertz) / rate;
  const [cosine, sine] = project(samples, from, count, step);
  let signal = 0;
  let rest = 0;
  for (let i = from; i < from + count; i++) {
    const fitted = cosine * Math.cos(step * i) + sine * Math.sin(step * i);
    signal += fitted * fitted;
    rest += (samples[i] - fitted) ** 2;
  }
  return 10 * Math.log10(signal / rest);
}

/**
 * How far the frequency is from `hertz`, in cents, by the phase against an exact sine at two places an eighth of a
 * second apart: right while it is off by less than 4 Hz.
 */
export function centsFrom(samples, hertz, rate) {
  const step = (2 * Math.PI * hertz) / rate;
  const count = rate / 4;
  const apart = rate / 8;
  const phases = [rate / 4, rate / 4 + apart].map((from) => {
    const [cosine, sine] = project(samples, from, count, step);
    return Math.atan2(cosine, sine);
  });
  let turned = phases[1] - phases[0];
  turned -= 2 * Math.PI * Math.round(turned / (2 * Math.PI));
  const measured = hertz + (turned * rate) / (2 * Math.PI * apart);
  return 1200 * Math.log2(measured / hertz);
}

/** An amplitude in dB. */
export const decibels = (amplitude) => 20 * Math.log10(amplitude);

/** Amplitude of the sine of `hertz` that fits best from 0.5 s to 1.5 s. */
export function amplitudeAt(samples, hertz, rate) {
  return Math.hypot(...project(samples, rate / 2, rate, (2 * Math.PI * hertz) / rate));
}

/** Magnitude of the spectrum of an impulse response at a frequency. */
export function spectrumAt(response, hertz, rate) {
  const step = (2 * Math.PI * hertz) / rate;
  let real = 0;
  let imaginary = 0;
  for (let i = 0; i < response.length; i++) {
    real += response[i] * Math.cos(step * i);
    imaginary -= response[i] * Math.sin(step * i);
  }
  return Math.hypot(real, imaginary);
}
