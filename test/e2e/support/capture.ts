import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { source as axe } from 'axe-core';
import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { expectAcceptedPicture } from './pictures/accepted.ts';
import { whileSteady } from './pictures/steady.ts';
import { expectRoomForLongTexts } from './pseudo-locale.ts';

const FOLDER = join(import.meta.dirname, '../../../out/screenshots');
const SHOTS = process.env['TRAYDIAL_SCREENSHOTS'];
/** `npm run screenshots` writes the pictures that README and guide show to docs/screenshots. */
const SHOWN = ['office-ringing', 'placed-connected', 'link-question'];

/** A real Electron of another age draws with another Chromium. */
const COMPARED = SHOTS === undefined && process.env['TRAYDIAL_E2E_TARGET'] !== 'electron';

interface Violation {
  id: string;
  help: string;
  nodes: { target: string[] }[];
}

export type Theme = 'light' | 'dark';
export type Language = 'en' | 'de';

interface CaptureOptions {
  themes?: readonly Theme[];
  languages?: readonly Language[];
  /** The pointer stays where it is: something depends on it. */
  underPointer?: boolean;
  /** Selects the only part that is compared. */
  part?: string;
  compare?: (language: Language, theme: Theme) => boolean;
}

/** Captures a view, compared with the accepted picture in each theme and language. */
export const captureView = (page: Page, name: string, options: CaptureOptions = {}): Promise<void> =>
  capture(page, name, { ...options, compare: () => COMPARED });

/** Captures another state of a view, compared in English and light, and in German and dark. */
export const captureState = (page: Page, name: string, options: CaptureOptions = {}): Promise<void> =>
  capture(page, name, {
    ...options,
    compare: (language, theme) => COMPARED && (language === 'en') === (theme === 'light'),
  });

/**
 * Takes a picture in each theme and language, which is compared with the accepted one or stays in `out`, and checks it with
 * axe, also in forced colours; checks that longer texts would fit, too.
 */
export async function capture(page: Page, name: string, options: CaptureOptions = {}): Promise<void> {
  const { themes = ['light', 'dark'], languages = ['de', 'en'], compare = () => false } = options;
  // Controls move with the font of the system, and another one would be under the pointer.
  if (options.compare !== undefined && options.underPointer !== true) await page.mouse.move(1, 1);
  for (const language of languages) {
    await showLanguage(page, language);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      if (compare(language, theme)) await expectAcceptedPicture(page, `${name}-${language}-${theme}`, options.part);
      else await shoot(page, name, language, theme);
      // Only colours differ from theme to theme.
      const rules = theme === themes[0] ? {} : { runOnly: ['color-contrast', 'link-in-text-block'] };
      expect(await violations(page, rules), `${name}, ${language}, ${theme}`).toEqual([]);
    }
  }
  await page.emulateMedia({ forcedColors: 'active' });
  // The system chooses the colours; of text in buttons axe reads the ones that it replaces.
  const rules = { rules: { 'color-contrast': { enabled: false } } };
  expect(await violations(page, rules), `${name}, forced colours`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  await expectRoomForLongTexts(page, name);
}

async function shoot(page: Page, name: string, language: Language, theme: Theme): Promise<void> {
  const path = pathOf(name, language, theme);
  mkdirSync(join(path, '..'), { recursive: true });
  // In docs/screenshots everything has the same font, and real times.
  await whileSteady(page, () => page.screenshot({ path, animations: 'disabled' }), false);
}

function pathOf(name: string, language: Language, theme: Theme): string {
  if (language !== 'en') return join(FOLDER, language, `${name}-${theme}.png`);
  return join(SHOTS !== undefined && SHOWN.includes(name) ? SHOTS : FOLDER, `${name}-${theme}.png`);
}

/** Switches the language as the settings do; the view and what is open in it stay as they are. */
export async function showLanguage(page: Page, language: Language): Promise<void> {
  const shown = page.locator(`html[lang="${language}"]`);
  if ((await shown.count()) > 0) return;
  await page.evaluate(`window.traydial.invoke('settings.change', { appearance: { language: '${language}' } })`);
  await shown.waitFor({ state: 'attached' });
}

/** What axe finds in the page as it is. */
export async function violations(page: Page, options: object = {}): Promise<string[]> {
  // Evaluated through the debugger, because the page's policy refuses a script tag.
  if (await page.evaluate("typeof globalThis.axe === 'undefined'")) await page.evaluate(axe);
  const found = await page.evaluate<Violation[]>(
    // Nothing is collected about what is right.
    `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], ...options })}).then((result) => result.violations)`,
  );
  return found.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`,
  );
}
