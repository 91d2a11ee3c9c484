import { describe, expect, test } from 'vitest';
import type { CallEvent } from '../../../src/shared/call.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err } from '../../../src/shared/result.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { watching } from './support/live.ts';
import { began, over, target } from './support/push.ts';
import { ScriptedPbx } from './support/scripted-pbx.ts';
import { NINE } from './support/sessions.ts';

const TOPICS = ['extension_events', 'cdr_events'] as const;
const MISSED = { callStatus: 'noanswer', statusCode: 487, endReason: 'CANCELLED' };
const ANSWERED = { callStatus: 'answered', statusCode: 0, endReason: 'CALLER_DISCONNECTED' };

/** An account with push that may not list calls, unless `mayList`. */
async function listening({ mayList = false } = {}) {
  const clock = new ManualClock(NINE);
  const pbx = new ScriptedPbx(clock);
  if (!mayList) pbx.listSessions = () => Promise.resolve(err(appError('list-forbidden')));
  const events: CallEvent[] = [];
  const { live } = watching({ clock, pbx }, { onEvents: (more) => events.push(...more) });
  live.start();
  live.setPushState({ status: 'listening', topics: TOPICS, proven: TOPICS, since: clock.now() });
  await settle();
  return { clock, live, events };
}

const ringing = (id: string) => [
  began(id, '+12015550123', '1001'),
  target('add', id, '+12015550123', '1001'),
  target('ringing', id, '+12015550123', '1001'),
];

describe('Events of push that arrive together', () => {
  test('announce each of two hundred calls that are missed in the same moment', async () => {
    const { clock, live, events } = await listening();
    const ids = Array.from({ length: 200 }, (_, index) => `session-${index}`);
    live.applyPush(...ids.flatMap(ringing));
    await clock.advance(15_000);
    live.applyPush(...ids.map((id) => over(id, MISSED)));
    await clock.advance(15_000);
    const missed = events.filter(({ type }) => type === 'missed').map(({ call }) => call.id);
    expect(missed.toSorted()).toEqual(ids.toSorted());
  });

  test('announce a call that came, was answered and ended within them', async () => {
    const { clock, live, events } = await listening();
    live.applyPush(...ringing('a'), target('answer', 'a', '+12015550123', '1001'), over('a', ANSWERED));
    await clock.advance(15_000);
    expect(events.map(({ type }) => type)).toEqual(['appeared', 'for-me', 'answered', 'ended']);
    expect(events.at(-1)).toMatchObject({ talk: { call: { other: { number: '+12015550123' } } } });
  });

  test.each([
    ['may not be listed', false],
    ['may be listed', true],
  ])('announce a call that a queue answered before it rings my phone, where calls %s', async (_, mayList) => {
    const { live, events } = await listening({ mayList });
    live.applyPush(
      began('a', '+12015550123', '8000'),
      target('add', 'a', '+12015550123', '8000'),
      target('answer', 'a', '+12015550123', '8000'),
      target('add', 'a', '+12015550123', '1001'),
      target('ringing', 'a', '+12015550123', '1001'),
    );
    expect(events.at(-1)).toMatchObject({ type: 'for-me', call: { state: 'ringing' } });
  });

  test('end a call that is over and comes back under the same id, and announce it anew', async () => {
    const { clock, live, events } = await listening();
    live.applyPush(...ringing('a'));
    await clock.advance(5_000);
    const back = target('ringing', 'a', '+12015550123', '1001', NINE + 6_000);
    const missed = over('a', { ...MISSED, endedAt: NINE + 5_000 });
    live.applyPush(missed, back);
    const typesOfNext = () => events.splice(0).map(({ type }) => type);
    expect(typesOfNext()).toEqual(['appeared', 'for-me', 'ended', 'missed', 'appeared', 'for-me']);
    live.applyPush(missed, back, missed);
    expect(typesOfNext()).toEqual(['ended', 'missed', 'appeared', 'for-me', 'ended', 'missed']);
    expect(live.calls.shown.calls).toEqual([]);
  });

  test('keep my talk where the end of a call is pushed twice', async () => {
    const { clock, live, events } = await listening();
    live.applyPush(...ringing('a'));
    await clock.advance(5_000);
    live.applyPush(target('answer', 'a', '+12015550123', '1001'), over('a', ANSWERED), over('a', ANSWERED));
    await clock.advance(15_000);
    const ends = events.filter(({ type }) => type === 'ended');
    expect(ends).toMatchObject([{ talk: { call: { id: 'a' } } }]);
  });
});
