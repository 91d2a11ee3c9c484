import type { SwitchableGuard } from './dial-guards.ts';
import type { DialRules } from './dial-rules.ts';
import type { DialConfirm, DialOptions, DialSource } from './dial.ts';

/** The user's choices, one JSON file. The schema with limits and defaults is core/settings/schema.ts. */
export interface Settings {
  polling: {
    /** Seconds between two looks at the session list, 2 to 300. */
    intervalSeconds: number;
    /** Requests a minute that this desk sends to the PBX at most, 6 to 120. */
    requestsPerMinute: number;
  };
  notifications: {
    incoming: boolean;
    missed: boolean;
    /** `auto`: Electron's own where it works, node-notifier where it does not. */
    backend: 'auto' | 'electron' | 'node-notifier';
  };
  /** With everything of DialRules: country, area code, extensions, rules. */
  dialling: DialRules & {
    /** What happens before a number is dialled, by where it came from. */
    confirm: Record<DialSource, DialConfirm>;
    /** Which guards are on: those make it a question whatever `confirm` says. */
    guards: Record<SwitchableGuard, boolean>;
    /** Sent with every call unless the dial card says otherwise. */
    options: DialOptions;
  };
  identity: {
    /** Numbers that are mine beside the account's extension (DIDs, mobile, a second phone). */
    ownNumbers: string[];
    /** The extension whose phone rings first; '' takes the account's. */
    callFrom: string;
  };
  appearance: {
    theme: 'system' | 'light' | 'dark';
    /** For which panel the tray icon is drawn. */
    trayIcon: 'auto' | 'light-panel' | 'dark-panel' | 'colour';
  };
  /** Dials from everywhere what was copied or selected. */
  shortcut: {
    /** As Electron writes it, e.g. "Control+Alt+D"; '' is off. */
    accelerator: string;
    /** `selection`: what is merely selected, where the system tells (Linux). */
    from: 'clipboard' | 'selection';
  };
  startup: {
    openAtLogin: boolean;
    startHidden: boolean;
  };
  trust: {
    /** A PEM file with more certificate authorities than this computer's own, its whole path; '' for none. */
    authoritiesFile: string;
  };
  secrets: {
    /** What to do where this computer has no real key store. */
    weakStorage: 'ask' | 'allow' | 'never';
    /** Keep the password, too, so that calls are announced by push after a restart without signing in again. */
    keepPassword: boolean;
  };
}

/**
 * A change to some settings: whole values at the leaves, lists included; groups may be partial, at any depth. It names
 * only what is changed: whatever else it held would undo a change that was made meanwhile.
 */
export type SettingsPatch = { [G in keyof Settings]?: SomeOf<Settings[G]> };

type SomeOf<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: SomeOf<T[K]> } : T;
