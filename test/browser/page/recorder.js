// Records what comes in, and whether the quanta came as they should: one after the other, and in time.

/** Frames at the start of a context over which the browser still finds its pace. */
const settlingFrames = 9600;

class Recorder extends AudioWorkletProcessor {
  constructor({ processorOptions }) {
    super();
    this.channels = processorOptions.channels;
    this.samples = new Float32Array(processorOptions.frames * this.channels);
    this.length = 0;
    this.expectedFrame = -1;
    this.jumps = 0;
    // Wall clock ahead of the frames' own time: the least and the most that was seen.
    this.least = Infinity;
    this.most = -Infinity;
    this.port.onmessage = ({ data }) => {
      if (data.blockMilliseconds !== undefined) {
        for (const end = Date.now() + data.blockMilliseconds; Date.now() < end; );
        return;
      }
      const samples = this.samples.slice(0, this.length * this.channels);
      this.port.postMessage({ samples, jumps: this.jumps, latenessMilliseconds: this.most - this.least }, [
        samples.buffer,
      ]);
    };
  }

  process([input]) {
    if (currentFrame > settlingFrames) {
      if (this.expectedFrame >= 0 && currentFrame !== this.expectedFrame) this.jumps += 1;
      const ahead = Date.now() - (currentFrame * 1000) / sampleRate;
      this.least = Math.min(this.least, ahead);
      this.most = Math.max(this.most, ahead);
    }
    this.expectedFrame = currentFrame + 128;
    if ((this.length + 128) * this.channels > this.samples.length) return true;
    for (let channel = 0; channel < this.channels; channel += 1) {
      const source = input[channel] ?? input[0];
      if (source === undefined) continue;
      for (let frame = 0; frame < 128; frame += 1)
        this.samples[(this.length + frame) * this.channels + channel] = source[frame];
    }
    this.length += 128;
    return true;
  }
}
registerProcessor('recorder', Recorder);
