import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { dialOptionsSchema } from '../../core/settings/schema.ts';
import type { DialOptions } from '../../shared/dial.ts';
import type { CommandName, Payload } from '../../shared/ipc.ts';
import { MAX_BENCH_LINES, MAX_BENCH_TEXT } from '../../shared/rule-bench.ts';
import { dialRuleSchema, dialRulesSchema } from '../../core/dial/rules/rule-schema.ts';
import { LINK_SCHEMES } from '../../shared/links.ts';
import { HELP_PAGES } from '../../shared/pages.ts';
import { favouriteSchema } from '../../core/people/favourites.ts';

const nothing = z.null();
const id = z.string().min(1).max(256);
/** Of a saved account: user name, domain and address together. */
const key = z.string().min(1).max(1024);
const address = z.string().max(300);
const fingerprint = z.string().regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/);

const server = { address, domain: z.string().max(280), trustFingerprint: fingerprint.nullable() };

/** Bounded here only: what is too long for a field is judged where it can be explained. */
const text = z.string().max(4096);
const someDialOptions = dialOptionsSchema
  .extend({
    callerDisplayName: text,
    trunk: text,
    rewriteFrom: text,
    rewritePai: text,
    rewriteRpi: text,
    userData: text,
    target: text,
    targetInstanceId: text,
    targetExtensionNumber: text,
  })
  .partial()
  // Without the keys that are absent: an override of `undefined` would stand for nothing.
  .transform((options): Partial<DialOptions> =>
    Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  );

const draftText = z.string().max(2000);

/** Rules that are being written: what is wrong with them is for checkRules to say. */
const draftRules = z.strictObject({
  country: draftText,
  areaCode: draftText,
  extensions: draftText,
  rules: z
    .array(
      z.strictObject({
        id: draftText,
        name: draftText,
        enabled: z.boolean(),
        target: dialRuleSchema.shape.target,
        pattern: draftText,
        form: dialRuleSchema.shape.form,
        replacement: draftText,
        internationalPrefix: draftText,
        outsidePrefix: draftText,
        trunk: draftText,
        callerId: draftText,
      }),
    )
    .max(200),
});

/**
 * What each command accepts. Text to dial is bounded here and judged by the dial plan, which explains itself better.
 */
export const PAYLOADS: { [C in CommandName]: z.ZodType<Payload<C>> } = {
  'state.get': nothing,
  'account.test': z.strictObject(server),
  'account.sign-in': z.strictObject({
    ...server,
    username: z.string().max(64),
    password: z.string().max(1024),
    remember: z.boolean(),
  }),
  'account.enter-code': z.strictObject({ code: z.string().max(1024) }),
  'account.send-code': nothing,
  'account.cancel-code': nothing,
  'account.start-demo': nothing,
  'account.sign-out': nothing,
  'account.switch': z.strictObject({ key }),
  'account.add': nothing,
  'account.remove': z.strictObject({ key }),
  'account.forget-certificate': z.strictObject({ address }),
  'account.accept-certificate': z.strictObject({ sha256: fingerprint }),
  'trust.choose-authorities': nothing,
  'dial.preview': z.strictObject({ text: z.string().max(100_000) }),
  'dial.place': z.strictObject({
    text: z.string().max(100_000),
    options: someDialOptions.nullable(),
    choice: z.string().max(64).nullable(),
  }),
  'dial.answer-request': z.strictObject({ id, accept: z.boolean(), choice: z.int().min(0).max(1000).optional() }),
  'dial.hang-up': z.strictObject({ sessionId: z.string().max(1024) }),
  'dial.dismiss': nothing,
  // Nothing that a page could have put there for another program.
  'clipboard.copy': z.strictObject({ text: z.string().regex(/^[0-9*#,]{1,64}$/) }),
  'calls.refresh': nothing,
  'calls.find': z.strictObject({ text: z.string().max(256) }),
  'recents.clear': nothing,
  'recents.remove': z.strictObject({ id: z.string().max(2048) }),
  'favourites.set': z.strictObject({ ...favouriteSchema.shape, favourite: z.boolean() }),
  'own-numbers.set': z.strictObject({ number: z.string().max(4096), mine: z.boolean() }),
  // core/settings checks each key and can say what is wrong with a value. Only `trust` is checked here: a page may
  // clear the file of authorities but not name one; the user does that in a dialog of the system.
  'settings.change': z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .refine(({ trust }) => trust === undefined || isDeepStrictEqual(trust, { authoritiesFile: '' }), {
      path: ['trust'],
    }),
  'rules.explain': z.strictObject({
    texts: z.array(z.string().max(MAX_BENCH_TEXT)).max(MAX_BENCH_LINES),
    rules: draftRules,
  }),
  'rules.import': nothing,
  'rules.export': z.strictObject({ rules: dialRulesSchema }),
  'notifications.pause': z.strictObject({ until: z.enum(['half-hour', 'tomorrow']).nullable() }),
  'notifications.test': nothing,
  'links.make-default': z.strictObject({ scheme: z.enum(LINK_SCHEMES).nullable() }),
  'links.check': nothing,
  'links.set-entry': z.strictObject({ present: z.boolean() }),
  'shortcut.test': nothing,
  'shortcut.record': z.strictObject({ recording: z.boolean() }),
  'demo.make': z.strictObject({ event: z.enum(['incoming', 'colleague', 'transferred', 'missed']) }),
  'desktop.licences': nothing,
  'desktop.open-page': z.strictObject({ page: z.enum(HELP_PAGES) }),
  'desktop.copy-report': nothing,
  'desktop.dismiss-notice': z.strictObject({ id }),
  'window.hide': nothing,
};
