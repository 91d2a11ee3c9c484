import { z } from 'zod';
import type { SessionList } from '../../src/core/pbx/types.ts';

/** The valid results, whatever the PBX sent: one schema for each kind of result. */

const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((found) => found.isWellFormed(), 'half a character');
const time = z.number().positive().max(8.64e15).nullable();
const seconds = z.int().min(0).max(0xffff_ffff).nullable();
const id = text(512).min(1);
const token = z.string().regex(/^[\x21-\x7e]+$/);
const syncToken = text(2048).min(1);
const YEAR_MS = 366 * 24 * 3600 * 1000;

const session = z.strictObject({
  id,
  legs: z.array(
    z.strictObject({
      caller: text(256),
      callerName: text(1024),
      callee: text(256),
      trunk: text(256),
      startedAt: time,
      talkingSeconds: seconds,
    }),
  ),
});
const list = z.strictObject({
  sessions: z.array(session),
  dropped: z.int().min(0),
  total: z.int().min(0),
  pbxTime: time,
});

const tokens = z.strictObject({
  accessToken: token,
  refreshToken: z.union([z.literal(''), token]),
  expiresAt: z
    .number()
    .min(0)
    .refine((at) => at < Date.now() + YEAR_MS),
  flow: z.enum(['json', 'oauth', 'v16']),
});

const cdr = z.strictObject({
  caller: text(256),
  callee: text(256),
  startedAt: time,
  answeredAt: time,
  endedAt: time,
  endReason: text(256),
  callerName: text(1024),
  did: text(64),
  statusCode: seconds,
  overTrunk: z.literal(true).exactOptional(),
});

const country = z.string().regex(/^([A-Z]{2})?$/);

const tenant = z.strictObject({ country, zoneCountry: country, matchLength: z.int().min(3).max(15).nullable() });

const user = z.strictObject({
  username: text(1024),
  displayName: text(1024),
  extension: text(256),
  otherNumbers: z.array(text(256).min(1)),
  lineCountry: country,
  zoneCountry: country,
});

export const GOOD = {
  nothing: z.null(),
  server: z.object({ origin: z.string(), tenant: text(256) }),
  tokens,
  step: z.union([
    z.strictObject({ step: z.literal('done'), tokens }),
    z.strictObject({ step: z.literal('code'), challenge: z.strictObject({ token }) }),
  ]),
  account: z.strictObject({
    state: z.enum(['ok', 'no-extension', 'no-tenant', 'password-change-needed']),
    role: text(200),
    capabilities: z.array(text(200).min(1)).max(1000),
    user: user.nullable(),
  }),
  user,
  tenant,
  count: z.int().min(0),
  list: list satisfies z.ZodType<SessionList>,
  session,
  created: z.strictObject({ id }),
  status: z.strictObject({ activity: z.enum(['idle', 'ringing', 'on-call', 'unknown']), pbxTime: time }),
  cdrs: z.array(cdr),
  syncToken,
  diff: z.strictObject({
    token: syncToken,
    changes: z.array(z.strictObject({ id, change: z.enum(['created', 'updated', 'deleted']), legs: z.array(cdr) })),
  }),
};

/** The valid push events. */
export const GOOD_EVENT = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('extension'),
    extension: text(256).min(1),
    activity: z.enum(['idle', 'ringing', 'on-call', 'unknown']),
    at: time,
  }),
  z.strictObject({
    type: z.literal('call'),
    sessionId: id,
    direction: z.enum(['internal', 'inbound', 'outbound', 'inbound-outbound']).nullable(),
    caller: text(256),
    callerName: text(1024),
    callee: text(256),
    calleeName: text(1024),
    at: time,
  }),
  z.strictObject({
    type: z.literal('target'),
    change: z.enum(['add', 'ringing', 'answer', 'noanswer', 'fail', 'end']),
    sessionId: id,
    direction: z.enum(['internal', 'inbound', 'outbound', 'inbound-outbound']).nullable(),
    caller: text(256),
    destination: text(256),
    at: time,
  }),
  z.strictObject({
    type: z.literal('call-over'),
    sessionId: id,
    caller: text(256),
    callerName: text(1024),
    callee: text(256),
    trunk: text(256),
    answeredAt: time,
    endedAt: time,
    endReason: text(64),
    statusCode: z.int().nullable(),
    callStatus: z.string().max(64),
    targets: z.array(z.strictObject({ number: text(256), answeredAt: time, endedAt: time })).max(64),
  }),
]);
