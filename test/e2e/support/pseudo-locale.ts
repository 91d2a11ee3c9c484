import { expect } from 'vitest';
import type { Page } from 'playwright-core';

/** The smallest window and the one that opens first. */
const SIZES = [
  { width: 340, height: 420 },
  { width: 380, height: 620 },
] as const;

/**
 * Runs in the page. Makes every text of the program 40 % longer and accented, like that of a language with long words;
 * names, numbers (`bdi`) and what is no language (`translate="no"`) stay as they are. Lists the texts and buttons that
 * do not fit then, and restores the texts.
 */
const OVERFLOWING = `(() => {
  // Texts that the user enlarged need not be long as well.
  if ((document.querySelector('.shell')?.style.zoom ?? 1) > 1) return [];
  const ACCENTED = { a: 'å', e: 'é', i: 'î', o: 'ø', u: 'ü', A: 'Å', E: 'É', I: 'Î', O: 'Ø', U: 'Ü', n: 'ñ', c: 'ç' };
  const longer = (word) =>
    [...word].map((letter) => ACCENTED[letter] ?? letter).join('') + 'ö'.repeat(Math.round(word.length * 0.4));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (/\\p{L}{2}/u.test(node.data) && !node.parentElement.closest('bdi, script, style, [translate=no]')) texts.push([node, node.data]);
  }
  for (const [node, text] of texts) node.data = text.replace(/\\p{L}{2,}/gu, longer);

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.closest('.visually-hidden') === null;
  const name = (element) =>
    element.tagName.toLowerCase() + [...element.classList].map((one) => '.' + one).join('') + ' "' +
    element.textContent.trim().replace(/\\s+/g, ' ').slice(0, 40) + '"';
  /** The first ancestor that hides or scrolls what is wider than itself. */
  const frameOf = (element) => {
    let outer = element.parentElement;
    while (outer !== null && getComputedStyle(outer).overflowX === 'visible') outer = outer.parentElement;
    return outer ?? document.documentElement;
  };
  const problemOf = (element) => {
    const { left, right, width } = element.getBoundingClientRect();
    if (width === 0) return null;
    // An inline box has no inner width.
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) return 'is wider inside than outside';
    if (element.clientHeight > 0 && getComputedStyle(element).overflowY === 'hidden' &&
        element.scrollHeight > element.clientHeight + 2) return 'is higher inside than outside';
    const frame = frameOf(element).getBoundingClientRect();
    return left < frame.left - 1 || right > Math.min(frame.right, innerWidth) + 1 ? 'is cut off' : null;
  };
  const boxes = new Set(
    texts.map(([node]) => node.parentElement).concat([...document.querySelectorAll('button, select')]),
  );
  const found = [...boxes].filter(isShown).flatMap((element) => {
    const problem = problemOf(element);
    return problem === null ? [] : [name(element) + ' ' + problem];
  });
  for (const [node, text] of texts) node.data = text;
  return found;
})()`;

/** Fails if a text or a button does not fit into a small window when texts are 40 % longer than in English. */
export async function expectRoomForLongTexts(page: Page, what: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const found = await page.evaluate<string[]>(OVERFLOWING);
    expect(found, `${what} at ${size.width} × ${size.height}, texts 40 % longer`).toEqual([]);
  }
  if (before !== null) await page.setViewportSize(before);
}
