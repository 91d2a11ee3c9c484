import { z } from 'zod';
import { LANGUAGES } from '../language.ts';
import { ACCELERATOR } from '../shortcut.ts';
import { WEEKDAYS } from '../weekdays.ts';
import { dialOptionsSchema, draftRulesSchema } from './dial.ts';
import { line } from './text.ts';

/** A number as people write it; compared and dialled without the separators. */
const NUMBER = /^(?=.*[0-9])[+0-9*# ()./-]+$/;

/** "07:30" */
const TIME_OF_DAY = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;

const own = z.enum(['ask', 'undo', 'at-once']);
const foreign = z.enum(['ask', 'undo']);

export const diallingShape = {
  /** With everything of DialRules: country, area code, extensions, rules. */
  ...draftRulesSchema.shape,
  /** The step before a number is dialled, by the provenance of the number. */
  confirm: z.strictObject({
    typed: own,
    dialled: own,
    favourite: own,
    caller: foreign,
    history: foreign,
    directory: foreign,
    link: foreign,
    clipboard: foreign,
    command: foreign,
  }),
  /** Which guards are on. A guard asks whatever `confirm` says. */
  guards: z.strictObject({
    rewritten: z.boolean(),
    'premium-rate': z.boolean(),
    satellite: z.boolean(),
    unassigned: z.boolean(),
    'foreign-host': z.boolean(),
    distant: z.boolean(),
    stranger: z.boolean(),
    'on-the-phone': z.boolean(),
    repeated: z.boolean(),
    'in-a-call': z.boolean(),
  }),
  /** Sent with every call unless the dial card says otherwise. */
  options: dialOptionsSchema,
};

export const settingsShape = {
  polling: z.strictObject({
    /** Seconds between two polls of the session list. */
    intervalSeconds: z.int().min(2).max(300),
    /** The maximum number of requests that this desk sends to the PBX per minute. */
    requestsPerMinute: z.int().min(6).max(120),
  }),
  notifications: z.strictObject({
    incoming: z.boolean(),
    missed: z.boolean(),
    /** Which calls are announced. A call through a queue, menu or group is also internal or external. */
    calls: z.strictObject({ internal: z.boolean(), external: z.boolean(), queue: z.boolean() }),
    /** Hours in the time zone of this computer in which no call is announced. */
    quiet: z.strictObject({
      on: z.boolean(),
      /** "22:00"; hours that end before they begin end on the next day, and equal times are the whole day. */
      from: z.string().regex(TIME_OF_DAY),
      until: z.string().regex(TIME_OF_DAY),
      /** On which days they begin. */
      days: z.array(z.enum(WEEKDAYS)).max(7),
    }),
    /** Calls of favourites are announced although `calls` or `quiet` says otherwise. */
    favouritesAlways: z.boolean(),
    /** `auto`: Electron's notifications, or node-notifier when those do not work. */
    backend: z.enum(['auto', 'electron', 'node-notifier']),
  }),
  dialling: z.strictObject(diallingShape),
  history: z.strictObject({
    /** Entries are deleted when they are older than this many days. */
    keepDays: z.int().min(1).max(3650),
  }),
  identity: z.strictObject({
    /** Numbers that are mine beside the account's extension (DIDs, mobile, a second phone). */
    ownNumbers: z.array(z.string().max(64).regex(NUMBER)).max(50),
    /** The extension whose phone rings first; '' takes the account's. */
    callFrom: z.union([z.literal(''), z.string().max(64).regex(NUMBER)]),
  }),
  appearance: z.strictObject({
    theme: z.enum(['system', 'light', 'dark']),
    /** Percent of the normal size. */
    textSize: z.int().min(80).max(200),
    /** For which panel the tray icon is drawn. */
    trayIcon: z.enum(['auto', 'light-panel', 'dark-panel', 'colour']),
    /** `system` follows the operating system. */
    language: z.enum(['system', ...LANGUAGES]),
  }),
  /** Dials the copied or selected text from any program. */
  shortcut: z.strictObject({
    /** As Electron writes it, e.g. "Control+Alt+D"; '' is off. */
    accelerator: z.string().max(60).regex(ACCELERATOR),
    /** `selection`: the selected text, without copying it (Linux). */
    from: z.enum(['clipboard', 'selection']),
  }),
  startup: z.strictObject({ openAtLogin: z.boolean(), startHidden: z.boolean() }),
  trust: z.strictObject({
    /** A PEM file with more certificate authorities than this computer's own, its whole path; '' for none. */
    authoritiesFile: line(4096),
  }),
  secrets: z.strictObject({
    /** Whether secrets may be stored if this computer has no real key store. */
    weakStorage: z.enum(['ask', 'allow', 'never']),
    /** Keep the password, too, so that push works after a restart without signing in again. */
    keepPassword: z.boolean(),
  }),
};
