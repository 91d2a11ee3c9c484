import type { Clock } from '../../clock.ts';
import { decodePush, type CommandReply } from './decode-push.ts';
import type { PushedEvent } from './types.ts';

/** The content of a frame; `null` if the frame holds nothing that we understand. */
export type PushItem = PushedEvent | CommandReply | null;

export interface InboxOptions {
  clock: Clock;
  onItem(item: PushItem): void;
  /** The queue is full: stop reading from the socket until `onRoom` is called. */
  onFull(): void;
  onRoom(): void;
}

/** Maximum number of items and of bytes per turn. */
const ITEMS_PER_TURN = 250;
const BYTES_PER_TURN = 256 * 1024;
/** Pause between two turns, so that the rest of the program can run: at most 25,000 events a second are processed. */
const PAUSE_MS = 10;
/** The queue is full when it holds this number of frames or bytes. */
const FULL_FRAMES = 1_000;
const FULL_BYTES = 2 * 1024 * 1024;

/**
 * Queues frames and passes on their items in order, a limited number in each turn of the event loop. While the queue is
 * full, the socket is not read, so TCP holds back a flood and memory does not grow.
 */
export class Inbox {
  readonly #options: InboxOptions;
  #frames: string[] = [];
  #waitingBytes = 0;
  /** Items of the current frame. */
  #items: PushItem[] = [];
  #nextItem = 0;
  #isFull = false;
  #isClosed = false;
  #cancelTurn: (() => void) | null = null;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  add(frame: string): void {
    if (this.#isClosed) return;
    this.#frames.push(frame);
    this.#waitingBytes += frame.length;
    if (!this.#isFull && (this.#frames.length >= FULL_FRAMES || this.#waitingBytes >= FULL_BYTES)) {
      this.#isFull = true;
      this.#options.onFull();
    }
    if (this.#cancelTurn !== null) return;
    const immediate = setImmediate(() => this.#turn());
    this.#cancelTurn = () => clearImmediate(immediate);
  }

  /** Call it when the connection has ended: passes on the items of one more turn and drops the rest. */
  finish(): void {
    this.#turn();
    this.close();
  }

  close(): void {
    this.#isClosed = true;
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
    for (let count = 0; count < ITEMS_PER_TURN && bytes < BYTES_PER_TURN && !this.#isClosed; count++) {
      if (this.#nextItem >= this.#items.length) {
        const frame = frames[taken++];
        if (frame === undefined) break;
        bytes += frame.length;
        this.#decode(frame);
      }
      this.#options.onItem(this.#items[this.#nextItem++] ?? null);
    }
    if (this.#isClosed) return;
    this.#frames = frames.slice(taken);
    this.#waitingBytes -= bytes;
    if (this.#frames.length > 0 || this.#nextItem < this.#items.length) {
      this.#cancelTurn = this.#options.clock.after(PAUSE_MS, () => this.#turn());
    } else if (this.#isFull) {
      this.#isFull = false;
      this.#options.onRoom();
    }
  }

  #decode(frame: string): void {
    const decoded = decodePush(frame);
    this.#items = Array.isArray(decoded) && decoded.length > 0 ? decoded : [Array.isArray(decoded) ? null : decoded];
    this.#nextItem = 0;
  }
}
