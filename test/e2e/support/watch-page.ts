import type { Page } from 'playwright-core';

/** Collects what goes wrong inside a page, until the program is stopped: its page cannot load anything then. */
export function watchPage(page: Page, complaints: string[], isStopping: () => boolean): void {
  const add = (text: string): void => {
    if (!isStopping()) complaints.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') add(message.text());
  });
  page.on('pageerror', (error) => add(String(error)));
}
