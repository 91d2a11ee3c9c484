import { describe, expect, test } from 'vitest';
import { Tracking } from './support/tracking.ts';
import { NINE, session, talking } from './support/sessions.ts';

/** Live calls as the tracker orders them: number 0 is the oldest. */
function crowd(colleagues: number, mine = 0): Tracking {
  const legs = (index: number, callee: string) =>
    talking(`+1201${5_000_000 + index}`, callee, 60, { callerName: `Caller ${index}`, startedAt: NINE - 9e6 + index });
  const tracking = new Tracking();
  tracking.poll(
    ...Array.from({ length: colleagues }, (_, index) => session(`c${index}`, legs(index, String(20_000 + index)))),
    ...Array.from({ length: mine }, (_, index) => session(`m${index}`, legs(index, '1001'))),
  );
  return tracking;
}

describe('what the window gets of the live calls', () => {
  test('all of them while they fit', () => {
    const { calls, more } = crowd(90, 10).allCalls.shown;
    expect([calls.length, more]).toEqual([100, { mine: 0, others: 0 }]);
  });

  test('of ten thousand all of mine and the oldest others, and how many there are beyond', () => {
    const { calls, more } = crowd(9_997, 3).allCalls.shown;
    expect(calls.slice(0, 5).map(({ id }) => id)).toEqual(['m0', 'm1', 'm2', 'c0', 'c1']);
    expect([calls.length, more]).toEqual([100, { mine: 0, others: 9_900 }]);
  });

  test('when even mine are too many, the first of them', () => {
    const { calls, more } = crowd(20, 150).allCalls.shown;
    expect([calls.every(({ mine }) => mine), more]).toEqual([true, { mine: 50, others: 20 }]);
  });

  test('a call that is shown stays when others begin', () => {
    const tracking = crowd(200);
    const before = tracking.calls;
    tracking.after(5);
    const others = Array.from({ length: 200 }, (_, index) =>
      session(`c${index}`, talking(`+1201${5_000_000 + index}`, String(20_000 + index), 65)),
    );
    tracking.poll(...others, session('new', talking('1005', '1006', 1, { startedAt: NINE })));
    expect(tracking.calls.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });
});

describe('a search among all live calls', () => {
  const { allCalls } = crowd(9_998, 2);

  test.for([
    ['a name', ' Caller 7777 ', ['c7777']],
    ['a number as people write it', '+1 201-500-8888', ['c8888']],
    ['an extension', '29 123', ['c9123']],
    ['mine are shown anyway', '1001', ['c1001']],
    ['one character is too little', '7', []],
    ['a sign is no number', '++', []],
    ['nobody', 'Zoe', []],
  ] as const)('%s', ([, typed, ids]) => {
    const found = allCalls.find(typed);
    expect([found.calls.map(({ id }) => id), found.more]).toEqual([ids, 0]);
  });

  test('gives as many as can be shown, and says how many more there are', () => {
    const found = allCalls.find('caller');
    expect([found.calls.length, found.more]).toEqual([100, 9_898]);
  });
});
