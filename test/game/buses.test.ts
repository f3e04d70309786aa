import { describe, expect, it } from 'vitest';
import { AudioBusLayout, GainEffect, UnknownBusError } from '../../src/index.js';

/** Master ← Music ← Drums, Master ← SFX ← Steps, Master ← Voice: six buses. */
function tree(): AudioBusLayout {
  const layout = new AudioBusLayout();
  layout.removeBus('UI');
  layout.addBus('Drums', { sendTo: 'Music' });
  layout.addBus('Steps', { sendTo: 'SFX' });
  return layout;
}

const six = ['Master', 'Music', 'SFX', 'Voice', 'Drums', 'Steps'];

describe('AudioBusLayout', () => {
  it('begins with Master and four buses that lead to it', () => {
    const { buses } = new AudioBusLayout();
    expect(buses.map(({ name, sendTo, volumeDb, mute, solo }) => [name, sendTo, volumeDb, mute, solo])).toEqual([
      ['Master', null, 0, false, false],
      ['Music', 'Master', 0, false, false],
      ['SFX', 'Master', 0, false, false],
      ['Voice', 'Master', 0, false, false],
      ['UI', 'Master', 0, false, false],
    ]);
  });

  it('throws UnknownBusError with the names there are; case matters', () => {
    const layout = new AudioBusLayout();
    for (const call of [
      () => layout.getBus('music'),
      () => layout.removeBus('music'),
      () => layout.addBus('x', { sendTo: 'music' }),
      () => layout.getBus('SFX').send('music'),
      () => {
        layout.getBus('SFX').sendTo = 'music';
      },
    ]) {
      expect(call).toThrowError(UnknownBusError);
      expect(call).toThrowError("There is no bus 'music'. The buses are 'Master', 'Music', 'SFX', 'Voice', 'UI'");
    }
    expect(layout.hasBus('music')).toBe(false);
    expect(layout.hasBus('Music')).toBe(true);
    expect(layout.buses).toHaveLength(5);
  });

  it('refuses duplicates, cycles, and to take Master away or elsewhere', () => {
    const layout = tree();
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => layout.addBus('Music')).toThrowError(code('ERR_BUS_EXISTS'));
    expect(() => layout.addBus('')).toThrowError(RangeError);
    expect(() => layout.removeBus('Master')).toThrowError(code('ERR_WRONG_STATE'));
    expect(() => {
      layout.master.sendTo = 'Music';
    }).toThrowError(code('ERR_WRONG_STATE'));
    expect(() => {
      layout.getBus('Music').sendTo = 'Drums';
    }).toThrowError(code('ERR_CYCLE'));
    expect(() => {
      layout.getBus('Music').sendTo = 'Music';
    }).toThrowError(code('ERR_CYCLE'));
    expect(() => layout.master.send('Steps')).toThrowError(code('ERR_CYCLE'));
    layout.getBus('SFX').send('Drums');
    expect(() => layout.getBus('Music').send('Steps')).toThrowError(code('ERR_CYCLE'));
    expect(layout.getBus('Music').sendTo).toBe('Master');
  });

  it('re-routes what led to a bus that is removed', () => {
    const layout = tree();
    layout.getBus('Voice').send('Music', -6);
    layout.removeBus('Music');
    expect(layout.getBus('Drums').sendTo).toBe('Master');
    expect([...layout.getBus('Voice').sends]).toEqual([]);
    expect(layout.hasBus('Music')).toBe(false);
  });

  it.each([
    ['nothing', { solo: [], mute: [] }, []],
    ['solo of a leaf', { solo: ['Drums'], mute: [] }, ['SFX', 'Voice', 'Steps']],
    ['solo of an inner bus', { solo: ['Music'], mute: [] }, ['SFX', 'Voice', 'Steps']],
    ['solo of two', { solo: ['Drums', 'Voice'], mute: [] }, ['SFX', 'Steps']],
    ['solo of Master', { solo: ['Master'], mute: [] }, []],
    ['mute of a leaf', { solo: [], mute: ['Steps'] }, ['Steps']],
    ['mute of an inner bus', { solo: [], mute: ['SFX'] }, ['SFX']],
    ['mute beats solo', { solo: ['Music'], mute: ['Music'] }, ['Music', 'SFX', 'Voice', 'Steps']],
    ['mute below a solo', { solo: ['Music'], mute: ['Drums'] }, ['SFX', 'Voice', 'Drums', 'Steps']],
    ['mute of Master', { solo: ['Voice'], mute: ['Master'] }, ['Master', 'Music', 'SFX', 'Drums', 'Steps']],
  ])('%s silences the right ones', (_name, { solo, mute }, silenced) => {
    const layout = tree();
    for (const name of solo) layout.getBus(name).solo = true;
    for (const name of mute) layout.getBus(name).mute = true;
    expect(layout.buses.map(({ name }) => name)).toEqual(six);
    expect(layout.buses.filter((bus) => bus.silenced).map(({ name }) => name)).toEqual(silenced);
  });

  it('a send is a way that solo keeps open', () => {
    const layout = tree();
    layout.addBus('Hall');
    layout.getBus('Voice').send('Hall', -6);
    layout.getBus('Voice').solo = true;
    expect(layout.buses.filter((bus) => bus.silenced).map(({ name }) => name)).toEqual([
      'Music',
      'SFX',
      'Drums',
      'Steps',
    ]);
  });

  it('effective level: the sum of the way, -80 at least and behind anything silent', () => {
    const layout = tree();
    layout.master.volumeDb = -3;
    layout.getBus('Music').volumeDb = -10;
    layout.getBus('Drums').volumeDb = 4;
    expect(layout.getBus('Drums').effectiveVolumeDb).toBe(-9);
    layout.getBus('Music').volumeDb = -75;
    layout.getBus('Drums').volumeDb = -40;
    expect(layout.getBus('Drums').effectiveVolumeDb).toBe(-80);
    layout.getBus('Drums').volumeDb = 24;
    layout.getBus('Music').volumeDb = -80;
    expect(layout.getBus('Drums').effectiveVolumeDb).toBe(-80);
    layout.getBus('Music').volumeDb = 0;
    expect(layout.getBus('Drums').effectiveVolumeDb).toBe(21);
    layout.getBus('Music').mute = true;
    expect(layout.getBus('Drums').effectiveVolumeDb).toBe(-80);
    layout.getBus('Music').mute = false;
    layout.getBus('Voice').solo = true;
    expect(layout.getBus('Drums').effectiveVolumeDb).toBe(-80);
    expect(layout.getBus('Voice').effectiveVolumeDb).toBe(-3);
  });

  it('levels go from -80 to 24 dB; what is below is silence, what is above is refused', () => {
    const bus = new AudioBusLayout().getBus('SFX');
    bus.volumeDb = 24;
    bus.volumeDb = -500;
    expect(bus.volumeDb).toBe(-80);
    bus.volumeDb = -Infinity;
    expect(bus.volumeDb).toBe(-80);
    for (const bad of [24.01, Number.NaN, Infinity]) {
      expect(() => {
        bus.volumeDb = bad;
      }).toThrowError(RangeError);
    }
    expect(() => {
      bus.volumeDb = '3' as never;
    }).toThrowError(TypeError);
    expect(() => {
      bus.mute = 1 as never;
    }).toThrowError(TypeError);
    expect(bus.volumeDb).toBe(-80);
  });

  it('effects: added, moved, removed; one is on one bus only', () => {
    const layout = new AudioBusLayout();
    const bus = layout.getBus('SFX');
    const [a, b, c] = [
      new GainEffect({ volumeDb: 1 }),
      new GainEffect({ volumeDb: 2 }),
      new GainEffect({ volumeDb: 3 }),
    ];
    bus.addEffect(a);
    bus.addEffect(b);
    bus.addEffect(c, 0);
    expect(bus.effects).toEqual([c, a, b]);
    bus.moveEffect(c, 2);
    expect(bus.effects).toEqual([a, b, c]);
    expect(bus.removeEffect(b)).toBe(true);
    expect(bus.removeEffect(b)).toBe(false);
    expect(bus.effects).toEqual([a, c]);
    expect(() => layout.getBus('Music').addEffect(a)).toThrowError(
      expect.objectContaining({ code: 'ERR_WRONG_STATE' }),
    );
    expect(() => bus.moveEffect(b, 0)).toThrowError(expect.objectContaining({ code: 'ERR_WRONG_STATE' }));
    expect(() => bus.moveEffect(a, 2)).toThrowError(RangeError);
    expect(() => bus.addEffect({} as never)).toThrowError(TypeError);
    expect(() => bus.addEffect(b, 3)).toThrowError(RangeError);
    layout.getBus('Music').addEffect(b);
    layout.removeBus('Music');
    layout.getBus('UI').addEffect(b);
  });
});

describe('layouts as data', () => {
  function rich(): AudioBusLayout {
    const layout = tree();
    layout.getBus('Music').volumeDb = -6.5;
    layout.getBus('Drums').mute = true;
    layout.getBus('Steps').solo = true;
    layout.getBus('Voice').send('Music', -12);
    layout.getBus('SFX').addEffect(new GainEffect({ volumeDb: -3, enabled: false }));
    return layout;
  }

  it('come back as they went', () => {
    const json = rich().toJSON();
    expect(AudioBusLayout.fromJSON(json).toJSON()).toEqual(json);
    expect(AudioBusLayout.fromJSON(JSON.stringify(json)).toJSON()).toEqual(json);
    expect(json.version).toBe(1);
    expect(JSON.parse(JSON.stringify(rich()))).toEqual(json);
  });

  it('may leave out what is at its default, in any order', () => {
    const layout = AudioBusLayout.fromJSON({
      version: 1,
      buses: [{ name: 'Deep', sendTo: 'High' }, { name: 'High' }, { name: 'Master', volumeDb: -2 }],
    });
    expect(layout.buses.map(({ name, sendTo }) => [name, sendTo])).toEqual([
      ['Master', null],
      ['Deep', 'High'],
      ['High', 'Master'],
    ]);
    expect(layout.master.volumeDb).toBe(-2);
  });

  type Json = Record<string, never> & { buses: Record<string, never>[] };
  const broken: [string, (json: Json) => void, string][] = [
    ['version', (json) => Object.assign(json, { version: 2 }), 'version'],
    ['no version', (json) => Reflect.deleteProperty(json, 'version'), 'version'],
    ['a key too many', (json) => Object.assign(json, { bus: [] }), "key of layout but received 'bus'"],
    ['buses of another kind', (json) => Object.assign(json, { buses: {} }), 'buses'],
    ['no Master', (json) => json.buses.shift(), 'buses'],
    ['a bus that is none', (json) => json.buses.splice(1, 1, 'Music' as never), 'buses[1]'],
    ['a name of another kind', (json) => Object.assign(json.buses[2]!, { name: 7 }), 'buses[2].name'],
    ['a name twice', (json) => Object.assign(json.buses[2]!, { name: 'Music' }), 'buses[2].name'],
    ['a level too high', (json) => Object.assign(json.buses[1]!, { volumeDb: 25 }), 'buses[1].volumeDb'],
    ['a level that is a text', (json) => Object.assign(json.buses[1]!, { volumeDb: '0' }), 'buses[1].volumeDb'],
    ['a mute of another kind', (json) => Object.assign(json.buses[1]!, { mute: 0 }), 'buses[1].mute'],
    ['a solo of another kind', (json) => Object.assign(json.buses[3]!, { solo: null }), 'buses[3].solo'],
    ['a target that is not there', (json) => Object.assign(json.buses[4]!, { sendTo: 'Muzak' }), 'buses[4].sendTo'],
    ['a circle', (json) => Object.assign(json.buses[1]!, { sendTo: 'Drums' }), 'buses[4].sendTo'],
    ['Master led elsewhere', (json) => Object.assign(json.buses[0]!, { sendTo: 'Music' }), 'buses[0].sendTo'],
    [
      'a key of a bus too many',
      (json) => Object.assign(json.buses[1]!, { volume: 1 }),
      "key of buses[1] but received 'volume'",
    ],
    [
      'a send to nowhere',
      (json) => Object.assign(json.buses[3]!, { sends: [{ to: 'Hall', gainDb: 0 }] }),
      'buses[3].sends[0].to',
    ],
    [
      'a send without a level',
      (json) => Object.assign(json.buses[3]!, { sends: [{ to: 'Music' }] }),
      'buses[3].sends[0].gainDb',
    ],
    [
      'an effect that is none',
      (json) => Object.assign(json.buses[2]!, { effects: [{ type: 'wow' }] }),
      'buses[2].effects[0].type',
    ],
    [
      'an effect out of range',
      (json) => Object.assign(json.buses[2]!, { effects: [{ type: 'gain', volumeDb: 99 }] }),
      'buses[2].effects[0].volumeDb',
    ],
    [
      'an effect with a key too many',
      (json) => Object.assign(json.buses[2]!, { effects: [{ type: 'gain', wet: 1 }] }),
      "key of buses[2].effects[0] but received 'wet'",
    ],
    [
      'effects of another kind',
      (json) => Object.assign(json.buses[2]!, { effects: { type: 'gain' } }),
      'buses[2].effects',
    ],
  ];
  it.each(broken)('refuse %s and name the place', (_name, damage, place) => {
    const json = rich().toJSON() as unknown as Json;
    damage(json);
    expect(() => AudioBusLayout.fromJSON(json as never)).toThrowError(place);
  });

  it('refuse what is no layout at all', () => {
    for (const bad of [null, 7, [], undefined])
      expect(() => AudioBusLayout.fromJSON(bad as never)).toThrowError(TypeError);
    expect(() => AudioBusLayout.fromJSON('{')).toThrowError(RangeError);
  });
});
