import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, shell } from 'electron';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log-port.ts';
import type { Desktop } from '../desktop-state.ts';
import { LinkCenter } from './link-center.ts';
import { AppImageEntry } from './linux/appimage-entry.ts';
import { findEntry } from './linux/mime-apps.ts';
import { ENTRY_NAME } from './linux/read-link.ts';
import { xdgFolders } from './linux/xdg-folders.ts';
import { registerByXdgMime } from './linux/xdg-mime.ts';
import { openReader } from './open-reader.ts';
import { registerForFreeSchemes, openDefaultApps, registerByElectron } from './registration.ts';
import { ownAppImage } from '../own-appimage.ts';
import type { LinkMemory } from '../stores/link-memory.ts';

export interface OpenLinksOptions {
  /** The folder resources. */
  resources: string;
  memory: LinkMemory & { linksOffered: boolean };
  desktop: Desktop;
  clock: Clock;
  log: Log;
}

/** Opens the LinkCenter of this computer. It registers Traydial for links at the very first start, and never again. */
export function openLinks({ resources, memory, desktop, clock, log }: OpenLinksOptions): LinkCenter {
  const platform = process.platform;
  const folders = () => xdgFolders(process.env, homedir());
  const readStatus = openReader(app, platform, log);
  const register = platform === 'linux' ? registerByXdgMime(folders) : registerByElectron(app, process.argv);
  return new LinkCenter({
    readStatus,
    register,
    registerOnce: async () => {
      // Only once: if another program has taken a scheme since, that was the user's choice.
      if (memory.linksOffered) return;
      memory.linksOffered = true;
      await registerForFreeSchemes(app, platform, readStatus, register);
    },
    openDefaultApps: () => openDefaultApps(shell, platform),
    entry: new AppImageEntry({
      appImage: platform === 'linux' ? ownAppImage(process.env, process.execPath) : null,
      data: folders().data[0] ?? '',
      icon: join(resources, 'app/256x256.png'),
    }),
    isInstalled: () => (platform === 'linux' ? findEntry(folders(), ENTRY_NAME) !== null : app.isPackaged),
    memory,
    desktop,
    platform,
    clock,
  });
}
