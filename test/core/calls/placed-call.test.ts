import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advancePlaced, newPlacedCall, type PlacedInput } from '../../../src/core/calls/placed-call.ts';
import { matchingCdr } from '../../../src/core/calls/placed-end.ts';
import type { PbxLeg } from '../../../src/core/pbx/types.ts';
import type { PlacedCall } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import { ADA, cdr, CUSTOMER, leg, NINE, PLAN, session, talking } from './support/sessions.ts';

/** Feeds inputs to a new call, one second apart. */
function play(...inputs: PlacedInput[]): PlacedCall {
  return inputs.reduce(
    (call, input, index) => advancePlaced(call, input, NINE + (index + 1) * 1000),
    newPlacedCall('k', PLAN, 'Grace', NINE),
  );
}

const ACCEPTED: PlacedInput = { type: 'accepted', sessionId: 'p' };
const seen = (...legs: PbxLeg[]): PlacedInput => ({ type: 'seen', session: session('p', ...legs), own: ADA });
const gone = (...legs: PbxLeg[]): PlacedInput => ({
  type: 'gone',
  last: { session: session('p', ...legs), at: NINE + 2_000 },
  own: ADA,
});
const NEVER_SEEN: PlacedInput = { type: 'gone', last: null, own: ADA };

const PHONE_RINGS = leg(CUSTOMER, '1001');
const PHONE_UP = talking(CUSTOMER, '1001', 2);
const OTHER_RINGS = leg('1001', CUSTOMER);
const OTHER_UP = talking('1001', CUSTOMER, 1);

test('The whole ladder: asked, my phone rings, I pick up and the other side rings, connected, over.', () => {
  const call = play(ACCEPTED, seen(PHONE_RINGS), seen(PHONE_UP), seen(PHONE_UP, OTHER_UP), gone(PHONE_UP, OTHER_UP));
  expect(call.reached).toEqual([
    { step: 'asking', at: NINE },
    { step: 'phone-ringing', at: NINE + 1000 },
    { step: 'other-ringing', at: NINE + 3000 },
    // The PBX says that they have talked for a second.
    { step: 'connected', at: NINE + 3000 },
    { step: 'ended', at: NINE + 5000 },
  ]);
  expect(call.end).toEqual({ reason: 'hung-up', sentence: 'Ended after 0:02.' });
});

test.each<[string, PbxLeg[], string]>([
  ['My phone rings', [PHONE_RINGS], 'phone-ringing'],
  ['The PBX lists both legs from the start, none answered', [PHONE_RINGS, OTHER_RINGS], 'phone-ringing'],
  ['I picked up', [PHONE_UP], 'other-ringing'],
  ['I picked up and the other side rings', [PHONE_UP, OTHER_RINGS], 'other-ringing'],
  [
    'A leg to somebody was answered beside one to the dialled number',
    [talking('x', '7000', 3), OTHER_RINGS],
    'other-ringing',
  ],
  ['Both talk', [PHONE_UP, OTHER_UP], 'connected'],
  ['A PBX that shows one leg only, not answered', [OTHER_RINGS], 'phone-ringing'],
  ['A PBX that shows one leg only, answered', [OTHER_UP], 'connected'],
  [
    'No talking times',
    [
      { ...PHONE_UP, talkingSeconds: null },
      { ...OTHER_UP, talkingSeconds: null },
    ],
    'phone-ringing',
  ],
  ['No talking time of the other side', [PHONE_UP, { ...OTHER_UP, talkingSeconds: null }], 'other-ringing'],
  ['The number went out with an outside line in front', [PHONE_UP, talking('1001', '9012015550123', 1)], 'connected'],
  ['A member of the group that I dialled answered', [PHONE_UP, talking('1001', '1007', 1)], 'connected'],
  ['My own phone, forwarded to a mobile, was answered', [talking(CUSTOMER, '+491600000000', 4)], 'phone-ringing'],
  ['Legs that say nothing', [leg('', '')], 'phone-ringing'],
  ['No legs', [], 'phone-ringing'],
])('%s: that is no more and no less than it shows.', (_, legs, step) => {
  expect(play(ACCEPTED, seen(...legs)).step).toBe(step);
});

test('A step that was never seen is absent, not invented.', () => {
  const steps = play(ACCEPTED, seen(PHONE_UP, OTHER_UP)).reached.map(({ step }) => step);
  expect(steps).toEqual(['asking', 'phone-ringing', 'connected']);
});

test('Steps do not go back when the PBX shows less than before.', () => {
  const call = play(ACCEPTED, seen(PHONE_UP, OTHER_UP), seen(PHONE_RINGS), seen(OTHER_RINGS), seen());
  expect(call.step).toBe('connected');
});

test.each<[string, PlacedInput[], string, string]>([
  [
    'My phone rang to the end',
    [seen(PHONE_RINGS), gone(PHONE_RINGS)],
    'phone-unanswered',
    'Your phone was not answered.',
  ],
  [
    'The other side rang to the end',
    [seen(PHONE_UP), gone(PHONE_UP)],
    'other-unanswered',
    'The other side did not answer or was busy.',
  ],
  [
    'One leg does not tell whose phone rang',
    [seen(OTHER_RINGS), gone(OTHER_RINGS)],
    'unknown',
    'The call ended before it was connected.',
  ],
  ['It was never seen', [NEVER_SEEN], 'unknown', 'The call is over. The PBX did not show how it went.'],
  ['I cancelled', [{ type: 'hanging-up' }, { type: 'hung-up' }], 'hung-up-here', 'You cancelled the call.'],
  ['It went while I was cancelling', [{ type: 'hanging-up' }, NEVER_SEEN], 'hung-up-here', 'You cancelled the call.'],
  [
    'I hung up',
    [seen(OTHER_UP), { type: 'hanging-up' }, { type: 'hung-up' }],
    'hung-up-here',
    'You hung up after 0:03.',
  ],
  [
    'It was lost sight of',
    [{ type: 'watch-failed' }, { type: 'lost' }],
    'unknown',
    'Traydial could not follow the call to its end.',
  ],
])('%s.', (_, inputs, reason, sentence) => {
  expect(play(ACCEPTED, ...inputs)).toMatchObject({
    step: 'ended',
    end: { reason, sentence },
    stale: false,
    hangingUp: false,
  });
});

test('An hour is told as an hour.', () => {
  const connected = play(ACCEPTED, seen(PHONE_UP, OTHER_UP));
  const end = advancePlaced(
    connected,
    { type: 'gone', last: { session: session('p', OTHER_UP), at: NINE + 3_903_000 }, own: ADA },
    NINE + 3_907_000,
  );
  expect(end.end?.sentence).toBe('Ended after 1:05:06.');
});

test('An end that is noticed after a night’s sleep does not make the call a night long; the history knows better.', () => {
  const connected = play(ACCEPTED, seen(PHONE_UP, OTHER_UP));
  const morning = NINE + 8 * 3_600_000;
  const last = { session: session('p', OTHER_UP), at: NINE + 21_000 };
  const call = advancePlaced(connected, { type: 'gone', last, own: ADA }, morning);
  expect(call.end?.sentence).toBe('Ended; you talked for at least 0:20.');
  const entry = cdr({ answeredAt: NINE + 1_000, endedAt: NINE + 76_000, endReason: 'CALLEE_DISCONNECTED' });
  const known = advancePlaced(call, { type: 'history', cdr: entry }, morning);
  expect(known.end?.sentence).toBe('The other side hung up after 1:15.');
});

test('Refused and unanswered requests end at once, with what to do next; no phone is said to ring.', () => {
  const refused = play({ type: 'refused', error: appError('dial-forbidden') });
  expect(refused).toMatchObject({ end: { reason: 'refused' }, error: { code: 'dial-forbidden' }, sessionId: null });
  const unanswered = play({ type: 'unanswered', error: appError('timed-out') });
  expect(unanswered).toMatchObject({ end: { reason: 'unanswered-request' }, error: { code: 'dial-unanswered' } });
  expect(unanswered.reached.map(({ step }) => step)).toEqual(['asking', 'ended']);
});

test('A call without an answer that shows up after all goes on; no other ended call ever does.', () => {
  const adopted: PlacedInput = { type: 'adopted', sessionId: 'late' };
  const back = play({ type: 'unanswered', error: appError('timed-out') }, adopted, seen(PHONE_UP));
  expect(back).toMatchObject({ step: 'other-ringing', sessionId: 'late', end: null, error: null });
  expect(back.reached.map(({ step }) => step)).toEqual(['asking', 'phone-ringing', 'other-ringing']);
  expect(play(ACCEPTED, NEVER_SEEN, adopted).step).toBe('ended');
});

test('While the PBX cannot be asked the step stays as last seen, and says so.', () => {
  expect(play(ACCEPTED, seen(PHONE_UP), { type: 'watch-failed' })).toMatchObject({
    step: 'other-ringing',
    stale: true,
  });
  expect(play(ACCEPTED, { type: 'watch-failed' }, seen(PHONE_RINGS)).stale).toBe(false);
});

test('When hanging up fails the call goes on, with the error; trying again takes it away.', () => {
  const failed: PlacedInput = { type: 'hang-up-failed', error: appError('hang-up-forbidden') };
  const call = play(ACCEPTED, { type: 'hanging-up' }, failed);
  expect(call).toMatchObject({ step: 'phone-ringing', hangingUp: false, error: { code: 'hang-up-forbidden' } });
  expect(advancePlaced(call, { type: 'hanging-up' }, NINE)).toMatchObject({ hangingUp: true, error: null });
});

test.each([
  [486, 'busy', 'The other side was busy.'],
  [600, 'busy', 'The other side was busy.'],
  [603, 'declined', 'The other side declined the call.'],
  [408, 'other-unanswered', 'The other side did not answer.'],
  [480, 'other-unanswered', 'The other side did not answer.'],
  [487, 'other-unanswered', 'The other side did not answer.'],
  [404, 'failed', 'The PBX found nobody at that number.'],
  [503, 'failed', 'The call failed; the PBX reported 503.'],
  [0, 'other-unanswered', 'The other side did not answer or was busy.'],
  [null, 'other-unanswered', 'The other side did not answer or was busy.'],
])('A call history that says %s makes it: %s.', (statusCode, reason, sentence) => {
  const history: PlacedInput = { type: 'history', cdr: cdr({ statusCode }) };
  expect(play(ACCEPTED, seen(PHONE_UP), gone(PHONE_UP), history).end).toEqual({ reason, sentence });
});

test('The history does not turn my own unanswered phone, or my hanging up, into the other side’s doing.', () => {
  const busy: PlacedInput = { type: 'history', cdr: cdr({ statusCode: 486 }) };
  expect(play(ACCEPTED, gone(PHONE_RINGS), busy).end?.reason).toBe('phone-unanswered');
  expect(play(ACCEPTED, { type: 'hung-up' }, busy).end?.reason).toBe('hung-up-here');
  expect(play(ACCEPTED, NEVER_SEEN, busy).end).toEqual({ reason: 'busy', sentence: 'The PBX reported busy.' });
});

test('The history tells who hung up, in any of its spellings, and of a call that was connected unseen.', () => {
  const ended = (endReason: string) =>
    play(ACCEPTED, seen(OTHER_UP), gone(OTHER_UP), { type: 'history', cdr: cdr({ endReason }) }).end?.sentence;
  expect(ended('CALLEE_DISCONNECTED')).toBe('The other side hung up after 0:02.');
  expect(ended('callee_disconnect')).toBe('The other side hung up after 0:02.');
  expect(ended('CALLER_DISCONNECT')).toBe('Hung up on your phone after 0:02.');
  expect(ended('BLIND_TRANSFER_COMPLETED')).toBe('Transferred after 0:02.');
  expect(ended('SOMETHING_NEW')).toBe('Ended after 0:02.');
  const unseen: PlacedInput = { type: 'history', cdr: cdr({ answeredAt: NINE, endedAt: NINE + 64_000 }) };
  expect(play(ACCEPTED, unseen).end).toEqual({ reason: 'hung-up', sentence: 'Ended after 1:04.' });
});

test('Only an entry of this call counts, not that of the call before to the same number.', () => {
  const call = play(ACCEPTED);
  const at = (startedAt: number, endedAt: number | null) => cdr({ startedAt, endedAt });
  const mine = at(NINE + 2_000, NINE + 30_000);
  expect(matchingCdr([cdr({ callee: '1002' }), mine], call, null)).toBe(mine);
  expect(matchingCdr([at(NINE - 4_000, NINE - 1_000)], call, null)).toBeNull();
  expect(matchingCdr([at(NINE - 60_000, NINE + 5_000)], call, null)).toBeNull();
  expect(matchingCdr([at(NINE + 400_000, NINE + 500_000)], call, null)).toBeNull();
  expect(matchingCdr([at(NINE, null), cdr({ startedAt: null })], call, null)).toBeNull();
});

test('A PBX whose clock is an hour off is understood once a leg has shown its time.', () => {
  const hour = 3_600_000;
  const entry = cdr({ startedAt: NINE + hour, endedAt: NINE + hour + 9_000 });
  expect(matchingCdr([entry], play(ACCEPTED), null)).toBeNull();
  const last = { session: session('p', leg('1001', CUSTOMER, { startedAt: NINE + hour })), at: NINE };
  expect(matchingCdr([entry], play(ACCEPTED), last)).toBe(entry);
});

test('Whatever comes, steps only go up, times too, and what is over stays over.', () => {
  const anyLeg = fc.constantFrom(PHONE_RINGS, PHONE_UP, OTHER_RINGS, OTHER_UP, leg('', ''), talking('x', 'y', 9));
  const error = fc.constant(appError('pbx-failed'));
  const legs = fc.array(anyLeg, { maxLength: 3 });
  const input: fc.Arbitrary<PlacedInput> = fc.oneof(
    fc.constant(ACCEPTED),
    legs.map((some) => seen(...some)),
    legs.map((some) => seen(...some)),
    legs.map((some) => gone(...some)),
    fc.constantFrom<PlacedInput>(
      { type: 'watch-failed' },
      { type: 'hanging-up' },
      { type: 'hung-up' },
      { type: 'lost' },
    ),
    error.map((value): PlacedInput => ({ type: 'hang-up-failed', error: value })),
    error.map((value): PlacedInput => ({ type: 'refused', error: value })),
    fc.integer({ min: 0, max: 700 }).map((statusCode): PlacedInput => ({ type: 'history', cdr: cdr({ statusCode }) })),
  );
  const ladder = ['asking', 'phone-ringing', 'other-ringing', 'connected', 'ended'];
  fc.assert(
    fc.property(fc.array(input, { maxLength: 20 }), (inputs) => {
      const call = play(...inputs);
      const ranks = call.reached.map(({ step }) => ladder.indexOf(step));
      expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
      const times = call.reached.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(call.end !== null).toBe(call.step === 'ended');
    }),
  );
});
