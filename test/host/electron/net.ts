import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Net } from 'electron/main';
import { desktop } from '../desktop.ts';
import { guarded } from '../guard.ts';

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

const simulated: Pick<Net, 'fetch' | 'isOnline' | 'online'> = {
  /** Node's fetch, plus the file: URLs that Electron can read. */
  fetch: async (input, init) => {
    const url = typeof input === 'string' ? input : input.url;
    if (!url.startsWith('file:')) return fetch(input, init);
    const path = fileURLToPath(url);
    const body = await readFile(path).catch(() => null);
    if (body === null) throw new Error('net::ERR_FILE_NOT_FOUND');
    return new Response(body, {
      headers: { 'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' },
    });
  },
  isOnline: () => desktop.sim.online === 'yes',
  get online() {
    return desktop.sim.online === 'yes';
  },
};

export const net = guarded('net', simulated);
