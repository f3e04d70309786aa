// How long this engine takes to notice a lost device, to be heard again and to be disposed, in milliseconds of wall
// clock: on a PulseAudio server that is killed and comes back, and on one that is frozen.
import { rmSync } from 'node:fs';
import { Engine } from '../../dist/index.js';
import { startServer } from '../pulse.mjs';

// An engine whose device is lost keeps no process alive.
setInterval(() => {}, 1000);

const settled = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const nextEvent = (engine, name) => new Promise((done) => engine.on(name, () => done(performance.now())));

async function openOn({ environment }) {
  Object.assign(process.env, environment);
  const engine = new Engine({ device: { backend: 'pulseaudio', periodFrames: 480 } });
  await engine.ready;
  await settled(300);
  return engine;
}

function disposal(engine) {
  const began = performance.now();
  engine.dispose();
  return performance.now() - began;
}

async function killed() {
  const first = await startServer();
  const engine = await openOn(first);
  const lost = nextEvent(engine, 'device-lost');
  const began = performance.now();
  first.server.kill('SIGKILL');
  const lostMilliseconds = (await lost) - began;
  const changed = nextEvent(engine, 'device-changed');
  const second = await startServer(first.folder);
  const back = performance.now();
  const backMilliseconds = Math.max(0, (await changed) - back);
  const disposeMilliseconds = disposal(engine);
  second.server.kill();
  rmSync(first.folder, { recursive: true, force: true });
  return { lostMilliseconds, backMilliseconds, disposeMilliseconds };
}

async function frozen() {
  const { server, folder, environment } = await startServer();
  const engine = await openOn({ environment });
  const lost = nextEvent(engine, 'device-lost');
  const began = performance.now();
  server.kill('SIGSTOP');
  const frozenLostMilliseconds = (await lost) - began;
  const frozenDisposeMilliseconds = disposal(engine);
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  return { frozenLostMilliseconds, frozenDisposeMilliseconds };
}

process.stdout.write(`${JSON.stringify({ ...(await killed()), ...(await frozen()) })}\n`);
process.exit(0);
