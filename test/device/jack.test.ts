import { afterAll, beforeAll, expect, it } from 'vitest';
import { Engine } from '../../src/index.js';
import { expectUnbrokenTone, longestUnbroken, openOnDevice, playTone } from '../support/devices.js';
import { delay } from '../support/processes.js';
import { JackServer } from '../support/servers/jack.js';

let server: JackServer;

beforeAll(async () => {
  server = await JackServer.start();
});

afterAll(() => server.close());

it('is listed', async () => {
  expect((await Engine.devices()).some(({ backend }) => backend === 'jack')).toBe(true);
});

it('plays a tone on the dummy driver', async () => {
  const engine = await openOnDevice({ backend: 'jack' });
  expect(engine.device).toMatchObject({ backend: 'jack' });
  playTone(engine);
  await delay(300);
  const port = server.ports().find((name) => !name.startsWith('system:')) as string;
  expect(port).toBeDefined();
  const take = await server.record(port, 2);
  expectUnbrokenTone(longestUnbroken(take, 48000, 440), 0.5);
});
