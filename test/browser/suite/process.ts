// What tests take for granted of a process, and a page can do otherwise.
const tasks = new MessageChannel();
const waiting: (() => void)[] = [];
(tasks.port1 as unknown as WebMessagePort).onmessage = () => waiting.shift()?.();
Object.assign(globalThis, {
  setImmediate: (act: () => void) => {
    waiting.push(act);
    tasks.port2.postMessage(null);
  },
  Buffer: {
    from: (memory: ArrayBuffer) => new Uint8Array(memory),
    compare: (one: Uint8Array, other: Uint8Array) =>
      one.length === other.length && one.every((byte, index) => byte === other[index]) ? 0 : 1,
  },
});
