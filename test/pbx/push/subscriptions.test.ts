import { expect, test } from 'vitest';
import type { Subscription } from '../../../src/demo/dialect.ts';
import { openDemo } from '../../demo/support/api.ts';
import { Listener } from '../../demo/support/listener.ts';
import * as dialects from '../dialects.ts';

const TOPICS = ['extension_events', 'cdr_events'] as const;
const subscribe = (...topics: string[]) => ({ command: 'subscribe', topics, extensions: ['1001'] });

/** Subscribes to each topic alone, lets a call ring, and returns the replies and types of events by topic. */
async function repliesAndEvents(rules: [Subscription, Subscription], more = {}): Promise<unknown[][]> {
  const { pbx } = await openDemo({ dialect: { ...dialects.subscriptions(...rules), ...more } });
  const byTopic: unknown[][] = [];
  for (const topic of TOPICS) {
    const listener = await new Listener(pbx).open();
    await listener.signIn();
    listener.send(subscribe(topic));
    await listener.pong();
    pbx.make('incoming');
    await listener.pong();
    byTopic.push(
      listener.frames
        .slice(1)
        .map((frame) => frame['event_type'] ?? frame['status'])
        .filter((kind) => typeof kind !== 'string' || !kind.startsWith('cdr_target')),
    );
  }
  return byTopic;
}

const EXTENSION = ['extension_status', 'extension_call'];

test.each<[Subscription, Subscription, unknown[][]]>([
  [
    'acknowledged',
    'acknowledged',
    [
      [0, ...EXTENSION],
      [0, 'call_start'],
    ],
  ],
  ['acknowledged', 'refused', [[0, ...EXTENSION], [-1]]],
  ['acknowledged', 'ignored', [[0, ...EXTENSION], []]],
  ['silent', 'silent', [EXTENSION, ['call_start']]],
  ['silent', 'ignored', [EXTENSION, []]],
  ['ignored', 'ignored', [[], []]],
  ['ignored', 'acknowledged', [[], [0, 'call_start']]],
  ['refused', 'silent', [[-1], ['call_start']]],
])(
  'with extension_events %s and cdr_events %s, each subscription gets its replies and events',
  async (extensions, calls, expected) => {
    expect(await repliesAndEvents([extensions, calls])).toEqual(expected);
  },
);

test('with NO_SNAPSHOT a granted subscription sends no snapshot', async () => {
  expect(await repliesAndEvents(['silent', 'silent'], dialects.NO_SNAPSHOT)).toEqual([
    ['extension_call'],
    ['call_start'],
  ]);
});

test('a command for two topics is not answered if one of them is ignored', async () => {
  const { pbx } = await openDemo({ dialect: dialects.subscriptions('acknowledged', 'ignored') });
  const listener = await new Listener(pbx).open();
  await listener.signIn();
  listener.send(subscribe(...TOPICS));
  expect(await listener.next()).toMatchObject({ event_type: 'extension_status' });
  expect(pbx.push.connections[0]?.topics).toEqual(['extension_events']);
});
