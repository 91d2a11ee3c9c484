import { existsSync } from 'node:fs';
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
        [1, 1.25, 1.5, 2, 3].map((scale) => trayIconPath(FOLDER, state, flavour, { platform, scale })),
      ),
    ),
  );
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

test('macOS templates keep the name that makes them templates, and have their double size beside them', () => {
  const path = trayIconPath(FOLDER, 'ringing', 'dark-panel', { platform: 'darwin', scale: 2 });
  expect(basename(path)).toBe('ringingTemplate.png');
  expect(existsSync(path.replace('.png', '@2x.png'))).toBe(true);
});

test('a Linux panel gets an icon that is at least as large as it shows it', () => {
  const sizeAt = (scale: number): string =>
    basename(trayIconPath(FOLDER, 'idle', 'colour', { platform: 'linux', scale }));
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
