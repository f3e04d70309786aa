import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCleanEnd, runWithEngine } from '../support/programs.js';
import { PulseServer } from '../support/servers/pulse.js';

let server: PulseServer;

beforeAll(async () => {
  server = await PulseServer.start();
});

afterAll(() => server.close());

const devices = { null: "{ backend: 'null' }", pulseaudio: "{ backend: 'pulseaudio' }" };

describe.each(Object.entries(devices))('with a %s device, a process', (_, device) => {
  it('ends by itself when nothing that is awaited plays', async () => {
    const result = await runWithEngine(`
      const engine = await open(${device});
      const sound = Sound.fromBuffer(engine, tone(1), { looping: true });
      sound.play();
      console.log('over');`);
    expectCleanEnd(result);
    expect(result.stdout).toBe('over\n');
  });

  it('lives until a sound that is awaited has finished', async () => {
    const result = await runWithEngine(`
      const engine = await open(${device});
      const started = performance.now();
      const how = await Sound.fromBuffer(engine, tone(0.6)).play().finished;
      console.log(how, performance.now() - started > 500);
      console.log(await engine.play(tone(0.1)).finished);`);
    expectCleanEnd(result);
    expect(result.stdout).toMatch(/^ended true\n(ended|disposed)\n$/);
  });

  it('lives for a sound that is awaited before the device is open', async () => {
    const result = await runWithEngine(`
      const engine = new Engine({ device: ${device} });
      console.log(await Sound.fromBuffer(engine, tone(0.2)).play().finished, engine.state);`);
    expectCleanEnd(result);
    expect(result.stdout).toBe('ended running\n');
  });

  it('does not live for an engine that was stopped, though its sound is awaited', async () => {
    const result = await runWithEngine(`
      const engine = await open(${device});
      const sound = Sound.fromBuffer(engine, tone(0.5)).play();
      await engine.stop();
      process.on('exit', () => console.log('exit', engine.state));
      await sound.finished;`);
    expect([result.signal, result.stdout]).toEqual([null, 'exit stopped\n']);
  });

  it('lives until a ramp that is awaited is over', async () => {
    const result = await runWithEngine(`
      const engine = await open(${device});
      const sound = Sound.fromBuffer(engine, tone(1), { looping: true }).play();
      console.log(await sound.ramp('volume', 0, { seconds: 0.3 }));`);
    expectCleanEnd(result);
    expect(result.stdout).toBe('true\n');
  });

  it('does not live for a sound that is paused, though it is awaited', async () => {
    const result = await runWithEngine(`
      const engine = await open(${device});
      const sound = Sound.fromBuffer(engine, tone(0.5)).play();
      setTimeout(() => sound.pause(), 100);
      process.on('exit', () => console.log('exit', sound.paused));
      await sound.finished;`);
    expect([result.signal, result.stdout]).toEqual([null, 'exit true\n']);
  });

  it.each([
    ['process.exit', 'process.exit(3);', 3],
    ['process.exit in a timer', 'setTimeout(() => process.exit(4), 100);', 4],
    ['the event loop running empty', '', 0],
    ['dispose and the end', 'engine.dispose();', 0],
    [
      'exit while the device is being opened',
      "new Engine({ device: true }); new Engine({ device: { backend: 'null' } }); process.exit(5);",
      5,
    ],
    [
      'exit while the device is being moved',
      "engine.useDevice({ backend: 'null' }).catch(() => {}); process.exit(6);",
      6,
    ],
    ['exit while something is decoded', 'AudioBuffer.decode(new Uint8Array(100)).catch(() => {}); process.exit(7);', 7],
  ])('ends while playing: %s', async (_name, ending, code) => {
    const result = await runWithEngine(`
      const engine = await open(${device});
      const second = tone(1);
      for (let index = 0; index < 20; index++) Sound.fromBuffer(engine, second, { looping: true }).play();
      await new Promise((resolve) => setTimeout(resolve, 100));
      ${ending}`);
    expectCleanEnd(result, code);
  });

  it('ends while playing: a throw', async () => {
    const result = await runWithEngine(`
      const engine = await open(${device});
      Sound.fromBuffer(engine, tone(1), { looping: true }).play();
      setTimeout(() => { throw new Error('thrown on purpose'); }, 100);`);
    expect([result.code, result.signal]).toEqual([1, null]);
    expect(result.stderr).toContain('thrown on purpose');
  });

  it('ends while playing: a rejection that nobody handles', async () => {
    const result = await runWithEngine(`
      const engine = await open(${device});
      Sound.fromBuffer(engine, tone(1), { looping: true }).play();
      await new Promise((resolve) => setTimeout(resolve, 100));
      throw new Error('rejected on purpose');`);
    expect([result.code, result.signal]).toEqual([1, null]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends while playing: %s', async (signal) => {
    let sent = false;
    const result = await runWithEngine(
      `
      const engine = await open(${device});
      const sound = Sound.fromBuffer(engine, tone(1), { looping: true }).play();
      console.log('playing');
      setInterval(() => {}, 1000);`,
      {
        onOutput: (text, child) => {
          if (text.includes('playing') && !sent) {
            sent = true;
            child.kill(signal);
          }
        },
      },
    );
    expect([result.code, result.signal, result.stderr]).toEqual([null, signal, '']);
  });
});

describe('a process', () => {
  it('that only imports the package ends at once', async () => {
    expectCleanEnd(await runWithEngine(''));
  });

  it('with an engine without a device ends at once', async () => {
    expectCleanEnd(
      await runWithEngine(`
      const engine = new Engine({ device: false });
      Sound.fromBuffer(engine, tone(1)).play();
      engine.readPcmFrames(100);`),
    );
  });

  it('whose device cannot be opened hears of it without an unhandled rejection', async () => {
    const result = await runWithEngine(
      `
      const engine = new Engine();
      while (engine.state === 'starting') await new Promise((resolve) => setTimeout(resolve, 20));
      console.log(engine.state);`,
      {
        env: {
          PULSE_SERVER: 'unix:/nonexistent',
          JACK_NO_START_SERVER: '1',
          XDG_RUNTIME_DIR: '/nonexistent',
          PULSE_RUNTIME_PATH: '/nonexistent',
        },
      },
    );
    expect([result.code, result.signal]).toEqual([0, null]);
    expect(result.stderr).toContain('ERR_NO_DEVICE');
    expect(result.stdout).not.toContain('running');
  });
});
