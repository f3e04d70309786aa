// The game layer of miniaudio-engine, to be heard and touched: everything on this page is the public interface of the
// library.
import {
  type AudioBackend,
  AudioBusLayout,
  CompressorEffect,
  hostInfo,
  LowPassFilter,
  makeBackend,
  ReverbEffect,
} from 'miniaudio-engine';
import { byId } from './dom.js';
import { EffectChain } from './effects.js';
import { SpaceMap } from './map.js';
import { Pads } from './pads.js';
import { Players } from './players.js';
import { Scope } from './scope.js';
import { Strips } from './strips.js';

const blockMilliseconds = 1000;

function makeLayout(): AudioBusLayout {
  const layout = new AudioBusLayout();
  // The music steps back while somebody speaks.
  layout.getBus('Music').addEffect(new LowPassFilter({ cutoffHz: 12_000 }));
  layout
    .getBus('Music')
    .addEffect(new CompressorEffect({ sidechain: 'Voice', thresholdDb: -38, ratio: 5, attackMs: 30, releaseMs: 400 }));
  // One room for all that is sent there.
  layout.addBus('Room', { volumeDb: -3 }).addEffect(new ReverbEffect({ wet: 1, dry: 0, roomSize: 0.75 }));
  layout.getBus('Voice').send('Room', -12);
  layout.getBus('SFX').send('Room', -9);
  return layout;
}

function tell(reason: unknown): void {
  const notice = byId('notice');
  notice.textContent = reason instanceof Error ? reason.message : String(reason);
  notice.hidden = false;
}

function statusOf(backend: AudioBackend): string {
  const { engine, name } = backend;
  if (engine === null) return name;
  if (engine.state === 'suspended') return 'Click anywhere or press a key to hear it';
  const { activeVoices, renderLoad } = engine.stats;
  const way = hostInfo().crossOriginIsolated ? 'shared memory' : 'messages';
  return [
    `${name} ${engine.state}`,
    `${engine.timeSeconds.toFixed(1)} s`,
    `${activeVoices} ${activeVoices === 1 ? 'voice' : 'voices'}`,
    `load ${(100 * renderLoad).toFixed(1)} %`,
    way,
  ].join(' · ');
}

async function begin(): Promise<void> {
  const context = new AudioContext();
  const scope = new Scope(context);
  const backend = await makeBackend({
    busLayout: makeLayout(),
    engine: { device: { context, destination: scope.input } },
  });
  const chain = new EffectChain(backend.busLayout);
  const strips = new Strips(backend.busLayout, (bus) => chain.show(bus));
  const players = new Players(backend, tell);
  const pads = new Pads(backend);
  const map = new SpaceMap(backend);
  pads.draw();
  byId('block').onclick = () => {
    for (const end = performance.now() + blockMilliseconds; performance.now() < end; );
  };
  const status = byId('status');
  const look = (now: number): void => {
    scope.look();
    strips.look(now);
    players.look();
    map.look(now);
    const words = statusOf(backend);
    if (status.textContent !== words) status.textContent = words;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

begin().catch(tell);
