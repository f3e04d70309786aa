// Generated from native/include/mae_wire.def by scripts/generate.mjs.
// Do not edit: change the table and run the script.

/** "MAE1". */
export const MAGIC = 0x3145414d;

/** Raised by every change of this file that moves a byte. */
export const VERSION = 1;

/** u32, header magic. */
export const HEADER_MAGIC = 0;

/** u32, TypeScript's. */
export const HEADER_VERSION = 4;

/** u32, size of the whole block. */
export const HEADER_BYTES = 8;

/** u32, written by C. */
export const HEADER_ENGINE_VERSION = 12;

/** u32, written by TypeScript: commands sent. */
export const COMMAND_HEAD = 64;

/** u32, written by TypeScript: events read. */
export const EVENT_TAIL = 68;

/** u32, written by the engine: commands taken. */
export const COMMAND_TAIL = 128;

/** u32, written by the engine: events sent. */
export const EVENT_HEAD = 132;

/** f64, the engine's clock. */
export const STATE_TIME_FRAMES = 192;

/** u32, sounds that exist. */
export const STATE_SOUNDS = 200;

/** u32, sounds mixed in the last block, fading tails left out. */
export const STATE_VOICES = 204;

/** u32, commands that wait for their frame. */
export const STATE_SCHEDULED = 208;

/** u32, ramp events dropped because nobody read the ring. */
export const STATE_EVENTS_LOST = 212;

/** u32, device blocks that took longer than they last. */
export const STATE_UNDERRUNS = 216;

/** f32, time to render over time rendered, smoothed, 0..1. */
export const STATE_RENDER_LOAD = 220;

/** u32, grows with every device callback. */
export const STATE_HEARTBEAT = 224;

/** u32, times a stream ran empty under a sound that played it. */
export const STATE_STREAM_UNDERRUNS = 228;

/** Command offset. */
export const COMMAND_OFFSET = 512;

/** Command capacity. */
export const COMMAND_CAPACITY = 16384;

/** Command bytes. */
export const COMMAND_BYTES = 32;

/** Event offset. */
export const EVENT_OFFSET = 524800;

/** Event capacity. */
export const EVENT_CAPACITY = 8192;

/** Event bytes. */
export const EVENT_BYTES = 32;

/** Sound state offset. */
export const SOUND_STATE_OFFSET = 786944;

/** Sound capacity. */
export const SOUND_CAPACITY = 65535;

/** Sound state bytes. */
export const SOUND_STATE_BYTES = 16;

/** Node state offset. */
export const NODE_STATE_OFFSET = 1835520;

/** Node capacity. */
export const NODE_CAPACITY = 4096;

/** Node state bytes. */
export const NODE_STATE_BYTES = 128;

/** Buffer capacity. */
export const BUFFER_CAPACITY = 65535;

/** Total bytes. */
export const TOTAL_BYTES = 2359808;

/** Commands that may wait for a later frame at once. */
export const SCHEDULE_CAPACITY = 16384;

/** Id kind shift. */
export const ID_KIND_SHIFT = 30;

/** Id generation shift. */
export const ID_GENERATION_SHIFT = 16;

/** Id generation max. */
export const ID_GENERATION_MAX = 16383;

/** Id slot mask. */
export const ID_SLOT_MASK = 0xffff;

/** Kind sound. */
export const KIND_SOUND = 0;

/** Kind node. */
export const KIND_NODE = 1;

/** Kind buffer. */
export const KIND_BUFFER = 2;

/** Kind node, generation 1, slot 0: made with the engine. */
export const ENDPOINT_ID = 0x40010000;

/** u8, command op. */
export const COMMAND_OP = 0;

/** u8, command param. */
export const COMMAND_PARAM = 1;

/** u8, command curve. */
export const COMMAND_CURVE = 2;

/** u8, command flags. */
export const COMMAND_FLAGS = 3;

/** u32 id. */
export const COMMAND_TARGET = 4;

/** f64 engine frame at which it acts; at or before now: at once. */
export const COMMAND_FRAME = 8;

/** f64; or two u32 / two f32 at 16 and 20. */
export const COMMAND_VALUE = 16;

/** u32 length of a ramp in frames, or a flag word; with TOKEN one f64 for ranges. */
export const COMMAND_FRAMES = 24;

/** u32, 0: no event wanted. */
export const COMMAND_TOKEN = 28;

/** Param of NODE_SEND: what is sent is heard there. */
export const SEND_SOUND = 0;

/** The compressor there takes its level from it. */
export const SEND_KEY = 1;

/** Sends of one node. */
export const SENDS_MAXIMUM = 8;

/** Create flags. */
export const CREATE_PITCH_ENABLED = 1;

/** Create looping. */
export const CREATE_LOOPING = 2;

/** Create spatial. */
export const CREATE_SPATIAL = 4;

/** Create resampler shift. */
export const CREATE_RESAMPLER_SHIFT = 8;

/** Flags of RAMP and SOUND_FADE: stop the sound when the value is reached. */
export const RAMP_STOP_AT_END = 1;

/** Parameters of RAMP: of sounds and nodes. */
export const PARAM_VOLUME = 0;

/** Param pan. */
export const PARAM_PAN = 1;

/** Param pitch. */
export const PARAM_PITCH = 2;

/** Gain of the output bus. */
export const PARAM_OUTPUT = 3;

/** Of sounds. */
export const PARAM_FADE = 4;

/** Of nodes: a gain, 1 heard, 0 muted. */
export const PARAM_MUTE = 5;

/** Of nodes with an effect: 1 processed, 0 passed through. */
export const PARAM_ENABLED = 6;

/** Of nodes with an effect: this and the following are its rows of mae_effects.def. */
export const PARAM_EFFECT = 16;

/** Listener count. */
export const LISTENER_COUNT = 4;

/** Param of SOUND_VECTOR and LISTENER_VECTOR: x, y, z. */
export const VECTOR_POSITION = 0;

/** X, y, z of any length but 0. */
export const VECTOR_DIRECTION = 1;

/** X, y, z, units a second. */
export const VECTOR_VELOCITY = 2;

/** Of a sound: inner angle, outer angle (full, radians), outer gain. */
export const VECTOR_CONE = 3;

/** Of a listener: x, y, z of any length but 0. */
export const VECTOR_WORLD_UP = 3;

/** Param of SOUND_SPATIAL: 0 or 1. */
export const SPATIAL_ENABLED = 0;

/** 0 absolute, 1 relative to the listener. */
export const SPATIAL_POSITIONING = 1;

/** Listener 0..3, -1 the nearest. */
export const SPATIAL_PINNED = 2;

/** ATTENUATION_*. */
export const SPATIAL_ATTENUATION = 3;

/** The rest: rows of the owner spatial in mae_params.def. */
export const SPATIAL_ROLLOFF = 4;

/** Spatial min distance. */
export const SPATIAL_MIN_DISTANCE = 5;

/** Spatial max distance. */
export const SPATIAL_MAX_DISTANCE = 6;

/** Spatial min gain. */
export const SPATIAL_MIN_GAIN = 7;

/** Spatial max gain. */
export const SPATIAL_MAX_GAIN = 8;

/** Spatial doppler factor. */
export const SPATIAL_DOPPLER_FACTOR = 9;

/** Spatial directional attenuation factor. */
export const SPATIAL_DIRECTIONAL_ATTENUATION_FACTOR = 10;

/** Attenuation none. */
export const ATTENUATION_NONE = 0;

/** Attenuation inverse. */
export const ATTENUATION_INVERSE = 1;

/** Attenuation linear. */
export const ATTENUATION_LINEAR = 2;

/** Attenuation exponential. */
export const ATTENUATION_EXPONENTIAL = 3;

/** Curve linear. */
export const CURVE_LINEAR = 0;

/** Curve exponential. */
export const CURVE_EXPONENTIAL = 1;

/** Curve equal power. */
export const CURVE_EQUAL_POWER = 2;

/** Curve ease in. */
export const CURVE_EASE_IN = 3;

/** Curve ease out. */
export const CURVE_EASE_OUT = 4;

/** Curve ease in out. */
export const CURVE_EASE_IN_OUT = 5;

/** Resampler linear. */
export const RESAMPLER_LINEAR = 0;

/** Resampler cubic. */
export const RESAMPLER_CUBIC = 1;

/** Resampler sinc. */
export const RESAMPLER_SINC = 2;

/** Resampler sinc best. */
export const RESAMPLER_SINC_BEST = 3;

/** u32, event type. */
export const EVENT_TYPE = 0;

/** u32 id. */
export const EVENT_TARGET = 4;

/** f64 engine frame at which it happened (lifecycle events: was told). */
export const EVENT_FRAME = 8;

/** u32, event a. */
export const EVENT_A = 16;

/** u32, event b. */
export const EVENT_B = 20;

/** f64 source frame that is read next. */
export const SOUND_CURSOR = 0;

/** u32 id the state is of. */
export const SOUND_ID = 8;

/** u32, sound flags. */
export const SOUND_FLAGS = 12;

/** Sound playing. */
export const SOUND_PLAYING = 1;

/** Sound at end. */
export const SOUND_AT_END = 2;

/** Sound paused. */
export const SOUND_PAUSED = 4;

/** u32, raised by TypeScript: the next block published starts peaks anew. */
export const NODE_PEAK_RESET = 0;

/** f64 frames measured. */
export const NODE_FRAMES = 8;

/** f32[8] largest magnitude since the last reset. */
export const NODE_PEAKS = 16;

/** f64[8] sum of squares. */
export const NODE_SQUARES = 48;

/** f32 dB that the compressor of this node takes away at the moment. */
export const NODE_REDUCTION = 112;

/** u32, 1 while the effect of this node has something to do, else 0. */
export const NODE_AWAKE = 116;

/** u32, ring, written by TypeScript: frames put in. */
export const STREAM_WRITTEN = 0;

/** u32, ring, written by TypeScript: 1 when nothing follows what is written. */
export const STREAM_ENDED = 4;

/** u32, ring, written by TypeScript: frames before this position shall not be heard. */
export const STREAM_DROPPED = 8;

/** u32, pages, written by the decoder: grows with every page that comes. */
export const STREAM_FILLED = 12;

/** u32, pages, written by the decoder: 1 when no page will come any more. */
export const STREAM_FAILED = 16;

/** u32, ring, written by the engine: frames taken out. */
export const STREAM_READ = 64;

/** u32, written by the engine: times it ran empty under a sound that played it. */
export const STREAM_UNDERRUNS = 68;

/** u32, pages, written by the engine: odd while the fields up to SEAM change. */
export const STREAM_SEQUENCE = 72;

/** u32, pages. */
export const STREAM_LOOPING = 76;

/** f64, pages: source frame that is read next. */
export const STREAM_CURSOR = 80;

/** f64, pages: range that is played. */
export const STREAM_BEGIN = 88;

/** f64, pages, end excluded. */
export const STREAM_END = 96;

/** f64, pages: what is repeated, cut to the range. */
export const STREAM_LOOP_BEGIN = 104;

/** f64, pages, end excluded. */
export const STREAM_LOOP_END = 112;

/** f64, pages: where the cursor was before it was last put elsewhere; what was heard there may still fade out. */
export const STREAM_LEFT = 120;

/** f64, pages: where it would have gone on from there at the end of its loop. */
export const STREAM_LEFT_LOOP = 128;

/**
 * f64, pages: where the cursor last went back to the loop's beginning from, which the interpolator sees before it; 0:
 * it did not.
 */
export const STREAM_SEAM = 136;

/** u32[64], pages, written by the decoder: number + 1 of the page in each place, 0: none. */
export const STREAM_PAGE_TABLE = 192;

/** Stream pages max. */
export const STREAM_PAGES_MAX = 64;

/** Source frames of a page. */
export const STREAM_PAGE_FRAMES = 4096;

/** Stream header bytes. */
export const STREAM_HEADER_BYTES = 512;

/** What a command does, and the fields of its record that it reads (`type@offset`). */
export const CommandOp = {
  /** Target; u32@16 id of a buffer or stream, u32@20 node id (0: nowhere), u32@24 create flags. */
  SOUND_CREATE: 1,
  /** Target: what is heard fades out over the smoothing time by itself; RETIRED follows at once. */
  SOUND_DESTROY: 2,
  /**
   * Target, frame, u32@24 fade-in frames (0: only softened if it does not begin at its beginning), u32@28 run number
   * that ENDED and STOPPED carry back.
   */
  SOUND_START: 3,
  /** Target, frame, u32@24 fade-out frames (0: halts at that frame, a tail of the smoothing time rings out). */
  SOUND_STOP: 4,
  /** Target, frame. */
  SOUND_PAUSE: 5,
  /** Target, frame. */
  SOUND_RESUME: 6,
  /** Target, frame, f64@16 source frame. */
  SOUND_SEEK: 7,
  /** Target, frame, f64@16 0 or 1. */
  SOUND_LOOPING: 8,
  /** Target, frame, f64@16 begin, f64@24 end (source frames, end excluded). */
  SOUND_LOOP_RANGE: 9,
  /** Target, frame, f64@16 begin, f64@24 end (source frames, end excluded). */
  SOUND_RANGE: 10,
  /** Target, frame, u32@16 node id (0: nowhere); cross-faded. */
  SOUND_ROUTE: 11,
  /** Target, frame, f64@16 0 balance, 1 equal power; cross-faded. */
  SOUND_PAN_LAW: 12,
  /** Target sound or node, frame, param, curve, flags, f64@16 value, u32@24 frames, u32@28 token. */
  RAMP: 14,
  /** Target, frame, curve, flags, f32@16 from, f32@20 to, u32@24 frames, u32@28 token. */
  SOUND_FADE: 15,
  /**
   * Target, frame, param SPATIAL_*, f64@16 value; the gains move to what follows from it, switching on and off is
   * cross-faded.
   */
  SOUND_SPATIAL: 16,
  /** Target, frame, param VECTOR_*, three f32@16; the gains move to what follows from it. */
  SOUND_VECTOR: 17,
  /** Target; u32@20 node id it leads to (0: nowhere). */
  NODE_CREATE: 20,
  /** Target; its memory goes back with RETIRED when nothing sounds in it any more. */
  NODE_DESTROY: 21,
  /** Target, frame, u32@16 node id (0: nowhere); cross-faded. */
  NODE_ROUTE: 22,
  /** Target, frame: fades out, then the sounds below stand still. */
  NODE_PAUSE: 23,
  /** Target, frame. */
  NODE_RESUME: 24,
  /**
   * Target, frame, curve, param SEND_*, u32@16 node id that it is added to besides, f32@20 gain (0: no more), u32@24
   * frames.
   */
  NODE_SEND: 26,
  /** Target with an effect, frame: its delay lines and filter state are cleared, cross-faded. */
  NODE_RESET: 25,
  /** Target buffer or stream; RETIRED when no sound reads it any more. */
  BUFFER_DESTROY: 30,
  /** Target listener 0..3, frame, param VECTOR_*, three f32@16. */
  LISTENER_VECTOR: 50,
  /** Target listener 0..3, frame, f64@16 0 or 1. */
  LISTENER_ENABLED: 51,
} as const;

/** What an event tells. */
export const EventType = {
  /** Target sound reached its end; a: run number of its last START. */
  ENDED: 1,
  /** Target sound was stopped, or a START that waited for its frame was called off; a: run number of its last START. */
  STOPPED: 2,
  /**
   * Target is no longer known to the engine: its slot and memory may be used again; always the last event of its id.
   */
  RETIRED: 3,
  /** Target; a: token, b: 1 reached, 0 taken over or disposed. */
  RAMP_ENDED: 4,
  /** Target as sent; a: mae_result, b: op. A stale id, a wrong kind, a full schedule: nothing was changed. */
  COMMAND_REFUSED: 5,
} as const;
