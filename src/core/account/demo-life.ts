import { ok, type Result } from '../../shared/result.ts';
import { reportBug } from '../report-bug.ts';
import type { DemoAccess } from './demo-access.ts';

/** Starts and ends the built-in demo PBX. At most one runs. */
export class DemoLife {
  readonly #open: () => Promise<Result<DemoAccess>>;
  #access: DemoAccess | null = null;

  constructor(open: () => Promise<Result<DemoAccess>>) {
    this.#open = open;
  }

  /** The running demo; null when there is none. */
  get access(): DemoAccess | null {
    return this.#access;
  }

  async start(): Promise<Result<DemoAccess>> {
    const demo = await this.#open();
    if (!demo.ok) return demo;
    this.#access = demo.value;
    return ok(demo.value);
  }

  /** Hands the running demo over to the caller, who must close it. */
  take(): DemoAccess | null {
    const access = this.#access;
    this.#access = null;
    return access;
  }

  async end(): Promise<void> {
    try {
      await this.take()?.close();
    } catch (error) {
      // The caller must be able to sign in or out after this.
      reportBug(error);
    }
  }
}
