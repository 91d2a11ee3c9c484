import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { showLanguage, violations } from './capture.ts';
import type { WindowPage } from './window-page.ts';

/** Width and height in px, and the size of the text in percent. */
type Size = readonly [width: number, height: number, textSize: number];

/** Those in which there is less room than in the window that opens first. */
const TIGHT: readonly Size[] = [
  [340, 420, 100],
  [380, 620, 200],
  [340, 420, 200],
];

/** Whether a position counts CSS zoom; otherwise no click and no measurement of a zoomed part is right. */
const MEASURES_ZOOM = `{
  const probe = document.createElement('div');
  probe.style.cssText = 'position: fixed; width: 10px; zoom: 2';
  document.body.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  width > 15;
}`;

/**
 * Runs in the page. Lists what somebody cannot read or reach: texts that are cut or that another text or a control covers,
 * controls that stay outside of the window or under something else however far one scrolls. Names that end in an ellipsis
 * (`.cut`) are meant to.
 */
const FAULTS = `(() => {
  const SCROLLS = /auto|scroll/;
  /** Is meant to scroll sideways, in a low window. */
  const SIDEWAYS = '.strip, .filters, .sample, table';
  /** Of what scrolls vertically: two lines of text. */
  const LEAST_HEIGHT = 40;
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.closest('.visually-hidden, [inert], [aria-hidden=true]') === null &&
    getComputedStyle(element).clipPath !== 'inset(50%)';
  const name = (element) =>
    element.tagName.toLowerCase() + [...element.classList].map((one) => '.' + one).join('') + ' "' +
    (element.ariaLabel || element.textContent.trim().replace(/\\s+/g, ' ')).slice(0, 40) + '"';
  const frameOf = (element) => {
    let outer = element.parentElement;
    while (outer !== null && getComputedStyle(outer).overflowX === 'visible' && getComputedStyle(outer).overflowY === 'visible')
      outer = outer.parentElement;
    return outer ?? document.documentElement;
  };
  /** Outside of what does not scroll by itself, such as a menu or a sheet, positions say nothing about each other. */
  const layerOf = (element) => {
    let outer = element;
    while (outer !== null && !/absolute|fixed|sticky/.test(getComputedStyle(outer).position)) outer = outer.parentElement;
    return outer;
  };
  const faults = [];
  const isOpen = (frame) => SCROLLS.test(getComputedStyle(frame).overflowY) || SCROLLS.test(getComputedStyle(frame).overflowX);

  const scrolled = [...document.querySelectorAll('*')].map((element) => [element, element.scrollTop, element.scrollLeft]);
  for (const element of document.querySelectorAll('*')) if (isShown(element) && isOpen(element) && element.scrollWidth > element.clientWidth + 1 && element.closest(SIDEWAYS) === null)
    faults.push(name(element) + ' scrolls sideways');
  for (const element of document.querySelectorAll('*')) if (isShown(element) && isOpen(element) && element.scrollHeight > element.clientHeight + 1 && element.clientHeight < LEAST_HEIGHT)
    faults.push(name(element) + ' shows only ' + element.clientHeight + ' px of what scrolls in it');

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (node.data.trim() === '' || element.closest('script, style, option, select, textarea') !== null || !isShown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const ellipsis = element.closest('.cut');
    const end = ellipsis === null ? Infinity : ellipsis.getBoundingClientRect().right;
    const boxes = [...range.getClientRects()].map(({ left, top, right, bottom }) => ({ left, top, right: Math.min(right, end), bottom }));
    texts.push({ element, boxes: boxes.filter(({ left, top, right, bottom }) => right - left > 1 && bottom - top > 1) });
  }
  for (const { element, boxes } of texts) {
    const frame = frameOf(element);
    const { left, right, top, bottom } = frame.getBoundingClientRect();
    const cut = element.closest('.cut') === null && !frame.matches('.cut') && element.closest(SIDEWAYS) === null;
    if (cut && boxes.some((box) => box.left < left - 1 || box.right > right + 1)) faults.push(name(element) + ' is cut at its side');
    if (cut && !isOpen(frame) && frame !== document.documentElement && boxes.some((box) => box.top < top - 3 || box.bottom > bottom + 3))
      faults.push(name(element) + ' is cut at its end');
    if (element.closest(SIDEWAYS) === null && boxes.some((box) => box.right > innerWidth + 1 || box.left < -1)) faults.push(name(element) + ' is outside of the window');
  }

  const controls = [...document.querySelectorAll('button, input, select, textarea, a[href], summary, [role=option]')].filter(isShown);
  const parts = [
    ...texts.map(({ element, boxes }) => ({ element, boxes, inset: 3 })),
    ...controls.map((element) => ({ element, boxes: [element.getBoundingClientRect()], inset: 1 })),
  ].map((part) => ({ ...part, frame: frameOf(part.element), layer: layerOf(part.element) }));
  parts.forEach((one, index) => {
    for (const other of parts.slice(index + 1)) {
      if (one.frame !== other.frame || one.layer !== other.layer) continue;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const by = Math.max(one.inset, other.inset);
      const cover = one.boxes.some((a) => other.boxes.some((b) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > by && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > by));
      if (cover) faults.push(name(one.element) + ' and ' + name(other.element) + ' overlap');
    }
  });

  for (const control of controls) {
    control.scrollIntoView({ block: 'center', inline: 'nearest' });
    const { left, right, top, bottom } = control.getBoundingClientRect();
    const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
    const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const hit = document.elementFromPoint(x, y);
    const isHit = hit !== null && (control.contains(hit) || hit.closest('label')?.control === control || hit.contains(control) && hit.matches('label'));
    if (!isHit) faults.push(name(control) + ' is under ' + (hit === null ? 'nothing' : name(hit)));
    else if (left < -1 || right > innerWidth + 1) faults.push(name(control) + ' is wider than the window');
    else if (top < -1 && bottom - top < innerHeight) faults.push(name(control) + ' is above the window');
    else if (bottom > innerHeight + 1 && bottom - top < innerHeight) faults.push(name(control) + ' is below the window');
  }
  for (const [element, top, left] of scrolled) element.scrollTo(left, top);
  return [...new Set(faults)];
})()`;

/** Since Chromium 130 the Tab key reaches a part that scrolls and has nothing else to reach. */
const KEYS_SCROLL = { rules: { 'scrollable-region-focusable': { enabled: false } } };

/** Whether parts of the window with text of this size, in percent, can be measured in this browser. */
export const measuresZoom = async (page: Page, textSize: number): Promise<boolean> =>
  textSize === 100 || page.evaluate<boolean>(MEASURES_ZOOM);

/** Makes the window as large as that. False if this browser cannot measure zoomed parts. */
async function resize({ page }: WindowPage, [width, height, textSize]: Size): Promise<boolean> {
  await page.setViewportSize({ width, height });
  await page.evaluate(`window.traydial.invoke('settings.change', { appearance: { textSize: ${textSize} } })`);
  await page.locator(`.shell[style*="zoom: ${textSize / 100};"]`).waitFor();
  return measuresZoom(page, textSize);
}

/** Fails if, at one of these sizes, in English or German, something cannot be read or reached, or axe finds something. */
export async function expectRoom(window: WindowPage, what: string, sizes = TIGHT): Promise<void> {
  const { page } = window;
  const before = page.viewportSize();
  for (const size of sizes) {
    if (!(await resize(window, size))) continue;
    for (const language of ['de', 'en'] as const) {
      await showLanguage(page, language);
      expect.soft(await faults(page), `${what}, ${language}, at ${size.join(' × ')} %`).toEqual([]);
    }
  }
  // Colours and names do not depend on the size; at the last one the most has wrapped.
  expect.soft(await violations(page, KEYS_SCROLL), what).toEqual([]);
  await resize(window, [before?.width ?? 380, before?.height ?? 620, 100]);
}

const faults = (page: Page): Promise<string[]> => page.evaluate<string[]>(FAULTS);
