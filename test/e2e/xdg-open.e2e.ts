import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BrowserContext } from 'playwright-core';
import { makeXdgHome, xdgUnavailable, type XdgHome } from '../support/xdg-home.ts';
import { openBrowser } from './support/browser.ts';
import { cleanUpAfterEach, startPbx, until } from './support/session.ts';
import { WindowPage } from './support/window-page.ts';

const missing = xdgUnavailable();
const why = missing === null ? '' : ` (not run: ${missing})`;
const ENTRY = 'io.github.traydial.Traydial.desktop';

let home: XdgHome;
let context: BrowserContext;

cleanUpAfterEach();
beforeEach(async () => {
  home = makeXdgHome();
  context = await (await openBrowser()).newContext({ viewport: { width: 380, height: 620 }, locale: 'en-US' });
});
afterEach(async () => {
  await home.remove();
  await context.close();
});

/** The window of the program that a link has started. */
async function openWindow(): Promise<WindowPage> {
  const url = await until(() => {
    const found = home.url();
    if (found === null) throw new Error('It does not run yet.');
    return found;
  });
  const page = await context.newPage();
  await page.goto(url);
  return new WindowPage(page);
}

test.skipIf(missing !== null)(
  `xdg-open starts the installed program with a link, keeps it through the sign-in, and reaches the running one${why}`,
  async () => {
    const pbx = await startPbx();
    await home.xdgMime('default', 'browser.desktop', 'text/html');
    await home.xdgMime('default', ENTRY, 'x-scheme-handler/tel');
    expect(await home.xdgMime('query', 'default', 'x-scheme-handler/tel')).toBe(ENTRY);
    expect(await home.xdgMime('query', 'default', 'text/html')).toBe('browser.desktop');

    await home.xdgOpen('tel:+1-201-555-0123');
    const window = await openWindow();
    await window.signIn(pbx);
    await window.question.getByText('+1 201 555 0123').first().waitFor();

    await home.xdgOpen('tel:+44-20-7946-0018');
    await window.question.getByText('1 more number is waiting.').waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    await window.question.getByText('+44 20 7946 0018').first().waitFor();
    await (await window.readQuestion()).getByRole('button', { name: 'Cancel' }).click();
    expect(pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/api/sessions')).toEqual([]);

    // The program's own reading agrees with xdg-mime's.
    await window.openSettings('Calling');
    const links = await window.showKindsOfLinks();
    await links.getByRole('listitem').filter({ hasText: 'tel:' }).filter({ hasText: 'Traydial' }).first().waitFor();
    await links.getByRole('listitem').filter({ hasText: 'callto:' }).filter({ hasText: 'no program yet' }).waitFor();
  },
);

test.skipIf(missing !== null)(`the installed desktop entry is valid${why}`, ({ skip }) => {
  const run = spawnSync('desktop-file-validate', ['--warn-kde', home.entry], { encoding: 'utf8' });
  skip(run.error !== undefined, 'desktop-file-validate is not installed: apt-get install desktop-file-utils');
  expect(run.stdout + run.stderr).toBe('');
});
