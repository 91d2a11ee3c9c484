import { DEFAULT_SIM, type Sim } from './sim.ts';

/** What the shell asked the desktop for, as plain data: the answer of `GET /__host/state` is read from it. */
export interface DialogRecord {
  id: string;
  kind: 'message' | 'open' | 'save';
  options: Record<string, unknown>;
  /** The button's index, of a file dialog how many files were chosen; false while it waits. */
  answered: number | false;
}

export interface Desktop {
  sim: Sim;
  /** Somebody shows tray icons now. */
  panel: boolean;
  appPath: string;
  profile: string;
  version: string;
  name: string;
  ready: boolean;
  quitting: boolean;
  locked: boolean;
  desktopName: string | null;
  appUserModelId: string | null;
  switches: Map<string, string>;
  protocolClients: Set<string>;
  loginItem: { openAtLogin: boolean } & Record<string, unknown>;
  openedUrls: string[];
  shownItems: string[];
  dialogs: DialogRecord[];
  clipboard: { text: string; selection: string };
  theme: { source: 'system' | 'light' | 'dark'; systemDark: boolean };
}

/** One process holds one desktop: the app's own module is loaded only once, too. */
export const desktop: Desktop = {
  sim: DEFAULT_SIM,
  panel: true,
  appPath: '',
  profile: '',
  version: '0.0.0',
  name: '',
  ready: false,
  quitting: false,
  locked: false,
  desktopName: null,
  appUserModelId: null,
  switches: new Map(),
  protocolClients: new Set(),
  loginItem: { openAtLogin: false },
  openedUrls: [],
  shownItems: [],
  dialogs: [],
  clipboard: { text: '', selection: '' },
  theme: { source: 'system', systemDark: false },
};
