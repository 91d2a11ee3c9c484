import { expect, test } from 'vitest';
import { UntilAnswered } from '../../../src/core/account/until-answered.ts';
import { appError, type AppError } from '../../../src/shared/errors.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function open(...answers: (AppError | string)[]) {
  const clock = new ManualClock();
  clock.chance = 0;
  const results: (string | null)[] = [];
  const data = new UntilAnswered<string>({
    clock,
    request: () => {
      const answer = answers.shift() ?? 'the data';
      return Promise.resolve<Result<string>>(typeof answer === 'string' ? ok(answer) : err(answer));
    },
    onResult: (found) => results.push(found),
  });
  return { clock, data, results };
}

test('requests data that could not be read again, at growing intervals, until it is answered', async () => {
  const { clock, data, results } = open(appError('pbx-failed'), appError('timed-out'));
  await data.ask();
  expect(clock.pending()).toEqual([60_000]);
  await clock.advance(60_000);
  expect(clock.pending()).toEqual([120_000]);
  expect(data.isSettled).toBe(false);
  await clock.advance(120_000);
  expect(clock.pending()).toEqual([]);
  expect(results).toEqual([null, null, 'the data']);
  expect(data.isSettled).toBe(true);
});

test('obeys a longer Retry-After of the PBX', async () => {
  const { clock, data } = open(appError('rate-limited', { retryAfterMs: 300_000 }));
  await data.ask();
  expect(clock.pending()).toEqual([300_000]);
});

test('does not request data again after a refusal', async () => {
  const { clock, data, results } = open(appError('pbx-refused'));
  await data.ask();
  data.askIfUnanswered();
  await clock.advance(3_600_000);
  expect(results).toEqual([null]);
  expect(data.isSettled).toBe(true);
});

test('counts as settled after three failures, and still requests the data', async () => {
  const failure = appError('pbx-failed');
  const { clock, data, results } = open(failure, failure, failure);
  await data.ask();
  await clock.advance(180_000);
  expect(data.isSettled).toBe(true);
  await clock.advance(240_000);
  expect(results).toEqual([null, null, null, 'the data']);
});

test('requests and reports nothing after stop()', async () => {
  const { clock, data, results } = open(appError('pbx-failed'));
  await data.ask();
  data.stop();
  data.askIfUnanswered();
  await clock.advance(3_600_000);
  expect(results).toEqual([null]);
  expect(clock.pending()).toEqual([]);
});
