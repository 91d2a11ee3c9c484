import { expect, test } from 'vitest';
import { openSignedInDemo } from '../demo/support/api.ts';
import { openListener } from '../demo/support/listener.ts';
import * as dialects from './dialects.ts';

/** A call rings and is answered: the status of the phone from GET /user/status, and the pushed call_status. */
test.each([
  [
    'in the demo office, the status and push have a value for ringing',
    {},
    ['ONLINE RINGING', 'OTHER_CALL OTHER_CALL'],
    ['RINGING', 'ON_CALL', ''],
  ],
  [
    'with STATUS_OF_22_2, only push has a value for ringing',
    dialects.STATUS_OF_22_2,
    ['ON_CALL ON_CALL', 'ON_CALL ON_CALL'],
    ['RINGING', 'ON_CALL', ''],
  ],
  [
    'with RINGING_IS_ON_CALL, a ringing phone is on a call in both',
    dialects.RINGING_IS_ON_CALL,
    ['ON_CALL ON_CALL', 'ON_CALL ON_CALL'],
    ['ON_CALL', ''],
  ],
  [
    'with RINGING_IS_IDLE, a ringing phone is idle in both',
    dialects.RINGING_IS_IDLE,
    ['ONLINE AVAILABLE', 'ON_CALL ON_CALL'],
    ['ON_CALL', ''],
  ],
  [
    'with ANSWERS_NOT_PUSHED, push does not report that the phone was picked up',
    dialects.ANSWERS_NOT_PUSHED,
    ['ONLINE RINGING', 'OTHER_CALL OTHER_CALL'],
    ['RINGING', ''],
  ],
])('%s', async (_what, dialect, statuses, pushed) => {
  const { pbx, api } = await openSignedInDemo({ dialect });
  const listener = await openListener(pbx, 'extension_events');
  const status = async (): Promise<string> => {
    const { status: own, presence } = (await api.get('/api/user/status')).json as Record<string, string>;
    return `${String(own)} ${String(presence)}`;
  };
  const id = pbx.addSession({ legs: [{ caller: '+12015550123', callee: '1001' }] });
  const reported = [await status()];
  pbx.answer(id);
  reported.push(await status());
  pbx.endSession(id);
  expect(reported).toEqual(statuses);
  const events = (await listener.events()).filter((frame) => frame['event_type'] === 'extension_call');
  expect(events.map((frame) => frame['call_status'])).toEqual(pushed);
});
