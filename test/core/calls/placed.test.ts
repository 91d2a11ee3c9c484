import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordOf } from '../../../src/core/pbx/records.ts';
import { listedLegs, newListedLeg } from '../../../src/core/calls/legs.ts';
import type { Leg, PlacedCallState } from '../../../src/core/calls/model.ts';
import { OwnPhones } from '../../../src/core/numbers/own-numbers.ts';
import { matchingCdr } from '../../../src/core/dial/placed-watch.ts';
import { advance, newPlacedCallState, type PlacedInput } from '../../../src/core/calls/placed.ts';
import type { PbxCdr, PbxLeg } from '../../../src/core/pbx/types.ts';
import { endWords } from '../../../src/renderer/lib/end-words.ts';
import { ENGLISH as ERRORS } from '../../../src/messages/error-messages.ts';
import { ENGLISH as WINDOW } from '../../../src/messages/window.ts';
import type { PlacedCall } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import { ADA, cdr, CUSTOMER, leg, NINE, PLAN, talking } from './support/sessions.ts';

const MESSAGES = { ...WINDOW, ...ERRORS };

const OWN = new OwnPhones(ADA);
/** Monotonic ms at the beginning, when it is nine. */
const BEGIN = 500_000;
const EPOCH = NINE - BEGIN;
const at = (seconds: number) => ({ at: BEGIN + seconds * 1000, monotonicToWallMs: EPOCH });

type Input = PlacedInput | ((seconds: number) => PlacedInput);

/** Feeds inputs to a new call, one second apart. */
function placing(...inputs: Input[]): PlacedCallState {
  return inputs.reduce<PlacedCallState>(
    (call, input, index) => advance(call, typeof input === 'function' ? input(index + 1) : input, at(index + 1)),
    newPlacedCallState({ key: 'k', plan: PLAN, name: 'Grace', phone: '1001' }, { ...at(0), seq: 0 }),
  );
}

const play = (...inputs: Input[]): PlacedCall => placing(...inputs).call;

/** The legs as the list shows them `seconds` after nine. */
function legsAt(legs: readonly PbxLeg[], seconds: number): Leg[] {
  return listedLegs(legs, OWN).map(({ ends, talking: talked }) => {
    const state = talked === null ? 'unknown' : talked > 0 ? 'talking' : 'ringing';
    const answeredAt = state === 'talking' ? BEGIN + (seconds - (talked ?? 0)) * 1000 : null;
    return newListedLeg(ends, { state, answeredAt, answeredBy: null, rangAt: null, countedFrom: null });
  });
}

const ACCEPTED: PlacedInput = { type: 'accepted', sessionId: 'p' };
const GONE: PlacedInput = { type: 'gone' };
const seen =
  (...legs: PbxLeg[]): Input =>
  (seconds) => ({ type: 'seen', legs: legsAt(legs, seconds) });
const history = (entry: PbxCdr): PlacedInput => ({ type: 'record', record: recordOf(entry) });

const PHONE_RINGS = leg(CUSTOMER, '1001');
const PHONE_UP = talking(CUSTOMER, '1001', 2);
const OTHER_RINGS = leg('1001', CUSTOMER);
const OTHER_UP = talking('1001', CUSTOMER, 1);

test('The whole steps: asked, my phone rings, I pick up and the other side rings, connected, over.', () => {
  const call = play(ACCEPTED, seen(PHONE_RINGS), seen(PHONE_UP), seen(PHONE_UP, OTHER_UP), GONE);
  expect(call.reached).toEqual([
    { step: 'requested', at: NINE },
    { step: 'phone-ringing', at: NINE + 1000 },
    { step: 'other-ringing', at: NINE + 3000 },
    // The PBX says that they have talked for a second.
    { step: 'connected', at: NINE + 3000 },
    { step: 'ended', at: NINE + 5000 },
  ]);
  expect(call.end).toMatchObject({ reason: 'hung-up', by: null, talkedMs: 2_000, atLeast: false });
  expect(endWords(call, MESSAGES)).toBe('Ended after 0:02.');
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

test('leaves out a step that was never seen', () => {
  const steps = play(ACCEPTED, seen(PHONE_UP, OTHER_UP)).reached.map(({ step }) => step);
  expect(steps).toEqual(['requested', 'phone-ringing', 'connected']);
});

test('does not go back a step when the PBX shows less than before', () => {
  const call = play(ACCEPTED, seen(PHONE_UP, OTHER_UP), seen(PHONE_RINGS), seen(OTHER_RINGS), seen());
  expect(call.step).toBe('connected');
});

test.each<[string, Input[], string, string]>([
  ['My phone rang to the end', [seen(PHONE_RINGS), GONE], 'phone-unanswered', "You didn't pick up."],
  ['The other side rang to the end', [seen(PHONE_UP), GONE], 'other-unanswered', 'No answer, or busy.'],
  [
    'One leg does not show whose phone rang',
    [seen(OTHER_RINGS), GONE],
    'unknown',
    'The call ended before it was connected.',
  ],
  ['It was never seen', [GONE], 'unknown', "Call ended – the PBX didn't say how."],
  ['I cancelled', [{ type: 'hanging-up' }, { type: 'hung-up' }], 'hung-up-here', 'You cancelled the call.'],
  ['It went while I was cancelling', [{ type: 'hanging-up' }, GONE], 'hung-up-here', 'You cancelled the call.'],
  [
    'I hung up',
    [seen(OTHER_UP), { type: 'hanging-up' }, { type: 'hung-up' }],
    'hung-up-here',
    'You hung up after 0:03.',
  ],
  [
    'Nothing was known of it for ten minutes',
    [{ type: 'watch-failed' }, { type: 'lost' }],
    'lost',
    "Traydial couldn't follow the call to its end.",
  ],
])('%s.', (_, inputs, reason, sentence) => {
  const call = play(ACCEPTED, ...inputs);
  expect(call).toMatchObject({ step: 'ended', end: { reason }, stale: false, hangingUp: false });
  expect(endWords(call, MESSAGES)).toBe(sentence);
});

test('writes an hour as an hour', () => {
  const connected = placing(ACCEPTED, seen(PHONE_UP, OTHER_UP));
  const looked = advance(connected, { type: 'confirmed' }, at(3_903));
  expect(endWords(advance(looked, GONE, at(3_907)).call, MESSAGES)).toBe('Ended after 1:05:06.');
});

test('gives an end noticed after a night’s sleep a minimum duration, and takes the exact one from the history', () => {
  const connected = placing(ACCEPTED, seen(PHONE_UP, OTHER_UP));
  const looked = advance(connected, { type: 'confirmed' }, at(21));
  const morning = at(8 * 3_600);
  const over = advance(looked, GONE, morning);
  expect(over.call.end).toMatchObject({ talkedMs: 20_000, atLeast: true });
  expect(endWords(over.call, MESSAGES)).toBe('Ended after at least 0:20.');
  const entry = cdr({ answeredAt: NINE + 1_000, endedAt: NINE + 76_000, endReason: 'CALLEE_DISCONNECTED' });
  expect(endWords(advance(over, history(entry), morning).call, MESSAGES)).toBe('They hung up after 1:15.');
});

test('ends refused and unanswered requests at once with their error, and claims no ringing phone', () => {
  const refused = play({ type: 'refused', error: appError('dial-forbidden') });
  expect(refused).toMatchObject({ end: { reason: 'refused' }, error: { code: 'dial-forbidden' }, sessionId: null });
  const unanswered = play({ type: 'unanswered', error: appError('timed-out') });
  expect(unanswered).toMatchObject({ end: { reason: 'unanswered-request' }, error: { code: 'dial-unanswered' } });
  expect(unanswered.reached.map(({ step }) => step)).toEqual(['requested', 'ended']);
});

test('resumes the call of an unanswered request that shows up, and no other ended call', () => {
  const adopted: PlacedInput = { type: 'matched', sessionId: 'late' };
  const back = play({ type: 'unanswered', error: appError('timed-out') }, adopted, seen(PHONE_UP));
  expect(back).toMatchObject({ step: 'other-ringing', sessionId: 'late', end: null, error: null });
  expect(back.reached.map(({ step }) => step)).toEqual(['requested', 'phone-ringing', 'other-ringing']);
  expect(play(ACCEPTED, GONE, adopted).step).toBe('ended');
});

test('keeps the last step as stale while polls fail', () => {
  expect(play(ACCEPTED, seen(PHONE_UP), { type: 'watch-failed' })).toMatchObject({
    step: 'other-ringing',
    stale: true,
  });
  expect(play(ACCEPTED, { type: 'watch-failed' }, seen(PHONE_RINGS)).stale).toBe(false);
});

test('keeps the call with the error when hanging up fails, and removes the error at the next attempt', () => {
  const failed: PlacedInput = { type: 'hang-up-failed', error: appError('hang-up-forbidden') };
  const call = play(ACCEPTED, { type: 'hanging-up' }, failed);
  expect(call).toMatchObject({ step: 'phone-ringing', hangingUp: false, error: { code: 'hang-up-forbidden' } });
  expect(play(ACCEPTED, { type: 'hanging-up' }, failed, { type: 'hanging-up' })).toMatchObject({
    hangingUp: true,
    error: null,
  });
});

test.each([
  [486, 'busy', 'Busy.'],
  [600, 'busy', 'Busy.'],
  [603, 'declined', 'Declined.'],
  [408, 'other-unanswered', 'No answer.'],
  [480, 'other-unanswered', 'No answer.'],
  [487, 'other-unanswered', 'No answer.'],
  [404, 'failed', 'The PBX found nobody at this number.'],
  [503, 'failed', 'The call failed; the PBX reported 503.'],
  [0, 'other-unanswered', 'No answer, or busy.'],
  [null, 'other-unanswered', 'No answer, or busy.'],
])('A call history that says %s makes it: %s.', (statusCode, reason, sentence) => {
  const call = play(ACCEPTED, seen(PHONE_UP), GONE, history(cdr({ statusCode })));
  expect(call.end?.reason).toBe(reason);
  expect(endWords(call, MESSAGES)).toBe(sentence);
});

test('does not take my own unanswered phone or my hanging up as the other side’s when the history adds its entry', () => {
  const busy = history(cdr({ statusCode: 486 }));
  expect(play(ACCEPTED, seen(PHONE_RINGS), GONE, busy).end?.reason).toBe('phone-unanswered');
  expect(play(ACCEPTED, { type: 'hung-up' }, busy).end?.reason).toBe('hung-up-here');
  const unseen = play(ACCEPTED, GONE, busy);
  expect(unseen.end?.reason).toBe('busy');
  expect(endWords(unseen, MESSAGES)).toBe('The PBX reported busy.');
});

test('takes from the history who hung up, in any spelling, and that an unseen call was connected', () => {
  const ended = (endReason: string) =>
    endWords(play(ACCEPTED, seen(OTHER_UP), GONE, history(cdr({ endReason }))), MESSAGES);
  expect(ended('CALLEE_DISCONNECTED')).toBe('They hung up after 0:02.');
  expect(ended('callee_disconnect')).toBe('They hung up after 0:02.');
  expect(ended('CALLER_DISCONNECT')).toBe('You hung up your phone after 0:02.');
  expect(ended('BLIND_TRANSFER_COMPLETED')).toBe('Transferred after 0:02.');
  expect(ended('SOMETHING_NEW')).toBe('Ended after 0:02.');
  const unseen = history(cdr({ answeredAt: NINE, endedAt: NINE + 64_000 }));
  expect(play(ACCEPTED, unseen).end).toMatchObject({ reason: 'hung-up', talkedMs: 64_000 });
});

test('uses only the history entry of this call, not that of an earlier call to the same number', () => {
  const call = placing(ACCEPTED);
  const entry = (startedAt: number, endedAt: number | null) => cdr({ startedAt, endedAt });
  const mine = entry(NINE + 2_000, NINE + 30_000);
  expect(matchingCdr([cdr({ callee: '1002' }), mine], call, 0)).toBe(mine);
  expect(matchingCdr([entry(NINE - 4_000, NINE - 1_000)], call, 0)).toBeNull();
  expect(matchingCdr([entry(NINE - 60_000, NINE + 5_000)], call, 0)).toBeNull();
  expect(matchingCdr([entry(NINE + 400_000, NINE + 500_000)], call, 0)).toBeNull();
  expect(matchingCdr([entry(NINE, null), cdr({ startedAt: null })], call, 0)).toBeNull();
});

test('finds the entry at a PBX whose clock is an hour off, once a leg or the difference is known', () => {
  const hour = 3_600_000;
  const entry = cdr({ startedAt: NINE + hour, endedAt: NINE + hour + 9_000 });
  expect(matchingCdr([entry], placing(ACCEPTED), 0)).toBeNull();
  expect(matchingCdr([entry], placing(ACCEPTED), -hour)).toBe(entry);
  const call = placing(ACCEPTED, seen(leg('1001', CUSTOMER, { startedAt: NINE + hour })));
  expect(matchingCdr([entry], call, 0)).toBe(entry);
});

test('steps and times only go up, and an ended call stays ended, whatever the input', () => {
  const anyLeg = fc.constantFrom(PHONE_RINGS, PHONE_UP, OTHER_RINGS, OTHER_UP, leg('', ''), talking('x', 'y', 9));
  const error = fc.constant(appError('pbx-failed'));
  const legs = fc.array(anyLeg, { maxLength: 3 });
  const input: fc.Arbitrary<Input> = fc.oneof(
    fc.constant(ACCEPTED),
    legs.map((some) => seen(...some)),
    legs.map((some) => seen(...some)),
    fc.constant(GONE),
    fc.constantFrom<PlacedInput>(
      { type: 'watch-failed' },
      { type: 'hanging-up' },
      { type: 'hung-up' },
      { type: 'lost' },
    ),
    error.map((value): PlacedInput => ({ type: 'hang-up-failed', error: value })),
    error.map((value): PlacedInput => ({ type: 'refused', error: value })),
    fc.integer({ min: 0, max: 700 }).map((statusCode) => history(cdr({ statusCode }))),
  );
  const steps = ['requested', 'phone-ringing', 'other-ringing', 'connected', 'ended'];
  fc.assert(
    fc.property(fc.array(input, { maxLength: 20 }), (inputs) => {
      const call = play(...inputs);
      const ranks = call.reached.map(({ step }) => steps.indexOf(step));
      expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
      const times = call.reached.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(call.end !== null).toBe(call.step === 'ended');
    }),
  );
});
