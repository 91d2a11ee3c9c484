import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { AppDriver } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { ENGLISH } from '../../src/messages/trouble.ts';
import { cleanUpAfterEach, newProfile, start, until } from './support/session.ts';

/** The windows that show trouble; the stand-in shows each window in a page of its own. */
const troubleWindows = async (app: AppDriver) =>
  (await app.windows()).filter(({ url }) => url.startsWith('app://trouble'));

async function openTrouble(app: AppDriver): Promise<Page> {
  await until(async () => expect(await troubleWindows(app)).toHaveLength(1));
  return app.pageAt('app://trouble');
}

const NOTICE = "Traydial didn't end properly last time.";
const logOf = (app: AppDriver) => readFileSync(join(app.profile, 'logs/main.log'), 'utf8');
/** The process that holds Chromium's lock of a profile: a symbolic link to `HOST-PID`. */
const lockHolder = (profile: string): number => Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
const isMarked = (profile: string) => existsSync(join(profile, 'running'));

describe.each(TARGETS)('trouble on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  test('uncaught errors go to the log and to one window; the program goes on and the report is masked', async () => {
    const { app, window } = await start(target, { demo: true, mayFail: true });
    await window.dialField.waitFor();
    await app.act({ type: 'bug', message: 'no such leg of +12015550123, token=abcdef' });
    const page = await openTrouble(app);
    await page.getByRole('heading', { name: ENGLISH.unexpected.heading }).waitFor();
    await app.act({ type: 'bug', message: 'and another one', rejected: true });
    await page.getByRole('link', { name: 'Copy report' }).click();
    await until(async () => expect((await app.state()).clipboard.text).toContain('Error: no such leg'));
    const report = (await app.state()).clipboard.text;
    expect(report).toMatch(/^Traydial \d/);
    expect(report).toContain('    at ');
    for (const secret of ['12015550123', 'abcdef']) expect(report).not.toContain(secret);
    await until(() => expect(logOf(app)).toMatch(/Unhandled rejection: Error: and another one\n {4}at /));
    expect(logOf(app)).toMatch(/Uncaught exception: Error: no such leg of \+…123/);
    expect(await troubleWindows(app)).toHaveLength(1);
    await page.getByRole('link', { name: 'Close' }).click();
    await until(async () => expect(await troubleWindows(app)).toEqual([]));
    await window.dial('1002');
    await window.step('Connected');
  });

  // The host only records that the program would be started again.
  test.runIf(target.kind === 'electron')('Restart ends the program properly and starts it again', async () => {
    const profile = newProfile();
    const { app } = await start(target, { demo: true, mayFail: true, profile });
    await app.act({ type: 'bug', message: 'no such leg' });
    const page = await openTrouble(app);
    await page.getByRole('link', { name: 'Restart' }).click();
    expect(await app.exited()).toBe(0);
    await until(() => expect(logOf(app).match(/started on linux/g)).toHaveLength(2));
    // The driver knows only the first process; this command reaches the second one.
    await until(async () => expect((await app.command('show')).code).toBe(0));
    const again = lockHolder(profile);
    expect(logOf(app)).not.toContain('did not end properly');
    process.kill(again, 'SIGTERM');
    await until(() => expect(isMarked(profile)).toBe(false));
    await until(() => expect(() => process.kill(again, 0)).toThrow());
  });

  test('the program reports once at its next start that it was killed, and nothing if it had ended normally', async () => {
    const profile = newProfile();
    const killed = await start(target, { profile });
    await killed.app.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await killed.app.page.getByText(NOTICE).count()).toBe(0);
    killed.app.signal('SIGKILL');
    await killed.app.exited();
    const { app } = await start(target, { profile });
    await app.page.getByText(NOTICE).waitFor();
    // A second start hands over and leaves the mark of the first.
    await app.act({ type: 'second-instance', argv: [] });
    expect(isMarked(profile)).toBe(true);
    await app.page.getByRole('button', { name: 'Copy report' }).click();
    await app.page.getByRole('button', { name: 'Report copied' }).waitFor();
    const { text } = (await app.state()).clipboard;
    expect(text).toMatch(/^Traydial \d/);
    expect(text).toMatch(/Did not end properly: \d+\.\d+\.\d+ since 20/);
    expect(text).toContain('started on linux');
    await app.page.getByRole('button', { name: `Dismiss: ${NOTICE}` }).click();
    await app.page.getByText(NOTICE).waitFor({ state: 'detached' });
    app.signal('SIGTERM');
    expect(await app.exited()).toBe(0);
    expect(isMarked(profile)).toBe(false);
    expect(logOf(app)).not.toContain('did not load');
    const last = await start(target, { profile });
    await last.app.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await last.app.page.getByText(NOTICE).count()).toBe(0);
  });

  test('uncaught errors of the page are in the log once, masked', async () => {
    const { app } = await start(target, { mayFail: true });
    await app.page.getByRole('heading', { level: 1 }).waitFor();
    await app.page.evaluate(() => {
      for (let i = 0; i < 5; i++)
        setTimeout(() => {
          throw new Error('no row for +12015550123');
        });
      void Promise.reject(new TypeError('token=abcdef'));
    });
    await until(() => expect(logOf(app)).toContain('Uncaught (in promise) TypeError: token=…'));
    expect(logOf(app).match(/Error in the window: Uncaught Error: no row for \+…123/g)).toHaveLength(1);
  });

  test.runIf(target.kind === 'host')(
    'when the profile cannot be locked, a window and the terminal say so, and the program ends with 1',
    async () => {
      const { app } = await start(target, { sim: ['lock=refused'] });
      await app.page.getByRole('heading', { name: ENGLISH.start.heading }).waitFor();
      await app.page.getByText("can't lock its folder").first().waitFor();
      expect(app.output()).toContain('Traydial could not start.');
      await app.page.getByRole('link', { name: 'Quit' }).click();
      expect(await app.exited()).toBe(1);
    },
  );
});
