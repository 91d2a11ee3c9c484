import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../support/chromium.ts';

/** Letters are drawn alike whatever the system's settings are for fonts and screens. */
const SAME_PICTURES = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'];

let opened: Promise<Browser> | null = null;

/** One browser for all specs of a worker: starting it takes longer than most of them. */
export function openBrowser(): Promise<Browser> {
  opened ??= launch();
  return opened;
}

export async function closeBrowser(): Promise<void> {
  await (await opened)?.close();
  opened = null;
}

async function launch(): Promise<Browser> {
  const found = await findChromium();
  if ('unavailable' in found) throw new Error(found.unavailable);
  const browser = await chromium.launch({ ...found, args: [...found.args, ...SAME_PICTURES] });
  // A browser that crashes fails its own spec only, not all later ones.
  browser.on('disconnected', () => (opened = null));
  return browser;
}
