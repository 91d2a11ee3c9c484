import { describe, expect, test } from 'vitest';
import { notificationDaemonUnavailable, startNotificationDaemon } from '../support/notification-daemon.ts';
import { CAN_SIMULATE } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, until } from './support/session.ts';

const noDaemon = notificationDaemonUnavailable();
const why = noDaemon === null ? '' : ` (not run: ${noDaemon})`;

describe.each(TARGETS)('first run on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  test('a newcomer explores the demo, dials with truthful progress and hangs up', async () => {
    const { window } = await start(target);
    await window.page.getByRole('heading', { name: 'Sign in to your PBX' }).waitFor();
    await window.exploreDemo();
    await window.button(/colleagues? on/).waitFor();

    await window.dial('+1 (201) 555-0123');
    await window.reached('Your phone');
    await window.reached(/^Ringing| rang/);
    await window.step('Connected');
    await window.button('Hang up').click();
    await window.text('You hung up').first().waitFor();
    await window.recents.getByText('+1 201 555 0123').waitFor();
    expect(await window.progress.locator('li').count()).toBe(5);
  });

  test('a new user is led through the first steps, and not again after a restart', async () => {
    const pbx = await startPbx();
    const profile = newProfile();
    const first = await start(target, { profile, firstSteps: true });
    await first.window.signIn(pbx);
    const { page } = first.window;
    await page.getByRole('heading', { name: 'Which country are you in?' }).waitFor();
    await page.getByRole('option', { name: 'Detected: United States' }).waitFor({ state: 'attached' });
    await first.window.button('Next').click();
    // No step is about links where this copy of the program cannot open them.
    const links = page.getByRole('heading', { name: 'Open phone links in Traydial' });
    const shortcut = page.getByRole('heading', { name: 'Call from any program' });
    await links.or(shortcut).waitFor();
    if (await links.isVisible()) await page.getByRole('button', { name: /^(Skip|Next)$/ }).click();
    await shortcut.waitFor();
    await first.window.button('Skip').click();
    await first.window.button('Show a test notification').click();
    await until(async () => expect((await first.app.state()).notifications).toHaveLength(1));
    await first.window.button('Finish').click();
    await first.window.dialField.waitFor();
    await first.app.stop();

    const second = await start(target, { profile, firstSteps: true });
    await second.window.dialField.waitFor();
    await second.window.openSettings('General');
    await second.window.button('Set up again').click();
    await second.window.page.getByRole('heading', { name: 'Which country are you in?' }).waitFor();
    await second.window.button('Skip setup').click();
    await second.window.dialField.waitFor();
  });

  test('a link that waits for the sign-in is asked about before the first steps', async () => {
    const pbx = await startPbx();
    const { window } = await start(target, { firstSteps: true, link: 'tel:+12015550123' });
    await window.signIn(pbx);
    await window.question.waitFor();
    expect(await window.page.getByRole('heading', { name: 'Which country are you in?' }).count()).toBe(0);
  });

  test('a call for me is listed and differs from others in text, not only in colour', async () => {
    const { window } = await start(target, { demo: true, seed: 3 });
    await window.button('Call me').click();
    const row = window.liveCalls.getByRole('listitem').filter({ has: window.page.getByRole('button') });
    await row.getByText('Ringing').waitFor();
    await row.getByRole('button', { name: /^Decline/ }).waitFor();
  });

  test('a call for me notifies with name and number, and its click opens the window', async () => {
    const { app, window } = await start(target, { demo: true });
    await window.dialField.waitFor();
    await app.act({ type: 'window', action: 'hide' });
    await app.act({ type: 'tray-click' }).catch(() => null);
    await window.page.evaluate(() => null);
    await app.act({ type: 'window', action: 'show' });
    await window.button('Call me').click();
    const [shown] = await until(async () => {
      const { notifications } = await app.state();
      expect(notifications).toHaveLength(1);
      return notifications;
    });
    expect(shown?.title).not.toBe('');
    expect(shown?.body).toMatch(/^Incoming call · \+/);
    // A panel shows no icon for a moment while the program makes it anew.
    await until(async () => expect((await app.state()).tray?.iconName).toMatch(/^ringing/));
    await app.act({ type: 'window', action: 'hide' });
    await app.act({ type: 'notification-click' });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(true));
  });

  test.skipIf(noDaemon !== null || !CAN_SIMULATE[target.kind])(
    `through node-notifier a real notification daemon shows the name${why}`,
    async () => {
      const daemon = await startNotificationDaemon();
      try {
        const { app, window } = await start(target, {
          demo: true,
          sim: ['notifications=unsupported'],
          env: daemon.env,
        });
        await window.button('Call me').click();
        const row = window.liveCalls.getByRole('listitem').filter({ has: window.page.getByRole('button') });
        const name = (await row.locator('.name').first().textContent()) ?? '';
        await until(async () => expect(await daemon.onScreen()).toBe(1));
        const [shown] = await daemon.shown();
        expect(shown).toMatchObject({ summary: name, appname: 'Traydial' });
        expect(shown?.body).toContain('Incoming call');
        expect((await app.state()).notifications).toEqual([]);
      } finally {
        daemon.stop();
      }
    },
  );
});
