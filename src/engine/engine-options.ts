import { AudioError } from '../base/errors.js';
import type { DeviceBackend, DeviceOptions, HostChoice, Resampler } from '../base/types.js';
import {
  expectBoolean,
  expectInteger,
  expectNumber,
  expectOneOf,
  expectOptions,
  expectString,
  wrongKind,
} from '../base/validate.js';
import { expectResampler } from './session/curves.js';
import type { DeviceSettings } from './session/device-runner.js';
import { platform } from './session/platform.js';
import type { SessionSettings } from './session/session.js';

/** How an engine is made. */
export interface EngineOptions {
  /** Hz, an integer, 8000..192000, default 48000, or the rate of the AudioContext that `device` names. */
  sampleRate?: number;
  /** Channels of the mix, 1..8, default 2. */
  channels?: number;
  /**
   * True (default): the default playback device; an object: that one; false: none, frames are pulled with
   * `readPcmFrames`.
   */
  device?: boolean | DeviceOptions;
  /** Where the engine runs, default 'auto'. An explicit host never falls back. */
  host?: HostChoice;
  /** Length of the click-free ramp in milliseconds, 0..1000, default 10; 0: hard edges at the exact frame. */
  smoothingMs?: number;
  /** How sounds are read at another speed than their own, default 'sinc'. */
  resampler?: Resampler;
  /**
   * Sounds that play at once, 1..65535, default 1024; `play()` beyond it is ERR_VOICE_LIMIT. A paused sound, and one
   * that waits for its frame, keep their place.
   */
  maxVoices?: number;
}

const hosts: readonly HostChoice[] = ['auto', 'native', 'wasm'];
const backends: readonly DeviceBackend[] = [
  'pulseaudio',
  'alsa',
  'jack',
  'wasapi',
  'dsound',
  'winmm',
  'coreaudio',
  'webaudio',
  'pipe',
  'null',
];

/** An engine's options, complete; `device` null: none. Throws for a wrong one. */
export function expectEngineOptions(options: EngineOptions | undefined): {
  host: HostChoice;
  settings: SessionSettings;
  device: DeviceSettings | null;
} {
  const given = expectOptions(options, 'options');
  const device = given.device === false ? null : expectDevice(given.device === true ? undefined : given.device);
  const sampleRate =
    given.sampleRate === undefined
      ? defaultSampleRate(device)
      : expectInteger(given.sampleRate, 'sampleRate', 8000, 192000);
  const smoothingMs = given.smoothingMs === undefined ? 10 : expectNumber(given.smoothingMs, 'smoothingMs', 0, 1000);
  return {
    host: given.host === undefined ? 'auto' : expectOneOf(given.host, 'host', hosts),
    settings: {
      sampleRate,
      channels: given.channels === undefined ? 2 : expectInteger(given.channels, 'channels', 1, 8),
      smoothingFrames: Math.round((smoothingMs * sampleRate) / 1000),
      maxVoices: given.maxVoices === undefined ? 1024 : expectInteger(given.maxVoices, 'maxVoices', 1, 65535),
      resampler: given.resampler === undefined ? 'sinc' : expectResampler(given.resampler),
    },
    device,
  };
}

/** An engine in the program's own AudioContext runs at that one's rate, if it can. */
function defaultSampleRate(device: DeviceSettings | null): number {
  const rate = (device?.context as { sampleRate?: number } | undefined)?.sampleRate;
  return rate !== undefined && Number.isInteger(rate) && rate >= 8000 && rate <= 192000 ? rate : 48000;
}

function expectDevice(device: DeviceOptions | undefined): DeviceSettings {
  if (device !== undefined && (typeof device !== 'object' || device === null))
    throw wrongKind('true, false or an object', 'device', device);
  return expectDeviceOptions(device, 'device');
}

/** How a device is opened, complete. Throws for a wrong option, and ERR_UNSUPPORTED_HOST for those of a browser. */
export function expectDeviceOptions(options: DeviceOptions | undefined, name: string): DeviceSettings {
  const { id, periodFrames, backend, recover, context, destination } = expectOptions(options, name);
  if ((context !== undefined || destination !== undefined) && !platform().hasAudioContexts) {
    throw new AudioError('ERR_UNSUPPORTED_HOST', 'The device options context and destination are for browsers');
  }
  return {
    context: context === undefined ? undefined : expectObject(context, 'context'),
    destination: destination === undefined ? undefined : expectObject(destination, 'destination'),
    id: id === undefined ? undefined : expectString(id, 'id'),
    periodFrames: periodFrames === undefined ? undefined : expectInteger(periodFrames, 'periodFrames', 16, 65536),
    backend: backend === undefined ? undefined : expectOneOf(backend, 'backend', backends),
    recover: recover === undefined ? true : expectBoolean(recover, 'recover'),
  };
}

function expectObject(value: unknown, name: string): object {
  if (typeof value !== 'object' || value === null) throw wrongKind('an object', name, value);
  return value;
}
