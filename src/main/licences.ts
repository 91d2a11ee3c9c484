import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { appError } from '../shared/errors.ts';
import type { Licence } from '../shared/licence.ts';
import { err, ok, type Result } from '../shared/result.ts';

/**
 * Files that the build writes (electron.vite.config.ts): the packages in each bundle, and those that are not bundled.
 */
const FILES = [
  'main/licences.json',
  'main/runtime-licences.json',
  'preload/licences.json',
  'renderer/licences.json',
] as const;

const schema = z.array(
  z.object({ name: z.string(), version: z.string(), identifier: z.string().default(''), text: z.string() }),
);

/** The licences of all packages that the program contains, each once, by name. `out` is the folder of the build. */
export async function readLicences(out: string): Promise<Result<Licence[]>> {
  try {
    const lists = await Promise.all(FILES.map((file) => readFile(join(out, file), 'utf8')));
    const all = lists.flatMap((text) => schema.parse(JSON.parse(text)));
    const once = new Map(all.map((licence) => [`${licence.name}@${licence.version}`, licence]));
    return ok([...once.values()].sort((a, b) => a.name.localeCompare(b.name, 'en')));
  } catch (error) {
    return err(appError('action-failed', { detail: String(error) }));
  }
}
