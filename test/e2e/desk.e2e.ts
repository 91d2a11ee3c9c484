import { mkdirSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { theDesk } from './support/electron-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startSignedIn, until } from './support/session.ts';

const run = promisify(execFile);
const anna = { legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }] };

// Needs a real panel, notification daemon and window manager, which the host does not have.
describe.each(TARGETS.filter(({ kind }) => kind === 'electron'))('a real desk on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  test('a panel that comes after the program shows its icon, and again after the panel restarted', async () => {
    const desk = await theDesk();
    const { app, window } = await start(target, { demo: true, sim: ['tray=missing'] });
    await window.dialField.waitFor();
    expect(desk.tray.pids).toEqual([]);
    await desk.tray.appear();
    await until(async () => expect((await app.state()).tray?.iconName).toMatch(/^(idle|active|ringing)/));
    await desk.tray.vanish();
    await desk.tray.appear();
    await until(async () => expect((await app.state()).tray).not.toBeNull());
    await app.act({ type: 'window', action: 'close' });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(false));
    await app.act({ type: 'tray-click' });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(true));
  });

  test('started hidden, it has a tray icon and no window until the user clicks the icon', async () => {
    const { app, window } = await start(target, { demo: true, argv: ['--hidden'] });
    await until(async () => expect((await app.state()).tray?.tooltip).toContain('Ready'));
    expect(await app.windows()).toEqual([]);
    await app.act({ type: 'tray-click' });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(true));
    const field = await until(() => window.dialField);
    await field.waitFor();
  });

  test('started hidden without a tray, the program is in the task bar', async () => {
    const { app } = await start(target, {
      argv: ['--hidden'],
      sim: ['tray=missing'],
      env: { XDG_CURRENT_DESKTOP: 'GNOME' },
    });
    await until(async () => expect((await app.windows())[0]).toMatchObject({ minimized: true }));
  });

  test('a new call moves no line of the menu, and each line still works', async () => {
    const { app, window, pbx } = await startSignedIn(target);
    await until(async () => expect((await app.state()).tray?.tooltip).toContain('Ready'));
    const menu = (await app.state()).tray?.menu ?? [];
    const settings = menu.findIndex(({ label }) => label.startsWith('Settings'));
    pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    await until(async () => expect((await app.state()).tray?.iconName).toMatch(/^ringing/));
    const later = (await app.state()).tray?.menu ?? [];
    expect(later.findIndex(({ label }) => label.startsWith('Settings'))).toBe(settings);
    await app.act({ type: 'tray-menu', path: [menu[settings]?.label ?? ''] });
    await window.page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  });

  test('a notification of a ringing call stays until the call is answered, and is closed then', async () => {
    const desk = await theDesk();
    const { pbx } = await startSignedIn(target);
    const before = desk.notifications.taken.length;
    const id = pbx.addSession(anna);
    const shown = await until(() => {
      const [first] = desk.notifications.taken.slice(before);
      expect(first).toMatchObject({ title: 'Anna Berg', app: 'Traydial', state: 'shown' });
      return first;
    });
    expect(shown?.expireMs).toBe(0);
    pbx.answer(id);
    await until(() => expect(shown?.state).toBe('closed'));
  });

  test.each(['absent', 'hanging'])('a notification daemon that is %s does not block the program', async (mode) => {
    const { app, window, pbx } = await startSignedIn(target, {}, { sim: [`notifications=${mode}`] });
    pbx.addSession(anna);
    await window.liveCalls.getByText('Anna Berg').waitFor();
    const began = Date.now();
    await window.dial('1002');
    await window.reached('Your phone');
    expect(await app.command('show')).toMatchObject({ code: 0 });
    // One call that waits for the daemon takes 25 s.
    expect(Date.now() - began).toBeLessThan(24_000);
  });

  test.each(['GNOME', 'XFCE'])('under %s nothing of the browser’s changes when the program starts', async (desktop) => {
    const { env } = await theDesk();
    const inside = { ...process.env, ...env, XDG_CURRENT_DESKTOP: desktop };
    const entries = join(env['XDG_DATA_HOME'] ?? '', 'applications');
    mkdirSync(entries, { recursive: true });
    const types = 'text/html;x-scheme-handler/http;x-scheme-handler/https;';
    const entry = (name: string, mime: string) =>
      writeFileSync(
        join(entries, name),
        `[Desktop Entry]\nType=Application\nName=${name}\nExec=true %u\nMimeType=${mime}\n`,
      );
    entry('browser.desktop', types);
    entry('io.github.traydial.Traydial.desktop', 'x-scheme-handler/tel;');
    for (const type of types.split(';').filter(Boolean))
      await run('xdg-mime', ['default', 'browser.desktop', type], { env: inside });
    const { window } = await start(target, { profile: newProfile(), env: { XDG_CURRENT_DESKTOP: desktop } });
    await window.button('Sign in').waitFor();
    for (const type of types.split(';').filter(Boolean)) {
      const { stdout } = await run('xdg-mime', ['query', 'default', type], { env: inside });
      expect(stdout.trim(), type).toBe('browser.desktop');
    }
  });
});
