import { median, OUTPUT_RATE, processorTime } from '../workload.mjs';

/**
 * How long an engine takes for a frame, and how loud its second half second is: the same work was done only where that
 * is equal.
 */
export function measureRender(engine, scene, warmFrames) {
  const out = new Float32Array(scene.block * 2);
  let squares = 0;
  const warmStart = processorTime();
  let warmBlocks = 0;
  // As much as asked for, and at least 100 ms of work for the compiler of JavaScript and WebAssembly to settle.
  for (let done = 0; done < warmFrames || processorTime() - warmStart < 100e6; done += scene.block, warmBlocks++) {
    engine.readPcmFramesInto(out);
    for (let i = 0; i < out.length; i++) {
      const frame = done + (i >> 1);
      if (frame >= OUTPUT_RATE / 2 && frame < OUTPUT_RATE) squares += out[i] ** 2;
    }
  }
  const batchBlocks = Math.max(1, Math.round(10e6 / ((processorTime() - warmStart) / warmBlocks)));
  const batches = [];
  for (let total = 0; total < scene.milliseconds * 1e6 || batches.length < 5; ) {
    const start = processorTime();
    for (let block = 0; block < batchBlocks; block++) engine.readPcmFramesInto(out);
    const spent = processorTime() - start;
    total += spent;
    batches.push(spent / batchBlocks);
  }
  return { nanosecondsPerFrame: median(batches) / scene.block, rms: Math.sqrt(squares / OUTPUT_RATE) };
}
