import { z } from 'zod';
import type { DialOptions } from '../../shared/dial.ts';
import { ONE_LINE } from '../../shared/plain-text.ts';
import type { Settings } from '../../shared/settings.ts';
import { dialRulesShape } from '../dial/rules/rule-schema.ts';
import { ACCELERATOR } from '../shortcut/accelerator.ts';
import { MIGRATIONS } from './migrations.ts';

/** The version of the settings file that this program writes. */
export const SETTINGS_VERSION = MIGRATIONS.length + 1;

/** One line: a control character in a SIP header, or an invisible one on the screen, could only deceive. */
const line = (max: number) => z.string().max(max).regex(ONE_LINE);

/** A number as people write it; compared and dialled without the separators. */
const NUMBER = /^(?=.*[0-9])[+0-9*# ()./-]+$/;

/** Limits of POST /api/sessions (OpenAPI 22.2 "Create a session"). */
export const dialOptionsSchema = z.strictObject({
  sendSdp: z.boolean(),
  callerDisplayName: line(1024),
  trunk: line(64),
  rewriteFrom: line(16),
  rewritePai: line(16),
  rewriteRpi: line(16),
  userData: line(128),
  target: line(128),
  targetInstanceId: line(128),
  targetExtensionNumber: line(128),
  additionalHeader: z
    .enum([
      'ANSWER_MODE',
      'CALL_INFO',
      'ALERT_INFO_AUTO_ANSWER_DELAY0',
      'ALERT_INFO_AUTO_ANSWER',
      'ALERT_INFO_INTERCOM',
    ])
    .nullable(),
  headerDirection: z.enum(['CALLER', 'CALLEE', 'ALL']),
}) satisfies z.ZodType<DialOptions>;

const confirm = z.enum(['ask', 'undo', 'at-once']);

export const settingsSchema = z.strictObject({
  polling: z.strictObject({
    intervalSeconds: z.int().min(2).max(300),
    requestsPerMinute: z.int().min(6).max(120),
  }),
  notifications: z.strictObject({
    incoming: z.boolean(),
    missed: z.boolean(),
    backend: z.enum(['auto', 'electron', 'node-notifier']),
  }),
  dialling: z.strictObject({
    confirm: z.strictObject({
      typed: confirm,
      link: confirm,
      clipboard: confirm,
      redial: confirm,
      command: confirm,
      menu: confirm,
    }),
    guards: z.strictObject({
      'premium-rate': z.boolean(),
      satellite: z.boolean(),
      'foreign-host': z.boolean(),
      distant: z.boolean(),
      'on-the-phone': z.boolean(),
      repeated: z.boolean(),
      'in-a-call': z.boolean(),
    }),
    ...dialRulesShape,
    options: dialOptionsSchema,
  }),
  identity: z.strictObject({
    ownNumbers: z.array(z.string().max(64).regex(NUMBER)).max(50),
    callFrom: z.union([z.literal(''), z.string().max(64).regex(NUMBER)]),
  }),
  appearance: z.strictObject({
    theme: z.enum(['system', 'light', 'dark']),
    trayIcon: z.enum(['auto', 'light-panel', 'dark-panel', 'colour']),
  }),
  shortcut: z.strictObject({
    accelerator: z.string().max(60).regex(ACCELERATOR),
    from: z.enum(['clipboard', 'selection']),
  }),
  startup: z.strictObject({ openAtLogin: z.boolean(), startHidden: z.boolean() }),
  trust: z.strictObject({ authoritiesFile: line(4096) }),
  secrets: z.strictObject({ weakStorage: z.enum(['ask', 'allow', 'never']), keepPassword: z.boolean() }),
}) satisfies z.ZodType<Settings>;
