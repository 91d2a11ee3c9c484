import { DEFAULT_SIM, type Sim } from './sim.ts';

/** The state of the simulated desktop as plain data; `GET /__host/state` returns it. */
export interface DialogRecord {
  id: string;
  kind: 'message' | 'open' | 'save';
  options: Record<string, unknown>;
  /** The index of the button, or the number of chosen files; false while it waits. */
  answered: number | false;
}

export interface Desktop {
  sim: Sim;
  /** A panel shows tray icons now. */
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

/** One desktop per process, because the app's main module is also loaded only once. */
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
