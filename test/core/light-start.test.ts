import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bundleScript } from '../support/bundle-script.ts';

test("Starting loads nothing of Node's own fetch and WebSocket, which no request of ours uses.", async () => {
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
