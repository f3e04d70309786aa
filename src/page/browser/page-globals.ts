/** The page's global object: what is there differs from browser to browser. */
export const page = globalThis as unknown as Page;

/** True where the page may share memory with its worklets: it was served with the headers COOP and COEP. */
export function isIsolated(): boolean {
  return page.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function';
}

/** Why no engine with a device can run here, null if one can. */
export function whyNoWorklet(): string | null {
  if (typeof WebAssembly !== 'object') return 'this browser has no WebAssembly';
  if (page.AudioContext === undefined) return 'this browser has no Web Audio';
  // Checked first: Chromium has the class AudioWorkletNode on insecure pages too, but cannot load a worklet there.
  if (page.isSecureContext === false)
    return 'the page was not loaded over https (or from localhost): browsers have AudioWorklet only there';
  return page.AudioWorkletNode === undefined ? 'this browser has no AudioWorklet' : null;
}
