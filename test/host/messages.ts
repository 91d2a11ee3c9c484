import { z } from 'zod';
import { unpack } from './wire.ts';

const packed = z.string().refine((text) => {
  try {
    unpack(text);
    return true;
  } catch {
    return false;
  }
});

const fromPage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invoke'), id: z.number(), channel: z.string(), args: packed }),
  z.object({ kind: z.literal('send'), channel: z.string(), args: packed }),
  z.object({ kind: z.literal('loaded') }),
  z.object({ kind: z.literal('title'), title: z.string() }),
  z.object({ kind: z.literal('open'), url: z.url(), disposition: z.enum(['foreground-tab', 'new-window']) }),
  z.object({ kind: z.literal('navigate'), url: z.url() }),
  z.object({ kind: z.literal('error'), text: z.string(), source: z.string(), line: z.number() }),
  z.object({ kind: z.literal('close') }),
  z.object({ kind: z.literal('show') }),
]);

/** Messages between page and host; `args` and `value` are packed (wire.ts). */
export type FromPage = z.output<typeof fromPage>;

/** Parses a message of the page; null for anything else. Never throws. */
export function readMessage(text: string): FromPage | null {
  try {
    return fromPage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export type ToPage =
  | { kind: 'answer'; id: number; value: string }
  | { kind: 'failure'; id: number; message: string }
  | { kind: 'push'; channel: string; args: string }
  /** `pageVisible`: what the page's own visibilityState says, which is not always true. */
  | { kind: 'window'; visible: boolean; pageVisible: boolean; theme: 'system' | 'light' | 'dark' }
  | { kind: 'gone'; reason: string };

/** The configuration of the page's script. */
export interface PageConfig {
  windowId: number;
  /** The address in Electron, e.g. app://traydial/index.html */
  appUrl: string;
  appName: string;
  platform: string;
  versions: Record<string, string>;
}
