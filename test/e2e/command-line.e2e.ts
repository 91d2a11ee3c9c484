import { existsSync, mkdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readXWindow, windowsOf } from '../electron/x-windows.ts';
import { theDesk } from './support/electron-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, startSignedIn, until } from './support/session.ts';

describe.each(TARGETS)('the command line on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();

  test('dial asks in the window of the running program, show brings it up, hangup ends the call', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx);
    await window.dialField.waitFor();
    await app.act({ type: 'window', action: 'close' });
    expect(await app.command('dial', '(201)', '555-0123')).toMatchObject({ code: 0 });
    await until(async () => expect((await app.windows())[0]?.visible).toBe(true));
    await window.question.getByText('+1 201 555 0123').first().waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Call', exact: true }).click();
    await window.step('Connected');
    await app.act({ type: 'window', action: 'close' });
    expect(await app.command('show')).toMatchObject({ code: 0 });
    expect((await app.windows())[0]?.visible).toBe(true);
    expect(await app.command('hangup')).toMatchObject({
      code: 0,
      output: expect.stringContaining('Hung up') as string,
    });
    await window.text('You hung up').first().waitFor();
    await until(async () => expect(await app.command('hangup')).toMatchObject({ code: 1 }));
  });

  test('a text that is not a number is refused in the terminal and in the window', async () => {
    const { app, window } = await start(target, { demo: true });
    await window.dialField.waitFor();
    const { code, output } = await app.command('dial', 'hello');
    expect(code).toBe(1);
    expect(output).toContain("That isn't a phone number.");
    await window.alert("That isn't a phone number.").waitFor();
    expect(await window.question.count()).toBe(0);
  });

  test('a number that came before the sign-in waits for it', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.page.getByRole('heading', { name: 'Sign in to your PBX' }).waitFor();
    expect(await app.command('dial', '+12015550123')).toMatchObject({ code: 3 });
    await window.signIn(pbx);
    await window.question.getByText('+1 201 555 0123').first().waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Call', exact: true }).click();
    await window.step('Connected');
    expect(pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/api/sessions')).toHaveLength(1);
  });

  // The stand-in cannot be started as a detached program.
  test.skipIf(target.kind === 'host')('show starts the program if it is not running, and returns', async () => {
    const profile = newProfile();
    const { app } = await start(target, { profile });
    await app.stop();
    expect(await app.command('show')).toMatchObject({ code: 0 });
    const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
    expect(await app.command('hangup')).toMatchObject({
      code: 3,
      output: expect.stringContaining('signed in') as string,
    });
    process.kill(pid, 'SIGTERM');
    await until(async () =>
      expect(await app.command('hangup')).toMatchObject({ output: 'Traydial is not running.\n' }),
    );
  });

  test.skipIf(target.kind === 'host')(
    'dial starts the program if it is not running, and asks before it calls',
    async () => {
      const desk = await theDesk();
      const profile = newProfile();
      const { app, pbx } = await startSignedIn(target, {}, { profile });
      await app.stop();
      const requests = pbx.requests.length;
      expect(await app.command('dial', '+12015550123')).toMatchObject({ code: 0 });
      const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
      const [shown = 0] = await until(async () => {
        const all = await windowsOf(desk.env, pid);
        expect(all).toHaveLength(1);
        return all;
      });
      expect(await readXWindow(desk.env, shown)).toMatchObject({ mapped: true });
      // The program signed in again by itself and has not placed a call.
      expect(pbx.requests.length).toBeGreaterThan(requests);
      expect(pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/api/sessions')).toEqual([]);
      await until(() => desk.tray.choose(pid, ['Quit Traydial']));
      await until(async () =>
        expect(await app.command('hangup')).toMatchObject({ output: 'Traydial is not running.\n' }),
      );
    },
  );

  test('help, version and explain need no running program, hangup does', async () => {
    const profile = newProfile();
    const { app } = await start(target, { profile });
    await app.stop();
    expect(await app.command('--help')).toMatchObject({
      code: 0,
      output: expect.stringContaining('dial NUMBER') as string,
    });
    expect(await app.command('--version')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Traydial \d/) as string,
    });
    expect(await app.command('explain', 'tel:+1-201-555-0123')).toMatchObject({
      code: 0,
      output: expect.stringContaining('+12015550123') as string,
    });
    expect(await app.command('explain', 'hello')).toMatchObject({ code: 1 });
    expect(await app.command('ring', '1002')).toMatchObject({ code: 2 });
    expect(await app.command('dial')).toMatchObject({ code: 2 });
    expect(await app.command('hangup')).toMatchObject({ code: 3 });
  });

  test('a notice says that commands cannot reach the program, until they can', async () => {
    const { app, window } = await start(target, { demo: true });
    await window.dialField.waitFor();
    const notice = window.text("Commands in a terminal can't reach Traydial.");
    const endpoint = join(app.profile, 'command-line.json');
    const secondStart = () => app.act({ type: 'second-instance', argv: [] });
    await until(() => expect(existsSync(endpoint)).toBe(true));
    rmSync(endpoint);
    // Nothing can be written in the place of a folder that is in use.
    mkdirSync(join(endpoint, 'taken'), { recursive: true });
    await secondStart();
    await notice.waitFor();
    expect(await app.command('hangup')).toMatchObject({
      code: 3,
      output: expect.stringContaining("it can't be reached from here") as string,
    });

    rmSync(endpoint, { recursive: true });
    await secondStart();
    await notice.waitFor({ state: 'detached' });
    expect(await app.command('show')).toMatchObject({ code: 0 });
  });

  test('a sub-command after a link is ignored', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target);
    await window.signIn(pbx);
    await window.dial('1002');
    await window.step('Connected');
    await app.act({ type: 'second-instance', argv: ['tel:1003', 'hangup'] });
    await window.question.getByText('1003').first().waitFor();
    await app.act({ type: 'second-instance', argv: ['--', 'hangup'] });
    expect(pbx.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
    await window.step('Connected');
  });
});
