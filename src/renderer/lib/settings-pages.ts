import type { SettingsPage } from '../../messages/settings.ts';

export const SETTINGS_PAGES = [
  'general',
  'calling',
  'confirm',
  'notifications',
  'accounts',
  'advanced',
] as const satisfies readonly SettingsPage[];

/** The page of each control to which other views have a link, by the id of the control. */
const PAGE_OF: Readonly<Record<string, SettingsPage>> = {
  language: 'general',
  theme: 'general',
  'text-size': 'general',
  country: 'calling',
  'call-from': 'calling',
  'own-number': 'calling',
  'phone-links': 'calling',
  'shortcut-keys': 'calling',
  'notify-incoming': 'notifications',
  'notify-missed': 'notifications',
  'notify-pause': 'notifications',
  'notify-internal': 'notifications',
  'notify-external': 'notifications',
  'notify-queue': 'notifications',
  'notify-favourites': 'notifications',
  'notify-person': 'notifications',
  'quiet-hours': 'notifications',
  'notify-test': 'notifications',
  'add-account': 'accounts',
  'import-contacts': 'accounts',
  'keep-password': 'advanced',
  'always-trunk': 'advanced',
  'notify-backend': 'advanced',
  interval: 'advanced',
};

/** The page of a control; null for an unknown one. */
export const pageOf = (control: string): SettingsPage | null => PAGE_OF[control] ?? null;
