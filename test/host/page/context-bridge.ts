import type { ContextBridge } from 'electron/renderer';

/** How deep Electron lets values nest. */
const MAX_DEPTH = 1000;
/** Types that Electron clones as a whole. */
const CLONED = [
  Date,
  RegExp,
  Map,
  Set,
  ArrayBuffer,
  Boolean,
  Number,
  String,
  ...(typeof Blob === 'undefined' ? [] : [Blob]),
];

/**
 * In Electron the preload script has its own world, and the bridge copies every argument, result and rejection. Here it
 * shares the page's world, but this bridge copies the same way (electron_api_context_bridge.cc): functions become
 * functions that copy, objects keep their own enumerable fields, errors keep their message.
 */
export function makeContextBridge(): Pick<ContextBridge, 'exposeInMainWorld'> {
  return {
    exposeInMainWorld: (key: string, api: unknown) => {
      if (Object.hasOwn(window, key))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      Object.defineProperty(window, key, { value: deepFreeze(passOver(api)), enumerable: true });
    },
  };
}

function passOver(value: unknown, seen = new Map<object, unknown>(), depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new TypeError('Electron contextBridge recursion depth exceeded.');
  if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
  if (typeof value === 'function') return passFunction(value as (...args: unknown[]) => unknown);
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (value instanceof Promise) return passPromise(value);
  if (value instanceof Error) return errorOf(value);
  if (value instanceof Element) return value;
  if (ArrayBuffer.isView(value) || CLONED.some((type) => value instanceof type)) return structuredClone(value);
  const copy: Record<string, unknown> = Array.isArray(value) ? ([] as unknown as Record<string, unknown>) : {};
  seen.set(value, copy);
  for (const [name, field] of Object.entries(value)) copy[name] = passOver(field, seen, depth + 1);
  return copy;
}

function passFunction(original: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    const given = args.map((argument) => passOver(argument));
    let result: unknown;
    try {
      result = original(...given);
    } catch (error) {
      throw errorOf(error);
    }
    return passOver(result);
  };
}

function passPromise(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => passOver(value),
    (error: unknown) => {
      throw errorOf(error);
    },
  );
}

const errorOf = (error: unknown): Error => new Error(error instanceof Error ? error.message : String(error));

function deepFreeze(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Object.isFrozen(part)) return part;
  Object.freeze(part);
  for (const field of Object.values(part)) deepFreeze(field);
  return part;
}
