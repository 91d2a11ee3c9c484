import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { isInstalled } from '../support/children.ts';
import type { LaunchOptions } from './support/app-driver.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, newProfile, start, until, type Running } from './support/session.ts';
import type { WindowPage } from './support/window-page.ts';

const OWN = packageJson.desktopName;
const WEB = ['text/html', 'x-scheme-handler/http', 'x-scheme-handler/https'];

/** A home in which Traydial is installed, a browser has the web pages and a softphone has tel: links. */
function makeHome() {
  const profile = newProfile();
  // The host gives the program the same folders.
  const [config, data, tools] = ['appData', 'data', 'tools'].map((name) => join(profile, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(join(data, 'applications'), { recursive: true });
  for (const folder of [config, tools]) mkdirSync(folder, { recursive: true });
  const entry = (id: string, name: string, types: string) =>
    writeFileSync(
      join(data, 'applications', id),
      `[Desktop Entry]\nType=Application\nName=${name}\nExec=/bin/true %u\nMimeType=${types}\n`,
    );
  entry(OWN, 'Traydial', 'x-scheme-handler/tel;');
  entry('browser.desktop', 'Web', `${WEB.join(';')};`);
  entry('softphone.desktop', 'Softphone', 'x-scheme-handler/tel;');
  const list = join(config, 'mimeapps.list');
  writeFileSync(
    list,
    [
      '[Default Applications]',
      ...WEB.map((type) => `${type}=browser.desktop`),
      'x-scheme-handler/tel=softphone.desktop',
      '',
    ].join('\n'),
  );
  const spied = join(tools, 'calls.log');
  writeFileSync(spied, '');
  writeFileSync(join(tools, 'xdg-settings'), `#!/bin/sh\necho "$*" >>'${spied}'\nexit 3\n`);
  chmodSync(join(tools, 'xdg-settings'), 0o755);
  const env = {
    XDG_CONFIG_HOME: config,
    XDG_DATA_HOME: data,
    PATH: `${tools}:${process.env['PATH'] ?? ''}`,
    // A desktop on which xdg-settings does not know phone links.
    XDG_CURRENT_DESKTOP: 'XFCE',
  };
  return {
    options: { profile, env, demo: true } satisfies LaunchOptions,
    list: () => readFileSync(list, 'utf8'),
    /** The program that opens this type by the list; the first line for it counts. */
    handler: (type: string) => new RegExp(`^${type}=([^;\\n]+)`, 'm').exec(readFileSync(list, 'utf8'))?.[1],
    xdgSettings: () => readFileSync(spied, 'utf8'),
  };
}

const row = (window: WindowPage, scheme: string) =>
  window.page
    .getByRole('list', { name: 'Each kind of link' })
    .getByRole('listitem')
    .filter({ hasText: `${scheme}:` })
    .first();

async function openLinks({ window }: Running): Promise<void> {
  await window.dialField.waitFor();
  await window.openSettings('Calling');
  await window.showKindsOfLinks();
  await row(window, 'tel').waitFor();
}

describe.each(TARGETS)('who opens links on $kind', (target) => {
  const reason = target.unavailable ?? (process.platform === 'linux' ? null : 'these lists are of Linux');
  if (reason !== null) {
    test.skip(`not here: ${reason}`);
    return;
  }
  cleanUpAfterEach();

  test('a first start leaves phone links and web pages to the programs that have them', async () => {
    const home = makeHome();
    const before = home.list();
    const running = await start(target, home.options);
    await openLinks(running);
    await row(running.window, 'tel').getByText('Softphone').waitFor();
    expect(home.list()).toBe(before);
    expect(home.xdgSettings()).toBe('');
    if (target.kind === 'host') expect((await running.app.state()).systemTools).toEqual([]);
  });

  test.skipIf(!isInstalled('xdg-mime') && target.kind !== 'host')(
    'registers for tel: links on request, also on Xfce, and leaves web links to the browser',
    async () => {
      const home = makeHome();
      const running = await start(target, home.options);
      await openLinks(running);
      await running.window.button('Use Traydial for tel: links').click();
      await row(running.window, 'tel').getByText('Traydial', { exact: true }).waitFor();
      expect(home.handler('x-scheme-handler/tel')).toBe(OWN);
      for (const type of WEB) expect(home.handler(type)).toBe('browser.desktop');
      expect(home.xdgSettings()).toBe('');
    },
  );

  test('a program that takes over tel: links is named in a notice and stays the default', async () => {
    const home = makeHome();
    const first = await start(target, home.options);
    await openLinks(first);
    await row(first.window, 'callto').waitFor();
    writeFileSync(
      join(home.options.env.XDG_CONFIG_HOME, 'mimeapps.list'),
      home.list().replace('softphone.desktop', OWN),
    );
    await first.window.button('Refresh').click();
    await row(first.window, 'tel').getByText('Traydial', { exact: true }).waitFor();
    writeFileSync(
      join(home.options.env.XDG_CONFIG_HOME, 'mimeapps.list'),
      home.list().replace(OWN, 'softphone.desktop'),
    );
    await first.window.button('Refresh').click();
    await first.window.text('Softphone took over tel: links.').waitFor();
    expect(home.handler('x-scheme-handler/tel')).toBe('softphone.desktop');
  });

  if (target.kind !== 'host') return;

  test('when the system refuses, the window says what to do', async () => {
    const home = makeHome();
    const running = await start(target, { ...home.options, sim: ['links=refused'] });
    await openLinks(running);
    await running.window.button('Use Traydial for tel: links').click();
    await running.window.text("The system didn't let Traydial open these links").waitFor();
    expect(home.handler('x-scheme-handler/tel')).toBe('softphone.desktop');
  });

  test('when a tool changes web pages along with phone links, they are restored', async () => {
    const home = makeHome();
    const running = await start(target, { ...home.options, sim: ['links=browser-taken'] });
    await openLinks(running);
    await running.window.button('Use Traydial for tel: links').click();
    await row(running.window, 'tel').getByText('Traydial', { exact: true }).waitFor();
    await until(() => expect(home.handler('text/html')).toBe('browser.desktop'));
    expect(home.handler('x-scheme-handler/http')).toBe('browser.desktop');
  });
});
