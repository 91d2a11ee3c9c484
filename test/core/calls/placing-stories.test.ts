import { expect, test } from 'vitest';
import { appError } from '../../../src/shared/errors.ts';
import { phone } from './support/push.ts';
import { CUSTOMER, leg, session, talking } from './support/sessions.ts';
import { Tracking } from './support/tracking.ts';

/** A desk at which a call to the customer is about to be placed. */
function placing(): Tracking {
  return new Tracking().unreadable().ready().placing('k', CUSTOMER);
}

test('A call that I placed is mine and outgoing from its first sign on, whatever its legs look like.', () => {
  const desk = placing();
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'p' });
  expect(desk.events).toMatchObject([{ type: 'appeared', call: { id: 'p', state: 'unknown' } }]);
  expect(desk.after(5).look(session('p', leg(CUSTOMER, '1001')))).toEqual([]);
  expect(desk.calls).toMatchObject([
    { mine: true, placedHere: true, direction: 'outgoing', state: 'ringing', other: { number: CUSTOMER } },
  ]);
  // My phone was answered, the other side rings: nobody talks yet.
  expect(desk.after(5).look(session('p', talking(CUSTOMER, '1001', 3), leg('1001', CUSTOMER)))).toEqual([]);
  expect(desk.calls).toMatchObject([{ state: 'ringing', answeredAt: null }]);
  expect(desk.after(5).look(session('p', talking(CUSTOMER, '1001', 8), talking('1001', CUSTOMER, 2)))).toEqual([
    'answered p',
  ]);
  expect(desk.calls).toMatchObject([{ state: 'talking', answeredAt: desk.now - 2_000 }]);
  expect(desk.look()).toEqual(['ended p']);
});

test('My phone rings before the PBX has answered the request: that is not a call for me.', () => {
  const desk = placing();
  expect(desk.look(session('p', leg('tel:+1-201-555-0123', '1001')))).toEqual(['appeared p']);
  expect(desk.calls).toMatchObject([{ placedHere: true }]);
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'p' });
  expect(desk.look()).toEqual(['ended p']);
});

test('Nor is it when push comes late and finds my phone ringing for the call.', () => {
  const desk = placing();
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'p' });
  desk.look(session('p', leg(CUSTOMER, '1001')));
  desk.after(16).look(session('p', leg(CUSTOMER, '1001')));
  expect(desk.listening().apply({ type: 'push', event: phone('ringing') })).toEqual([]);
  expect(desk.passes(1)).toEqual([]);
  expect(desk.calls).toMatchObject([{ placedHere: true }]);
});

test('So it is when the PBX lists my phone as calling itself.', () => {
  expect(placing().look(session('p', leg('1001', '1001')))).toEqual(['appeared p']);
});

test('Somebody else who calls at that moment is for me.', () => {
  expect(placing().look(session('q', leg('+12015550144', '1001')))).toEqual(['appeared q', 'for-me q']);
});

test('The customer calls in the very moment in which I dial them: once the PBX tells my call’s id, theirs is announced.', () => {
  const desk = placing();
  expect(desk.look(session('theirs', leg(CUSTOMER, '1001')))).toEqual(['appeared theirs']);
  expect(desk.apply({ type: 'accepted', key: 'k', sessionId: 'ours' })).toEqual([
    'appeared ours',
    'moved theirs',
    'for-me theirs',
  ]);
  desk.look(session('theirs', leg(CUSTOMER, '1001')), session('ours', leg(CUSTOMER, '1001')));
  expect(desk.look(session('ours', leg(CUSTOMER, '1001')))).toEqual(['ended theirs', 'missed theirs']);
});

test('When the PBX refuses, a call that was taken for it is announced after all.', () => {
  const desk = placing();
  desk.look(session('theirs', leg(CUSTOMER, '1001')));
  const refused = desk.apply({ type: 'refused', key: 'k', error: appError('dial-forbidden') });
  expect(refused).toEqual(['moved theirs', 'for-me theirs']);
});

test('A request takes one session only, and none that was there before it.', () => {
  const desk = new Tracking().unreadable().ready();
  desk.look(session('before', leg(CUSTOMER, '1002')));
  desk.placing('second', CUSTOMER);
  expect(desk.look(session('before', leg(CUSTOMER, '1001')))).toEqual(['moved before', 'for-me before']);
  const both = [session('x', leg(CUSTOMER, '1001')), session('y', leg(CUSTOMER, '1001'))];
  expect(desk.look(...both)).toEqual(['appeared x', 'appeared y', 'for-me y', 'ended before', 'missed before']);
});

test('A request that got no answer is recognised until its time is over, and its call stays ours.', () => {
  const desk = placing();
  desk.after(119).look(session('p', leg(CUSTOMER, '1001')));
  expect(desk.model.placings.get('k')?.claimed).toBe('p');
  expect(desk.after(10).look(session('p', leg(CUSTOMER, '1001')))).toEqual([]);
  expect(desk.calls).toMatchObject([{ placedHere: true }]);
  expect(desk.look()).toEqual(['ended p']);
  expect(desk.look(session('q', leg(CUSTOMER, '1001')))).toEqual(['appeared q', 'for-me q']);
});

test('A second request for the number takes its own call, the first one keeps what is left.', () => {
  const desk = placing();
  desk.look(session('first', leg(CUSTOMER, '1001')));
  desk.placing('second', CUSTOMER);
  const both = [session('first', leg(CUSTOMER, '1001')), session('second', leg(CUSTOMER, '1001'))];
  expect(desk.look(...both)).toEqual(['appeared second']);
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'first' });
  expect(desk.look(...both)).toEqual([]);
  expect(desk.calls).toMatchObject([{ placedHere: true }, { placedHere: true }]);
});

test('A call whose id is known is not taken for the next request to the same number.', () => {
  const desk = placing();
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'first' });
  desk.placing('second', CUSTOMER);
  desk.look(session('first', leg(CUSTOMER, '1001')));
  expect(desk.model.placings.get('second')?.claimed).toBeNull();
});

test('After signing in anew, a call placed here is still known as such.', () => {
  const desk = placing();
  desk.apply({ type: 'accepted', key: 'k', sessionId: 'p' });
  desk.reset();
  desk.after(10).look(session('p', leg(CUSTOMER, '1001')));
  expect(desk.calls).toMatchObject([{ placedHere: true }]);
  expect(desk.look()).toEqual(['ended p']);
});
