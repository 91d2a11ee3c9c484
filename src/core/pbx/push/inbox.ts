import type { Clock } from '../../clock.ts';
import { decodePush, type CommandReply } from './decode-push.ts';
import type { PushEvent } from './types.ts';

/** The content of a frame; `null` if the frame holds nothing that we understand. */
export type PushItem = PushEvent | CommandReply | null;

export interface InboxOptions {
  clock: Clock;
  onItem(item: PushItem): void;
  /** Stop reading until `onRoom` is called. */
  onFull(): void;
  onRoom(): void;
}

/** Maximum number of items and of bytes per turn. */
const ITEMS_PER_TURN = 250;
const BYTES_PER_TURN = 256 * 1024;
/** Pause between two turns, so that the rest of the program can run: at most 25,000 events a second are processed. */
const PAUSE_MS = 10;
const FULL_FRAMES = 1_000;
const FULL_BYTES = 2 * 1024 * 1024;

/**
 * Queues frames and passes on their items in order, some at a time. The queue is limited: while it is full, the socket is
 * not read, so TCP holds back a flood and memory does not grow.
 */
export class Inbox {
  readonly #options: InboxOptions;
  #frames: string[] = [];
  #waitingBytes = 0;
  /** Items of the current frame. */
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

  /** Passes on the items of one more turn and drops the rest. For a connection that has ended. */
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
