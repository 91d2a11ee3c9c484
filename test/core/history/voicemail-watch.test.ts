import { expect, test } from 'vitest';
import { VoicemailWatch } from '../../../src/core/history/voicemail-watch.ts';
import { decodeNewVoicemails } from '../../../src/core/pbx/decode.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const MINUTE = 60_000;

function watching(answers: Result<number>[]) {
  const clock = new ManualClock();
  const began = clock.now();
  /** In minutes after the start. */
  const asked: number[] = [];
  const counts: (number | null)[] = [];
  const watch = new VoicemailWatch({
    clock,
    pbx: {
      newVoicemails: () => {
        asked.push(Math.round((clock.now() - began) / MINUTE));
        return Promise.resolve(answers[asked.length - 1] ?? answers.at(-1) ?? ok(0));
      },
    },
    onChange: () => counts.push(watch.count),
  });
  return { watch, clock, asked, counts };
}

test('new voicemails are counted soon after the sign-in, every half hour, and some minutes after calls', async () => {
  const { watch, clock, asked, counts } = watching([ok(2), ok(2), ok(1)]);
  watch.start();
  expect(watch.count).toBeNull();
  await clock.advance(MINUTE);
  expect(counts).toEqual([2]);
  watch.callEnded();
  watch.callEnded();
  await clock.advance(4 * MINUTE);
  watch.callEnded();
  await clock.advance(10 * MINUTE);
  expect(asked).toEqual([0, 6]);
  await clock.advance(30 * MINUTE);
  expect(asked).toEqual([0, 6, 36]);
  expect(counts).toEqual([2, 1]);
});

test('after a refusal, the count is unknown and is requested again after hours', async () => {
  for (const code of ['pbx-refused', 'session-expired'] as const) {
    const { watch, clock, asked, counts } = watching([ok(1), err(appError(code)), ok(3)]);
    watch.start();
    await clock.advance(45 * MINUTE);
    expect(counts).toEqual([1, null]);
    watch.callEnded();
    await clock.advance(3 * 60 * MINUTE);
    expect(asked).toHaveLength(2);
    await clock.advance(2 * 60 * MINUTE);
    expect(counts).toEqual([1, null, 3]);
    watch.stop();
  }
});

test('after an error, the count is unknown', async () => {
  const { watch, clock, counts } = watching([ok(1), err(appError('connection-lost'))]);
  watch.start();
  await clock.advance(45 * MINUTE);
  expect(counts).toEqual([1, null]);
});

test.each([
  [{ count: 3, items: [{ status: 'UNREAD' }, { status: 'READ' }, { status: 'unread' }, {}, null] }, 2],
  [{ count: 0, items: null }, 0],
  [{ count: 4 }, null],
  ['', null],
])('the answer %j means that the number of new voicemails is %s', (body, count) => {
  expect(decodeNewVoicemails(body)).toBe(count);
});
