import type { Dialect, ListedLeg, Subscription } from '../../src/demo/dialect.ts';
import { trunkFor } from '../../src/demo/office.ts';
import type { Session } from '../../src/demo/switchboard.ts';

/**
 * How a PBX may describe the same calls differently from the demo office. Each of these changes one thing, so they can
 * be spread together: `{ ...ONE_LEG, ...TALKING_SINCE_START }`. No capture of a real PBX exists: each is what a
 * document says, or what it leaves open.
 */
type Change = Partial<Dialect>;

// How a placed call is listed. The demo office rings the caller's phone on a leg of its own.

/** One leg from the caller to the number that was dialled, from the first ring of the caller's own phone on. */
export const ONE_LEG: Change = { placedLegs: oneLeg };

/** A placed call is listed only once the caller's phone was picked up. */
export const LATE: Change = {
  isListed: ({ placed, legs }) => placed === null || legs.some(({ answeredAt }) => answeredAt !== null),
};

function oneLeg({ placed, legs, past }: Session): ListedLeg[] | null {
  const [first] = [...past, ...legs].toSorted((a, b) => a.serial - b.serial);
  if (placed === null || first === undefined) return null;
  const { caller, callerName, callee } = placed;
  const other = legs.find((leg) => leg.callee === callee);
  const trunk = other?.trunk ?? trunkFor(callee);
  return [
    { serial: first.serial, caller, callerName, callee, trunk, answeredAt: other?.answeredAt ?? null, endedAt: null },
  ];
}

// The meaning of `talking_time`. The demo office counts started seconds after the leg was answered.

/** "The duration of the call session in seconds" (OpenAPI 22.2 GET /sessions), read literally. */
export const TALKING_SINCE_START: Change = {
  talkingTime: ({ startedAt }, _leg, now) => Math.floor((now - startedAt) / 1000),
};

/** Whole seconds since the leg was answered: 0 in the first one. */
export const TALKING_ROUNDED_DOWN: Change = {
  talkingTime: (_session, { answeredAt }, now) => (answeredAt === null ? 0 : Math.floor((now - answeredAt) / 1000)),
};

/** One published page of the 22.0 API leaves the field out. */
export const TALKING_MISSING: Change = { talkingTime: () => null };

export const TALKING_SOMETIMES: Change = {
  talkingTime: (_session, { serial, answeredAt }, now) =>
    serial % 3 === 0 ? null : answeredAt === null ? 0 : Math.ceil((now - answeredAt) / 1000),
};

export const TALKING_AS_TEXT: Change = { writeSeconds: String };

/** Legs that have ended stay in the list while their call continues, as they do in `call_targets`. */
export const KEEPS_ENDED_LEGS: Change = { keepsEndedLegs: true };

// How the state of a phone is reported.

const idleOf22 = { status: 'ONLINE', presence: 'AVAILABLE', callStatus: '' };
const onCallOf22 = { status: 'ON_CALL', presence: 'ON_CALL', callStatus: 'ON_CALL' };

/** GET /user/status of 22.2 has no value for ringing; push has. */
export const STATUS_OF_22_2: Change = {
  phone: { idle: idleOf22, ringing: { ...onCallOf22, callStatus: 'RINGING' }, talking: onCallOf22 },
};

/** As 22.2, and push has no value for ringing either. */
export const RINGING_IS_ON_CALL: Change = { phone: { idle: idleOf22, ringing: onCallOf22, talking: onCallOf22 } };

/** A phone that rings is idle, and nothing is pushed when it starts to ring. */
export const RINGING_IS_IDLE: Change = {
  phone: { idle: idleOf22, ringing: { ...idleOf22, callStatus: null }, talking: onCallOf22 },
};

/** "WebSocket pub/sub" names dialling, receiving and disconnecting a call as occasions, and not answering. */
export const ANSWERS_NOT_PUSHED: Change = { pushesAnswers: false };

// How subscriptions end.

export const subscriptions = (extensions: Subscription, calls: Subscription): Change => ({
  subscriptions: { extension_events: extensions, cdr_events: calls },
});

/** The topics that only a role like Administrator is granted (WSI 22.3, Permission), refused with a status. */
export const NO_TOPICS = subscriptions('refused', 'refused');

export const NO_SNAPSHOT: Change = { snapshot: false };

/** Push takes no access token. */
export const PUSH_BY_PASSWORD: Change = { pushTakes: ['password'] };

// The history entry of a phone that rang until another phone took the call.

/** Up to 22.5, by one reading: no entry. */
export const ELSEWHERE_UNRECORDED: Change = { elsewhere: null };

/** Up to 22.5, by another: the entry of any other call that nobody answered. */
export const ELSEWHERE_AS_MISSED: Change = { elsewhere: { reason: 'CANCELLED', statusCode: 487 } };

/**
 * From 22.6 on: "Call Completed Elsewhere" (release notes). Which field says so is not documented; 200 is what the SIP
 * header Reason carries then (RFC 3326).
 */
export const ELSEWHERE_RECORDED: Change = { elsewhere: { reason: 'CALL_COMPLETED_ELSEWHERE', statusCode: 200 } };

/** The history does not say who ended a call. */
export const NO_END_REASONS: Change = { endReason: () => '' };

/** All entries of a call appear when it ends, like `call_cdr`. */
export const ENTRIES_AT_THE_END: Change = { writesEntries: 'by-call' };

/** By the names that `npm run demo:pbx -- --dialect` knows. */
export const DIALECTS: Readonly<Record<string, Change>> = {
  'one-leg': ONE_LEG,
  late: LATE,
  'talking-since-start': TALKING_SINCE_START,
  'talking-rounded-down': TALKING_ROUNDED_DOWN,
  'talking-missing': TALKING_MISSING,
  'talking-as-text': TALKING_AS_TEXT,
  'keeps-ended-legs': KEEPS_ENDED_LEGS,
  'status-22-2': STATUS_OF_22_2,
  'ringing-is-on-call': RINGING_IS_ON_CALL,
  'ringing-is-idle': RINGING_IS_IDLE,
  'answers-not-pushed': ANSWERS_NOT_PUSHED,
  'no-snapshot': NO_SNAPSHOT,
  'elsewhere-as-missed': ELSEWHERE_AS_MISSED,
  'elsewhere-recorded': ELSEWHERE_RECORDED,
  'no-end-reasons': NO_END_REASONS,
  'entries-at-the-end': ENTRIES_AT_THE_END,
};

/** The dialects of comma-separated names; throws a sentence for the user about an unknown name. */
export function dialectsNamed(text: string | undefined): Change {
  const names = text?.split(',') ?? [];
  const changes = names.map((name) => {
    const change = DIALECTS[name];
    if (change === undefined) throw new Error(`--dialect takes ${Object.keys(DIALECTS).join(', ')}, not "${name}"`);
    return change;
  });
  return Object.assign({}, ...changes) as Change;
}
