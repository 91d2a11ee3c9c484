import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openTestPbx, type NewSession, type TestPbx } from '../../test/pbx/test-pbx.ts';
import { launchOnHost } from '../../test/e2e/support/host-driver.ts';
import { WindowPage } from '../../test/e2e/support/window-page.ts';
import { finishSetup } from '../../test/support/finished-setup.ts';

export interface WindowFigures {
  /** Live calls in the page. */
  rows: number;
  /** From each key press to the next picture, ms. */
  keys: number[];
  /** The longest that the page did not answer while polls went on and keys were pressed, ms. */
  longestTask: number;
}

export interface Office {
  /** Live calls of colleagues. */
  calls: number;
  /** How many of them begin, are answered or end in a second. */
  changesPerSecond: number;
}

const KEYS = '+1 (201) 555-0123 and some more';
/** How many calls the window lists. */
const ROWS = 100;
const WATCH_MS = 10_000;
const STEPS_PER_SECOND = 20;

/** Measures a window while the PBX lists the calls of this office. */
export async function measureWindow({ calls, changesPerSecond }: Office): Promise<WindowFigures> {
  const pbx = await openTestPbx({ traffic: false, push: 'none' });
  const ids = Array.from({ length: calls }, (_none, index) => pbx.addSession(session(index)));
  let stopTraffic = (): void => undefined;
  const profile = mkdtempSync(join(tmpdir(), 'bench-'));
  finishSetup(profile);
  const app = await launchOnHost({ profile });
  try {
    const window = new WindowPage(app.page);
    await window.signIn(pbx);
    await window.dialField.waitFor();
    if (calls > 0) {
      await window.showColleagues();
      // The rows come in steps, and no more than these.
      await window.liveCalls
        .getByRole('listitem')
        .nth(Math.min(calls, ROWS) - 1)
        .waitFor();
    }
    const rows = await window.liveCalls.getByRole('listitem').count();
    stopTraffic = startTraffic(pbx, ids, changesPerSecond);
    await app.page.evaluate(WATCH);
    await app.page.waitForTimeout(WATCH_MS);
    await window.dialField.focus();
    const keys: number[] = [];
    for (const key of KEYS) keys.push(await press(app.page, key));
    return { rows, keys, longestTask: await app.page.evaluate<number>('window.longestTask()') };
  } finally {
    stopTraffic();
    await app.stop();
    await pbx.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const session = (index: number): NewSession => ({
  legs: [
    {
      caller: `+1201${String(5_000_000 + index)}`,
      callerName: `Caller ${index}`,
      callee: String(20_000 + index),
      ...(index % 3 === 0 ? {} : { answeredSecondsAgo: 1 + (index % 600) }),
    },
  ],
  startedSecondsAgo: 700,
});

/** The calls change one after the other: one that rings is answered, any other ends and a new one takes its place. */
function startTraffic(pbx: TestPbx, ids: string[], changesPerSecond: number): () => void {
  let changes = 0;
  const timer = setInterval(() => {
    for (let step = 0; step < changesPerSecond / STEPS_PER_SECOND; step++) {
      const at = changes++ % ids.length;
      const id = ids[at] ?? '';
      if (pbx.answer(id)) continue;
      pbx.endSession(id);
      ids[at] = pbx.addSession({ ...session(ids.length + changes), startedSecondsAgo: 0 });
    }
  }, 1000 / STEPS_PER_SECOND);
  return () => clearInterval(timer);
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

const WATCH = `{
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ entryTypes: ['longtask'] });
  window.longestTask = () => longest;
}`;
