import type { GlobalShortcut as ElectronShortcut } from 'electron';
import type { Clock } from '../../core/clock.ts';
import { readAccelerator } from '../../core/shortcut/accelerator.ts';
import type { ShortcutStatus } from '../../shared/shortcut.ts';
import { Timer } from '../../shared/timer.ts';

export interface GlobalShortcutOptions {
  /** Never `unregisterAll`: when Wayland's portal then still reports a key press, Electron crashes. */
  electron: Pick<ElectronShortcut, 'register' | 'unregister'> & Partial<Pick<ElectronShortcut, 'setSuspended'>>;
  platform: NodeJS.Platform;
  /** Electron registers through Wayland's portal, which may accept a shortcut and never report a press. */
  wayland: boolean;
  clock: Clock;
  onPress: () => void;
  onChange: () => void;
}

const TEST_MS = 10_000;
/** A window that was closed while recording must not leave the shortcut disabled. */
const RECORDING_MS = 30_000;

/**
 * The global key combination of the settings. Electron cannot unregister a combination that it registered through
 * Wayland's portal, and the portal keeps reporting presses, so only presses of the current combination count.
 */
export class GlobalShortcut {
  readonly #options: GlobalShortcutOptions;
  /** The combinations that Wayland's portal reports until the program ends. */
  readonly #kept = new Set<string>();
  #accelerator = '';
  /** The current combination; null while there is none or while another one is being recorded. */
  #current: string | null = null;
  #state: ShortcutStatus['state'] = 'off';
  /** Ends the running test; null while there is none. */
  #testing: ((pressed: boolean) => void) | null = null;
  readonly #recording: Timer;

  constructor(options: GlobalShortcutOptions) {
    this.#options = options;
    this.#recording = new Timer(options.clock);
  }

  get status(): ShortcutStatus {
    return { state: this.#state, selection: this.#options.platform === 'linux' };
  }

  /** Replaces the shortcut; '' removes it. */
  use(accelerator: string): void {
    this.#release();
    this.#accelerator = accelerator;
    this.#state = this.#recording.isRunning ? this.#state : this.#register();
    this.#options.onChange();
  }

  /** Resolves with whether the shortcut is pressed within ten seconds. During the test a press dials nothing. */
  test(): Promise<boolean> {
    this.#testing?.(false);
    return new Promise((resolve) => {
      const stop = this.#options.clock.after(TEST_MS, () => this.#testing?.(false));
      this.#testing = (pressed) => {
        stop();
        this.#testing = null;
        resolve(pressed);
      };
    });
  }

  /** While the user records another shortcut, the window must receive the old one like any key. */
  record(recording: boolean): void {
    this.#recording.stop();
    this.#release();
    if (this.#options.wayland) this.#options.electron.setSuspended?.(recording);
    if (recording) this.#recording.start(RECORDING_MS, () => this.record(false));
    else this.use(this.#accelerator);
  }

  stop(): void {
    this.#testing?.(false);
    this.#recording.stop();
    this.#release();
  }

  #register(): ShortcutStatus['state'] {
    const { platform, wayland } = this.#options;
    if (this.#accelerator === '') return 'off';
    const read = readAccelerator(this.#accelerator, platform);
    if (!read.ok) return 'reserved';
    if (!this.#kept.has(read.value) && !this.#accepted(read.value)) return 'taken';
    this.#current = read.value;
    return wayland ? 'unproven' : 'registered';
  }

  #accepted(accelerator: string): boolean {
    const { electron, wayland } = this.#options;
    try {
      if (!electron.register(accelerator, () => this.#pressed(accelerator))) return false;
    } catch {
      // Electron throws for a key that this keyboard does not have.
      return false;
    }
    if (wayland) this.#kept.add(accelerator);
    return true;
  }

  #release(): void {
    if (this.#current !== null && !this.#options.wayland) this.#options.electron.unregister(this.#current);
    this.#current = null;
  }

  #pressed(accelerator: string): void {
    if (accelerator !== this.#current) return;
    if (this.#state === 'unproven') {
      this.#state = 'registered';
      this.#options.onChange();
    }
    if (this.#testing === null) this.#options.onPress();
    else this.#testing(true);
  }
}
