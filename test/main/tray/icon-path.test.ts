import { Resvg } from '@resvg/resvg-js';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { trayFlavour, trayIconPath } from '../../../src/main/tray/icon-path.ts';

const FOLDER = join(import.meta.dirname, '../../../resources/tray');
const PLATFORMS = ['linux', 'win32', 'darwin'] as const;
const FLAVOURS = ['light-panel', 'dark-panel', 'colour'] as const;
const STATES = ['idle', 'active', 'ringing', 'attention'] as const;

test('every platform, flavour, state and scale has its file', () => {
  const paths = PLATFORMS.flatMap((platform) =>
    FLAVOURS.flatMap((flavour) =>
      STATES.flatMap((state) =>
        [1, 1.25, 1.5, 2, 3].flatMap((scale) =>
          [false, true].map((missed) => trayIconPath(FOLDER, state, flavour, { platform, scale, missed })),
        ),
      ),
    ),
  );
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

/** The opaque pixels of an icon that a panel shows at a size. */
function shownAt(size: number, file: string): { x: number; y: number; ink: boolean }[] {
  const image = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
  const scaled = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><image width="${size}" height="${size}" href="${image}"/></svg>`;
  // Loading the system's fonts would take longer than all else.
  const { pixels } = new Resvg(scaled, { font: { loadSystemFonts: false } }).render();
  return Array.from({ length: size * size }, (_none, at) => ({
    x: (at % size) + 0.5,
    y: Math.floor(at / size) + 0.5,
    ink: (pixels[at * 4 + 3] ?? 0) > 127,
  }));
}

test.each([16, 20, 22, 24, 32])('at %i px the dot for missed calls stands alone in every state and flavour', (size) => {
  for (const flavour of FLAVOURS) {
    for (const state of STATES) {
      const file = trayIconPath(FOLDER, state, flavour, { platform: 'linux', scale: 1, missed: true });
      const unit = size / 16;
      const away = ({ x, y }: { x: number; y: number }): number => Math.hypot(x / unit - 12.6, y / unit - 3.4);
      const pixels = shownAt(size, file).map((pixel) => ({ ...pixel, away: away(pixel) }));
      const inside = pixels.filter((pixel) => pixel.away < 2.4);
      const around = pixels.filter((pixel) => pixel.away > 3.55 && pixel.away < 3.95);
      expect(inside.filter(({ ink }) => !ink)).toEqual([]);
      expect(around.filter(({ ink }) => ink).length / around.length, `${flavour} ${state}`).toBeLessThan(0.2);
    }
  }
});

test('macOS templates keep the name suffix that makes them templates, and exist in double size', () => {
  const path = trayIconPath(FOLDER, 'ringing', 'dark-panel', { platform: 'darwin', scale: 2, missed: false });
  expect(basename(path)).toBe('ringingTemplate.png');
  expect(existsSync(path.replace('.png', '@2x.png'))).toBe(true);
});

test('a Linux panel gets an icon that is at least as large as it is shown', () => {
  const sizeAt = (scale: number): string =>
    basename(trayIconPath(FOLDER, 'idle', 'colour', { platform: 'linux', scale, missed: false }));
  expect([1, 1.25, 1.5, 2].map(sizeAt)).toEqual(['idle-22.png', 'idle-32.png', 'idle-48.png', 'idle-48.png']);
});

test.each([
  ['KDE', 'colour'],
  ['XFCE', 'colour'],
  ['X-Cinnamon', 'colour'],
  ['Budgie:GNOME', 'colour'],
  ['GNOME-Flashback:GNOME', 'colour'],
  ['', 'colour'],
  ['GNOME', 'dark-panel'],
  ['ubuntu:GNOME', 'dark-panel'],
] as const)('on the Linux desktop "%s" the usual drawing is %s, whatever the theme', (desktop, flavour) => {
  for (const dark of [true, false]) {
    expect(trayFlavour('auto', { platform: 'linux', desktop, dark })).toBe(flavour);
  }
});

test("on Windows and macOS the drawing follows the task bar, and the user's choice comes first everywhere", () => {
  expect(trayFlavour('auto', { platform: 'win32', desktop: '', dark: false })).toBe('light-panel');
  expect(trayFlavour('auto', { platform: 'win32', desktop: '', dark: true })).toBe('dark-panel');
  expect(trayFlavour('colour', { platform: 'linux', desktop: 'GNOME', dark: false })).toBe('colour');
  expect(trayFlavour('light-panel', { platform: 'linux', desktop: 'KDE', dark: true })).toBe('light-panel');
});
