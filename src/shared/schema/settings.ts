import { z } from 'zod';
import { LANGUAGES } from '../language.ts';
import { ACCELERATOR } from '../shortcut.ts';
import { WEEKDAYS } from '../weekdays.ts';
import { dialOptionsSchema, draftRulesSchema } from './dial.ts';
import { line } from './text.ts';

/** A number as people write it. Separators are ignored when it is compared or dialled. */
const NUMBER = /^(?=.*[0-9])[+0-9*# ()./-]+$/;

/** "07:30" */
const TIME_OF_DAY = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;

/** The choices for numbers that the user chose. */
const own = z.enum(['ask', 'undo', 'at-once']);
/** The choices for numbers that somebody else chose: they are never dialled at once. */
const foreign = z.enum(['ask', 'undo']);

export const diallingShape = {
  /** All fields of DialRules: country, area code, extensions, rules. */
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
  /** Which guards are on; shared/dial-guards.ts explains them. A guard asks even if `confirm` says otherwise. */
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
  /** The options for every call, unless a rule or the dial card sets others. */
  options: dialOptionsSchema,
};

/** A longer list of people with a rule could not be surveyed. */
const MAX_PERSON_RULES = 200;

/** See PersonNotify. */
export const personRuleSchema = z.strictObject({
  number: z.string().max(64).regex(NUMBER),
  /** As shown when the rule was made; for when nobody is known by the number any more. */
  name: z.string().max(120),
  notify: z.enum(['always', 'silent', 'never']),
});

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
    /** Quiet hours, in which no call is announced. Times are in the time zone of this computer. */
    quiet: z.strictObject({
      on: z.boolean(),
      /** "22:00". If `until` is earlier than `from`, the hours end on the next day. Equal times mean the whole day. */
      from: z.string().regex(TIME_OF_DAY),
      until: z.string().regex(TIME_OF_DAY),
      /** The days on which the quiet hours begin. */
      days: z.array(z.enum(WEEKDAYS)).max(7),
    }),
    /** Rules for single people, found by a number. They take precedence over `calls`, `quiet` and `favouritesAlways`. */
    people: z.array(personRuleSchema).max(MAX_PERSON_RULES),
    /** Whether notifications play the sound of the system. */
    sound: z.boolean(),
    /** Announces calls of favourites even if `calls` or `quiet` says otherwise. */
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
    /** The user's other numbers besides the account's extension (DIDs, mobile, a second phone). */
    ownNumbers: z.array(z.string().max(64).regex(NUMBER)).max(50),
    /** The extension whose phone rings first; '' for the account's extension. */
    callFrom: z.union([z.literal(''), z.string().max(64).regex(NUMBER)]),
  }),
  appearance: z.strictObject({
    theme: z.enum(['system', 'light', 'dark']),
    /** Percent of the normal size. */
    textSize: z.int().min(80).max(200),
    /** The variant of the tray icon. `light-panel` and `dark-panel` name the panel that it is made for. */
    trayIcon: z.enum(['auto', 'light-panel', 'dark-panel', 'colour']),
    /** `system` follows the operating system. */
    language: z.enum(['system', ...LANGUAGES]),
  }),
  /** The global shortcut, which dials the copied or selected text from any program. */
  shortcut: z.strictObject({
    /** In Electron's format, e.g. "Control+Alt+D"; '' for none. */
    accelerator: z.string().max(60).regex(ACCELERATOR),
    /** `selection`: the selected text, without copying it (Linux). */
    from: z.enum(['clipboard', 'selection']),
  }),
  startup: z.strictObject({ openAtLogin: z.boolean(), startHidden: z.boolean() }),
  trust: z.strictObject({
    /** The path of a PEM file with certificate authorities in addition to this computer's; '' for none. */
    authoritiesFile: line(4096),
  }),
  secrets: z.strictObject({
    /** Whether secrets may be stored if this computer has no real key store. */
    weakStorage: z.enum(['ask', 'allow', 'never']),
    /** Also stores the password, so that push works after a restart without signing in again. */
    keepPassword: z.boolean(),
  }),
};
