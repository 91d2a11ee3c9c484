import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { AppDriver } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, start, until } from './support/session.ts';

const HEADING = 'Something went wrong inside Traydial';

/** The windows that show trouble; the stand-in shows each window in a page of its own. */
const troubleWindows = async (app: AppDriver) =>
  (await app.windows()).filter(({ url }) => url.startsWith('app://trouble'));

async function openTrouble(app: AppDriver): Promise<Page> {
  const [window] = await until(async () => {
    const found = await troubleWindows(app);
    expect(found).toHaveLength(1);
    return found;
  });
  const page = await app.page.context().newPage();
  await page.goto(new URL(`/?window=${window?.id ?? 0}`, app.page.url()).href);
  return page;
}

describe.each(TARGETS)('trouble on $kind', (target) => {
  if (target.unavailable !== null || target.kind !== 'host') {
    test.skip(`not here: ${target.unavailable ?? 'nothing makes a real Electron throw'}`);
    return;
  }
  cleanUpAfterEach();

  test('uncaught errors go to the log and to one window; the program goes on and the report is masked', async () => {
    const { app, window } = await start(target, { demo: true, mayFail: true });
    await window.dialField.waitFor();
    await app.act({ type: 'bug', message: 'no such leg of +12015550123, token=abcdef' });
    const page = await openTrouble(app);
    await page.getByRole('heading', { name: HEADING }).waitFor();
    await app.act({ type: 'bug', message: 'and another one', rejected: true });
    await page.getByRole('link', { name: 'Copy report' }).click();
    await until(async () => expect((await app.state()).clipboard.text).toContain('Error: no such leg'));
    const report = (await app.state()).clipboard.text;
    expect(report).toMatch(/^Traydial \d/);
    expect(report).toContain('    at ');
    for (const secret of ['12015550123', 'abcdef']) expect(report).not.toContain(secret);
    const log = () => readFileSync(join(app.profile, 'logs/main.log'), 'utf8');
    await until(() => expect(log()).toMatch(/Unhandled rejection: Error: and another one\n {4}at /));
    expect(log()).toMatch(/Uncaught exception: Error: no such leg of \+…123/);
    expect(await troubleWindows(app)).toHaveLength(1);
    await page.getByRole('link', { name: 'Close' }).click();
    await until(async () => expect(await troubleWindows(app)).toEqual([]));
    await window.dial('1002');
    await window.step('Connected');
  });

  test('when the profile cannot be locked, a window and the terminal say so, and the program ends with 1', async () => {
    const { app } = await start(target, { sim: ['lock=refused'] });
    await app.page.getByRole('heading', { name: 'Traydial could not start' }).waitFor();
    await app.page.getByText('cannot lock its folder').first().waitFor();
    expect(app.output()).toContain('Traydial could not start.');
    await app.page.getByRole('link', { name: 'Quit' }).click();
    expect(await app.exited()).toBe(1);
  });
});
