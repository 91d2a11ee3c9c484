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

/** An account that knows calls from push alone. */
async function listening() {
  const clock = new ManualClock(NINE);
  const pbx = new ScriptedPbx(clock);
  pbx.listSessions = () => Promise.resolve(err(appError('list-forbidden')));
  const events: CallEvent[] = [];
  const { live } = watching({ clock, pbx }, { onEvents: (more) => events.push(...more) });
  live.start();
  live.pushState({ status: 'listening', topics: TOPICS, proven: TOPICS, since: clock.now() });
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
    live.pushed(...ids.flatMap(ringing));
    await clock.advance(15_000);
    live.pushed(...ids.map((id) => over(id, MISSED)));
    await clock.advance(15_000);
    const missed = events.filter(({ type }) => type === 'missed').map(({ call }) => call.id);
    expect(missed.toSorted()).toEqual(ids.toSorted());
  });

  test('announce a call that came, was answered and ended within them', async () => {
    const { clock, live, events } = await listening();
    live.pushed(...ringing('a'), target('answer', 'a', '+12015550123', '1001'), over('a', ANSWERED));
    await clock.advance(15_000);
    expect(events.map(({ type }) => type)).toEqual(['appeared', 'for-me', 'answered', 'ended']);
    expect(events.at(-1)).toMatchObject({ talk: { call: { other: { number: '+12015550123' } } } });
  });

  test('keep my talk where the end of a call is pushed twice', async () => {
    const { clock, live, events } = await listening();
    live.pushed(...ringing('a'));
    await clock.advance(5_000);
    live.pushed(target('answer', 'a', '+12015550123', '1001'), over('a', ANSWERED), over('a', ANSWERED));
    await clock.advance(15_000);
    const ends = events.filter(({ type }) => type === 'ended');
    expect(ends).toMatchObject([{ talk: { call: { id: 'a' } } }]);
  });
});
