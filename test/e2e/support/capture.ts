import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { source as axe } from 'axe-core';
import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { expectRoomForLongTexts } from './pseudo-locale.ts';

const FOLDER = join(import.meta.dirname, '../../../out/screenshots');
const SHOTS = process.env['TRAYDIAL_SCREENSHOTS'];
/** `npm run screenshots` writes the pictures that README and guide show to docs/screenshots. */
const SHOWN = ['calls-ringing', 'placed-connected', 'link-question'];

interface Violation {
  id: string;
  help: string;
  nodes: { target: string[] }[];
}

type Theme = 'light' | 'dark';
type Language = 'en' | 'de';
const THEMES: readonly Theme[] = ['light', 'dark'];

/**
 * Takes a picture in each theme in English and in one in German (in both for `npm run screenshots`), and checks each with
 * axe, also in forced colours; checks that longer texts would fit, too.
 */
export async function capture(page: Page, name: string, themes: readonly Theme[] = THEMES): Promise<void> {
  for (const language of ['de', 'en'] as const) {
    await show(page, language);
    for (const theme of language === 'en' || SHOTS !== undefined ? themes : themes.slice(0, 1)) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const path = pathOf(name, language, theme);
      mkdirSync(join(path, '..'), { recursive: true });
      await page.screenshot({ path, animations: 'disabled' });
      expect(await violations(page), `${name}, ${language}, ${theme}`).toEqual([]);
    }
  }
  await page.emulateMedia({ forcedColors: 'active' });
  // The system chooses the colours; of text in buttons axe reads the ones that it replaces.
  expect(await violations(page, ['color-contrast']), `${name}, forced colours`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  await expectRoomForLongTexts(page, name);
}

function pathOf(name: string, language: Language, theme: Theme): string {
  if (language !== 'en') return join(FOLDER, language, `${name}-${theme}.png`);
  return join(SHOTS !== undefined && SHOWN.includes(name) ? SHOTS : FOLDER, `${name}-${theme}.png`);
}

/** Switches the language as the settings do; the view and what is open in it stay as they are. */
async function show(page: Page, language: Language): Promise<void> {
  await page.evaluate(`window.traydial.invoke('settings.change', { appearance: { language: '${language}' } })`);
  await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
}

async function violations(page: Page, without: readonly string[] = []): Promise<string[]> {
  // Evaluated through the debugger, because the page's policy refuses a script tag.
  await page.evaluate(axe);
  const rules = JSON.stringify(Object.fromEntries(without.map((rule) => [rule, { enabled: false }])));
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, { rules: ${rules} }).then((result) => result.violations)`,
  );
  return found.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`,
  );
}
