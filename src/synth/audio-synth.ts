import { AudioError } from '../base/errors.js';
import {
  expectInteger,
  expectNumber,
  expectOneOf,
  expectOptions,
  expectParameter,
  outOfRange,
} from '../base/validate.js';
import { AudioBuffer } from '../engine/audio-buffer.js';
import {
  type AttachOptions,
  attachScene,
  renderedFrames,
  type SynthAttachment,
  type SynthTarget,
  tellAttachment,
} from './attachment.js';
import { parameterNames, type SynthParameter, secondsMaximum, voiceRanges } from './data/ranges.js';
import { endOf, hasParameter, type VoiceEvent, type VoiceSource } from './data/voice-data.js';
import { expectSource, expectVoiceData, missingParameter, type SynthVoiceOptions } from './data/voice-options.js';
import { softEdgeSeconds } from './rendering/envelope-state.js';
import { SceneRenderer } from './rendering/scene-renderer.js';
import { Score, type ScoredVoice } from './score.js';

/** Options of {@link AudioSynth}. */
export interface AudioSynthOptions {
  /**
   * Frames per second, in Hz, an integer, 8000..192000.
   *
   * @defaultValue `48000`, of a bake the synth's own
   */
  sampleRate?: number;
  /**
   * Number of channels, 1..8. Voices are heard in the first two.
   *
   * @defaultValue `2`, of a bake the synth's own
   */
  channels?: number;
}

/** Options of {@link AudioSynth.bake}. */
export interface BakeOptions extends AudioSynthOptions {
  /**
   * Length in seconds, 0..20000.
   *
   * @defaultValue until the last voice has faded
   */
  seconds?: number;
}

/** When something happens to a voice. */
export interface SynthTiming {
  /**
   * Seconds from the synth's beginning, 0..20000. A time that is already rendered means now.
   *
   * @defaultValue now
   */
  atSeconds?: number;
}

const chunkFramesMaximum = 2 ** 24;

function expectRate(value: unknown, initial: number): number {
  return value === undefined ? initial : expectInteger(value, 'sampleRate', 8000, 192000);
}

function expectChannels(value: unknown, initial: number): number {
  return value === undefined ? initial : expectInteger(value, 'channels', 1, 8);
}

/**
 * A set of voices that is rendered to samples: all at once (`bake`), in pieces (`renderChunk`), or into an engine while
 * it plays (`attachTo`).
 *
 * The same voices give the same samples everywhere, whatever the size of the pieces. The synth remembers what was done
 * to each voice and when, up to 65,536 changes each, so a later `bake` repeats it.
 *
 * @example
 * ```ts
 * import { ADSR, AudioSynth, Engine, LFO, LowPass, Oscillator } from 'miniaudio-engine';
 *
 * const synth = new AudioSynth();
 * const lead = synth.add(Oscillator.saw(220), {
 *   gain: 0.3,
 *   envelope: new ADSR({ attack: 0.01, decay: 0.1, sustain: 0.6, release: 0.2 }),
 *   filter: new LowPass({ cutoffHz: 900, q: 4 }),
 *   modulation: { cutoffHz: new LFO({ rateHz: 0.5, depth: 18 }) },
 *   startSeconds: Infinity, // only noteOn starts it
 * });
 * synth.noteOn(lead, { atSeconds: 0 });
 * synth.setParam(lead, 'freq', 330, { atSeconds: 0.25 });
 * synth.noteOff(lead, { atSeconds: 0.5 });
 *
 * const engine = new Engine({ device: false });
 * engine.play(synth.bake()); // ends when the release is over
 * console.log(engine.readPcmFrames(480).length);
 * engine.dispose();
 * ```
 */
export class AudioSynth {
  readonly #score = new Score();
  readonly #sampleRate: number;
  readonly #channels: number;
  #renderer: SceneRenderer;
  #attachment: SynthAttachment | null = null;

  /**
   * Makes a synth without voices.
   *
   * @param options - Sample rate and channels.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   */
  constructor(options?: AudioSynthOptions) {
    const { sampleRate, channels } = expectOptions(options, 'options');
    this.#sampleRate = expectRate(sampleRate, 48000);
    this.#channels = expectChannels(channels, 2);
    this.#renderer = new SceneRenderer(this.#sampleRate, this.#channels);
  }

  /** Frames per second, in Hz. */
  get sampleRate(): number {
    return this.#sampleRate;
  }

  /** Number of channels, 1..8. */
  get channels(): number {
    return this.#channels;
  }

  /**
   * Frames rendered since the beginning or the last `rewind`. While the synth is attached, this is a little ahead of
   * what is heard.
   */
  get positionFrames(): number {
    return this.#attachment === null ? this.#renderer.position : renderedFrames(this.#attachment);
  }

  /**
   * Time at which the last voice ends, in seconds, as far as is known now: Infinity while a note is held, 0 without
   * voices.
   */
  get durationSeconds(): number {
    let end = 0;
    for (const { data, events } of this.#score.voices) {
      if (data.audible) end = Math.max(end, endOf(data, events.remembered, softEdgeSeconds));
    }
    return end;
  }

  /**
   * Adds a voice. Without `durationSeconds`, its note lasts until `noteOff`. A start that is already rendered means
   * now.
   *
   * @param source - Its source: a wave or noise.
   * @param options - How it sounds.
   * @returns The number of the voice, for the other methods.
   * @throws {@link AudioError} `ERR_STALE_ID` when a voice that modulates it was removed; `ERR_WRONG_STATE` when it
   *   does not have a parameter that is modulated.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   * @example
   * ```ts
   * import { AudioSynth, Exponential, Noise, Oscillator } from 'miniaudio-engine';
   *
   * const synth = new AudioSynth({ channels: 1 });
   * const envelope = new Exponential({ start: 1, end: 0.01 });
   * synth.add(Noise.white(), { gain: 0.2, durationSeconds: 0.2, envelope });
   * const wobble = synth.add(Oscillator.sine(70), { durationSeconds: 0.4, audible: false });
   * synth.add(Oscillator.sine(280), { durationSeconds: 0.4, envelope, fm: { voice: wobble, depthHz: 200 } });
   * console.log(synth.bake().durationSeconds);
   * ```
   */
  add(source: VoiceSource, options?: SynthVoiceOptions): number {
    const given = expectOptions(options, 'options');
    const number = this.#score.nextNumber;
    const data = expectVoiceData(
      number,
      expectSource(source),
      given,
      (value, name) => this.#score.voice(value, name).data.number,
    );
    const startSeconds = Math.max(data.startSeconds, this.#now);
    const voice = this.#score.add({ ...data, startSeconds });
    if (this.#tell({ kind: 'add', data: voice.data })) this.#renderer.add(voice.data, voice.events);
    return number;
  }

  /**
   * Removes a voice. If it sounds, it fades out in 5 ms.
   *
   * @param voice - Its number.
   * @throws {@link AudioError} `ERR_STALE_ID` when it was removed before; `ERR_WRONG_STATE` while it modulates another
   *   voice.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for anything but the number of a voice.
   */
  remove(voice: number): void {
    const { number } = this.#score.voice(voice, 'voice').data;
    this.#score.remove(number);
    if (this.#tell({ kind: 'remove', voice: number })) this.#renderer.remove(number);
  }

  /**
   * Starts a note. If the voice still sounds, the envelope starts from its present level.
   *
   * @param voice - The number of the voice.
   * @param options - When.
   * @throws {@link AudioError} `ERR_STALE_ID` when the voice was removed; `ERR_SCHEDULE_LIMIT` when too many changes
   *   are scheduled.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  noteOn(voice: number, options?: SynthTiming): void {
    this.#note(voice, 'on', options);
  }

  /**
   * Ends a note: its release starts.
   *
   * @param voice - The number of the voice.
   * @param options - When.
   * @throws As {@link AudioSynth.noteOn} does.
   */
  noteOff(voice: number, options?: SynthTiming): void {
    this.#note(voice, 'off', options);
  }

  /**
   * Moves a parameter of a voice: in 10 ms, or immediately while the voice is silent.
   *
   * @param voice - The number of the voice.
   * @param parameter - 'freq', 'gain', 'pan', 'duty', 'cutoffHz' or 'q'.
   * @param value - freq 0..96000 Hz, gain 0..16, pan -1..1, duty 0.01..0.99, cutoffHz 10..94080, q 0.05..100.
   * @param options - When.
   * @throws {@link AudioError} `ERR_WRONG_STATE` when the voice does not have the parameter; and as
   *   {@link AudioSynth.noteOn} does.
   */
  setParam(voice: number, parameter: SynthParameter, value: number, options?: SynthTiming): void {
    const { data, events } = this.#score.voice(voice, 'voice');
    const name = expectOneOf(parameter, 'parameter', parameterNames);
    if (!hasParameter(data, name)) throw missingParameter(`Voice ${data.number}`, name);
    const event: VoiceEvent = {
      seconds: this.#timeOf(options),
      kind: 'set',
      parameter: name,
      value: expectParameter(value, voiceRanges[name]),
    };
    this.#happen({ data, events }, event);
  }

  /**
   * Renders everything from the beginning into a buffer. It does not move the position of `renderChunk`.
   *
   * @param options - Length, sample rate and channels.
   * @returns The buffer, which is the caller's.
   * @throws RangeError `ERR_OUT_OF_RANGE` for a bad option, and without `seconds` while a note never ends; TypeError
   *   `ERR_INVALID_ARG_TYPE` for a bad option.
   */
  bake(options?: BakeOptions): AudioBuffer {
    const { seconds, sampleRate, channels } = expectOptions(options, 'options');
    const renderer = new SceneRenderer(
      expectRate(sampleRate, this.#sampleRate),
      expectChannels(channels, this.#channels),
    );
    const length = seconds === undefined ? this.#ownLength() : expectNumber(seconds, 'seconds', 0, secondsMaximum);
    for (const { data, events } of this.#score.voices) renderer.add(data, events);
    const samples = new Float32Array(Math.round(length * renderer.sampleRate) * renderer.channels);
    renderer.render(samples);
    return new AudioBuffer(samples, { sampleRate: renderer.sampleRate, channels: renderer.channels, transfer: true });
  }

  /**
   * Renders the next frames. Chunks of any size add up to what `bake` returns.
   *
   * @param frames - How many, 0..16777216.
   * @returns Interleaved samples.
   * @throws {@link AudioError} `ERR_BUSY` while the synth is attached.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   * @example
   * ```ts
   * import { AudioSynth, Oscillator } from 'miniaudio-engine';
   *
   * const synth = new AudioSynth({ channels: 1 });
   * const voice = synth.add(Oscillator.sine(440));
   * const first = synth.renderChunk(1024);
   * synth.setParam(voice, 'freq', 660);
   * const second = synth.renderChunk(1024);
   * console.log(first.length + second.length, synth.positionFrames);
   * ```
   */
  renderChunk(frames: number): Float32Array {
    this.#expectDetached();
    return this.#render(frames);
  }

  #render(frames: number): Float32Array {
    const samples = new Float32Array(expectInteger(frames, 'frames', 0, chunkFramesMaximum) * this.#channels);
    this.#renderer.render(samples);
    return samples;
  }

  /**
   * Makes the synth audible from its present position on. A thread renders it while it plays, so a busy program leaves
   * no gaps. Changes to the voices are heard after what is already rendered.
   *
   * @param target - An engine, a group, or a player, on whose bus it is heard.
   * @param options - How much is rendered at a time.
   * @returns The attachment, which can be detached.
   * @throws {@link AudioError} `ERR_BUSY` when the synth is already attached; `ERR_DISPOSED` for a disposed target;
   *   `ERR_BUFFER_LIMIT` or `ERR_SOUND_LIMIT` when the engine has no room.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   * @example
   * ```ts
   * import { AudioPlayer, AudioSynth, makeBackend, Oscillator } from 'miniaudio-engine';
   *
   * const backend = await makeBackend({ name: 'null' });
   * const voicePlayer = new AudioPlayer(backend, { bus: 'SFX' });
   * const synth = new AudioSynth();
   * const hum = synth.add(Oscillator.triangle(110), { gain: 0.3, startSeconds: Infinity });
   * const attachment = synth.attachTo(voicePlayer); // heard on the bus SFX
   * synth.noteOn(hum);
   * await new Promise((resolve) => setTimeout(resolve, 200));
   * synth.noteOff(hum);
   * attachment.detach();
   * backend.shutdown();
   * ```
   */
  attachTo(target: SynthTarget, options?: AttachOptions): SynthAttachment {
    this.#expectDetached();
    const synth = this;
    this.#attachment = attachScene(target, options, {
      sampleRate: this.#sampleRate,
      channels: this.#channels,
      get positionFrames() {
        return synth.#renderer.position;
      },
      render: (frames) => this.#render(frames),
      voices: () => Array.from(this.#score.voices, ({ data, events }) => ({ data, events: events.remembered })),
      detached: () => {
        this.#attachment = null;
        this.rewind();
      },
    });
    return this.#attachment;
  }

  #expectDetached(): void {
    if (this.#attachment !== null) throw new AudioError('ERR_BUSY', 'This AudioSynth is attached: detach it first');
  }

  /**
   * Moves `renderChunk` back to the beginning. What was done to the voices happens again at its times.
   *
   * @throws {@link AudioError} `ERR_BUSY` while the synth is attached.
   */
  rewind(): void {
    this.#expectDetached();
    this.#renderer = new SceneRenderer(this.#sampleRate, this.#channels);
    for (const { data, events } of this.#score.voices) this.#renderer.add(data, events);
  }

  #note(voice: number, kind: 'on' | 'off', options: SynthTiming | undefined): void {
    this.#happen(this.#score.voice(voice, 'voice'), { seconds: this.#timeOf(options), kind });
  }

  #happen({ data, events }: ScoredVoice, event: VoiceEvent): void {
    events.insert(event, this.#now);
    this.#tell({ kind: 'event', voice: data.number, event });
  }

  /** Tells the thread, if there is one; returns whether this thread renders. */
  #tell(change: Parameters<typeof tellAttachment>[1]): boolean {
    return this.#attachment === null || tellAttachment(this.#attachment, change);
  }

  get #now(): number {
    return this.positionFrames / this.#sampleRate;
  }

  #timeOf(options: SynthTiming | undefined): number {
    const { atSeconds } = expectOptions(options, 'options');
    const now = this.#now;
    return atSeconds === undefined ? now : Math.max(now, expectNumber(atSeconds, 'atSeconds', 0, secondsMaximum));
  }

  #ownLength(): number {
    const length = this.durationSeconds;
    if (length > secondsMaximum)
      throw outOfRange(`a number from 0 to ${secondsMaximum} (a note of this synth never ends)`, 'seconds', undefined);
    return length;
  }
}
