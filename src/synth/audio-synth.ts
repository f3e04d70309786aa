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

/** What a synth is made with. */
export interface AudioSynthOptions {
  /** Frames in each second, Hz, an integer, 8000..192000, default 48000. */
  sampleRate?: number;
  /** Channels in each frame, 1..8, default 2. Beyond two, voices are heard in the first two. */
  channels?: number;
}

/** What a bake takes. */
export interface BakeOptions extends AudioSynthOptions {
  /** Length in seconds, 0..20000; default: until the last voice has faded. */
  seconds?: number;
}

/** When something happens to a voice. */
export interface SynthTiming {
  /** Seconds from the synth's beginning, 0..20000; what has been rendered already counts as now. Default: now. */
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
 * A scene of voices that is rendered to samples: at once (`bake`), piece by piece (`renderChunk`), or into an engine as
 * it plays (`attachTo`). The same scene gives the same samples on every host, however it is cut into pieces. It
 * remembers what was done to it and when, up to 65,536 changes of each voice, so that a later `bake` repeats it.
 */
export class AudioSynth {
  readonly #score = new Score();
  readonly #sampleRate: number;
  readonly #channels: number;
  #renderer: SceneRenderer;
  #attachment: SynthAttachment | null = null;

  /** An empty synth. Throws RangeError, TypeError. */
  constructor(options?: AudioSynthOptions) {
    const { sampleRate, channels } = expectOptions(options, 'options');
    this.#sampleRate = expectRate(sampleRate, 48000);
    this.#channels = expectChannels(channels, 2);
    this.#renderer = new SceneRenderer(this.#sampleRate, this.#channels);
  }

  /** Frames in each second, in Hz. */
  get sampleRate(): number {
    return this.#sampleRate;
  }

  /** Number of channels, 1..8. */
  get channels(): number {
    return this.#channels;
  }

  /**
   * Frames rendered since the beginning, or since `rewind`: by `renderChunk`, or for what it is attached to, a little
   * ahead of what is heard.
   */
  get positionFrames(): number {
    return this.#attachment === null ? this.#renderer.position : renderedFrames(this.#attachment);
  }

  /**
   * Seconds after which nothing is heard any more, as far as is known now; Infinity while a note is held, 0 without
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
   * Adds a voice and gives its number. Without `durationSeconds` it sounds until `noteOff`; a start that lies in what
   * was rendered already is now. Throws RangeError, TypeError; ERR_STALE_ID for a modulating voice that was removed,
   * ERR_WRONG_STATE for the modulation of a parameter that the voice does not have.
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
   * Takes a voice out; what sounds fades in 5 ms. Throws ERR_STALE_ID, and ERR_WRONG_STATE while another voice is
   * modulated by it.
   */
  remove(voice: number): void {
    const { number } = this.#score.voice(voice, 'voice').data;
    this.#score.remove(number);
    if (this.#tell({ kind: 'remove', voice: number })) this.#renderer.remove(number);
  }

  /**
   * Begins a note, from the level at which the voice is. Throws RangeError, TypeError, ERR_STALE_ID,
   * ERR_SCHEDULE_LIMIT.
   */
  noteOn(voice: number, options?: SynthTiming): void {
    this.#note(voice, 'on', options);
  }

  /** Ends the note: its release begins. Throws RangeError, TypeError, ERR_STALE_ID, ERR_SCHEDULE_LIMIT. */
  noteOff(voice: number, options?: SynthTiming): void {
    this.#note(voice, 'off', options);
  }

  /**
   * Moves a parameter of a voice in 10 ms, or at once while it is silent: 'freq' 0..96000 Hz, 'gain' 0..16, 'pan'
   * -1..1, 'duty' 0.01..0.99, 'cutoffHz' 10..94080, 'q' 0.05..100. Throws RangeError, TypeError, ERR_STALE_ID,
   * ERR_SCHEDULE_LIMIT, and ERR_WRONG_STATE for a parameter that the voice does not have.
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
   * All of the scene from its beginning, at any rate, in a buffer; what `renderChunk` renders is not moved. Throws
   * RangeError, TypeError.
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
   * The next frames, interleaved: pieces of any size are together what `bake` gives. `frames` is 0..16777216. Throws
   * RangeError, TypeError, and ERR_BUSY while it is attached.
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
   * Makes it heard from where it is: in an engine, in a group, or where a player plays. A thread renders it as it is
   * heard, at any rate of calls and beside a program that is busy; what is done to the voices is heard after what is
   * rendered ahead. Throws TypeError, RangeError, ERR_BUSY while it is attached already, ERR_DISPOSED,
   * ERR_BUFFER_LIMIT, ERR_SOUND_LIMIT.
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
    if (this.#attachment !== null)
      throw new AudioError('ERR_BUSY', 'This AudioSynth is attached and rendered by a thread: detach() it first');
  }

  /**
   * `renderChunk` begins anew; what was done to the voices happens again at its times. Throws ERR_BUSY while it is
   * attached.
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
      throw outOfRange(
        `a number from 0 to ${secondsMaximum}, as a note of this synth does not end,`,
        'seconds',
        undefined,
      );
    return length;
  }
}
