import { describe, expect, test } from 'vitest';
import { CAN_SIMULATE } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, until, type Running } from './support/session.ts';

describe.each(TARGETS)('the global shortcut on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();
  const hostOnly = test.skipIf(!CAN_SIMULATE[target.kind]);

  /** Records the keys in the settings, as a person does. */
  async function choose({ window }: Running, keys: string): Promise<void> {
    await window.openSettings('Calling');
    await record(window, keys);
  }

  async function record({ page }: Running['window'], keys: string): Promise<void> {
    await page.getByLabel('Call from any program').click();
    await page.keyboard.press(keys);
  }

  const press = ({ app }: Running) => app.act({ type: 'shortcut', accelerator: 'Control+Alt+D' });

  test('the shortcut asks about the copied or selected number', async () => {
    const pbx = await startPbx();
    const running = await start(target);
    const { app, window } = running;
    await window.signIn(pbx);
    await choose(running, 'Control+Alt+d');
    await window.text('Works in every program.').waitFor();
    await app.act({ type: 'clipboard', text: ' +1 (201) 555-0123\n' });
    await app.act({ type: 'clipboard', text: '1003', selection: true });
    await app.act({ type: 'window', action: 'close' });
    await press(running);
    await until(async () => expect((await app.windows())[0]?.visible).toBe(true));
    await window.question.getByText('+1 201 555 0123').first().waitFor();
    await window.openSettings('Calling');
    await window.page.getByLabel('Shortcut calls').selectOption('What I selected');
    await press(running);
    await window.question.getByText('1 more number is waiting.').waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    await window.question.getByText('1003').first().waitFor();
    await app.act({ type: 'clipboard', text: '', selection: true });
    await press(running);
    await window.alert('No number to call.').waitFor();
    expect(pbx.requests.filter(({ path }) => path === '/api/sessions').map(({ method }) => method)).not.toContain(
      'POST',
    );
  });

  test('a test detects a press without dialling, and a shortcut that is turned off is unregistered', async () => {
    const running = await start(target, { demo: true });
    const { app, window } = running;
    await window.dialField.waitFor();
    await choose(running, 'Control+Alt+d');
    await app.act({ type: 'clipboard', text: '1002' });
    await window.button('Test the shortcut').click();
    await window.text('Press it now.').waitFor();
    await press(running);
    await window.text('It works.').waitFor();
    await window.button('Turn off').click();
    await window.text('No shortcut set.').waitFor();
    if (CAN_SIMULATE[target.kind]) expect((await app.state()).shortcuts).toEqual([]);
    await window.button('Settings').click();
    expect(await window.question.count()).toBe(0);
  });

  test('a shortcut that every program needs is rejected, and Escape keeps the old one', async () => {
    const running = await start(target, { demo: true });
    const { app, window } = running;
    await window.dialField.waitFor();
    await choose(running, 'Control+Alt+d');
    await window.text('Works in every program.').waitFor();
    await window.page.getByLabel('Call from any program').click();
    await window.page.keyboard.press('Control+c');
    await window.alert('This shortcut is reserved.').waitFor();
    await window.page.getByLabel('Call from any program').click();
    await window.text('Press a shortcut… (Esc to cancel)').waitFor();
    if (CAN_SIMULATE[target.kind]) await until(async () => expect((await app.state()).shortcuts).toEqual([]));
    await window.page.keyboard.press('Escape');
    if (CAN_SIMULATE[target.kind])
      await until(async () => expect((await app.state()).shortcuts).toEqual(['Control+Alt+D']));
    await app.act({ type: 'clipboard', text: '1003' });
    await press(running);
    await window.question.getByText('1003').first().waitFor();
  });

  hostOnly('a shortcut of another program is rejected; on Wayland a shortcut counts once it was pressed', async () => {
    const profile = newProfile();
    const taken = await start(target, { demo: true, profile, sim: ['shortcuts=refused'] });
    await taken.window.dialField.waitFor();
    await choose(taken, 'Control+Alt+d');
    await taken.window.text('Another program uses it.').waitFor();
    await taken.app.stop();
    const wayland = await start(target, { demo: true, profile, env: { XDG_SESSION_TYPE: 'wayland' } });
    await wayland.window.dialField.waitFor();
    await wayland.window.openSettings('Calling');
    await wayland.window.text('press it once to be sure').waitFor();
    await press(wayland);
    // A press that dials leaves the settings.
    await wayland.window.dialField.waitFor();
    await wayland.window.openSettings('Calling');
    await wayland.window.text('Works in every program.').waitFor();
  });

  hostOnly(
    'on Wayland a shortcut that was switched off does not dial, although the desktop still reports it',
    async () => {
      const running = await start(target, {
        demo: true,
        sim: ['shortcuts=portal'],
        env: { XDG_SESSION_TYPE: 'wayland' },
      });
      const { app, window } = running;
      await window.dialField.waitFor();
      await app.act({ type: 'clipboard', text: '1002' });
      await choose(running, 'Control+Alt+d');
      await window.text('press it once to be sure').waitFor();
      await window.button('Turn off').click();
      await window.text('No shortcut set.').waitFor();
      await press(running);
      // A press that dials leaves the settings.
      await record(window, 'Control+Alt+d');
      await window.text('press it once to be sure').waitFor();
      await window.button('Settings').click();
      expect(await window.question.count()).toBe(0);
      await press(running);
      await window.question.getByText('1002').first().waitFor();
    },
  );

  hostOnly('on Wayland the window comes to the front before the clipboard is read', async () => {
    const running = await start(target, {
      demo: true,
      sim: ['shortcuts=portal', 'clipboard=unfocused'],
      // No wl-paste is found, wherever the specs run.
      env: { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'none' },
    });
    const { app, window } = running;
    await window.dialField.waitFor();
    await choose(running, 'Control+Alt+d');
    await window.text('press it once to be sure').waitFor();
    await app.act({ type: 'clipboard', text: '1003' });
    await press(running);
    await window.question.getByText('1003').first().waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    await app.act({ type: 'window', action: 'close' });
    await app.act({ type: 'clipboard', text: '1002' });
    await press(running);
    await window.question.getByText('1002').first().waitFor();
  });

  test('the tray dials what was copied, the last number again, and favourites', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx);
    await window.dial('1002');
    await window.step('Connected');
    await window.button('Hang up').click();
    await window.recents.getByRole('button', { name: /as favourite$/ }).click();
    await window.page.getByRole('list', { name: 'Favourites' }).waitFor();
    const menu = async () => (await app.state()).tray?.menu ?? [];
    const favourite = await until(async () => {
      const first = (await menu()).find(({ label }) => label === 'Favourites')?.submenu?.[0]?.label ?? '';
      expect(first).toContain('1002');
      return first;
    });
    await app.act({ type: 'tray-menu', path: ['Favourites', favourite] });
    await window.question.getByText('1002').first().waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    await app.act({ type: 'clipboard', text: '1003' });
    await app.act({ type: 'tray-menu', path: ['Call copied number'] });
    await window.question.getByText('1003').first().waitFor();
    const redial = (await menu()).find(({ label }) => label.startsWith('Redial'))?.label ?? '';
    await app.act({ type: 'tray-menu', path: [redial] });
    await window.question.getByText('1002').first().waitFor();
    await window.page.getByRole('region', { name: 'Call again?' }).waitFor();
  });
});
