import { expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { began, over, phone } from './support/push.ts';
import { CUSTOMER, leg, NINE, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

/** A desk at which a call to the customer is about to be placed. */
function placing(): Tracking {
  return new Tracking().withoutHistory().afterFirstPoll().placing('k', CUSTOMER);
}

test('shows a placed call as mine and outgoing from the start, whatever its legs', () => {
  const desk = placing();
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'p' });
  expect(desk.events).toMatchObject([{ type: 'appeared', call: { id: 'p', state: 'ringing' } }]);
  expect(desk.after(5).poll(session('p', leg(CUSTOMER, '1001')))).toEqual([]);
  expect(desk.calls).toMatchObject([
    { mine: true, placedHere: true, direction: 'outgoing', state: 'ringing', other: { number: CUSTOMER } },
  ]);
  // My phone was answered, the other side rings: nobody talks yet.
  expect(desk.after(5).poll(session('p', talking(CUSTOMER, '1001', 3), leg('1001', CUSTOMER)))).toEqual([]);
  expect(desk.calls).toMatchObject([{ state: 'ringing', answeredAt: null }]);
  expect(desk.after(5).poll(session('p', talking(CUSTOMER, '1001', 8), talking('1001', CUSTOMER, 2)))).toEqual([
    'answered p',
  ]);
  expect(desk.calls).toMatchObject([{ state: 'talking', answeredAt: desk.now - 2_000 }]);
  expect(desk.poll()).toEqual(['ended p']);
});

test('does not announce the ring of my phone before the PBX has answered the request', () => {
  const desk = placing();
  expect(desk.poll(session('p', leg('tel:+1-201-555-0123', '1001')))).toEqual(['appeared p']);
  expect(desk.calls).toMatchObject([{ placedHere: true }]);
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'p' });
  expect(desk.poll()).toEqual(['ended p']);
});

test('does not announce the ring of my phone for the call when push connects late', () => {
  const desk = placing();
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'p' });
  desk.poll(session('p', leg(CUSTOMER, '1001')));
  desk.after(16).poll(session('p', leg(CUSTOMER, '1001')));
  expect(desk.withPush().apply({ type: 'push', event: phone('ringing') })).toEqual([]);
  expect(desk.passSeconds(1)).toEqual([]);
  expect(desk.calls).toMatchObject([{ placedHere: true }]);
});

test('keeps the call when push reports late that my phone rang, and was idle, before the request', () => {
  const desk = placing();
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'p' });
  const requested = desk.now;
  desk.after(2).withPush();
  desk.push(phone('ringing', '1001', requested - 2_000));
  expect(desk.push(phone('idle', '1001', requested - 1_000))).toEqual([]);
  expect(desk.calls).toMatchObject([{ id: 'p', placedHere: true }]);
  // Only this ring is for it.
  expect(desk.push(phone('ringing', '1001', requested))).toEqual([]);
  expect(desk.passSeconds(2)).toEqual([]);
  desk.after(10);
  expect(desk.push(phone('idle', '1001', desk.now))).toEqual(['ended p']);
});

test('does not announce the call when the PBX lists my phone as calling itself', () => {
  expect(placing().poll(session('p', leg('1001', '1001')))).toEqual(['appeared p']);
});

test('announces another caller during the request', () => {
  expect(placing().poll(session('q', leg('+12015550144', '1001')))).toEqual(['appeared q', 'for-me q']);
});

test('announces the customer’s call at the moment when I dial them, once the PBX returns the id of mine', () => {
  const desk = placing();
  expect(desk.poll(session('theirs', leg(CUSTOMER, '1001')))).toEqual(['appeared theirs']);
  expect(desk.apply({ type: 'accepted', key: 'k', sessionId: 'ours' })).toEqual([
    'appeared ours',
    'moved theirs',
    'for-me theirs',
  ]);
  desk.poll(session('theirs', leg(CUSTOMER, '1001')), session('ours', leg(CUSTOMER, '1001')));
  expect(desk.poll(session('ours', leg(CUSTOMER, '1001')))).toEqual(['ended theirs', 'missed theirs']);
});

test('announces a call that was taken for the placed one, when the PBX refuses the request', () => {
  const desk = placing();
  desk.poll(session('theirs', leg(CUSTOMER, '1001')));
  const refused = desk.apply({ type: 'refused', key: 'k', error: appError('dial-forbidden') });
  expect(refused).toEqual(['moved theirs', 'for-me theirs']);
});

test('shows a ring of my phone that was taken for the placed call, when the PBX refuses the request', () => {
  const desk = placing().withPush();
  expect(desk.push(phone('ringing'))).toEqual([]);
  const refused = desk.apply({ type: 'refused', key: 'k', error: appError('dial-forbidden') });
  expect(refused).toEqual([expect.stringContaining('appeared push:'), expect.stringContaining('for-me push:')]);
});

test('matches a request to one session only, and to none that is older', () => {
  const desk = new Tracking().withoutHistory().afterFirstPoll();
  desk.poll(session('before', leg(CUSTOMER, '1002')));
  desk.placing('second', CUSTOMER);
  expect(desk.poll(session('before', leg(CUSTOMER, '1001')))).toEqual(['moved before', 'for-me before']);
  const both = [session('x', leg(CUSTOMER, '1001')), session('y', leg(CUSTOMER, '1001'))];
  expect(desk.poll(...both)).toEqual(['appeared x', 'appeared y', 'for-me y', 'ended before', 'missed before']);
});

test('shows a call from my phone at once when a later session of the same list is the requested one', () => {
  const desk = placing();
  const list = [session('a', leg('1001', '1003')), session('p', leg('1001', CUSTOMER))];
  expect(desk.poll(...list)).toEqual(['appeared a', 'appeared p']);
  expect(desk.poll(...list)).toEqual([]);
});

test('recognises the call of an unanswered request for two minutes, and keeps it as placed here', () => {
  const desk = placing();
  desk.after(119).poll(session('p', leg(CUSTOMER, '1001')));
  expect(desk.model.placedCalls.get('k')?.matchedSessionId).toBe('p');
  expect(desk.after(10).poll(session('p', leg(CUSTOMER, '1001')))).toEqual([]);
  expect(desk.calls).toMatchObject([{ placedHere: true }]);
  expect(desk.poll()).toEqual(['ended p']);
  expect(desk.poll(session('q', leg(CUSTOMER, '1001')))).toEqual(['appeared q', 'for-me q']);
});

test('matches two requests for one number to a call each', () => {
  const desk = placing();
  desk.poll(session('first', leg(CUSTOMER, '1001')));
  desk.placing('second', CUSTOMER);
  const both = [session('first', leg(CUSTOMER, '1001')), session('second', leg(CUSTOMER, '1001'))];
  expect(desk.poll(...both)).toEqual(['appeared second']);
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'first' });
  expect(desk.poll(...both)).toEqual([]);
  expect(desk.calls).toMatchObject([{ placedHere: true }, { placedHere: true }]);
});

test('does not match a call with a known id to the next request for the same number', () => {
  const desk = placing();
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'first' });
  desk.placing('second', CUSTOMER);
  desk.poll(session('first', leg(CUSTOMER, '1001')));
  expect(desk.model.placedCalls.get('second')?.matchedSessionId).toBeNull();
});

test('keeps a call as placed here after a new sign-in', () => {
  const desk = placing();
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'p' });
  desk.reset();
  desk.after(10).poll(session('p', leg(CUSTOMER, '1001')));
  expect(desk.calls).toMatchObject([{ placedHere: true }]);
  expect(desk.poll()).toEqual(['ended p']);
});

test.each([32_000, -7_200_000])(
  'keeps the PBX times of my calls when this computer’s clock is set by %i ms',
  (jump) => {
    const desk = new Tracking().afterFirstPoll();
    desk
      .placing('k', CUSTOMER)
      .after(2)
      .poll(session('a', leg('1002', '1001')));
    desk.after(5).poll(session('b', leg('1002', '1001')));
    desk.push(began('c', CUSTOMER, '1001'), over('c'));
    const times = () => {
      const { placedCalls, history, ended, pbxToMonotonicMs, monotonicToWallMs } = desk.model;
      const onPbx = (wall: number | undefined) => Math.round((wall ?? 0) - monotonicToWallMs - (pbxToMonotonicMs ?? 0));
      return {
        placed: onPbx(placedCalls.get('k')?.call.reached[0]?.at),
        waiting: history.waiting.map(({ call, at }) => [onPbx(call.startedAt), onPbx(at)]),
        ended: [...ended.values()].map(({ lastSession }) => onPbx(lastSession?.call?.startedAt)),
      };
    };
    const before = times();
    expect(before).toMatchObject({ placed: NINE, waiting: [[NINE, NINE + 7_000]] });
    desk.now += jump;
    desk.pbxAhead -= jump;
    desk.passSeconds(1);
    expect(times()).toEqual(before);
    expect(desk.events).toEqual([]);
  },
);
