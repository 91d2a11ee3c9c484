import type { Clock } from '../../../src/core/clock.ts';
import type { Topic } from '../../../src/demo/dialect.ts';
import type { PushRules } from '../../../src/demo/push/push-connection.ts';
import { PushServer, type PushClient } from '../../../src/demo/push/push-server.ts';

const FRAMES_KEPT = 1_000;

/** A frame that a client sent. */
interface ReceivedFrame {
  /** As sent. */
  text: string;
  /** ms since 1970 on the PBX's clock. */
  at: number;
}

interface ListeningClient {
  /** Null until it has signed in. */
  username: string | null;
  topics: Topic[];
  extensions: string[];
}

/** Push that tests can inspect, break and delay. */
export class PushControl extends PushServer {
  /** The last 1,000 frames from clients, oldest first, with passwords. */
  readonly received: ReceivedFrame[] = [];
  readonly #clock: Clock;
  readonly #waiting = new Set<{ send: () => void; cancel: () => void }>();
  #delayMs = 0;

  constructor(clock: Clock, rules: PushRules) {
    super(rules);
    this.#clock = clock;
  }

  /** The open connections, oldest first, without frozen ones. */
  get connections(): ListeningClient[] {
    return [...this.clients].map(({ connection }) => ({
      username: connection.username,
      topics: [
        ...(connection.extensions.length > 0 ? (['extension_events'] as const) : []),
        ...(connection.isSubscribedToCalls ? (['cdr_events'] as const) : []),
      ],
      extensions: connection.extensions,
    }));
  }

  /** Whether a client is subscribed to this extension. */
  isSubscribed(extension: string): boolean {
    return [...this.clients].some(({ connection }) => connection.isSubscribedTo(extension));
  }

  /** Cuts all connections, or closes them with this WebSocket close code. New ones are accepted. */
  dropAll(closeCode?: number): void {
    for (const client of this.clients) {
      if (closeCode !== undefined) client.socket.close(closeCode);
      else {
        this.clients.delete(client);
        client.socket.terminate();
      }
    }
  }

  /** Half-open: the present connections stay, but are neither read (no pong, no close frame) nor written to any more. */
  freeze(): void {
    for (const { socket } of this.clients) socket.pause();
    this.clients.clear();
  }

  /** Frames are sent this much later, on the PBX's clock, and in order; 0 ends the delay. Pongs are not delayed. */
  delay(ms: number): void {
    for (const { send, cancel } of [...this.#waiting]) {
      cancel();
      send();
    }
    this.#delayMs = ms;
  }

  /** Sends a frame to all clients: text as it is, anything else as JSON. */
  send(frame: unknown): void {
    for (const client of this.clients) this.deliver(client, frame);
  }

  /** Sends all clients text that is not JSON, a binary frame, or bytes that break the WebSocket protocol. */
  garbage(kind: 'text' | 'binary' | 'protocol'): void {
    for (const { socket, wire } of this.clients) {
      if (kind === 'text') socket.send('{"event_type":"extension_call","extension":');
      else if (kind === 'binary') socket.send(Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x80]));
      else wire.write(Buffer.alloc(16, 0xff));
    }
  }

  override forget(): void {
    for (const { cancel } of this.#waiting) cancel();
    this.#waiting.clear();
    super.forget();
  }

  protected override receive(client: PushClient, text: string): void {
    this.received.push({ text, at: this.#clock.now() });
    if (this.received.length > FRAMES_KEPT) this.received.shift();
    super.receive(client, text);
  }

  protected override deliver(client: PushClient, frame: unknown): void {
    if (this.#delayMs === 0) {
      super.deliver(client, frame);
      return;
    }
    const entry = {
      send: () => {
        this.#waiting.delete(entry);
        if (this.clients.has(client)) super.deliver(client, frame);
      },
      cancel: this.#clock.after(this.#delayMs, () => entry.send()),
    };
    this.#waiting.add(entry);
  }
}
