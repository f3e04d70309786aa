export const digitStreams: number;
export function digitOf(stream: number, frame: number): number;
export function digitSamples(stream: number, first: number, count: number): Float32Array;
export function digitIn(sample: number, stream: number): number;
