import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from './compile-cache.ts';

type Namespace = Record<string, unknown>;
type Setter = (namespace: Namespace) => void;
interface Body {
  setters: Setter[];
  /** Returns a promise when the module uses top-level await. */
  execute: () => unknown;
}
type Declare = (exporting: Exporting, context: Context) => Body;
type Exporting = (names: string | Namespace, value?: unknown) => unknown;
interface Context {
  id: string;
  meta: ImportMeta;
  import: (specifier: string) => Promise<Namespace>;
}

interface Loaded {
  namespace: Namespace;
  dependencies: Loaded[];
  /** The setters of the importing modules; called again after each export. */
  listeners: (() => void)[];
  execute: () => unknown;
  state: 'linked' | 'evaluated';
  /** Set during and after top-level await. */
  done: Promise<void> | null;
}

const modules = new Map<string, Loaded>();

/** Runs the SystemJS module in a file and its imports like an ES module: synchronously until a top-level await. */
export function runModule(file: string): Promise<void> | null {
  return evaluate(load(file));
}

function load(file: string): Loaded {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const loaded: Loaded = {
    namespace: {},
    dependencies: [],
    listeners: [],
    execute: () => undefined,
    state: 'linked',
    done: null,
  };
  modules.set(file, loaded);
  const { names, declare } = read(file);
  const body = declare(exporterOf(loaded), contextOf(file));
  loaded.execute = body.execute;
  for (const [index, name] of names.entries()) {
    const dependency = find(name, file);
    const notify = (): void => body.setters[index]?.(dependency.namespace);
    dependency.listeners.push(notify);
    loaded.dependencies.push(dependency);
    notify();
  }
  return loaded;
}

function read(file: string): { names: string[]; declare: Declare } {
  let registered: { names: string[]; declare: Declare } | null = null;
  const System = {
    register: (names: string[], declare: Declare) => {
      registered = { names, declare };
    },
  };
  const run = compile(`(function (System) {${readFileSync(file, 'utf8')}\n})`, file).runInThisContext() as (
    system: typeof System,
  ) => void;
  run(System);
  // Assigned by the call above; the compiler cannot see that.
  const found = registered as { names: string[]; declare: Declare } | null;
  if (found === null) throw new Error(`${file} is no SystemJS module.`);
  return found;
}

function find(name: string, from: string): Loaded {
  return /^\.{0,2}\//.test(name) ? load(resolve(dirname(from), name)) : common(name, from);
}

/**
 * A CommonJS, Node or Electron module. Its properties are read lazily, because they may be getters or may be replaced.
 */
function common(name: string, from: string): Loaded {
  const key = `common:${name}`;
  const known = modules.get(key);
  if (known !== undefined) return known;
  const exported = createRequire(from)(name) as Namespace;
  const namespace: Namespace = {};
  for (const property of Object.getOwnPropertyNames(exported)) {
    if (property === 'default') continue;
    Object.defineProperty(namespace, property, { enumerable: true, get: () => exported[property] });
  }
  namespace['default'] = exported;
  const loaded: Loaded = {
    namespace,
    dependencies: [],
    listeners: [],
    execute: () => undefined,
    state: 'evaluated',
    done: null,
  };
  modules.set(key, loaded);
  return loaded;
}

function exporterOf(loaded: Loaded): Exporting {
  return (names, value) => {
    if (typeof names === 'string') loaded.namespace[names] = value;
    else Object.assign(loaded.namespace, names);
    for (const notify of loaded.listeners) notify();
    return typeof names === 'string' ? value : names;
  };
}

function contextOf(file: string): Context {
  const meta = {
    url: pathToFileURL(file).href,
    filename: file,
    dirname: dirname(file),
    main: false,
    resolve: (name: string) => pathToFileURL(createRequire(file).resolve(name)).href,
  };
  return {
    id: file,
    meta,
    import: async (specifier) => {
      const loaded = find(specifier, file);
      await evaluate(loaded);
      return loaded.namespace;
    },
  };
}

/** null when it has finished. A module higher up in an import cycle is not awaited. */
function evaluate(loaded: Loaded): Promise<void> | null {
  if (loaded.state === 'evaluated') return loaded.done;
  loaded.state = 'evaluated';
  loaded.done = after(loaded.dependencies, () => {
    const result = loaded.execute();
    return result instanceof Promise ? (result as Promise<void>) : null;
  });
  return loaded.done;
}

/** Runs the steps one after the other, then the last one; synchronously as long as no step returns a promise. */
function after(dependencies: Loaded[], last: () => Promise<void> | null): Promise<void> | null {
  for (const [index, dependency] of dependencies.entries()) {
    const waiting = evaluate(dependency);
    if (waiting !== null) return waiting.then(() => after(dependencies.slice(index + 1), last) ?? undefined);
  }
  return last();
}
