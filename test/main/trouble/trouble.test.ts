import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/core/clock.ts';
import { ENGLISH, loadTroubleMessages, type TroubleMessages } from '../../../src/messages/trouble.ts';
import { describeError, writeReport } from '../../../src/main/trouble/report.ts';
import { startFailed } from '../../../src/main/trouble/start-failed.ts';
import { StartProblem } from '../../../src/main/trouble/start-problem.ts';
import {
  actionOf,
  troublePage,
  type ShowTrouble,
  type TroubleContent,
  type TroublePage,
} from '../../../src/main/trouble/trouble-page.ts';
import { Unexpected } from '../../../src/main/trouble/unexpected.ts';

/** Records every action and does nothing. */
function desk(messages: TroubleMessages = ENGLISH) {
  const seen = {
    log: [] as string[],
    printed: [] as string[],
    shown: [] as TroubleContent[],
    exits: [] as number[],
    restarts: 0,
  };
  let now = Date.UTC(2026, 10, 28);
  let alarm: (() => void) | null = null;
  let press: Parameters<ShowTrouble>[1] = () => {};
  const clock: Clock = {
    now: () => now,
    elapsed: () => now,
    after: (_ms, task) => {
      alarm = task;
      return () => {
        alarm = null;
      };
    },
    random: () => 0,
  };
  const write = (text: string): number => seen.log.push(text);
  return {
    seen,
    options: {
      clock,
      log: { info: write, warn: write },
      report: (facts: readonly string[]) => facts.join('\n'),
      print: (line: string) => void seen.printed.push(line),
      messages,
      show: ((content, onAction) => {
        seen.shown.push(content(messages));
        press = onAction;
      }) satisfies ShowTrouble,
      exit: (code: number) => void seen.exits.push(code),
      restart: () => {
        seen.restarts++;
      },
    },
    wait: (ms: number) => {
      now += ms;
      alarm?.();
    },
    press: (action: Parameters<typeof press>[0]) => press(action),
  };
}

describe('an uncaught error', () => {
  test('is logged with its stack, and only the first one opens a window', () => {
    const { seen, options, press } = desk();
    const unexpected = new Unexpected(options);
    unexpected.happened(new TypeError('x is not a function'), 'Uncaught exception');
    for (let i = 0; i < 100; i++) unexpected.happened('plain text', 'Unhandled rejection');
    expect(seen.log).toHaveLength(101);
    expect(seen.log[0]).toMatch(/^Uncaught exception: TypeError: x is not a function\n {4}at /);
    expect(seen.shown).toHaveLength(1);
    expect(seen.shown[0]?.report).toContain('TypeError: x is not a function\n    at ');
    press('restart');
    expect(seen.restarts).toBe(1);
  });

  test('opens the window again after an hour, with the newest errors', () => {
    const { seen, options, wait } = desk();
    const unexpected = new Unexpected(options);
    for (let i = 0; i < 9; i++) unexpected.happened(`error ${i}`, 'Uncaught exception');
    wait(3_600_000);
    unexpected.happened('error 9', 'Uncaught exception');
    expect(seen.shown).toHaveLength(2);
    expect(seen.shown[1]?.report).toContain('10 unexpected errors');
    expect(seen.shown[1]?.report).toContain("'error 9'");
    expect(seen.shown[1]?.report).not.toContain("'error 4'");
  });
});

describe('a start that fails', () => {
  test('shows the sentence of a known problem and ends with exit code 1 when the window is closed', () => {
    const { seen, options, press } = desk();
    startFailed(new StartProblem('folderFull', '/home/anna', 'ENOSPC', new Error('ENOSPC')), options);
    const sentences = [
      "There is no space left for Traydial's folder /home/anna.",
      'Free some disk space, then start Traydial again.',
    ];
    expect(seen.printed).toEqual([`Traydial could not start. ${sentences.join(' ')}`]);
    expect(seen.shown[0]?.sentences).toEqual(sentences);
    expect(seen.log[0]).toContain('folderFull ENOSPC /home/anna');
    expect(seen.log[0]).toContain('Caused by: Error: ENOSPC');
    expect(seen.exits).toEqual([]);
    press('close');
    expect(seen.exits).toEqual([1]);
  });

  test('is explained in the language of the program', async () => {
    const { seen, options } = desk(await loadTroubleMessages('de'));
    startFailed(new StartProblem('folderUnwritable', '/home/anna'), options);
    expect(seen.printed[0]).toMatch(/^Traydial konnte nicht starten\. /);
    expect(seen.shown[0]?.sentences[0]).toBe('Traydial kann nicht in seinen Ordner /home/anna schreiben.');
  });

  test('ends with exit code 1 after a minute when nobody closes the window, as at login', () => {
    const { seen, options, wait } = desk();
    startFailed(new TypeError('x is not a function'), options);
    expect(seen.shown[0]?.sentences[0]).toBe('Something went wrong inside Traydial.');
    wait(60_000);
    expect(seen.exits).toEqual([1]);
  });
});

test('a report has the versions, but no secrets, complete numbers or home folder', () => {
  const place = {
    version: '0.1.0',
    platform: 'linux 6.1.0 x64',
    versions: { electron: '45.4.1', node: '24.21.0' },
    home: '/home/anna',
  };
  const error = new Error('+12015550123 at /home/anna/.config/traydial', { cause: new Error('token=abc') });
  const report = writeReport(place, new Date(0), [describeError(error)]);
  expect(report).toMatch(
    /^Traydial 0\.1\.0 on linux 6\.1\.0 x64, Electron 45\.4\.1, Node 24\.21\.0\n1970-01-01T00:00:00\.000Z\n/,
  );
  expect(report).toContain('at ~/.config/traydial');
  for (const secret of ['12015550123', 'abc', 'anna']) expect(report).not.toContain(secret);
});

describe('the page', () => {
  const page: TroublePage = {
    messages: ENGLISH,
    heading: 'A <b>',
    sentences: ['"x" & y'],
    actions: ['copy'],
    report: '</pre><script>',
    copied: true,
  };

  test('escapes every text, runs no script and loads nothing', async () => {
    const response = troublePage(page);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'$/);
    const html = await response.text();
    expect(html).toContain('A &lt;b&gt;');
    expect(html).not.toContain('<script');
    expect(html).toContain('The report is on the clipboard.');
  });

  test.each([
    ['app://trouble/copy', 'copy'],
    ['app://trouble/restart', 'restart'],
    ['app://trouble/toString', null],
    ['https://elsewhere.example/copy', null],
  ])('%s means %s', (url, action) => {
    expect(actionOf(url)).toBe(action);
  });
});
