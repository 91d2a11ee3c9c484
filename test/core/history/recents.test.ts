import { expect, test } from 'vitest';
import {
  addRecent,
  MAX_RECENTS,
  parseRecents,
  recentFromEvent,
  recentFromPlaced,
  removeRecent,
} from '../../../src/core/history/recents.ts';
import { nameFor } from '../../../src/shared/same-number.ts';
import type { Call, CallEvent } from '../../../src/shared/call.ts';
import type { EndReason, PlacedCall, RecentCall } from '../../../src/shared/dial.ts';

/** What becomes of a list with these events. */
const addEvents = (list: RecentCall[], events: readonly CallEvent[], endedHere: ReadonlySet<string> = new Set()) =>
  events.reduce((all, event) => {
    const found = recentFromEvent(event, endedHere);
    return found === null ? all : addRecent(all, found);
  }, list);

const NINE = Date.UTC(2026, 0, 5, 9, 0, 0);

const recent = (more: Partial<RecentCall> = {}): RecentCall => ({
  id: '884757570370146304',
  number: '+12015550123',
  name: 'Anna Smith',
  direction: 'incoming',
  outcome: 'connected',
  at: NINE,
  seconds: 60,
  provenance: 'caller',
  ...more,
});

const call = (more: Partial<Call> = {}): Call => ({
  id: '884757570370146304',
  mine: true,
  direction: 'incoming',
  state: 'ringing',
  caller: { number: '+12015550123', name: 'Anna Smith' },
  callee: { number: '1001', name: 'Me' },
  other: { number: '+12015550123', name: 'Anna Smith' },
  trunk: 'Main',
  startedAt: NINE,
  answeredAt: null,
  placedHere: false,
  ...more,
});

const placed = (more: Partial<PlacedCall> = {}): PlacedCall => ({
  key: 'placed-1',
  sessionId: '884757570370146304',
  plan: {
    input: '1002',
    shown: '1002',
    number: '1002',
    dial: '1002',
    kind: 'extension',
    e164: null,
    digitsAfterAnswer: null,
    rule: null,
    trunk: '',
    callerId: '',
    warnings: [],
    afterRules: null,
    provenance: 'typed',
  },
  name: 'Ben',
  step: 'ended',
  reached: [
    { step: 'requested', at: NINE },
    { step: 'connected', at: NINE + 10_000 },
    { step: 'ended', at: NINE + 75_400 },
  ],
  phoneRings: true,
  end: { reason: 'hung-up', by: null, talkedMs: 65_400, atLeast: false, status: null, followedToEnd: true },
  error: null,
  hangingUp: false,
  stale: false,
  ...more,
});

test('a call whose other party is unknown is an entry when it was missed, but not when it ended', () => {
  const nameless = call({ id: 'push:1001:5:1', other: { number: '', name: '' } });
  expect(recentFromEvent({ type: 'ended', call: nameless, at: NINE + 20_000 })).toBeNull();
  expect(recentFromEvent({ type: 'missed', call: nameless, at: NINE + 20_000 })?.outcome).toBe('missed');
});

test("a call that the user ended while it rang is declined, whatever the PBX's history reports later", () => {
  const ringing = call({ state: 'ringing', answeredAt: null, direction: 'incoming' });
  const ended: CallEvent = { type: 'ended', call: ringing, at: NINE + 5_000 };
  expect(addEvents([], [ended])[0]?.outcome).toBe('unanswered');
  const declined = addEvents([], [ended], new Set([ringing.id]));
  expect(declined[0]?.outcome).toBe('declined');
  expect(addEvents(declined, [{ ...ended, type: 'missed' }])[0]?.outcome).toBe('declined');
  const talked = call({ state: 'talking', answeredAt: NINE, direction: 'incoming' });
  expect(addEvents([], [{ ...ended, call: talked }], new Set([talked.id]))[0]?.outcome).toBe('connected');
});

test('the newest call comes first, whatever the order of the reports', () => {
  const late = recent({ id: '2', at: NINE + 1000 });
  const early = recent({ id: '1' });
  expect(addRecent([early], late).map(({ id }) => id)).toEqual(['2', '1']);
  expect(addRecent([late], early).map(({ id }) => id)).toEqual(['2', '1']);
});

test('only the newest fifty of many simultaneous ends are kept; other events change nothing', () => {
  const ended = (more: Partial<Call>): CallEvent => ({ type: 'ended', call: call(more), at: NINE + 60_000 });
  const events = Array.from({ length: 200 }, (_, index) => ended({ id: String(index), startedAt: NINE + index }));
  expect(addEvents([], events).map(({ id }) => id)).toEqual(
    events
      .map(({ call: { id } }) => id)
      .toReversed()
      .slice(0, 50),
  );
  const before = [recent()];
  expect(addEvents(before, [ended({ mine: false })])).toBe(before);
});

test('the fifty-first call removes the oldest one', () => {
  let recents: RecentCall[] = [];
  for (let n = 0; n < 60; n++) recents = addRecent(recents, recent({ id: String(n), at: NINE + n }));
  expect(recents.length).toBe(MAX_RECENTS);
  expect([recents[0]?.id, recents.at(-1)?.id]).toEqual(['59', '10']);
});

test('a session is listed once, and a later report does not remove known details', () => {
  const first = recent({ direction: 'outgoing', outcome: 'connected', seconds: 65 });
  const later = recent({ direction: 'outgoing', name: '', outcome: 'unknown', at: NINE + 2000, seconds: null });
  expect(addRecent([first], later)).toEqual([first]);
  expect(addRecent([later], first)).toEqual([first]);
});

test('a call can be removed and others stay', () => {
  expect(removeRecent([recent({ id: '1' }), recent({ id: '2' })], '1').map(({ id }) => id)).toEqual(['2']);
});

test('returns a new list for each change', () => {
  const before = Object.freeze([recent()]);
  addRecent(before, recent({ id: '2' }));
  removeRecent(before, '884757570370146304');
  expect(before).toEqual([recent()]);
});

test('lists a missed call as missed', () => {
  expect(recentFromEvent({ type: 'missed', call: call(), at: NINE + 20_000 })).toEqual(
    recent({ outcome: 'missed', seconds: null }),
  );
});

test('lists an ended call with its talking time', () => {
  const event = {
    type: 'ended',
    call: call({ state: 'talking', answeredAt: NINE + 5000 }),
    at: NINE + 65_000,
  } as const;
  expect(recentFromEvent(event)).toEqual(recent({ seconds: 60 }));
});

test('the talking time is not negative if the clock was put back', () => {
  const event = { type: 'ended', call: call({ state: 'talking', answeredAt: NINE + 5000 }), at: NINE } as const;
  expect(recentFromEvent(event)?.seconds).toBe(0);
});

test.each([
  ['talking', 'connected'],
  ['ringing', 'unanswered'],
  ['unknown', 'unknown'],
] as const)('a call that ended while %s is %s', (state, outcome) => {
  const event = { type: 'ended', call: call({ state, direction: 'outgoing' }), at: NINE } as const;
  expect(recentFromEvent(event)).toMatchObject({ direction: 'outgoing', outcome, seconds: null });
});

test('an unknown direction follows from the other party', () => {
  const ended = (more: Partial<Call>) => recentFromEvent({ type: 'ended', call: call(more), at: NINE })?.direction;
  expect(ended({ direction: 'internal' })).toBe('incoming');
  expect(ended({ direction: 'unknown', other: { number: '1001', name: '' } })).toBe('outgoing');
});

test('calls of colleagues and calls in progress are not listed', () => {
  expect(recentFromEvent({ type: 'ended', call: call({ mine: false }), at: NINE })).toBeNull();
  expect(recentFromEvent({ type: 'appeared', call: call() })).toBeNull();
  expect(recentFromEvent({ type: 'answered', call: call() })).toBeNull();
});

test('a placed call is listed under its own key, with the number that was dialled', () => {
  expect(recentFromPlaced(placed())).toEqual({
    id: 'placed-1',
    number: '1002',
    name: 'Ben',
    direction: 'outgoing',
    outcome: 'connected',
    at: NINE,
    seconds: 65,
    provenance: 'dialled',
  });
});

test.each<[EndReason, RecentCall['outcome']]>([
  ['busy', 'busy'],
  ['declined', 'declined'],
  ['phone-unanswered', 'not-picked-up'],
  ['other-unanswered', 'unanswered'],
  ['hung-up-here', 'cancelled'],
  ['failed', 'failed'],
  ['refused', 'refused'],
  ['unanswered-request', 'unknown'],
  ['hung-up', 'unknown'],
])('a placed call on which nobody was seen to talk and that ended with %s is %s', (reason, outcome) => {
  const reached = [{ step: 'requested', at: NINE } as const];
  const end = { reason, by: null, talkedMs: null, atLeast: false, status: null, followedToEnd: true };
  expect(recentFromPlaced(placed({ reached, end }))).toMatchObject({
    outcome,
    seconds: null,
  });
});

test('a placed call without an id of the PBX is listed under its own key', () => {
  expect(recentFromPlaced(placed({ sessionId: null }))?.id).toBe('placed-1');
});

test('a placed call in progress is not listed yet', () => {
  expect(recentFromPlaced(placed({ step: 'other-ringing', end: null }))).toBeNull();
});

test('the list has the number before dial rules, because they are applied again when it is dialled', () => {
  const { plan } = placed();
  const written = { ...plan, number: '7001', dial: '*72', provenance: 'rule' } as const;
  expect(recentFromPlaced(placed({ plan: written }))).toMatchObject({ number: '7001', provenance: 'dialled' });
});

test("a feature code stays the caller's after it was called; other numbers become the user's", () => {
  const { plan } = placed();
  const provenanceOf = (change: Partial<PlacedCall['plan']>) =>
    recentFromPlaced(placed({ plan: { ...plan, provenance: 'caller', ...change } }))?.provenance;
  expect(provenanceOf({ kind: 'feature-code', number: '*72' })).toBe('caller');
  expect(provenanceOf({ kind: 'feature-code', number: '*72', provenance: 'typed' })).toBe('dialled');
  expect(provenanceOf({})).toBe('dialled');
});

test('reads a stored list unchanged', () => {
  const stored = [recent({ id: '2', at: NINE + 1, seconds: null }), recent({ id: '1' })];
  expect(parseRecents(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
});

test('the name that a caller chose is stored as one plain line of bounded length', () => {
  const hostile = recent({ name: `Anna \u202E\u0000gpj.exe\n${'x'.repeat(1000)}` });
  const [added] = addRecent([], hostile);
  expect(added?.name).toMatch(/^Anna gpj\.exe x+…$/);
  expect(added?.name).toHaveLength(120);
  expect(parseRecents([hostile])).toEqual([added]);
});

test('entries that cannot be read are left out, and the others stay', () => {
  const good = recent();
  const bad = [null, 5, 'x', [], {}, { ...good, id: 12 }, { ...good, at: 'today' }, { ...good, direction: 'up' }];
  const tooLong = { ...good, id: '3', number: '1'.repeat(257) };
  expect(parseRecents([...bad, good, tooLong, { ...good, name: 'again' }])).toEqual([good]);
});

test.each([[undefined], [null], [{}], ['[]'], [5]])('reads no calls from %j', (raw) => {
  expect(parseRecents(raw)).toEqual([]);
});

test('sorts and shortens a stored list that is out of order or too long', () => {
  const stored = Array.from({ length: 80 }, (_, n) => recent({ id: String(n), at: NINE + n }));
  const read = parseRecents(stored);
  expect(read.length).toBe(MAX_RECENTS);
  expect(read[0]?.id).toBe('79');
});

test('the name is the one last seen with the number, however the number is written', () => {
  const recents = [
    recent({ id: '3', name: '', number: '+12015550123' }),
    recent({ id: '2', name: 'Anna Miller', number: '+1 (201) 555-0123' }),
    recent({ id: '1', name: 'Anna Smith', number: '+12015550123' }),
  ];
  expect(nameFor(recents, '+12015550123')).toBe('Anna Miller');
  expect(nameFor(recents, '0012015550123')).toBe('Anna Miller');
  expect(nameFor(recents, '2015550124')).toBe('');
});

test('names of calls without a number are not used for other calls', () => {
  expect(nameFor([recent({ number: 'anonymous', name: 'Anonymous' })], '')).toBe('');
});

test('calls in an older file get a provenance from their id and direction', () => {
  const old = { ...recent(), provenance: undefined };
  const read = parseRecents([
    { ...old, id: '1767603600000-1', direction: 'outgoing' },
    { ...old, id: '884757570370146304', direction: 'outgoing' },
    { ...old, id: '884757570370146305' },
  ]);
  expect(read.map(({ provenance }) => provenance)).toEqual(['dialled', 'history', 'caller']);
});
