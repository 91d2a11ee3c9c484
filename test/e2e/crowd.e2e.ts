import { describe, expect, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { capture } from './support/capture.ts';
import { cleanUpAfterEach, start, startPbx, until, type Running } from './support/session.ts';
import type { TestPbx } from '../pbx/test-pbx.ts';

const CALLS = 10_000;
/** Rows that a page may hold for them. */
const BOUND = 120;

describe.each(TARGETS)('ten thousand calls on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  async function crowd(): Promise<Running & { pbx: TestPbx }> {
    const pbx = await startPbx({ push: 'none' });
    for (let index = 0; index < CALLS; index++) {
      const leg = {
        caller: `+1201${String(5_000_000 + index)}`,
        callerName: `Caller ${index}`,
        callee: String(20_000 + index),
        ...(index % 3 === 0 ? {} : { answeredSecondsAgo: 1 + (index % 600) }),
      };
      pbx.addSession({ legs: [leg], startedSecondsAgo: 700 + CALLS - index });
    }
    const running = await start(target);
    await running.window.signIn(pbx);
    await running.window.showColleagues();
    await running.window.text('and 9,900 more').waitFor();
    // The rows come in steps.
    await running.window.liveCalls.getByRole('listitem').nth(99).waitFor();
    return { ...running, pbx };
  }

  test('the window lists the first calls, finds the others by search, and the user can dial and reach the recent calls', async () => {
    const { window, pbx } = await crowd();
    const rows = window.liveCalls.getByRole('listitem');
    expect(await rows.count()).toBe(100);
    expect(await window.page.locator('*').count()).toBeLessThan(BOUND * 40);
    expect(await rows.first().getAttribute('aria-setsize')).toBe(String(CALLS));
    expect(await rows.last().getAttribute('aria-posinset')).toBe('100');
    await capture(window.page, 'crowd');

    await window.page.getByRole('textbox', { name: "Find a colleague's call" }).fill('caller 7777');
    await until(async () => expect(await rows.count()).toBe(1));
    await window.liveCalls.getByText('27777').waitFor();
    await capture(window.page, 'crowd-found');

    const mine = pbx.addSession({ legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001' }] });
    await window.liveCalls.getByText('Anna Berg').waitFor();
    await window.liveCalls.getByText('27777').waitFor();
    await window.dialField.fill('+1 (201) 555-0123');
    await window.text('+1 201 555 0123').first().waitFor();
    // Back to the recent calls: while something is typed, its matches stand there.
    await window.dialField.press('Escape');

    pbx.endSession(mine);
    await window.recents.getByText('Anna Berg').waitFor();
    await window.waitUntilClicksCount();
    await window.recents.getByText('Anna Berg').click();
    await (await window.readQuestion()).getByRole('button', { name: 'Call', exact: true }).click();
    await window.reached('Your phone');
  });

  test('a poll keeps the rows where they are', async () => {
    const { window, pbx } = await crowd();
    const first = window.liveCalls.getByRole('listitem').first();
    await first.evaluate((row: { setAttribute(name: string, value: string): void }) =>
      row.setAttribute('data-same', 'yes'),
    );
    const looks = () => pbx.requests.filter(({ path }) => path === '/api/sessions').length;
    const before = looks();
    await until(() => expect(looks()).toBeGreaterThanOrEqual(before + 2));
    expect(await first.getAttribute('data-same')).toBe('yes');
    expect(await window.liveCalls.getByRole('listitem').count()).toBe(100);
  });
});
