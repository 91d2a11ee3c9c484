import type { ContextBridge } from 'electron/renderer';

/** Without a second world there is nothing to bridge: the object becomes a property that the page cannot change. */
export function makeContextBridge(): Pick<ContextBridge, 'exposeInMainWorld'> {
  return {
    exposeInMainWorld: (key: string, api: unknown) => {
      if (Object.hasOwn(window, key))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      Object.defineProperty(window, key, { value: frozenCopy(api), enumerable: true });
    },
  };
}

function frozenCopy(part: unknown): unknown {
  if (Array.isArray(part)) return Object.freeze(part.map(frozenCopy));
  if (typeof part !== 'object' || part === null || Object.getPrototypeOf(part) !== Object.prototype) return part;
  return Object.freeze(Object.fromEntries(Object.entries(part).map(([key, value]) => [key, frozenCopy(value)])));
}
