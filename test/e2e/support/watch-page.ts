import type { Page } from 'playwright-core';

/** Collects what goes wrong inside a page. */
export function watchPage(page: Page, complaints: string[] = []): string[] {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
