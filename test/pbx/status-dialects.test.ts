import { expect, test } from 'vitest';
import { signedInDemo } from '../demo/support/api.ts';
import { listening } from '../demo/support/listener.ts';
import * as dialects from './dialects.ts';

/** A call rings and is answered: what GET /user/status says of the phone, and what is pushed of it. */
test.each([
  [
    'in the demo office both have a value for ringing',
    {},
    ['ONLINE RINGING', 'OTHER_CALL OTHER_CALL'],
    ['RINGING', 'ON_CALL', ''],
  ],
  [
    'the status of 22.2 has none, push has',
    dialects.STATUS_OF_22_2,
    ['ON_CALL ON_CALL', 'ON_CALL ON_CALL'],
    ['RINGING', 'ON_CALL', ''],
  ],
  [
    'neither has one: a phone that rings is on a call',
    dialects.RINGING_IS_ON_CALL,
    ['ON_CALL ON_CALL', 'ON_CALL ON_CALL'],
    ['ON_CALL', ''],
  ],
  [
    'neither has one: a phone that rings is idle',
    dialects.RINGING_IS_IDLE,
    ['ONLINE AVAILABLE', 'ON_CALL ON_CALL'],
    ['ON_CALL', ''],
  ],
  [
    'that a phone was picked up is not pushed',
    dialects.ANSWERS_NOT_PUSHED,
    ['ONLINE RINGING', 'OTHER_CALL OTHER_CALL'],
    ['RINGING', ''],
  ],
])('%s', async (_what, dialect, statuses, pushed) => {
  const { pbx, api } = await signedInDemo({ dialect });
  const listener = await listening(pbx, 'extension_events');
  const status = async (): Promise<string> => {
    const { status: own, presence } = (await api.get('/api/user/status')).json as Record<string, string>;
    return `${String(own)} ${String(presence)}`;
  };
  const id = pbx.addSession({ legs: [{ caller: '+12015550123', callee: '1001' }] });
  const said = [await status()];
  pbx.answer(id);
  said.push(await status());
  pbx.endSession(id);
  expect(said).toEqual(statuses);
  const events = (await listener.events()).filter((frame) => frame['event_type'] === 'extension_call');
  expect(events.map((frame) => frame['call_status'])).toEqual(pushed);
});
