// How each contender is started for one measurement, and how its answer is read.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../scripts/build/paths.mjs';

const run = promisify(execFile);
const resamplers = ['linear', 'cubic', 'sinc', 'sinc-best'];
const script = (name) => path.join(root, 'bench', 'contenders', name);

function optionWords(set) {
  return Object.entries(set).flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    String(value),
  ]);
}

/** The program and its words for a contender, or null if it could not be made here. */
function commandOf(who, mode, set, made) {
  const needs = {
    native: 'dist',
    wasm: 'dist',
    nativeEffects: 'dist',
    wasmEffects: 'dist',
    nativeFidelity: 'dist',
    wasmFidelity: 'dist',
    recovery: 'dist',
    peerEffects: 'peer',
  };
  if (!made[needs[who] ?? who]) return null;
  if (who === 'native' || who === 'wasm')
    return [process.execPath, ['--expose-gc', script('engine.mjs'), who, mode, ...optionWords(set)]];
  if (who === 'nativeEffects' || who === 'wasmEffects')
    return [process.execPath, [script('effects.mjs'), who.replace('Effects', ''), mode, ...optionWords(set)]];
  if (who === 'nativeFidelity' || who === 'wasmFidelity')
    return [process.execPath, [script('fidelity.mjs'), who.replace('Fidelity', ''), mode]];
  if (who === 'recovery') return [process.execPath, [script('recovery.mjs')]];
  if (who === 'peerEffects')
    return [process.execPath, [script('effects-node-web-audio-api.mjs'), made.peer, mode, ...optionWords(set)]];
  if (who === 'peer')
    return [process.execPath, [script('node-web-audio-api.mjs'), made.peer, mode, ...optionWords(set)]];
  const numbers = { ...set, ...(set.resampler === undefined ? {} : { resampler: resamplers.indexOf(set.resampler) }) };
  return [made[who], [mode, ...optionWords(numbers)]];
}

/** What a program that failed complained about, in one line. */
export function complaint(error) {
  const lines = (error.stderr || error.message).trim().split('\n');
  return (lines.find((line) => /error[:[]|Error[:[ ]/.test(line)) ?? lines.at(-1)).trim().slice(0, 400);
}

/** Runs a contender once; resolves with the line of JSON it prints, or rejects with what it complained about. */
export async function ask(who, mode, set, made, environment = {}) {
  const command = commandOf(who, mode, set, made);
  if (command === null) return null;
  const { stdout } = await run(...command, { cwd: root, maxBuffer: 1 << 26, env: { ...process.env, ...environment } });
  return JSON.parse(stdout);
}

/** Runs a stock program that writes raw float32 stereo; resolves with its left channel. */
export async function askSamples(who, mode, set, made) {
  const command = commandOf(who, mode, set, made);
  if (command === null) return null;
  const { stdout } = await run(...command, { cwd: root, maxBuffer: 1 << 26, encoding: 'buffer' });
  const samples = new Float32Array(new Uint8Array(stdout).buffer);
  return samples.filter((_, index) => index % 2 === 0);
}
