import type { Menu, MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { setApplicationMenu } from '../../src/main/security.ts';

function menuOn(platform: NodeJS.Platform, quit = (): void => {}): MenuItemConstructorOptions[] | null {
  let set: MenuItemConstructorOptions[] | null = [];
  const menu = {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as unknown as Menu,
    setApplicationMenu: (made: Menu | null) => void (set = made as unknown as MenuItemConstructorOptions[] | null),
  };
  setApplicationMenu(menu, platform, 'Quit Traydial', quit);
  return set;
}

test('on macOS Cmd+W and Cmd+Q close the window, and only Quit ends the program', () => {
  let quits = 0;
  const menu = menuOn('darwin', () => (quits += 1)) ?? [];
  expect(menu.map(({ role }) => role)).toContain('fileMenu');
  const program = menu[0]?.submenu as MenuItemConstructorOptions[];
  expect(program.find(({ accelerator }) => accelerator === 'Command+Q')).toMatchObject({ role: 'close' });
  expect(JSON.stringify(menu)).not.toMatch(/"role":"(quit|appMenu|reload|toggleDevTools)"/);
  const quit = program.find(({ label }) => label === 'Quit Traydial')?.click as (() => void) | undefined;
  quit?.();
  expect(quits).toBe(1);
});

test('other systems have no menu', () => {
  expect(menuOn('linux')).toBe(null);
  expect(menuOn('win32')).toBe(null);
});
