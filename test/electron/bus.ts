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

/**
 * What a service answers to a call: a D-Bus signature and the values; null for no answer at all, as of one that hangs.
 */
export type Reply = readonly [signature: string, ...values: unknown[]] | null;
export type Methods = Record<string, (message: Message) => Reply | Promise<Reply>>;

export async function connectTo(address: string): Promise<MessageBus> {
  const bus = sessionBus({ busAddress: address });
  await new Promise<void>((resolve, reject) => {
    bus.once('connect', () => resolve());
    // Later, too: what is on its way to a bus that has ended meets a closed socket, which would end the tests.
    (bus as NodeJS.EventEmitter).on('error', reject);
  });
  return bus;
}

/** The values of the reply. Rejects with the error that the service answers. */
export async function callMethod(bus: MessageBus, call: Call): Promise<unknown[]> {
  const reply = await bus.call(new Message(call));
  return (reply?.body ?? []).map(plain);
}

/** The process behind a connection. */
export async function processOf(bus: MessageBus, name: string): Promise<number> {
  const [pid] = await callMethod(bus, {
    ...DAEMON,
    member: 'GetConnectionUnixProcessID',
    signature: 's',
    body: [name],
  });
  return Number(pid);
}

/** Waits for a service that starts: until somebody has the name. */
export async function untilOwned(bus: MessageBus, name: string): Promise<void> {
  await untilWorks(() => callMethod(bus, { ...DAEMON, member: 'GetNameOwner', signature: 's', body: [name] }));
}

/** Calls back for each signal that the rule matches. */
export async function listen(bus: MessageBus, rule: string, take: (message: Message) => void): Promise<void> {
  bus.on('message', (message) => {
    if (message.type === MessageType.SIGNAL) take(message);
  });
  await callMethod(bus, { ...DAEMON, member: 'AddMatch', signature: 's', body: [`type='signal',${rule}`] });
}

/** Answers calls of `interface.Member` on any path; what it does not have stays an error of the bus. */
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

/** Values without the variants around them; a dictionary is an object. */
function plain(value: unknown): unknown {
  if (value instanceof Variant) return plain(value.value);
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
