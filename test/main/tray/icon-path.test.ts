import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { trayFlavour, trayIconPath } from '../../../src/main/tray/icon-path.ts';

const FOLDER = join(import.meta.dirname, '../../../resources/tray');
const PLATFORMS = ['linux', 'win32', 'darwin'] as const;
const FLAVOURS = ['light-panel', 'dark-panel', 'colour'] as const;
const STATES = ['idle', 'active', 'ringing', 'attention'] as const;

test('an icon file exists for every platform, style, state and scale', () => {
  const paths = PLATFORMS.flatMap((platform) =>
    FLAVOURS.flatMap((flavour) =>
      STATES.flatMap((state) =>
        [1, 1.25, 1.5, 2, 3].flatMap((scale) =>
          [false, true].map((missed) =>
            trayIconPath(FOLDER, state, flavour, { platform, desktop: 'KDE', scale, missed }),
          ),
        ),
      ),
    ),
  );
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

/** The pixels of an icon; `ink`: opaque. */
function pixelsOf(file: string): { size: number; pixels: { x: number; y: number; ink: boolean }[] } {
  const { width: size, data } = PNG.sync.read(readFileSync(file));
  const pixels = Array.from({ length: size * size }, (_none, at) => ({
    x: (at % size) + 0.5,
    y: Math.floor(at / size) + 0.5,
    ink: (data[at * 4 + 3] ?? 0) > 127,
  }));
  return { size, pixels };
}

/** A panel whose icons have this size, in px. */
const PANELS = {
  16: { desktop: 'ubuntu:GNOME', scale: 1 },
  20: { desktop: 'ubuntu:GNOME', scale: 1.25 },
  22: { desktop: 'KDE', scale: 1 },
  24: { desktop: 'ubuntu:GNOME', scale: 1.5 },
  28: { desktop: 'KDE', scale: 1.25 },
  32: { desktop: 'ubuntu:GNOME', scale: 2 },
  33: { desktop: 'KDE', scale: 1.5 },
  44: { desktop: 'KDE', scale: 2 },
  66: { desktop: 'KDE', scale: 3 },
};
const SIZES = Object.entries(PANELS).map(([size, panel]) => ({ size: Number(size), panel }));

test.each(SIZES)('the dot for missed calls stands alone in every state and flavour, at $size px', ({ panel }) => {
  for (const flavour of FLAVOURS) {
    for (const state of STATES) {
      const file = trayIconPath(FOLDER, state, flavour, { platform: 'linux', ...panel, missed: true });
      const { size, pixels: all } = pixelsOf(file);
      const unit = size / 16;
      const away = ({ x, y }: { x: number; y: number }): number => Math.hypot(x / unit - 12.6, y / unit - 3.4);
      const pixels = all.map((pixel) => ({ ...pixel, away: away(pixel) }));
      const inside = pixels.filter((pixel) => pixel.away < 2.4);
      const around = pixels.filter((pixel) => pixel.away > 3.55 && pixel.away < 3.95);
      expect(inside.filter(({ ink }) => !ink)).toEqual([]);
      expect(around.filter(({ ink }) => ink).length / around.length, `${flavour} ${state}`).toBeLessThan(0.2);
    }
  }
});

test('macOS templates keep the name suffix that makes them templates, and exist in double size', () => {
  const path = trayIconPath(FOLDER, 'ringing', 'dark-panel', {
    platform: 'darwin',
    desktop: '',
    scale: 2,
    missed: false,
  });
  expect(basename(path)).toBe('ringingTemplate.png');
  expect(existsSync(path.replace('.png', '@2x.png'))).toBe(true);
});

test.each(SIZES)('a Linux panel whose icons have $size px gets one of that size', ({ size, panel }) => {
  const file = trayIconPath(FOLDER, 'idle', 'colour', { platform: 'linux', ...panel, missed: false });
  expect(basename(file)).toBe(`idle-${size}.png`);
  expect(pixelsOf(file).size).toBe(size);
});

test('at an unusual scale the icon is larger than the panel shows it, and never smaller', () => {
  const sizeAt = (scale: number): string =>
    basename(trayIconPath(FOLDER, 'idle', 'colour', { platform: 'linux', desktop: 'KDE', scale, missed: false }));
  expect([1.1, 1.75, 3].map(sizeAt)).toEqual(['idle-24.png', 'idle-44.png', 'idle-66.png']);
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
