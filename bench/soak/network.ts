/** Faults of the PBX or of the network to it. Faults of one kind can overlap and are counted. */
export type Fault =
  /** Requests hang until they time out. */
  | 'time-outs'
  /** The PBX answers with a status from 500 to 504. */
  | 'errors'
  /** Most requests get a 429 without Retry-After. */
  | 'busy'
  /** Every request gets a 429 with Retry-After. */
  | 'busy-until'
  /** Most connections are reset. */
  | 'resets'
  /** The answers have the status 200 and a body that makes no sense. */
  | 'garbage'
  /** Some entries of the session list cannot be read. */
  | 'broken-entries'
  /** The session list answers 403. */
  | 'forbidden'
  | 'no-network'
  /** Another server answers in the PBX's place, with another certificate. */
  | 'portal'
  | 'restarting'
  /** Connections for push are refused. */
  | 'no-push'
  /** Events arrive seconds late. */
  | 'push-delayed'
  /** Every event arrives twice. */
  | 'push-doubled';

/** The faults that leave REST undisturbed. */
const OF_PUSH: ReadonlySet<Fault> = new Set(['no-push', 'push-delayed', 'push-doubled']);

/** The current faults. */
export class Network {
  readonly #faults = new Map<Fault, number>();
  /** Called when a fault begins or ends. */
  onChange: (fault: Fault, begins: boolean) => void = () => {};

  has(fault: Fault): boolean {
    return (this.#faults.get(fault) ?? 0) > 0;
  }

  /** No current fault concerns REST. */
  get isRestUndisturbed(): boolean {
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
