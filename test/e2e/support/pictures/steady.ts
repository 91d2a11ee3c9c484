import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const FONT = createRequire(import.meta.url).resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');

/**
 * Runs in the page, once. `on` shows the pinned font and, if it is to fix texts, a fixed text for whatever differs from run to run (times, durations,
 * dates, ports, fingerprints, folders), also in what the program writes from then on; `off` restores the window. Neither font
 * nor style comes from an address, so the page's policy stays in force.
 */
const INSTALL = (font: string): string => `(async () => {
  const bytes = Uint8Array.from(atob('${font}'), (letter) => letter.charCodeAt(0));
  document.fonts.add(await new FontFace('Pinned', bytes, { weight: '100 900' }).load());
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '*, ::before, ::after, ::placeholder { font-family: Pinned !important; text-rendering: geometricPrecision !important; animation: none !important; transition: none !important; }' +
      '::selection { background: transparent !important; color: inherit !important; }',
  );
  /** What measures itself has done so. */
  const laidOut = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

  const FIXED = [
    [/127\\.0\\.0\\.1:\\d+/g, '127.0.0.1:8883'],
    [/(?:[0-9A-F]{2}:){4,}(?:[0-9A-F]{2})?/g, (bytes) => bytes.replace(/[0-9A-F]/g, '0')],
    [/(?<![\\d.:])\\d{1,2}:\\d{2}(?::\\d{2})?(?: [AP]M)?/g, '0:00'],
    [/\\p{L}+ \\d{1,2}, 20\\d{2}/gu, 'January 1, 2030'],
    [/\\d{1,2}\\. \\p{L}+ 20\\d{2}/gu, '1. Januar 2030'],
    [/20\\d{2}-\\d{2}-\\d{2}T[\\d-]+/g, '2030-01-01T00-00-00'],
    [/\\b\\d+(?=\\s(?:s|sec|Sek)\\b)/g, '3'],
    [/\\S*traydial-profile-\\w+/g, '/home/alex'],
  ];
  const fix = (text) => FIXED.reduce((fixed, [pattern, by]) => fixed.replace(pattern, by), text);
  /** What was written over, and by what. */
  let texts = new Map();
  const steady = (node, property) => {
    const text = node[property];
    const fixed = node.type === 'time' ? '00:00' : node.parentElement?.matches('.countdown .number') ? '3' : fix(text);
    if (fixed === text) return;
    texts.set(node, [property, text, fixed]);
    node[property] = fixed;
  };
  const steadyIn = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = root.nodeType === Node.TEXT_NODE ? root : walker.nextNode(); node !== null; node = walker.nextNode())
      steady(node, 'data');
    for (const field of root.querySelectorAll?.('input:not([type=checkbox], [type=radio])') ?? []) steady(field, 'value');
  };
  const observer = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) for (const node of [target, ...addedNodes]) steadyIn(node);
  });
  /** Where views were scrolled to. With another font that is another place, so the nearest heading comes to the top. */
  let scrolled = new Map();
  const scrollToHeadings = () => {
    for (const part of document.querySelectorAll('*')) {
      if (part.scrollTop === 0) continue;
      scrolled.set(part, part.scrollTop);
      const top = part.getBoundingClientRect().top;
      const offsets = [...part.querySelectorAll('h2, h3, legend')].map((one) => one.getBoundingClientRect().top - top - 16);
      const nearest = offsets.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best), Infinity);
      part.scrollTop += nearest === Infinity ? 0 : nearest;
    }
  };
  globalThis.steadyPicture = {
    async on(fixesTexts) {
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      if (fixesTexts) {
        steadyIn(document.body);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }
      await laidOut();
      scrollToHeadings();
      await laidOut();
    },
    off() {
      observer.disconnect();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      for (const [node, [property, text, fixed]] of texts) if (node[property] === fixed) node[property] = text;
      texts = new Map();
      for (const [part, top] of scrolled) part.scrollTop = top;
      scrolled = new Map();
      return laidOut();
    },
  };
})()`;

let font: string | null = null;

/**
 * Does something while the page looks the same on every computer and, unless `fixesTexts` is false, at every time.
 */
export async function whileSteady<T>(page: Page, act: () => Promise<T>, fixesTexts = true): Promise<T> {
  if (await page.evaluate('globalThis.steadyPicture === undefined')) {
    font ??= readFileSync(FONT).toString('base64');
    await page.evaluate(INSTALL(font));
  }
  await page.evaluate(`steadyPicture.on(${String(fixesTexts)})`);
  try {
    return await act();
  } finally {
    await page.evaluate('steadyPicture.off()');
  }
}
