import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../support/chromium.ts';
import { runFixture, type Fixture } from './fixtures/run-fixture.ts';

/** The API that the fixture's preload exposes. */
interface FixtureWindow {
  bridge: {
    invoke(channel: string, ...args: unknown[]): Promise<unknown>;
    on(channel: string, listener: () => void): unknown;
    sandboxed: boolean;
  };
}

const found = await findChromium();
const invoke = (page: Page, channel: string, ...args: unknown[]) =>
  page.evaluate(([name, values]) => (globalThis as unknown as FixtureWindow).bridge.invoke(name, ...values), [
    channel,
    args,
  ] as const);

describe.skipIf('unavailable' in found)('the app in a browser', () => {
  let browser: Browser;
  let fixture: Fixture;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    if ('unavailable' in found) return;
    browser = await chromium.launch(found);
    fixture = await runFixture();
    page = await (await browser.newContext()).newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(fixture.url);
  });
  afterAll(async () => {
    await browser.close();
    await fixture.stop();
  });

  test('the page is served by the app’s scheme at the app’s path, and the token is removed from the address', () => {
    expect(page.url()).toBe(`${fixture.origin}/index.html`);
  });

  test('the preload runs before the first script of the page', async () => {
    expect(await page.locator('html').getAttribute('data-bridge')).toBe('object');
  });

  test('the host adds only its own connection to the app’s content policy', async () => {
    const response = await page.reload();
    expect(response?.headers()['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
    );
    const blocked = await page.evaluate(() =>
      fetch('https://elsewhere.example/').then(
        () => 'sent',
        () => 'blocked',
      ),
    );
    expect(blocked).toBe('blocked');
    complaints.length = 0;
  });

  test('values of every cloneable kind come back from main unchanged', async () => {
    const kept = await page.evaluate(async () => {
      const cyclic: Record<string, unknown> = { nothing: undefined, big: 10n, none: Number.NaN, ['__proto__x']: 1 };
      cyclic['self'] = cyclic;
      const value = {
        cyclic,
        when: new Date(5),
        map: new Map([[1, new Set(['a'])]]),
        bytes: new Uint8Array([1, 2]),
        error: new RangeError('far'),
      };
      const back = (await (globalThis as unknown as FixtureWindow).bridge.invoke('echo', value)) as typeof value;
      return [
        back.cyclic['self'] === back.cyclic,
        'nothing' in back.cyclic,
        back.cyclic['big'] === 10n,
        Number.isNaN(back.cyclic['none']),
        back.when.getTime() === 5,
        back.map.get(1)?.has('a'),
        back.bytes instanceof Uint8Array && back.bytes[1] === 2,
        // The context bridge keeps only the message of an error.
        back.error instanceof Error && back.error.name === 'Error' && back.error.message === 'far',
      ];
    });
    expect(kept).toEqual(Array(8).fill(true));
  });

  test('the context bridge gives the page copies: fields but no methods, and frozen functions', async () => {
    const seen = await page.evaluate(() => {
      const { bridge } = globalThis as unknown as FixtureWindow;
      const result = bridge.on('nothing', () => {}) as Record<string, unknown>;
      return [typeof result, typeof result['invoke'], typeof result['on'], Object.isFrozen(bridge)];
    });
    expect(seen).toEqual(['object', 'undefined', 'undefined', true]);
  });

  test('values that Electron cannot clone are rejected in both directions', async () => {
    const sent = page.evaluate(() => (globalThis as unknown as FixtureWindow).bridge.invoke('echo', () => 1));
    await expect(sent).rejects.toThrow('An object could not be cloned.');
    await expect(invoke(page, 'uncloneable')).rejects.toThrow(
      "Error invoking remote method 'uncloneable': Error: An object could not be cloned.",
    );
  });

  test('a channel without a handler is answered with Electron’s message', async () => {
    await expect(invoke(page, 'nobody')).rejects.toThrow(
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    );
  });

  test('using a missing part of the stand-in throws an error that names it', async () => {
    await expect(invoke(page, 'not-simulated', 'name')).rejects.toThrow('not simulated: app.getGPUInfo');
    await expect(invoke(page, 'not-simulated', 'module')).rejects.toThrow('not simulated: autoUpdater.checkForUpdates');
    await expect(invoke(page, 'not-simulated')).rejects.toThrow('not simulated: Tray.focus');
  });

  test('import, require and electron/main all get the same module', async () => {
    expect(await invoke(page, 'same')).toEqual([true, true, true]);
  });

  test('a handler can distinguish its own page from a foreign frame', async () => {
    expect(await invoke(page, 'sender')).toBe('app://fixture/index.html');
    const { body } = await fixture.act({ type: 'foreign-invoke', channel: 'sender' });
    expect(body.value).toMatchObject({
      ok: false,
      message: expect.stringContaining('refused: https://elsewhere.example/') as string,
    });
  });

  test('a push reaches every page of the window', async () => {
    const second = await page.context().newPage();
    await second.goto(`${fixture.origin}/`);
    await expect.poll(async () => (await fixture.state()).windows[0]?.pages).toBe(2);
    await fixture.act({ type: 'open-url', url: 'tel:77' });
    for (const shown of [page, second])
      await shown.locator('#log', { hasText: '["open-url","tel:77",true]' }).waitFor();
    await second.close();
  });

  test('a new window is requested from the app and not opened', async () => {
    await page.locator('#out').click();
    await page.locator('#log', { hasText: '["open","https://elsewhere.example/"]' }).waitFor();
    expect(page.context().pages()).toHaveLength(1);
  });

  test('the tray shows icon, tooltip and menu, and its items can be clicked', async () => {
    const { tray } = await fixture.state();
    expect(tray).toMatchObject({ iconName: 'icon.png', tooltip: 'Fixture: idle' });
    expect(tray?.menu?.map(({ label }) => label)).toEqual(['Pause', 'Loud', 'Greyed', '', 'Quit']);

    expect((await fixture.act({ type: 'tray-menu', path: ['Pause', '30 minutes'] })).status).toBe(200);
    expect((await fixture.act({ type: 'tray-menu', label: 'Loud' })).status).toBe(200);
    expect(await invoke(page, 'log')).toEqual(expect.arrayContaining([['paused'], ['loud', false]]));
    expect((await fixture.state()).tray?.menu?.[1]?.checked).toBe(false);
  });

  test('a notification with the same id replaces the one before, and can be clicked', async () => {
    await invoke(page, 'notify', 'Ann');
    await invoke(page, 'notify', 'Bob');
    const { notifications } = await fixture.state();
    expect(notifications).toMatchObject([
      { id: 'call', title: 'Ann', state: 'replaced' },
      { id: 'call', title: 'Bob', body: '<b>plain</b>', state: 'shown' },
    ]);
    await fixture.act({ type: 'notification-click', id: 'call' });
    expect(await invoke(page, 'log')).toContainEqual(['clicked', 'Bob']);
  });

  test('a message box waits for its answer', async () => {
    const asked = invoke(page, 'ask');
    await expect.poll(async () => (await fixture.state()).dialogs).toHaveLength(1);
    const [dialog] = (await fixture.state()).dialogs;
    expect(dialog).toMatchObject({ answered: false, options: { message: 'Really?', buttons: ['No', 'Yes'] } });
    await fixture.act({ type: 'dialog-answer', id: dialog?.id, response: 1 });
    await asked;
    expect(await invoke(page, 'log')).toContainEqual(['asked', 1]);
  });

  test('a file dialog waits until the test chooses paths or cancels', async () => {
    const waiting = async () => (await fixture.state()).dialogs.filter(({ answered }) => answered === false);
    const asked = invoke(page, 'choose-files');
    await expect.poll(waiting).toMatchObject([{ kind: 'open', options: { title: 'Open' } }]);
    await fixture.act({ type: 'dialog-answer', id: (await waiting())[0]?.id, paths: ['/a', '/b'] });
    await expect.poll(waiting).toMatchObject([{ kind: 'save', options: { title: 'Save' } }]);
    await fixture.act({ type: 'dialog-answer', id: (await waiting())[0]?.id });
    await asked;
    expect(await invoke(page, 'log')).toContainEqual(['chosen', ['/a', '/b'], true, '']);
  });

  test('the app’s theme overrides the browser’s', async () => {
    const colour = () => page.evaluate<string>('getComputedStyle(document.body).color');
    expect(await colour()).toBe('rgb(10, 10, 10)');
    await invoke(page, 'use-theme', 'dark');
    await expect.poll(colour).toBe('rgb(240, 240, 240)');
    await page.reload();
    await expect.poll(colour).toBe('rgb(240, 240, 240)');
    await invoke(page, 'use-theme', 'system');
    await expect.poll(colour).toBe('rgb(10, 10, 10)');
  });

  test('an unknown act is answered with the list of known acts', async () => {
    expect(await fixture.act({ type: 'dance' })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('tray-menu, tray-submenu, tray-click') as string },
    });
    expect(await fixture.act({ type: 'power', event: 'off' })).toMatchObject({ status: 400 });
    expect(await fixture.act({ type: 'tray-menu', path: ['Pause', 'never'] })).toMatchObject({
      status: 404,
      body: { error: 'No tray menu item "never". There are: "30 minutes".' },
    });
    expect(await fixture.act({ type: 'tray-menu', label: 'Greyed' })).toMatchObject({ status: 409 });
  });

  test('a second start runs the app’s main module again, and the first process gets its data', async () => {
    expect((await fixture.act({ type: 'second-instance', argv: ['tel:+1', '--flag'] })).status).toBe(200);
    expect(await invoke(page, 'log')).toContainEqual([
      'second-instance',
      ['tel:+1', '--flag'],
      { given: ['tel:+1', '--flag'] },
    ]);
  });

  test('closing hides the window; the page shows that and can show the window again', async () => {
    await fixture.act({ type: 'window', action: 'close' });
    expect((await fixture.state()).windows[0]?.visible).toBe(false);
    await page.locator('host-cover').waitFor({ state: 'visible' });
    expect(await page.evaluate<string>('document.visibilityState')).toBe('hidden');
    await page.locator('host-cover').click();
    await page.locator('host-cover').waitFor({ state: 'hidden' });
    expect(await page.evaluate<string>('document.visibilityState')).toBe('visible');
    expect((await fixture.state()).windows[0]).toMatchObject({ visible: true, title: 'Fixture page' });
  });

  test('the pages logged no errors', () => {
    expect(complaints).toEqual([]);
  });

  test('quitting from the tray ends the process with 0, and the page shows it', async () => {
    await fixture.act({ type: 'tray-menu', label: 'Quit' });
    expect(await fixture.stop()).toBe(0);
    await page.locator('host-cover').waitFor({ state: 'visible' });
  });
});

test('without Chromium the browser tests are skipped with a reason', () => {
  if ('unavailable' in found) expect(found.unavailable).not.toBe('');
  else expect(existsSync(found.executablePath)).toBe(true);
});

test('a link that starts the app arrives as an argument, or on macOS as an event before ready', async () => {
  const byArgument = await runFixture('--link', 'tel:5');
  expect((await byArgument.state()).app.argv.slice(2)).toEqual(['--flag', 'tel:5']);
  await byArgument.stop();

  const byEvent = await runFixture('--link', 'tel:5', '--sim', 'coldLink=open-url');
  expect((await byEvent.state()).app.argv.slice(2)).toEqual(['--flag']);
  const { body } = await byEvent.act({ type: 'foreign-invoke', channel: 'log' });
  expect(body.value).toMatchObject({ value: [['open-url', 'tel:5', false]] });
  await byEvent.stop();
});

test.each([
  ['safeStorage=gnome_libsecret', 'very secret'],
  ['safeStorage=basic_text', 'cannot'],
  ['safeStorage=locked', 'very secret'],
  ['safeStorage=refuses', 'cannot'],
])('with %s decrypting a secret gives: %s', async (sim, expected) => {
  const fixture = await runFixture('--sim', sim);
  const { body } = await fixture.act({ type: 'foreign-invoke', channel: 'keep-secret', args: ['very secret'] });
  expect(body.value).toMatchObject({ value: expected });
  await fixture.stop();
});

test('a desktop without tray or notifications shows neither icons nor notifications', async () => {
  const fixture = await runFixture('--sim', 'tray=missing', '--sim', 'notifications=unsupported');
  expect((await fixture.state()).tray).toBeNull();
  expect(await fixture.act({ type: 'tray-click' })).toMatchObject({ status: 404 });
  const { body } = await fixture.act({ type: 'foreign-invoke', channel: 'notify', args: ['Ann'] });
  expect(body.value).toMatchObject({ value: false });
  expect((await fixture.state()).notifications).toEqual([]);
  await fixture.stop();
});

test('a given profile is kept at the end, and a temporary one is removed', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'profile-'));
  const kept = await runFixture('--profile', profile);
  await kept.stop();
  expect(existsSync(profile)).toBe(true);

  const passing = await runFixture();
  const { profile: temporary } = (await passing.state()).app;
  expect(existsSync(temporary)).toBe(true);
  expect(await passing.stop()).toBe(0);
  expect(existsSync(temporary)).toBe(false);
});
