import { describe, expect, test, vi } from 'vitest';
import { capture } from './support/capture.ts';
import { CAN_SIMULATE, type AppDriver, type HostState } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, until, type Running } from './support/session.ts';

const ANNA = { legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }] };
const BO = { legs: [{ caller: '+12015550101', callerName: 'Bo Chen', callee: '1001', trunk: 'Main' }] };

const notifications = async (app: AppDriver): Promise<HostState['notifications']> => (await app.state()).notifications;
const titles = async (app: AppDriver): Promise<string[]> =>
  (await notifications(app)).filter(({ state }) => state === 'shown').map(({ title }) => title);

describe.each(TARGETS)('notifications on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  async function signedIn(sim: string[] = []): Promise<Running & { pbx: Awaited<ReturnType<typeof startPbx>> }> {
    const pbx = await startPbx();
    const running = await start(target, { sim });
    await running.window.signIn(pbx);
    await running.window.dialField.waitFor();
    // A call that already rings at the first poll is not announced.
    await running.window.text('No live calls.').waitFor();
    return { ...running, pbx };
  }

  test('a ringing call stays on the screen, and its missed call does not', async () => {
    const { app, pbx } = await signedIn();
    const id = pbx.addSession(ANNA);
    await until(async () => expect(await titles(app)).toEqual(['Anna Berg']));
    expect((await notifications(app)).at(-1)).toMatchObject({ timeoutType: 'never', urgency: 'normal' });
    pbx.endSession(id);
    await until(async () => expect(await titles(app)).toEqual(['Missed call: Anna Berg']));
    expect((await notifications(app)).at(-1)).toMatchObject({ timeoutType: 'default', urgency: 'low' });
  });

  test('the notification of a call declined in the window is closed, and the call is not reported as missed', async () => {
    const { app, window, pbx } = await signedIn();
    pbx.addSession(ANNA);
    await until(async () => expect(await titles(app)).toEqual(['Anna Berg']));
    await window.decline();
    await window.recents.getByText('Anna Berg').waitFor();
    await until(async () => expect(await titles(app)).toEqual([]));
    expect(await notifications(app)).toHaveLength(1);
  });

  test('a clicked notification is closed if the desktop leaves it on the screen', async () => {
    const { app, pbx } = await signedIn(['notificationClick=stays']);
    pbx.addSession(ANNA);
    await until(async () => expect(await titles(app)).toEqual(['Anna Berg']));
    await app.act({ type: 'notification-click' });
    await until(async () => expect(await titles(app)).toEqual([]));
  });

  test('a click on a notification leads to that call: while it rings, and in the history when it was missed', async () => {
    const { app, window, pbx } = await signedIn();
    await window.openSettings('Notifications');
    const id = pbx.addSession(ANNA);
    await until(async () => expect(await titles(app)).toEqual(['Anna Berg']));
    await app.act({ type: 'notification-click' });
    await window.dialField.waitFor();
    const ring = window.ringing.getByRole('listitem').filter({ hasText: 'Anna Berg' });
    const focused = window.page.locator(':focus');
    await ring.and(focused).waitFor();
    pbx.endSession(id);
    await until(async () => expect(await titles(app)).toEqual(['Missed call: Anna Berg']));
    await app.act({ type: 'notification-click', index: -1 });
    const details = window.page.getByRole('dialog', { name: 'Anna Berg' });
    await details.getByText('Incoming · Missed').waitFor();
    await window.page.keyboard.press('Escape');
    const row = window.page.getByRole('list', { name: 'Calls' }).getByRole('button', { name: /^Call Anna Berg/ });
    await row.and(focused).waitFor();
  });

  test('a click on the summary of missed calls lists the missed calls', async () => {
    const { app, window, pbx } = await signedIn();
    await window.openSettings('Notifications');
    const ids = Array.from({ length: 5 }, (_, index) =>
      pbx.addSession({ legs: [{ caller: `+1201555010${index}`, callee: '1001', trunk: 'Main' }] }),
    );
    await until(async () => expect(await titles(app)).toEqual([expect.stringMatching(/^5 /)]));
    for (const id of ids) pbx.endSession(id);
    await until(async () => expect(await titles(app)).toEqual([expect.stringMatching(/^5 missed/)]));
    await app.act({ type: 'notification-click', index: -1 });
    await window.page.getByRole('heading', { name: 'Call history' }).waitFor();
    expect(await window.page.getByRole('radio', { name: 'Missed' }).isChecked()).toBe(true);
  });

  test('a notification service that hangs does not block the program, and is used again when it answers', async () => {
    const { app, window, pbx } = await signedIn(['notifications=hanging']);
    const id = pbx.addSession(ANNA);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    const began = performance.now();
    await window.dial('1002');
    await window.step('Your phone');
    // A call to the service would take 25 s.
    expect(performance.now() - began).toBeLessThan(24_000);
    pbx.endSession(id);
    await app.act({ type: 'notification-service', state: 'shown' });
    // One call may still get the result of the check that timed out.
    await vi.waitFor(
      async () => {
        if ((await titles(app)).includes('Bo Chen')) return;
        pbx.addSession(BO);
        throw new Error('Bo Chen was not announced by Electron yet.');
      },
      { timeout: 60_000, interval: 3_000 },
    );
  });

  test('without a notification service a notice says so, until one starts', async () => {
    const { app, window, pbx } = await signedIn(['notifications=absent']);
    pbx.addSession(ANNA);
    await window.text('No notification service is running on your desktop.').waitFor();
    await app.act({ type: 'notification-service', state: 'shown' });
    pbx.addSession(BO);
    await until(async () => expect(await titles(app)).toContain('Bo Chen'));
    await window.text('No notification service is running on your desktop.').waitFor({ state: 'detached' });
  });

  test('the details of a call and traydial why say why the user was notified, or not', async () => {
    const { app, window, pbx } = await signedIn();
    const ring = async (session: typeof ANNA): Promise<void> => {
      const id = pbx.addSession(session);
      await window.ringing.waitFor();
      pbx.endSession(id);
      await window.ringing.waitFor({ state: 'detached' });
    };
    await ring(ANNA);
    await window.recents.getByText('Anna Berg').waitFor();
    await window.openSettings('Notifications');
    await window.page.getByRole('switch', { name: 'Incoming calls' }).uncheck();
    await window.button('Settings').click();
    await ring(BO);
    await until(async () => {
      const { code, output } = await app.command('why');
      expect({ code, output }).toMatchObject({ code: 0 });
      expect(output).toMatch(
        /Bo Chen, .*\n {2}Notifications of incoming calls are off\.\n {2}Traydial sent a notification of the/,
      );
      expect(output).toMatch(/Anna Berg, .*\n {2}Traydial sent a notification when the call rang\.\n/);
    });
    expect(await app.command('why', '+1', '201', '555', '0101')).toMatchObject({
      code: 0,
      output: expect.not.stringContaining('Anna Berg') as string,
    });
    expect(await app.command('why', '1009')).toMatchObject({ code: 1 });
  });

  test('a rule for a person decides about a notification and is named as the reason, also after a restart', async () => {
    const profile = newProfile();
    const pbx = await startPbx();
    const { app, window } = await start(target, { profile });
    await window.signIn(pbx);
    await window.text('No live calls.').waitFor();
    await window.openSettings('Notifications');
    await window.page.getByLabel('Number of a person of whose calls').fill('+1 201 555 0100');
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('combobox', { name: 'Notifications of' }).waitFor();
    const sound = window.page.getByRole('switch', { name: 'Play a sound' });
    const decides = process.platform !== 'linux';
    if (decides) await sound.uncheck();
    else await window.text('Your desktop decides whether its notifications have a sound, and which.').waitFor();
    expect(await sound.count()).toBe(decides ? 1 : 0);
    await window.button('Settings').click();
    for (const session of [ANNA, BO]) {
      const id = pbx.addSession(session);
      await window.ringing.waitFor();
      pbx.endSession(id);
      await window.ringing.waitFor({ state: 'detached' });
    }
    await until(async () => expect(await titles(app)).toEqual(['Missed call: Bo Chen']));
    expect((await notifications(app)).every(({ silent }) => silent === decides)).toBe(true);
    const reason = /Anna Berg, .*\n {2}You chose never to be notified of calls from this person\.\n/;
    await until(async () => expect((await app.command('why')).output).toMatch(reason));
    // The Electron of the lane has no SQLite, so it keeps no reasons.
    if (!CAN_SIMULATE[target.kind]) return;
    await app.stop();
    const again = await start(target, { profile });
    await again.window.recents.getByText('Anna Berg').waitFor();
    expect((await again.app.command('why')).output).toMatch(reason);
  });

  test('calls in quiet hours are listed and not announced, and summed up when the hours are switched off', async () => {
    const { app, window, pbx } = await signedIn();
    await window.openSettings('Notifications');
    const quiet = window.page.getByRole('switch', { name: 'No notifications at these hours' });
    await quiet.check();
    // The same time twice is the whole day.
    await window.page.getByLabel('From', { exact: true }).fill('00:00');
    await window.page.getByLabel('Until', { exact: true }).fill('00:00');
    await window.page.getByRole('group', { name: 'Beginning on' }).waitFor();
    await capture(window.page, 'settings-quiet-hours');
    // The settings stay open: a missed call in the list on the screen is soon seen, and the summary leaves it out.
    const id = pbx.addSession(ANNA);
    await window.ringing.waitFor();
    pbx.endSession(id);
    await until(async () => expect((await app.command('why')).output).toMatch(/Anna Berg, .*\n {2}Quiet hours, until/));
    expect(await notifications(app)).toEqual([]);
    // The banner of the call is gone, so the switch has just moved.
    await window.waitUntilClicksCount();
    await quiet.uncheck();
    await until(async () => expect(await titles(app)).toEqual(['1 missed call: +1 201 555 0100']));
    await window.button('Settings').click();
    await window.recents.getByText('Anna Berg').waitFor();
  });

  test('a notification that the desktop did not show is the reason in the details of the call', async () => {
    const { window, pbx } = await signedIn(['notifications=absent']);
    const id = pbx.addSession(ANNA);
    await window.text('No notification service is running on your desktop.').waitFor();
    pbx.endSession(id);
    await window.recents.getByText('Anna Berg').waitFor();
    await window.waitUntilClicksCount();
    await window.button('All calls').click();
    await window.page.getByRole('button', { name: /^Details of Anna Berg/ }).click();
    await window.page.getByRole('heading', { name: 'Why was I not notified?' }).waitFor();
    await window.text('No notification service was running on your desktop.').waitFor();
    await window.button('Notification settings').click();
    await window.page.getByRole('heading', { name: 'Notifications', level: 1 }).waitFor();
  });

  if (!CAN_SIMULATE[target.kind]) return;

  test('a missed call that went into the list of the desktop can still be clicked', async () => {
    const { app, pbx } = await signedIn();
    const id = pbx.addSession(ANNA);
    await until(async () => expect(await titles(app)).toContain('Anna Berg'));
    pbx.endSession(id);
    await until(async () => expect(await titles(app)).toEqual(['Missed call: Anna Berg']));
    await app.act({ type: 'notification-expire' });
    await app.act({ type: 'window', action: 'hide' });
    await app.act({ type: 'notification-click', index: -1 });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(true));
  });

  test('a desktop that does not allow notifications gets another notice than one that cannot show any', async () => {
    const { app, window, pbx } = await signedIn(['notifications=not-allowed']);
    pbx.addSession(ANNA);
    await window.text("Your system doesn't allow Traydial to show notifications.").waitFor();
    await window.button('Open the settings').waitFor();
    expect(await titles(app)).toEqual([]);
  });
});
