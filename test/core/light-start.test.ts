import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bundleScript } from '../support/bundle-script.ts';

test("a start does not load Node's own fetch and WebSocket, which no request of ours uses", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-light-'));
  try {
    const script = await bundleScript(join(import.meta.dirname, '../../src/core/desk.ts'), folder);
    const load = `await import(${JSON.stringify(pathToFileURL(script))});
      console.log(process.moduleLoadList.filter((name) => name.includes('undici')).join());`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', load]);
    expect(stdout.trim()).toBe('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the engine for patterns is loaded for the first pattern of the user's, not for the default settings", async () => {
  const module = (path: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src', path)));
  const script = `
    const { createRequire } = await import('node:module');
    const { readSettings } = await import(${module('core/settings/read-settings.ts')});
    const { matchesExtension } = await import(${module('core/numbers/extension-pattern.ts')});
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('re2js'));
    const { settings } = readSettings({});
    const isExtension = (pattern) => matchesExtension('101', pattern);
    console.log(isExtension(settings.dialling.extensions), loaded(), isExtension('1..'), loaded());`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  expect(stdout.trim()).toBe('true false true true');
});
