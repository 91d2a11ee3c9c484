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

test('the flavour follows the panel unless the user chose one', () => {
  const kde = { platform: 'linux', desktop: 'KDE' } as const;
  const gnome = { platform: 'linux', desktop: 'ubuntu:GNOME' } as const;
  expect(trayFlavour('auto', { ...kde, dark: false })).toBe('light-panel');
  expect(trayFlavour('auto', { ...kde, dark: true })).toBe('dark-panel');
  expect(trayFlavour('auto', { ...gnome, dark: false })).toBe('dark-panel');
  expect(trayFlavour('auto', { platform: 'win32', desktop: '', dark: false })).toBe('light-panel');
  expect(trayFlavour('colour', { ...gnome, dark: false })).toBe('colour');
});
