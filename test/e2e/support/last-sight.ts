import type { AppDriver } from './app-driver.ts';

/** How much of the page and of the output a failure repeats, in characters. */
const MOST = 1_500;
/** How long a program that may have ended gets to answer, in ms. */
const TIMEOUT_MS = 5_000;

/**
 * What a person would have seen when a spec failed: the windows, the size of the page, its text as a screen reader gets
 * it, and the end of what the program printed. Never throws, because the program may have ended.
 */
export async function lastSight(app: AppDriver): Promise<string> {
  const look = async (): Promise<string> => {
    const windows = await app.windows();
    const page = await app.page.evaluate('[innerWidth, innerHeight, document.visibilityState]');
    const text = await app.page.locator('body').ariaSnapshot({ timeout: TIMEOUT_MS });
    return [`windows ${JSON.stringify(windows)}`, `page ${JSON.stringify(page)}`, text.slice(0, MOST)].join('\n');
  };
  const late = new Promise<string>((resolve) => {
    setTimeout(() => resolve('The program does not answer.'), 2 * TIMEOUT_MS).unref();
  });
  const seen = await Promise.race([look().catch((error: unknown) => `Not to be seen: ${String(error)}`), late]);
  return `${seen}\noutput ${app.output().slice(-MOST)}`;
}
