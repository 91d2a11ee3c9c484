import { expect, test } from 'vitest';
import { shownLegs } from '../../../src/core/calls/legs.ts';
import { isPlaceholderId } from '../../../src/core/calls/model.ts';
import type { PushEvent } from '../../../src/core/pbx/push/types.ts';
import { began, over, phone, target } from './support/push.ts';
import { CUSTOMER, NINE } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

/** A model that only push reports to. Legs read "caller > callee", with an equals sign for one that talks. */
class Book extends Tracking {
  constructor() {
    super();
    // No other source shows which calls continue.
    this.apply({ type: 'list-refused' });
    this.withPush();
  }

  pushes(...events: PushEvent[]): this {
    for (const event of events) this.push(event);
    return this;
  }

  override after(seconds: number): this {
    super.after(seconds).apply({ type: 'tick' });
    return this;
  }

  get legs(): Record<string, string[]> {
    const sessions = [...this.model.sessions.values()].filter(({ hasBegun: known }) => known);
    return Object.fromEntries(
      sessions.map((session) => [
        isPlaceholderId(session.id) ? 'nameless' : session.id,
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

test('follows a call that push reports from its start to its end', () => {
  const book = new Book().pushes(began('a', CUSTOMER, '1001', { callerName: 'Grace', at: NINE }));
  expect(book.calls).toMatchObject([{ id: 'a', other: { number: CUSTOMER, name: 'Grace' }, startedAt: NINE }]);
  book.after(3).pushes(target('add', 'a', CUSTOMER, '1001'), target('ringing', 'a', CUSTOMER, '1001'));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1001`] });
  book.after(4).pushes(target('answer', 'a', CUSTOMER, '1001'));
  book.after(10);
  expect(book.talked).toBe(10);
  book.pushes(over('a', { endReason: 'caller_disconnected', statusCode: 0, endedAt: NINE + 17_000 }));
  expect(book.legs).toEqual({});
  expect(book.model.ended.get('a')?.record).toMatchObject({ endReason: 'caller_disconnected', statusCode: 0 });
});

test('shows the dialled number only until push reports the phones that are offered the call', () => {
  const book = new Book().pushes(began('a', CUSTOMER, '+12015550199'), target('ringing', 'a', CUSTOMER, '1001'));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1001`] });
  book.pushes(target('ringing', 'a', CUSTOMER, '1002'), target('noanswer', 'a', CUSTOMER, '1001'));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1002`] });
});

test('shows a call at its queue while no phone is offered it', () => {
  const book = new Book().pushes(began('a', CUSTOMER, '8000'), target('ringing', 'a', CUSTOMER, '1001'));
  book.pushes(target('noanswer', 'a', CUSTOMER, '1001')).after(5);
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 8000`] });
});

test('shows an ended leg for two seconds, then the call without a callee', () => {
  const book = new Book().pushes(began('a', CUSTOMER, '1001'), target('answer', 'a', CUSTOMER, '1001'));
  book.after(60).pushes(target('end', 'a', CUSTOMER, '1001'));
  expect(book.after(1).legs).toEqual({ a: [`${CUSTOMER} = 1001`] });
  expect(book.after(1).legs).toEqual({ a: [`${CUSTOMER} > `] });
});

test('keeps a call ringing until both phones of an extension have ended, and talking when one was answered', () => {
  const book = new Book().pushes(target('add', 'a', CUSTOMER, '1001'), target('add', 'a', CUSTOMER, '1001'));
  book.pushes(target('noanswer', 'a', CUSTOMER, '1001')).after(5);
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1001`] });
  book.pushes(target('answer', 'a', CUSTOMER, '1001'), target('fail', 'a', CUSTOMER, '1001')).after(5);
  expect(book.legs).toEqual({ a: [`${CUSTOMER} = 1001`] });
});

test('moves a call to another number, and does not move it when only its name is reported again', () => {
  const book = new Book().pushes(began('a', CUSTOMER, '1001'), began('a', CUSTOMER, '1002'));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1002`] });
  book
    .pushes(target('noanswer', 'a', CUSTOMER, '1002'), began('a', CUSTOMER, '1002', { callerName: 'Grace' }))
    .after(5);
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > `] });
});

test('takes a call as answered when my phone stops ringing and is on a call', () => {
  const book = new Book().pushes(began('a', CUSTOMER, '1001'), phone('ringing'));
  book.after(4).pushes(phone('on-call')).after(6);
  expect(book.talked).toBe(6);
});

test('answers neither of two ringing calls when my phone is on a call', () => {
  const book = new Book().pushes(began('a', CUSTOMER, '1001'), began('b', '1002', '1001'), phone('ringing'));
  expect(book.pushes(phone('on-call')).legs).toEqual({ a: [`${CUSTOMER} > 1001`], b: ['1002 > 1001'] });
});

test('shows a nameless call for a ringing phone without a session, until the phone is idle', () => {
  const book = new Book().pushes(phone('ringing'));
  expect(book.legs).toEqual({ nameless: [' > 1001'] });
  book.after(4).pushes(phone('on-call')).after(5);
  expect(book.talked).toBe(5);
  expect(book.pushes(phone('idle')).legs).toEqual({});
});

test('shows an outgoing nameless call for a phone that is on a call without having rung', () => {
  const book = new Book().pushes(phone('on-call'));
  expect(book.legs).toEqual({ nameless: ['1001 > '] });
  // The phone may dial, or talk.
  expect(book.calls).toMatchObject([{ direction: 'outgoing', state: 'unknown', answeredAt: null }]);
});

test('shows another nameless call each time the phone rings', () => {
  const book = new Book().pushes(phone('ringing'));
  const [first] = book.ids;
  book.after(5).pushes(phone('idle')).after(5).pushes(phone('ringing'), phone('ringing'));
  expect(book.ids).toHaveLength(1);
  expect(book.ids[0]).not.toBe(first);
});

test('replaces a nameless call with its session, and does not show it again when that ends before the phone is idle', () => {
  const book = new Book().pushes(phone('ringing'), began('a', CUSTOMER, '1001'));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1001`] });
  expect(book.pushes(over('a')).legs).toEqual({});
  expect(book.pushes(phone('idle'), phone('ringing')).legs).toEqual({ nameless: [' > 1001'] });
});

test('shows no call for the phones of others and for unknown states', () => {
  expect(new Book().pushes(phone('ringing', '1002'), phone('unknown')).legs).toEqual({});
});

test('shows no nameless call for a phone that rings for a placed call', () => {
  const book = new Book();
  book.placing('k', CUSTOMER);
  expect(book.pushes(phone('ringing')).legs).toEqual({});
  expect(book.pushes(phone('on-call')).legs).toEqual({});
});

test('ends the legs of an idle phone, except one that began later', () => {
  const book = new Book().pushes(
    target('answer', 'a', CUSTOMER, '1001', NINE),
    target('ringing', 'b', '1002', '1001', NINE + 9_000),
  );
  book.pushes({ ...phone('idle'), at: NINE + 5_000 } as PushEvent).after(5);
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > `], b: ['1002 > 1001'] });
});

test('ends the call of an idle phone while push is disconnected', () => {
  const book = new Book().pushes(target('answer', 'a', CUSTOMER, '1001'));
  book.apply({ type: 'push-connection', isConnected: false });
  expect(book.pushes(phone('idle')).legs).toEqual({});
});

test('keeps an ended call ended by late events, unless they are newer than its end', () => {
  const book = new Book().pushes(began('a', CUSTOMER, '1001'), over('a', { endedAt: NINE }));
  book.pushes(target('end', 'a', CUSTOMER, '1001', NINE + 1_000), began('a', CUSTOMER, '1001', { at: NINE }));
  expect(book.legs).toEqual({});
  book.pushes(target('add', 'a', CUSTOMER, '1002', NINE + 2_000));
  expect(book.legs).toEqual({ a: [`${CUSTOMER} > 1002`] });
});

test('shows no call for the end of a leg of an unknown call', () => {
  expect(new Book().pushes(target('end', 'a', CUSTOMER, '1001')).legs).toEqual({});
});

test('ends unconfirmed calls: ringing ones after five minutes, answered ones after twelve hours', () => {
  const book = new Book().pushes(began('a', CUSTOMER, '1002'), target('answer', 'b', '1003', '1004'), phone('ringing'));
  expect(book.after(299).legs).toMatchObject({ a: [`${CUSTOMER} > 1002`], nameless: [' > 1001'] });
  expect(book.after(1).legs).toEqual({ b: ['1003 = 1004'] });
  expect(book.after(12 * 3_600 - 300).legs).toEqual({});
});

test('ends calls that push does not report again within ten seconds after it reconnects', () => {
  const book = new Book().pushes(
    target('answer', 'a', CUSTOMER, '1001'),
    target('answer', 'b', '1002', '1003'),
    phone('on-call'),
  );
  book.apply({ type: 'push-connection', isConnected: false });
  book.after(5);
  book.apply({ type: 'push-connection', isConnected: true });
  book.after(9).pushes(phone('on-call'));
  expect(book.legs).toMatchObject({ a: [`${CUSTOMER} = 1001`], b: ['1002 = 1003'] });
  expect(Object.keys(book.after(1).legs)).toEqual(['a']);
});

test('ends a ringing call that no source confirms a minute after push is lost', () => {
  const book = new Book().pushes(began('a', CUSTOMER, '1002'));
  book.apply({ type: 'push-connection', isConnected: false });
  expect(book.after(59).legs).toEqual({ a: [`${CUSTOMER} > 1002`] });
  expect(book.after(1).legs).toEqual({});
});

test('keeps my call among thousands of colleagues’ calls', () => {
  const book = new Book().pushes(began('mine', CUSTOMER, '1001'));
  for (let call = 0; call < 2_500; call++) book.pushes(began(`call-${call}`, CUSTOMER, '1002'));
  const kept = [...book.model.sessions.values()].map(({ id }) => id);
  expect(kept).toHaveLength(2_000);
  expect(kept).toContain('mine');
  expect(kept).toContain('call-2499');
});

test('announces a nameless ring and reports it as missed once, when push names it at its end', () => {
  const desk = new Tracking().withPush();
  desk.push(phone('ringing'));
  expect(desk.calls).toHaveLength(1);
  const [nameless] = desk.ids;
  desk.after(30);
  const end = over('a', { callee: '1001', callStatus: 'noanswer', statusCode: 487 });
  expect(desk.push(phone('idle'), target('noanswer', 'a', CUSTOMER, '1001'), end)).toEqual([
    'appeared a',
    'ended a',
    'missed a',
    `moved ${nameless}`,
  ]);
  expect(desk.passSeconds(120)).toEqual([]);
});

test('does not announce a call that push names only at the end of my talk', () => {
  const desk = new Tracking().withPush();
  desk.push(phone('ringing'));
  desk.after(5).push(phone('on-call'));
  const [nameless] = desk.ids;
  expect(desk.after(60).push(phone('idle'), target('end', 'a', CUSTOMER, '1001'))).toEqual([
    'appeared a',
    'answered a',
    `ended ${nameless}`,
  ]);
  expect(desk.push(over('a', { callee: '1001', callStatus: 'answered' }))).toEqual(['ended a']);
});
