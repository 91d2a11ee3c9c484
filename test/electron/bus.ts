import { Message, MessageType, sessionBus, Variant, type MessageBus } from '@jellybrick/dbus-next';
import { untilWorks } from '../support/children.ts';

export type { MessageBus };

const DAEMON = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

export interface Call {
  destination: string;
  path: string;
  interface: string;
  member: string;
  signature?: string;
  body?: unknown[];
}

/** A service's reply: a D-Bus signature and the values; null for no reply, like a service that hangs. */
export type Reply = readonly [signature: string, ...values: unknown[]] | null;
export type Methods = Record<string, (message: Message) => Reply | Promise<Reply>>;

export async function connectTo(address: string): Promise<MessageBus> {
  const bus = sessionBus({ busAddress: address });
  await new Promise<void>((resolve, reject) => {
    bus.once('connect', () => resolve());
    // Stays attached: messages to a bus that has ended fail on the closed socket, and an unhandled error would end the
    // tests.
    (bus as NodeJS.EventEmitter).on('error', reject);
  });
  return bus;
}

/** Returns the values of the reply. Rejects with the service's error. */
export async function callMethod(bus: MessageBus, call: Call): Promise<unknown[]> {
  const reply = await bus.call(new Message(call));
  return (reply?.body ?? []).map(plain);
}

/** The process id of a connection. */
export async function processOf(bus: MessageBus, name: string): Promise<number> {
  const [pid] = await callMethod(bus, {
    ...DAEMON,
    member: 'GetConnectionUnixProcessID',
    signature: 's',
    body: [name],
  });
  return Number(pid);
}

/** Waits until a service owns the name. */
export async function untilOwned(bus: MessageBus, name: string): Promise<void> {
  await untilWorks(() => callMethod(bus, { ...DAEMON, member: 'GetNameOwner', signature: 's', body: [name] }));
}

/** Calls `listener` for each signal that matches the rule. */
export async function listen(bus: MessageBus, rule: string, take: (message: Message) => void): Promise<void> {
  bus.on('message', (message) => {
    if (message.type === MessageType.SIGNAL) take(message);
  });
  await callMethod(bus, { ...DAEMON, member: 'AddMatch', signature: 's', body: [`type='signal',${rule}`] });
}

/** Answers calls of `interface.Member` on any path; the bus answers other calls with an error. */
export function serve(bus: MessageBus, methods: Methods): void {
  bus.addMethodHandler((message: Message) => {
    const method = methods[`${message.interface}.${message.member}`];
    if (method === undefined) return false;
    Promise.resolve(method(message))
      .then((reply) => {
        if (reply === null) return;
        const [signature, ...values] = reply;
        bus.send(Message.newMethodReturn(message, signature, values));
      })
      // For example a reply to a caller that has ended.
      .catch((error: unknown) =>
        bus.send(Message.newError(message, 'org.freedesktop.DBus.Error.Failed', String(error))),
      );
    return true;
  });
}

export function signal(bus: MessageBus, path: string, name: string, signature: string, ...values: unknown[]): void {
  const dot = name.lastIndexOf('.');
  bus.send(Message.newSignal(path, name.slice(0, dot), name.slice(dot + 1), signature, values));
}

/** Removes variants from values and turns dictionaries into objects. */
function plain(value: unknown): unknown {
  if (value instanceof Variant) return plain(value.value);
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
