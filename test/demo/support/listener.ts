import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { TestPbx } from '../../pbx/test-pbx.ts';

export type Frame = Record<string, unknown>;

/** A minimal push client that records the frames it receives. */
export class Listener {
  readonly #socket: WebSocket;
  readonly #frames: Frame[] = [];
  readonly #unread: Frame[] = [];
  /** Binary frames and text that is not JSON, as text. */
  readonly oddities: string[] = [];
  /** Close code, or null while it is open. */
  closed: number | null = null;
  /** The socket error, or ''. */
  error = '';
  #onChange: () => void = () => undefined;

  constructor(pbx: TestPbx, path = '/wsi') {
    this.#socket = new WebSocket(`wss://${pbx.address}${path}`, { ca: pbx.certificate.cert });
    this.#socket.on('message', (data: Buffer, isBinary) => this.#take(data.toString('utf8'), isBinary));
    this.#socket.on('error', (error) => (this.error = error.message));
    this.#socket.on('close', (code) => {
      this.closed = code;
      this.#onChange();
    });
    onTestFinished(() => this.#socket.terminate());
  }

  /** Waits until the WebSocket is open; rejects with the status of any other answer. */
  open(): Promise<this> {
    return new Promise((resolve, reject) => {
      this.#socket.on('open', () => resolve(this));
      this.#socket.on('unexpected-response', (_request, { statusCode, headers }) => {
        reject(Object.assign(new Error(`HTTP ${String(statusCode)}`), { statusCode, headers }));
        this.#socket.terminate();
      });
      this.#socket.on('error', reject);
    });
  }

  send(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Sends a command and returns the next frame that names it. */
  async ask(frame: Frame): Promise<Frame> {
    this.send(frame);
    return this.next((answer) => answer['command'] === frame['command']);
  }

  signIn(): Promise<Frame> {
    return this.ask({ command: 'auth', username: 'alex', password: 'demo', domain: 'demo.traydial.test' });
  }

  /** The next frame that matches; earlier frames are skipped. */
  async next(wanted: (frame: Frame) => boolean = () => true): Promise<Frame> {
    let found: Frame | undefined;
    await this.until(() => {
      while (found === undefined && this.#unread.length > 0) {
        const frame = this.#unread.shift();
        if (frame !== undefined && wanted(frame)) found = frame;
      }
      return found !== undefined;
    });
    return found ?? {};
  }

  /** All events so far, after those in transit have arrived. */
  async events(): Promise<Frame[]> {
    await this.pong();
    return this.received;
  }

  /** All frames that have arrived. */
  get frames(): readonly Frame[] {
    return this.#frames;
  }

  /** The events that have arrived. */
  get received(): Frame[] {
    return this.#frames.filter((frame) => 'event_type' in frame);
  }

  /** Resolves when the PBX answers a ping: everything that it sent before has then arrived. */
  pong(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once('pong', () => resolve());
      this.#socket.ping();
    });
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#onChange = resolve));
  }

  close(): void {
    this.#socket.close();
  }

  #take(text: string, isBinary: boolean): void {
    const frame = isBinary ? null : frameIn(text);
    if (frame === null) this.oddities.push(text);
    else {
      this.#frames.push(frame);
      this.#unread.push(frame);
    }
    this.#onChange();
  }
}

function frameIn(text: string): Frame | null {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Signed in, and subscribed to Alex's extension, to all calls, or to both. */
export async function openListener(pbx: TestPbx, ...topics: ('extension_events' | 'cdr_events')[]): Promise<Listener> {
  const listener = await new Listener(pbx).open();
  await listener.signIn();
  const answer = await listener.ask({ command: 'subscribe', topics, extensions: ['1001'] });
  if (answer['status'] !== 0) throw new Error(String(answer['error']));
  return listener;
}
