import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openTestPbx, type TestPbx } from '../../test/pbx/test-pbx.ts';
import { launchOnHost } from '../../test/e2e/support/host-driver.ts';
import { WindowPage } from '../../test/e2e/support/window-page.ts';
import { finishSetup } from '../../test/support/finished-setup.ts';

export interface WindowFigures {
  /** Live calls in the page. */
  rows: number;
  /** From each key press to the next picture, ms. */
  keys: number[];
  /** The longest that the page did not answer while polls went on, ms. */
  longestTask: number;
}

const KEYS = '+1 (201) 555-0123 and some more';
const WATCH_MS = 10_000;

/** Measures a window while the PBX lists this many calls of colleagues. */
export async function measureWindow(calls: number): Promise<WindowFigures> {
  const pbx = await openTestPbx({ traffic: false, push: 'none' });
  fill(pbx, calls);
  const profile = mkdtempSync(join(tmpdir(), 'bench-'));
  finishSetup(profile);
  const app = await launchOnHost({ profile });
  try {
    const window = new WindowPage(app.page);
    await window.signIn(pbx);
    await window.dialField.waitFor();
    if (calls > 0) await window.liveCalls.getByRole('listitem').first().waitFor();
    const longestTask = await watch(app.page);
    await window.dialField.focus();
    const keys: number[] = [];
    for (const key of KEYS) keys.push(await press(app.page, key));
    return { rows: await window.liveCalls.getByRole('listitem').count(), keys, longestTask };
  } finally {
    await app.stop();
    await pbx.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

function fill(pbx: TestPbx, calls: number): void {
  for (let index = 0; index < calls; index++) {
    const leg = {
      caller: `+1201${String(5_000_000 + index)}`,
      callerName: `Caller ${index}`,
      callee: String(20_000 + index),
      ...(index % 3 === 0 ? {} : { answeredSecondsAgo: 1 + (index % 600) }),
    };
    pbx.addSession({ legs: [leg], startedSecondsAgo: 700 });
  }
}

/** Measured by the page's own clock, because the way to the page takes time. */
async function press(page: Page, key: string): Promise<number> {
  // The timer runs after the next frame.
  await page.evaluate(`
    window.shown = new Promise((done) => {
      const measured = (event) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - event.timeStamp)));
      addEventListener('keydown', measured, { once: true, capture: true });
    });
    undefined;
  `);
  await page.keyboard.press(key);
  return page.evaluate<number>('window.shown');
}

function watch(page: Page): Promise<number> {
  return page.evaluate<number>(`
    new Promise((done) => {
      let longest = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
      });
      observer.observe({ entryTypes: ['longtask'] });
      setTimeout(() => done(longest), ${WATCH_MS});
    })
  `);
}
