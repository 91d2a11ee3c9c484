import { expect, onTestFinished, test } from 'vitest';
import { onBug, isBug } from '../../src/core/report-bug.ts';
import { connectFailure, toAppError } from '../../src/core/pbx/network-errors.ts';

function bugs(): Error[] {
  const reported: Error[] = [];
  onTestFinished(onBug((bug) => reported.push(bug)));
  return reported;
}

test('a TypeError inside a request becomes an internal error, not a network error, and is reported with its stack', () => {
  const reported = bugs();
  const bug = new TypeError('x is not a function');
  expect(toAppError(bug, 'GET https://pbx/api')).toMatchObject({ code: 'internal' });
  expect(toAppError(bug, 'POST https://pbx/api', 'dial-unanswered')).toMatchObject({ code: 'internal' });
  expect(connectFailure(bug)).toMatchObject({ errorCode: 'internal' });
  expect(reported).toEqual([bug, bug, bug]);
});

test('an error of the network keeps its own code and is not reported', () => {
  const reported = bugs();
  const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  expect(toAppError(reset, 'GET https://pbx/api')).toMatchObject({ code: 'connection-lost' });
  const badUrl = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' });
  expect(isBug(badUrl)).toBe(false);
  expect(reported).toEqual([]);
});
