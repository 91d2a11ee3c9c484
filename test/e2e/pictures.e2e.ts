import { describe, expect, test } from 'vitest';
import { compare } from './support/pictures/compare.ts';
import { type Picture, readPng, smallPng } from './support/pictures/png.ts';
import { whileSteady } from './support/pictures/steady.ts';
import { TARGETS } from './support/launch.ts';
import { cleanUpAfterEach, startSignedIn } from './support/session.ts';

const [host] = TARGETS;
if (host === undefined) throw new Error('There is no host to look at.');

/** What is changed, and how; the last expression of each undoes it. */
const CHANGES = {
  'a button moved by 4 px': style('[aria-label="Settings"]', 'translate: 4px'),
  'a title moved by 1 px': style('#recents-title', 'translate: 0 1px'),
  'a text with another word': text('button.all', 'All call'),
  'a letter more': text('#recents-title', 'Recent callss'),
  'another colour of a button': style('.go', 'background: var(--hang-wash)'),
  'another colour of a text': style('#recents-title', 'color: var(--warn)'),
  'a line that is missing': style('.section-head:has(#recents-title)', 'border-color: transparent'),
  'an icon that is missing': style('.go svg', 'visibility: hidden'),
  'a row that is missing': style('#dial-plan', 'display: none'),
};

function style(selector: string, css: string): string {
  return `{
    const part = document.querySelector('${selector}');
    part.style.cssText = '${css}; transition: none';
    globalThis.undo = () => part.removeAttribute('style');
  }`;
}

function text(selector: string, by: string): string {
  return `{
    const [node] = document.querySelector('${selector}').childNodes;
    const before = node.data;
    node.data = '${by}';
    globalThis.undo = () => (node.data = before);
  }`;
}

/** As another version of the browser draws it: edges a little lighter or darker. */
function withNoise({ width, height, data }: Picture): Picture {
  return { width, height, data: data.map((value, at) => (at % 4 === 3 ? value : value + ((at * 7919) % 5) - 2)) };
}

/** A line of every grey from black to white, and of `shades` tints of each: more than a palette holds. */
function manyColours(shades: number): Picture {
  const data = new Uint8Array(256 * shades * 4);
  for (let pixel = 0; pixel < 256 * shades; pixel++) {
    const grey = pixel % 256;
    const tint = Math.floor(pixel / 256) * 20;
    data.set([Math.max(0, grey - tint), grey, Math.min(255, grey + tint), 255], pixel * 4);
  }
  return { width: 256, height: shades, data };
}

test.for([6, 12])(
  'a picture with %i tints of each grey is compressed within the tolerance of the comparison',
  (shades) => {
    const picture = manyColours(shades);
    const kept = readPng(smallPng(picture));
    expect(compare(picture, kept)).toBeNull();
  },
);

describe('a picture of the window compared with an accepted one', () => {
  cleanUpAfterEach();

  test.for(['light', 'dark'] as const)('differs after each small change in %s', async (colorScheme) => {
    const { window, pbx } = await startSignedIn(host, {}, { colorScheme });
    const { page } = window;
    const id = pbx.addSession({
      legs: [{ caller: '+12015550100', callerName: 'Anna Berg', callee: '1001', trunk: 'Main' }],
    });
    await window.ringing.waitFor();
    // A missed call would look different once it was in sight.
    pbx.answer(id);
    await window.ringing.waitFor({ state: 'detached' });
    pbx.endSession(id);
    await window.recents.getByText('Anna Berg').waitFor();
    await window.text('No live calls').waitFor();
    const shot = async (): Promise<Picture> => readPng(await page.screenshot({ animations: 'disabled' }));
    const missed = await whileSteady(page, async () => {
      const accepted = readPng(smallPng(await shot()));
      expect(compare(accepted, await shot())).toBeNull();
      expect(compare(accepted, withNoise(accepted))).toBeNull();
      const unnoticed: string[] = [];
      for (const [what, change] of Object.entries(CHANGES)) {
        await page.evaluate(change);
        if (compare(accepted, await shot()) === null) unnoticed.push(what);
        await page.evaluate('undo()');
      }
      expect(compare(accepted, await shot())).toBeNull();
      return unnoticed;
    });
    expect(missed).toEqual([]);
  });
});
