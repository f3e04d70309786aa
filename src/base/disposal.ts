import { AudioError } from './errors.js';

/** The error of every call on something disposed, `dispose`, `shutdown` and `disposed` excepted. */
export function disposedError(className: string): AudioError {
  return new AudioError('ERR_DISPOSED', `This ${className} was disposed and cannot be used any more`);
}

/** Tells once when something was collected that should have been disposed. It frees nothing: what is heard goes on. */
export class ForgottenWatch {
  #complained = false;
  readonly #registry: FinalizationRegistry<null>;

  /**
   * `complain` is called for the first forgotten object, with an ERR_NOT_DISPOSED error that calls it `what` ("an
   * Engine").
   */
  constructor(what: string, complain: (warning: AudioError) => void) {
    this.#registry = new FinalizationRegistry(() => {
      if (!this.#complained) {
        this.#complained = true;
        complain(
          new AudioError(
            'ERR_NOT_DISPOSED',
            `This program lost ${what} without calling dispose(): its memory and threads stay until the process ends`,
          ),
        );
      }
    });
  }

  /** Begins to watch; the same object is the key to `forget`. */
  watch(object: object): void {
    this.#registry.register(object, null, object);
  }

  /** It was disposed as it should be. */
  forget(object: object): void {
    this.#registry.unregister(object);
  }
}
