/** What page and host say to each other; `args` and `value` are packed (wire.ts). */
export type FromPage =
  | { kind: 'invoke'; id: number; channel: string; args: string }
  | { kind: 'send'; channel: string; args: string }
  | { kind: 'loaded' }
  | { kind: 'title'; title: string }
  | { kind: 'open'; url: string; disposition: 'foreground-tab' | 'new-window' }
  | { kind: 'navigate'; url: string }
  | { kind: 'close' }
  | { kind: 'show' };

export type ToPage =
  | { kind: 'answer'; id: number; value: string }
  | { kind: 'failure'; id: number; message: string }
  | { kind: 'push'; channel: string; args: string }
  | { kind: 'window'; visible: boolean; theme: 'system' | 'light' | 'dark' }
  | { kind: 'gone'; reason: string };

/** What the page's script is started with. */
export interface PageConfig {
  windowId: number;
  /** The address that Electron would show, e.g. app://traydial/index.html */
  appUrl: string;
  appName: string;
  platform: string;
  versions: Record<string, string>;
}
