import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { app, shell } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import type { Desktop } from '../desktop-state.ts';
import { LinkCenter } from './link-center.ts';
import { AppImageEntry } from './linux/appimage-entry.ts';
import { findEntry, findHandler } from './linux/mime-apps.ts';
import { ENTRY_NAME } from './linux/read-link.ts';
import { xdgFolders } from './linux/xdg-folders.ts';
import { openReader } from './open-reader.ts';
import { LinkRegistration, openDefaultApps } from './registration.ts';
import type { LinkMemory } from './takeover.ts';

export interface OpenLinksOptions {
  /** The folder resources. */
  resources: string;
  memory: LinkMemory & { linksOffered: boolean };
  desktop: Desktop;
  clock: Clock;
  log: Log;
}

const PATIENCE_MS = 5000;

/** Links on this computer. Offers itself at the very first start, and never again by itself. */
export function openLinks({ resources, memory, desktop, clock, log }: OpenLinksOptions): LinkCenter {
  const platform = process.platform;
  const registration = new LinkRegistration(app, process.argv, platform);
  // Once: what another program has taken since is the user's choice.
  if (!memory.linksOffered) registration.offerOnce();
  memory.linksOffered = true;
  const folders = () => xdgFolders(process.env, homedir());
  return new LinkCenter({
    read: openReader(app, platform, log),
    register: (schemes) => registration.register(schemes),
    openDefaultApps: () => openDefaultApps(shell, platform),
    webBrowser:
      platform === 'linux'
        ? {
            get: async () => (await findHandler(folders(), 'text/html')).entry?.id ?? null,
            set: async (entry) => {
              const xdgMime = promisify(execFile);
              await xdgMime('xdg-mime', ['default', entry, 'text/html'], { timeout: PATIENCE_MS }).catch(() => {});
            },
          }
        : null,
    entry: new AppImageEntry({
      appImage: platform === 'linux' ? (process.env['APPIMAGE'] ?? null) : null,
      data: folders().data[0] ?? '',
      icon: join(resources, 'app/256x256.png'),
    }),
    isInstalled: async () =>
      platform === 'linux' ? (await findEntry(folders(), ENTRY_NAME)) !== null : app.isPackaged,
    memory,
    desktop,
    platform,
    clock,
  });
}
