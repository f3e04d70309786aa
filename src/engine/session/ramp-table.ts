interface Outstanding {
  readonly owner: object;
  readonly endFrame: number;
  readonly resolve: (reached: boolean) => void;
}

/** Ramps whose end is awaited, by the token that their command carries. */
export class RampTable {
  readonly #outstanding = new Map<number, Outstanding>();
  readonly #tokensOf = new Map<object, Set<number>>();
  readonly #onChange: (count: number) => void;
  #nextToken = 1;

  /** `onChange` is called with the number of outstanding ramps whenever it changes. */
  constructor(onChange: (count: number) => void) {
    this.#onChange = onChange;
  }

  /** How many have not ended. */
  get size(): number {
    return this.#outstanding.size;
  }

  /**
   * Sends a ramp of `owner`, by way of `send`, that ends at `endFrame` if nothing takes over. Resolves true if it does,
   * false if something takes over.
   */
  begin(owner: object, endFrame: number, send: (token: number) => void): Promise<boolean> {
    return new Promise((resolve) => {
      const token = this.#nextToken;
      // Tokens are u32 and never 0; a token is free again long before the counter wraps.
      this.#nextToken = token === 0xffffffff ? 1 : token + 1;
      this.#outstanding.set(token, { owner, endFrame, resolve });
      const tokens = this.#tokensOf.get(owner) ?? new Set();
      this.#tokensOf.set(owner, tokens.add(token));
      this.#onChange(this.#outstanding.size);
      send(token);
    });
  }

  /** The engine has reported the end of a ramp. */
  settle(token: number, reached: boolean): void {
    const ramp = this.#outstanding.get(token);
    if (ramp === undefined) return;
    this.#outstanding.delete(token);
    const tokens = this.#tokensOf.get(ramp.owner);
    tokens?.delete(token);
    if (tokens?.size === 0) this.#tokensOf.delete(ramp.owner);
    this.#onChange(this.#outstanding.size);
    ramp.resolve(reached);
  }

  /** The owner is disposed: none of its ramps will be reached. */
  settleOwner(owner: object): void {
    for (const token of this.#tokensOf.get(owner) ?? []) this.settle(token, false);
  }

  /** Events were lost: whatever should have ended by now counts as reached. */
  settleUntil(frame: number): void {
    for (const [token, ramp] of this.#outstanding) {
      if (ramp.endFrame <= frame) this.settle(token, true);
    }
  }

  /** The engine is closed. */
  settleAll(): void {
    for (const token of [...this.#outstanding.keys()]) this.settle(token, false);
  }
}
