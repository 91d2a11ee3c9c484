import { describe, expect, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { capture } from './support/capture.ts';
import { cleanUpAfterEach, start } from './support/session.ts';
import type { WindowPage } from './support/window-page.ts';

const [target] = TARGETS;
if (target === undefined) throw new Error('There is no target to look at.');

/** The parts of the window from top to bottom that begin before the one above ends, and those that are wider than it. */
const MISPLACED = `{
  const parts = [...document.querySelectorAll('.shell > section, .shell > main, .shell > footer, .content > *')]
    .filter((part) => part.getClientRects().length > 0 && !part.classList.contains('visually-hidden'));
  const overlaps = (above, below) =>
    !above.contains(below) && !below.contains(above) && above.parentElement === below.parentElement &&
    above.getBoundingClientRect().bottom > below.getBoundingClientRect().top + 1;
  const name = (part) => part.className + ' ' + part.tagName;
  [
    ...parts.flatMap((above, index) => parts.slice(index + 1).filter((below) => overlaps(above, below))
      .map((below) => name(above) + ' over ' + name(below))),
    ...parts.filter((part) => part.getBoundingClientRect().right > innerWidth + 1).map((part) => name(part) + ' too wide'),
    ...(document.querySelector('footer').getBoundingClientRect().bottom > innerHeight + 1 ? ['status bar cut'] : []),
  ];
}`;

/** Whether a position counts CSS zoom; otherwise no click and no measurement of a zoomed part is right. */
const MEASURES_ZOOM = `{
  const probe = document.createElement('div');
  probe.style.cssText = 'position: fixed; width: 10px; zoom: 2';
  document.body.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  width > 15;
}`;

const misplaced = (window: WindowPage): Promise<string[]> => window.page.evaluate<string[]>(MISPLACED);

describe('the window keeps its layout', () => {
  cleanUpAfterEach();

  test.for([
    [380, 620, 100],
    [340, 420, 100],
    [380, 620, 200],
    [340, 420, 200],
  ] as const)('at %i × %i with text of %i percent', async ([width, height, textSize], { skip }) => {
    const { app, window } = await start(target, { demo: true });
    await window.dialField.waitFor();
    await window.page.setViewportSize({ width, height });
    for (const size of [110, 125, 150, 175, 200].filter((larger) => larger <= textSize)) {
      await window.page.keyboard.press('Control+Equal');
      await window.page.locator(`.shell[style*="zoom: ${size / 100}"]`).waitFor();
    }
    const measured = textSize === 100 || (await window.page.evaluate<boolean>(MEASURES_ZOOM));
    skip(!measured, 'Chromium before 128 measures without zoom.');
    const name = `layout-${width}x${height}-${textSize}`;
    await capture(window.page, name);
    expect(await misplaced(window)).toEqual([]);

    await window.button('Call me').click();
    await window.ringing.waitFor();
    await capture(window.page, `${name}-ringing`, ['light']);
    expect(await misplaced(window)).toEqual([]);

    await app.act({ type: 'open-url', url: 'tel:+12015550123' });
    await window.question.waitFor();
    expect(await misplaced(window)).toEqual([]);
    await capture(window.page, `${name}-question`, ['dark']);
  });
});
