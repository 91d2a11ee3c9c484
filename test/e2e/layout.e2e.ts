import { describe, expect, test } from 'vitest';
import { TARGETS } from './support/launch.ts';
import { capture, showLanguage } from './support/capture.ts';
import { measuresZoom } from './support/layout.ts';
import { cleanUpAfterEach, start, startSignedIn, until } from './support/session.ts';
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

/**
 * What somebody needs before they act and does not see: parts that are outside the window, that something covers, or
 * whose text is cut. Of several ringing calls each is scrolled to, except the first, which is seen at once.
 */
const OUT_OF_SIGHT = (selectors: string): string => `{
  const isSeen = (part) => {
    const { left, top, right, bottom } = part.getBoundingClientRect();
    if (left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1 || right - left < 8) return false;
    return [top + 3, (top + bottom) / 2, bottom - 3].every((y) => {
      const hit = document.elementFromPoint((left + right) / 2, y);
      return hit !== null && (part.contains(hit) || hit.contains(part));
    });
  };
  const isWhole = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
    clientWidth === 0 || (scrollWidth <= clientWidth + 1 && scrollHeight <= clientHeight + 2);
  const parts = [...document.querySelectorAll(${JSON.stringify(selectors)})];
  const scrollTo = (part) => part.closest('.ringing li + li')?.scrollIntoView({ block: 'nearest' });
  document.querySelector('.ringing')?.scrollTo(0, 0);
  parts.length === 0 ? ['nothing is there'] : parts
    .filter((part) => {
      scrollTo(part);
      return part.getClientRects().length > 0 && !(isSeen(part) && isWhole(part));
    })
    .map((part) => part.textContent.trim() || part.ariaLabel || part.className);
}`;

/** Numbers to choose from that do not show all their digits. */
const CUT = `[...document.querySelectorAll('.choices bdi')]
  .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 2)
  .map(({ textContent }) => textContent)`;

const outOfSight = (window: WindowPage, ...selectors: string[]): Promise<string[]> =>
  window.page.evaluate<string[]>(OUT_OF_SIGHT(selectors.join(', ')));

const RINGING = ['.ringing .name bdi', '.ringing .button'];
const CALLERS = ['Harbour Freight Ltd', 'Katharina Brandstetter', 'Anna Berg'];
/** The first one; the others scroll. */
const CHOICES = ['.choices li:first-child bdi'];
const NUMBERS = '1002\n+1 201 555 0199\n+12015550100,,7#';
const QUESTION = ['.question .number bdi', '.question h2', '.question .actions > *'];

const misplaced = (window: WindowPage): Promise<string[]> => window.page.evaluate<string[]>(MISPLACED);

async function inEachLanguage(window: WindowPage, check: (language: string) => Promise<void>): Promise<void> {
  for (const language of ['de', 'en'] as const) {
    await showLanguage(window.page, language);
    await check(language);
  }
}

const SIZES = [
  [380, 620, 100],
  [340, 420, 100],
  [380, 620, 200],
  [340, 420, 200],
] as const;

describe('the window keeps its layout', () => {
  cleanUpAfterEach();

  test.for(SIZES)('at %i × %i with text of %i percent', async ([width, height, textSize], { skip }) => {
    const { app, window } = await start(target, { demo: true });
    await window.dialField.waitFor();
    await window.page.setViewportSize({ width, height });
    await window.enlargeText(textSize);
    const measured = await measuresZoom(window.page, textSize);
    skip(!measured, 'Chromium before 128 measures without zoom.');
    const name = `layout-${width}x${height}-${textSize}`;
    await capture(window.page, name);
    expect(await misplaced(window)).toEqual([]);

    await window.button('Call me').click();
    await window.ringing.waitFor();
    await capture(window.page, `${name}-ringing`, { themes: ['light'] });
    expect(await misplaced(window)).toEqual([]);
    await inEachLanguage(window, async () => expect(await outOfSight(window, ...RINGING)).toEqual([]));

    await app.act({ type: 'open-url', url: 'tel:+12015550123' });
    await window.question.waitFor();
    expect(await misplaced(window)).toEqual([]);
    await capture(window.page, `${name}-question`, { themes: ['dark'] });
    await inEachLanguage(window, async () => expect(await outOfSight(window, ...RINGING, ...QUESTION)).toEqual([]));
  });

  test.for(SIZES)(
    'shows each of three ringing calls at %i × %i with text of %i percent',
    async ([width, height, textSize], { skip }) => {
      const { app, window, pbx } = await startSignedIn(target);
      await window.page.setViewportSize({ width, height });
      await window.enlargeText(textSize);
      const measured = await measuresZoom(window.page, textSize);
      skip(!measured, 'Chromium before 128 measures without zoom.');
      for (const [index, callerName] of CALLERS.entries()) {
        pbx.addSession({ legs: [{ caller: `+1201555010${index}`, callerName, callee: '1001' }] });
        await window.ringing.getByText(callerName).waitFor();
      }
      const name = `layout-${width}x${height}-${textSize}`;
      await capture(window.page, `${name}-three`, { themes: ['light'] });
      expect(await misplaced(window)).toEqual([]);
      await inEachLanguage(window, async () => expect(await outOfSight(window, ...RINGING)).toEqual([]));

      await app.act({ type: 'open-url', url: 'tel:+12015550123' });
      await window.question.waitFor();
      expect(await misplaced(window)).toEqual([]);
      await capture(window.page, `${name}-three-question`, { themes: ['dark'] });
      await inEachLanguage(window, async () => expect(await outOfSight(window, ...RINGING, ...QUESTION)).toEqual([]));
    },
  );

  test.for(SIZES)(
    'shows what a question is about and its answers at %i × %i with text of %i percent',
    async ([width, height, textSize], { skip }) => {
      const { window } = await startSignedIn(target);
      await window.dialField.waitFor();
      await window.confirm('Typed or picked in Traydial', 'Call after 3 s');
      await window.page.setViewportSize({ width, height });
      await window.enlargeText(textSize);
      const measured = await measuresZoom(window.page, textSize);
      skip(!measured, 'Chromium before 128 measures without zoom.');
      const name = `layout-${width}x${height}-${textSize}`;
      const answer = async (): Promise<void> => {
        await window.page.keyboard.press('Escape');
        await window.question.waitFor({ state: 'detached' });
      };

      await window.dial('112');
      await window.reasons.waitFor();
      await capture(window.page, `${name}-guards`, { themes: ['light'] });
      await inEachLanguage(window, async () => {
        expect(await outOfSight(window, ...QUESTION, '#question-guards li:first-child svg')).toEqual([]);
      });
      await answer();

      await window.dial('+12015550123');
      await window.question.waitFor();
      expect(await outOfSight(window, ...QUESTION)).toEqual([]);
      await capture(window.page, `${name}-countdown`, { themes: ['dark'] });
      await window.step('Your phone is ringing').catch(() => undefined);
    },
  );

  test.for(SIZES)(
    'shows its hint and the numbers to choose from at %i × %i with text of %i percent',
    async ([width, height, textSize], { skip }) => {
      const { app, window } = await startSignedIn(target);
      await window.button('Dismiss the country').click();
      await window.page.setViewportSize({ width, height });
      await window.enlargeText(textSize);
      const measured = await measuresZoom(window.page, textSize);
      skip(!measured, 'Chromium before 128 measures without zoom.');
      const name = `layout-${width}x${height}-${textSize}`;
      await inEachLanguage(window, async () => expect(await outOfSight(window, '#dial-plan')).toEqual([]));

      await window.dialField.focus();
      await window.paste(NUMBERS);
      await window.text('Choose one of 3 numbers').waitFor();
      await capture(window.page, `${name}-choose`, { themes: ['light'] });
      await inEachLanguage(window, async () => {
        expect(await misplaced(window)).toEqual([]);
        expect(await outOfSight(window, '#dial-plan', ...CHOICES)).toEqual([]);
        expect(await window.page.evaluate(CUT)).toEqual([]);
      });
      await window.dialField.fill('');

      await app.act({ type: 'clipboard', text: NUMBERS });
      await until(() => app.act({ type: 'tray-menu', label: 'Call copied number' }));
      await window.question.waitFor();
      await capture(window.page, `${name}-which`, { themes: ['dark'] });
      await inEachLanguage(window, async () => {
        expect(await misplaced(window)).toEqual([]);
        expect(await outOfSight(window, '.question h2', '.question .actions > *', ...CHOICES)).toEqual([]);
        expect(await window.page.evaluate(CUT)).toEqual([]);
      });
    },
  );
});
