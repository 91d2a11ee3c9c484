import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CAN_SIMULATE } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, until } from './support/session.ts';

describe.each(TARGETS)('the desktop around the window on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();
  const hostOnly = test.skipIf(!CAN_SIMULATE[target.kind]);

  test('closing hides the window, and a second start shows it again', async () => {
    const { app } = await start(target);
    await app.act({ type: 'window', action: 'close' });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(false));
    await app.act({ type: 'second-instance', argv: [] });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(true));
  });

  test('the window opens at the same place again and again', async () => {
    const profile = newProfile();
    const places: unknown[] = [];
    for (let times = 0; times < 3; times++) {
      const { app, window } = await start(target, { profile, sim: ['bounds=framed'] });
      await window.button('Sign in').waitFor();
      // The desktop has drawn its frame, and the program has seen by how much that moved the window.
      await window.page.waitForTimeout(1_200);
      places.push((await app.windows())[0]?.bounds);
      await app.stop();
    }
    expect(places).toEqual([places[0], places[0], places[0]]);
  });

  test('quitting is in the tray menu', async () => {
    const { app, window } = await start(target);
    // A script that is still being loaded when the program ends is an error of the page.
    await window.page.waitForLoadState('networkidle');
    await app.act({ type: 'tray-menu', path: ['Quit Traydial'] });
    expect(await app.exited()).toBe(0);
  });

  test('the tray follows the calls and names them', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    const icon = async () => (await app.state()).tray?.iconName;
    await window.signIn(pbx);
    await until(async () => expect((await app.state()).tray?.tooltip).toContain('Ready'));
    expect(await icon()).toMatch(/^idle/);
    const id = pbx.addSession({
      legs: [{ caller: '+12015550100', callerName: 'Anna & Bert', callee: '1001', trunk: 'Main' }],
    });
    await until(async () => expect(await icon()).toMatch(/^ringing/));
    // Push may report the ring a moment before anybody knows whose it is.
    await until(async () => {
      const calls = (await app.state()).tray?.menu?.find((item) => item.label === 'My calls')?.submenu ?? [];
      const labels = calls.map((item) => item.label);
      expect(labels.some((label) => label.startsWith('Anna && Bert'))).toBe(true);
    });
    pbx.answer(id);
    await until(async () => expect(await icon()).toMatch(/^active/));
    pbx.endSession(id);
    await until(async () => expect(await icon()).toMatch(/^idle/));
    pbx.revokeTokens();
    await until(async () => expect(await icon()).toMatch(/^attention/));
  });

  test('a click in an open submenu counts, although a call came after it was opened', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx);
    await until(async () => expect((await app.state()).tray?.tooltip).toContain('Ready'));
    const menu = (await app.state()).tray?.menu ?? [];
    const pause = menu.find(({ label }) => label === 'Pause notifications');
    await app.act({ type: 'tray-submenu', key: pause?.key ?? 0 });
    pbx.addSession({
      legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }],
    });
    await until(async () => expect((await app.state()).tray?.iconName).toMatch(/^ringing/));
    // Clicked once by its id: a replaced menu no longer has it.
    await app.act({ type: 'tray-menu', key: pause?.submenu?.[0]?.key });
    await window.text('Notifications are paused').first().waitFor();
    await until(async () => {
      const [status] = (await app.state()).tray?.menu ?? [];
      expect(status?.label).toContain('Anna Berg');
    });
  });

  test('no notification is shown during a pause, and the window says so', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx);
    await window.dialField.waitFor();
    await app.act({ type: 'tray-menu', path: ['Pause notifications', 'For 30 minutes'] });
    const id = pbx.addSession({ legs: [{ caller: '+12015550100', callee: '1001', trunk: 'Main' }] });
    await window.liveCalls.getByText('+1 201 555 0100').waitFor();
    pbx.endSession(id);
    await window.recents.getByText('+1 201 555 0100').waitFor();
    expect((await app.state()).notifications).toEqual([]);
  });

  test('a recent number in the tray menu asks before it dials', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx);
    await window.dial('1002');
    await window.step('Connected');
    await window.button('Hang up').click();
    await window.recents.waitFor();
    const recent = await until(async () => {
      const item = (await app.state()).tray?.menu?.find((entry) => entry.label.startsWith('Recent'))?.submenu?.[0];
      expect(item).toBeDefined();
      return item;
    });
    const menu = (await app.state()).tray?.menu?.find((entry) => entry.label.startsWith('Recent'));
    await app.act({ type: 'tray-menu', path: [menu?.label ?? '', recent?.label ?? ''] });
    await window.question.waitFor();
  });

  test('without a tray the window goes to the task bar and says why', async () => {
    const { app, window } = await start(target, { sim: ['tray=missing'], env: { XDG_CURRENT_DESKTOP: 'GNOME' } });
    await window.text('shows no tray').waitFor();
    await app.act({ type: 'window', action: 'close' });
    await until(async () => expect((await app.state()).windows[0]).toMatchObject({ minimized: true }));
  });

  hostOnly('the icon is created again when a panel starts late, and its menu works', async () => {
    const { app, window } = await start(target, { sim: ['tray=late'] });
    await window.text('shows no tray').waitFor();
    await until(async () => expect((await app.state()).tray).not.toBeNull());
    await expect.poll(() => window.text('shows no tray').isVisible(), { timeout: 10_000 }).toBe(false);
    const key = (await app.state()).tray?.menu?.find((line) => line.label === 'Quit Traydial')?.key;
    await app.act({ type: 'tray-menu', key });
    expect(await app.exited()).toBe(0);
  });

  hostOnly('a weak key store is explained, and used only with consent', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target, { sim: ['safeStorage=basic_text'] });
    await window.text('no keychain').waitFor();
    await window.signIn(pbx);
    await window.dialField.waitFor();
    expect(readFileSync(join(app.profile, 'account.json'), 'utf8')).not.toContain('tokens');
    await window.openSettings('Accounts');
    await window.button('Sign out').click();
    await window.button('Save anyway').click();
    await window.page.getByLabel('Password', { exact: true }).fill(pbx.account.password);
    await window.button('Sign in').click();
    await window.dialField.waitFor();
    await until(() => expect(readFileSync(join(app.profile, 'account.json'), 'utf8')).toContain('tokens'));
  });

  test('a damaged settings file is kept aside and reported', async () => {
    const profile = newProfile();
    mkdirSync(profile, { recursive: true });
    writeFileSync(join(profile, 'settings.json'), '{ "polling": {');
    const { window } = await start(target, { profile });
    await window.text('settings.broken-').waitFor();
  });

  test('files and log contain no plain password or token, and the log contains no complete number', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx, 'a-wrong-secret');
    await window.alert('wrong').waitFor();
    await window.page.getByLabel('Password', { exact: true }).fill(pbx.account.password);
    await window.button('Sign in').click();
    await window.dial('+12015550177');
    await window.step('Connected');
    const { lstatSync, readdirSync } = await import('node:fs');
    const files = readdirSync(app.profile, { recursive: true, encoding: 'utf8' })
      .map((name) => join(app.profile, name))
      .filter((path) => lstatSync(path).isFile());
    const logs = files.filter((path) => path.endsWith('.log'));
    expect(logs.length).toBeGreaterThan(0);
    for (const path of files) {
      const text = readFileSync(path, 'utf8');
      expect(text, path).not.toContain('a-wrong-secret');
      expect(text, path).not.toMatch(/"(accessToken|refreshToken|access_token)"\s*:\s*"[^"]/);
    }
    for (const path of logs) expect(readFileSync(path, 'utf8')).not.toContain('12015550177');
  });
});
