import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { source as axe } from 'axe-core';
import { expect } from 'vitest';
import type { Page } from 'playwright-core';

/** `npm run screenshots` keeps the pictures in docs/screenshots; a plain test run makes them where nobody minds. */
const FOLDER = process.env['TRAYDIAL_SCREENSHOTS'] ?? join(import.meta.dirname, '../../../out/screenshots');

interface Violation {
  id: string;
  help: string;
  nodes: { target: string[] }[];
}

type Theme = 'light' | 'dark';
const THEMES: readonly Theme[] = ['light', 'dark'];

/** Takes a picture of what stands on the screen in both themes, or one, and lets axe judge it. */
export async function look(page: Page, name: string, themes: readonly Theme[] = THEMES): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`), animations: 'disabled' });
    expect(await violations(page), `${name}, ${theme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function violations(page: Page): Promise<string[]> {
  // Through the debugger, which the page's policy does not bind; a script tag would be refused.
  await page.evaluate(axe);
  const found = await page.evaluate<Violation[]>('axe.run(document).then((result) => result.violations)');
  return found.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`,
  );
}
