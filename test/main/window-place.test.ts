import type { Rectangle } from 'electron';
import { expect, test } from 'vitest';
import { boundsToOpen } from '../../src/main/window-place.ts';

const MAIN: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };
const SECOND: Rectangle = { x: 1920, y: 0, width: 1920, height: 1000 };
const USUAL = { width: 380, height: 620 };
const MIDDLE: Rectangle = { x: 770, y: 230, ...USUAL };

test.each<[string, Rectangle | null, Rectangle[], Rectangle]>([
  ['on the screen', { x: 100, y: 50, ...USUAL }, [MAIN], { x: 100, y: 50, ...USUAL }],
  ['on the second screen', { x: 2000, y: 50, ...USUAL }, [MAIN, SECOND], { x: 2000, y: 50, ...USUAL }],
  ['on a screen that is gone', { x: 2000, y: 50, ...USUAL }, [MAIN], MIDDLE],
  ['hardly to be grasped', { x: 1910, y: 1070, ...USUAL }, [MAIN], MIDDLE],
  ['never placed', null, [MAIN], MIDDLE],
])('a window that was %s', (_name, saved, areas, opened) => {
  expect(boundsToOpen(saved, { main: MAIN, areas }, USUAL)).toEqual(opened);
});

test('a window is never larger than the screen it opens on', () => {
  const saved = { x: 5000, y: 0, width: 3000, height: 2000 };
  expect(boundsToOpen(saved, { main: MAIN, areas: [MAIN] }, USUAL)).toEqual(MAIN);
});
