import { rmSync, writeFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataOfError, errorOfData } from '../../src/base/error-data.js';
import { AudioError, messageOf } from '../../src/base/errors.js';
import { BufferSender } from '../../src/page/links/buffer-sender.js';
import { MessageLink } from '../../src/page/links/message-link.js';
import { answerDecoding } from '../../src/page/workers/page-decoding-worker.js';
import { fillStreams } from '../../src/page/workers/page-stream-worker.js';
import type { WorkerScope } from '../../src/page/workers/worker-scope.js';
import { WorkletEngine } from '../../src/page/worklet/worklet-engine.js';
import { decodeInThread, decodeInThreadSync } from '../../src/process/process-decoding-thread.js';
import { ProcessStreamThread } from '../../src/process/process-stream-thread.js';
import { startTask } from '../../src/process/process-task-thread.js';
import { wasmModule } from '../../src/process/wasm-module.js';
import { audioOf, type DecodeAnswer } from '../../src/wasm/decode-jobs.js';
import { errorOfAddon } from '../../src/wasm/result-error.js';
import { type StreamAnswer, StreamAnswers } from '../../src/wasm/stream-answers.js';
import { type CoreOptions, SampleFormat, StreamKind, streamBytes } from '../../src/wire/core.js';
import { doTask, TaskThread } from '../../src/wire/task.js';
import { Wire } from '../../src/wire/wire.js';
import { TOTAL_BYTES } from '../../src/wire/wire-layout.js';
import { removeFolder, shortFolder } from '../support/processes.js';
import { constant } from '../support/signals.js';
import { writeWav } from '../support/wav.js';

const options: CoreOptions = { sampleRate: 48000, channels: 2, smoothingFrames: 480, maxVoices: 8 };
const thrown = new AudioError('ERR_DEVICE', 'The device hums', { result: -4, cause: new Error('a loose wire') });
/** What an error of C must still say on another thread. */
const damaged = { name: 'AudioError', code: 'ERR_DECODE', result: 16, message: expect.stringMatching(/damaged/) };
const nothing = new TextEncoder().encode('no sound at all');

/** The global scope of a worker whose messages go to `hear`, copied as they are between threads. */
function workerScope(hear: (message: never) => void): WorkerScope {
  return {
    onmessage: null,
    postMessage: (message) => hear(structuredClone(message) as never),
    importScripts: () => {},
  };
}

describe('an error as plain data', () => {
  it('keeps code, message, result and the message of its cause', () => {
    const found = errorOfData(structuredClone(dataOfError(thrown)));
    expect(found).toBeInstanceOf(AudioError);
    expect(found).toMatchObject({ code: 'ERR_DEVICE', message: 'The device hums', result: -4 });
    expect((found.cause as Error).message).toBe('a loose wire');
  });

  it('has neither result nor cause where there was none', () => {
    const found = errorOfData(dataOfError(new AudioError('ERR_BUSY', 'Later')));
    expect([found.result, found.cause]).toEqual([undefined, undefined]);
  });

  it('is ERR_INTERNAL for anything else', () => {
    const cause = new Error('why');
    expect(errorOfData(dataOfError(new RangeError('too much', { cause })))).toMatchObject({
      code: 'ERR_INTERNAL',
      message: 'RangeError: too much',
      cause: { message: 'why' },
    });
    expect(errorOfData(dataOfError('text'))).toMatchObject({ code: 'ERR_INTERNAL', message: 'text' });
  });
});

describe('an error of another realm', () => {
  const foreign = runInContext(`Object.assign(new Error('The data is damaged'), { result: 16 })`, createContext());

  it('is no instance of Error here', () => expect(foreign instanceof Error).toBe(false));

  it('has the code of its result', () => {
    expect(errorOfAddon(foreign)).toMatchObject({ name: 'AudioError', code: 'ERR_DECODE', result: 16 });
    expect(errorOfAddon(thrown)).toBe(thrown);
  });

  it('has its message', () => expect(messageOf(foreign)).toBe('The data is damaged'));
});

describe('a decoding thread', () => {
  it('of a process keeps what the error says', async () => {
    await expect(decodeInThread(nothing)).rejects.toMatchObject(damaged);
    expect(() => decodeInThreadSync(nothing)).toThrow(expect.objectContaining(damaged));
  });

  it('of a page keeps what the error says', async () => {
    const answer = await new Promise<DecodeAnswer>((resolve) => {
      const scope = workerScope(resolve);
      answerDecoding(scope, { task: 'decode', module: wasmModule(), ogg: '' });
      scope.onmessage?.({ data: { job: 1, bytes: nothing } });
    });
    expect(() => audioOf(answer)).toThrow(expect.objectContaining(damaged));
  });
});

describe('a thread of streams', () => {
  const shape = { channels: 1, sampleRate: 48000, frames: 48000 };
  const stream = { kind: StreamKind.pages, format: SampleFormat.f32, capacity: 12, ...shape };

  /** What a stream comes to whose source was spoilt after it was found. */
  async function failureOf(source: string | Uint8Array, spoil: () => void): Promise<AudioError> {
    const thread = new ProcessStreamThread();
    onTestFinished(() => thread.end());
    const found = thread.findNow(source);
    spoil();
    const byteLength = streamBytes(stream);
    const memory = { memory: new SharedArrayBuffer(byteLength), byteOffset: 0, byteLength };
    return new Promise((resolve, reject) => {
      const opened = found.open(memory, {
        ready: () => reject(new Error('The stream is ready')),
        failed: resolve,
      });
      onTestFinished(opened.hold());
    });
  }

  it('of a process keeps what an error of C says', async () => {
    const bytes = writeWav(constant(shape.frames), shape.sampleRate, 1);
    expect(await failureOf(bytes, () => bytes.fill(0))).toMatchObject(damaged);
  });

  it('of a process keeps the cause', async () => {
    const folder = shortFolder('thread-errors');
    onTestFinished(() => removeFolder(folder));
    const path = `${folder}/gone.wav`;
    writeFileSync(path, writeWav(constant(shape.frames), shape.sampleRate, 1));
    expect(await failureOf(path, () => rmSync(path))).toMatchObject({
      code: 'ERR_FILE_NOT_FOUND',
      cause: { message: expect.stringMatching(/ENOENT/) },
    });
  });

  it('of a page keeps what the error says', async () => {
    const answers = new StreamAnswers();
    const found = new Promise((resolve, reject) => {
      const key = answers.add({ resolve, reject }, null);
      const scope = workerScope((answer: StreamAnswer) => answers.hear(answer));
      fillStreams(scope, { task: 'stream', module: wasmModule(), ogg: '' });
      scope.onmessage?.({ data: { key, find: { kind: 'bytes', bytes: nothing } } });
    });
    await expect(found).rejects.toMatchObject(damaged);
  });
});

describe('a worklet', () => {
  it('keeps what the errors of preparations say', () => {
    const engine = new WorkletEngine(wasmModule(), options);
    const failure = engine.take({ kind: 'call', name: 'prepare_node', numbers: [7] });
    expect(failure).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', result: expect.any(Number) });
    const memory = new ArrayBuffer(TOTAL_BYTES);
    Wire.writeHeader(memory, 0);
    const troubles: AudioError[] = [];
    const link = new MessageLink(
      new Wire(memory, 0),
      options,
      (error) => troubles.push(error),
      () => true,
    );
    onTestFinished(() => link.close());
    link.hear(structuredClone({ type: 'trouble', failure: failure! }));
    link.hear(structuredClone({ type: 'trouble', failure: dataOfError(thrown) }));
    expect(troubles).toMatchObject([
      { code: failure!.code, message: failure!.message, result: failure!.result },
      { code: 'ERR_DEVICE', message: 'The device hums', result: -4, cause: { message: 'a loose wire' } },
    ]);
  });

  it('keeps what the error of a buffer says', async () => {
    const sender = new BufferSender();
    const samples = new Float32Array(100_000);
    const memory = {
      samples,
      format: SampleFormat.f32,
      channels: 1,
      sampleRate: 48000,
      frames: 100_000,
      trusted: true,
    };
    const arrival = sender.add(1, memory);
    sender.done(1, structuredClone(dataOfError(thrown)));
    await expect(arrival).rejects.toMatchObject({
      code: 'ERR_DEVICE',
      message: 'The device hums',
      result: -4,
      cause: { message: 'a loose wire' },
    });
  });
});

describe('the thread of a task', () => {
  /** A task beside the thread that hears of it, with copies of messages between them. */
  function threadOf(run: Parameters<typeof doTask>[0]): { thread: TaskThread; failures: Error[] } {
    const failures: Error[] = [];
    let handle: (message: unknown) => void = () => {};
    const thread = new TaskThread(
      (message) => handle(structuredClone(message)),
      () => {},
    );
    thread.onFailure = (error) => failures.push(error);
    handle = doTask(run, null, (news) => thread.hear(structuredClone(news)));
    return { thread, failures };
  }
  const expected = { code: 'ERR_DEVICE', message: 'The device hums', result: -4, cause: { message: 'a loose wire' } };
  const fail = (): never => {
    throw thrown;
  };

  it('keeps what the error says at its start, at a message and later', () => {
    expect(threadOf(fail).failures).toMatchObject([expected]);
    const atMessage = threadOf(() => fail);
    atMessage.thread.post('hello');
    expect(atMessage.failures).toMatchObject([expected]);
    let later = (): void => {};
    const afterwards = threadOf((_data, _post, attempt) => {
      later = () => attempt(fail);
      return () => {};
    });
    later();
    expect(afterwards.failures).toMatchObject([expected]);
  });

  it('tells of one failure, and no longer of others', () => {
    const { thread, failures } = threadOf(() => fail);
    thread.post(1);
    thread.post(2);
    expect(failures).toHaveLength(1);
  });

  it('reports the errors of a real thread', async () => {
    const thread = startTask('feed', null)!;
    onTestFinished(() => thread.stop());
    const failure = await new Promise<Error>((resolve) => {
      thread.onFailure = resolve;
      // Nothing else keeps the process alive.
      setTimeout(resolve, 60_000, new Error('Nothing was reported')).unref();
    });
    expect(failure).toMatchObject({
      name: 'AudioError',
      code: 'ERR_INTERNAL',
      message: expect.stringMatching(/^TypeError/),
    });
  });
});
