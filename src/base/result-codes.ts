// Generated from native/include/mae_result.def by scripts/generate.mjs.
// Do not edit: change the table and run the script.

/** Every code an AudioError can carry. */
export type AudioErrorCode =
  | 'ERR_INVALID_ARGUMENT'
  | 'ERR_OUT_OF_MEMORY'
  | 'ERR_WIRE'
  | 'ERR_STALE_ID'
  | 'ERR_WRONG_KIND'
  | 'ERR_NOT_PREPARED'
  | 'ERR_VOICE_LIMIT'
  | 'ERR_SCHEDULE_LIMIT'
  | 'ERR_CYCLE'
  | 'ERR_SLOT_TAKEN'
  | 'ERR_DECODE'
  | 'ERR_NO_DEVICE'
  | 'ERR_DEVICE'
  | 'ERR_BUSY'
  | 'ERR_UNSUPPORTED_HOST'
  | 'ERR_TOO_LARGE'
  | 'ERR_STREAM_TAKEN'
  | 'ERR_FILE_NOT_FOUND'
  | 'ERR_FILE_READ'
  | 'ERR_DISPOSED'
  | 'ERR_WRONG_ENGINE'
  | 'ERR_NO_SUCH_BUS'
  | 'ERR_SOUND_LIMIT'
  | 'ERR_NODE_LIMIT'
  | 'ERR_BUFFER_LIMIT'
  | 'ERR_DEVICE_LOST'
  | 'ERR_NOT_READY'
  | 'ERR_WRONG_STATE'
  | 'ERR_PITCH_DISABLED'
  | 'ERR_LIVE_STREAM'
  | 'ERR_NETWORK'
  | 'ERR_UNAVAILABLE'
  | 'ERR_NOT_DISPOSED'
  | 'ERR_BACKEND_UNAVAILABLE'
  | 'ERR_BACKEND_FALLBACK'
  | 'ERR_UNKNOWN_BUS'
  | 'ERR_BUS_EXISTS'
  | 'ERR_INTERNAL';

/** The plain sentence of each code; where several results share a code, of the first. */
export const codeSentences: Readonly<Record<AudioErrorCode, string>> = {
  ERR_INVALID_ARGUMENT: 'An argument is outside its range',
  ERR_OUT_OF_MEMORY: 'There is not enough memory',
  ERR_WIRE: 'The shared memory is not a wire block of this engine',
  ERR_STALE_ID: 'The object behind this id is gone',
  ERR_WRONG_KIND: 'The id is of another kind of object',
  ERR_NOT_PREPARED: 'The memory of this object was not prepared before its command',
  ERR_VOICE_LIMIT: 'As many sounds are playing as maxVoices allows',
  ERR_SCHEDULE_LIMIT: 'Too many commands wait for a later frame',
  ERR_CYCLE: 'The route would make a cycle',
  ERR_SLOT_TAKEN: 'The slot of this id still holds another object',
  ERR_DECODE: 'The data is not sound in a known format, or is damaged',
  ERR_NO_DEVICE: 'There is no such playback device',
  ERR_DEVICE: 'The playback device could not be opened',
  ERR_BUSY: 'The engine is rendered by a device and cannot be pulled',
  ERR_UNSUPPORTED_HOST: 'This host cannot do that',
  ERR_TOO_LARGE: 'The sound has more frames than memory can hold',
  ERR_STREAM_TAKEN: 'The stream is played by another sound: a stream has one reader',
  ERR_FILE_NOT_FOUND: 'The file does not exist',
  ERR_FILE_READ: 'The file cannot be read',
  ERR_DISPOSED: 'The object was disposed',
  ERR_WRONG_ENGINE: 'The object belongs to another engine',
  ERR_NO_SUCH_BUS: 'The node has no such bus',
  ERR_SOUND_LIMIT: 'The engine holds as many sounds as it can',
  ERR_NODE_LIMIT: 'The engine holds as many groups and effects as it can',
  ERR_BUFFER_LIMIT: 'The engine holds as many buffers as it can',
  ERR_DEVICE_LOST: 'The playback device is gone',
  ERR_NOT_READY: 'The engine does not run yet',
  ERR_WRONG_STATE: 'The call does not fit the state the object is in',
  ERR_PITCH_DISABLED: 'The sound was made without pitch',
  ERR_LIVE_STREAM: 'A live stream has no places to go to and nothing to repeat',
  ERR_NETWORK: 'The address could not be read',
  ERR_UNAVAILABLE: 'The engine could not be loaded',
  ERR_NOT_DISPOSED: 'An object was collected without having been disposed',
  ERR_BACKEND_UNAVAILABLE: 'No audio backend can be made',
  ERR_BACKEND_FALLBACK: 'A lesser audio backend than the best is in use',
  ERR_UNKNOWN_BUS: 'The layout has no bus of this name',
  ERR_BUS_EXISTS: 'The layout has a bus of this name already',
  ERR_INTERNAL: 'The engine met a state that it should never be in',
};

/** The engine's own results (0 and above) by number: the code and sentence of each. 0 is success and has no code. */
export const engineResults: ReadonlyMap<
  number,
  { readonly name: string; readonly code: AudioErrorCode | 'OK'; readonly sentence: string }
> = new Map([
  [0, { name: 'OK', code: 'OK', sentence: 'No error' }],
  [1, { name: 'INVALID_ARGUMENT', code: 'ERR_INVALID_ARGUMENT', sentence: 'An argument is outside its range' }],
  [2, { name: 'OUT_OF_MEMORY', code: 'ERR_OUT_OF_MEMORY', sentence: 'There is not enough memory' }],
  [3, { name: 'NOT_A_WIRE', code: 'ERR_WIRE', sentence: 'The shared memory is not a wire block of this engine' }],
  [
    4,
    {
      name: 'ENGINE_OLDER',
      code: 'ERR_WIRE',
      sentence: 'The compiled engine is older than the TypeScript library: build or install the engine of this version',
    },
  ],
  [
    5,
    {
      name: 'LIBRARY_OLDER',
      code: 'ERR_WIRE',
      sentence: 'The TypeScript library is older than the compiled engine: install the library of this version',
    },
  ],
  [6, { name: 'STALE_ID', code: 'ERR_STALE_ID', sentence: 'The object behind this id is gone' }],
  [7, { name: 'WRONG_KIND', code: 'ERR_WRONG_KIND', sentence: 'The id is of another kind of object' }],
  [
    8,
    {
      name: 'NOT_PREPARED',
      code: 'ERR_NOT_PREPARED',
      sentence: 'The memory of this object was not prepared before its command',
    },
  ],
  [9, { name: 'VOICE_LIMIT', code: 'ERR_VOICE_LIMIT', sentence: 'As many sounds are playing as maxVoices allows' }],
  [10, { name: 'SCHEDULE_FULL', code: 'ERR_SCHEDULE_LIMIT', sentence: 'Too many commands wait for a later frame' }],
  [11, { name: 'CYCLE', code: 'ERR_CYCLE', sentence: 'The route would make a cycle' }],
  [13, { name: 'SLOT_TAKEN', code: 'ERR_SLOT_TAKEN', sentence: 'The slot of this id still holds another object' }],
  [16, { name: 'DECODE', code: 'ERR_DECODE', sentence: 'The data is not sound in a known format, or is damaged' }],
  [17, { name: 'NO_DEVICE', code: 'ERR_NO_DEVICE', sentence: 'There is no such playback device' }],
  [18, { name: 'DEVICE', code: 'ERR_DEVICE', sentence: 'The playback device could not be opened' }],
  [19, { name: 'BUSY', code: 'ERR_BUSY', sentence: 'The engine is rendered by a device and cannot be pulled' }],
  [20, { name: 'UNSUPPORTED_HOST', code: 'ERR_UNSUPPORTED_HOST', sentence: 'This host cannot do that' }],
  [21, { name: 'TOO_LARGE', code: 'ERR_TOO_LARGE', sentence: 'The sound has more frames than memory can hold' }],
  [
    22,
    {
      name: 'STREAM_TAKEN',
      code: 'ERR_STREAM_TAKEN',
      sentence: 'The stream is played by another sound: a stream has one reader',
    },
  ],
]);

/** miniaudio's results (below 0) by number: the name without `MA_` and the sentence of each. */
export const upstreamResults: ReadonlyMap<number, { readonly name: string; readonly sentence: string }> = new Map([
  [-1, { name: 'ERROR', sentence: 'Unknown error' }],
  [-2, { name: 'INVALID_ARGS', sentence: 'Invalid argument' }],
  [-3, { name: 'INVALID_OPERATION', sentence: 'Invalid operation' }],
  [-4, { name: 'OUT_OF_MEMORY', sentence: 'Out of memory' }],
  [-5, { name: 'OUT_OF_RANGE', sentence: 'Out of range' }],
  [-6, { name: 'ACCESS_DENIED', sentence: 'Permission denied' }],
  [-7, { name: 'DOES_NOT_EXIST', sentence: 'Resource does not exist' }],
  [-8, { name: 'ALREADY_EXISTS', sentence: 'Resource already exists' }],
  [-9, { name: 'TOO_MANY_OPEN_FILES', sentence: 'Too many open files' }],
  [-10, { name: 'INVALID_FILE', sentence: 'Invalid file' }],
  [-11, { name: 'TOO_BIG', sentence: 'Too large' }],
  [-12, { name: 'PATH_TOO_LONG', sentence: 'Path too long' }],
  [-13, { name: 'NAME_TOO_LONG', sentence: 'Name too long' }],
  [-14, { name: 'NOT_DIRECTORY', sentence: 'Not a directory' }],
  [-15, { name: 'IS_DIRECTORY', sentence: 'Is a directory' }],
  [-16, { name: 'DIRECTORY_NOT_EMPTY', sentence: 'Directory not empty' }],
  [-17, { name: 'AT_END', sentence: 'At end' }],
  [-18, { name: 'NO_SPACE', sentence: 'No space available' }],
  [-19, { name: 'BUSY', sentence: 'Device or resource busy' }],
  [-20, { name: 'IO_ERROR', sentence: 'Input/output error' }],
  [-21, { name: 'INTERRUPT', sentence: 'Interrupted' }],
  [-22, { name: 'UNAVAILABLE', sentence: 'Resource unavailable' }],
  [-23, { name: 'ALREADY_IN_USE', sentence: 'Resource already in use' }],
  [-24, { name: 'BAD_ADDRESS', sentence: 'Bad address' }],
  [-25, { name: 'BAD_SEEK', sentence: 'Illegal seek' }],
  [-26, { name: 'BAD_PIPE', sentence: 'Broken pipe' }],
  [-27, { name: 'DEADLOCK', sentence: 'Deadlock' }],
  [-28, { name: 'TOO_MANY_LINKS', sentence: 'Too many links' }],
  [-29, { name: 'NOT_IMPLEMENTED', sentence: 'Not implemented' }],
  [-30, { name: 'NO_MESSAGE', sentence: 'No message of desired type' }],
  [-31, { name: 'BAD_MESSAGE', sentence: 'Invalid message' }],
  [-32, { name: 'NO_DATA_AVAILABLE', sentence: 'No data available' }],
  [-33, { name: 'INVALID_DATA', sentence: 'Invalid data' }],
  [-34, { name: 'TIMEOUT', sentence: 'Timeout' }],
  [-35, { name: 'NO_NETWORK', sentence: 'Network unavailable' }],
  [-36, { name: 'NOT_UNIQUE', sentence: 'Not unique' }],
  [-37, { name: 'NOT_SOCKET', sentence: 'Socket operation on non-socket' }],
  [-38, { name: 'NO_ADDRESS', sentence: 'Destination address required' }],
  [-39, { name: 'BAD_PROTOCOL', sentence: 'Protocol wrong type for socket' }],
  [-40, { name: 'PROTOCOL_UNAVAILABLE', sentence: 'Protocol not available' }],
  [-41, { name: 'PROTOCOL_NOT_SUPPORTED', sentence: 'Protocol not supported' }],
  [-42, { name: 'PROTOCOL_FAMILY_NOT_SUPPORTED', sentence: 'Protocol family not supported' }],
  [-43, { name: 'ADDRESS_FAMILY_NOT_SUPPORTED', sentence: 'Address family not supported' }],
  [-44, { name: 'SOCKET_NOT_SUPPORTED', sentence: 'Socket type not supported' }],
  [-45, { name: 'CONNECTION_RESET', sentence: 'Connection reset' }],
  [-46, { name: 'ALREADY_CONNECTED', sentence: 'Already connected' }],
  [-47, { name: 'NOT_CONNECTED', sentence: 'Not connected' }],
  [-48, { name: 'CONNECTION_REFUSED', sentence: 'Connection refused' }],
  [-49, { name: 'NO_HOST', sentence: 'No host' }],
  [-50, { name: 'IN_PROGRESS', sentence: 'Operation in progress' }],
  [-51, { name: 'CANCELLED', sentence: 'Operation cancelled' }],
  [-52, { name: 'MEMORY_ALREADY_MAPPED', sentence: 'Memory already mapped' }],
  [-100, { name: 'CRC_MISMATCH', sentence: 'Checksum mismatch' }],
  [-200, { name: 'FORMAT_NOT_SUPPORTED', sentence: 'Format not supported' }],
  [-201, { name: 'DEVICE_TYPE_NOT_SUPPORTED', sentence: 'Device type not supported' }],
  [-202, { name: 'SHARE_MODE_NOT_SUPPORTED', sentence: 'Share mode not supported' }],
  [-203, { name: 'NO_BACKEND', sentence: 'No backend' }],
  [-204, { name: 'NO_DEVICE', sentence: 'No device' }],
  [-205, { name: 'API_NOT_FOUND', sentence: 'API not found' }],
  [-206, { name: 'INVALID_DEVICE_CONFIG', sentence: 'Invalid device config' }],
  [-207, { name: 'LOOP', sentence: 'Loop detected' }],
  [-208, { name: 'BACKEND_NOT_ENABLED', sentence: 'Backend not enabled' }],
  [-300, { name: 'DEVICE_NOT_INITIALIZED', sentence: 'Device not initialized' }],
  [-301, { name: 'DEVICE_ALREADY_INITIALIZED', sentence: 'Device already initialized' }],
  [-302, { name: 'DEVICE_NOT_STARTED', sentence: 'Device not started' }],
  [-303, { name: 'DEVICE_NOT_STOPPED', sentence: 'Device not stopped' }],
  [-400, { name: 'FAILED_TO_INIT_BACKEND', sentence: 'Failed to initialize backend' }],
  [-401, { name: 'FAILED_TO_OPEN_BACKEND_DEVICE', sentence: 'Failed to open backend device' }],
  [-402, { name: 'FAILED_TO_START_BACKEND_DEVICE', sentence: 'Failed to start backend device' }],
  [-403, { name: 'FAILED_TO_STOP_BACKEND_DEVICE', sentence: 'Failed to stop backend device' }],
]);
