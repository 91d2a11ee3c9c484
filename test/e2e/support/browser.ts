import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../support/chromium.ts';

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
  const browser = await chromium.launch(found);
  // A browser that crashes fails its own spec only, not all later ones.
  browser.on('disconnected', () => (opened = null));
  return browser;
}
