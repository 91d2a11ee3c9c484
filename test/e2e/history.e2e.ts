import { describe, expect, test } from 'vitest';
import type { AppDriver } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startSignedIn, until, type Running } from './support/session.ts';

const anna = { legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }] };
const bo = { legs: [{ caller: '+12015550101', callerName: 'Bo Chen', callee: '1001', trunk: 'Main' }] };

const icon = async (app: AppDriver): Promise<string> => (await app.state()).tray?.iconName ?? '';
const menu = async (app: AppDriver): Promise<string[]> =>
  ((await app.state()).tray?.menu ?? []).map(({ label }) => label);

describe.each(TARGETS)('the history on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  async function signedIn(
    profile = newProfile(),
  ): Promise<Running & { pbx: Awaited<ReturnType<typeof startSignedIn>>['pbx'] }> {
    const running = await startSignedIn(target, {}, { profile });
    // A call that already rings at the first poll is not announced.
    await running.window.text('No live calls.').waitFor();
    return running;
  }

  test('a missed call shows a dot on the icon and a line in the menu until the user has seen it', async () => {
    const { app, window, pbx } = await signedIn();
    await app.act({ type: 'window', action: 'close' });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(false));
    const id = pbx.addSession(anna);
    await until(async () => expect(await icon(app)).toMatch(/^ringing-\d/));
    pbx.endSession(id);
    await until(async () => expect(await icon(app)).toMatch(/^idle-missed-/));
    await until(async () => expect(await menu(app)).toContain('Missed (1)'));
    await until(async () => expect((await app.state()).tray?.tooltip).toContain('1 missed call'));
    await app.act({ type: 'tray-menu', path: ['Missed (1)'] });
    await window.page.getByRole('heading', { name: 'Call history', level: 1 }).waitFor();
    await window.page.getByRole('list', { name: 'Calls' }).getByText('Anna Berg').waitFor();
    await until(async () => expect(await icon(app)).toMatch(/^idle-\d/));
    await until(async () => expect(await menu(app)).toContain('No missed calls'));
  });

  // A desktop session of the lane does not lock its screen.
  test.skipIf(target.kind !== 'host')(
    'calls missed on a locked screen are summed up, and a click lists them',
    async () => {
      const { app, window, pbx } = await signedIn();
      const titles = async (): Promise<string[]> =>
        (await app.state()).notifications.filter(({ state }) => state === 'shown').map(({ title }) => title);
      await app.act({ type: 'window', action: 'close' });
      await app.act({ type: 'power', event: 'lock-screen' });
      for (const session of [anna, bo, anna]) {
        const id = pbx.addSession(session);
        await until(async () => expect(await icon(app)).toMatch(/^ringing/));
        pbx.endSession(id);
        await until(async () => expect(await icon(app)).toMatch(/^idle-missed/));
      }
      await until(async () => expect(await menu(app)).toContain('Missed (3)'));
      expect(await titles()).toEqual([]);
      await app.act({ type: 'power', event: 'unlock-screen' });
      await until(async () => expect(await titles()).toEqual(['3 missed calls: +1 201 555 0100 (2), +1 201 555 0101']));
      await app.act({ type: 'notification-click' });
      await window.page.getByRole('heading', { name: 'Call history', level: 1 }).waitFor();
      expect(await window.page.getByRole('radio', { name: 'Missed' }).isChecked()).toBe(true);
    },
  );

  test('all calls by keyboard: found by a note, called back, deleted after a question', async () => {
    const { window, pbx } = await signedIn();
    for (const session of [anna, bo]) {
      const id = pbx.addSession(session);
      await window.ringing.waitFor();
      pbx.endSession(id);
      await window.ringing.waitFor({ state: 'detached' });
    }
    await window.recents.getByText('Bo Chen').waitFor();
    await window.waitUntilClicksCount();
    await window.button('All calls').click();
    const list = window.page.getByRole('list', { name: 'Calls' });
    await list.getByText('Anna Berg').waitFor();

    await list.getByRole('button', { name: /^Details of Anna Berg/ }).click();
    const note = window.page.getByRole('textbox', { name: 'Note', exact: true });
    await note.fill('Wants an offer');
    await note.press('Tab');
    await window.button('Done').click();
    await list.getByText('Wants an offer').waitFor();

    const search = window.page.getByRole('textbox', { name: 'Find by name, number or note' });
    await search.fill('offer');
    await list.getByText('Bo Chen').waitFor({ state: 'detached' });
    await search.press('ArrowDown');
    await window.page.keyboard.press('Delete');
    await window.text('Delete the call with Anna Berg?').waitFor();
    await window.page.keyboard.press('Tab');
    await window.page.keyboard.press('Enter');
    await window.text('No call matches.').waitFor();

    await search.fill('');
    await list.getByText('Bo Chen').waitFor();
    await search.press('ArrowDown');
    await window.page.keyboard.press('Enter');
    await window.question.waitFor();
  });

  // The Electron of the lane has no SQLite, so it keeps no call-back list.
  test.skipIf(target.kind !== 'host')(
    'a call-back list by keyboard: reminded after a restart, done and undone, closed by talking',
    async () => {
      const profile = newProfile();
      const { app, window, pbx } = await signedIn(profile);
      for (const session of [anna, bo, bo]) {
        const id = pbx.addSession(session);
        await window.ringing.waitFor();
        pbx.endSession(id);
        await window.ringing.waitFor({ state: 'detached' });
      }
      await window.recents.getByText('Anna Berg').waitFor();
      await window.waitUntilClicksCount();
      await window.button('All calls').click();
      await window.page.getByText('To call back (2)').click();
      const list = window.page.getByRole('list', { name: 'Calls' });
      const rowOf = (name: string) => list.getByRole('listitem').filter({ hasText: name });
      await rowOf('Bo Chen').getByText('2 calls').waitFor({ state: 'attached' });

      await window.page.getByRole('textbox', { name: 'Find by name, number or note' }).press('ArrowDown');
      await window.page.keyboard.press('ArrowRight');
      await window.page.keyboard.press('Enter');
      await window.page.getByRole('heading', { name: 'Remind me to call Bo Chen' }).waitFor();
      await window.button(/^In an hour/).click();
      await rowOf('Bo Chen').getByText('Reminder:').waitFor({ state: 'attached' });

      // Due while the program does not run.
      const call = await window.page.evaluate<string>(
        `window.traydial.invoke('history.page', { text: 'Bo', only: 'call-back', before: null })
          .then(({ value }) => value.entries[0].id)`,
      );
      await window.page.evaluate(
        `window.traydial.invoke('history.remind', { id: ${JSON.stringify(call)}, at: Date.now() + 1000 })`,
      );
      await app.stop();
      const again = await start(target, { profile });
      const titles = async (): Promise<string[]> =>
        (await again.app.state()).notifications.filter(({ state }) => state === 'shown').map(({ title }) => title);
      await until(async () => expect(await titles()).toEqual(['Call back Bo Chen']));
      await again.app.act({ type: 'notification-click' });
      const rows = again.window.page.getByRole('list', { name: 'Calls' }).getByRole('listitem');
      await until(async () => expect(await rows.count()).toBe(2));

      await again.window.waitUntilClicksCount();
      await again.window.page.getByRole('button', { name: /^Done with Anna Berg/ }).click();
      await again.window.text('Done: Anna Berg').waitFor();
      await again.window.page.getByText('To call back (1)').waitFor();
      await again.window.button('Undo').click();
      await again.window.page.getByText('To call back (2)').waitFor();

      // A phone that is picked up within two seconds may look as if it still rang: docs/reliability.md, "Talking time".
      const id = pbx.addSession({ ...bo, startedSecondsAgo: 6 });
      await again.window.ringing.waitFor();
      pbx.answer(id);
      await again.window.ringing.waitFor({ state: 'detached' });
      pbx.endSession(id);
      await again.window.page.getByText('To call back (1)').waitFor();
      await until(async () => expect(await rows.count()).toBe(1));
    },
  );
});
