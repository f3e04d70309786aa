// Tells the frame at which sound begins after silence.
const quietFrames = 4800;

class Detector extends AudioWorkletProcessor {
  constructor() {
    super();
    this.quiet = quietFrames;
  }

  process([input]) {
    const samples = input[0];
    for (let frame = 0; frame < 128; frame += 1) {
      const sounds = samples !== undefined && samples[frame] !== 0;
      if (sounds && this.quiet >= quietFrames) this.port.postMessage(currentFrame + frame);
      this.quiet = sounds ? 0 : this.quiet + 1;
    }
    return true;
  }
}
registerProcessor('detector', Detector);
