import { expect, test } from 'vitest';
import type { TrayAction } from '../../../src/main/tray/menu.ts';
import { runTrayAction } from '../../../src/main/tray/tray-actions.ts';
import { appError } from '../../../src/shared/errors.ts';
import { err, ok } from '../../../src/shared/result.ts';

/** What the program is asked to do for an action, in order. */
async function asked(action: TrayAction, hangUpFails = false): Promise<string[]> {
  const done: string[] = [];
  runTrayAction(action, {
    show: (view) => done.push(`show ${view ?? ''}`.trim()),
    desk: {
      dialCommands: {
        dial: (number, provenance, external) => {
          done.push(`dial ${number} ${provenance}${external ? ' external' : ''}`);
          return Promise.resolve(ok('asked'));
        },
        ignoreLinks: (ignore) => done.push(`ignore links ${String(ignore)}`),
        hangUp: (call) => {
          done.push(`hang up ${call}`);
          return Promise.resolve(hangUpFails ? err(appError('timed-out')) : ok(null));
        },
      },
    },
    dialCopied: () => done.push('dial copied'),
    pause: (until) => done.push(`pause ${String(until)}`),
    quit: () => done.push('quit'),
  });
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}

test.each<[TrayAction, string[]]>([
  [{ type: 'open' }, ['show']],
  [{ type: 'missed' }, ['show missed']],
  [{ type: 'history' }, ['show history']],
  [{ type: 'dial' }, ['show dial']],
  [{ type: 'dial-number', number: '1002', provenance: 'caller', external: false }, ['dial 1002 caller']],
  [{ type: 'dial-number', number: '1002', provenance: 'caller', external: true }, ['dial 1002 caller external']],
  [{ type: 'dial-clipboard' }, ['dial copied']],
  [{ type: 'hang-up', call: '7' }, ['hang up 7']],
  [{ type: 'ignore-links', ignore: true }, ['ignore links true']],
  [{ type: 'pause', until: 'tomorrow' }, ['pause tomorrow']],
  [{ type: 'settings' }, ['show settings']],
  [{ type: 'quit' }, ['quit']],
])('runs the action %o', async (action, expected) => {
  expect(await asked(action)).toEqual(expected);
});

test('a call that could not be ended is shown in the window', async () => {
  expect(await asked({ type: 'hang-up', call: '7' }, true)).toEqual(['hang up 7', 'show calls']);
});
