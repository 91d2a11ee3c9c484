import { describe, expect, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, startSignedIn, until } from './support/session.ts';
import type { WindowPage } from './support/window-page.ts';

const LINE = 'Numbers without +: United States';
const country = ({ page }: WindowPage) => page.getByLabel('Country', { exact: true });

async function reads(window: WindowPage, typed: string, number: string): Promise<void> {
  await window.dialField.fill(typed);
  await window.text(number).first().waitFor();
  await window.dialField.fill('');
}

describe.each(TARGETS)('the country on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  test('is detected at the first sign-in and shown once, not again after a restart', async () => {
    const pbx = await startPbx();
    const profile = newProfile();
    const first = await start(target, { profile });
    await first.window.signIn(pbx);
    await first.window.text(LINE).waitFor();
    await reads(first.window, '201 555 0186', '+1 201 555 0186');
    await first.app.stop();

    const second = await start(target, { profile });
    await second.window.dialField.waitFor();
    await until(() => expect(pbx.requests.filter(({ path }) => path === '/api/tenant')).toHaveLength(2));
    expect(await second.window.text(LINE).count()).toBe(0);
  });

  test('Change leads to the settings; what is chosen stays after a restart', async () => {
    const profile = newProfile();
    const { app, window, pbx } = await startSignedIn(target, {}, { profile });
    await window.text(LINE).waitFor();
    await window.button('Change the country').click();
    await until(async () => expect(await window.page.locator(':focus').getAttribute('id')).toBe('country'));
    await country(window).selectOption('DE');
    await window.button('Back').click();
    expect(await window.text(LINE).count()).toBe(0);
    await reads(window, '030 12345678', '+49 30 12345678');
    await app.stop();

    const second = await start(target, { profile });
    await second.window.dialField.waitFor();
    await until(() => expect(pbx.requests.filter(({ path }) => path === '/api/tenant')).toHaveLength(2));
    await reads(second.window, '030 12345678', '+49 30 12345678');
    expect(await second.window.text(/Numbers without \+:/).count()).toBe(0);
  });

  test('is set in the demo, and no message is shown', async () => {
    const { window } = await start(target, { demo: true });
    await window.dialField.waitFor();
    await reads(window, '201 555 0186', '+1 201 555 0186');
    expect(await window.text(/Numbers without \+:/).count()).toBe(0);
  });
});
