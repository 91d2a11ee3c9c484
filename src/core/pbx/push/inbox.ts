import type { Clock } from '../../clock.ts';
import { decodePush, type CommandReply } from './decode-push.ts';
import type { PushEvent } from './types.ts';

/** What a frame may hold; `null` stands for a frame that says nothing that is understood here. */
export type PushItem = PushEvent | CommandReply | null;

export interface InboxOptions {
  clock: Clock;
  onItem(item: PushItem): void;
  /** Read no more for now; `onRoom` follows. */
  onFull(): void;
  onRoom(): void;
}

/** One turn ends after so many items, or so many bytes read, whichever comes first. */
const ITEMS_PER_TURN = 250;
const BYTES_PER_TURN = 256 * 1024;
/** Between two turns while more waits: at most 25,000 events a second, and the rest of the program gets its share. */
const PAUSE_MS = 10;
const FULL_FRAMES = 1_000;
const FULL_BYTES = 2 * 1024 * 1024;

/**
 * Takes in frames as they come and hands on what is in them, in order and in portions. What waits is limited: when it is
 * full the socket is not read any further, so that a flood is held back by TCP and not in memory.
 */
export class Inbox {
  readonly #options: InboxOptions;
  #frames: string[] = [];
  #waitingBytes = 0;
  /** Of the frame in hand. */
  #items: PushItem[] = [];
  #next = 0;
  #full = false;
  #closed = false;
  #cancelTurn: (() => void) | null = null;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  add(frame: string): void {
    if (this.#closed) return;
    this.#frames.push(frame);
    this.#waitingBytes += frame.length;
    if (!this.#full && (this.#frames.length >= FULL_FRAMES || this.#waitingBytes >= FULL_BYTES)) {
      this.#full = true;
      this.#options.onFull();
    }
    if (this.#cancelTurn !== null) return;
    const soon = setImmediate(() => this.#turn());
    this.#cancelTurn = () => clearImmediate(soon);
  }

  /** Hands on what one turn can take, and drops the rest: the last words of a connection that has ended. */
  finish(): void {
    this.#turn();
    this.close();
  }

  close(): void {
    this.#closed = true;
    this.#cancelTurn?.();
    this.#cancelTurn = null;
    this.#frames = [];
    this.#items = [];
  }

  #turn(): void {
    this.#cancelTurn?.();
    this.#cancelTurn = null;
    const frames = this.#frames;
    let taken = 0;
    let bytes = 0;
    for (let count = 0; count < ITEMS_PER_TURN && bytes < BYTES_PER_TURN && !this.#closed; count++) {
      if (this.#next >= this.#items.length) {
        const frame = frames[taken++];
        if (frame === undefined) break;
        bytes += frame.length;
        this.#open(frame);
      }
      this.#options.onItem(this.#items[this.#next++] ?? null);
    }
    if (this.#closed) return;
    this.#frames = frames.slice(taken);
    this.#waitingBytes -= bytes;
    if (this.#frames.length > 0 || this.#next < this.#items.length) {
      this.#cancelTurn = this.#options.clock.after(PAUSE_MS, () => this.#turn());
    } else if (this.#full) {
      this.#full = false;
      this.#options.onRoom();
    }
  }

  #open(frame: string): void {
    const decoded = decodePush(frame);
    this.#items = Array.isArray(decoded) && decoded.length > 0 ? decoded : [Array.isArray(decoded) ? null : decoded];
    this.#next = 0;
  }
}
