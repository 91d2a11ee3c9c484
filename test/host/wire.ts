/**
 * Values of the structured-clone algorithm as JSON text, because host and page talk through a WebSocket. What Electron
 * cannot clone (a function, a promise, a symbol) is refused here with the same message.
 */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Every object is in the heap once and everything else refers to it, so that cycles and shared objects survive. */
interface Packed {
  root: Json;
  heap: Json[];
}

const TYPED_ARRAYS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;
const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError } as const;

/** Throws `An object could not be cloned.` for values that structured clone does not support. */
export function pack(value: unknown): string {
  const heap: Json[] = [];
  const seen = new Map<object, number>();
  const put = (part: unknown): Json => {
    if (part === null || typeof part === 'string' || typeof part === 'boolean') return part;
    if (typeof part === 'number') return Number.isFinite(part) && !Object.is(part, -0) ? part : ['n', nameOf(part)];
    if (part === undefined) return ['u'];
    if (typeof part === 'bigint') return ['b', String(part)];
    if (typeof part !== 'object') throw cannotClone();
    const known = seen.get(part);
    if (known !== undefined) return ['r', known];
    const place = heap.push(null) - 1;
    seen.set(part, place);
    heap[place] = packObject(part, put);
    return ['r', place];
  };
  const root = put(cloned(value));
  return JSON.stringify({ root, heap } satisfies Packed);
}

/** Restores a packed value. Throws on text that `pack` did not produce. */
export function unpack(packed: string): unknown {
  const { root, heap } = JSON.parse(packed) as Packed;
  const made = new Map<number, unknown>();
  const take = (part: Json | undefined): unknown => {
    if (!Array.isArray(part)) return part;
    const [tag, body] = part;
    if (tag === 'u') return undefined;
    if (tag === 'n') return Number(body);
    if (tag === 'b') return BigInt(text(body));
    const place = Number(body);
    if (!made.has(place)) unpackObject(heap[place], take, (shell) => made.set(place, shell));
    return made.get(place);
  };
  return take(root);
}

function cloned(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    throw cannotClone();
  }
}

function cannotClone(): Error {
  return new Error('An object could not be cloned.');
}

function nameOf(part: number): string {
  return Object.is(part, -0) ? '-0' : String(part);
}

function packObject(part: object, put: (value: unknown) => Json): Json {
  if (Array.isArray(part)) return ['array', Array.from(part, put)];
  if (part instanceof Date) return ['date', put(part.getTime())];
  if (part instanceof RegExp) return ['regexp', part.source, part.flags];
  if (part instanceof Map) return ['map', [...part].map(([key, value]) => [put(key), put(value)])];
  if (part instanceof Set) return ['set', [...part].map(put)];
  if (part instanceof Error) return ['error', part.name, part.message, part.stack ?? ''];
  if (part instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(part))];
  if (ArrayBuffer.isView(part)) {
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    return ['view', part.constructor.name, toBase64(bytes)];
  }
  if (Object.getPrototypeOf(part) !== Object.prototype) throw cannotClone();
  return ['object', Object.entries(part).map(([key, value]) => [key, put(value)])];
}

function unpackObject(entry: Json | undefined, take: (part: Json) => unknown, keep: (shell: unknown) => void): void {
  if (!Array.isArray(entry)) throw new Error('not a packed value');
  const [type, first = null, second = ''] = entry;
  const list = Array.isArray(first) ? first : [];
  const pairs = list.map((pair): [Json, Json] =>
    Array.isArray(pair) ? [pair[0] ?? null, pair[1] ?? null] : [null, null],
  );
  if (type === 'array') {
    const shell: unknown[] = [];
    keep(shell);
    for (const part of list) shell.push(take(part));
  } else if (type === 'object') {
    const shell = {};
    keep(shell);
    for (const [key, value] of pairs) {
      // Not an assignment: a key named __proto__ must stay a plain key.
      Object.defineProperty(shell, text(key), {
        value: take(value),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  } else if (type === 'map') {
    const shell = new Map();
    keep(shell);
    for (const [key, value] of pairs) shell.set(take(key), take(value));
  } else if (type === 'set') {
    const shell = new Set();
    keep(shell);
    for (const part of list) shell.add(take(part));
  } else if (type === 'date') keep(new Date(Number(take(first))));
  else if (type === 'regexp') keep(new RegExp(text(first), text(second)));
  else if (type === 'error') keep(toError(text(first), text(second), text(entry[3])));
  else if (type === 'buffer') keep(fromBase64(text(first)).buffer);
  else if (type === 'view') keep(toView(text(first), fromBase64(text(second))));
  else throw new Error('not a packed value');
}

/** Reads a place where pack() writes text. */
function text(part: Json | undefined): string {
  return typeof part === 'string' ? part : '';
}

function toError(name: string, message: string, stack: string): Error {
  const type = Object.entries(ERRORS).find(([known]) => known === name)?.[1] ?? Error;
  return Object.assign(new type(message), { stack });
}

function toView(name: string, bytes: Uint8Array<ArrayBuffer>): ArrayBufferView {
  const type = Object.entries(TYPED_ARRAYS).find(([known]) => known === name)?.[1];
  return type === undefined ? new DataView(bytes.buffer) : new type(bytes.buffer);
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
