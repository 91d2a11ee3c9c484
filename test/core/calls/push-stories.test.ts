import { expect, test } from 'vitest';
import { shownLegs } from '../../../src/core/calls/legs.ts';
import { isNameless } from '../../../src/core/calls/model.ts';
import type { PushEvent } from '../../../src/core/pbx/push/types.ts';
import { began, over, phone, target } from './support/push.ts';
import { CUSTOMER, NINE } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

/** What only push tells. Legs read "caller > callee", with an equals sign for one that talks. */
class Book extends Tracking {
  constructor() {
    super();
    // Nobody else will say which calls go on.
    this.apply({ type: 'list-refused' });
    this.listening();
  }

  tells(...events: PushEvent[]): this {
    for (const event of events) this.hear(event);
    return this;
  }

  override after(seconds: number): this {
    super.after(seconds).apply({ type: 'tick' });
    return this;
  }

  get legs(): Record<string, string[]> {
    const sessions = [...this.model.sessions.values()].filter(({ began: known }) => known);
    return Object.fromEntries(
      sessions.map((session) => [
        isNameless(session.id) ? 'nameless' : session.id,
        shownLegs(session, this.model.own, this.elapsed).map(
          (leg) => `${leg.caller} ${leg.state === 'talking' ? '=' : '>'} ${leg.callee}`,
        ),
      ]),
    );
  }

  /** Seconds that the call has talked; null when it does not. */
  get talked(): number | null {
    const [call] = this.calls;
    const answeredAt = call?.answeredAt ?? null;
    return answeredAt === null ? null : (this.now - answeredAt) / 1000;
  }
}

test('A call is told, offered to my phone, answered and over.', () => {
  const book = new Book().tells(began('a', CUSTOMER, '1001', { callerName: 'Grace', at: NINE }));
  expect(book.calls).toMatchObject([{ id: 'a', other: { number: CUSTOMER, name: 'Grace' }, startedAt: NINE }]);
  book.after(3).tells(target('add', 'a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1001'));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1001`] });
  book.after(4).tells(target('answer', 'a', CUSTOMER, '1001'));
  book.after(10);
  expect(book.talked).toBe(10);
  book.tells(over('a', { endReason: 'caller_disconnected', statusCode: 0, endedAt: NINE + 17_000 }));
  expect(book.legs).toEqual({});
  expect(book.model.ended.get('a')?.record).toMatchObject({ endReason: 'caller_disconnected', statusCode: 0 });
});

test('The number that was dialled stands in only until it is told which phones are offered the call.', () => {
  const book = new Book().tells(began('a', CUSTOMER, '+12015550199'), target('ringing', 'a', CUSTOMER, '1001'));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1001`] });
  book.tells(target('ringing', 'a', CUSTOMER, '1002'), target('noanswer', 'a', CUSTOMER, '1001'));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1002`] });
});

test('A queue keeps the call while none of its phones is offered it.', () => {
  const book = new Book().tells(began('a', CUSTOMER, '8000'), target('ringing', 'a', CUSTOMER, '1001'));
  book.tells(target('noanswer', 'a', CUSTOMER, '1001')).after(5);
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 8000`] });
});

test('A leg that is over is shown for two seconds, until it is told how the call goes on; then it is with nobody.', () => {
  const book = new Book().tells(began('a', CUSTOMER, '1001'), target('answer', 'a', CUSTOMER, '1001'));
  book.after(60).tells(target('end', 'a', CUSTOMER, '1001'));
  expect(book.after(1).legs).toEqual({ a: [`${CUSTOMER} = 1001`] });
  expect(book.after(1).legs).toEqual({ a: [`${CUSTOMER} > `] });
});

test('Two phones of one extension: the call rings until both have given up, and talks however the other one ends.', () => {
  const book = new Book().tells(target('add', 'a', CUSTOMER, '1001'), target('add', 'a', CUSTOMER, '1001'));
  book.tells(target('noanswer', 'a', CUSTOMER, '1001')).after(5);
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1001`] });
  book.tells(target('answer', 'a', CUSTOMER, '1001'), target('fail', 'a', CUSTOMER, '1001')).after(5);
  expect(book.legs).toEqual({ a: [`${CUSTOMER} = 1001`] });
});

test('A call that moves to another number leaves the first; its name told again moves nothing.', () => {
  const book = new Book().tells(began('a', CUSTOMER, '1001'), began('a', CUSTOMER, '1002'));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1002`] });
  book.tells(target('noanswer', 'a', CUSTOMER, '1002'), began('a', CUSTOMER, '1002', { callerName: 'Grace' })).after(5);
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > `] });
});

test('Being picked up needs no event of its own: my phone stops ringing and is on a call.', () => {
  const book = new Book().tells(began('a', CUSTOMER, '1001'), phone('ringing'));
  book.after(4).tells(phone('on-call')).after(6);
  expect(book.talked).toBe(6);
});

test('With two calls that ring me nobody knows which was picked up.', () => {
  const book = new Book().tells(began('a', CUSTOMER, '1001'), began('b', '1002', '1001'), phone('ringing'));
  expect(book.tells(phone('on-call')).legs).toEqual({ a: [`${CUSTOMER} > 1001`], b: ['1002 > 1001'] });
});

test('A phone that rings for nobody knows whom makes a call without a name; it talks, and is over when the phone is idle.', () => {
  const book = new Book().tells(phone('ringing'));
  expect(book.legs).toEqual({ nameless: [' > 1001'] });
  book.after(4).tells(phone('on-call')).after(5);
  expect(book.talked).toBe(5);
  expect(book.tells(phone('idle')).legs).toEqual({});
});

test('A phone that is on a call without having rung has dialled.', () => {
  expect(new Book().tells(phone('on-call')).legs).toEqual({ nameless: ['1001 = '] });
});

test('Each time a phone rings it is another call.', () => {
  const book = new Book().tells(phone('ringing'));
  const [first] = book.ids;
  book.after(5).tells(phone('idle')).after(5).tells(phone('ringing'), phone('ringing'));
  expect(book.ids).toHaveLength(1);
  expect(book.ids[0]).not.toBe(first);
});

test('The call without a name gives way to a named one, and does not come back when that is over before the phone is idle.', () => {
  const book = new Book().tells(phone('ringing'), began('a', CUSTOMER, '1001'));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1001`] });
  expect(book.tells(over('a')).legs).toEqual({});
  expect(book.tells(phone('idle'), phone('ringing')).legs).toEqual({ nameless: [' > 1001'] });
});

test('Phones of others, and states that nobody knows, make no call.', () => {
  expect(new Book().tells(phone('ringing', '1002'), phone('unknown')).legs).toEqual({});
});

test('A phone that rings because this program placed a call makes none.', () => {
  const book = new Book();
  book.placing('k', CUSTOMER);
  expect(book.tells(phone('ringing')).legs).toEqual({});
  expect(book.tells(phone('on-call')).legs).toEqual({});
});

test('An idle phone is on no leg, but for one that was told of later.', () => {
  const book = new Book().tells(
    target('answer', 'a', CUSTOMER, '1001', NINE),
    target('ringing', 'b', '1002', '1001', NINE + 9_000),
  );
  book.tells({ ...phone('idle'), at: NINE + 5_000 } as PushEvent).after(5);
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > `], b: ['1002 > 1001'] });
});

test('While push is away an idle phone ends its call, as nobody will tell the end.', () => {
  const book = new Book().tells(target('answer', 'a', CUSTOMER, '1001'));
  book.apply({ type: 'listening', listening: false });
  expect(book.tells(phone('idle')).legs).toEqual({});
});

test('What comes after the end of a call does not bring it back, unless it goes on at a later time.', () => {
  const book = new Book().tells(began('a', CUSTOMER, '1001'), over('a', { endedAt: NINE }));
  book.tells(target('end', 'a', CUSTOMER, '1001', NINE + 1_000), began('a', CUSTOMER, '1001', { at: NINE }));
  expect(book.legs).toEqual({});
  book.tells(target('add', 'a', CUSTOMER, '1002', NINE + 2_000));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1002`] });
});

test('The end of a leg of a call that was never heard of is no call.', () => {
  expect(new Book().tells(target('end', 'a', CUSTOMER, '1001')).legs).toEqual({});
});

test('Nothing rings longer than five minutes without news, nor lasts longer than twelve hours.', () => {
  const book = new Book().tells(began('a', CUSTOMER, '1002'), target('answer', 'b', '1003', '1004'), phone('ringing'));
  expect(book.after(299).legs).toMatchObject({ a: [`${CUSTOMER} > 1002`], nameless: [' > 1001'] });
  expect(book.after(1).legs).toEqual({ b: ['1003 = 1004'] });
  expect(book.after(12 * 3_600 - 300).legs).toEqual({});
});

test('After push was away, what is not told of again within ten seconds is gone.', () => {
  const book = new Book().tells(
    target('answer', 'a', CUSTOMER, '1001'),
    target('answer', 'b', '1002', '1003'),
    phone('on-call'),
  );
  book.apply({ type: 'listening', listening: false });
  book.after(5);
  book.apply({ type: 'listening', listening: true });
  book.after(9).tells(phone('on-call'));
  expect(book.legs).toMatchObject({ a: [`${CUSTOMER} = 1001`], b: ['1002 = 1003'] });
  expect(Object.keys(book.after(1).legs)).toEqual(['a']);
});

test('While push stays away, what nobody speaks of is gone after a minute.', () => {
  const book = new Book().tells(began('a', CUSTOMER, '1002'));
  book.apply({ type: 'listening', listening: false });
  expect(book.after(59).legs).toEqual({ a: [`${CUSTOMER} > 1002`] });
  expect(book.after(1).legs).toEqual({});
});

test('Thousands of colleagues’ calls do not push out mine.', () => {
  const book = new Book().tells(began('mine', CUSTOMER, '1001'));
  for (let call = 0; call < 2_500; call++) book.tells(began(`call-${call}`, CUSTOMER, '1002'));
  const kept = [...book.model.sessions.keys()];
  expect(kept).toHaveLength(2_000);
  expect(kept).toContain('mine');
  expect(kept).toContain('call-2499');
});
