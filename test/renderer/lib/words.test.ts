import { loadErrorTexts } from '../../../src/renderer/state/error-texts.svelte.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { spokenChanges } from '../../../src/renderer/lib/spoken-changes.ts';
import { formatFor } from '../../../src/messages/format.ts';
import { isForMe, outcomeWords, staleWords } from '../../../src/renderer/lib/call-words.ts';
import { countriesBy } from '../../../src/renderer/lib/countries.ts';
import { initials, TINTS, tintOf } from '../../../src/renderer/lib/initials.ts';
import { callSteps } from '../../../src/renderer/lib/call-steps.ts';
import { personOf } from '../../../src/renderer/lib/person.ts';
import { IDLE } from '../../../src/shared/dial.ts';
import { appError } from '../../../src/shared/errors.ts';
import { call, endOf, live, placed, recent, state } from '../support/samples.ts';

beforeAll(loadErrorTexts);

const { clockTime } = formatFor('en');

describe('initials', () => {
  test.each([
    ['Maria Keller', 'MK'],
    ['Ludwig van Beethoven', 'LB'],
    ['élodie', 'É'],
    ['(Support) 24/7', 'S'],
    ['+49 30 901820', ''],
    ['', ''],
  ])('of %j are %j', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  test('gives the same name the same tint every time', () => {
    expect(tintOf('Maria Keller')).toBe(tintOf('Maria Keller'));
    expect(new Set(Array.from({ length: 100 }, (_, index) => tintOf(`Person ${index}`))).size).toBe(TINTS);
  });
});

describe('numbers', () => {
  test('a person without a name is called by the number, without either they are unknown', () => {
    expect(personOf({ name: '', number: '+12015550123' }, { '+12015550123': '+1 201 555 0123' })).toMatchObject({
      title: '+1 201 555 0123',
      number: '',
    });
    expect(personOf({ name: '101', number: '101' })).toMatchObject({ title: '101', number: '', name: '' });
    expect(personOf({ name: ' ', number: '' }).title).toBe('Unknown caller');
  });

  test('gives every country a different name', () => {
    const all = countriesBy(formatFor('en').country);
    expect(all.length).toBeGreaterThan(200);
    expect(all).toContainEqual({ value: 'DE', label: 'Germany' });
  });
});

describe('calls in words', () => {
  test('a call from a colleague to me is for me, a call I placed is not', () => {
    const tom = { name: 'Tom Berg', number: '104' };
    expect(isForMe(call({ direction: 'internal', caller: tom, other: tom }))).toBe(true);
    expect(isForMe(call({ direction: 'internal', caller: { name: '', number: '101' }, callee: tom, other: tom }))).toBe(
      false,
    );
    expect(isForMe(call({ placedHere: true }))).toBe(false);
  });

  test('describes how a recent call ended', () => {
    expect(outcomeWords(recent({ seconds: 185 }))).toBe('3 min');
    expect(outcomeWords(recent({ outcome: 'missed', direction: 'incoming' }))).toBe('Missed');
    expect(outcomeWords(recent({ outcome: 'declined', direction: 'incoming' }))).toBe('Declined');
    expect(outcomeWords(recent({ outcome: 'unanswered' }))).toBe('No answer');
    expect(outcomeWords(recent({ outcome: 'busy' }))).toBe('Busy');
    expect(outcomeWords(recent({ outcome: 'not-picked-up' }))).toBe("You didn't pick up");
    expect(outcomeWords(recent({ outcome: 'unknown', seconds: null }))).toBe('Outgoing');
  });

  test('a list that is out of date says since when, why, and when it is tried again', () => {
    const now = Date.UTC(2026, 10, 23, 10, 43);
    const list = { status: 'stale', since: now - 60_000, retryAt: now + 11_200, error: appError('timed-out') } as const;
    expect(staleWords(list, now)).toBe(
      `Out of date since ${clockTime(now - 60_000)}. The PBX didn't answer in time. Retrying in 12\u00a0s.`,
    );
    expect(staleWords({ ...list, since: null }, now + 12_000)).toBe(
      "No calls received yet. The PBX didn't answer in time. Retrying now.",
    );
  });
});

test('lists only the reached steps of a placed call', () => {
  const steps = callSteps(
    placed(['requested', 'connected', 'ended'], { end: endOf({ reason: 'hung-up', by: 'other', talkedMs: 65_000 }) }),
  );
  expect(steps.map(({ words, current }) => [words, current])).toEqual([
    ['Request sent', false],
    ['Connected', false],
    ['They hung up after 1:05.', true],
  ]);
  expect(steps[0]?.until).toBe(steps[1]?.from);
  // As long as the sentence says, however late the end was seen.
  expect((steps[1]?.until ?? 0) - (steps[1]?.from ?? 0)).toBe(65_000);
});

describe('what a screen reader announces', () => {
  const quiet = state();

  test('a new call for me, once, and no call of a colleague', () => {
    const ringing = call({ state: 'ringing', answeredAt: null });
    const after = state({ calls: live(ringing, call({ id: '2', mine: false, state: 'ringing' })) });
    expect(spokenChanges(quiet, after)).toEqual(['Incoming call from Maria Keller, +49 30 901820']);
    expect(spokenChanges(after, after)).toEqual([]);
  });

  test('each step of a placed call', () => {
    const at = (...steps: Parameters<typeof placed>[0]): typeof quiet =>
      state({ dial: { ...IDLE, placed: placed(steps, { name: 'Grace Ito' }) } });
    expect(spokenChanges(quiet, at('requested'))).toEqual(['Calling Grace Ito, +1 201 555 0123. Contacting the PBX…']);
    expect(spokenChanges(at('requested'), at('requested', 'phone-ringing'))).toEqual([
      'Your phone is ringing – pick up',
    ]);
    expect(spokenChanges(at('requested'), at('requested'))).toEqual([]);
  });

  test('that the list went out of date and came back', () => {
    const stale = state({
      calls: { ...live(), list: { status: 'stale', since: null, retryAt: 0, error: appError('timed-out') } },
    });
    expect(spokenChanges(quiet, stale)).toEqual(["The list of calls is out of date. The PBX didn't answer in time."]);
    expect(spokenChanges(stale, quiet)).toEqual(['Connected again.']);
  });
});
