import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openTestPbx, type TestPbx, type FaultRule } from '../pbx/test-pbx.ts';
import { formFor, until } from '../core/support/test-desk.ts';

const CHILD = join(import.meta.dirname, '../support/desk-child.ts');
const NODE = join(import.meta.dirname, '../../node_modules/.bin/node');
/** Closing takes moments; the time-outs of requests, which must not be waited for, are 15 s. */
const SOON_MS = 14_000;

let pbx: TestPbx;
let child: ReturnType<typeof spawn> | null = null;

afterEach(async () => {
  child?.kill('SIGKILL');
  await pbx.close();
});

const hang = (method: string, path: string): FaultRule => ({ method, path, times: Infinity, action: { hang: true } });
const LIST = '/api/sessions';

test.each<[state: string, fault?: FaultRule]>([
  ['calls that are polled'],
  ['a call being placed'],
  ['signed out'],
  ['a list that fails', { path: LIST, times: Infinity, skip: 1, action: { status: 503 } }],
  ['a list that is not answered', { ...hang('GET', LIST), skip: 1 }],
  ['a call that is not answered', hang('POST', LIST)],
  ['signing in', hang('POST', '/api/auth/sign_in')],
])('with %s, closing the desk lets the program end by itself', async (state, fault) => {
  pbx = await openTestPbx({ traffic: false });
  const faulty = fault === undefined ? null : pbx.faults.add(fault);
  const running = spawn(NODE, [CHILD, state, JSON.stringify(formFor(pbx))], { stdio: ['pipe', 'pipe', 'inherit'] });
  child = running;
  let output = '';
  let closedAt = Infinity;
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.includes('closed\n')) closedAt = Math.min(closedAt, Date.now());
  });
  const over = once(running, 'close');
  if (faulty !== null && state !== 'a list that fails') {
    await until(() => expect(faulty.used).toBeGreaterThan(0));
    running.stdin.write('arrived');
  }
  expect(await over).toEqual([0, null]);
  expect(output).toMatch(/closed\n$/);
  expect(Date.now() - closedAt).toBeLessThan(SOON_MS);
});
