import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

const STATUS = { FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 };

let folder: string | null = null;
/** Scripts that were compiled without the cache since it was enabled, with their cache files. */
const fresh = new Map<string, Script>();

/** Compiles like `new Script`, from the compile cache if `module.enableCompileCache()` was called. */
export function compile(code: string, filename: string): Script {
  if (folder === null) return new Script(code, { filename });
  const file = join(folder, `${createHash('sha1').update(filename).update(code).digest('hex')}.cache`);
  const cachedData = readCached(file);
  const script = new Script(code, cachedData === null ? { filename } : { filename, cachedData });
  if (cachedData === null || script.cachedDataRejected === true) fresh.set(file, script);
  return script;
}

/** Adds the compile cache of Node 22 to Node 18, for modules that the loader in this folder loads. */
export function addCompileCache(): void {
  const target = (nodeModule as unknown as { default: Record<string, unknown> }).default;
  target['constants'] ??= { compileCacheStatus: STATUS };
  target['enableCompileCache'] ??= (directory?: string) => {
    if (folder !== null) return { status: STATUS.ALREADY_ENABLED, directory: folder };
    if (directory === undefined) return { status: STATUS.DISABLED };
    try {
      const own = join(directory, `v${process.versions.v8}-${process.arch}`);
      mkdirSync(own, { recursive: true });
      folder = own;
      process.once('exit', flush);
      return { status: STATUS.ENABLED, directory: own };
    } catch (error) {
      return { status: STATUS.FAILED, message: String(error) };
    }
  };
  target['flushCompileCache'] ??= flush;
  target['getCompileCacheDir'] ??= () => folder ?? undefined;
}

/** As in Node, written at exit, when V8 has compiled the functions that were called. */
function flush(): void {
  for (const [file, script] of fresh) {
    try {
      writeFileSync(`${file}.new`, script.createCachedData());
      renameSync(`${file}.new`, file);
    } catch {
      // A cache that cannot be written costs time, nothing else.
    }
  }
  fresh.clear();
}

function readCached(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
