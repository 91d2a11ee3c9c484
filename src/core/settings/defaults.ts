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

/** What a first start begins with, and what stands in for a value that cannot be read. */
export const DEFAULT_SETTINGS: Settings = {
  polling: { intervalSeconds: 5, requestsPerMinute: 20 },
  notifications: { incoming: true, missed: true, backend: 'auto' },
  dialling: {
    confirm: {
      typed: 'at-once',
      link: 'ask',
      clipboard: 'ask',
      redial: 'undo',
      command: 'ask',
      menu: 'undo',
    },
    guards: {
      'premium-rate': true,
      satellite: true,
      'foreign-host': true,
      distant: true,
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
  identity: { ownNumbers: [], callFrom: '' },
  appearance: { theme: 'system', trayIcon: 'auto' },
  shortcut: { accelerator: '', from: 'clipboard' },
  startup: { openAtLogin: false, startHidden: false },
  trust: { authoritiesFile: '' },
  secrets: { weakStorage: 'ask', keepPassword: false },
};
