import { describe, expect, test } from 'vitest';
import { announcements } from '../../../src/renderer/lib/announce.ts';
import { isForMe, outcomeWords, staleWords } from '../../../src/renderer/lib/call-words.ts';
import { countries } from '../../../src/renderer/lib/countries.ts';
import { initials, TINTS, tintOf } from '../../../src/renderer/lib/initials.ts';
import { ladder } from '../../../src/renderer/lib/ladder.ts';
import { personOf } from '../../../src/renderer/lib/person.ts';
import { matching } from '../../../src/renderer/lib/recents.ts';
import { asClause } from '../../../src/renderer/lib/sentence.ts';
import { clockTime, duration, lengthWords, when } from '../../../src/renderer/lib/time.ts';
import { appError } from '../../../src/shared/errors.ts';
import { call, endOf, live, placed, recent, state } from '../support/samples.ts';

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

  test('a name always has the same tint', () => {
    expect(tintOf('Maria Keller')).toBe(tintOf('Maria Keller'));
    expect(new Set(Array.from({ length: 100 }, (_, index) => tintOf(`Person ${index}`))).size).toBe(TINTS);
  });
});

describe('numbers', () => {
  test('a person without a name is called by the number, without either they are unknown', () => {
    expect(personOf({ name: '', number: '+12015550123' })).toMatchObject({ title: '+1 201 555 0123', number: '' });
    expect(personOf({ name: '101', number: '101' })).toMatchObject({ title: '101', number: '', name: '' });
    expect(personOf({ name: ' ', number: '' }).title).toBe('Unknown number');
  });

  test('every country has a name of its own', () => {
    const all = countries();
    expect(all.length).toBeGreaterThan(200);
    expect(all).toContainEqual({ code: 'DE', name: 'Germany' });
  });
});

describe('time', () => {
  test.each([
    [-5, '0:00'],
    [7_900, '0:07'],
    [760_000, '12:40'],
    [3_723_000, '1:02:03'],
  ])('%d ms run as %s', (ms, shown) => {
    expect(duration(ms)).toBe(shown);
  });

  test.each([
    [48, '48 s'],
    [185, '3 min'],
    [3600, '1 h'],
    [3900, '1 h 5 min'],
  ])('%d s lasted %s', (seconds, words) => {
    expect(lengthWords(seconds)).toBe(words);
  });

  test('says when by the day, not by 24 hours', () => {
    const now = Date.UTC(2026, 10, 23, 0, 30);
    expect(when(now - 60_000, now)).toBe(clockTime(now - 60_000));
    expect(when(now - 3_600_000, now)).toBe('Yesterday');
    expect(when(Date.UTC(2026, 10, 20, 12), now)).toBe('Friday');
    expect(when(Date.UTC(2026, 9, 12, 12), now)).toBe('12 Oct');
    expect(when(Date.UTC(2025, 9, 12, 12), now)).toBe('12 Oct 2025');
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

  test('a recent call says what became of it', () => {
    expect(outcomeWords(recent({ seconds: 185 }))).toBe('3 min');
    expect(outcomeWords(recent({ outcome: 'missed', direction: 'incoming' }))).toBe('Missed');
    expect(outcomeWords(recent({ outcome: 'declined', direction: 'incoming' }))).toBe('Declined');
    expect(outcomeWords(recent({ outcome: 'unanswered' }))).toBe('No answer');
    expect(outcomeWords(recent({ outcome: 'unknown', seconds: null }))).toBe('Outgoing');
  });

  test('a list that is out of date says since when, why, and when it is tried again', () => {
    const now = Date.UTC(2026, 10, 23, 10, 43);
    const link = { status: 'stale', since: now - 60_000, retryAt: now + 11_200, error: appError('timed-out') } as const;
    expect(staleWords(link, now)).toBe(
      `Last seen ${clockTime(now - 60_000)} · the PBX did not answer in time · trying again in 12 s`,
    );
    expect(staleWords({ ...link, since: null }, now + 12_000)).toBe(
      'Not seen yet · the PBX did not answer in time · trying again now',
    );
  });

  test('a clause keeps the capitals of an abbreviation', () => {
    expect(asClause('The PBX did not answer.')).toBe('the PBX did not answer');
    expect(asClause('PBX asleep.')).toBe('PBX asleep');
  });
});

test('the ladder has only the steps that were seen', () => {
  const steps = ladder(
    placed(['asking', 'connected', 'ended'], { end: endOf({ reason: 'hung-up', by: 'other', talkedMs: 65_000 }) }),
  );
  expect(steps.map(({ words, current }) => [words, current])).toEqual([
    ['Asked the PBX', false],
    ['Connected', false],
    ['The other side hung up after 1:05.', true],
  ]);
  expect(steps[0]?.until).toBe(steps[1]?.from);
});

describe('recents that match what was typed', () => {
  const grace = recent();
  const tom = recent({ id: 'r2', name: 'Tom Berg', number: '104' });

  test.each([
    ['gra', [grace]],
    ['(201) 555', [grace]],
    ['104', [tom]],
    ['nobody', [grace, tom]],
    ['1', [grace, tom]],
    ['', [grace, tom]],
  ])('%j', (typed, found) => {
    expect(matching([grace, tom], typed)).toEqual(found);
  });
});

describe('what is said aloud', () => {
  const quiet = state();

  test('a new call for me, once, and no call of a colleague', () => {
    const ringing = call({ state: 'ringing', answeredAt: null });
    const after = state({ calls: live(ringing, call({ id: '2', mine: false, state: 'ringing' })) });
    expect(announcements(quiet, after)).toEqual(['Incoming call from Maria Keller, +49 30 901820']);
    expect(announcements(after, after)).toEqual([]);
  });

  test('each step of a placed call', () => {
    const at = (...steps: Parameters<typeof placed>[0]): typeof quiet =>
      state({ dial: { placed: placed(steps, { name: 'Grace Ito' }), request: null, refusal: null } });
    expect(announcements(quiet, at('asking'))).toEqual(['Calling Grace Ito, +1 201 555 0123. Asking the PBX']);
    expect(announcements(at('asking'), at('asking', 'phone-ringing'))).toEqual(['Your phone rings']);
    expect(announcements(at('asking'), at('asking'))).toEqual([]);
  });

  test('that the list went out of date and came back', () => {
    const stale = state({
      calls: { ...live(), link: { status: 'stale', since: null, retryAt: 0, error: appError('timed-out') } },
    });
    expect(announcements(quiet, stale)).toEqual(['The list of calls is out of date. The PBX did not answer in time.']);
    expect(announcements(stale, quiet)).toEqual(['Connected again.']);
  });
});
