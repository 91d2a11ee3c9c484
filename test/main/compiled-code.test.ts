import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepCompiledCode } from '../../src/main/compiled-code.ts';

let directory: string;
let enabled: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'compiled-code-'));
  enabled = [];
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const keep = (platform: NodeJS.Platform = 'linux', version = '1.2.3'): string | null =>
  keepCompiledCode({ directory, version, platform, enable: (folder) => enabled.push(folder) });

test('compiled code is kept in a folder that only its user can read and write', () => {
  const folder = join(directory, 'compiled-code/1.2.3');
  expect(keep()).toBe(folder);
  expect(enabled).toEqual([folder]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('compiled code of another version is removed', () => {
  mkdirSync(join(directory, 'compiled-code/1.2.2'), { recursive: true, mode: 0o700 });
  keep();
  expect(existsSync(join(directory, 'compiled-code/1.2.2'))).toBe(false);
});

test('compiled code is not kept on macOS, where the key chain trusts the signed program', () => {
  expect(keep('darwin')).toBeNull();
  expect([enabled, existsSync(join(directory, 'compiled-code'))]).toEqual([[], false]);
});

test.runIf(process.platform !== 'win32').each<[where: string, spoil: () => void]>([
  ['others may write to its folder', () => chmodSync(join(directory, 'compiled-code'), 0o777)],
  ['others may write to the folder of this version', () => chmodSync(join(directory, 'compiled-code/1.2.3'), 0o777)],
  ['others may write to the profile', () => chmodSync(directory, 0o777)],
  [
    'its folder is a link to somewhere else',
    () => {
      rmSync(join(directory, 'compiled-code'), { recursive: true });
      mkdirSync(join(directory, 'elsewhere'));
      symlinkSync(join(directory, 'elsewhere'), join(directory, 'compiled-code'));
    },
  ],
])('no compiled code is loaded while %s', (_where, spoil) => {
  keep();
  spoil();
  expect(keep()).toBeNull();
  expect(enabled).toHaveLength(1);
});

test('a read-only profile starts without compiled code', () => {
  rmSync(directory, { recursive: true });
  symlinkSync('/dev/null', directory);
  expect(keep()).toBeNull();
});
