import { z } from 'zod';
import { MAX_CONTACT_NUMBERS } from '../contacts.ts';
import { MAX_NOTE } from '../history.ts';
import { LINK_SCHEMES } from '../links.ts';
import { HELP_PAGES } from '../pages.ts';
import { MAX_BENCH_LINES, MAX_BENCH_TEXT } from '../rule-bench.ts';
import type { SettingsPatch } from '../settings.ts';
import { personRuleSchema } from './settings.ts';
import { draftRulesSchema, favouriteSchema, originSchema, someDialOptionsSchema } from './dial.ts';

const nothing = z.null();
const id = z.string().min(1).max(256);
/** The key of a saved account, which consists of user name, domain and address. */
const key = z.string().min(1).max(1024);
/** host, host:port or https://host:port */
const address = z.string().max(300);
/** SHA-256, AA:BB:… */
const fingerprint = z.string().regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/);

const server = {
  address,
  /** The tenant's SIP domain. */
  domain: z.string().max(280),
  /** Fingerprint of a certificate that the user has checked and trusts, or null. */
  trustFingerprint: fingerprint.nullable(),
};

/**
 * core/settings checks all other values and can explain what is wrong with them. Only `trust` is checked here: the window
 * may clear the file with authorities but not name one, because the user must choose it in a dialog of the system.
 */
const settingsPatch: z.ZodType<SettingsPatch, SettingsPatch> = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .refine(({ trust }) => trust === undefined || isCleared(trust), { path: ['trust'] });

const isCleared = (trust: Record<string, unknown>): boolean =>
  Object.keys(trust).length === 1 && trust['authoritiesFile'] === '';

/**
 * Every command of the window with the schema of its payload. Main answers with a Result, whose value is in `Values` of
 * ../ipc.ts. Text to dial only gets a rough limit here, because readDial explains what is wrong with a text.
 *
 * main/ipc/router.ts checks that each value is a schema. `satisfies` would repeat that check wherever a type of State is
 * used, which more than doubled the time for the lint of the window.
 */
export const PAYLOADS = {
  'state.get': nothing,
  'account.test': z.strictObject(server),
  'account.sign-in': z.strictObject({
    ...server,
    username: z.string().max(64),
    password: z.string().max(1024),
    /** Keep the sign-in on this computer. */
    remember: z.boolean(),
  }),
  /** The code of a two-factor sign-in, as typed. */
  'account.enter-code': z.strictObject({ code: z.string().max(1024) }),
  'account.send-code': nothing,
  'account.cancel-code': nothing,
  'account.start-demo': nothing,
  'account.sign-out': nothing,
  /**
   * Switches to another saved account (`SavedAccountInfo.key`), or fills the sign-in form with it when its sign-in is
   * not saved.
   */
  'account.switch': z.strictObject({ key }),
  /** Shows an empty sign-in form; saved accounts stay. */
  'account.add': nothing,
  /** Removes an account from this computer. */
  'account.remove': z.strictObject({ key }),
  /** Stops trusting the certificate of a server; the next sign-in shows the new one and asks. */
  'account.forget-certificate': z.strictObject({ address }),
  /**
   * Trusts the new certificate of this account's PBX, after the user has compared its fingerprint, and continues the
   * sign-in.
   */
  'account.accept-certificate': z.strictObject({ sha256: fingerprint }),
  /** Lets the user choose the file of `settings.trust` in a dialog. Nothing changes if they cancel. */
  'trust.choose-authorities': nothing,
  'dial.preview': z.strictObject({ text: z.string().max(100_000) }),
  /**
   * `choice`: the `dial` of one of several numbers in the text. The value is null when a question was shown instead.
   */
  'dial.place': z.strictObject({
    text: z.string().max(100_000),
    provenance: originSchema,
    /** Somebody outside had the number, which looks like an extension: see Party. */
    external: z.boolean(),
    options: someDialOptionsSchema.nullable(),
    choice: z.string().max(64).nullable(),
  }),
  /** `choice`: index of the candidate, from 0. */
  'dial.answer': z.strictObject({ id, accept: z.boolean(), choice: z.int().min(0).max(1000).optional() }),
  /** `sessionId`: the PBX's session id, or the `key` of a placed call that has no session id yet. */
  'dial.hang-up': z.strictObject({ sessionId: z.string().max(1024) }),
  'dial.dismiss': nothing,
  /** Copies a number or digits to press. Other text is refused, because another program may execute what is pasted. */
  'clipboard.copy': z.strictObject({ text: z.string().regex(/^\+?[0-9*#,]{1,64}$/) }),
  /** Copies the code and the detail of an error for support. Main adds a sentence before them. */
  'clipboard.copy-error': z.strictObject({ code: z.string().regex(/^[a-z0-9-]{1,40}$/), detail: z.string().max(4096) }),
  'calls.refresh': nothing,
  /** Searches all live calls of colleagues for a part of a name or number. */
  'calls.find': z.strictObject({ text: z.string().max(256) }),
  /** Searches the directory and imported contacts by words or digits. */
  'people.find': z.strictObject({ text: z.string().max(256) }),
  /** Main shows a file dialog and reads the file without storing anything. The value is null when the user cancels. */
  'contacts.choose': nothing,
  /** Stores the people of the file that `contacts.choose` read last. */
  'contacts.import': z.strictObject({ id }),
  /** The files that were imported. */
  'contacts.list': nothing,
  /** Forgets the people of a file. */
  'contacts.remove': z.strictObject({ file: z.string().max(1024) }),
  /** The contacts that the user entered; `text` filters them by name, company and number. */
  'contacts.own': z.strictObject({ text: z.string().max(256) }),
  /** Adds or changes a contact that the user entered. */
  'contacts.save': z.strictObject({
    /** null for a new contact. */
    id: id.nullable(),
    name: z.string().max(256),
    company: z.string().max(256),
    numbers: z
      .array(
        z.strictObject({
          kind: z.enum(['work', 'mobile', 'home', 'main', 'extension', 'other']),
          number: z.string().max(128),
        }),
      )
      .max(MAX_CONTACT_NUMBERS),
  }),
  'contacts.delete': z.strictObject({ id }),
  /** Writes the contacts of the user as vCard to a file that they choose; false when they cancel. */
  'contacts.export': nothing,
  /** Deletes the whole history of the account. */
  'recents.clear': nothing,
  /** Deletes one entry of the history. */
  'recents.remove': z.strictObject({ id: z.string().max(2048) }),
  /** `before` is `next` of the page before this one, or null for the first page. */
  'history.page': z.strictObject({
    text: z.string().max(256),
    only: z.enum(['missed', 'incoming', 'outgoing', 'call-back']).nullable(),
    before: z.string().max(4096).nullable(),
  }),
  /** The user has seen these missed calls, or with null all of them. */
  'history.seen': z.strictObject({ ids: z.array(z.string().max(2048)).max(200).nullable() }),
  /** Removes the person of a call from the call-back list, or with `false` puts them back. */
  'history.done': z.strictObject({ id: z.string().max(2048), done: z.boolean() }),
  /** Sets when to remind the user to call back, in ms since 1970; null deletes the reminder. */
  'history.remind': z.strictObject({ id: z.string().max(2048), at: z.int().min(0).max(8.64e15).nullable() }),
  /** Stores the user's note about a call, in one line; '' deletes it. */
  'history.note': z.strictObject({ id: z.string().max(2048), note: z.string().max(MAX_NOTE) }),
  /** Main shows a file dialog and writes CSV; false when the user cancels. */
  'history.export': nothing,
  /** Adds or removes a favourite. */
  'favourites.set': z.strictObject({ ...favouriteSchema.shape, favourite: z.boolean() }),
  /** Sets the rule for the notifications of a person, or removes it (null). */
  'notifications.person': z.strictObject({
    ...personRuleSchema.shape,
    number: z.string().max(4096),
    notify: personRuleSchema.shape.notify.nullable(),
  }),
  /** Adds a number to `settings.identity.ownNumbers`, or removes it. */
  'own-numbers.set': z.strictObject({ number: z.string().max(4096), mine: z.boolean() }),
  /** The window has shown the country for national numbers and need not show it again. */
  'country.shown': nothing,
  'country.dismiss': nothing,
  'settings.change': settingsPatch,
  /** `rules` is a draft that is not saved. */
  'rules.explain': z.strictObject({
    texts: z.array(z.string().max(MAX_BENCH_TEXT)).max(MAX_BENCH_LINES),
    rules: draftRulesSchema,
  }),
  /** Main shows a file dialog and returns the rules of the file as an unsaved draft; null when the user cancels. */
  'rules.import': nothing,
  /** Main shows a file dialog and writes the rules; false when the user cancels. */
  'rules.export': z.strictObject({ rules: draftRulesSchema }),
  'notifications.pause': z.strictObject({ until: z.enum(['half-hour', 'tomorrow']).nullable() }),
  'notifications.test': nothing,
  /** Explains why the user was notified of these calls of the history, or was not. */
  'notifications.why': z.strictObject({
    calls: z
      .array(z.strictObject({ id: z.string().max(2048), at: z.number(), direction: z.enum(['incoming', 'outgoing']) }))
      .max(200),
  }),
  /** Registers Traydial for one scheme, or with null for all. On Windows this opens the settings page for the choice. */
  'links.make-default': z.strictObject({ scheme: z.enum(LINK_SCHEMES).nullable() }),
  /** Ignores links and commands for ten minutes, or stops ignoring them. */
  'links.ignore': z.strictObject({ ignore: z.boolean() }),
  /** Checks again which program opens links. */
  'links.check': nothing,
  /** Adds or removes an AppImage's entry in the user's menu. */
  'links.set-entry': z.strictObject({ present: z.boolean() }),
  /** Waits up to ten seconds until the user presses the global shortcut. Dials nothing. */
  'shortcut.test': nothing,
  /** Disables the global shortcut while the user records a new one. */
  'shortcut.record': z.strictObject({ recording: z.boolean() }),
  'demo.make': z.strictObject({ event: z.enum(['incoming', 'colleague', 'transferred', 'missed']) }),
  /** The licences of all packages in the program. */
  'desktop.licences': nothing,
  'desktop.open-page': z.strictObject({ page: z.enum(HELP_PAGES) }),
  /** Copies the report about the last run, which did not end properly, to the clipboard. */
  'desktop.copy-report': nothing,
  /** Shows the file that a notice is about in the file manager, or Traydial's folder. */
  'desktop.show-file': z.strictObject({ id }),
  'desktop.dismiss-notice': z.strictObject({ id }),
  /** The user has finished or skipped the first steps. */
  'setup.finish': nothing,
  'window.hide': nothing,
} as const;

/** The names of all commands. */
export const COMMANDS = Object.keys(PAYLOADS) as (keyof typeof PAYLOADS)[];
