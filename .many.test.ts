import { it } from 'vitest';
import { AudioBuffer, attachNode, Engine, Sound, SoundGroup, setNodeOutputVolume } from './src/index.js';
import { Random } from './test/support/random.js';
it('steps', () => {
  const worst: unknown[] = [];
  const from = Number(process.env.FROM ?? 1), count = Number(process.env.COUNT ?? 500);
  for (let seed = from; seed < from + count; seed++) {
    const random = new Random(seed);
    const engine = new Engine({ host: 'native', device: false });
    const b = new AudioBuffer(new Float32Array(20000).fill(1), { sampleRate: 48000, channels: 1 });
    const groups = [new SoundGroup(engine)]; for (let i = 0; i < 3; i++) groups.push(new SoundGroup(engine, { parent: random.pick(groups) }));
    const sounds: Sound[] = [];
    const add = () => { const s = Sound.fromBuffer(engine, b, { looping: true, group: random.next() < .7 ? random.pick(groups) : null, volume: .25 }); s.seek(500); sounds.push(s.play()); };
    add(); add();
    engine.readPcmFrames(2000);
    const log: string[] = []; let last: number | undefined;
    for (let op = 0; op < 40; op++) {
      const s = random.pick(sounds), g = random.pick(groups);
      const gain = random.between(0, 1);
      const ops: [string, () => unknown][] = [
        ['add', () => sounds.length < 6 && add()], ['play', () => s.play(random.next()<.5?{}:{fadeSeconds: .01})], ['stop', () => s.stop(random.next()<.5?{}:{fadeSeconds: .02})], ['pause', () => s.pause()], ['resume', () => s.resume()],
        ['seek', () => s.seek(random.integer(1, 19000))], ['range', () => s.setRange(random.integer(0, 1000), random.integer(2000, 20000))], ['loop', () => s.setLoopRange(random.integer(0, 1000), random.integer(2000, 20000))],
        ['vol', () => { s.volume = gain / 4; }], ['pan', () => { s.pan = gain * 2 - 1; }], ['law', () => { s.panLaw = random.pick(['balance', 'equal-power']); }], ['pitch', () => { s.pitch = random.pick([1, .5, 1.3]); }],
        ['fade', () => s.fade(gain, random.next(), .03)], ['fadeIn', () => s.fadeIn(.02)], ['fadeOut', () => s.fadeOut(.02)], ['out', () => setNodeOutputVolume(s, 0, gain)], ['route', () => attachNode(s, 0, random.pick([g, engine.endpoint, null]), 0)],
        ['gvol', () => { g.volume = gain; }], ['gpan', () => { g.pan = gain * 2 - 1; }], ['gpitch', () => { g.pitch = random.pick([1, .7]); }], ['mute', () => { g.muted = random.next() < .5; }], ['gpause', () => g.pause()], ['gresume', () => g.resume()],
        ['groute', () => { try { attachNode(g, 0, random.pick([random.pick(groups), engine.endpoint, null]), 0); } catch {} }], ['gout', () => setNodeOutputVolume(g, 0, gain)], ['evol', () => { engine.volume = gain; }],
        ['ramp', () => s.ramp('volume', gain / 4, { seconds: .02, curve: 'linear' })],
        ['dispose', () => { if (sounds.length > 1) { sounds.splice(sounds.indexOf(s), 1); s.dispose(); } }],
      ];
      const [name, run] = random.pick(ops);
      run(); log.push(name);
      const n = random.integer(1, 600);
      const o = engine.readPcmFrames(n);
      let step = 0, at = -1; let prev = last;
      for (let i = 0; i < n; i++) { const x = o[2 * i]!; if (prev !== undefined && Math.abs(x - prev) > step) { step = Math.abs(x - prev); at = i; } prev = x; }
      last = prev;
      if (step > 0.02) { worst.push([seed, op, step.toFixed(4), at, log.slice(-5).join(' ')]); break; }
    }
    engine.dispose();
  }
  console.log('BAD', worst.length); for (const w of worst.slice(0, 40)) console.log(JSON.stringify(w));
}, 600000);
