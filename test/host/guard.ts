import { EventEmitter } from 'node:events';

/** Names that JavaScript itself reads; a real object does not have them either. */
const ASKED_BY_LANGUAGE = new Set(['then', 'toJSON', 'inspect', 'asymmetricMatch', 'nodeType', '$$typeof']);

/** Makes every name that `object` does not have throw `not simulated: <label>.<name>`, reads and writes alike. */
export function guarded<T extends object>(label: string, object: T): T {
  let last: object = object;
  for (;;) {
    const next: unknown = Object.getPrototypeOf(last);
    if (!isObject(next) || next === EventEmitter.prototype || next === Object.prototype) {
      Object.setPrototypeOf(last, wall(label, isObject(next) ? next : Object.prototype));
      return object;
    }
    if (WALLS.has(next)) return object;
    last = next;
  }
}

/** The same for a class: its instances and its static side. */
export function guardedClass<T extends abstract new (...args: never[]) => object>(label: string, type: T): T {
  const instances: unknown = type.prototype;
  if (isObject(instances)) guarded(label, instances);
  const parent: unknown = Object.getPrototypeOf(type);
  if (typeof parent === 'function' && !WALLS.has(parent)) Object.setPrototypeOf(type, staticWall(label, parent));
  return type;
}

/** Replaces a module of Electron that is not simulated. */
export function absent(label: string): object {
  return new Proxy(function notSimulated() {}, {
    get: (_target, name) => (isAllowed(name) || name === 'prototype' ? undefined : refuse(label, name)),
    apply: () => refuse(label),
    construct: () => refuse(label),
  });
}

/** After `destroy()` Electron answers every call with this error, except isDestroyed(). */
export function becomeDestroyed(object: EventEmitter & { isDestroyed(): boolean }): void {
  const living: object = Object.getPrototypeOf(object) as object;
  const dead = new Proxy(Object.create(living) as object, {
    get: (target, name, receiver) => {
      if (typeof name === 'symbol' || name === 'isDestroyed' || name in EventEmitter.prototype) {
        return Reflect.get(target, name, receiver) as unknown;
      }
      if (ASKED_BY_LANGUAGE.has(name)) return undefined;
      throw new TypeError('Object has been destroyed');
    },
  });
  Object.setPrototypeOf(object, dead);
}

const WALLS = new WeakSet();

function wall(label: string, behind: object): object {
  const made = new Proxy(Object.create(behind) as object, {
    get: (target, name, receiver) => {
      if (name in target) return Reflect.get(target, name, receiver) as unknown;
      return isAllowed(name) ? undefined : refuse(label, name);
    },
    set: (target, name, value, receiver) => {
      // EventEmitter keeps its own state in fields that start with an underscore.
      if (isAllowed(name) || (typeof name === 'string' && name.startsWith('_'))) {
        return Reflect.set(target, name, value, receiver);
      }
      return refuse(label, name);
    },
  });
  WALLS.add(made);
  return made;
}

function staticWall(label: string, behind: object): object {
  const made = new Proxy(behind, {
    get: (target, name, receiver) => {
      if (name in target) return Reflect.get(target, name, receiver) as unknown;
      return isAllowed(name) ? undefined : refuse(label, name);
    },
  });
  WALLS.add(made);
  return made;
}

function isAllowed(name: string | symbol): boolean {
  return typeof name === 'symbol' || ASKED_BY_LANGUAGE.has(name);
}

function refuse(label: string, name?: string | symbol): never {
  throw new Error(`not simulated: ${name === undefined ? label : `${label}.${String(name)}`}`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
