import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withOwnStreams } from '../../../src/main/cli/own-streams.ts';

test.skipIf(process.platform !== 'linux')('a child process does not inherit open file descriptors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'traydial-fdinfo-'));
  try {
    const open = { 0: '02', 1: '02', 2: '02', 4: '02000000', 6: '02', 11: '0100000' };
    for (const [descriptor, flags] of Object.entries(open))
      writeFileSync(join(folder, descriptor), `pos:\t0\nflags:\t${flags}\nmnt_id:\t15\n`);
    const given = withOwnStreams((stdio) => stdio, folder);
    const replaced = given.flatMap((stream, descriptor) => (stream === 'ignore' ? [] : [descriptor]));
    expect(given).toHaveLength(12);
    expect(replaced).toEqual([6, 11]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
