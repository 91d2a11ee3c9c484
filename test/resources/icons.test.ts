import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('every icon file equals what its drawing renders', async () => {
  const script = join(import.meta.dirname, '../../scripts/render-icons.ts');
  const check = await run(process.execPath, [script, '--check']).catch((error: unknown) => error);
  expect(check).toMatchObject({ stdout: '', stderr: '' });
});
