import { describe, expect, test } from 'vitest';
import { notificationDaemonUnavailable, startNotificationDaemon } from '../support/notification-daemon.ts';
import { PRETENDS } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, start, until } from './support/session.ts';

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
    await window.liveCalls.getByRole('listitem').first().waitFor();

    await window.dial('+1 (201) 555-0123');
    await window.reached('Your phone');
    await window.reached('the other side r');
    await window.step('Connected');
    await window.button('Hang up').click();
    await window.progress.getByText('You hung up').waitFor();
    await window.recents.getByText('+1 201 555 0123').waitFor();
    expect(await window.progress.getByRole('listitem').count()).toBe(5);
  });

  test('a call for me is in the list and can be told from others by words alone', async () => {
    const { window } = await start(target, { demo: true, seed: 3 });
    await window.button('Incoming for me').click();
    const row = window.liveCalls.getByRole('listitem').filter({ has: window.page.getByRole('button') });
    await row.getByText('Incoming').waitFor();
    await row.getByText('Ringing').waitFor();
  });

  test('a call for me notifies with name and number, and its click opens the window', async () => {
    const { app, window } = await start(target, { demo: true });
    await window.dialField.waitFor();
    await app.act({ type: 'window', action: 'hide' });
    await app.act({ type: 'tray-click' }).catch(() => null);
    await window.page.evaluate(() => null);
    await app.act({ type: 'window', action: 'show' });
    await window.button('Incoming for me').click();
    const [shown] = await until(async () => {
      const { notifications } = await app.state();
      expect(notifications).toHaveLength(1);
      return notifications;
    });
    expect(shown?.title).not.toBe('');
    expect(shown?.body).toMatch(/^Incoming call · \+/);
    const tray = (await app.state()).tray;
    expect(tray?.iconName).toMatch(/^ringing/);
    await app.act({ type: 'window', action: 'hide' });
    await app.act({ type: 'notification-click' });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(true));
  });

  test.skipIf(noDaemon !== null || !PRETENDS[target.kind])(
    `through node-notifier a real notification daemon shows the name${why}`,
    async () => {
      const daemon = await startNotificationDaemon();
      try {
        const { app, window } = await start(target, {
          demo: true,
          sim: ['notifications=unsupported'],
          env: daemon.env,
        });
        await window.button('Incoming for me').click();
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
