/** npm run package -- [--linux | --win | --mac] [more of electron-builder's arguments]: installers in dist/. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronBuilder } from './packager/install.ts';

const { status } = spawnSync(
  process.execPath,
  [electronBuilder(), '--config', 'electron-builder.config.ts', ...process.argv.slice(2)],
  { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' },
);
process.exitCode = status ?? 1;
