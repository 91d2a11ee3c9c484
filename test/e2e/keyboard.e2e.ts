import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startPbx } from './support/session.ts';
import type { WindowPage } from './support/window-page.ts';

/** From the dial field to anything. */
const MOST_PRESSES = 5;
/** More than there are controls in the window. */
const ROUND = 60;

/** A pace at which placed calls change only by hand. */
const SLOW = 0.02;

const FOCUSED = `{
  const focused = document.activeElement;
  focused === document.body ? '' : focused.ariaLabel || focused.textContent.trim().replace(/\\s+/g, ' ') || focused.id;
}`;

/** Controls that are in no group with a stop of the Tab key, so that no arrow key leads to them. */
const LOST = `[...document.querySelectorAll('button, input, select, a[href]')]
  .filter((control) => control.checkVisibility() && control.tabIndex < 0)
  .filter((control) => {
    for (let group = control.parentElement; group !== null && !group.matches('main, body, .shell, .lists'); group = group.parentElement)
      if ([...group.querySelectorAll('button, input')].some(({ tabIndex }) => tabIndex >= 0)) return false;
    return true;
  })
  .map((control) => control.ariaLabel || control.textContent)`;

const focused = (window: WindowPage): Promise<string> => window.page.evaluate<string>(FOCUSED);

/** The controls that this key stops at, in order, from the dial field until it is there again. */
async function stopsOf(window: WindowPage, key: 'Tab' | 'Shift+Tab'): Promise<string[]> {
  await window.dialField.focus();
  const stops: string[] = [];
  for (let presses = 0; presses < ROUND; presses++) {
    await window.page.keyboard.press(key);
    const name = await focused(window);
    if (name === 'dial-number') return stops;
    // Between the last control and the first one, the page itself may have the focus.
    if (name !== '') stops.push(name);
  }
  throw new Error(`No way back to the dial field: ${stops.join(' | ')}`);
}

describe.each(TARGETS)('the keyboard on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  test('everything beside the dial field is at most five presses of Tab or Shift+Tab away', async () => {
    const profile = newProfile();
    mkdirSync(profile, { recursive: true });
    // A damaged file: a notice says so.
    writeFileSync(join(profile, 'settings.json'), '{');
    const pbx = await startPbx({ pace: SLOW });
    const { window } = await start(target, { profile });
    await window.signIn(pbx);
    await window.dialField.waitFor();
    await window.text('settings.broken-').waitFor();
    for (const [index, callerName] of ['Priya Shah', 'Anna Berg', 'Owen Clarke', 'Bo Chen'].entries()) {
      const id = pbx.addSession({ legs: [{ caller: `+1201555010${index}`, callerName, callee: '1001' }] });
      await window.ringing.getByText(callerName).waitFor();
      pbx.endSession(id);
      await window.recents.getByText(callerName).waitFor();
    }
    await window.waitUntilClicksCount();
    for (const star of await window.recents.getByRole('button', { name: /as favourite$/ }).all()) {
      await star.focus();
      await window.page.keyboard.press('Enter');
    }
    await window.page.getByRole('list', { name: 'Favourites' }).getByRole('listitem').nth(3).waitFor();
    await window.dial('1002');
    await window.step('Your phone is ringing');
    for (const callee of ['1003', '1004']) pbx.addSession({ legs: [{ caller: '+442079460018', callee }] });
    await window.showColleagues();
    for (const caller of ['+12015550110', '+12015550111'])
      pbx.answer(pbx.addSession({ legs: [{ caller, callee: '1001' }] }));
    const ringing = ['Harbour Freight Ltd', 'Katharina Brandstetter'];
    for (const callerName of ringing) {
      pbx.addSession({ legs: [{ caller: '+12015550120', callerName, callee: '1001' }] });
      await window.ringing.getByText(callerName).waitFor();
    }
    await window.liveCalls
      .getByRole('button', { name: /^Hang up/ })
      .nth(1)
      .waitFor();

    const forth = await stopsOf(window, 'Tab');
    const back = await stopsOf(window, 'Shift+Tab');
    expect(back).toEqual(forth.toReversed());
    const far = forth.filter((_, index) => Math.min(index + 1, forth.length - index) > MOST_PRESSES);
    expect(far, forth.join(' | ')).toEqual([]);
    expect(await window.page.evaluate(LOST)).toEqual([]);
  });

  test('a setting is found by search, its page keeps place and focus, and the guide opens in the window', async () => {
    const pbx = await startPbx();
    const { window } = await start(target);
    await window.signIn(pbx);
    await window.dialField.waitFor();
    const { page } = window;
    await page.keyboard.press('Control+Comma');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('dial rules');
    await window.text(/settings? found$/).waitFor();
    await window.button('Edit dial rules').waitFor();
    await page.getByLabel('Search settings').fill('');

    await window.openSettings('Calling');
    const edit = window.button('Edit dial rules');
    await edit.focus();
    const place = await edit.boundingBox();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Dial rules', level: 1 }).waitFor();
    await page.keyboard.press('Escape');
    await edit.and(page.locator(':focus')).waitFor();
    expect(await edit.boundingBox()).toEqual(place);

    await window.button('About Traydial').click();
    await window.button('User guide').click();
    await page.getByRole('heading', { name: 'User guide', level: 1 }).waitFor();
    await page.getByRole('region', { name: 'User guide' }).getByRole('heading', { level: 2 }).first().waitFor();
    await page.keyboard.press('Control+k');
    await window.dialField.and(page.locator(':focus')).waitFor();
  });
});
