import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type { App } from 'electron';
import type { Log } from '../../core/log-port.ts';
import type { LinkScheme } from '../../shared/links.ts';
import { runProgram } from '../run-program.ts';
import { linuxReader } from './linux/read-link.ts';
import { UNKNOWN, type KnownProgram, type ReadLinkStatus } from './link-reader.ts';
import { macReader } from './mac-reader.ts';
import { readRegQuery, windowsReader } from './windows-reader.ts';

const REG_LIMIT_MS = 3000;

type ReaderApp = Pick<App, 'getApplicationInfoForProtocol' | 'isDefaultProtocolClient'>;

/** Returns the reader for this computer's system. It reports `unknown` when reading fails. */
export function openReader(app: ReaderApp, platform: NodeJS.Platform, log: Log): ReadLinkStatus {
  const read = readerFor(app, platform);
  return async (scheme) => {
    try {
      return await read(scheme);
    } catch (error) {
      log.warn(`Who opens ${scheme}: links could not be read: ${String(error)}`);
      return UNKNOWN;
    }
  };
}

function readerFor(app: ReaderApp, platform: NodeJS.Platform): ReadLinkStatus {
  const programFor = async (scheme: LinkScheme): Promise<KnownProgram | null> => {
    try {
      const { name, path } = await app.getApplicationInfoForProtocol(`${scheme}:`);
      return { name, path };
    } catch {
      return null;
    }
  };
  if (platform === 'win32') {
    return windowsReader({ registry: askRegistry, programFor, fileExists: existsSync, ownPath: process.execPath });
  }
  if (platform === 'darwin') {
    return macReader({
      isDefault: (scheme) => app.isDefaultProtocolClient(scheme),
      programFor,
      fileExists: existsSync,
    });
  }
  return linuxReader(process.env, homedir());
}

async function askRegistry(key: string, name: string | null): Promise<string | null> {
  try {
    const args = ['query', key, ...(name === null ? ['/ve'] : ['/v', name])];
    return readRegQuery(await runProgram('reg', args, REG_LIMIT_MS));
  } catch {
    return null;
  }
}
