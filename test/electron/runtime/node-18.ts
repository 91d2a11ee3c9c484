/** Polyfills for APIs of Node 24 that the program uses and that Node 18.15 in Electron 25 lacks. */
import * as buffer from 'node:buffer';
import * as crypto from 'node:crypto';
import events from 'node:events';
import tls from 'node:tls';
import util from 'node:util';
import workers from 'node:worker_threads';
import zlib from 'node:zlib';
import { addCompileCache } from './compile-cache.ts';

type Names = Record<string, unknown>;

function add(target: object, missing: Names): void {
  for (const [name, value] of Object.entries(missing)) (target as Names)[name] ??= value;
}

class CustomEventOf18 extends Event {
  readonly detail: unknown;
  constructor(type: string, options: { bubbles?: boolean; detail?: unknown } = {}) {
    super(type, options);
    this.detail = options.detail ?? null;
  }
}

function anySignal(signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) {
      controller.abort(signal.reason);
      break;
    }
    signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}

/** Calls listeners at once for signals that are already aborted, as Node 24 does. */
function addAbortListener(signal: AbortSignal, listener: () => void): Disposable {
  if (signal.aborted) queueMicrotask(listener);
  else signal.addEventListener('abort', listener, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', listener) };
}

function getBuiltinModule(id: string): unknown {
  try {
    return require(id) as unknown;
  } catch {
    return undefined;
  }
}

add(globalThis, {
  crypto: crypto.webcrypto,
  File: buffer.File,
  CustomEvent: CustomEventOf18,
  navigator: { userAgent: 'Node.js/18', hardwareConcurrency: 2, language: 'en-US' },
});
add(AbortSignal, { any: anySignal });
add(process, { getBuiltinModule });
add(util, { styleText: (_format: unknown, text: string) => text });
add(events, { addAbortListener });
add(workers, { markAsUncloneable: () => undefined });
add(tls, { getCACertificates: (type = 'default') => (type === 'system' ? [] : [...tls.rootCertificates]) });
add(zlib, {
  createZstdDecompress: () => {
    throw new Error('Node 18 has no zstd.');
  },
});
add(zlib.constants, { ZSTD_d_windowLogMax: 100 });
addCompileCache();
