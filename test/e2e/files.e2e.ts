import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, startPbx, startSignedIn, until } from './support/session.ts';

/** The part of the page's data that is used here. */
interface Invoke {
  invoke: (command: string, payload: unknown) => Promise<{ ok: boolean; error?: { code: string; action?: string } }>;
}

const NO_LOG = "Traydial can't write its log.";

describe.each(TARGETS)('files in the user’s folder on $kind', (target) => {
  if (target.unavailable !== null) {
    test.skip(`not here: ${target.unavailable}`);
    return;
  }
  cleanUpAfterEach();
  // A real key store cannot be made to do these things.
  const staged = test.skipIf(target.kind !== 'host');

  test.skipIf(process.platform === 'win32')(
    'files that cannot be read are left as they are, and a notice names each',
    async () => {
      const profile = newProfile();
      const path = (name: string) => join(profile, `${name}.json`);
      execFileSync('mkfifo', [path('settings')]);
      mkdirSync(path('state'));
      symlinkSync(path('account'), path('account'));
      const { app, window } = await start(target, { profile });
      await window.text("Your settings can't be read from settings.json (it is not a regular file").waitFor();
      await window.text("Favourites and recent calls can't be read from state.json (it is a folder)").waitFor();
      await window.text("trusted certificates can't be read from account.json (it is a link that leads").waitFor();

      const answers = await window.page.evaluate(async () => {
        const { traydial } = globalThis as unknown as { traydial: Invoke };
        return [
          await traydial.invoke('settings.change', { appearance: { theme: 'dark' } }),
          await traydial.invoke('favourites.set', { number: '1002', name: 'Bo', provenance: 'typed', favourite: true }),
        ];
      });
      expect(answers).toMatchObject([
        {
          ok: false,
          error: { code: 'storage-failed', params: expect.objectContaining({ problem: 'unreadable' }) as object },
        },
        { ok: false, error: { code: 'storage-failed' } },
      ]);
      expect(await app.stop()).toBe(0);
      const kinds = ['settings', 'state', 'account'].map((name) => lstatSync(path(name)));
      expect([kinds[0]?.isFIFO(), kinds[1]?.isDirectory(), kinds[2]?.isSymbolicLink()]).toEqual([true, true, true]);
    },
  );

  test('damaged files are kept aside, and a notice names each', async () => {
    const profile = newProfile();
    for (const name of ['settings', 'state', 'account']) writeFileSync(join(profile, `${name}.json`), '{ "a": {');
    const { window } = await start(target, { profile });
    for (const name of ['settings', 'state', 'account']) await window.text(`${name}.broken-`).waitFor();
  });

  test.skipIf(process.platform === 'win32')(
    'the program works without a log, and says so until there is one',
    async () => {
      const profile = newProfile();
      const logs = join(profile, 'logs');
      writeFileSync(logs, '');
      const { app, window } = await start(target, { profile });
      await window.text(NO_LOG).waitFor();
      await window.exploreDemo();
      expect(await app.stop()).toBe(0);
      rmSync(logs);
      const second = await start(target, { profile, demo: true });
      await second.window.dialField.waitFor();
      expect(await second.window.text(NO_LOG).count()).toBe(0);
      expect(readFileSync(join(logs, 'main.log'), 'utf8')).toContain('started on');
    },
  );

  test.skipIf(process.platform === 'win32')('a pipe in the place of the log keeps nothing waiting', async () => {
    const profile = newProfile();
    mkdirSync(join(profile, 'logs'));
    execFileSync('mkfifo', [join(profile, 'logs/main.log')]);
    const { app, window } = await start(target, { profile });
    await window.exploreDemo();
    // The log has another name then.
    expect(await window.text(NO_LOG).count()).toBe(0);
    expect(await app.stop()).toBe(0);
  });

  test('accounts return once their file can be read again', async () => {
    const pbx = await startPbx();
    const profile = newProfile();
    const { app, window } = await start(target, { profile });
    await window.signIn(pbx);
    await window.dialField.waitFor();
    await app.stop();
    const file = join(profile, 'account.json');
    const kept = readFileSync(file);
    rmSync(file);
    mkdirSync(file);
    const second = await start(target, { profile });
    await second.window.text("Your accounts and trusted certificates can't be read").waitFor();
    await second.app.stop();
    rmSync(file, { recursive: true });
    writeFileSync(file, kept);
    const third = await start(target, { profile });
    await third.window.dialField.waitFor();
  });

  staged('a locked key ring is reported, and the saved sign-in is kept', async () => {
    const pbx = await startPbx();
    const profile = newProfile();
    const first = await start(target, { profile });
    await first.window.signIn(pbx);
    await first.window.dialField.waitFor();
    await first.app.stop();
    const sealed = () => (JSON.parse(readFileSync(join(profile, 'account.json'), 'utf8')) as { tokens: string }).tokens;
    const before = sealed();
    const second = await start(target, { profile, sim: ['safeStorage=locked'] });
    await second.window.text("This computer's keychain is locked").waitFor();
    await second.window.page.getByLabel('Password', { exact: true }).fill(pbx.account.password);
    await second.window.button('Sign in').click();
    await second.window.dialField.waitFor();
    await second.app.stop();
    expect(sealed()).toBe(before);
    const third = await start(target, { profile });
    await third.window.dialField.waitFor();
  });

  staged('a key store that is temporarily unavailable is asked again', async () => {
    const pbx = await startPbx();
    const profile = newProfile();
    const first = await start(target, { profile });
    await first.window.signIn(pbx);
    await first.window.dialField.waitFor();
    await first.app.stop();
    const second = await start(target, { profile, sim: ['safeStorage=busy'] });
    await second.window.dialField.waitFor();
  });

  staged(
    'a key store that does not answer is reported, keeps nobody from signing in, and changes nothing',
    async () => {
      const pbx = await startPbx();
      const profile = newProfile();
      const first = await start(target, { profile });
      await first.window.signIn(pbx);
      await first.window.dialField.waitFor();
      await first.app.stop();
      const sealed = () =>
        (JSON.parse(readFileSync(join(profile, 'account.json'), 'utf8')) as { tokens: string }).tokens;
      const before = sealed();
      const second = await start(target, { profile, sim: ['safeStorage=hangs'] });
      await second.window.text("This computer's keychain doesn't answer").first().waitFor();
      await second.window.page.getByLabel('Password', { exact: true }).fill(pbx.account.password);
      await second.window.button('Sign in').click();
      await second.window.dialField.waitFor();
      await second.app.stop();
      expect(sealed()).toBe(before);
    },
  );

  staged('a key store that answers late signs the user in, and is not reported any more', async () => {
    const profile = newProfile();
    const first = await startSignedIn(target, {}, { profile });
    await first.app.stop();
    const { app, window } = await start(target, { profile, sim: ['safeStorage=hangs'] });
    const silent = window.text("This computer's keychain doesn't answer");
    await silent.first().waitFor();
    await app.act({ type: 'key-store', state: 'gnome_libsecret' });
    await window.dialField.waitFor();
    await window.openSettings('Advanced');
    await window.text("Your sign-in is stored in this computer's keychain.").waitFor();
    expect(await silent.count()).toBe(0);
  });

  staged('with a key store that refuses, no secret is kept', async () => {
    const pbx = await startPbx();
    const { app, window } = await start(target, { sim: ['safeStorage=refuses'] });
    await window.signIn(pbx);
    await window.dialField.waitFor();
    await until(() => expect(readFileSync(join(app.profile, 'account.json'), 'utf8')).toContain('alex'));
    expect(readFileSync(join(app.profile, 'account.json'), 'utf8')).not.toContain('tokens');
  });
});
