import { WEEKDAYS } from '../../shared/weekdays.ts';
import { DEFAULT_EXTENSIONS } from '../../shared/dial-rules.ts';
import type { DialOptions } from '../../shared/dial.ts';
import type { Settings } from '../../shared/settings.ts';

export const DEFAULT_DIAL_OPTIONS: DialOptions = {
  sendSdp: true,
  callerDisplayName: '',
  trunk: '',
  rewriteFrom: '',
  rewritePai: '',
  rewriteRpi: '',
  userData: '',
  target: '',
  targetInstanceId: '',
  targetExtensionNumber: '',
  additionalHeader: null,
  headerDirection: 'CALLER',
};

/** The settings of a first start; also used for values that cannot be read. */
export const DEFAULT_SETTINGS: Settings = {
  polling: { intervalSeconds: 5, requestsPerMinute: 20 },
  notifications: {
    incoming: true,
    missed: true,
    calls: { internal: true, external: true, queue: true },
    quiet: { on: false, from: '18:00', until: '08:00', days: [...WEEKDAYS] },
    people: [],
    sound: true,
    favouritesAlways: false,
    backend: 'auto',
  },
  dialling: {
    confirm: {
      typed: 'at-once',
      dialled: 'at-once',
      favourite: 'at-once',
      caller: 'undo',
      history: 'undo',
      directory: 'undo',
      link: 'ask',
      clipboard: 'ask',
      command: 'ask',
    },
    guards: {
      rewritten: true,
      'premium-rate': true,
      satellite: true,
      unassigned: true,
      'foreign-host': true,
      distant: true,
      stranger: true,
      'on-the-phone': true,
      repeated: true,
      'in-a-call': true,
    },
    country: '',
    areaCode: '',
    extensions: DEFAULT_EXTENSIONS,
    rules: [],
    options: DEFAULT_DIAL_OPTIONS,
  },
  history: { keepDays: 365 },
  identity: { ownNumbers: [], callFrom: '' },
  appearance: { theme: 'system', textSize: 100, trayIcon: 'auto', language: 'system' },
  shortcut: { accelerator: '', from: 'clipboard' },
  startup: { openAtLogin: false, startHidden: false },
  trust: { authoritiesFile: '' },
  secrets: { weakStorage: 'ask', keepPassword: false },
};
