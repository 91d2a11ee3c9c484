/** Faults of the PBX or of the network to it. Faults of one kind can overlap and are counted. */
export type Fault =
  /** Requests hang until they time out. */
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
  /** Another server answers in the PBX's place, with another certificate. */
  | 'portal'
  | 'restarting'
  | 'no-push'
  | 'push-delayed'
  | 'push-doubled';

const OF_PUSH: ReadonlySet<Fault> = new Set(['no-push', 'push-delayed', 'push-doubled']);

/** The current faults. */
export class Network {
  readonly #faults = new Map<Fault, number>();
  /** Called when a fault begins or ends. */
  onChange: (fault: Fault, begins: boolean) => void = () => {};

  has(fault: Fault): boolean {
    return (this.#faults.get(fault) ?? 0) > 0;
  }

  /** REST works. */
  get answers(): boolean {
    return [...this.#faults.keys()].every((fault) => OF_PUSH.has(fault));
  }

  /** The returned function ends the fault. */
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
