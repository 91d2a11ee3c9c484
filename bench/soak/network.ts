/** What is wrong between the desk and its PBX, or with the PBX. Faults of one kind may overlap: each is counted. */
export type Fault =
  /** Requests hang until they are given up. */
  | 'time-outs'
  | 'errors'
  | 'busy'
  | 'busy-until'
  | 'resets'
  | 'garbage'
  /** Some entries of the session list cannot be read. */
  | 'broken-entries'
  | 'forbidden'
  | 'no-network'
  /** Somebody else answers in the PBX's place, with a certificate of their own. */
  | 'portal'
  | 'restarting'
  | 'no-push'
  | 'push-delayed'
  | 'push-doubled';

const OF_PUSH: ReadonlySet<Fault> = new Set(['no-push', 'push-delayed', 'push-doubled']);

/** Which faults there are now. */
export class Network {
  readonly #faults = new Map<Fault, number>();
  /** Is told of each fault that begins or ends. */
  onChange: (fault: Fault, begins: boolean) => void = () => {};

  has(fault: Fault): boolean {
    return (this.#faults.get(fault) ?? 0) > 0;
  }

  /** REST is as it should be. */
  get answers(): boolean {
    return [...this.#faults.keys()].every((fault) => OF_PUSH.has(fault));
  }

  /** The function returned ends it. */
  begin(fault: Fault): () => void {
    this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1);
    this.onChange(fault, true);
    return () => {
      const left = (this.#faults.get(fault) ?? 1) - 1;
      if (left > 0) this.#faults.set(fault, left);
      else this.#faults.delete(fault);
      this.onChange(fault, false);
    };
  }
}
